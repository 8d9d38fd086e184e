"""What is asked for beside the curve, and what a roster reaches: headcounts, service levels, deferred work.

A headcount with a skill is mostly part of another one: of the five on the early shift two are to be nurses.
Sums over several headcounts leave such a part out, so that nobody is required, there or superfluous twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from pydantic import Field

from scheduler.domain.facts.goal_tables import THOUSAND
from scheduler.domain.facts.problem import Problem
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import ratio
from scheduler.domain.values.percent import HUNDREDTHS, WHOLE
from scheduler.domain.values.words import counted
from scheduler.texts import text


class PeopleSums(NamedTuple):
    """People over some days that have a number, of one headcount or of several."""

    required: int = 0
    scheduled: int = 0
    superfluous: int = 0
    missing: int = 0


class HeadcountCoverage(Frozen):
    """People by headcount and day: for each row of the problem a number per day of the horizon.

    Parameters
    ----------
    required
        ``None`` on a day without a number; nobody is missing or superfluous then.
    maximum, beyond_maximum
        How many there may be at most, ``None`` on a day without a limit, and how many are there beyond it.
    of_these
        Whether those who count on the day are among the people of another row of the shift, which has a
        number then: sums over several rows leave them out.
    """

    required: dict[str, tuple[int | None, ...]] = Field(default_factory=dict)
    scheduled: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    missing: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    superfluous: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    maximum: dict[str, tuple[int | None, ...]] = Field(default_factory=dict)
    beyond_maximum: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    of_these: dict[str, tuple[bool, ...]] = Field(default_factory=dict)

    def of(self, row: str, days: slice = slice(None)) -> PeopleSums:
        """Of one row."""
        return self._summed(row, [number is not None for number in self.required[row]], days)

    def together(self, days: slice = slice(None)) -> PeopleSums:
        """Of all rows, everybody once."""
        return self._all(days, of_these=False)

    def among_them(self, days: slice = slice(None)) -> PeopleSums:
        """Of all rows that are part of others."""
        return self._all(days, of_these=True)

    def _all(self, days: slice, *, of_these: bool) -> PeopleSums:
        sums = [
            self._summed(
                row,
                [
                    number is not None and part is of_these
                    for number, part in zip(self.required[row], parts, strict=True)
                ],
                days,
            )
            for row, parts in self.of_these.items()
        ]
        return PeopleSums(*map(sum, zip(*sums, strict=True))) if sums else PeopleSums()

    def _summed(self, row: str, is_counted: list[bool], days: slice) -> PeopleSums:
        parts = (self.required, self.scheduled, self.superfluous, self.missing)
        return PeopleSums(
            *(sum(number or 0 for number in compress(part[row][days], is_counted[days])) for part in parts)
        )


class GoalService(Frozen):
    """A service level over a day or a week, and what a roster reaches; contacts are in thousandths.

    Parameters
    ----------
    name
        Skill and dates.
    percent, within_seconds
        Which share is to be answered within how many seconds.
    offered, asked, in_time
        Contacts that come, how many of them are to be answered in time, and how many are.
    scheduled
        Agent-minutes on the line in the intervals with contacts.
    in_every_interval
        Agent-minutes that the same share in every single interval would ask for.
    """

    name: str
    skill: str
    percent: float
    within_seconds: float
    offered: int
    asked: int
    in_time: int
    scheduled: int
    in_every_interval: int

    @property
    def reached(self) -> float:
        """The share that is answered in time, 0 to 1."""
        return ratio(self.in_time, self.offered)

    @property
    def is_met(self) -> bool:
        """Whether as many are answered in time as is asked."""
        return self.in_time >= self.asked

    @property
    def missing(self) -> int:
        """Contacts that are missing to the goal; one that is only begun counts."""
        return max(0, -((self.in_time - self.asked) // THOUSAND))

    @property
    def sentence(self) -> str:
        """What is agreed, what is reached, and what the same level in every interval would ask for."""
        return text(
            "{name}: {reached:.2f} % of {contacts:,.0f} contacts are answered within {seconds:g} s, agreed "
            "are {percent:g} %. That takes {hours:,.1f} agent-hours; in every interval the same level "
            "would ask for {in_every_interval:,.1f}.",
            name=self.name,
            reached=self.in_time * WHOLE // max(1, self.offered) / HUNDREDTHS,
            contacts=self.offered / THOUSAND,
            seconds=self.within_seconds,
            percent=self.percent,
            hours=self.scheduled / MINUTES_PER_HOUR,
            in_every_interval=self.in_every_interval / MINUTES_PER_HOUR,
        )


def goals_in_words(goals: Sequence[GoalService], most: int) -> Iterator[str]:
    """A sentence for each goal, those that are missed first; of more than ``most`` the others are counted."""
    ordered = sorted(goals, key=lambda one: one.is_met)
    yield from (one.sentence for one in ordered[:most])
    others = ordered[most:]
    if others:
        yield text(
            "{goals} more like these, {missed} of them missed.",
            goals=counted(len(others), "service level"),
            missed=sum(not one.is_met for one in others),
        )


def work_in_words(
    problem: Problem, required: Mapping[str, Sequence[int]], missing: Mapping[str, Sequence[int]]
) -> Iterator[str]:
    """A sentence for each skill whose work the roster places: how much of it there is, and what is not done.

    Parameters
    ----------
    required, missing
        Agent-minutes by skill and interval, with the work where it is placed.
    """
    for work in problem.deferred_work:
        hours, left = (sum(part.get(work.skill, ())) / MINUTES_PER_HOUR for part in (required, missing))
        done = text(
            "{skill}: {hours:,.1f} agent-hours of work with a deadline are placed where they cost least",
            skill=work.skill,
            hours=hours,
        )
        yield (
            text("{done}; for {left:,.1f} of them nobody is there in time.", done=done, left=left)
            if left
            else text("{done}, and done in time.", done=done)
        )
