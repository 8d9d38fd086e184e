"""Weeks with scenarios, for tests."""

from scheduler.demand.requirement import with_requirement
from scheduler.domain import Problem
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from tests.demand.weeks import many_skills, one_skill

PLANNED = Scenario(name="as planned", weight=60)
RAIN = Scenario(
    name="rain",
    weight=30,
    changes=(
        ScenarioChange(percent=20, weekdays=(0,), start=600, end=840),
        ScenarioChange(percent=12.5),
    ),
)
QUIET = Scenario(name="quiet", weight=10, changes=(ScenarioChange(percent=-40),))


def scenario_week(*scenarios: Scenario) -> Problem:
    """Two days of calls of one skill, with scenarios: what is planned, rain and a quiet day by default."""
    start = one_skill().model_copy(update={"scenarios": scenarios or (PLANNED, RAIN, QUIET)})
    return with_requirement(start)


def many_changes() -> Problem:
    """Calls, chats, mail, outbound hours and a shop; numbers on Demand, overrides, shrinkage; a night."""
    week = many_skills()
    storm = Scenario(
        name="storm",
        weight=2.5,
        changes=(
            ScenarioChange(percent=35.25, skill="calls", days=(week.grid.date(2), week.grid.date(6))),
            ScenarioChange(percent=-10, skill="mail", start=0, end=720),
            ScenarioChange(percent=50, start=1320, end=1560, weekdays=(5,)),
            ScenarioChange(percent=80, skill="chats", start=600, end=630),
            ScenarioChange(percent=100, skill="shop"),
        ),
    )
    return with_requirement(week.model_copy(update={"scenarios": (PLANNED, storm)}))
