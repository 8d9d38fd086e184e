"""Results to show and to read back: a small one made by hand, and a larger one made by a plain formula."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Certificate,
    Contract,
    CostBreakdown,
    Coverage,
    Demand,
    Duty,
    Outcome,
    Pin,
    PlacedBreak,
    Problem,
    Report,
    Roster,
    ShiftTemplate,
    Skill,
    SolvePoint,
    Status,
    TimeGrid,
    TimeOff,
    Violation,
)
from scheduler.domain.results.breaches import Misfit
from scheduler.domain.results.outcome import RuleResult
from scheduler.domain.values.money import hourly
from scheduler.model import AgentRule, Limit, RuleBook, Scope, Strength, Total, Worked

FIRST = ("Anna", "Ben", "Chloé", "David", "Elif", "Farid", "Grace", "Hugo")
LAST = ("Adler", "Berg", "Costa", "Diaz", "Evans", "Fischer", "Gruber", "Hansen", "Ito")
VERSIONS = {"staffcurve": "0.1.0", "ortools": "9.15.6755", "python": "3.11.2"}
INPUT_HASH = "5f0c" * 16


class FewDays(AgentRule):
    """Nobody works more than ``days`` days in the horizon."""

    kind: Literal["few_days"] = "few_days"
    days: int = 5

    def limits(self, problem: Problem) -> Iterator[Limit]:
        for agent in self.scope.covered_agents(problem):
            yield Total(agent.name, of=Worked(), on=self.scope.days(problem), at_most=self.days)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for agent in self.scope.covered_agents(problem):
            worked = {duty.day for duty in roster.of(agent.name)}
            if len(worked) > self.days:
                yield self.violation(
                    len(worked) - self.days, f"{agent.name} works {len(worked)} days", agent=agent.name
                )


MEAL = Break(
    name="Lunch", length_minutes=30, paid=False, earliest_start=180, latest_start=300, step_minutes=15
)
PAUSE = Break(name="Pause", length_minutes=15, earliest_start=60, latest_start=150, step_minutes=15)
LATE_PAUSE = Break(name="Pause 2", length_minutes=15, earliest_start=360, latest_start=420, step_minutes=15)
LONG = (BreakBand(min_shift_minutes=420, breaks=(PAUSE, MEAL, LATE_PAUSE)), BreakBand(breaks=(PAUSE,)))

EARLY = ShiftTemplate(
    name="Early", earliest_start=420, latest_start=600, min_length=510, max_length=510, breaks=LONG
)
SHORT = ShiftTemplate(
    name="Short", earliest_start=540, latest_start=1020, min_length=240, max_length=360, breaks=LONG
)
LATE = ShiftTemplate(
    name="Late", earliest_start=750, latest_start=870, min_length=510, max_length=510, breaks=LONG
)
NIGHT = ShiftTemplate(
    name="Night", earliest_start=1320, latest_start=1500, min_length=480, max_length=480, breaks=LONG
)
TEMPLATES = (EARLY, SHORT, LATE, NIGHT)


OUTSIDE = Misfit(agent="Ada Byron", day=0, sentence="Ada Byron, day 0: a break lies outside the shift")


def duty_of(
    problem: Problem, name: str, day: int, template: ShiftTemplate, start: int, length: int | None = None
) -> Duty:
    """A duty with each break at the earliest time of its window."""
    zone = problem.zone_of(problem.agent_named[name])
    begins = problem.grid.instant_on_day(day, start, zone)
    minutes = length or template.min_length
    breaks = tuple(
        PlacedBreak(
            name=pause.name,
            start=begins + pause.earliest_start,
            length_minutes=pause.length_minutes,
            paid=pause.paid,
        )
        for pause in template.breaks_of(minutes)
    )
    return Duty(
        agent=name, day=day, template=template.name, start=begins, end=begins + minutes, breaks=breaks
    )


def counted(problem: Problem, roster: Roster) -> Coverage:
    """Staffing with every agent on the first of their skills; for showing only, not the least cost."""
    length, intervals = problem.grid.interval_minutes, problem.grid.intervals
    scheduled = {skill.name: [0] * intervals for skill in problem.skills}
    for duty in roster.duties:
        row = scheduled[problem.agent_named[duty.agent].skills[0]]
        for start, end in duty.stretches():
            for interval in range(max(0, start // length), min(intervals, -(-end // length))):
                row[interval] += min(end, (interval + 1) * length) - max(start, interval * length)
    required = {one.skill: tuple(agents * length for agents in one.required) for one in problem.demand}

    def apart(sign: int) -> dict[str, tuple[int, ...]]:
        return {
            skill: tuple(
                max(0, sign * (there - wanted)) for there, wanted in zip(scheduled[skill], row, strict=True)
            )
            for skill, row in required.items()
        }

    return Coverage(
        interval_minutes=length,
        required=required,
        scheduled={skill: tuple(row) for skill, row in scheduled.items()},
        missing=apart(-1),
        superfluous=apart(1),
    )


def outcome_of(problem: Problem, rules: RuleBook, roster: Roster, *, legal: bool = True) -> Outcome:
    """A result around a roster, its figures counted plainly and its bound a round share of the cost."""
    coverage = counted(problem, roster)
    prices = problem.skill_named
    violations = tuple(
        violation
        for rule in rules.active()
        if isinstance(rule, AgentRule)
        for violation in rule.check(problem, roster)
    )
    cost = CostBreakdown(
        wages=sum(
            hourly(problem.pay_of(problem.agent_named[duty.agent]), duty.paid_minutes)
            for duty in roster.duties
        ),
        missing=sum(hourly(prices[skill].missing_price, sum(row)) for skill, row in coverage.missing.items()),
        superfluous=sum(
            hourly(prices[skill].superfluous_price, sum(row)) for skill, row in coverage.superfluous.items()
        ),
        rules={
            rule.name: sum(one.cost for one in violations if one.rule == rule.name)
            for rule in rules.active()
            if not rule.is_must
        },
    )
    fared = tuple(
        RuleResult(
            rule=rule.name,
            kind=rule.kind,
            sentence=rule.sentence,
            strength=rule.strength.value,
            subjects=len(problem.agents),
            broken=sum(one.rule == rule.name for one in violations),
            amount=sum(one.amount for one in violations if one.rule == rule.name),
            unit=rule.unit,
            cost=sum(one.cost for one in violations if one.rule == rule.name),
        )
        for rule in rules.active()
    )
    bound = cost.total * 985 // 1000
    slots = problem.grid.minutes // 15
    certificate = Certificate(
        slot_minutes=15,
        prices={
            skill.name: tuple((slot * 37 + number) % 501 for slot in range(slots))
            for number, skill in enumerate(problem.skills)
        },
        carried_rules=tuple(rule.name for rule in rules.active()),
        bound=bound,
        unavoidable_wages=cost.wages * 3 // 4,
    )
    report = Report(
        violations=violations,
        misfits=()
        if legal
        else (Misfit(agent="Ada Byron", day=0, sentence="Ada Byron, day 0: a break lies outside the shift"),),
        rules=fared,
        cost=cost,
        coverage=coverage,
        bound=bound,
    )
    return Outcome(
        status=Status.FEASIBLE,
        roster=roster,
        cost=cost,
        bound=bound,
        certificate=certificate,
        report=report,
        seed=1,
        workers=2,
        versions=VERSIONS,
        input_hash=INPUT_HASH,
        curve=(
            SolvePoint(seconds=0.4, cost=cost.total * 2, bound=None),
            SolvePoint(seconds=12.5, cost=cost.total, bound=bound),
        ),
        seconds_to_first_roster=0.4,
        seconds=60.2,
        stopped_by="time limit of 60 s",
    )


def small_problem(*, first_day: date = date(2024, 3, 4), first_name: str = "Ada Byron") -> Problem:
    """Six agents, three days, two skills; a night, a second time zone, time off and two pins."""
    grid = TimeGrid(first_day=first_day, days=3, interval_minutes=30, time_zone="Europe/Berlin")
    day = [0] * 14 + [1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2] + [1] * 16
    required = tuple((day * 4)[: grid.intervals])
    monday = datetime.combine(first_day, datetime.min.time())
    contracts = (
        Contract(
            name="Full time",
            pay_per_hour=2000,
            min_paid_minutes=960,
            max_paid_minutes=1440,
            templates=("Early", "Late", "Night"),
        ),
        Contract(name="Part time", pay_per_hour=1850, max_paid_minutes=720, templates=("Short",)),
    )
    agents = (
        Agent(
            name=first_name,
            contract="Full time",
            skills=("English",),
            team="North",
            preferred_days_off=(first_day + timedelta(days=1),),
            preferred_starts=((420, 480),),
        ),
        Agent(
            name="Blaise Pascal",
            contract="Full time",
            skills=("English", "French"),
            team="North",
            pins=(Pin(day=first_day, template="Late", start=750),),
        ),
        Agent(name="Chen Wei", contract="Full time", skills=("English",), time_zone="Asia/Shanghai"),
        Agent(name="1004", contract="Full time", skills=("French",), team="South"),
        Agent(
            name="Élodie O'Brien-Ng",
            contract="Part time",
            skills=("French",),
            pay_per_hour=1900,
            time_off=(TimeOff(start=monday, end=monday + timedelta(days=1), paid_minutes=240),),
        ),
        Agent(
            name="Fatima Zahra",
            contract="Part time",
            skills=("French", "English"),
            pins=(Pin(day=first_day + timedelta(days=2), off=True),),
        ),
    )
    return Problem(
        name="Support & Sales",
        grid=grid,
        skills=(Skill(name="English"), Skill(name="French", missing_price=7000)),
        demand=(
            Demand(skill="English", required=required),
            Demand(skill="French", required=tuple(min(one, 2) for one in required)),
        ),
        templates=TEMPLATES,
        contracts=contracts,
        agents=agents,
    )


def small_rules() -> RuleBook:
    """A rule of each strength; one is broken at its price."""
    return RuleBook(
        rules=(
            FewDays(days=3),
            FewDays(label="two days are enough", days=2, strength=Strength.PREFER, price=1500),
            FewDays(label="nobody at all", days=0, strength=Strength.OFF, scope=Scope(teams=("South",))),
        )
    )


def small_roster(problem: Problem) -> Roster:
    """Thirteen duties: early, late, short, and nights that start before and after midnight."""
    first = problem.agents[0].name
    return Roster(
        duties=(
            *(duty_of(problem, first, day, EARLY, 420 + 15 * day) for day in range(3)),
            duty_of(problem, "Blaise Pascal", 0, LATE, 750),
            duty_of(problem, "Blaise Pascal", 1, LATE, 870),
            duty_of(problem, "Chen Wei", 0, NIGHT, 1320),
            duty_of(problem, "Chen Wei", 2, EARLY, 600),
            duty_of(problem, "1004", 0, NIGHT, 1320),
            duty_of(problem, "1004", 1, NIGHT, 1500),
            duty_of(problem, "Élodie O'Brien-Ng", 1, SHORT, 540, 240),
            duty_of(problem, "Élodie O'Brien-Ng", 2, SHORT, 600, 360),
            duty_of(problem, "Fatima Zahra", 0, SHORT, 540, 360),
            duty_of(problem, "Fatima Zahra", 1, SHORT, 1020, 240),
        )
    )


def small_outcome(problem: Problem | None = None) -> tuple[Problem, RuleBook, Outcome]:
    """The small problem with its rules and a result."""
    problem = problem or small_problem()
    rules = small_rules()
    return problem, rules, outcome_of(problem, rules, small_roster(problem))


def large_outcome(agents: int = 60, days: int = 7, seed: int = 1) -> tuple[Problem, RuleBook, Outcome]:
    """A week of a contact centre with three skills and two-peaked days; duties are drawn at random."""
    random = Random(seed)
    grid = TimeGrid(first_day=date(2024, 3, 4), days=days, interval_minutes=15, time_zone="Europe/Berlin")
    names = ("English", "French", "Technical")

    def wanted(share: float) -> tuple[int, ...]:
        rows = []
        for interval in range(grid.intervals):
            local = grid.interval_start(interval)
            hour = local.hour + local.minute / 60
            peaks = max(0.0, 1 - abs(hour - 11) / 4.5) + 0.8 * max(0.0, 1 - abs(hour - 17) / 4)
            weekend = 0.35 if local.weekday() >= 5 else 1.0
            rows.append(round(agents * share * weekend * (0.03 + 0.55 * peaks)))
        return tuple(rows)

    contracts = (
        Contract(
            name="Full time",
            pay_per_hour=2000,
            min_paid_minutes=1920,
            max_paid_minutes=2400,
            templates=("Early", "Late", "Night"),
        ),
        Contract(name="Part time", pay_per_hour=1850, max_paid_minutes=1440, templates=("Short",)),
    )
    people = tuple(
        Agent(
            name=f"{FIRST[number % 8]} {LAST[number // 8 % 9]} {number + 1}",
            contract="Part time" if number % 4 == 3 else "Full time",
            skills=(names[0],)
            if number % 5 < 3
            else names[number % 2 + 1 :]
            if number % 5 == 3
            else (names[2],),
            team=("North", "South")[number % 2],
            preferred_days_off=(grid.date(number % days),) if number % 6 == 0 else (),
            time_off=(
                (TimeOff(start=datetime(2024, 3, 6), end=datetime(2024, 3, 7), paid_minutes=480),)
                if number % 11 == 5
                else ()
            ),
            pins=(Pin(day=grid.date(0), template="Early"),) if number % 13 == 0 else (),
        )
        for number in range(agents)
    )
    problem = Problem(
        name="Contact centre, week 10",
        grid=grid,
        skills=tuple(Skill(name=name) for name in names),
        demand=tuple(
            Demand(skill=name, required=wanted(share))
            for name, share in zip(names, (0.6, 0.1, 0.3), strict=True)
        ),
        templates=TEMPLATES,
        contracts=contracts,
        agents=people,
    )
    duties = []
    for number, agent in enumerate(people):
        for day in range(days):
            away = any(absence.start.date() == grid.date(day) for absence in agent.time_off)
            if away or (day + number) % 7 in (0, 1) or (grid.weekday(day) >= 5 and random.random() < 0.45):
                continue
            if agent.contract == "Part time":
                template = SHORT
            else:
                template = NIGHT if number % 29 == 1 else LATE if number % 2 else EARLY
            start = random.choice(template.starts)
            duties.append(duty_of(problem, agent.name, day, template, start, random.choice(template.lengths)))
    rules = RuleBook(
        rules=(
            FewDays(),
            FewDays(
                label="four days for part-timers",
                days=3,
                strength=Strength.PREFER,
                price=2500,
                scope=Scope(contracts=("Part time",)),
            ),
        )
    )
    return problem, rules, outcome_of(problem, rules, Roster(duties=tuple(duties)))
