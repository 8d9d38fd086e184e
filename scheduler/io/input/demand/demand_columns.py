"""The columns of the Demand sheet, in its long and in its wide form.

Called by the reader of that sheet: whose numbers each column holds, and which measure.
"""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from scheduler.domain.findings.finding import unknown_name
from scheduler.io.files.workbook_file import cell_name
from scheduler.io.input.demand.demand_headings import MEASURES, skill_and_measure
from scheduler.io.input.reading.reading import Notebook
from scheduler.io.input.reading.sheet_rows import SheetRows
from scheduler.io.input.reading.unread_columns import tell_unheaded_cells
from scheduler.texts import text


@dataclass(frozen=True)
class DemandCell:
    """One demand cell of a row: whose, which measure, and in which column."""

    skill: str
    measure: str
    position: int


def long_columns(rows: SheetRows) -> list[DemandCell]:
    """The columns of a sheet with a row for each interval and skill."""
    rows.tell_extra()
    if rows.tell_missing("required"):
        return []
    return [DemandCell("", measure, rows.columns[measure]) for measure in MEASURES if measure in rows.columns]


def wide_columns(rows: SheetRows, skills: tuple[str, ...], notebook: Notebook) -> list[DemandCell]:
    """The columns of a sheet with a column for each skill, and what is wrong with their headings."""
    tell_unheaded_cells(rows.raw, rows.heading_row or 1, notebook)
    found = []
    only = skills[0] if len(skills) == 1 else None
    for measure in MEASURES:
        if measure in rows.columns and only is not None:
            found.append(DemandCell(only, measure, rows.columns[measure]))
    for position, heading in rows.extra.items():
        skill, measure = skill_and_measure(heading, skills)
        if skill is None:
            shorn = next(
                (
                    heading[: -len(tail)].strip()
                    for tail in (" minimum", " maximum", " required")
                    if heading.casefold().endswith(tail)
                ),
                heading,
            )
            message, hint = unknown_name(text("skill"), shorn, skills, "Skills")
            notebook.error(
                rows.title,
                cell_name(rows.heading_row or 1, position + 1),
                message,
                text(
                    '{hint} A column is named after a skill, with " minimum" or " maximum" behind it.',
                    hint=hint,
                ),
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
                'how many "{skill}" are {measure} stands in column {column} already.',
                skill=skill,
                measure=measure,
                column=get_column_letter(first.position + 1),
            ),
            text("Remove one of the columns."),
        )
    wanted = {cell.skill for cell in found if cell.measure == "required"}
    for cell in found:
        if cell.skill not in wanted:
            notebook.error(
                rows.title,
                cell_name(rows.heading_row or 1, cell.position + 1),
                text(
                    'there is a {measure} for skill "{skill}", but no column of how many are required.',
                    measure=cell.measure,
                    skill=cell.skill,
                ),
                text('Add a column "{skill}".', skill=cell.skill),
            )
    found = [cell for cell in found if cell.skill in wanted]
    if not found and not notebook.has_errors(on=[rows.title]):
        notebook.error(
            rows.title,
            cell_name(rows.heading_row or 1, 1),
            text("no column holds the demand of a skill."),
            text("Give each skill a column of its name: {skills}.", skills=", ".join(skills)),
        )
    return found
