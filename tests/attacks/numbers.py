"""Numbers beyond any sense, in every numeric field of a JSON input and in every column of a workbook.

    python -m tests.attacks numbers

Each is either accepted, and then a search and its verification go through, or told in findings, at least one
of which stands at the field itself; never anything else. A number that no field of the kind can hold is told
in exactly one finding. ``--count N`` tries N of them, drawn by ``--seed``; without it all are tried.
"""

import argparse
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from openpyxl import load_workbook

from constraints import CATALOGUE
from scheduler.app.planning import read, solve, verify, workbook_bytes
from scheduler.domain import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    Stop,
    TimeGrid,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.contract import PayPremium
from scheduler.domain.findings.errors import BadInput
from scheduler.domain.findings.finding import Finding
from scheduler.domain.results.errors import Contradiction, NothingFound
from scheduler.io.input.json_document import as_document
from scheduler.model import RuleBook, Strength
from scheduler.model.checks.rule_book import rule_faults
from tests.property.problems import PLACES_AND_TIMES, REPORTED, fields_of

NUMBERS = {
    "0": "0",
    "1": "1",
    "-1": "-1",
    "one half": "0.5",
    "2^31": str(2**31),
    "2^53": str(2**53),
    "2^63": str(2**63),
    "1e308": "1e308",
    "10^400": "1" + "0" * 400,
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
}
"""What is written, as it stands in JSON."""
BEYOND = frozenset(NUMBERS) - {"0", "1", "one half"}
"""What no field can hold."""
FEW_ROUNDS = Stop(seconds=None, rounds=1)
PLACEHOLDER = "the number"

Path = tuple[str | int, ...]


def base() -> tuple[Problem, RuleBook]:
    """Two days of two agents with every kind of fact, and every rule of the catalogue as a preference."""
    _, monday = PLACES_AND_TIMES[0]
    grid = TimeGrid(first_day=monday, days=2, interval_minutes=60)
    at = [grid.local(clock).replace(tzinfo=None) for clock in range(-2880, 2881, 60)]

    def moment(day: int, hour: int) -> Any:
        return at[(day + 2) * 24 + hour]

    rest = Break(name="rest", length_minutes=15, earliest_start=60, latest_start=90, step_minutes=15)
    template = ShiftTemplate(
        name="day",
        earliest_start=480,
        latest_start=540,
        start_step=60,
        min_length=240,
        max_length=300,
        length_step=60,
        breaks=(BreakBand(min_shift_minutes=60, max_shift_minutes=600, breaks=(rest,)),),
    )
    day = (0,) * 8 + (1,) * 5 + (0,) * 11
    ada = Agent(
        name="Ada",
        contract="full",
        skills=("English",),
        pay_per_hour=2100,
        available=(Window(start=moment(0, 0), end=moment(0, 24)),),
        time_off=(TimeOff(start=moment(1, 0), end=moment(1, 24), paid_minutes=240),),
        pins=(Pin(day=monday, template="day", start=480, length_minutes=240, break_starts=(540,)),),
        history=(WorkedDuty(day=grid.date(-1), start=moment(-1, 8), end=moment(-1, 12), paid_minutes=240),),
        preferred_starts=((480, 480),),
        shift_wishes=(ShiftWish(day=monday, template="day", price=100),),
    )
    problem = Problem(
        grid=grid,
        skills=(Skill(name="English"),),
        demand=(Demand(skill="English", required=day * 2, minimum=(0,) * 48, maximum=(2,) * 48),),
        headcounts=(Headcount(template="day", skill="English", required=(1, 1)),),
        templates=(template,),
        contracts=(
            Contract(
                name="full",
                pay_per_hour=2000,
                min_paid_minutes=240,
                max_paid_minutes=2400,
                templates=("day",),
            ),
        ),
        agents=(ada, Agent(name="Bo", contract="full", skills=("English",))),
        premiums=(
            PayPremium(name="late", start=720, end=1440, weekdays=(0,), money_per_hour=100),
            PayPremium(name="of the day", over_minutes=240, percent="25"),
            PayPremium(
                name="of the week", over_period_minutes=480, period_days=7, period_from=monday, percent="25"
            ),
            PayPremium(name="least", least_minutes=300),
            PayPremium(name="log-in", log_in_minutes=10),
        ),
    )
    return problem, RuleBook(rules=tuple(_rules(problem)))


def _rules(problem: Problem) -> Iterator[Any]:
    for rule in CATALOGUE:
        kind = rule.model_fields["kind"].default
        fields = {
            "days_per_week": {"at_least": 1, "at_most": 5},
            "paid_hours": {"per": "horizon", "at_least_minutes": 0, "at_most_minutes": 2400},
            "shift_count": {"templates": ("day",), "at_least": 0, "at_most": 2},
            "weekends": {"at_most": 1, "in_a_row": 1},
            "seats": {"at_most": 6},
            "break_gaps": {"at_least_minutes": 15, "at_most_minutes": 300},
        }.get(kind) or fields_of(rule, problem, Random(1))
        if "by" in fields:
            fields["by"] = ("Bo",)
        if kind in REPORTED:
            fields |= {"strength": Strength.MUST if kind == "leave_quota" else Strength.REPORT}
        elif kind not in ("requirement", "shift_requirement", "one_shift_a_day"):
            fields |= {"strength": Strength.PREFER, "price": 100}
        yield rule(**fields)


