"""How many agents are needed, so that there is about as much work as there are agents.

Service and Technical share what their agents can give; the hotline has a fixed small crew.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import exp
from random import Random

from examples.contact_centre.centre import (
    CLOSES,
    CONTRACTS,
    DAYS,
    FIRST_DAY,
    FULL_TIME,
    HOTLINE,
    INTERVAL_MINUTES,
    MINIMUM,
    NIGHTS,
    OPENS,
    SEATS,
    SERVICE,
    TECHNICAL,
)
from scheduler.domain import Agent, Demand

REQUIRED_PER_AGENT_HOUR = 1.02  # agent-hours required for each hour that the agents can be on the queue
TECHNICAL_SHARE = 0.27
WEEKDAY_FACTORS = (1.12, 1.02, 1.00, 0.98, 0.92, 0.42, 0.30)
NOISE = 0.06
HOTLINE_WEEKDAY, HOTLINE_WEEKEND, HOTLINE_NIGHT = 2, 1, 2


def requirement(agents: Sequence[Agent], random: Random) -> Iterator[Demand]:
    """The requirement of every skill."""
    queue_hours = sum(_queue_hours(agent) for agent in agents if agent.contract != NIGHTS)
    hotline = [_hotline(interval) for interval in range(_intervals())]
    by_day = [number for interval, number in enumerate(hotline) if _is_open(interval)]
    wanted_hours = REQUIRED_PER_AGENT_HOUR * queue_hours - sum(by_day) * INTERVAL_MINUTES / 60
    for skill, share in ((SERVICE, 1 - TECHNICAL_SHARE), (TECHNICAL, TECHNICAL_SHARE)):
        curve = [_volume(interval, random) for interval in range(_intervals())]
        yield _bounded(skill, _scaled_to(curve, share * wanted_hours * 60 / INTERVAL_MINUTES))
    yield _bounded(HOTLINE, hotline)


def _bounded(skill: str, required: Sequence[int]) -> Demand:
    """The requirement with its floor and its seats: for the hotline always, else while the centre is open."""
    counted = [skill == HOTLINE or _is_open(interval) for interval in range(_intervals())]
    return Demand(
        skill=skill,
        required=tuple(required),
        minimum=tuple(MINIMUM[skill] if holds else 0 for holds in counted),
        maximum=tuple(SEATS[skill] if holds else None for holds in counted),
    )


def _queue_hours(agent: Agent) -> float:
    """Hours that an agent can be on the queue: the contract's middle without paid breaks and time off."""
    contract = next(contract for contract in CONTRACTS if contract.name == agent.contract)
    paid = ((contract.min_paid_minutes or 0) + (contract.max_paid_minutes or 0)) / 2
    paid -= sum(absence.paid_minutes for absence in agent.time_off)
    pauses = 30 if agent.contract == FULL_TIME else 15
    return (paid - 5 * pauses) / 60


def _hotline(interval: int) -> int:
    if not _is_open(interval):
        return HOTLINE_NIGHT
    weekday = (FIRST_DAY + timedelta(days=interval * INTERVAL_MINUTES // 1440)).weekday()
    return HOTLINE_WEEKEND if weekday >= 5 else HOTLINE_WEEKDAY


def _volume(interval: int, random: Random) -> float:
    """Calls against a middling hour: a tall peak at half past ten, a lower one at four."""
    if not _is_open(interval):
        return 0.0
    day, minute = divmod(interval * INTERVAL_MINUTES, 1440)
    hour = minute / 60
    level = 0.15 + exp(-(((hour - 10.5) / 2.1) ** 2)) + 0.75 * exp(-(((hour - 16) / 2.7) ** 2))
    return level * WEEKDAY_FACTORS[day] * max(0.0, random.gauss(1.0, NOISE))


def _scaled_to(curve: Sequence[float], total: float) -> list[int]:
    """Whole numbers in the curve's shape that add up to ``total`` within one half."""
    numbers, reached, wanted = [], 0, 0.0
    for level in curve:
        wanted += level * total / sum(curve)
        numbers.append(max(0, round(wanted) - reached) if level else 0)
        reached += numbers[-1]
    return numbers


def _is_open(interval: int) -> bool:
    return OPENS <= interval * INTERVAL_MINUTES % 1440 < CLOSES


def _intervals() -> int:
    return DAYS * 1440 // INTERVAL_MINUTES
