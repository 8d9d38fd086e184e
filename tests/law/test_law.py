"""Presets of law: each begins a workbook that passes ``check`` and judges its vectors as they say."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from constraints.law import preset_named, preset_names
from scheduler import check, read_workbook
from scheduler.app.law import under_law
from scheduler.command_line.main import command_line
from scheduler.domain import (
    Agent,
    BadInput,
    Break,
    Contract,
    Duty,
    PlacedBreak,
    Problem,
    Roster,
    ShiftTemplate,
    TimeGrid,
)
from scheduler.pay.payroll import pay_lines

VECTORS = files("constraints.law") / "vectors"


def run(*words: object) -> Any:
    return CliRunner().invoke(command_line, [*map(str, words)], catch_exceptions=False)


def problem_of(first_day: date, days: int) -> Problem:
    """One agent with an empty past who may work anything, on a clock without changes."""
    return Problem(
        name="vector",
        grid=TimeGrid(first_day=first_day, days=days, interval_minutes=60),
        skills=(),
        demand=(),
        templates=(
            ShiftTemplate(name="any", earliest_start=0, latest_start=1439, min_length=5, max_length=1440),
        ),
        contracts=(Contract(name="any", pay_per_hour=2000, templates=("any",)),),
        agents=(Agent(name="A", contract="any", skills=()),),
    )


def duty_of(first_day: date, said: dict[str, Any]) -> Duty:
    """A duty of a vector, in minutes after midnight of the first day."""

    def instant(at: str) -> int:
        return (datetime.fromisoformat(at) - datetime.combine(first_day, datetime.min.time())) // timedelta(
            minutes=1
        )

    start = instant(said["start"])
    return Duty(
        agent="A",
        day=start // 1440,
        template="any",
        start=start,
        end=instant(said["end"]),
        breaks=tuple(
            PlacedBreak(
                name="break", start=instant(one["start"]), length_minutes=one["minutes"], paid=one["paid"]
            )
            for one in said.get("breaks", ())
        ),
    )


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_judges_its_vectors_as_they_say(name: str) -> None:
    document = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    first_day, preset = date.fromisoformat(document["first_day"]), preset_named(name)
    wrong, seen = [], set[str]()
    assert all(vector["note"] for vector in document["vectors"])  # the text of the law that decides it
    for vector in document["vectors"]:
        system = vector.get("system", preset.usual_system)
        problem = problem_of(first_day, vector["days"])
        roster = Roster(duties=tuple(duty_of(first_day, one) for one in vector["duties"]))
        broken: dict[str, list[str]] = {"must": [], "report": []}
        for row in preset.systems[system]:
            rule = row.rule(first_day)
            if rule.is_on and any(rule.check(problem, roster)):  # type: ignore[call-arg, arg-type]
                broken[row.strength].append(row.label)
        seen.update(broken["must"], broken["report"])
        said = {"must": sorted(vector["breaks"]), "report": sorted(vector["tells"])}
        if {kind: sorted(labels) for kind, labels in broken.items()} != said:
            wrong.append((vector["about"], broken))
    assert not wrong
    long = {"44 h a week over 12 weeks", "48 h a week on average"}  # no vector is a quarter of a year long
    long |= {"16 days off in 8 weeks", "15 free Sundays a year", "360 h of overtime a year"}
    rows = {row.label for system in preset.systems.values() for row in system if row.strength != "off"}
    untried = rows - seen - long
    assert len(untried) <= len(rows) // 3, untried


@pytest.mark.parametrize("name", [name for name in preset_names() if preset_named(name).premiums])
def test_every_preset_pays_its_vectors_as_they_say(name: str) -> None:
    document = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    first_day, preset = date.fromisoformat(document["first_day"]), preset_named(name)
    paid: set[str] = set()
    for vector in document["pay"]:
        problem = problem_of(first_day, vector["days"])
        contract = problem.contracts[0].model_copy(update={"pay_per_hour": vector["pay_per_hour"]})
        premiums = preset.premiums_of(vector.get("system", preset.usual_system))
        problem = problem.model_copy(update={"contracts": (contract,), "premiums": premiums})
        duties = tuple(duty_of(first_day, one) for one in vector["duties"])
        _, *on_top = pay_lines(problem, Roster(duties=duties))
        found = {line.kind: line.cents / 100 for line in on_top}
        assert vector["note"] and found == vector["pays"], (vector["about"], found)
        paid |= found.keys()
    assert paid == {one.name for one in preset.premiums}


def placed(problem: Problem, length: int, stretch: int) -> tuple[PlacedBreak, ...] | None:
    """The breaks of a shift of a length in their windows and in order, with no stretch of work over one."""

    @cache
    def behind(breaks: tuple[Break, ...], since: int) -> tuple[PlacedBreak, ...] | None:
        if not breaks:
            return () if length - since <= stretch else None
        first, *others = breaks
        latest = min(first.latest_start, since + stretch, length - first.length_minutes)
        for start in reversed(range(first.earliest_start, latest + 1, first.step_minutes)):
            end = start + first.length_minutes
            rest = behind(tuple(others), end) if start >= since else None
            if rest is not None:
                facts = {"length_minutes": first.length_minutes, "paid": first.paid}
                return PlacedBreak(name=first.name, start=start, **facts), *rest
        return None

    return behind(problem.templates[0].breaks_of(length), 0)


@pytest.mark.parametrize("sample", [60, 510])
@pytest.mark.parametrize("name", preset_names())
def test_shifts_of_every_length_have_breaks_that_the_law_is_content_with(name: str, sample: int) -> None:
    preset, first_day = preset_named(name), date(2026, 6, 15)
    bands = preset.breaks_of(sample)
    problem = problem_of(first_day, 7)
    template = problem.templates[0].model_copy(update={"breaks": bands})
    problem = problem.model_copy(update={"templates": (template,)})
    assert [band.min_shift_minutes for band in bands[1:]] == [
        band.max_shift_minutes + 1 for band in bands[:-1]
    ]
    assert not bands or (bands[0].min_shift_minutes, bands[-1].max_shift_minutes) == (0, 1440)
    rules = [row.rule(first_day) for row in preset.systems[preset.usual_system] if row.strength != "off"]
    longest = [rule for rule in rules if rule.kind == "shift_length" or getattr(rule, "window_days", 0) == 1]
    of_breaks = [rule for rule in rules if rule.kind in ("work_without_break", "least_break_minutes")]
    stretch = min(
        (rule.at_most_minutes for rule in of_breaks if rule.kind == "work_without_break"), default=1440
    )
    edges = {edge for band in bands for edge in (band.min_shift_minutes, band.max_shift_minutes)}
    for length in sorted({*range(15, 1441, 15), *(edges - {0})}):
        duty = Duty(agent="A", day=0, template="any", start=0, end=length)
        breaks = placed(problem, length, stretch)
        if breaks is None:  # only where the day is longer than the law allows
            alone = placed(problem, length, 1440)
            assert alone is not None, length
            too_long = Roster(duties=(duty.model_copy(update={"breaks": alone}),))
            assert any(any(rule.check(problem, too_long)) for rule in longest), length
            continue
        roster = Roster(duties=(duty.model_copy(update={"breaks": breaks}),))
        if not any(any(rule.check(problem, roster)) for rule in longest if rule.strength == "must"):
            found = [one for rule in of_breaks for one in rule.check(problem, roster)]
            assert not found, length


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_begins_a_week_that_passes_check(name: str, tmp_path: Path) -> None:
    for system in preset_named(name).systems:
        done = run("new", tmp_path / "week.xlsx", "--preset", name, "--system", system, "--force")
        assert done.exit_code == 0, done.output
        assert not check(tmp_path / "week.xlsx")
        problem, rules = read_workbook(tmp_path / "week.xlsx")
        sources = {rule.name: rule.source for rule in rules.rules if rule.source}
        rows = preset_named(name).systems[system]
        assert sources == {row.label: row.source for row in rows}
        assert problem.premiums == preset_named(name).premiums_of(system)
        assert all(one in done.output for one in preset_named(name).left_out)


def test_what_is_not_there_is_named_with_what_is(tmp_path: Path) -> None:
    done = run("new", tmp_path / "week.xlsx", "--preset", "dee")
    assert done.exit_code == 2 and 'Did you mean "de"?' in done.output and "us-ca" in done.output
    done = run("new", tmp_path / "week.xlsx", "--preset", "tw", "--system", "four")
    assert done.exit_code == 2 and 'Did you mean "four-week"?' in done.output
    assert run("new", tmp_path / "week.xlsx", "--system", "four-week").exit_code == 2
    assert not (tmp_path / "week.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("DE", "de"),
        ("Germany", "de"),
        ("france", "fr"),
        ("FR-CC", "fr-cc"),
        ("USA", "us"),
        ("California", "us-ca"),
    ],
)
def test_a_preset_is_found_by_its_country_in_any_case(name: str, wanted: str) -> None:
    assert under_law(name).preset.name == wanted


def test_a_system_is_found_in_any_case() -> None:
    assert under_law("Taiwan", "Four-Week").system == "four-week"


@pytest.mark.parametrize(("name", "wanted"), [("Germani", "de"), ("Tawain", "tw"), ("califronia", "us-ca")])
def test_the_nearest_country_is_told_by_its_preset(name: str, wanted: str) -> None:
    with pytest.raises(BadInput) as told:
        under_law(name)
    assert f'Did you mean "{wanted}"? Known: br-nr17' in str(told.value)


def test_two_presets_are_refused(tmp_path: Path) -> None:
    done = run("new", tmp_path / "week.xlsx", "--preset", "de", "--preset", "fr")
    assert done.exit_code == 2 and "2 times (de, fr)" in done.output
    assert not (tmp_path / "week.xlsx").exists()


def test_no_name_is_that_of_two_presets() -> None:
    names = [name for one in preset_names() for name in (one, *preset_named(one).also)]
    assert len(set(names)) == len(names) and all(name == name.casefold() for name in names)


def test_the_page_names_every_preset() -> None:
    page = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
    assert [name for name in preset_names() if f"| `{name}` | {preset_named(name).title}" not in page] == []


def test_consent_is_a_row_that_is_off_until_it_is_given() -> None:
    offs = [
        row
        for name in preset_names()
        for system in preset_named(name).systems.values()
        for row in system
        if row.strength == "off"
    ]
    assert offs and all(row.note for row in offs)