@dataclass
class Tally:
    """How often each thing happened, and what was wrong."""

    said: Counter[str]
    wrong: list[str]

    def note(self, where: str, outcome: str) -> None:
        """One trial's end; what is wrong begins with ``WRONG``."""
        if outcome.startswith("WRONG"):
            self.wrong.append(f"{where}: {outcome}")
        else:
            self.said[outcome] += 1


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where a number stands in a document; of a list of numbers the first and the last."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        of_numbers = all(isinstance(inner, int) for inner in value)
        for place in sorted({0, len(value) - 1}) if value and of_numbers else range(len(value)):
            yield from leaves(value[place], (*path, place))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path


def replaced(value: Any, path: Path) -> Any:
    """A copy of a document with the placeholder at a path."""
    if not path:
        return PLACEHOLDER
    copied = dict(value) if isinstance(value, Mapping) else list(value)
    copied[path[0]] = replaced(value[path[0]], path[1:])
    return copied


def written(document: Any, path: Path, number: str) -> str:
    """The document as JSON, with a number at a path."""
    return json.dumps(replaced(document, path)).replace(json.dumps(PLACEHOLDER), NUMBERS[number])


def in_json(document: Any, path: Path, number: str) -> str:
    """What becomes of a document with a number at a path."""
    text = written(document, path, number)
    field = path[1:] if path[0] == "problem" else path

    def is_there(finding: Finding) -> bool:
        place = finding.place.path
        return bool(place) and (place[: len(field)] == field or field[: len(place)] == place)

    return outcome_of(text.encode(), number, is_there, field[-1])


def outcome_of(content: bytes, number: str, is_there: Any, field: object) -> str:
    """Accepted and right, refused at its place, or what is wrong."""
    try:
        reading = read(content)
        if reading.problem is None or reading.rules is None:
            findings: Sequence[Finding] = reading.with_findings(())
        else:
            faults = [*problem_faults(reading.problem), *rule_faults(reading.problem, reading.rules)]
            findings = reading.with_findings(faults)
        errors = [finding for finding in findings if finding.is_error]
        if errors:
            # what is no number in JSON is told before any field is known, at its line and column
            there = [one for one in errors if is_there(one) or " in line 1, column " in one.message]
            followed = [finding for finding in errors if "there is no row for" not in finding.message]
            if number in BEYOND and len(followed) != 1:
                return f"WRONG {number}: {len(errors)} findings: {'; '.join(map(str, errors[:3]))}"
            if not there and number in BEYOND:
                return f"WRONG {number}: told elsewhere: {errors[0]}"
            return "refused at its place" if there else "refused for what does not go with it"
        if number in BEYOND and number != "2^31":  # as cents it is a price that some have
            return f"WRONG {number}: accepted"
        assert reading.problem is not None and reading.rules is not None
        outcome = solve(reading.problem, reading.rules, stop=FEW_ROUNDS, workers=1)
        report = verify(reading.problem, reading.rules, outcome.roster, certificate=outcome.certificate)
        return "accepted and verified" if report.passed else f"WRONG {number}: {report.mismatches}"
    except (BadInput, Contradiction, NothingFound) as error:
        return f"accepted, and then {type(error).__name__}"
    except Exception as error:  # whatever else comes out is what this looks for
        return f"WRONG {number}: {type(error).__name__}: {str(error)[:200]}"


CELLS = {
    **{
        name: float(text) if "." in text or "e" in text else int(text)
        for name, text in NUMBERS.items()
        if name not in ("10^400", "NaN", "Infinity", "-Infinity")
    },
    **{name: NUMBERS[name] for name in ("10^400", "NaN", "Infinity", "-Infinity")},
}
"""What stands in a cell: a number, or the text of one that a cell cannot hold."""


def columns(content: bytes) -> Iterator[tuple[str, str]]:
    """Sheet and cell of the first number of every column, and of every one of them in Settings and Rules."""
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        seen: set[int] = set()
        for row in sheet.iter_rows():
            for cell in row:
                numeric = (cell.data_type == "n" and cell.value is not None) or cell.is_date
                if numeric and (cell.column not in seen or sheet.title in ("Settings", "Rules")):
                    seen.add(cell.column)
                    yield sheet.title, cell.coordinate


def in_workbook(content: bytes, sheet: str, cell: str, number: str) -> str:
    """What becomes of a workbook with a number in a cell."""
    book = load_workbook(io.BytesIO(content))
    book[sheet][cell].value = CELLS[number]
    book[sheet][cell].number_format = "General"
    saved = io.BytesIO()
    book.save(saved)

    def is_there(finding: Finding) -> bool:
        return finding.place.sheet == sheet

    return outcome_of(saved.getvalue(), number, is_there, cell)


def attack(count: int | None = None, seed: int = 1) -> Tally:
    """All trials, or so many of them."""
    problem, rules = base()
    document, content = as_document(problem, rules), workbook_bytes(problem, rules)
    trials: list[tuple[Any, ...]] = [
        (in_json, document, path, number) for path in leaves(document) for number in NUMBERS
    ]
    trials += [(in_workbook, content, *place, number) for place in columns(content) for number in CELLS]
    if count is not None and count < len(trials):
        trials = Random(seed).sample(trials, count)
    tally = Tally(Counter(), [])
    for one, whole, *where in trials:
        tally.note(f"{one.__name__} {where[:-1]}", one(whole, *where))
    return tally


def main(given: Sequence[str] | None = None) -> int:
    """From the command line."""
    parser = argparse.ArgumentParser(prog="numbers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    tally = attack(asked.count, asked.seed)
    for outcome, times in tally.said.most_common():
        print(f"{times:7d} {outcome}")
    print("\n".join(tally.wrong) or "Nothing was wrong.")
    return int(bool(tally.wrong))
