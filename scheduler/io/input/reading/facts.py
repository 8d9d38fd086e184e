"""One fact from one row: what the row cannot say gets a finding and a placeholder."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scheduler.domain.findings.faults import FactPath
from scheduler.io.files.pydantic_words import in_words
from scheduler.io.input.reading.result import Notebook
from scheduler.io.input.reading.sheet_rows import Row

Fact = TypeVar("Fact", bound=BaseModel)


def fact_of(
    notebook: Notebook, model: type[Fact], row: Row, path: FactPath, stand_in: dict[str, Any], **more: Any
) -> Fact:
    """A fact from a row; what cannot be read gets a finding and a placeholder."""
    row.keep_cells(notebook, path, tuple(row.columns))
    given = {**stand_in, **row.given(), **more}
    try:
        return model(**given)
    except ValidationError as error:
        for detail in error.errors():
            key = str(detail["loc"][0]) if detail["loc"] else "name"
            given.pop(key, None)
            notebook.error(row.sheet, row.cell(key), in_words(detail))
        return model(**{**stand_in, **given})
