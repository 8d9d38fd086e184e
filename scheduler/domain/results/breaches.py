"""What is wrong with a roster: duties that cannot be, rules that are broken, and how each rule fared."""

from typing import Literal

from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.words import counted, hours_words, plain_rule_name
from scheduler.texts import text


class Misfit(Frozen):
    """A duty that the input does not offer at all, which no price can allow.

    Parameters
    ----------
    agent, day
        Whose duty, and on which day of the horizon it begins; ``day`` is ``None`` where several do.
    cells
        Where it stands in the file that was read, such as ``Duties!F17``; empty where there is none.
    """

    agent: str
    day: int | None = None
    sentence: str
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        return at_cells(self.cells, self.sentence)


class Violation(Frozen):
    """A rule broken in a roster: by whom, when, by how much.

    Parameters
    ----------
    rule
        The rule's label.
    must
        Whether the rule must be kept, so that the roster is not legal.
    reported
        Whether the rule is only reported: nobody planned by it, and it costs nothing.
    amount
        In the rule's unit: minutes, or occurrences.
    cost
        What it costs, for a ``prefer`` rule, in sixtieths of a cent; else 0.
    cells
        Where the duties stand in the file that was read; empty where there is none.
    """

    rule: str
    must: bool
    reported: bool = False
    agent: str | None = None
    days: tuple[int, ...] = ()
    amount: int
    cost: int = 0
    sentence: str
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        return at_cells(self.cells, f"{plain_rule_name(self.rule)}: {self.sentence}")


class RuleResult(Frozen):
    """How one rule fared: how many times it was looked at, how often it is broken, and by how much.

    Parameters
    ----------
    amount
        Of all violations together, in the rule's unit.
    unit
        ``hour`` where amounts are minutes, else ``occurrence``.
    told
        What is to be said of the roster beside what is broken; empty where there is nothing.
    """

    rule: str
    kind: str
    sentence: str
    strength: str
    subjects: int
    broken: int
    amount: int
    unit: Literal["hour", "occurrence"]
    cost: int
    told: str = ""

    @property
    def is_reported(self) -> bool:
        """Whether it is checked and told, but not planned by."""
        return self.strength == "report"

    @property
    def amount_in_words(self) -> str:
        """By how much it is broken: ``3 h 15 min`` where amounts are minutes, else ``3 times``."""
        return hours_words(self.amount) if self.unit == "hour" else counted(self.amount, "time")

    @property
    def broken_in_words(self) -> str:
        """How often it is broken, and by how much where that says more: ``2 times, 40 min in all``."""
        if self.unit == "occurrence" and self.amount == self.broken:
            return self.amount_in_words
        return text(
            "{times}, {amount} in all",
            times=counted(self.broken, "time"),
            amount=hours_words(self.amount) if self.unit == "hour" else self.amount,
        )


def at_cells(cells: tuple[str, ...], sentence: str) -> str:
    """A sentence with the cells in front of it that it is about."""
    if not cells:
        return sentence
    return text("{cells}: {sentence}", cells=", ".join(cells), sentence=sentence)
