"""Texts as files, and back: in a language with six plural forms, and after others were at work."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.actions.export_translations import approved_entries, newest_entries
from advocacy.actions.plan_import import Conflict, Outcome, TakeAs, plan_import
from advocacy.actions.propose import Proposal, propose, withdraw_translation
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.catalogs.entries import Fault
from advocacy.catalogs.errors import ForeignPluralsError
from advocacy.catalogs.exchange import Format, parse_entries, write_entries
from advocacy.extensions import begin_writing
from advocacy.models import Domain, Translation
from advocacy.models.unit import units_in
from advocacy.rules.languages import with_more
from advocacy.rules.plural_samples import form_labels
from advocacy.rules.review import TranslationState, source_hash
from tests.factories import make_account, make_approved, make_submitted

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
LANGUAGES = with_more(["ar", "pl", "fr"])
SIX = ("صفر", "واحد", "اثنان", "قليل", "كثير", "غير ذلك")
SOURCES = (Source(None, "%(n)s letter", "%(n)s letters", ("python-format",)), Source("ask", "Sign"))


@pytest.fixture
def domain(session):
    """A domain in languages with more forms; it is rolled back."""
    begin_writing(session)
    found = Domain.named(session, "many", source_language="en")
    sync_messages(session, found, SOURCES, LANGUAGES)
    yield found
    session.rollback()


def written(entries, kind: Format, tag: str = "ar") -> bytes:
    language = LANGUAGES.by_tag(tag)
    return write_entries(entries, kind, domain="many", source="en", language=language, at=AT)


def read(content: bytes, kind: Format, tag: str = "ar"):
    return parse_entries(content, "file", kind, domain="many", language=tag)


@pytest.mark.parametrize("entries_of", [newest_entries, approved_entries])
@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize(("tag", "count"), [("ar", 6), ("pl", 3), ("ko", 1)])
def test_a_plural_without_a_text_has_a_place_for_each_form(session, domain, entries_of, kind, tag, count):
    content = written(entries_of(session, domain, tag), kind, tag)
    plural, plain = read(content, kind, tag)
    assert (plural.texts, plain.texts) == (("",) * count, ("",))
    if kind is not Format.PO:
        assert all(label in content.decode() for label in form_labels(tag))


@pytest.mark.parametrize("tag", ["ar", "pl", "fr", "ko"])
def test_gettext_finds_nothing_wrong_with_an_untranslated_file(session, domain, tag, tmp_path):
    file = tmp_path / "many.po"
    file.write_bytes(written(newest_entries(session, domain, tag), Format.PO, tag))
    check = ["msgfmt", "-c", "-o", str(tmp_path / "many.mo"), str(file)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_text_of_too_few_forms_gets_the_others_and_is_not_done(session, domain):
    unit = units_in(session, domain.id, "ar")[0]
    texts, message = list(SIX[:2]), unit.message  # written when the language had two forms
    text = Translation(unit_id=unit.id, texts=texts, state=TranslationState.APPROVED, created_at=AT)
    text.msgid, text.msgid_plural = message.msgid, message.msgid_plural
    text.source_hash, text.content_hash = message.source_hash, message.content_hash(texts)
    session.add(text)
    session.flush()
    entry = newest_entries(session, domain, "ar")[0]
    assert (entry.texts, entry.fuzzy) == ((*SIX[:2], "", "", "", ""), True)


@pytest.mark.parametrize("kind", Format)
def test_six_forms_come_back_as_they_were_filled_in(session, domain, kind):
    entries = newest_entries(session, domain, "ar")
    filled = [replace(entries[0], texts=SIX), entries[1]]
    assert read(written(filled, kind), kind)[0].texts == SIX


GETTEXT = (  # as gettext's own manual has Arabic: the last two forms the other way round
    "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
)
TURNED = "nplurals=3; plural=n==1 ? 1 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 2 : 0;"


def with_rule(session, domain, tag: str, texts: tuple[str, ...], rule: str | None) -> bytes:
    entry = replace(newest_entries(session, domain, tag)[0], texts=texts)
    content = written([entry], Format.PO, tag).decode()
    joined = re.sub(
        r'"Plural-Forms(?:[^"]*[^n]"\n")*[^"]*"\n',
        "" if rule is None else f'"Plural-Forms: {rule}\\\\n"\n',
        content,
    )
    return joined.encode()


@pytest.mark.parametrize(
    ("tag", "rule", "taken"),
    [
        ("ar", GETTEXT, (0, 1, 2, 3, 5, 4)),
        ("ar", GETTEXT.replace("=n=", "=(n=").replace("5;", "5);"), (0, 1, 2, 3, 5, 4)),
        ("ar", None, (0, 1, 2, 3, 4, 5)),
        ("ar", "nplurals=INTEGER; plural=EXPRESSION;", (0, 1, 2, 3, 4, 5)),
        ("pl", TURNED, (1, 2, 0)),
        ("fr", "nplurals=2; plural=n != 1;", (0, 1)),
        ("fr", "nplurals=2; plural=n < 2;", (1, 0)),
    ],
)
def test_forms_are_put_where_their_numbers_belong(session, domain, tag, rule, taken):
    forms = tuple(f"{n}" for n in range(len(taken)))
    (entry,) = read(with_rule(session, domain, tag, forms, rule), Format.PO, tag)
    assert entry.texts == tuple(forms[place] for place in taken)


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("ar", "nplurals=2; plural=n != 1;"),
        ("pl", "nplurals=3; plural=n != 1;"),
        ("pl", "nplurals=3; plural=n==1 ? 0 : 7;"),
        ("pl", "nplurals=3; plural=n/0;"),
        ("fr", "nplurals=2; plural=n<2 ? 0 : 0-1;"),
        ("pl", "nplurals=3; plural=__import__(1);"),
        ("pl", "nplurals=3;"),
        ("fr", "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"),
    ],
)
def test_forms_that_are_not_those_of_the_language_are_refused(session, domain, tag, rule):
    count = len(form_labels(tag))
    content = with_rule(session, domain, tag, ("x",) * count, rule)
    with pytest.raises(ForeignPluralsError, match="its plural forms are"):
        read(content, Format.PO, tag)
    untranslated = with_rule(session, domain, tag, ("",) * count, rule)
    assert read(untranslated, Format.PO, tag)[0].texts == ("",) * count


def sign_in_korean(session, domain):
    """The unit of `Sign` in Korean."""
    return next(unit for unit in units_in(session, domain.id, "ko") if unit.message.context == "ask")


def change_source(session, unit, msgid: str) -> None:
    unit.message.msgid = msgid
    unit.message.source_hash = source_hash(unit.message.context, msgid, None)
    session.flush()


def handed_out(session, domain, kind: Format, at: datetime = AT) -> bytes:
    entries = newest_entries(session, domain, "ko")
    language = LANGUAGES.by_tag("ko")
    return write_entries(entries, kind, domain="many", source="en", language=language, at=at)


def planned(session, domain, content: bytes, kind: Format, **how):
    """What becomes of `Sign` when a file comes back."""
    how = {"take_as": TakeAs.SUBMITTED, **how}
    report = plan_import(session, domain, "ko", read(content, kind, "ko"), **how)
    return next(line for line in report.lines if line.entry.context == "ask")


@pytest.mark.parametrize("kind", Format)
def test_every_file_says_when_it_was_handed_out(session, domain, kind):
    entries = read(handed_out(session, domain, kind), kind, "ko")
    assert {entry.exported for entry in entries} == {AT}


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("conflict", Conflict)
def test_a_file_that_comes_back_untouched_does_not_bring_back_what_has_given_way(
    session, domain, kind, conflict
):
    unit, author = sign_in_korean(session, domain), make_account(session)
    make_approved(session, unit, "서명")
    content = handed_out(session, domain, kind)
    make_approved(session, unit, "서명하기")
    line = planned(session, domain, content, kind, conflict=conflict, by=author.id)
    assert line.outcome is Outcome.EARLIER


def test_what_was_taken_back_does_not_come_back_with_the_file(session, domain):
    unit, author = sign_in_korean(session, domain), make_account(session)
    text = make_submitted(session, unit, "서명", by=author)
    content = handed_out(session, domain, Format.CSV)
    withdraw_translation(session, text, by=author.id)
    assert planned(session, domain, content, Format.CSV, by=author.id).outcome is Outcome.EARLIER


@pytest.mark.parametrize("take_as", [TakeAs.DRAFT, TakeAs.SUBMITTED])
def test_a_text_of_the_old_source_is_no_new_text_for_the_present_one(session, domain, take_as):
    unit, author = sign_in_korean(session, domain), make_account(session)
    make_approved(session, unit, "서명")
    change_source(session, unit, "Sign now")
    content = handed_out(session, domain, Format.CSV)
    line = planned(session, domain, content, Format.CSV, by=author.id, take_as=take_as)
    assert line.outcome is Outcome.EARLIER
    po = handed_out(session, domain, Format.PO)
    assert planned(session, domain, po, Format.PO, by=author.id).outcome is Outcome.FUZZY
    fits = po.replace(b"#, fuzzy\n", b"")  # somebody says that it fits the new source as well
    assert planned(session, domain, fits, Format.PO, by=author.id).outcome is Outcome.TAKEN


@pytest.mark.parametrize("kind", Format)
def test_a_source_that_changed_since_the_file_was_made_is_called_that(session, domain, kind):
    unit = sign_in_korean(session, domain)
    make_approved(session, unit, "서명")
    content = handed_out(session, domain, kind).replace("서명".encode(), "서명하기".encode())
    change_source(session, unit, "Sign now")
    line = planned(session, domain, content, kind)
    assert (line.outcome, line.unit.id) == (Outcome.SOURCE, unit.id)


def test_an_outdated_text_says_what_it_was_made_for(session, domain):
    unit = sign_in_korean(session, domain)
    make_approved(session, unit, "서명")
    content = handed_out(session, domain, Format.PO).decode()
    assert "#|" not in content
    change_source(session, unit, "Sign now")
    content = handed_out(session, domain, Format.PO).decode()
    assert '#, fuzzy\n#| msgctxt "ask"\n#| msgid "Sign"\nmsgctxt "ask"\nmsgid "Sign now"\n' in content
    assert all(entry.previous is None for entry in approved_entries(session, domain, "ko"))


def test_a_message_whose_place_another_took_has_changed_and_one_that_went_is_not_used(session, domain):
    content = handed_out(session, domain, Format.CSV)
    content = content.replace(b'"Sign","","","",""', '"Sign","","","","서명"'.encode())
    old = sign_in_korean(session, domain).message
    rest = [source for source in SOURCES if source.context is None]
    sync_messages(session, domain, rest, LANGUAGES)
    assert planned(session, domain, content, Format.CSV).outcome is Outcome.OBSOLETE
    new = Source("call", "Sign now")
    sync_messages(session, domain, [*rest, new], LANGUAGES)
    after = next(unit for unit in units_in(session, domain.id, "ko") if unit.message.context == "call")
    after.message.before_id = old.id
    session.flush()
    line = planned(session, domain, content, Format.CSV)
    assert (line.outcome, line.unit.id) == (Outcome.SOURCE, after.id)


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("mine", [False, True])
def test_what_was_written_since_the_file_was_made_is_not_passed_over(session, domain, kind, mine):
    unit, me, other = sign_in_korean(session, domain), make_account(session), make_account(session)
    make_submitted(session, unit, "옛 글", by=me)
    content = handed_out(session, domain, kind).replace("옛 글".encode(), "서명하기".encode())
    content = content.replace(b"#, fuzzy\n", b"").replace(b"needs-review-translation", b"translated")
    content = content.replace(b'state="initial" subState="gettext:fuzzy"', b'state="translated"')
    known = planned(session, domain, content, kind, by=me.id)
    assert (known.outcome, known.there.texts) == (Outcome.TAKEN, ["옛 글"])  # the one that she changed
    by, submit = (me.id, False) if mine else (other.id, True)
    proposal = Proposal(texts=["새 글"], submit=submit)
    propose(session, unit, proposal, by=by, now=AT + timedelta(seconds=1))
    line = planned(session, domain, content, kind, by=me.id)
    assert (line.outcome, line.there.texts) == (Outcome.NEWER, ["새 글"])
    line = planned(session, domain, content, kind, by=me.id, conflict=Conflict.TAKE)
    assert (line.outcome, line.there.texts) == (Outcome.TAKEN, ["새 글"])


def test_beside_an_approved_text_stands_that_one(session, domain):
    unit, me = sign_in_korean(session, domain), make_account(session)
    make_approved(session, unit, "서명")
    content = handed_out(session, domain, Format.PO).replace("서명".encode(), "내 글".encode())
    make_submitted(session, unit, "또 다른 글", by=make_account(session))
    line = planned(session, domain, content, Format.PO, by=me.id)
    assert (line.outcome, line.there.texts) == (Outcome.KEPT, ["서명"])
    proposal = Proposal(texts=["새 글"], submit=True)  # what she cannot have seen comes before it
    propose(session, unit, proposal, by=make_account(session).id, now=AT + timedelta(seconds=1))
    line = planned(session, domain, content, Format.PO, by=me.id)
    assert (line.outcome, line.there.texts) == (Outcome.NEWER, ["새 글"])


def test_a_draft_of_somebody_else_is_nobodys_business(session, domain):
    unit, me, other = sign_in_korean(session, domain), make_account(session), make_account(session)
    propose(session, unit, Proposal(texts=["초안"]), by=other.id, now=AT + timedelta(seconds=1))
    content = f"id,context,source,text,exported\n,ask,Sign,서명,at {AT.isoformat()}\n".encode()
    line = planned(session, domain, content, Format.CSV, by=me.id)
    assert (line.outcome, line.there) == (Outcome.TAKEN, None)


@pytest.mark.parametrize("said", ["", "at 2026-11-24", "at noon", "2026-11-24T12:00:00"])
def test_a_file_that_does_not_say_when_it_was_made_is_taken_and_the_other_text_shown(session, domain, said):
    unit, me = sign_in_korean(session, domain), make_account(session)
    make_submitted(session, unit, "옛 글", by=make_account(session))
    content = f"id,context,source,text,exported\n,ask,Sign,서명,{said}\n".encode()
    line = planned(session, domain, content, Format.CSV, by=me.id)
    assert (line.outcome, line.there.texts) == (Outcome.TAKEN, ["옛 글"])


def test_ones_own_draft_goes_on_to_review_by_a_file_though_it_stood_there_before(session, domain):
    unit, me = sign_in_korean(session, domain), make_account(session)
    for text in ("서명", "다른 글", "서명"):
        propose(session, unit, Proposal(texts=[text]), by=me.id, now=AT - timedelta(days=1))
    content = handed_out(session, domain, Format.CSV)
    assert planned(session, domain, content, Format.CSV, by=me.id).outcome is Outcome.TAKEN
    assert (
        planned(session, domain, content, Format.CSV, by=me.id, take_as=TakeAs.DRAFT).outcome is Outcome.SAME
    )


def without_facts(content: bytes) -> bytes:
    """A file as programs hand it back that keep ids, sources and texts alone."""
    text = re.sub(r"<context-group.*?</context-group>\n?", "", content.decode(), flags=re.DOTALL)
    return re.sub(r"<notes>.*?</notes>\n?", "", text, flags=re.DOTALL).encode()


@pytest.mark.parametrize("kind", [Format.XLIFF, Format.XLIFF_2])
@pytest.mark.parametrize("tag", ["ko", "ar"])
def test_the_id_alone_tells_what_a_text_is_for(session, domain, kind, tag):
    plural, plain = newest_entries(session, domain, tag)
    forms = tuple(f"{form} %(n)s" for form in SIX[: len(plural.texts)])
    filled = [replace(plural, texts=forms), replace(plain, texts=("서명",))]
    entries = read(without_facts(written(filled, kind, tag)), kind, tag)
    assert all(entry.context is None for entry in entries)
    report = plan_import(session, domain, tag, entries, take_as=TakeAs.SUBMITTED)
    assert [line.outcome for line in report.lines] == [Outcome.TAKEN, Outcome.TAKEN]
    assert [line.entry.key for line in report.lines] == [plural.key, plain.key]
    assert report.lines[0].entry.msgid_plural == plural.msgid_plural


@pytest.mark.parametrize("kind", [Format.XLIFF, Format.XLIFF_2])
@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (">Sign<", "><g id='1'>Sign up</g><", Fault.CODES),
        (">Sign<", ">Sing<", Fault.OTHER_SOURCE),
        ("서명", "서명<x id='1'/>", Fault.CODES),
    ],
)
def test_one_unit_with_a_fault_keeps_no_other_from_being_taken(session, domain, kind, before, after, fault):
    plural, plain = newest_entries(session, domain, "ko")
    filled = [replace(plural, texts=("편지 %(n)s통",)), replace(plain, texts=("서명",))]
    content = without_facts(written(filled, kind, "ko")).decode().replace(before, after)
    report = plan_import(session, domain, "ko", read(content.encode(), kind, "ko"), take_as=TakeAs.SUBMITTED)
    first, second = report.lines
    assert first.outcome is Outcome.TAKEN
    assert (second.outcome, second.reason) == (Outcome.BROKEN, fault)


def test_an_id_that_is_not_in_use_is_of_no_source_among_the_texts(session, domain):
    unit = f"<trans-unit id='{'0' * 16}'><source>Sign</source><target>서명</target></trans-unit>"
    content = written([], Format.XLIFF, "ko").replace(b"<body>", b"<body>" + unit.encode())
    (entry,) = read(content, Format.XLIFF, "ko")
    (line,) = plan_import(session, domain, "ko", [entry], take_as=TakeAs.DRAFT).lines
    assert line.outcome is Outcome.UNKNOWN


def test_a_unit_with_a_fault_and_no_text_is_only_empty(session, domain):
    content = written(newest_entries(session, domain, "ko"), Format.XLIFF, "ko")
    content = content.replace(b">Sign<", b">Sign<x id='1'/><")
    entries = read(content, Format.XLIFF, "ko")
    assert [entry.fault for entry in entries] == [None, Fault.CODES]
    report = plan_import(session, domain, "ko", entries, take_as=TakeAs.SUBMITTED)
    assert [line.outcome for line in report.lines] == [Outcome.EMPTY, Outcome.EMPTY]
