"""Where no repaired roster is legal: what is nearest to one, and where it is not legal."""

import pickle
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler import Contradiction, Stop, repair, verify_file, write_workbook
from scheduler.app.repair.repairing import not_legal_beside
from scheduler.changes.repair.auxiliary_problems import giving_way
from scheduler.command_line.main import command_line
from scheduler.command_line.output.exits import Exit
from scheduler.domain import Demand, Problem, Roster, TimeOff
from scheduler.model import RuleBook
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules

RULES = RuleBook(
    rules=(
        *tiny_rules().rules,
        rule("time_off"),
        rule("minimum_staff"),
        rule("days_per_week", at_most=1),
    )
)


def one_must_be_there(*, bo_is_sick: bool) -> Problem:
    """Ada and Bo may work one day each, and on both days somebody must be there; Monday is over."""
    problem = tiny_problem()
    (demand,) = problem.demand
    ada, bo = problem.agents
    away = TimeOff(start=datetime(2026, 1, 6), end=datetime(2026, 1, 7), kind="sick", paid_minutes=480)
    if bo_is_sick:
        bo = bo.model_copy(update={"time_off": (away,)})
    floor = Demand(skill=demand.skill, required=demand.required, minimum=demand.required)
    return problem.model_copy(update={"demand": (floor,), "agents": (ada, bo)})


def roster() -> Roster:
    monday, tuesday = tiny_roster().duties
    return Roster(duties=(monday, tuesday.model_copy(update={"agent": "Bo"})))


def test_what_breaks_least_comes_with_the_exception() -> None:
    # a planner got a sentence, and nothing that she could work with
    with pytest.raises(Contradiction) as none:
        repair(
            one_must_be_there(bo_is_sick=True), RULES, roster(), workers=1, counts=(0,),
            from_="2026-01-06T00:00", stop=Stop(seconds=None, rounds=1),
        )  # fmt: skip
    nearest = none.value.nearest
    assert nearest is not None
    # 8 hours without staff are less than a person's rule that gives way
    assert [breach.rule for breach in nearest.report.broken] == ["minimum_staff"]
    assert nearest.roster.duties == (roster().duties[0],)
    again = pickle.loads(pickle.dumps(none.value))
    assert again.nearest == nearest and str(again) == str(none.value)


def test_who_is_away_never_gives_way() -> None:
    hard = {rule.kind for rule in giving_way(RULES).rules if rule.is_must}
    assert hard == {"time_off", "entitlement", "one_shift_a_day"}


def test_the_command_writes_it_under_another_name(tmp_path: Path) -> None:
    week, old, new = tmp_path / "week.xlsx", tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    write_workbook(week, one_must_be_there(bo_is_sick=True), RULES)
    before = one_must_be_there(bo_is_sick=False)
    outcome = tiny_outcome(before, wages=0, missing=0, bound=0)
    write_workbook(old, before, RULES, outcome.model_copy(update={"roster": roster()}))
    said = CliRunner().invoke(
        command_line,
        ["repair", str(week), str(old), "-o", str(new), "--from", "2026-01-06T00:00", "--time-limit", "5"],
        catch_exceptions=False,
    )
    assert said.exit_code in (Exit.NO_LEGAL_ROSTER, Exit.NONE_IN_TIME), said.output
    words = " ".join(said.output.split())
    assert "The nearest roster found is not legal, 1 breach:" in words
    assert '"English" is 8 h of work below its minimum on 2026-01-06' in words
    assert not new.exists()
    written = tmp_path / "new-not-legal.xlsx"
    report = verify_file(one_must_be_there(bo_is_sick=True), RULES, written)
    assert not report.is_legal and not report.mismatches


def test_a_name_that_is_taken_is_left_as_it_is(tmp_path: Path) -> None:
    # The next try of "repair" replaced NEW-not-legal.xlsx, or refused to begin because of a file that nobody
    # had asked for, where somebody had mended it by hand.
    new = tmp_path / "new.xlsx"
    assert not_legal_beside(new).name == "new-not-legal.xlsx"
    (tmp_path / "new-not-legal.xlsx").touch()
    assert not_legal_beside(new).name == "new-not-legal-2.xlsx"
    (tmp_path / "new-not-legal-2.xlsx").touch()
    assert not_legal_beside(new) == tmp_path / "new-not-legal-3.xlsx"
    assert not_legal_beside(tmp_path / "new.json").name == "new-not-legal.json"
