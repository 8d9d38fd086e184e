"""Edits of the XML in a roster workbook, each of which changes what a person reads there.

:mod:`tests.attacks.forged_looks` has the table of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple

from tests.attacks.mutant_workbooks import Parts, packed, unpacked

Edit = Callable[[Parts, str, Random], None]
"""Changes parts in place, given the part of a sheet; what changes nothing is no forgery."""

SHEETS = (
    *("Summary", "Roster", "Duties", "Timeline", "Coverage", "Shift coverage", "Agent hours"),
    *("Rules kept", "Findings"),
)
"""The sheets that people read."""
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class PartForgery(NamedTuple):
    """A forged archive: the sheet, what was done, and its bytes."""

    sheet: str
    done: str
    content: bytes


def forged(content: bytes, edits: Mapping[str, Edit], random: Random) -> Iterator[PartForgery]:
    """Each edit on each sheet once, where it changes anything."""
    parts = unpacked(content)
    titles = re.findall(r'<sheet [^>]*?name="([^"]*)"', parts["xl/workbook.xml"].decode())
    for done, edit in edits.items():
        for title in SHEETS:
            if title not in titles:
                continue
            forged = dict(parts)
            edit(forged, f"xl/worksheets/sheet{titles.index(title) + 1}.xml", random)
            if forged != parts:
                yield PartForgery(title, done, packed(forged))


def replaced(old: bytes, new: bytes | Callable[[re.Match[bytes]], bytes]) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        parts[sheet] = re.sub(old, new, parts[sheet], count=1, flags=re.DOTALL)

    return edit


def sheet_state(state: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        number = re.findall(rb"\d+", sheet.encode())[-1]
        parts["xl/workbook.xml"] = re.sub(
            rb'(sheetId="%s" state=)"\w+"' % number, rb'\1"%s"' % state, parts["xl/workbook.xml"]
        )

    return edit


def of_cells(is_meant: Callable[[bytes, bytes], bool], change: Callable[[re.Match[bytes]], bytes]) -> Edit:
    """One cell changed, drawn among those whose attributes and content are meant."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        found = [one for one in _CELL.finditer(parts[sheet]) if is_meant(one[3], one[4] or b"")]
        if found:
            one = random.choice(found)
            markup = parts[sheet]
            parts[sheet] = markup[: one.start()] + change(one) + markup[one.end() :]

    return edit


def holds_number(attributes: bytes, content: bytes) -> bool:
    return b"<v>" in content and b't="n"' in attributes and b"<v>0</v>" not in content


def holds_text(attributes: bytes, content: bytes) -> bool:
    return b"<t>" in content or b"<t " in content


def holds_date(attributes: bytes, content: bytes) -> bool:
    return re.search(rb"<v>46\d\d\d(\.0)?</v>", content) is not None


def holds_time(attributes: bytes, content: bytes) -> bool:
    """The start of a duty, or another part of a day that is no length."""
    return re.search(rb"<v>0\.\d{4,}</v>", content) is not None


