"""Bringing a catalog up to date: nothing lost, nothing shown that was made for another text."""

from itertools import count

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.catalogs.merging import MergeReport, merge
from advocacy.catalogs.po_files import compile_mo, is_done, key_of, read_po, write_po
from advocacy.catalogs.templates import new_template

OLD = "Please help us in the effort to save North Korean defectors facing executions."
NEW = "Please help us in the effort to save North Korean defectors who face execution."
ONE_FORM, SIX_FORMS = "nplurals=1; plural=0;", "nplurals=6; plural=n%6;"

contexts = st.sampled_from([None, "title", "first"])
sources = st.sampled_from(["a", "b", "Sign here", "Sign there", OLD, NEW])
plurals = st.sampled_from(["", "", "many", "more"])


def entry(msgid: str, msgstr: str = "", **fields: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **fields)


def plural(msgid: str, msgid_plural: str, *forms: str, **fields: object) -> polib.POEntry:
    return polib.POEntry(
        msgid=msgid, msgid_plural=msgid_plural, msgstr_plural=dict(enumerate(forms)), **fields
    )


def catalog_of(*entries: polib.POEntry, plural_forms: str = ONE_FORM) -> polib.POFile:
    catalog = new_template()
    catalog.metadata["Plural-Forms"] = plural_forms
    catalog.extend(entries)
    return catalog


@st.composite
def catalogs(draw, *, translated: bool):
    numbers = count()

    def drawn() -> polib.POEntry:
        flags = ["fuzzy"] if translated and draw(st.booleans()) else []
        fields = {"msgctxt": draw(contexts), "flags": flags, "obsolete": translated and draw(st.booleans())}
        text = draw(st.sampled_from(["", f"text {next(numbers)}"])) if translated else ""
        many = draw(plurals)
        return plural(draw(sources), many, text, **fields) if many else entry(draw(sources), text, **fields)

    return catalog_of(
        *{key_of(each): each for each in [drawn() for _ in range(draw(st.integers(0, 6)))]}.values()
    )


def texts_of(entry: polib.POEntry) -> set[str]:
    return {entry.msgstr, *entry.msgstr_plural.values()} - {""}


@given(catalogs(translated=True), catalogs(translated=False))
def test_a_merged_catalog_holds_the_templates_entries_in_order_and_then_obsolete_ones(catalog, template):
    report = merge(catalog, template)
    assert [key_of(each) for each in catalog if not each.obsolete] == [key_of(each) for each in template]
    assert all(each.obsolete for each in catalog[len(template) :])
    assert len({key_of(each) for each in catalog}) == len(catalog)
    assert report.kept + report.new + report.changed == len(template)


@given(catalogs(translated=True), catalogs(translated=False))
def test_no_translation_is_lost(catalog, template):
    before = set().union(*map(texts_of, catalog))
    merge(catalog, template)
    assert set().union(*map(texts_of, catalog)) == before


@given(catalogs(translated=True), catalogs(translated=False))
def test_what_is_shown_was_made_for_just_this_source(catalog, template):
    made = {(key_of(each), each.msgid_plural): texts_of(each) for each in catalog if not each.fuzzy}
    merge(catalog, template)
    for each in filter(is_done, catalog):
        assert texts_of(each) == made[key_of(each), each.msgid_plural]


@given(catalogs(translated=True), catalogs(translated=False))
def test_a_proposal_names_the_source_it_was_made_for_within_its_own_context(catalog, template):
    made = {(key_of(each), each.msgid_plural or None): texts_of(each) for each in catalog if not each.fuzzy}
    merge(catalog, template)
    for each in catalog:
        if each.previous_msgid is not None:
            assert each.fuzzy
            assert each.previous_msgctxt == each.msgctxt
            before = (each.previous_msgctxt, each.previous_msgid)
            assert set() < texts_of(each) <= made[before, each.previous_msgid_plural]


@given(catalogs(translated=True), catalogs(translated=False))
def test_a_second_merge_changes_nothing(catalog, template):
    merge(catalog, template)
    once = str(catalog)
    report = merge(catalog, template)
    assert str(catalog) == once
    assert report == MergeReport(kept=len(template))


def test_a_report_counts_what_became_of_the_entries():
    catalog = catalog_of(entry("a", "가"), entry(OLD, "나"), entry("Farewell", "다"), entry("Nothing yet"))
    report = merge(catalog, catalog_of(entry("a"), entry(NEW), entry("Welcome")))
    assert report == MergeReport(kept=1, new=1, changed=1, obsolete=1)


