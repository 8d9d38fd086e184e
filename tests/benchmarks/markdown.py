"""Markdown tables, for what is printed and for the documents."""

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; text in a cell is written as it is."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def filled_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table without the columns that are empty throughout; nothing at all where there are no rows."""
    if not rows:
        return ""
    kept = [column for column in range(len(headings)) if any(row[column] for row in rows)]
    return table([headings[column] for column in kept], [[row[column] for column in kept] for row in rows])
