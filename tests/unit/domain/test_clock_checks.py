"""Changes of clock: what they skip, show twice or cut is a finding, with what to write instead."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.domain import (
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
    TimeGrid,
    Window,
    WorkedDuty,
)
from scheduler.domain.checks.problem import problem_faults
from scheduler.domain.values.grid import zone

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # in Berlin
HALF_PAST_TWO = 150


def night(
    first_day: date = SPRING,
    days: int = 1,
    *,
    interval: int = 30,
    time_zone: str = "Europe/Berlin",
    starts: tuple[int, int] = (HALF_PAST_TWO, HALF_PAST_TWO),
    headcount: tuple[int, ...] | None = None,
    breaks: tuple[BreakBand, ...] = (),
    **facts: Any,
) -> Problem:
    """One agent and one shift of four hours, by default from 02:30 on."""
    grid = TimeGrid(first_day=first_day, days=days, interval_minutes=interval, time_zone=time_zone)
    return Problem(
        grid=grid,
        skills=(Skill(name="S"),),
        demand=(Demand(skill="S", required=(1,) * grid.intervals),),
        headcounts=() if headcount is None else (Headcount(template="Early", required=headcount),),
        templates=(
            ShiftTemplate(
                name="Early",
                earliest_start=starts[0],
                latest_start=starts[1],
                min_length=240,
                max_length=240,
                breaks=breaks,
            ),
        ),
        contracts=(Contract(name="C", pay_per_hour=2000, templates=("Early",)),),
        agents=(Agent(name="A", contract="C", skills=("S",), **facts),),
    )


def told(problem: Problem) -> list[str]:
    """What is said of clocks; a whole day's demand without a shift, and moved ends, are other matters."""
    return [
        f"{'error' if one.is_error else 'warning'} {one}"
        for one in problem_faults(problem)
        if "people are required" not in one.message and "goes on while" not in one.message
    ]


PUT_FORWARD = 'on 2026-03-29, when the clock of "Europe/Berlin" is put forward'
SKIPPED = (
    'warning templates.0.earliest_start  shift "Early": its only start 02:30 does not exist '
    f"{PUT_FORWARD}: nobody "
    "can start it then. Let it start at 03:00 too, or expect nobody on it."
)


def test_intervals_that_a_change_of_half_an_hour_cuts_are_a_finding() -> None:
    # 06d: Lord Howe's clock changes by 30 minutes; with intervals of 60 the solve ended in a traceback.
    grid = {"first_day": date(2026, 4, 4), "days": 2, "time_zone": "Australia/Lord_Howe"}
    assert told(night(**grid, interval=60, starts=(1320, 1320))) == [
        'error grid.interval_minutes  the clock of "Australia/Lord_Howe" is changed by 30 min on '
        "2026-04-05, which is "
        "no multiple of the interval of 60 minutes. Take intervals of 5 or 10 or 15 or 30 minutes."
    ]
    assert told(night(**grid, interval=30, starts=(1320, 1320))) == []
    # a week without the change can be planned by the hour
    assert (
        told(night(date(2026, 6, 1), 2, interval=60, time_zone="Australia/Lord_Howe", starts=(480, 480)))
        == []
    )


def ends(problem: Problem) -> list[str]:
    return [str(one) for one in problem_faults(problem) if "go on" in one.message or "goes on" in one.message]


@pytest.mark.parametrize(
    ("first_day", "change", "end", "right"),
    [(SPRING, "forward", "04:00", "3 h"), (AUTUMN, "back", "02:00", "5 h")],
)
def test_a_shift_over_a_change_of_clock_keeps_its_length_and_that_is_said(
    first_day: date, change: str, end: str, right: str
) -> None:
    # 06b: people asked for by headcount on a night that ended an hour early, and nobody was told.
    eve = first_day - timedelta(days=1)
    evening = night(eve, 2, starts=(1380, 1380), headcount=(1, 1))
    assert ends(evening) == [
        f'templates.0.min_length  shift "Early" goes on while the clock of "Europe/Berlin" is put {change} '
        f"on {first_day}. Its length is kept: from 23:00 for 4 h it ends at {end}, not at 03:00. If its end "
        f"is meant, take Sat out of its weekdays, and give that night a shift of its own from 23:00 of "
        f"{right}, which its contracts and its headcount name too."
    ]
    assert ends(night(eve, 2, starts=(600, 600), headcount=(1, 1))) == []
    assert ends(night(eve - timedelta(days=7), 2, starts=(1380, 1380), headcount=(1, 1))) == []


