"""Random rosters repaired at random moments: the past must stand still, and no bound may be wrong.

Each case is drawn with its week and rules; its roster is then upset by absences, by pay and by demand that
moved. What stands still is looked for here by dates and duties alone, in a way that shares nothing with the
rule that holds it.
"""

from argparse import ArgumentParser
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from scheduler import repair, solve, verify
from scheduler.domain import (
    Agent,
    BadInput,
    Contradiction,
    NothingFound,
    Problem,
    Roster,
    Stop,
    TimeOff,
    UnsupportedRule,
)
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.results.roster import Duty
from scheduler.model import RuleBook
from tests.property.problems import small_case, ward_case

ONE_ROUND = Stop(seconds=None, rounds=1)


@dataclass
class Repairs:
    """What became of the repairs so far.

    Parameters
    ----------
    wrong
        A sentence for each promise that was broken.
    """

    made: int = 0
    changes: int = 0
    under_way: int = 0
    impossible: int = 0
    wrong: list[str] = field(default_factory=list)

    def of_seed(self, seed: int, *, seldom: bool = True) -> None:
        """Draw a case, with rules that are seldom there as well, make its roster, upset it, and repair it."""
        random = Random(f"repair {seed}")
        problem, rules = (ward_case if random.random() < 0.3 else small_case)(seed, seldom=seldom)
        try:
            outcome = solve(problem, rules, stop=ONE_ROUND, seed=1, workers=1)
        except (BadInput, Contradiction, NothingFound, UnsupportedRule):
            return  # what was drawn cannot be planned
        upset = _upset(problem, outcome.roster, random)
        if any(fault.is_error for fault in problem_faults(upset)):
            return
        since = random.randrange(0, problem.grid.minutes, 5)
        moment = problem.grid.local(since)
        locked, most = _locked(problem, random), random.choice((None, None, 0, 1, 3))
        try:
            repaired = repair(
                upset, rules, outcome.roster, from_=moment, change_price=random.choice((0, 100, 2000)),
                break_price=random.choice((0, 200)), counts=(0, 2), certificate=outcome.certificate,
                locked=locked, most_changes=most, stop=ONE_ROUND, workers=1, proof="full",
            )  # fmt: skip
        except (Contradiction, NothingFound) as none:
            self.impossible += 1
            if none.nearest is not None:
                new = none.nearest.roster
                self.wrong += (f"{seed}: {said}" for said in moved_before(upset, outcome.roster, new, since))
            return
        self.made += 1
        self.changes += len(repaired.changes)
        new = repaired.outcome.roster
        self.under_way += sum(duty.start < since < duty.end for duty in new.duties)
        self.wrong += (f"{seed}: {said}" for said in moved_before(upset, outcome.roster, new, since))
        self.wrong += (f"{seed}: {said}" for said in moved_locked(upset, outcome.roster, new, locked))
        self.wrong += (f"{seed}: {said}" for said in _wrong_figures(rules, repaired))
        if most is not None and len(repaired.changes) > most:
            self.wrong.append(f"{seed}: {len(repaired.changes)} changes where {most} were allowed")


def _upset(problem: Problem, roster: Roster, random: Random) -> Problem:
    """The same week with somebody away, sick, new or gone, and with another demand."""
    agents = [
        random.choice((_away, _away, _sick, _employed))(problem, agent, roster, random)
        if random.random() < 0.4
        else agent
        for agent in problem.agents
    ]
    if random.random() < 0.2:
        agents = [*agents, _joiner(agents[0])]
    if random.random() < 0.2 and len(agents) > 2:
        agents = agents[1:]
    demand = tuple(
        one.model_copy(
            update={
                "required": tuple(max(0, people + random.choice((-1, 0, 0, 1))) for people in one.required)
            }
        )
        for one in problem.demand
    )
    return problem.model_copy(update={"agents": tuple(agents), "demand": demand})


def _away(problem: Problem, agent: Agent, roster: Roster, random: Random) -> Agent:
    first = datetime.combine(problem.grid.first_day, datetime.min.time())
    begin = first + timedelta(hours=random.randrange(24 * problem.grid.days))
    end = begin + timedelta(hours=random.choice((3, 12, 36, 72)))
    days = {(begin + timedelta(hours=hour)).date() for hour in range(0, 73, 12)}
    pins = tuple(pin for pin in agent.pins if pin.day not in days and pin.day != end.date())
    paid = sum(duty.paid_minutes for duty in roster.of(agent.name))
    away = TimeOff(start=begin, end=end, paid_minutes=random.choice((0, paid)))
    return agent.model_copy(update={"time_off": (*agent.time_off, away), "pins": pins})


def _joiner(like: Agent) -> Agent:
    """Somebody new with the contract and the skills of another."""
    return like.model_copy(
        update={"name": "Joiner", "personnel_number": None, "pins": (), "history": (), "time_off": ()}
    )


def _sick(problem: Problem, agent: Agent, roster: Roster, random: Random) -> Agent:
    """Sick for some days, with the hours of the duties that this cancels, known or not."""
    first = random.randrange(problem.grid.days)
    days = [
        problem.grid.date(day) for day in range(first, min(problem.grid.days, first + random.randint(1, 4)))
    ]
    begin, end = (
        datetime.combine(day, datetime.min.time()) for day in (days[0], days[-1] + timedelta(days=1))
    )
    if any(one.start < end and one.end > begin for one in agent.time_off):
        return agent
    pins = tuple(pin for pin in agent.pins if pin.day not in days and pin.day != end.date())
    paid = sum(duty.paid_minutes for duty in roster.of(agent.name) if problem.grid.date(duty.day) in days)
    away = TimeOff(start=begin, end=end, kind="sick", paid_minutes=random.choice((None, paid)))
    return agent.model_copy(update={"time_off": (*agent.time_off, away), "pins": pins})


