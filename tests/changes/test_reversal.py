"""What few changes buy, from the old roster on: the one change that pays most is not missed."""

import pytest

from constraints.change.changes import Changes
from scheduler import Contradiction, NothingFound, Roster, Stop, UnsupportedRule, solve, verify
from scheduler.engine.repair import Reversal
from scheduler.model import RuleBook
from tests.property.problems import small_case

PRICE = 1
"""Cents of a change: nearly nothing, so that most changes pay."""


@pytest.mark.parametrize("seed", [1, 5, 6, 8, 9, 14])
def test_the_first_change_is_the_one_that_pays_most(seed: int) -> None:
    # with --most-changes 1 only the last change on the way back was looked at, which pays with others only
    problem, rules = small_case(seed)
    try:
        old, new = (
            solve(problem, rules, stop=Stop(seconds=None, rounds=rounds), seed=seed, workers=1).roster
            for rounds in (1, 2)
        )
    except (Contradiction, NothingFound, UnsupportedRule):
        pytest.skip("this draw has no legal roster")
    old = (
        Roster(duties=old.duties[::2])
        if verify(problem, rules, Roster(duties=old.duties[::2])).is_legal
        else old
    )
    close = Changes(label="changes", since=0, was=old, price=PRICE, break_price=PRICE)
    book = RuleBook(rules=(*rules.rules, close))
    before = verify(problem, book, old)
    alone = []
    for agent, day in sorted(old.by_agent_and_day.keys() | new.by_agent_and_day.keys()):
        there = [duty for duty in old.duties if (duty.agent, duty.day) != (agent, day)]
        changed = Roster(duties=(*there, *new.on(agent, day)))
        report = verify(problem, book, changed)
        if report.is_legal and [(d.template, d.start, d.end) for d in old.on(agent, day)] != [
            (d.template, d.start, d.end) for d in new.on(agent, day)
        ]:
            alone.append(report.cost.total)
    reversal = Reversal(problem, book, old)
    found = list(reversal.onward(new, 1))
    if min(alone, default=before.cost.total) >= before.cost.total:
        assert found == []
        return
    assert [one.changed_days for one in found] == [1]
    assert found[0].cost == min(alone)
    assert verify(problem, book, reversal.roster(found[0])).cost.total == found[0].cost
