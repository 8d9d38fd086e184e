"""From contacts to the staffing requirement: how many agents an interval needs.

Called before planning, by whoever has volumes and a service goal instead of a requirement. Knows
nothing of shifts, rules or rosters.
"""

from scheduler.demand.erlang import (
    agents_needed,
    asa,
    occupancy,
    service_level,
    waiting_probability,
    workload,
)

__all__ = ["agents_needed", "asa", "occupancy", "service_level", "waiting_probability", "workload"]
