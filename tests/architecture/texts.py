"""The catalogue of texts, as the code has it: ``python -m tests.architecture.texts --write``.

Extracts every message into ``scheduler/texts/staffcurve.pot``, and finds sentences that stand outside. What
is not for users, and so is no message, is declared here with its reason.
"""

import ast
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "scheduler" / "texts" / "staffcurve.pot"
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ("scheduler", "constraints")
    for path in (ROOT / room).rglob("*.py")
)
HEADER = r"""# Every text of staffcurve for its users; docs/texts.md says how it is made and translated.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

MESSAGES_OF = {
    "text": (0,),
    "marked": (0,),
    "text_n": (0, 1),
    "counted": (1, 2),
    "plural": (1, 2),
    "Column": (4,),
    "Sheet": (3,),
}
"""Where the messages stand among the arguments: of a function that says them, or of a table that is shown."""
MESSAGES_NAMED = {"Option": "help", "Argument": "help", "Typer": "help", "bounds": "noun"}

NOT_FOR_USERS = {
    "LOG": "a log is read beside the code, and searched for",
    "AssertionError": "a fault of the program, told as one",
    "AttributeError": "a fault of the caller's program, as Python tells it",
    "TypeError": "a fault of the program, told as one",
    "compile": "a regular expression",
    "new_bool_var": "a name inside a model of CP-SAT",
    "Field": "the schema is for programs; its descriptions are documentation, as docstrings are",
}
"""Calls whose texts are no messages."""
FORMS = {
    "scheduler/__main__.py": "said while nothing can be imported, so that no translation can be there",
    "scheduler/early_stop.py": "said while nothing can be imported, so that no translation can be there",
    "scheduler/engine/kernel/build_hook.py": "runs while staffcurve is installed",
    "scheduler/io/files/sheets_replaced.py": "markup of a workbook",
    "scheduler/io/cells/columns.py": "kinds of columns, told to nobody",
    "scheduler/io/cells/conventions.py": "words of the Settings sheet, which are read back",
    "scheduler/io/input/sheets": "headings of the input, which have their own Chinese names",
    "scheduler/io/result/contents/declared.py": "how a file says what verify does not compare",
    "scheduler/io/result/contents/frames.py": "headings of frames, which programs read",
    "scheduler/io/result/contents/names.py": "sheets and labels of the file, which are read back",
}
"""Files without messages but in tables (``Column``, ``Sheet``)."""
KEPT = {
    "what a file says of the search, matched by verify (declared.py)": (
        "How it was made {}",
        "{} in all, first legal roster after {}",
        "Seed and workers",
        "seed {}, {} {}",
        "no legal roster exists",
        "contradiction not confirmed",
    ),
    "names of phases, for programs": ("{}, round {}", "looking for a contradiction"),
    "headings of a table, which are the file's form": (
        "At work h",
        "Kind of pay",
        "Contract max h",
        "Contract min h",
        "At work min",
        "Paid time off",
        "Paid time off h",
        "Paid time off min",
        "Pay for time off",
        "Days off as wished",
        "Saturdays and Sundays",
        "By how much",
        "Shifts as wished",
        "Starts as wished",
    ),
    "what a parser says, recognised by it": ("recursion limit exceeded", "number out of range"),
    "codes of Excel": ("ddd d mmm yyyy", "&P / &N"),
    "what a rule's author is told of limits that nobody can write": (
        "who is on a break serves no skill; count the breaks of agents",
        'agents of several skills hold "{}"; say who is allocated to it',
    ),
    "names of namespaces": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
        "http://purl.oclc.org/ooxml/officeDocument/relationships id",
    ),
    "descriptions of the schema, see Field": (
        "Version of this form; it changes when a field changes its meaning.",
        "The facts: who there is and what is needed.",
        "The rules to keep, each with its own label.",
    ),
}
"""Sentences that are no messages, by reason; {} stands for a value."""


@dataclass(frozen=True)
class Message:
    """One message, with the names that are filled in where it is said (``None`` where that is elsewhere)."""

    file: str
    line: int
    one: str
    many: str = ""
    given: frozenset[str] | None = None

    @property
    def names(self) -> frozenset[str]:
        """Of the placeholders."""
        return placeholders(self.one) | placeholders(self.many)


def placeholders(message: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name is not None)


def messages() -> Iterator[Message]:
    """Every message, file by file."""
    for file in FILES:
        yield from messages_in(file, ast.parse((ROOT / file).read_text(encoding="utf-8")))


def messages_in(file: str, tree: ast.Module) -> Iterator[Message]:
    """The messages of one file in the order of the code."""
    for node in sorted(
        ast.walk(tree), key=lambda node: (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
    ):
        if isinstance(node, ast.Call):
            yield from _said_by(file, node)
        elif isinstance(node, ast.ClassDef) and is_rule(file, node):
            yield Message(file, node.lineno, (ast.get_docstring(node) or "").partition("\n")[0])
        elif isinstance(node, ast.FunctionDef) and is_command(file, node):
            for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                yield Message(file, node.lineno, paragraph)


def _said_by(file: str, node: ast.Call) -> Iterator[Message]:
    name = called(node)
    said = [node.args[at] for at in MESSAGES_OF.get(name, ()) if at < len(node.args)]
    said += [word.value for word in node.keywords if word.arg == MESSAGES_NAMED.get(name, "")]
    literals = [one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if not literals or len(literals) < len(said):
        return
    one, many = literals[0], literals[1] if len(literals) > 1 else ""
    if name in ("counted", "bounds"):
        many = many or f"{one}s"
    given = frozenset(word.arg for word in node.keywords if word.arg) if name in ("text", "text_n") else None
    yield Message(file, node.lineno, one, many, given)


def is_rule(file: str, node: ast.AST) -> bool:
    """Whether it is a rule, whose docstring begins with the sentence that a planner would say."""
    bases = {"AgentRule", "TeamRule"}
    return (
        file.startswith("constraints/")
        and isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in bases for base in node.bases)
    )


def is_command(file: str, node: ast.FunctionDef) -> bool:
    """Whether it is a command of the command line, whose docstring is its help, paragraph by paragraph."""
    return (file, node.name) in commands()


@cache
def commands() -> frozenset[tuple[str, str]]:
    """The file and the name of every command, as ``COMMANDS`` lists them."""
    room = "scheduler/command_line"
    listed = ast.parse((ROOT / room / "main.py").read_text(encoding="utf-8"))
    return frozenset(
        (f"{room}/commands/{one.value.id}.py", one.attr)
        for node in listed.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
        for one in node.value.elts
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    )


def called(node: ast.Call) -> str:
    """The name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def sentences_outside(file: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every sentence that is no message and is not declared here."""
    if any(file.startswith(known) for known in FORMS):
        return
    kept = {sentence for sentences in KEPT.values() for sentence in sentences}
    for node in _for_somebody(tree):
        shown = with_gaps(node)
        words = re.findall(r"[^\W\d_]{2,}", shown)
        if words and len(re.findall(r"(?<=\S) (?=\S)", shown)) >= 2 and shown not in kept:
            yield node.lineno, shown
    yield from _words_between(tree)


def _words_between(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every word with which names are joined: ``either`` and ``together`` say it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join")):
                if re.search(r"[^\W\d_]{2,}", between):
                    yield node.lineno, between


def with_gaps(node: ast.Constant | ast.JoinedStr) -> str:
    """A string with {} for each value."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)


def _for_somebody(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Strings outside docstrings, annotations, messages and calls that are not for users."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node  # type: ignore[misc]
    skipped: list[ast.AST] = [getattr(node, part, None) for part in ("annotation", "returns")]  # type: ignore[misc]
    if isinstance(node, ast.Call):
        if (
            called(node) in NOT_FOR_USERS
            or getattr(getattr(node.func, "value", None), "id", "") in NOT_FOR_USERS
        ):
            return
        skipped += [node.args[at] for at in MESSAGES_OF.get(called(node), ()) if at < len(node.args)]
        skipped += [word for word in node.keywords if word.arg == MESSAGES_NAMED.get(called(node), "")]
    for child in ast.iter_child_nodes(node):
        if child not in skipped and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _for_somebody(child)


def as_catalogue() -> str:
    """The catalogue in gettext's format, without the lines on which messages stand: they change daily."""
    catalogue = Catalog()
    for message in messages():
        names = {"python-brace-format"} if message.names else set()
        catalogue.add(
            (message.one, message.many) if message.many else message.one,
            locations=[(message.file, 0)],
            flags=names,
        )
    written = BytesIO()
    write_po(written, catalogue, width=110, omit_header=True, include_lineno=False)
    return HEADER + written.getvalue().decode()


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    CATALOGUE.write_text(as_catalogue(), encoding="utf-8")
