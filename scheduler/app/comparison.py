"""The verbs that compare two rosters, each read with its input.

Called by the command line and by services. What is legal and what it costs is the verifier's word.
"""

from dataclasses import dataclass

from scheduler.app.arguments.checks import must_be_right
from scheduler.app.planning import read_workbook
from scheduler.app.results.read_back import read_meant
from scheduler.changes.comparison import compare as comparing
from scheduler.domain import Problem, Roster
from scheduler.domain.changes.comparison import Comparison
from scheduler.domain.findings.errors import refused
from scheduler.domain.results.edited import UntakenEdit
from scheduler.io.files.streams import Readable, at_one_moment, is_json, source_of
from scheduler.io.input import json_document
from scheduler.io.result.documents.comparison_json import comparison_document
from scheduler.model import RuleBook
from scheduler.texts import text
from scheduler.verifier import verify


@dataclass(frozen=True)
class Planned:
    """A roster with the input that it belongs to, and the edits in its file that cannot be taken."""

    problem: Problem
    rules: RuleBook
    roster: Roster
    untaken: tuple[UntakenEdit, ...] = ()


def read_planned(path: Readable, week: Readable | None = None) -> Planned:
    """Read a roster together with its input.

    Parameters
    ----------
    path
        A roster workbook, which holds a copy of its input, or the ``.json`` of a result, which holds none.
    week
        The input, where it is not to be the copy inside the workbook.

    Raises
    ------
    BadInput
        If either cannot be read, or if a result in JSON comes without its input.
    """
    source = at_one_moment(path)
    if week is None and is_json(source):
        message = text("a result in JSON holds no copy of its input.")
        hint = text("Name the input as well (--input WEEK.xlsx), or give the roster workbook.")
        raise refused(source, message, hint)
    problem, rules = read_workbook(source if week is None else week)
    return Planned(problem, rules, *read_meant(source, problem, rules))


def compare(
    problem: Problem,
    rules: RuleBook,
    roster: Roster,
    other: Roster,
    *,
    other_input: tuple[Problem, RuleBook] | None = None,
) -> Comparison:
    """What differs between two rosters: each person and day, cost, hours and coverage.

    Parameters
    ----------
    other_input
        Problem and rules of the second roster, where they are not those of the first.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    must_be_right(problem=problem, rules=rules, roster=roster)
    must_be_right(roster=other)
    then = other_input or (problem, rules)
    must_be_right(problem=then[0], rules=then[1])
    return comparing.compare(
        problem,
        rules,
        (roster, verify(problem, rules, roster)),
        (other, verify(*then, other)),
        other=then,
    )


def compare_files(one: Readable, other: Readable, week: Readable | None = None) -> Comparison:
    """Compare the rosters of two files, each counted against its own input.

    Parameters
    ----------
    one, other, week
        As for :func:`read_both`.

    Raises
    ------
    BadInput
        If a file cannot be read.
    """
    return compare_planned(*read_both(one, other, week))


def read_both(one: Readable, other: Readable, week: Readable | None = None) -> tuple[Planned, Planned]:
    """Read two rosters with their inputs.

    Parameters
    ----------
    one, other
        Roster workbooks, or results in JSON. Where just one of them holds its input, both are read by it.
    week
        The input of both, instead.

    Raises
    ------
    BadInput
        If a file cannot be read.
    """
    holds_none = [is_json(source_of(path)) for path in (one, other)]
    if week is None and holds_none == [True, False]:
        then, first = read_both(other, one)
        return first, then
    first = read_planned(one, week)
    if week is None and not holds_none[1]:
        return first, read_planned(other)
    return first, Planned(first.problem, first.rules, *read_meant(other, first.problem, first.rules))


def compare_planned(first: Planned, then: Planned) -> Comparison:
    """The same as :func:`compare`, of rosters that were read with their inputs."""
    return compare(
        first.problem, first.rules, first.roster, then.roster, other_input=(then.problem, then.rules)
    )


def comparison_as_json(problem: Problem, comparison: Comparison) -> str:
    """A comparison as JSON; ``schema("comparison")`` describes its fields."""
    return json_document.pretty(comparison_document(problem, comparison))
