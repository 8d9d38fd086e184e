"""What one cell of a workbook means: text, a number, money, yes or no, a word out of few.

The row reader calls one function per cell, by the kind of its column; dates and times are read in
:mod:`scheduler.io.cells.parse_times`. A function parses what Excel makes of an entry or says why it cannot;
it never guesses between two meanings, never rounds, and never takes a blank for a value.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from scheduler.domain.values.grid import SECONDS_PER_DAY
from scheduler.domain.values.spelling import is_seen, legible, spelt, without_unseen
from scheduler.domain.values.words import clock_words
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.files.cell_values import Padded, Percent
from scheduler.texts import marked, text

NOTHING = ("none", "no limit", "无", "keine")
_YES = ("yes", "y", "true", "1", "x", "是", "✓", "ja", "j", "wahr")
_NO = ("no", "n", "false", "0", "否", "nein", "falsch")

_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)}  # full-width signs, as a Chinese keyboard gives them
_PLAIN: dict[int, int | str] = {
    **_WIDE,
    **dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212), "-"),
}
_LONGEST_SHOWN = 60
_MOST_DIGITS = 10**15  # Excel keeps fifteen digits of a number

_DECIMAL = re.compile(r"(\d*)[.,](\d+)|(\d+)")
_GROUPED = re.compile(r"(\d{1,3})(?:([ ,.'’])\d{3}(?:\2\d{3})*)(?:([.,])(\d+))?")
_GROUPED_IN_LAKHS = re.compile(r"(\d{1,2}(?:,\d{2})+,\d{3})(?:\.(\d+))?")
_SIGN = r"([^\d\s.,'’+-][^\d+-]*?)?"
_WITH_CURRENCY = re.compile(rf"{_SIGN}\s*([+-]?[\d.,][\d .,'’]*?)\s*{_SIGN}")
_DIGITS = re.compile(r"(?<![\w.,])\d{1,9}(?![\w.,])")
_CODE = re.compile(r"[A-Z]{3}")
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
_CURRENCIES = {
    "€": ("EUR",), "euro": ("EUR",), "euros": ("EUR",), "£": ("GBP",), "₹": ("INR",), "₩": ("KRW",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"), "nt$": ("TWD",), "hk$": ("HKD",),
    "us$": ("USD",), "¥": ("JPY", "CNY"), "元": ("CNY", "TWD", "HKD"), "块": ("CNY",), "円": ("JPY",),
    "rmb": ("CNY",), "kr": _CROWNS, "kr.": _CROWNS, "fr.": ("CHF",), "sfr.": ("CHF",), "zł": ("PLN",),
}  # fmt: skip
"""What stands beside an amount, and in which currencies."""
_AS_AN_AMOUNT = marked("Write the amount as a plain number.")

_BEYOND = 1e13
"""More than any amount, and still exact to the hundredth in floating point."""


class Unreadable(ValueError):
    """A cell's value does not fit its column; says why, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(f"{message} {hint}".strip())


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing, or nothing that is seen."""
    return value is None or (isinstance(value, str) and not is_seen(value))


def filled_rows(rows: Iterable[Iterable[object]]) -> int:
    """How many rows have a cell that is not blank."""
    return sum(not all(map(is_blank, row)) for row in rows)


def shown(value: object) -> str:
    """A cell's value as the planner sees it, for a message; any value at all can be shown."""
    if isinstance(value, str):
        said = value.strip()
        return f'"{said[: _LONGEST_SHOWN - 3]}..."' if len(said) > _LONGEST_SHOWN else f'"{said}"'
    if isinstance(value, Padded):
        return value.shown
    if isinstance(value, int | float) and not abs(value) < _BEYOND:
        return (
            f"{value:.3g}" if isinstance(value, float) or abs(value) < 10**300 else text("so large a number")
        )
    if isinstance(value, Percent):
        return f"{100 * value:g} %"
    if isinstance(value, datetime):
        return _datetime_shown(value)
    if isinstance(value, timedelta):
        return elapsed_text(round(value.total_seconds()))
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _datetime_shown(value: datetime) -> str:
    if value.year in (1900, 1904):
        return elapsed_text(round(days_elapsed(value) * SECONDS_PER_DAY))
    return value.isoformat(" ", "minutes" if value == value.replace(second=0, microsecond=0) else "seconds")


def days_elapsed(value: datetime) -> float:
    """The number behind a time past 24:00 that Excel shows as a day of 1900, or of 1904 on old Macs."""
    epoch = MAC_EPOCH if value.year == 1904 else WINDOWS_EPOCH
    return float(to_excel(value, epoch))  # type: ignore[no-untyped-call]


