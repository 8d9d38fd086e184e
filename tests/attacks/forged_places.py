"""What stands where not every program looks for it, two parts of a kind, and what covers or turns figures."""

import re
from random import Random

from tests.attacks.forged_formats import OF_NUMBERS
from tests.attacks.forged_parts import (
    RELATION,
    Edit,
    Parts,
    formatted,
    holds_date,
    holds_number,
    holds_text,
    in_chart,
    in_workbook,
    of_cells,
    replaced,
    styled,
)

_NOT_READ = b"<extLst><ext uri='x'>%s</ext></extLst>"
_ALTERNATE = (
    b"<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    b"<mc:Choice Requires='zz'>%s</mc:Choice></mc:AlternateContent>"
)
_ALIGNED = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"><alignment %s/></xf>'
_CORNERS = rb"<from>.*?</from><to>.*?</to>"


def _apart(markup: bytes, around: bytes) -> Edit:
    """What a sheet has moved into an extension, or an alternative that no program takes."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        if found := re.search(markup, parts[sheet], re.DOTALL):
            rest = parts[sheet].replace(found[0], b"", 1)
            if markup.startswith(b"<row"):
                moved = around % (b"<sheetData>" + found[0] + b"</sheetData>")
            else:
                moved = around % found[0]
            parts[sheet] = rest.replace(b"</worksheet>", moved + b"</worksheet>")

    return edit


def _two_of(kind: str, content: bytes) -> Edit:
    """A second part of a kind that a workbook has once, beside the first one or in front of it."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        rels = "xl/_rels/workbook.xml.rels"
        relation = b'<Relationship Id="rIdX" Type="%s/%s" Target="/xl/another.xml"/>'
        relation %= (RELATION.encode(), kind.encode())
        at = random.choice((rb"(<Relationships[^>]*>)", rb"(?=</Relationships>)()"))
        parts[rels] = re.sub(at, rb"\g<1>" + relation, parts[rels], count=1)
        parts["xl/another.xml"] = content

    return edit


