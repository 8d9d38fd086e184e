"""Scenarios: their curves, what they cost, and that planner, bound and verifier mean the same by them."""

import json
from datetime import datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import scheduler
from scheduler.changes.comparison.input_differences import input_differences
from scheduler.demand.requirement import with_requirement
from scheduler.domain import Demand, Problem, Skill, TimeOff
from scheduler.domain.facts.scenarios import Scenario, ScenarioChange, shares
from scheduler.domain.values.money import apportioned
from scheduler.io.input.sheets.scenarios import SCENARIOS
from scheduler.io.result.contents.scenario_figures import FIGURES
from scheduler.io.result.documents.scenarios_json import ScenarioDocument
from scheduler.model.limits.kinds import Staffing
from scheduler.rolling.next_week import moved_on
from scheduler.verifier.recount.scenario_curves import curve_mismatches
from tests.attacks.optimum import look
from tests.attacks.tiny_cases import case
from tests.demand.scenario_weeks import PLANNED, QUIET, RAIN, many_changes, scenario_week
from tests.demand.weeks import one_skill
from tests.unit.tiny import rule, tiny_problem, tiny_roster, tiny_rules

ROUNDS = scheduler.Stop(seconds=60, rounds=2)


def curve(problem: Problem, scenario: str, skill: str = "English") -> tuple[int, ...]:
    return problem.scenario_curve[scenario, skill]


def test_a_scenario_without_changes_is_as_planned() -> None:
    week = scenario_week()
    assert curve(week, "as planned") == week.demand[0].required == one_skill().demand[0].required


def test_contacts_are_changed_and_the_requirement_computed_anew() -> None:
    week = scenario_week(RAIN)
    # 60 calls from ten on Monday are 60 x 1.325, and on Tuesday x 1.125; the same by hand
    monday, tuesday = (
        one_skill((30.0 * 1.125, 60.0 * factor, *(1.0,) * 6)).demand[0].required[10]
        for factor in (1.325, 1.125)
    )
    assert (curve(week, "rain")[10], curve(week, "rain")[34]) == (monday, tuesday)
    assert monday > tuesday > week.demand[0].required[34] - 1


def test_numbers_on_demand_are_changed_and_rounded_up() -> None:
    day = (0,) * 9 + (10,) * 8 + (0,) * 7
    start = tiny_problem().model_copy(update={"demand": (Demand(skill="English", required=day * 2),)})
    more = Scenario(name="more", weight=1, changes=(ScenarioChange(percent=0.1, start=600, end=660),))
    gone = Scenario(name="gone", weight=1, changes=(ScenarioChange(percent=-100, weekdays=(0,)),))
    week = with_requirement(start.model_copy(update={"scenarios": (more, gone)}))
    assert (
        curve(week, "more")
        == (0,) * 9 + (10, 11) + (10,) * 6 + (0,) * 7 + (0,) * 9 + (10, 11) + (10,) * 6 + (0,) * 7
    )
    assert curve(week, "gone") == (0,) * 24 + day


def test_hours_past_midnight_are_those_of_the_day_before() -> None:
    change = ScenarioChange(percent=10, weekdays=(5,), start=1320, end=1560)
    week = many_changes()
    sunday = week.grid.intervals_of(6)
    moments = [week.grid.interval_start(at) for at in (sunday[0], sunday[3], sunday[4], sunday[44])]
    assert [change.holds("calls", moment) for moment in moments] == [True, True, False, False]


def test_both_counts_agree_on_every_channel() -> None:
    assert curve_mismatches(many_changes()) == ()
    assert curve_mismatches(scenario_week()) == ()


