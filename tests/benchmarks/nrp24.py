"""Employee shift scheduling of Curtois and Qu: wards with few shift types, up to 150 people and a year.

Asked for is a number of people per shift and day; there is no curve, no break, and nobody is paid, so that
a roster's cost in currency is the published objective: what is unmet of the wishes, the people who are
missing, and those who are too many, each at the weight that the file gives it.

What the data leaves open is chosen so:

* Day 0 is Monday 1 January 2024, in UTC. A shift starts at midnight of its day and is as long as the file
  says; which one may follow which is a rule, so that the time of day decides nothing.
* Everybody has the one skill; a contract is the set of shifts of which its people may work any.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from constraints import (
    Entitlement,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    PaidHours,
    Pins,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    Weekends,
)
from scheduler.domain import (
    Agent,
    Contract,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeGrid,
)
from scheduler.domain.values.money import COST_UNITS_PER_CURRENCY
from scheduler.model import Rule, RuleBook, Scope
from tests.benchmarks.case import Case

MONDAY = date(2024, 1, 1)
SKILL = "ward"
CENTS = 100
"""One unit of weight is one unit of currency."""

Value = TypeVar("Value")
Rows = dict[str, list[list[str]]]


@dataclass(frozen=True)
class Person:
    """One line of SECTION_STAFF; ``most_shifts`` by shift, minutes over the whole horizon."""

    name: str
    most_shifts: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off_in_a_row: int
    most_weekends: int


def case_of(number: int, folder: Path, seed: int) -> Case:
    """The instance of that number; nothing is drawn, the seed is unused."""
    folder = folder / "nrp24"
    case = case_from((folder / f"Instance{number}.txt").read_text(encoding="utf-8"), f"nrp24-{number}")
    with (folder / "best_known.csv").open(newline="", encoding="utf-8") as lines:
        known = {row["instance"]: row for row in csv.DictReader(lines)}.get(str(number), {})
    return Case(
        case.name,
        case.problem,
        case.rules,
        known_cost=_units(known.get("best_known")),
        known_bound=_units(known.get("lower_bound")),
    )


def _units(published: str | None) -> int | None:
    return int(published) * COST_UNITS_PER_CURRENCY if published else None


def case_from(text: str, name: str) -> Case:
    """The case that a file of the set describes; nothing is known of its best cost."""
    sections = _sections(text)
    days = int(sections["HORIZON"][0][0])
    people = [_person(row) for row in sections["STAFF"]]
    shifts = [row[0] for row in sections["SHIFTS"]]
    entitled = {person.name: tuple(shift for shift in shifts if _most_of(shift, person)) for person in people}
    problem = Problem(
        name=name,
        grid=TimeGrid(first_day=MONDAY, days=days, interval_minutes=60),
        skills=(Skill(name=SKILL),),
        demand=(),
        headcounts=tuple(_headcounts(sections["COVER"], shifts, days)),
        templates=tuple(_template(shift, int(minutes)) for shift, minutes, *_ in sections["SHIFTS"]),
        contracts=tuple(
            Contract(name=_contract(may), pay_per_hour=0, templates=may)
            for may in dict.fromkeys(entitled.values())
        ),
        agents=tuple(_agents(people, entitled, sections)),
    )
    return Case(name, problem, RuleBook(rules=tuple(_rules(people, sections["SHIFTS"], days))))


def _sections(text: str) -> Rows:
    """The cells of every line, by the name of its section."""
    sections: Rows = {}
    for line in text.splitlines():
        if line.startswith("SECTION_"):
            rows = sections.setdefault(line.strip().removeprefix("SECTION_"), [])
        elif line.strip() and not line.startswith("#"):
            rows.append([cell.strip() for cell in line.split(",")])
    return sections


def _person(row: Sequence[str]) -> Person:
    name, most, *numbers = row
    shifts = dict(part.split("=") for part in most.split("|"))
    return Person(name, {shift: int(number) for shift, number in shifts.items()}, *map(int, numbers))


def _template(shift: str, minutes: int) -> ShiftTemplate:
    return ShiftTemplate(name=shift, earliest_start=0, latest_start=0, min_length=minutes, max_length=minutes)


def _contract(shifts: tuple[str, ...]) -> str:
    return " ".join(shifts)


def _agents(people: Sequence[Person], entitled: Mapping[str, tuple[str, ...]], rows: Rows) -> Iterator[Agent]:
    free: dict[str, list[Pin]] = defaultdict(list)
    for name, *days in rows["DAYS_OFF"]:
        free[name] += [Pin(day=_date(day), off=True) for day in days]
    wishes: dict[str, list[ShiftWish]] = defaultdict(list)
    for section, wanted in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False)):
        for name, day, shift, weight in rows[section]:
            wish = ShiftWish(day=_date(day), template=shift, wanted=wanted, price=int(weight) * CENTS)
            wishes[name].append(wish)
    for person in people:
        yield Agent(
            name=person.name,
            contract=_contract(entitled[person.name]),
            skills=(SKILL,),
            pins=tuple(free[person.name]),
            shift_wishes=tuple(wishes[person.name]),
        )


def _date(day: str) -> date:
    return MONDAY + timedelta(days=int(day))


def _headcounts(rows: Sequence[Sequence[str]], shifts: Sequence[str], days: int) -> Iterator[Headcount]:
    required: dict[str, list[int | None]] = {shift: [None] * days for shift in shifts}
    weights: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for day, shift, number, under, over in rows:
        required[shift][int(day)] = int(number)
        weights[shift].add((int(under) * CENTS, int(over) * CENTS))
    for shift, prices in weights.items():
        if len(prices) > 1:
            raise ValueError(f"the weights of shift {shift} are not the same on every day")
        ((missing, superfluous),) = prices
        yield Headcount(
            template=shift,
            required=tuple(required[shift]),
            missing_price=missing,
            superfluous_price=superfluous,
        )


def _rules(people: Sequence[Person], shifts: Sequence[Sequence[str]], days: int) -> Iterator[Rule]:
    yield ShiftRequirement()
    yield ShiftWishes()
    yield Entitlement()
    yield Pins()
    yield OneShiftADay()
    for shift, _, *barred in shifts:
        then = tuple(name for cell in barred for name in cell.split("|") if name)
        if then:
            yield ForbiddenSuccession(label=f"after {shift}", first=(shift,), then=then)
    for name, *_ in shifts:
        for most, scope in _grouped(people, partial(_most_of, name)):
            if 0 < most < days:  # none is a matter of entitlement, and more than the days there cannot be
                label = f"at most {most} {name}"
                yield ShiftCount(label=label, templates=(name,), at_most=most, scope=scope)
    for (least, most), scope in _grouped(people, lambda person: (person.least_minutes, person.most_minutes)):
        yield PaidHours(
            label=f"{least} to {most} minutes",
            per="horizon",
            at_least_minutes=least,
            at_most_minutes=most,
            scope=scope,
        )
    for number, scope in _grouped(people, lambda person: person.most_in_a_row):
        yield MaxConsecutiveDays(label=f"at most {number} in a row", days=number, scope=scope)
    for number, scope in _grouped(people, lambda person: person.least_in_a_row):
        yield MinConsecutiveDays(label=f"at least {number} in a row", days=number, scope=scope)
    for number, scope in _grouped(people, lambda person: person.least_off_in_a_row):
        yield MinConsecutiveDaysOff(label=f"at least {number} off in a row", days=number, scope=scope)
    for number, scope in _grouped(people, lambda person: person.most_weekends):
        yield Weekends(label=f"at most {number} weekends", at_most=number, scope=scope)


def _most_of(shift: str, person: Person) -> int:
    return person.most_shifts.get(shift, 0)


def _grouped(people: Sequence[Person], of: Callable[[Person], Value]) -> Iterator[tuple[Value, Scope]]:
    """Each value with the people who have it; where all have the same the scope is everyone."""
    groups: dict[Value, list[str]] = {}
    for person in people:
        groups.setdefault(of(person), []).append(person.name)
    for value, names in groups.items():
        yield value, Scope() if len(names) == len(people) else Scope(agents=tuple(names))
