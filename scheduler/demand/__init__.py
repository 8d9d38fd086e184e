"""From contacts to the staffing requirement: how many agents an interval needs.

Called before planning, by whoever has volumes and a service goal instead of a requirement. Knows
nothing of shifts, rules or rosters.
"""

from scheduler.demand.base_staff import base_staff
from scheduler.demand.erlang import (
    agents_needed,
    asa,
    occupancy,
    service_level,
    waiting_probability,
    workload,
)
from scheduler.demand.goal import QueueGoal
from scheduler.demand.queue import Performance, performance

__all__ = [
    "Performance",
    "QueueGoal",
    "agents_needed",
    "asa",
    "base_staff",
    "occupancy",
    "performance",
    "service_level",
    "waiting_probability",
    "workload",
]
