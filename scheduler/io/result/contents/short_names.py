"""A letter or two for each shift template, by which a roster is read without its colours."""

from collections.abc import Iterator
from functools import lru_cache

from scheduler.domain import Problem

_MOST_SIGNS = 3
_MEAN_SOMETHING = frozenset(("x", "off", "pto", "ill"))
"""Words so short that say in a cell of the sheet Roster that there is no duty."""


def short_names(problem: Problem) -> dict[str, str]:
    """The short name of each template; empty where there is only one to be told from.

    The first letter, and more letters, or those of its words, where another template has that one.
    """
    return _short(tuple(template.name for template in problem.templates))


def legend_words(problem: Problem, template: str) -> str:
    """A template's name with its letters in front: ``E Early``."""
    return f"{short_names(problem).get(template, '')} {template}".lstrip()


@lru_cache(maxsize=8)
def _short(names: tuple[str, ...]) -> dict[str, str]:
    """The same of templates in their order.

    >>> _short(("Early", "Evening", "Early short", "Off"))
    {'Early': 'E', 'Evening': 'Ev', 'Early short': 'ES', 'Off': 'O'}
    """
    taken = {name.casefold() for name in names} | _MEAN_SOMETHING
    short: dict[str, str] = {}
    if len(names) < 2:
        return short
    for name in names:
        short[name] = next(one for one in _candidates(name) if one.casefold() not in taken)
        taken.add(short[name].casefold())
    return short


def _candidates(name: str) -> Iterator[str]:
    first = next((sign for sign in name if sign.isalpha()), "S").upper()
    words = name.split()
    if len(words) > 1:
        letters = "".join(word[0] for word in words if word[0].isalnum())[:_MOST_SIGNS].upper()
        if letters[:1] == first:
            yield from (first, letters)
    plain = "".join(sign for sign in name if sign.isalnum())
    yield first
    if plain[:1].upper() == first:
        yield from (f"{first}{plain[1:end]}" for end in range(2, _MOST_SIGNS + 1))
    number = 2
    while True:
        yield f"{first}{number}"
        number += 1
