"""Contracts: what people are paid, their hours, and the shifts that they may work.

Part of the problem's published JSON schema, see :mod:`scheduler.domain.facts.problem`.
"""

from pydantic import Field

from scheduler.domain.values.fields import Cents, Minutes, MinutesOfWeek, Name
from scheduler.domain.values.frozen import Frozen


class Contract(Frozen):
    """What was agreed: pay, weekly paid hours, and which shifts may be worked."""

    name: Name = Field(description="What agents and rules call it; unique.")
    pay_per_hour: Cents = Field(description="Cents per paid hour.")
    min_paid_minutes: MinutesOfWeek | None = Field(
        default=None,
        description="Least paid minutes per week, kept by the rule paid_hours; null is no limit.",
    )
    max_paid_minutes: Minutes | None = Field(
        default=None, description="Most paid minutes per week, kept by the rule paid_hours; null is no limit."
    )
    templates: tuple[Name, ...] = Field(
        description="Names of the shift templates that may be worked, kept by the rule entitlement."
    )
