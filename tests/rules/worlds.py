"""Small worlds in which a rule can be seen whole: a few days, one agent or three, a handful of shifts.

A roster is written as a string, a letter a day: ``.`` off, ``D`` 08:00-16:00, ``L`` 12:00-20:00,
``N`` 22:00-06:00, ``2`` both D and N. A history is written the same way and ends on the eve of the
horizon; the empty string is no history at all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import Any

from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Duty,
    Headcount,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    Skill,
    TimeGrid,
    WorkedDuty,
)
from scheduler.domain.facts.goal_tables import GoalTable


def goal(asked: float, *, day: int = 0) -> GoalTable:
    """Ten contacts an hour from eight to four; one agent answers eight of them in time, more answer nine."""
    hours = range(24 * day + 8, 24 * day + 16)
    return GoalTable(
        name=f"English, day {day}",
        skill="English",
        goal=0,
        days=(day,),
        offered=80_000,
        asked=round(1000 * asked),
        intervals=tuple(hours),
        fewest=(1,) * len(hours),
        answered=((8000, 9000),) * len(hours),
    )


MONDAY = date(2024, 3, 4)
LETTERS = {".": (), "D": (("day", 480),), "L": (("day", 720),), "N": (("night", 1320),)}
LETTERS["2"] = LETTERS["D"] + LETTERS["N"]

MEAL = Break(
    name="meal", length_minutes=30, paid=False, earliest_start=180, latest_start=300, step_minutes=15
)
REST = Break(
    name="rest", length_minutes=15, measured_from="end", earliest_start=120, latest_start=60, step_minutes=15
)
COFFEE = Break(
    name="coffee", length_minutes=15, measured_from="clock", earliest_start=1380, latest_start=1500
)
DAY = ShiftTemplate(
    name="day",
    earliest_start=480,
    latest_start=720,
    start_step=240,
    min_length=480,
    max_length=480,
    breaks=(BreakBand(breaks=(MEAL, REST)),),
)
NIGHT = ShiftTemplate(
    name="night",
    earliest_start=1320,
    latest_start=1320,
    min_length=480,
    max_length=480,
    breaks=(BreakBand(breaks=(COFFEE,)),),
)
LAID = {"day": {"meal": 240, "rest": 390}, "night": {"coffee": 120}}
"""Minutes from a shift's start to each break where a case says nothing else."""


def world(
    *,
    days: int = 7,
    first_day: date = MONDAY,
    time_zone: str = "UTC",
    histories: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    required: int = 1,
    minimum: int | None = None,
    maximum: int | None = None,
    headcounts: Sequence[Headcount] = (),
    week_starts_on: int = 0,
    goal_tables: Sequence[GoalTable] = (),
) -> Problem:
    """A problem with an agent for each history (Ann alone by default); ``facts`` are Ann's."""
    grid = TimeGrid(first_day=first_day, days=days, interval_minutes=60, time_zone=time_zone)
    contract = Contract(
        name="full", pay_per_hour=2000, min_paid_minutes=900, max_paid_minutes=1350, templates=("day",)
    )
    agents = [
        Agent(
            name=name,
            contract="full",
            skills=("English",),
            history=past(first_day, letters),
            **(dict(facts or {}) if name == "Ann" else {}),
        )
        for name, letters in (histories or {"Ann": ""}).items()
    ]
    demand = Demand(
        skill="English",
        required=(required,) * grid.intervals,
        minimum=() if minimum is None else (minimum,) * grid.intervals,
        maximum=() if maximum is None else (maximum,) * grid.intervals,
    )
    return Problem(
        grid=grid,
        week_starts_on=week_starts_on,
        skills=(Skill(name="English"),),
        demand=(demand,),
        headcounts=tuple(headcounts),
        goal_tables=tuple(goal_tables),
        templates=(DAY, NIGHT),
        contracts=(contract,),
        agents=tuple(agents),
    )


def past(first_day: date, letters: str) -> tuple[WorkedDuty, ...]:
    """What was worked on the days that end on the eve of ``first_day``."""
    duties = []
    for back, letter in enumerate(reversed(letters), start=1):
        on = first_day - timedelta(days=back)
        for template, clock in LETTERS[letter]:
            start = datetime.combine(on, time()) + timedelta(minutes=clock)
            duties.append(
                WorkedDuty(
                    day=on, start=start, end=start + timedelta(hours=8), paid_minutes=450, template=template
                )
            )
    return tuple(reversed(duties))


def duty(
    problem: Problem,
    agent: str,
    day: int,
    template: str,
    clock: int,
    breaks: Mapping[str, int] | None = None,
    length: int = 480,
) -> Duty:
    """One duty; ``breaks`` are minutes from its start by the break's name."""
    zone = problem.zone_of(problem.agent_named[agent])
    start = problem.grid.instant_on_day(day, clock, zone)
    given = {pause.name: pause for pause in problem.template_named[template].breaks_of(length)}
    placed = [
        PlacedBreak(
            name=name,
            start=start + later,
            length_minutes=given[name].length_minutes,
            paid=given[name].paid,
        )
        for name, later in (LAID[template] if breaks is None else breaks).items()
    ]
    placed.sort(key=lambda pause: pause.start)
    return Duty(
        agent=agent, day=day, template=template, start=start, end=start + length, breaks=tuple(placed)
    )


def roster(problem: Problem, letters: Mapping[str, str], breaks: Mapping[str, int] | None = None) -> Roster:
    """A roster from a string an agent; ``breaks`` hold for every duty where given."""
    return Roster(
        duties=tuple(
            duty(problem, agent, day, template, clock, breaks)
            for agent, week in letters.items()
            for day, letter in enumerate(week)
            for template, clock in LETTERS[letter]
        )
    )


