"""Writing a result as a workbook: the sheets that show it, then the input sheets again.

Called by :mod:`scheduler.app.planning`. What is written can be edited by hand and read again, the roster with
:func:`scheduler.io.result.reading.workbook_reader.read_roster`, the input with the input reader.
"""

from collections.abc import Collection
from pathlib import Path
from typing import IO

from scheduler.domain import Finding, Outcome, Problem, Report
from scheduler.domain.changes.repair import Repaired
from scheduler.io.files.streams import save
from scheduler.io.input.sheets import INPUT_SUFFIX
from scheduler.io.input.writing.workbook_writer import append_input_sheets
from scheduler.io.result.contents import names
from scheduler.io.result.contents.declared import INPUT_SHEETS, RESULT_SHEETS
from scheduler.io.result.sheets.coverage.coverage import add_coverage
from scheduler.io.result.sheets.coverage.shift_coverage import add_shift_coverage
from scheduler.io.result.sheets.coverage.timeline import add_timeline, fits_timeline
from scheduler.io.result.sheets.page import ResultBook
from scheduler.io.result.sheets.roster.agents import add_agents
from scheduler.io.result.sheets.roster.as_written import add_as_written
from scheduler.io.result.sheets.roster.changes import add_changes
from scheduler.io.result.sheets.roster.duties import add_duties
from scheduler.io.result.sheets.roster.kept_edits import add_kept_edits
from scheduler.io.result.sheets.roster.pay_lines import add_pay_lines
from scheduler.io.result.sheets.roster.roster_grid import add_roster
from scheduler.io.result.sheets.summary.certificate import add_certificate
from scheduler.io.result.sheets.summary.rules import add_findings, add_rules
from scheduler.io.result.sheets.summary.scenario_costs import add_scenario_costs
from scheduler.io.result.sheets.summary.summary import add_summary
from scheduler.model import Rule, RuleBook


def write_roster(
    target: Path | IO[bytes],
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome,
    report: Report,
    catalogue: tuple[type[Rule], ...],
    *,
    findings: tuple[Finding, ...] = (),
) -> None:
    """Write a result as a workbook, whole or not at all.

    Parameters
    ----------
    report
        The verifier's report on this roster, from which coverage, rules and findings are shown.
    catalogue
        The kinds of rule, for the input sheets.
    findings
        Warnings about the input, shown on the Findings sheet.

    Raises
    ------
    BadInput
        If the file cannot be written.
    """
    result = roster_book(problem, rules, outcome, report, catalogue, findings=findings)
    save(result.book, target)


def roster_book(
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome,
    report: Report,
    catalogue: tuple[type[Rule], ...],
    *,
    findings: tuple[Finding, ...] = (),
    kept: frozenset[tuple[str, int]] | None = None,
) -> ResultBook:
    """The whole workbook, in memory; the parameters are those of :func:`write_roster`.

    Parameters
    ----------
    kept
        Days that were edited by hand and stay, for the sheet Kept edits; ``None`` leaves it out.
    """
    result = result_sheets(problem, rules, outcome, report, findings=findings, kept=kept)
    for title in append_input_sheets(result.book, problem, rules, catalogue):
        INPUT_SHEETS[title.removesuffix(INPUT_SUFFIX)]  # one that is not declared is not written
    result.book.active = 0
    return result


def add_repair(result: ResultBook, repaired: Repaired) -> None:
    """Add the sheet Changes behind Summary, and mark what changed."""
    add_changes(result, repaired)
    result.book.move_sheet(names.CHANGES, 1 - len(result.book.sheetnames) + 1)


def result_sheets(
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome,
    report: Report,
    *,
    findings: tuple[Finding, ...] = (),
    kept: frozenset[tuple[str, int]] | None = None,
) -> ResultBook:
    """The workbook with every sheet that shows the result, without the input sheets."""
    result = ResultBook(problem, rules, outcome, report, findings, kept)
    _add_sheets(result)
    book = result.book
    book.move_sheet(names.SUMMARY, -(len(book.sheetnames) - 1))
    book.properties.title = problem.name
    book.properties.creator = "staffcurve"
    return result


def values_of(
    problem: Problem,
    rules: RuleBook,
    outcome: Outcome,
    report: Report,
    titles: Collection[str],
    *,
    findings: tuple[Finding, ...] = (),
) -> ResultBook:
    """Some of the sheets that show the result, without looks: for comparison with a file."""
    result = ResultBook(problem, rules, outcome, report, findings, shows_looks=False)
    charted = {names.COVERAGE} if names.SUMMARY in titles else set()  # the Summary's chart points there
    _add_sheets(result, {*titles, *charted})
    return result


def _add_sheets(result: ResultBook, titles: Collection[str] = RESULT_SHEETS) -> None:
    """Add those of the sheets that the result has, each to a workbook in which those above it are."""
    for title, add, belongs in (
        (names.ROSTER, add_roster, True),
        (names.DUTIES, add_duties, True),
        (names.KEPT_EDITS, add_kept_edits, result.kept is not None),
        (names.TIMELINE, add_timeline, fits_timeline(result)),
        (names.COVERAGE, add_coverage, result.has_curve),
        (names.SHIFT_COVERAGE, add_shift_coverage, bool(result.problem.headcounts)),
        (names.SCENARIO_COSTS, add_scenario_costs, bool(result.report.scenarios)),
        (names.AGENTS, add_agents, True),
        (names.PAY, add_pay_lines, bool(result.problem.paid_on_top)),
        (names.RULES, add_rules, True),
        (names.FINDINGS, add_findings, True),
        (names.CERTIFICATE, add_certificate, True),
        (names.AS_WRITTEN, add_as_written, True),
        (names.SUMMARY, add_summary, True),  # its chart points at the Coverage sheet, where there is one
    ):
        if belongs and title in titles:
            add(result)
