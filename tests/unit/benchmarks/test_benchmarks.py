"""The benchmarks' loaders build the problems that they describe; nothing is solved here.

The public data is not part of the project, so small files of the same shape are written first.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from constraints import BreakGaps, MaxConsecutiveDays, PaidHours
from scheduler import verify
from scheduler.demand import agents_needed
from scheduler.domain import Agent, Break, TimeOff
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.money import hourly
from scheduler.model import Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.benchmarks import cc475, generated, generated_team, planted, turnos29
from tests.benchmarks.__main__ import main
from tests.benchmarks.curves import scaled_to, week_curve
from tests.benchmarks.measure import Row, as_table, peak_memory_mib, write_json
from tests.benchmarks.names import LISTED, loader_of


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder laid out like the public data, with two agents in each set."""
    contact_centre = tmp_path / "cc475"
    contact_centre.mkdir()
    first = datetime(2024, 3, 1)
    quarters = [first + timedelta(minutes=15 * number) for number in range(31 * 96)]
    _write(
        contact_centre / "volumes_15min.csv",
        "start,calls,aht_seconds,service_level_percent,threshold_seconds",
        *(f"{start:%Y-%m-%d %H:%M},{start.hour},300.0,80,30" for start in quarters),
    )
    _write(
        contact_centre / "employees.csv",
        "employee,utc_offset_hours,min_hours_month,max_hours_month,pattern",
        "E001,3,176,176,P1",
        "E002,7,176,176,P2",
    )
    _write(
        contact_centre / "patterns.csv",
        "pattern,shift,min_days_on,max_days_on,min_days_off,max_days_off",
        "P1,day_9h,1,5,1,3",
        "P2,night_9h,2,3,1,3",
    )
    _write(
        contact_centre / "shifts.csv",
        "shift,elapsed_minutes,earliest_start,latest_start,start_step_minutes,"
        "min_gap_between_breaks_minutes,max_gap_between_breaks_minutes",
        "day_9h,540,06:00,12:45,15,90,210",
        "night_9h,540,21:00,21:45,15,90,210",
    )
    _write(
        contact_centre / "breaks.csv",
        "shift,break,earliest_start_after_shift_start_minutes,latest_start_after_shift_start_minutes,"
        "length_minutes,paid",
        "day_9h,break_1,60,240,15,no",
        "day_9h,meal_2,180,330,30,no",
        "day_9h,break_3,330,480,15,no",
        "night_9h,break_1,60,240,15,yes",
    )
    turnos = tmp_path / "turnos29"
    turnos.mkdir()
    _write(turnos / "agentes.csv", "id,nombre", "A001,Juan Pérez", "A002,María García")
    _write(
        turnos / "demanda.csv",
        "dia,bloque,agentes_requeridos",
        *(f"{day},{block},{day + block}" for day in range(7) for block in range(48)),
    )
    return tmp_path


def _write(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_real_week_is_read_to_its_yardstick(data: Path) -> None:
    case = cc475.week(data, seed=1)
    problem = case.problem
    assert (problem.grid.first_day, problem.grid.days, problem.grid.time_zone) == (
        date(2024, 3, 4),
        7,
        "UTC+3",
    )
    assert [agent.time_zone for agent in problem.agents] == ["UTC+3", "UTC+7"]
    required = problem.demand_for["calls"].required
    assert len(required) == 7 * 96
    # 17 calls in the first quarter after 17:00 on the third day, on the campaign's clock
    assert required[2 * 96 + 17 * 4] == agents_needed(17, 300, 15, 0.8, 30)
    day_shift = problem.template_named["day_9h"]
    assert (day_shift.starts[0], day_shift.starts[-1], day_shift.lengths) == (6 * 60, 12 * 60 + 45, (540,))
    assert day_shift.paid_minutes(540) == 8 * 60  # 15 + 30 + 15 minutes are unpaid
    contract = problem.contract_named["P2"]
    assert (contract.pay_per_hour, contract.templates) == (2000, ("night_9h",))
    assert (contract.min_paid_minutes, contract.max_paid_minutes) == (32 * 60, 48 * 60)


def test_the_rules_of_the_real_week_come_from_its_patterns(data: Path) -> None:
    rules = cc475.week(data, seed=1).rules.rules
    assert [(rule.days, rule.scope.contracts) for rule in rules if isinstance(rule, MaxConsecutiveDays)] == [
        (5, ("P1",)),
        (3, ("P2",)),
    ]
    # a minimum of one day says nothing and is left out
    assert [rule.name for rule in rules if rule.kind == "min_consecutive_days"] == ["fewest days on of P2"]
    assert not [rule for rule in rules if rule.kind == "min_consecutive_days_off"]
    gaps = [rule for rule in rules if isinstance(rule, BreakGaps)]
    assert {(rule.at_least_minutes, rule.at_most_minutes) for rule in gaps} == {(90, 210)}


def test_the_real_month_asks_for_its_hours_exactly(data: Path) -> None:
    case = cc475.month(data, seed=1)
    assert case.problem.grid.days == 31
    assert len(case.problem.demand_for["calls"].required) == 31 * 96
    (hours,) = [rule for rule in case.rules.rules if isinstance(rule, PaidHours)]
    assert (hours.per, hours.at_least_minutes, hours.at_most_minutes) == ("horizon", 176 * 60, 176 * 60)


def test_a_gap_in_the_volumes_is_named(data: Path) -> None:
    volumes = data / "cc475" / "volumes_15min.csv"
    lines = volumes.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("2024-03-05 10:15")]
    volumes.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(ValueError, match="lacks 1 intervals, first 2024-03-05 10:15"):
        cc475.week(data, seed=1)


