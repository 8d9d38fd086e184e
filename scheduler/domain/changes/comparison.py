"""Two rosters compared: who works differently on which day, and what that changes. Records only.

A day of an agent counts as *changed* when its template, start, length or freedom differs. A break that moved
in a duty which is the same otherwise is a smaller kind of change, and counted apart.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from scheduler.domain.results.outcome import CostBreakdown, Report
from scheduler.domain.results.roster import Duty, Roster
from scheduler.domain.values.docstrings import documented
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.words import counted, hours_words
from scheduler.texts import text


@documented
class Differs(StrEnum):
    """In what one day of an agent differs between two rosters."""

    FREEDOM = "freedom"
    TEMPLATE = "template"
    START = "start"
    LENGTH = "length"
    BREAKS = "breaks"


class Change(Frozen):
    """One person's day that differs between two rosters.

    Parameters
    ----------
    day, on
        Day number in the first roster's horizon, which may be negative, and its date.
    before, after
        The duties of the day; none where it is free. Instants are those of the first roster's horizon.
    was, becomes
        The same in a planner's words, on the agent's clock: ``early 07:00–15:30``, ``free``.
    differs
        In what they differ; breaks only where all else is the same.
    reason
        Why it was changed, where that is known; empty where two rosters are only compared.
    """

    agent: str
    day: int
    on: date
    before: tuple[Duty, ...] = ()
    after: tuple[Duty, ...] = ()
    was: str
    becomes: str
    differs: tuple[Differs, ...]
    reason: str = ""

    @property
    def is_break_move(self) -> bool:
        """Whether nothing but breaks differs: the smaller kind of change."""
        return self.differs == (Differs.BREAKS,)

    def __str__(self) -> str:
        line = f"{self.agent}, {self.on:%a %d %b %Y}: {self.was} → {self.becomes}"
        return f"{line} ({self.reason})" if self.reason else line


class Figures(Frozen):
    """What the verifier counts of one roster, as far as rosters are compared by it.

    Parameters
    ----------
    cost
        By cause, in sixtieths of a cent.
    rule_kinds
        The kind of each rule that costs something or is broken, by its label.
    paid_minutes
        Of all duties.
    missing_minutes, superfluous_minutes
        Agent-minutes beside the requirement by the interval.
    missing_people, superfluous_people
        People beside the requirement by shift and day.
    broken
        How often a rule that must be kept is broken, by its label.
    impossible_duties
        Number of faults that no rule could allow.
    pay_for_absence
        What paid leave and sick calls of the planned days cost beside the roster, in sixtieths of a cent.
    """

    cost: CostBreakdown
    rule_kinds: dict[str, str] = Field(default_factory=dict)
    paid_minutes: int = 0
    missing_minutes: int = 0
    superfluous_minutes: int = 0
    missing_people: int = 0
    superfluous_people: int = 0
    broken: dict[str, int] = Field(default_factory=dict)
    impossible_duties: int = 0
    pay_for_absence: int = 0

    @property
    def is_legal(self) -> bool:
        """Whether every duty is possible and every ``must`` is kept."""
        return not self.broken and not self.impossible_duties

    @classmethod
    def of(cls, roster: Roster, report: Report, pay_for_absence: int = 0) -> "Figures":
        """Those of a roster with its verifier's report, and what its input pays for absence."""
        broken: dict[str, int] = {}
        for violation in report.broken:
            broken[violation.rule] = broken.get(violation.rule, 0) + 1
        coverage, heads = report.coverage, report.headcounts
        return cls(
            cost=report.cost,
            rule_kinds={rule.rule: rule.kind for rule in report.rules},
            paid_minutes=sum(duty.paid_minutes for duty in roster.duties),
            missing_minutes=sum(map(sum, coverage.missing.values())),
            superfluous_minutes=sum(map(sum, coverage.superfluous.values())),
            missing_people=heads.together().missing,
            superfluous_people=heads.together().superfluous,
            broken=broken,
            impossible_duties=len(report.misfits),
            pay_for_absence=pay_for_absence,
        )


class CostDifference(Frozen):
    """One cause of cost in two rosters, in sixtieths of a cent.

    Parameters
    ----------
    cause
        ``wages``, ``missing``, ``superfluous``, or a rule's label.
    kind
        The rule's kind; empty where it is no rule.
    """

    cause: str
    kind: str = ""
    before: int
    after: int

    @property
    def difference(self) -> int:
        """By how much it costs more afterwards."""
        return self.after - self.before


class Comparison(Frozen):
    """What differs between two rosters.

    Parameters
    ----------
    changes
        By agent, then by day.
    before, after
        The figures of each roster, counted against the input that it belongs to.
    input_differences
        In what the two inputs differ, a sentence each; none where they are the same.
    """

    currency: str
    changes: tuple[Change, ...] = ()
    before: Figures
    after: Figures
    input_differences: tuple[str, ...] = ()

    @cached_property
    def duty_changes(self) -> tuple[Change, ...]:
        """Changes of a template, a start, a length, or of whether the day is free."""
        return tuple(change for change in self.changes if not change.is_break_move)

    @cached_property
    def break_moves(self) -> tuple[Change, ...]:
        """Changes of nothing but breaks."""
        return tuple(change for change in self.changes if change.is_break_move)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who is touched, by name, in the order of the changes."""
        return tuple(dict.fromkeys(change.agent for change in self.changes))

    @property
    def cost_difference(self) -> int:
        """By how much the second roster costs more, in sixtieths of a cent."""
        return self.after.cost.total - self.before.cost.total

    def costs(self) -> Iterator[CostDifference]:
        """Every cause of cost that either roster has, the same or not."""
        one, other = self.before.cost, self.after.cost
        for cause in ("wages", "missing", "superfluous"):
            yield CostDifference(cause=cause, before=getattr(one, cause), after=getattr(other, cause))
        kinds = self.before.rule_kinds | self.after.rule_kinds
        for rule in dict.fromkeys((*one.rules, *other.rules)):
            yield CostDifference(
                cause=rule,
                kind=kinds.get(rule, ""),
                before=one.rules.get(rule, 0),
                after=other.rules.get(rule, 0),
            )

    @property
    def summary(self) -> str:
        """All of it in one line."""
        if not self.changes:
            return text("The two rosters are the same, duty by duty and break by break.")
        touched = counted(len(self.people), "person", "people")
        duties = counted(len(self.duty_changes), "duty changes", "duties change")
        breaks = counted(len(self.break_moves), "break plan moves", "break plans move")
        return text(
            "{touched}: {duties}, {breaks}; cost {cost} {currency}, paid hours in duties {paid}.",
            touched=touched,
            duties=duties,
            breaks=breaks,
            cost=signed_money(self.cost_difference),
            currency=self.currency,
            paid=signed_hours(self.after.paid_minutes - self.before.paid_minutes),
        )

    def __str__(self) -> str:
        return "\n".join([self.summary, *map(str, self.changes)])


def signed_money(cost: int) -> str:
    """A difference of costs: ``+16.25``, ``-3.00``, ``0.00``."""
    return f"{in_currency(cost):+,.2f}" if cost else "0.00"


def signed_hours(minutes: int) -> str:
    """A difference of lengths of time: ``+8 h``, ``-1 h 30 min``, ``0 min``."""
    return f"{'+' if minutes > 0 else '-' if minutes < 0 else ''}{hours_words(abs(minutes))}"
