"""Texts as files, and back: in a language with six plural forms, and after others were at work."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from advocacy.actions.export_translations import approved_entries, newest_entries
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.catalogs.errors import ForeignPluralsError
from advocacy.catalogs.exchange import Format, parse_entries, write_entries
from advocacy.extensions import begin_writing
from advocacy.models import Domain, Translation
from advocacy.models.unit import units_in
from advocacy.rules.languages import with_more
from advocacy.rules.plural_samples import form_labels
from advocacy.rules.review import TranslationState

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
