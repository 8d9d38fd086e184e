"""No room but ``constraints/`` knows rules by their kinds: what is asked of one is said in its class."""

import ast
from pathlib import Path

import constraints

ROOT = Path(__file__).parents[2]
KINDS = {rule.model_fields["kind"].default for rule in constraints.CATALOGUE}
WORDS_OF_THE_INPUT = {
    "availability",
    "minimum_staff",
    "paid_hours",
    "pins",
    "preferred_days_off",
    "preferred_starts",
    "requirement",
    "seats",
    "shift_wishes",
    "skills",
    "time_off",
    "weekends",
}
"""Kinds that are also names of facts, of columns, or of what people write into cells."""
NAMED_BY_KIND = {
    "scheduler/io/input/templates/template.py": "a new workbook's rules, as a planner writes them on Rules",
    "scheduler/io/input/templates/worked_shop.py": "the same, of a shop",
    "scheduler/io/input/templates/worked_ward.py": "the same, of a ward",
}
KIND_READ = {
    "scheduler/domain/changes/comparison.py": "what a comparison calls the rules of a report",
    "scheduler/io/result/documents/json_document.py": "a field of the report",
    "scheduler/model/checks/left_out.py": "a rule that is in no book",
    "scheduler/model/checks/rule_book.py": "two rules of one kind",
    "scheduler/verifier/report.py": "a field of the report",
}

SOURCES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "scheduler").rglob("*.py"))
}


def test_no_kind_stands_as_a_literal_outside_of_the_rules():
    # eight kinds stood in a set of rules that never give way, and a ninth rule would have given way
    found = {
        file: sorted(
            {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and node.value in KINDS - WORDS_OF_THE_INPUT
            }
        )
        for file, tree in SOURCES.items()
        if file not in NAMED_BY_KIND
    }
    assert {file: kinds for file, kinds in found.items() if kinds} == {}


def test_a_rules_kind_is_only_read_to_be_told():
    # a kind that is also the name of a fact would pass as one: so nobody may ask a rule for its kind
    found = {
        file
        for file, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "kind" and names_a_rule(node.value)
    }
    assert found == set(KIND_READ)


def names_a_rule(node: ast.expr) -> bool:
    """Whether an expression is a variable that the code calls a rule."""
    return isinstance(node, ast.Name) and node.id in {"rule", "other", "fared"}


def test_the_words_of_the_input_are_kinds_still():
    assert WORDS_OF_THE_INPUT <= KINDS
