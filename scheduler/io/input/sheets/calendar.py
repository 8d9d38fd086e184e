"""The sheet Calendar: what is special about days."""

from scheduler.domain.facts.special_days import MOST_TIMES_AN_ORDINARY_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet

LABELS = (
    Column(
        "holiday", "Holiday", "节假日", Kind.TEXT,
        "Name of the holiday. Days of one name have one factor; holidays are scored apart.", width=22,
        aliases=("public holiday", "bank holiday")
    ),
    Column(
        "event", "Event", "活动", Kind.TEXT,
        "What else moves the volumes: a campaign, invoices, the first of the month. Days of one name have "
        "one factor.", width=22, aliases=("campaign",)
    ),
    Column(
        "weather", "Weather", "天气", Kind.TEXT,
        "In a word: rain, snow, heat. Days of one word have one factor."
    ),
)  # fmt: skip
"""Columns whose words say what a day is; a history may have them beside its numbers."""

CALENDAR = Sheet(
    "calendar", "Calendar", "日历",
    "What is special about days, past and to come; the forecast alone learns from it.",
    (
        Column("day", "Date", "日期", Kind.DATE, "The date, past or to come.", needed=True, width=13),
        *LABELS,
        Column(
            "factor", "Factor", "系数", Kind.NUMBER,
            "Your own number in place of the estimated one: 0.6 is 60 % of an ordinary day of that weekday.",
            aliases=("own factor",), least=0, most=MOST_TIMES_AN_ORDINARY_DAY, width=10
        ),
    ),
)  # fmt: skip
