"""What a cell means that holds a date, as Excel keeps one or as text.

A text that could be two dates is refused with both, unless Settings say in which order dates are written;
and a date lies in the years that can be planned.
"""

import re
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

from scheduler.domain.values.calendar_fields import FIRST_YEAR, LAST_YEAR, is_planned_year
from scheduler.io.cells.conventions import ORDERS, UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, plain, shown
from scheduler.io.files.cell_values import Percent
from scheduler.texts import text

NO_END = date(9999, 12, 31)
"""What many systems write for an open end; accepted as a last day."""

_MONTHS = (
    ("january", "januar"), ("february", "februar"), ("march", "märz", "maerz"), ("april",), ("may", "mai"),
    ("june", "juni"), ("july", "juli"), ("august",), ("september",), ("october", "oktober"), ("november",),
    ("december", "dezember"),
)  # fmt: skip
_MIDNIGHT = r"(?:[T ]00:00(?::00)?)?"
_DAY_IN_NUMBERS = re.compile(rf"(\d{{1,4}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,4}}){_MIDNIGHT}")
_DAY_FORMS = tuple(
    (re.compile(form, re.IGNORECASE), order)
    for form, order in (
        (r"((?:19|20|21)\d\d)(\d\d)(\d\d)", "ymd"),
        (r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?", "ymd"),
        (r"(\d{1,2})\.?[\s-]*([^\W\d_]{3,9})\.?,?[\s-]*(\d{4}|\d{2})", "dmy"),
        (r"([^\W\d_]{3,9})\.?\s*(\d{1,2}),?\s+(\d{4}|\d{2})", "mdy"),
    )
)
_DAY_WITHOUT_YEAR = tuple(
    (re.compile(form, re.IGNORECASE), orders)
    for form, orders in (
        (r"(\d{1,2})\s?\.\s?(\d{1,2})\s?\.?", ("dm",)),
        (r"(\d{1,2})\s?[-/]\s?(\d{1,2})", ("dm", "md")),
        (r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?", ("md",)),
        (r"(\d{1,2})\.?[\s-]*([^\W\d_]{3,9})\.?", ("dm",)),
        (r"([^\W\d_]{3,9})\.?\s*(\d{1,2})\.?", ("md",)),
    )
)
_CENTURY = 2000  # of a year with two digits: no roster was kept here before


def day(value: object, ways: Conventions = UNSAID) -> date:
    """A date, as Excel keeps it or as text whose meaning is plain."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise Unreadable(
                text("{value} has a time of day, where only a date belongs.", value=shown(value)),
                _as_a_date(ways),
            )
        return _within_years(value.date(), value, ways)
    if isinstance(value, date):
        return _within_years(value, value, ways)
    if isinstance(value, int | float) and not isinstance(value, bool | Percent):
        return _day_from_number(value, ways)
    if isinstance(value, str):
        return _within_years(_day_from_text(value, ways), value, ways)
    raise Unreadable(text("{value} is not a date.", value=shown(value)), _as_a_date(ways))


def _day_from_number(value: float, ways: Conventions) -> date:
    if value == value // 1:  # neither a fraction of a day nor NaN
        try:
            found = from_excel(value, ways.epoch)
        except (OverflowError, ValueError):
            return _day_from_text(shown(value).strip('"'), ways)  # 20240314
        if isinstance(found, datetime) and is_planned_year(found.year):
            return found.date()
    raise Unreadable(text("{value} is not a date.", value=shown(value)), _as_a_date(ways))


def _as_a_date(ways: Conventions) -> str:
    return text("Write it as {example}.", example=ways.example)


def _within_years(found: date, value: object, ways: Conventions) -> date:
    if not is_planned_year(found.year) and found != NO_END:
        what = shown(value) if isinstance(value, str) else f"{found}"
        raise Unreadable(
            text(
                "{what} is not a date from {first_year} to {last_year}.",
                what=what,
                first_year=FIRST_YEAR,
                last_year=LAST_YEAR,
            ),
            _as_a_date(ways),
        )
    return found


def _day_from_text(value: str, ways: Conventions) -> date:
    written = plain(value)
    if match := _DAY_IN_NUMBERS.fullmatch(written):
        numbers, sign = (match[1], match[3], match[4]), match[2]
        found = dict.fromkeys(
            on for order in _orders(numbers, sign, ways) if (on := _date_of(order, numbers)) is not None
        )
        if len(found) > 1:
            raise Unreadable(
                text("{value} can be read in two ways.", value=shown(value)),
                text(
                    "Write it as {dates}, or give the Date order on Settings (--date-order where there are "
                    "none).",
                    dates=text(" or ").join(map(str, found)),
                ),
            )
        if found:
            return next(iter(found))
        if ways.date_order is not None and all(len(one) <= 2 for one in numbers[:2]):
            raise Unreadable(
                text(
                    "{value} is not a date in the order {order}, as Settings say.",
                    value=shown(value),
                    order=next(said for said, order in ORDERS.items() if order == ways.date_order),
                ),
                _as_a_date(ways),
            )
    for form, order in _DAY_FORMS:
        if match := form.fullmatch(written):
            on = _date_of(order, match.groups())
            if on is not None:
                return on
    if near := _without_year(written, ways):
        raise Unreadable(
            text("{value} has no year.", value=shown(value)),
            text("Write it as {example}.", example=text(" or ").join(map(str, near))),
        )
    raise Unreadable(text("{value} is not a date.", value=shown(value)), _as_a_date(ways))


def _without_year(written: str, ways: Conventions) -> list[date]:
    """The dates that a day and a month can mean, each in the year nearest to the planned ones."""
    found = []
    for form, orders in _DAY_WITHOUT_YEAR:
        if match := form.fullmatch(written):
            said = [order for order in orders if ways.date_order in (None, f"{order}y", f"y{order}")]
            for order in said or orders:
                years = [ways.example.year + step for step in (-1, 0, 1)]
                dates = [_date_of(f"{order}y", (*match.groups(), str(year))) for year in years]
                known = [on for on in dates if on is not None]
                found += sorted(known, key=lambda on: abs(on - ways.example))[:1]
    return list(dict.fromkeys(found))


def _orders(numbers: tuple[str, str, str], sign: str, ways: Conventions) -> tuple[str, ...]:
    """The orders in which a date of three numbers may stand; points are written day first, everywhere."""
    first, _, last = map(len, numbers)
    if first > 2 or last > 2:
        if first > 2:
            return ("ymd",) if first == 4 and last <= 2 else ()
        if last != 4:
            return ()
        if ways.date_order in ("dmy", "mdy"):
            return (ways.date_order,)
        return ("dmy",) if sign == "." else ("mdy", "dmy")
    if ways.date_order is not None:
        return (ways.date_order,)
    return ("dmy", "ymd") if sign == "." else ("mdy", "dmy", "ymd")


def _date_of(order: str, parts: tuple[str | None, ...]) -> date | None:
    """The date of its parts; ``None`` where the calendar has none."""
    by_letter = {letter: str(part) for letter, part in zip(order, parts, strict=True)}
    year = int(by_letter["y"])
    try:
        return date(
            year if len(by_letter["y"]) > 2 else _CENTURY + year,
            _month(by_letter["m"]),
            int(by_letter["d"]),
        )
    except ValueError:
        return None


def _month(written: str) -> int:
    """A month's number; 0 where the word is no month or its beginning, in English or German."""
    if not written.isalpha():
        return int(written)
    word = written.casefold()
    return next(
        (at for at, names in enumerate(_MONTHS, start=1) if any(name.startswith(word) for name in names)),
        0,
    )
