"""Wrong arguments: each raises one exception of staffcurve, which names all of them in sentences."""

import math
from typing import Any

import numpy as np
import pytest

from scheduler import (
    BadInput,
    RuleBook,
    Stop,
    as_json,
    check,
    read_json,
    read_roster,
    read_workbook,
    report_as_json,
    schema,
    solve,
    verify,
    verify_file,
    workbook_bytes,
    write_workbook,
)
from scheduler.app.arguments.checks import MOST_SEED, MOST_WORKERS
from scheduler.domain import Duty, Roster
from tests.unit.tiny import rule, tiny_outcome, tiny_problem, tiny_roster, tiny_rules

PROBLEM, RULES, ROSTER = tiny_problem(), tiny_rules(), tiny_roster()
OUTCOME = tiny_outcome(PROBLEM, wages=2, missing=0, bound=1)
ONE_A_CORE = "Give a whole number from 1 to 1024, or None for one a core."
NOT_SECONDS = "is not a number of seconds above 0, at most 1,000,000,000. None is no such limit."
NO_END = "stop  nothing would ever end the search. Give seconds, rounds, stale_seconds or a gap."
ORDER = "The problem comes first, then the rules."
ONE_ROUND = Stop(seconds=None, rounds=1)


def first_name(given: Any) -> str:
    return next(iter(given)) if isinstance(given, dict) else "said"


def told(call: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        call(*given, **named)
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        # 0 meant one a core, and below 0 was an error of the thread pool
        ({"workers": -1}, f"workers  -1 is too small. {ONE_A_CORE}"),
        ({"workers": 0}, f"workers  0 is too small. {ONE_A_CORE}"),
        ({"workers": True}, "workers  True is not a whole number."),
        ({"workers": 1.0}, "workers  1.0 is not a whole number."),
        ({"workers": MOST_WORKERS + 1}, "workers  1025 is too large."),
        ({"seed": -1}, "seed  -1 is too small. Give a whole number from 0 to 9007199254740991."),
        ({"seed": "a"}, "seed  'a' is not a whole number."),
        ({"seed": 2**64}, "seed  18446744073709551616 is too large."),
        ({"seed": MOST_SEED + 1}, "seed  9007199254740992 is too large."),
        ({"seed": 10**5000}, "seed  a number of very many digits is too large."),
        ({"seed": None}, "seed  None is not a whole number."),
        ({"seed": True}, "seed  True is not a whole number."),
        ({"seed": math.nan}, "seed  nan is not a whole number."),
        ({"stop": 60}, "stop  60 is given where a Stop belongs. Write Stop(seconds=...)."),
        ({"stop": None}, "stop  None is given where a Stop belongs."),
        ({"progress": 3}, "progress  3 cannot be called. Give a function of one argument, or None."),
        ({"start": OUTCOME}, "start  an Outcome is given where a Roster belongs. Write outcome.roster."),
        ({"start": "last.xlsx"}, "start  'last.xlsx' is given where a Roster belongs. Read it with"),
    ],
    ids=first_name,
)  # fmt: skip
def test_an_argument_of_solve_that_cannot_be(named: Any, said: str) -> None:
    (finding,) = told(solve, PROBLEM, RULES, **{"stop": ONE_ROUND, **named})
    assert finding.startswith(said)


def test_all_of_them_are_told_at_once() -> None:
    said = told(solve, RULES, PROBLEM, stop=60, seed="a", workers=-1, progress=3, start=PROBLEM)
    assert [line.split("  ")[0] for line in said] == [
        "problem", "rules", "stop", "seed", "workers", "progress", "start",
    ]  # fmt: skip
    assert said[0] == f"problem  a RuleBook is given where a Problem belongs. {ORDER}"
    assert said[1] == f"rules  a Problem is given where a RuleBook belongs. {ORDER}"


def test_whole_numbers_of_other_kinds_are_taken() -> None:
    outcome = solve(PROBLEM, RULES, stop=ONE_ROUND, seed=np.int64(3), workers=np.int32(1))
    assert (outcome.seed, type(outcome.seed), outcome.workers, type(outcome.workers)) == (3, int, 1, int)


