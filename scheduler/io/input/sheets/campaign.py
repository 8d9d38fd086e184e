"""Sheets about the work: settings, demand, headcounts, shift templates and breaks."""

from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.cells.conventions import DATE_ORDERS, DECIMAL_SIGNS

_DAY = MINUTES_PER_DAY

_SICK_HOURS = {
    "rostered": "rostered", "as rostered": "rostered", "contract": "contract", "by contract": "contract",
    "none": "none", "unpaid": "none", "按排班": "rostered", "按合同": "contract", "无": "none",
    "laut dienstplan": "rostered", "laut vertrag": "contract", "keine": "none",
}  # fmt: skip

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
SETTINGS = Sheet(
    "settings", "Settings", "设置", "What is planned: which days, in which intervals, on which clock.",
    (
        Column("name", "Name", "名称", Kind.TEXT, "What this roster is called."),
        Column(
            "first_day", "First day", "开始日期", Kind.DATE, "The first date that is planned.", needed=True,
            aliases=("start date", "from")
        ),
        Column(
            "days", "Days", "天数", Kind.WHOLE, "How many days are planned.", needed=True, least=1, most=366
        ),
        Column(
            "interval_minutes", "Interval (min)", "时段(分钟)", Kind.MINUTES,
            "Length of one interval of the demand: 5, 10, 15, 30 or 60 minutes. Left out, it is 15.",
            aliases=("interval minutes", "interval length")
        ),
        Column(
            "time_zone", "Time zone", "时区", Kind.TEXT,
            "The campaign's clock: a name such as Europe/Berlin, or UTC+3. The demand is read on it.",
            needed=True
        ),
        Column("currency", "Currency", "货币", Kind.TEXT, "Of every price on every sheet."),
        Column(
            "week_starts_on", "Week starts on", "每周开始于", Kind.WEEKDAY,
            "The weekday with which a week of hours begins. Left out, it is Monday."
        ),
        Column(
            "own_sheets", "Own sheets", "自用工作表", Kind.NAMES,
            "Sheets of this workbook that are yours and no input, in a list: Help, Notes.",
            aliases=("my sheets",)
        ),
        Column(
            "date_order", "Date order", "日期顺序", Kind.CHOICE,
            "How dates are meant that are text, such as 3/4/2026: day month year, month day year or year "
            "month day. Left out, a date that could be two is asked about.", choices=DATE_ORDERS
        ),
        Column(
            "decimal_sign", "Decimal sign", "小数点", Kind.CHOICE,
            "What stands before the decimals of numbers that are text, such as 1.500: point or comma. Left "
            "out, a number that could be two is asked about.", choices=DECIMAL_SIGNS
        ),
        Column(
            "sick_hours", "Sick hours", "病假工时", Kind.CHOICE,
            "What a sick call with blank hours is credited with. rostered: the paid hours of the duties that "
            "it cancels, where a roster is known, else as contract; contract: the contract's hours by its "
            "workdays; none: nothing. Left out, it is rostered.", choices=_SICK_HOURS
        ),
        Column(
            "history_until", "History until", "历史截至", Kind.DATE,
            "Until which date History is whole, also where nobody worked then. Left out, it is its last date."
        ),
    ),
    needed=True,
)

SKILLS = Sheet(
    "skills", "Skills", "技能",
    "The kinds of contact, and what it costs to have too few or too many agents on one.",
    (
        Column(
            "name", "Skill", "技能", Kind.TEXT, "Its name, as the other sheets use it.", needed=True,
            width=18
        ),
        Column(
            "missing_price", "Missing agent, price per hour", "缺员每小时成本", Kind.MONEY,
            "Price of one agent missing for one hour. Left out, it is 60.00.",
            aliases=("missing price", "missing price per hour", "missing"), least=0, width=20
        ),
        Column(
            "superfluous_price", "Superfluous agent, price per hour", "超员每小时成本", Kind.MONEY,
            "Price of one agent too many for one hour, beside the wage. Left out, it is 5.00.",
            aliases=("superfluous price", "superfluous price per hour", "superfluous"), least=0, width=20
        ),
    ),
    needed=True,
)

