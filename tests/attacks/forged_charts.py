"""Charts of a roster workbook whose words, labels or marks are another's, with the right series and title."""

import re
from random import Random

from tests.attacks.forged_parts import RELATION, Edit, Parts, in_chart

_BY_A_CELL = (
    b"<strRef><f>'Summary'!$A$1</f><strCache><ptCount val='1'/><pt idx='0'><v>%s</v></pt></strCache></strRef>"
)
_SERIES = rb'(<ser><idx val="0" ?/>.*?)(<cat>)'


def _in_series(markup: bytes) -> Edit:
    return in_chart(_SERIES, rb"\1" + markup + rb"\2")


def _kept_of(area: bytes) -> Edit:
    """A chart whose first labels are of this area, and which keeps a copy of one of them."""
    return in_chart(
        rb"(<cat><\w+Ref><f>)[^<]*(</f>)",
        rb"\1" + area + rb"\2<strCache><ptCount val='1'/><pt idx='0'><v>x</v></pt></strCache>",
    )


def _with_part(kind: str) -> Edit:
    """A chart that refers to a part of this kind."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        before = dict(parts)
        in_chart(rb"</chartSpace>", b"<userShapes/></chartSpace>")(parts, sheet, random)
        for name in [name for name in parts if parts[name] != before[name]]:
            parts[name] = before[name]
            folder, file = name.rsplit("/", 1)
            parts[f"{folder}/_rels/{file}.rels"] = (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                b'<Relationship Id="rId1" Type="%s/%s" Target="/xl/more.xml"/></Relationships>'
                % (RELATION.encode(), kind.encode())
            )
            parts["xl/more.xml"] = b"<more/>"

    return edit


def _in_drawing(old: bytes, new: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        for found in re.findall(
            rb"/?(xl/drawings/drawing\d+\.xml)", parts.get(f"{folder}/_rels/{name}.rels", b"")
        ):
            parts[found.decode()] = re.sub(old, new, parts[found.decode()], count=1)

    return edit


EDITS: dict[str, Edit] = {
    "chart's legend by a cell": in_chart(rb"<tx><v>(\w+)</v></tx>", b"<tx>" + _BY_A_CELL % rb"\1" + b"</tx>"),
    "chart's axis with a title by a cell": in_chart(
        rb"(<axPos[^>]*>)", rb"\1<title><tx>" + _BY_A_CELL % b"All is well" + b"</tx></title>"
    ),
    "chart's label by a cell": _in_series(
        b"<dLbls><dLbl><idx val='0'/><tx>" + _BY_A_CELL % b"0.0" + b"</tx></dLbl></dLbls>"
    ),
    "chart's labels in digits of their own": _in_series(
        b"<dLbls><numFmt formatCode='&quot;0.0&quot;' sourceLinked='0'/><showVal val='1'/></dLbls>"
    ),
    "chart's labels with a point": _in_series(
        rb"<dLbls><numFmt formatCode='0\\\\.00' sourceLinked='0'/><showVal val='1'/></dLbls>"
    ),
    "chart's labels of its values": _in_series(b"<dLbls><showSerName val='true'/></dLbls>"),
    "chart with bars of errors": _in_series(
        b"<errBars><errValType val='fixedVal'/><val val='50'/></errBars>"
    ),
    "chart with a trend": _in_series(b"<trendline><name>Missing</name></trendline>"),
    "chart in thousands": in_chart(
        rb"(</valAx>)", rb"<dispUnits><builtInUnit val='thousands'/></dispUnits>\1"
    ),
    "chart with a scale of powers": in_chart(rb"<scaling>", b"<scaling><logBase val='10'/>"),
    "chart piled up": in_chart(rb'grouping val="\w+"', b'grouping val="percentStacked"'),
    "chart under a text box": _with_part("chartUserShapes"),
    "chart filled with a picture": _with_part("image"),
    "chart of a whole column": _kept_of(b"Coverage!$L:$L"),
    "chart of whole rows": _kept_of(b"Coverage!$3:$5"),
    "chart of a name": _kept_of(b"Coverage!Total"),
    "chart of what is before the cells": _kept_of(b"Coverage!$A$0:$A$9"),
    "chart hidden": _in_drawing(rb"<((?:\w+:)?)cNvPr ", rb'<\1cNvPr hidden="1" '),
    "chart's frame leads nowhere": _in_drawing(rb':id="rId1"', b':id="rId99"'),
}
