"""What every rule is: a sentence with parameters, a scope and a strength.

A rule file subclasses :class:`AgentRule` or :class:`TeamRule`, adds its fields, says its demands as
limits and finds violations in a finished roster with ``check``, in another shape.
"""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import cycle
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from scheduler.domain.facts.problem import Agent, Problem
from scheduler.domain.findings.finding import Finding, Place
from scheduler.domain.results.outcome import Coverage, Violation
from scheduler.domain.results.roster import Roster
from scheduler.domain.values.docstrings import documented
from scheduler.domain.values.fields import Cents, Label
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import DAYS_PER_WEEK, MOST_DAYS_OF_MONTH
from scheduler.domain.values.money import each, hourly
from scheduler.domain.values.words import clock_words, hours_words
from scheduler.model.limits.kinds import Headcount, Limit, Service, Staffing
from scheduler.model.rules.scope import ON_DAYS, WHEN, Scope
from scheduler.texts import text


@documented
class Strength(StrEnum):
    """How hard a rule is."""

    MUST = "must"
    PREFER = "prefer"
    REPORT = "report"
    OFF = "off"


def spoken(field: str, value: object) -> str:
    """A parameter as a planner would say it: 660 ``rest_minutes`` is 11 h, 1380 ``since_clock`` is 23:00."""
    if isinstance(value, int) and field.endswith("minutes"):
        return hours_words(value)
    if isinstance(value, int) and field.endswith("clock"):
        return clock_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return text("any") if value is None else str(value)


