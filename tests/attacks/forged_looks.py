"""Forgeries of a roster workbook that change what a person reads, and no value of a cell.

Sheets, rows and columns are hidden, formats show another figure, cells are of odd types, and something lies
over the cells, behind them, or comes up beside them.
"""

import re
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from random import Random

from scheduler.app.results import read_back as results
from scheduler.domain import BadInput
from tests.attacks import (
    forged_charts,
    forged_formats,
    forged_markup,
    forged_places,
    forged_readings,
    forged_sight,
    forged_wrappers,
)
from tests.attacks.forged_parts import (
    RELATION,
    Edit,
    PartForgery,
    Parts,
    as_text,
    at_end,
    behind_cells,
    forged,
    holds_number,
    holds_text,
    in_chart,
    in_drawing,
    in_workbook,
    of_cells,
    other_value,
    related,
    replaced,
    sheet_state,
    styled,
    twin,
    wrapped,
)
from tests.attacks.forgeries import Case, cases

_ANCHOR = (
    b'<xdr:absoluteAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    b'<xdr:pos x="0" y="0"/><xdr:ext cx="9000000" cy="9000000"/>%s<xdr:clientData/></xdr:absoluteAnchor>'
)
_SHAPE = b"<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='9' name='x'/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/></xdr:sp>"
_ALTERNATE = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    b'<mc:Choice Requires="a14" xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">%s'
    b"</mc:Choice><mc:Fallback/></mc:AlternateContent>"
)
_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape type="#_x0000_t202" style="position:absolute">'
    b"<v:textbox><div>The true cost is 5.</div></v:textbox></v:shape></xml>"
)
_THREADED = (
    b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    b'<threadedComment ref="B5" id="{1}" personId="{2}"><text>The true cost is 5.</text></threadedComment>'
    b"</ThreadedComments>"
)
_RULE = (
    b'<conditionalFormatting sqref="A1:Z99"><cfRule type="expression" dxfId="%d" priority="1">'
    b"<formula>TRUE</formula></cfRule></conditionalFormatting>"
)


