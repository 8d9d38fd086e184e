"""Rows of the sheets Premiums and Holidays."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from scheduler.domain.facts.contract import Holiday, PayPremium
from scheduler.io.input.reading.facts import fact_of
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import HOLIDAYS, PREMIUMS


def read_pay(sheets: Mapping[str, SheetRows | None], notebook: Notebook) -> dict[str, Any]:
    """The premiums and holidays of their sheets; nothing where they are not there."""
    named = [row for row in _rows(sheets[PREMIUMS.key]) if "name" in row.values]
    dated = [row for row in _rows(sheets[HOLIDAYS.key]) if "day" in row.values]
    stand_in = {"day": date(2000, 1, 3), "name": "?"}
    return {
        "premiums": tuple(_premium(row, index, notebook) for index, row in enumerate(named)),
        "holidays": tuple(
            fact_of(notebook, Holiday, row, ("holidays", index), stand_in) for index, row in enumerate(dated)
        ),
    }


def _rows(rows: SheetRows | None) -> list[Row]:
    if rows is None:
        return []
    rows.tell_extra()
    return [] if rows.tell_missing() else list(rows.rows())


def _instead_of(row: Row) -> dict[str, Any]:
    """What stands for cells that cannot be read, so that nothing is said to be missing that is there."""
    amount, hours, days = {"percent", "money_per_hour"}, "over_period_minutes", {"period_days", "period_from"}
    instead: dict[str, Any] = {}
    if row.unreadable & amount and not amount & row.values.keys():
        instead["percent"] = "1"
    instead |= dict.fromkeys(row.unreadable & {hours, "least_minutes", "log_in_minutes"}, 1)
    if days & row.unreadable:
        instead |= dict.fromkeys(days)
    return instead


def _premium(row: Row, index: int, notebook: Notebook) -> PayPremium:
    days = row.values.pop("days", ())
    row.values |= _instead_of(row)
    made = fact_of(
        notebook,
        PayPremium,
        row,
        ("premiums", index),
        {"name": "?"},
        dates=tuple(one for one in days if isinstance(one, date)),
        weekdays=tuple(one for one in days if isinstance(one, int)),
    )
    for key in ("dates", "weekdays"):
        notebook.cells["premiums", index, key] = (row.sheet, row.cell("days"))
    return made
