"""The catalogue of rules. A new rule is its own file and one line here; see README.md beside this file."""

from constraints.availability import Availability as Availability
from constraints.break_gaps import BreakGaps as BreakGaps
from constraints.break_order import BreaksInOrder as BreaksInOrder
from constraints.break_windows import BreakWindows as BreakWindows
from constraints.daily_rest import DailyRest as DailyRest
from constraints.days_per_week import DaysPerWeek as DaysPerWeek
from constraints.entitlement import Entitlement as Entitlement
from constraints.forbidden_succession import ForbiddenSuccession as ForbiddenSuccession
from constraints.max_consecutive_days import MaxConsecutiveDays as MaxConsecutiveDays
from constraints.max_consecutive_days_off import MaxConsecutiveDaysOff as MaxConsecutiveDaysOff
from constraints.min_consecutive_days import MinConsecutiveDays as MinConsecutiveDays
from constraints.min_consecutive_days_off import MinConsecutiveDaysOff as MinConsecutiveDaysOff
from constraints.minimum_staff import MinimumStaff as MinimumStaff
from constraints.one_shift_a_day import OneShiftADay as OneShiftADay
from constraints.paid_hours import PaidHours as PaidHours
from constraints.pins import Pins as Pins
from constraints.preferred_days_off import PreferredDaysOff as PreferredDaysOff
from constraints.preferred_starts import PreferredStarts as PreferredStarts
from constraints.requirement import Requirement as Requirement
from constraints.seats import Seats as Seats
from constraints.shift_count import ShiftCount as ShiftCount
from constraints.shift_requirement import ShiftRequirement as ShiftRequirement
from constraints.shift_wishes import ShiftWishes as ShiftWishes
from constraints.skills import Skills as Skills
from constraints.start_consistency import StartConsistency as StartConsistency
from constraints.time_off import TimeOffKept as TimeOffKept
from constraints.weekends import Weekends as Weekends
from constraints.weekly_rest import WeeklyRest as WeeklyRest
from constraints.work_without_break import WorkWithoutBreak as WorkWithoutBreak
from scheduler.model.rule import Rule

CATALOGUE: tuple[type[Rule], ...] = (
    Requirement,
    ShiftRequirement,
    MinimumStaff,
    Seats,
    Skills,
    Entitlement,
    Availability,
    TimeOffKept,
    OneShiftADay,
    DailyRest,
    WeeklyRest,
    DaysPerWeek,
    PaidHours,
    MaxConsecutiveDays,
    MinConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDaysOff,
    ForbiddenSuccession,
    ShiftCount,
    Weekends,
    StartConsistency,
    BreakWindows,
    BreaksInOrder,
    BreakGaps,
    WorkWithoutBreak,
    Pins,
    PreferredStarts,
    PreferredDaysOff,
    ShiftWishes,
)
