"""A year of weeks for which people are hired: work, staff that is there, and the terms of hiring.

People are counted in hundredths, shares in millionths, money in cents, so that every figure of a plan is a
whole number that anybody can count again. From volumes to people, week by week (G. Koole, Call Center
Optimization, 2013, on workload, occupancy and shrinkage)::

    workload        = contacts × AHT / 3600                              hours of handling
    required hours  = workload / occupancy                               hours on duty
    staff needed    = required hours / (hours a week × (1 − shrinkage))  people at full productivity

A week is too coarse for a queue: what Erlang asks for beyond the workload stands in the occupancy. How staff
changes by attrition, training and a learning curve follows N. Gans and Y.-P. Zhou, Managing Learning and
Turnover in Employee Staffing, Operations Research 50(6), 2002.
"""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from scheduler.domain.values.calendar_fields import Day
from scheduler.domain.values.fields import Cents, Name, OneOrMore, Times
from scheduler.domain.values.frozen import Frozen
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_HOUR
from scheduler.texts import text

PERSON = 100
"""A person in the unit in which people are counted; rounding moves less than a hundredth a week."""
WHOLE = 1_000_000
"""All of something, as a share in millionths."""
MOST_WEEKS, MOST_TRAINING_WEEKS, MOST_CURVE_WEEKS = 160, 52, 26
"""Three years of weeks; a year of training; half a year until a newcomer works as fast as others."""
MOST_SKILLS, MOST_CLASS = 60, 100
"""Skills of a plan, and people of one class."""
MOST_STARTED = 5
"""Classes of one skill that may start in one week."""
MOST_STAFF = 20_000 * PERSON
"""Staff of one skill, in hundredths of a person."""
BEYOND_FLOOR_FACTOR = 99
"""How often the price of a missing hour is charged on top beyond ``most_missing``."""

Share = Annotated[int, Field(ge=0, le=WHOLE)]
Hundredths = Annotated[int, Field(ge=0, le=MOST_STAFF)]


class HiringTerms(Frozen):
    """How people for a skill are hired and trained.

    Parameters
    ----------
    training_weeks
        Weeks in training: paid, and not yet productive.
    learning_curve
        Share of full productivity in the first weeks after training, in millionths.
    least_people, most_people
        People of one class.
    most_started
        Classes that may start in one week.
    weeks_between
        Least weeks from one start to the next.
    hire_cents, class_cents
        What a person and a class cost once, beside wages.
    attrition
        Share of newcomers that leaves each week until the curve ends, in millionths.
    write_off_weeks
        Weeks from the first productive one over which hiring and training are written off.
    """

    training_weeks: Annotated[int, Field(ge=1, le=MOST_TRAINING_WEEKS)]
    learning_curve: Annotated[tuple[Share, ...], Field(max_length=MOST_CURVE_WEEKS)] = ()
    least_people: Annotated[int, Field(ge=1, le=MOST_CLASS)]
    most_people: Annotated[int, Field(ge=1, le=MOST_CLASS)]
    most_started: Annotated[int, Field(ge=1, le=MOST_STARTED)] = 1
    weeks_between: OneOrMore = 1
    hire_cents: Cents = 0
    class_cents: Cents = 0
    attrition: Share = 0
    write_off_weeks: OneOrMore = 52

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.least_people > self.most_people:
            raise ValueError(text("the least people of a class are more than the most"))
        return self

    def sizes(self, classes: int) -> range:
        """People who may start together in so many classes."""
        return range(classes * self.least_people, classes * self.most_people + 1)


class SkillYear(Frozen):
    """One skill's year.

    Parameters
    ----------
    needed
        Staff needed by week, at full productivity, in hundredths of a person.
    shrinkage
        Share of paid hours that is not worked on contacts, by week, in millionths.
    week_minutes
        Paid minutes a week of one person.
    staff
        Who is there in the first week, in hundredths of a person.
    attrition
        Share of them that leaves each week, in millionths.
    joiners
        People who are known to come (or, below 0, to leave) at the start of a week, in hundredths.
    pay_cents
        Pay of an hour.
    missing_cents
        Price of a productive hour that nobody works: overtime, an agency, or callers who are lost.
    most_missing
        Share of the staff needed that may be missing, in millionths; more is priced a hundredfold.
    """

    name: Name
    needed: tuple[Hundredths, ...]
    shrinkage: tuple[Share, ...]
    week_minutes: Annotated[int, Field(gt=0, le=DAYS_PER_WEEK * 24 * MINUTES_PER_HOUR)]
    staff: Hundredths
    attrition: Share = 0
    joiners: tuple[Annotated[int, Field(ge=-MOST_STAFF, le=MOST_STAFF)], ...] = ()
    pay_cents: Annotated[int, Field(ge=0, le=10**8)]
    missing_cents: Annotated[int, Field(ge=0, le=10**8)]
    most_missing: Share | None = None
    terms: HiringTerms

    @property
    def weekly_pay_cents(self) -> int:
        """What one person is paid a week."""
        return self.pay_cents * self.week_minutes // MINUTES_PER_HOUR

    def missing_week_cents(self, week: int) -> int:
        """What it costs that one person at full productivity is missing for a week."""
        worked = WHOLE - self.shrinkage[week]
        return self.missing_cents * self.week_minutes * worked // (MINUTES_PER_HOUR * WHOLE)

    def known_staff(self) -> tuple[int, ...]:
        """Who is there by week without any class that starts yet, in hundredths of a person."""
        there, weeks = self.staff, []
        for week in range(len(self.needed)):
            if week:
                there = remaining(there, self.attrition)
            there = max(0, there + (self.joiners[week] if self.joiners else 0))
            weeks.append(there)
        return tuple(weeks)


class CapacityYear(Frozen):
    """What a plan of hiring is made from.

    Parameters
    ----------
    first_week
        First day of the first week.
    classes_at_once
        Classes of all skills that may be in training at once, by week; ``None`` is as many as you like.
    may_start
        Whether a class may start, by week.
    """

    first_week: Day
    skills: Annotated[tuple[SkillYear, ...], Field(min_length=1, max_length=MOST_SKILLS)]
    classes_at_once: tuple[Times | None, ...] = ()
    may_start: tuple[bool, ...] = ()

    @model_validator(mode="after")
    def _is_of_one_length(self) -> Self:
        weeks = {len(one.needed) for one in self.skills}
        if len(weeks) > 1 or not 1 <= min(weeks) <= MOST_WEEKS:
            raise ValueError(text("every skill needs the same weeks, 1 to {most} of them", most=MOST_WEEKS))
        for series in (*(one.shrinkage for one in self.skills), *(one.joiners for one in self.skills),
                       self.classes_at_once, self.may_start):  # fmt: skip
            if series and len(series) != self.weeks:
                raise ValueError(text("a series has not as many weeks as the plan"))
        if len({one.name for one in self.skills}) < len(self.skills):
            raise ValueError(text("two skills have one name"))
        return self

    @property
    def weeks(self) -> int:
        """How many weeks are planned."""
        return len(self.skills[0].needed)

    def week(self, number: int) -> date:
        """First day of a week."""
        return self.first_week + timedelta(days=DAYS_PER_WEEK * number)

    def rooms(self, week: int) -> int | None:
        """Classes that may be in training in a week."""
        return self.classes_at_once[week] if self.classes_at_once else None


def remaining(people: int, attrition: int) -> int:
    """Who is still there a week later, in hundredths of a person, a half rounded up."""
    return (people * (WHOLE - attrition) * 2 + WHOLE) // (2 * WHOLE)
