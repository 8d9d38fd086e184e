"""Bounds and counts in words, for the sentences of rules and of their violations."""

from scheduler.model.rule import spoken


def bounds(at_least: int | None, at_most: int | None, field: str = "") -> str:
    """Two bounds as a planner would say them; ``field`` decides how a number is shown, as in ``spoken``.

    >>> bounds(1920, 2880, "minutes"), bounds(None, 5), bounds(2, 2)
    ('32 h to 48 h', 'at most 5', 'exactly 2')
    """
    if at_least is None and at_most is None:
        return "any number of"
    if at_least == at_most:
        return f"exactly {spoken(field, at_least)}"
    if at_most is None:
        return f"at least {spoken(field, at_least)}"
    if not at_least:
        return f"at most {spoken(field, at_most)}"
    return f"{spoken(field, at_least)} to {spoken(field, at_most)}"


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number of things; ``nouns`` where more than one of them take more than an s.

    >>> counted(1, "day"), counted(3, "day"), counted(2, "person", "people")
    ('1 day', '3 days', '2 people')
    """
    return f"{number} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"