@settings(max_examples=25, deadline=None)
@given(
    percent=st.sampled_from([-100, -33.33, -0.01, 0.5, 12.25, 90, 1000]),
    start=st.sampled_from([0, 540, 615, 1380]),
    end=st.sampled_from([1440, 700, 1500, 2880]),
    method=st.sampled_from(["stationary", "lagged", "fluid"]),
    occupancy=st.sampled_from([None, 80.0]),
    override=st.sampled_from([None, 7]),
)
def test_both_counts_agree_on_drawn_scenarios(
    percent: float, start: int, end: int, method: str, occupancy: float | None, override: int | None
) -> None:
    if end <= start:
        end = start + 1
    week = one_skill(method=method, occupancy_percent=occupancy)
    (volumes,) = week.volumes
    said = [None] * 48
    said[12] = override
    drawn = Scenario(name="drawn", weight=1, changes=(ScenarioChange(percent=percent, start=start, end=end),))
    week = week.model_copy(
        update={
            "volumes": (volumes.model_copy(update={"override": tuple(said)}),),
            "scenarios": (drawn, PLANNED),
        }
    )
    assert curve_mismatches(with_requirement(week)) == ()


def test_a_curve_that_does_not_follow_is_told() -> None:
    week = scenario_week()
    first, *others = week.scenario_curves
    numbers = list(first.required)
    numbers[10] += 3
    forged = first.model_copy(update={"required": tuple(numbers)})
    report = scheduler.verify(
        week.model_copy(update={"scenario_curves": (forged, *others)}), tiny_rules(), tiny_roster()
    )
    assert report.mismatches == (
        "as planned: on 2026-01-05 10:00 10 agents of English are planned with, but the input comes to 7; "
        "so in 1 interval.",
    )
    (told,) = curve_mismatches(week.model_copy(update={"scenario_curves": tuple(others)}))
    assert told == "the curves of the scenarios are not those of the scenarios and skills of the input."


def test_prices_are_divided_in_whole_cents() -> None:
    assert apportioned(500, [Fraction(1, 3)] * 3) == [167, 167, 166]
    assert apportioned(6000, [*shares((PLANNED, RAIN, QUIET)).values()]) == [3600, 1800, 600]
    assert apportioned(1, [Fraction(1, 2), Fraction(1, 2)]) == [1, 0]
    assert apportioned(0, [Fraction(1)]) == [0]


def test_curves_that_are_the_same_are_one_limit() -> None:
    week = scenario_week(PLANNED, QUIET, PLANNED.model_copy(update={"name": "again"}))
    limits = [one for one in rule("requirement").limits(week) if isinstance(one, Staffing)]
    # missing and superfluous: of 60.00 and 5.00 the shares 120 and 10 of 130
    assert [one.price for one in limits] == [5538, 462, 462, 38]
    untouched = scenario_week(PLANNED)
    assert [one.price for one in rule("requirement").limits(untouched)] == [6000, 500]  # type: ignore[union-attr]


def test_a_must_holds_what_is_planned_and_scenarios_have_their_price() -> None:
    must = rule("requirement", strength="must")
    week = scenario_week(RAIN)
    planned, missing, superfluous = must.limits(week)
    assert isinstance(planned, Staffing) and isinstance(missing, Staffing)
    assert isinstance(superfluous, Staffing)
    assert planned.at_least == week.demand[0].required and must.must_keep(planned)
    assert missing.at_least == curve(week, "rain") and not must.must_keep(missing)
    assert missing.price == 6000 and not must.must_keep(superfluous)


def two_skills() -> Problem:
    """Who speaks both languages stays with one of them only as long as nobody knows what comes."""
    start = tiny_problem(("Ada", "Bo"))
    day = (0,) * 9 + (1,) * 8 + (0,) * 7
    agents = tuple(one.model_copy(update={"skills": ("English", "French")}) for one in start.agents)
    more = ScenarioChange(percent=100, skill="English")
    less = ScenarioChange(percent=-100, skill="French")
    return with_requirement(
        start.model_copy(
            update={
                "skills": (Skill(name="English"), Skill(name="French")),
                "demand": tuple(Demand(skill=name, required=day * 2) for name in ("English", "French")),
                "agents": agents,
                "scenarios": (
                    Scenario(name="English only", weight=20, changes=(more, less)),
                    Scenario(name="both", weight=80),
                ),
            }
        )
    )