def test_who_has_given_that_night_a_shift_of_its_own_is_not_told() -> None:
    problem = night(AUTUMN - timedelta(days=1), 1, starts=(1380, 1380), headcount=(1,))
    (usual,) = problem.templates
    own = usual.model_copy(update={"name": "Long", "weekdays": (5,), "min_length": 300, "max_length": 300})
    usual = usual.model_copy(update={"weekdays": (0, 1, 2, 3, 4, 6)})
    (contract,) = problem.contracts
    contract = contract.model_copy(update={"templates": ("Early", "Long")})
    both = problem.model_copy(
        update={
            "templates": (usual, own),
            "contracts": (contract,),
            "headcounts": (Headcount(template="Long", required=(1,)),),
        }
    )
    assert ends(both) == []


@pytest.mark.parametrize(
    ("name", "first_day", "hours"),
    [
        ("Europe/Berlin", SPRING, 23),
        ("Europe/Berlin", AUTUMN, 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Asia/Kathmandu", SPRING, 24),  # UTC+05:45, all year round
        ("Pacific/Chatham", date(2026, 4, 5), 25),  # UTC+13:45 and UTC+12:45
        ("Africa/Cairo", date(2026, 4, 24), 23),  # there is no midnight: 23:59 is followed by 01:00
        ("Africa/Cairo", date(2026, 10, 29), 25),  # 23:00 to 24:00 come twice
        ("America/Havana", date(2026, 3, 8), 23),
        ("America/Havana", date(2026, 11, 1), 25),
        ("Asia/Beirut", date(2026, 3, 29), 23),
        ("America/Santiago", date(2026, 9, 6), 23),
        ("Antarctica/Troll", SPRING, 22),  # two hours at once
        ("Africa/Casablanca", date(2026, 2, 15), 25),
    ],
)
def test_a_day_of_any_length_can_be_planned(name: str, first_day: date, hours: float) -> None:
    problem = night(first_day - timedelta(days=1), 3, time_zone=name, starts=(600, 600))
    grid = problem.grid
    assert grid.day_start(2) - grid.day_start(1) == hours * 60
    assert [grid.day_of(grid.day_start(day)) for day in range(3)] == [0, 1, 2]
    assert grid.intervals * 30 == grid.minutes
    assert told(problem) == []


def test_a_date_that_a_zone_left_out_is_a_finding() -> None:
    # Samoa went from 29 to 31 December 2011.
    problem = night(date(2011, 12, 29), 3, time_zone="Pacific/Apia", starts=(600, 600))
    missing = [one for one in told(problem) if one.startswith("error")]
    assert missing == [
        'error grid.first_day  2011-12-30 does not exist on the clock of "Pacific/Apia". '
        "Plan the days before and after it apart."
    ]


def test_a_start_in_the_hour_that_is_skipped_is_a_finding() -> None:
    # 06g: the shift of that night was dropped without a word.
    assert told(night()) == [SKIPPED]


def test_some_of_many_starts_are_named_and_counted() -> None:
    # from 01:00 to 04:00 every 15 minutes: 13 starts, of which 02:00 to 02:45 are skipped
    assert told(night(starts=(60, 240))) == [
        'warning templates.0.earliest_start  shift "Early": 4 of its 13 starts (02:00 to 02:45) do not exist '
        f"{PUT_FORWARD}; the others stay."
    ]


def test_a_start_after_midnight_of_the_day_before_is_looked_at_on_its_own_date() -> None:
    # 26:30 on the 28th is 02:30 on the 29th
    problem = night(SPRING - timedelta(days=1), starts=(1440 + HALF_PAST_TWO, 1440 + HALF_PAST_TWO))
    assert told(problem) == [SKIPPED]


def test_a_start_that_comes_twice_means_the_first_and_that_is_said() -> None:
    assert told(night(AUTUMN)) == [
        'warning templates.0.earliest_start  shift "Early": its only start 02:30 comes twice on '
        "2026-10-25, when the "
        'clock of "Europe/Berlin" is put back; the first time is meant.'
    ]


def test_the_clock_of_the_agent_counts_and_not_that_of_the_campaign() -> None:
    # London skips 01:00 to 02:00, when Berlin skips 02:00 to 03:00
    assert told(night(starts=(90, 90), time_zone="Europe/Berlin")) == []
    problem = night(starts=(90, 90))
    agent = problem.agents[0].model_copy(update={"time_zone": "Europe/London"})
    (one,) = told(problem.model_copy(update={"agents": (agent,)}))
    assert 'its only start 01:30 does not exist on 2026-03-29, when the clock of "Europe/London"' in one


def test_a_headcount_whose_only_start_is_skipped_is_named_on_that_day_alone() -> None:
    problem = night(SPRING - timedelta(days=1), 3, headcount=(1, 1, 0))
    assert told(problem)[1:] == [
        'warning headcounts.0.required.1  "Early": 1 person is asked for on 2026-03-29, but no start '
        'of shift "Early" '
        "exists then: the clock is put forward. Write 0 for that day, or let the shift start at "
        "another time too."
    ]


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        (
            {"template": "Early", "start": HALF_PAST_TWO},
            'error agents.0.pins.0.start  A on 2026-03-29: the start at 02:30 does not exist: the clock of '
            '"Europe/Berlin" is put forward then. Write 03:00, or leave it open.',
        ),
        (
            {"template": "Early"},
            'error agents.0.pins.0.template  A on 2026-03-29: no start of shift "Early" exists then, '
            'as the clock of '
            '"Europe/Berlin" is put forward. Fix another shift, or none.',
        ),
        (
            {"break_starts": (HALF_PAST_TWO,)},
            'error agents.0.pins.0.break_starts.0  A on 2026-03-29: the break at 02:30 does not '
            'exist: the clock of '
            '"Europe/Berlin" is put forward then. Write 03:00, or leave it open.',
        ),
    ],
)  # fmt: skip
def test_what_is_fixed_at_a_time_that_is_skipped_is_an_error(pin: dict[str, Any], said: str) -> None:
    assert said in told(night(pins=(Pin(day=SPRING, **pin),)))


