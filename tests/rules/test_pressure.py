from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.pressure import LARGE_HOSTS, Caution, traits

texts = st.text(max_size=12)


def kinds(**changes) -> dict[str, tuple[int, bool]]:
    given_traits = {
        "machine": "8.8.8.8",
        "network": "8.8.8.0/24",
        "mail_host": "example.org",
        "appeal": "x",
        "calm": 30,
        **changes,
    }
    return {trait.kind: (trait.calm, trait.holds) for trait in traits(**given_traits)}


def test_what_forms_share_and_how_many_are_calm():
    assert kinds() == {
        "appeal": (3000, False),
        "machine": (30, True),
        "network": (120, True),
        "mail host": (60, True),
    }


def test_a_machine_that_tells_nothing_is_not_counted_for_everybody_is_behind_it():
    assert set(kinds(machine="127.0.0.1", network=None)) == {"appeal", "mail host"}


def test_a_mail_host_where_strangers_are_is_not_suspicious():
    assert "mail host" not in kinds(mail_host="naver.com")
    assert "mail host" not in kinds(mail_host="")
    assert all(host == host.strip().casefold() and "." in host for host in LARGE_HOSTS)


def test_the_most_telling_trait_decides():
    assert max([Caution.NONE, Caution.HOLD, Caution.WORK]) is Caution.HOLD


@given(texts, texts, texts, st.integers(1, 1000))
def test_a_good_day_alone_never_holds_anybody(machine, host, appeal, calm):
    found = traits(machine=machine, network=None, mail_host=host, appeal=appeal, calm=calm)
    assert not any(trait.holds for trait in found if trait.kind == "appeal")
    assert len({trait.kind for trait in found}) == len(found)
