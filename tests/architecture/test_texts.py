"""Every sentence for a user is a message of the catalogue, and the catalogue is what the code has."""

import ast
import re

import pytest

pytest.importorskip("babel", reason="babel is in the extra `test`")

from tests.architecture import texts

ANEW = "python -m tests.architecture.texts --write"
TREES = {file: ast.parse((texts.ROOT / file).read_text(encoding="utf-8")) for file in texts.FILES}


def test_the_catalogue_is_what_the_code_has():
    assert texts.CATALOGUE.read_text(encoding="utf-8") == texts.as_catalogue(), f"make it anew: {ANEW}"


def test_no_sentence_for_a_user_stands_outside_the_catalogue():
    outside = [
        f"{file}:{line} {sentence}"
        for file, tree in TREES.items()
        for line, sentence in texts.sentences_outside(file, tree)
    ]
    assert outside == [], 'write text("..."), or declare in texts.py why it is no message'


@pytest.mark.parametrize(
    "code, found",
    [
        ('say("All is well here.")', ["All is well here."]),
        ('say(f"{agent} is not here.")', ["{} is not here."]),
        ('say(text("{agent} is not here.", agent=agent))', []),
        ('say(text("{agent} is {how}.", agent=agent, how="not here at all"))', ["not here at all"]),
        ('"""A docstring of a module."""', []),
        ('LOG.info("solved after %d rounds", rounds)', []),
        ('GREETING = marked("All is well here.")', []),
        ('say(f"{first} {second} {third}")', []),  # no word of ours
        ('say(text("Write {ways}.", ways=" or ".join(ways)))', [" or "]),
        ('say(", ".join(names))', []),
    ],
)
def test_a_sentence_outside_is_found(code, found):
    assert [sentence for _, sentence in texts.sentences_outside("a.py", ast.parse(code))] == found


def test_nothing_is_declared_that_is_not_there():
    strings = {
        texts.with_gaps(node)
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr)
    }
    assert [one for kept in texts.KEPT.values() for one in kept if one not in strings] == []
    assert [known for known in texts.FORMS if not any(file.startswith(known) for file in TREES)] == []


def test_every_placeholder_is_filled_by_its_name():
    wrong = [one for one in texts.messages() if one.given is not None and one.given != one.names]
    assert wrong == []


def test_a_placeholder_is_a_name_and_nothing_else():
    # a translation is filled in by str.format, which would follow {agent.name} and {agents[0]} too
    names = {name for one in texts.messages() for name in one.names}
    assert [name for name in names if not name.isidentifier()] == []


def test_what_text_is_given_is_a_message():
    # a variable is a message that was marked where it stands, and never a sentence that was filled in
    calls = [
        node
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and texts.called(node) in ("text", "text_n", "marked")
    ]
    assert [ast.unparse(node) for node in calls if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)] == []


def test_nothing_is_translated_while_it_is_imported():
    # the language is not known then: a table holds marked(...), and a default is made in the function
    early = [f"{file}:{line}" for file, tree in TREES.items() for line in said_at_once(tree)]
    assert early == []


def said_at_once(node, inside=False):
    """Lines of messages that are said outside of every function, or in its defaults."""
    if isinstance(node, ast.Call) and texts.called(node) in ("text", "text_n", "counted") and not inside:
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        opened = isinstance(node, ast.FunctionDef | ast.Lambda) and not isinstance(child, ast.arguments)
        yield from said_at_once(child, (inside or opened) and not isinstance(child, ast.arguments))


def test_messages_that_are_alike_but_for_their_names_have_the_same_names():
    # each would be translated by itself; {first} to {last} and {least} to {most} say different things
    by_gaps: dict[str, set[str]] = {}
    for one in texts.messages():
        gaps = re.sub(r"\{\w+", "{", one.one)
        if len(re.findall(r"[^\W\d_]{2,}", gaps)) > 1:
            by_gaps.setdefault(gaps, set()).add(one.one)
    assert [alike for alike in by_gaps.values() if len(alike) > 1] == []
