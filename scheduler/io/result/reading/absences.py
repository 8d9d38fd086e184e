"""Absences as somebody writes them into a roster: believed where the input has them, else refused.

Absences are entered on the sheet Availability, where their hours count.
"""

from dataclasses import dataclass
from datetime import date

from scheduler.domain import Problem
from scheduler.domain.results.duty_words import away_words
from scheduler.texts import text


@dataclass(frozen=True)
class Absences:
    """Who is away when, by the copy of the input inside a roster or by the week as it is now.

    Parameters
    ----------
    week
        ``None`` where there is no other week.
    """

    inside: Problem
    week: Problem | None = None

    @property
    def now(self) -> Problem:
        """The input as it is now."""
        return self.week or self.inside

    def has(self, agent: str, on: date) -> bool:
        """Whether somebody is away on a date, or on a part of it."""
        named = (None if one is None else one.agent_named.get(agent) for one in (self.inside, self.week))
        return any(known is not None and away_words(known, on) for known in named)


def unknown_absence(agent: str, kind: str, on: date) -> tuple[str, str]:
    """What is wrong with an absence that the input does not have, and what to write."""
    message = text(
        '"{kind}" stands here, but in the input {agent} is not away on {day:%a %d %b %Y}; absences are not '
        "read from here.",
        agent=agent,
        kind=kind,
        day=on,
    )
    hint = text(
        'Write it on Availability of the week, where its hours count, and run repair: Agent "{agent}", Day '
        '{day}, Kind "sick" or "time off".',
        agent=agent,
        day=on,
    )
    return message, hint
