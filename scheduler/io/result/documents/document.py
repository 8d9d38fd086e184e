"""What the forms of every JSON document have in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from scheduler.domain.values.docstrings import documented


class Document(BaseModel):
    """Base: refuses a field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        documented(cls)
