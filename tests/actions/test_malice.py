"""What a malicious volunteer tries, and that none of it reaches a release, whichever way it is sent in."""

from functools import cache
from typing import NamedTuple

import pytest
from sqlalchemy import insert

from advocacy import ROOT
from advocacy.actions.check_text import BlockedTextError, findings_of
from advocacy.actions.import_translations import import_translations
from advocacy.actions.plan_import import Outcome, TakeAs, plan_import
from advocacy.actions.propose import Proposal, propose, stored_text
from advocacy.actions.releases import BuildRefusedError, build_release
from advocacy.actions.sync_messages import Source
from advocacy.catalogs.entries import Entry
from advocacy.catalogs.po_files import is_done, read_po
from advocacy.models import Origin, Translation
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.checks import Severity, checks_for
from advocacy.rules.checks.length import MaxLength
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import TranslationState
from tests.factories import NOW, make_account, make_approved, make_domain

SIGN = Source(None, "Sign now")
FILLED = Source(None, "%(name)s signed %(title)s", flags=("python-format",))
SHARE = Source(None, "Half of them", flags=("python-format",))
BOLD = Source(None, "<b>Sign</b> now")
LINKED = Source(None, 'Read <a href="%(url)s">the letter</a>', flags=("python-format",))
TERMS = Source(None, "Terms &amp; privacy")
SEE = Source(None, "See https://example.org/Letter now")
HOST = Source(None, "See example.org now")
WRITE = Source(None, "Write to help@example.org")
DEADLINE = Source(None, "Confirm within 48 hours", flags=("must-match-numbers",))
PEOPLE = Source(None, "30 million people", flags=("must-match-numbers",))
BUTTON = Source(None, "Sign", flags=("max-length:12",))
COUNTED = Source(None, "%(num)s person signed", "%(num)s people signed", flags=("python-format",))
LINES = Source(None, "Sign\n")

MEGABYTE = 1_000_000


class Attack(NamedTuple):
    """A text that must not be shown to readers, and the check that says so."""

    name: str
    source: Source
    language: str
    text: str
    check: str


