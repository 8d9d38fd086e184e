"""Weeks drawn at random, rostered and moved on several times: ``check`` finds nothing new in any of them.

``python -m tests.attacks next_weeks --count 200 --seed 1`` draws so many problems of 2 to 7 days, with
nights, several clocks, changes of clock, people asked for by the interval and by the shift, with what comes
again every week, and with what is needed on dates of the next weeks. Each is rostered (some by a search),
moved on, written, read and checked, three times in a row. A finding is the user's where the first week had
one of its kind, or where it compares people asked for with people who can come on a date of which the user
gave the number, a leave or a fixed day, or whose weekday has numbers and was in no week before. Too few in
the night into the new days are the roster's, where a count of its duties says so too. What a change of clock
does to the new days is counted apart, and so are days of which nobody ever said what they need.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from scheduler import BadInput, Contradiction, NothingFound, Problem, Roster, RuleBook, Stop, check, solve
from scheduler import workbook_bytes as written
from scheduler.app.next_week import next_week
from scheduler.app.planning import read
from scheduler.domain import Agent, Demand, Duty, Finding, Headcount, Pin, TimeOff
from scheduler.domain.facts.demand import LaterDemand, LaterHeadcount, UsualDemand
from scheduler.domain.facts.spreading import with_usual
from scheduler.domain.facts.usual import UsualWindow, UsualWish
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from tests.property.problems import Case, small_case, ward_case

STEPS = 3
PLANNED = 20
"""Of so many first weeks one is planned by a search, which takes longer than all the rest."""
_VARYING = re.compile(r'^[^:"]{1,80}: |"[^"]*"|\(.*\)|[\d][\d.,:-]*|agent \w+|\b[A-Z]\w+')
_BY_DATE = (
    *("by date and by weekday", "required than have", "required when", "asked for", "person is cheaper"),
    *("over a Saturday or Sunday", "together require more people than have"),
)
_BY_DAYS = ("when nobody is asked for", "is ever available for so long")
"""Findings on numbers or windows that name weekdays or none: a date of the user may cause them."""
_FROM_BEFORE = "than History has at work then"
_STRETCH = re.compile(r"(\d\d:\d\d) to (\d\d:\d\d) on (?:\d+ days, first )?(\d{4}-\d{2}-\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = ("does not exist", "do not exist", "put forward", "put back")


def drawn(seed: int) -> Case:
    """A small case, with facts of single days of this week and the next, and facts of weekdays."""
    random = Random(f"next {seed}")
    problem, rules = (ward_case if seed % 2 else small_case)(seed)
    agents = tuple(_with_days(agent, problem, random) for agent in problem.agents)
    demand = tuple(
        _by_weekday(problem, one, random) if random.random() < 0.4 else one for one in problem.demand
    )
    dated = {
        "demand": tuple(_with_dates(problem, one, random) for one in demand),
        "headcounts": tuple(_with_dated_heads(problem, one, random) for one in problem.headcounts),
    }
    return with_usual(problem.model_copy(update={"agents": agents, **dated})), rules


def _later_days(problem: Problem, random: Random) -> list[int]:
    """Some days of the next two horizons, or none."""
    days = range(problem.grid.days, 3 * problem.grid.days)
    return sorted(random.sample(days, random.choice((0, 0, 1, len(days) // 2, len(days)))))


def _with_dates(problem: Problem, demand: Demand, random: Random) -> Demand:
    grid = problem.grid
    later = tuple(
        LaterDemand(
            day=grid.date(day), required=tuple(random.choice((0, 1, 2)) for _ in grid.intervals_of(day))
        )
        for day in _later_days(problem, random)
    )
    return demand.model_copy(update={"later": later})


def _with_dated_heads(problem: Problem, wanted: Headcount, random: Random) -> Headcount:
    later = tuple(
        LaterHeadcount(day=problem.grid.date(day), required=random.choice((None, 0, 1, 2)))
        for day in _later_days(problem, random)
    )
    return wanted.model_copy(update={"later": later})


def _by_weekday(problem: Problem, demand: Demand, random: Random) -> Demand:
    slots = MINUTES_PER_DAY // problem.grid.interval_minutes
    usual = UsualDemand(
        weekdays=tuple(range(7)), required=tuple(random.choice((0, 1, 1, 2)) for _ in range(slots))
    )
    return Demand(skill=demand.skill, usual=(usual,)).spread(problem.grid)


def _with_days(agent: Agent, problem: Problem, random: Random) -> Agent:
    """An agent with leave, pins and wishes to come, and one thing that comes again."""
    grid = problem.grid
    after = grid.date(grid.days + random.randrange(2 * grid.days))
    midnight = datetime.combine(after, datetime.min.time())
    leave = TimeOff(start=midnight, end=midnight + timedelta(days=random.randint(1, 9)), paid_minutes=480)
    update: dict[str, object] = {}
    kind = random.choice(("leave", "pin", "window", "range", "wish", "days off", None))
    weekday = random.randrange(7)
    if kind == "leave":
        update["time_off"] = (*agent.time_off, leave)
    elif kind == "pin":
        update["pins"] = (*agent.pins, Pin(day=after, off=True))
    elif kind == "window":
        update["usual_windows"] = (UsualWindow(kind="unavailable", weekdays=(weekday,), start=0, end=360),)
    elif kind == "range":
        update["usual_windows"] = (
            UsualWindow(
                kind="unavailable", first_day=grid.date(-5), last_day=grid.date(40), start=1320, end=1440
            ),
        )
    elif kind == "wish":
        update["usual_wishes"] = (UsualWish(weekdays=(weekday,), wanted=False, price=500),)
    elif kind == "days off":
        update["usual_days_off"] = (weekday,)
    return agent.model_copy(update=update)


def kinds(findings: Iterable[Finding]) -> set[str]:
    """What findings say, without what differs from week to week."""
    return {
        f"{finding.severity} {finding.place.sheet} {_VARYING.sub('#', finding.hint or finding.message)}"
        for finding in findings
    }


def dates_of_user(problem: Problem) -> set[str]:
    """Dates of which the user gave a number, or on which somebody is not there or is settled beforehand."""
    on = {later.day for one in (*problem.demand, *problem.headcounts) for later in one.later}
    for agent in problem.agents:
        on |= {pin.day for pin in agent.pins}
        for window in (*agent.time_off, *agent.unavailable, *agent.available):
            days = (window.last_day - window.start.date()).days + 1
            on |= {window.start.date() + timedelta(days=step) for step in range(days)}
    return set(map(str, on))


def weekdays_to_come(problem: Problem) -> set[int]:
    """Weekdays that have numbers by weekday, and no day of this horizon."""
    here = {problem.grid.weekday(day) for day in range(problem.grid.days)}
    given = {weekday for one in problem.demand for usual in one.usual for weekday in usual.weekdays}
    for one in problem.headcounts:
        given |= {weekday for weekday, number in enumerate(one.usual) if number is not None}
    return given - here


def is_of_roster(finding: Finding, before: Problem, roster: Roster, after: Problem) -> bool:
    """Whether the roster itself has too few at work in the night into the new days, counted by its duties."""
    if _FROM_BEFORE not in finding.message:
        return False
    skill = finding.message.partition(":")[0]
    required = after.demand_for[skill].required
    holders = {agent.name for agent in after.agents if skill in agent.skills}
    later = (after.grid.origin - before.grid.origin) // timedelta(minutes=1)
    seen = []
    for begin, end, on in _STRETCH.findall(finding.message):
        for interval, wanted in enumerate(required):
            clock = after.grid.interval_start(interval)
            if str(clock.date()) == on and begin <= f"{clock:%H:%M}" < end:
                at = later + interval * after.grid.interval_minutes
                there = {duty.agent for duty in roster.duties if duty.start <= at < duty.end}
                seen.append(len(there & holders) < wanted)
    return bool(seen) and all(seen)


def lost(before: Problem, after: Problem) -> bool:
    """Whether numbers of a later date are neither planned with now, nor waiting."""
    for one, then in zip(
        (*before.demand, *before.headcounts), (*after.demand, *after.headcounts), strict=True
    ):
        for later in one.later:
            day = after.grid.day_index(later.day)
            if day not in range(after.grid.days):
                if day >= 0 and later not in then.later:
                    return True
                continue
            planned: object = then.required[day]
            if isinstance(then, Demand):
                planned = tuple(then.required[interval] for interval in after.grid.intervals_of(day))
            if planned != later.required:
                return True
    return False


def rostered(problem: Problem, rules: RuleBook) -> Roster | None:
    """A legal roster; none where there is none, or the search finds none in its rounds."""
    try:
        return solve(problem, rules, stop=Stop(seconds=None, rounds=1), seed=1, workers=1).roster
    except (Contradiction, NothingFound):
        return None


def made(problem: Problem, random: Random) -> Roster:
    """A roster that nobody planned: shifts of the contract that do not overlap, on most days."""
    grid, duties = problem.grid, []
    for agent in problem.agents:
        zone = problem.zone_of(agent)
        free = max([0, *(end for _, end in problem.work_reaching_in(agent))])
        for day in range(grid.days):
            shifts = [problem.template_named[name] for name in problem.contract_of(agent).templates]
            template = random.choice([one for one in shifts if grid.weekday(day) in one.weekdays] or [None])
            if template is None or random.random() < 0.3:
                continue
            start = grid.instant_on_day(day, random.choice(template.starts), zone)
            end = start + random.choice(template.lengths)
            if start >= free:
                duties.append(Duty(agent=agent.name, day=day, template=template.name, start=start, end=end))
                free = end
    return Roster(duties=tuple(duties))


def trials(problem: Problem, rules: RuleBook, planned: int = 1) -> list[str]:
    """What is said of each of the weeks that follow, of which so many are planned and the rest made up."""
    known = kinds(check(written(problem, rules)))
    by_user, to_come = dates_of_user(problem), weekdays_to_come(problem)
    said = []
    for step in range(1, STEPS + 1):
        try:
            roster = rostered(problem, rules) if step <= planned else made(problem, Random(step))
        except BadInput:
            return [*said, "not planned: the first week is bad input"]
        before = problem
        problem, rules = next_week(problem, rules, roster or Roster())
        if lost(before, problem):
            said.append(f"NEW after {step}: numbers of a date are lost")
            continue
        book = written(problem, rules)
        reading = read(book)
        new = [
            finding
            for finding in reading.findings
            if not kinds([finding]) <= known
            and not is_of_roster(finding, before, roster or Roster(), problem)
        ]
        moved = _zone_of(before) != _zone_of(problem)  # who lives by another clock works at other times then
        clock = [
            finding
            for finding in new
            if any(words in finding.message for words in _CLOCK)
            or (moved and "a contract with a shift then" in finding.message)
        ]
        of_user = {date.fromisoformat(on).weekday() for on in by_user}  # whose numbers come again
        planned_by_user = any(problem.grid.weekday(day) in of_user for day in range(problem.grid.days))
        unsaid = [finding for finding in new if "requires anybody" in finding.message]
        own = [
            finding
            for finding in new
            if (
                any(words in finding.message for words in _BY_DATE)
                and any(
                    on in by_user or date.fromisoformat(on).weekday() in to_come
                    for on in _DATE.findall(finding.message)
                )
            )
            or (planned_by_user and any(words in finding.message for words in _BY_DAYS))
        ]
        known |= kinds(own)  # a number of a date is that of its weekday from then on
        rest = [finding for finding in new if finding not in clock + unsaid + own]
        if rest or (unsaid and problem.grid.days >= DAYS_PER_WEEK):
            said.append(f"NEW after {step}: {(rest + unsaid)[0]}")
        elif unsaid:
            said.append("nothing new but for days of which nobody ever said what they need")
        elif _said(reading.problem) != _said(problem) or reading.rules != rules:
            said.append(f"NEW after {step}: what was written is not read as the same")
        else:
            said.append("a change of clock in the new days" if clock else "nothing new")
    return said


def examples() -> list[Case]:
    """The examples that are workbooks, and the worked one of ``new``."""
    folder = Path(__file__).parents[2] / "examples"
    found = [read(path) for path in sorted(folder.glob("*.xlsx"))]
    return [(one.problem, one.rules) for one in found if one.problem and one.rules]


def attack(count: int = 200, seed: int = 1) -> Counter[str]:
    """How often what was said."""
    said: Counter[str] = Counter()
    for number in range(seed * 1000, seed * 1000 + count):
        said.update(trials(*drawn(number), planned=int(number % PLANNED == 0)))
    return said


def broken(said: Iterable[str]) -> list[str]:
    """What nobody caused."""
    return [what for what in said if what.startswith("NEW")]


def _zone_of(problem: Problem) -> timedelta | None:
    """How far the campaign's clock is from UTC as the horizon begins."""
    return problem.grid.interval_start(0).utcoffset()


def _said(problem: Problem) -> Problem:
    """The problem without headcounts that say nothing of any day: a sheet need not have a row for them."""
    said = tuple(
        one
        for one in problem.headcounts
        if any(number is not None for number in (*one.required, *one.maximum))
    )
    return problem.model_copy(update={"headcounts": said})


def main(words: Sequence[str] | None = None) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="next_weeks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    said = attack(asked.count, asked.seed)
    for what, times in sorted(said.items()):
        print(f"{times:5d}  {what}")
    print(f"{len(broken(said)):5d}  kinds of findings that nobody caused")
    return int(bool(broken(said)))
