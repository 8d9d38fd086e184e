"""Years that are drawn: small ones to go through every plan, and of 52 weeks as centres have them."""

from datetime import date
from math import pi, sin
from random import Random

from scheduler.domain.facts.capacity import PERSON, WHOLE, CapacityYear, HiringTerms, SkillYear

FIRST = date(2026, 1, 5)


def small_year(seed: int) -> CapacityYear:
    """Some weeks of one or two skills, with every part of a year now and then."""
    draw = Random(seed)
    weeks = draw.randint(4, 7)
    skills = []
    for number in range(draw.randint(1, 2)):
        curve, least = draw.randint(0, 2), draw.randint(1, 2)
        skills.append(
            SkillYear(
                name=f"Skill {number}",
                needed=tuple(draw.randint(100, 900) for _ in range(weeks)),
                shrinkage=tuple(draw.choice([200_000, 300_000]) for _ in range(weeks)),
                week_minutes=draw.choice([2280, 2400]),
                staff=draw.randint(0, 500),
                attrition=draw.choice([0, 10_000, 30_000]),
                joiners=draw.choice([(), tuple(draw.choice([0, 0, 100, -100]) for _ in range(weeks))]),
                pay_cents=draw.randint(500, 3000),
                missing_cents=draw.randint(500, 9000),
                most_missing=draw.choice([None, None, 200_000]),
                terms=HiringTerms(
                    training_weeks=draw.randint(1, 2),
                    learning_curve=(500_000, 800_000)[:curve],
                    least_people=least,
                    most_people=least + draw.randint(0, 1),
                    most_started=draw.randint(1, 2),
                    weeks_between=draw.randint(1, 2),
                    hire_cents=draw.choice([0, 1000, 50_000]),
                    class_cents=draw.choice([0, 20_000]),
                    attrition=draw.choice([0, 20_000]),
                    write_off_weeks=draw.choice([3, 8, 52]),
                ),
            )
        )
    return CapacityYear(
        first_week=FIRST,
        skills=tuple(skills),
        classes_at_once=draw.choice([(), tuple(draw.choice([1, 1, 2, None]) for _ in range(weeks))]),
        may_start=draw.choice([(), tuple(draw.random() < 0.8 for _ in range(weeks))]),
    )


def centre_year(seed: int, *, skills: int = 8, weeks: int = 52, rooms: int | None = 6) -> CapacityYear:
    """A year of a centre: each skill with a season, growth and attrition of its own.

    Staff needed is 25 to 250 a skill, attrition 20 to 55 % a year, training 3 to 8 weeks, a curve of 2 to 6;
    one or two classes of a skill may start in a week, and so many at once are in training in all.
    """
    draw = Random(seed)
    made = []
    for number in range(skills):
        attrition, training, curve = draw.uniform(0.004, 0.015), draw.randint(3, 8), draw.randint(2, 6)
        newcomers = attrition * draw.uniform(1, 3)
        begins = draw.uniform(0.4, 0.7)
        size, growth = draw.uniform(25, 250), draw.uniform(-0.1, 0.3)
        season, peak, least = draw.uniform(0.03, 0.2), draw.random() * weeks, draw.randint(4, 8)
        needed = [
            size
            * (1 + growth * week / weeks + season * sin(2 * pi * (week + peak) / weeks))
            * draw.gauss(1, 0.02)
            for week in range(weeks)
        ]
        pay = draw.randint(1400, 2400)
        made.append(
            SkillYear(
                name=f"Skill {number}",
                needed=tuple(round(PERSON * people) for people in needed),
                shrinkage=(300_000,) * weeks,
                week_minutes=38 * 60,
                staff=round(PERSON * needed[0] * draw.uniform(0.97, 1.06)),
                attrition=round(WHOLE * attrition),
                pay_cents=pay,
                missing_cents=round(pay * draw.uniform(1.4, 2.5) / 0.7),
                terms=HiringTerms(
                    training_weeks=training,
                    learning_curve=tuple(
                        round(WHOLE * (begins + (1 - begins) * at / curve)) for at in range(curve)
                    ),
                    least_people=least,
                    most_people=draw.randint(12, 20),
                    most_started=2,
                    hire_cents=draw.randint(100_000, 400_000),
                    class_cents=training * draw.randint(100_000, 180_000),
                    attrition=round(WHOLE * newcomers),
                ),
            )
        )
    return CapacityYear(
        first_week=FIRST, skills=tuple(made), classes_at_once=() if rooms is None else (rooms,) * weeks
    )
