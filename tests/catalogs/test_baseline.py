"""The catalogs that ship with the software."""

import os
import shutil
import subprocess

import polib
import pytest

from advocacy.catalogs.baseline import compile_baseline, po_path, update_baseline
from advocacy.catalogs.merging import MergeReport
from advocacy.catalogs.po_files import CatalogError, compile_mo, read_po, write_po
from advocacy.catalogs.templates import new_template
from advocacy.rules.languages import Language

KOREAN = Language("ko", "한국어", "ko_KR")
HANT = Language("zh-Hant", "繁體中文", "zh_TW")
ARABIC = Language("ar", "العربية", "ar_AR", "rtl")
FORMS = {"ko": 1, "zh_Hant": 1, "ar": 6}
MSGFMT = shutil.which("msgfmt")


@pytest.fixture
def template() -> polib.POFile:
    template = new_template()
    template.append(polib.POEntry(msgid="Open Letter"))
    template.append(
        polib.POEntry(
            msgid="%(n)s person",
            msgid_plural="%(n)s people",
            msgstr_plural={0: "", 1: ""},
            flags=["python-format"],
        )
    )
    return template


def test_each_language_gets_a_catalog_with_its_own_plural_forms(tmp_path, template):
    reports = update_baseline(tmp_path, "messages", template, [KOREAN, HANT, ARABIC])
    assert reports == dict.fromkeys(FORMS, MergeReport(new=2))
    for locale, forms in FORMS.items():
        catalog = read_po(po_path(tmp_path, "messages", locale))
        assert catalog.metadata["Language"] == locale
        assert len(catalog[1].msgstr_plural) == forms
    assert read_po(tmp_path / "messages.pot").find("Open Letter")


def test_a_new_catalog_pleases_msgfmt_and_names_no_person(tmp_path, template):
    update_baseline(tmp_path, "messages", template, [KOREAN, ARABIC])
    for locale in ("ko", "ar"):
        file = po_path(tmp_path, "messages", locale)
        command = [MSGFMT, "-c", "-o", os.devnull, file]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert "@" not in file.read_text("utf-8")


def test_a_second_update_touches_no_file(tmp_path, template):
    update_baseline(tmp_path, "messages", template, [KOREAN])
    files = [tmp_path / "messages.pot", po_path(tmp_path, "messages", "ko")]
    for file in files:
        os.utime(file, (1, 1))
    assert update_baseline(tmp_path, "messages", template, [KOREAN]) == {"ko": MergeReport(kept=2)}
    assert [file.stat().st_mtime for file in files] == [1, 1]


def test_translations_stay_when_the_template_changes(tmp_path, template):
    update_baseline(tmp_path, "messages", template, [KOREAN])
    file = po_path(tmp_path, "messages", "ko")
    catalog = read_po(file)
    catalog[0].msgstr = "공개 서한"
    write_po(catalog, file)
    template.append(polib.POEntry(msgid="Privacy"))
    assert update_baseline(tmp_path, "messages", template, [KOREAN]) == {"ko": MergeReport(kept=2, new=1)}
    assert read_po(file).find("Open Letter").msgstr == "공개 서한"


def test_every_catalog_is_compiled_by_domain_and_locale(tmp_path, template):
    update_baseline(tmp_path, "messages", template, [KOREAN, HANT])
    update_baseline(tmp_path, "appeal-free-them", template, [KOREAN])
    compiled = compile_baseline(tmp_path)
    assert set(compiled) == {("messages", "ko"), ("messages", "zh_Hant"), ("appeal-free-them", "ko")}
    assert compiled["messages", "ko"] == compile_mo(read_po(po_path(tmp_path, "messages", "ko")))


def test_one_broken_catalog_is_named(tmp_path, template):
    update_baseline(tmp_path, "messages", template, [KOREAN])
    po_path(tmp_path, "messages", "ko").write_text("nonsense", "utf-8")
    with pytest.raises(CatalogError, match=r"messages.po: line 1: "):
        compile_baseline(tmp_path)
