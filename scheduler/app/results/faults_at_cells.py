"""Findings on an input as its roster workbook shows them: at the cells of the copy inside."""

import constraints
from scheduler.app.input_checks.faults import faults_of
from scheduler.domain import Finding, Problem
from scheduler.io.result.contents.input_cells import at_cells
from scheduler.model import RuleBook


def faults_at_cells(problem: Problem, rules: RuleBook) -> tuple[Finding, ...]:
    """What ``check`` finds, each at its cell on the input sheets of a roster workbook."""
    faults = faults_of(problem, rules)
    return at_cells(faults, problem, rules, constraints.CATALOGUE) if faults else ()
