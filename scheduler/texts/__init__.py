"""Sentences for a user: each stands in the code where it is used, and is translated there.

``text("{agent} works on {day}", agent=..., day=...)`` looks a message up in the translation that is installed
and fills in its placeholders; without a translation the message is its own. All messages together are the
catalogue, ``staffcurve.pot`` beside this file, which is extracted from the code (``docs/texts.md``). The
lowest room of all: it knows nothing of rosters.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

_AS_WRITTEN = NullTranslations()
_TRANSLATION: ContextVar[NullTranslations] = ContextVar("translation", default=_AS_WRITTEN)


def text(message: str, /, **values: object) -> str:
    """A message in the user's language, with its placeholders filled in.

    A value is never read for placeholders, and neither is a message without values.

    >>> text("{agent} works on {day}", agent="{day}", day="Monday")
    '{day} works on Monday'
    """
    if not message:
        return ""  # which stands for the header in a catalogue
    return _filled(_TRANSLATION.get().gettext(message), message, values)


def text_n(one: str, many: str, number: int, /, **values: object) -> str:
    """The message for that number of things, with its placeholders filled in.

    >>> text_n("{number} agent is there", "{number} agents are there", 2, number=2)
    '2 agents are there'
    """
    return _filled(plural(number, one, many), one if number == 1 else many, values)


def plural(number: int, one: str, many: str) -> str:
    """The form of a word that goes with a number."""
    return _TRANSLATION.get().ngettext(one, many, number)


def marked(message: str) -> str:
    """A message as it is: it is kept in a table, and handed to ``text`` where it is shown."""
    return message


@contextmanager
def translated(translation: NullTranslations) -> Iterator[None]:
    """Say everything in another language, in this thread or task until the block ends.

    Parameters
    ----------
    translation
        As ``gettext.translation("staffcurve", folder, languages=["zh"])`` finds it.
    """
    token = _TRANSLATION.set(translation)
    try:
        yield
    finally:
        _TRANSLATION.reset(token)


def _filled(translation: str, message: str, values: dict[str, object]) -> str:
    if not values:
        return translation
    try:
        return translation.format(**values)
    except Exception:  # a format can raise anything: an index into a number, a width of 10^11
        return message.format(**values)  # a translation with a fault hides no finding
