"""Rules in several settings, each tried on every roster of the stages where it has something to say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from constraints import (
    CATALOGUE,
    Availability,
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
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
    NightCount,
    NightMinutesKept,
    NightsInARow,
    OneShiftADay,
    Overtime,
    PaidHours,
    Pins,
    PreferredDaysOff,
    PreferredStarts,
    RestAfterNights,
    RestEachDay,
    SameShift,
    ShiftCount,
    ShiftLength,
    ShiftsInARow,
    ShiftTimes,
    ShiftWishes,
    StartConsistency,
    SubstituteDayOff,
    TimeOffKept,
    UnwantedPattern,
    Weekends,
    WeeklyRest,
    WorkCycle,
)
from scheduler.model import AgentRule, Rule, Scope


@dataclass(frozen=True)
class Variant:
    """One setting of a rule, and the stages that it is tried on."""

    rule: AgentRule
    stages: tuple[str, ...] = ("cut", "sunday")

    def __str__(self) -> str:
        fields = self.rule.model_dump(exclude={"kind", "label", "strength", "price"}, exclude_defaults=True)
        return f"{self.rule.kind}-{'-'.join(str(value) for value in fields.values()) or 'default'}"


# the stages begin on 2 March (Saturday), 4 March and 31 March (Sunday) of 2024
LATER = Scope(first_day=date(2024, 3, 3), last_day=date(2024, 4, 5))
SHORTER = Scope(last_day=date(2024, 4, 6))
EARLY = Scope(last_day=date(2024, 3, 4))
SUNDAYS = Scope(weekdays=(6,))
# a Monday, and dates before, inside and behind the stages
NAMED = Scope(weekdays=(0,), dates=(date(2024, 2, 29), date(2024, 3, 2), date(2024, 3, 30), date(2024, 4, 2)))
LATER_NAMED = Scope(first_day=date(2024, 3, 3), weekdays=(0, 1, 6), dates=(date(2024, 3, 2),))
CUT, SUNDAY, WEEK, TWICE = ("cut",), ("sunday",), ("week",), ("twice",)
AWAY = ("sick", "joins")

WRITTEN: tuple[Variant, ...] = (
    Variant(Entitlement(), CUT + TWICE),
    Variant(Entitlement(scope=LATER), CUT),
    Variant(Availability(), CUT + SUNDAY + TWICE),
    Variant(Availability(scope=LATER), CUT),
    Variant(TimeOffKept()),
    Variant(TimeOffKept(scope=EARLY), CUT),
    Variant(OneShiftADay(), CUT + TWICE),
    Variant(OneShiftADay(scope=LATER), TWICE),
    Variant(DailyRest(), CUT + TWICE),
    Variant(DailyRest(rest_minutes=900)),
    Variant(DailyRest(rest_minutes=1500, between="start_to_start"), CUT),
    Variant(DailyRest(scope=LATER), CUT),
    Variant(WeeklyRest(), SUNDAY + WEEK),
    Variant(WeeklyRest(rest_minutes=3000), CUT + WEEK),
    Variant(WeeklyRest(rest_minutes=2500, per="rolling"), CUT + SUNDAY),
    Variant(WeeklyRest(per="rolling", scope=LATER), CUT),
    Variant(DaysPerWeek(at_least=3, at_most=5), CUT + SUNDAY),
    Variant(DaysPerWeek(at_most=2, scope=LATER), CUT + SUNDAY + TWICE),
    Variant(DaysPerWeek(at_least=4, at_most=4), WEEK),
    Variant(DaysPerWeek(at_least=2, scope=SHORTER), SUNDAY),
    Variant(DaysPerWeek(at_least=1, at_most=1, scope=NAMED), CUT + SUNDAY + TWICE),
    Variant(DaysPerWeek(at_least=2, at_most=2, scope=Scope(weekdays=(4, 5, 6))), CUT + SUNDAY),
    Variant(DaysPerWeek(at_most=1, scope=LATER_NAMED), CUT),
    Variant(OneShiftADay(scope=SUNDAYS), TWICE),
    Variant(Entitlement(scope=NAMED), CUT),
    Variant(DailyRest(scope=NAMED), CUT),
    Variant(ForbiddenSuccession(first=("night",), then=("day",), scope=SUNDAYS), CUT),
    Variant(StartConsistency(within_minutes=60, scope=NAMED), CUT),
    Variant(PaidHours(at_least_minutes=450, at_most_minutes=500, scope=NAMED), CUT + SUNDAY),
    Variant(PaidHours(per="month", at_least_minutes=1000, at_most_minutes=1400), CUT + SUNDAY),
    Variant(PaidHours(per="month", at_most_minutes=800, scope=NAMED), CUT + SUNDAY),
    Variant(ShiftCount(templates=("day",), per="month", at_least=1, at_most=2), CUT + SUNDAY),
    Variant(ShiftCount(templates=("day",), per="month", at_most=1, scope=NAMED), CUT + SUNDAY),
    Variant(ShiftCount(templates=("day",), at_most=1, scope=SUNDAYS), SUNDAY),
    Variant(PaidHours(), CUT + SUNDAY + TWICE),
    Variant(PaidHours(at_least_minutes=1400, at_most_minutes=1400), CUT + WEEK),
    Variant(PaidHours(per="quarter", at_least_minutes=1000, at_most_minutes=1400), CUT + SUNDAY),
    Variant(PaidHours(per="year", at_most_minutes=1800, label="counted"), CUT + SUNDAY),
    Variant(
        ShiftCount(templates=("day",), per="quarter", at_least=3, at_most=4, label="times"), CUT + SUNDAY
    ),
    Variant(Overtime(beyond_minutes=440, at_most_minutes=15, per="week"), CUT + SUNDAY),
    Variant(Overtime(beyond_minutes=440, at_most_minutes=40, per="year", label="counted"), CUT + SUNDAY),
    Variant(Overtime(beyond_minutes=440, at_most_minutes=70, per="month", scope=NAMED), CUT),
    Variant(PaidHours(per="horizon", at_least_minutes=960, at_most_minutes=1440), CUT),
    Variant(PaidHours(at_most_minutes=1000, scope=LATER), CUT),
    Variant(MaxConsecutiveDays(days=2), CUT + SUNDAY + TWICE),
    Variant(MaxConsecutiveDays(days=3, scope=LATER), CUT),
    Variant(MaxConsecutiveDays(days=3, scope=SHORTER), SUNDAY),
    Variant(MinConsecutiveDays(days=2)),
    Variant(MinConsecutiveDays(days=4), SUNDAY),
    Variant(MinConsecutiveDays(days=3, edges="closed"), CUT + SUNDAY),
    Variant(MinConsecutiveDays(days=6, edges="closed"), CUT),
    Variant(MinConsecutiveDays(days=2, edges="closed", scope=LATER), CUT),
    Variant(MinConsecutiveDaysOff(days=3, edges="closed"), CUT + SUNDAY + AWAY),
    Variant(MinConsecutiveDaysOff(days=5, edges="closed"), CUT),
    Variant(MinConsecutiveDaysOff(days=2, edges="closed", scope=SHORTER), SUNDAY),
    Variant(MinConsecutiveDays(days=2, scope=LATER), CUT),
    Variant(MinConsecutiveDays(days=3, scope=SHORTER), SUNDAY),
    Variant(MaxConsecutiveDaysOff(days=1)),
    Variant(MaxConsecutiveDaysOff(days=3), SUNDAY),
    Variant(MaxConsecutiveDaysOff(days=1, scope=LATER), CUT),
    Variant(MinConsecutiveDaysOff(days=2)),
    Variant(MinConsecutiveDaysOff(days=3), SUNDAY),
    Variant(MinConsecutiveDaysOff(days=2, scope=LATER), CUT),
    Variant(ForbiddenSuccession(first=("night",), then=("day",)), CUT),
    Variant(ForbiddenSuccession(first=("night",), then=("day", "night"), days_between=3), CUT),
    Variant(ForbiddenSuccession(first=("day",), then=("night",), days_between=2, scope=LATER), CUT),
    Variant(UnwantedPattern(days=("night", "day")), CUT),
    Variant(UnwantedPattern(days=("day", "free", "work")), CUT + SUNDAY + AWAY),
    Variant(UnwantedPattern(days=("free Sat", "work", "not night")), CUT),
    Variant(UnwantedPattern(days=("work", "any", "free", "day/night")), CUT + SUNDAY),
    Variant(UnwantedPattern(days=("free Fri", "work", "work")), CUT),
    Variant(UnwantedPattern(days=("free", "work", "free"), scope=LATER), CUT),
    Variant(UnwantedPattern(days=("work", "free", "free"), scope=NAMED), CUT + SUNDAY),
    Variant(UnwantedPattern(days=("work Sun",)), CUT + SUNDAY),
    Variant(ShiftCount(templates=("night",), at_most=1, per="week"), CUT),
    Variant(ShiftCount(templates=("day",), at_least=2, at_most=3, per="week"), SUNDAY),
    Variant(ShiftCount(templates=("day", "night"), at_least=1, at_most=2), CUT + TWICE),
    Variant(ShiftCount(templates=("day",), at_most=1, scope=LATER), CUT),
    Variant(ShiftLength(at_most_minutes=479), CUT + TWICE),
    Variant(ShiftLength(at_least_minutes=460, basis="paid"), CUT + TWICE),
    Variant(ShiftLength(at_least_minutes=440, at_most_minutes=450, basis="work", scope=NAMED), CUT),
    Variant(LeastBreakMinutes(over_minutes=434, at_least_minutes=46, piece_at_least_minutes=15), CUT + TWICE),
    Variant(LeastBreakMinutes(over_minutes=440, at_least_minutes=60, basis="paid", scope=NAMED), CUT),
    Variant(LeastBreakMinutes(over_minutes=450, at_least_minutes=60, basis="paid"), CUT),
    Variant(LeastBreakMinutes(piece_at_least_minutes=16, scope=LATER), CUT),
    Variant(LeastBreakMinutes(over_minutes=59, at_least_minutes=16, for_each_minutes=145), CUT + TWICE),
    Variant(
        LeastBreakMinutes(
            over_minutes=440, at_least_minutes=31, piece_at_least_minutes=16, basis="work_and_short_breaks"
        ),
        CUT,
    ),
    Variant(ShiftTimes(earliest_start_clock=720, latest_start_clock=720), CUT + TWICE),
    Variant(ShiftTimes(earliest_start_clock=480, latest_start_clock=1319, scope=NAMED), CUT),
    Variant(ShiftTimes(earliest_end_clock=960, latest_end_clock=1799), CUT + SUNDAY),
    Variant(ShiftTimes(earliest_end_clock=1200, latest_end_clock=1200, scope=LATER), CUT),
    Variant(SameShift(), CUT),
    Variant(SameShift(scope=NAMED), CUT),
    Variant(SameShift(scope=LATER), CUT),
    Variant(SubstituteDayOff(within_days=2), CUT + WEEK),
    Variant(SubstituteDayOff(within_days=3, scope=SUNDAYS), CUT + SUNDAY + AWAY),
    Variant(SubstituteDayOff(within_days=1, scope=NAMED), CUT + SUNDAY),
    Variant(SubstituteDayOff(within_days=1, scope=LATER), CUT),
    Variant(SubstituteDayOff(within_days=1, within_days_before=1), CUT + WEEK),
    Variant(SubstituteDayOff(within_days=1, within_days_before=2, scope=LATER_NAMED), CUT + SUNDAY),
    Variant(RestEachDay(from_clock=0), CUT + SUNDAY + WEEK),
    Variant(RestEachDay(rest_minutes=900, from_clock=360), CUT + WEEK),
    Variant(RestEachDay(rest_minutes=1000, from_clock=840, scope=NAMED), CUT + SUNDAY),
    Variant(RestEachDay(rest_minutes=961, from_clock=480, scope=LATER), CUT),
    Variant(DaysWorked(at_least=1, at_most=1, scope=NAMED), CUT + SUNDAY + TWICE),
    Variant(DaysWorked(at_most=1, per="month", scope=SUNDAYS), SUNDAY),
    Variant(DaysWorked(at_least=2, at_most=3, per="month"), CUT + SUNDAY),
    Variant(DaysWorked(at_least=2, at_most=4, per="month", label="times"), CUT + SUNDAY),
    Variant(DaysWorked(at_most=4, per="quarter", scope=LATER, label="times"), CUT),
    Variant(DaysWorked(at_most=0, per="week", scope=SUNDAYS), CUT + SUNDAY),
    Variant(DaysInWindow(window_days=4, at_most=3), CUT + SUNDAY + TWICE),
    Variant(DaysInWindow(window_days=3, at_least_off=2), CUT + WEEK),
    Variant(DaysInWindow(window_days=7, at_most=2, templates=("night",)), CUT + WEEK),
    Variant(DaysInWindow(window_days=20, at_most=3, scope=SHORTER), SUNDAY),
    Variant(DaysInWindow(window_days=3, at_most=1, scope=LATER), CUT),
    Variant(DaysInWindow(window_days=5, at_most=1, scope=NAMED), CUT + SUNDAY),
    Variant(DaysInWindow(window_days=3, at_most=1, anchor=date(2024, 3, 5)), CUT + SUNDAY),
    Variant(DaysInWindow(window_days=4, at_least_off=2, anchor=date(2024, 3, 31), scope=LATER), CUT + SUNDAY),
    Variant(HoursInWindow(window_days=3, at_most_minutes=900), CUT + SUNDAY + TWICE),
    Variant(HoursInWindow(window_days=1, at_most_minutes=470, basis="elapsed"), CUT + TWICE),
    Variant(HoursInWindow(window_days=4, at_most_minutes=1000, basis="work", scope=LATER), CUT),
    Variant(HoursInWindow(weeks=2, at_most_minutes=700, basis="elapsed"), CUT + SUNDAY),
    Variant(HoursInWindow(weeks=1, at_most_minutes=900, scope=NAMED), CUT + SUNDAY),
    Variant(FairShare(together=1), CUT + TWICE),
    Variant(FairShare(scope=NAMED), CUT + SUNDAY),
    Variant(FairShare(of="weekends", together=1, within=1), SUNDAY),
    Variant(FairShare(of="weekends", scope=LATER), CUT + TWICE),
    Variant(FairShare(of="nights", together=0, since_clock=0, until_clock=300, night_minutes=300), CUT),
    Variant(FairShare(of="nights", together=0, since_clock=0, until_clock=299, night_minutes=300), CUT),
    Variant(FairHours(), CUT),
    Variant(FairHours(together_minutes=900, within_minutes=30, scope=NAMED), CUT + SUNDAY),
    Variant(WorkCycle(days=("work", "free"), anchor=date(2024, 3, 2)), CUT + TWICE + AWAY),
    Variant(WorkCycle(days=("day", "not day", "any", "free"), anchor=date(2024, 3, 4), scope=LATER), CUT),
    Variant(WorkCycle(days=("day", "day", "free"), anchor=date(2024, 5, 1), scope=NAMED), CUT + SUNDAY),
    Variant(NightCount(at_most=1, per="week"), CUT),
    Variant(NightCount(at_least=3, at_most=4, per="week"), WEEK),
    Variant(NightCount(at_least=1, at_most=1, scope=NAMED), CUT + TWICE),
    Variant(NightCount(at_most=1, per="month"), CUT),
    Variant(NightCount(at_most=4, per="year", label="times"), CUT + WEEK),
    Variant(NightCount(at_most=1, since_clock=0, until_clock=300, night_minutes=300), CUT),
    Variant(NightCount(at_most=1, since_clock=0, until_clock=299, night_minutes=300), CUT),
    Variant(NightsInARow(at_least=2, at_most=2), CUT + WEEK),
    Variant(NightsInARow(at_least=2), CUT),
    Variant(ShiftsInARow(templates=("day",), at_least=2, at_most=2), CUT + SUNDAY),
    Variant(ShiftsInARow(templates=("night",), at_least=2), CUT + WEEK),
    Variant(ShiftsInARow(templates=("day", "night"), at_most=2, scope=LATER), CUT),
    Variant(ForwardRotation(), CUT + TWICE),
    Variant(ForwardRotation(within_minutes=239), CUT),
    Variant(ForwardRotation(within_minutes=240, scope=NAMED), CUT),
    Variant(ForwardRotation(within_minutes=600, scope=LATER), CUT),
    Variant(NightsInARow(at_most=1, scope=LATER), CUT),
    Variant(NightsInARow(at_most=1, since_clock=0, until_clock=300, night_minutes=300), CUT),
    Variant(NightsInARow(at_most=1, since_clock=0, until_clock=299, night_minutes=300), CUT),
    Variant(NightMinutesKept(per_day_minutes=300, at_most_minutes=500), CUT + WEEK),
    Variant(NightMinutesKept(at_most_minutes=840, per="month", scope=NAMED), CUT),
    Variant(NightMinutesKept(at_most_minutes=1200, per="year", label="counted"), CUT),
    Variant(NightMinutesKept(at_most_minutes=240, per="horizon", since_clock=1200, until_clock=30), CUT),
    Variant(NightMinutesKept(per_day_minutes=100, since_clock=960, until_clock=240), TWICE),
    Variant(RestAfterNights(nights=2), CUT + WEEK),
    Variant(RestAfterNights(), CUT),
    Variant(RestAfterNights(nights=3, rest_minutes=1500), WEEK),
    Variant(RestAfterNights(nights=2, scope=NAMED), CUT),
    Variant(RestAfterNights(since_clock=0, until_clock=300, night_minutes=300), CUT),
    Variant(RestAfterNights(since_clock=0, until_clock=299, night_minutes=300), CUT),
    Variant(Weekends(at_most=1)),
    Variant(Weekends(at_most=0)),
    Variant(Weekends(in_a_row=1)),
    Variant(Weekends(in_a_row=2), SUNDAY),
    Variant(Weekends(at_least_in_a_row=2)),
    Variant(Weekends(at_least_in_a_row=3, in_a_row=3, weekend_days=(6,)), SUNDAY),
    Variant(Weekends(at_least_in_a_row=2, weekend_days=(6, 0, 1)), CUT),
    Variant(Weekends(at_least_in_a_row=2, weekend_days=(2, 3), scope=LATER), SUNDAY),
    Variant(Weekends(whole=True)),
    Variant(Weekends(alike=True), CUT + SUNDAY),
    Variant(Weekends(alike=True, weekend_days=(5, 6, 0)), CUT),
    Variant(Weekends(alike=True, weekend_days=(4, 5, 6, 0), scope=LATER), CUT),
    Variant(Weekends(whole=True, weekend_days=(4, 5, 6), at_most=1), SUNDAY),
    Variant(Weekends(in_a_row=1, whole=True, at_most=0, scope=LATER), CUT),
    Variant(StartConsistency(within_minutes=60), CUT + TWICE),
    Variant(StartConsistency(within_minutes=0, weekdays=(0, 1, 5)), CUT),
    Variant(StartConsistency(within_minutes=200, scope=LATER), CUT),
    Variant(Pins(), CUT + TWICE),
    Variant(Pins(scope=LATER), CUT),
    Variant(PreferredStarts(), CUT + TWICE),
    Variant(PreferredStarts(scope=LATER), CUT),
    Variant(PreferredDaysOff(), CUT + TWICE),
    Variant(PreferredDaysOff(scope=EARLY), CUT),
    Variant(ShiftWishes(), CUT + SUNDAY + TWICE),
    Variant(ShiftWishes(scope=EARLY), CUT),
)


def is_inside_shifts(rule: type[Rule]) -> bool:
    """Whether a rule is about the inside of a shift, so that days alone cannot break it."""
    return "templates" in rule.scope_fields


def own_fields(rule: Rule) -> dict[str, Any]:
    """What a rule says beside what every rule has."""
    return {name: getattr(rule, name) for name in type(rule).model_fields if name not in Rule.model_fields}


HEED_DAYS_AWAY = (
    DaysInWindow, DaysPerWeek, DaysWorked, HoursInWindow, MaxConsecutiveDays, MaxConsecutiveDaysOff,
    MinConsecutiveDays, MinConsecutiveDaysOff, NightCount, NightsInARow, OneShiftADay, PaidHours, Pins,
    ShiftCount, ShiftsInARow, ShiftWishes, TimeOffKept, WeeklyRest, Weekends,
)  # fmt: skip
"""Rules that treat days away otherwise than other days; with no scope they are tried on such days too."""

_LISTED = {type(variant.rule) for variant in WRITTEN}
VARIANTS: tuple[Variant, ...] = (
    *(
        Variant(one.rule, one.stages + AWAY)
        if isinstance(one.rule, HEED_DAYS_AWAY) and one.rule.scope == Scope()
        else one
        for one in WRITTEN
    ),
    *(
        Variant(rule.example(("day", "night")), CUT + SUNDAY + WEEK + TWICE)
        for rule in CATALOGUE
        if issubclass(rule, AgentRule) and rule not in _LISTED and not is_inside_shifts(rule)
    ),
)
"""Those written here, and the example of every rule on days that has none."""
