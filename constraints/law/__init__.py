"""Presets of law: rules and breaks that a new workbook begins with, a file for each country or agreement.

A preset is data, to be read by anybody: what it asks for, the article, since when, when it was last looked
up and how sure that is. It is a beginning to be confirmed, and no legal advice. What its rows cannot say is
listed too. The folder ``vectors`` has duties at the edges of each, with what they break.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from constraints import CATALOGUE
from scheduler.domain import Break, BreakBand, Problem, RuleBalance
from scheduler.domain.facts.contract import PayPremium
from scheduler.domain.values.fields import Label, Minutes, MinutesOfDay, MinutesOfWeek, Name
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.words import WEEKDAYS
from scheduler.model import Rule, RuleBook
from scheduler.model.calendar.part_walks import PeriodRule
from scheduler.model.calendar.walks import ONE_DAY, part_start
from scheduler.texts import text

Confidence = Literal["A", "B", "C", "M"]
"""Official text read; union, court report, lawyer or trade page; several pages or public code that agree; not
confirmed."""


class LawEntry(Frozen):
    """What a preset has of a law, and where it comes from.

    Parameters
    ----------
    note
        What else the law says of it.
    """

    article: str
    confidence: Confidence
    valid_from: date | None = None
    valid_until: date | None = None
    checked_on: date
    note: str = ""

    @property
    def source(self) -> str:
        """Article, validity and how sure it is, as one line."""
        said = [self.article]
        if self.valid_from is not None:
            said.append(text("valid from {day}", day=self.valid_from))
        if self.valid_until is not None:
            said.append(text("valid until {day}", day=self.valid_until))
        said.append(text("checked on {day}", day=self.checked_on))
        said.append(_confidence_words(self.confidence))
        said += [self.note] if self.note else []
        return "; ".join(said)


class LawRow(LawEntry):
    """One rule of a preset.

    Parameters
    ----------
    strength
        ``off`` for what is legal only with consent on file; the note says what to do then.
    settings
        The rule's fields.
    is_by_periods
        Whether it is about periods that follow each other, the first of which begins with the week.
    """

    kind: str
    label: Label
    strength: Literal["must", "report", "off"]
    settings: Mapping[str, Any] = Field(default_factory=dict)
    only_days: tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...] = ()
    instead_of: Label = ""
    is_by_periods: bool = False

    def rule(self, first_day: date) -> Rule:
        """The rule of the catalogue for a week that begins on a day."""
        (known,) = (one for one in CATALOGUE if one.model_fields["kind"].default == self.kind)
        return known.model_validate(
            {
                **self.settings,
                **({"anchor": first_day} if self.is_by_periods else {}),
                "label": self.label,
                "strength": self.strength,
                "instead_of": self.instead_of,
                "source": self.source,
                "scope": {"weekdays": [n for n, day in enumerate(WEEKDAYS) if day[:3] in self.only_days]},
            }
        )


class LawPremium(LawEntry):
    """What a law has paid on top of the hour.

    Parameters
    ----------
    systems
        The systems in which it is so; empty is all of them.
    settings
        The premium's fields.
    """

    name: Name
    settings: Mapping[str, Any]
    systems: tuple[str, ...] = ()

    @property
    def premium(self) -> PayPremium:
        """The row of Premiums."""
        return PayPremium.model_validate({**self.settings, "name": self.name, "source": self.source})


class LawBreak(Frozen):
    """A break of a preset.

    Parameters
    ----------
    before_end
        How long before the shift ends the break has ended, at the latest; without it ``latest_start`` counts.
    """

    name: str
    minutes: MinutesOfDay
    paid: bool
    earliest_start: Minutes
    latest_start: Minutes | None = None
    before_end: Minutes | None = None
    step: MinutesOfDay = 5


class LawBand(Frozen):
    """The breaks of shifts whose elapsed length lies in a band."""

    from_minutes: Minutes
    to_minutes: MinutesOfDay = MINUTES_PER_DAY
    breaks: tuple[LawBreak, ...]

    def around(self, minutes: int) -> list[BreakBand]:
        """The band, cut in two where a length lies in it that has wider windows."""
        if self.from_minutes < minutes <= self.to_minutes:
            below, above = (
                self.between(self.from_minutes, minutes - 1),
                self.between(minutes, self.to_minutes),
            )
            if below.breaks != above.breaks:
                return [below, above]
        return [self.between(self.from_minutes, self.to_minutes)]

    def between(self, shortest: int, longest: int) -> BreakBand:
        """The breaks of shifts between two lengths of the band, with windows that fit the shortest."""
        return BreakBand(
            min_shift_minutes=shortest,
            max_shift_minutes=longest,
            breaks=tuple(
                Break(
                    name=one.name,
                    length_minutes=one.minutes,
                    paid=one.paid,
                    earliest_start=one.earliest_start,
                    latest_start=_latest(one, shortest),
                    step_minutes=one.step,
                )
                for one in self.breaks
            ),
        )


class WorkedHours(Frozen):
    """What the worked row of a new workbook has, where the usual day of 8 h does not fit."""

    length_minutes: MinutesOfDay
    min_paid_minutes: MinutesOfWeek | None = None
    max_paid_minutes: MinutesOfWeek | None = None


class Preset(Frozen):
    """A preset as it stands in its file.

    Parameters
    ----------
    also
        What else people may call it, in small letters: the country, in its own language too.
    systems
        The rows of each way of counting hours that may be chosen; the first is the usual one.
    breaks
        What a shift of some length has.
    premiums
        What is paid on top.
    left_out
        What the law asks for and no row says.
    """

    name: str
    title: str
    also: tuple[str, ...]
    systems: Mapping[str, tuple[LawRow, ...]]
    worked: WorkedHours | None = None
    breaks: tuple[LawBand, ...]
    premiums: tuple[LawPremium, ...] = ()
    left_out: tuple[str, ...]

    def premiums_of(self, system: str) -> tuple[PayPremium, ...]:
        """What is paid on top in a system."""
        return tuple(one.premium for one in self.premiums if not one.systems or system in one.systems)

    @property
    def usual_system(self) -> str:
        """The system that is taken where none is named."""
        return next(iter(self.systems))

    def breaks_of(self, shortest: int) -> tuple[BreakBand, ...]:
        """The breaks of shifts of every elapsed length, also of those that have none.

        Windows fit the shortest shift of their band. The shift at hand begins one, so that its breaks have
        all the room that it gives them.
        """
        if not self.breaks:
            return ()
        bands: list[BreakBand] = []
        covered = -1
        for band in self.breaks:
            if band.from_minutes > covered + 1:
                bands.append(
                    BreakBand(min_shift_minutes=covered + 1, max_shift_minutes=band.from_minutes - 1)
                )
            bands += band.around(shortest)
            covered = band.to_minutes
        return tuple(bands)


def preset_names() -> tuple[str, ...]:
    """The names of all presets."""
    names = (one.name for one in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def preset_named(name: str) -> Preset:
    """A preset, by its name."""
    return Preset.model_validate_json((files(__name__) / f"{name}.json").read_text(encoding="utf-8"))


def preset_called(name: str) -> Preset | None:
    """The preset of a name or a country, in any case; ``None`` where there is none."""
    wanted = name.strip().casefold()
    for one in map(preset_named, preset_names()):
        if wanted == one.name or wanted in one.also:
            return one
    return None


def applied(problem: Problem, rules: RuleBook, preset: Preset, system: str) -> tuple[Problem, RuleBook]:
    """A worked week under a preset: its rules in place of those of their kinds, its breaks, hours and pay."""
    rows = preset.systems[system]
    kinds = {row.kind for row in rows}
    kept = tuple(rule for rule in rules.rules if rule.kind not in kinds)
    if preset.worked is not None:
        problem = _of_length(problem, preset.worked)
    if preset.breaks:
        templates = tuple(
            one.model_copy(update={"breaks": preset.breaks_of(one.min_length)}) for one in problem.templates
        )
        problem = problem.model_copy(update={"templates": templates})
    premiums = (*problem.premiums, *preset.premiums_of(system))
    problem = problem.model_copy(update={"premiums": premiums})
    asked = tuple(row.rule(problem.grid.first_day) for row in rows)
    return _with_balances(problem, asked), RuleBook(rules=(*kept, *asked))


def _with_balances(problem: Problem, rules: tuple[Rule, ...]) -> Problem:
    """The worked week with nothing counted yet of its month or year, where rules look so far back."""
    as_of = problem.grid.first_day - ONE_DAY
    begun = [
        rule
        for rule in rules
        if isinstance(rule, PeriodRule) and rule.is_on and rule.counts_over in ("month", "quarter", "year")
        if part_start(problem, problem.grid.first_day, rule.counts_over) <= as_of
    ]
    nothing = tuple(
        RuleBalance(rule=rule.name, as_of=as_of, **({"minutes" if rule.unit == "hour" else "times": 0}))
        for rule in begun
    )
    agents = tuple(one.model_copy(update={"balances": (*one.balances, *nothing)}) for one in problem.agents)
    return problem.model_copy(update={"agents": agents}) if nothing else problem


def _of_length(problem: Problem, hours: WorkedHours) -> Problem:
    """The worked week with shifts of another length, which end when they ended before at the latest."""
    minutes = hours.length_minutes
    templates = tuple(
        one.model_copy(
            update={
                "min_length": minutes,
                "max_length": minutes,
                "latest_start": one.latest_start
                + max(0, one.max_length - minutes) // one.start_step * one.start_step,
            }
        )
        for one in problem.templates
    )
    bounds = hours.model_dump(exclude={"length_minutes"}, exclude_none=True)
    contracts = tuple(one.model_copy(update=bounds) for one in problem.contracts)
    agents = tuple(
        one.model_copy(
            update={
                "pins": tuple(
                    pin.model_copy(update={"length_minutes": pin.length_minutes and minutes})
                    for pin in one.pins
                )
            }
        )
        for one in problem.agents
    )
    return problem.model_copy(update={"templates": templates, "contracts": contracts, "agents": agents})


def _latest(one: LawBreak, shift_minutes: int) -> int:
    if one.before_end is None:
        return one.latest_start if one.latest_start is not None else one.earliest_start
    latest = shift_minutes - one.before_end - one.minutes
    if one.latest_start is not None:
        latest = min(latest, one.latest_start)
    return one.earliest_start + max(0, latest - one.earliest_start) // one.step * one.step


def _confidence_words(confidence: Confidence) -> str:
    match confidence:
        case "A":
            return text("A: official text read")
        case "B":
            return text("B: as unions, courts, lawyers or the trade say")
        case "C":
            return text("C: several pages agree")
        case "M":
            return text("M: not confirmed, confirm before use")
