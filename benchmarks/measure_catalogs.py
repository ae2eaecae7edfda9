"""How long a large catalog takes to come in, and a release of it to be built.

A domain of 20,000 and one of 100,000 messages, made of the words of the shipped templates, each in two
languages, imported as approved: read, checked, stored, with the status of every unit. Then a release of
each is built: every check once more, PO and MO written, every text filled in.

- The ceiling of an import is polib's own reading of the file and one bare bulk INSERT of the same texts.
- The ceiling of a build is msgfmt's compiling of the same file.

Memory is the process's largest resident size. Weblate takes 155 s and 1.1 GB for the 20,000 on such a
machine.

    .venv/bin/python benchmarks/measure_catalogs.py
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import polib
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables

from advocacy import ROOT, create_app
from advocacy.actions.import_translations import import_translations
from advocacy.actions.plan_import import Outcome, TakeAs, plan_import
from advocacy.actions.releases import build_release
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.catalogs.exchange import read_entries
from advocacy.catalogs.po_files import read_po
from advocacy.cli.up import prepare
from advocacy.config import read_settings
from advocacy.extensions import begin_writing, db, writing
from advocacy.models import Domain
from advocacy.rules.languages import LANGUAGES, Languages

_SIZES = (20_000, 100_000)
_TAGS = ("ko", "zh-Hans")
_WORDS = range(3, 14)
"""How many words a message has."""

_HEADINGS = ("", "messages", "seconds", "of ceiling", "MB")


def main() -> None:
    """Measure each size in a process of its own, so that one's memory is not the other's."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for size in _SIZES for row in _in_own_process(Path(folder) / str(size), size)]
    tables.show(f"Catalogs in {len(_TAGS)} languages on SQLite, {os.cpu_count()} cores", _HEADINGS, rows)


def _in_own_process(folder: Path, size: int) -> list[list[str]]:
    folder.mkdir()
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (folder, size))


def _measure(folder: Path, size: int) -> list[list[str]]:
    languages = Languages([language for language in LANGUAGES if language.tag in (*_TAGS, "en")])
    files = {tag: _written(folder, size, tag) for tag in _TAGS}
    app = create_app(read_settings({"ADVOCACY_INSTANCE": str(folder / "instance")}))
    prepare(app)
    with app.app_context():
        ceiling = sum(_bare_import(file) for file in files.values())
        started = time.perf_counter()
        for tag, file in files.items():
            _import(file, tag, languages)
        importing = time.perf_counter() - started
        session = begin_writing(db.session())
        domain = Domain.named(session, "large", source_language="en")
        started = time.perf_counter()
        release = build_release(session, domain, languages, by=None, now=datetime.now(UTC))
        session.commit()
        building = time.perf_counter() - started
        if {catalog.translated for catalog in release.catalogs} != {size}:
            raise AssertionError("not every text was built")
        db.engine.dispose()
    compiling = sum(_msgfmt(file) for file in files.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        _row("import, checked and approved", size, importing, ceiling, memory),
        _row("build a release", size, building, compiling, memory),
    ]


def _import(file: Path, tag: str, languages: Languages) -> None:
    entries = read_entries(file, domain="large", language=tag)
    session = begin_writing(db.session())
    domain = Domain.named(session, "large", source_language="en")
    sync_messages(session, domain, [Source(entry.context, entry.msgid) for entry in entries], languages)
    report = plan_import(session, domain, tag, entries, take_as=TakeAs.APPROVED)
    import_translations(session, report, take_as=TakeAs.APPROVED, by=None, now=datetime.now(UTC))
    session.commit()
    session.expunge_all()
    if report.count(Outcome.TAKEN) != len(entries):
        raise AssertionError("not every text was taken")


def _written(folder: Path, size: int, tag: str) -> Path:
    """Write a catalog of `size` messages; texts are made of the shipped catalogs' words."""
    chance = random.Random(7)
    english = [
        word for entry in read_po(ROOT / "translations" / "messages.pot") for word in entry.msgid.split()
    ]
    locale = tag.replace("-", "_")
    shipped = read_po(ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po")
    own = [word for entry in shipped for word in entry.msgstr.split() if word.isalpha()]
    plain = [word for word in english if word.isalpha()]
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": locale}
    for number in range(size):
        words = chance.choices(plain, k=chance.choice(_WORDS))
        source = f"{' '.join(words)} {number}."
        target = f"{' '.join(chance.choices(own, k=len(words)))} {number}."
        catalog.append(polib.POEntry(msgid=source, msgstr=target))
    path = folder / f"large-{tag}.po"
    catalog.save(str(path))
    return path


def _bare_import(file: Path) -> float:
    started = time.perf_counter()
    rows = [{"source": entry.msgid, "target": entry.msgstr} for entry in polib.pofile(str(file))]
    with writing(db.engine).begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bare (source TEXT, target TEXT)"))
        connection.execute(text("INSERT INTO bare VALUES (:source, :target)"), rows)
    return time.perf_counter() - started


def _msgfmt(file: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["msgfmt", "-o", os.devnull, file], check=True)
    return time.perf_counter() - started


def _row(what: str, size: int, seconds: float, ceiling: float, memory: float) -> list[str]:
    return [what, f"{size:,}", f"{seconds:.1f}", f"{seconds / ceiling:.1f} x", f"{memory:.0f}"]


if __name__ == "__main__":
    main()