DEMAND = Sheet(
    "demand", "Demand", "需求",
    "How many agents are needed, by interval; a time without a row is closed.",
    (
        Column(
            "date", "Date", "日期", Kind.DAYS,
            "A date on the campaign's clock, or weekdays (Mon-Fri). A row with a date goes before one with "
            "weekdays.", aliases=("day", "days", "weekday", "weekdays"), width=13
        ),
        Column(
            "start", "Start", "开始时间", Kind.ANY,
            "Start of the interval on the campaign's clock; left out beside 0, the whole day is closed. "
            "Where a change of clock repeats an hour, give its rows twice, in order.",
            aliases=("time", "start time", "interval start")
        ),
        Column(
            "skill", "Skill", "技能", Kind.TEXT,
            "In the long form only: one row for each interval and skill. Without this column each skill "
            "has a column of its own, named after it, and if wanted one with ' minimum' and ' maximum' "
            "behind its name.", names_from="skills"
        ),
        Column(
            "required", "Required", "需求人数", Kind.WHOLE, "Agents wanted; falling short has its price.",
            aliases=("required agents", "需求"), least=0
        ),
        Column(
            "minimum", "Minimum", "最少人数", Kind.WHOLE, "Agents that must be there; blank is no floor.",
            aliases=("min", "最少"), least=0
        ),
        Column(
            "maximum", "Maximum", "最多人数", Kind.LIMIT, "Seats; blank is no limit.",
            aliases=("max", "seats", "最多"), least=0
        ),
    ),
    needed=True,
)

SHIFTS = Sheet(
    "shifts", "Shifts", "班次", "The shift templates: when a shift may start and how long it may be.",
    (
        Column(
            "name", "Shift", "班次", Kind.TEXT, "Its name, as the other sheets use it.", needed=True,
            aliases=("template", "shift template"), width=18
        ),
        Column(
            "weekdays", "Weekdays", "星期", Kind.WEEKDAYS,
            "Days on which it may start: Mon-Fri, or Sat, Sun. Left out, it is every day.", width=18
        ),
        Column(
            "earliest_start", "Earliest start", "最早开始", Kind.CLOCK, "On the agent's clock, as 08:00.",
            needed=True, least=0, most=2 * _DAY
        ),
        Column(
            "latest_start", "Latest start", "最晚开始", Kind.CLOCK, "On the agent's clock, included.",
            needed=True, least=0, most=2 * _DAY
        ),
        Column(
            "start_step", "Start step (min)", "开始间隔(分钟)", Kind.MINUTES,
            "Starts lie this far apart. Left out, it is 15.", least=5, most=_DAY
        ),
        Column(
            "min_length", "Shortest (h)", "最短时长(小时)", Kind.HOURS,
            "Shortest length from start to end with all breaks, in hours: 8.5 or 8:30.", needed=True,
            aliases=("min length", "shortest length"), least=5, most=_DAY
        ),
        Column(
            "max_length", "Longest (h)", "最长时长(小时)", Kind.HOURS,
            "Longest length from start to end with all breaks, in hours: 8.5 or 8:30.", needed=True,
            aliases=("max length", "longest length"), least=5, most=_DAY
        ),
        Column(
            "length_step", "Length step (min)", "时长间隔(分钟)", Kind.MINUTES,
            "Lengths lie this far apart. Left out, it is 15.", least=5, most=_DAY
        ),
    ),
    needed=True,
)

_MEASURED = {
    "start": "start", "shift start": "start", "end": "end", "shift end": "end", "clock": "clock",
    "开始": "start", "上班": "start", "结束": "end", "下班": "end", "时钟": "clock", "钟点": "clock",
    "beginn": "start", "ende": "end", "uhrzeit": "clock",
}

