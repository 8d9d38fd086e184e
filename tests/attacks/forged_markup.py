"""Legal markup as no writer spells it, and parts under names that no writer gives them."""

import re
from random import Random

from tests.attacks.forged_parts import RELATION, Edit, Parts, at_end, behind_cells, replaced

_SHAPE = (
    b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    b'<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="9" cy="9"/><xdr:sp/><xdr:clientData/>'
    b"</xdr:absoluteAnchor></xdr:wsDr>"
)
_VML = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape type="#_x0000_t202">'
    b"<v:textbox><div>The true cost is 5.</div></v:textbox></v:shape></xml>"
)
_REMARK = (
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>x</author>'
    b'</authors><commentList><comment ref="B6" authorId="0"><text><t>The true cost is 5.</t></text></comment>'
    b"</commentList></comments>"
)
_OF_2010 = b"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def leading_to(kind: str, part: str, content: bytes) -> Edit:
    """A part that the sheet refers to, beside those that it has."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        rels = f"{folder}/_rels/{name}.rels"
        head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        relation = b'<Relationship Id="rIdX" Type="%s/%s" Target="/%s"/>' % (
            RELATION.encode(),
            kind.encode(),
            part.encode(),
        )
        before = re.sub(rb"(<Relationships[^>]*)/>", rb"\1></Relationships>", parts.get(rels, head))
        parts[rels] = before.replace(b"</Relationships>", relation + b"</Relationships>")
        parts[part] = content

    return edit


def _validation(attributes: bytes) -> Edit:
    return behind_cells(b"<dataValidations><dataValidation sqref='B5' %s/></dataValidations>" % attributes)


def merged(area: bytes) -> Edit:
    """Cells merged, by the range in its quotes."""
    return behind_cells(b"<mergeCells><mergeCell ref=%s/></mergeCells>" % area)


def _bars(value: bytes) -> Edit:
    return behind_cells(
        b"<conditionalFormatting sqref='A1:Z99'><cfRule type='dataBar' priority='1'><dataBar showValue=%s>"
        b"<cfvo type='min'/><cfvo type='max'/><color rgb='FF00FF00'/></dataBar></cfRule>"
        b"</conditionalFormatting>" % value
    )


EDITS: dict[str, Edit] = {
    **{
        f"hidden row spelt {name}": replaced(rb'<row r="5"', b'<row r="5" hidden=%s' % value)
        for name, value in (
            ("as an entity", b'"&#49;"'),
            ("with blanks", b'" 1 "'),
            ("in capitals", b'"TRUE"'),
            ("in single quotes", b"'1'"),
        )
    },
    "row of a tiny height": replaced(rb'<row r="5"(?: ht="[\d.]+")?', b'<row ht="1e-9" r="5"'),
    "row of a point and a half": replaced(rb'<row r="5"(?: ht="[\d.]+")?', b'<row ht="1.5" r="5"'),
    "column spelt in capitals": replaced(rb"<col ", b'<col hidden="TRUE" '),
    "merged in single quotes": merged(b"'A1:Z999'"),
    "merged by an entity": merged(b'"A1:&#90;999"'),
    "merged with dollars": merged(b'"$A$1:$Z$999"'),
    "message in single quotes": _validation(b"prompt='The true cost is 5.'"),
    "message with blanks": _validation(b'prompt = "The true cost is 5."'),
    "message behind a sign": _validation(b"errorTitle='a>b' prompt='The true cost is 5.'"),
    "message of an error": _validation(b"type='decimal' showErrorMessage='1' error='The true cost is 5.'"),
    "message of 2010": at_end(
        b"<extLst><ext xmlns:x='%s'><x:dataValidations><x:dataValidation prompt='The true cost is 5.'/>"
        b"</x:dataValidations></ext></extLst>" % _OF_2010
    ),
    "tip in single quotes": behind_cells(
        b"<hyperlinks><hyperlink ref='B5' location='A1' tooltip='The true cost is 5.'/></hyperlinks>"
    ),
    "bars in single quotes": _bars(b"'0'"),
    "bars by an entity": _bars(b'"&#48;"'),
    "charts in cells": at_end(
        b"<extLst><ext xmlns:x='%s'><x:sparklineGroups><x:sparklineGroup/></x:sparklineGroups></ext></extLst>"
        % _OF_2010
    ),
    "rules of 2010": at_end(
        b"<extLst><ext xmlns:x='%s'><x:conditionalFormattings/></ext></extLst>" % _OF_2010
    ),
    "an unknown element": at_end(b"<overlay text='The true cost is 5.'/>"),
    "panes frozen out of reach": replaced(
        rb"<sheetView [^>]*>(?:<pane [^>]*>)?",
        b'<sheetView topLeftCell="A20" workbookViewId="0"><pane ySplit="4" state="frozen"/>',
    ),
    "panes frozen over all": replaced(
        rb"<sheetView [^>]*>(?:<pane [^>]*>)?",
        b'<sheetView workbookViewId="0"><pane ySplit="500" topLeftCell="A501" state="frozen"/>',
    ),
    "text box in a part of another name": leading_to("drawing", "xl/art/d3.xml", _SHAPE),
    "text box in a part of another kind of file": leading_to("drawing", "xl/drawings/d3.bin", _SHAPE),
    "old text box in an XML file": leading_to("vmlDrawing", "xl/drawings/v.xml", _VML),
    "old text box in a text file": leading_to("vmlDrawing", "xl/v.txt", _VML),
    "old text box that is no XML": leading_to("vmlDrawing", "xl/v.vml", b"<xml><v:shape><br></xml>"),
    "remark in a part of another name": leading_to("comments", "xl/remarks.xml", _REMARK),
    "a part of an unknown kind": leading_to("sticker", "xl/stickers/s.xml", b"<s/>"),
}
