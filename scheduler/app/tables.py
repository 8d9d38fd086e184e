"""Inputs and results as tables: frames of pandas, and folders of CSV files.

Called by the command line and by engineers. What is read goes through the reader of workbooks; what is
written of a result has passed the verifier.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import constraints
from scheduler.app.arguments.checks import must_be_right
from scheduler.app.input_checks.faults import faults_of
from scheduler.app.input_checks.readings import accepted, cross_checked
from scheduler.app.planning import is_folder, read
from scheduler.app.results.read_back import recounted
from scheduler.domain import BadInput, Finding, Outcome, Place, Problem, Report
from scheduler.domain.findings.errors import refused
from scheduler.domain.findings.finding import Severity
from scheduler.domain.results.roster import AgentDay
from scheduler.domain.values.words import plain_rule_name, shown
from scheduler.io.cells.conventions import DecimalSign
from scheduler.io.cells.frames import text_rows
from scheduler.io.exports.file_names import CALENDARS, PERSONAL_PLANS
from scheduler.io.files.csv_file import CSV, csv_text
from scheduler.io.files.streams import AnyPath, Readable, at_one_moment, is_json, path_of
from scheduler.io.files.writing.write_files import not_writable, write_files
from scheduler.io.input.sheets import SHEETS
from scheduler.io.input.sheets.results import DUTIES
from scheduler.io.input.sheets.tables import RESULT_TABLES
from scheduler.io.result.reading.called_off import days_called_off
from scheduler.io.result.reading.workbook_reader import is_roster
from scheduler.model import RuleBook
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd

_TITLES = {sheet.key: sheet.title for sheet in SHEETS} | dict(RESULT_TABLES)
_NO_CLOCKS = {column.title for sheet in SHEETS for column in sheet.columns if column.is_no_clock}
_WRITTEN: Mapping[DecimalSign, tuple[str, str]] = {"point": (".", ","), "comma": (",", ";")}
"""The decimal sign, and the separator beside which it can stand."""


def frames(problem: Problem, rules: RuleBook, outcome: Outcome | None = None) -> "dict[str, pd.DataFrame]":
    """An input as frames, or with an outcome its result, with typed columns.

    Without an outcome there is a frame for each sheet of the input, by its key (``settings``, ``skills``,
    ``demand``, ``agents`` ...), which :func:`read_frames` reads. With one they are ``duties`` (with days of
    absence), ``duty_breaks``, ``coverage`` by interval and skill, ``shift_coverage``, ``scenario_costs``,
    ``agent_hours`` with pay, ``pay_lines`` where premiums are given, ``costs``, ``violations`` and
    ``findings``.

    Raises
    ------
    BadInput
        If an argument is not what it must be.
    """
    must_be_right(problem=problem, rules=rules, outcome=outcome)
    if outcome is None:
        from scheduler.io.input.frames import input_frames

        return input_frames(problem, rules, constraints.CATALOGUE)
    from scheduler.io.result.contents.frames import result_frames

    return result_frames(problem, outcome, faults_of(problem, rules))


def read_frames(frames: "Mapping[str, pd.DataFrame | Mapping[str, Any]]") -> tuple[Problem, RuleBook]:
    """Read an input that can be planned with from frames with the headings of the sheets.

    Parameters
    ----------
    frames
        By the key or the title of the sheet. Lengths and clock times may be ``timedelta``, lists of names may
        be lists; the settings may be a mapping of labels to values.

    Raises
    ------
    BadInput
        With every finding, each at its frame, row (as ``iloc`` counts) and column.
    """
    from scheduler.io.input.frames import read_frames as read_all

    if not isinstance(frames, Mapping):
        message = text("{value} is given where frames by their sheets belong.", value=shown(frames))
        raise refused("frames", message)
    return accepted(cross_checked(read_all(frames, constraints.CATALOGUE)))


def write_folder(
    folder: AnyPath,
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome | None = None,
    *,
    decimal_sign: DecimalSign | None = None,
    replace: bool = False,
    cancelled: Iterable[AgentDay] = (),
) -> None:
    """Write an input, and with an outcome its result too, as a folder of CSV files, all of them or none.

    With an outcome there are personal plans too: a printed page for each agent in one workbook, and in the
    folder ``calendars`` a calendar for each agent (RFC 5545).

    Parameters
    ----------
    cancelled
        Days whose duty fell away, by agent and day: calendars that have it are told.
    decimal_sign
        As the settings say by default. With ``"comma"`` cells are set apart by semicolons, as spreadsheets of
        those countries expect; the settings say so too then.
    replace
        Whether files of the same names are replaced.

    Raises
    ------
    BadInput
        If they cannot be written, or are there already.
    """
    if decimal_sign is not None and decimal_sign != (problem.decimal_sign or "point"):
        problem = problem.model_copy(update={"decimal_sign": decimal_sign})
    sign, separator = _WRITTEN[problem.decimal_sign or "point"]
    tables = frames(problem, rules)
    if outcome is not None:
        tables |= frames(problem, rules, outcome)
    contents = {}
    for key, frame in tables.items():
        rows = list(text_rows(frame, sign, _NO_CLOCKS))
        written = csv_text([str(heading) for heading in frame.columns], rows, separator)
        contents[f"{_TITLES[key]}{CSV}"] = written.encode("utf-8-sig")
    if outcome is not None:
        contents |= _personal(problem, rules, outcome, cancelled)
    write_files(path_of(folder), contents, replace=replace)


def _personal(
    problem: Problem, rules: RuleBook, outcome: Outcome, cancelled: Iterable[AgentDay]
) -> dict[str, bytes]:
    """What is handed to each person, by the name of the file."""
    from scheduler.io.exports.calendars import calendars
    from scheduler.io.exports.personal_plans import personal_plans

    now = datetime.now(UTC).replace(microsecond=0)
    return {
        PERSONAL_PLANS: personal_plans(problem, rules, outcome),
        **calendars(problem, outcome.roster, cancelled, now),
    }


@dataclass(frozen=True)
class WeekInFile:
    """What a file or a folder holds: an input, and the result where it is a roster workbook.

    Parameters
    ----------
    is_roster
        Whether it is one, also where ``outcome`` was not asked for.
    warnings
        What was found in the input, each at its cell.
    sheets_beside
        Titles of its sheets that are neither input nor of the roster.
    cancelled
        Days whose duty fell away by a repair or an edit, as far as the workbook says so.
    breaches
        What of the roster is not legal, each at its cell.
    """

    problem: Problem
    rules: RuleBook
    outcome: Outcome | None
    decimal_sign: DecimalSign
    is_roster: bool
    warnings: tuple[Finding, ...]
    sheets_beside: tuple[str, ...]
    cancelled: frozenset[AgentDay] = frozenset()
    breaches: tuple[Finding, ...] = ()


def read_input(path: Readable) -> WeekInFile:
    """Read an input, or that of a roster workbook alone.

    Raises
    ------
    BadInput
        If it cannot be read.
    """
    source = at_one_moment(path)
    reading = read(source)
    problem, rules = accepted(reading)
    return WeekInFile(
        problem,
        rules,
        None,
        "comma" if reading.ways.decimal_sign == "," else "point",
        not is_json(source) and not is_folder(source) and is_roster(source),
        reading.told,
        reading.sheets_beside,
    )


def read_week(path: Readable) -> WeekInFile:
    """Read an input, and of a roster workbook the roster too, with every figure counted again.

    Raises
    ------
    BadInput
        If it cannot be read, or has a duty that the input does not offer.

    Notes
    -----
    A rule that must be kept and is not is a warning: what was worked is to be paid, be it legal or not.
    """
    source = at_one_moment(path)
    found = read_input(source)
    if not found.is_roster:
        return found
    outcome = recounted(found.problem, found.rules, source)
    if outcome.report.misfits:
        raise BadInput(_at_cell(one.cells, one.sentence) for one in outcome.report.misfits)
    return dataclasses.replace(
        found,
        outcome=outcome,
        breaches=tuple(_breaches(outcome.report)),
        cancelled=days_called_off(source, found.problem),
    )


def _breaches(report: Report) -> Iterator[Finding]:
    """What of a roster is not legal, for who takes figures from it."""
    for one in report.broken:
        message = text(
            "not legal, and written as it stands: {rule}: {sentence}",
            rule=plain_rule_name(one.rule),
            sentence=one.sentence,
        )
        yield _at_cell(one.cells, message, Severity.WARNING)


def _at_cell(cells: Sequence[str], message: str, severity: Severity = Severity.ERROR) -> Finding:
    place = Place.of_cell(cells[0]) if cells else Place(sheet=DUTIES)
    return Finding(place=place, message=message, severity=severity)


def files_in(folder: AnyPath) -> tuple[Path, ...]:
    """All files that :func:`write_folder` may write into a folder, and the calendars that are there."""
    there = path_of(folder)
    tables = (there / f"{title}{CSV}" for title in _TITLES.values())
    return (*tables, there / PERSONAL_PLANS, *sorted((there / CALENDARS).glob("*")))


def folder_faults(folder: AnyPath, *, replace: bool = False) -> list[Finding]:
    """Why :func:`write_folder` could not write there, found out beforehand; empty if it could."""
    there = path_of(folder)
    names = [str(path.relative_to(there)) for path in files_in(folder)]
    return not_writable(there, names, replace=replace)
