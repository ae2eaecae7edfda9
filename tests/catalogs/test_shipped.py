"""The translations that ship: whole, current, and in each language's own manner."""

import gettext
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polib
import pytest

from advocacy import ROOT
from advocacy.catalogs.baseline import compile_baseline, po_path
from advocacy.catalogs.merging import MergeReport, merge
from advocacy.catalogs.outline import read_outline
from advocacy.catalogs.po_files import read_po, write_po
from advocacy.catalogs.templates import template_from_code, template_from_outline
from advocacy.rules.consents import NOTICE, terms
from advocacy.rules.languages import LANGUAGES

FOLDER = ROOT / "translations"
APPEAL = "appeal-save-north-koreans"
LOCALES = [language.locale for language in LANGUAGES if language is not LANGUAGES.source]
CATALOGS = [(domain, locale) for domain in ("messages", APPEAL) for locale in LOCALES]
MSGFMT = shutil.which("msgfmt")

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?.|%$")
GLUED_PARTICLE = re.compile(r"%\(\w+\)s(?:은|는|이|가|을|를|과|와|으로|로)")
KNOWN_VALUES = {"Open this site in %(language)s next time"}  # in Korean the value is always 한국어
HAN = r"[\u3007\u3400-\u9fff]"
INVISIBLE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u3164\uffa0]"
)
LINKS = re.compile(r"https?:\S*|[\w.+-]+@[\w.-]*\w|\b[\w-]+\.(?:com|org|net|kr|cn|tw)\b", re.ASCII)
HANS_ONLY = "请签愿确认邮这个们为时说会发动关开门问见车国让还没对过后来样处办声书写读语"
HANT_ONLY = "請簽願確認郵這個們為時說會發動關開門問見車國讓還沒對過來樣處辦聲書寫讀語"
SCRIPTS = [("zh_Hans", HANT_ONLY), ("zh_Hant", HANS_ONLY)]

GLOSSARY = {
    "North Korean defector": {"ko": "탈북자", "zh_Hans": "脱北者", "zh_Hant": "脫北者"},
    "North Korea": {"ko": "북한", "zh_Hans": "朝鲜", "zh_Hant": "北韓"},
    "South Korea": {"ko": "대한민국|한국", "zh_Hans": "韩国", "zh_Hant": "南韓"},
    "petition": {"ko": "청원", "zh_Hans": "请愿", "zh_Hant": "請願"},
    "Yanbian": {"ko": "옌볜", "zh_Hans": "延边", "zh_Hant": "延邊"},
    "concentration camp": {"ko": "수용소", "zh_Hans": "集中营", "zh_Hant": "集中營"},
    "public execution": {"ko": "공개 처형", "zh_Hans": "公开处决", "zh_Hant": "公開處決"},
    "Kim Jong Il": {"ko": "김정일", "zh_Hans": "金正日", "zh_Hant": "金正日"},
    "Hu Jintao": {"ko": "후진타오", "zh_Hans": "胡锦涛", "zh_Hant": "胡錦濤"},
    "Cha In-Pyo": {"ko": "차인표", "zh_Hans": "车仁杓", "zh_Hant": "車仁杓"},
    "Hyoja-dong": {"ko": "효자동", "zh_Hans": "孝子洞", "zh_Hant": "孝子洞"},
    "Jongro-gu": {"ko": "종로구", "zh_Hans": "钟路区", "zh_Hant": "鍾路區"},
    "Ministry of Foreign Affairs and Trade": {
        "ko": "외교통상부",
        "zh_Hans": "外交通商部",
        "zh_Hant": "外交通商部",
    },
    "Chinese embassy": {
        "ko": "주한 중국대사관",
        "zh_Hans": "中国驻韩国大使馆",
        "zh_Hant": "中國駐韓國大使館",
    },
    "executive director": {"ko": "사무총장", "zh_Hans": "执行主任", "zh_Hant": "執行長"},
}


class Text(NamedTuple):
    """One translated text beside its source; for a form of a plural, the source's plural."""

    source: str
    text: str


def path_of(domain: str, locale: str) -> Path:
    return po_path(FOLDER, domain, locale)


def texts(locale: str, *domains: str) -> Iterator[Text]:
    for domain in domains or ("messages", APPEAL):
        for entry in read_po(path_of(domain, locale)):
            forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
            yield from (Text(entry.msgid_plural or entry.msgid, form) for form in forms)


def both(locale: str, pattern: str | re.Pattern[str]) -> list[Text]:
    """The texts in which `pattern` is found."""
    return [text for text in texts(locale) if re.search(pattern, text.text)]


@pytest.fixture(scope="module")
def templates() -> dict[str, polib.POFile]:
    outlines = [read_outline(file, LANGUAGES) for file in sorted((ROOT / "appeals").glob("*.toml"))]
    of_appeals = {outline.domain: template_from_outline(outline) for outline in outlines}
    return {"messages": template_from_code(ROOT), **of_appeals}


def test_every_text_has_a_catalog_in_every_language(templates):
    assert set(compile_baseline(FOLDER)) == {(domain, locale) for domain in templates for locale in LOCALES}
    assert set(compile_baseline(FOLDER)) == set(CATALOGS)


