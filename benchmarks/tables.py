"""Plain tables of figures."""

from collections.abc import Sequence

from load import Figures

HEADINGS = ("", "requests/s", "p50 ms", "p99 ms", "of ceiling")


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    print(f"\n{title}")
    for row in (headings, *rows):
        cells = [row[0].ljust(widths[0]), *(map(str.rjust, row[1:], widths[1:]))]
        print("  " + "  ".join(cells).rstrip())


def speed_row(what: str, figures: Figures, ceiling: Figures) -> list[str]:
    """Return a row of HEADINGS."""
    numbers = (f"{figures.rate:.0f}", f"{figures.p50:.1f}", f"{figures.p99:.1f}")
    return [what, *numbers, f"{figures.rate / ceiling.rate:.2f}"]