ATTACKS = [
    # What a browser might run
    Attack("script", SIGN, "ko", "<script>alert(1)</script> 지금 서명", "tags"),
    Attack("event handler", SIGN, "zh-Hans", "<img src=x onerror=alert(1)>立即签名", "tags"),
    Attack("event handler in a tag of ours", BOLD, "zh-Hant", "<b onmouseover=alert(1)>立即</b>簽名", "tags"),
    Attack("tag that is never closed", BOLD, "ko", "<b>지금</b> 서명 <img src=x onerror=alert(1) ", "tags"),
    Attack("tag that swallows ours", BOLD, "ko", "<img src=x onerror=alert(1) <b>지금</b> 서명", "tags"),
    Attack("comment that hides the rest of the page", BOLD, "zh-Hans", "<b>立即</b>签名<!-- ", "tags"),
    Attack("tags in the wrong order", BOLD, "zh-Hant", "</b>立即<b>簽名", "tags"),
    Attack("swapped link", LINKED, "ko", '<a href="//evil.example">편지</a> %(url)s 읽기', "tags"),
    Attack("script address", SIGN, "ko", "javascript:alert(1) 지금 서명", "url"),
    Attack("script address in full width", SIGN, "zh-Hans", "立即签名ｊａｖａｓｃｒｉｐｔ：alert", "url"),
    # Entities
    Attack("entity for a bracket", SIGN, "ko", "&lt;script&gt; 지금 서명", "entities"),
    Attack("entity by number", TERMS, "zh-Hant", "條款 &amp; 隱私 evil&#46;com", "entities"),
    Attack("entity with many zeros", TERMS, "ko", "약관 &amp; 개인정보 &#0000000060;b", "entities"),
    Attack("entity without a semicolon", TERMS, "zh-Hans", "条款 &amp; 隐私 evil&#46com", "entities"),
    Attack("old entity without a semicolon", TERMS, "ko", "약관 &amp; 개인정보 &ltscript&gt", "entities"),
    Attack(
        "entity ended by a Greek question mark", TERMS, "ko", "약관 &amp; help&commat\u037eevil", "entities"
    ),
    Attack("bare bracket", SIGN, "ko", "< 지금 서명", "entities"),
    # Addresses
    Attack("script address after a word", SIGN, "zh-Hant", "立即簽名javascript:alert(1)", "url"),
    Attack("swapped address", SEE, "ko", "지금 https://example.com/Letter 참조", "url"),
    Attack("dropped address", SEE, "zh-Hans", "现在看信", "url"),
    Attack("address without encryption", SEE, "zh-Hant", "現在看 http://example.org/Letter", "url"),
    Attack("path in another case", SEE, "ko", "지금 https://example.org/lEtter 참조", "url"),
    Attack("look-alike letter in a domain", SEE, "ko", "지금 https://exаmple.org/Letter 참조", "url"),
    Attack("look-alike letter before a domain", HOST, "ko", "지금 аexample.org 참조", "url"),
    Attack("look-alike digit in a domain", HOST, "zh-Hans", "现在看 examp1e.org", "url"),
    Attack("domain under another", HOST, "zh-Hant", "現在看 example.org.evil.net", "url"),
    Attack("domain under a Korean one", HOST, "ko", "지금 example.org.한국 참조", "url"),
    Attack("Korean domain", SIGN, "ko", "지금 청와대.한국에서 서명", "url"),
    Attack("Chinese name under com", SIGN, "zh-Hans", "立即在北京签名.com签名", "url"),
    Attack("full stop of a sentence in a domain", SIGN, "zh-Hans", "立即在evil。com签名", "url"),
    Attack("user name before a host", SEE, "ko", "지금 https://example.org/Letter ^@evil.com 참조", "url"),
    Attack("number of a machine", SIGN, "ko", "지금 10.66.0.1/ko 서명", "url"),
    Attack("host by its path alone", SIGN, "zh-Hant", "立即到 evil.example/zh 簽名", "url"),
    Attack("swapped mailbox", WRITE, "ko", "help@examp1e.org로 보내세요", "email"),
    Attack("look-alike letter before a mailbox", WRITE, "zh-Hans", "请写信给 аhelp@example.org", "email"),
    Attack("new mailbox", SIGN, "zh-Hant", "立即簽名，寄到 a@evil.example", "email"),
    # What nobody sees
    Attack("bidi override", SIGN, "ko", "지금 \u202e서명", "controls"),
    Attack("bidi isolate", SIGN, "zh-Hans", "立即\u2067签名\u2069", "controls"),
    Attack("zero-width space", SIGN, "ko", "지금 서\u200b명", "controls"),
    Attack("zero-width joiner", SIGN, "zh-Hant", "立即簽\u200d名", "controls"),
    Attack("byte order mark", SIGN, "zh-Hans", "\ufeff立即签名", "controls"),
    Attack("Hangul filler", SIGN, "ko", "지금\u3164서명", "controls"),
    Attack("letters of invisible tags", SIGN, "ko", "지금 서명\U000e0065\U000e0076", "controls"),
    Attack("escape sequence", SIGN, "zh-Hans", "立即签名\x1b[2J", "controls"),
    Attack("line separator", SIGN, "ko", "지금\u2028서명", "controls"),
    Attack("line break at the end", SIGN, "zh-Hant", "立即簽名\n", "newline"),
    Attack("line break taken away", LINES, "ko", "서명", "newline"),
    Attack("nothing but spaces", SIGN, "ko", "   ", "empty"),
    # Placeholders
    Attack("%n", FILLED, "ko", "%(name)s 님이 %(title)s에 서명%n", "percent"),
    Attack("%n where nothing is filled", SHARE, "zh-Hans", "其中一半%n", "percent"),
    Attack("width of a value", FILLED, "ko", "%(name)s %(title)s %(name)99s", "percent"),
    Attack("secret", SIGN, "ko", "지금 서명 %(secret)s", "placeholders"),
    Attack("secret beside what is given", FILLED, "zh-Hant", "%(name)s %(title)s %(secret)s", "placeholders"),
    Attack("secret as a number", SIGN, "zh-Hans", "立即签名 %(secret)d", "placeholders"),
    Attack("attribute of a value", SIGN, "ko", "지금 서명 {0.__class__}", "placeholders"),
    Attack("item of a value", SIGN, "zh-Hant", "立即簽名 {0[secret]}", "placeholders"),
    Attack("conversion of a value", SIGN, "ko", "지금 서명 {0!r:>9}", "placeholders"),
    Attack("template", SIGN, "zh-Hans", "立即签名 {{ config.SECRET_KEY }}", "placeholders"),
    Attack("swapped placeholder", FILLED, "ko", "%(name)s 님이 %(name)s에 서명", "placeholders"),
    Attack("dropped placeholder", FILLED, "zh-Hans", "%(name)s签名", "placeholders"),
    Attack("translated placeholder", FILLED, "ko", "%(이름)s 님이 %(title)s에 서명", "placeholders"),
    Attack("dropped number of a plural", COUNTED, "zh-Hant", "許多人簽名", "placeholders"),
    # Numbers and lengths
    Attack("dropped number", DEADLINE, "ko", "서둘러 확인하세요", "must_match_numbers"),
    Attack("changed number", DEADLINE, "zh-Hans", "在84小时内确认", "must_match_numbers"),
    Attack("changed unit", PEOPLE, "zh-Hant", "3000億人", "must_match_numbers"),
    Attack("added number", DEADLINE, "ko", "48시간 안에 500원을 내고 확인하세요", "must_match_numbers"),
    Attack("more than there is room for", BUTTON, "ko", "서명" * 7, "max_length"),
    Attack("a megabyte", SIGN, "ko", "서명" * (MEGABYTE // 2), "max_length"),
    Attack("a megabyte of tags", BOLD, "zh-Hans", "<b " * (MEGABYTE // 3), "max_length"),
    Attack("a megabyte of dots", DEADLINE, "zh-Hant", "1." * (MEGABYTE // 2), "max_length"),
]

BENIGN = [
    (SIGN, "ko", "지금 서명"),
    (FILLED, "ko", "%(name)s 님이 %(title)s에 서명했습니다"),
    (SHARE, "zh-Hans", "其中一半"),
    (BOLD, "zh-Hant", "立即<b>簽名</b>"),
    (LINKED, "ko", '<a href="%(url)s">편지</a> 읽기'),
    (TERMS, "zh-Hans", "条款 &amp; 隐私"),
    (SEE, "zh-Hans", "现在请看https://example.org/Letter。"),
    (HOST, "ko", "지금 example.org에서 보세요."),
    (WRITE, "zh-Hant", "請寫信給help@example.org。"),
    (DEADLINE, "ko", "48시간 안에 확인하세요"),
    (PEOPLE, "zh-Hans", "3000万人"),
    (BUTTON, "zh-Hant", "簽名"),
    (COUNTED, "ko", "%(num)s명이 서명했습니다"),
    (LINES, "ko", "서명\n"),
]

each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
each_benign = pytest.mark.parametrize(("source", "language", "text"), BENIGN)


@cache
def shipped() -> list[dict[str, str]]:
    """What each shipped catalog of the interface translates."""
    files = [ROOT / "translations" / one.locale / "LC_MESSAGES" / "messages.po" for one in LANGUAGES]
    return [
        {unit.msgid: unit.msgstr for unit in read_po(file) if is_done(unit)}
        for file in files
        if file.exists()
    ]


def in_domain(session, source, language):
    """A domain with this one message, and its unit in the language."""
    domain = make_domain(session, source)
    [unit] = units_in(session, domain.id, language)
    return domain, unit


def from_file(source, text) -> Entry:
    return Entry(None, source.msgid, source.msgid_plural, (text,), flags=source.flags)


def smuggle(session, unit, text) -> None:
    """Put a text into the database as if it had been approved, with every hash right."""
    row = {
        "unit_id": unit.id,
        "texts": [text],
        "state": TranslationState.APPROVED,
        "origin": Origin.EDITOR,
        "msgid": unit.message.msgid,
        "msgid_plural": unit.message.msgid_plural,
        "source_hash": unit.message.source_hash,
        "content_hash": unit.message.content_hash([text]),
        "created_at": NOW,
    }
    session.execute(insert(Translation).values(row))


def test_the_kit_is_large_and_knows_every_blocking_check():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 40
    assert {attack.language for attack in ATTACKS} == {"ko", "zh-Hans", "zh-Hant"}
    assert len({attack.check for attack in ATTACKS}) == 11


@each_attack
def test_it_cannot_be_submitted_and_the_volunteer_is_told_why(session, attack):
    _, unit = in_domain(session, attack.source, attack.language)
    volunteer = make_account(session, (Role.TRANSLATOR, attack.language))
    with pytest.raises(BlockedTextError) as refused:
        propose(session, unit, Proposal(texts=[attack.text], submit=True), by=volunteer.id, now=NOW)
    assert attack.check in {finding.check for finding in refused.value.findings}
    assert attack.check in str(refused.value)
    for finding in refused.value.findings:
        message, values = finding.detail
        for wording in [message, *(catalog[message] for catalog in shipped())]:
            shown = wording % values
            assert all(str(value) in shown for value in values.values())
            assert len(shown) < 500
    assert translations_of(session, unit.id) == []


@each_attack
def test_it_cannot_be_imported(session, attack):
    domain, unit = in_domain(session, attack.source, attack.language)
    entries = [from_file(attack.source, attack.text)]
    for take_as in (TakeAs.SUBMITTED, TakeAs.APPROVED):
        report = plan_import(session, domain, attack.language, entries, take_as=take_as)
        [line] = report.lines
        assert line.outcome is Outcome.BLOCKED
        assert attack.check in line.reason.split(", ")
        import_translations(session, report, take_as=take_as, by=None, now=NOW)
    assert translations_of(session, unit.id) == []


@each_attack
def test_it_is_not_published_even_from_within_the_database(session, attack):
    domain, unit = in_domain(session, attack.source, attack.language)
    smuggle(session, unit, stored_text(attack.text))
    with pytest.raises(BuildRefusedError) as refused:
        build_release(session, domain, LANGUAGES, by=None, now=NOW)
    named = {(language, number, source) for language, number, source, _ in refused.value.problems}
    assert named == {(attack.language, unit.id, attack.source.msgid)}
    assert attack.check in refused.value.problems[0][-1].split(", ")


@pytest.mark.parametrize("piece", ["서명", "a.", "<a ", "{a%(x", "a@a.", "1만", "&#", "\u202e"])
def test_a_megabyte_is_refused_for_its_length_before_any_check_reads_it(session, monkeypatch, piece):
    def read(*_):
        raise AssertionError

    for check in {type(check) for check in checks_for("ko")} - {MaxLength}:
        monkeypatch.setattr(check, "check", read)
    _, unit = in_domain(session, FILLED, "ko")
    text = piece * (MEGABYTE // len(piece))
    with pytest.raises(BlockedTextError) as refused:
        propose(session, unit, Proposal(texts=[text], submit=True), by=None, now=NOW)
    [finding] = refused.value.findings
    assert finding.detail.message % finding.detail.values == (
        f"The translation has {len(text)} characters; at most 20000 are possible."
    )


def test_a_number_that_is_gone_is_at_least_seen_where_it_does_less_harm(session):
    _, unit = in_domain(session, Source(None, "Confirm within 48 hours"), "ko")
    findings = findings_of(unit.message, ["서둘러 확인하세요"], "ko")
    assert [(finding.check, finding.severity) for finding in findings] == [("numbers", Severity.WARNING)]


@each_benign
def test_an_honest_text_is_submitted_and_published(session, source, language, text):
    domain, unit = in_domain(session, source, language)
    make_approved(session, unit, text)
    release = build_release(session, domain, LANGUAGES, by=None, now=NOW)
    assert [(c.language, c.translated) for c in release.catalogs if c.translated] == [(language, 1)]


@each_benign
def test_an_honest_text_is_imported_and_published(session, source, language, text):
    domain, unit = in_domain(session, source, language)
    report = plan_import(session, domain, language, [from_file(source, text)], take_as=TakeAs.SUBMITTED)
    assert [line.outcome for line in report.lines] == [Outcome.TAKEN]
    smuggle(session, unit, text)
    assert build_release(session, domain, LANGUAGES, by=None, now=NOW)
