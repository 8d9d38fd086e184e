"""Numbers, times and values in words, for messages."""

from pathlib import PurePath

_LONGEST_SHOWN = 60
"""Signs of a value that a message quotes."""


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number of things; ``nouns`` is the plural where it is not the noun with an s.

    >>> counted(1, "day"), counted(3, "day"), counted(2, "person", "people")
    ('1 day', '3 days', '2 people')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def clock_words(minutes: int) -> str:
    """A clock time: 1530 is ``25:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hours_words(minutes: int) -> str:
    """A length of time: 510 is ``8 h 30 min``.

    >>> hours_words(510), hours_words(480), hours_words(45), hours_words(0)
    ('8 h 30 min', '8 h', '45 min', '0 min')
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def shown(given: object) -> str:
    """A caller's value in a message: a plain one as it is, anything else by its type.

    >>> shown("60"), shown({"days": 7})
    ("'60'", 'a dict')
    """
    if given is None or isinstance(given, str | bytes | float | PurePath):
        text = repr(given)
        return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
    if isinstance(given, int):
        # a number of thousands of digits cannot even be written
        return repr(given) if given.bit_length() < _LONGEST_SHOWN * 3 else "a number of very many digits"
    kind = type(given).__name__
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
