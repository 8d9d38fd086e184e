"""Proposals: a few changed days, what stands in the way of them, and what they win or cost. Records only."""

from pydantic import Field

from scheduler.domain.changes.comparison import Change, signed_money
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.words import plain_rule_name
from scheduler.texts import text


class Obstacle(Frozen):
    """What makes a change illegal: which rule, of whom.

    Parameters
    ----------
    rule
        The rule's label; empty where the duty is one that the input does not offer to this person.
    agent
        Whose it is; ``None`` for a rule on the team.
    sentence
        What is broken, by how much.
    """

    rule: str = ""
    agent: str | None = None
    sentence: str

    def __str__(self) -> str:
        return f"{plain_rule_name(self.rule)}: {self.sentence}" if self.rule else self.sentence


class Effect(Frozen):
    """By how much the figures of a roster rise or fall; costs in sixtieths of a cent.

    Parameters
    ----------
    rules
        Of broken preferences, by the rule's label; only those that change.
    missing_minutes, superfluous_minutes
        Agent-minutes beside the requirement by the interval.
    missing_people, superfluous_people
        People beside the requirement by shift and day.
    """

    wages: int = 0
    missing: int = 0
    superfluous: int = 0
    rules: dict[str, int] = Field(default_factory=dict)
    paid_minutes: int = 0
    missing_minutes: int = 0
    superfluous_minutes: int = 0
    missing_people: int = 0
    superfluous_people: int = 0

    @property
    def cost(self) -> int:
        """By how much the roster costs more."""
        return self.wages + self.missing + self.superfluous + sum(self.rules.values())


class Proposal(Frozen):
    """Changed days of one or two people, judged by the verifier.

    Parameters
    ----------
    changes
        Each person and day that would change.
    obstacles
        What stands in the way; none where the roster stays as legal as it is.
    remarks
        Rules that are only reported and would be broken, a sentence each.
    week_minutes
        Paid minutes of the person in the calendar week of the day, before and after; ``None`` for a swap.
    """

    changes: tuple[Change, ...]
    obstacles: tuple[Obstacle, ...] = ()
    remarks: tuple[str, ...] = ()
    effect: Effect
    week_minutes: tuple[int, int] | None = None

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles

    @property
    def agents(self) -> tuple[str, ...]:
        """Whose days change, by name."""
        return tuple(dict.fromkeys(change.agent for change in self.changes))

    @property
    def works_already(self) -> bool:
        """Whether what stands in the way is a duty of the same day, beside the one that is offered."""
        return any(len(change.after) > 1 for change in self.changes)

    def __str__(self) -> str:
        verdict = (
            text("yes, cost {cost}", cost=signed_money(self.effect.cost))
            if self.is_possible
            else text("no, {obstacle}", obstacle=self.obstacles[0])
        )
        return "; ".join([*map(str, self.changes), verdict])


class Ranking(Frozen):
    """Who could do something, the best first, and why others cannot.

    Parameters
    ----------
    proposals
        Those that are possible, by what they cost: the cheapest first.
    refused
        Those that are not, each with its obstacles.
    more
        How many more keep every rule of their own and would cost as much or more; they were not judged
        any further.
    without
        How many work on the day and have no such shift in their contract.
    useless
        How many could by every rule, without anything being won.
    off
        How many do not work on the day, or have several duties, so that nothing can be asked of them.
    situation
        What is missing or superfluous on the day, as a sentence; empty where that was not asked.
    """

    proposals: tuple[Proposal, ...] = ()
    refused: tuple[Proposal, ...] = ()
    more: int = 0
    without: int = 0
    useless: int = 0
    off: int = 0
    situation: str = ""

    def obstacles_by_rule(self) -> dict[str, list[Proposal]]:
        """The refused by the first rule that stands in their way, the most frequent rule first."""
        grouped: dict[str, list[Proposal]] = {}
        for proposal in self.refused:
            grouped.setdefault(proposal.obstacles[0].rule, []).append(proposal)
        return dict(sorted(grouped.items(), key=lambda pair: -len(pair[1])))
