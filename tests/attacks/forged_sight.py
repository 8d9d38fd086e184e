"""Figures that are there and not seen: merged, folded, low, frozen out of reach, hidden by the workbook as a
whole, or seen otherwise in a part, under a condition, or in another calendar."""

import re
from random import Random

from tests.attacks.forged_markup import merged
from tests.attacks.forged_parts import (
    Edit,
    Parts,
    formatted,
    holds_date,
    holds_number,
    in_chart,
    in_workbook,
    replaced,
)


def _one_after_another(*edits: Edit) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        for one in edits:
            one(parts, sheet, random)

    return edit


def _run(looks: bytes) -> Edit:
    """The first letter of the first text of a sheet."""
    run = rb"<is><r><rPr>%s</rPr><t>\1</t></r><r><t>\2</t></r></is>" % looks
    return replaced(rb"<is><t[^>]*>(\w)([^<]+)</t></is>", run)


def _frozen(rows: bytes) -> Edit:
    view = b'<sheetView workbookViewId="0"><pane ySplit="%s" topLeftCell="A3" state="frozen"/>' % rows
    return replaced(rb"<sheetView [^>]*>(?:<pane [^>]*>)?", view)


def _merged_under_blank(parts: Parts, sheet: str, random: Random) -> None:
    """The first cell that holds something behind a blank one, merged with that."""
    pair = re.search(rb'<c r="([A-Z]+)(\d+)"[^>]*/>\s*<c r="([A-Z]+)\2"[^>/]*>\s*<(?:v|is)', parts[sheet])
    if pair is not None:
        merged(b'"%s%s:%s%s"' % (pair[1], pair[2], pair[3], pair[2]))(parts, sheet, random)


def _height(row: bytes, points: bytes) -> Edit:
    return replaced(rb'<row r="%s"(?: ht="[\d.]+")?' % row, b'<row r="%s" ht="%s"' % (row, points))


def _struck_rules(parts: Parts, sheet: str, random: Random) -> None:
    styles = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = re.sub(rb"<dxf>", b"<dxf><font><strike/></font>", styles)


def _language(name: bytes) -> Edit:
    return formatted(b"[$-%s]ddd d mmm yyyy" % name, holds_date)


EDITS: dict[str, Edit] = {
    "figure merged under a blank cell": _merged_under_blank,
    "folded rows": replaced(
        rb'<row r="5"(.*?)<row r="6"', rb'<row r="5" outlineLevel="1"\1<row r="6" collapsed="1"'
    ),
    "folded columns": replaced(rb"<col ", b'<col collapsed="1" '),
    "row of three and a half points": _height(b"5", b"3.5"),
    "two tall rows frozen": _one_after_another(_frozen(b"2"), _height(b"1", b"409"), _height(b"2", b"409")),
    "two rows frozen where all are tall": _one_after_another(
        _frozen(b"2"), replaced(rb'defaultRowHeight="[\d.]+"', b'defaultRowHeight="400"')
    ),
    **{
        f"objects as {shown.decode()}": in_workbook(b"<workbookPr", b'<workbookPr showObjects="%s"' % shown)
        for shown in (b"none", b"placeholders")
    },
    "no tabs of sheets": in_workbook(b'showSheetTabs="1"', b'showSheetTabs="0"'),
    "window of no size": in_workbook(b"<workbookView ", b'<workbookView windowWidth="0" windowHeight="0" '),
    "minimized window": in_workbook(b'minimized="0"', b'minimized="1"'),
    "letter crossed out": _run(b"<strike/>"),
    "letter raised": _run(b"<vertAlign val='superscript'/>"),
    "letter in white": _run(b"<color rgb='FFFFFFFF'/><sz val='1'/>"),
    "own rule over all": replaced(
        rb'<conditionalFormatting sqref="[^"]*"', b'<conditionalFormatting sqref="A1:Z999"'
    ),
    "own rules cross out": _struck_rules,
    "series without fill and line": in_chart(
        rb"(<ser>.*?)<spPr>.*?</spPr>", rb"\1<spPr><a:noFill/><a:ln><a:noFill/></a:ln></spPr>"
    ),
    "series of clear colour": in_chart(
        rb"(<ser>.*?)<spPr>.*?</spPr>",
        rb'\1<spPr><a:solidFill><a:srgbClr val="FF0000"><a:alpha val="0"/></a:srgbClr></a:solidFill>'
        rb"<a:ln><a:noFill/></a:ln></spPr>",
    ),
    **{
        f"date in the language {name.decode()}": _language(name)
        for name in (b"fa-IR", b"th-TH", b"ar-SA", b"429", b"1041E")
    },
    "number in the language fa-IR": formatted(b"[$-fa-IR]#,##0.00", holds_number),
}
