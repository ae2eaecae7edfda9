"""Templates, made from code and from appeals."""

import pytest

from advocacy import ROOT
from advocacy.catalogs.outline import Outline, OutlineBlock
from advocacy.catalogs.templates import template_from_code, template_from_outline
from advocacy.rules.blocks import BlockKind

PYTHON = """
_("Zebra")
gettext("apple")
lazy_gettext("%(count)s of %(goal)s")
N_("100 % sure")
# Translators: a button
pgettext("verb", "Open")
# Translators: a heading,
# not a button
pgettext("state", "Open")
ngettext("A problem", "%(num)s problems", 2)
print("not for translation")
_(not_a_text)
"""
PAGE = '<p title="{{ _("apple") }}">{{ ngettext("%(n)s person", "%(n)s people", n) }}</p>{{ _("A problem") }}'


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    templates = root / "advocacy" / "templates"
    templates.mkdir(parents=True)
    (root / "babel.cfg").write_text((ROOT / "babel.cfg").read_text("utf-8"), "utf-8")
    (root / "advocacy" / "views.py").write_text(PYTHON, "utf-8")
    (root / "elsewhere.py").write_text('_("Elsewhere")', "utf-8")
    (templates / "page.html").write_text(PAGE, "utf-8")
    (templates / "mail.txt").write_text('{{ _("Zebra") }}{{ _("Zebra") }}', "utf-8")
    return template_from_code(root)


def test_messages_of_code_and_pages_are_found_and_sorted(template):
    expected = "%(count)s of %(goal)s|%(n)s person|100 % sure|A problem|apple|Open|Open|Zebra"
    assert "|".join(entry.msgid for entry in template) == expected


def test_a_message_names_its_files_without_lines_and_each_once(template):
    zebra = template.find("Zebra")
    assert zebra.occurrences == [("advocacy/templates/mail.txt", ""), ("advocacy/views.py", "")]


def test_contexts_keep_messages_apart_and_comments_are_for_translators(template):
    found = {entry.msgctxt: entry.comment for entry in template if entry.msgid == "Open"}
    assert found == {"state": "a heading, not a button", "verb": "a button"}


def test_a_message_with_a_plural_anywhere_has_it_everywhere(template):
    problem = template.find("A problem")
    assert (problem.msgid_plural, problem.msgstr_plural) == ("%(num)s problems", {0: "", 1: ""})
    assert len(problem.occurrences) == 2


def test_placeholders_in_either_number_are_to_be_checked_and_a_percent_sign_is_none(template):
    flagged = {entry.msgid for entry in template if entry.flags == ["python-format"]}
    assert flagged == {"%(count)s of %(goal)s", "%(n)s person", "A problem"}


def test_an_appeal_has_a_message_a_block_known_by_its_id():
    blocks = (
        OutlineBlock("title", BlockKind.TITLE, "Free them", ""),
        OutlineBlock("ask", BlockKind.ASK, "Free them", "Stands alone."),
    )
    template = template_from_outline(Outline("free-them", "en", None, 100, blocks))
    told = [(entry.msgctxt, entry.msgid, entry.comment) for entry in template]
    assert told == [("title", "Free them", ""), ("ask", "Free them", "Stands alone.")]
