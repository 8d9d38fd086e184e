"""What is known of an agent when the bound is recomputed: like agents are one class with one best week."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.model.limits import AgentLimit
from scheduler.model.verbs import Verb

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Carried:
    """A limit of a carried rule, without its agent's name.

    Parameters
    ----------
    unit_price
        Cost per unit of excess; ``None`` where it must be kept.
    """

    limit: AgentLimit
    unit_price: int | None


@dataclass(frozen=True)
class Premium:
    """What each day is worth on which a verb holds; ``prices`` has shape (days,), and may be below zero."""

    of: Verb
    prices: Ints


@dataclass(frozen=True)
class AgentClass:
    """What two agents must have in common so that their best weeks are worth the same.

    Parameters
    ----------
    caps, heads
        Numbers of the presence limits and of the headcounts that count them.
    busy_until
        End of the last duty from before the horizon, where known.
    """

    skills: tuple[str, ...]
    caps: tuple[int, ...]
    heads: tuple[int, ...]
    zone: str
    pay: int
    busy_until: int | None
    limits: tuple[Carried, ...]
