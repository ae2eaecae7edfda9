"""The glossary: every term found in the forms people write it in, and nothing else."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import ROOT
from advocacy.catalogs.baseline import po_path
from advocacy.catalogs.entries import entries_of
from advocacy.catalogs.glossary import Glossary, Term, read_glossary
from advocacy.catalogs.inflections import noun_forms, verb_forms
from advocacy.catalogs.po_files import CatalogError, read_po

SHIPPED = read_glossary((ROOT / "translations" / "glossary.csv").read_bytes(), "glossary.csv")
TARGETS = {term.source: term.targets for term in SHIPPED.terms}


def found(text, glossary=SHIPPED):
    return [(text[span.start : span.end], span.term.source) for span in glossary.find(text)]


def glossary_of(*sources):
    return Glossary(
        Term(source.removesuffix("+"), source.endswith("+"), {"ko": ("가",)}, "") for source in sources
    )


def test_the_shipped_glossary_is_read():
    assert len(SHIPPED.terms) == 21
    assert TARGETS["Kim Jong Il"] == {"ko": ("김정일",), "zh_Hans": ("金正日",), "zh_Hant": ("金正日",)}
    assert [term.source for term in SHIPPED.terms if term.is_verb] == ["sign"]


@pytest.mark.parametrize(
    ("term", "locale", "words"),
    [
        ("petition", "zh_Hant", ("請願", "連署")),
        ("petition", "zh_Hans", ("请愿",)),
        ("South Korea", "ko", ("대한민국", "한국")),
        ("South Korea", "zh_Hant", ("南韓",)),
        ("Yanbian", "ko", ("옌볜", "연변")),
        ("Yanbian", "zh_Hans", ("延边",)),
        ("North Korean defector", "ko", ("탈북자",)),
        ("forced repatriation", "ko", ("강제 송환",)),
    ],
)
def test_a_note_names_further_words_that_are_right(term, locale, words):
    assert TARGETS[term][locale] == words


def test_a_word_in_chinese_of_no_named_language_is_right_in_both():
    content = (
        'en,ko,zh_hans,zh-HANT,pt_br,note\na,가,甲,乙,b,"also 丙; Simplified also 丁 (rare); also xyz"\n'
    )
    (term,) = read_glossary(content.encode(), "x.csv").terms
    assert term.targets == {
        "ko": ("가",),
        "zh_Hans": ("甲", "丙", "丁"),
        "zh_Hant": ("乙", "丙"),
        "pt_BR": ("b",),
    }


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Petitions, the petition’s text, PETITION'S", ["petition"] * 3),
        ("petitioner petitioned repetition", []),
        ("Sign, signs, signed and signing", ["sign"] * 4),
        ("signature signatures Signature", ["signature"] * 3),
        ("designs and signal", []),
        ("Chinese embassies; Chinese Embassy; chinese embassy", ["Chinese embassy"] * 2),
        ("North Korea's, North Korean, north Korea", ["North Korea"]),
        ("North Korean defectors in South\n Korea", ["North Korean defector", "South Korea"]),
        ("NORTH KOREAN DEFECTORS", []),
        ("Kim Jong Il, kim jong il", ["Kim Jong Il"]),
        ("Hyoja-dong, Jongro-gu", ["Hyoja-dong", "Jongro-gu"]),
        ("‘refugees’ and (refugee)", ["refugee"] * 2),
        ("", []),
    ],
)
def test_a_term_is_found_in_the_forms_people_write(text, terms):
    assert [term for _, term in found(text)] == terms


def test_a_span_holds_the_term_as_it_is_written():
    text = "The PETITIONS of\tNorth Korean  Defectors’ friends"
    assert found(text) == [("PETITIONS", "petition"), ("North Korean  Defectors", "North Korean defector")]


def test_where_terms_overlap_the_longest_is_taken():
    glossary = glossary_of("Korean", "defector", "North Korean", "North Korean defector", "defector case law")
    assert [term for _, term in found("North Korean defectors", glossary)] == ["North Korean defector"]
    assert [term for _, term in found("a Korean defector", glossary)] == ["Korean", "defector"]
    assert [term for _, term in found("Korean defector case law", glossary)] == [
        "Korean",
        "defector case law",
    ]


def test_a_verb_changes_in_its_first_word_and_a_noun_in_its_last():
    glossary = glossary_of("hand over+", "list of names", "copy+")
    assert [text for text, _ in found("Handing over lists of names, list of names' copied", glossary)] == [
        "Handing over",
        "list of names",
        "copied",
    ]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("church", "churches"),
        ("box", "boxes"),
        ("boss", "bosses"),
        ("city", "cities"),
        ("day", "days"),
        ("refugee", "refugees"),
        ("Embassy", "Embassies"),
    ],
)
def test_nouns_have_a_regular_plural(word, forms):
    assert noun_forms(word) == [word, forms]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("sign", "signs signed signing"),
        ("release", "releases released releasing"),
        ("flee", "flees fleed fleeing"),
        ("deny", "denies denied denying"),
        ("stay", "stays stayed staying"),
        ("stop", "stops stopped stopping"),
        ("fix", "fixes fixed fixing"),
        ("help", "helps helped helping"),
        ("arrest", "arrests arrested arresting"),
    ],
)
def test_verbs_have_their_regular_forms(word, forms):
    assert verb_forms(word) == [word, *forms.split()]


@given(
    st.lists(st.sampled_from([term.source for term in SHIPPED.terms] + ["x", "s", "’s", " ", ".", "KOREA"]))
)
def test_spans_are_in_order_and_do_not_overlap(parts):
    text = "".join(parts)
    spans = SHIPPED.find(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(re.match(rf"{span.term.source}", text[span.start :], re.IGNORECASE) for span in spans)


@pytest.mark.parametrize("locale", ["ko", "zh_Hans", "zh_Hant"])
def test_the_shipped_appeal_uses_the_words_of_the_shipped_glossary(locale):
    shipped = entries_of(read_po(po_path(ROOT / "translations", "appeal-save-north-koreans", locale)))
    spans = [(span, entry) for entry in shipped for span in SHIPPED.find(entry.msgid)]
    used = [any(word in entry.texts[0] for word in span.term.targets[locale]) for span, entry in spans]
    assert len(spans) > 20
    assert used.count(True) / len(used) > 0.8


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("ko,note\n가,\n", "line 1: has no columns en"),
        ("en,ko\na,가\n,나\n", "line 3: a row without a term"),
        ("en,ko\na,가\na,나\n", "line 3: 'a' stands twice"),
    ],
)
def test_a_bad_glossary_is_refused_with_its_line_and_the_reason(content, complaint):
    with pytest.raises(CatalogError, match=re.escape(f"x.csv: {complaint}")):
        read_glossary(content.encode(), "x.csv")
