"""Edits by hand on Duties and on Roster: each read as meant, with verdict, figures and cell right.

``python -m tests.attacks hand_edits --count 300 --seed 1`` edits so many workbooks of small centres, wards,
generated weeks and the example week; each number has a seed of its own, so that ``--first 17 --count 1`` does
the seventeenth again. What an edit means is decided on the roster itself, without the file, and judged by the
public ``verify``. Where a planner leaves breaks or a start open, the file has to be read as one of the
placements, and as a legal one if any is. What went wrong is printed when it is found. Exits with 1 where
anything was read, judged, counted or placed otherwise.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from openpyxl import load_workbook

from scheduler.app import planning
from scheduler.app.results import read_back as results
from scheduler.command_line.output.verdict import exit_of
from scheduler.domain import BadInput, Problem, Report, Roster, StaffcurveError, Stop
from scheduler.model import RuleBook
from tests.attacks.edits_meant import Edit, Meant
from tests.attacks.edits_on_duties import (
    added_row,
    deleted_row,
    lengthened_row,
    moved_break,
    moved_row,
    swapped_rows,
)
from tests.attacks.edits_on_roster import named, off, retimed
from tests.attacks.forgeries import Case, cases
from tests.property.problems import small_case

Weeks = Sequence[tuple[Case, bytes]]
MOST_GENERATED = 20
MOST_TRIED = 200
"""Placements of what an edit leaves open that are judged, where the one in the file is not legal."""
MOST_DRAWN = 60
"""Weeks in which something is looked for that a kind of edit can be made of."""
EXAMPLE = Path(__file__).parents[2] / "examples" / "contact_centre_week.xlsx"

EDITS: tuple[Edit, ...] = (
    moved_row, retimed, moved_break, off, lengthened_row, named, deleted_row, swapped_rows, added_row,
)  # fmt: skip


@cache
def forged_weeks() -> tuple[tuple[Case, bytes], ...]:
    """The cases of the forgeries with their workbooks."""
    return tuple((case, case.written(".xlsx")) for case in cases())


def solved(problem: Problem, rules: RuleBook) -> Case:
    """A case whose roster comes out the same every time."""
    return Case(problem, rules, planning.solve(problem, rules, workers=1, stop=Stop(seconds=None, rounds=1)))


@cache
def example_week() -> tuple[tuple[Case, bytes], ...]:
    """The example week and its workbook."""
    case = solved(*planning.read_workbook(EXAMPLE))
    return ((case, case.written(".xlsx")),)


@cache
def generated_weeks() -> tuple[tuple[Case, bytes], ...]:
    """Generated weeks without a change of clock, and their workbooks."""
    made: list[Case] = []
    for seed in range(MOST_GENERATED):
        problem, rules = small_case(seed)
        if not problem.grid.time_zone.startswith("UTC"):
            continue
        try:
            case = solved(problem, rules)
        except StaffcurveError:  # some have no legal roster
            continue
        if case.outcome.roster.duties:
            made.append(case)
    return tuple((case, case.written(".xlsx")) for case in made)


def fault(case: Case, meant: Meant, content: bytes) -> str:
    """What is wrong with what is said of an edited workbook; empty if nothing."""
    problem, rules = case.problem, case.rules
    try:
        said = results.verify_file(problem, rules, content)
        roster = results.read_roster(content, problem, rules)
    except BadInput as refused:
        places = {str(finding.place) for finding in refused.findings}
        return "" if places == {meant.refused} else f"refused: {refused}"
    if meant.refused:
        return f"not refused at {meant.refused}, but {said.edits} {said.mismatches}"
    if not meant.choice_of(case, roster):
        return f"read as {set(roster.duties) - set(case.outcome.roster.duties)}"
    return _judged_otherwise(case, meant, roster, said) or _told_otherwise(meant, said)


def _judged_otherwise(case: Case, meant: Meant, roster: Roster, said: Report) -> str:
    problem, rules, before = case.problem, case.rules, case.outcome.cost.total
    right = planning.verify(problem, rules, roster)
    if (said.is_legal, said.cost.total) != (right.is_legal, right.cost.total):
        return f"judged {said.is_legal, said.cost.total}, not {right.is_legal, right.cost.total}"
    if not right.is_legal:
        tried = Random(0).sample(meant.come, min(MOST_TRIED, len(meant.come)))
        better = (come for come in tried if planning.verify(problem, rules, meant.with_(case, come)).is_legal)
        if (one := next(better, None)) is not None:
            return f"not legal, but would be as {one}: {[*map(str, said.faults())][:3]}"
    if meant.cells and (said.changed_by is None or said.changed_by.cost != right.cost.total - before):
        return f"changed by {said.changed_by}, not {right.cost.total - before}"
    return ""


def _told_otherwise(meant: Meant, said: Report) -> str:
    cells = {edit.cell for edit in said.edits}
    if not cells <= meant.cells or (meant.cells and not cells):
        return f"edited at {cells}, not {set(meant.cells)}"
    wanted = 5 if not said.is_legal or meant.wrong else 6 if meant.cells else 0
    if exit_of(said) != wanted:
        return f"exit code {int(exit_of(said))}, not {wanted}: {said.mismatches} {said.outdated}"
    if not all(any(cell in wrong for wrong in said.mismatches) for cell in meant.wrong):
        return f"wrong at {said.mismatches}, not {set(meant.wrong)}"
    breaches = [*said.misfits, *said.broken]
    if not all(breach.cells for breach in breaches if breach.agent):
        return f"a breach without a cell: {breaches}"
    return ""


class Tried(NamedTuple):
    """An edit, and what was wrong with what was said of it; nothing if that is empty."""

    number: int
    kind: str
    done: str
    wrong: str


def trials(weeks: Weeks, seed: int, first: int = 1) -> Iterator[Tried]:
    """Edits of every kind in turn, each of a week that is drawn."""
    for number in count(first):
        edit, random = EDITS[number % len(EDITS)], Random(f"{seed} {number}")
        for _ in range(MOST_DRAWN):
            case, content = random.choice(weeks)
            book = load_workbook(BytesIO(content))
            meant = edit(case, book, random)
            if meant is not None:
                break
        else:
            continue
        saved = BytesIO()
        book.save(saved)
        done = f"{case.problem.name}: {meant.done}"
        yield Tried(number, edit.__name__, done, fault(case, meant, saved.getvalue()))


def main(words: list[str]) -> int:
    """Run it; print what went wrong at once, and in the end how often what was right."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks hand_edits", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="the number of the first edit")
    asked = parser.parse_args(words)
    weeks = (*forged_weeks(), *generated_weeks(), *example_week())
    told = Counter[str]()
    for tried in islice(trials(weeks, asked.seed, asked.first), asked.count):
        told[f"{tried.kind}: {'WRONG' if tried.wrong else 'right'}"] += 1
        if tried.wrong:
            print(f"#{tried.number} {tried.done}: {tried.wrong}", flush=True)
    for what, number in sorted(told.items()):
        print(f"{number:5}  {what.replace('_', ' ')}")
    return int(any("WRONG" in what for what in told))
