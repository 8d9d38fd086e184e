"""A certificate that proves that no legal roster exists has no amount of money for a bound."""

from scheduler import verify
from scheduler.command_line.output.verdict import report_in_words
from scheduler.domain.values.money import NO_ROSTER
from tests.unit.tiny import tiny_problem, tiny_roster, tiny_rules


def test_a_bound_above_every_cost_is_said_in_words() -> None:
    # "Bound, computed again from the certificate: 768,614,336,404,564.62 EUR"
    problem = tiny_problem()
    report = verify(problem, tiny_rules(), tiny_roster()).model_copy(update={"bound": NO_ROSTER})
    assert report.proves_that_none_is_legal
    said = report_in_words(problem, report)
    assert said[-1] == "Bound, computed again from the certificate: it proves that no legal roster exists."
