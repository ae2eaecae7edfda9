"""What stands out in a source."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.marks import Mark, TermSpan, marked

pieces = st.sampled_from(["%(name)s", "{count}", "<b>", "</b", "%%", " petition ", "100%", "<", "서명", "\n"])
texts = st.lists(pieces | st.text(max_size=5)).map("".join)
spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), max_size=4)


@given(texts, spans)
def test_the_stretches_are_the_text(text, where):
    terms = [TermSpan(start, min(start + size, len(text)), "x") for start, size in where if start < len(text)]
    found = marked(text, terms)
    assert "".join(stretch.text for stretch in found) == text
    assert all(stretch.text for stretch in found)


def test_placeholders_tags_and_terms_stand_out():
    text = "%(count)s people signed the <em>petition</em>"
    start = text.index("petition")
    found = marked(text, [TermSpan(start, start + 8, "청원")])
    assert found == [
        (Mark.KEEP, "%(count)s", ""),
        (Mark.PLAIN, " people signed the ", ""),
        (Mark.KEEP, "<em>", ""),
        (Mark.TERM, "petition", "청원"),
        (Mark.KEEP, "</em>", ""),
    ]


def test_a_placeholder_that_is_named_like_a_term_is_kept_as_it_is():
    assert marked("%(petition)s", [TermSpan(2, 10, "청원")]) == [(Mark.KEEP, "%(petition)s", "")]
