"""From contacts to the requirement, without planning: the steps shown, volumes of another tool taken in.

Called by the command ``demand`` and by engineers. Whatever is said of shifts, people and rules is left
aside, so that a requirement can be had before there are any.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import constraints
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.input_checks.faults import faults_of
from scheduler.app.planning import as_it_stands
from scheduler.demand.requirement import with_requirement as computed_requirement
from scheduler.domain import BadInput, Finding, Problem
from scheduler.domain.checks.demand.volumes import volume_faults
from scheduler.domain.findings.errors import refused
from scheduler.domain.values.words import shown
from scheduler.io.cells.conventions import as_settings_say
from scheduler.io.files.limits import NotRead
from scheduler.io.files.streams import AnyPath, Readable, path_of
from scheduler.io.input.reading.kinds_of_findings import one_line_a_kind
from scheduler.io.input.reading.result import Draft, Notebook, Reading
from scheduler.io.input.sheets import (
    DEMAND,
    REQUIREMENT,
    SCENARIOS,
    SERVICE_GOALS,
    SETTINGS,
    SHRINKAGE,
    SKILLS,
    VOLUMES,
)
from scheduler.model import RuleBook
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd

    Table = AnyPath | pd.DataFrame

LOG = logging.getLogger("staffcurve")
_SHEETS = (SETTINGS, SKILLS, DEMAND, VOLUMES, SERVICE_GOALS, SHRINKAGE, REQUIREMENT, SCENARIOS)
_TITLES = frozenset(name for sheet in _SHEETS for name in (sheet.title, sheet.chinese, sheet.key))
_MAY_BE_MISSING = frozenset((DEMAND.title, VOLUMES.title))
_FACTS = frozenset(("grid", "skills", "problem", "schema_version", *(sheet.key for sheet in _SHEETS)))


@dataclass(frozen=True)
class RequirementReading:
    """What is asked for by the interval.

    Parameters
    ----------
    findings
        Each at its cell; of an input that need not be whole, those on the sheets from Settings to
        Requirement.
    notes
        What was done with volumes that were taken in.
    sheets_beside
        Titles of sheets that are not input, and of which no copy has anything.
    """

    problem: Problem
    rules: RuleBook
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    sheets_beside: tuple[str, ...] = ()


def with_requirement(problem: Problem) -> Problem:
    """The problem with the requirement of its volumes computed, for problems that are made in Python.

    What is read from a file or from frames has it already.

    Raises
    ------
    BadInput
        If the volumes, the service goals or the shrinkage have errors.
    """
    must_be_right(problem=problem)
    wrong = [fault for fault in volume_faults(problem) if fault.is_error]
    if wrong:
        raise BadInput(wrong)
    return computed_requirement(problem)


def requirement(input: "Readable | Mapping[str, Any]") -> "pd.DataFrame":
    """The steps from contacts to the requirement, a row an interval and skill.

    Parameters
    ----------
    input
        An input, of which Settings, Skills, Volumes, Service goals and Shrinkage are enough: a workbook,
        JSON, a folder of CSV files, or frames by their sheets, as :func:`scheduler.read_frames` takes them.

    Raises
    ------
    BadInput
        With every finding on these sheets.

    Notes
    -----
    Workload ``A`` = contacts x AHT / interval; base staff is the smallest number of agents with which the
    queue meets the goal (Erlang C, or Erlang A with patience, see :mod:`scheduler.demand.queue`); the
    requirement is base staff / (1 - shrinkage), rounded up.
    """
    from scheduler.io.input.frames import requirement_frame

    return requirement_frame(asked_for(input).problem)


def asked_for(
    source: "Readable | Mapping[str, Any]",
    volumes: "Table | None" = None,
    *,
    skill: str | None = None,
    is_whole: bool = False,
) -> RequirementReading:
    """What is asked for by volumes, as :func:`read_asked` has it.

    Raises
    ------
    BadInput
        If a finding is an error, or no skill has volumes.
    """
    asked = read_asked(source, volumes, skill=skill, is_whole=is_whole)
    if not asked.problem.volumes:
        raise refused(
            "volumes",
            text("there are no volumes to compute a requirement from."),
            text(
                "Write contacts on Volumes and what is promised on Service goals; staffcurve new WEEK.xlsx "
                "--for calls has both, with worked rows."
            ),
        )
    return asked


def read_asked(
    source: "Readable | Mapping[str, Any]",
    volumes: "Table | None" = None,
    *,
    skill: str | None = None,
    is_whole: bool = False,
) -> RequirementReading:
    """What is asked for, with the findings that concern it.

    Parameters
    ----------
    volumes, skill
        A table of volumes to take in first, as for :func:`with_volumes`.
    is_whole
        Whether shifts, people and rules matter too.

    Raises
    ------
    BadInput
        If a finding is an error.
    """
    reading = _as_it_stands(source)
    draft = reading.draft or (Draft(reading.problem) if reading.problem else None)
    if draft is None:
        raise BadInput(reading.told)
    problem, unsound = draft.problem, draft.unsound
    notes: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()
    if volumes is not None:
        if reading.problem is None and ("grid",) in unsound:
            raise BadInput(reading.told)
        problem, notes, warnings = taken_in(problem, volumes, skill=skill)
        # sheets that are not there yet, or are empty
        kept = [one for one in reading.findings if one.place.cell or one.place.sheet not in _MAY_BE_MISSING]
        reading = replace(reading, findings=tuple(kept))
        unsound = frozenset(path for path in unsound if path not in (("demand",), ("volumes",)))
    computed = computed_requirement(problem)
    reading = replace(reading, findings=reading.with_findings(faults_of(computed, reading.rules, unsound)))
    findings = (*warnings, *(reading.told if is_whole else _of_these_sheets(reading)))
    if any(finding.is_error for finding in findings) or (is_whole and reading.rules is None):
        raise BadInput(findings)
    return RequirementReading(computed, reading.rules or RuleBook(), findings, notes, reading.sheets_beside)


def _as_it_stands(source: "Readable | Mapping[str, Any]") -> Reading:
    if not isinstance(source, Mapping):
        return as_it_stands(source)
    from scheduler.io.input.frames import read_frames

    return read_frames(source, constraints.CATALOGUE)


def _of_these_sheets(reading: Reading) -> Iterator[Finding]:
    for finding in reading.told:
        place = finding.place
        title = str(place.sheet or "").removesuffix(".csv").removesuffix(" (input)")
        if title in _TITLES or (not place.sheet and {*place.path[:1]} & _FACTS):
            yield finding


def with_volumes(
    problem: Problem, table: "Table", *, skill: str | None = None, interval_minutes: int | None = None
) -> Problem:
    """The problem with the volumes of another tool, its requirement computed.

    Skills that the table does not name keep theirs. What was done with intervals and rows is logged.

    Parameters
    ----------
    table
        A CSV file or a frame with the headings of the sheet Volumes: ``Date``, ``Start``, and ``Skill``,
        ``Contacts``, ``AHT (s)`` or a column a skill. ``Start`` may be a whole moment, also with an offset.
    skill
        Whose volumes they are, where the table has one column of contacts and names no skill.
    interval_minutes
        The interval of the table; by default the longest on which all its starts lie.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    found, notes, warnings = taken_in(problem, table, skill=skill, interval_minutes=interval_minutes)
    for line in (*notes, *map(str, warnings)):
        LOG.info("%s", line)
    return with_requirement(found)


