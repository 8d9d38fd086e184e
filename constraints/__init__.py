"""The catalogue of rules. A new rule is its own file and one line here; see README.md beside this file."""

from constraints.agent.amounts.days_in_window import DaysInWindow as DaysInWindow
from constraints.agent.amounts.days_per_week import DaysPerWeek as DaysPerWeek
from constraints.agent.amounts.days_worked import DaysWorked as DaysWorked
from constraints.agent.amounts.hours_in_window import HoursInWindow as HoursInWindow
from constraints.agent.amounts.one_shift_a_day import OneShiftADay as OneShiftADay
from constraints.agent.amounts.overtime import Overtime as Overtime
from constraints.agent.amounts.paid_hours import PaidHours as PaidHours
from constraints.agent.amounts.shift_count import ShiftCount as ShiftCount
from constraints.agent.eligibility.availability import Availability as Availability
from constraints.agent.eligibility.entitlement import Entitlement as Entitlement
from constraints.agent.eligibility.shift_length import ShiftLength as ShiftLength
from constraints.agent.eligibility.shift_times import ShiftTimes as ShiftTimes
from constraints.agent.eligibility.time_off import TimeOffKept as TimeOffKept
from constraints.agent.fairness.fair_hours import FairHours as FairHours
from constraints.agent.fairness.fair_share import FairShare as FairShare
from constraints.agent.nights.night_count import NightCount as NightCount
from constraints.agent.nights.night_minutes import NightMinutesKept as NightMinutesKept
from constraints.agent.nights.nights_in_a_row import NightsInARow as NightsInARow
from constraints.agent.nights.rest_after_nights import RestAfterNights as RestAfterNights
from constraints.agent.patterns.forbidden_succession import ForbiddenSuccession as ForbiddenSuccession
from constraints.agent.patterns.forward_rotation import ForwardRotation as ForwardRotation
from constraints.agent.patterns.same_shift import SameShift as SameShift
from constraints.agent.patterns.start_consistency import StartConsistency as StartConsistency
from constraints.agent.patterns.unwanted_pattern import UnwantedPattern as UnwantedPattern
from constraints.agent.patterns.weekends import Weekends as Weekends
from constraints.agent.patterns.work_cycle import WorkCycle as WorkCycle
from constraints.agent.rest.daily_rest import DailyRest as DailyRest
from constraints.agent.rest.rest_each_day import RestEachDay as RestEachDay
from constraints.agent.rest.substitute_day_off import SubstituteDayOff as SubstituteDayOff
from constraints.agent.rest.weekly_rest import WeeklyRest as WeeklyRest
from constraints.agent.runs.max_consecutive_days import MaxConsecutiveDays as MaxConsecutiveDays
from constraints.agent.runs.max_consecutive_days_off import MaxConsecutiveDaysOff as MaxConsecutiveDaysOff
from constraints.agent.runs.min_consecutive_days import MinConsecutiveDays as MinConsecutiveDays
from constraints.agent.runs.min_consecutive_days_off import MinConsecutiveDaysOff as MinConsecutiveDaysOff
from constraints.agent.runs.shifts_in_a_row import ShiftsInARow as ShiftsInARow
from constraints.agent.wishes.preferred_days_off import PreferredDaysOff as PreferredDaysOff
from constraints.agent.wishes.preferred_starts import PreferredStarts as PreferredStarts
from constraints.agent.wishes.shift_wishes import ShiftWishes as ShiftWishes
from constraints.breaks.break_gaps import BreakGaps as BreakGaps
from constraints.breaks.break_order import BreaksInOrder as BreaksInOrder
from constraints.breaks.break_windows import BreakWindows as BreakWindows
from constraints.breaks.least_break_minutes import LeastBreakMinutes as LeastBreakMinutes
from constraints.breaks.work_without_break import WorkWithoutBreak as WorkWithoutBreak
from constraints.change.changes import Changes as Changes
from constraints.change.pins import Pins as Pins
from constraints.change.stands_still import StandsStill as StandsStill
from constraints.team.accompanied import Accompanied as Accompanied
from constraints.team.breaks_at_once import BreaksAtOnce as BreaksAtOnce
from constraints.team.leave_quota import LeaveQuota as LeaveQuota
from constraints.team.minimum_staff import MinimumStaff as MinimumStaff
from constraints.team.people_on_shift import PeopleOnShift as PeopleOnShift
from constraints.team.requirement import Requirement as Requirement
from constraints.team.seats import Seats as Seats
from constraints.team.service_goal import ServiceGoalKept as ServiceGoalKept
from constraints.team.shift_maximum import ShiftMaximum as ShiftMaximum
from constraints.team.shift_requirement import ShiftRequirement as ShiftRequirement
from constraints.team.skills import Skills as Skills
from constraints.team.staff_present import StaffPresent as StaffPresent
from scheduler.model.rules.rule import Rule

CATALOGUE: tuple[type[Rule], ...] = (
    Requirement,
    ShiftRequirement,
    ShiftMaximum,
    MinimumStaff,
    ServiceGoalKept,
    Seats,
    PeopleOnShift,
    StaffPresent,
    Accompanied,
    BreaksAtOnce,
    LeaveQuota,
    Skills,
    Entitlement,
    ShiftTimes,
    ShiftLength,
    Availability,
    TimeOffKept,
    OneShiftADay,
    DailyRest,
    RestEachDay,
    WeeklyRest,
    SubstituteDayOff,
    DaysPerWeek,
    DaysWorked,
    DaysInWindow,
    PaidHours,
    Overtime,
    HoursInWindow,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDaysOff,
    ForbiddenSuccession,
    UnwantedPattern,
    ForwardRotation,
    WorkCycle,
    ShiftCount,
    ShiftsInARow,
    NightCount,
    NightsInARow,
    NightMinutesKept,
    RestAfterNights,
    Weekends,
    StartConsistency,
    SameShift,
    FairShare,
    FairHours,
    BreakWindows,
    BreaksInOrder,
    BreakGaps,
    WorkWithoutBreak,
    LeastBreakMinutes,
    Pins,
    PreferredStarts,
    PreferredDaysOff,
    ShiftWishes,
)

MADE_BY_A_REPAIR: tuple[type[Rule], ...] = (StandsStill, Changes)
"""Rules that nobody writes down: a repair makes them of the roster that it is given."""
