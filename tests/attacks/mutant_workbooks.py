"""Mutants of workbooks: the archive, the XML of its parts, sheets, headings and cells."""

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from tests.attacks import hostile

Parts = dict[str, bytes]
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)
_BAD_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mutated(content: bytes, kind: str, random: Random) -> bytes:
    """A mutant of a workbook."""
    if kind == "archive":
        return _archive(content, random)
    parts = unpacked(content)
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        MUTATIONS[kind](parts, random)
    return packed(parts)


def unpacked(content: bytes) -> Parts:
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    """A workbook of these parts."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def _archive(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content))
    directory = content.rfind(b"PK\x05\x06")
    entry = random.choice([found.start() for found in re.finditer(b"PK\x01\x02", content)])

    def patched(offset: int, value: bytes) -> bytes:
        return content[:offset] + value + content[offset + len(value) :]

    return random.choice(
        (
            lambda: content[:at],
            lambda: patched(at, bytes([random.randrange(256)])),
            lambda: patched(at, random.randbytes(random.choice((2, 16, 300)))),
            lambda: content[:at] + content[at + random.choice((1, 50, 1_000)) :],
            lambda: b"junk" * random.choice((1, 100)) + content,
            lambda: content + random.randbytes(1_000),
            lambda: patched(entry + 8, struct.pack("<H", 1)),  # encrypted
            lambda: patched(entry + 10, struct.pack("<H", random.choice((1, 9, 12, 14, 97)))),  # method
            lambda: patched(entry + 16, random.randbytes(4)),  # checksum
            lambda: patched(entry + 20, random.randbytes(4)),  # packed size
            lambda: patched(
                entry + 24, random.choice((b"\0\0\0\0", b"\xff\xff\xff\x7f", random.randbytes(4)))
            ),
            lambda: patched(entry + 42, struct.pack("<I", random.choice((0, 1, 2**31)))),  # overlaps
            lambda: patched(directory + 10, random.randbytes(2)),
            lambda: patched(directory + 12, random.randbytes(4)),
            lambda: patched(directory + 16, random.randbytes(4)),
        )
    )()


def _part(parts: Parts, random: Random) -> str:
    """A part: mostly one that is read."""
    names = [name for name in parts if "/sheet" in name or name.endswith((".rels", "workbook.xml"))]
    return random.choice(names if random.random() < 0.9 else list(parts))


def _sheet(parts: Parts, random: Random) -> str:
    return random.choice([name for name in parts if name.startswith("xl/worksheets/sheet")])


def _xml(parts: Parts, random: Random) -> None:
    name = _part(parts, random)
    content = parts[name]
    tags = [found.start() for found in re.finditer(b"<", content)]
    if not tags:
        return  # an earlier mutation left nothing of it
    at = random.randrange(len(content))
    one, other = sorted(random.choices(tags, k=2))
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 1_000 + b'">]>'
    parts[name] = random.choice(
        (
            lambda: content[:one] + content[other:],
            lambda: content[:other] + content[one:],
            lambda: content[:at],
            lambda: content[:at] + bytes([random.randrange(256)]) + content[at + 1 :],
            lambda: content[:at] + random.randbytes(10) + content[at:],
            lambda: dtd + content.replace(b"<v>", b"<v>&b;", 1),
            lambda: content[:one] + b"<x>" * random.choice((10, 100, 100_000)) + content[one:],
            lambda: content[:one] + b" " * 10_000_000 + content[one:],
            lambda: content[:one] + b"\n" * 5_000_000 + content[one:],
            lambda: content[:one] + b"<!--" + b"-x" * random.choice((10, 3_000_000)) + b"-->" + content[one:],
            lambda: (
                content[:one] + b'<x a="' + b"y" * random.choice((10, 6_000_000)) + b'"/>' + content[one:]
            ),
            lambda: content[:one] + b"<?x y?>" + content[one:],
            lambda: (
                b'<?xml version="1.0" encoding="%s"?>' % random.choice((b"utf-7", b"utf-32", b"cp1252", b"x"))
                + content
            ),
            lambda: content.decode("utf-8", "replace").encode("utf-16"),
            lambda: content.replace(b"spreadsheetml/2006/main", b"spreadsheetml/main"),
            lambda: content.replace(b"xmlns=", b"xmlns:x="),
            lambda: b"",
        )
    )()


def _many(random: Random, most: int) -> int:
    """Mostly few, now and then very many: what is large takes its time."""
    return random.choice((10, 100, 1_000)) if random.random() < 0.9 else random.choice((most // 10, most))


def _markup(parts: Parts, random: Random) -> None:
    """Much of something beside the cells."""
    count = _many(random, 300_000)
    numbers = range(1, count + 1)
    much = random.choice(
        (
            lambda: (
                "<mergeCells>"
                + "".join(f'<mergeCell ref="A{n}:A{n + 2}"/>' for n in numbers)
                + "</mergeCells>"
            ),
            lambda: (
                "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:D{n}"/>' for n in numbers) + "</mergeCells>"
            ),
            lambda: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            lambda: f'<mergeCells><mergeCell ref="{hostile.value(random)[:99]}"/></mergeCells>'.replace(
                "<<", "<"
            ),
            lambda: '<mergeCells><mergeCell ref="A3:A1048576"/></mergeCells>',
            lambda: "<conditionalFormatting sqref='A1'/>" * count,
            lambda: "<dataValidations>" + '<dataValidation sqref="A1"/>' * count + "</dataValidations>",
            lambda: "<hyperlinks>" + '<hyperlink ref="A1" display="x"/>' * count + "</hyperlinks>",
            lambda: f"<extLst><ext><f>{'x' * count}</f></ext></extLst>",
        )
    )()
    name = _sheet(parts, random)
    parts[name] = parts[name].replace(b"</sheetData>", b"</sheetData>" + much.encode(), 1)
    if random.random() < 0.2:
        styles = '<xf numFmtId="0"/>' * count
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", f"{styles}</cellXfs>".encode())
    if random.random() < 0.2:
        names = '<definedName name="x">Agents!$A$1</definedName>' * count
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
            b"</workbook>", f"<definedNames>{names}</definedNames></workbook>".encode()
        )


def _rows(parts: Parts, random: Random) -> None:
    name = _sheet(parts, random)
    content = parts[name]
    rows = _ROW.findall(content)
    if not rows:
        return
    one, other = random.choice(rows), random.choice(rows)
    number = random.choice((b"0", b"-1", b"1048576", b"1048577", b"9999999999", b"", b"x", b"2", b"1e3"))
    count = _many(random, 66_000)
    after = max(int(found) for found in re.findall(rb'<row r="(\d+)"', content) or [b"0"]) + 1
    much = random.choice(
        (
            lambda n: '<c s="1"/><c s="2"/><c/>',
            lambda n: f"<c><v>{n}</v></c><c><v>1</v></c><c><v>1</v></c>",
            lambda n: f'<c t="inlineStr"><is><t>name {n}</t></is></c><c t="s"><v>0</v></c>',
            lambda n: f'<c><f>B{n}</f></c><c r="XFD{n}"/>',
            lambda n: "",
        )
    )
    wide = b"".join(
        b'<c t="inlineStr"><is><t>h%d</t></is></c>' % n for n in range(random.choice((20, 16_000, 17_000)))
    )

    def many() -> bytes:
        return "".join(f'<row r="{n}">{much(n)}</row>' for n in range(after, after + count)).encode()

    act = random.choice(
        (
            lambda: content.replace(one, b"", 1),
            lambda: content.replace(one, one + one, 1),
            lambda: content.replace(one, b"@1@", 1).replace(other, one, 1).replace(b"@1@", other, 1),
            lambda: content.replace(b"<sheetData>", b"<sheetData>" + b"".join(reversed(rows)), 1).replace(
                b"".join(rows), b"", 1
            ),
            lambda: content.replace(one, re.sub(rb'r="\d+"', b'r="' + number + b'"', one, count=1), 1),
            lambda: content.replace(one, re.sub(rb' r="[A-Z]*\d+"', b"", one), 1),
            lambda: content.replace(b"</sheetData>", many() + b"</sheetData>", 1),
            lambda: content.replace(b"</row>", wide + b"</row>", 1),
            lambda: content.replace(b"<sheetData>", b"<sheetData/><sheetData>", 1),
        )
    )
    parts[name] = act()


def _sheets(parts: Parts, random: Random) -> None:
    content = parts["xl/workbook.xml"]
    titles = re.findall(rb'<sheet [^>]*?name="([^"]*)"', content)
    one, other = random.choice(titles), random.choice(titles)
    sheet = random.choice(re.findall(rb"<sheet [^>]*?/>", content))
    name = escape(_clean(hostile.value(random))[:60], {'"': "&quot;"}).encode()
    act = random.randrange(7)
    if act == 0:
        parts["xl/workbook.xml"] = content.replace(b'name="%s"' % one, b'name="%s"' % name, 1)
    elif act == 1:
        parts["xl/workbook.xml"] = content.replace(sheet, b"", 1)
    elif act == 2:
        parts.pop(_sheet(parts, random))
    elif act == 3:
        parts["xl/workbook.xml"] = content.replace(sheet, sheet * random.choice((2, 2_000)), 1)
    elif act == 4:
        parts["xl/workbook.xml"] = content.replace(b'name="%s"' % one, b'name="%s"' % other, 1)
    elif act == 5:
        parts["xl/workbook.xml"] = re.sub(rb'r:id="\w+"', b'r:id="rId99"', content, count=1)
    else:
        one_part, other_part = _sheet(parts, random), _sheet(parts, random)
        parts[one_part], parts[other_part] = parts[other_part], parts[one_part]


def _put(parts: Parts, random: Random, kind: str, *, in_headings: bool = False) -> None:
    name = _sheet(parts, random)
    content = parts[name]
    cells = [found for found in _CELL.finditer(content) if not in_headings or found[2] == b"1"]
    if not cells:
        return
    cell = random.choice(cells[:60] if random.random() < 0.5 else cells)
    place = (cell[1] + cell[2]).decode()
    written = random.choice(hostile.KINDS[kind])
    if random.random() < 0.15:  # what stands in another cell
        new = re.sub(rb'r="[A-Z]+\d+"', f'r="{place}"'.encode(), random.choice(cells)[0], count=1)
    else:
        new = _cell(place, written, random).encode()
    parts[name] = content[: cell.start()] + new + content[cell.end() :]


def _cell(place: str, written: str, random: Random) -> str:
    text = escape(_clean(written))
    style = random.choice(("", f' s="{random.randrange(30)}"', ' s="99999"', ' s="x"'))
    return random.choice(
        (
            f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>',
            f'<c r="{place}"{style} t="str"><v>{text}</v></c>',
            f'<c r="{place}"{style}><v>{text}</v></c>',
            f'<c r="{place}"{style} t="n"><f>A1</f><v>{text}</v></c>',
            f'<c r="{place}"{style}><f>{text}</f></c>',
            f'<c r="{place}"{style} t="{random.choice(("d", "b", "e", "s", "z"))}"><v>{text}</v></c>',
            f'<c r="{place}"{style}/>',
        )
    )


def _clean(text: str) -> str:
    return _BAD_XML.sub("?", text)


MUTATIONS: dict[str, Callable[[Parts, Random], None]] = {
    "xml": _xml,
    "markup": _markup,
    "rows": _rows,
    "sheets": _sheets,
    "headings": lambda parts, random: _put(parts, random, "text", in_headings=True),
    "number": lambda parts, random: _put(parts, random, "number"),
    "date": lambda parts, random: _put(parts, random, "date"),
    "time": lambda parts, random: _put(parts, random, "time"),
    "text": lambda parts, random: _put(parts, random, "text"),
}
KINDS = ("archive", *MUTATIONS)
