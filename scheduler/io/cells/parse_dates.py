"""What a cell means that holds a date, as Excel keeps one or as text.

A text that could be two dates is refused with both, unless Settings say in which order dates are written;
and a date lies in the years that can be planned.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time

from openpyxl.utils.datetime import from_excel

from scheduler.domain.values.calendar_fields import FIRST_YEAR, LAST_YEAR, is_planned_year
from scheduler.domain.values.words import WEEKDAYS
from scheduler.io.cells.conventions import ORDERS, UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable, days_elapsed, plain, shown
from scheduler.io.cells.weekday_names import beside_date
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
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN = re.compile(r"\s*(?:–|—|~|\uff5e|\.\.|\bto\b|\buntil\b|\bbis\b|至|到|\s-\s)\s*", re.IGNORECASE)
_HYPHEN = re.compile(r"\s*-\s*")
_DAYS_BEHIND_MONTH = re.compile(r"([^\W\d_]{3,9})\.?\s*(\d{1,2})\s*[-–—]\s*(\d{1,2}),?\s+(\d{4})")
_LONE_DAY = re.compile(r"(\d{1,2})\.?")
_LONGEST_RANGE = 120
_CENTURY = 2000  # of a year with two digits: no roster was kept here before


class OtherWeekday(Unreadable):
    """A weekday stands beside a date that is none."""


def day(value: object, ways: Conventions = UNSAID) -> date:
    """A date, as Excel keeps it or as text whose meaning is plain."""
    if isinstance(value, datetime):
        if value.year in (1899, 1900, 1904):  # a small number in the format of a date
            _ask_for_year(f"{days_elapsed(value):g}", ways)
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
    _ask_for_year(f"{value:g}", ways)
    raise Unreadable(text("{value} is not a date.", value=shown(value)), _as_a_date(ways))


def day_range(written: str, ways: Conventions = UNSAID) -> tuple[date, date] | None:
    """The first and the last day of a range in one text; ``None`` where it is none.

    The first may leave out what the last one says: ``14.-18.12.2026``, ``14 - 18 December 2026``.

    Raises
    ------
    Unreadable
        Where its ends are days of the year alone; with the dates that they would be.

    >>> day_range("14.-18.12.2026"), day_range("2026-12-14"), day_range("29.12.-2.1.2027")
    ((datetime.date(2026, 12, 14), datetime.date(2026, 12, 18)), None, (datetime.date(2026, 12, 29), \
datetime.date(2027, 1, 2)))
    """
    if len(written) > _LONGEST_RANGE:
        return None
    if match := _DAYS_BEHIND_MONTH.fullmatch(written):
        month, first, last, year = match.groups()
        return day(f"{first} {month} {year}", ways), day(f"{last} {month} {year}", ways)
    ends = _BETWEEN.split(written)
    if len(ends) != 2 or not all(ends):
        ends = _HYPHEN.split(written)
        if len(ends) != 2 or not all(any(sign.isdecimal() for sign in end) for end in ends):
            return None
        if not (_LONE_DAY.fullmatch(beside_date(ends[0])[1]) or _months_day(ends[0]) or _has_year(ends[0])):
            return None
        if _LONE_DAY.fullmatch(ends[1]):  # 16-12 is a day without a year
            return None
    begin, end = ends
    dates = _without_year(end, ways)
    if dates and not _has_year(end):
        last = dates[0]
        dated = (_first_day(begin, last, ways), last)
        raise Unreadable(
            text("{value} has no year.", value=shown(written)),
            _with_year(text(" to ").join(map(str, dated)), ways),
        )
    last = day(end, ways)
    return _first_day(begin, last, ways), last


def _first_day(written: str, last: date, ways: Conventions) -> date:
    """The first day of a range of which the last one is known, whose month or year it may leave out."""
    weekday, bare = beside_date(written)
    if match := _LONE_DAY.fullmatch(bare):
        bare = f"{last.year}-{last.month:02d}-{int(match[1]):02d}"
    elif not _has_year(bare) and (near := _without_year(bare, replace(ways, example=last))):
        bare = str(([on for on in near if on <= last] or near)[0])
    first = day(bare, ways)
    if weekday not in (None, first.weekday()):
        raise _of_other_weekday(written, first)
    return first


def _has_year(written: str) -> bool:
    """Whether a text is a date with a year, whichever of two it may be."""
    bare = beside_date(written)[1]
    return bool(_DAY_IN_NUMBERS.fullmatch(bare)) or any(form.fullmatch(bare) for form, _ in _DAY_FORMS)


def _months_day(written: str) -> bool:
    """Whether a text is a day of a month, without a year."""
    return any(form.fullmatch(beside_date(written)[1]) for form, _ in _DAY_WITHOUT_YEAR)


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
    weekday, written = beside_date(plain(value))
    found = _dates_of(written, ways)
    if weekday is not None:
        agreeing = [on for on in found if on.weekday() == weekday]
        if found and not agreeing:
            raise _of_other_weekday(value, found[0])
        found = agreeing
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
        return found[0]
    match = _DAY_IN_NUMBERS.fullmatch(written)
    if match and ways.date_order is not None and all(len(one) <= 2 for one in (match[1], match[3])):
        raise Unreadable(
            text(
                "{value} is not a date in the order {order}, as Settings say.",
                value=shown(value),
                order=next(said for said, order in ORDERS.items() if order == ways.date_order),
            ),
            _as_a_date(ways),
        )
    _ask_for_year(written, ways, weekday, shown(value))
    between = _range_or_none(written, ways)
    if between is not None:
        raise Unreadable(
            text("{value} is several days, where one date belongs.", value=shown(value)),
            text(
                "Write one date, such as {date}, and a row for each day where each counts.", date=between[0]
            ),
        )
    raise Unreadable(text("{value} is not a date.", value=shown(value)), _as_a_date(ways))


def _of_other_weekday(value: str, on: date) -> OtherWeekday:
    return OtherWeekday(
        text("{value}: {date} is a {weekday}.", value=shown(value), date=on, weekday=WEEKDAYS[on.weekday()]),
        text("Write the date alone, as {date}.", date=on),
    )


def _dates_of(written: str, ways: Conventions) -> list[date]:
    """Every date that a text with a year can mean."""
    if match := _DAY_IN_NUMBERS.fullmatch(written):
        numbers = match[1], match[3], match[4]
        orders = _orders(numbers, match[2], ways)
        found = dict.fromkeys(on for order in orders if (on := _date_of(order, numbers)) is not None)
        if found:
            return list(found)
    for form, order in _DAY_FORMS:
        if match := form.fullmatch(written):
            on = _date_of(order, match.groups())
            if on is not None:
                return [on]
    return []


def _range_or_none(written: str, ways: Conventions) -> tuple[date, date] | None:
    try:
        return day_range(written, ways)
    except Unreadable:
        return None


def _ask_for_year(written: str, ways: Conventions, weekday: int | None = None, said: str = "") -> None:
    """Refuse a day of the year without its year, with the dates that are nearest to the planned ones."""
    near = _without_year(written, ways)
    near = [on for on in near if weekday in (None, on.weekday())] or near
    if near:
        raise Unreadable(
            text("{value} has no year.", value=said or written),
            _with_year(text(" or ").join(map(str, near)), ways),
        )


def _with_year(dates: str, ways: Conventions) -> str:
    """What to write for dates of which the year was guessed; where no day is known yet, no year is."""
    if not ways.is_dated:
        dates = re.sub(r"\b\d{4}-", "YYYY-", dates)
        return text("Write its year too: {dates}, with the year for YYYY.", dates=dates)
    return text("Write it as {example}.", example=dates)


def _without_year(written: str, ways: Conventions) -> list[date]:
    """The dates that a day and a month can mean, each in the year nearest to the planned ones."""
    found = []
    for form, orders in _DAY_WITHOUT_YEAR:
        if match := form.fullmatch(beside_date(written)[1]):
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
