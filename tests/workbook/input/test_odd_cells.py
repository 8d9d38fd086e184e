"""Cells that hold nothing that is seen, and cells of frames that hold what no workbook can hold."""

from datetime import date, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from constraints import CATALOGUE
from scheduler import BadInput, frames, read_frames
from scheduler.domain.values.grid import zone
from scheduler.domain.values.spelling import spelt
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.frames import Unfit, cells_of
from scheduler.io.cells.parse import is_blank, plain
from scheduler.io.input.templates.template import first_rules
from scheduler.io.input.templates.worked_shop import worked_shop
from tests.workbook.filled_in import MONDAY

UNSEEN = [
    "\u00ad", "\u034f", "\u17b5", "\u200b", "\u200d", "\u202e", "\u2066", "\u2800", "\u3000", "\u3164",
    "\ufeff", "\ufff1", "\U0001d173", "\U000e0041", "\U000e0100", " \u200c\u202e\u00a0",
]  # fmt: skip


class Shade(Enum):
    DARK = 1


class Stranger:
    """Of somebody's own, and no use at all."""

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        raise RuntimeError

    def __eq__(self, _: object) -> bool:
        raise RuntimeError


@cache
def shop() -> dict[str, pd.DataFrame]:
    return frames(worked_shop(MONDAY), first_rules(CATALOGUE, "shop"))


def with_cell(sheet: str, heading: str, value: Any) -> dict[str, pd.DataFrame]:
    """The shop with another value in the first row of a column."""
    frame = shop()[sheet]
    column = pd.Series([None] * len(frame), dtype=object, index=frame.index)
    for at, cell in enumerate([value, *frame[heading][1:]]):
        column.array[at] = cell
    changed = frame.drop(columns=[heading])
    changed.insert(list(frame.columns).index(heading), heading, column)
    return {**shop(), sheet: changed}


def said_of(sheet: str, heading: str, value: Any) -> list[str]:
    try:
        read_frames(with_cell(sheet, heading, value))
    except BadInput as refused:
        return [str(finding) for finding in refused.findings]
    return []


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_is_not_seen_is_blank_everywhere(sign: str) -> None:
    # Cells took some of these signs for text, names took all of them for nothing: "a fault of staffcurve".
    assert spelt(sign) == "" and is_blank(sign)
    assert normalised(f"Sh{sign.strip()}ift") == "shift" or sign.strip()[0] in "\u2800\u17b5\u200c\U000e0100"
    assert plain(f"{sign}8") == "8" or sign[0] in " \u2800\u200d\u200c\U000e0100"


@pytest.mark.parametrize(
    ("sheet", "heading"),
    [("headcounts", "Shift"), ("headcounts", "Skill"), ("breaks", "Break"), ("agents", "Agent"),
     ("shifts", "Shift"), ("rules", "Rule")],
)  # fmt: skip
def test_a_cell_with_nothing_that_is_seen_is_told_as_a_blank_one(sheet: str, heading: str) -> None:
    # U+202E alone in Headcounts or Breaks: "ValidationError ... should have at least 1 character", exit 70.
    blank = said_of(sheet, heading, None)
    for sign in ("\u202e", "\u00ad", "\u200d"):
        assert said_of(sheet, heading, sign) == blank