@dataclass(frozen=True)
class Stage:
    """A horizon on which every roster of one agent is tried."""

    first_day: date
    days: int
    letters: str
    time_zone: str = "UTC"
    agent_zone: str | None = None
    histories: tuple[str, ...] = field(default=("", "....N", "DD..N.D.", "N..DDD"))
    away: Callable[[date], dict[str, Any]] = field(default=lambda first_day: {})

    def problem(self, history: str) -> Problem:
        """The stage with one past; Ann has some of every fact that a rule can look at."""
        return world(
            days=self.days,
            first_day=self.first_day,
            time_zone=self.time_zone,
            histories={"Ann": history},
            facts={
                **facts_of_ann(self.first_day),
                "time_zone": self.agent_zone,
                **self.away(self.first_day),
            },
        )

    def rosters(self, problem: Problem) -> Iterator[Roster]:
        """Every roster of the stage's letters."""
        for letters in product(self.letters, repeat=self.days):
            yield roster(problem, {"Ann": "".join(letters)})


def _whole_days(first_day: date, first: int, last: int, **more: Any) -> dict[str, Any]:
    """An absence of whole days, as numbers from the first day of the horizon."""
    midnight = datetime.combine(first_day, time())
    return {"start": midnight + timedelta(first), "end": midnight + timedelta(last + 1), **more}


def _sick_at_both_ends(first_day: date) -> dict[str, Any]:
    """Sick on the two days before the horizon, and from Sunday to Monday; one day of leave behind that."""
    return {
        "pins": [{"day": first_day + timedelta(days), "template": "day"} for days in (3, 5)],
        "time_off": [
            _whole_days(first_day, -2, -1, kind="sick"),
            _whole_days(first_day, 3, 4, kind="sick"),
            _whole_days(first_day, 6, 6, paid_minutes=301),
        ],
    }


def _employed_within(first_day: date) -> dict[str, Any]:
    """Employed from Wednesday to Saturday, and sick on Friday."""
    return {
        "available": [],
        "unavailable": [],
        "pins": [],
        "starts_on": first_day + timedelta(2),
        "leaves_on": first_day + timedelta(5),
        "time_off": [_whole_days(first_day, 4, 4, kind="sick")],
    }


STAGES = {
    # Saturday to Tuesday: a weekend, and two cut weeks; Ann lives an hour east of the campaign
    "cut": Stage(date(2024, 3, 2), 4, ".DLN", "UTC+3", "UTC+4"),
    # Sunday to Monday week: a cut weekend, a whole week, and the night on which clocks go forward
    "sunday": Stage(date(2024, 3, 31), 8, ".D", "Europe/Berlin"),
    # Saturday to Monday, with two shifts on some days, as no engine would make them
    "twice": Stage(date(2024, 3, 2), 3, ".D2"),
    # Monday to Sunday, nights only
    "week": Stage(MONDAY, 7, ".N"),
    # Thursday to Wednesday; Ann is away before the first day, over a weekend's Sunday, and on the last day
    "sick": Stage(
        date(2024, 2, 29), 7, ".D", histories=("", "..D..", "DD.DDD", ".D.D.."), away=_sick_at_both_ends
    ),
    # Monday to Sunday; Ann joins on Wednesday and leaves on Saturday
    "joins": Stage(MONDAY, 7, ".D", histories=("",), away=_employed_within),
}


def facts_of_ann(first_day: date) -> dict[str, Any]:
    """Something of everything, on the first four days."""

    def at(day: int, hour: int) -> datetime:
        return datetime.combine(first_day, time()) + timedelta(days=day, hours=hour)

    def on(day: int) -> date:
        return first_day + timedelta(days=day)

    return {
        "available": [
            {"start": at(1, 7), "end": at(1, 18)},
            # an evening whose window ends the next morning, on a date with a window of its own
            {"start": at(2, 21), "end": at(3, 2)},
            {"start": at(3, 9), "end": at(3, 20)},
        ],
        "unavailable": [
            {"start": at(0, 13), "end": at(0, 15)},
            {"start": at(0, 14), "end": at(0, 17)},
            {"start": at(2, 3), "end": at(2, 5)},
        ],
        "time_off": [
            # each leaves an early or a late shift, so that no day is away
            {"start": at(-1, 16), "end": at(0, 12), "paid_minutes": 301},
            {"start": at(2, 16), "end": at(3, 1), "paid_minutes": 101},
            {"start": at(2, 17), "end": at(2, 19)},
        ],
        "pins": [
            {"day": on(0), "template": "day", "start": 480},
            {"day": on(1), "off": True},
            {"day": on(2), "length_minutes": 480},
            {"day": on(3), "break_starts": [720, 870]},
        ],
        "balances": [
            {"rule": "counted", "minutes": 1000, "as_of": on(-3)},
            {"rule": "times", "times": 3, "as_of": on(-2)},
        ],
        "preferred_starts": [(420, 540), (1320, 1380)],
        "preferred_days_off": [on(0), on(2)],
        "shift_wishes": [
            {"day": on(0), "template": "day"},
            {"day": on(0), "template": "night", "wanted": False},
            {"day": on(1)},
            {"day": on(2), "wanted": False},
            {"day": on(3), "template": "night"},
            {"day": on(3), "template": "day", "wanted": False},
            {"day": on(-1), "template": "day"},
            {"day": on(20), "wanted": False},
        ],
    }
