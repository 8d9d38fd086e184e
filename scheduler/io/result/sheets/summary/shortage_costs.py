"""Shortages of staff and what they cost, and what else a requirement has to say: each of it once.

Called by the sheet Findings. The rules on the requirement tell what is missing by skill or shift and day,
which stands there by the stretch already.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.domain import Violation
from scheduler.domain.values.words import spoken_date
from scheduler.io.result.sheets.page import ResultBook
from scheduler.io.result.sheets.words import ShiftShortage, Shortage

_BY_SKILL = "hour"
"""The unit of what is missing by skill; by shift people are counted."""
_Short = tuple[bool, str, int]
"""Whether it is a shift (else a skill), its name, and the day."""


def names_day(sentence: str, on: date) -> bool:
    """Whether a sentence says a date, in one of the ways in which sentences do."""
    return any(said in sentence for said in (str(on), spoken_date(on), spoken_date(on, long=True)))


@dataclass(frozen=True)
class ShortageCosts:
    """What shortages cost by day, and the violations that say something else.

    Parameters
    ----------
    missing
        Minutes of a skill, or people of a shift.
    cost
        Of what is missing, in sixtieths of a cent.
    """

    result: ResultBook
    missing: dict[_Short, int]
    cost: dict[_Short, int]
    others: tuple[Violation, ...]

    @classmethod
    def of(cls, result: ResultBook) -> "ShortageCosts":
        """What the report of a result says of its requirement."""
        report, grid = result.report, result.problem.grid
        missing = Counter[_Short]()
        for skill, by_interval in report.coverage.missing.items():
            for interval, minutes in enumerate(by_interval):
                missing[False, skill, grid.day_of(interval * grid.interval_minutes)] += minutes
        for row, by_day in report.headcounts.missing.items():
            missing.update({(True, row, day): people for day, people in enumerate(by_day)})
        of_shifts = {rule.name: rule.unit != _BY_SKILL for rule in result.rules.rules if rule.costs_as_staff}
        cost = Counter[_Short]()
        seen: set[tuple[str, _Short]] = set()
        others: list[Violation] = []
        for one in report.preferences_broken:
            short = _meant(one, of_shifts, missing)
            if (
                short is None or (one.rule, short) in seen
            ):  # a rule tells what is missing before what is too much
                others.append(one)
            else:
                seen.add((one.rule, short))
                cost[short] += one.cost
        return cls(result, dict(missing), dict(cost), tuple(others))

    def cost_of(self, shortage: Shortage | ShiftShortage) -> int | None:
        """What a shortage costs; ``None`` where no rule prices it."""
        if isinstance(shortage, ShiftShortage):
            return self.cost.get((True, shortage.row, shortage.day))
        grid, found = self.result.problem.grid, 0
        by_interval = self.result.report.coverage.missing[shortage.skill]
        priced = False
        for interval in range(shortage.first, len(by_interval)):
            minutes = by_interval[interval]
            if not minutes:
                break
            short = False, shortage.skill, grid.day_of(interval * grid.interval_minutes)
            priced |= short in self.cost
            found += self.cost.get(short, 0) * minutes // self.missing[short]
        return found if priced else None

    def sum_of(self, shortages: Iterable[Shortage | ShiftShortage]) -> int | None:
        """What several shortages cost together."""
        costs = [cost for one in shortages if (cost := self.cost_of(one)) is not None]
        return sum(costs) if costs else None


def _meant(one: Violation, of_shifts: dict[str, bool], missing: Counter[_Short]) -> _Short | None:
    """The shortage of which a violation speaks."""
    if one.rule not in of_shifts or len(one.days) != 1:
        return None
    for kind, name, day in missing:
        if day == one.days[0] and kind == of_shifts[one.rule] and one.sentence.startswith(f'"{name}" '):
            return (kind, name, day) if missing[kind, name, day] else None
    return None
