"""Reading the Breaks sheet: rows of one shift and two lengths are one set of breaks."""

from collections.abc import Mapping

from scheduler.domain.facts.problem import Break, BreakBand
from scheduler.domain.findings.faults import FactPath
from scheduler.domain.findings.finding import unknown_name
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.io.input.sheets import BREAKS
from scheduler.texts import text


def read_breaks(
    rows: SheetRows | None, templates: Mapping[str, int], notebook: Notebook
) -> dict[str, tuple[BreakBand, ...]]:
    """Each template's sets of breaks: rows with the same two shift lengths are one set."""
    found: dict[str, dict[tuple[int, int], list[tuple[Row, Break]]]] = {}
    if rows is None:
        return {}
    rows.tell_extra()
    if rows.tell_missing("template", "name", "length_minutes", "earliest_start", "latest_start"):
        return {}
    for row in rows.rows():
        template = row.values.get("template")
        if template is None:
            continue
        if template not in templates:
            message, hint = unknown_name(text("shift"), template, templates, "Shifts")
            notebook.error(row.sheet, row.cell("template"), message, hint)
            continue
        lengths = row.given("min_shift_minutes", "max_shift_minutes")
        band = BreakBand(**lengths)
        key = (band.min_shift_minutes, band.max_shift_minutes)
        bands = found.setdefault(template, {})
        bands.setdefault(key, [])
        place = ("templates", templates[template], "breaks", list(bands).index(key))
        notebook.cells.setdefault(place, (row.sheet, row.cell("min_shift_minutes")))
        pause = _break(row, (*place, "breaks", len(bands[key])), notebook)
        if pause is not None:
            bands[key].append((row, pause))
    return {
        template: tuple(
            BreakBand(min_shift_minutes=least, max_shift_minutes=most, breaks=tuple(one for _, one in pauses))
            for (least, most), pauses in bands.items()
        )
        for template, bands in found.items()
    }


def _break(row: Row, path: FactPath, notebook: Notebook) -> Break | None:
    needed = ("length_minutes", "earliest_start", "latest_start")
    facts = ("name", *needed, "paid", "measured_from", "step_minutes")
    given = row.given(*facts)
    if not given and not row.unreadable:
        return None  # shifts of this length have no break
    for key in ("name", *needed):
        if key not in given and key not in row.unreadable:
            row.unreadable.add(key)
            column = BREAKS.column(key)
            notebook.error(
                row.sheet,
                row.cell(key),
                text("{name}: this cell is blank.", name=column.title),
                text(column.comment),
            )
    row.keep_cells(notebook, path, facts)
    stand_in = {"name": "?", "length_minutes": 5, "earliest_start": 0, "latest_start": 0}
    return Break(**{**stand_in, **given})
