"""One worker's roster in the compiled core, with the few things Python does to it."""

import ctypes
from typing import Any, Final

import numpy as np

from scheduler.domain.results.roster import Roster
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.goals.steering import GoalSteering
from scheduler.engine.instance.break_layouts import MOST_BREAKS
from scheduler.engine.instance.instance import Instance
from scheduler.engine.instance.roster_arrays import FREE, Cost, Snapshot, snapshot_of
from scheduler.engine.kernel.arrays import Float64Array, Int32Array
from scheduler.engine.kernel.bindings import MOVE_COUNTERS, STATE_FIELDS, StateStruct, exports, fill
from scheduler.engine.local_search.placed_work import PlacedWork
from scheduler.engine.local_search.scenario_charges import ScenarioCharges

NOBODY: Final[Int32Array] = np.zeros(0, np.int32)
MOVES = ("break", "start", "shift", "day", "pair", "trade", "block", "draw", "week")


class RosterState:
    """A roster under search. Not safe to share between threads; each worker has its own."""

    def __init__(self, instance: Instance, automata: WeekAutomata, seed: int) -> None:
        self.instance, self.automata = instance, automata
        model = instance.struct
        agents, days, slots = model.agents, model.days, model.slots
        words = np.random.SeedSequence(seed).generate_state(2, np.uint64)
        self.rng = np.random.default_rng(seed)
        scratch = slots + 1 + days * model.options + automata.scratch + (1 + model.groups) * model.skills
        self.arrays: dict[str, Any] = {
            "m": model,
            "full": model,
            "random": [int(words[0]) | 1, int(words[1])],
            "automaton": automata.addresses,
            "first_state": automata.first_state,
            "ready": automata.ready,
            "option": np.full((agents, days), FREE, np.int32),
            "order": np.zeros((agents, days), np.int32),
            "at": np.zeros((agents, days, MOST_BREAKS), np.int32),
            "lay": np.zeros((agents, days)),
            "violation": np.zeros(agents),
            "own": np.zeros(agents),
            "staffed": np.zeros((slots, model.skills), np.int32),
            "allocated": np.zeros((slots, model.groups, model.skills), np.int32),
            "present": np.zeros((slots, max(1, model.caps)), np.int32),
            "heads": np.zeros((max(1, model.heads), days), np.int32),
            "total": np.zeros(len(model.kept["limit_price"]), np.int64),
            "add": np.zeros((model.groups, slots)),
            "drop": np.zeros((model.groups, slots)),
            "guide": np.zeros((model.skills, slots)),
            "head_guide": np.zeros((max(1, model.heads), days)),
            "sum_worth": np.zeros((days, model.options)),
            "goal_worth": np.zeros(max(1, model.goals)),
            "truth": 1.0,
            "scratch": np.zeros(scratch),
            "scratch_size": scratch,
            "tried": [0] * MOVE_COUNTERS,
            "taken": [0] * MOVE_COUNTERS,
            "drift": 0.0,
            "scenarios": 0,
            "charges": 0,
            **dict.fromkeys(
                ("charge_scenario", "charge_skill", "charge_over", "charge_at", "charge_price"),
            ),
            "beyond_average": None,
            "breakpoint_at": model.kept["breakpoint_at"],
        }
        self.placed = PlacedWork(instance.deferred) if instance.deferred else None
        if self.placed is not None:
            self.arrays["breakpoint_at"] = model.kept["breakpoint_at"].copy()
        self.goals = GoalSteering(instance) if instance.services.rows else None
        self.state = fill(StateStruct, STATE_FIELDS, self.arrays)
        self.here = ctypes.byref(self.state)
        self.load()

    def load(self) -> None:
        """Count the staffing of the present roster from nothing."""
        for name in ("staffed", "allocated", "present", "heads"):
            self.arrays[name][...] = 0
        exports().load(self.here)
        for group, first, last in self.instance.staffing.given:
            for slot in range(first, min(last, self.instance.slots.pad + self.instance.slots.inside)):
                exports().add_supply(self.here, slot, group)
        exports().refresh(self.here)

    def aim(self, guide: Float64Array) -> None:
        """Take what goals over a day or a week are worth from a guide; ``guide_by`` has to follow."""
        if self.goals is not None:
            self.goals.aim(guide)
            self.arrays["goal_worth"][:] = self.goals.worth

    def steer(self) -> None:
        """Let goals be worth more where the present roster misses them, and less where it does not."""
        if self.goals is not None:
            self.goals.steer(self.arrays["staffed"])
            self.arrays["goal_worth"][:] = self.goals.worth
            exports().refresh(self.here)

    def guide_by(self, guide: Float64Array, truth: float) -> None:
        """Search with staffing prices blended from a guide, a vector of prices, and the true ones."""
        shape = self.instance.shape
        self.arrays["guide"][...] = shape.staffing(guide)
        self.arrays["head_guide"][: shape.heads] = shape.headcounts(guide)
        self.state.truth = truth
        exports().refresh(self.here)
        if self.placed is not None and truth == 1.0:  # while prices lead, ``cost`` sees to it often enough
            self.placed.fit(self.here)

    def ease(self, model: Any | None) -> bool:
        """Search at the prices of this model from now on, or at full ones; returns whether they are eased.

        Costs are told at full prices either way.
        """
        leading = self.instance.struct if model is None else model
        if leading is not self.arrays["m"]:
            self.arrays["m"] = leading
            self.state.m = ctypes.addressof(leading)
            exports().refresh(self.here)
        return model is not None

    def lead_by_dearest(self, charges: ScenarioCharges) -> None:
        """From now on moves are judged by a roster's dearest scenario, and ``cost`` is what that one costs.

        Weeks and breaks are still proposed by what is best on average, and so are people allocated to skills.
        """
        fields = charges.arrays()
        self.arrays |= fields
        self.state.scenarios, self.state.charges = charges.scenarios, charges.count
        for name, array in fields.items():
            setattr(self.state, name, array.ctypes.data)
        exports().refresh(self.here)

    def moves(
        self,
        count: int,
        temperature: float,
        shares: Int32Array,
        agents: Int32Array = NOBODY,
        days: Int32Array = NOBODY,
    ) -> int:
        """Try elementary moves of these agents on these days, or of all; returns how many were accepted."""
        whose, when = (agents.ctypes.data, len(agents)), (days.ctypes.data, len(days))
        return int(exports().moves(self.here, count, temperature, shares.ctypes.data, *whose, *when))

    def improve_week(self, agent: int, only_better: bool = True) -> bool:
        """Give one agent the best week beside everybody else's; returns whether it was changed."""
        return bool(exports().improve_week(self.here, agent, int(not only_better)))

    def cost(self) -> Cost:
        """The present roster's true cost, as a recount gives it, whatever prices lead the search.

        Deferred work is placed anew. Where prices of a guide lead, they lead that too, and a recount may
        find a cheaper place.
        """
        if self.placed is not None:
            self.placed.fit(self.here)
        out = (ctypes.c_double * 5)()
        exports().cost(self.here, out)
        priced, short, own, breaks, excess = out
        if self.goals is not None:
            of_goals, short_of_goals = self.goals.cost(self.arrays["staffed"])
            priced, short = priced + of_goals, short + short_of_goals
        dearer = float(self.arrays["beyond_average"].max()) if self.state.scenarios else 0.0
        return Cost(total=round(priced + own + breaks + dearer), short=round(short), excess=round(excess))

    def snapshot(self) -> Snapshot:
        """A copy of the roster."""
        return Snapshot(*(self.arrays[name].copy() for name in ("option", "order", "at")))

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a copy."""
        for name in ("option", "order", "at"):
            self.arrays[name][...] = getattr(snapshot, name)
        self.load()

    def go_back(self, snapshot: Snapshot) -> None:
        """Like ``restore``, but in a time that grows with what differs; prices stay as they are."""
        exports().go_back(
            self.here, *(getattr(snapshot, name).ctypes.data for name in ("option", "order", "at"))
        )

    def take(self, option: Int32Array, guide: Float64Array) -> Cost:
        """Go on from options without breaks, shape (agents, days), at true prices; returns their cost."""
        empty = {name: np.zeros_like(self.arrays[name]) for name in ("order", "at")}
        self.restore(Snapshot(option, **empty))
        self.guide_by(guide, 1.0)
        return self.cost()


def cost_of(instance: Instance, automata: WeekAutomata, roster: Roster) -> int:
    """What a roster costs; a wish for breaks is met wherever they lie so, whatever option the duty has."""
    state = RosterState(instance, automata, 0)
    state.restore(snapshot_of(instance, roster))
    return state.cost().total
