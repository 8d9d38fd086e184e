"""Bound <= exact optimum <= cost, on random small problems with every rule of the catalogue.

    python -m tests.attacks optimum --count 2000 --seed 1

The problems are those of :mod:`tests.attacks.tiny_cases`, and :mod:`tests.attacks.exhaustive` finds their
optimum. Each is solved and verified. Certificates are forged for it as well: whatever one claims, the bound
that the verifier recomputes from it must not exceed the optimum.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import floor
from random import Random

from scheduler.app.planning import solve
from scheduler.domain import (
    Certificate,
    Claimed,
    Outcome,
    Problem,
    Status,
    Stop,
)
from scheduler.domain.findings.errors import BadInput
from scheduler.domain.results.certificate import CrewPrices
from scheduler.domain.results.errors import Contradiction, FailedVerification, NothingFound
from scheduler.domain.values.money import MOST_WORTH
from scheduler.model import RuleBook
from scheduler.verifier import recompute_bound, verify
from scheduler.verifier.bound.lagrangian import NO_ROSTER
from tests.attacks.exhaustive import optimum
from tests.attacks.tiny_cases import case
from tests.attacks.tiny_pay import with_pay

FORGERIES = 4
TOLD_EVERY = 100
"""Two thousand take a quarter of an hour: what was wrong is told at once, how far it is now and then."""
FEW_ROUNDS = Stop(seconds=None, rounds=1)


def look(seed: int, is_paid: bool = False) -> Iterator[str]:
    """What there is to say of one problem: words to count; what is wrong begins with ``WRONG``."""
    problem, rules = case(seed)
    yield from looked(seed, with_pay(problem, Random(f"pay {seed}")) if is_paid else problem, rules)


def looked(seed: int, problem: Problem, rules: RuleBook) -> Iterator[str]:
    """The same of a problem that was drawn, or kept, with the seed of its search."""
    yield from (f"rule {rule.kind}, {rule.strength.value}" for rule in rules.active())
    best = optimum(problem, rules)
    yield "a legal roster exists" if best is not None else "no legal roster exists"
    outcome = None
    try:
        outcome = solve(problem, rules, stop=FEW_ROUNDS, seed=seed, workers=1)
    except BadInput as error:
        yield f"refused: {error.findings[0].message[:40]}"
    except Contradiction as error:
        if best is not None:
            yield f"WRONG: seed {seed}: {best} is possible, and yet {error}"
        yield "contradiction"
    except NothingFound:
        yield "nothing found" if best is None else "nothing found, though there is a roster"
    except FailedVerification as error:
        yield f"WRONG: seed {seed}: {error}"
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
        yield f"WRONG: seed {seed}: solve ended with {error!r}"
    if outcome is not None:
        yield from judged(seed, problem, rules, outcome, best)
    for number in range(FORGERIES):
        yield from forged(seed, problem, rules, outcome, best, Random(f"forged {seed} {number}"))


def judged(
    seed: int, problem: Problem, rules: RuleBook, outcome: Outcome, best: int | Fraction | None
) -> Iterator[str]:
    """A search's outcome against the optimum."""
    cost = outcome.cost.total
    best = None if best is None else floor(best)  # as costs and bounds of premiums are told
    if best is None or not outcome.bound <= best <= cost:
        yield f"WRONG: seed {seed}: bound {outcome.bound}, optimum {best}, cost {cost}"
        return
    yield "bound <= optimum <= cost"
    if cost == best:
        yield "optimum found"
    if outcome.bound == best:
        yield "bound is the optimum"
    if outcome.status is Status.OPTIMAL and cost != best:
        yield f"WRONG: seed {seed}: called optimal at {cost}, but {best} is possible"
    claimed = Claimed.of(outcome.cost, outcome.bound)
    report = verify(problem, rules, outcome.roster, certificate=outcome.certificate, claimed=claimed)
    if not report.passed:
        yield f"WRONG: seed {seed}: {'; '.join(report.faults())}"


