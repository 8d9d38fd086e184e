"""Pay lines held against the verifier's recount of wages, for whatever is handed out or read back."""

from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Report
from scheduler.domain.results.roster import Roster
from scheduler.pay.payroll import pay_lines
from scheduler.verifier.pay_lines import pay_line_faults


def with_pay_checked(problem: Problem, roster: Roster, report: Report) -> Report:
    """The report, with what is wrong with the pay lines that a result of this roster shows."""
    if not problem.paid_on_top or report.misfits:
        return report
    faults = tuple(pay_line_faults(problem, roster, pay_lines(problem, roster)))
    return report.model_copy(update={"mismatches": (*report.mismatches, *faults)}) if faults else report
