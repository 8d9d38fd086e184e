"""Elements in wrappers that some programs read and others pass over, and relationships named twice."""

import re
from random import Random

from tests.attacks.forged_parts import Edit, Parts

_OTHERS = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_JUNK = b'<zz:junk xmlns:zz="urn:zz">', b"</zz:junk>"
_FALLBACK = (
    b'<mc:AlternateContent xmlns:mc="%s"><mc:Choice xmlns:zz="urn:zz" Requires="zz"/><mc:Fallback>'
    % _OTHERS.encode(),
    b"</mc:Fallback></mc:AlternateContent>",
)
_CHOICE = (
    b'<mc:AlternateContent xmlns:mc="%s"><mc:Choice Requires="x14">' % _OTHERS.encode(),
    b"</mc:Choice></mc:AlternateContent>",
)
WRAPPERS = {"junk": _JUNK, "a fallback": _FALLBACK, "a choice": _CHOICE}
_READ = {
    "xl/workbook.xml": (b"sheets", b"bookViews", b"workbookPr"),
    "xl/styles.xml": (b"numFmts", b"cellXfs", b"fonts", b"dxfs"),
    "xl/_rels/workbook.xml.rels": (b"Relationship",),
    "_rels/.rels": (b"Relationship",),
}
HONEST = (
    b'<mc:AlternateContent xmlns:mc="%s"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\rosters\\" '
    b'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
    b"</mc:AlternateContent>" % _OTHERS.encode()
)
"""What Excel writes into the list of sheets: where the file was saved last."""


def _wrapped(part: str, name: bytes, wrapper: tuple[bytes, bytes]) -> Edit:
    before, after = wrapper

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        element = rb"<%s(?:\s[^>]*)?(?:/>|>.*?</%s>)" % (name, name)
        parts[part] = re.sub(
            element, lambda one: before + one[0] + after, parts[part], count=1, flags=re.DOTALL
        )

    return edit


def in_a_wrapper(wrapper: tuple[bytes, bytes], name: bytes) -> Edit:
    """An element of the sheet itself."""

    def edit(parts: Parts, sheet: str, random: Random) -> None:
        _wrapped(sheet, name, wrapper)(parts, sheet, random)

    return edit


def _second_relationship(parts: Parts, sheet: str, random: Random) -> None:
    """Two sheets change places for those programs that take the second one."""
    part = "xl/_rels/workbook.xml.rels"
    first, second = re.findall(rb"<Relationship [^>]*/worksheet\"[^>]*>", parts[part])[:2]
    named = re.search(rb'\bId="[^"]*"', first)
    assert named
    twin = re.sub(rb'\bId="[^"]*"', named[0], second)
    parts[part] = parts[part].replace(b"</Relationships>", twin + b"</Relationships>")


EDITS: dict[str, Edit] = {
    **{
        f"{name.decode()} of {part} in {around}": _wrapped(part, name, wrapper)
        for part, names in _READ.items()
        for name in names
        for around, wrapper in WRAPPERS.items()
    },
    **{
        f"{name.decode()} of a sheet in {around}": in_a_wrapper(wrapper, name)
        for name in (b"row", b"mergeCells", b"cols", b"sheetData")
        for around, wrapper in WRAPPERS.items()
    },
    "two relationships of one name": _second_relationship,
}