def taken_in(
    problem: Problem, table: "Table", *, skill: str | None = None, interval_minutes: int | None = None
) -> tuple[Problem, tuple[str, ...], tuple[Finding, ...]]:
    """The problem with these volumes, nothing computed yet; what was done, and warnings.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    from scheduler.io.input.demand.volume_import import import_volumes
    from scheduler.io.input.demand.volume_table import raw_table

    must_be_right(problem=problem)
    skills = tuple(problem.skill_named)
    if skill is not None and skill not in skills:
        raise refused("skill", text("{skill} is no skill of this input.", skill=shown(skill)))
    notebook = Notebook()
    source = table if hasattr(table, "columns") else path_of(table)
    try:
        raw = raw_table(source)
    except NotRead as error:
        raise BadInput([error.finding]) from None
    imported = import_volumes(
        raw,
        problem.grid,
        skills if skill is None else (skill,),
        notebook,
        interval_minutes,
        as_settings_say(problem),
    )
    findings = tuple(one_line_a_kind(notebook.findings))
    if notebook.has_errors():
        raise BadInput(findings)
    names = {one.skill for one in imported.volumes}
    kept = tuple(one for one in problem.volumes if one.skill not in names)
    notes = [*imported.notes]
    replaced = [one.skill for one in problem.volumes if one.skill in names]
    if replaced:
        notes.append(text("Replaced: the volumes of {skills}.", skills=", ".join(replaced)))
    found = problem.model_copy(update={"volumes": (*kept, *imported.volumes), "requirement": ()})
    return found, tuple(notes), findings
