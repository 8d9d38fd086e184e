"""A plan of hiring counted again, class by class and week by week, from the year and the starts alone.

Shares nothing with the search but the facts. Formulas are those of :mod:`scheduler.domain.facts.capacity`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scheduler.domain.facts.capacity import BEYOND_FLOOR_FACTOR, PERSON, WHOLE, CapacityYear, SkillYear
from scheduler.domain.results.hiring import ClassStart, HiringCosts, SkillWeek
from scheduler.texts import text


def hiring_faults(year: CapacityYear, starts: Sequence[ClassStart]) -> list[str]:
    """What a plan may not be, as sentences."""
    faults = []
    by_name = {skill.name: skill for skill in year.skills}
    for one in starts:
        terms = by_name[one.skill].terms
        least, most = one.classes * terms.least_people, one.classes * terms.most_people
        if not 1 <= one.classes <= terms.most_started or not least <= one.people <= most:
            faults.append(text("{skill}: {people} people start in {classes} classes, against their sizes.",
                               skill=one.skill, people=one.people, classes=one.classes))  # fmt: skip
        if not 0 <= one.week < year.weeks or (year.may_start and not year.may_start[one.week]):
            faults.append(text("{skill}: a class starts in week {week}, where none may.",
                               skill=one.skill, week=one.week + 1))  # fmt: skip
    for skill in year.skills:
        weeks = sorted(one.week for one in starts if one.skill == skill.name)
        apart = max(1, len(skill.terms.learning_curve), skill.terms.weeks_between)
        if any(then - before < apart for before, then in pairwise(weeks)):
            faults.append(text("{skill}: two starts are less than {weeks} weeks apart.",
                               skill=skill.name, weeks=apart))  # fmt: skip
    for week in range(year.weeks):
        room = year.rooms(week)
        taken = sum(
            one.classes
            for one in starts
            if one.week <= week < one.week + by_name[one.skill].terms.training_weeks
        )
        if room is not None and taken > room:
            faults.append(text("{taken} classes are in training in week {week}, with room for {room}.",
                               taken=taken, week=week + 1, room=room))  # fmt: skip
    return faults


def hiring_weeks(year: CapacityYear, starts: Sequence[ClassStart]) -> tuple[SkillWeek, ...]:
    """Who is needed and who is there, by skill and week."""
    return tuple(
        line
        for skill in year.skills
        for line in _weeks(skill, [one for one in starts if one.skill == skill.name])
    )


def hiring_costs(year: CapacityYear, starts: Sequence[ClassStart], lines: Sequence[SkillWeek]) -> HiringCosts:
    """What a plan costs, in hundredths of a cent, with the weeks of :func:`hiring_weeks`."""
    by_name = {skill.name: skill for skill in year.skills}
    floor = 0
    for line in lines:
        skill = by_name[line.skill]
        if skill.most_missing is not None:
            beyond = line.missing - line.needed * skill.most_missing // WHOLE
            floor += max(0, beyond) * BEYOND_FLOOR_FACTOR * skill.missing_week_cents(line.week)
    hiring = later = 0
    for one in starts:
        skill = by_name[one.skill]
        terms = skill.terms
        once = (terms.hire_cents * one.people + terms.class_cents * one.classes) * 100
        once += (
            sum(_class(skill, one.people, week) for week in range(terms.training_weeks))
            * skill.weekly_pay_cents
        )
        planned = max(0, min(terms.write_off_weeks, year.weeks - one.week - terms.training_weeks))
        hiring += once * planned // terms.write_off_weeks
        later += once - once * planned // terms.write_off_weeks
    return HiringCosts(
        sum(line.missing_cost for line in lines), floor, sum(line.wages for line in lines), hiring, later
    )


def _weeks(skill: SkillYear, starts: Sequence[ClassStart]) -> Iterator[SkillWeek]:
    """One skill's weeks: today's staff, newcomers by their age, and those past the curve as one number."""
    terms = skill.terms
    curve = len(terms.learning_curve)
    past = max(1, curve, terms.weeks_between)  # weeks after training in which a class is counted on its own
    known, hired = skill.staff, 0
    for week, needed in enumerate(skill.needed):
        if week:
            known, hired = _left(known, skill.attrition), _left(hired, skill.attrition)
        known = max(0, known + (skill.joiners[week] if skill.joiners else 0))
        training = learning = wages = 0
        productive = known
        for one in starts:
            age = week - one.week - terms.training_weeks  # weeks since the end of its training
            people = _class(skill, one.people, week - one.week) if week >= one.week else 0
            if age < 0:
                training += people
                continue
            wages += people * skill.weekly_pay_cents
            if age == past:
                hired += people
            elif age < past:
                share = terms.learning_curve[age] if age < curve else WHOLE
                learning += people
                productive += _half_up(people * share, WHOLE)
        productive += hired
        missing = max(0, needed - productive)
        yield SkillWeek(
            skill.name, week, needed, known, training, learning, hired, productive, missing,
            max(0, productive - needed), wages, missing * skill.missing_week_cents(week),
        )  # fmt: skip


def _class(skill: SkillYear, people: int, weeks: int) -> int:
    """Who of a class is there so many weeks after its start, in hundredths of a person."""
    there = people * PERSON
    newcomer_weeks = skill.terms.training_weeks + len(skill.terms.learning_curve)
    for week in range(weeks):
        there = _left(there, skill.terms.attrition if week < newcomer_weeks else skill.attrition)
    return there


def _left(people: int, attrition: int) -> int:
    return _half_up(people * (WHOLE - attrition), WHOLE)


def _half_up(amount: int, of: int) -> int:
    whole, rest = divmod(amount, of)
    return whole + (2 * rest >= of)