def _employed(problem: Problem, agent: Agent, roster: Roster, random: Random) -> Agent:
    """Employed from a day of the horizon on, or until one."""
    on = problem.grid.date(random.randrange(problem.grid.days))
    if random.random() < 0.5:
        pins = tuple(pin for pin in agent.pins if pin.day >= on)
        return agent.model_copy(update={"starts_on": on, "pins": pins})
    pins = tuple(pin for pin in agent.pins if pin.day <= on)
    return agent.model_copy(update={"leaves_on": on, "pins": pins})


def _locked(problem: Problem, random: Random) -> frozenset[tuple[str, int]]:
    """Some people's days, in half of the cases."""
    chance = random.choice((0.0, 0.2))
    days = ((agent.name, day) for agent in problem.agents for day in range(problem.grid.days))
    return frozenset(day for day in days if random.random() < chance)


def moved_locked(problem: Problem, old: Roster, new: Roster, locked: frozenset[tuple[str, int]]) -> list[str]:
    """Locked days that are not as they were, of people who are there then."""
    wrong = []
    for name, day in sorted(locked):
        agent = problem.agent_named.get(name)
        if agent is None or new.on(name, day) == old.on(name, day):
            continue
        zone = problem.zone_of(agent)
        away = [
            (problem.grid.instant(window.start, zone), problem.grid.instant(window.end, zone))
            for window in (*agent.time_off, *agent.unavailable)
        ]
        was = old.on(name, day)
        cancelled = was and not new.on(name, day)
        gone = all(
            not agent.is_employed_on(problem.grid.date(day))
            or any(begin < duty.end and end > duty.start for begin, end in away)
            for duty in was
        )
        if not (cancelled and gone):
            wrong.append(f"{name}: locked {was} became {new.on(name, day)}")
    return wrong


def moved_before(problem: Problem, old: Roster, new: Roster, since: int) -> list[str]:
    """What of the past is not as it was, where nobody was away."""
    wrong = []
    for agent in problem.agents:
        zone = problem.zone_of(agent)
        away = [
            (problem.grid.instant(window.start, zone), problem.grid.instant(window.end, zone))
            for window in (*agent.time_off, *agent.unavailable)
        ]
        was = [duty for duty in old.of(agent.name) if duty.start < since]
        now = [duty for duty in new.of(agent.name) if duty.start < since]
        for duty in was:
            met = any(begin < duty.end and end > duty.start for begin, end in away)
            met = met or not agent.is_employed_on(problem.grid.date(duty.day))
            same = [one for one in now if (one.day, one.template, one.start) == _begin(duty)]
            if not same and not met:
                wrong.append(f"{agent.name}: {duty} is gone")
            for one in same:
                if _past(one, since) != _past(duty, since):
                    wrong.append(f"{agent.name}: {duty} became {one}")
        begun = [_begin(duty) for duty in was]
        wrong += [f"{agent.name}: {one} is new" for one in now if _begin(one) not in begun]
    return wrong


def _begin(duty: Duty) -> tuple[int, str, int]:
    return duty.day, duty.template, duty.start


def _past(duty: Duty, since: int) -> tuple[int, list[tuple[str, int, int]]]:
    """Until when it lasted, and the breaks that had begun."""
    begun = [(pause.name, pause.start, pause.length_minutes) for pause in duty.breaks if pause.start < since]
    return min(duty.end, since), sorted(begun)


def _wrong_figures(rules: RuleBook, repaired: Repaired) -> list[str]:
    """Bounds above what was found, and rosters that are not as the verifier says."""
    wrong = []
    # a sick call behind a night that was worked begins when that has ended
    report = verify(repaired.problem, rules, repaired.outcome.roster)
    if report.cost.total != repaired.outcome.cost.total:
        wrong.append("the cost is not that of a recount")
    if len(repaired.past) != len(report.broken) or report.misfits:
        wrong.append(f"broken: {list(report.faults())}, said: {repaired.past}")
    if repaired.bound > repaired.total:
        wrong.append(f"the bound {repaired.bound} is above {repaired.total}")
    fewest = repaired.fewest
    if fewest.found is not None and fewest.at_least > fewest.found:
        wrong.append(f"fewest: {fewest}")
    if len(repaired.changes) < fewest.at_least:
        wrong.append("it changes less than is possible")
    costs = [repaired.change_price * 60 * len(repaired.changes)]
    costs.append(repaired.break_price * 60 * len(repaired.break_moves))
    if not repaired.past and repaired.outcome.cost.total + sum(costs) != repaired.total:
        wrong.append("cost plus changes do not add up")
    for point in repaired.curve:
        if point.bound is not None and point.priced is not None and point.bound > point.priced:
            wrong.append(f"{point}: the bound is above the cost")
        if point.is_impossible and point.changes is not None:
            wrong.append(f"{point}: impossible, and found")
    return wrong


def main(words: list[str]) -> int:
    """Repair so many rosters, and print what was broken."""
    parser = ArgumentParser(prog="python -m tests.attacks repairs", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="how many draws of the seed to leave out")
    given = parser.parse_args(words)
    repairs, seed = Repairs(), 10_000 * given.seed + given.first
    while repairs.made < given.count:
        known = len(repairs.wrong)
        repairs.of_seed(seed)
        print(*repairs.wrong[known:], sep="\n", end="\n" * (len(repairs.wrong) > known), flush=True)
        seed += 1
    print(
        f"{repairs.made} repairs, {repairs.changes} changes, "
        f"{repairs.under_way} duties under way, {repairs.impossible} impossible: {len(repairs.wrong)} wrong"
    )
    return int(bool(repairs.wrong))
