"""A few of the lists of ``python -m tests.attacks long_lists``, counted instead of timed."""

import json

import pytest

from scheduler import check
from scheduler.domain.findings import finding
from tests.attacks import long_lists


def test_near_names_are_looked_for_in_the_first_hundred_of_many_unknown_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 156 KB with 16,000 unknown agents in a scope took 22 s: each was written with the whole list beside it.
    guessed: list[str] = []
    guess = finding.NamesOnSheet._guess

    def counted(names: finding.NamesOnSheet, name: str, within: tuple[str, ...]) -> str:
        guessed.append(name)
        assert len(within) <= finding._MOST_SHOWN
        return guess(names, name, within)

    monkeypatch.setattr(finding.NamesOnSheet, "_guess", counted)
    content = long_lists.with_entries(
        long_lists.document(), ("rules", 0, "scope", "agents"), "unknown", number=1_500
    )
    assert 'agent "a0" is not on the Agents sheet.' in "\n".join(map(str, check(content)))
    assert sum(name[1:].isdigit() for name in guessed) == finding._MOST_GUESSES


def test_more_unknown_names_than_findings_are_told_are_findings_all_the_same() -> None:
    # KeyError: 'a1001', for the demand of the last ones was taken for sound.
    content = long_lists.with_entries(long_lists.document(), ("problem", "demand"), "unknown", number=1_200)
    assert any('skill "a0" is not on the Skills sheet.' in str(one) for one in check(content))


def test_lists_of_every_kind_are_tried() -> None:
    kinds = {
        ".".join(part for part in path if isinstance(part, str))
        for path in long_lists.kinds(long_lists.document())
    }
    known = {
        "problem.agents",
        "problem.agents.skills",
        "problem.contracts.templates",
        "rules",
        "rules.scope.teams",
    }
    assert known <= kinds and len(kinds) > 40
    assert check(json.dumps(long_lists.document()).encode()) is not None