BREAKS = Sheet(
    "breaks", "Breaks", "休息", "The breaks of each shift template, in the order in which they are taken.",
    (
        Column(
            "template", "Shift", "班次", Kind.TEXT, "The shift template that holds the break.", needed=True,
            aliases=("shift template",), names_from="shifts", width=18
        ),
        Column(
            "min_shift_minutes", "Shift from (h)", "班次时长从(小时)", Kind.HOURS,
            "Only in shifts of at least this length, in hours. Left out, any.", least=0, most=_DAY
        ),
        Column(
            "max_shift_minutes", "Shift to (h)", "班次时长至(小时)", Kind.HOURS,
            "Only in shifts of at most this length, in hours. Left out, any. Rows of a shift with the same "
            "two lengths are one set of breaks; the first set that holds a shift's length applies.",
            least=0, most=_DAY
        ),
        Column(
            "name", "Break", "休息名称", Kind.TEXT, "Its name. Blank: shifts of this length have no break.",
            aliases=("break name",), width=16
        ),
        Column("length_minutes", "Length (min)", "时长(分钟)", Kind.MINUTES, "Minutes.", least=5, most=_DAY),
        Column(
            "paid", "Paid", "带薪", Kind.YES_NO, "yes or no. Left out, it is paid; a meal is usually not."
        ),
        Column(
            "measured_from", "Measured from", "计时起点", Kind.CHOICE,
            "start: the window counts from the shift's start; end: back from its end; clock: by the "
            "agent's clock. Left out, it is start.", choices=_MEASURED
        ),
        Column(
            "earliest_start", "Earliest start", "最早", Kind.OFFSET,
            "Minutes (120, or 15 min) or hours and minutes (2:00) after the shift's start, before its end "
            "(the larger number first), or a clock time (12:00).", aliases=("earliest",), least=0,
            most=2 * _DAY
        ),
        Column(
            "latest_start", "Latest start", "最晚", Kind.OFFSET,
            "As the earliest start; the break begins at the latest then.", aliases=("latest",), least=0,
            most=2 * _DAY
        ),
        Column(
            "step_minutes", "Step (min)", "间隔(分钟)", Kind.MINUTES,
            "Its starts lie this far apart. Left out, it is 5.", aliases=("step",), least=5, most=_DAY
        ),
    ),
)

HEADCOUNTS = Sheet(
    "headcounts", "Headcounts", "班次人数",
    "How many people are needed on a shift, day by day; beside the Demand sheet or instead of it.",
    (
        Column(
            "day", "Day", "日期", Kind.DAYS,
            "A date, or weekdays (Mon-Fri, every day) of the horizon. A row with a date goes before one with "
            "weekdays.", needed=True, aliases=("date", "days"), width=16
        ),
        Column(
            "template", "Shift", "班次", Kind.TEXT, "The shift template that is worked.", needed=True,
            aliases=("template", "shift template"), names_from="shifts", width=18
        ),
        Column(
            "skill", "Skill", "技能", Kind.TEXT, "Only people with this skill count; blank is everyone.",
            names_from="skills", width=18
        ),
        Column(
            "required", "Required", "需求人数", Kind.LIMIT,
            "People wanted on that day: 0 where nobody is, none where nothing is to be said.", needed=True,
            aliases=("required people", "headcount", "people", "需求"), least=0
        ),
        Column(
            "maximum", "Maximum", "最多人数", Kind.LIMIT,
            "Most people on that day, kept by the rule shift_maximum; blank is no limit. The rule says "
            "whether it is a must, or what each person beyond costs.", aliases=("max", "at most", "最多"),
            least=0
        ),
        Column(
            "missing_price", "Missing person, price per shift", "缺员每班成本", Kind.PRICES,
            "Price of one person missing on one day, above the wage of the shift: else nobody is sent. Left "
            "out, it is 480.00; said once, it is that of every row of the shift. Prices that rise have "
            "semicolons between them: 500; 600; 800 for the first, the second, and each further one.",
            aliases=("missing price", "missing price per shift", "missing"), least=0, width=20
        ),
        Column(
            "superfluous_price", "Superfluous person, price per shift", "超员每班成本", Kind.PRICES,
            "Price of one person too many on one day, beside the wage. Left out, it is 10.00. Prices that "
            "rise as for missing people: 10; 40; 100.",
            aliases=("superfluous price", "superfluous price per shift", "superfluous"), least=0, width=20
        ),
    ),
)