def elapsed_text(seconds: int) -> str:
    """A length of time as Excel shows one: ``25:30``, ``23:59:59``, ``-01:30``."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{clock_words(minutes)}{f':{rest:02d}' if rest else ''}"


def plain(written: str) -> str:
    """Text with full-width digits and signs made plain, and space trimmed; letters stay what they are."""
    if written.isascii():
        return written.strip()
    return unicodedata.normalize("NFC", without_unseen(written)).translate(_PLAIN).strip()


def plain_text(value: object) -> str:
    """A name or other text; a number typed as a name keeps its digits, and zeros that its cell shows."""
    if isinstance(value, str):
        return name_in(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Padded):
        return name_in(value.shown)
    if isinstance(value, int | float):
        if not abs(value) < _MOST_DIGITS:
            raise Unreadable(
                text("{value} has more digits than Excel keeps of a number.", value=shown(value)),
                text("Put an apostrophe before it to keep it as text."),
            )
        return str(int(value) if value == int(value) else value)
    raise Unreadable(
        text("{value} is a date or time, where a name belongs.", value=shown(value)),
        text("Put an apostrophe before it to keep it as text."),
    )


def name_in(written: str) -> str:
    """A name in its one spelling, see :mod:`scheduler.domain.values.spelling`."""
    try:
        return legible(written)
    except ValueError as error:
        raise Unreadable(f"{error}.") from None


def number(value: object, ways: Conventions = UNSAID) -> float:
    """A number, also when it is stored as text."""
    if isinstance(value, Percent):
        raise Unreadable(
            text("{value} is a share of a hundred, where an amount belongs.", value=shown(value)),
            text(_AS_AN_AMOUNT),
        )
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(text("{value} is not a number.", value=shown(value)))
    amount = _number_from_text(value, ways) if isinstance(value, str) else +value  # without zeros before it
    if amount != amount:  # NaN, which a file may hold
        raise Unreadable(text("this is not a number."))
    if abs(amount) >= _BEYOND:
        raise Unreadable(
            text("{value} is too large a number.", value=shown(value)), text("Write a smaller one.")
        )
    return amount


def _number_from_text(value: str, ways: Conventions) -> float:
    """A number as people write it; refused where a separator could mean decimals or thousands."""
    written = plain(value)
    sign, digits = (-1, written[1:]) if written.startswith("-") else (1, written.removeprefix("+"))
    if len(digits) <= _LONGEST_SHOWN:
        if ways.decimal_sign is not None:
            return sign * _by_decimal_sign(value, digits, ways.decimal_sign)
        if match := _GROUPED.fullmatch(digits):
            first, separator, point, decimals = match.groups()
            grouped = digits.removesuffix(f"{point}{decimals}") if point else digits
            together = re.sub(r"\D", "", grouped)
            if point is None and len(grouped) == len(first) + 4 and separator in ".,":
                decimal = f"{first}.{grouped[-3:]}"
                if first.startswith("0"):  # 0.500 has no thousands separator
                    return sign * float(decimal)
                raise Unreadable(
                    text("{value} can be read in two ways.", value=shown(value)),
                    text("Write {one} or {other}.", one=together, other=decimal.rstrip("0").rstrip(".")),
                )
            if point != separator and not first.startswith("0"):
                return sign * float(f"{together}.{decimals or 0}")
        elif match := _GROUPED_IN_LAKHS.fullmatch(digits):
            return sign * float(f"{match[1].replace(',', '')}.{match[2] or 0}")
        elif _DECIMAL.fullmatch(digits):
            return sign * float(digits.replace(",", "."))
    raise Unreadable(
        text("{value} is not a number.", value=shown(value)),
        text(_AS_AN_AMOUNT) if written.endswith("%") else "",
    )


def _by_decimal_sign(value: str, digits: str, decimal_sign: str) -> float:
    """A number of which it is said which sign stands before its decimals."""
    whole_part, point, decimals = digits.partition(decimal_sign)
    grouped = _GROUPED.fullmatch(whole_part)
    is_whole = whole_part.isdecimal() or not whole_part
    if point and not decimals.isdecimal():
        is_whole, grouped = False, None
    if decimal_sign == "." and (lakhs := _GROUPED_IN_LAKHS.fullmatch(whole_part)) and not lakhs[2]:
        is_whole, whole_part = True, whole_part.replace(",", "")
    if is_whole and (whole_part or decimals):
        return float(f"{whole_part or 0}.{decimals or 0}")
    if grouped and grouped[2] != decimal_sign and grouped[3] is None and not whole_part.startswith("0"):
        return float(f"{re.sub(r'[^0-9]', '', whole_part)}.{decimals or 0}")
    raise Unreadable(
        text("{value} is not a number.", value=shown(value)),
        text("Settings say that decimals stand after a comma: write 1234,50.")
        if decimal_sign == ","
        else text("Settings say that decimals stand after a point: write 1234.50."),
    )


def whole(value: object, ways: Conventions = UNSAID) -> int:
    """A whole number."""
    try:
        amount = number(value, ways)
    except Unreadable as error:
        raise Unreadable(error.message, error.hint or _numbers_in(value)) from None
    if amount != round(amount):
        below = int(amount // 1)
        raise Unreadable(
            text("{value} is not a whole number.", value=shown(value)),
            text("Write {one} or {other}.", one=below, other=below + 1),
        )
    return round(amount)


def _numbers_in(value: object) -> str:
    """What to write for a text that has a number and more: ``ca. 12``, ``10-12``."""
    written = plain(value)[:_LONGEST_SHOWN] if isinstance(value, str) else ""
    found = [] if "+" in written.rstrip("+") else _DIGITS.findall(written)
    if len(found) == 1:
        return text("Write {number} alone.", number=found[0])
    if len(found) == 2:
        return text("Write one number: {one} or {other}.", one=found[0], other=found[1])
    return ""


def limit(value: object, ways: Conventions = UNSAID) -> int | None:
    """A whole number, or the word ``none`` for no limit."""
    return None if says_nothing(value) else whole(value, ways)


def money(value: object, ways: Conventions = UNSAID) -> int:
    """Cents, from an amount of currency with at most two decimals; its own currency may stand beside it."""
    try:
        cents = number(_without_currency(value, ways.currency), ways) * 100
    except Unreadable as error:
        raise Unreadable(error.message, error.hint or text("Write an amount such as 20 or 20.50.")) from None
    if abs(cents - round(cents)) > 1e-6 or (cents and not round(cents)):
        raise Unreadable(
            text("{value} is finer than a cent.", value=shown(value)), text("Write at most two decimals.")
        )
    return round(cents)


def _without_currency(value: object, currency: str) -> object:
    """The amount in a text such as ``18,50 €``."""
    if not isinstance(value, str) or len(value) > _LONGEST_SHOWN:
        return value
    match = _WITH_CURRENCY.fullmatch(plain(value))
    if not match or bool(match[1]) == bool(match[3]):
        return value
    said = (match[1] or match[3]).strip()
    meant = {currency.casefold(), *(sign for sign, codes in _CURRENCIES.items() if currency.upper() in codes)}
    if said.casefold() in meant:
        return match[2]
    if said.casefold() in _CURRENCIES or _CODE.fullmatch(said):
        raise Unreadable(
            text(
                "{value} is not in {currency}, the currency on Settings.",
                value=shown(value),
                currency=currency,
            ),
            text("Write the amount in {currency}, without a sign.", currency=currency),
        )
    return value


def price(value: object, ways: Conventions = UNSAID) -> int | None:
    """Cents, or the word ``none`` for no price."""
    return None if says_nothing(value) else money(value, ways)


def yes_no(value: object) -> bool:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    if _says(value, _YES):
        return True
    if _says(value, _NO):
        return False
    raise Unreadable(text("{value} is neither yes nor no.", value=shown(value)), text('Write "yes" or "no".'))


def choice(options: dict[str, str]) -> Callable[[object], str]:
    """A reader of one word out of few; ``options`` maps each accepted word to its meaning."""
    meant = {_folded(word): meaning for word, meaning in options.items()}

    def read(value: object) -> str:
        found = meant.get(_folded(value)) if isinstance(value, str) else None
        if found is None:
            raise Unreadable(
                text("{value} is not one of the choices.", value=shown(value)),
                text("Choose {choices}.", choices=", ".join(dict.fromkeys(options.values()))),
            )
        return found

    return read


def says_nothing(value: object) -> bool:
    """Whether a cell says ``none`` in words."""
    return _says(value, NOTHING)


def _says(value: object, words: tuple[str, ...]) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = shown(value)
    return isinstance(value, str) and _folded(value) in words


def _folded(word: str) -> str:
    return spelt(plain(word)).casefold()
