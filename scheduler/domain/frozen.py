"""The base of every fact: immutable, and it refuses a field that it does not know."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: compared by content, never changed, with no room for a misspelt field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
