"""First International Nurse Rostering Competition, 2010: wards of 10 to 50 nurses for four weeks.

On every day exactly so many nurses work each shift; all else is wished for, each wish at a weight of its
contract. Nobody is paid, so that a roster's cost in currency is what is unmet of the wishes, and what nurses
cost who are missing or too many.

What the data leaves open, and what differs from it, is chosen so:

* A missing nurse and a superfluous one have a price: 1,000, or as the name says, ``inrc-sprint01-heads20``.
  With ``inrc-sprint01-must`` nobody may be missing, and a superfluous nurse costs 1,000.
* The file's dates are kept, in UTC. A shift starts at midnight of its day and takes eight hours, as all do;
  what may follow what is a wish, so that the time of day decides nothing.
* With ``-whole`` behind the name every rule of the set is said but alternative skills, which weigh something
  in none of these files, and runs are judged where they touch an edge of the horizon. Without it, so that
  figures can be compared with older ones:
* Left out are unwanted patterns of three shifts and more and those on weekdays, fewest weekends in a row, no
  night before a free weekend, and alternative skills: anybody may work any shift. Runs that are too short
  are not judged where they touch an edge of the horizon. So the published optimum, which counts all that, is
  what a roster that exists costs here at most.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from constraints import (
    DaysWorked,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    OneShiftADay,
    ShiftCount,
    ShiftRequirement,
    ShiftWishes,
    UnwantedPattern,
    Weekends,
)
from scheduler.domain import Agent, Contract, Headcount, Problem, ShiftTemplate, ShiftWish, Skill, TimeGrid
from scheduler.model import Rule, RuleBook, Scope, Strength
from tests.benchmarks.case import Case

FOLDER, NAME = (
    "inrc",
    re.compile(
        r"inrc-(?P<instance>[a-z]+(_[a-z]+)?\d+)(-heads(?P<price>\d+)|(?P<must>-must))?(?P<whole>-whole)?"
    ),
)
HEAD_PRICE = 1000
SKILL = "ward"
CENTS = 100
"""One unit of weight is one unit of currency."""
SHIFT_MINUTES = 480
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WISHES = {
    "DayOffRequests": False,
    "DayOnRequests": True,
    "ShiftOffRequests": False,
    "ShiftOnRequests": True,
}
"""Lists of wishes, and whether they are for work."""
LEFT_OUT = {
    "SingleAssignmentPerDay",  # must be, here
    "MinConsecutiveWorkingWeekends",
    "NoNightShiftBeforeFreeWeekend",
    "AlternativeSkillCategory",
    "UnwantedPatterns",  # read apart
    "WeekendDefinition",
    "Description",
}
"""What a contract says that no rule is made of."""
SAID_APART = {
    "SingleAssignmentPerDay",
    "AlternativeSkillCategory",
    "UnwantedPatterns",
    "WeekendDefinition",
    "Description",
}
"""What a contract says that no rule is made of where all of the set is said; patterns are read apart."""


def case_of(name: str, folder: Path, seed: int) -> Case:
    """The case of that name; nothing is drawn, the seed is unused.

    The published optimum is no known cost of it, unless the name ends in ``-whole``: it counts the rules that
    are left out here as well.

    Raises
    ------
    ValueError
        If the name is not ``inrc-INSTANCE``, ``inrc-INSTANCE-headsPRICE`` or ``inrc-INSTANCE-must``, each
        with ``-whole`` or without.
    """
    said = said_by(name)
    folder, instance = folder / FOLDER, said["instance"]
    return case_from(
        (folder / f"{instance}.xml").read_text(encoding="utf-8"),
        name,
        head_price=int(said["price"] or HEAD_PRICE),
        is_must=said["must"] is not None,
        is_whole=said["whole"] is not None,
    )


def said_by(name: str) -> dict[str, str | None]:
    """What a name says: ``instance``, ``price`` or ``must``, and ``whole``.

    Raises
    ------
    ValueError
        If it is not written so.
    """
    said = NAME.fullmatch(name)
    if said is None:
        raise ValueError(f'"{name}" is not inrc-INSTANCE, inrc-INSTANCE-headsPRICE or inrc-INSTANCE-must')
    return said.groupdict()


def case_from(
    text: str, name: str, *, head_price: int = HEAD_PRICE, is_must: bool = False, is_whole: bool = False
) -> Case:
    """The case that a file of the set describes; nothing is known of its best cost.

    Parameters
    ----------
    head_price
        Of a missing or superfluous nurse, in units of the weights.
    is_must
        Whether nobody may be missing.
    is_whole
        Whether all rules of the set are said.
    """
    ward = ElementTree.fromstring(text)
    first, last = (date.fromisoformat(_text(ward, tag)) for tag in ("StartDate", "EndDate"))
    grid = TimeGrid(first_day=first, days=(last - first).days + 1, interval_minutes=60)
    shifts = tuple(shift.attrib["ID"] for shift in ward.iterfind("ShiftTypes/Shift"))
    problem = Problem(
        name=name,
        grid=grid,
        skills=(Skill(name=SKILL),),
        demand=(),
        headcounts=tuple(_headcounts(ward, grid, head_price * CENTS)),
        templates=tuple(
            ShiftTemplate(
                name=shift,
                earliest_start=0,
                latest_start=0,
                min_length=SHIFT_MINUTES,
                max_length=SHIFT_MINUTES,
            )
            for shift in shifts
        ),
        contracts=tuple(
            Contract(name=contract.attrib["ID"], pay_per_hour=0, templates=shifts)
            for contract in ward.iterfind("Contracts/Contract")
        ),
        agents=tuple(_agents(ward)),
    )
    strength = Strength.MUST if is_must else Strength.PREFER
    rules = (ShiftRequirement(strength=strength), ShiftWishes(), OneShiftADay())
    wishes = _every_wish(ward) if is_whole else _wishes_of_contracts(ward, grid, shifts)
    return Case(name, problem, RuleBook(rules=(*rules, *wishes)))


def _text(of: Element, tag: str) -> str:
    text = of.findtext(tag)
    if text is None:
        raise ValueError(f"there is no {tag} in <{of.tag}>")
    return text.strip()


def _headcounts(ward: Element, grid: TimeGrid, price: int) -> Iterator[Headcount]:
    required: dict[str, list[int]] = defaultdict(lambda: [0] * grid.days)
    for cover in ward.iterfind("CoverRequirements/DayOfWeekCover"):
        weekday = WEEKDAYS.index(_text(cover, "Day"))
        for asked in cover.iterfind("Cover"):
            for day in range(grid.days):
                if grid.weekday(day) == weekday:
                    required[_text(asked, "Shift")][day] = int(_text(asked, "Preferred"))
    for shift, numbers in required.items():
        yield Headcount(template=shift, required=tuple(numbers), missing_price=price, superfluous_price=price)


def _agents(ward: Element) -> Iterator[Agent]:
    wishes: dict[str, list[ShiftWish]] = defaultdict(list)
    for tag, is_wanted in WISHES.items():
        for wish in ward.iterfind(f"{tag}/*"):
            wishes[_text(wish, "EmployeeID")].append(
                ShiftWish(
                    day=date.fromisoformat(_text(wish, "Date")),
                    template=wish.findtext("ShiftTypeID"),
                    wanted=is_wanted,
                    price=int(wish.attrib["weight"]) * CENTS,
                )
            )
    for nurse in ward.iterfind("Employees/Employee"):
        name = nurse.attrib["ID"]
        yield Agent(
            name=name,
            contract=_text(nurse, "ContractID"),
            skills=(SKILL,),
            shift_wishes=tuple(wishes[name]),
        )


def _wishes_of_contracts(ward: Element, grid: TimeGrid, shifts: tuple[str, ...]) -> Iterator[Rule]:
    patterns = {pattern.attrib["ID"]: pattern for pattern in ward.iterfind("Patterns/Pattern")}
    for contract in ward.iterfind("Contracts/Contract"):
        number = contract.attrib["ID"]
        for entry in contract:
            if entry.tag in LEFT_OUT or not _is_on(entry):
                continue
            price = int(entry.attrib["weight"]) * CENTS
            for rule in _rules(entry, _weekend(contract), grid, shifts):
                label = f"contract {number}: {rule.label or entry.tag}"
                scope = rule.scope.model_copy(update={"contracts": (number,)})
                wished = {"label": label, "strength": Strength.PREFER, "price": price, "scope": scope}
                yield rule.model_copy(update=wished)
        for unwanted in contract.iterfind("UnwantedPatterns/Pattern"):
            pattern = patterns[(unwanted.text or "").strip()]
            entries = [
                (_text(one, "ShiftType"), _text(one, "Day")) for one in pattern.iterfind("PatternEntries/*")
            ]
            if len(entries) == 2 and all(shift in shifts and day == "Any" for shift, day in entries):
                (before, _), (after, _) = entries
                yield ForbiddenSuccession(
                    label=f"contract {number}: {before} before {after}",
                    first=(before,),
                    then=(after,),
                    strength=Strength.PREFER,
                    price=int(pattern.attrib["weight"]) * CENTS,
                    scope=Scope(contracts=(number,)),
                )


def _every_wish(ward: Element) -> Iterator[Rule]:
    """What contracts ask for, all of it, each entry as one rule."""
    patterns = {pattern.attrib["ID"]: pattern for pattern in ward.iterfind("Patterns/Pattern")}
    nights = tuple(
        shift.attrib["ID"]
        for shift in ward.iterfind("ShiftTypes/Shift")
        if shift.findtext("EndTime", "") < shift.findtext("StartTime", "")
    )
    for contract in ward.iterfind("Contracts/Contract"):
        number, weekend = contract.attrib["ID"], _weekend(contract)
        asked = [
            (entry.tag, entry.attrib["weight"], _rule_of(entry, weekend, nights))
            for entry in contract
            if entry.tag not in SAID_APART and _is_on(entry)
        ]
        for unwanted in contract.iterfind("UnwantedPatterns/Pattern"):
            pattern = patterns[(unwanted.text or "").strip()]
            days = tuple(
                f"{_shift_of(_text(one, 'ShiftType'))} {_weekday_of(_text(one, 'Day'))}".strip()
                for one in pattern.iterfind("PatternEntries/*")
            )
            asked.append((", ".join(days), pattern.attrib["weight"], UnwantedPattern(days=days)))
        for label, weight, rule in asked:
            wished = {
                "label": f"contract {number}: {label}",
                "strength": Strength.PREFER,
                "price": int(weight) * CENTS,
                "scope": Scope(contracts=(number,)),
            }
            yield rule.model_copy(update=wished)


def _shift_of(said: str) -> str:
    return {"None": "free", "Any": "work"}.get(said, said)


def _weekday_of(said: str) -> str:
    return "" if said == "Any" else said


def _rule_of(entry: Element, weekend: tuple[int, ...], nights: tuple[str, ...]) -> Rule:
    """What one entry of a contract asks for, without strength, price and scope."""
    number = int(entry.text or 0) if entry.attrib.get("on") else 0
    match entry.tag:
        case "MaxNumAssignments":
            return DaysWorked(at_most=number)
        case "MinNumAssignments":
            return DaysWorked(at_least=number)
        case "MaxConsecutiveWorkingDays":
            return MaxConsecutiveDays(days=number)
        case "MinConsecutiveWorkingDays":
            return MinConsecutiveDays(days=number, edges="closed")
        case "MaxConsecutiveFreeDays":
            return MaxConsecutiveDaysOff(days=number)
        case "MinConsecutiveFreeDays":
            return MinConsecutiveDaysOff(days=number, edges="closed")
        case "MaxConsecutiveWorkingWeekends":
            return Weekends(weekend_days=weekend, in_a_row=number)
        case "MinConsecutiveWorkingWeekends":
            return Weekends(weekend_days=weekend, at_least_in_a_row=number)
        case "MaxWorkingWeekendsInFourWeeks":
            return Weekends(weekend_days=weekend, at_most=number)
        case "CompleteWeekends":
            return Weekends(weekend_days=weekend, whole=True)
        case "IdenticalShiftTypesDuringWeekend":
            return Weekends(weekend_days=weekend, alike=True)
        case "NoNightShiftBeforeFreeWeekend":
            before = WEEKDAYS[(weekend[0] - 1) % len(WEEKDAYS)]
            return UnwantedPattern(days=("/".join(nights) + f" {before}", *("free" for _ in weekend)))
        case _:
            raise ValueError(f"nothing is known of <{entry.tag}> in a contract")


def _is_on(entry: Element) -> bool:
    """Whether an entry of a contract asks for anything: it is on or true, and weighs something."""
    said = entry.attrib.get("on", "0") == "1" or (entry.text or "").strip() == "true"
    return said and int(entry.attrib["weight"]) > 0


def _weekend(contract: Element) -> tuple[int, ...]:
    """The weekdays of a contract's weekend, 0 for Monday; they are written as one word."""
    return tuple(
        WEEKDAYS.index(day) for day in re.findall("[A-Z][a-z]+", _text(contract, "WeekendDefinition"))
    )


