"""Inputs larger than what the compiled core's arrays once held; each of them ended the process."""

from datetime import date, datetime

import numpy as np
import pytest

from constraints import BreakWindows, OneShiftADay, PaidHours, Requirement
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Problem,
    ShiftTemplate,
    Skill,
    TimeGrid,
    WorkedDuty,
)
from scheduler.domain.findings.errors import BadInput
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.roster_arrays import roster_of
from scheduler.model import RuleBook, Strength
from scheduler.verifier import count_cost, verify
from tests.engine.rosters import ALL_KINDS, a_worker

MONDAY = date(2026, 1, 5)
DAY = ShiftTemplate(name="day", earliest_start=480, latest_start=600, min_length=480, max_length=480)
REST = Break(name="rest", length_minutes=15, earliest_start=60, latest_start=240, step_minutes=15)


def one_agent(
    template: ShiftTemplate = DAY, skills: int = 1, history: tuple[WorkedDuty, ...] = ()
) -> Problem:
    """Two days on which everybody is wanted around the clock on each skill; one agent has them all."""
    grid = TimeGrid(first_day=MONDAY, days=2, interval_minutes=60)
    names = tuple(f"skill {k}" for k in range(skills))
    return Problem(
        grid=grid,
        skills=tuple(Skill(name=name) for name in names),
        demand=tuple(Demand(skill=name, required=(1,) * grid.intervals) for name in names),
        templates=(template,),
        contracts=(Contract(name="c", pay_per_hour=1000, templates=("day",)),),
        agents=(Agent(name="Ann", contract="c", skills=names, history=history),),
    )


NIGHT_BEFORE = WorkedDuty(
    day=date(2026, 1, 4), start=datetime(2026, 1, 4, 20), end=datetime(2026, 1, 5, 4, 7), paid_minutes=480
)

LARGE = {
    # 60 to 1440 minutes by 5 are 277 lengths, each a class of its own in the best week
    "many lengths": one_agent(
        DAY.model_copy(update={"min_length": 60, "max_length": 1440, "length_step": 5, "latest_start": 480})
    ),
    "twenty skills": one_agent(skills=20),
    # a duty from before that ends at 04:07 made slots of one minute: 660 of them in this shift
    "slots of a minute": one_agent(
        DAY.model_copy(update={"min_length": 660, "max_length": 660, "breaks": (BreakBand(breaks=(REST,)),)}),
        history=(NIGHT_BEFORE,),
    ),
}


RULES = RuleBook(rules=(Requirement(strength=Strength.PREFER), OneShiftADay(), PaidHours(), BreakWindows()))


@pytest.mark.parametrize("about", LARGE)
def test_what_is_large_is_planned_and_counted(about: str) -> None:
    problem = LARGE[about]
    instance = compile_instance(problem, RULES)
    automata = WeekAutomata.of(instance)
    worker = a_worker(instance, automata)
    worker.improve_week(0)
    for _ in range(3):
        roster = roster_of(instance, worker.snapshot())
        assert worker.cost().is_legal and verify(problem, RULES, roster).passed
        assert worker.cost().total == count_cost(problem, RULES, roster).total
        worker.moves(100, 1e6, ALL_KINDS)
    # 10.00 an hour against 60.00 an hour for whoever is missing: the best week works on both days
    worker.improve_week(0)
    assert len(roster_of(instance, worker.snapshot()).duties) == 2
    lagrangian = Lagrangian(instance, automata)
    bound = lagrangian.at(np.full(lagrangian.shape.size, 1_000.0)).bound
    assert bound <= worker.cost().total


def test_more_skills_than_can_be_counted_are_refused() -> None:
    with pytest.raises(BadInput, match="skills"):
        compile_instance(one_agent(skills=70), RULES)
