"""What is written is read back as the same problem and the same rules."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from constraints import CATALOGUE
from scheduler.domain.facts.agent import RuleBalance
from scheduler.domain.facts.problem import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.domain.findings.errors import BadInput
from scheduler.domain.values.grid import TimeGrid
from scheduler.io.cells.columns import Language
from scheduler.io.files.streams import InMemory
from scheduler.io.input.json_document import read_json, write_json
from scheduler.io.input.reading.result import Reading
from scheduler.io.input.reading.total_rows import is_total
from scheduler.io.input.templates.template import first_rules, worked_example
from scheduler.io.input.workbook_reader import read_workbook
from scheduler.io.input.writing.workbook_writer import append_input_sheets, write_input
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule, Strength
from scheduler.model.rules.scope import Scope
from tests.property.problems import Case, small_cases
from tests.rules.variants import own_fields
from tests.workbook.filled_in import MONDAY, new_book

KINDS = {rule.model_fields["kind"].default: rule for rule in CATALOGUE}

# A row of a person called Total is told to be no person's.
# Names that a list, a heading, a formula or a number would swallow if they were written as they are.
letters = st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("C", "Z"))
cents = st.integers(0, 99999)
minutes = st.integers(0, 1200)
names = st.one_of(
    st.sampled_from(
        ["English", "=1+1", "+49",
         "-x", "@home", "1001", "Billing, EU", 'say "hi"', '"', "none", "all", "三班；夜",
         "a > b", "Skill", "Required", "x minimum", "yes", "2024-03-04", "08:00", "True", "a;b", "A\nB", "#1"]
    ),
    st.text(letters, min_size=1, max_size=8),
).map(str.strip).filter(lambda name: name and not is_total(name))  # fmt: skip


def fives(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least // 5, most // 5).map(lambda fifth: fifth * 5)


breaks = st.builds(
    Break,
    name=names,
    length_minutes=fives(5, 60),
    paid=st.booleans(),
    measured_from=st.sampled_from(["start", "end", "clock"]),
    earliest_start=fives(0, 1500),
    latest_start=fives(0, 1500),
    step_minutes=fives(5, 60),
)
moments = st.integers(0, 20 * 1440).map(lambda minute: datetime(2024, 2, 25) + timedelta(minutes=minute))
dates = st.dates(date(2024, 2, 25), date(2024, 3, 20))
weekdays = st.lists(st.integers(0, 6), unique=True).map(tuple)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    start = draw(st.one_of(moments, dates.map(lambda day: datetime(day.year, day.month, day.day))))
    end = start + timedelta(
        minutes=draw(st.one_of(st.integers(1, 4000), st.sampled_from([1440, 2880, 7200])))
    )
    return Window(start=start, end=end)


@st.composite
def absences(draw: st.DrawFn) -> TimeOff:
    window = draw(windows())
    return TimeOff(start=window.start, end=window.end, paid_minutes=draw(st.integers(0, 3000)))


@st.composite
def worked(draw: st.DrawFn, templates: list[str]) -> WorkedDuty:
    day = draw(dates)
    start = datetime(day.year, day.month, day.day) + timedelta(minutes=draw(st.integers(0, 1700)))
    return WorkedDuty(
        day=day,
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 1440))),
        paid_minutes=draw(st.integers(0, 1440)),
        template=draw(st.sampled_from([None, *templates])),
    )


@st.composite
def balances(draw: st.DrawFn) -> RuleBalance:
    minutes = draw(st.none() | st.integers(0, 100_000))
    times = draw(st.integers(0, 300)) if minutes is None else None
    return RuleBalance(rule=draw(names), as_of=draw(dates), minutes=minutes, times=times)


@st.composite
def pins(draw: st.DrawFn, templates: list[str]) -> Pin:
    if draw(st.booleans()):
        return Pin(day=draw(dates), off=True)
    return Pin(
        day=draw(dates),
        template=draw(st.sampled_from([None, *templates])),
        start=draw(st.none() | st.integers(0, 2880)),
        length_minutes=draw(st.none() | st.integers(5, 1440)),
        break_starts=tuple(draw(st.lists(st.integers(0, 2880), max_size=3))),
    )


@st.composite
def wishes(draw: st.DrawFn, templates: list[str]) -> ShiftWish:
    return ShiftWish(
        day=draw(dates),
        template=draw(st.sampled_from([None, *templates])),
        wanted=draw(st.booleans()),
        price=draw(st.none() | cents),
    )


@st.composite
def headcounts(draw: st.DrawFn, templates: list[str], skills: list[str], days: int) -> Headcount:
    numbers = st.lists(st.none() | st.integers(0, 99), min_size=days, max_size=days)
    required = tuple(draw(numbers.filter(lambda found: any(number is not None for number in found))))
    room = [draw(st.none() | st.integers(number or 0, 120)) for number in required]
    missing, superfluous = (sorted(draw(st.lists(cents, min_size=1, max_size=3))) for _ in range(2))
    return Headcount(
        template=draw(st.sampled_from(templates)),
        skill=draw(st.sampled_from([None, *skills])),
        required=required,
        maximum=tuple(room) if any(most is not None for most in room) else (),
        missing_price=missing[0],
        further_missing_prices=tuple(missing[1:]),
        superfluous_price=superfluous[0],
        further_superfluous_prices=tuple(superfluous[1:]),
    )


@st.composite
def bands(draw: st.DrawFn) -> tuple[BreakBand, ...]:
    lengths = draw(st.lists(st.tuples(fives(0, 700), fives(700, 1440)), unique=True, max_size=3))
    return tuple(
        BreakBand(
            min_shift_minutes=least, max_shift_minutes=most, breaks=tuple(draw(st.lists(breaks, max_size=3)))
        )
        for least, most in lengths
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    grid = TimeGrid(
        first_day=draw(st.sampled_from([MONDAY, date(2024, 3, 30), date(2024, 10, 26)])),
        days=draw(st.integers(1, 2)),
        interval_minutes=draw(st.sampled_from([30, 60])),
        time_zone=draw(st.sampled_from(["UTC", "Europe/Berlin", "UTC+05:30"])),
    )
    few = st.lists(names, min_size=1, max_size=3, unique=True)
    skills, templates, contracts, agents = (draw(few) for _ in range(4))
    counts = st.lists(st.integers(0, 20), min_size=grid.intervals, max_size=grid.intervals).map(tuple)
    seats = st.lists(st.none() | st.integers(0, 9), min_size=grid.intervals, max_size=grid.intervals).map(
        tuple
    )
    nothing = st.just(())
    windows_of = st.lists(windows(), max_size=2).map(tuple)
    return Problem(
        name=draw(names),
        currency=draw(names),
        grid=grid,
        week_starts_on=draw(st.integers(0, 6)),
        skills=tuple(
            Skill(name=name, missing_price=draw(cents), superfluous_price=draw(cents))
            for name in skills
        ),
        demand=tuple(
            Demand(
                skill=name,
                required=draw(counts),
                minimum=draw(nothing | counts), maximum=draw(nothing | seats)
            )
            for name in draw(st.permutations(skills))
        ),
        headcounts=tuple(
            draw(
                st.lists(
                    headcounts(templates, skills, grid.days),
                    unique_by=lambda wanted: (wanted.template, wanted.skill), max_size=3
                )
            )
        ),
        templates=tuple(
            ShiftTemplate(
                name=name,
                weekdays=draw(weekdays),
                earliest_start=draw(st.integers(0, 2880)),
                latest_start=draw(st.integers(0, 2880)),
                start_step=draw(st.integers(5, 60)),
                min_length=draw(st.integers(5, 1440)),
                max_length=draw(st.integers(5, 1440)),
                length_step=draw(st.integers(5, 60)),
                breaks=draw(bands()),
            )
            for name in templates
        ),
        contracts=tuple(
            Contract(
                name=name,
                pay_per_hour=draw(st.integers(0, 10000)),
                min_paid_minutes=draw(st.none() | st.integers(0, 5000)),
                max_paid_minutes=draw(st.none() | st.integers(0, 5000)),
                templates=tuple(draw(st.lists(st.sampled_from(templates), unique=True))),
            )
            for name in contracts
        ),
        agents=tuple(
            Agent(
                name=name,
                contract=draw(st.sampled_from(contracts)),
                skills=tuple(draw(st.lists(st.sampled_from(skills), unique=True))),
                personnel_number=draw(st.none() | names),
                team=draw(st.none() | names),
                pay_per_hour=draw(st.none() | st.integers(0, 10000)),
                wish_weight_percent=draw(st.sampled_from([100, 0, 33, 1000])),
                time_zone=draw(st.sampled_from([None, "UTC-3", "Asia/Shanghai"])),
                available=draw(windows_of),
                unavailable=draw(windows_of),
                time_off=tuple(draw(st.lists(absences(), max_size=2))),
                pins=tuple(draw(st.lists(pins(templates), max_size=2))),
                shift_wishes=tuple(draw(st.lists(wishes(templates), max_size=2))),
                history=tuple(draw(st.lists(worked(templates), max_size=2))),
                preferred_starts=tuple(
                    (first, min(2880, first + more))
                    for first, more in draw(st.lists(st.tuples(minutes, minutes), max_size=2))
                ),
                preferred_days_off=tuple(draw(st.lists(dates, max_size=2, unique=True))),
                balances=tuple(draw(st.lists(balances(), max_size=2, unique_by=lambda one: one.rule))),
                fair_points=tuple(draw(st.dictionaries(names, st.integers(-999, 999), max_size=2)).items()),
            )
            for name in agents
        ),
    )  # fmt: skip


def through_a_workbook(problem: Problem, rules: RuleBook, language: Language = "en") -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder, "week.xlsx")
        write_input(path, problem, rules, CATALOGUE, language=language)
        return read_workbook(path, CATALOGUE)


def through_json(problem: Problem, rules: RuleBook) -> Reading:
    with TemporaryDirectory() as folder:
        path = Path(folder, "week.json")
        write_json(path, problem, rules)
        return read_json(path, CATALOGUE)


def errors(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.findings if finding.is_error]


@given(problem=problems(), language=st.sampled_from(["en", "zh"]))
@settings(max_examples=15)
def test_any_problem_comes_back_from_a_workbook(problem: Problem, language: Language) -> None:
    reading = through_a_workbook(problem, RuleBook(), language)
    assert errors(reading) == []
    assert reading.problem == problem
    assert reading.rules == RuleBook()


@given(case=small_cases())
@settings(max_examples=10)
def test_planned_problems_and_all_their_rules_come_back(case: Case) -> None:
    problem, rules = case
    for reading in (through_a_workbook(problem, rules), through_json(problem, rules)):
        assert errors(reading) == []
        assert reading.problem == problem
        assert reading.rules == rules


def every_rule() -> RuleBook:
    """Each rule four times: with all settings, with a scope, off, and only reported."""
    scope = Scope(
        agents=("Ada, B.", "none"),
        contracts=("Full time",), teams=("T",), skills=("English",), templates=("Day",),
        first_day=MONDAY, last_day=date(2024, 3, 6),
    )  # fmt: skip
    # beside what the rules' own examples say, values that are not easily written into a cell
    fields: dict[str, dict[str, Any]] = {
        "daily_rest": {"rest_minutes": 675, "between": "start_to_start"},
        "forbidden_succession": {"first": ("Day", "Night, late"), "days_between": 2},
        "paid_hours": {"at_least_minutes": 0, "at_most_minutes": 2310},
        "start_consistency": {"within_minutes": 45, "weekdays": (0, 2)},
        "weekends": {"weekend_days": (4, 5, 6), "at_most": 1, "whole": True},
        "seats": {"at_most": 4},
    }
    rules: list[Rule] = []
    for kind, rule in KINDS.items():
        given_fields = {**own_fields(rule.example(("Day",))), **fields.get(kind, {})}
        rules.append(rule(kind=kind, **given_fields))
        # the prices of missing and superfluous staff stand with the skills and with the headcounts
        price = None if rule.costs_as_staff else 1250
        rules.append(
            rule(
                kind=kind,
                label=f"{kind} 2",
                strength=Strength.PREFER,
                price=price,
                scope=scope,
                **given_fields,
            )
        )
        rules.append(rule(kind=kind, label=f"={kind}", strength=Strength.OFF, price=None, **given_fields))
        rules.append(rule(kind=kind, label=f"{kind} 3", strength=Strength.REPORT, **given_fields))
    return RuleBook(rules=tuple(rules))


def test_every_rule_comes_back_with_its_scope_strength_and_settings() -> None:
    book = every_rule()
    for reading in (
        through_a_workbook(worked_example(MONDAY), book),
        through_json(worked_example(MONDAY), book),
    ):
        assert errors(reading) == []
        assert reading.rules == book


def test_seats_without_a_limit_anywhere_come_back() -> None:
    problem = worked_example(MONDAY)
    [demand] = problem.demand
    problem = problem.model_copy(
        update={"demand": (demand.model_copy(update={"maximum": (None,) * len(demand.required)}),)}
    )
    assert through_a_workbook(problem, RuleBook()).problem == problem


def test_input_sheets_behind_sheets_of_the_same_name_are_the_ones_that_are_read(tmp_path: Path) -> None:
    book = Workbook()
    for title in ("Summary", "Agents", "Rules"):
        book.create_sheet(title).append(["Agent", "Hours"])
    problem, rules = worked_example(MONDAY), first_rules(CATALOGUE)
    titles = append_input_sheets(book, problem, rules, CATALOGUE)
    assert {"Agents (input)", "Rules (input)", "Skills"} <= set(titles)
    book.save(tmp_path / "roster.xlsx")
    reading = read_workbook(tmp_path / "roster.xlsx", CATALOGUE)
    assert (reading.problem, reading.rules) == (problem, rules)
    assert [str(finding) for finding in reading.findings] == [
        'Agents  this sheet is not read, since "Agents (input)" is.',
        'Rules  this sheet is not read, since "Rules (input)" is.',
    ]


def test_text_that_begins_like_a_formula_is_text_in_the_file(tmp_path: Path) -> None:
    problem = worked_example(MONDAY).model_copy(update={"name": '=HYPERLINK("http://x")'})
    write_input(tmp_path / "week.xlsx", problem, RuleBook(), CATALOGUE)
    cell = load_workbook(tmp_path / "week.xlsx")["Settings"]["B1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_workbook_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    path.mkdir()
    with pytest.raises(BadInput, match="this is a folder, not a file"):
        write_input(path, worked_example(MONDAY), RuleBook(), CATALOGUE)
    assert list(tmp_path.iterdir()) == [path] and list(path.iterdir()) == []


USUAL_ROWS: Sequence[tuple[str, list[list[Any]]]] = (
    ("Demand", [["Mon-Fri", "08:00", 3], ["Mon-Fri", "08:30", 2], ["Sat", "09:00", 1], [MONDAY, "08:00", 5]]),
    ("Headcounts", [["Mon-Thu", "Day", None, 2], ["Fri", "Day", None, "none"], [MONDAY, "Day", None, 4]]),
    (
        "Availability",
        [
            ["Ada Example", "Mon, Wed", None, "08:00", "20:00", "available"],
            ["Ada Example", "Sun", None, None, None, "unavailable"],
            ["Ada Example", MONDAY, date(2025, 1, 1), "20:00", "23:00", "unavailable"],
            ["Ada Example", "Tue, 2024-03-09", None, None, None, "time off", "8 h"],
        ],
    ),
    ("Wishes", [["Ada Example", MONDAY, "Day", "no"], ["Ada Example", "Mon, Thu", "Day", "yes", 5]]),
)
"""Rows by weekday among others, of every sheet that takes them."""


def test_what_comes_again_every_week_comes_back_as_rows_of_weekdays() -> None:
    book = new_book()
    for title, rows in USUAL_ROWS:
        sheet: Any = book[title]
        sheet.delete_rows(2, sheet.max_row)
        for row in rows:
            sheet.append(row)
    book["Agents"]["H2"] = "Sat, 2024-03-06"
    content = BytesIO()
    book.save(content)
    reading = read_workbook(InMemory(content.getvalue()), CATALOGUE)
    assert errors(reading) == []
    problem, rules = reading.problem, reading.rules
    assert problem is not None and rules is not None
    (ada,) = problem.agents
    assert len(ada.usual_windows) == 4 and len(ada.usual_wishes) == 1 and ada.usual_days_off == (5,)
    assert problem.demand[0].usual and problem.headcounts[0].usual == (2, 2, 2, 2, None, None, None)
    assert through_a_workbook(problem, rules, "en").problem == problem
