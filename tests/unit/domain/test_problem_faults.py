"""What is wrong with the facts themselves, wherever they came from."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.facts.problem import (
    Agent,
    Break,
    BreakBand,
    Contract,
    Demand,
    Headcount,
    Pin,
    Problem,
    ShiftTemplate,
    ShiftWish,
    Skill,
    TimeOff,
    Window,
    WorkedDuty,
)
from scheduler.io.input.templates.template import worked_example
from tests.unit.tiny import tiny_problem

MONDAY = date(2024, 3, 4)


def changed(**changes: Any) -> Problem:
    return worked_example(MONDAY).model_copy(update=changes)


def agent(**changes: Any) -> Problem:
    """The worked example with an agent who is free of everything but these facts."""
    facts = {"name": "Ada", "contract": "Full time", "skills": ("English",), **changes}
    return changed(agents=(Agent(**facts),))


def told(problem: Problem) -> list[str]:
    return [str(fault) for fault in problem_faults(problem)]


def at(day: int, clock: int) -> datetime:
    return datetime(2024, 3, 4) + timedelta(days=day, minutes=clock)


def test_the_worked_example_is_sound() -> None:
    assert told(worked_example(MONDAY)) == []


def test_time_off_that_is_paid_for_more_than_a_year() -> None:
    # five thousand such absences came to more than the search keeps in 32 bits: an OverflowError
    year = 12 * 31 * 1440
    off = [
        TimeOff(start=at(day, 0), end=at(day + 1, 0), paid_minutes=minutes)
        for day, minutes in enumerate((year - 1, 1, 1))
    ]
    found = told(agent(time_off=tuple(off[:2])))
    odd = ("is paid longer", "less than one hour", "are not away", "few paid hours")
    assert all(any(words in line for words in odd) for line in found)
    (fault,) = told(agent(time_off=tuple(off)))
    assert fault.startswith(
        "agents.0.time_off.2.paid_minutes  time off of Ada: up to here 8928 h 1 min are paid"
    )


def test_demand_of_the_wrong_length() -> None:
    assert told(changed(demand=(Demand(skill="English", required=(1, 2)),))) == [
        'demand.0.required  required of skill "English" has 2 numbers, but the horizon has 336 intervals.'
    ]


def test_a_minimum_above_the_maximum() -> None:
    demand = Demand(
        skill="English", required=(1,) * 336, minimum=(0, 3, *(0,) * 334), maximum=(None, 2, *(None,) * 334)
    )
    assert told(changed(demand=(demand,))) == [
        "demand.0.minimum.1  English: the minimum 3 is more than the maximum 2. Lower the minimum, or raise "
        "the maximum."
    ]


def test_a_skill_without_demand_and_one_without_agents() -> None:
    skills = (Skill(name="English"), Skill(name="French"))
    assert told(changed(skills=skills)) == [
        'skills.1.name  skill "French" has no demand. Give it one for every interval; 0 where nobody is '
        "needed."
    ]
    demand = (*worked_example(MONDAY).demand, Demand(skill="French", required=(2,) * 336, minimum=(1,) * 336))
    faults = problem_faults(changed(skills=skills, demand=demand))
    # two agents through 168 hours
    assert [str(fault) for fault in faults] == [
        'demand.1  nobody has skill "French": all of its 336 agent-hours will be missing.',
        "demand.1.minimum.0  French: a minimum of 1 is asked for, but only 0 agents have the skill.",
    ]
    assert not any(fault.is_error for fault in faults)


def test_steps_that_miss_the_end_are_warned_of() -> None:
    template = ShiftTemplate(
        name="Day", earliest_start=480, latest_start=610, start_step=30, min_length=510, max_length=520
    )
    faults = problem_faults(changed(templates=(template,)))
    assert [str(fault) for fault in faults if "any break" not in fault.message] == [
        'templates.0.latest_start  shift "Day": the latest start 10:10 is not on the step; 10:00 is the last '
        "that is planned.",
        'templates.0.max_length  shift "Day": the max length 8 h 40 min is not on the step; 8 h 30 min is '
        "the last that is planned.",
    ]
    assert not any(fault.is_error for fault in faults)


def breaks(*pauses: Break, **lengths: Any) -> Problem:
    template = ShiftTemplate(
        name="Day", earliest_start=480, latest_start=600, min_length=510, max_length=510,
        breaks=(BreakBand(breaks=pauses, **lengths),),
    )  # fmt: skip
    return agent().model_copy(update={"templates": (template,)})


@pytest.mark.parametrize(
    ("measured_from", "earliest", "latest", "sound"),
    [
        # a shift of 510 minutes holds a break of 30 that begins at 480 exactly
        ("start", 480, 600, True),
        ("start", 485, 600, False),
        # 30 minutes before the end it just fits, 25 before it does not
        ("end", 60, 0, True),
        ("end", 25, 0, False),
        # at 12:00 every shift is on: they start from 08:00 to 10:00; at 09:00 those from 09:15 on are not
        ("clock", 720, 720, True),
        ("clock", 540, 540, False),
    ],
)
def test_a_break_must_find_its_window_inside_every_shift(
    measured_from: Any, earliest: int, latest: int, sound: bool
) -> None:
    pause = Break(
        name="Meal",
        length_minutes=30,
        measured_from=measured_from,
        earliest_start=earliest,
        latest_start=latest,
    )
    faults = problem_faults(breaks(pause))
    assert [fault.place.path for fault in faults] == (
        [] if sound else [("templates", 0, "breaks", 0, "breaks", 0, "earliest_start")]
    )


def test_windows_measured_from_the_end_that_are_reversed() -> None:
    pause = Break(name="Late", length_minutes=15, measured_from="end", earliest_start=60, latest_start=120)
    assert told(breaks(pause)) == [
        'templates.0.breaks.0.breaks.0.latest_start  break "Late" of shift "Day": the latest start is '
        "before the "
        "earliest. Measured from the end, the larger number is the earliest."
    ]


def test_two_breaks_in_either_order_may_share_a_window() -> None:
    one = Break(name="One", length_minutes=30, earliest_start=240, latest_start=240)
    other = Break(name="Other", length_minutes=30, earliest_start=210, latest_start=210)
    assert told(breaks(one, other)) == []


def test_breaks_of_lengths_that_the_shift_never_has() -> None:
    pause = Break(name="Meal", length_minutes=30, earliest_start=120, latest_start=240)
    fault, none_at_all = problem_faults(breaks(pause, max_shift_minutes=300))
    assert "no shift has any break" in none_at_all.message
    assert not fault.is_error
    assert fault.message == 'no length of shift "Day" lies between 0 min and 5 h.'


def test_breaks_of_lengths_that_the_shift_may_get_one_day_are_no_mistake() -> None:
    pause = Break(name="Meal", length_minutes=30, earliest_start=120, latest_start=240)
    bands = (BreakBand(max_shift_minutes=300), BreakBand(min_shift_minutes=301, breaks=(pause,)))
    (template,) = agent().templates
    week = agent().model_copy(update={"templates": (template.model_copy(update={"breaks": bands}),)})
    assert told(week) == []


def hours(least: int | None, most: int | None, **facts: Any) -> Problem:
    contract = Contract(
        name="Full time", pay_per_hour=2000, min_paid_minutes=least, max_paid_minutes=most, templates=("Day",)
    )
    return agent(**facts).model_copy(update={"contracts": (contract,)})


@pytest.mark.parametrize(
    ("least", "most", "sound"),
    [
        (56 * 60, None, True),  # seven days of 8 paid hours, exactly
        (56 * 60 + 1, None, False),
        (2400, 2400, True),  # five days
        (2310, 2310, False),  # 38.5 h: between four days and five
        (2310, 2400, True),
        (None, 60, True),  # a maximum alone can always be kept
    ],
)
def test_weekly_hours_must_be_a_sum_of_shifts(least: int | None, most: int | None, sound: bool) -> None:
    faults = problem_faults(hours(least, most))
    assert [fault.place.path for fault in faults if fault.is_error] == (
        [] if sound else [("contracts", 0, "min_paid_minutes")]
    )


def test_least_hours_of_a_month_are_told_at_their_own_cell() -> None:
    # 160 beside a most of 40 was told at the most, which was right
    least, most = (
        next(
            one for one in problem_faults(hours(hour * 60, 40 * 60)) if "fewer than the fewest" in one.message
        )
        for hour in (160, 48)
    )
    assert least.place.path[-1] == "min_paid_minutes" and least.hint.startswith("Of a month? 160 h")
    assert (most.place.path[-1], most.hint) == ("max_paid_minutes", "")


@pytest.mark.parametrize(
    ("facts", "sound"),
    [
        # five days of 8 h are wanted: with two of seven days barred they just fit, with three they do not
        ({"unavailable": (Window(start=at(0, 0), end=at(2, 0)),)}, True),
        ({"unavailable": (Window(start=at(0, 0), end=at(3, 0)),)}, False),
        # an absence of three days that is paid for three days is credited
        ({"time_off": (TimeOff(start=at(0, 0), end=at(3, 0), paid_minutes=1440),)}, True),
        ({"time_off": (TimeOff(start=at(0, 0), end=at(3, 0), paid_minutes=420),)}, False),
        # the earliest shift ends at 16:30
        ({"available": tuple(Window(start=at(day, 480), end=at(day, 990)) for day in range(7))}, True),
        ({"available": tuple(Window(start=at(day, 480), end=at(day, 989)) for day in range(7))}, False),
        # two windows that touch are one
        (
            {"available": tuple(
                Window(start=at(day, first), end=at(day, last))
                for day in range(7) for first, last in ((480, 700), (700, 990))
            )},
            True,
        ),
        ({"pins": tuple(Pin(day=MONDAY + timedelta(days=day), off=True) for day in range(2))}, True),
        ({"pins": tuple(Pin(day=MONDAY + timedelta(days=day), off=True) for day in range(3))}, False),
        # only a window that leaves no start: from 10:00 on the latest shift would run to 18:30
        ({"unavailable": tuple(Window(start=at(day, 1020), end=at(day, 1440)) for day in range(7))}, True),
        ({"unavailable": tuple(Window(start=at(day, 780), end=at(day, 840)) for day in range(7))}, False),
    ],
)  # fmt: skip
def test_agreed_hours_must_fit_the_days_that_are_left(facts: dict[str, Any], sound: bool) -> None:
    faults = problem_faults(hours(2400, None, **facts))
    errors = [fault.place.path for fault in faults if fault.is_error]
    assert errors == ([] if sound else [("agents", 0)])


@pytest.mark.parametrize(
    ("pin", "path"),
    [
        (Pin(day=MONDAY), "day"),  # a half-typed row, once silent
        (Pin(day=MONDAY, off=True), None),
        (Pin(day=MONDAY, off=True, start=540), "off"),
        (Pin(day=MONDAY, template="Day", start=540, length_minutes=510, break_starts=(720,)), None),
        (Pin(day=MONDAY, start=545), "start"),
        (Pin(day=MONDAY, start=541), "start"),
        (Pin(day=MONDAY, length_minutes=480), "length_minutes"),
        (Pin(day=MONDAY, template="Day", break_starts=(700, 720)), "break_starts"),
        (Pin(day=MONDAY, template="Day", start=540, break_starts=(1060,)), "break_starts"),
        (Pin(day=date(2024, 3, 11)), "day"),
    ],
)
def test_pins_must_be_of_their_shift(pin: Pin, path: str | None) -> None:
    faults = problem_faults(agent(pins=(pin,)))
    found = [fault.place.path for fault in faults if fault.place.path[2:3] == ("pins",)]
    assert found[:1] == ([("agents", 0, "pins", 0, path)] if path else [])


def test_pins_against_each_other_and_against_availability() -> None:
    shift = Pin(day=MONDAY, template="Day", start=540, length_minutes=510)
    assert "is fixed twice on 2024-03-04" in told(agent(pins=(shift, Pin(day=MONDAY, off=True))))[0]
    early = Window(start=at(0, 480), end=at(0, 1000))
    assert "lies outside the available hours" in told(agent(pins=(shift,), available=(early,)))[0]


def test_an_agent_without_skills_and_history_that_overlaps() -> None:
    worked = WorkedDuty(day=date(2024, 3, 1), start=at(-3, 540), end=at(-3, 1020), paid_minutes=480)
    again = WorkedDuty(day=date(2024, 3, 2), start=at(-3, 1000), end=at(-3, 1200), paid_minutes=240)
    faults = told(agent(skills=(), history=(worked, again)))
    assert faults == [
        'agents.0.skills  agent "Ada" has no skill. Write what they can do, as on Skills; without it they '
        "count on no line of Demand.",
        "agents.0.history.1.paid_minutes  history of Ada: more hours are paid than the duty has.",
        "agents.0.history.1.start  history of Ada: the duty does not start on 2024-03-02.",
        "agents.0.history  history of Ada: two duties overlap on 2024-03-01.",
    ]


def test_names_are_told_before_what_is_built_on_them() -> None:
    problem = agent(contract="Half time", pins=(Pin(day=MONDAY, template="Nihgt"),))
    assert told(problem) == [
        'agents.0.contract  contract "Half time" is not on the Contracts sheet. Known: Full time.',
        'agents.0.pins.0.template  shift "Nihgt" is not on the Shifts sheet. Known: Day.',
    ]


def wanted(*headcounts: Headcount, **changes: Any) -> list[str]:
    """What is said of the worked example with these headcounts, and without any wish."""
    ada = worked_example(MONDAY).agents[0].model_copy(update={"shift_wishes": ()})
    return told(changed(headcounts=headcounts, **{"agents": (ada,), **changes}))


def test_headcounts_have_a_number_for_every_day_and_stand_there_once() -> None:
    assert wanted(Headcount(template="Day", required=(1,) * 6)) == [
        'headcounts.0.required  the headcount of "Day" has 6 numbers, but the horizon has 7 days.'
    ]
    day = Headcount(template="Day", required=(None,) * 7)
    english = day.model_copy(update={"skill": "English"})
    assert wanted(day, english) == []
    assert wanted(day, english, english) == [
        'headcounts.2.template  the headcount of "Day, English" is given twice. Keep one of them.'
    ]


def test_headcounts_of_shifts_and_skills_that_are_not_there() -> None:
    stranger = Headcount(template="Days", skill="Engish", required=(0,) * 7)
    assert wanted(stranger) == [
        'headcounts.0.template  shift "Days" is not on the Shifts sheet. Did you mean "Day"? Known: Day.',
        'headcounts.0.skill  skill "Engish" is not on the Skills sheet. Did you mean "English"? Known: '
        "English.",
    ]


def test_more_people_than_can_work_a_shift_are_warned_of() -> None:
    skills = (Skill(name="English"), Skill(name="French"))
    french = Headcount(template="Day", skill="French", required=(0, 0, 0, 1, 1, 0, 0))
    # a skill that a headcount names needs no demand
    assert wanted(french, skills=skills) == [
        'headcounts.0.required.3  "Day, French": on 2 days more people are asked for than can work it and '
        "are not away (first 2024-03-07: 1 of 0). Lower what is required, or name the shift in the contracts "
        "of more people."
    ]


def test_a_ward_needs_no_demand_and_its_skills_none() -> None:
    day = Headcount(template="Day", required=(1, 1, 1, 1, 0, 0, 0))
    assert wanted(day, demand=()) == []
    skills = (Skill(name="English"), Skill(name="French"))
    assert wanted(day, demand=(), skills=skills) == []
    # beside a demand a skill without any may have been forgotten
    problem = changed(headcounts=(day,), skills=skills)
    (fault,) = problem_faults(problem)
    assert (str(fault.place), fault.is_error) == ("skills.1.name", False)
    assert wanted(day.model_copy(update={"required": (0,) * 7}), demand=()) == [
        "demand  no interval and no shift requires anybody."
    ]


def test_breaks_that_stand_twice_for_the_same_lengths_are_an_error() -> None:
    # The workbook of such a week could not be read back: there the two are one list.
    lunch = Break(name="lunch", length_minutes=30, earliest_start=120, latest_start=240, step_minutes=30)
    problem = tiny_problem()
    twice = problem.templates[0].model_copy(update={"breaks": (BreakBand(breaks=(lunch,)),) * 2})
    (fault,) = problem_faults(problem.model_copy(update={"templates": (twice,)}))
    assert str(fault).startswith(
        'templates.0.breaks.1  breaks of shift "day" stand twice for the same lengths.'
    )


def test_a_shift_that_nobody_may_work_is_told() -> None:
    # A row "Night" on Shifts that no contract lists was planned without a word, and never worked.
    templates = worked_example(MONDAY).templates
    night = templates[0].model_copy(update={"name": "Night"})
    assert told(changed(templates=(*templates, night))) == [
        f'templates.{len(templates)}  nobody may work the shift "Night": it is in no contract that an agent '
        "has. Add it under Shifts on Contracts, or remove its row."
    ]


def test_history_of_another_year_is_told_though_the_rest_of_it_is_right() -> None:
    # Five rows of last December beside this December's were silent: only the end of a history was looked at.
    def worked(on: date) -> WorkedDuty:
        start = datetime(on.year, on.month, on.day, 9)
        return WorkedDuty(day=on, start=start, end=start + timedelta(hours=8), paid_minutes=450)

    found = told(agent(history=(worked(date(2023, 3, 1)), worked(date(2024, 3, 1)))))
    assert [one for one in found if "history" in one] == [
        "agents.0.history.0.day  1 duty of the history lies more than 100 days before the first day "
        "2024-03-04 (Ada on 2023-03-01). Did you mean 2024-03-01? Mend the year, or remove these rows."
    ]


def test_a_shift_that_could_not_be_read_and_somebody_who_names_it() -> None:
    # a wish, or a fixed duty, of somebody whose contract does not have the shift: KeyError, and nothing named
    sound = worked_example(MONDAY)
    late = sound.templates[0].model_copy(update={"name": "Late"})
    other = sound.contracts[0].model_copy(update={"name": "Days", "templates": ("Day",)})
    named = Agent(
        name="Ada",
        contract="Days",
        skills=("English",),
        pins=(
            Pin(day=MONDAY, template="Late"),
            Pin(day=MONDAY + timedelta(days=1), off=True, start=600),
        ),
        shift_wishes=(
            ShiftWish(day=MONDAY + timedelta(days=2), template="Late"),
            ShiftWish(day=MONDAY + timedelta(days=6), template="Day"),
        ),
        history=(
            WorkedDuty(
                day=date(2024, 3, 1), start=at(-3, 600), end=at(-3, 900), paid_minutes=300, template="Late"
            ),
        ),
    )
    problem = sound.model_copy(
        update={"agents": (named,), "contracts": (other,), "templates": (*sound.templates, late)}
    )
    found = problem_faults(problem, unsound={("templates", len(sound.templates))})
    places = [one.place.path for one in found]
    assert any(path[:4] == ("agents", 0, "pins", 1) for path in places), places  # as it stands in the whole
