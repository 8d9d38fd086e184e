"""Of an edited result: which differences from a recount are old figures, and which are wrong ones.

A cell that says what it said before the roster was edited is old. One that says neither that nor what a
recount gives was changed by itself, and is told like any forgery.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from scheduler.domain.values.words import counted, listed
from scheduler.io.input.sheets import INPUT_SUFFIX
from scheduler.io.result.contents.declared import FOLLOW_FROM_DUTIES, INPUT_SHEETS
from scheduler.io.result.differences.differences import Difference
from scheduler.texts import marked, text, text_n

_MOST_SHEETS = 12
_HASH = "roster_hash"
OTHER_INPUT = marked("The file says that it was made from another input than the one it is verified against.")
OLDER_VERSION = marked(
    "An older version of staffcurve wrote this file: figures that it wrote or counted otherwise are old, not "
    "wrong, and the duties are judged as they stand."
)


def parted(
    now: Sequence[Difference], before: Iterable[Difference], is_read: Callable[[Difference], bool]
) -> tuple[list[Difference], list[Difference]]:
    """Wrong and old differences of an edited workbook.

    Parameters
    ----------
    now, before
        Differences from a recount of the roster as it is, and as it was written.
    is_read
        Whether a difference lies where the edit itself was made.
    """
    wrong_before = {(one.place, one.said) for one in before}
    wrong: list[Difference] = []
    old: list[Difference] = []
    for one in now:
        is_old = is_read(one) or (one.place, one.said) not in wrong_before
        (old if is_old else wrong).append(one)
    return wrong, old


def parted_in_document(now: Sequence[Difference]) -> tuple[list[Difference], list[Difference]]:
    """Wrong and old differences of a document whose digest says that its duties were edited.

    Where nothing else is old, it is the digest that was changed.
    """
    old = [one for one in now if one.part in FOLLOW_FROM_DUTIES]
    if all(one.part == _HASH for one in old):
        return list(now), []
    return [one for one in now if one.part not in FOLLOW_FROM_DUTIES], old


def is_of_input(one: Difference) -> bool:
    """Whether it lies in the copy of the input."""
    return one.part.removesuffix(INPUT_SUFFIX) in INPUT_SHEETS


def old_in_words(old: Sequence[Difference]) -> str:
    """All old figures in one sentence: how many, and on which sheets or in which fields."""
    parts = listed([part for part, _ in groupby(old, key=lambda one: one.part)], _MOST_SHEETS)
    return text_n(
        "{figures} of the roster as it was written still stands there, on {parts}.",
        "{figures} of the roster as it was written still stand there, on {parts}.",
        len(old),
        figures=counted(len(old), "figure"),
        parts=parts,
    )


def of_other_input(old: Sequence[Difference]) -> str:
    """The same for a file that was made from another input."""
    parts = listed([part for part, _ in groupby(old, key=lambda one: one.part)], _MOST_SHEETS)
    return text(
        "{figures} differ because of that, on {parts}.", figures=counted(len(old), "figure"), parts=parts
    )