def styled(
    xf: bytes, *, number_format: bytes = b"", is_meant: Callable[[bytes, bytes], bool] = holds_number
) -> Edit:
    """A cell with a style of its own."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        styles = parts["xl/styles.xml"]
        number = len(re.findall(rb"<xf ", re.findall(rb"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0]))
        if number_format:
            code = b'<numFmt numFmtId="999" formatCode="%s"/></numFmts>' % number_format
            styles = styles.replace(b"</numFmts>", code, 1)
        parts["xl/styles.xml"] = styles.replace(b"</cellXfs>", xf + b"</cellXfs>", 1)

        def restyled(one: re.Match[bytes]) -> bytes:
            return re.sub(rb' s="\d+"', b' s="%d"' % number, one[0], count=1)

        before = parts[sheet]
        of_cells(is_meant, restyled)(parts, sheet, random)
        if parts[sheet] == before:
            parts["xl/styles.xml"] = re.sub(re.escape(xf), b"", parts["xl/styles.xml"])
            parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
                b'<numFmt numFmtId="999" formatCode="%s"/>' % number_format, b""
            )

    return edit


def builtin(number: int) -> Edit:
    return styled(b'<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>' % number)


def formatted(code: bytes, is_meant: Callable[[bytes, bytes], bool] = holds_number) -> Edit:
    xf = b'<xf numFmtId="999" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
    return styled(xf, number_format=code, is_meant=is_meant)


def behind_cells(markup: bytes) -> Edit:
    """Right behind the rows of the sheet, where the order of elements allows it."""
    return replaced(rb"</sheetData>", b"</sheetData>" + markup)


def at_end(markup: bytes) -> Edit:
    return replaced(rb"</worksheet>", markup + b"</worksheet>")


def related(kind: str, part: str, content: bytes, markup: bytes = b"") -> Edit:
    """A part more, which the sheet refers to."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        rels = f"{folder}/_rels/{name}.rels"
        head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        relation = b'<Relationship Id="rIdX" Type="%s" Target="/%s"/>' % (kind.encode(), part.encode())
        before = parts.get(rels, head + b"</Relationships>")
        parts[rels] = before.replace(b"</Relationships>", relation + b"</Relationships>")
        parts[part] = content
        parts[sheet] = parts[sheet].replace(b"</worksheet>", markup + b"</worksheet>")

    return edit


def in_drawing(markup: bytes) -> Edit:
    """Beside the first chart of the sheet's drawing."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        folder, name = sheet.rsplit("/", 1)
        for drawing in re.findall(
            rb"/?(xl/drawings/drawing\d+\.xml)", parts.get(f"{folder}/_rels/{name}.rels", b"")
        ):
            at = drawing.decode()
            parts[at] = re.sub(rb"(</(?:\w+:)?(?:wsDr)>)", markup + rb"\1", parts[at])

    return edit


def in_chart(old: bytes, new: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        number = {"sheet1.xml": "1", "sheet5.xml": "2"}.get(sheet.rsplit("/", 1)[1])
        chart = f"xl/charts/chart{number}.xml"
        if chart in parts:
            parts[chart] = re.sub(old, new, parts[chart], count=1)

    return edit


def in_workbook(old: bytes, new: bytes) -> Edit:
    def edit(parts: Parts, sheet: str, random: Random) -> None:
        parts["xl/workbook.xml"] = re.sub(old, new, parts["xl/workbook.xml"], count=1)

    return edit


def twin(title: bytes) -> Edit:
    """The same sheet once more under a title that a reader may take for the same; a figure in it differs."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        book = parts["xl/workbook.xml"]
        number = re.findall(r"\d+", sheet)[-1].encode()
        name = re.findall(rb'name="([^"]*)" sheetId="%s"' % number, book)[0]
        twin = re.sub(rb"(<t[^>]*>|<v>)([1-9])", rb"\g<1>9\2", parts[sheet])
        parts["xl/worksheets/sheet99.xml"] = re.sub(rb"<(drawing|legacyDrawing) [^>]*/>", b"", twin)
        entry = b'<sheet name="%s" sheetId="99" state="visible" r:id="rId99"/>' % title.replace(b"@", name)
        parts["xl/workbook.xml"] = book.replace(b"<sheets>", b"<sheets>" + entry)
        relation = b'<Relationship Id="rId99" Type="%s/worksheet" Target="/xl/worksheets/sheet99.xml"/>'
        rels = parts["xl/_rels/workbook.xml.rels"]
        parts["xl/_rels/workbook.xml.rels"] = rels.replace(
            b"</Relationships>", relation % RELATION.encode() + b"</Relationships>"
        )

    return edit


def other_value(one: re.Match[bytes]) -> bytes:
    return re.sub(rb"<v>([^<]*)</v>", rb"<v>9\1</v>", one[0])


def as_text(one: re.Match[bytes]) -> bytes:
    return one[0].replace(b't="n"', b't="str"')


def wrapped(before: bytes, after: bytes) -> Callable[[re.Match[bytes]], bytes]:
    return lambda one: before + one[0] + after
