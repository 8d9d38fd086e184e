"""What leaves ``solve``: verified, or the best that is; whoever interrupts, raises or lies on the way."""

import asyncio
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from scheduler import engine
from scheduler.app.planning import solve
from scheduler.app.results import handover
from scheduler.domain import (
    BrokenOff,
    Cancel,
    FailedVerification,
    Improvement,
    NothingFound,
    Outcome,
    Progress,
    Roster,
    Stop,
)
from scheduler.domain.results.certificate import Proof
from scheduler.engine import Found
from scheduler.verifier import verify
from tests.unit.command_line.test_exit_codes import odd_triangle
from tests.unit.tiny import tiny_problem, tiny_rules

PROBLEM, RULES = tiny_problem(), tiny_rules()
COUNTED = Stop(seconds=None, rounds=3)


def solved(**more: Any) -> Outcome:
    """A short counted search."""
    return solve(PROBLEM, RULES, **{"stop": COUNTED, "workers": 1, **more})


def passes(outcome: Outcome | None) -> bool:
    """Whether the verifier passes all that an outcome says."""
    assert outcome is not None
    report = verify(PROBLEM, RULES, outcome.roster, certificate=outcome.certificate)
    assert report.bound is not None  # more may follow from a certificate than there was time to check
    return report.passed and report.cost == outcome.cost and outcome.bound <= report.bound