def test_the_peers_week_is_read(data: Path) -> None:
    problem = turnos29.week(data, seed=1).problem
    required = problem.demand_for["calls"].required
    assert len(required) == 7 * 48
    assert required[3 * 48 + 20] == 23
    assert [agent.name for agent in problem.agents] == ["A001 Juan Pérez", "A002 María García"]
    # every shift ends by midnight, and the 11 lengths lie half an hour apart
    assert [template.lengths[0] for template in problem.templates] == list(range(240, 541, 30))
    assert all(template.starts[-1] + template.lengths[0] == 1440 for template in problem.templates)


@pytest.mark.parametrize("length", turnos29.SHIFT_LENGTHS)
def test_the_peers_break_sets_can_be_laid(length: int) -> None:
    pauses = turnos29.break_set(length)
    assert ("lunch" in [pause.name for pause in pauses]) == (length > 360)
    starts = [range(pause.earliest_start, pause.latest_start + 1, pause.step_minutes) for pause in pauses]
    assert all(starts)
    layouts = [layout for layout in _layouts(starts) if _keeps_the_peers_rules(layout, pauses, length)]
    assert layouts
    # every start that a window offers is part of some legal layout: no window is wider than it can be used
    for position, window in enumerate(starts):
        assert {layout[position] for layout in layouts} == set(window)


def _layouts(starts: list[range]) -> list[tuple[int, ...]]:
    layouts: list[tuple[int, ...]] = [()]
    for window in starts:
        layouts = [(*layout, start) for layout in layouts for start in window]
    return layouts


def _keeps_the_peers_rules(layout: tuple[int, ...], pauses: tuple[Break, ...], length: int) -> bool:
    ends = [start + pause.length_minutes for start, pause in zip(layout, pauses, strict=True)]
    gaps = [start - end for start, end in zip(layout[1:], ends, strict=False)]
    stretches = [layout[0], *gaps, length - ends[-1]]
    return (
        layout[0] >= 60
        and ends[-1] <= length - 60
        and all(gap >= 120 for gap in gaps)
        and max(stretches) <= 150
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_planted_roster_is_legal_and_costs_nothing_but_wages(seed: int) -> None:
    case, planted_roster = planted.week(60, seed)
    report = verify(case.problem, case.rules, planted_roster)
    assert list(report.faults()) == []
    assert (report.cost.missing, report.cost.superfluous) == (0, 0)
    assert report.cost.total == case.known_cost


def test_nobody_can_pay_less_than_the_planted_wages() -> None:
    # Every contract has exact hours, so the wages of any legal roster are these.
    case, _ = planted.week(40, 7)
    contracts = [case.problem.contract_of(agent) for agent in case.problem.agents]
    assert all(contract.min_paid_minutes == contract.max_paid_minutes for contract in contracts)
    assert case.known_cost == sum(
        hourly(contract.pay_per_hour, contract.min_paid_minutes or 0) for contract in contracts
    )


def test_a_seed_draws_the_same_case_and_another_seed_another() -> None:
    assert planted.week(20, 3) == planted.week(20, 3)
    assert planted.week(20, 3) != planted.week(20, 4)
    name = "generated-20-different"
    assert generated.case_of(name, Path(), 3) == generated.case_of(name, Path(), 3)
    assert generated.case_of(name, Path(), 3) != generated.case_of(name, Path(), 4)


def test_the_words_of_a_generated_name_are_read() -> None:
    assert generated.character_of("generated-300") == generated.Character(agents=300)
    assert generated.character_of("generated-80-alike-slack-strict-5skills-4weeks") == generated.Character(
        agents=80, alike=True, tight=False, strict=True, skills=5, weeks=4
    )
    assert generated.character_of("generated-7-1skill-1week") == generated.Character(
        agents=7, skills=1, weeks=1
    )
    assert generated.character_of("generated-7-wishes") == generated.Character(agents=7, wishes=True)


@pytest.mark.parametrize(
    "name", ["generated-", "generated-many", "generated-0", "generated-9-6skills", "generated-9-odd"]
)
def test_a_generated_name_that_means_nothing_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"how many agents|is not known"):
        generated.character_of(name)


