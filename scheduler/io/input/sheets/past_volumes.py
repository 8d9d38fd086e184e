"""Tables that a forecast is made from: volumes of the past, and what the calendar says of days."""

from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.input.sheets.volumes import VOLUMES

_LABELS = (
    Column(
        "holiday", "Holiday", "节假日", Kind.TEXT,
        "Name of the holiday. Days of one name have one factor; holidays are scored apart.", width=18,
        aliases=("public holiday", "bank holiday")
    ),
    Column(
        "event", "Event", "活动", Kind.TEXT,
        "What else moves the volumes: a campaign, invoices, the first of the month. Days of one name have "
        "one factor.", width=18, aliases=("campaign",)
    ),
    Column(
        "weather", "Weather", "天气", Kind.TEXT,
        "In a word: rain, snow, heat. Days of one word have one factor."
    ),
)  # fmt: skip
LABELS = tuple(column.key for column in _LABELS)

PAST_VOLUMES = Sheet(
    "past_volumes", "Past volumes", "历史话务量",
    "What came, by interval: a row a date, time and skill, or a column a skill.",
    (*VOLUMES.columns, *_LABELS),
)  # fmt: skip

CALENDAR = Sheet(
    "calendar", "Calendar", "日历",
    "What is special about days, past and to come; read by the forecast alone.",
    (
        Column("date", "Date", "日期", Kind.DATE, "The date.", needed=True, width=13, aliases=("day",)),
        *_LABELS,
        Column(
            "factor", "Factor", "系数", Kind.NUMBER,
            "Your own number in place of the estimated one: 0.6 is 60 % of an ordinary day of that weekday.",
            aliases=("own factor",), least=0
        ),
    ),
)  # fmt: skip
FORECAST_TABLES = (PAST_VOLUMES, CALENDAR)
FORECAST_TITLE = "Forecast"
OF_FORECAST = (FORECAST_TITLE, CALENDAR.title, CALENDAR.chinese)
"""Titles of sheets beside the input that belong to the forecast."""
