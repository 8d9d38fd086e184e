"""The columns of Demand and Volumes, in their long and in their wide form.

Called by the reader of these sheets: whose numbers each column holds, and which measure.
"""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from scheduler.domain.findings.finding import unknown_name
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.demand.demand_headings import ByInterval, skill_and_measure
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import SheetRows
from scheduler.io.input.reading.unread_columns import tell_unheaded_cells
from scheduler.texts import text


@dataclass(frozen=True)
class DemandCell:
    """One demand cell of a row: whose, which measure, and in which column."""

    skill: str
    measure: str
    position: int


def long_columns(rows: SheetRows, of: ByInterval) -> list[DemandCell]:
    """The columns of a sheet with a row for each interval and skill."""
    rows.tell_extra()
    if rows.tell_missing(of.main):
        return []
    return [
        DemandCell("", measure, rows.columns[measure]) for measure in of.measures if measure in rows.columns
    ]


def wide_columns(
    rows: SheetRows, skills: tuple[str, ...], notebook: Notebook, of: ByInterval
) -> list[DemandCell]:
    """The columns of a sheet with a column for each skill, and what is wrong with their headings."""
    tell_unheaded_cells(rows.raw, rows.heading_row or 1, notebook)
    found = []
    only = skills[0] if len(skills) == 1 else None
    for measure in of.measures:
        if measure in rows.columns and only is not None:
            found.append(DemandCell(only, measure, rows.columns[measure]))
    for position, heading in rows.extra.items():
        skill, measure = skill_and_measure(heading, skills, of)
        if skill is None:
            shorn = next(
                (heading[: -len(tail)].strip() for tail in of.tails if heading.casefold().endswith(tail)),
                heading,
            )
            message, hint = unknown_name(text("skill"), shorn, skills, "Skills")
            notebook.error(
                rows.title,
                cell_name(rows.heading_row or 1, position + 1),
                message,
                text(of.named, hint=hint),
            )
            continue
        first = next((cell for cell in found if (cell.skill, cell.measure) == (skill, measure)), None)
        if first is None:
            found.append(DemandCell(skill, measure, position))
            continue
        notebook.error(
            rows.title,
            cell_name(rows.heading_row or 1, position + 1),
            text(
                of.repeated,
                skill=skill,
                measure=measure,
                column=get_column_letter(first.position + 1),
            ),
            text("Remove one of the columns."),
        )
    wanted = {cell.skill for cell in found if cell.measure == of.main}
    for cell in found:
        if cell.skill not in wanted:
            notebook.error(
                rows.title,
                cell_name(rows.heading_row or 1, cell.position + 1),
                text(of.alone, measure=cell.measure, skill=cell.skill),
                text('Add a column "{skill}".', skill=cell.skill),
            )
    found = [cell for cell in found if cell.skill in wanted]
    if not found and not notebook.has_errors(on=[rows.title]):
        notebook.error(
            rows.title,
            cell_name(rows.heading_row or 1, 1),
            text(of.without),
            text("Give each skill a column of its name: {skills}.", skills=", ".join(skills)),
        )
    return found
