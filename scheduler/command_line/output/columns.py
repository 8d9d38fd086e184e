"""Columns of the tables that commands print: a name takes no more room than there is."""

WIDEST = 14
"""Signs of a name in a column."""


def short(name: str, widest: int = WIDEST) -> str:
    """A name cut to the width of its column.

    >>> short("English"), short("English and French")
    ('English', 'English and...')
    """
    return name if len(name) <= widest else f"{name[: widest - 3]}..."
