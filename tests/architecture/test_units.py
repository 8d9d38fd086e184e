"""Numbers say their unit by the last word of their name, and modules of a method say where it is from.

Looked at are public constants, fields and parameters of the engine and of the verifier that are declared as
``int`` or ``float``. The last word of such a name has to be a unit, something that is counted or numbered, an
amount of money (always in sixtieths of a cent unless it ends in ``cents``), or a ratio. A word that says none
of these (``length``, ``timeout``, ``limit``, ``size``) is refused: a reader would have to guess. So is a unit
elsewhere in the name: ``DAYS_AROUND`` may well be minutes.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("scheduler/engine", "scheduler/verifier")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))

UNITS = {"second", "microsecond", "nanosecond", "minute", "cent", "slot", "day", "erlang"}
COUNTED = {
    *("agent", "people", "head", "staff", "worker", "skill", "week", "break", "rule"),
    *("iteration", "call", "step", "tries", "round", "dive", "batch", "retreat", "move", "work"),
    *(
        "contact",
        "part",
        "row",
        "column",
        "node",
        "label",
        "state",
        "symbol",
        "transition",
        "class",
        "block",
        "crew",
        "rung",
        "portion",
    ),
    *(
        "choice",
        "kind",
        "side",
        "stage",
        "start",
        "place",
        "number",
        "cell",
        "bit",
        "span",
        "flag",
        "entries",
        "counter",
        "count",
    ),
    *("scratch", "share", "taken", "kept", "patience", "searched"),
}
NUMBERED = {"zone", "option", "group", "interval", "seed", "version", "effort"}
MONEY = {
    "price",
    "cost",
    "bound",
    "charge",
    "dear",
    "dearest",
    "wage",
    "slack",
    "pay",
    "granularity",
    "scale",
    "temperature",
}
RATIOS = {
    *("fraction", "factor", "weight", "growth", "shrinkage", "shrink", "decay", "memory", "noise", "jitter"),
    *("tolerance", "reach", "divisor", "box", "truth", "percent"),
}
SAYS_ITS_UNIT = UNITS | COUNTED | NUMBERED | MONEY | RATIOS

MARKS = {
    *(
        "ABSENT",
        "ALMOST_NEVER",
        "ANY_TIME",
        "DEAD",
        "NEVER",
        "NO_CAP",
        "NO_HISTORY",
        "NO_LAYOUT",
        "NO_LIMIT",
    ),
    *("POSSIBLE", "UNBOUNDED", "UNKNOWN_PAST", "UNSAID"),
}
"""Stand in the place of a number where there is none."""
BY_NAME = dict.fromkeys(MARKS, "a mark") | {
    "address": "of a struct in memory",
    "axis": "points of the axis of next starts",
    "first": "an index",
    "last": "an index",
    "known": "an index",
    "total": "sixtieths of a cent, or the sum of a limit's amounts",
    "short": "sixtieths of a cent",
    "excess": "in the unit of the limit that is broken",
    "at_least": "in the unit of the limit",
    "at_most": "in the unit of the limit",
    "carried": "in the unit of the limit",
    "carried_in": "in the unit of the limit",
    "seconds_to_first_roster": "seconds, by the name that results publish",
    "later": "in the unit of the limit",
    "after": "in the unit of the limit",
    "most": "in the unit of the limit",
    "instant": "minutes since the horizon began",
    "since": "minutes since the horizon began",
    "until": "minutes since the horizon began",
    "busy_until": "minutes since the horizon began",
    "ready": "minutes since the horizon began",
    "began": "seconds of a monotonic clock",
    "done": "seconds of computing",
    "pad": "slots",
    "length": "blocks of a run, or minutes of a shift",
    "gap_at_least": "minutes",
    "gap_at_most": "minutes",
    "stretch_at_most": "minutes",
    "out_of_order": "pairs of breaks",
    "times": "how often",
    "low": "of a row, in its unit",
    "high": "of a row, in its unit",
    "top": "of a variable, in its unit",
    "least": "of a variable, in its unit",
    "MOST_TOGETHER": "numbers that are compared in one array",
    "MANY": "agents",
}
"""Names that need no unit, or to which a book would give none: what each number is."""

METHODS = (
    *("subgradient", "dual ascent", "volume method", "boxstep", "column generation", "diving"),
    *(
        "large neighbourhood",
        "fix and optimise",
        "simulated annealing",
        "iterated local search",
        "Metropolis",
    ),
    *("A\\*", "deletion filter", "disjunction", "regular constraint", "minimisation"),
    *("dynamic programming", "branch and bound", "minimum-cost", "pilot", "Lagrangian relaxation"),
)
SOURCE = re.compile(r"[A-Z][a-z]+[^.:()]*(\b|\()(19|20)\d\d\b")
WITH_A_SOURCE = (
    *(f"engine/bound/{name}.py" for name in ("lagrangian", "subgradient_adam", "volume_method", "pricing")),
    *(f"engine/bound/{name}.py" for name in ("aggregated_lp", "crew_disjunction")),
    *(f"engine/columns/{name}.py" for name in ("diving", "neighbourhoods", "restricted_master")),
    *(f"engine/columns/{name}.py" for name in ("adaptive_effort", "lns_incumbent")),
    *(f"engine/automata/{name}.py" for name in ("limit_automata", "layered_dfa")),
    *(f"engine/local_search/{name}.py" for name in ("simulated_annealing", "iterated_local_search")),
    *(f"engine/local_search/{name}.py" for name in ("sum_repair", "capped_penalties")),
    "verifier/bound/lagrangian.py",
    "verifier/bound/crew_disjunction.py",
    *(f"verifier/bound/best_week/{name}.py" for name in ("dynamic_program", "limit_automaton")),
    "verifier/bound/best_week/start_windows.py",
    "verifier/bound/pricing/break_placement.py",
    "verifier/recount/allocation/skills.py",
    "engine/columns/set_partitioning.py",
    "engine/portfolio/dual_guides.py",
    "engine/instance/price_scale.py",
    "engine/infeasibility/diagnosis.py",
)


def numbers_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of every public number that a module declares."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _declared(tree.body)


def _declared(body: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_literal(value):
                yield from _public(node, name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind) if _is_number(kind):
                yield from _public(node, name)
            case ast.ClassDef(name=name) if not name.startswith("_"):
                yield from _declared(node.body)
            case ast.FunctionDef(name=name) if not name.startswith("_") or name == "__init__":
                every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                for one in every:
                    if one.annotation is not None and _is_number(one.annotation):
                        yield from _public(one, one.arg)


def _public(node: ast.stmt | ast.arg, name: str) -> Iterator[tuple[int, str]]:
    if not name.startswith("_"):
        yield node.lineno, name


def _is_literal(value: ast.expr) -> bool:
    """Whether an expression is made of numbers alone."""
    parts = [part for part in ast.walk(value) if isinstance(part, ast.Constant | ast.Name | ast.Call)]
    return bool(parts) and all(
        isinstance(part, ast.Constant) and type(part.value) in (int, float) for part in parts
    )


def _is_number(annotation: ast.expr) -> bool:
    kinds = {kind.strip() for kind in ast.unparse(annotation).removeprefix("Final[").split("|")}
    return bool(kinds & {"int", "float"}) and kinds <= {"int", "float", "None"}


def unit_of(name: str) -> set[str]:
    """The last word of a name, in the singular too."""
    word = re.findall(r"[a-z]+", name.lower())[-1]
    return {word, word.removesuffix("s"), word.removesuffix("es")}


def is_understood(name: str) -> bool:
    """Whether a name says what its number is of."""
    return name in BY_NAME or bool(unit_of(name) & SAYS_ITS_UNIT)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_public_numbers_say_their_unit(path: Path) -> None:
    vague = [f"line {line}: {name}" for line, name in numbers_of(path) if not is_understood(name)]
    assert vague == [], f"{path.name}: say the unit (`_minutes`, `_slots`, `_share`, ..), or what is counted"


@pytest.mark.parametrize(
    ("name", "understood"),
    [
        ("timeout", False),
        ("max_length", False),
        ("shift_size", False),
        ("limit", False),
        ("timeout_seconds", True),
        ("length_slots", True),
        ("most_agents", True),
        ("keep_share", True),
        ("DAYS_AROUND", False),
    ],
)
def test_a_name_without_a_unit_is_seen(name: str, understood: bool) -> None:
    assert is_understood(name) == understood


def test_every_name_without_a_unit_is_one_that_is_there() -> None:
    assert set(BY_NAME) == {name for path in SOURCES for _, name in numbers_of(path) if name in BY_NAME}


# Methods


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_of_a_method_names_its_source(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    methods = sorted(method for method in METHODS if re.search(rf"\b{method}", text, re.IGNORECASE))
    is_told = SOURCE.search(text) or ":mod:" in text or path.name == "__init__.py"
    assert not methods or is_told, f"{path.name} names no source of {methods[0]}"


@pytest.mark.parametrize("module", WITH_A_SOURCE)
def test_the_method_of_a_module_is_named(module: str) -> None:
    text = ast.get_docstring(ast.parse((ROOT / "scheduler" / module).read_text(encoding="utf-8"))) or ""
    assert SOURCE.search(text), f"{module} does not say where its method is from"