def test_what_is_fixed_at_a_time_that_comes_twice_means_the_first() -> None:
    problem = night(AUTUMN, pins=(Pin(day=AUTUMN, template="Early", start=HALF_PAST_TWO),))
    assert [one.split("  ")[0] for one in told(problem)] == [
        "warning templates.0.earliest_start", "warning agents.0.pins.0.start",
    ]  # fmt: skip


def test_a_wish_for_a_shift_that_cannot_start_cannot_be_granted() -> None:
    problem = night(shift_wishes=(ShiftWish(day=SPRING, template="Early"),))
    assert (
        'warning agents.0.shift_wishes.0.day  A on 2026-03-29: no start of shift "Early" exists '
        "then, as the clock is "
        "put forward, so that the wish cannot be granted." in told(problem)
    )


@pytest.mark.parametrize("kind", ["available", "unavailable", "time_off"])
def test_a_window_that_ends_at_a_skipped_time_says_how_it_is_read(kind: str) -> None:
    window = Window(start=datetime(2026, 3, 29, 0), end=datetime(2026, 3, 29, 2, 30))
    agents: dict[str, Any] = {kind: (window.model_dump(),)}
    assert (
        f"warning agents.0.{kind}.0.end  2026-03-29 02:30 does not exist on the clock of "
        '"Europe/Berlin", which is '
        "put forward then; it is read as 03:30." in told(night(**agents))
    )


def test_a_time_that_many_have_is_told_once_with_their_number() -> None:
    window = Window(start=datetime(2026, 10, 25, 2, 30), end=datetime(2026, 10, 25, 8))
    problem = night(AUTUMN, starts=(600, 600), unavailable=(window,))
    crowd = tuple(problem.agents[0].model_copy(update={"name": f"A{at}"}) for at in range(40))
    found = told(problem.model_copy(update={"agents": crowd}))
    assert [line for line in found if "are not away" not in line] == [
        "warning agents.0.unavailable.0.start  2026-10-25 02:30 comes twice on the clock of "
        '"Europe/Berlin", which is put back then; the first time is meant. It stands here 40 times.'
    ]


