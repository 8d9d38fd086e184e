"""What programs read in different ways: truth values, digits, names, and elements that stand twice.

Each of these showed a person another figure or roster in some spreadsheet program than was verified.
"""

import re
from datetime import date, timedelta
from random import Random

from tests.attacks.forged_parts import (
    RELATION,
    Edit,
    at_end,
    behind_cells,
    holds_date,
    holds_number,
    holds_text,
    holds_time,
    in_chart,
    in_workbook,
    of_cells,
    replaced,
)
from tests.attacks.mutant_workbooks import Parts

_FORGED = b'<xf numFmtId="999" fontId="0" fillId="0" borderId="0"%s/>'
_CODE = b'<numFmt numFmtId="999" formatCode="&quot;1.00&quot;"/></numFmts>'
_WEIRD = "\u0661".encode()  # an Arabic one
_TURNED = "\u202e".encode()
_TRUE_COST = b"The true cost is 5"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def _styles(parts: Parts, group: bytes, xf: bytes) -> bytes:
    """A style more with digits of its own, and its number."""
    styles = parts["xl/styles.xml"]
    found = re.search(rb"<%s.*?</%s>" % (group, group), styles, re.DOTALL)
    assert found is not None
    number = b"%d" % len(re.findall(rb"<xf ", found[0]))
    styles = styles.replace(b"</numFmts>", _CODE, 1)
    parts["xl/styles.xml"] = styles.replace(b"</%s>" % group, xf + b"</%s>" % group, 1)
    return number


