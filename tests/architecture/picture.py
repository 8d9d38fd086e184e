"""The picture of imports in ``docs/architecture.md``, drawn from the source.

    python -m tests.architecture.picture           prints it
    python -m tests.architecture.picture --write   puts it into the page

A *room* is a package; the single files of ``scheduler/`` are rooms of their own. The house is drawn first,
then each room that has rooms inside. An arrow says that some file in one room imports from another room.
Imports for type checkers alone do not count, those inside functions do.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from textwrap import TextWrapper

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- picture -->", "<!-- /picture -->"
PACKAGES = ("scheduler", "constraints")
FRONT = "scheduler"
"""Its files are the front of the house; each is shown alone."""
WIDTH, NAMES = 110, 22
"""Of a line, and of the names of rooms in it."""

Arrows = Mapping[str, frozenset[str]]


def modules(root: Path = ROOT) -> dict[str, Path]:
    """Every module by its dotted name, packages included."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def room_of(module: str, known: Mapping[str, Path]) -> str:
    """The room in which a module lies."""
    package, _, _ = module.rpartition(".")
    return module if known[module].name == "__init__.py" or package == FRONT else package


def arrows(root: Path = ROOT) -> Arrows:
    """For each room the rooms that it imports from."""
    known = modules(root)
    found: dict[str, set[str]] = {}
    for module, path in known.items():
        room = room_of(module, known)
        targets = {room_of(target, known) for target in _imported(ast.parse(path.read_text("utf-8")), known)}
        found.setdefault(room, set()).update(targets - {room})
    return {room: frozenset(targets) for room, targets in found.items()}


def rooms_inside(imports: Arrows, outer: str) -> Arrows:
    """The rooms right inside another, each with all that is inside it, and the arrows between them.

    The outer room's own files are one room, which bears its name. The house is the room ``""``.
    """
    found: dict[str, set[str]] = {}
    for room, targets in imports.items():
        if (drawn := _room_inside(room, outer)) is not None:
            shown = {_room_inside(target, outer) for target in targets}
            found.setdefault(drawn, set()).update(other for other in shown if other not in {drawn, None})
    if outer and not any(outer in (room, *targets) for room, targets in found.items() if targets):
        found.pop(outer, None)  # it has no files but the one that says what it is
    return {room: frozenset(targets) for room, targets in found.items()}


def _room_inside(room: str, outer: str) -> str | None:
    """The room right inside the outer one in which a room lies, or None if it lies outside of it."""
    if not outer:
        return ".".join(room.split(".")[: 2 if room.startswith(f"{FRONT}.") else 1])
    if room == outer:
        return outer
    if not room.startswith(f"{outer}."):
        return None
    return ".".join(room.split(".")[: outer.count(".") + 2])


def _imported(node: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=otherwise):
            for below in otherwise:
                yield from _imported(below, known)
            return
        case ast.Import(names=names):
            yield from (alias.name for alias in names if alias.name in known)
        case ast.ImportFrom(module=str(module), names=names) if module in known:
            for alias in names:
                inside = f"{module}.{alias.name}"
                yield inside if inside in known else module
    for below in ast.iter_child_nodes(node):
        yield from _imported(below, known)


def layers(imports: Arrows) -> list[list[str]]:
    """Rooms by height, lowest first: each stands right above the highest room that it imports from.

    Raises
    ------
    ValueError
        If rooms import one another in a circle; the message names them.
    """
    try:
        order = list(TopologicalSorter(imports).static_order())
    except CycleError as circle:
        raise ValueError(f"rooms import one another in a circle: {' -> '.join(circle.args[1])}") from None
    height: dict[str, int] = {}
    for room in order:
        height[room] = 1 + max((height[below] for below in imports[room]), default=-1)
    by_height: list[list[str]] = [[] for _ in range(1 + max(height.values(), default=-1))]
    for room in sorted(order):
        by_height[height[room]].append(room)
    return by_height


def picture(imports: Arrows) -> str:
    """The house from the top down, then the inside of each room that has rooms."""
    with_rooms = sorted({room.rpartition(".")[0] for room in imports} - {"", FRONT})
    drawn = [_drawing(rooms_inside(imports, ""), "")]
    for outer in with_rooms:
        drawn.append(f"Inside {_short(outer)}\n{_drawing(rooms_inside(imports, outer), outer)}")
    return "\n\n".join(drawn)


def _drawing(imports: Arrows, outer: str) -> str:
    """Rooms from the top down, each with arrows to those it imports from, the highest first."""
    lowest_first = layers(imports)
    height = {room: level for level, rooms in enumerate(lowest_first) for room in rooms}

    def named(room: str) -> str:
        return "(its own files)" if room == outer else _short(room.removeprefix(f"{outer}."))

    lines = []
    for level, rooms in reversed(list(enumerate(lowest_first))):
        for room in rooms:
            below = sorted(imports[room], key=lambda target: (-height[target], target))
            head = f"{level:>2}  {named(room)}"
            if not below:
                lines.append(head)
                continue
            wrapper = TextWrapper(
                WIDTH,
                initial_indent=f"{head:<{NAMES}} -> ",
                subsequent_indent=" " * (NAMES + 4),
                break_long_words=False,
                break_on_hyphens=False,
            )
            lines += wrapper.wrap(", ".join(map(named, below)))
    return "\n".join(lines)


def _short(room: str) -> str:
    return room if room in PACKAGES else room.removeprefix(f"{FRONT}.")


def written(page: str) -> str:
    """The picture that stands in a page.

    Raises
    ------
    ValueError
        If the page has no place for one.
    """
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise ValueError(f"the page needs one {BEGIN} and one {END}")
    return page.split(BEGIN)[1].split(END)[0].strip().removeprefix("```text\n").removesuffix("\n```")


def with_picture(page: str, drawn: str) -> str:
    """A page with its picture drawn anew."""
    written(page)
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    return f"{before}{BEGIN}\n\n```text\n{drawn}\n```\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Print the picture, or write it."""
    drawn = picture(arrows())
    if arguments == ["--write"]:
        PAGE.write_text(with_picture(PAGE.read_text("utf-8"), drawn), encoding="utf-8")
    else:
        print(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
