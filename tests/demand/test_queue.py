"""Erlang C and Erlang A against published and exact figures, and against chains in exact arithmetic."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import exp, inf, isfinite

import numpy as np
import pytest

from scheduler.demand.base_staff import base_staff, fewest
from scheduler.demand.erlang import agents_needed
from scheduler.demand.goal import QueueGoal
from scheduler.demand.queue import Performance, death_rates, performance

SIX_DIGITS = 5e-7


def close(number: float) -> object:
    return pytest.approx(number, rel=SIX_DIGITS, abs=0)


@pytest.mark.parametrize(
    ("erlangs", "aht", "agents", "threshold", "waiting", "level", "asa", "occupancy"),
    [
        (10, 180, 14, 20, 0.1741319336, 0.8883500192, 7.835937012, 0.7142857),  # package ErlangC on CRAN
        (10, 180, 11, 20, 0.6821182047, 0.3896138117, 122.7812768, 0.9090909),  # the same
        (10.5, 180, 13, 20, 0.3688456362, 0.7206122928, 26.5568858, 0.8076923),
        (48, 240, 55, 15, 0.2387009364, 0.8458830922, 8.184032104, 0.8727273),
        (48, 60, 50, 20, 0.6944556112, 0.6434546008, 20.83366834, 0.96),
        (1960, 300, 2000, 20, 0.2675450165, 0.9814100489, 2.006587624, 0.98),
    ],
)
def test_erlang_c_as_tabulated(
    erlangs: float,
    aht: float,
    agents: int,
    threshold: float,
    waiting: float,
    level: float,
    asa: float,
    occupancy: float,
) -> None:
    found = performance(agents, erlangs, aht, threshold_seconds=threshold)
    assert found.waiting == close(waiting)
    assert found.service_level == found.of_offered == found.of_answered == close(level)
    assert found.asa_seconds == found.mean_wait_seconds == close(asa)
    assert found.occupancy == close(occupancy)


@pytest.mark.parametrize(
    ("erlangs", "aht", "patience", "agents", "figures"),
    [
        (48, 60, 120, 50, "0.4677740686 0.03091224916 0.9430189547 0.9730996537 3.709469899 3.615900240 "
         "0.9303242408"),
        (10.5, 180, 300, 13, "0.2812545154 0.03304267536 0.8163095019 0.8442042695 9.912802609 9.176969012 "
         "0.7810039930"),
        (10, 180, 120, 12, "0.2798070186 0.061597377 0.8255826444 0.8797744424 7.39168524 6.334774173 "
         "0.7820021858"),
        (10, 180, 120, 10, "0.4968527476 0.1374638263 0.6399413070 0.7419298187 16.49565915 14.55422966 "
         "0.8625361737"),
        (2000, 300, 300, 2000, "0.5029735484 0.008920248896 0.9895603047 0.9984668778 2.676074669 "
         "2.662326428 0.9910797511"),
    ],
)  # fmt: skip
def test_erlang_a_as_tabulated(
    erlangs: float, aht: float, patience: float, agents: int, figures: str
) -> None:
    found = performance(agents, erlangs, aht, threshold_seconds=20, patience_seconds=patience)
    said = (
        found.waiting,
        found.abandoned,
        found.of_offered,
        found.of_answered,
        found.mean_wait_seconds,
        found.asa_seconds,
        found.occupancy,
    )
    assert said == tuple(close(float(figure)) for figure in figures.split())


def chain(agents: int, erlangs: float, patience: float | None) -> tuple[Decimal, ...]:
    """P(wait), P(abandon), E(wait) and E(wait of the answered) in handling times, and occupancy, in 30
    digits.

    The plain chain, state by state; patience in handling times.
    """
    load = Decimal(erlangs)
    leaving = Decimal(0) if patience is None else 1 / Decimal(patience)
    weight, largest = [Decimal(1)], Decimal(0)
    while len(weight) <= agents or weight[-1] > largest * Decimal("1e-18"):
        state = len(weight)
        weight.append(weight[-1] * load / (min(state, agents) + leaving * max(0, state - agents)))
        largest = max(largest, weight[-1] if state >= agents else Decimal(0))
    total = sum(weight)
    below, at_and_above = weight[:agents], weight[agents:]
    waiting = sum(at_and_above) / total
    queue = sum(ahead * one for ahead, one in enumerate(at_and_above)) / total
    busy = (sum(at * one for at, one in enumerate(below)) + agents * sum(at_and_above)) / total
    abandoned = leaving * queue / load
    answered = stages = Decimal(0)
    for ahead, one in enumerate(at_and_above):
        stages += 1 / (agents + leaving * (ahead + 1))
        answered += one / total * agents / (agents + leaving * (ahead + 1)) * stages
    return waiting, abandoned, queue / load, answered / (1 - abandoned), busy / agents


@pytest.mark.parametrize("agents", [1, 2, 60, 450, 2000])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_erlang_c_is_the_exact_chain(agents: int, share: float) -> None:
    with localcontext(prec=30):
        exact = chain(agents, agents * share, None)
    found = performance(agents, agents * share, 300.0)
    waiting, _, wait, _, occupancy = map(float, exact)
    assert (found.waiting, found.occupancy) == (close(waiting), close(occupancy))
    assert found.asa_seconds == close(300 * wait)


@pytest.mark.parametrize("agents", [1, 2, 60, 2000])
@pytest.mark.parametrize("share", [0.5, 0.95, 1.2])  # with patience a queue of too few agents settles too
@pytest.mark.parametrize("patience", [0.2, 1.0, 5.0])
def test_erlang_a_is_the_exact_chain(agents: int, share: float, patience: float) -> None:
    with localcontext(prec=30):
        exact = chain(agents, agents * share, patience)
    found = performance(agents, agents * share, 300.0, patience_seconds=300 * patience)
    waiting, abandoned, wait, asa, occupancy = map(float, exact)
    assert (found.waiting, found.abandoned) == (close(waiting), close(abandoned))
    assert (found.mean_wait_seconds, found.asa_seconds) == (close(300 * wait), close(300 * asa))
    assert found.occupancy == close(occupancy)


def in_time_given_ahead(agents: int, leaving: Decimal, ahead: int, threshold: Decimal) -> Decimal:
    """Served within the threshold, by partial fractions of the stages' exponential times.

    The stages have the rates ``agents + (j + 1) leaving``, all different, of which each is passed with
    probability ``1 - leaving / rate``.
    """
    rates = [agents + (stage + 1) * leaving for stage in range(ahead + 1)]
    in_time = Decimal(1)
    for rate in rates:
        product = Decimal(1)
        for other in rates:
            if other != rate:
                product *= other / (other - rate)
        in_time -= product * (-rate * threshold).exp()
    return in_time * agents / rates[-1]


@pytest.mark.parametrize(("agents", "erlangs", "patience"), [(1, 0.7, 0.5), (4, 4.4, 1.0), (9, 8.5, 1.5)])
@pytest.mark.parametrize("threshold", [0.02, 0.1, 1.0])
def test_the_service_level_of_erlang_a_is_exact(
    agents: int, erlangs: float, patience: float, threshold: float
) -> None:
    # Partial fractions cancel: 150 digits leave more than enough.
    with localcontext(prec=150):
        load, leaving, within = Decimal(erlangs), 1 / Decimal(patience), Decimal(threshold)
        weight = [Decimal(1)]
        for state in range(1, agents + 120):
            weight.append(weight[-1] * load / (min(state, agents) + leaving * max(0, state - agents)))
        total = sum(weight)
        exact = sum(weight[:agents]) / total
        for ahead, one in enumerate(weight[agents:]):
            if one / total > Decimal("1e-11"):
                exact += one / total * in_time_given_ahead(agents, leaving, ahead, within)
    found = performance(
        agents, erlangs, 240, threshold_seconds=240 * threshold, patience_seconds=240 * patience
    )
    assert found.of_offered == close(float(exact))


def test_who_hangs_up_within_the_threshold_is_counted() -> None:
    # With nobody answering, all of the exponential patience up to T is gone: 1 - exp(-20 / 100).
    nobody = performance(0, 5, 300, threshold_seconds=20, patience_seconds=100)
    assert nobody.abandoned_in_time == pytest.approx(1 - exp(-0.2))
    assert (nobody.abandoned, nobody.of_offered) == (1.0, 0.0)
    # An endless threshold counts everybody who hangs up.
    found = performance(10, 10, 180, threshold_seconds=100_000, patience_seconds=120)
    assert found.abandoned_in_time == pytest.approx(found.abandoned)
    assert found.service_level == pytest.approx(1.0)
    # At a threshold of nothing nobody has hung up yet, and who waits is late.
    at_once = performance(10, 10, 180, threshold_seconds=0, patience_seconds=120)
    assert (at_once.abandoned_in_time, at_once.of_offered) == (0, pytest.approx(1 - at_once.waiting))


def test_endless_patience_is_erlang_c() -> None:
    patient, nearly = (performance(55, 48, 240, patience_seconds=one) for one in (None, 1e9))
    for field in Performance.__dataclass_fields__:
        assert getattr(nearly, field) == pytest.approx(getattr(patient, field), abs=1e-5)


def test_chats_side_by_side() -> None:
    # Two agents, two chats each, 0.5 slower: alone 1 an hour, a pair 2 / 1.5 = 4/3.
    assert death_rates(2, 2, 0.5).tolist() == pytest.approx([1, 2, 1 + 4 / 3, 8 / 3])
    # Not slower at all, k chats of n agents are n k agents on the phone.
    chats, calls = performance(5, 8, 600, side_by_side=3), performance(15, 8, 600)
    assert (chats.waiting, chats.asa_seconds) == (close(calls.waiting), close(calls.asa_seconds))
    # Twice as slow for each further one, a second chat gains nothing: 2 / 2 = 1 a handling time.
    assert death_rates(3, 2, 1.0).tolist() == pytest.approx([1, 2, 3, 3, 3, 3])
    # Worth more than none, and never less capacity for more agents.
    goal = QueueGoal(0.8, 60, side_by_side=3, slower=0.3)
    alone = QueueGoal(0.8, 60)
    assert fewest(20, 600, goal) < fewest(20, 600, alone)


@pytest.mark.parametrize("agents", [1, 300, 20_000])
@pytest.mark.parametrize("share", [1e-6, 0.3, 0.999, 1.5])
@pytest.mark.parametrize("patience", [None, 1.0, 300.0, 86_400.0])
def test_nothing_overflows(agents: int, share: float, patience: float | None) -> None:
    found = performance(agents, agents * share, 300, patience_seconds=patience)
    shares = (found.waiting, found.of_offered, found.abandoned, found.abandoned_in_time, found.occupancy)
    assert all(-1e-12 <= one <= 1 + 1e-12 for one in shares)
    assert isfinite(found.asa_seconds) or (patience is None and share >= 1)
    if patience is None and share >= 1:
        assert (found.of_offered, found.asa_seconds) == (0, inf)


@pytest.mark.parametrize(
    ("aht", "calls", "free", "held"),
    [
        (180, 10, 3, 3), (180, 50, 8, 8), (180, 100, 14, 14), (180, 500, 56, 59), (180, 2000, 208, 236),
        (240, 10, 3, 3), (240, 50, 10, 10), (240, 100, 17, 17), (240, 500, 74, 79), (240, 2000, 277, 314),
        (300, 10, 4, 4), (300, 50, 12, 12), (300, 100, 21, 21), (300, 500, 91, 99), (300, 2000, 345, 393),
    ],
)  # fmt: skip
def test_fewest_agents_as_tabulated(aht: float, calls: float, free: int, held: int) -> None:
    """80 % in 20 s of so many calls in half an hour, without a limit on occupancy and with one of 85 %."""
    load, handling = np.array([calls * aht / 1800]), np.array([aht])
    for occupancy, fewest_agents in ((None, free), (0.85, held)):
        goal = QueueGoal(0.8, 20, occupancy=occupancy)
        assert base_staff(load, handling, goal).tolist() == [fewest_agents]
        assert fewest(float(load[0]), aht, goal) == fewest_agents


GOALS = [
    QueueGoal(0.8, 20),
    QueueGoal(0.95, 0),
    QueueGoal(asa_seconds=15.0),
    QueueGoal(occupancy=0.8),
    QueueGoal(0.8, 20, asa_seconds=10, occupancy=0.85),
    QueueGoal(0.8, 20, patience_seconds=120),
    QueueGoal(0.8, 20, level="answered", patience_seconds=120),
    QueueGoal(abandonment=0.03, patience_seconds=120),
    QueueGoal(0.7, 60, side_by_side=3, slower=0.2, patience_seconds=400),
]


@pytest.mark.parametrize("goal", GOALS)
def test_one_agent_less_misses_the_goal(goal: QueueGoal) -> None:
    loads = np.array([0.05, 0.9, 3.0, 11.7, 160.0])
    handling = np.array([600.0, 180.0, 240.0, 300.0, 200.0])
    for agents, load, aht in zip(base_staff(loads, handling, goal), loads, handling, strict=True):
        assert goal.is_met_by(goal.performance(int(agents), load, aht))
        assert agents == 1 or not goal.is_met_by(goal.performance(int(agents) - 1, load, aht))


def test_the_guess_changes_nothing_but_the_time() -> None:
    goal = QueueGoal(0.8, 20, patience_seconds=100)
    assert {fewest(40.0, 200.0, goal, guess) for guess in (1, 2, 30, 44, 45, 46, 60, 500)} == {
        fewest(40.0, 200.0, goal)
    }


def test_thirteen_agents_are_not_enough_by_half_a_point() -> None:
    # 100 calls of 180 s in half an hour: 13 agents answer 79.56 % within 20 s, which rounds to 80.
    found = performance(13, 10, 180)
    assert 0.795 < found.service_level < 0.796
    assert agents_needed(100, 180, 30, 0.8, 20) == 14


def test_a_recursion_in_fractions_agrees() -> None:
    # 1 / B(n) = 1 + n / A / B(n - 1), exactly; C = n B / (n - A (1 - B)).
    load, inverse = Fraction(21, 2), Fraction(1)
    for agents in range(1, 14):
        inverse = 1 + agents / load * inverse
    blocked = 1 / inverse
    exact = 13 * blocked / (13 - load * (1 - blocked))
    assert performance(13, 10.5, 180).waiting == pytest.approx(float(exact), rel=1e-13)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"agents": -1}, "-1 agents"),
        ({"erlangs": -1.0}, "erlangs cannot be -1"),
        ({"erlangs": float("nan")}, "erlangs cannot be nan"),
        ({"aht_seconds": 0.0}, "aht_seconds cannot be 0"),
        ({"patience_seconds": 0.0}, "patience_seconds cannot be 0"),
        ({"side_by_side": 0}, "side_by_side cannot be 0"),
    ],
)
def test_nonsense_is_refused(wrong: dict[str, float], complaint: str) -> None:
    given = {"agents": 3, "erlangs": 2.0, "aht_seconds": 180.0} | wrong
    with pytest.raises(ValueError, match=complaint):
        performance(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "complaint"), [(QueueGoal(1.0), "share below 1"), (QueueGoal(occupancy=0), "no share")]
)
def test_a_goal_that_nobody_can_meet_is_refused(goal: QueueGoal, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        base_staff(np.array([1.0]), np.array([60.0]), goal)
