"""The kinds of limit that rules are made of, as plain data.

A limit says *what* is demanded of one agent (or of the team), never how hard: the rule's strength does.
``excess`` is each kind's definition, counted over day numbers and windows; the engine carries the same
data in its own form, and a rule's ``check`` walks dates and runs of dates instead, so that a mistake in one
shows against the other.
"""

from scheduler.model.limits.agent_limits import AgentLimit as AgentLimit
from scheduler.model.limits.agent_limits import Block as Block
from scheduler.model.limits.agent_limits import Gap as Gap
from scheduler.model.limits.agent_limits import Pair as Pair
from scheduler.model.limits.agent_limits import Rest as Rest
from scheduler.model.limits.agent_limits import Run as Run
from scheduler.model.limits.agent_limits import Spread as Spread
from scheduler.model.limits.agent_limits import Total as Total
from scheduler.model.limits.service_limits import Service as Service
from scheduler.model.limits.team_limits import Allocated as Allocated
from scheduler.model.limits.team_limits import Balance as Balance
from scheduler.model.limits.team_limits import Beside as Beside
from scheduler.model.limits.team_limits import Headcount as Headcount
from scheduler.model.limits.team_limits import Level as Level
from scheduler.model.limits.team_limits import Range as Range
from scheduler.model.limits.team_limits import Share as Share
from scheduler.model.limits.team_limits import Staffing as Staffing
from scheduler.texts import text

Limit = AgentLimit | Staffing | Headcount | Service | Beside | Balance


def beyond_search(limit: Limit) -> str:
    """What in a limit no search can plan for yet, in words; empty where it can."""
    match limit:
        case Staffing(counted="on break"):
            return text("how many agents are on a break at once")
        case Beside():
            return text("who is on duty together")
        case Balance():
            return text("a balance between agents")
        case _:
            return ""