class Rule(Frozen):
    """One rule of the book; the docstring's first line of a subclass is the sentence a planner would say."""

    unit: ClassVar[Literal["hour", "occurrence"]] = "occurrence"
    costs_as_staff: ClassVar[bool] = False
    """Whether what breaks it is paid for as missing and superfluous staff, not as a cost of the rule. Such
    a rule bounds from both sides, and what is too much is only priced, however strong it is."""
    is_one_duty_a_day: ClassVar[bool] = False
    """Whether it is the rule that a day holds one duty at most, which the search takes for granted."""
    is_inherent: ClassVar[bool] = False
    """Whether no roster can break it, by the way in which rosters are made and counted; then it demands
    nothing, and is checked all the same."""
    may_give_way: ClassVar[bool] = True
    """Whether the nearest roster may break it where a repair finds no legal one. It may not where a roster
    would mean nothing: nobody works who is away or may not, and breaks lie where the shift has them."""
    heeds: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Facts of the input that this rule alone looks at: where they stand, as ``agents.time_off``, and how a
    sentence on them begins, as ``time off is``."""
    rests_between: ClassVar[bool] = False
    """Whether it keeps people from starting soon after they ended."""
    template_fields: ClassVar[tuple[str, ...]] = ()
    """Fields of the rule that hold names of shift templates."""
    days_back_field: ClassVar[str] = ""
    """Field with a number of days: as many, and one more, before the first one matter to the rule."""
    carries_points: ClassVar[bool] = False
    """Whether what somebody had beyond their fair share before the horizon stands by its name."""
    period_field: ClassVar[str] = ""
    """Field that says what the rule counts over: where that is each month, a month before the first day
    matters to it."""
    scope_fields: ClassVar[tuple[str, ...]] = ("agents", "contracts", "teams", "skills", *WHEN)
    """Fields of the scope that the rule heeds; naming something in another is a fault."""
    day_fields: ClassVar[tuple[str, ...]] = ()
    """Fields whose minutes lie inside one day, where 30 cannot be hours."""
    break_fields: ClassVar[tuple[str, ...]] = ()
    """Fields whose minutes say how breaks lie inside a shift. They are multiples of five minutes, like all
    that breaks are laid by, and no shift can have two such rules of one kind that are only preferred."""

    kind: str = Field(description="Which rule of the catalogue it is.")
    label: Label = Field(
        default="", description="What reports call it; unique in a rule book. Empty takes the kind."
    )
    strength: Strength = Field(
        default=Strength.MUST,
        description="How hard it is: must is never broken, prefer is broken at its price, report is checked "
        "and told, but not planned for, off is not looked at.",
    )
    price: Cents | None = Field(
        default=None,
        description="Cents per unit of excess where it is only preferred: per hour for "
        "rules on lengths of time, else per occurrence.",
    )
    scope: Scope = Field(
        default_factory=Scope, description="For whom and when it holds; empty is everyone, always."
    )
    instead_of: Label = Field(
        default="",
        description="Name of a wider rule of the same kind that does not hold for whom this one covers, as "
        "rest agreed for one team. Empty where both hold.",
    )
    source: Label = Field(
        default="",
        description="Where the rule comes from: an article of law, an agreement. It is kept, and nothing is "
        "planned by it.",
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """The rule's schema; what every rule has is described once, here, also where a rule gives it anew."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        for name, field in Rule.model_fields.items():
            schema["properties"][name].setdefault("description", field.description)
        return schema

    @model_validator(mode="after")
    def _a_preference_has_its_price(self) -> "Rule":
        if self.strength is Strength.PREFER and self.price is None and self.needs_price:
            raise ValueError(
                text("a rule that is only preferred needs a price per hour")
                if self.unit == "hour"
                else text("a rule that is only preferred needs a price per occurrence")
            )
        return self

    @classmethod
    def example(cls, templates: Sequence[str] = ()) -> Self:
        """The rule as a planner might write it, of the ``examples`` that its fields give.

        Generated tests are made from it. A field without a default needs an example; one that has a default
        needs it where the rule asks for nothing without.

        Parameters
        ----------
        templates
            Names of shift templates for the ``template_fields``, one for each in turn, instead of their own.

        Raises
        ------
        TypeError
            If a field has neither a default nor an example.
        """
        given: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            if field.examples:
                given[name] = field.examples[0]
            elif field.is_required():
                raise TypeError(
                    f"{cls.__name__}.{name} has neither a default nor an example: Field(examples=[...])"
                )
        for name, template in zip(cls.template_fields, cycle(templates), strict=False):
            given[name] = (template,)
        return cls(**given)

    @property
    def needs_price(self) -> bool:
        """Whether ``prefer`` is meaningless without ``price``; the requirement has its prices elsewhere."""
        return True

    @property
    def name(self) -> str:
        """The label, or the kind where none was given."""
        return self.label or self.kind

    @classmethod
    def heeded(cls) -> frozenset[str]:
        """The facts that it alone looks at, as ``agents.time_off``."""
        return frozenset(fact for fact, _ in cls.heeds)

    @property
    def looks_at(self) -> frozenset[str]:
        """Those of the facts that it looks at with the settings that it has here."""
        return self.heeded()

    def limits_days(self, problem: Problem, agent: Agent) -> bool:
        """Whether it keeps somebody whom it covers from working every day of a week."""
        return False

    @property
    def is_must(self) -> bool:
        """Whether it may never be broken."""
        return self.strength is Strength.MUST

    @property
    def has_own_cost(self) -> bool:
        """Whether breaking it costs something, beside what missing and superfluous staff cost."""
        return self.strength is Strength.PREFER and not self.costs_as_staff

    @property
    def is_on(self) -> bool:
        """Whether it is looked at at all."""
        return self.strength is not Strength.OFF

    @property
    def is_planned(self) -> bool:
        """Whether rosters are planned by it: a search keeps it or pays for it, and its cost counts."""
        return self.strength in (Strength.MUST, Strength.PREFER)

    @property
    def looks_back_days(self) -> int:
        """How many days before the first one matter to it: a calendar week, unless the rule says more.

        How long somebody has been free counts from the last duty, however long ago that was.
        """
        days_back = getattr(self, self.days_back_field) + 1 if self.days_back_field else 0
        is_monthly = bool(self.period_field) and getattr(self, self.period_field) == "month"
        return max(MOST_DAYS_OF_MONTH if is_monthly else DAYS_PER_WEEK, days_back)

    @property
    def sentence(self) -> str:
        """The rule in words, with its parameters filled in."""
        return re.sub(r"``(\w+)``( \w+)?", self._with_its_noun, self.first_line())

    @classmethod
    def first_line(cls) -> str:
        """What the rule says, with its parameters between ````````."""
        return text((cls.__doc__ or "").strip().partition("\n")[0])

    def _with_its_noun(self, match: re.Match[str]) -> str:
        """A parameter and the word behind it, which is in the plural and loses its s behind a 1."""
        said, noun = spoken(match[1], getattr(self, match[1])), match[2] or ""
        return said + (noun.removesuffix("s") if said == "1" else noun)

    def cost_of(self, amount: int, price: Cents | None = None) -> int:
        """What an excess costs at ``price``, or else the rule's, in sixtieths of a cent.

        Nothing, unless the rule is a preference.
        """
        price = self.price if price is None else price
        if self.strength is not Strength.PREFER or price is None:
            return 0
        return hourly(price, amount) if self.unit == "hour" else each(price, amount)

    def must_keep(self, limit: Staffing | Headcount | Service) -> bool:
        """Whether a limit on the team is never broken; else its excess is priced.

        A must that costs as staff lets nobody be missing, and prices who is superfluous.
        """
        if isinstance(limit, Service):
            return self.is_must
        if isinstance(limit, Staffing) and limit.may_be_missed:
            return False
        return self.is_must and not (self.costs_as_staff and limit.at_least is None)

    def faults(self, problem: Problem) -> Iterator[Finding]:
        """What is wrong with the parameters themselves; each place is a path inside the rule."""
        yield from ()

    def bounds_nothing(self, field: str, hint: str) -> Finding:
        """The fault of a rule whose bounds are all left out, at the field that is most often meant."""
        return Finding(
            place=Place(path=(field,)),
            message=text('the rule "{rule}" bounds nothing.', rule=self.name),
            hint=hint,
        )

    def limits(self, problem: Problem) -> Iterator[Limit]:
        """What the rule demands, as plain data. Without any it can be reported, but not planned by."""
        yield from ()

    def points_after(self, problem: Problem, roster: Roster) -> Mapping[str, Fraction]:
        """What each agent has had beyond their fair share once a roster is worked, in the rule's unit.

        It stands by the rule's name in the next horizon; empty where the rule shares nothing out.
        """
        return {}

    def told(self, problem: Problem, roster: Roster) -> str:
        """What reports say of a finished roster beside what is broken; empty is nothing."""
        return ""

    def violation(
        self,
        amount: int,
        sentence: str,
        *,
        agent: str | None = None,
        days: tuple[int, ...] = (),
        price: Cents | None = None,
    ) -> Violation:
        """A violation of this rule by ``amount`` units (minutes where the unit is the hour).

        ``price`` is in cents per unit, where it is not the rule's.
        """
        return Violation(
            rule=self.name,
            must=self.is_must,
            reported=not self.is_planned,
            agent=agent,
            days=days,
            amount=amount,
            cost=self.cost_of(amount, price),
            sentence=sentence,
        )


EVERY_DAY_SCOPE = tuple(field for field in Rule.scope_fields if field not in ON_DAYS)
"""Fields of the scope for rules that look at days in a row, among which none can be left out."""


class AgentRule(Rule):
    """A rule on each agent's own duties."""

    breaks_for_good: ClassVar[Literal["days", "times", ""]] = ""
    """Whether no further duty mends what breaks it: by the days that are worked, or by times as well."""
    asks_by_team: ClassVar[bool] = False
    """Whether what it asks of each depends on who else there is, as a share of something does."""

    @abstractmethod
    def check(self, problem: Problem, roster: Roster) -> Iterator[Violation]:
        """Every violation in a finished roster."""


class TeamRule(Rule):
    """A rule on how many are at work together."""

    @abstractmethod
    def check(self, problem: Problem, roster: Roster, coverage: Coverage) -> Iterator[Violation]:
        """Every violation in a finished roster with its counted coverage."""
