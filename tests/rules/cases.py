"""Every rule with rosters whose excess was counted by hand; one table for limits, checks and engine.

D is 08:00-16:00 with a meal of 30 unpaid minutes at 12:00 and a rest of 15 paid ones at 14:30; L is the
same four hours later; N is 22:00-06:00 with a coffee of 15 paid minutes. The week of most cases is Monday
4 to Sunday 10 March 2024. All boundaries are inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from constraints import (
    Accompanied,
    Availability,
    BreakGaps,
    BreaksAtOnce,
    BreaksInOrder,
    BreakWindows,
    DailyRest,
    DaysInWindow,
    DaysPerWeek,
    DaysWorked,
    Entitlement,
    FairHours,
    FairShare,
    ForbiddenSuccession,
    ForwardRotation,
    HoursInWindow,
    LeastBreakMinutes,
    LeaveQuota,
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    MinimumStaff,
    NightCount,
    NightMinutesKept,
    NightsInARow,
    OneShiftADay,
    Overtime,
    PaidHours,
    PeopleOnShift,
    Pins,
    PreferredDaysOff,
    PreferredStarts,
    Requirement,
    RestAfterNights,
    RestEachDay,
    SameShift,
    Seats,
    ServiceGoalKept,
    ShiftCount,
    ShiftLength,
    ShiftMaximum,
    ShiftRequirement,
    ShiftsInARow,
    ShiftTimes,
    ShiftWishes,
    Skills,
    StaffPresent,
    StartConsistency,
    SubstituteDayOff,
    TimeOffKept,
    UnwantedPattern,
    Weekends,
    WeeklyRest,
    WorkCycle,
    WorkWithoutBreak,
)
from scheduler.domain import Headcount, Problem, Roster
from scheduler.model import Rule, Scope
from tests.rules.worlds import MONDAY, goal, roster, world


@dataclass(frozen=True)
class Case:
    """One rule, one roster, and by how much the roster is beyond the rule."""

    rule: Rule
    week: str
    amount: int
    why: str
    history: str = ""
    first_day: date = MONDAY
    breaks: Mapping[str, int] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    staffing: Mapping[str, Any] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        """The facts; colleagues have no history."""
        names = ["Ann", "Bob", "Cid"][: 1 + len(self.others)]
        return world(
            days=len(self.week),
            first_day=self.first_day,
            histories={name: self.history if name == "Ann" else "" for name in names},
            facts=self.facts,
            **self.staffing,
        )

    def roster(self, problem: Problem) -> Roster:
        """What is rostered."""
        weeks = dict(zip(("Ann", "Bob", "Cid"), (self.week, *self.others), strict=False))
        return roster(problem, weeks, self.breaks)

    def __str__(self) -> str:
        return f"{self.rule.kind}-{self.history or 'unknown'}-{self.week}-{self.amount}"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time on a day of March 2024; the 4th is Monday."""
    return datetime(2024, 3, day, hour, minute)


def window(start: datetime, end: datetime, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, **more}


SATURDAY, SUNDAY, WEDNESDAY = date(2024, 3, 2), date(2024, 3, 3), date(2024, 3, 6)
SATURDAYS = Scope(weekdays=(5,))
LONG_BREAKS: dict[str, Any] = {"piece_at_least_minutes": 16, "basis": "work_and_short_breaks"}
EITHER_SIDE = SubstituteDayOff(within_days=2, within_days_before=2, scope=SATURDAYS)
FROM_TUESDAY = Scope(first_day=date(2024, 3, 5))
UNTIL_MONDAY = Scope(last_day=MONDAY)
NIGHT_THEN_DAY = ForbiddenSuccession(first=("night",), then=("day",))
TWO_APART = ForbiddenSuccession(first=("night",), then=("day",), days_between=2)


def room(*maximum: int | None, skill: str | None = None) -> dict[str, Any]:
    """A problem with one headcount: no more than so many on each day, and nothing of how few."""
    required = (None,) * len(maximum)
    return {"headcounts": (Headcount(template="day", skill=skill, required=required, maximum=maximum),)}


def wanted(*required: int | None, template: str = "day", skill: str | None = None) -> dict[str, Any]:
    """A problem with one headcount: so many on each day."""
    return {"headcounts": (Headcount(template=template, skill=skill, required=required),)}


def wish(**fields: Any) -> dict[str, Any]:
    """Ann has one wish, about Monday where nothing else is said."""
    return {"shift_wishes": [{"day": MONDAY, **fields}]}