def test_a_changed_source_keeps_its_old_translation_as_a_proposal_through_further_merges(tmp_path):
    file = tmp_path / "messages.po"
    catalog = catalog_of(entry("Free them", "풀어 주십시오", msgctxt="ask"))
    template = catalog_of(entry("Let them all go home", msgctxt="ask"))
    for _ in range(2):
        merge(catalog, template)
        write_po(catalog, file)
        catalog = read_po(file)
        (proposal,) = catalog
        assert proposal.fuzzy
        assert (proposal.msgid, proposal.msgstr) == ("Let them all go home", "풀어 주십시오")
        assert '#| msgctxt "ask"\n#| msgid "Free them"\nmsgctxt' in file.read_text("utf-8")


def test_a_source_that_changes_twice_still_shows_what_its_translation_was_made_for():
    catalog = catalog_of(entry("first", "첫째", msgctxt="ask"))
    merge(catalog, catalog_of(entry("second", msgctxt="ask")))
    merge(catalog, catalog_of(entry("third", msgctxt="ask")))
    assert (catalog[0].msgid, catalog[0].previous_msgid, catalog[0].msgstr) == ("third", "first", "첫째")


def test_a_fuzzy_translation_is_never_compiled():
    catalog = catalog_of(entry(OLD, "탈북자들을 도와주십시오"))
    merge(catalog, catalog_of(entry(NEW)))
    assert catalog[0].msgstr == "탈북자들을 도와주십시오"
    assert "탈북자들을".encode() not in compile_mo(catalog)


def test_a_proposal_never_crosses_contexts():
    catalog = catalog_of(
        entry("Open", "열기", msgctxt="verb"),
        entry("Opened", "열림", msgctxt="state"),
        entry("Open!", "열어라"),
    )
    template = catalog_of(entry("Opens", msgctxt="noun"), entry("Opened.", msgctxt="state"))
    merge(catalog, template)
    assert [(each.msgctxt, each.msgstr) for each in catalog[:2]] == [("noun", ""), ("state", "열림")]
    assert {each.msgstr for each in catalog[2:]} == {"열기", "열어라"}


def test_within_a_context_the_nearest_text_is_proposed():
    catalog = catalog_of(
        entry("Close the window", "창 닫기", msgctxt="menu"),
        entry("Open the letter", "편지 열기", msgctxt="menu"),
    )
    merge(catalog, catalog_of(entry("Open letter", msgctxt="menu"), entry("Close window", msgctxt="menu")))
    assert [each.msgstr for each in catalog] == ["편지 열기", "창 닫기"]


@pytest.mark.parametrize(
    ("source", "proposed"), [("Delete my signature.", "서명 삭제"), ("Read the letter", "")]
)
def test_without_a_context_only_a_similar_text_is_proposed(source, proposed):
    catalog = catalog_of(entry("Delete my signature", "서명 삭제"))
    merge(catalog, catalog_of(entry(source)))
    assert catalog[0].msgstr == proposed


def test_a_long_paragraph_is_known_again_when_a_sentence_is_added():
    sentences = [
        f"Sentence number {number} tells of a night on the river that nobody forgot." for number in range(40)
    ]
    catalog = catalog_of(entry(" ".join(sentences), "긴 글"), entry("Sentence number 1", "첫 문장"))
    merge(catalog, catalog_of(entry(" ".join([*sentences[:7], "One more was written.", *sentences[7:]]))))
    assert (catalog[0].msgstr, catalog[0].fuzzy) == ("긴 글", True)
    assert catalog[0].previous_msgid == " ".join(sentences)


def test_what_the_template_no_longer_has_becomes_obsolete_and_comes_back(tmp_path):
    file = tmp_path / "messages.po"
    note = {"tcomment": "as in 2012", "comment": "set large", "occurrences": [("a.html", "")]}
    catalog = catalog_of(entry("Posted", "게시", **note), entry("Empty"))
    merge(catalog, catalog_of())
    assert (catalog[0].comment, catalog[0].occurrences) == ("", [])
    write_po(catalog, file)
    assert '# as in 2012\n#~ msgid "Posted"\n#~ msgstr "게시"\n' in file.read_text("utf-8")
    assert "Empty" not in file.read_text("utf-8")
    catalog = read_po(file)
    assert merge(catalog, catalog_of(entry("Posted"))) == MergeReport(kept=1)
    (back,) = catalog
    assert (back.msgstr, back.tcomment, bool(back.obsolete)) == ("게시", "as in 2012", False)


def test_a_proposal_that_became_obsolete_comes_back_with_the_source_it_was_made_for(tmp_path):
    file = tmp_path / "messages.po"
    catalog = catalog_of(entry(NEW, "도와주십시오", flags=["fuzzy"], previous_msgid=OLD))
    for template in (catalog_of(), catalog_of(), catalog_of(entry(NEW))):
        merge(catalog, template)
        write_po(catalog, file)
        catalog = read_po(file)
    assert (catalog[0].fuzzy, catalog[0].previous_msgid) == (True, OLD)