def conditional(dxf: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        styles = parts["xl/styles.xml"]
        number = styles.count(b"<dxf>")
        if b"</dxfs>" in styles:
            styles = styles.replace(b"</dxfs>", dxf + b"</dxfs>")
        else:
            styles = re.sub(rb"<dxfs[^>]*/>", b"<dxfs>" + dxf + b"</dxfs>", styles)
        parts["xl/styles.xml"] = styles
        parts[sheet] = parts[sheet].replace(b"</sheetData>", b"</sheetData>" + _RULE % number)

    return edit


DECLARED = frozenset(
    (
        *("white text", "shrunk", "words in the page's head", "another area to print", "a name for a figure"),
        *("chart's axis turned", "chart's axis cut", "chart cut to what is seen"),
        *("links to another workbook", "format: fewer decimals", "format: text"),
        *("built-in format 1", "built-in format 9", "built-in format 37", "built-in format 49"),
        # a time in another spelling, 17:00:00 or 5:00 PM; a share that was taken for a time, as a number
        *("built-in format 18", "built-in format 20", "built-in format 46", "format of a time: General"),
    )
)
"""Looks that the pages say are not compared: colours, layout, axes, and how many digits are shown.

The built-in formats show the value of the cells that have such a one.
"""
_ALIGNED = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"><alignment %s/></xf>'
HARMLESS = frozenset(
    (
        *("sounds over a text", "text beside a number", "an array's cell", "cell without a place"),
        *(
            "cell in small letters",
            "an unseen sign in a text",
            "table over the cells",
            "row without height",
            "two rows merged",
            "column hidden",
        ),
        *("column without width", "column of a hair's width"),
    )
)
"""What a spreadsheet shows as before, at least on some of the sheets."""

EDITS: dict[str, Edit] = {
    "sheet hidden": sheet_state(b"hidden"),
    "sheet very hidden": sheet_state(b"veryHidden"),
    "row hidden": replaced(rb'<row r="5"', b'<row hidden="1" r="5"'),
    "row without height": replaced(rb'<row r="5"(?: ht="[\d.]+")?', b'<row r="5" ht="0"'),
    "row of a hair's height": replaced(rb'<row r="5"(?: ht="[\d.]+")?', b'<row r="5" ht="0.2"'),
    "rows hidden by default": replaced(rb"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" '),
    "column hidden": replaced(rb"<col ", b'<col hidden="1" '),
    "column without width": replaced(rb'<col width="[\d.]+"', b'<col width="0"'),
    "column of a hair's width": replaced(rb'<col width="[\d.]+"', b'<col width="0.1"'),
    "columns without width by default": replaced(rb"<sheetFormatPr ", b'<sheetFormatPr defaultColWidth="0" '),
    "all merged": behind_cells(b'<mergeCells><mergeCell ref="A1:Z999"/></mergeCells>'),
    "two rows merged": behind_cells(b'<mergeCells><mergeCell ref="A5:D6"/></mergeCells>'),
    "zeros not shown": replaced(rb"<sheetView ", b'<sheetView showZeros="0" '),
    "formulas shown": replaced(rb"<sheetView ", b'<sheetView showFormulas="1" '),
    **forged_formats.EDITS,
    **forged_markup.EDITS,
    **forged_charts.EDITS,
    **forged_places.EDITS,
    **forged_wrappers.EDITS,
    **forged_sight.EDITS,
    **forged_readings.EDITS,
    "number as text": of_cells(holds_number, as_text),
    "number as boolean": of_cells(holds_number, lambda one: one[0].replace(b't="n"', b't="b"')),
    "number as error": of_cells(holds_number, lambda one: one[0].replace(b't="n"', b't="e"')),
    "number as date": of_cells(holds_number, lambda one: one[0].replace(b't="n"', b't="d"')),
    "number as inline text": of_cells(
        holds_number,
        lambda one: re.sub(
            rb"<v>(.*?)</v>", rb"<is><t>\1</t></is>", one[0].replace(b't="n"', b't="inlineStr"')
        ),
    ),
    "other number": of_cells(holds_number, other_value),
    "two values, the right one last": of_cells(
        holds_number, lambda one: re.sub(rb"<v>", rb"<v>7</v><v>", one[0])
    ),
    "two values, the right one first": of_cells(
        holds_number, lambda one: re.sub(rb"</v>", rb"</v><v>7</v>", one[0])
    ),
    "text beside a number": of_cells(
        holds_number, lambda one: re.sub(rb"<v>", rb"<is><t>7</t></is><v>", one[0])
    ),
    "number beside a text": of_cells(holds_text, lambda one: re.sub(rb"<is>", rb"<v>7</v><is>", one[0])),
    "text in two": of_cells(holds_text, lambda one: re.sub(rb"</is>", rb"</is><is><t>x</t></is>", one[0])),
    "sounds over a text": of_cells(
        holds_text, lambda one: re.sub(rb"</is>", rb'<rPh sb="0" eb="1"><t>five</t></rPh></is>', one[0])
    ),
    "rich text more": of_cells(holds_text, lambda one: re.sub(rb"</is>", rb"<r><t> x</t></r></is>", one[0])),
    "an escape in a text": of_cells(holds_text, lambda one: re.sub(rb"<t([^>]*)>", rb"<t\1>_x0041_", one[0])),
    "a line break in a text": of_cells(holds_text, lambda one: re.sub(rb"</t>", rb"&#10;&#10;x</t>", one[0])),
    "a turn of direction in a text": of_cells(
        holds_text, lambda one: re.sub(rb"<t([^>]*)>", "<t\\1>\u202e".encode(), one[0])
    ),
    "an unseen sign in a text": of_cells(
        holds_text, lambda one: re.sub(rb"</t>", "\u200b</t>".encode(), one[0])
    ),
    "a very long text": of_cells(holds_text, lambda one: re.sub(rb"</t>", b" " * 3000 + b"x</t>", one[0])),
    "formula with its value": of_cells(holds_number, lambda one: one[0].replace(b"<v>", b"<f>1+1</f><v>")),
    "formula of a shared kind": of_cells(
        holds_number, lambda one: one[0].replace(b"<v>", b'<f t="shared" si="0"/><v>')
    ),
    "formula in another prefix": of_cells(
        holds_number,
        lambda one: one[0].replace(
            b"<v>", b'<q:f xmlns:q="http://schemas.openxmlformats.org/spreadsheetml/2006/main">1+1</q:f><v>'
        ),
    ),
    "a picture as the cell's value": of_cells(
        holds_number, lambda one: one[0].replace(b"<c ", b'<c vm="1" ')
    ),
    "an array's cell": of_cells(holds_number, lambda one: one[0].replace(b"<c ", b'<c cm="1" ')),
    "cell twice": of_cells(holds_number, lambda one: one[0] + other_value(one)),
    "cell without a place": of_cells(holds_number, lambda one: re.sub(rb' r="[A-Z]+\d+"', b"", one[0])),
    "cell in small letters": of_cells(
        holds_number, lambda one: re.sub(rb'r="([A-Z]+)', lambda r: r[0].lower(), one[0])
    ),
    "cell of a foreign kind": of_cells(
        holds_number, lambda one: one[0].replace(b"<c ", b'<z:c xmlns:z="urn:z" ').replace(b"</c>", b"</z:c>")
    ),
    "foreign value": of_cells(
        holds_number, lambda one: one[0].replace(b"<v>", b'<z:v xmlns:z="urn:z">').replace(b"</v>", b"</z:v>")
    ),
    "foreign value beside another": of_cells(
        holds_number, lambda one: re.sub(rb"<v>(.*?)</v>", rb'<v>7</v><z:v xmlns:z="urn:z">\1</z:v>', one[0])
    ),
    "cell in a choice": of_cells(holds_number, lambda one: _ALTERNATE % other_value(one) + one[0]),
    "right cell in a fallback": of_cells(
        holds_number,
        lambda one: (_ALTERNATE % other_value(one)).replace(
            b"<mc:Fallback/>", b"<mc:Fallback>" + one[0] + b"</mc:Fallback>"
        ),
    ),
    "cell in a comment": of_cells(holds_number, wrapped(b"<!--", b"-->")),
    "row twice": replaced(rb'(<row r="6".*?</row>)', rb"\1\1"),
    "rows twice": replaced(rb"(<sheetData>.*?</sheetData>)", lambda found: found[0] + other_value(found)),
    "white text": styled(
        b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyFont="1"/>', is_meant=holds_text
    ),
    "shrunk": styled(_ALIGNED % b'shrinkToFit="1"', is_meant=holds_text),
    "text over and over": styled(_ALIGNED % b'horizontal="fill"', is_meant=holds_text),
    "number over and over": styled(_ALIGNED % b'horizontal="fill"'),
    "conditional format: nothing": conditional(b'<dxf><numFmt numFmtId="998" formatCode=";;;"/></dxf>'),
    "conditional format: digits": conditional(
        b'<dxf><numFmt numFmtId="998" formatCode="&quot;5&quot;"/></dxf>'
    ),
    "conditional format: thousands": conditional(b'<dxf><numFmt numFmtId="998" formatCode="0.00,"/></dxf>'),
    "conditional format: white": conditional(b'<dxf><font><color rgb="FFFFFFFF"/></font></dxf>'),
    "icons in place of values": behind_cells(
        b'<conditionalFormatting sqref="A1:Z99"><cfRule type="iconSet" priority="1"><iconSet showValue="0">'
        b'<cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/>'
        b"</iconSet></cfRule></conditionalFormatting>"
    ),
    "bars in place of values": behind_cells(
        b'<conditionalFormatting sqref="A1:Z99"><cfRule type="dataBar" priority="1"><dataBar showValue="0">'
        b'<cfvo type="min"/><cfvo type="max"/><color rgb="FF00FF00"/>'
        b"</dataBar></cfRule></conditionalFormatting>"
    ),
    "a view of its own": at_end(
        b'<customSheetViews><customSheetView guid="{1}" filter="1" hiddenRows="1"/></customSheetViews>'
    ),
    "message of a cell": behind_cells(
        b'<dataValidations><dataValidation type="none" showInputMessage="1" prompt="The true cost is 5." '
        b'sqref="B5"/></dataValidations>'
    ),
    "tip of a link": behind_cells(
        b'<hyperlinks><hyperlink ref="B5" location="A1" tooltip="The true cost is 5." display="5"/>'
        b"</hyperlinks>"
    ),
    "picture behind the cells": related(
        f"{RELATION}/image",
        "xl/media/back.png",
        b"\x89PNG",
        b'<picture r:id="rIdX" xmlns:r="%s"/>' % RELATION.encode(),
    ),
    "text box of the old kind": related(
        f"{RELATION}/vmlDrawing",
        "xl/drawings/vml9.vml",
        _VML,
        b'<legacyDrawing r:id="rIdX" xmlns:r="%s"/>' % RELATION.encode(),
    ),
    "picture in the page's head": related(
        f"{RELATION}/vmlDrawing",
        "xl/drawings/vml9.vml",
        _VML,
        b'<legacyDrawingHF r:id="rIdX" xmlns:r="%s"/>' % RELATION.encode(),
    ),
    "words in the page's head": at_end(
        b"<headerFooter><oddHeader>The true cost is 5.</oddHeader></headerFooter>"
    ),
    "threaded remark": related(
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "xl/threadedComments/threadedComment1.xml",
        _THREADED,
    ),
    "embedded object": related(
        f"{RELATION}/oleObject",
        "xl/embeddings/o.bin",
        b"x",
        b'<oleObjects><oleObject progId="Word" shapeId="9" r:id="rIdX" xmlns:r="%s"/></oleObjects>'
        % RELATION.encode(),
    ),
    "form control": related(
        f"{RELATION}/ctrlProp",
        "xl/ctrlProps/c.xml",
        b"<formControlPr/>",
        b'<controls><control shapeId="9" r:id="rIdX" name="5" xmlns:r="%s"/></controls>' % RELATION.encode(),
    ),
    "table over the cells": related(
        f"{RELATION}/table",
        "xl/tables/t.xml",
        b'<table id="1" name="T" displayName="T" ref="A4:B9"/>',
        b'<tableParts count="1"><tablePart r:id="rIdX" xmlns:r="%s"/></tableParts>' % RELATION.encode(),
    ),
    "pivot table": related(
        f"{RELATION}/pivotTable", "xl/pivotTables/p.xml", b'<pivotTableDefinition name="P"/>'
    ),
    "shape over the cells": in_drawing(_ANCHOR % _SHAPE),
    "shape in a choice": in_drawing(_ANCHOR % (_ALTERNATE % _SHAPE)),
    "anchor in a choice": in_drawing(_ALTERNATE % (_ANCHOR % _SHAPE)),
    "diagram over the cells": in_drawing(
        _ANCHOR
        % b'<xdr:graphicFrame><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        b'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></a:graphic></xdr:graphicFrame>'
    ),
    "chart's axis with digits of its own": in_chart(
        rb'<((?:c:)?)numFmt formatCode="[^"]*"[^>]*/>',
        rb'<\1numFmt formatCode="&quot;7&quot;" sourceLinked="0"/>',
    ),
    "chart's axis turned": in_chart(rb'val="minMax"', b'val="maxMin"'),
    "chart's axis cut": in_chart(rb'(<(?:c:)?orientation val="minMax" ?/>)', rb'<max val="5"/>\1'),
    "chart's title": in_chart(rb"<a:t>[^<]*", b"<a:t>All is well"),
    "chart cut to what is seen": in_chart(rb'plotVisOnly val="\d"', b'plotVisOnly val="0"'),
    "figures counted from 1904": in_workbook(rb"<workbookPr ?/>", b'<workbookPr date1904="1"/>'),
    "a name for a figure": in_workbook(
        rb"<definedNames>", b'<definedNames><definedName name="Cost">5</definedName>'
    ),
    "another area to print": in_workbook(
        rb"(Print_Area\" localSheetId=\"0\">'Summary'!\$A\$1:\$O\$)\d+", rb"\g<1>3"
    ),
    "links to another workbook": in_workbook(rb"</workbook>", b"<externalReferences/></workbook>"),
    "twin with a space": twin(b"@ "),
    "twin in capitals": twin(b"@#"),
    "twin with a dot": twin(b"@."),
    "twin with an unseen sign": twin("@\u200b".encode()),
    "twin with a Greek letter": twin("\u03a4@".encode()),
    "twin in full width": twin("\uff20".encode()),
}


def silent(case: Case, seed: int) -> Iterator[PartForgery]:
    """The forgeries of a result that are neither a fault nor named, nor said to be left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forged.xlsx"
        for one in forged(case.written(".xlsx"), EDITS, Random(seed)):
            path.write_bytes(one.content)
            try:
                report = results.verify_file(case.problem, case.rules, path)
            except BadInput:
                continue
            if report.passed and not report.not_read and one.done not in DECLARED | HARMLESS:
                yield one


def main(words: list[str]) -> int:
    """Try every look on every sheet of so many results; names those that came through."""
    parser = ArgumentParser(prog="python -m tests.attacks forged_looks", description=__doc__)
    parser.add_argument("--count", type=int, default=3, help="results to forge, three at most")
    parser.add_argument("--seed", type=int, default=1, help="of the cells that are drawn")
    asked = parser.parse_args(words)
    came = [one for case in cases()[: asked.count] for one in silent(case, asked.seed)]
    for one in came:
        print(f"CAME THROUGH: {one.sheet}: {one.done}")
    print(f"{len(EDITS)} kinds, each on every sheet of {asked.count} results: {len(came)} came through")
    return int(bool(came))
