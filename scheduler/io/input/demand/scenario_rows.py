"""Rows of the sheet Scenarios: those of one name are one scenario."""

from dataclasses import replace
from datetime import date

from scheduler.domain.facts.scenarios import Scenario, ScenarioChange
from scheduler.domain.values.words import shown
from scheduler.io.input.reading.facts import fact_of
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row, SheetRows
from scheduler.texts import text

_OF_CHANGES = ("skill", "days", "start", "end", "percent")


def read_scenarios(rows: SheetRows | None, notebook: Notebook) -> tuple[Scenario, ...]:
    """The scenarios of a sheet, in the order in which they come; nothing where it is not there."""
    if rows is None:
        return ()
    rows.tell_extra()
    if rows.tell_missing():
        return ()
    by_name: dict[str, list[Row]] = {}
    for row in rows.rows():
        if "name" in row.values:
            by_name.setdefault(row.values["name"], []).append(row)
    return tuple(_scenario(index, mine, notebook) for index, mine in enumerate(by_name.values()))


def _scenario(index: int, rows: list[Row], notebook: Notebook) -> Scenario:
    changing = [row for row in rows if _changes(row, notebook)]
    changes = tuple(_change(row, (index, at), notebook) for at, row in enumerate(changing))
    first = next((row for row in rows if {"weight"} & {*row.values, *row.unreadable}), rows[0])
    weight = first.values.get("weight")
    if weight is None and "weight" not in first.unreadable:
        notebook.error(
            first.sheet,
            first.cell("weight"),
            text("{scenario}: it is not said how much this scenario counts.", scenario=first.values["name"]),
            text("Write its weight beside the others, such as 70 and 30."),
        )
    elif weight == 0:
        notebook.error(
            first.sheet,
            first.cell("weight"),
            text("a weight of 0 says that this scenario does not count."),
            text("Write more than 0, or remove its rows."),
        )
    for row in rows:
        if row.values.get("weight", weight) != weight:
            notebook.error(
                row.sheet,
                row.cell("weight"),
                text(
                    "{scenario} has the weight {weight} already, at {cell}.",
                    scenario=row.values["name"],
                    weight=shown(weight),
                    cell=first.cell("weight"),
                ),
                text("Write one of them; once for each scenario is enough."),
            )
    own = replace(first, values={"name": first.values["name"], "weight": weight or 1})
    return fact_of(notebook, Scenario, own, ("scenarios", index), {"name": "?", "weight": 1}, changes=changes)


def _changes(row: Row, notebook: Notebook) -> bool:
    """Whether a row says by how much anything changes; a row of a scenario that is as planned does not."""
    if "percent" in row.values:
        return True
    if "percent" not in row.unreadable and {*_OF_CHANGES} & row.values.keys():
        notebook.error(
            row.sheet,
            row.cell("percent"),
            text("it is not said by how much this changes."),
            text("Write the per cent more (20) or fewer (-20)."),
        )
    return False


def _change(row: Row, at: tuple[int, int], notebook: Notebook) -> ScenarioChange:
    path = ("scenarios", at[0], "changes", at[1])
    row.keep_cells(notebook, path, _OF_CHANGES)
    facts = row.given(*_OF_CHANGES)
    days = facts.pop("days", ())
    facts["days"] = tuple(one for one in days if isinstance(one, date))
    facts["weekdays"] = tuple(one for one in days if isinstance(one, int))
    return ScenarioChange(**facts)
