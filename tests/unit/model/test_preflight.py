"""A rule that cannot be planned by is named before the search, and can be reported all the same."""

from functools import partial
from pathlib import Path

import pytest

import constraints
from constraints import CATALOGUE, Accompanied, BreaksAtOnce, OneShiftADay
from scheduler import engine
from scheduler.app import planning
from scheduler.domain import Problem, Stop, UnsupportedRule
from scheduler.engine.instance.compile import compile_instance
from scheduler.model import Rule, RuleBook, Strength
from scheduler.model.checks.preflight import unplannable
from scheduler.verifier import count_coverage, verify
from tests.property.problems import small_case, ward_case
from tests.rules.toys import EvenNights, FewOnBreak, ForgetfulSundays, Sundays
from tests.unit.tiny import tiny_problem, tiny_roster, tiny_rules

REPORT = 'Give it the strength "report": then it is checked and told, and not planned for.'
ONE_ROUND = Stop(seconds=None, rounds=1)


def weekend() -> Problem:
    """Saturday and Sunday."""
    problem = tiny_problem()
    grid = problem.grid.model_copy(update={"first_day": problem.grid.first_day.replace(day=10)})
    return problem.model_copy(update={"grid": grid})


@pytest.mark.parametrize("rule", [Sundays(), ForgetfulSundays(), Sundays(strength=Strength.PREFER, price=1)])
def test_a_rule_that_checks_and_demands_nothing_is_named_before_the_search(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the time was spent first, and then the verifier refused the roster: a fault of staffcurve, it said
    monkeypatch.setattr(engine, "search", lambda *_, **__: pytest.fail("the search began"))
    book = RuleBook(rules=(*tiny_rules().rules, rule))
    with pytest.raises(UnsupportedRule) as refused:
        planning.solve(weekend(), book, stop=ONE_ROUND)
    assert str(refused.value) == (
        f'rules.3.strength  the rule "{rule.name}" finds fault with rosters, but demands nothing to plan '
        f"them by. {REPORT}"
    )


@pytest.mark.parametrize(
    ("rule", "bounds"),
    [
        (FewOnBreak(at_most=1), "how many agents are on a break at once"),
        (EvenNights(apart=1, strength=Strength.PREFER, price=100), "a balance between agents"),
    ],
)
def test_a_limit_that_no_search_plans_for_is_refused_in_words(rule: Rule, bounds: str) -> None:
    said = f'the rule "{rule.name}" bounds {bounds}, which no search plans for yet. {REPORT}'
    book = RuleBook(rules=(*tiny_rules().rules, rule))
    with pytest.raises(UnsupportedRule) as refused:
        planning.solve(tiny_problem(), book, stop=ONE_ROUND)
    assert str(refused.value) == f"rules.3.strength  {said}"
    with pytest.raises(UnsupportedRule, match="no search plans for yet"):
        compile_instance(tiny_problem(), book)
    # nobody needs to plan by it to see whether a roster keeps it
    assert verify(tiny_problem(), book, tiny_roster()).is_legal is isinstance(rule, FewOnBreak | EvenNights)


def test_what_cannot_be_planned_by_is_reported() -> None:
    rules = (Sundays(), FewOnBreak(at_most=1), EvenNights(apart=0))
    reported = tuple(rule.model_copy(update={"strength": Strength.REPORT}) for rule in rules)
    book = RuleBook(rules=(*tiny_rules().rules, *reported))
    outcome = planning.solve(weekend(), book, stop=ONE_ROUND, workers=1)
    assert outcome.report.passed
    (sunday,) = outcome.report.reported
    assert (sunday.rule, sunday.amount, sunday.cost, sunday.must) == ("sundays", 1, 0, False)


def test_check_names_such_a_rule_at_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constraints, "CATALOGUE", (*CATALOGUE, Sundays))
    path = tmp_path / "week.xlsx"
    planning.write_workbook(path, weekend(), RuleBook(rules=(*tiny_rules().rules, Sundays())))
    assert [str(finding) for finding in planning.check(path)] == [
        'Rules!C5  the rule "sundays" finds fault with rosters, but demands nothing to plan them by. '
        f"{REPORT}"
    ]
    # a roster can be held against it all the same
    problem, rules = planning.read_workbook(path)
    assert [found.rule for found in planning.verify(problem, rules, tiny_roster()).broken] == ["sundays"]


@pytest.mark.parametrize("case", [small_case, ward_case])
def test_rules_of_the_catalogue_are_never_named(case) -> None:
    # all of them beside those that are drawn: many have nothing to look at, and so nothing to demand
    for seed in range(40):
        problem, rules = case(seed)
        drawn = {rule.kind for rule in rules.rules}
        names = [template.name for template in problem.templates]
        more = [
            rule.example(names).model_copy(update={"strength": Strength.MUST})
            for rule in CATALOGUE
            if rule.model_fields["kind"].default not in drawn
            and rule.model_fields["strength"].default is not Strength.REPORT
        ]
        book = RuleBook(rules=(*rules.rules, *more))
        assert unplannable(problem, book, partial(count_coverage, problem, book)) == []


def test_rules_that_are_only_reported_are_named_where_they_are_to_be_planned_by() -> None:
    problem, rules = small_case(0, seldom=False)
    must = {"strength": Strength.MUST}
    by = (problem.agents[0].name,)
    more = (Accompanied(by=by, **must), BreaksAtOnce(at_most=1, **must))
    book = RuleBook(rules=(*rules.rules, *more))
    found = unplannable(problem, book, partial(count_coverage, problem, book))
    assert [finding.message.removesuffix(", which no search plans for yet.") for finding in found] == [
        'the rule "accompanied" bounds who is on duty together',
        'the rule "breaks_at_once" bounds how many agents are on a break at once',
    ]


def test_a_rule_that_is_only_reported_is_none_of_the_searchs_business() -> None:
    book = RuleBook(rules=(OneShiftADay(), FewOnBreak(at_most=0, strength=Strength.REPORT)))
    instance = compile_instance(tiny_problem(), book)
    assert [rule.name for rule in instance.rules.rules] == ["one_shift_a_day"]


@pytest.mark.parametrize(
    ("strength", "place"), [(Strength.REPORT, "Rules!C4"), (Strength.OFF, "Rules!C4"), (None, "Rules!A1")]
)
def test_check_names_what_every_search_takes_for_granted(
    tmp_path: Path, strength: Strength | None, place: str
) -> None:
    # check said nothing, and solve refused the same file
    others = tiny_rules().rules[:2]
    one_a_day = () if strength is None else (OneShiftADay(strength=strength),)
    path = tmp_path / "week.xlsx"
    planning.write_workbook(path, tiny_problem(), RuleBook(rules=(*others, *one_a_day)))
    said = 'the search plans one shift a day; keep the rule "one_shift_a_day" at must, for all and every day.'
    assert [str(finding) for finding in planning.check(path)] == [f"{place}  {said}"]
    with pytest.raises(UnsupportedRule, match="plans one shift a day"):
        planning.solve(*planning.read_workbook(path), stop=ONE_ROUND)