def test_a_start_of_another_problem() -> None:
    duties = (
        Duty(agent="Eve", day=0, template="day", start=540, end=1020),
        Duty(agent="Ada", day=9, template="nigth", start=540, end=1020),
    )
    assert told(solve, PROBLEM, RULES, stop=ONE_ROUND, start=Roster(duties=(*ROSTER.duties, *duties))) == [
        'start  agent "Eve" is not on the Agents sheet. Known: Ada, Bo.',
        'start  shift "nigth" is not on the Shifts sheet. Known: day.',
        "start  it has duties on day 9, and 2 are planned, from 0. Give a roster of the same days.",
    ]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"seconds": None}, [NO_END]),
        ({"seconds": math.nan}, [f"stop.seconds  nan {NOT_SECONDS}"]),
        ({"seconds": math.inf}, [f"stop.seconds  inf {NOT_SECONDS}"]),
        ({"seconds": -1}, [f"stop.seconds  -1 {NOT_SECONDS}"]),
        ({"seconds": 0}, [f"stop.seconds  0 {NOT_SECONDS}"]),
        ({"seconds": "60"}, [f"stop.seconds  '60' {NOT_SECONDS}"]),
        ({"seconds": 1e308}, [f"stop.seconds  1e+308 {NOT_SECONDS}"]),
        ({"seconds": 10**5000}, [f"stop.seconds  a number of very many digits {NOT_SECONDS}"]),
        ({"seconds": True}, [f"stop.seconds  True {NOT_SECONDS}"]),
        ({"gap": math.nan}, ["stop.gap  nan is not a part of the cost, from 0 on. 0.01 is 1 %."]),
        (
            {"rounds": 0, "stale_seconds": math.inf, "second": 3},
            [
                "stop.rounds  0 is not a whole number from 1 to 1,000,000,000. None is no such limit.",
                f"stop.stale_seconds  inf {NOT_SECONDS}",
                "stop.second  this is not known here. Known: seconds, gap, rounds, stale_seconds.",
            ],
        ),
    ],
    ids=first_name,
)  # fmt: skip
def test_a_criterion_that_cannot_be(named: Any, said: list[str]) -> None:
    assert told(Stop, **named) == said


@pytest.mark.parametrize("named", [{"rounds": 3}, {"stale_seconds": 3}, {"gap": 0.01}], ids=first_name)
def test_without_a_time_limit_one_other_criterion_is_enough(named: Any) -> None:
    stop = Stop(seconds=None, **named)
    assert Stop.model_validate_json(stop.model_dump_json()) == stop


def test_whole_seconds_are_taken() -> None:
    assert Stop(seconds=60) == Stop(seconds=60.0) == Stop()


@pytest.mark.parametrize(
    ("call", "given", "names"),
    [
        (verify, (RULES, PROBLEM, OUTCOME), ["problem", "rules", "roster"]),
        (verify, (PROBLEM, [rule("requirement")], ROSTER), ["rules"]),
        (verify_file, ("week.xlsx", RULES, "roster.xlsx"), ["problem"]),
        (write_workbook, ("week.xlsx", RULES, PROBLEM), ["problem", "rules"]),
        (workbook_bytes, (PROBLEM, RULES, ROSTER), ["outcome"]),
        (as_json, (PROBLEM, None), ["rules"]),
        (report_as_json, (PROBLEM, OUTCOME), ["report"]),
        (read_roster, ("roster.xlsx", RULES), ["problem"]),
        (read_workbook, (5,), ["path"]),
        (read_workbook, (None,), ["path"]),
        (read_workbook, ("week\0.xlsx",), ["path"]),
        (read_workbook, ('{"problem": {}}',), ["path"]),
        (read_workbook, ("a" * 5000,), ["path"]),
        (read_workbook, ("\ud800",), ["path"]),
        (read_workbook, ({"problem": {}},), ["path"]),
        (check, (b"",), ["path"]),
        (write_workbook, (5, PROBLEM, RULES), ["path"]),
        (read_json, (5,), ["document"]),
        (read_json, ({"problem": {1, object()}},), ["document"]),
        (schema, ("week",), ["of"]),
    ],
)
def test_arguments_of_the_other_verbs(call: Any, given: Any, names: list[str]) -> None:
    assert [line.split("  ")[0] for line in told(call, *given)] == names


@pytest.mark.parametrize("name", ["week.xlsx", "week.json"])
def test_a_folder_is_no_file(tmp_path: Any, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for call, given in [
        (read_workbook, (folder,)),
        (read_roster, (folder, PROBLEM)),
        (verify_file, (PROBLEM, RULES, folder)),
        (write_workbook, (folder, PROBLEM, RULES)),
        (write_workbook, (folder, PROBLEM, RULES, OUTCOME)),
        (read_json, (folder,)),
    ]:
        (said,) = told(call, *given)
        assert said.startswith(f"{folder}  this is ") or "folder" in said
        assert "folder" in said or "directory" in said
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert list(folder.iterdir()) == []


def test_no_name_at_all_is_a_folder(monkeypatch: Any, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("", ".", "/"):
        assert "folder" in told(write_workbook, path, PROBLEM, RULES)[0]
        assert told(read_workbook, path)


def test_a_rule_book_by_itself_names_who_reads_it() -> None:
    # It met an abstract class: "Can't instantiate abstract class Rule".
    with pytest.raises(ValueError, match=r"use scheduler\.read_rules"):
        RuleBook.model_validate_json(RULES.model_dump_json())
    with pytest.raises(ValueError, match=r"use scheduler\.read_rules"):
        RuleBook.model_validate(RULES.model_dump())
