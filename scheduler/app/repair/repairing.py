"""The verb ``repair``: a roster brought in order again with few changes.

Called by the command line and by services. The order of things stands here: what of the roster stands, the
cheapest repair, the fewest changes that make it legal, and what numbers of changes buy.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import chain, count
from operator import index
from pathlib import Path
from typing import IO

from scheduler.app import planning
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.arguments.interruption import of_ctrl_c
from scheduler.app.input_checks.faults import must_be_plannable
from scheduler.app.planning import DEFAULT_STOP, versions
from scheduler.app.repair.locks import locks_in_the_way
from scheduler.app.repair.nearest_roster import nearest
from scheduler.app.repair.repairable import Repairable
from scheduler.app.repair.search import RepairSearch
from scheduler.app.repair.short_weeks import asking_less, short_weeks, told
from scheduler.app.results import handover
from scheduler.app.results.read_back import result_book
from scheduler.changes.repair.at_moment import roster_at
from scheduler.changes.repair.trade_off_curve import COUNTS
from scheduler.changes.repair.week_now import week_now
from scheduler.domain import (
    BadInput,
    Cancel,
    Certificate,
    Contradiction,
    NothingFound,
    Outcome,
    Problem,
    Progress,
    Roster,
    Stop,
)
from scheduler.domain.changes.repair import Repaired
from scheduler.domain.results.certificate import Proof
from scheduler.domain.values.money import each
from scheduler.io.files.streams import Target, is_json, save, target_of
from scheduler.io.input import json_document
from scheduler.io.result import workbook_writer
from scheduler.io.result.documents.repair_json import repair_document
from scheduler.io.result.sheets.roster.kept_edits import put_kept_edits
from scheduler.model import RuleBook

CHANGE_PRICE, BREAK_PRICE = 2000, 200
"""Cents for a changed person's day, and for one on which only breaks move."""


def repair(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    *,
    from_: datetime | str | None = None,
    change_price: int = CHANGE_PRICE,
    break_price: int = BREAK_PRICE,
    most_changes: int | None = None,
    locked: Collection[tuple[str, int]] = (),
    counts: Iterable[int] = COUNTS,
    certificate: Certificate | None = None,
    stop: Stop = DEFAULT_STOP,
    seed: int = 1,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    proof: Proof = "quick",
) -> Repaired:
    """Bring a roster in order again, near the least of cost and price of changes, with a proven bound.

    Parameters
    ----------
    problem, rules
        The week as it is now.
    roster
        As it was; it need not be legal, and may hold people and shifts that the week has no more.
    from_
        Everything before this moment stands still: local time of the campaign, or with an offset. ``None``
        is the beginning of the week, before which nothing is.
    change_price
        Cents for each person's day whose template, start, length or freedom differs.
    break_price
        Cents for each person's day on which only breaks move; not more than ``change_price`` counts.
    most_changes
        Changes that are allowed; break moves are not limited. ``None`` is any number.
    locked
        Agents and day numbers that stay as they are. A mapping says of each why, and how to let it go, as
        :func:`read_repairable` does.
    counts
        Numbers of changes for which the least cost is asked.
    certificate
        Of the old roster, if it has one; its prices lead the search.
    stop, seed, workers, progress, cancel, proof
        As for :func:`scheduler.solve`; the time is that of everything together.

    Raises
    ------
    BadInput, Contradiction, NothingFound, FailedVerification, UnsupportedRule
        As for :func:`scheduler.solve`. Where ``most_changes`` are too few, ``Contradiction`` says how many it
        takes, if that is proven. Where no legal roster was found, the exception's ``nearest`` is one that
        breaks as little as was found, if there was time to look for it.
    """
    must_be_right(
        problem=problem, rules=rules, roster=roster, certificate=certificate, stop=stop, seed=seed,
        workers=workers, progress=progress, cancel=cancel, proof=proof, change_price=change_price,
        break_price=break_price, most_changes=most_changes,
    )  # fmt: skip
    problem, since, credited, said = week_now(problem, roster, from_)
    short = _must_be_repairable(problem, rules)
    at_moment = roster_at(problem, rules, roster, since)
    cancel = cancel or Cancel(is_patient=True)
    wanted = sorted({*counts, *([] if most_changes is None else [most_changes])})
    with of_ctrl_c(cancel):
        run = RepairSearch(
            problem, rules, roster, at_moment, since, at_moment.stays_free.union(locked), each(change_price),
            each(break_price), handover.Origin(index(seed), versions(), ""), stop, workers, progress, cancel,
            proof, certificate, wanted, short,
        )  # fmt: skip
        try:
            run.cheapest()
        except (Contradiction, NothingFound) as none:
            if not run.has_time or cancel.is_cancelled:
                raise
            why = locked if isinstance(locked, Mapping) else {}
            raise none.with_nearest(nearest(run), locks_in_the_way(run, why)) from None
        fewest = run.fewest()
        run.fill_curve()
        repaired = run.repaired(fewest, most_changes)
    return repaired.model_copy(update={"findings": (*credited, *told(short), *said, *at_moment.findings)})


