"""How a workbook writes dates and amounts: what its file says, and what its Settings say.

Handed to every reader of a cell. Where nothing is said, a text that could mean two things is refused.
"""

from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from openpyxl.utils.datetime import WINDOWS_EPOCH

from scheduler.domain.facts.problem import Problem

DateOrder = Literal["day month year", "month day year", "year month day"]
DecimalSign = Literal["point", "comma"]
"""What Settings may say, and options in their place."""
ORDERS = MappingProxyType({"day month year": "dmy", "month day year": "mdy", "year month day": "ymd"})
"""The order of a date's parts, by what Settings call it."""
SIGNS = MappingProxyType({"point": ".", "comma": ","})
"""The sign before decimals, by what Settings call it."""
DATE_ORDERS = MappingProxyType(
    {order: order for order in ORDERS}
    | {letters: order for order, letters in ORDERS.items()}
    | dict.fromkeys(("dd.mm.yyyy", "dd/mm/yyyy", "日月年", "tag monat jahr"), "day month year")
    | dict.fromkeys(("mm/dd/yyyy", "月日年"), "month day year")
    | dict.fromkeys(("yyyy-mm-dd", "yyyy/mm/dd", "年月日", "jahr monat tag"), "year month day")
)
DECIMAL_SIGNS = MappingProxyType(
    dict.fromkeys(("point", ".", "dot", "点", "小数点", "punkt"), "point")
    | dict.fromkeys(("comma", ",", "逗号", "komma"), "comma")
)
"""What Settings may say, and what it means."""


@dataclass(frozen=True)
class Conventions:
    """What a date, a number or a price stands for in one workbook.

    Parameters
    ----------
    epoch
        From which the workbook counts days: 1900, or 1904 where it comes from an old Mac.
    date_order
        ``dmy``, ``mdy`` or ``ymd``, for dates that stand there as text; ``None`` where it is not said.
    decimal_sign
        Point or comma, for numbers that stand there as text; ``None`` where it is not said.
    currency
        The one whose sign may stand beside an amount.
    example
        The date that messages show as a way to write one: the first that is planned, where it is known.
    is_dated
        Whether ``example`` is a day that is planned, so that a year can be guessed from it.
    """

    epoch: datetime = WINDOWS_EPOCH
    date_order: str | None = None
    decimal_sign: str | None = None
    currency: str = str(Problem.model_fields["currency"].default)
    example: date = date(2024, 3, 4)
    is_dated: bool = False


def as_settings_say(problem: Problem, epoch: datetime = WINDOWS_EPOCH) -> Conventions:
    """How the Settings of a problem write dates and numbers that are text."""
    return Conventions(
        epoch=epoch,
        date_order=ORDERS.get(problem.date_order or ""),
        decimal_sign=SIGNS.get(problem.decimal_sign or ""),
    )


UNSAID = Conventions()
"""Of a workbook that says nothing."""
