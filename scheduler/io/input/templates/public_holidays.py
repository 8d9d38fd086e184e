"""Public holidays of a country or one of its regions, from the library ``holidays``, as rows to start from.

Rows of the sheet Holidays are the planner's: what is paid on them, and weekends on which people work as on
other days, no library knows.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from scheduler.domain.facts.contract import Holiday
from scheduler.domain.findings.errors import refused
from scheduler.domain.values.words import listed
from scheduler.texts import text

_MOST_NAMED = 20


def public_holidays(region: str, years: Iterable[int]) -> tuple[Holiday, ...]:
    """The public holidays of some years, in English where the library has them so.

    Parameters
    ----------
    region
        A country by its ISO code, or one of its regions: ``FR``, ``DE-BY``, ``US-CA``.

    Raises
    ------
    BadInput
        If the library knows no such country or region.
    """
    import holidays  # here: it takes a while, and few ask for it

    country, _, part = region.strip().upper().partition("-")
    known: dict[str, list[str]] = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        raise refused(
            "holidays",
            text('no public holidays are known of "{country}".', country=country),
            text("Write a country by its two letters, DE, or with a region, DE-BY.") + _near(country, known),
        )
    if part and part not in known[country]:
        raise refused(
            "holidays",
            text('no region "{part}" of {country} is known.', part=part, country=country),
            text("Known: {parts}.", parts=listed(known[country], _MOST_NAMED) or text("none")),
        )
    every = holidays.country_holidays(country, subdiv=part or None, years=list(years), language="en_US")
    return tuple(Holiday(day=day, name=name) for day, name in sorted(every.items()))


def _near(country: str, known: Iterable[str]) -> str:
    near = get_close_matches(country, known, n=5, cutoff=0.5)
    return " " + text("Near: {names}.", names=", ".join(near)) if near else ""