@pytest.mark.parametrize("forms", [("하나", ""), ("하나", "둘")])
@pytest.mark.parametrize("flags", [[], ["fuzzy"]])
def test_plural_forms_that_somebody_wrote_are_not_thrown_away(forms, flags):
    catalog = catalog_of(plural("a", "as", *forms, flags=list(flags)))
    merge(catalog, catalog_of())
    assert catalog[0].msgstr_plural == dict(enumerate(forms))


def test_what_the_code_says_comes_from_the_template_and_what_people_wrote_stays():
    catalog = catalog_of(
        entry(
            "%(n)s people have signed the letter",
            "서명",
            flags=["python-format"],
            comment="old",
            occurrences=[("old.html", "")],
        ),
        entry("Shown", "보임", flags=["fuzzy", "python-format"], tcomment="ask Min"),
    )
    template = catalog_of(
        entry("Many people have signed the letter", comment="new", occurrences=[("new.html", "")]),
        entry("Shown"),
    )
    merge(catalog, template)
    changed, shown = catalog
    assert (changed.flags, changed.comment, changed.occurrences) == (["fuzzy"], "new", [("new.html", "")])
    assert (shown.flags, shown.tcomment) == (["fuzzy"], "ask Min")


def test_a_flag_that_the_code_gives_is_taken_and_its_fuzzy_is_not():
    catalog = catalog_of(entry("%(n)s a", "%(n)s 가"))
    merge(catalog, catalog_of(entry("%(n)s a", flags=["python-format", "fuzzy"])))
    assert catalog[0].flags == ["python-format"]


@pytest.mark.parametrize(("plural_forms", "forms"), [(ONE_FORM, 1), (SIX_FORMS, 6), ("", 2)])
def test_a_new_plural_has_as_many_forms_as_the_language(plural_forms, forms):
    catalog = catalog_of(plural_forms=plural_forms)
    merge(catalog, catalog_of(plural("%(n)s person", "%(n)s people", "", "")))
    assert catalog[0].msgstr_plural == dict.fromkeys(range(forms), "")


def test_a_form_that_a_language_gains_is_empty_and_its_entry_unfinished():
    catalog = catalog_of(plural("a", "as", "واحد", "اثنان"), plural_forms=SIX_FORMS)
    merge(catalog, catalog_of(plural("a", "as")))
    assert list(catalog[0].msgstr_plural.values()) == ["واحد", "اثنان", "", "", "", ""]
    assert not is_done(catalog[0])


def test_a_source_that_gains_a_plural_proposes_its_translation_for_every_form():
    catalog = catalog_of(entry("A person has signed", "واحد"), plural_forms=SIX_FORMS)
    merge(catalog, catalog_of(plural("A person has signed", "People have signed")))
    assert catalog[0].msgstr_plural == dict.fromkeys(range(6), "واحد")
    assert (catalog[0].fuzzy, catalog[0].previous_msgid_plural) == (True, None)


def test_a_source_that_loses_its_plural_proposes_the_first_form():
    catalog = catalog_of(plural("A person has signed", "People have signed", "명이 서명"))
    merge(catalog, catalog_of(entry("A person has signed")))
    assert (catalog[0].msgstr, catalog[0].fuzzy) == ("명이 서명", True)
    assert catalog[0].previous_msgid_plural == "People have signed"


def test_a_plural_that_is_reworded_is_proposed_with_its_former_wording():
    catalog = catalog_of(plural("A person signed", "People signed", "서명"))
    report = merge(catalog, catalog_of(plural("A person signed", "%(n)s people signed")))
    assert report == MergeReport(changed=1)
    assert (catalog[0].msgstr_plural, catalog[0].fuzzy) == ({0: "서명"}, True)
    assert (catalog[0].previous_msgid, catalog[0].previous_msgid_plural) == (
        "A person signed",
        "People signed",
    )


@pytest.mark.parametrize("context", [None, "menu"])
def test_an_old_translation_goes_to_the_source_that_is_nearest_to_it_whichever_comes_first(context):
    catalog = catalog_of(entry("Delete my signature", "서명 삭제", msgctxt=context))
    further, nearest = "Delete my signatures now", "Delete my signature."
    merge(catalog, catalog_of(entry(further, msgctxt=context), entry(nearest, msgctxt=context)))
    assert {each.msgid: each.msgstr for each in catalog} == {further: "", nearest: "서명 삭제"}
