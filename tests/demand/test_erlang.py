"""Erlang C against published worked examples and against its plain textbook sum."""

from fractions import Fraction
from math import exp, factorial, inf

import pytest

from scheduler.demand import agents_needed, asa, occupancy, service_level, waiting_probability, workload


def test_the_worked_example_of_the_erlang_c_tutorial() -> None:
    # Mitan, "The Erlang-C formula": 360 calls in 30 min of 240 s, 55 agents, answered within 15 s.
    # Published: u = 48, rho = 0.873, Ec = 0.239, Tw = 8.2 s; hence 1 - 0.239 exp(-7 x 15 / 240) = 0.846.
    assert workload(360, 240, 30) == 48
    assert occupancy(55, 360, 240, 30) == pytest.approx(0.873, abs=5e-4)
    assert waiting_probability(55, 48) == pytest.approx(0.239, abs=5e-4)
    assert asa(55, 360, 240, 30) == pytest.approx(8.2, abs=0.05)
    assert service_level(55, 360, 240, 30, 15) == pytest.approx(0.846, abs=5e-4)


def test_the_worked_example_of_call_centre_helper() -> None:
    # callcentrehelper.com, "How to calculate the number of call centre agents": 100 calls in 30 min of
    # 180 s at 80 % in 20 s take 14 agents; waiting 17.4 %, service level 88.8 %, ASA 7.8 s, occupancy
    # 71.4 %. With 11 agents 68.2 % wait and 39.0 % are answered in time.
    assert agents_needed(100, 180, 30, 0.80, 20) == 14
    assert waiting_probability(14, 10) == pytest.approx(0.1741, abs=5e-5)
    assert service_level(14, 100, 180, 30, 20) == pytest.approx(0.888, abs=5e-4)
    assert asa(14, 100, 180, 30) == pytest.approx(7.8, abs=0.05)
    assert occupancy(14, 100, 180, 30) == pytest.approx(0.714, abs=5e-4)
    assert waiting_probability(11, 10) == pytest.approx(0.682, abs=5e-4)
    assert service_level(11, 100, 180, 30, 20) == pytest.approx(0.390, abs=5e-4)


@pytest.mark.parametrize(
    ("agents", "erlangs"), [(1, Fraction(1, 2)), (2, Fraction(1)), (8, Fraction(5)), (40, Fraction(39))]
)
def test_the_recursion_agrees_with_the_textbook_sum(agents: int, erlangs: Fraction) -> None:
    waiting = erlangs**agents / factorial(agents) * agents / (agents - erlangs)
    served = sum(erlangs**busy / factorial(busy) for busy in range(agents))
    assert waiting_probability(agents, float(erlangs)) == pytest.approx(float(waiting / (served + waiting)))


def test_one_agent_is_the_m_m_1_queue() -> None:
    # With one agent the waiting probability is the workload, and the ASA is A / (1 - A) x AHT.
    assert waiting_probability(1, 0.25) == pytest.approx(0.25)
    assert asa(1, 10, 90, 60) == pytest.approx(0.25 / 0.75 * 90)
    assert service_level(1, 10, 90, 60, 30) == pytest.approx(1 - 0.25 * exp(-0.75 * 30 / 90))


@pytest.mark.parametrize("agents", [0, 9, 10])
def test_too_few_agents_never_answer(agents: int) -> None:
    assert waiting_probability(agents, 10) == 1.0
    assert service_level(agents, 100, 180, 30, 20) == 0.0
    assert asa(agents, 100, 180, 30) == inf
    assert occupancy(agents, 100, 180, 30) == 1.0


def test_an_interval_without_work_needs_nobody() -> None:
    assert agents_needed(0, 180, 30, 0.8, 20) == 0
    assert agents_needed(12, 0, 30, 0.8, 20) == 0
    assert service_level(0, 0, 180, 30, 20) == 1.0
    assert asa(0, 0, 180, 30) == 0.0
    assert occupancy(3, 0, 180, 30) == 0.0


@pytest.mark.parametrize("calls", [1, 17, 250, 4_000, 60_000])
def test_the_number_is_the_least_that_reaches_the_goal(calls: int) -> None:
    agents = agents_needed(calls, 300, 15, 0.8, 30)
    assert service_level(agents, calls, 300, 15, 30) >= 0.8
    assert service_level(agents - 1, calls, 300, 15, 30) < 0.8


def test_a_goal_reached_exactly_is_enough() -> None:
    reached = service_level(14, 100, 180, 30, 20)
    assert agents_needed(100, 180, 30, reached, 20) == 14


def test_very_many_idle_agents_do_not_overflow() -> None:
    assert waiting_probability(5_000, 0.01) == 0.0
    assert service_level(5_000, 1, 10, 30, 0) == 1.0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((-1, 180, 30, 0.8, 20), "cannot be negative"),
        ((10, -180, 30, 0.8, 20), "cannot be negative"),
        ((10, 180, 0, 0.8, 20), "has no length"),
        ((float("nan"), 180, 30, 0.8, 20), "finite"),
        ((10, 180, 30, 1.0, 20), "share below 1"),
        ((10, 180, 30, 80, 20), "share below 1"),
        ((10, 180, 30, 0.8, -1), "0 or more seconds"),
    ],
)
def test_nonsense_is_refused(arguments: tuple[float, float, float, float, float], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        agents_needed(*arguments)


def test_a_negative_number_of_agents_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 agents"):
        occupancy(-1, 10, 180, 30)
