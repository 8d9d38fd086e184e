"""A recount of a bound that is ended early: it proves less, never something wrong, and the roster is kept."""

import threading
from collections.abc import Iterator

import pytest

from scheduler import Stop, solve, verify
from scheduler.domain import Cancel, Outcome, Problem
from scheduler.model import RuleBook
from scheduler.verifier import TimeBudget, quick_seconds, recompute
from scheduler.verifier import verify as verify_with
from scheduler.verifier.bound import lagrangian
from scheduler.verifier.bound.best_week import week_network
from tests.property.problems import small_case


@pytest.fixture(scope="module")
def solved() -> tuple[Problem, RuleBook, Outcome]:
    problem, rules = small_case(3)
    return problem, rules, solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)


@pytest.mark.parametrize(
    "searched, seconds",
    [(10, 5), (25, 5), (60, 12), (300, 60), (3600, 60)],  # a fifth, 5 s at least, a minute at most
)
def test_quick_is_a_fifth_of_the_search(searched: float, seconds: float) -> None:
    assert quick_seconds(searched) == seconds


@pytest.mark.parametrize(
    "roster_took, over_at",
    [(0, 12), (4, 12), (6, 12), (7, 13), (40, 46)],  # 12 s in all, of which the proof has 6 at least
)
def test_the_roster_and_the_proof_share_the_time(
    roster_took: float, over_at: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the time of the roster's check was not counted, so that both together took more than a fifth
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr("time.thread_time", lambda: now)
    budget = TimeBudget(seconds=12)
    budget.begin()
    now = 1000 + roster_took
    budget.begin_proof()
    now = 1000 + over_at - 0.1
    assert not budget.is_over
    now = 1000 + over_at
    assert budget.is_over


def test_what_others_compute_does_not_end_a_proof_but_a_minute_does(monkeypatch: pytest.MonkeyPatch) -> None:
    # on a busy machine a proof of 1.7 s of computing was given up after 5 s on the clock, with a gap of 100 %
    clock = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: clock)
    monkeypatch.setattr("time.thread_time", lambda: 0.1 * clock)
    budget = TimeBudget(seconds=12)
    budget.begin()
    clock += 59.9
    assert not budget.is_over
    clock += 0.1
    assert budget.is_over


def test_all_threads_count_together_but_no_more_than_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    # each thread had a time of its own, so that a proof of 12 s took 20 s on a quiet machine
    own = threading.local()
    clock = 0.0
    monkeypatch.setattr("time.monotonic", lambda: clock)
    monkeypatch.setattr("time.thread_time", lambda: getattr(own, "now", 0.0))
    budget, looks = TimeBudget(seconds=12), []
    budget.begin()
    own.now, clock = 8.0, 50.0
    assert not budget.is_over

    def beside() -> None:
        for own.now in (100.0, 103.9, 104.0):
            looks.append(budget.is_over)

    thread = threading.Thread(target=beside)
    thread.start()
    thread.join()
    assert looks == [False, False, True]
    clock = 11.9
    assert not budget.is_over


def test_a_budget_of_nothing_proves_nothing_and_says_so(solved: tuple[Problem, RuleBook, Outcome]) -> None:
    problem, rules, outcome = solved
    report = verify_with(
        problem, rules, outcome.roster, certificate=outcome.certificate, budget=TimeBudget(seconds=0)
    )
    assert report.is_legal and report.passed
    assert report.bound == 0 and not report.is_proof_whole


def test_a_cancelled_recount_proves_less(
    solved: tuple[Problem, RuleBook, Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, rules, outcome = solved
    cancel = Cancel()
    budget = TimeBudget(cancel=cancel)
    monkeypatch.setattr(lagrangian._Weeks, "_find", _cancelled_first(cancel))
    early = recompute(problem, rules, outcome.certificate, budget)
    assert not early.is_whole
    assert 0 <= early.bound <= recompute(problem, rules, outcome.certificate).bound


def _cancelled_first(cancel: Cancel) -> object:
    find = lagrangian._Weeks._find

    def cancelled(self: lagrangian._Weeks, found: list[lagrangian.Ints]) -> None:
        cancel.cancel()
        find(self, found)

    return cancelled


def test_an_interrupted_recount_keeps_the_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, rules = small_case(3)
    raised: Iterator[bool] = iter([True])

    def interrupted(*_: object) -> None:
        if next(raised, False):
            raise KeyboardInterrupt

    monkeypatch.setattr(TimeBudget, "report", interrupted)
    outcome = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
    assert outcome.report.is_legal and not outcome.report.is_proof_whole
    assert outcome.bound == outcome.certificate.bound
    assert verify(problem, rules, outcome.roster, certificate=outcome.certificate).passed


def test_a_recount_that_carries_fewer_limits_than_the_search_lowers_the_bound_and_keeps_the_roster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # a rule that the search's automata could carry had too many states for the recount, and an honest search
    # ended with "the roster failed verification"
    problem, rules = small_case(9)
    stop = Stop(seconds=None, rounds=1)
    whole = solve(problem, rules, stop=stop, workers=1)
    monkeypatch.setattr(week_network, "MOST_CELLS", 1)
    outcome = solve(problem, rules, stop=stop, workers=1)
    assert outcome.report.passed and not outcome.report.has_proof_all_limits
    assert outcome.bound == recompute(problem, rules, whole.certificate).bound < whole.bound
    # a file that states the higher bound is not proven by this recount, and says so
    report = verify(problem, rules, outcome.roster, certificate=whole.certificate)
    assert "proves only" in report.mismatches[0]