@pytest.mark.parametrize("domain", ["messages", APPEAL])
def test_templates_are_current(templates, domain, tmp_path):
    write_po(templates[domain], tmp_path / "new.pot")
    assert (FOLDER / f"{domain}.pot").read_text("utf-8") == (tmp_path / "new.pot").read_text("utf-8")


@pytest.mark.parametrize(("domain", "locale"), CATALOGS)
def test_merging_the_templates_changes_nothing(templates, domain, locale, tmp_path):
    catalog = read_po(path_of(domain, locale))
    assert merge(catalog, templates[domain]) == MergeReport(kept=len(templates[domain]))
    write_po(catalog, tmp_path / "merged.po")
    assert path_of(domain, locale).read_text("utf-8") == (tmp_path / "merged.po").read_text("utf-8")


@pytest.mark.parametrize(("domain", "locale"), CATALOGS)
def test_msgfmt_finds_every_text_translated_and_nothing_to_warn_of(domain, locale):
    done = msgfmt("-c", "--statistics", "-o", os.devnull, path_of(domain, locale))
    assert re.fullmatch(r"\d+ translated messages\.\n", done.stderr), done.stderr


@pytest.mark.parametrize("domain", ["messages", APPEAL])
def test_templates_are_gettext_files(domain):
    assert msgfmt("-o", os.devnull, FOLDER / f"{domain}.pot").returncode == 0


def msgfmt(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "LC_ALL": "C"}
    return subprocess.run([MSGFMT, *arguments], capture_output=True, text=True, check=False, env=environ)


@pytest.mark.parametrize(("domain", "locale"), CATALOGS)
def test_our_mo_says_what_msgfmt_s_says(domain, locale, tmp_path):
    msgfmt("-c", "-o", tmp_path / "theirs.mo", path_of(domain, locale))
    theirs = gettext.GNUTranslations(BytesIO((tmp_path / "theirs.mo").read_bytes()))
    ours = gettext.GNUTranslations(BytesIO(compile_baseline(FOLDER)[domain, locale]))
    assert ours._catalog == theirs._catalog


def test_every_consent_and_notice_is_in_the_interface(templates):
    sources = {entry.msgid for entry in templates["messages"]}
    asked = {text for term in terms(hosted_abroad=True) for text in (term.name, term.wording)}
    assert asked | {text for pair in NOTICE for text in pair} <= sources


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_those_of_the_source(locale):
    for source, text in texts(locale):
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), text


@pytest.mark.parametrize("locale", LOCALES)
def test_no_markup_that_the_source_lacks(locale):
    for source, text in texts(locale):
        assert {c for c in text if c in "<>&"} <= set(source), text


@pytest.mark.parametrize("locale", LOCALES)
def test_no_address_that_the_source_lacks(locale):
    for source, text in texts(locale):
        assert sorted(LINKS.findall(text)) == sorted(LINKS.findall(source)), text


@pytest.mark.parametrize("locale", LOCALES)
def test_no_character_that_nobody_sees(locale):
    assert both(locale, INVISIBLE) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_space_at_the_ends_and_no_two_together(locale):
    assert both(locale, r"^\s|\s$|\s\s") == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("term", GLOSSARY)
def test_the_appeal_uses_the_words_of_the_glossary(locale, term):
    spelled = re.compile(rf"\b{term}s?\b", re.IGNORECASE)
    using = [text for text in texts(locale, APPEAL) if spelled.search(text.source)]
    assert using
    for _, text in using:
        assert re.search(GLOSSARY[term][locale], text), text


def test_no_korean_particle_hangs_on_a_value_it_does_not_know():
    glued = both("ko", GLUED_PARTICLE)
    assert {text.source for text in glued} <= KNOWN_VALUES


def test_korean_has_no_chinese_or_japanese_marks_and_letters():
    assert both("ko", r"[。、，？！：；「」\u3040-\u30ff\u3400-\u9fff]") == []


def test_korean_is_never_called_by_the_name_that_the_north_uses():
    assert both("ko", "조선") == []


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_chinese_has_no_half_width_marks_between_characters(locale):
    assert both(locale, rf"{HAN}[,.:;?!]+(?:{HAN}|$)|\.\.\.") == []


@pytest.mark.parametrize(("locale", "foreign"), SCRIPTS)
def test_chinese_is_written_in_one_script(locale, foreign):
    assert both(locale, f"[{foreign}]") == []


def test_simplified_chinese_quotes_by_curved_marks_and_traditional_by_corners():
    assert both("zh_Hans", '[「」『』"]') == []
    assert both("zh_Hant", '[“”‘’"]') == []


@pytest.mark.parametrize(("locale", "marks"), [("ko", "“”"), ("zh_Hans", "“”"), ("zh_Hant", "「」")])
def test_what_the_source_quotes_is_quoted(locale, marks):
    quoting = [text for text in texts(locale) if "“" in text.source]
    assert quoting
    for source, text in quoting:
        assert min(map(text.count, marks)) >= source.count("“"), text