def forged(
    seed: int,
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome | None,
    best: int | Fraction | None,
    random: Random,
) -> Iterator[str]:
    """A certificate with any prices: it must be refused, or prove no more than is true."""
    certificate = any_certificate(problem, rules, outcome, random)
    try:
        bound = recompute_bound(problem, rules, certificate)
    except ValueError:
        yield "forged: refused"
        return
    if best is not None and bound > best:
        yield f"WRONG: seed {seed}: a forged bound of {bound} above the optimum {best}: {certificate}"
    yield "forged: true" if best is not None and bound < NO_ROSTER else "forged: no roster, which is so"


def any_certificate(
    problem: Problem, rules: RuleBook, outcome: Outcome | None, random: Random
) -> Certificate:
    """Prices up to what a certificate may hold, or a true one with a few of them changed."""
    honest = outcome.certificate if outcome is not None else None
    slot = honest.slot_minutes if honest is not None else 5
    slots, days = problem.grid.minutes // slot, problem.grid.days
    scale = random.choice((10**3, 10**5, 10**9, MOST_WORTH // slots, MOST_WORTH // 2))

    def row(length: int, before: tuple[int, ...] | None = None) -> tuple[int, ...]:
        kept = list(before or (0,) * length)
        share = random.choice((1, 1, 3, length))
        for place in random.sample(range(length), min(share, length, max(1, MOST_WORTH // scale))):
            kept[place] = random.choice((scale, -scale, random.randint(-scale, scale)))
        return tuple(kept) if sum(map(abs, kept)) <= MOST_WORTH else (0,) * length

    given = honest.prices if honest is not None and random.random() < 0.5 else {}
    crews = list(honest.crews) if honest is not None else []
    skill, crew_day = random.choice(problem.skills).name, random.randrange(days)
    if random.random() < 0.7:
        first = random.randrange(slots)
        length = random.randint(1, min(12, slots - first))
        crews = [
            CrewPrices(
                skill=skill,
                day=crew_day,
                first_slot=first,
                premium=random.randint(-scale, scale),
                prices=tuple(row(length) for _ in range(random.randint(1, 3))),
            )
        ]
    return Certificate(
        slot_minutes=slot,
        prices={one.name: row(slots, given.get(one.name)) for one in problem.skills},
        headcount_prices={one.row: row(days) for one in problem.headcounts} if _counts_heads(rules) else {},
        crews=tuple(crews),
        goals={
            one.name: random.choice((0, 1, scale)) for one in problem.goal_tables if random.random() < 0.8
        },
        carried_rules=tuple(rule.name for rule in rules.active() if random.random() < 0.9),
        bound=0,
        unavoidable_wages=0,
    )


def _counts_heads(rules: RuleBook) -> bool:
    return any(rule.kind == "shift_requirement" for rule in rules.active())


def attack(count: int, seed: int, *, is_paid: bool = False) -> tuple[Counter[str], list[str]]:
    """How often each word was said of so many problems, and everything that is wrong; told as it goes."""
    said: Counter[str] = Counter()
    wrong = []
    for number in range(count):
        for word in look(1_000_000 * (seed - 1) + number, is_paid):
            if word.startswith("WRONG"):
                wrong.append(word)
                print(word, flush=True)
            else:
                said[word] += 1
        if (number + 1) % TOLD_EVERY == 0:
            print(f"{number + 1} of {count} problems, {len(wrong)} wrong", flush=True)
    return said, wrong


def main(given: Sequence[str] | None = None) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="optimum", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pay", action="store_true", help="every problem has premiums")
    asked = parser.parse_args(given)
    said, wrong = attack(asked.count, asked.seed, is_paid=asked.pay)
    for word, times in sorted(said.items()):
        print(f"{times:7d} {word}")
    print(f"{len(wrong)} wrong")
    return int(bool(wrong))
