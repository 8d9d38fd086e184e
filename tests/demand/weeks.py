"""Weeks with volumes, for tests of the way from contacts to the requirement."""

from typing import Any

from scheduler.demand.requirement import with_requirement
from scheduler.domain import Agent, Demand, Problem, ShiftTemplate
from scheduler.domain.facts.problem import ServiceGoal, Shrinkage, Skill, Volumes
from scheduler.domain.facts.volumes import UsualVolumes
from tests.unit.tiny import tiny_problem

GOAL = {"service_level_percent": 80, "within_seconds": 20}
CALLS = (30.0, 60.0, 90.0, 60.5, 45.0, 60.0, 30.0, 12.0)
"""Of the hours from nine to five."""


def one_skill(contacts: tuple[float, ...] = CALLS, aht: float | None = 240.0, **goal: Any) -> Problem:
    """Two days of hours from nine to five, ten agents, volumes of one skill; the requirement computed."""
    return with_requirement(bare(contacts, aht, **goal))


def bare(contacts: tuple[float, ...] = CALLS, aht: float | None = 240.0, **goal: Any) -> Problem:
    """The same, with nothing computed yet."""
    day = (None,) * 9 + contacts + (None,) * 7
    volumes = Volumes(skill="English", contacts=day * 2, aht_seconds=() if aht is None else (aht,) * 48)
    return crowd(10).model_copy(
        update={
            "demand": (),
            "volumes": (volumes,),
            "service_goals": (ServiceGoal(skill="English", **{**GOAL, **goal}),),
        }
    )


def crowd(people: int) -> Problem:
    """The tiny week with so many people."""
    return tiny_problem(agents=tuple(f"Agent {number}" for number in range(people)))


def many_skills() -> Problem:
    """Calls, chats, mail and outbound hours; by weekday and by date; shrinkage; numbers on Demand too."""
    start = crowd(12)
    week = start.grid.model_copy(update={"days": 7, "interval_minutes": 30})
    hours = {name: (None,) * 16 + numbers + (None,) * 12 for name, numbers in (
        ("calls", tuple(20.0 + 3 * (at % 7) for at in range(20))),
        ("chats", tuple(10.0 + at % 3 for at in range(20))),
        ("mail", (40.0,) + (4.5,) * 19),
        ("outbound", (1.5,) * 4 + (0.0,) * 16),
    )}  # fmt: skip
    names = tuple(hours)
    handling = tuple(None if number is None else 413.125 for number in hours["calls"])
    volumes = [
        Volumes(
            skill=name,
            usual=(
                UsualVolumes(
                    weekdays=(0, 1, 2, 3, 4),
                    contacts=numbers,
                    aht_seconds=handling if name == "calls" else (),
                ),
            ),
        ).spread(week)
        for name, numbers in hours.items()
    ]
    contacts = list(volumes[0].contacts)
    contacts[48 + 20] = 77.25  # on Tuesday at ten
    volumes[0] = volumes[0].model_copy(update={"contacts": tuple(contacts)})
    override = [None] * week.intervals
    override[20], override[21] = 9, 0
    volumes[1] = volumes[1].model_copy(update={"override": tuple(override)})
    saturday = week.intervals_of(5)
    given = Demand(
        skill="calls",
        required=tuple(2 if at in saturday[18:30] else 0 for at in range(week.intervals)),
        from_volumes=tuple(at not in saturday[18:30] for at in range(week.intervals)),
    )
    problem = start.model_copy(
        update={
            "grid": week,
            "skills": tuple(Skill(name=name) for name in (*names, "shop")),
            "demand": (
                given,
                Demand(skill="shop", required=tuple(int(at % 48 in range(18, 34)) for at in range(336))),
            ),
            "volumes": tuple(volumes),
            "service_goals": (
                ServiceGoal(skill="calls", weekdays=(0, 1, 2, 3, 4), opens=480, closes=1080,
                            patience_seconds=180, occupancy_percent=85, method="fluid",
                            minimum_staff=2, **GOAL),
                ServiceGoal(skill="calls", weekdays=(5,), service_level_percent=70, within_seconds=60),
                ServiceGoal(skill="chats", channel="chats", service_level_percent=90, within_seconds=60,
                            aht_seconds=600, side_by_side=3, slower_percent=25),
                ServiceGoal(skill="mail", channel="deferrable", aht_seconds=300, deadline_minutes=240),
                ServiceGoal(skill="outbound", channel="outbound", occupancy_percent=90),
            ),
            "shrinkage": (
                Shrinkage(kind="training", percent=3.5),
                Shrinkage(kind="lateness", skill="calls", weekdays=(0,), start=480, end=720, percent=0.25),
            ),
            "templates": (
                ShiftTemplate(name="day", earliest_start=480, latest_start=600, min_length=480,
                              max_length=480),
            ),
            "agents": tuple(
                Agent(name=agent.name, contract="full", skills=(*names, "shop")) for agent in start.agents
            ),
        }
    )  # fmt: skip
    return with_requirement(problem)
