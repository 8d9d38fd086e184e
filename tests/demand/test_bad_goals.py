"""What cannot stand beside a service level over a day or a week is named at its cell."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler import write_workbook
from scheduler.app.planning import check
from scheduler.model import RuleBook
from tests.demand.test_bad_input import Edit, put, row, without
from tests.demand.weeks import one_skill
from tests.unit.tiny import rule, tiny_rules

PER = "Service goals!S2  "

CASES: list[tuple[list[Edit], str]] = [
    ([put("Service goals", "C2", 100)],
     "Service goals!C2  no number of agents answers 100 % of the contacts in time."),
    ([put("Service goals", "C2", "8 %")],
     "Service goals!C2  no more than 8 % are to be answered in time. Write 80 if 80 % is meant."),
    ([put("Service goals", "C2", None), put("Service goals", "D2", None), put("Service goals", "H2", 85)],
     "Service goals!C2  not said is which share is to be answered in time over the week. Write it under "
     "Service level: 80 %, or interval under Agreed over."),
    ([put("Service goals", "B2", "chats")],
     "Service goals!B2  only of calls a service level over a week can be planned. Write interval "
     "under Agreed over."),
    ([put("Service goals", "F2", 30)],
     "Service goals!F2  this can be promised for every interval, but not over a week. Clear the cell, or "
     "write interval under Agreed over."),
    ([put("Service goals", "G2", 5), put("Service goals", "M2", 120)],
     "Service goals!G2  this can be promised for every interval, but not over a week."),
    ([put("Service goals", "M2", 120)],
     "Service goals!M2  over a week callers are taken to wait as long as it takes (Erlang C). Clear the "
     "cell, or write interval under Agreed over."),
    ([put("Service goals", "R2", "fluid")],
     "Service goals!R2  over a week every interval is taken by itself. Write stationary, or interval under "
     "Agreed over."),
    ([put("Service goals", "S2", "month")], PER + "Agreed over: "),
    ([row("Skills", "French"), put("Agents", "C3", "English, French")],
     'Agents!C3  1 agent of "English", first "Agent 1", have another skill; its service level is agreed over '
     "a week, which is planned of people who serve nothing else. Give them that skill alone, or write "
     "interval under Agreed over on Service goals."),
    ([put("Demand", "C1", "English"), row("Demand", "2026-01-05", "10:00", 5)],
     PER + 'Demand has numbers for "English" in 1 interval of this goal, first 2026-01-05 10:00: what is '
     "agreed over a week is planned from volumes alone. Remove them from Demand; fewest agents belong into "
     "Minimum staff, or into Override."),
    ([lambda book: book.create_sheet("Scenarios"),
      row("Scenarios", "Scenario", "Weight", "Skill", "Date", "From", "To", "Change (%)"),
      row("Scenarios", "rain", 1, None, None, None, None, 20)],
     PER + "with scenarios a service level can be promised for every interval only. Write interval, or "
     "remove the scenarios."),
    ([row("Skills", "French"), row("Service goals", "French", None, 80, 20, *(None,) * 14, "day")],
     'Service goals!A3  skill "French" has a service goal, but no volumes.'),
    ([without("Rules", 5)], PER + "service levels over a day or a week are not heeded: there is no rule "
     "service_goal in the book."),
]  # fmt: skip


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "week.xlsx"
    rules = RuleBook(rules=(*tiny_rules().rules, rule("service_goal")))
    write_workbook(file, one_skill(per="week"), rules)
    return file


def findings(file: Path, *edits: Edit) -> list[str]:
    book = load_workbook(file)
    for edit in edits:
        edit(book)
    book.save(file)
    return [str(one) for one in check(file)]


@pytest.mark.parametrize(("edits", "told"), CASES, ids=[told[:60] for _, told in CASES])
def test_it_is_named_at_its_cell(edits: list[Edit], told: str, sound: Path) -> None:
    said = findings(sound, *edits)
    assert any(line.startswith(told) for line in said), said


def test_a_closed_day_and_an_override_are_no_fault(sound: Path) -> None:
    edits = [
        put("Service goals", "J2", "Mon"),
        put("Service goals", "S2", "day"),
        put("Requirement", "I3", 9),
    ]
    told = findings(sound, *edits)
    # the calls of Tuesday are told as those outside of opening hours always are
    assert all("lie outside the opening hours" in line or "goal" not in line for line in told), told


def test_what_is_sound_has_no_errors(sound: Path) -> None:
    assert not [line for line in findings(sound) if "service" in line.lower()]
