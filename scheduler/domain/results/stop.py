"""When a search ends, and why it did: one record of criteria, each checked when it is made."""

from enum import StrEnum
from typing import Self

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails

from scheduler.domain.findings.errors import BadInput
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.words import shown
from scheduler.texts import text

MOST = 1_000_000_000
"""Most seconds or rounds: thirty years, within what timeouts of threads can hold."""


class StopReason(StrEnum):
    """Why a search ended; what results say of themselves under ``stopped_by``."""

    OPTIMAL = "optimal"
    GAP = "gap"
    TIME = "time"
    ROUNDS = "rounds"
    STALE = "no improvement"
    USER = "user"
    NO_LEGAL_ROSTER = "no legal roster exists"
    UNCONFIRMED = "contradiction not confirmed"


class Stop(Frozen):
    """When to stop; whichever criterion is met first.

    Parameters
    ----------
    seconds
        Wall-clock time for the whole search; ``None`` is no limit, where there is another criterion. Not
        reproducible from run to run.
    gap
        Stop once ``(cost - bound) / cost`` is at most this. It may never be reached where nothing else ends
        the search.
    rounds
        Deterministic length: how many rounds of search each worker runs.
    stale_seconds
        Stop when no better roster was found for this long.

    Raises
    ------
    BadInput
        If a criterion is not of its kind, or if there is none at all.
    """

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    seconds: float | None = Field(default=60.0, gt=0, le=MOST)
    gap: float = Field(default=0.0, ge=0)
    rounds: int | None = Field(default=None, ge=1, le=MOST)
    stale_seconds: float | None = Field(default=None, gt=0, le=MOST)

    @model_validator(mode="wrap")
    @classmethod
    def _refused_like_any_argument(cls, given: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            stop = read(given)
        except ValidationError as error:
            raise BadInput(map(_fault, error.errors())) from None
        if stop.seconds is stop.rounds is stop.stale_seconds is None and not stop.gap:
            hint = text("Give seconds, rounds, stale_seconds or a gap.")
            raise BadInput([_finding((), text("nothing would ever end the search."), hint)])
        return stop


def _fault(detail: ErrorDetails) -> Finding:
    path, given = detail["loc"], detail["input"]
    if path and path[0] in Stop.model_fields:
        wanted, hint = _wanted(str(path[0]))
        return _finding(path, text("{value} is not {wanted}.", value=shown(given), wanted=wanted), hint)
    message = (
        text("this is not known here.")
        if path
        else text("{value} is not a set of criteria.", value=shown(given))
    )
    return _finding(path, message, text("Known: {known}.", known=", ".join(Stop.model_fields)))


def _wanted(criterion: str) -> tuple[str, str]:
    """What a criterion may be, and a hint."""
    if criterion == "gap":
        return text("a part of the cost, from 0 on"), text("0.01 is 1 %.")
    if criterion == "rounds":
        return text("a whole number from 1 to {most:,}", most=MOST), text("None is no such limit.")
    return text("a number of seconds above 0, at most {most:,}", most=MOST), text("None is no such limit.")


def _finding(path: tuple[str | int, ...], message: str, hint: str) -> Finding:
    return Finding(place=Place(path=("stop", *path)), message=message, hint=hint)
