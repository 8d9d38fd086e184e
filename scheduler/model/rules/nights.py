"""What a night is, for the rules that count them: a window of clock times, and how much of it is worked."""

from pydantic import Field

from scheduler.domain.values.fields import ClockMinute, PositiveMinutes
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.model.limits.verbs import Night, NightMinutes
from scheduler.model.rules.rule import AgentRule
from scheduler.texts import text


class NightWindowRule(AgentRule):
    """A rule on minutes inside a clock window that may pass midnight."""

    since_clock: ClockMinute = Field(
        default=1380, description="When the night begins, on the agent's clock, in minutes after midnight."
    )
    until_clock: ClockMinute = Field(
        default=360, description="When it ends; where that is not later it is on the next day."
    )

    @property
    def window(self) -> tuple[int, int]:
        """Beginning and end in minutes after a midnight; the end is later, and at most a day."""
        since, length = self.since_clock, (self.until_clock - self.since_clock) % MINUTES_PER_DAY
        return since, since + (length or MINUTES_PER_DAY)

    @property
    def minutes_verb(self) -> NightMinutes:
        """What counts the minutes of a duty inside the window."""
        return NightMinutes(*self.window)

    @property
    def window_words(self) -> str:
        """The window as a planner would say it."""
        return text(
            "{since} to {until}",
            since=clock_words(self.since_clock % MINUTES_PER_DAY),
            until=clock_words(self.until_clock % MINUTES_PER_DAY),
        )


class NightRule(NightWindowRule):
    """A rule on nights: duties with enough minutes inside the window."""

    night_minutes: PositiveMinutes = Field(
        default=180,
        description="How many minutes inside the window make a duty a night; exactly so many do.",
    )

    @property
    def verb(self) -> Night:
        """What says whether a duty is a night."""
        return Night(*self.window, self.night_minutes)

    @property
    def night_words(self) -> str:
        """What a night is, for the end of a sentence."""
        return text(
            "{minutes} or more from {window}",
            minutes=hours_words(self.night_minutes),
            window=self.window_words,
        )