def found_otherwise(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Let the search hand out something else than it found."""
    search = engine.search

    def lie(*args: Any, **more: Any) -> Found:
        found = search(*args, **more)
        new = {name: change(found) for name, change in changes.items()}
        return replace(found, **new)

    monkeypatch.setattr(engine, "search", lie)


def doubled(found: Found) -> Roster:
    """A roster in which somebody works twice at a time."""
    assert found.roster is not None
    first = found.roster.duties[0]
    return Roster(duties=(*found.roster.duties, first.model_copy(update={"start": first.start + 15})))


def test_a_legal_roster_at_a_wrong_cost_is_handed_out_at_the_right_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A cost that was offered too high ended with "please report this", and the legal roster was lost.
    found_otherwise(monkeypatch, cost=lambda found: found.cost + 60)
    with pytest.raises(FailedVerification, match="cost in all is claimed") as failed:
        solved()
    assert passes(failed.value.outcome)


def test_of_rosters_that_do_not_pass_the_last_legal_one_before_is_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found_otherwise(
        monkeypatch,
        roster=doubled,
        earlier=lambda found: lambda: iter([doubled(found), found.roster]),
    )
    with pytest.raises(FailedVerification) as failed:
        solved()
    assert failed.value.report.misfits or failed.value.report.broken
    assert passes(failed.value.outcome)


def test_where_no_roster_passes_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found_otherwise(monkeypatch, roster=doubled, earlier=lambda _: None)
    with pytest.raises(FailedVerification) as failed:
        solved()
    assert failed.value.outcome is None


@pytest.mark.parametrize(
    "claim",
    [
        {"bound": 10**9},  # above what the prices prove, and above the cost
        {"unavoidable_wages": 10**9},
        {"slot_minutes": 7},  # does not even fit the input
        {"prices": {"nobody's": ()}},
    ],
    ids=str,
)
def test_a_false_certificate_is_replaced_by_what_it_proves_or_by_the_simplest(
    claim: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found_otherwise(
        monkeypatch,
        certificate=lambda found: found.certificate.model_copy(update=claim),
        bound=lambda found: claim.get("bound", found.bound),
    )
    with pytest.raises(FailedVerification) as failed:
        solved()
    assert passes(failed.value.outcome)


def test_earlier_rosters_of_a_search_get_cheaper() -> None:
    found = engine.search(PROBLEM, RULES, stop=COUNTED, workers=1)
    assert found.roster is not None and found.earlier is not None
    earlier = list(found.earlier())
    costs = [verify(PROBLEM, RULES, roster).cost.total for roster in (found.roster, *earlier)]
    assert costs == sorted(costs)


class Upset(Exception):
    """What an observer of ours raises."""


@pytest.mark.parametrize("phase", ["preparing", "first roster", "verifying"])
def test_what_progress_raises_ends_the_search_and_loses_nothing(phase: str) -> None:
    # The exception went through the search, and the roster with it.
    def progress(look: Progress) -> None:
        if look.phase.startswith(phase) and (look.cost is not None or phase == "preparing"):
            raise Upset(phase)

    with pytest.raises(BrokenOff, match=f"broken off by Upset\\('{phase}'\\)") as failed:
        solved(progress=progress)
    assert isinstance(failed.value.__cause__, Upset)
    assert (failed.value.outcome is None) == (phase == "preparing")
    assert phase == "preparing" or passes(failed.value.outcome)


@pytest.mark.parametrize("upset", [Upset, asyncio.CancelledError, SystemExit, GeneratorExit, StopIteration])
def test_whatever_on_roster_or_progress_raise_nothing_is_lost(upset: type[BaseException]) -> None:
    # What is no ordinary exception, as of a cancelled task, went through the search, and the roster with it.
    def raising(_: object) -> None:
        raise upset

    def raising_at_the_end(look: Progress) -> None:
        if look.phase == "verifying":
            raise upset

    for observer in ({"on_roster": raising}, {"progress": raising_at_the_end}):
        with pytest.raises(BrokenOff) as failed:
            solved(**observer)
        assert isinstance(failed.value.__cause__, upset)
        assert passes(failed.value.outcome)


def test_a_keyboard_interrupt_of_an_observer_ends_the_search_in_whatever_phase() -> None:
    def pressing(phase: str) -> Any:
        def progress(look: Progress) -> None:
            if look.phase.startswith(phase) and look.cost is not None:
                raise KeyboardInterrupt

        return progress

    assert passes(solved(progress=pressing("first roster")))
    assert passes(solved(progress=pressing("verifying")))


def test_a_keyboard_interrupt_before_there_is_a_roster_comes_out_as_it_is() -> None:
    # The page promised BrokenOff for whatever an observer raises; what asks for the end is no fault.
    def progress(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solved(progress=progress)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no alarms")
@pytest.mark.parametrize("upset", [Upset, SystemExit])
def test_what_a_signal_handler_of_the_program_raises_loses_nothing(upset: type[BaseException]) -> None:
    # Task queues end work that takes too long so; the roster went with it.
    def handler(*_: object) -> None:
        raise upset

    before = signal.signal(signal.SIGTERM, handler)
    try:
        with pytest.raises(BrokenOff) as failed:
            solved(on_roster=lambda _: os.kill(os.getpid(), signal.SIGTERM))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert passes(failed.value.outcome)


def test_a_fault_in_the_search_itself_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(import_module("scheduler.engine.search")._Search, "go_on", broken)
    with pytest.raises(BrokenOff) as failed:
        solved()
    assert passes(failed.value.outcome)


def test_better_rosters_are_handed_out_on_the_way() -> None:
    seen: list[Improvement] = []
    outcome = solved(on_roster=seen.append)
    assert seen
    for better in seen:
        report = verify(PROBLEM, RULES, better.roster)
        assert report.is_legal and report.cost == better.cost
    costs = [better.cost.total for better in seen]
    assert costs == sorted(costs, reverse=True) and costs[-1] >= outcome.cost.total


def test_a_cancelled_search_hands_out_its_best_roster() -> None:
    cancel, looks = Cancel(), []

    def progress(look: Progress) -> None:
        looks.append(look)
        if look.cost is not None:
            cancel.cancel()

    outcome = solved(stop=Stop(seconds=None, rounds=10**6), cancel=cancel, progress=progress)
    assert outcome.stopped_by in ("user", "optimal") and passes(outcome)
    assert all(0 <= look.fraction <= 1 for look in looks if look.fraction is not None)


def test_who_cancels_gets_the_roster_soon_and_the_proof_if_patient() -> None:
    # some cancelled searches took one and a half seconds to return, nearly all of it for the proof
    def seconds(cancel: Cancel, searched: float = 100, proof: Proof = "quick") -> float | None:
        return handover.budget_for(searched, cancel, proof).seconds

    hasty, patient = Cancel(), Cancel(is_patient=True)
    assert seconds(hasty) == seconds(patient) == 20
    assert seconds(hasty, proof="full") is None
    hasty.cancel()
    patient.cancel()
    assert seconds(hasty) == seconds(hasty, proof="full") == 0.5
    assert seconds(patient) == 20


def test_a_search_that_was_cancelled_before_there_was_a_roster_finds_nothing() -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(NothingFound, match="before it was cancelled"):
        solve(*odd_triangle(), workers=1, cancel=cancel)


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send an interrupt to one process alone")
def test_ctrl_c_is_taken_for_cancel_and_the_handler_is_put_back() -> None:
    # A KeyboardInterrupt in the middle of numpy came out of it as a TypeError.
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        outcome = solved(
            stop=Stop(seconds=None, rounds=10**6),
            on_roster=lambda _: os.kill(os.getpid(), signal.SIGINT),
        )
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        with pytest.raises(KeyboardInterrupt):  # nothing to hand out yet
            solved(progress=lambda _: os.kill(os.getpid(), signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)
    assert passes(outcome)


def test_in_another_thread_signals_are_left_alone() -> None:
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(solved()))
    thread.start()
    thread.join()
    assert passes(outcomes[0])


def test_an_interrupt_while_verifying_keeps_the_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    # It came out of solve as it was, after all of the search.
    calls: list[bool] = []

    def verify_interrupted(*args: Any, **more: Any) -> Any:
        calls.append(True)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return verify(*args, **more)

    monkeypatch.setattr(handover, "verify", verify_interrupted)
    assert passes(solved())


def test_a_signal_while_threads_end_loses_no_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    # The search was over, and who pressed Ctrl-C once more while it waited for its threads got no roster.
    class Interrupted(ThreadPoolExecutor):
        def __exit__(self, *fault: Any) -> None:
            super().__exit__(*fault)
            raise KeyboardInterrupt

    monkeypatch.setattr(import_module("scheduler.engine.search"), "ThreadPoolExecutor", Interrupted)
    assert passes(solved())
