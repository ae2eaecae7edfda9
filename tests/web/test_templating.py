"""What templates do with texts that are read from right to left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.languages import LANGUAGES, with_more
from advocacy.web.templating import isolated
from tests.pages import parsed

HEAD = "<!DOCTYPE html><title>A text</title>"
ARABIC = with_more(["ar"]).by_tag("ar")


def test_what_reads_left_to_right_stays_whole_in_a_text_that_does_not():
    shown = isolated("%(n)s <b>رسالة</b> & {name}", ARABIC)
    whole = '<bdi dir="ltr">{}</bdi>'.format
    parts = (
        whole("%(n)s"),
        " ",
        whole("&lt;b&gt;"),
        "رسالة",
        whole("&lt;/b&gt;"),
        " &amp; ",
        whole("{name}"),
    )
    assert shown == "".join(parts)


@given(st.text(st.sampled_from("ن %(n)s{}<b>&\"'"), max_size=20))
def test_nothing_is_added_to_a_text_but_marks_and_nothing_scripts_the_page(text):
    tree = parsed(f"{HEAD}<p>{isolated(text, ARABIC)}</p>")
    assert "".join(tree.find(".//p").itertext()) == text
    assert {one.tag for one in tree.find(".//p").iter()} <= {"p", "bdi"}


@pytest.mark.parametrize("spoken", list(LANGUAGES), ids=lambda one: one.tag)
def test_where_all_reads_left_to_right_a_text_stays_a_text(spoken):
    assert type(isolated("<b>%(n)s", spoken)) is str  # a template escapes it
