"""Native charts of staffing: scheduled as an area, required as a line over it."""

from typing import Any

from openpyxl.chart import AreaChart, BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.io.files.styles import (
    FONT,
    INK,
    LINE,
    MUTED,
    OVER_COLOUR,
    REQUIRED_LINE,
    SCHEDULED_FILL,
    UNDER_COLOUR,
)

POINT = 12_700
"""One point in the unit of drawings (EMU)."""


def staffing_chart(
    title: str,
    *,
    required: Reference,
    scheduled: Reference,
    labels: Reference,
    labels_every: int,
    names: tuple[str, str] = ("Scheduled", "Required"),
) -> Any:
    """Scheduled as an area and required as a line.

    Parameters
    ----------
    names
        What the two are called.
    labels
        Text of each interval, of which every ``labels_every``-th is shown.
    """
    area = AreaChart()
    area.series.append(_series(scheduled, names[0], labels))
    properties = area.series[0].graphicalProperties
    properties.solidFill = SCHEDULED_FILL
    properties.line.noFill = True
    line = LineChart()
    line.series.append(_series(required, names[1], labels))
    stroke = line.series[0]
    stroke.graphicalProperties.line.solidFill = REQUIRED_LINE
    stroke.graphicalProperties.line.width = int(1.4 * POINT)
    stroke.smooth = False
    stroke.marker.symbol = "none"
    for chart in (area, line):
        _dress(chart, title, labels_every)
    area += line
    return area


def over_and_under_chart(title: str, *, under: Reference, over: Reference, labels: Reference) -> Any:
    """Missing and superfluous agent-hours as bars side by side, a pair a skill."""
    chart = BarChart()
    chart.type = "bar"
    chart.grouping = "clustered"
    chart.gapWidth = 60
    for values, name, colour in ((under, "Missing", UNDER_COLOUR), (over, "Superfluous", OVER_COLOUR)):
        series = _series(values, name, labels)
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.noFill = True
        chart.series.append(series)
    _dress(chart, title, None)
    chart.x_axis.scaling.orientation = "maxMin"
    return chart


def place(sheet: Worksheet, chart: Any, *, column: int, row: int, last_column: int, last_row: int) -> None:
    """Lay a chart over cells, so that it is as wide as they are, whatever the font."""
    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=column - 1, row=row - 1),
        to=AnchorMarker(col=last_column, row=last_row),
    )
    sheet.add_chart(chart)


def _series(values: Reference, name: str, labels: Reference) -> Any:
    series = Series(values)
    series.tx = SeriesLabel(v=name)
    series.cat = AxDataSource(strRef=StrRef(f=str(labels)))
    return series


def _dress(chart: Any, title: str, labels_every: int | None) -> None:
    chart.title = _title(title)
    chart.legend.position = "t"
    chart.legend.txPr = _text(900, MUTED)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.title = chart.y_axis.title = None
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=POINT // 2))
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.spPr = GraphicalProperties(ln=LineProperties(solidFill="9AA3AF", w=POINT))
    chart.x_axis.txPr = chart.y_axis.txPr = _text(800, MUTED)
    chart.x_axis.noMultiLvlLbl = True
    if labels_every:
        chart.x_axis.tickLblSkip = chart.x_axis.tickMarkSkip = labels_every
    chart.x_axis.majorTickMark = chart.y_axis.majorTickMark = None
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=POINT // 2))
    chart.graphical_properties.solidFill = "FFFFFF"
    chart.roundedCorners = False


def _title(words: str) -> Title:
    title = Title(overlay=False)
    run = RegularTextRun(
        rPr=CharacterProperties(sz=1100, b=True, solidFill=INK, latin=Font(typeface=FONT)), t=words
    )
    title.tx = _rich([run])
    title.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.015, y=0.03))
    return title


def _rich(runs: list[RegularTextRun]) -> Any:
    return Text(rich=RichText(bodyPr=RichTextProperties(), p=[Paragraph(pPr=ParagraphProperties(), r=runs)]))


def _text(size: int, colour: str) -> RichText:
    font = CharacterProperties(sz=size, solidFill=colour, latin=Font(typeface=FONT))
    return RichText(
        bodyPr=RichTextProperties(),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)],
    )
