"""How large automata may be: the time of a pricing call, and the memory and time that their tables take.

Both are estimated from counts, never measured, so that the same rules are carried on every machine.
"""

from dataclasses import dataclass, replace

import numpy as np

from scheduler.engine.automata.agent_classes import agent_classes_of
from scheduler.engine.automata.agent_groups import Group
from scheduler.engine.automata.layered_dfa import Automaton, joined
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import Int64Array


@dataclass(frozen=True)
class EstimatePolicy:
    """Parameters of the estimates, and of when a product is given up."""

    transition_nanoseconds: float = 6.5
    """Of a transition of the automaton in the dynamic programme. Measured on one machine."""
    axis_nanoseconds: float = 0.15
    """Of each point of the axis of next starts, on top. Measured on one machine."""
    work_factor: int = 6
    """Transitions of pairs that a product may look at, per transition that it may keep; in a sensible order
    of rules it needs fewer. Smaller, rules are left out of the automaton that would have fitted; larger, the
    build takes longer."""
    most_futile_work: int = 60_000_000
    """Transitions of pairs that may be spent on rules that do not fit. It bounds the time of building what is
    not used."""
    least_work: int = 1_000_000
    """Transitions of pairs that any product may look at. Small products are tried whatever the budget."""
    priced_weight: int = 3
    """Memory of a transition with a price, in units of one without."""


POLICY = EstimatePolicy()


@dataclass(frozen=True)
class Budget:
    """How large the automata of a problem may be."""

    pricing_nanoseconds: float = 0.5e9
    """What the best weeks of all agents may take together: half a second, as an ascent of some hundred
    pricing calls has to fit into a search of a minute or two. Larger carries more rules exactly and prices
    less often."""
    week_nanoseconds: float = 1e6
    """What each of them may take, where they are so many that this is more. The same trade-off."""
    transitions: int = 30_000_000
    """Transitions of all automata together, those with a price counted thrice. It bounds the memory of their
    tables, and the time of building them."""


FOR_PROOF = Budget()
"""What dual ascent prices with, in every search."""
FOR_DIVES = Budget(pricing_nanoseconds=4e9, week_nanoseconds=8e6, transitions=100_000_000)
"""Eight times as much, as weeks that break a rule which was left out are of no use to dives over everything:
with it the hours of nrp24 13 are carried, the weekends of 22 are not."""


def transition_time(axis: int) -> float:
    """Nanoseconds that a transition of an automaton takes in the dynamic programme, by estimate."""
    return POLICY.transition_nanoseconds + POLICY.axis_nanoseconds * axis


@dataclass(eq=False)
class Work:
    """The budget, and the work that was spent in vain.

    Parameters
    ----------
    agent_class
        Number of each agent such that agents of one number, in one state, have the same best week.
    futile_work
        Transitions of pairs that were spent on rules that did not fit.
    """

    agent_class: Int64Array
    budget: Budget = FOR_PROOF
    futile_work: int = 0

    @classmethod
    def of(cls, instance: Instance, budget: Budget = FOR_PROOF) -> "Work":
        """Before any rule is carried."""
        return cls(agent_classes_of(instance), budget)

    @property
    def most_time(self) -> float:
        """Nanoseconds that a pricing call may take."""
        return max(
            self.budget.pricing_nanoseconds, self.budget.week_nanoseconds * len(np.unique(self.agent_class))
        )

    def weeks(self, group: Group) -> int:
        """How many different best weeks the agents of a group have."""
        classes = self.agent_class[list(group.agents)].tolist()
        return len(set(zip(classes, group.automaton.start.tolist(), strict=True)))

    def time(self, group: Group) -> float:
        """Nanoseconds that they take, by estimate."""
        return max(1, group.automaton.transitions) * transition_time(group.axis) * self.weeks(group)

    def taken_up(self, groups: list[Group], rule: str) -> list[Group] | None:
        """The groups with one more rule carried; ``None`` where that exceeds the budget."""
        parts = [part for group in groups for part in group.parts(rule)]
        asked = [part for part in parts if part.is_asked(rule)]
        grown = [part for part in parts if not part.is_asked(rule)]
        time_left = self.most_time - sum(map(self.time, parts))
        transitions_left = self.budget.transitions - sum(_weight(part.automaton) for part in parts)
        yet_to_grow = [self.time(part) for part in asked]
        work = 0
        for part in asked:
            now = self.time(part)
            time_left, transitions_left = time_left + now, transitions_left + _weight(part.automaton)
            # each may take an equal share of the time left, or twice its share in proportion to its time now:
            # one more rule makes groups grow alike, and a rule that cannot fit is given up early
            share = max(time_left / len(yet_to_grow), 2 * time_left * now / sum(yet_to_grow))
            most_time = min(time_left, share) / (transition_time(part.axis) * self.weeks(part))
            singles = part.asked_by(rule)
            if singles is None:
                return None
            for single in singles:
                is_priced = part.automaton.price is not None or single.price is not None
                room = transitions_left / POLICY.priced_weight if is_priced else transitions_left
                most_transitions = int(min(most_time, room))
                futile_left = max(POLICY.least_work, POLICY.most_futile_work - self.futile_work)
                most_work = min(POLICY.work_factor * most_transitions, futile_left)
                automaton, spent = joined(part.automaton, single, most_work, most_transitions)
                work += spent
                if automaton is None:
                    self.futile_work += work
                    return None
                part = replace(part, automaton=automaton)
            time_left, transitions_left = (
                time_left - self.time(part),
                transitions_left - _weight(part.automaton),
            )
            del yet_to_grow[0]
            grown.append(part)
        return grown


def _weight(automaton: Automaton) -> int:
    return automaton.transitions * (1 if automaton.price is None else POLICY.priced_weight)
