"""Checks of the verbs' arguments: all that are wrong are reported at once, before anything is done.

Called by the verbs before anything else. Whether problem and rules can be planned is for their own checks.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from scheduler.domain import (
    BadInput,
    Cancel,
    Certificate,
    Claimed,
    Finding,
    Outcome,
    Place,
    Problem,
    Report,
    Roster,
    Stop,
)
from scheduler.domain.findings.finding import unknown_name
from scheduler.domain.results.certificate import Proof
from scheduler.domain.values.words import shown
from scheduler.model import Rule, RuleBook
from scheduler.texts import marked, text

MOST_WORKERS = 1024
"""Parallel searches; each has a roster of its own and two threads."""
MOST_STEPS = 1000
"""Searches one after another; each takes seconds."""
MOST_PRICE = 10**9
"""Cents for one change: ten million in currency."""
MOST_SEED = 2**53 - 1
"""The largest whole number that spreadsheets and every reader of JSON keep exactly."""

Faults = Iterator[tuple[str, str]]
Check = Callable[[object], Faults]


def must_be_right(**arguments: object) -> None:
    """Refuse arguments that are not what their names say.

    Raises
    ------
    BadInput
        With a finding for each that is wrong; its place is the argument's name.
    """
    findings = [
        Finding(place=Place(path=(name,)), message=message, hint=hint)
        for name, given in arguments.items()
        for message, hint in _CHECKS[name](given)
    ]
    if findings:
        raise BadInput(findings)


def must_fit(problem: Problem, start: Roster | None) -> None:
    """Refuse a roster to begin from that belongs to another problem.

    Raises
    ------
    BadInput
        With a finding for each name that the problem does not have, and for days that it does not plan.
    """
    duties = () if start is None else start.duties
    unknown = [
        unknown_name(what, name, known, sheet)
        for what, sheet, known, names in (
            ("agent", "Agents", problem.agent_named, [duty.agent for duty in duties]),
            ("shift", "Shifts", problem.template_named, [duty.template for duty in duties]),
        )
        for name in dict.fromkeys(names)
        if name not in known
    ]
    beyond = sorted({duty.day for duty in duties if not 0 <= duty.day < problem.grid.days})
    if beyond:
        said = text(
            "it has duties on day {first}, and {days} are planned, from 0.",
            first=beyond[0],
            days=problem.grid.days,
        )
        unknown.append((said, text("Give a roster of the same days.")))
    if unknown:
        raise BadInput(
            Finding(place=Place(path=("start",)), message=message, hint=hint) for message, hint in unknown
        )


def _whole_number(least: int, most: int, *, or_none: str = "") -> Check:
    def check(given: object) -> Faults:
        wanted = text(
            "Give a whole number from {least} to {most}{or_none}.",
            least=least,
            most=most,
            or_none=text(or_none),
        )
        if given is None and or_none:
            return
        if isinstance(given, bool) or not hasattr(given, "__index__"):
            yield text("{value} is not a whole number.", value=shown(given)), wanted
        elif not least <= given.__index__() <= most:
            yield (
                (
                    text("{value} is too small.", value=shown(given))
                    if given.__index__() < least
                    else text("{value} is too large.", value=shown(given))
                ),
                wanted,
            )

    return check


def _a(type_: type, *, hints: Mapping[type, str] | None = None, or_none: bool = False) -> Check:
    def check(given: object) -> Faults:
        if isinstance(given, type_) or (given is None and or_none):
            return
        hint = text(next((said for other, said in (hints or {}).items() if isinstance(given, other)), ""))
        yield text("{value} is given where a {name} belongs.", value=shown(given), name=type_.__name__), hint

    return check


def _callable(given: object) -> Faults:
    if given is not None and not callable(given):
        yield (
            text("{value} cannot be called.", value=shown(given)),
            text("Give a function of one argument, or None."),
        )


_ORDER = marked("The problem comes first, then the rules.")
_OF_ROSTER: Mapping[type, str] = {
    Outcome: marked("Write outcome.roster."),
    str: marked("Read it with read_roster."),
}


def _proof(given: object) -> Faults:
    if given not in get_args(Proof):
        yield text("{value} is no such choice.", value=shown(given)), text('Write "quick" or "full".')


_CHECKS: Mapping[str, Callable[[Any], Faults]] = {
    "problem": _a(Problem, hints={RuleBook: _ORDER, str: marked("Read it with read_workbook or read_json.")}),
    "rules": _a(
        RuleBook,
        hints={
            Problem: _ORDER,
            Rule: marked("Write RuleBook(rules=(rule,))."),
            list: marked("Write RuleBook(rules=...), or read plain data with read_rules."),
            tuple: marked("Write RuleBook(rules=...)."),
        },
    ),
    "roster": _a(Roster, hints=_OF_ROSTER),
    "start": _a(Roster, hints=_OF_ROSTER, or_none=True),
    "outcome": _a(Outcome, or_none=True),
    "certificate": _a(Certificate, hints={Outcome: marked("Write outcome.certificate.")}, or_none=True),
    "claimed": _a(Claimed, or_none=True),
    "report": _a(Report),
    "stop": _a(
        Stop, hints={int: marked("Write Stop(seconds=...)."), float: marked("Write Stop(seconds=...).")}
    ),
    "seed": _whole_number(0, MOST_SEED),
    "workers": _whole_number(1, MOST_WORKERS, or_none=marked(", or None for one a core")),
    "steps": _whole_number(1, MOST_STEPS),
    "change_price": _whole_number(0, MOST_PRICE),
    "break_price": _whole_number(0, MOST_PRICE),
    "most_changes": _whole_number(0, MOST_SEED, or_none=marked(", or None for any number")),
    "progress": _callable,
    "on_roster": _callable,
    "cancel": _a(Cancel, or_none=True),
    "proof": _proof,
}
