"""What is wrong with scenarios is named at its cell, with what to write instead."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from scheduler import write_workbook
from scheduler.app.planning import read
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Demand
from scheduler.domain.checks.demand.scenarios import scenario_faults
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from tests.demand.scenario_weeks import scenario_week
from tests.demand.test_bad_input import Edit, put, row
from tests.unit.tiny import tiny_rules

# rows: 2 as planned 60; 3 rain 30, Mon 10:00 to 14:00 20 %; 4 rain 12.5 %; 5 quiet 10, -40 %
CASES: list[tuple[list[Edit], str]] = [
    ([put("Scenarios", "B3", None)],
     "Scenarios!B3  rain: it is not said how much this scenario counts. Write its weight beside the others, "
     "such as 70 and 30."),
    ([put("Scenarios", "B3", 0)],
     "Scenarios!B3  a weight of 0 says that this scenario does not count. Write more than 0, or remove its "
     "rows."),
    ([put("Scenarios", "B3", -3)], "Scenarios!B3  Weight: -3 is less than 0."),
    ([put("Scenarios", "B4", 31)],
     "Scenarios!B4  rain has the weight 30 already, at B3. Write one of them; once for each scenario is "
     "enough."),
    ([put("Scenarios", "A5", "Rain")],
     'Scenarios!A5  scenario "Rain" and "rain" differ only in capitals, spaces or signs that look alike.'),
    ([put("Scenarios", "C3", "Englsh")], 'Scenarios!C3  skill "Englsh" is not on the Skills sheet.'),
    ([row("Skills", "French"), put("Scenarios", "C3", "French")],
     'Scenarios!C3  skill "French" has numbers neither on Demand nor on Volumes: nothing of it can change.'),
    ([put("Scenarios", "D3", "2026-02-05")],
     "Scenarios!D3  not planned, and so not changed: 2026-02-05. See First day and Days on Settings"),
    ([put("Scenarios", "F3", "10:00")], "Scenarios!F3  from 10:00 to 10:00 is no time."),
    ([put("Scenarios", "G3", None)],
     "Scenarios!G3  it is not said by how much this changes. Write the per cent more (20) or fewer (-20)."),
    ([put("Scenarios", "G3", "lots")], 'Scenarios!G3  Change (%): "lots" is not a number.'),
    ([put("Scenarios", "G5", -140)], "Scenarios!G5  Change (%): -140 is less than -100."),
    ([put("Scenarios", "G5", -0.4)],
     "Scenarios!G5  Change (%): -0.4 may be a share of one, or of a hundred. Write -40 % or -0.4 %."),
    ([put("Scenarios", "G5", 12.345)], "Scenarios!G5  12.345 % has more than two decimals."),
    ([row("Scenarios", "quiet", None, None, "Tue", None, None, -70)],
     "Scenarios!G6  quiet: on 2026-01-06 00:00 less than nothing is left of \"English\". The changes of one "
     "time are added, and must not go below -100 %."),
    ([put("Volumes", "D3", 500_000), put("Scenarios", "G4", 900)],
     'Scenarios!G4  rain: on 2026-01-05 10:00 more come to "English" than can be counted with (1,000,000 '
     "are the most)."),
    ([put("Scenarios", "G2", 5)],
     "Scenarios!A2  no scenario is as planned: what Demand and Volumes say counts only as these change it."),
    ([put("Skills", "C2", 0.05)],
     "Skills!C2  quiet: its share of this price is less than a cent, and prices are divided among scenarios "
     "in whole cents."),
    ([put("Scenarios", "A1", "Case")],
     'Scenarios!A1  the column "Scenario" is missing.'),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[expected[:40] for _, expected in CASES])
def test_each_mistake_is_named_at_its_cell(edits: list[Edit], expected: str, tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    write_workbook(path, scenario_week(), tiny_rules())
    book = load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    told = [str(finding) for finding in read(path).findings]
    assert [one for one in told if one.startswith(expected)], "\n".join(told)


def test_a_sound_week_has_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    write_workbook(path, scenario_week(), tiny_rules())
    assert [str(one) for one in read(path).findings if "Scenarios" in str(one)] == []


def test_scenarios_without_anything_to_change_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    write_workbook(path, scenario_week(), tiny_rules())
    book = load_workbook(path)
    for title in ("Volumes", "Service goals", "Demand"):
        book[title].delete_rows(2, 100)
    book["Headcounts"].append(["day", None, None, "Mon", 1])
    book.save(path)
    told = [str(finding) for finding in read(path).findings if "Scenarios" in str(finding)]
    assert told[0].startswith("Scenarios!A2  there is nothing that scenarios could change")


DEMAND = Demand(skill="English", required=(0,) * 20 + (1, 1, 6, 20) + (0,) * 24)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        # both were silent: "rain" on a day and in hours at which it is closed
        (ScenarioChange(percent=15, weekdays=(1,)), "days: x: nobody is planned at these times"),
        (ScenarioChange(percent=15, start=0, end=600), "start: x: nobody is planned at these times"),
        # +15 %: 2, 2, 7 and 23 for 1, 1, 6 and 20 are 34 for 28, +21 %; of 1, 1 and 6 alone +38 %
        (ScenarioChange(percent=15, start=1200, end=1380),
         'percent: x: +15 % is +38 % of "English", as people are whole: 1 becomes 2.'),
        (ScenarioChange(percent=15), ""),
        # -15 %: 0.85 is 1 and 5.1 is 6, so nothing changes
        (ScenarioChange(percent=-15, start=1200, end=1380),
         'percent: x: -15 % is +0 % of "English", as people are whole: 1 stays.'),
        (ScenarioChange(percent=100), ""),
    ],
)  # fmt: skip
def test_a_change_that_comes_to_something_else_is_told(change: ScenarioChange, said: str) -> None:
    start = scenario_week(
        Scenario(name="as planned", weight=1), Scenario(name="x", weight=1, changes=(change,))
    )
    grid = start.grid.model_copy(update={"days": 2, "interval_minutes": 60})
    week = start.model_copy(update={"grid": grid, "demand": (DEMAND,), "volumes": (), "service_goals": ()})
    told = [
        f"{finding.place.path[-1]}: {finding.message}" for finding in scenario_faults(with_requirement(week))
    ]
    assert len(told) == bool(said)
    assert not said or told[0].startswith(said)