CASES: tuple[Case, ...] = (
    # a day asks for 1440 agent-minutes; D gives 480 - 30 - 15 = 435
    Case(Requirement(), "D", 1005, "1440 - 435 are missing"),
    Case(Requirement(), "D", 645, "the night before covers 00:00-06:00 too: 1005 - 360", history="N"),
    Case(Requirement(), "D", 435, "nobody is wanted, 435 are superfluous", staffing={"required": 0}),
    Case(Requirement(), ".", 0, "nobody wanted, nobody there", staffing={"required": 0}),
    Case(
        Requirement(),
        "D",
        1440,
        "two at 435 each in the same minutes: 1005 missing, 435 too many",
        others=("D",),
    ),
    Case(Requirement(scope=UNTIL_MONDAY), "D.", 1005, "Tuesday's 1440 missing minutes are not meant"),
    Case(ShiftRequirement(), "DL", 0, "one on each day, early or late", staffing=wanted(1, 1)),
    Case(
        ShiftRequirement(), "D.", 3, "one of two on Monday, nobody of two on Tuesday", staffing=wanted(2, 2)
    ),
    Case(
        ShiftRequirement(),
        "DN",
        3,
        "two too many on Monday, one is missing on Tuesday",
        others=("DN", "L."),
        staffing=wanted(1, 1),
    ),
    Case(ShiftRequirement(), "DD", 0, "nothing is said of either day", staffing=wanted(None, None)),
    Case(ShiftRequirement(), "D", 1, "nobody is wanted", staffing=wanted(0)),
    Case(ShiftRequirement(), "2", 0, "two shifts of one person are one on each", staffing=wanted(1)),
    Case(
        ShiftRequirement(),
        ".",
        1,
        "the night before is not Monday's",
        history="N",
        staffing=wanted(1, template="night"),
    ),
    Case(ShiftRequirement(), "D", 1, "Ann does not speak French", staffing=wanted(1, skill="French")),
    Case(ShiftRequirement(scope=FROM_TUESDAY), "..", 2, "Tuesday alone is meant", staffing=wanted(2, 2)),
    Case(ShiftMaximum(), "DD", 0, "one on each day, and one may be", staffing=room(1, 1)),
    Case(ShiftMaximum(), "DD", 1, "nobody may be there on Tuesday", staffing=room(1, 0)),
    Case(ShiftMaximum(), "DD", 0, "nothing is said of either day", staffing=room(None, None)),
    Case(ShiftMaximum(), "D", 0, "Ann does not speak French", staffing=room(0, skill="French")),
    Case(ShiftMaximum(scope=FROM_TUESDAY), "DD", 1, "Tuesday alone is meant", staffing=room(0, 0)),
    Case(MinimumStaff(), "D", 1005, "1440 - 435", staffing={"minimum": 1}),
    Case(MinimumStaff(), "D", 2445, "2 x 1440 - 435", staffing={"minimum": 2}),
    Case(ServiceGoalKept(), "D", 6, "64 - 8 x 435 / 60", staffing={"goal_tables": (goal(64),)}),
    Case(ServiceGoalKept(), "D", 1, "one that is only begun", staffing={"goal_tables": (goal(58.001),)}),
    Case(ServiceGoalKept(), "D", 0, "58 are answered", staffing={"goal_tables": (goal(58),)}),
    Case(ServiceGoalKept(), "L", 32, "64 - 8 x 240 / 60", staffing={"goal_tables": (goal(64),)}),
    Case(MinimumStaff(), "D", 0, "no floor", staffing={"minimum": 0}),
    Case(MinimumStaff(scope=FROM_TUESDAY), ".D", 1005, "Tuesday alone is meant", staffing={"minimum": 1}),
    Case(Seats(), "D", 435, "both take the one seat for 435 minutes", others=("D",), staffing={"maximum": 1}),
    Case(Seats(), "D", 0, "two seats for two", others=("D",), staffing={"maximum": 2}),
    # D and L overlap 12:00-16:00; D's meal until 12:30 and rest 14:30-14:45 free a seat: 120 + 75 are left
    Case(Seats(at_most=1), "D", 195, "240 minutes together less 45 of breaks", others=("L",)),
    Case(Seats(at_most=2), "D", 0, "two at once are allowed", others=("L",)),
    Case(Seats(at_most=0), ".", 360, "the night before sits there until 06:00", history="N"),
    Case(
        PeopleOnShift(at_most=1, templates=("day",)), "DL", 1, "two on Monday, one on Tuesday", others=("L.",)
    ),
    Case(PeopleOnShift(at_most=1), "DN", 1, "any shift counts, all together", others=("N.",)),
    Case(
        PeopleOnShift(at_least=1, templates=("day", "night")),
        "DN",
        2,
        "no night on Monday, no day on Tuesday",
    ),
    Case(PeopleOnShift(at_least=1, templates=("day", "night"), counted="together"), "DN", 0, "one of both"),
    Case(PeopleOnShift(at_least=1, scope=UNTIL_MONDAY), "D.", 0, "Tuesday is not meant"),
    Case(StaffPresent(at_least=1), "D", 1005, "somebody is required all day: 1440 - 435"),
    Case(StaffPresent(at_least=1), "D", 645, "the night before is there until 06:00", history="N"),
    Case(StaffPresent(at_least=1), ".", 0, "nobody is required", staffing={"required": 0}),
    Case(StaffPresent(at_least=1, when="always"), "D", 1005, "all the same", staffing={"required": 0}),
    Case(Accompanied(by=("Bob",)), "D", 240, "Bob begins at noon", others=("L",)),
    Case(Accompanied(by=("Bob",)), "D.", 0, "Bob is there, and needs nobody on Tuesday", others=("DD",)),
    Case(Accompanied(by=("Bob", "Cid"), at_least=2), "D", 240, "Cid comes at noon", others=("D", "L")),
    Case(BreaksAtOnce(at_most=0), "D", 45, "a meal and a rest"),
    Case(BreaksAtOnce(at_most=1), "D", 0, "one at a time", others=("L",)),
    Case(BreaksAtOnce(at_most_percent=50), "D", 45, "one of two", others=("D",)),
    Case(LeaveQuota(at_most=0), "D", 0, "nobody is away"),
    Case(Skills(), "D", 0, "whoever counts for English holds it"),
    Case(Skills(), "DN", 0, "so does everyone at once", others=("DL", "LN")),
    Case(Entitlement(), "DL.....", 0, "the contract allows day shifts"),
    Case(Entitlement(), "D.N.N..", 2, "two nights that it does not"),
    Case(Entitlement(scope=UNTIL_MONDAY), "DN", 0, "Tuesday is not meant"),
    Case(Availability(), "D", 0, "no windows: always open"),
    Case(Availability(), "D", 0, "exactly the shift", facts={"available": [window(at(4, 8), at(4, 16))]}),
    Case(
        Availability(), "D", 15, "a quarter too early", facts={"available": [window(at(4, 8, 15), at(4, 16))]}
    ),
    Case(
        Availability(),
        "D",
        0,
        "Tuesday's window leaves Monday open",
        facts={"available": [window(at(5, 20), at(5, 22))]},
    ),
    Case(
        Availability(),
        "N",
        60,
        "the night is held against Tuesday 05:00-07:00",
        facts={"unavailable": [window(at(5, 5), at(5, 7))]},
    ),
    Case(
        Availability(),
        "N",
        360,
        "Tuesday has a window, and 00:00-06:00 is not in it",
        facts={"available": [window(at(4, 20), at(5, 0)), window(at(5, 9), at(5, 17))]},
    ),
    Case(
        Availability(),
        "N",
        0,
        "a window over midnight holds the whole night",
        facts={"available": [window(at(4, 20), at(5, 6)), window(at(5, 9), at(5, 17))]},
    ),
    Case(
        Availability(),
        "D",
        120,
        "windows that overlap bar each minute once: 09:00-11:00",
        facts={"unavailable": [window(at(4, 9), at(4, 10, 30)), window(at(4, 10), at(4, 11))]},
    ),
    Case(
        TimeOffKept(),
        "D",
        0,
        "off from the minute the shift ends",
        facts={"time_off": [window(at(4, 16), at(4, 20))]},
    ),
    Case(
        TimeOffKept(), "D", 1, "off one minute before", facts={"time_off": [window(at(4, 15, 59), at(4, 20))]}
    ),
    Case(
        TimeOffKept(),
        "N",
        360,
        "Monday's night runs into Tuesday off",
        facts={"time_off": [window(at(5, 0), at(6, 0))]},
    ),
    Case(OneShiftADay(), "DNL", 0, "one each day"),
    Case(OneShiftADay(), "D2.2", 2, "two days with two"),
    Case(DailyRest(), "ND", 540, "06:00 to 08:00 are 120 of 660"),
    Case(DailyRest(rest_minutes=720), "LD", 0, "20:00 to 08:00 are 12 h exactly"),
    Case(DailyRest(rest_minutes=721), "LD", 1, "one minute short"),
    Case(DailyRest(), "D", 540, "the night before the horizon ends at 06:00", history="N"),
    Case(DailyRest(), "D", 0, "nothing is known of the time before"),
    Case(DailyRest(rest_minutes=1201, between="start_to_start"), "LD", 1, "12:00 to 08:00 are 1200"),
    Case(DailyRest(scope=UNTIL_MONDAY), "ND", 0, "the later duty lies outside the range"),
    Case(DailyRest(scope=FROM_TUESDAY), "ND", 540, "the later duty lies inside it"),
    Case(WeeklyRest(), "DDDDDDD", 1200, "16 h each night: 2160 - 960"),
    Case(WeeklyRest(), "DDDDDD.", 240, "Saturday 16:00 to the week's end are 32 h"),
    Case(WeeklyRest(rest_minutes=2400), "DDD.DDD", 0, "Wednesday 16:00 to Friday 08:00 are 40 h exactly"),
    Case(WeeklyRest(rest_minutes=2401), "DDD.DDD", 1, "one minute short"),
    Case(WeeklyRest(), "DDDDDD", 0, "a week cut at its end is not judged"),
    Case(WeeklyRest(), "DDDDD", 0, "nor one cut at its start without a history", first_day=WEDNESDAY),
    Case(WeeklyRest(), "DDDDD", 1200, "with a history it is", first_day=WEDNESDAY, history="DD"),
    Case(WeeklyRest(per="rolling"), "D", 1200, "Tuesday to Monday, all worked", history="DDDDDD"),
    Case(WeeklyRest(per="rolling"), "D", 0, "Saturday 16:00 to Monday 08:00 are 40 h", history="DDDDD."),
    Case(WeeklyRest(per="rolling"), "DDDDDDDD", 2400, "two runs of seven days, 1200 each"),
    # D is 480 minutes, 450 paid and 435 without breaks
    Case(ShiftLength(at_most_minutes=480), "D.N....", 0, "exactly so much"),
    Case(ShiftLength(at_most_minutes=479), "D.N....", 2, "one minute more, twice"),
    Case(ShiftLength(at_least_minutes=451, basis="paid"), "D......", 1, "one minute short"),
    Case(ShiftLength(at_least_minutes=436, basis="work"), "D......", 1, "one minute short without breaks"),
    Case(ShiftLength(at_least_minutes=500), ".......", 0, "a free day is no short shift"),
    Case(ShiftTimes(earliest_start_clock=480, latest_start_clock=720), "DL.....", 0, "08:00 and 12:00"),
    Case(ShiftTimes(earliest_start_clock=481, latest_start_clock=719), "DL.....", 2, "too early, too late"),
    Case(ShiftTimes(latest_end_clock=1200), "DLN....", 1, "the night ends at 30:00"),
    Case(ShiftTimes(latest_end_clock=1800, earliest_end_clock=961), "DLN....", 1, "16:00 is too early"),
    Case(ShiftTimes(latest_start_clock=700, latest_end_clock=1199), "L......", 2, "both are too late"),
    Case(SameShift(), "DDL....", 0, "all of the template day"),
    Case(SameShift(), "DDN....", 2, "the night differs from two"),
    Case(SameShift(), "DD....NN", 2, "Sunday's differs from two; Monday is another week"),
    Case(SameShift(what="length"), "DLN....", 0, "eight hours each"),
    Case(SubstituteDayOff(within_days=3, scope=SATURDAYS), ".....DDDD.", 1, "Sunday to Tuesday are worked"),
    Case(SubstituteDayOff(within_days=3, scope=SATURDAYS), ".....DDD.D", 0, "Tuesday is off"),
    Case(SubstituteDayOff(within_days=3, scope=SATURDAYS), ".....DDD", 0, "Tuesday is not planned yet"),
    Case(SubstituteDayOff(within_days=3, scope=SATURDAYS), "DD.....", 1, "a Saturday before", history="DD"),
    Case(SubstituteDayOff(within_days=3, scope=SATURDAYS), "DD.....", 0, "it was off", history=".D"),
    # Saturday is the sixth day; with two days before it, Thursday to Monday are looked at
    Case(EITHER_SIDE, ".....DDD", 0, "Thursday and Friday before it are off"),
    Case(EITHER_SIDE, "...DDDDD.", 1, "Thursday to Monday are worked"),
    Case(EITHER_SIDE, "....DDDD.", 0, "Thursday is off"),
    Case(EITHER_SIDE, "DD.....", 0, "one of the two days before it was off", history=".DD"),
    Case(EITHER_SIDE, "D......", 1, "all of them were worked", history="DDDD"),
    Case(EITHER_SIDE, "DD", 0, "nothing is known of the days before", first_day=SATURDAY),
    Case(RestEachDay(from_clock=0), "LLL", 0, "12 h before each shift"),
    Case(RestEachDay(from_clock=0), "D", 180, "8 h from midnight and 8 h to it, of 11 h"),
    Case(RestEachDay(), "DD", 0, "from 06:00, as it is left blank, 14 h behind an ordinary day"),
    Case(RestEachDay(rest_minutes=480, from_clock=0), "D", 0, "exactly 8 h"),
    Case(RestEachDay(rest_minutes=960, from_clock=480), "DD", 0, "16:00 to 08:00 are 16 h exactly"),
    Case(RestEachDay(rest_minutes=961, from_clock=480), "DD", 1, "the second period is not over yet"),
    Case(RestEachDay(rest_minutes=960, from_clock=480), ".", 0, "nothing is known of the eve"),
    Case(RestEachDay(rest_minutes=720, from_clock=720), ".", 0, "16:00 to noon are 20 h", history="D"),
    Case(RestEachDay(rest_minutes=900, from_clock=720), "D", 0, "16:00 to 08:00 are 16 h", history="D"),
    Case(RestEachDay(rest_minutes=961, from_clock=720), "D", 1, "one minute short", history="D"),
    Case(DaysWorked(at_most=1, scope=SATURDAYS), ".....D......D.", 1, "two Saturdays"),
    Case(DaysWorked(at_most=1, scope=SATURDAYS), "DDDDDD.", 0, "one of them is a Saturday"),
    Case(DaysWorked(at_least=1, scope=SATURDAYS), "DDDDD.D", 1, "no Saturday"),
    Case(DaysWorked(at_most=2, per="month"), "D......", 1, "the third in March", history="DDD"),
    Case(DaysWorked(at_most=3, per="month"), "D......", 0, "29 February is another month", history="DDDD.D"),
    Case(DaysInWindow(window_days=4, at_most=3), "DDD.DDD", 0, "three in any four"),
    Case(DaysInWindow(window_days=4, at_most=3), "DDDDD..", 2, "two windows of four"),
    Case(DaysInWindow(window_days=4, at_most=3), "DD.....", 1, "two before and two now", history="DD"),
    Case(DaysInWindow(window_days=4, at_most=3), "DD.....", 0, "one of four off", history="D."),
    Case(DaysInWindow(window_days=14, at_most=5), "DDDDDD.", 1, "the six that are known"),
    Case(DaysInWindow(window_days=7, at_least_off=2), "DDDDD..", 0, "two off"),
    Case(DaysInWindow(window_days=7, at_least_off=2), "DDDDDD.", 1, "one"),
    Case(DaysInWindow(window_days=3, at_most=1, templates=("night",)), "NDN....", 1, "two nights"),
    Case(DaysInWindow(window_days=3, at_most=1, templates=("night",)), "NDDN...", 0, "three days apart"),
    Case(DaysInWindow(window_days=4, at_most=3, anchor=MONDAY), ".DDDDDD", 0, "three, and three behind"),
    Case(DaysInWindow(window_days=4, at_most=3, anchor=MONDAY), "DDDDDD.", 1, "Monday to Thursday"),
    Case(
        DaysInWindow(window_days=4, at_most=2, anchor=SUNDAY),
        "DDDDDD",
        2,
        "three from Sunday on, which is not known; then three",
    ),
    Case(
        DaysInWindow(window_days=4, at_most=3, anchor=date(2024, 3, 10)),
        "DD.....",
        1,
        "from Saturday to Tuesday: the second period before the one of the anchor",
        history="DD",
    ),
    Case(DaysInWindow(window_days=14, at_most=5, anchor=MONDAY), "DDDDDD.", 1, "its planned days alone"),
    Case(HoursInWindow(window_days=2, at_most_minutes=900), "DD.....", 0, "450 each"),
    Case(HoursInWindow(window_days=2, at_most_minutes=899), "DD.....", 1, "one minute more"),
    Case(HoursInWindow(window_days=2, at_most_minutes=900, basis="elapsed"), "DD.....", 60, "480 each"),
    Case(HoursInWindow(window_days=2, at_most_minutes=800, basis="work"), "DD.....", 70, "435 each"),
    Case(HoursInWindow(window_days=2, at_most_minutes=800), "D......", 100, "450 before", history="D"),
    Case(HoursInWindow(weeks=2, at_most_minutes=900), "DDD....D......", 0, "1350 and 450 are 2 x 900"),
    Case(HoursInWindow(weeks=2, at_most_minutes=899), "DDD....D......", 2, "two minutes more"),
    Case(DaysPerWeek(at_most=5), "DDDDD..", 0, "five are allowed"),
    Case(DaysPerWeek(at_most=5), "DDDDDD.", 1, "six are not"),
    Case(DaysPerWeek(at_least=3), "DD.....", 1, "one day short"),
    Case(DaysPerWeek(at_least=3), "DD....", 0, "Sunday is not planned yet"),
    Case(DaysPerWeek(at_most=5), "DDDD.", 1, "two before and four now", first_day=WEDNESDAY, history="DD"),
    Case(DaysPerWeek(at_least=6), "DDD..", 1, "two before and three now", first_day=WEDNESDAY, history="DD"),
    Case(DaysPerWeek(at_least=6), "DDD..", 0, "who knows what was before", first_day=WEDNESDAY),
    Case(
        DaysPerWeek(at_most=1),
        ".....",
        0,
        "what was before is past judging",
        first_day=WEDNESDAY,
        history="DD",
    ),
    Case(
        DaysPerWeek(at_most=1), "D....", 1, "but nothing more is allowed", first_day=WEDNESDAY, history="DD"
    ),
    # D is paid 450, N 480; the contract says 900 to 1350 a week
    Case(PaidHours(), "DD.....", 0, "900 are the least"),
    Case(PaidHours(), "D......", 450, "half of it"),
    Case(PaidHours(), "DDD....", 0, "1350 are the most"),
    Case(PaidHours(), "DDDD...", 450, "1800 - 1350"),
    Case(PaidHours(at_least_minutes=930, at_most_minutes=930), "DN.....", 0, "exactly 930"),
    Case(PaidHours(at_least_minutes=960, at_most_minutes=960), "DN.....", 30, "exactly 960 are wanted"),
    Case(PaidHours(per="horizon", at_most_minutes=900), "DD.....D", 450, "1350 - 900 over both weeks"),
    Case(
        PaidHours(),
        "D......",
        0,
        "a paid day off counts",
        facts={"time_off": [window(at(6, 0), at(7, 0), paid_minutes=450)]},
    ),
    Case(
        PaidHours(at_least_minutes=851),
        "D......",
        1,
        "400 over a weekend before and two days: 450 + 400",
        facts={"time_off": [window(at(2, 8), at(5, 17), paid_minutes=400)]},
    ),
    Case(
        PaidHours(at_least_minutes=1351, at_most_minutes=3000),
        "D......",
        1,
        "1800 are a duty on each of four dates, two of them before: 450 + 900",
        facts={"time_off": [window(at(2, 8), at(5, 17), paid_minutes=1800)]},
    ),
    Case(PaidHours(), "DD...", 450, "four duties, 1800", first_day=WEDNESDAY, history="DD"),
    Case(PaidHours(), ".....", 0, "two before are the least", first_day=WEDNESDAY, history="DD"),
    Case(Overtime(beyond_minutes=440, at_most_minutes=20), "DD.....", 0, "10 minutes on each of two days"),
    Case(Overtime(beyond_minutes=440, at_most_minutes=20), "DDD....", 10, "30 - 20"),
    Case(Overtime(beyond_minutes=450, at_most_minutes=0), "DDD....", 0, "exactly the ordinary hours"),
    Case(Overtime(beyond_minutes=440, at_most_minutes=20), "D......", 10, "20 before in March", history="DD"),
    Case(Overtime(beyond_minutes=440, at_most_minutes=20), "DD.....", 0, "February", history="DDD...."),
    Case(MaxConsecutiveDays(days=5), "DDDDD.D", 0, "five in a row"),
    Case(MaxConsecutiveDays(days=5), "DDDDDD.", 1, "six"),
    Case(MaxConsecutiveDays(days=5), "DDD....", 1, "three before make six", history="DDD"),
    Case(MaxConsecutiveDays(days=5), "DDD....", 0, "a day off on the eve", history="DDD."),
    Case(MaxConsecutiveDays(days=5), ".......", 0, "seven before are past judging", history="DDDDDDD"),
    Case(MaxConsecutiveDays(days=5, scope=FROM_TUESDAY), "DDDDDD.", 0, "from Tuesday on it is five"),
    Case(MinConsecutiveDays(days=2), ".DD.DD.", 0, "two are enough"),
    Case(MinConsecutiveDays(days=2), ".D.DD..", 1, "Tuesday alone"),
    Case(MinConsecutiveDays(days=3), ".D.DD..", 3, "two short and one short"),
    Case(MinConsecutiveDays(days=2), "D.....D", 0, "both may be longer than what is seen"),
    Case(MinConsecutiveDays(days=2), "D......", 1, "Sunday is known to be off", history="D."),
    Case(MinConsecutiveDays(days=2), ".......", 1, "Sunday alone could have been continued", history="D"),
    Case(MinConsecutiveDays(days=2), "D......", 0, "Sunday and Monday", history="D"),
    Case(MinConsecutiveDays(days=3, edges="closed"), "D.DDD.D", 4, "one at either edge, two short each"),
    Case(MinConsecutiveDays(days=3, edges="closed"), "D..DDDD", 0, "two before are known", history="DD"),
    Case(MinConsecutiveDays(days=8, edges="closed"), "DDDDDDD", 1, "seven from edge to edge"),
    Case(MinConsecutiveDaysOff(days=2, edges="closed"), ".DDDDD.", 2, "one day off at either edge"),
    Case(MaxConsecutiveDaysOff(days=2), "D..D..D", 0, "two are allowed"),
    Case(MaxConsecutiveDaysOff(days=2), "D...D..", 1, "three are not"),
    Case(MaxConsecutiveDaysOff(days=2), "..DD..D", 1, "Sunday makes three", history="D."),
    Case(MaxConsecutiveDaysOff(days=2), "..DD..D", 0, "nothing is known of Sunday"),
    Case(MinConsecutiveDaysOff(days=2), "D..D..D", 0, "two are enough"),
    Case(MinConsecutiveDaysOff(days=2), "D.DD..D", 1, "Tuesday alone"),
    Case(MinConsecutiveDaysOff(days=2), "D......", 1, "Sunday alone, known from the history", history="D."),
    Case(MinConsecutiveDaysOff(days=2), ".D.....", 0, "Sunday may have been off too"),
    Case(MinConsecutiveDaysOff(days=2), "DDDDDD.", 0, "next Monday may be off too"),
    Case(NIGHT_THEN_DAY, "ND.....", 1, "a morning after a night"),
    Case(NIGHT_THEN_DAY, "N.D.NN.", 0, "a day between, and nights after nights are fine"),
    Case(NIGHT_THEN_DAY, "D......", 1, "the night was on the eve", history="N"),
    Case(TWO_APART, "N.D....", 1, "one day between where two are asked for"),
    Case(TWO_APART, "N..D...", 0, "two days between"),
    Case(TWO_APART, "NDD....", 2, "both are too early"),
    Case(TWO_APART, "D......", 1, "the day before the eve still bars it", history="N."),
    Case(ForwardRotation(), "DLN.D..", 0, "a day off lets it begin anew"),
    Case(ForwardRotation(), "NLD....", 2, "22:00, 12:00, 08:00"),
    Case(ForwardRotation(within_minutes=240), "LD.....", 0, "12:00 to 08:00 are exactly four hours"),
    Case(ForwardRotation(within_minutes=239), "LD.....", 1, "one minute too many"),
    Case(ForwardRotation(), "L......", 1, "the night was on the eve", history="N"),
    Case(ForwardRotation(), ".L.....", 0, "and Monday is off", history="N"),
    Case(ShiftsInARow(templates=("night",), at_most=2), "NN.NND.", 0, "two in a row"),
    Case(ShiftsInARow(templates=("night",), at_most=2), "NNN.D..", 1, "three"),
    Case(ShiftsInARow(templates=("day",), at_most=3), "DD.....", 1, "two before", history="DD"),
    Case(ShiftsInARow(templates=("day",), at_least=3), ".DDN...", 1, "two, then a night"),
    Case(ShiftsInARow(templates=("day",), at_least=3), "DD.....", 0, "it may be longer"),
    Case(UnwantedPattern(days=("night", "day")), "ND.NND.", 2, "twice a day behind a night"),
    Case(UnwantedPattern(days=("night", "day")), "D......", 1, "the night was on the eve", history="N"),
    Case(UnwantedPattern(days=("free Fri", "work Sat", "work Sun")), "DDDD.DD", 1, "Friday off, then two"),
    Case(UnwantedPattern(days=("free Fri", "work", "work")), "DDDD.D.", 0, "Sunday is off too"),
    Case(UnwantedPattern(days=("free Fri", "work", "work")), "DDD.DDD", 0, "Thursday is no Friday"),
    Case(UnwantedPattern(days=("work", "free", "work")), "D.D.D..", 2, "two single days off"),
    Case(UnwantedPattern(days=("work", "free", "work")), "D......", 1, "off on the eve", history="D."),
    Case(UnwantedPattern(days=("work", "free", "work")), ".D.....", 1, "worked on the eve", history="D"),
    Case(UnwantedPattern(days=("work", "free", "work")), ".D.....", 0, "nothing is known of the eve"),
    Case(UnwantedPattern(days=("night", "any", "not night")), "N.D....", 1, "two days after a night"),
    Case(UnwantedPattern(days=("night", "any", "not night")), "N.N....", 0, "a night is no other shift"),
    Case(UnwantedPattern(days=("work Sun",)), "DDDDDDD", 1, "Sunday"),
    Case(ShiftCount(templates=("night",), at_most=2), "NN..D..", 0, "two nights"),
    Case(ShiftCount(templates=("night",), at_most=2), "NNN.D..", 1, "three"),
    Case(ShiftCount(templates=("night",), at_least=1), "D......", 1, "none"),
    Case(
        ShiftCount(templates=("night",), at_most=2, per="week"),
        "N....",
        1,
        "the third of its week",
        first_day=WEDNESDAY,
        history="NN",
    ),
    Case(
        ShiftCount(templates=("night",), at_most=2, per="week"), "......NNN", 0, "one and two, in two weeks"
    ),
    # N has 7 h from 23:00 to 06:00, L none
    # the contract has 900 to 1350 paid minutes a week: two and a half days of 450, so that a share is 2 to 3
    Case(FairShare(together=6), "DD.....", 0, "six days for three", others=("D..L...", "...DD..")),
    Case(FairShare(together=6), "DDD....", 1, "one too many", others=("DD.....", "DD.....")),
    Case(FairShare(together=7), "DDD....", 0, "2.33 is between two and three", others=("DD.....", "DD.....")),
    Case(
        FairShare(together=4, scope=Scope(weekdays=(4, 5, 6))),
        ".....DD",
        1,
        "open on two days of three Ann has 4 x 2 / 8, the others 1.5",
        others=("....DD.", "....D.."),
        facts={"unavailable": [window(at(8, 0), at(9, 0))]},
    ),
    Case(
        FairShare(of="shifts", templates=("night",)),
        "NNNN...",
        9,
        "the contract has none, and four too many are 4 + 3 + 2 in three steps",
    ),
    Case(FairShare(of="shifts", templates=("night",), within=3), "NNNN...", 1, "three are free"),
    Case(FairShare(of="weekends", together=1), "DDDDD..", 1, "the one weekend is nobody's"),
    Case(FairShare(of="weekends", together=1), ".....DD", 0, "both days are one weekend"),
    Case(FairShare(of="nights", together=2), "N......", 1, "the contract has no nights, so that none is due"),
    Case(FairShare(of="starts", earliest_start_clock=720, together=2), "LL.....", 0, "two from noon on"),
    Case(FairShare(of="starts", earliest_start_clock=721, together=0), "LL.....", 0, "noon is before 12:01"),
    Case(FairShare(of="shifts", templates=("night",), steps=1), "NN.....", 2, "each counts once"),
    Case(FairShare(scope=SATURDAYS), "DDDDD.D", 0, "24 of 168 hours are 0.36 of a Saturday: none is free"),
    Case(FairHours(together_minutes=1350, within_minutes=0), "DDD....", 0, "3 x 450"),
    Case(FairHours(together_minutes=1350, steps=1), "DD.....", 390, "an hour of 450 minutes is free"),
    Case(
        FairHours(together_minutes=9999, within_minutes=0, steps=1),
        "DD.....",
        450,
        "no more is due than the contract has, 1350",
    ),
    Case(
        FairHours(together_minutes=1350, within_minutes=0),
        "DD.....",
        1170,
        "450 are lacking, and beyond one and two hours 390 and 330 once more",
    ),
    Case(
        FairHours(together_minutes=1350, within_minutes=0),
        "DD.....",
        0,
        "450 paid minutes of absence count",
        facts={"time_off": [window(at(8, 0), at(9, 0), paid_minutes=450)]},
    ),
    Case(WorkCycle(days=("work", "work", "free"), anchor=MONDAY), "DD.DL.D", 0, "three days in turn"),
    Case(
        WorkCycle(days=("work", "work", "free"), anchor=date(2024, 3, 10)),
        "DD.DL.D",
        0,
        "six days later",
    ),
    Case(
        WorkCycle(days=("work", "work", "free"), anchor=date(2024, 2, 29)), "DD.DL.D", 4, "Tue, Wed, Fri, Sat"
    ),
    Case(WorkCycle(days=("day", "night", "any", "not day"), anchor=MONDAY), "LND.NN.", 2, "Thu and Fri"),
    Case(
        WorkCycle(days=("work", "free"), anchor=MONDAY),
        "......D",
        2,
        "away on Monday, off on Wednesday and Friday",
        facts={"time_off": [window(at(4, 0), at(5, 0))]},
    ),
    Case(NightCount(at_most=2), "NN.L...", 0, "two nights"),
    Case(NightCount(at_most=2), "NN.N...", 1, "three"),
    Case(NightCount(at_most=0, night_minutes=420), "N......", 1, "exactly 420 minutes are a night"),
    Case(NightCount(at_most=0, night_minutes=421), "N......", 0, "421 would be one"),
    Case(NightCount(at_most=0, since_clock=1200, until_clock=1380), "L......", 0, "20:00 is the end of L"),
    Case(NightCount(at_most=0, since_clock=1020, until_clock=1380), "L......", 1, "17:00 to 20:00 are 180"),
    Case(NightCount(at_most=2, per="week"), "N....", 1, "the third", first_day=WEDNESDAY, history="NN"),
    Case(NightCount(at_least=1, scope=SATURDAYS), "NNNNN.N", 1, "no night on Saturday"),
    Case(NightsInARow(at_most=3), "NNN.NN.", 0, "three in a row"),
    Case(NightsInARow(at_most=3), "NNNN.N.", 1, "four"),
    Case(NightsInARow(at_most=3), "NN.....", 1, "two before make four", history="NN"),
    Case(NightsInARow(at_most=3), "NN.....", 0, "a day shift on the eve", history="NND"),
    Case(NightsInARow(at_least=2), ".NN.N..", 1, "one alone"),
    Case(NightsInARow(at_least=2), "DN.....", 1, "one alone behind a day shift"),
    Case(NightsInARow(at_least=2), "N.....N", 0, "both may be longer than what is seen"),
    Case(NightMinutesKept(per_day_minutes=420), "NN.....", 0, "420 each"),
    Case(NightMinutesKept(per_day_minutes=419), "NN.....", 2, "one too many, twice"),
    Case(NightMinutesKept(per_day_minutes=0), "DL.....", 0, "none at night"),
    Case(NightMinutesKept(at_most_minutes=1000), "NNN....", 260, "1260 - 1000"),
    Case(NightMinutesKept(at_most_minutes=1000, per="horizon"), "......NNN", 260, "over both weeks"),
    Case(NightMinutesKept(at_most_minutes=800), "N....", 40, "840", first_day=WEDNESDAY, history=".N"),
    Case(RestAfterNights(), "N..D...", 0, "Tuesday 06:00 to Thursday 08:00 are 50 h"),
    Case(RestAfterNights(rest_minutes=3000), "N..D...", 0, "exactly so much"),
    Case(RestAfterNights(rest_minutes=3001), "N..D...", 1, "one minute short"),
    Case(RestAfterNights(), "N.D....", 1320, "26 h of 48"),
    Case(RestAfterNights(), "NNN.D..", 1320, "the row is over on Thursday morning"),
    Case(RestAfterNights(), "N.N....", 480, "40 h, and another row begins"),
    Case(RestAfterNights(nights=2), "N.DNN..", 0, "one night asks for nothing"),
    Case(RestAfterNights(nights=3), "NND....", 0, "two do not"),
    Case(RestAfterNights(nights=3), "ND.....", 2760, "two before make three, and 2 h of 48", history="NN"),
    Case(RestAfterNights(nights=2), ".D.....", 1320, "26 h behind the history's row", history="NN"),
    Case(RestAfterNights(nights=2), "N.D....", 0, "a day off on the eve parts them", history="N."),
    Case(Weekends(at_most=1), "D....DD", 0, "one weekend, both days"),
    Case(Weekends(at_most=0), "D....D.", 1, "Saturday alone is a weekend"),
    Case(
        Weekends(at_most=0),
        ".",
        0,
        "Saturday was worked before, Sunday is off",
        first_day=SUNDAY,
        history="D",
    ),
    Case(Weekends(in_a_row=1), "D......D", 1, "two Saturdays", first_day=SATURDAY),
    Case(Weekends(in_a_row=1), "D....D.", 1, "last Saturday is known", history=".....D."),
    Case(Weekends(in_a_row=2), "D....D.", 0, "two are allowed", history=".....D."),
    Case(Weekends(whole=True), "D....DD", 0, "both days"),
    Case(Weekends(whole=True), "D....D.", 1, "Saturday without Sunday"),
    Case(Weekends(whole=True), "D....D", 0, "Sunday is not planned yet"),
    Case(
        Weekends(whole=True), ".", 1, "Saturday was worked before the horizon", first_day=SUNDAY, history="D"
    ),
    Case(Weekends(whole=True), "D", 0, "nothing is known of Saturday", first_day=SUNDAY),
    Case(Weekends(whole=True, weekend_days=(4, 5, 6)), "....D.D", 2, "Friday, not Saturday, then Sunday"),
    Case(Weekends(at_least_in_a_row=2), ".....D......D......D.", 0, "three in a row, at both edges"),
    Case(Weekends(at_least_in_a_row=2), ".....D.......", 0, "last weekend is not known"),
    Case(Weekends(at_least_in_a_row=2), ".....D.......", 1, "it was off", history="D...."),
    Case(Weekends(at_least_in_a_row=2), ".............", 1, "one before, and none behind", history="D"),
    Case(Weekends(alike=True), ".....DN", 1, "a day shift, then a night"),
    Case(Weekends(alike=True), ".....DL", 0, "both are of the template day"),
    Case(Weekends(alike=True), ".....N.", 0, "only one of them"),
    Case(Weekends(alike=True), "D", 1, "the night on Saturday is known", first_day=SUNDAY, history="N"),
    Case(StartConsistency(within_minutes=120), "DL.....", 0, "08:00 and 12:00 lie 2 x 120 apart"),
    Case(StartConsistency(within_minutes=119), "DL.....", 2, "240 - 238"),
    Case(StartConsistency(within_minutes=0), "......DL", 0, "Sunday and Monday are two weeks"),
    Case(
        StartConsistency(within_minutes=0, weekdays=(0, 2)), "DLD.N..", 0, "only Monday and Wednesday count"
    ),
    # D: the meal starts 180 to 300 after the start on quarters, the rest 120 to 60 before the end: 360 to 420
    Case(BreakWindows(), "D", 0, "both on the edge", breaks={"meal": 180, "rest": 420}),
    Case(BreakWindows(), "D", 10, "ten minutes early", breaks={"meal": 170, "rest": 420}),
    Case(BreakWindows(), "D", 1, "inside, off the step", breaks={"meal": 185, "rest": 420}),
    Case(BreakWindows(), "D", 15, "a quarter too late", breaks={"meal": 300, "rest": 435}),
    Case(BreakWindows(), "N", 0, "01:00 by the clock", breaks={"coffee": 180}),
    Case(BreakWindows(), "N", 5, "01:05 by the clock", breaks={"coffee": 185}),
    Case(
        BreakWindows(scope=Scope(templates=("day",))), "N", 0, "nights are not meant", breaks={"coffee": 185}
    ),
    Case(BreaksInOrder(), "D", 0, "the meal comes first"),
    Case(BreaksInOrder(), "D", 1, "the rest comes first", breaks={"rest": 240, "meal": 270}),
    Case(BreaksInOrder(), "D", 0, "at one time they are in order", breaks={"rest": 240, "meal": 240}),
    # 12:30 to 14:30 are 120 minutes
    Case(BreakGaps(at_least_minutes=120), "D", 0, "exactly 120"),
    Case(BreakGaps(at_least_minutes=125), "D", 5, "five short"),
    Case(BreakGaps(at_most_minutes=120), "D", 0, "exactly 120"),
    Case(BreakGaps(at_most_minutes=60), "DD", 120, "60 too long, twice"),
    Case(BreakGaps(at_least_minutes=120), "N", 0, "one break has no gap"),
    # D is worked 240, 120 and 75 minutes at a stretch
    Case(WorkWithoutBreak(at_most_minutes=240), "D", 0, "240 are allowed"),
    Case(WorkWithoutBreak(at_most_minutes=235), "D", 5, "five too long"),
    Case(WorkWithoutBreak(at_most_minutes=100), "D", 160, "140 and 20 too long"),
    Case(WorkWithoutBreak(), "D", 120, "no break at all: 480 - 360", breaks={}),
    # D is 480 minutes from start to end with 30 unpaid and 15 paid minutes of break, N 480 with 15 paid
    Case(LeastBreakMinutes(at_least_minutes=45), "D......", 0, "30 and 15 are exactly so much"),
    Case(LeastBreakMinutes(at_least_minutes=46), "D.L....", 2, "a minute short, twice"),
    Case(LeastBreakMinutes(at_least_minutes=45, piece_at_least_minutes=15), "D", 0, "15 is a piece of 15"),
    Case(LeastBreakMinutes(at_least_minutes=45, piece_at_least_minutes=16), "D", 15, "only 30 count"),
    Case(LeastBreakMinutes(over_minutes=435, at_least_minutes=60), "D", 0, "480 - 45 are not over 435"),
    Case(LeastBreakMinutes(over_minutes=434, at_least_minutes=60), "D", 15, "over 434, 60 - 45"),
    Case(
        LeastBreakMinutes(over_minutes=449, at_least_minutes=31, **LONG_BREAKS),
        "D",
        1,
        "the rest is work: 450",
    ),
    Case(LeastBreakMinutes(over_minutes=450, at_least_minutes=31, **LONG_BREAKS), "D", 0, "not over 450"),
    Case(LeastBreakMinutes(over_minutes=480, at_least_minutes=60, basis="elapsed"), "DN", 0, "not over 480"),
    Case(LeastBreakMinutes(over_minutes=479, at_least_minutes=60, basis="elapsed"), "DN", 60, "15 and 45"),
    Case(LeastBreakMinutes(over_minutes=450, at_least_minutes=60, basis="paid"), "DN", 45, "N is paid 480"),
    Case(LeastBreakMinutes(over_minutes=449, at_least_minutes=60, basis="paid"), "D", 15, "D is paid 450"),
    Case(LeastBreakMinutes(over_minutes=435, counts="unpaid"), "D", 0, "work is without the rest as well"),
    Case(LeastBreakMinutes(over_minutes=434, at_least_minutes=31, counts="unpaid"), "D", 1, "over 434"),
    Case(LeastBreakMinutes(counts="unpaid"), "DN", 30, "a meal of 30, and none"),
    Case(LeastBreakMinutes(counts="paid", at_least_minutes=20), "DN", 10, "15 each"),
    Case(LeastBreakMinutes(), "N", 15, "15 of 30"),
    Case(LeastBreakMinutes(over_minutes=0), ".......", 0, "nobody works"),
    Case(
        LeastBreakMinutes(over_minutes=59, at_least_minutes=5, for_each_minutes=60), "D", 0, "35 for 7 h 15"
    ),
    Case(
        LeastBreakMinutes(over_minutes=59, at_least_minutes=7, for_each_minutes=60), "D", 4, "49 for 7 h 15"
    ),
    Case(
        LeastBreakMinutes(over_minutes=0, at_least_minutes=23, for_each_minutes=218),
        "D",
        0,
        "435 is once 218",
    ),
    Case(
        LeastBreakMinutes(over_minutes=0, at_least_minutes=23, for_each_minutes=217), "D", 1, "and twice 217"
    ),
    Case(Pins(), ".", 0, "off as pinned", facts={"pins": [{"day": MONDAY, "off": True}]}),
    Case(Pins(), "D", 1, "was to be off", facts={"pins": [{"day": MONDAY, "off": True}]}),
    Case(Pins(), "D", 0, "as pinned", facts={"pins": [{"day": MONDAY, "template": "day", "start": 480}]}),
    Case(Pins(), "L", 1, "another start", facts={"pins": [{"day": MONDAY, "template": "day", "start": 480}]}),
    Case(Pins(), "N", 1, "another shift", facts={"pins": [{"day": MONDAY, "template": "day"}]}),
    Case(Pins(), ".", 1, "no duty", facts={"pins": [{"day": MONDAY, "template": "day"}]}),
    Case(Pins(), "D", 1, "another length", facts={"pins": [{"day": MONDAY, "length_minutes": 450}]}),
    Case(Pins(), "D", 0, "12:00 and 14:30", facts={"pins": [{"day": MONDAY, "break_starts": [720, 870]}]}),
    Case(
        Pins(),
        "D",
        1,
        "the rest lies elsewhere",
        facts={"pins": [{"day": MONDAY, "break_starts": [720, 885]}]},
    ),
    Case(PreferredStarts(), "D", 0, "08:00 is liked", facts={"preferred_starts": [(480, 480)]}),
    Case(PreferredStarts(), "DL", 2, "neither is", facts={"preferred_starts": [(481, 719)]}),
    Case(PreferredStarts(), "D", 0, "nothing was asked for"),
    Case(PreferredDaysOff(), "D", 1, "Monday was asked for", facts={"preferred_days_off": [MONDAY]}),
    Case(PreferredDaysOff(), ".D", 0, "Monday is off", facts={"preferred_days_off": [MONDAY]}),
    Case(
        PreferredDaysOff(scope=FROM_TUESDAY),
        "D.",
        0,
        "Monday is not meant",
        facts={"preferred_days_off": [MONDAY]},
    ),
    Case(ShiftWishes(), "L", 0, "a day shift, as wished", facts=wish(template="day")),
    Case(ShiftWishes(), "N", 1, "another shift", facts=wish(template="day")),
    Case(ShiftWishes(), ".", 1, "no shift", facts=wish(template="day")),
    Case(ShiftWishes(), "N", 0, "any shift will do", facts=wish()),
    Case(ShiftWishes(), ".D", 1, "Tuesday is not Monday", facts=wish()),
    Case(ShiftWishes(), "D", 0, "not the night", facts=wish(template="night", wanted=False)),
    Case(ShiftWishes(), "N", 1, "just the night", facts=wish(template="night", wanted=False)),
    Case(ShiftWishes(), "D", 1, "no shift was wanted", facts=wish(wanted=False)),
    Case(ShiftWishes(), ".", 0, "and there is none", facts=wish(wanted=False)),
    Case(ShiftWishes(scope=FROM_TUESDAY), "..", 0, "Monday is not meant", facts=wish()),
    Case(ShiftWishes(), ".", 0, "a wish for a day that is not planned", facts=wish(day=WEDNESDAY)),
)
