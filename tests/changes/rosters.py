"""A legal roster to be changed: the first one that a search finds for the example's week."""

from functools import cache
from pathlib import Path

from scheduler import Stop, read_workbook, solve
from scheduler.domain import Duty, Problem, Roster
from scheduler.model import RuleBook

EXAMPLE = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"


@cache
def example() -> tuple[Problem, RuleBook, Roster]:
    """Sixty agents with skills, history, pins and wishes, and 25 rules; the roster keeps them all."""
    problem, rules = read_workbook(EXAMPLE)
    outcome = solve(problem, rules, stop=Stop(seconds=None, gap=0.9), seed=1, workers=1)
    return problem, rules, outcome.roster


def with_weeks(roster: Roster, weeks: dict[str, tuple[Duty, ...]]) -> Roster:
    """The roster in which some agents have other duties, made here for the full verification."""
    return Roster(
        duties=tuple(
            [duty for duty in roster.duties if duty.agent not in weeks]
            + [duty for duties in weeks.values() for duty in duties]
        )
    )
