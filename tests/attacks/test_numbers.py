"""A few of the numbers of ``python -m tests.attacks numbers``; by hand all of them are tried."""

import pytest

from scheduler.app.planning import solve
from scheduler.domain import Stop
from scheduler.domain.values.fields import MOST_WANTED
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.instance.compile import compile_instance
from scheduler.io.input.json_document import as_document
from scheduler.verifier import recompute_bound
from tests.attacks import numbers
from tests.engine.bound.test_lagrangian import random_prices


def test_some_numbers_in_fields_and_cells() -> None:
    tally = numbers.attack(count=24, seed=5)
    assert not tally.wrong
    assert tally.said["refused at its place"] > 12


@pytest.mark.parametrize(
    ("number", "told"),
    [
        # an OverflowError, for the search keeps seats in 32 bits
        (
            "2^31",
            "problem.demand.0.maximum.0  2147483648 is too large: it must be at most 1000000.",
        ),
        ("1e308", "problem.demand.0.maximum.0  1e+308 is too large a number."),
    ],
)
def test_seats_beyond_the_limit_are_told_with_it(number: str, told: str) -> None:
    document = as_document(*numbers.base())
    path = ("problem", "demand", 0, "maximum", 0)
    text = numbers.written(document, path, number)
    findings = numbers.read(text.encode()).findings
    assert [str(finding) for finding in findings] == [told.removeprefix("problem.")]


def test_numbers_at_their_limit_can_be_planned_with() -> None:
    problem, rules = numbers.base()
    (demand,) = problem.demand
    wanted = (MOST_WANTED, *demand.required[1:])
    changed = demand.model_copy(update={"required": wanted, "maximum": (MOST_WANTED,) * len(wanted)})
    outcome = solve(
        problem.model_copy(update={"demand": (changed,)}), rules, stop=Stop(seconds=None, rounds=1), workers=1
    )
    assert outcome.cost.missing >= 60 * 6000 * (MOST_WANTED - 2)


def test_breaks_that_are_only_wished_for_are_in_the_recounted_bound() -> None:
    # The engine charged a preferred pin for breaks that lay elsewhere, the verifier did not; so less was
    # proven than claimed, and a roster that was legal was not handed out.
    problem, rules = numbers.base()
    instance = compile_instance(problem, rules)
    lagrangian = Lagrangian(instance, WeekAutomata.of(instance))
    for seed in range(6):
        certificate = certify(lagrangian, random_prices(lagrangian, seed, negative=seed % 2 == 1))
        assert recompute_bound(problem, rules, certificate) == certificate.bound


def test_a_number_is_not_read_without_its_sign() -> None:
    # "max shifts" of -1 was read as 1, the one number that may stand there
    problem, rules = numbers.base()
    content = numbers.workbook_bytes(problem, rules)
    (value,) = (
        cell.offset(column=1).coordinate
        for row in numbers.load_workbook(numbers.io.BytesIO(content))["Rules"].iter_rows()
        for cell in row
        if cell.value == "max shifts"
    )
    assert numbers.in_workbook(content, "Rules", value, "1") == "accepted and verified"
    assert numbers.in_workbook(content, "Rules", value, "-1") == "refused at its place"