@pytest.mark.parametrize(
    "name", ["generated-40", "generated-40-alike-1skill", "generated-40-slack-strict-5skills-4weeks"]
)
def test_generated_demand_is_as_large_as_its_name_says(name: str) -> None:
    case = generated.case_of(name, Path(), 1)
    problem, character = case.problem, generated.character_of(name)
    assert len(problem.agents) == 40
    assert len(problem.skills) == character.skills
    assert problem.grid.days == 7 * character.weeks
    required_hours = sum(sum(demand.required) for demand in problem.demand) / 4
    terms = {one.name: one for one in generated_team.DIFFERENT_TERMS}
    hours = sum(
        generated_team.queue_hours(agent, terms[agent.contract], character.weeks) for agent in problem.agents
    )
    assert required_hours / hours == pytest.approx(1.02 if character.tight else 0.85, abs=0.01)


def test_a_generated_year_keeps_its_opening_hours_when_the_clock_changes() -> None:
    # the days of 23 and of 25 h were given numbers for 24, so that no solve took the case
    problem = generated.case_of("generated-3-52weeks", Path(), 1).problem
    assert not [fault for fault in problem_faults(problem) if fault.is_error]
    grid = problem.grid
    days = [grid.day_index(date(2025, 3, 30)), grid.day_index(date(2025, 10, 26))]
    assert [grid.day_start(day + 1) - grid.day_start(day) for day in days] == [23 * 60, 25 * 60]
    for wanted in problem.demand:
        asked = [place * 15 for place, number in enumerate(wanted.required) if number]
        assert all(7 * 60 <= grid.clock_minute(start) < 23 * 60 for start in asked)


def test_hours_that_can_be_worked_are_without_breaks_and_time_off() -> None:
    # 4 weeks of 40 h with two paid breaks of 15 minutes on 20 days: 160 - 10 = 150 h
    agent = Agent(name="one", contract="full", skills=("service",))
    assert generated_team.queue_hours(agent, generated_team.FULL, weeks=4) == pytest.approx(150)
    # a day of 8 h off takes half an hour of breaks with it
    day = TimeOff(start=datetime(2025, 2, 4), end=datetime(2025, 2, 5), paid_minutes=480)
    away = agent.model_copy(update={"time_off": (day,)})
    assert generated_team.queue_hours(away, generated_team.FULL, weeks=4) == pytest.approx(142.5)


def test_agents_who_are_different_share_nothing_and_like_agents_all_but_contract_and_skills() -> None:
    different = generated.case_of("generated-100-different", Path(), 1).problem
    assert len({_without_name(agent) for agent in different.agents}) == 100
    assert {agent.contract for agent in different.agents} == {"full", "part", "short days", "four days"}
    assert all(agent.history and agent.available for agent in different.agents)
    assert any(agent.unavailable for agent in different.agents)
    assert any(agent.time_off for agent in different.agents)
    alike = generated.case_of("generated-100-alike", Path(), 1).problem
    assert all(
        _without_name(agent)
        == _without_name(Agent(name=agent.name, contract=agent.contract, skills=agent.skills))
        for agent in alike.agents
    )
    assert {agent.contract for agent in alike.agents} == {"full", "part"}


