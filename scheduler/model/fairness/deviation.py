"""How far from a fair share somebody may be for nothing, and what each further step counts.

Limits turn a share into bounds, one pair for each step; checks count the steps themselves, and reports tell
how far apart people are.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.model.limits.agent_limits import Block, Total
from scheduler.model.limits.verbs import Verb
from scheduler.texts import text


def totals_near(
    agent: Agent,
    of: Verb,
    share: Fraction,
    free: Sequence[int],
    *,
    on: tuple[int, ...] = (),
    on_any_of: tuple[Block, ...] = (),
    carried_in: int = 0,
) -> Iterator[Total]:
    """Sums that may lie so far from the whole numbers around a share, a pair of bounds for each distance."""
    for far in free:
        yield Total(
            agent.name,
            of=of,
            on=on,
            on_any_of=on_any_of,
            at_least=max(0, floor(share) - far),
            at_most=ceil(share) + far,
            carried_in=carried_in,
        )


def steps_beyond(number: int, share: Fraction, within: int, step: int, steps: int) -> int:
    """What is beyond the share, once for each step that it passes: 3 too many are 3 + 2 + 1."""
    down, up = share.numerator // share.denominator, -(-share.numerator // share.denominator)
    apart = number - up if number > up else down - number
    passed = 0
    while steps > 0 and apart > within:
        passed += apart - within
        apart -= step
        steps -= 1
    return passed


def is_carried_over(problem: Problem, rule: str) -> bool:
    """Whether anybody has points from before the horizon by a rule's name."""
    return any(name == rule for agent in problem.agents for name, _ in agent.fair_points)


def told_of(
    had: Mapping[str, int] | Mapping[str, Fraction], shares: Mapping[str, Fraction], carried_over: bool
) -> str:
    """What everybody had in all, what was shared out, and how far apart the largest and the smallest are."""
    if not had:
        return ""
    beyond = {name: Fraction(had[name]) - share for name, share in shares.items()}
    least, most = (pick(beyond, key=lambda name: beyond[name]) for pick in (min, max))
    said = text(
        "{had} in all, {shares} shared out; from {below} ({least}) to {above} ({most}) beside the share, "
        "{apart} apart.",
        had=shown(sum(map(Fraction, had.values()), Fraction(0))),
        shares=shown(sum(shares.values(), Fraction(0))),
        below=shown(beyond[least]),
        least=least,
        above=shown(beyond[most]),
        most=most,
        apart=shown(beyond[most] - beyond[least]),
    )
    return said if carried_over else said + text(" Nobody has points from before: all begin alike.")


def shown(number: Fraction) -> str:
    """A share with one decimal, or without where it is whole.

    >>> shown(Fraction(17, 5)), shown(Fraction(4))
    ('3.4', '4')
    """
    tenths = round(number * 10)
    return f"{tenths / 10:.1f}" if tenths % 10 else f"{tenths // 10}"
