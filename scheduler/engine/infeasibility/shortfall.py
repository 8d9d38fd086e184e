"""Why hard staffing limits cannot all be kept at once, and what keeps people away.

The proof is the Lagrangian bound of a week in which only what the limits lack has a price. A second opinion
has to agree before anything is told: CP-SAT, asked of each agent whether any legal week has a duty there,
where that already says that too few can come; the sum of everybody's hours; or the verifier, which recounts
the bound of the same week where nothing has a price.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from scheduler.domain.results.certificate import Certificate
from scheduler.domain.values.grid import MINUTES_PER_HOUR, TimeGrid
from scheduler.domain.values.words import counted, listed
from scheduler.engine.automata.agent_automata import WeekAutomata
from scheduler.engine.bound.certificate import certify
from scheduler.engine.bound.crew_disjunction import CrewBound, CrewPace
from scheduler.engine.bound.lagrangian import Lagrangian
from scheduler.engine.bound.subgradient_adam import SubgradientAscent
from scheduler.engine.infeasibility.asked_and_could import worst_interval
from scheduler.engine.infeasibility.cp_sat_check import LegalWeek, legal_week
from scheduler.engine.infeasibility.next_step import places_of
from scheduler.engine.infeasibility.sums import clashing_sum
from scheduler.engine.instance.compile import compile_instance
from scheduler.engine.instance.instance import Instance
from scheduler.engine.kernel.arrays import BoolArray, Float64Array
from scheduler.engine.run.result import BoundAboveZero, Shortfall
from scheduler.model import AgentRule, Rule, RuleBook
from scheduler.texts import text, text_n

LACKING_PRICE = 60_000
"""Price of an agent-slot that a hard limit lacks where nothing else has a price, in sixtieths of a cent: ten
units of currency."""


@dataclass(frozen=True)
class ShortfallPolicy:
    """Parameters of what is proven and told."""

    most_places: int = 3
    """Days or periods that are named of each headcount row or skill. More would make the message too long to
    act on; all places are on the sheets."""
    dear_fraction: float = 0.5
    """A place is named where its price is above this fraction of the dearest. Lower, places that lack nothing
    are named beside the true ones; higher, some that lack people are left out."""
    proof_iterations: int = 400
    """Of the ascent of a proof. More prove narrower shortages and take longer before a planner hears of
    any."""
    proven_fraction: float = 0.5
    """Fraction of one lacking agent-slot from which a bound proves that something is lacking. Whole people
    are lacking, so that any bound above 0 would do; half of one is far from rounding errors."""
    told_fraction: float = 0.1
    """Fraction of one lacking agent-slot from which a bound with crews is told. Any bound above 0 proves that
    something is lacking, and the verifier recounts it exactly; a smaller one would be shown as 0."""
    told_apart_fraction: float = 0.01
    """Fraction of one lacking agent-slot: the proof needs a place if its bound falls by more without it. Far
    above rounding errors, far below what one person is worth."""
    premium_iterations: int = 100
    """For the premiums of crews, as the bound with crews needs them."""
    size_iterations: int = 150
    """For the prices of a crew's sizes: more than that bound has, as half of what they prove is not enough
    here."""
    most_classes: int = 40
    """Of like agents who are asked one by one whether they could come. Each is one deletion filter: more
    explain more, and take as much longer."""
    most_agents: int = 6
    """People who are named where too few can come. More would make the sentence too long to act on."""


POLICY = ShortfallPolicy()


def shortfall_of(instance: Instance, enough: Callable[[], bool]) -> Shortfall | None:
    """Why hard staffing limits cannot all be kept at once; ``None`` if that is not proven.

    The Lagrangian bound with nothing priced but what hard limits lack says how many agent-hours every roster
    lacks. At night it may find nothing lacking, as 2.3 people cover there what takes three; the bound with
    crews then says how many lack.
    """
    limits = [one for one in instance.staffing.breakpoints if one.hard]
    headcounts = [one for one in instance.heads.breakpoints if one.hard]
    if not limits and not headcounts:
        return None
    lagrangian = _lacking(instance, (rule for rule in instance.rules.rules if rule.is_must))
    low, high = lagrangian.box()
    ascent = SubgradientAscent.start(lagrangian, (low + high) / 2)
    proven = POLICY.proven_fraction * LACKING_PRICE
    ascent.ascend_iterations(POLICY.proof_iterations, lambda: ascent.bound >= proven or enough())
    certificate = certify(lagrangian, ascent.prices)
    if ascent.bound < proven:
        crews = CrewBound(lagrangian.instance, lagrangian.automata)
        pace = CrewPace.counted(POLICY.premium_iterations, POLICY.size_iterations)
        certificate = crews.certificate(certificate, ascent.prices, pace, enough)
    if certificate.bound < POLICY.told_fraction * LACKING_PRICE:
        return None
    return _Proven(instance, lagrangian, ascent.prices, certificate, enough).shortfall()


@dataclass(frozen=True, eq=False)
class _Proven:
    """A proven shortfall: prices at which the bound says that something is lacking."""

    instance: Instance
    lagrangian: Lagrangian
    prices: Float64Array
    certificate: Certificate
    enough: Callable[[], bool]

    def shortfall(self) -> Shortfall:
        """One sentence, of which CP-SAT or a sum is sure too, or the proof for the verifier beside it."""
        could, proof = self.too_few_can_come(), None
        if could is None and (summed := clashing_sum(self.instance)):
            return Shortfall((summed,))
        if could is None:
            told, proof = self.lacking(), self.proof()
        else:
            told = could.sentence
        kept = self.kept_away()
        parts = (told, _in_words(kept), _next_step(self.asking, kept, could))
        return Shortfall((" ".join(part for part in parts if part),), proof)

    def proof(self) -> BoundAboveZero:
        """The bound at the same prices of the week where limits stay hard and nothing has a price."""
        musts = tuple(rule for rule in self.instance.rules.rules if rule.is_must)
        return BoundAboveZero(self.instance.problem.unpriced(), RuleBook(rules=musts), self.certificate)

    @cached_property
    def asking(self) -> list[Rule]:
        """The rules of the hard staffing limits."""
        instance = self.instance
        names = [one.rule for one in instance.staffing.breakpoints if one.hard]
        names += [one.rule for one in instance.heads.breakpoints if one.hard]
        by_name = {rule.name: rule for rule in instance.rules.rules}
        return [by_name[name] for name in dict.fromkeys(names)]

    @property
    def limits(self) -> str:
        """The hard staffing limits by name."""
        return ", ".join(f'"{rule.name}"' for rule in self.asking)

    def too_few_can_come(self) -> "_TooFew | None":
        """Where a minimum is above everybody who has any legal week with a duty there; CP-SAT says who."""
        instance, problem = self.instance, self.instance.problem
        if len(self.lagrangian.classes) > POLICY.most_classes:
            return None
        least = [one for one in instance.staffing.breakpoints if one.hard and not one.over]
        bare = self.lagrangian.instance
        for words, there in _dear_places(bare, self.prices):
            skills, slots = np.nonzero(bare.shape.staffing(there))
            if not len(skills):
                continue
            skill = int(skills[0])
            floors = [one.at for one in least if one.skill == skill]
            if not floors:  # too many have to come, where a maximum is below who is there already
                continue
            asked = np.max(floors, axis=0)
            slot = int(slots[asked[slots].argmax()])
            if self.lagrangian.given[:, slot].any():  # people of the last week are still there
                continue
            could = [
                problem.agents[number].name
                for one in self.lagrangian.classes
                if problem.skills[skill].name in problem.agents[one.agent].skills
                and (self.enough() or self.could_come(one.agent, slot))
                for number in one.agents
            ]
            if len(could) < asked[slot]:
                sentence = text_n(
                    "{limits}: {number} agent must be {place}, {but}.",
                    "{limits}: {number} agents must be {place}, {but}.",
                    int(asked[slot]),
                    limits=self.limits,
                    number=int(asked[slot]),
                    place=words,
                    but=_only(could),
                )
                return _TooFew(sentence, len(could))
        return None

    def could_come(self, number: int, slot: int) -> bool:
        """Whether an agent has a legal week with a duty in this slot, as far as CP-SAT can tell."""
        instance = self.instance
        alone = instance.problem.model_copy(update={"agents": (instance.problem.agents[number],)})
        own = tuple(rule for rule in instance.rules.rules if rule.is_must and isinstance(rule, AgentRule))
        instant = (slot - instance.slots.pad) * instance.slots.minutes
        week = legal_week(compile_instance(alone, RuleBook(rules=own)), at_work=instant)
        return week is not LegalWeek.EXCLUDED

    def lacking(self) -> str:
        """How much every roster lacks, and where."""
        bound, minutes = self.certificate.bound, self.instance.slots.minutes
        lacking = text("{bound:.2f} agent-hours", bound=bound / LACKING_PRICE * minutes / MINUTES_PER_HOUR)
        if any(one.hard for one in self.instance.heads.breakpoints):
            lacking = (
                text("{lacking}, or as many people,", lacking=lacking)
                if any(one.hard for one in self.instance.staffing.breakpoints)
                else counted(-int(-bound // LACKING_PRICE), "person", "people")
            )
        names, places = self.limits, "; ".join(self.where())
        staffing, heads = self.instance.staffing.breakpoints, self.instance.heads.breakpoints
        if any(one.hard and one.over for one in staffing) or any(one.hard and one.over for one in heads):
            return text(
                "{names}: every roster has at least {lacking} too few or too many. It hurts most {places}.",
                names=names,
                lacking=lacking,
                places=places,
            )
        said = text(
            "{names}: every roster lacks at least {lacking} of what must be there. It hurts most {places}.",
            names=names,
            lacking=lacking,
            places=places,
        )
        return " ".join(part for part in (said, self.asked_and_could()) if part)

    def asked_and_could(self) -> str:
        """How many are asked for at the worst interval of the dearest period, and how many could come."""
        bare = self.lagrangian.instance
        least = [one for one in self.instance.staffing.breakpoints if one.hard and not one.over]
        for _, place in _dear_places(bare, self.prices):
            skills, within = np.nonzero(bare.shape.staffing(place))
            floors = [one.at for one in least if len(skills) and one.skill == int(skills[0])]
            if floors:
                return worst_interval(self.instance, int(skills[0]), np.max(floors, axis=0), within)
        return ""

    def where(self) -> list[str]:
        """The places that the proof needs: without the prices of each, less is proven to be lacking."""
        crews = self.certificate.crews
        places = list(self.crew_places() if crews else self.dear_places())
        least = self.certificate.bound - POLICY.told_apart_fraction * LACKING_PRICE
        needed = [words for words, bound in places if self.enough() or bound() < least]
        return (needed or [words for words, _ in places])[: POLICY.most_places if crews else None]

    def dear_places(self) -> Iterator[tuple[str, Callable[[], float]]]:
        """Days and periods with the highest prices, and what is proven without these."""
        for words, there in _dear_places(self.lagrangian.instance, self.prices):
            yield words, partial(self.proven_at, np.where(there, 0.0, self.prices))

    def crew_places(self) -> Iterator[tuple[str, Callable[[], float]]]:
        """Periods of crews, those with the highest premiums first, and what is proven without that crew."""
        every, grid, minutes = self.certificate.crews, self.instance.problem.grid, self.instance.slots.minutes
        proven_by = self.proven_by(self.lagrangian)
        for crew in sorted(every, key=lambda one: -abs(one.premium)):
            others = tuple(one for one in every if one is not crew)
            known = self.certificate.model_copy(update={"crews": others})
            begin, end = crew.first_slot, crew.first_slot + len(crew.prices[0])
            yield (
                _period(grid, crew.skill, begin * minutes, end * minutes),
                partial(proven_by, known),
            )

    def proven_at(self, prices: Float64Array) -> float:
        """What other prices prove of this problem, without crews."""
        return self.lagrangian.at(prices, with_subgradient=False).bound

    def proven_by(self, lagrangian: Lagrangian) -> Callable[[Certificate], float]:
        """What these prices, and prices of crews, prove of a problem that has the same rows."""
        plain = certify(lagrangian, self.prices)
        if not self.certificate.crews:
            return lambda _: plain.bound
        crews = CrewBound(lagrangian.instance, lagrangian.automata)
        return lambda known: crews.renewed(plain, self.prices, known).bound

    def kept_away(self) -> Sequence[Rule]:
        """Rules of single people that suffice for the proof, which holds without any of the others."""
        musts = [rule for rule in self.instance.rules.rules if rule.is_must]
        kept = [rule for rule in musts if isinstance(rule, AgentRule) and not rule.is_one_duty_a_day]
        for rule in list(kept):
            if self.enough():
                return []
            fewer = [other for other in musts if other is not rule]
            lagrangian = _lacking(self.instance, fewer)
            if lagrangian.nothing().shape != self.prices.shape:
                continue
            if self.proven_by(lagrangian)(self.certificate) >= POLICY.proven_fraction * LACKING_PRICE:
                musts, kept = fewer, [other for other in kept if other is not rule]
        return kept


class _TooFew(NamedTuple):
    """That too few can come, and how many could."""

    sentence: str
    could: int


def _in_words(kept: Sequence[Rule]) -> str:
    """The rules from which a shortage follows."""
    rules = " ".join(f'"{rule.name}" ({rule.sentence.removesuffix(".")}).' for rule in kept)
    return text("That follows from these rules already: {rules}", rules=rules) if kept else ""


def _next_step(asking: Sequence[Rule], kept: Sequence[Rule], few: _TooFew | None) -> str:
    """What to change, and to what."""
    asked = places_of(asking)
    ask = (
        text("Change {asked} there", asked=asked)
        if few is None
        else text("Set {asked} to {number} or less there", number=few.could, asked=asked)
        if few.could
        else text("Set {asked} to 0 there", asked=asked)
    )
    if not kept:
        return text("{ask}, or plan with more people.", ask=ask)
    return text("{ask}, or change {places}.", ask=ask, places=places_of(kept))


def _lacking(instance: Instance, rules: Iterable[Rule]) -> Lagrangian:
    """The problem in which nothing has a price but what hard staffing limits lack, under these rules.

    It has the slots of the instance, whose limits it takes over: wishes may need finer ones than musts.
    """
    free = instance.problem.unpaid()
    bare = compile_instance(free, RuleBook(rules=tuple(rules)), instance.slots.minutes)
    limits = (one for one in instance.staffing.breakpoints if one.hard)
    headcounts = (one for one in bare.heads.breakpoints if one.hard)  # rows of these rules alone
    breakpoints = tuple(replace(one, hard=False, price=LACKING_PRICE) for one in limits)
    heads = tuple(replace(one, hard=False, price=LACKING_PRICE) for one in headcounts)
    bare = replace(
        bare,
        staffing=replace(bare.staffing, breakpoints=breakpoints),
        heads=replace(bare.heads, breakpoints=heads),
    )
    return Lagrangian(bare, WeekAutomata.of(bare))


def _only(names: list[str]) -> str:
    """That only these can come."""
    if not names:
        return text("but nobody can come")
    return text(
        "but only {number} can come: {names}", number=len(names), names=listed(names, POLICY.most_agents)
    )


def _dear_places(instance: Instance, prices: Float64Array) -> Iterator[tuple[str, BoolArray]]:
    """Days of headcounts and periods with the highest prices, and where in the prices they lie."""
    grid, pad = instance.problem.grid, instance.slots.pad
    by_day, heads = np.abs(instance.shape.headcounts(prices)), instance.heads.names
    for row, name in enumerate(heads):
        dear = by_day[row] > POLICY.dear_fraction * np.abs(prices).max()
        for day in np.flatnonzero(dear)[: POLICY.most_places].tolist():
            there = np.zeros(prices.shape, bool)
            instance.shape.headcounts(there)[row, day] = True
            yield text('on "{name}" on {day}', name=name, day=grid.date(day)), there
    inside = np.abs(instance.shape.staffing(prices)[:, pad : pad + instance.slots.inside])
    if not inside.any():
        return
    for k, skill in enumerate(instance.problem.skills):
        dear = inside[k] > POLICY.dear_fraction * inside.max()
        edges = np.flatnonzero(np.diff(np.concatenate([[0], dear.astype(int), [0]])))
        periods = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
        for first, last in periods[: POLICY.most_places]:
            there = np.zeros(prices.shape, bool)
            instance.shape.staffing(there)[k, pad + first : pad + last] = True
            minutes = instance.slots.minutes
            yield _period(grid, skill.name, first * minutes, last * minutes), there


def _period(grid: TimeGrid, skill: str, begin: int, end: int) -> str:
    """A period of a skill between two instants, in words."""
    return text(
        'on "{skill}" {begin:%a %Y-%m-%d %H:%M} to {end:%H:%M}',
        skill=skill,
        begin=grid.local(begin),
        end=grid.local(end),
    )
