"""Impossible weeks are said to be so, with the people or cells and the sum; the page shows what is said."""

from pathlib import Path

import pytest

from tests.workbook.impossible_weeks import PAGE, WEEKS, Impossible, add_rule, help_desk, on, page, put, said


def test_the_week_without_the_mistake_can_be_planned(tmp_path: Path) -> None:
    assert said(help_desk(), tmp_path) == (0, [])


def test_the_page_shows_the_messages() -> None:
    message = "docs/impossible_weeks.md is behind: python -m tests.workbook.impossible_weeks --write"
    assert page() == PAGE.read_text("utf-8"), message


# What a planner has to find in each message: whom or which cell it is about, and the figures of the sum.
SUMS = (
    ("Contracts!C2", "6 h × 5 days", "30 h", "32 h"),
    ("Ann Lee", "8 h × 4 days is 32 h", "at least 36 h", "5 days", "at most 4"),
    ("Wed 2024-03-06 08:00 to 18:00", "nobody can come", "time_off"),
    ("2024-03-04 08:00", "7 agents", "only 6"),
    ("Fixed!E2", "Ann Lee", "time off of that day"),
    ("Ben Roth", "8 h before the duty on 2024-03-06", "11 h"),
    ("French", "nobody has the skill"),
    ("Sat 2024-03-09", "nobody can come", "weekends"),
    ("Demand!D2:D11", "minimum 3", "maximum 2"),
    ("Cleo Diaz", "3 h before the duty on 2024-03-04", "11 h"),
    ("250 agent-hours", "English", "6 agents", "240 h at most", "6 × 40 h"),
    ("Ann Lee", "5 days in a row", "at most 2", "8 h × 4 days is 32 h", "exactly 40 h"),
    ("Fixed!E2", "Ann Lee", "outside the available hours"),
    ("Ann Lee", "works 3 days", "at least 4", "not available"),
    ("Cleo Diaz", "6 days in a row, 2024-02-28 to 2024-03-04", "at most 5"),
    ("Breaks!", "Meal"),
    ("7 people", "Day", "2024-03-04", "only 6"),
    # a rule on rest was named, which had nothing to do with it, and no figure of the hours
    ("shift_maximum", "30 duties", "240 h", "6 × 40 h", "room for 25 duties", "200 h"),
    ("shift_requirement", "30 duties", "240 h", "24 duties", "6 × 32 h"),
    ("Ann Lee", "8 h × 5 days is 40 h", "at most 36 h"),
)


@pytest.mark.parametrize("number", range(len(WEEKS)))
def test_the_message_has_the_sum(number: int) -> None:
    shown = page_of(number)
    assert [part for part in SUMS[number] if part not in shown] == []
    assert f"(exit code {WEEKS[number].exit_code})" in shown


STEPS = ("Allow", "Ask", "Change", "Give", "Lower", "Mend", "Raise", "Remove", "Set")
"""How the last sentence begins: with what to do."""


@pytest.mark.parametrize("number", range(len(WEEKS)))
def test_the_message_ends_with_a_next_step(number: int) -> None:
    # "nobody can come", "only 6 have the skill" and "cannot be kept together" left a planner there
    message = page_of(number).split("```")[1].strip()
    assert message.rpartition(". ")[2].startswith(STEPS)


def page_of(number: int) -> str:
    """What the page, which is compared above, shows of one of them."""
    return PAGE.read_text("utf-8").split("\n## ")[number + 1]


@pytest.mark.parametrize("week", [WEEKS[0], WEEKS[1]], ids=["check finds it", "solve finds it"])
def test_hours_that_are_only_preferred_stand_against_no_roster(week: Impossible, tmp_path: Path) -> None:
    # "check" refused the first of the two as impossible, though a roster that pays less was allowed.
    book = help_desk()
    week.change(book)
    add_rule(book, "paid_hours", "prefer", price=50)
    assert said(book, tmp_path) == (0, [])


def test_days_on_which_absence_may_be_overridden_are_not_called_impossible(tmp_path: Path) -> None:
    book = help_desk()
    put(book, "Availability", *(("Ann Lee", on(day), None, None, None, "unavailable") for day in range(4)))
    code, lines = said(book, tmp_path)
    assert code == 2 and "at most 8 h (8 h × 1 day)" in lines[0]
    add_rule(book, "availability", "prefer", price=50)
    assert said(book, tmp_path) == (0, [])