@pytest.mark.parametrize("name", ["generated-40-different", "generated-40-alike-4weeks"])
def test_wishes_change_nothing_else(name: str) -> None:
    plain, wishing = (generated.case_of(one, Path(), 1) for one in (name, f"{name}-wishes"))
    bare = [
        agent.model_copy(update={"preferred_starts": (), "preferred_days_off": ()})
        for agent in wishing.problem.agents
    ]
    assert wishing.problem.model_copy(update={"name": name, "agents": tuple(bare)}) == plain.problem
    assert wishing.rules.rules[: len(plain.rules.rules)] == plain.rules.rules
    more = wishing.rules.rules[len(plain.rules.rules) :]
    assert more and all(rule.strength == Strength.PREFER and rule.price for rule in more)
    assert all(agent.preferred_starts for agent in wishing.problem.agents)
    assert any(agent.preferred_days_off for agent in wishing.problem.agents)


def _without_name(agent: Agent) -> str:
    return agent.model_copy(update={"name": "somebody"}).model_dump_json()


def test_the_week_before_was_worked_within_everybodys_own_times() -> None:
    problem = generated.case_of("generated-100-different", Path(), 2).problem
    for agent in problem.agents:
        opening = {(window.start.time(), window.end.time()) for window in agent.available}
        ((opens, closes),) = opening  # the same on every day
        barred = {window.start.weekday() for window in agent.unavailable}
        assert not barred or not agent.time_off
        terms = next(one for one in generated_team.DIFFERENT_TERMS if one.name == agent.contract)
        assert len(agent.history) == terms.days
        for duty in agent.history:
            assert opens <= duty.start.time() and duty.end.time() <= closes
            assert duty.day.weekday() not in barred
            assert duty.paid_minutes == terms.paid_minutes(terms.lengths[0])


@pytest.mark.parametrize(
    "name", ["generated-30", "generated-30-alike-strict", "generated-30-4weeks", "generated-30-wishes"]
)
def test_a_generated_case_can_be_planned_with(name: str) -> None:
    case = generated.case_of(name, Path(), 1)
    # that more is required than can come in some interval is what these cases are drawn for, and a warning
    assert not [one for one in problem_faults(case.problem) if one.is_error]
    assert rule_faults(case.problem, case.rules) == []


def test_a_scaled_curve_keeps_its_total_and_its_closed_hours() -> None:
    curve = week_curve(7, 30, 8 * 60, 20 * 60, 0.1, Random(1))
    numbers = scaled_to(curve, 500)
    assert sum(numbers) == 500
    assert all(number == 0 for number, level in zip(numbers, curve, strict=True) if level == 0)
    assert scaled_to([0.0, 0.0], 10) == (0, 0)


def test_every_listed_benchmark_has_a_loader_and_no_other_name_has() -> None:
    for name in (
        "example",
        "cc475-week",
        "cc475-month",
        "turnos29",
        "planted-200",
        "planted-1000",
        "planted-7",
    ):
        assert callable(loader_of(name))
    assert {"first-run", "check-475"} < set(LISTED)
    with pytest.raises(ValueError, match=r'no benchmark is called "cc474"; there are example'):
        loader_of("cc474")


def test_list_prints_every_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.splitlines() == list(LISTED)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "no benchmark named"),
        (["cc474"], "no benchmark is called"),
        (["turnos29", "--data", "nowhere"], "demanda"),
    ],
)
def test_what_cannot_be_measured_is_said(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert complaint in printed.err
    assert printed.out == ""


def test_a_row_is_printed_as_a_table_and_as_json(tmp_path: Path) -> None:
    row = Row(name="planted-200", agents=200, cost=1234.5, gap=0.01234, peak_memory_mib=512.4, verified=True)
    assert as_table([row]).splitlines() == [
        "| benchmark | agents | cost | gap | peak memory (MiB) | verified |",
        "| --- | --- | --- | --- | --- | --- |",
        "| planted-200 | 200 | 1,234.50 | 1.23% | 512 | yes |",
    ]
    write_json([row], tmp_path / "rows.json")
    (read,) = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert read["gap"] == 0.01234
    assert read["bound"] is None


def test_peak_memory_is_that_of_a_python_process() -> None:
    # An interpreter with pydantic loaded takes tens of MiB; a wrong unit would be off by a thousand.
    assert 20 < peak_memory_mib() < 20_000