def test_history_at_a_skipped_time_says_how_it_is_read() -> None:
    worked = WorkedDuty(
        day=SPRING, start=datetime(2026, 3, 29, 2, 30), end=datetime(2026, 3, 29, 8), paid_minutes=240
    )
    problem = night(SPRING + timedelta(days=1), starts=(600, 600), history=(worked,))
    assert told(problem) == [
        "warning agents.0.history.0.start  2026-03-29 02:30 does not exist on the clock of "
        '"Europe/Berlin", which is '
        "put forward then; it is read as 03:30."
    ]


def test_a_break_by_the_clock_in_the_hour_that_is_skipped_says_how_it_is_read() -> None:
    pause = Break(
        name="Tea",
        length_minutes=15,
        measured_from="clock",
        earliest_start=120,
        latest_start=180,
        step_minutes=15,
    )
    problem = night(starts=(60, 60), breaks=(BreakBand(breaks=(pause,)),))
    assert told(problem) == [
        'warning templates.0.breaks.0.breaks.0.earliest_start  break "Tea" of shift "Early": '
        "2026-03-29 02:00 does not "
        'exist on the clock of "Europe/Berlin", which is put forward then; it is read as 03:00.'
    ]


def test_a_number_of_intervals_that_forgets_the_change_is_explained() -> None:
    problem = night(AUTUMN, starts=(600, 600))
    demand = Demand(skill="S", required=(1,) * 48)
    assert told(problem.model_copy(update={"demand": (demand,)})) == [
        'error demand.0.required  required of skill "S" has 48 numbers, but the horizon has 50 '
        "intervals. 2026-10-25 "
        "has 25 h."
    ]


@pytest.mark.parametrize("name", ["UTC+5:75", "UTC+15", "Mars/Phobos", "", "../etc/passwd", "Europe"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        zone(name)


@pytest.mark.parametrize("value", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_days_of_other_centuries_are_refused_before_any_arithmetic_with_them(value: date) -> None:
    # Year 1 and year 9999 ended in an OverflowError, wherever a date was given.
    moment = datetime.combine(value, datetime.min.time())
    for make in (
        lambda: TimeGrid(first_day=value, days=7),
        lambda: Pin(day=value),
        lambda: ShiftWish(day=value),
        lambda: Agent(name="A", contract="C", skills=(), preferred_days_off=(value,)),
        lambda: Window(start=moment, end=datetime(9999, 12, 31)),
        lambda: WorkedDuty(day=date(2026, 1, 1), start=moment, end=moment, paid_minutes=0),
    ):
        with pytest.raises(ValidationError, match="is not a date from 1990 to 2199"):
            make()


def test_an_absence_without_an_end_may_be_written_until_9999() -> None:
    window = Window(start=datetime(2026, 3, 29), end=datetime(9999, 12, 31, 23, 59))
    assert window.end == datetime(2200, 1, 1)
    problem = night(starts=(600, 600), unavailable=(window,))
    assert not [one for one in told(problem) if one.startswith("error")]


@pytest.mark.parametrize("last", ["23:59", "23:59:59", "23:59:59.999"])
def test_the_last_minute_of_a_day_is_midnight_for_an_end(last: str) -> None:
    # 13: available until 23:59 barred the shift until 24:00 without a word.
    window = Window.model_validate({"start": "2026-06-15T16:00", "end": f"2026-06-15T{last}"})
    assert window.end == datetime(2026, 6, 16)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-06-15T08:00", "2026-06-15T16:00Z"),  # a TypeError: naive and aware times cannot be compared
        ("2026-06-15T08:00+02:00", "2026-06-15T16:00"),
        ("2026-06-15T08:00Z", "2026-06-15T16:00Z"),
        (1750000000, "2026-06-15T16:00"),  # seconds since 1970
        ("1750000000", "2026-06-15T16:00"),
        ("2026-06-15", "2026-06-15T16:00"),
    ],
)
def test_times_with_an_offset_or_as_numbers_are_refused_with_what_to_write(
    start: object, end: object
) -> None:
    for make in (
        lambda: Window.model_validate({"start": start, "end": end}),
        lambda: WorkedDuty.model_validate(
            {"day": "2026-06-15", "start": start, "end": end, "paid_minutes": 0}
        ),
    ):
        with pytest.raises(
            ValidationError, match=r"on the agent's own clock; write 2026|is not a date and time"
        ):
            make()
