"""How long a translation memory of 20,000 units takes to answer.

Sources are made of the words of the shipped templates: once as long as the shipped messages and blocks are,
then all of one kind, up to the worst, a memory of nothing but paragraphs. Each question is a source with
two words changed, so that there is something to find.

- The ceiling is rapidfuzz alone: its comparison of the question with every source, nothing around it.
- Asking is `Memory.matches`: what lies within reach by its length, compared, ordered, with translations.
- Adding and removing are one unit each, in a memory that is full.

"Of ceiling" is how many times the ceiling's time one takes: less than 1 where comparing was spared.

    .venv/bin/python benchmarks/measure_memory.py
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

import tables
from rapidfuzz import process
from rapidfuzz.distance import Indel

from advocacy import ROOT
from advocacy.catalogs.memory import Memory, Remembered
from advocacy.catalogs.po_files import read_po

_UNITS = 20_000
_QUESTIONS = 100
_CHANGED_WORDS = 2
_KINDS = {"labels": range(2, 9), "sentences": range(8, 26), "paragraphs": range(60, 131)}
"""How many words a source has."""

T = TypeVar("T")

HEADINGS = ("", "p50 ms", "p99 ms", "of ceiling")


def main() -> None:
    """Measure for each kind of text, and print."""
    chance = random.Random(1)
    texts = _texts()
    words = sorted({word for text in texts for word in text.split()})
    for kind, lengths in {"texts as shipped": [len(text.split()) for text in texts], **_KINDS}.items():
        sources = [" ".join(chance.choices(words, k=chance.choice(lengths))) for _ in range(_UNITS)]
        units = [Remembered(source, (source[::-1],), "memory") for source in sources]
        questions = [_changed(source, words, chance) for source in chance.sample(sources, _QUESTIONS)]
        others = [Remembered(f"{question}!", ("",), "memory") for question in questions]
        memory = Memory(units)
        ceiling = _times(questions, lambda question, sources=sources: _compare(question, sources))
        rows = [
            ("ceiling: rapidfuzz over all of them", ceiling),
            ("ask", _times(questions, memory.matches)),
            ("add", _times(others, memory.add)),
            ("remove", _times(others, memory.remove)),
        ]
        average = statistics.mean(map(len, sources))
        tables.show(
            f"A memory of {_UNITS:,} {kind}, {average:.0f} characters on average, {_QUESTIONS} questions",
            HEADINGS,
            [_row(what, times, ceiling) for what, times in rows],
        )


def _texts() -> list[str]:
    templates = sorted((ROOT / "translations").glob("*.pot"))
    return [entry.msgid for template in templates for entry in read_po(template)]


def _changed(source: str, words: Sequence[str], chance: random.Random) -> str:
    parts = source.split()
    for _ in range(_CHANGED_WORDS):
        parts[chance.randrange(len(parts))] = chance.choice(words)
    return " ".join(parts)


def _compare(question: str, sources: Sequence[str]) -> None:
    process.extract(question, sources, scorer=Indel.normalized_similarity, score_cutoff=0.7)


def _times(inputs: Sequence[T], work: Callable[[T], object]) -> list[float]:
    """Return how many milliseconds the work took on each input, in order of size."""
    times = []
    for one in inputs:
        begun = time.perf_counter()
        work(one)
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)


def _row(what: str, times: Sequence[float], ceiling: Sequence[float]) -> list[str]:
    last = times[len(times) * 99 // 100]
    share = statistics.median(times) / statistics.median(ceiling)
    return [what, f"{statistics.median(times):.2f}", f"{last:.2f}", f"{share:.2f}"]


if __name__ == "__main__":
    main()
