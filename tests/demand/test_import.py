"""Volumes of another tool: other intervals, long and wide, clock changes, frames without a whole week."""

import logging
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import scheduler
from scheduler import BadInput, read_workbook, requirement, with_volumes, write_workbook
from scheduler.command_line.main import command_line
from scheduler.domain import Problem
from tests.demand.weeks import CALLS, bare, one_skill
from tests.unit.tiny import tiny_rules

DAYS = ("2026-01-05", "2026-01-06")


def rows(
    minutes: int, contacts: float = 10, first: int = 9 * 60, last: int = 17 * 60
) -> list[tuple[str, str, float]]:
    return [
        (day, f"{at // 60:02d}:{at % 60:02d}", contacts) for day in DAYS for at in range(first, last, minutes)
    ]


def csv(path: Path, headings: str, lines: list[tuple[object, ...]]) -> Path:
    path.write_text("\n".join([headings, *(",".join(map(str, line)) for line in lines)]))
    return path


@pytest.mark.parametrize("minutes", [5, 10, 15, 20, 30, 60])
def test_shorter_intervals_are_added_up(
    minutes: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    table = csv(tmp_path / "calls.csv", "Date,Start,Calls", rows(minutes, minutes / 10))
    with caplog.at_level(logging.INFO, "staffcurve"):
        problem = with_volumes(one_skill(aht_seconds=300), table)
    (volumes,) = problem.volumes
    assert volumes.contacts[9] == pytest.approx(6)  # a tenth a minute
    assert [number is not None for number in volumes.contacts] == ([False] * 9 + [True] * 8 + [False] * 7) * 2
    assert ("added up" in caplog.text) == (minutes < 60)
    assert "Replaced: the volumes of English." in caplog.text
    assert problem.requirement and problem.demand[0].required[9] == problem.demand[0].required[16] > 0


def test_longer_intervals_are_shared_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    problem = bare()
    fine = problem.model_copy(
        update={"grid": problem.grid.model_copy(update={"interval_minutes": 15}), "volumes": ()}
    )
    table = csv(tmp_path / "calls.csv", "Date,Start,Calls,AHT", [(*row, 240) for row in rows(60, 10)])
    with caplog.at_level(logging.INFO, "staffcurve"):
        (volumes,) = with_volumes(fine, table).volumes
    assert volumes.contacts[36:41] == (2.5,) * 5 and volumes.aht_seconds[36] == 240
    assert "by 60 min and were shared out evenly over intervals of 15 min" in caplog.text


def test_handling_times_are_weighted_by_contacts(tmp_path: Path) -> None:
    lines = [(*row, 100 if row[1].endswith("00") else 400) for row in rows(30, 30)]
    lines[0] = (DAYS[0], "09:00", 10, 100)
    (volumes,) = with_volumes(bare(), csv(tmp_path / "c.csv", "Date,Start,Calls,AHT (s)", lines)).volumes
    assert volumes.contacts[9] == 40 and volumes.aht_seconds[9] == pytest.approx(325)  # 10 x 100 + 30 x 400
    assert volumes.aht_seconds[10] == pytest.approx(250)


def test_a_wide_frame_by_moments_is_read() -> None:
    moments = pd.date_range("2026-01-05 09:00", periods=8, freq="60min").union(
        pd.date_range("2026-01-06 09:00", periods=8, freq="60min")
    )
    frame = pd.DataFrame({"Start": moments, "English": 30.0, "English AHT": 240})
    assert with_volumes(bare(), frame).volumes == one_skill((30.0,) * 8).volumes


def autumn() -> Problem:
    """A Sunday in Berlin on which the clock is put back from 03:00 to 02:00."""
    problem = bare()
    grid = problem.grid.model_copy(
        update={"first_day": date(2026, 10, 25), "days": 1, "time_zone": "Europe/Berlin"}
    )
    return problem.model_copy(update={"grid": grid, "volumes": ()})


def test_an_hour_that_the_clock_repeats_comes_twice() -> None:
    moments = pd.date_range("2026-10-25", periods=25, freq="60min", tz="Europe/Berlin")
    frame = pd.DataFrame({"Start": moments, "Contacts": range(100, 125), "AHT": 240})
    (volumes,) = with_volumes(autumn(), frame).volumes
    assert volumes.contacts == tuple(map(float, range(100, 125)))
    in_utc = frame.assign(Start=[moment.isoformat() for moment in moments.tz_convert("UTC")])
    assert with_volumes(autumn(), in_utc).volumes == (volumes,)
    once = frame.assign(Start=moments.tz_localize(None)).drop(index=3)
    with pytest.raises(BadInput, match="no second row for 2026-10-25 02:00"):
        with_volumes(autumn(), once)


def test_an_hour_that_the_clock_skips_is_told(caplog: pytest.LogCaptureFixture) -> None:
    spring = autumn()
    spring = spring.model_copy(
        update={"grid": spring.grid.model_copy(update={"first_day": date(2026, 3, 29)})}
    )
    moments = pd.date_range("2026-03-29", periods=24, freq="60min")
    with caplog.at_level(logging.INFO, "staffcurve"):
        (volumes,) = with_volumes(spring, pd.DataFrame({"Start": moments, "Calls": 1, "AHT": 240})).volumes
    assert len(volumes.contacts) == 23 and None not in volumes.contacts
    assert "02:00 does not exist" in caplog.text


@pytest.mark.parametrize(
    ("headings", "lines", "complaint"),
    [
        ("Date,Start,Calls", [(DAYS[0], "09:00", -1)], '"-1" is less than 0'),
        (
            "Date,Start,Calls",
            [(DAYS[0], "09:00", 1), (DAYS[0], "09:00", 1)],
            "stands here again, after row 2",
        ),
        (
            "Date,Start,Skill,Calls",
            [(DAYS[0], "09:00", "Engish", 1)],
            'skill "Engish" is not on the Skills sheet',
        ),
        ("Date,Start,Calls", rows(7), "between the first and the last row of a day have no row"),
        ("Nothing,Here", [(1, 2)], "no row of headings"),
        ("Date,Start,Calls", [], "no row is for a day from 2026-01-05"),
    ],
)
def test_what_is_wrong_is_refused(
    headings: str, lines: list[tuple[object, ...]], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=complaint):
        with_volumes(bare(), csv(tmp_path / "calls.csv", headings, lines))


def test_no_file_and_no_skill(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        with_volumes(bare(), tmp_path / "none.csv")
    with pytest.raises(BadInput, match="is no skill of this input"):
        with_volumes(bare(), csv(tmp_path / "c.csv", "Date,Start,Calls", rows(60)), skill="French")


def frames() -> dict[str, object]:
    """What a requirement needs, and no more."""
    return {
        "settings": {"First day": "2026-01-05", "Days": 2, "Interval (min)": 60, "Time zone": "UTC"},
        "skills": pd.DataFrame({"Skill": ["English"]}),
        "volumes": pd.DataFrame(
            {"Date": ["Mon-Tue"] * 8, "Start": [f"{hour:02d}:00" for hour in range(9, 17)], "Calls": CALLS}
        ),
        "service_goals": pd.DataFrame(
            {"Skill": ["English"], "Service level (%)": [80], "Within (s)": [20], "AHT (s)": [240]}
        ),
    }


def test_a_requirement_needs_no_people() -> None:
    steps = requirement(frames())
    assert list(steps.columns)[3:] == [
        "Contacts", "Workload (erlangs)", "Base staff", "Shrinkage (%)", "Requirement", "Override"
    ]  # fmt: skip
    assert steps["Requirement"].tolist() == [*one_skill().demand[0].required[9:17]] * 2
    wrong = frames() | {"volumes": pd.DataFrame({"Date": ["Mon"], "Start": ["09:00"], "Calls": [-1]})}
    with pytest.raises(BadInput, match="-1 is less than 0"):
        requirement(wrong)


@pytest.fixture
def week(tmp_path: Path) -> Path:
    write_workbook(tmp_path / "week.xlsx", one_skill(), tiny_rules())
    return tmp_path / "week.xlsx"


def run(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(command_line, [str(word) for word in words], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_shows_days_and_intervals(week: Path) -> None:
    code, shown, said = run("demand", week)
    assert (code, said) == (0, "")
    # 388 contacts a day of 240 s: 25.8 h of work
    assert shown.splitlines()[1].split() == [
        "Mon",
        "2026-01-05",
        "English",
        "388",
        "25.8",
        "46.0",
        "46.0",
        "9",
    ]
    assert shown.splitlines()[-1] == "Required in all: 92.0 agent-hours."
    code, shown, _ = run("demand", week, "--day", "2026-01-06")
    assert code == 0
    assert shown.splitlines()[1].split() == [
        "2026-01-06",
        "09:00",
        "English",
        "30",
        "2.00",
        "4",
        "0",
        "%",
        "4",
    ]


def test_the_command_takes_volumes_in_and_writes(week: Path, tmp_path: Path) -> None:
    table, target = (
        csv(tmp_path / "calls.csv", "Date,Start,Calls,AHT", [(*row, 240) for row in rows(30, 5)]),
        tmp_path / "new.xlsx",
    )
    code, _, said = run("demand", week, "--volumes", table, "-o", target)
    assert code == 0 and "added up" in said and "Written: " in said
    assert read_workbook(target)[0].volumes[0].contacts[9] == 10
    assert scheduler.check(target) == ()


def test_a_week_without_volumes_can_be_given_some(tmp_path: Path) -> None:
    problem = bare().model_copy(update={"volumes": ()})
    write_workbook(tmp_path / "week.json", problem, tiny_rules())
    write_workbook(tmp_path / "week.xlsx", problem, tiny_rules())
    table = csv(tmp_path / "calls.csv", "Date,Start,Calls,AHT", [(*row, 240) for row in rows(60, 30)])
    for name in ("week.xlsx", "week.json"):
        assert run("demand", tmp_path / name)[0] == 2
        code, _, said = run("demand", tmp_path / name, "--volumes", table, "-o", tmp_path / "new.xlsx")
        assert code == 0, said
        assert read_workbook(tmp_path / "new.xlsx")[0] == one_skill((30.0,) * 8)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--day", "2027-01-05"), '"2027-01-05" is not one of the planned days'),
        (("--skill", "English"), "--skill says whose --volumes are"),
        (("-o", "new.csv"), "must end in"),
    ],
)
def test_the_command_refuses(words: tuple[str, ...], told: str, week: Path) -> None:
    code, shown, said = run("demand", week, *words)
    assert (code, shown) == (2, "") and told in said


def test_bad_volumes_end_the_command(week: Path, tmp_path: Path) -> None:
    table = csv(tmp_path / "calls.csv", "Date,Start,Calls", [(DAYS[0], "09:00", -1)])
    code, shown, said = run("demand", week, "--volumes", table)
    assert (code, shown) == (2, "") and "calls.csv!C2" in said
