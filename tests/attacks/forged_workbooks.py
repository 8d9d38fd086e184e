"""Forgeries of a roster workbook: every sheet in turn, and in it every column, cell by cell or as a whole."""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment

Edit = Callable[[Any], None]


class Forgery(NamedTuple):
    """A forged file: the sheet, which kind of place was touched, what was done, and the archive."""

    sheet: str
    kind: str
    done: str
    content: bytes


def forgeries(content: bytes, random: Random) -> Iterator[Forgery]:
    """Endless, a kind of place after the other; a cell is drawn at random among those of its kind."""
    book = load_workbook(BytesIO(content))
    kinds: dict[tuple[str, str], list[str]] = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):
                    continue
                kind = "blank" if cell.value is None else f"{cell.column_letter} {type(cell.value).__name__}"
                kinds.setdefault((sheet.title, kind), []).append(cell.coordinate)
    by_sheet: dict[str, list[tuple[str, list[str]]]] = {}
    for (title, kind), cells in kinds.items():
        by_sheet.setdefault(title, []).append((kind, cells))
    for number in range(10**9):  # a sheet after the other, and in each a kind of cell after the other
        for title, of_sheet in by_sheet.items():
            kind, cells = of_sheet[number % len(of_sheet)]
            cell = book[title][random.choice(cells)]
            before, kept_format = cell.value, cell.number_format
            cell.value = random.choice(_others(before, random))
            if cell.value != before and not _reads_alike(title, before, cell.value):
                yield Forgery(
                    title, kind, f"{title}!{cell.coordinate}: {before!r} becomes {cell.value!r}", _saved(book)
                )
            cell.value, cell.number_format = before, kept_format
        title = list(by_sheet)[number % len(by_sheet)]
        done, edit = random.choice(_OF_SHEETS)
        whole = load_workbook(BytesIO(content))
        if edit(whole, whole[title], random):
            yield Forgery(title, "sheet", f"{title}: {done}", _saved(whole))
        yield random.choice(list(_of_archive(content, random)))


def _reads_alike(title: str, before: Any, value: Any) -> bool:
    """Whether a name that is read is written otherwise: ADA, or Ada with a space behind it."""
    both = isinstance(before, str) and isinstance(value, str)
    return title in ("Duties", "Roster") and both and before.strip().casefold() == value.strip().casefold()


def _saved(book: Any) -> bytes:
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _others(value: Any, random: Random) -> list[Any]:
    match value:
        case None:
            return ["more", 7, "=1+1"]
        case bool():
            return [not value]
        case int() | float():
            return [
                value + 1,
                value - 1,
                value * 1.01 + 0.01,
                -value - 1,
                round(value + 0.01, 6),
                None,
                str(value),
                f"={value}",
            ]
        case str():
            return [
                "",
                f"{value} ",
                f"{value}x",
                value[:-1],
                value.swapcase(),
                "Total cost",
                0,
                f'="{value[:20]}"',
            ]
        case datetime():
            return [
                value + timedelta(days=1),
                value + timedelta(seconds=random.randint(30, 59)),
                None,
                str(value),
            ]
        case time():
            moved = datetime.combine(date(2000, 1, 1), value) + timedelta(seconds=random.randint(30, 59))
            return [moved.time(), (moved + timedelta(minutes=15)).time(), None, f"{value:%H.%M} h"]
        case timedelta():
            return [value + timedelta(seconds=random.randint(30, 59)), value + timedelta(minutes=15), None]
    raise TypeError(type(value))


def _row_twice(book: Any, sheet: Any, random: Random) -> bool:
    row = random.choice(
        [one for one in range(1, sheet.max_row + 1) if any(cell.value is not None for cell in sheet[one])]
    )
    values = [cell.value for cell in sheet[row]]
    for column, value in enumerate(values, start=1):
        sheet.cell(sheet.max_row + (column == 1), column).value = value
    return True


def _row_gone(book: Any, sheet: Any, random: Random) -> bool:
    row = random.choice(
        [one for one in range(1, sheet.max_row + 1) if any(cell.value is not None for cell in sheet[one])]
    )
    for cell in sheet[row]:
        if not isinstance(cell, MergedCell):
            cell.value = None
    return True


def _row_between(book: Any, sheet: Any, random: Random) -> bool:
    row = random.randint(1, sheet.max_row)
    if sheet.title in ("Duties", "Roster"):  # rows are known by what they say there, wherever they stand
        return False
    if all(cell.value is None for at in range(row, sheet.max_row + 1) for cell in sheet[at]):
        return False
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_rows(row)
    return True


