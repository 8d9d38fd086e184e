"""What plans may cost: the time of all best weeks together, and the memory and time that their tables take.

Costs are reckoned, never measured, so that the same rules are carried every time and everywhere.
"""

from dataclasses import dataclass, replace

import numpy as np

from scheduler.engine.arrays import Int64Array
from scheduler.engine.automata.agent_groups import Group
from scheduler.engine.automata.layered_dfa import Automaton, joined
from scheduler.engine.instance.agent_classes import agent_classes_of
from scheduler.engine.instance.instance import Tables

STEP, AXIS_STEP = 6.5, 0.15
"""About how many nanoseconds a step of an automaton takes in a best week, and each step of its axis more."""
MOST_MERGED = 6
"""Steps of pairs looked at for each that is left; in a sensible order of rules it is less."""
MOST_FUTILE, LEAST_LOOK = 60_000_000, 1_000_000
"""Steps of pairs looked at for rules that did not fit; then no join may look at more than a few."""


@dataclass(frozen=True)
class Budget:
    """How large plans may be.

    Parameters
    ----------
    evaluation, week
        Nanoseconds that the best weeks of all agents may take together, or each of them where they are many.
    steps
        Of all automata together, those with a price thrice.
    """

    evaluation: float
    week: float
    steps: int


FOR_PROOF = Budget(evaluation=0.5e9, week=1e6, steps=30_000_000)
FOR_DIVES = Budget(evaluation=4e9, week=8e6, steps=100_000_000)
"""Weeks that break a rule which was left out are of no use to dives over everything."""


def step_time(axis: int) -> float:
    """About how many nanoseconds a step of an automaton takes in a best week."""
    return STEP + AXIS_STEP * axis


@dataclass(eq=False)
class Work:
    """What is done and what is left to do.

    Parameters
    ----------
    look
        Number of each agent such that agents of one number, in one state, have the same best week.
    futile
        Steps of pairs looked at for rules that did not fit.
    """

    look: Int64Array
    budget: Budget = FOR_PROOF
    futile: int = 0

    @classmethod
    def of(cls, tables: Tables, budget: Budget = FOR_PROOF) -> "Work":
        """Before any rule is taken up."""
        return cls(agent_classes_of(tables), budget)

    @property
    def most_time(self) -> float:
        """Nanoseconds that an evaluation may take."""
        return max(self.budget.evaluation, self.budget.week * len(np.unique(self.look)))

    def weeks(self, group: Group) -> int:
        """How many different best weeks the agents of a group have."""
        looks = zip(self.look[list(group.agents)].tolist(), group.automaton.start.tolist(), strict=True)
        return len(set(looks))

    def time(self, group: Group) -> float:
        """Nanoseconds that they take."""
        return max(1, group.automaton.steps) * step_time(group.axis) * self.weeks(group)

    def taken_up(self, groups: list[Group], rule: str) -> list[Group] | None:
        """The groups when they hold to one more rule; ``None`` where that is too much."""
        parts = [part for group in groups for part in group.parts(rule)]
        asked = [part for part in parts if part.is_asked(rule)]
        grown = [part for part in parts if not part.is_asked(rule)]
        time_left = self.most_time - sum(map(self.time, parts))
        steps_left = self.budget.steps - sum(_weight(part.automaton) for part in parts)
        yet_to_grow = [self.time(part) for part in asked]
        work = 0
        for part in asked:
            now = self.time(part)
            time_left, steps_left = time_left + now, steps_left + _weight(part.automaton)
            # each may take an equal share, or twice what is in proportion to the time it takes now: parts
            # that hold to one more rule grow alike, and what cannot fit in the end is soon given up
            share = max(time_left / len(yet_to_grow), 2 * time_left * now / sum(yet_to_grow))
            most_time = min(time_left, share) / (step_time(part.axis) * self.weeks(part))
            singles = part.asked_by(rule)
            if singles is None:
                return None
            for single in singles:
                is_priced = part.automaton.price is not None or single.price is not None
                most_steps = int(min(most_time, steps_left / 3 if is_priced else steps_left))
                most_work = min(MOST_MERGED * most_steps, max(LEAST_LOOK, MOST_FUTILE - self.futile))
                automaton, looked_at = joined(part.automaton, single, most_work, most_steps)
                work += looked_at
                if automaton is None:
                    self.futile += work
                    return None
                part = replace(part, automaton=automaton)
            time_left, steps_left = time_left - self.time(part), steps_left - _weight(part.automaton)
            del yet_to_grow[0]
            grown.append(part)
        return grown


def _weight(automaton: Automaton) -> int:
    return automaton.steps * (1 if automaton.price is None else 3)