def test_the_time_zone_and_variants_inside_of_names_are_kept_as_they_are_meant() -> None:
    # A mark of direction behind it came along from a web page: "is not a time zone".
    assert zone("Europe/Berlin\u200e") == zone("Europe/Berlin")
    assert spelt("\u845b\U000e0100\u57ce") == "\u845b\U000e0100\u57ce"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (np.array(["English", "French"]), "English, French"),
        (np.array([], dtype=object), ""),
        (["English", None, float("nan")], "English"),
        ({"b", "a"}, "a, b"),
        ([np.int64(3), 4.0], "3, 4"),
        ([pd.Timestamp("2026-06-15")], "2026-06-15"),
        (np.array(5), 5),
        (Decimal("16.25"), 16.25),
        (Decimal("16.00"), 16),
        (Decimal("NaN"), None),
        (np.datetime64("2026-06-15T09:00", "ns"), pd.Timestamp("2026-06-15 09:00").to_pydatetime()),
        (np.timedelta64(8, "h"), pd.Timedelta("8h").to_pytimedelta()),
        (np.datetime64("NaT"), None),
        (pd.NA, None),
        (np.bool_(True), True),
    ],
    ids=lambda one: str(sorted(one)) if isinstance(one, set) else repr(one),  # the same in every process
)
def test_what_pandas_and_parquet_hold_is_read_as_it_is_meant(value: Any, cell: Any) -> None:
    # An array of names was a ValueError, a time of numpy in nanoseconds a large number.
    column = pd.Series([None], dtype=object)
    column.array[0] = value
    [[found]] = cells_of(pd.DataFrame({"Skills": column}))
    assert found == cell and type(found) is type(cell)


ODD = [
    {"a": 1}, {}, [{"a": 1}], np.array([[1, 2], [3, 4]]), [["a"], ["b"]], b"English", [b"x"], 1 + 2j,
    Fraction(1, 3), Decimal("sNaN"), 10**5000, [10**5000], pd.Interval(0, 1),
    pd.Period("2026-06-15"), pd.DataFrame({"a": [1]}), Shade.DARK, Stranger(), object(), range(3), iter(()),
    np.void(b"abc"), np.datetime64("9999999-01-01"), np.timedelta64(10**6, "Y"), int,
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_what_no_cell_can_hold_is_found_at_its_row_and_column(value: Any) -> None:
    # A dict was "TypeError: unhashable type".
    [said, *_] = said_of("agents", "Skills", value)
    assert said.startswith("agents.0.Skills  ") and "which no cell holds" in said


@pytest.mark.parametrize(
    "value",
    [pd.Timestamp("2026-06-15", tz="UTC"), time(9), pd.Timestamp.max, pd.Timedelta.min, date.min, True],
    ids=repr,
)
@pytest.mark.parametrize(
    ("sheet", "heading"), [("agents", "Skills"), ("availability", "From"), ("settings", "Value")]
)
def test_moments_of_every_kind_are_read_or_found(sheet: str, heading: str, value: Any) -> None:
    # Never another exception, whatever the column is.
    for said in said_of(sheet, heading, value):
        assert said.split(".")[0] in shop()


@pytest.mark.parametrize(
    ("agents", "said"),
    [
        (pd.Series(["Ada"]), "this is a Series, where a frame belongs"),
        ([{"Agent": "Ada"}], "this is a list, where a frame belongs"),
        ({"Agent": ["Ada"]}, "this is a dict, where a frame belongs"),
        (None, "this is a NoneType, where a frame belongs"),
    ],
    ids=["series", "list", "dict", "nothing"],
)
def test_what_is_no_frame_is_told(agents: Any, said: str) -> None:
    # A mapping of columns was taken for settings.
    with pytest.raises(BadInput, match=said):
        read_frames({**shop(), "agents": agents})


def test_headings_that_are_there_twice_are_told() -> None:
    # With the index named like a column: "ValueError: cannot insert Agent, already exists".
    agents = shop()["agents"]
    for twice in (
        pd.concat([agents, agents[["Agent"]]], axis="columns"),
        agents.set_index("Agent", drop=False),
        agents.set_index("Agent", drop=False).set_axis(pd.CategoricalIndex(agents.columns), axis="columns"),
    ):
        with pytest.raises(BadInput, match="agents"):
            read_frames({**shop(), "agents": twice})


def test_a_sheet_that_is_given_twice_is_told() -> None:
    # The later one replaced the other without a word.
    with pytest.raises(BadInput, match="once more"):
        read_frames({**shop(), "Agents": shop()["agents"]})


def test_it_is_unfit_alone_that_is_left_out() -> None:
    # A frame is shown with what stands in it.
    [[cell]] = cells_of(pd.DataFrame({"a": pd.Series([{"b": 1}], dtype=object)}))
    assert cell == Unfit("dict", "{'b': 1}") and str(cell) == "{'b': 1}"
