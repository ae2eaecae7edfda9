"""Translated text is hostile input, and text that nobody has translated says so."""

from dataclasses import replace

import polib
import pytest

from advocacy import create_app
from advocacy.actions.live_domains import LiveDomain
from advocacy.catalogs.po_files import compile_mo
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import db
from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import Language
from advocacy.web.live_catalogs import LiveCatalogs
from advocacy.web.phrases import snapshot
from tests.factories import SLUG, filled_form, link_in
from tests.mails import html_of, sent_mails, text_of
from tests.pages import parsed

ARABIC = Language("ar", "العربية", "ar_AR", "rtl")
PATH = f"/ko/appeals/{SLUG}"


def catalog(**translations: str) -> bytes:
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=1; plural=0;"}
    for msgid, text in translations.items():
        po.append(polib.POEntry(msgid=msgid, msgstr=text))
    return compile_mo(po)


class Given:
    """Releases as the database has them, but for one catalog of the interface."""

    def __init__(self, real, mo: bytes) -> None:
        self.real = real
        self.mo = mo

    def versions(self) -> dict[str, tuple[int, int]]:
        return {**self.real.versions(), INTERFACE: (id(self), 0)}

    def load(self, name: str) -> LiveDomain:
        domain = self.real.load(name)
        if name == INTERFACE:
            return replace(domain, catalogs={**domain.catalogs, "ko": self.mo})
        return domain


@pytest.fixture
def live(app):
    """The live catalogs; what a test swaps in is swapped back."""
    catalogs = app.extensions["advocacy"].catalogs
    real = catalogs._releases
    yield catalogs
    catalogs._releases = real
    catalogs.refresh()


def swap(live: LiveCatalogs, **translations: str) -> None:
    give(live, catalog(**translations))


def give(live: LiveCatalogs, mo: bytes) -> None:
    real = live._releases.real if isinstance(live._releases, Given) else live._releases
    live._releases = Given(real, mo)
    live.refresh()


def test_markup_in_a_translation_is_text(client, live):
    swap(live, Privacy="<script>alert(1)</script>", Language='" onclick="alert(1)')
    page = client.get(PATH).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert 'onclick="' not in page.replace("&#34;", "")
    parsed(page)


BROKEN = ["50% of", "%(nothing)s", "%(left)d people", "%s", "%", "%(goal", "%(goal)n", "%%%", "%(goal)500s"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_translation_whose_placeholders_do_not_fit_gives_way_to_its_source(client, live, broken):
    swap(live, **{"%(count)s of %(goal)s signatures": broken, "Goal: %(goal)s. %(left)s more to go.": broken})
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert "Goal: 5,000. 5,000 more to go." in answer.text
    parsed(answer.text)


def test_a_percent_sign_in_a_text_without_placeholders_is_a_percent_sign(client, live):
    swap(live, Privacy="50% 개인정보 %s")
    assert "50% 개인정보 %s" in client.get(PATH).text


def test_catalogs_are_swapped_without_a_restart_and_a_broken_one_leaves_the_old(client, live):
    swap(live, Privacy="첫째")
    assert "첫째" in client.get(PATH).text
    swap(live, Privacy="둘째")
    assert "둘째" in client.get(PATH).text
    give(live, b"not a catalog")
    assert "둘째" in client.get(PATH).text


def test_a_page_is_never_half_old_and_half_new(app, live):

    with app.test_request_context(PATH):
        before = snapshot()
        swap(live, Privacy="둘째")
        assert snapshot() is before


def test_an_untranslated_interface_text_is_marked_and_the_page_says_so_once(client, live):
    swap(live, Privacy="개인정보")
    page = client.get("/ko/privacy").text
    assert '<span lang="en" dir="ltr">Open Letter</span>' in page
    assert page.count("are not translated yet and are shown in English") == 1
    parsed(page)


@pytest.fixture(scope="module")
def with_arabic(tmp_path_factory, new_platform):
    """The site in a language that is written from right to left and that nobody has translated."""

    environ = {
        **new_platform(tmp_path_factory.mktemp("arabic"), "arabic"),
        "ADVOCACY_MORE_LANGUAGES": "ar",
    }
    app = create_app(read_settings(environ))
    prepare(app)
    yield app

    with app.app_context():
        db.engine.dispose()


def test_an_appeal_without_a_translation_is_shown_in_its_own_language(with_arabic):
    page = with_arabic.test_client().get(f"/ar/appeals/{SLUG}").text
    tree = parsed(page)
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert '<div class="fallback" lang="en" dir="ltr">' in page
    assert page.count('id="untranslated"') == 1
    assert "العربية" in page


def test_no_page_breaks_in_a_language_without_a_single_translation(with_arabic):
    client = with_arabic.test_client()
    paths = [
        "",
        f"appeals/{SLUG}",
        f"appeals/{SLUG}/check-mail",
        f"appeals/{SLUG}/signatures",
        "privacy",
        "help-translate",
        "translating",
        "translators",
        "leave",
        "nowhere",
    ]
    for path in paths:
        page = client.get(f"/ar/{path}").text
        tree = parsed(page)
        for element in tree.iter():
            assert "<span" not in "".join(element.attrib.values()), (path, element.attrib)
        assert "shown in English" in page
    refused = client.post(f"/ar/appeals/{SLUG}/sign", data=filled_form(with_arabic, name=""))
    assert refused.status_code == 422
    parsed(refused.text)


def test_mail_in_a_language_without_translations_is_whole(with_arabic):
    client = with_arabic.test_client()
    assert client.post(f"/ar/appeals/{SLUG}/sign", data=filled_form(with_arabic)).status_code == 303
    (mail,) = sent_mails(with_arabic)
    assert mail["Subject"] == "Please confirm your signature"
    assert "<span" not in text_of(mail)
    assert parsed(html_of(mail)).get("dir") == "rtl"
    confirm = link_in(text_of(mail), "confirm")
    assert client.post(confirm).status_code == 303
    parsed(client.get(confirm).text)
