"""Agents that are alike for the best week: one look at the prices serves all of a kind."""

from dataclasses import dataclass

from scheduler.engine.automata.agent_automata import Plans
from scheduler.engine.instance.agent_classes import looks_of
from scheduler.engine.instance.instance import Tables

RowKey = tuple[int, int, int, int, int]
"""Group, regime of break rules, clock, day and headcount rows: with these options earn the same."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Agents that are alike in everything the best week looks at; ``agent`` is the first of them."""

    agents: tuple[int, ...]
    group: int
    rows: tuple[int, ...]

    @property
    def agent(self) -> int:
        """The one whose week is looked at."""
        return self.agents[0]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.agents)


def kinds_of(tables: Tables, plans: Plans, rows: dict[RowKey, int]) -> list[Kind]:
    """Sort the agents by kind; ``rows`` numbers what their options earn, and is filled."""
    looks, heads = looks_of(tables), tables.heads.of_agent
    members: dict[tuple[int, ...], list[int]] = {}
    for agent in range(len(tables.held)):
        key = (
            int(looks[agent]),
            int(tables.zone[agent]),
            int(plans.plan_of[agent]),
            int(plans.first_state[agent]),
            int(plans.ready[agent]),
        )
        members.setdefault(key, []).append(agent)
    kinds = []
    for alike in members.values():
        agent = alike[0]
        group, zone = int(tables.staffing.group[agent]), int(tables.zone[agent])
        places = tuple(
            rows.setdefault(
                (group, int(tables.regime[agent, day]), zone, day, int(heads[agent])),
                len(rows),
            )
            for day in range(tables.problem.grid.days)
        )
        kinds.append(Kind(tuple(alike), group, places))
    return kinds
