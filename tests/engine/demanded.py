"""A rule that demands whatever limits it is given, and random limits of every kind for it.

The rules of the catalogue use a part of what limits can say; the engine must keep all of it.
"""

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any, Literal

from scheduler.domain import Pin, Problem, Roster
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.model import AgentRule, Gap, Headcount, Limit, Pair, Rest, Run, Spread, TeamRule, Total
from scheduler.model.limits.kinds import AgentLimit
from scheduler.model.limits.verbs import (
    AlongPattern,
    Beyond,
    BreaksShort,
    DiffersFrom,
    ElapsedMinutes,
    Free,
    MinutesWithin,
    Night,
    NightMinutes,
    OfLength,
    OfTemplate,
    PaidMinutes,
    StartsOutside,
    TimesOutside,
    Verb,
    Worked,
    WorkedMinutes,
)

KINDS = ("total", "blocks", "run", "gap", "pair", "rest", "spread")


class Demanded(AgentRule):
    """What is demanded is kept."""

    kind: Literal["demanded"] = "demanded"
    demanded: tuple[Any, ...] = ()

    def limits(self, problem: Problem) -> Iterator[Limit]:
        # a problem may be looked at with one of its agents alone
        yield from (limit for limit in self.demanded if limit.agent in problem.agent_named)

    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        for limit in self.limits(problem):
            assert isinstance(limit, AgentLimit)
            excess = limit.excess(problem, roster)
            if excess:
                yield self.violation(excess, "what is demanded is not kept", agent=limit.agent)


class DemandedOfTeam(TeamRule):
    """What is demanded of the people counted on each day is kept."""

    kind: Literal["demanded_of_team"] = "demanded_of_team"
    demanded: tuple[Any, ...] = ()

    @property
    def needs_price(self) -> bool:
        return False

    def limits(self, problem: Problem) -> Iterator[Limit]:
        yield from self.demanded

    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        for limit in self.demanded:
            assert isinstance(limit, Headcount)
            excess = limit.excess(problem, roster)
            if excess:
                yield self.violation(excess, "what is demanded is not kept", price=limit.price)


def random_verb(problem: Problem, random: Random, yes_or_no: bool = False) -> Verb:
    """Any verb; with ``yes_or_no`` one whose amounts are 0 and 1."""
    names = [template.name for template in problem.templates]
    verbs: list[Verb] = [
        Worked(),
        Free(),
        OfTemplate(frozenset(random.sample(names, random.randint(1, len(names))))),
        StartsOutside(tuple((c, c + 180) for c in random.sample(range(300, 1500, 60), random.randint(0, 2)))),
        DiffersFrom(
            Pin(
                day=problem.grid.first_day,
                template=random.choice([None, *names]),
                start=random.choice([None, random.choice(problem.templates).earliest_start]),
                length_minutes=random.choice([None, random.choice(problem.templates).min_length]),
            )
        ),
        Night(1320, 1800, 120),
        OfLength(frozenset(problem.templates[0].lengths[:2])),
    ]
    if not yes_or_no:
        at = sorted(random.sample(range(-600, problem.grid.minutes + 600, 15), 4))
        since = random.choice((1200, 1320, 1380))
        verbs += [
            PaidMinutes(),
            WorkedMinutes(),
            ElapsedMinutes(),
            NightMinutes(since, since + random.choice((60, 300, 480))),
            MinutesWithin(((at[0], at[1]), (at[2], at[3]))),
            Beyond(PaidMinutes(), 300, 420),
            BreaksShort(240, 45, 15, None, "work_and_short_breaks"),
            TimesOutside(at[0] % 1440, 700, None, 960 + at[1] % 900),
            AlongPattern((Free(), Worked(), OfTemplate(frozenset(names[:1]))), random.randrange(3)),
        ]
    return random.choice(verbs)


def random_limit(problem: Problem, agent: str, kind: str, random: Random, carried: bool = True) -> AgentLimit:
    """A limit of one kind; ``carried`` allows for something brought in from before the horizon."""
    days = problem.grid.days
    some = tuple(sorted(random.sample(range(days), random.randint(1, days))))
    match kind:
        case "total":
            verb = random_verb(problem, random)
            scale = 1 if verb.amount(problem, problem.agents[0], None) or _is_small(verb) else 240
            least, most = _bounds(random, days, scale)
            brought = random.choice((0, 0, scale)) if carried else 0
            return Total(agent, verb, on=some, at_least=least, at_most=most, carried_in=brought)
        case "blocks":
            verb = random_verb(problem, random, yes_or_no=True)
            least, most = _bounds(random, 3, 1)
            brought = random.choice((0, 1)) if carried else 0
            return Total(agent, verb, (), _blocks(days, random), least, most, brought)
        case "run":
            verb = random_verb(problem, random, yes_or_no=True)
            blocks = _blocks(days, random) if random.random() < 0.3 else tuple((day,) for day in some)
            least, most = _bounds(random, 4, 1)
            brought_in = random.choice((None, 0, 1, 2, 4)) if carried else None
            return Run(agent, verb, blocks, least, most, brought_in)
        case "gap":
            every_day = random.random() < 0.5
            return Gap(
                agent,
                at_least=random.choice((0, 480, 660, 905, 1500, 2900)),
                on=tuple(range(days)) if every_day else some,
                since=random.choice(("end", "start")),
                after=Worked() if every_day else random_verb(problem, random),
                carried_in=random.choice((None, -700, -60, 300)) if carried else None,
                in_a_row=0 if every_day else random.choice((0, 0, 1, 2, 3)),
                in_a_row_before=random.choice((0, 0, 1, 2)) if carried else 0,
            )
        case "pair":
            first_day, then_day = random.choice(some), random.randrange(days)
            return Pair(
                agent, random_verb(problem, random), first_day, random_verb(problem, random), then_day
            )
        case "rest":
            since = random.randrange(-1440, problem.grid.minutes - 600, 60)
            busy = tuple(
                (start, start + 480)
                for start in sorted(random.sample((-2400, -900, -90), random.choice((0, 2))))
            )
            until = since + random.choice((1440, 2880, 4320))
            return Rest(agent, since, until, random.choice((480, 900, 1500, 2400)), busy if carried else ())
        case _:
            return Spread(agent, some, random.choice((0, 60, 200)))


def _is_small(verb: Verb) -> bool:
    return not isinstance(
        verb,
        PaidMinutes | WorkedMinutes | ElapsedMinutes | NightMinutes | MinutesWithin | Beyond | BreaksShort,
    )


def _bounds(random: Random, most: int, scale: int) -> tuple[int | None, int | None]:
    least, greatest = sorted((random.randint(0, most), random.randint(0, most)))
    return random.choice([(least * scale, None), (None, greatest * scale), (least * scale, greatest * scale)])


def _blocks(days: int, random: Random) -> tuple[tuple[int, ...], ...]:
    """Neighbouring days cut into blocks, some of them left out."""
    cuts = sorted({0, days, *random.sample(range(days), min(days, random.randint(0, 2)))})
    blocks = [tuple(range(a, b)) for a, b in pairwise(cuts)]
    return tuple(block for block in blocks if random.random() < 0.9) or (blocks[0],)