def test_what_each_scenario_costs_is_counted_by_hand() -> None:
    week, rules = two_skills(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    assert outcome.report.passed and outcome.status == "optimal"
    # both work: 2 x 2 x 8 h at 20.00 are 640.00. English only, where one of them stays on French: 16 h of
    # English missing at 60.00, 16 h of French too many at 5.00, a fifth of it: 208.00
    assert outcome.cost.wages == 640 * 6000
    assert outcome.cost.total == (640 + 208) * 6000
    only, both = outcome.report.scenarios
    assert (only.share, both.share) == (0.2, 0.8)
    assert (both.cost, both.cost_as_allocated) == (640 * 6000, 640 * 6000)
    # once it is known, both serve English
    assert (only.cost, only.missing, only.superfluous) == (640 * 6000, 0, 0)
    assert only.cost_as_allocated == (640 + 16 * 65) * 6000
    assert only.share * only.cost_as_allocated + both.share * both.cost_as_allocated == outcome.cost.total


def test_the_average_is_what_is_made_least() -> None:
    """Two of three days out of five a second agent is worth the wage, in one of three not."""
    start = tiny_problem(("Ada", "Bo"))
    double = ScenarioChange(percent=100)
    for weight, duties in ((60, 4), (20, 2)):
        scenarios = (
            Scenario(name="double", weight=weight, changes=(double,)),
            Scenario(name="as planned", weight=100 - weight),
        )
        week = with_requirement(start.model_copy(update={"scenarios": scenarios}))
        outcome = scheduler.solve(week, tiny_rules(), stop=ROUNDS, workers=1)
        # a second agent costs 160.00 a day and 40.00 for being too many; she saves 480.00
        assert len(outcome.roster.duties) == duties
        assert outcome.status == "optimal"


def test_a_result_is_written_and_verified_with_its_scenarios(tmp_path: Path) -> None:
    week, rules = scenario_week(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, week, rules, outcome)
    assert scheduler.read_workbook(path) == (week, rules)
    assert scheduler.verify_file(week, rules, path).passed
    sheet = load_workbook(path)["Scenario costs"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("Scenario", *(figure.title for figure in FIGURES))
    for row, scenario in zip(rows[1:-1], outcome.report.scenarios, strict=True):
        assert row == (scenario.name, *(figure.of(scenario) for figure in FIGURES))
    assert rows[-1][-1] == pytest.approx(outcome.cost.total / 6000, rel=1e-4)
    table = scheduler.frames(week, rules, outcome)["scenario_costs"]
    assert table["Scenario"].tolist() == ["as planned", "rain", "quiet"]
    assert table["Cost"].tolist() == [row[2] for row in rows[1:-1]]


def test_a_forged_cost_of_a_scenario_is_told(tmp_path: Path) -> None:
    week, rules = scenario_week(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, week, rules, outcome)
    book = load_workbook(path)
    book["Scenario costs"]["C6"] = 1.0
    book["Scenarios"]["B3"] = 31  # and a weight in the copy of the input
    book.save(path)
    told = scheduler.verify_file(week, rules, path).mismatches
    assert [one.split(":")[0].split(" ")[0] for one in told] == ["Scenario", "Scenarios!B3"]
    document = json.loads(scheduler.as_json(week, rules, outcome))
    document["scenarios"][1]["missing_agent_hours"] += 1
    (tmp_path / "roster.json").write_text(json.dumps(document))
    (said,) = scheduler.verify_file(week, rules, tmp_path / "roster.json").mismatches
    assert said.startswith("scenarios.1.missing_agent_hours")


def test_the_document_has_every_figure_of_the_table() -> None:
    assert set(ScenarioDocument.model_fields) == {"name", *(figure.key for figure in FIGURES)}


@pytest.mark.parametrize("form", ["week.xlsx", "week.json", "folder", "frames"])
@pytest.mark.parametrize("week", [scenario_week(), many_changes()], ids=["one", "many"])
def test_what_is_written_is_read(week: Problem, form: str, tmp_path: Path) -> None:
    rules = tiny_rules()
    path = tmp_path / form
    if form == "frames":
        again, _ = scheduler.read_frames(scheduler.frames(week, rules))
    elif form == "folder":
        scheduler.write_folder(path, week, rules)
        again, _ = scheduler.read_workbook(path)
    else:
        scheduler.write_workbook(path, week, rules)
        again, _ = scheduler.read_workbook(path)
    assert again == week


def test_a_document_may_leave_the_curves_out() -> None:
    week = scenario_week()
    document = scheduler.as_document(week, tiny_rules())
    del document["problem"]["scenario_curves"]
    assert scheduler.read_json(document)[0] == week


def test_a_week_without_scenarios_has_no_sheet_of_them(tmp_path: Path) -> None:
    week, rules = one_skill(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    scheduler.write_workbook(tmp_path / "roster.xlsx", week, rules, outcome)
    titles = load_workbook(tmp_path / "roster.xlsx").sheetnames
    assert not {SCENARIOS.title, "Scenario costs"} & {*titles}
    assert json.loads(scheduler.as_json(week, rules, outcome))["scenarios"] == []


def test_a_problem_that_nobody_computed_is_refused() -> None:
    week = one_skill().model_copy(update={"scenarios": (RAIN,)})
    with pytest.raises(scheduler.BadInput, match='scenario "rain" is not computed'):
        scheduler.solve(week, tiny_rules(), stop=ROUNDS)


def test_the_next_week_has_the_scenarios_that_may_still_come() -> None:
    monday = one_skill().grid.date(0)
    gone = Scenario(name="Monday", weight=5, changes=(ScenarioChange(percent=5, days=(monday,)),))
    week = scenario_week(PLANNED, RAIN, gone)
    found = moved_on(week, tiny_rules(), tiny_roster())
    assert [one.name for one in found.problem.scenarios] == ["as planned", "rain"]
    assert curve_mismatches(found.problem) == ()
    assert "1 scenario changed nothing but days that are past, and is left out: Monday." in found.notes


def test_an_edited_roster_has_old_figures_and_is_written_anew(tmp_path: Path) -> None:
    week, rules = scenario_week(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    path = tmp_path / "roster.xlsx"
    scheduler.write_workbook(path, week, rules, outcome)
    book = load_workbook(path)
    book["Duties"].delete_rows(6)
    book.save(path)
    report = scheduler.verify_file(week, rules, path)
    assert report.mismatches == () and len(report.edits) == 1
    (old,) = report.outdated
    assert " Scenario costs," in old
    again = tmp_path / "again.xlsx"
    scheduler.refresh(path, again)
    fresh = scheduler.verify_file(week, rules, again)
    assert fresh.outdated == fresh.mismatches == ()
    assert fresh.scenarios == report.scenarios != outcome.report.scenarios


def test_a_sick_call_is_repaired_at_the_average() -> None:
    week, rules = scenario_week(), tiny_rules()
    outcome = scheduler.solve(week, rules, stop=ROUNDS, workers=1)
    who = outcome.roster.duties[0].agent
    midnight = datetime.combine(week.grid.first_day, time())
    sick = TimeOff(start=midnight, end=midnight + timedelta(days=1), kind="sick", paid_minutes=480)
    agents = tuple(
        one.model_copy(update={"time_off": (sick,)}) if one.name == who else one for one in week.agents
    )
    ill = week.model_copy(update={"agents": agents})
    book = scheduler.RuleBook(rules=(*rules.rules, rule("time_off")))
    repaired = scheduler.repair(ill, book, outcome.roster, stop=ROUNDS, workers=1)
    assert [one.name for one in repaired.outcome.report.scenarios] == ["as planned", "rain", "quiet"]
    assert repaired.outcome.report.passed


def test_two_inputs_that_differ_in_a_weight_are_told_apart() -> None:
    week = scenario_week()
    other = scenario_week(PLANNED.model_copy(update={"weight": 61}), RAIN, QUIET)
    assert input_differences(week, tiny_rules(), other, tiny_rules()) == (
        "The scenarios differ in weight: as planned.",
    )


@pytest.mark.parametrize("seed", [18, 23, 28])
def test_bound_optimum_and_cost_of_small_problems_with_scenarios(seed: int) -> None:
    assert case(seed)[0].scenarios
    assert "bound <= optimum <= cost" in look(seed)


def test_of_the_small_problems_some_must_meet_the_requirement() -> None:
    drawn = [case(seed) for seed in range(3, 400, 5)]
    strengths = {one.strength.value for _, rules in drawn for one in rules.rules if one.kind == "requirement"}
    assert strengths == {"must", "prefer"}
