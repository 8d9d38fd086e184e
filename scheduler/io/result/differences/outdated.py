"""Of an edited result: which differences from a recount are old figures, and which are wrong ones.

A cell that says what it said before the roster was edited is old. One that says neither that nor what a
recount gives was changed by itself, and is told like any forgery.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta
from itertools import groupby
from string import ascii_uppercase

from scheduler.domain.values.words import counted, listed
from scheduler.io.input.sheets import INPUT_SUFFIX
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import FOLLOW_FROM_DUTIES, INPUT_SHEETS
from scheduler.io.result.differences.differences import ABSENT, Difference
from scheduler.texts import marked, text, text_n

_MOST_SHEETS = 12
_HASH = "roster_hash"
_FORM = "form"
_SENTENCES = ("sentence", "told", _FORM)
OTHER_INPUT = marked("The file says that it was made from another input than the one it is verified against.")
OLDER_VERSION = marked(
    "An older version of staffcurve wrote this file, as it says itself: what that wrote otherwise is old, "
    "not wrong, and was not verified; figures that it wrote as this one does, and the duties, were."
)
_WRITTEN_OTHERWISE = frozenset((names.COVERAGE, names.FINDINGS))
"""Sheets that form 1 laid out otherwise."""
_FIGURES = re.compile(r"[\d.,]*\d")


def parted(
    now: Sequence[Difference],
    before: Iterable[Difference],
    is_read: Callable[[Difference], bool],
    *,
    is_older: bool = False,
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
    judged, old = _parted_of_older(now) if is_older else (now, list[Difference]())
    for one in judged:
        is_old = is_read(one) or (one.place, one.said) not in wrong_before
        (old if is_old else wrong).append(one)
    return wrong, old


def _parted_of_older(now: Sequence[Difference]) -> tuple[list[Difference], list[Difference]]:
    """Wrong and old differences of a workbook that says that an older version wrote it.

    Anybody may write that into a file. So a figure is wrong all the same where the same words stand as now,
    in its cell and in its row, on a sheet that the older version did not lay out otherwise: there it wrote
    that figure as well.
    """
    reworded = {_line(one) for one in now if not _is_another_figure(one)}
    wrong: list[Difference] = []
    old: list[Difference] = []
    for one in now:
        is_wrong = one.part not in _WRITTEN_OTHERWISE and _line(one) not in reworded
        (wrong if is_wrong else old).append(one)
    return wrong, old


def _line(one: Difference) -> str:
    """The row of a sheet."""
    sheet, _, cell = one.place.rpartition("!")
    return f"{sheet}!{cell.lstrip(ascii_uppercase)}"


def _is_another_figure(one: Difference) -> bool:
    """Whether a file says another number where a recount has one, in the same words."""
    found, counted = one.found, one.counted
    if one.label == _FORM:
        return False
    if isinstance(found, str) and isinstance(counted, str):
        return _FIGURES.sub("#", found) == _FIGURES.sub("#", counted)
    return all(isinstance(number, int | float | date | time | timedelta) for number in (found, counted))


def parted_in_document(
    now: Sequence[Difference], *, is_edited: bool, is_older: bool
) -> tuple[list[Difference], list[Difference]]:
    """Wrong and old differences of a document, by what it says of edited duties and of an older version.

    Where nothing else is old, it is the digest that was changed. Of an older version that is old which it did
    not write, or says in other words; every other value it wrote as well.
    """
    wrong, old = list(now), list[Difference]()
    if is_older:
        old = [one for one in now if _is_wording(one)]
        wrong = [one for one in now if not _is_wording(one)]
    follow = [one for one in wrong if one.part in FOLLOW_FROM_DUTIES]
    if not is_edited or all(one.part == _HASH for one in follow):
        return wrong, old
    return [one for one in wrong if one.part not in FOLLOW_FROM_DUTIES], [*old, *follow]


def _is_wording(one: Difference) -> bool:
    """Whether a document lacks a field, has one more, or says a sentence otherwise."""
    is_sentence = one.kind.rpartition(".")[2] in _SENTENCES
    return is_sentence or ABSENT in (one.found, one.counted)


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