def _must_be_repairable(problem: Problem, rules: RuleBook) -> tuple[str, ...]:
    """Refuse what cannot be planned with; who has a week that no longer holds their hours."""
    try:
        must_be_plannable(problem, rules)
    except BadInput as bad:
        short = short_weeks(problem, bad.findings)
        if not short:
            raise
        must_be_plannable(problem, asking_less(problem, rules, short))
        return short
    return ()


def write_repaired(
    path: Target, problem: Problem, rules: RuleBook, repaired: Repaired, old: Repairable | None = None
) -> tuple[str, ...]:
    """Write a repaired roster like any other, with the sheet Changes and a mark on each cell that changed.

    Parameters
    ----------
    old
        The roster as it was, from :func:`read_repairable`: its days that were edited by hand stay known as
        such, and what people have put into its workbook beside the roster is taken along.

    Returns
    -------
    tuple of str
        What of that was kept, and what was not.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    return _written(target_of(path), repaired.problem, rules, repaired.outcome, old, repaired)


def not_legal_beside(path: Path) -> Path:
    """Where a roster that is not legal is written: beside what was asked for, where nothing stands."""
    plain = f"{path.stem}-not-legal"
    for stem in chain((plain,), (f"{plain}-{number}" for number in count(2))):
        free = path.with_name(f"{stem}{path.suffix}")
        if not free.exists() and not free.is_symlink():
            return free
    raise AssertionError("numbers do not end")


def write_nearest(
    path: Target, problem: Problem, rules: RuleBook, nearest: Outcome, old: Repairable,
    from_: datetime | str | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write a roster that is not legal, from the exception of a repair; every sheet says what it breaks.

    Returns
    -------
    tuple of str
        What was kept of people's own content, and what was not.

    Raises
    ------
    BadInput
        If it cannot be written there.
    """
    problem = week_now(problem, old.roster, from_).problem
    return _written(target_of(path), problem, rules, nearest, old)


def _written(
    target: Path | IO[bytes], problem: Problem, rules: RuleBook, outcome: Outcome, old: Repairable | None,
    repaired: Repaired | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Write an outcome with what is known of the old roster; what of people's own was kept, and what not."""
    own = None if old is None else old.own_content()
    if isinstance(target, Path) and is_json(target):
        planning.write_workbook(target, problem, rules, outcome)
        return () if own is None else own.lost()
    result = result_book(problem, rules, outcome)
    if old is not None:
        put_kept_edits(result, old.kept)
    if repaired is not None:
        workbook_writer.add_repair(result, repaired)
    notes = () if own is None else own.put_into(result.book)
    save(result.book, target)
    return notes


def repair_as_json(problem: Problem, repaired: Repaired) -> str:
    """A repair as JSON; ``schema("repair")`` describes its fields."""
    return json_document.pretty(repair_document(problem, repaired))