def _column_gone(book: Any, sheet: Any, random: Random) -> bool:
    column = random.randint(1, sheet.max_column)
    cells = [row[column - 1] for row in sheet.iter_rows()]
    if all(cell.value is None for cell in cells):
        return False
    for cell in cells:
        if not isinstance(cell, MergedCell):
            cell.value = None
    return True


def _columns_swapped(book: Any, sheet: Any, random: Random) -> bool:
    one, other = sorted(random.sample(range(1, sheet.max_column + 1), 2)) if sheet.max_column > 1 else (1, 1)
    changed = False
    for row in sheet.iter_rows():
        left, right = row[one - 1], row[other - 1]
        if not isinstance(left, MergedCell) and not isinstance(right, MergedCell):
            changed |= left.value != right.value
            left.value, right.value = right.value, left.value
    return changed


def _sheet_gone(book: Any, sheet: Any, random: Random) -> bool:
    book.remove(sheet)
    return True


def _renamed(book: Any, sheet: Any, random: Random) -> bool:
    sheet.title = f"{sheet.title} 2"
    return True


def _sheet_more(book: Any, sheet: Any, random: Random) -> bool:
    book.create_sheet(f"{sheet.title} 2")["B2"] = "Total cost"
    return True


def _summary_and_certificate_gone(book: Any, sheet: Any, random: Random) -> bool:
    book.remove(book["Summary"])
    book.remove(book["Certificate"])
    return True


def _remark(book: Any, sheet: Any, random: Random) -> bool:
    sheet["A1"].comment = Comment("The true cost is 5.", "somebody")
    return True


def _chart_of_other_cells(book: Any, sheet: Any, random: Random) -> bool:
    for chart in sheet._charts:
        numbers = chart.series[0].val.numRef
        numbers.f = re.sub(r"\d+$", lambda found: str(int(found[0]) - 1), numbers.f)
        return True
    return False


def _chart_gone(book: Any, sheet: Any, random: Random) -> bool:
    return bool(sheet._charts and sheet._charts.pop())


_OF_SHEETS: list[tuple[str, Callable[[Any, Any, Random], bool]]] = [
    ("a row twice", _row_twice),
    ("a row emptied", _row_gone),
    ("a row between", _row_between),
    ("a column emptied", _column_gone),
    ("two columns swapped", _columns_swapped),
    ("gone", _sheet_gone),
    ("renamed", _renamed),
    ("a sheet more", _sheet_more),
    ("Summary and Certificate gone", _summary_and_certificate_gone),
    ("a remark", _remark),
    ("a chart of other cells", _chart_of_other_cells),
    ("a chart gone", _chart_gone),
]


def _of_archive(content: bytes, random: Random) -> Iterator[Forgery]:
    """What only the parts of an archive can say."""
    number = random.randint(1, 5)
    sheet = f"xl/worksheets/sheet{number}.xml"
    formula = (rb"(<c r=\"[A-Z]+\d+\"[^>]*>)(<v>)", rb"\1<f>1+1</f>\2")
    for part, (old, new), done in (
        (sheet, formula, "a formula before a right value"),
        ("xl/charts/chart1.xml", (rb"<a:t>[^<]*", rb"<a:t>All is well"), "another title of a chart"),
        ("xl/charts/chart1.xml", (rb"</c:f></c:numRef>|</f></numRef>", _KEPT), "values kept by a chart"),
        ("xl/comments/comment1.xml", (rb"<t[^>]*>[^<]+", rb"<t>All is well"), "another remark on a heading"),
        ("xl/drawings/drawing1.xml", (rb"<(xdr:)?graphicFrame", _TEXT_BOX), "a text box"),
    ):
        forged = _with_part(content, part, lambda markup, old=old, new=new: re.sub(old, new, markup, count=1))
        if forged != content:
            yield Forgery(part, "archive", f"{part}: {done}", forged)


_KEPT = (
    b'</f><numCache><formatCode>General</formatCode><ptCount val="1"/>'
    b'<pt idx="0"><v>4711</v></pt></numCache></numRef>'
)
_TEXT_BOX = rb"<sp><nvSpPr><cNvPr id='9' name='x'/><cNvSpPr/></nvSpPr><spPr/></sp><\1graphicFrame"


def _with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    saved = BytesIO()
    changed = False
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            markup = old.read(part)
            after = change(markup) if part == name else markup
            changed |= after != markup
            new.writestr(part, after)
    return saved.getvalue() if changed else content
