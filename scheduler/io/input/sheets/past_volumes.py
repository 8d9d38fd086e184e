"""The table of past volumes that a forecast is made from, and the sheet that tells how it was made."""

from scheduler.io.cells.columns import Sheet
from scheduler.io.input.sheets.calendar import LABELS
from scheduler.io.input.sheets.volumes import VOLUMES

PAST_VOLUMES = Sheet(
    "past_volumes", "Past volumes", "历史话务量",
    "What came, by interval: a row a date, time and skill, or a column a skill.",
    (*VOLUMES.columns, *LABELS),
)  # fmt: skip
FORECAST_TITLE = "Forecast"