def _rules(
    entry: Element, weekend: tuple[int, ...], grid: TimeGrid, shifts: tuple[str, ...]
) -> Iterator[Rule]:
    """What one entry of a contract asks for, without strength, price and scope."""
    number = int(entry.text or 0) if entry.attrib.get("on") else 0
    match entry.tag:
        case "MaxNumAssignments":
            yield ShiftCount(templates=shifts, at_most=number)
        case "MinNumAssignments":
            yield ShiftCount(templates=shifts, at_least=number)
        case "MaxConsecutiveWorkingDays":
            yield MaxConsecutiveDays(days=number)
        case "MinConsecutiveWorkingDays":
            yield MinConsecutiveDays(days=number)
        case "MaxConsecutiveFreeDays":
            yield MaxConsecutiveDaysOff(days=number)
        case "MinConsecutiveFreeDays":
            yield MinConsecutiveDaysOff(days=number)
        case "MaxConsecutiveWorkingWeekends":
            yield Weekends(weekend_days=weekend, in_a_row=number)
        case "MaxWorkingWeekendsInFourWeeks":
            yield Weekends(weekend_days=weekend, at_most=number)
        case "CompleteWeekends":
            yield Weekends(weekend_days=weekend, whole=True)
        case "IdenticalShiftTypesDuringWeekend":
            yield from _same_shifts(weekend, grid, shifts)
        case _:
            raise ValueError(f"nothing is known of <{entry.tag}> in a contract")


def _same_shifts(weekend: tuple[int, ...], grid: TimeGrid, shifts: tuple[str, ...]) -> Iterator[Rule]:
    """No other shift on a later day of a weekend than on the day before."""
    for day in range(1, grid.days):
        if grid.weekday(day) not in weekend[1:]:
            continue
        on = grid.first_day + timedelta(days=day)
        for shift in shifts:
            others = tuple(other for other in shifts if other != shift)
            yield ForbiddenSuccession(
                label=f"another shift than {shift} on {on}",
                first=(shift,),
                then=others,
                scope=Scope(first_day=on, last_day=on),
            )
