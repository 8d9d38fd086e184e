"""Inputs as they were read: the requirement computed, faults told at their cells."""

import logging
from dataclasses import replace

from scheduler.app.input_checks.faults import faults_of, unplannable_rules
from scheduler.demand.requirement import with_requirement
from scheduler.domain import BadInput, Finding, Problem
from scheduler.domain.checks.demand.computed import stale_requirement
from scheduler.io.input.reading.result import Draft, Reading
from scheduler.model import RuleBook

LOG = logging.getLogger("staffcurve")


def cross_checked(reading: Reading) -> Reading:
    """The reading with its requirement computed, and with the faults between facts and rules added."""
    draft = reading.draft or (Draft(reading.problem) if reading.problem else None)
    faults: tuple[Finding, ...] = ()
    if draft:
        computed = with_requirement(draft.problem)
        faults = (
            *faults_of(computed, reading.rules, draft.unsound),
            *stale_requirement(computed, reading.requirement),
        )
        reading = replace(reading, problem=reading.problem and computed)
    findings = reading.with_findings(faults)
    LOG.debug("read an input with %d findings", len(findings))
    return replace(reading, findings=findings)


def preflighted(reading: Reading) -> Reading:
    """A cross-checked reading with what stands against planning by it, as a search would find it too late.

    Rosters can be verified against such rules all the same.
    """
    if reading.problem is None or reading.rules is None or reading.has_errors:
        return reading
    findings = reading.with_findings(unplannable_rules(reading.problem, reading.rules))
    return replace(reading, findings=findings)


def accepted(reading: Reading) -> tuple[Problem, RuleBook]:
    """The problem and the rules of a reading without errors.

    Raises
    ------
    BadInput
        With every finding, each at its cell.
    """
    if reading.problem is None or reading.rules is None or reading.has_errors:
        raise BadInput(reading.told)
    return reading.problem, reading.rules