def _another_workbook(parts: Parts, sheet: str, random: Random) -> None:
    rels = "_rels/.rels"
    relation = b'<Relationship Id="rIdX" Type="%s/officeDocument" Target="xl/more.xml"/>' % RELATION.encode()
    parts[rels] = parts[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    parts["xl/more.xml"] = parts["xl/workbook.xml"]


def _listed(around: bytes) -> Edit:
    """The sheet listed where no program looks for it."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        number = re.findall(rb"\d+", sheet.encode())[-1]
        book = parts["xl/workbook.xml"]
        found = re.search(rb'<sheet [^>]*sheetId="%s"[^>]*/>' % number, book)
        assert found is not None
        moved = around % (b"<sheets>" + found[0] + b"</sheets>")
        parts["xl/workbook.xml"] = book.replace(found[0], b"").replace(b"</workbook>", moved + b"</workbook>")

    return edit


def _drawn(old: bytes, new: bytes) -> Edit:
    """The first chart of the sheet drawn elsewhere."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        rels = parts.get(f"{folder}/_rels/{name}.rels", b"")
        for found in re.findall(rb"/?(xl/drawings/drawing\d+\.xml)", rels):
            at = found.decode()
            parts[at] = re.sub(old, new, parts[at], count=1, flags=re.DOTALL)

    return edit


def _corners(*at: int) -> bytes:
    words = (b"from", b"to")
    first, last = (
        b"<%s><col>%d</col><colOff>0</colOff><row>%d</row><rowOff>0</rowOff></%s>" % (word, column, row, word)
        for word, column, row in zip(words, at[::2], at[1::2], strict=True)
    )
    return first + last


def _twice(before: bytes, after: bytes) -> Edit:
    """Two number formats of one number, of which programs take one or the other."""
    xf = b'<xf numFmtId="997" fontId="0" fillId="0" borderId="0"/>'
    made = styled(xf)

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        old = parts[sheet]
        made(parts, sheet, random)
        if parts[sheet] != old:
            both = b"".join(b'<numFmt numFmtId="997" formatCode="%s"/>' % code for code in (before, after))
            styles = parts["xl/styles.xml"]
            parts["xl/styles.xml"] = styles.replace(b"</numFmts>", both + b"</numFmts>", 1)

    return edit


_PLAIN, _DIGITS = OF_NUMBERS["zeros before"].encode(), b"&quot;1.00&quot;"

EDITS: dict[str, Edit] = {
    "a row in an extension": _apart(rb'<row r="6".*?</row>', _NOT_READ),
    "a row in an alternative": _apart(rb'<row r="6".*?</row>', _ALTERNATE),
    "rows in an extension": _apart(rb"<sheetData>.*?</sheetData>", _NOT_READ),
    "cells in an extension of their row": replaced(
        rb'(<row r="6"[^>]*>)(.*?)(</row>)', rb"\1<extLst><ext>\2</ext></extLst>\3"
    ),
    "a value in an extension": of_cells(
        holds_number,
        lambda one: re.sub(rb"(<v>.*?</v>)", rb"<extLst><ext>\1</ext></extLst>", one[0]),
    ),
    "sheet listed in an extension": _listed(_NOT_READ),
    "sheet listed in an alternative": _listed(_ALTERNATE),
    "two parts of styles": _two_of("styles", b"<styleSheet/>"),
    "two parts of texts": _two_of("theme", b"<theme/>"),
    "two workbooks": _another_workbook,
    "workbook in no window": in_workbook(rb'visibility="visible"', b'visibility="veryHidden"'),
    "workbook in no window, told behind the sheets": in_workbook(
        rb"(<bookViews>.*?</bookViews>)(.*?</sheets>)",
        rb'\2<bookViews><workbookView visibility="hidden"/></bookViews>',
    ),
    "sheet from right to left": replaced(rb"<sheetView ", b'<sheetView rightToLeft="1" '),
    "text from right to left": styled(_ALIGNED % b'readingOrder="2"', is_meant=holds_text),
    "text from right to left spelt": styled(_ALIGNED % b'readingOrder=" 02 "', is_meant=holds_text),
    "sounds in sight": of_cells(
        holds_text,
        lambda one: re.sub(rb"</is>", rb"<rPh sb='0' eb='1'><t>5</t></rPh></is>", one[0]).replace(
            b"<c ", b'<c ph="1" '
        ),
    ),
    "sounds in sight in a row": replaced(rb'<row r="5"', b'<row ph="true" r="5"'),
    "sounds in sight in columns": replaced(rb"<col ", b'<col phonetic="1" '),
    "chart moved over cells": _drawn(_CORNERS, _corners(0, 0, 9, 12)),
    "chart grown over cells": _drawn(
        rb"twoCellAnchor[^>]*>(<from>.*?</from>)<to>.*?</to>(.*?)</twoCellAnchor",
        rb'oneCellAnchor>\1<ext cx="90000000" cy="90000000"/>\2</oneCellAnchor',
    ),
    "chart drawn anywhere": _drawn(
        rb"twoCellAnchor[^>]*><from>.*?</to>(.*?)</twoCellAnchor",
        rb'absoluteAnchor><pos x="0" y="0"/><ext cx="9000000" cy="9000000"/>\1</absoluteAnchor',
    ),
    "chart of a hair's height": _drawn(_CORNERS, _corners(8, 300, 14, 301)),
    "chart without a width": _drawn(_CORNERS, _corners(40, 300, 40, 320)),
    "chart over another": _drawn(rf"({_CORNERS.decode()})(.*?){_CORNERS.decode()}".encode(), rb"\1\2\1"),
    "chart in an extension": _drawn(
        rb"(<graphicFrame>.*?</graphicFrame>)", rb"<extLst><ext>\1</ext></extLst>"
    ),
    "chart's series in an extension": in_chart(
        rb"(<barChart>.*?)(<ser>.*</ser>)(.*?</barChart>)", rb"\1\3<extLst><ext>\2</ext></extLst>"
    ),
    "chart of two sets of cells": in_chart(
        rb"(<val><numRef>.*?</numRef>)", rb"\1<numRef><f>'Summary'!$A$1:$A$9</f></numRef>"
    ),
    "chart without a legend of one series": in_chart(
        rb"<legend>", b"<legend><legendEntry><idx val='0'/><delete val='1'/></legendEntry>"
    ),
    "chart from a pivot": in_chart(rb"(<chartSpace[^>]*>)", rb"\1<pivotSource><name>x</name></pivotSource>"),
    "one number for two formats": _twice(_PLAIN, _DIGITS),
    "one number for two formats, the other first": _twice(_DIGITS, _PLAIN),
    **{
        f"format: {name}": formatted(code)
        for name, code in (
            ("digits in words of Chinese", b"[DBNum1]0"),
            ("digits of another script by a language", b"[$-2000401]0"),
            ("digits of LibreOffice", b"[NatNum12]0"),
            ("a gap between digits", b"0_ 0"),
            ("a blank between digits", b"0\\ 0"),
            ("a minus in a currency", b"[$-]0[$.00]"),
            ("a currency of digits", b"[$9-409]0"),
            ("a sign of shares in quotes", b"0&quot;%&quot;"),
            ("a share of thousands", "0\u2030".encode()),
            ("the last sections swapped", b"0.00;-0.00;&quot;1&quot;;&quot;2&quot;"),
            ("two signs of shares", b"0%%"),
            ("a condition of equality", b"[=161]&quot;1&quot;;0"),
        )
    },
    "a day and a month in each other's place": formatted(b"yyyy-dd-mm hh:mm", is_meant=holds_date),
    "a style that there is not": of_cells(
        holds_date, lambda one: re.sub(rb' s="\d+"', b' s="99999"', one[0], count=1)
    ),
    "a style of no number": of_cells(
        holds_number, lambda one: re.sub(rb' s="\d+"', b' s="-1"', one[0], count=1)
    ),
}
