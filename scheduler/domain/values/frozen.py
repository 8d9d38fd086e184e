"""The base of every fact: immutable, and it refuses a field that it does not know."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from scheduler.domain.values.docstrings import documented


class Frozen(BaseModel):
    """A value: compared by content, never changed, with no room for a misspelt field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        documented(cls)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, without what the original has cached."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied
