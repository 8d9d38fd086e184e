"""Every example runs, and what it shows is true."""

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from examples.contact_centre import __main__ as contact_centre
from examples.contact_centre import week
from scheduler import Stop, check, read_workbook, solve, verify

EXAMPLES = Path(__file__).parents[1] / "examples"
NUMBERED = sorted(EXAMPLES.glob("[0-9][0-9]_*.py"))
QUICK = Stop(seconds=20, rounds=2)


def loaded(script: Path) -> ModuleType:
    """An example as a module; its name begins with a digit, so that ``import`` cannot."""
    spec = spec_from_file_location(f"example_{script.stem}", script)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_numbered_examples_and_they_have_no_gap() -> None:
    assert [int(script.name[:2]) for script in NUMBERED] == list(range(1, len(NUMBERED) + 1))
    assert len(NUMBERED) >= 2


def test_the_first_example_prints_a_verified_roster(capsys: pytest.CaptureFixture[str]) -> None:
    example = loaded(EXAMPLES / "01_a_first_roster.py")
    outcome = example.main(stop=QUICK, workers=1)
    problem, rules = example.build()
    assert verify(problem, rules, outcome.roster, certificate=outcome.certificate).passed
    # two full-time agents have to work at least 4 days each, four part-time agents at least 3
    assert len(outcome.roster.duties) >= 2 * 4 + 4 * 3
    assert capsys.readouterr().out.splitlines()[-1] == "verified"


def test_the_second_example_writes_a_workbook_and_shows_a_broken_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = loaded(EXAMPLES / "02_skills_nights_and_wishes.py")
    outcome = example.main(stop=QUICK, workers=1, folder=tmp_path)
    assert outcome.report.passed
    problem, rules = read_workbook(tmp_path / "roster.xlsx")
    assert (problem, rules) == example.build()
    assert "rest" in capsys.readouterr().out.split("after moving one duty by hand:")[1]


def test_the_third_example_makes_a_week_from_frames_and_plots_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = loaded(EXAMPLES / "03_week_from_a_frame.py")
    outcome = example.main(stop=QUICK, workers=1, folder=tmp_path)
    assert outcome.report.passed
    printed = capsys.readouterr().out
    # four of 32 h and four of 12 h a week are the least, of which a day of 8 h is time off
    total = sum(
        float(line.split()[3]) for line in printed.splitlines() if line.startswith(("Full time", "Part"))
    )
    assert total >= 4 * 32 + 4 * 12
    is_plotted = (tmp_path / "coverage.png").is_file()
    assert is_plotted == (find_spec("matplotlib") is not None) == ("written:" in printed)


def test_the_package_makes_the_example_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contact_centre.main(tmp_path / "week.xlsx")
    assert "60 agents, 3 skills" in capsys.readouterr().out
    assert check(tmp_path / "week.xlsx") == ()


def test_the_example_workbook_is_what_its_package_makes() -> None:
    workbook = EXAMPLES / "contact_centre_week.xlsx"
    assert check(workbook) == ()
    assert read_workbook(workbook) == week.build()


def test_the_fifth_example_foretells_better_than_a_mean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded(EXAMPLES / "05_from_past_calls_to_volumes.py").main(tmp_path)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    made, plain = (
        {(line[0], line[1:-2][0]): float(line[-1]) for line in lines if method in " ".join(line)}
        for method in (" forecast ", "mean of the last four")
    )
    assert len(made) == 4 and all(made[of] < plain[of] for of in made)


def test_the_fourth_example_goes_from_calls_to_a_roster(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = loaded(EXAMPLES / "04_from_calls_to_the_curve.py")
    outcome = example.main(stop=QUICK, workers=1, folder=tmp_path)
    assert outcome.report.passed
    # 12 calls of 240 s in half an hour are 1.6 erlangs
    assert (
        "08:00:00      12.0              1.6000           3            2.0            4"
        in capsys.readouterr().out
    )
    kept = read_workbook(EXAMPLES / "calls_week.xlsx")
    assert kept == read_workbook(tmp_path / "calls_week.xlsx"), (
        "python examples/04_from_calls_to_the_curve.py"
    )


def test_the_sixth_example_has_a_week_under_every_law() -> None:
    weeks = list(loaded(EXAMPLES / "06_weeks_under_laws.py").weeks())
    kept = sorted(path.stem for path in (EXAMPLES / "law").glob("*.xlsx"))
    assert kept == sorted(name for name, *_ in weeks)
    for name, problem, rules in weeks:
        workbook = EXAMPLES / "law" / f"{name}.xlsx"
        assert read_workbook(workbook) == (problem, rules), "python examples/06_weeks_under_laws.py"
        if name in ("br-nr17", "fr-cc", "tw"):  # all of them take a quarter of a minute
            outcome = solve(problem, rules, stop=Stop(seconds=None, rounds=1), workers=1)
            assert outcome.report.passed and outcome.report.is_legal, name
