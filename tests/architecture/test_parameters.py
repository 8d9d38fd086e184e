"""The parameters of searches are frozen records of one number a field, and each field says why it is so."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "scheduler").rglob("*.py"))
LEAST_REASON_CHARACTERS = 25


def records() -> Iterator[tuple[str, ast.ClassDef]]:
    """Every record of parameters with its module."""
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Policy"):
                yield path.relative_to(ROOT).as_posix(), node


RECORDS = list(records())


@pytest.mark.parametrize(("module", "record"), RECORDS, ids=[record.name for _, record in RECORDS])
def test_a_parameter_has_a_value_and_a_reason(module: str, record: ast.ClassDef) -> None:
    assert [ast.unparse(one) for one in record.decorator_list] == ["dataclass(frozen=True)"]
    body = record.body[1:]  # behind the docstring
    for field, reason in zip(body[::2], body[1::2], strict=True):
        assert isinstance(field, ast.AnnAssign) and field.value is not None
        assert isinstance(reason, ast.Expr) and isinstance(reason.value, ast.Constant)
        text = str(reason.value.value)
        assert len(text) >= LEAST_REASON_CHARACTERS, f"{module}: why is {ast.unparse(field)}?"


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_two_numbers_share_a_line_and_a_reason(path: Path) -> None:
    # Such lines had one sentence for up to four numbers, of which it explained two.
    tree = ast.parse(path.read_text(encoding="utf-8"))
    shared = [
        ast.unparse(node)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Tuple)
        and isinstance(node.targets[0], ast.Tuple)
        and any(isinstance(part, ast.Constant) and isinstance(part.value, float) for part in node.value.elts)
    ]
    assert shared == []