def _without_style(where: str) -> Edit:
    """A number without a style, in a row or column that has one."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        before, markup = dict(parts), parts[sheet]
        number = _styles(parts, b"cellXfs", _FORGED % b"")
        bare = of_cells(holds_number, lambda one: re.sub(rb' s="\d+"', b"", one[0], count=1))
        bare(parts, sheet, random)
        if parts[sheet] == markup:
            parts.update(before)
        elif where == "row":
            row = b'<row s="%s" customFormat="1" ' % number
            parts[sheet] = parts[sheet].replace(b"<row ", row)
        else:
            columns = b'<cols><col min="1" max="200" width="13" style="%s"/></cols>' % number
            parts[sheet] = re.sub(rb"<cols>.*?</cols>", columns, parts[sheet], flags=re.DOTALL)

    return edit


def _inherited(xf: bytes) -> Edit:
    """A number whose style leaves its format to a parent."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        before, markup = dict(parts), parts[sheet]
        parent = _styles(parts, b"cellStyleXfs", _FORGED % b' applyNumberFormat="1"')
        styles = parts["xl/styles.xml"]
        number = len(re.findall(rb"<xf ", re.findall(rb"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0]))
        child = b'<xf fontId="0" fillId="0" borderId="0" xfId="%s" %s/></cellXfs>' % (parent, xf)
        parts["xl/styles.xml"] = styles.replace(b"</cellXfs>", child, 1)
        restyled = b' s="%d"' % number
        of_cells(holds_number, lambda one: re.sub(rb' s="\d+"', restyled, one[0], count=1))(
            parts, sheet, random
        )
        if parts[sheet] == markup:
            parts.update(before)

    return edit


def _cell(content: bytes) -> Edit:
    """A cell more, where the roster leaves one blank."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        row = rb'(<row r="2"[^>]*>.*?)(</row>)'
        if b'r="C2"' in parts[sheet]:
            parts[sheet] = re.sub(rb'<c r="C2"[^>]*?(?:/>|>.*?</c>)', content, parts[sheet], flags=re.DOTALL)
        else:
            parts[sheet] = re.sub(row, rb"\1" + content + rb"\2", parts[sheet], count=1, flags=re.DOTALL)

    return edit


def _far(formula: bytes) -> Edit:
    """A formula beyond the sheet's columns."""
    return replaced(rb'(<row r="5"[^>]*>.*?)(</row>)', rb'\1<c r="XFD5">' + formula + rb"</c>\2")


def _number(written: bytes, kind: bytes = b"n") -> Edit:
    return _cell(b'<c r="C2" t="%s"><v>%s</v></c>' % (kind, written))


def _shared(index: bytes, made: bytes = b"<t>%s</t>") -> Edit:
    """A text that is shared, by its number; the right one is the second."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        words: list[bytes] = []

        def shared(one: re.Match[bytes]) -> bytes:
            words.extend(re.findall(rb"<t[^>]*>([^<]*)</t>", one[0]))
            head = re.sub(rb' t="\w+"', b' t="s"', re.match(rb"<c [^>]*>", one[0])[0])  # type: ignore[index]
            return head + b"<v>" + index + b"</v></c>"

        of_cells(holds_text, shared)(parts, sheet, random)
        if not words:
            return
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        texts = b"<si><t>%s</t></si><si>%s</si>" % (_TRUE_COST, made % words[0])
        parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, texts)
        relation = b'<Relationship Id="rIdS" Type="%s/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        relation %= RELATION.encode()
        parts[_RELATIONS] = parts[_RELATIONS].replace(b"</Relationships>", relation + b"</Relationships>")

    return edit


def _text_written(made: bytes) -> Edit:
    """A text of a cell written in another way."""
    return of_cells(
        holds_text,
        lambda one: re.sub(rb"<is><t[^>]*>(.)([^<]*)</t></is>", made, one[0], count=1, flags=re.DOTALL),
    )


def _two_ids(parts: Parts, sheet: str, random: Random) -> None:
    strict = b'<sheet xmlns:q="http://purl.oclc.org/ooxml/officeDocument/relationships" q:id="rId2" '
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheet ", strict, 1)


def _from_1904(properties: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        in_workbook(rb"<workbookPr ?/>", properties)(parts, sheet, random)
        for name in parts:
            if name.startswith("xl/worksheets/sheet"):
                earlier = rb"<v>(46\d\d\d)(\.\d+)?</v>"
                parts[name] = re.sub(
                    earlier, lambda one: b"<v>%d%s</v>" % (int(one[1]) - 1_462, one[2] or b""), parts[name]
                )

    return edit


def _relation(old: bytes, new: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        parts[_RELATIONS] = re.sub(old, new, parts[_RELATIONS], count=1)

    return edit


def _styles_outside(parts: Parts, sheet: str, random: Random) -> None:
    relation = b'<Relationship Id="rIdE" Type="%s/styles" Target="/xl/more.xml" TargetMode="External"/>'
    parts[_RELATIONS] = re.sub(
        rb"(<Relationships[^>]*>)", rb"\1" + relation % RELATION.encode(), parts[_RELATIONS], count=1
    )
    parts["xl/more.xml"] = parts["xl/styles.xml"].replace(b"#,##0", b"&quot;1&quot;")


def _root_elsewhere(parts: Parts, sheet: str, random: Random) -> None:
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", b"xl/workbook%32.xml")


def _other_case(parts: Parts, sheet: str, random: Random) -> None:
    parts[sheet.replace("worksheets/sheet", "Worksheets/Sheet")] = parts.pop(sheet)


def _drawing(change: tuple[bytes, bytes], *, more: bytes = b"") -> Edit:
    """The first drawing of the sheet changed; with an anchor more that leads to a chart more."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        rels = parts.get(f"{folder}/_rels/{name}.rels", b"")
        for found in re.findall(rb"/?(xl/drawings/drawing\d+\.xml)", rels):
            at = found.decode()
            chart = f"xl/drawings/_rels/{at.rsplit('/', 1)[1]}.rels"
            relation = b'<Relationship Id="rId99" Type="%s/chart" Target="/xl/charts/more.xml"/>'
            relation = relation % RELATION.encode() + b"</Relationships>"
            drawn = re.search(rb"xl/charts/chart\d+\.xml", parts[chart])
            assert drawn is not None
            parts[chart] = parts[chart].replace(b"</Relationships>", relation)
            parts["xl/charts/more.xml"] = re.sub(
                rb"<a:t>[^<]*", b"<a:t>All is well", parts[drawn[0].decode()]
            )
            anchor = re.search(rb"<twoCellAnchor.*?</twoCellAnchor>", parts[at], re.DOTALL)
            assert anchor is not None
            if more:
                copy = re.sub(rb'r:id="\w+"', b'r:id="rId99"', anchor[0])
                copy = re.sub(rb"<cNvPr [^>]*/>", more, copy)
                parts[at] = parts[at].replace(b"</wsDr>", copy + b"</wsDr>")
            else:
                parts[at] = re.sub(change[0], change[1], parts[at], count=1)

    return edit


_LOOKS = b'<cNvPr id="77" name="Chart 77"'
_HIDDEN_ELSEWHERE = b'<a:extLst><a:ext uri="x"><x:cNvPr xmlns:x="urn:x" hidden="1"/></a:ext></a:extLst>'


def _own_title(title: bytes) -> Edit:
    """A chart of an own sheet's cells, whose title reads like that of the roster's."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        changed = dict(parts)
        in_chart(rb"'(Summary|Coverage)'!", b"'" + title + b"'!")(changed, sheet, random)
        if changed != parts:
            parts.update(changed)

    return edit


def _in_comments(parts: Parts, sheet: str, random: Random) -> None:
    """Another remark on a heading, and behind it one with the right words that no program reads."""
    for name in [name for name in parts if name.startswith("xl/comments/")]:
        note = re.search(rb"<comment ref.*?</comment>", parts[name], re.DOTALL)
        if note is not None:
            honest = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", note[0])
            honest = honest.replace(b"<x:comment", b'<x:comment xmlns:x="urn:x"', 1)
            forged = re.sub(rb"<t(?: [^>]*)?>[^<]*", b"<t>" + _TRUE_COST, note[0], count=1)
            parts[name] = parts[name].replace(note[0], forged + honest)


def _turned(parts: Parts, sheet: str, random: Random) -> None:
    """A time or a date of a duty, typed with a mark that turns it round."""

    def typed(one: re.Match[bytes]) -> bytes:
        head = re.sub(rb' t="\w+"', b' t="inlineStr"', b"<c " + one[0][3:].split(b">")[0] + b">")
        days = float(re.findall(rb"<v>([^<]*)", one[0])[0])
        minutes = round(days * 1440)
        said = b"%02d:%02d" % divmod(minutes, 60)
        return head + b"<is><t>" + _TURNED + said + b"</t></is></c>"

    if sheet.endswith("sheet3.xml"):
        of_cells(holds_time, typed)(parts, sheet, random)


def _turned_date(parts: Parts, sheet: str, random: Random) -> None:
    def typed(one: re.Match[bytes]) -> bytes:
        head = re.sub(rb' t="\w+"', b' t="inlineStr"', b"<c " + one[0][3:].split(b">")[0] + b">")
        day = date(1899, 12, 30) + timedelta(int(float(re.findall(rb"<v>([^<]*)", one[0])[0])))
        return head + b"<is><t>" + _TURNED + f"{day}".encode() + b"</t></is></c>"

    if sheet.endswith("sheet3.xml"):
        of_cells(holds_date, typed)(parts, sheet, random)


def _styled_again(parts: Parts, sheet: str, random: Random) -> None:
    """The cell of a number once more, blank, with digits of its own for its format."""
    before, markup = dict(parts), parts[sheet]
    number = _styles(parts, b"cellXfs", _FORGED % b"")

    def again(one: re.Match[bytes]) -> bytes:
        return one[0] + b'<c r="%s%s" s="%s"/>' % (one[1], one[2], number)

    of_cells(holds_number, again)(parts, sheet, random)
    if parts[sheet] == markup:
        parts.update(before)


def _turned_shift(parts: Parts, sheet: str, random: Random) -> None:
    """A day on the Roster, turned round."""
    if sheet.endswith("sheet2.xml"):
        shift = rb"(<is><t[^>]*>)([^<]*\d\d:\d\d[^<]*</t></is>)"
        parts[sheet] = re.sub(shift, rb"\1" + _TURNED + rb"\2", parts[sheet], count=1)


EDITS: dict[str, Edit] = {
    "table of a formula over cells": _far(b'<f t="dataTable" ref="A5:C6" r1="A1"/>'),
    "array of a formula over cells": _far(b'<f t="array" ref="A5:C6">1</f><v>1</v>'),
    "array of a formula over no range": _far(b'<f t="array" ref="here">1</f><v>1</v>'),
    "formula far off without a value": _far(b"<f>1+1</f>"),
    "two formulas in a cell": _far(b"<f>1+1</f><f>2+2</f><v>2</v>"),
    "number without a style in a row with one": _without_style("row"),
    "number without a style in a column with one": _without_style("column"),
    "style that leaves its format out": _inherited(b""),
    "style that leaves its format to a parent": _inherited(b'numFmtId="4" applyNumberFormat="0"'),
    "text's number in other digits": _shared(_WEIRD),
    "text's number behind a blank": _shared("\u00a01".encode()),
    "text's words from elsewhere": _shared(b"1", b'<t><x:y xmlns:x="urn:x">%s</x:y></t>'),
    "text with a value before it": _text_written(rb"<v>\1</v><is><t>\2</t></is>"),
    "text in two parts": _text_written(rb"<is><t>\1</t></is><is><t>\2</t></is>"),
    "text as a value": _text_written(rb"<v>\1\2</v>"),
    "text in a cell of a number": _cell(b'<c r="C2" t="n"><is><t>%s</t></is></c>' % _TRUE_COST),
    "value of which a part is from elsewhere": of_cells(
        holds_number,
        lambda one: re.sub(rb"<v>(.)([^<]+)</v>", rb'<v>\1<x:v xmlns:x="urn:x">\2</x:v></v>', one[0]),
    ),
    "text of which a part is from elsewhere": _text_written(
        rb'<is><t>\1<x:t xmlns:x="urn:x">\2</x:t></t></is>'
    ),
    "number of very many signs": _number(b"5." + b"0" * 120 + b"1"),
    "text beyond all limits": _cell(
        b'<c r="C2" t="inlineStr"><is><t>%s%s</t></is></c>' % (_TRUE_COST, b" " * 32_767)
    ),
    "number of no number": _number(b"999 EUR"),
    "text that is not there": _number(b"0x", b"s"),
    "neither true nor false": _number(b"2", b"b"),
    "date of no date": _number(b"2026-06-15T99", b"d"),
    "date as a week": _number(b"2026-W25-1", b"d"),
    "error of no error": _number(_TRUE_COST, b"e"),
    "duty's time turned": _turned,
    "duty's date turned": _turned_date,
    "two ids of a sheet": _two_ids,
    "counted from 1904, or not": _from_1904(b'<workbookPr date1904="f"/>'),
    "counted from 1904, and not": _from_1904(b'<workbookPr date1904="1"/><workbookPr/>'),
    "zeros shown, or not": replaced(rb"<sheetView ", b'<sheetView showZeros="f" '),
    "row hidden, or not": replaced(rb'<row r="5"', b'<row hidden="t" r="5"'),
    "row of no height": replaced(rb'<row r="5"[^>]*>', b'<row r="5" ht="0x" customHeight="1">'),
    "frozen column as wide as a window": replaced(
        rb"<sheetView [^>]*>.*?<cols>.*?</cols>",
        b'<sheetView workbookViewId="0"><pane xSplit="1" topLeftCell="B1" state="frozen"/></sheetView>'
        b'</sheetViews><cols><col min="1" max="1" width="255"/></cols>',
    ),
    "kind of a sheet by its last word": _relation(rb'Type="[^"]*/worksheet"', b'Type="urn:x/worksheet"'),
    "styles from outside": _styles_outside,
    "workbook under an escaped name": _root_elsewhere,
    "sheet under an escaped name": _relation(rb"worksheets/sheet1\.xml", b"worksheets/sheet%31.xml"),
    "sheet under a name in capitals": _other_case,
    "chart by an id from elsewhere": _drawing((rb'r:id="(\w+)"', rb'xmlns:z="urn:z" z:id="\1" r:id="rId99"')),
    "chart more, hidden elsewhere": _drawing(
        (b"", b""), more=_LOOKS + b">" + _HIDDEN_ELSEWHERE + b"</cNvPr>"
    ),
    "chart more, hidden or not": _drawing((b"", b""), more=_LOOKS + b' hidden="f"/>'),
    "chart in an anchor from elsewhere": _drawing(
        (
            rb"(?s)<twoCellAnchor(.*?)</twoCellAnchor>",
            rb'<x:twoCellAnchor xmlns:x="urn:x"\1</x:twoCellAnchor>',
        )
    ),
    "chart with two titles": in_chart(
        rb"(<title>.*?</title>)", rb"\1<title><tx><strRef><f>'Summary'!$A$1</f></strRef></tx></title>"
    ),
    "chart with a series twice": in_chart(rb"(?s)(<ser>.*?</ser>)", rb"\1\1"),
    "chart of a sheet with a dollar": _own_title(rb"\g<1>$"),
    "chart of a sheet with a quote": _own_title(rb"\g<1>''"),
    "chart in a frame from elsewhere": in_chart(
        rb"(?s)<plotArea>(.*)</plotArea>", rb'<x:plotArea xmlns:x="urn:x">\1</x:plotArea>'
    ),
    "drawing taken out": replaced(rb"<drawing [^>]*/>", b""),
    "remark from elsewhere with the right words": _in_comments,
    "cell twice, the second blank with a style": _styled_again,
    "row twice": replaced(rb"</sheetData>", rb'<row r="5"/></sheetData>'),
    "shift of the roster turned": _turned_shift,
    "column of one sign": replaced(
        rb"<cols>.*?</cols>", b'<cols><col min="1" max="3" width="1" customWidth="1"/></cols>'
    ),
    "conditional format of very many ranges": behind_cells(
        b'<conditionalFormatting sqref="%s"><cfRule type="expression" priority="1"><formula>1</formula>'
        b"</cfRule></conditionalFormatting>" % b" ".join(b"XFC%d" % row for row in range(100, 100_200))
    ),
    "chart that keeps very many points": in_chart(
        rb"(<val><numRef><f>[^<]*</f>)",
        rb"\1<numCache>%s</numCache>" % b"".join(b'<pt idx="%d"><v>1</v></pt>' % at for at in range(30_000)),
    ),
    "rows twice": at_end(b"<sheetData/>"),
}
