"""The one table of input sheets: their columns, what a cell of each holds, headings in English and Chinese.

Template, writer and reader all go by this table, so that a column is added in one place. ``key`` is the
name of the field in the problem wherever there is one.
"""

from scheduler.domain.grid import MINUTES_PER_DAY
from scheduler.io.columns import Column, Kind, Sheet

_DAY = MINUTES_PER_DAY
_MONTH = 31 * _DAY

# The table is laid out by hand, a column after the other; one argument a line would hide it.
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
    "How many agents are needed, for every interval of every day; 0 where nobody is.",
    (
        Column("date", "Date", "日期", Kind.DATE, "Date on the campaign's clock.", width=13),
        Column(
            "start", "Start", "开始时间", Kind.ANY,
            "Start of the interval on the campaign's clock. Where a change of clock repeats an hour, give "
            "its rows twice, in order.", needed=True, aliases=("time", "start time", "interval start")
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
            "earliest_start", "Earliest start", "最早", Kind.MINUTES,
            "Minutes (120) or hours and minutes (2:00) after the shift's start, before its end (the larger "
            "number first), or a clock time (12:00).", aliases=("earliest",), least=0, most=2 * _DAY
        ),
        Column(
            "latest_start", "Latest start", "最晚", Kind.MINUTES,
            "As the earliest start; the break begins at the latest then.", aliases=("latest",), least=0,
            most=2 * _DAY
        ),
        Column(
            "step_minutes", "Step (min)", "间隔(分钟)", Kind.MINUTES,
            "Its starts lie this far apart. Left out, it is 5.", aliases=("step",), least=5, most=_DAY
        ),
    ),
)

CONTRACTS = Sheet(
    "contracts", "Contracts", "合同",
    "What was agreed: pay, weekly paid hours, and which shifts may be worked.",
    (
        Column(
            "name", "Contract", "合同", Kind.TEXT, "Its name, as the other sheets use it.", needed=True,
            width=18
        ),
        Column(
            "pay_per_hour", "Pay per hour", "时薪", Kind.MONEY, "Pay for one paid hour.", needed=True,
            aliases=("pay",), least=0
        ),
        Column(
            "min_paid_minutes", "Min hours a week", "每周最少工时", Kind.HOURS,
            "Fewest paid hours a week. Blank is no limit.", aliases=("min hours", "minimum hours a week"),
            least=0, most=7 * _DAY
        ),
        Column(
            "max_paid_minutes", "Max hours a week", "每周最多工时", Kind.HOURS,
            "Most paid hours a week. Blank is no limit.", aliases=("max hours", "maximum hours a week"),
            least=0, most=7 * _DAY
        ),
        Column(
            "templates", "Shifts", "班次", Kind.NAMES, "The shift templates that may be worked, in a list.",
            needed=True, aliases=("templates", "shift templates"), width=32
        ),
    ),
    needed=True,
)

AGENTS = Sheet(
    "agents", "Agents", "员工", "The people to be rostered.",
    (
        Column(
            "name", "Agent", "员工", Kind.TEXT, "What the roster calls them; each name once.", needed=True,
            aliases=("agent name", "name", "姓名"), width=20
        ),
        Column(
            "contract", "Contract", "合同", Kind.TEXT, "A contract of the Contracts sheet.", needed=True,
            names_from="contracts", width=16
        ),
        Column(
            "skills", "Skills", "技能", Kind.NAMES, "What they can do, in a list: English, French.",
            needed=True, aliases=("skill",), width=26
        ),
        Column(
            "team", "Team", "团队", Kind.TEXT, "Team or site, where rules speak of one.", aliases=("site",)
        ),
        Column(
            "pay_per_hour", "Pay per hour", "时薪", Kind.MONEY, "Where it differs from the contract's.",
            aliases=("pay",), least=0
        ),
        Column(
            "time_zone", "Time zone", "时区", Kind.TEXT,
            "The clock of their shifts and days, where it is not the campaign's.", width=16
        ),
        Column(
            "preferred_starts", "Preferred starts", "偏好开始时间", Kind.CLOCK_WINDOWS,
            "Clock windows in which they like to start: 08:00-10:00, 14:00-15:00.", width=20
        ),
        Column(
            "preferred_days_off", "Preferred days off", "偏好休息日", Kind.DAYS,
            "Dates or weekdays that they would like to have free.", width=22
        ),
    ),
    needed=True,
)

_AVAILABILITY = {
    "available": "available", "unavailable": "unavailable", "not available": "unavailable",
    "time off": "time off", "leave": "time off", "holiday": "time off", "vacation": "time off",
    "可用": "available", "可上班": "available", "不可用": "unavailable", "不可上班": "unavailable",
    "请假": "time off",
    "休假": "time off",
}

AVAILABILITY = Sheet(
    "availability", "Availability", "可用时间",
    "When agents can and cannot work, on their own clock. Days without a row are open.",
    (
        Column(
            "agent", "Agent", "员工", Kind.TEXT, "A name of the Agents sheet.", needed=True,
            aliases=("agent name",), names_from="agents", width=20
        ),
        Column(
            "day", "Day", "日期", Kind.DAYS, "A date, or weekdays (Mon-Fri, every day) of the horizon.",
            needed=True, aliases=("date", "first day", "from day"), width=16
        ),
        Column(
            "last_day", "Last day", "结束日期", Kind.DATE, "Only for a range: its last date, included.",
            aliases=("to day", "until day"), width=13
        ),
        Column(
            "start", "From", "从", Kind.CLOCK, "Clock time; blank is 00:00.", aliases=("from time",),
            least=0, most=_MONTH
        ),
        Column(
            "end", "To", "至", Kind.CLOCK,
            "Clock time; blank is 24:00. At or before From it is on the day after; 30:00 is 06:00 on the "
            "day after.", aliases=("to time", "until"), least=0, most=14 * _MONTH
        ),
        Column(
            "what", "Kind", "类型", Kind.CHOICE,
            "available: on this day work must lie inside; unavailable: no work inside; time off: approved "
            "absence.", needed=True, choices=_AVAILABILITY, aliases=("type",)
        ),
        Column(
            "paid_minutes", "Paid hours", "带薪小时", Kind.HOURS,
            "Only for time off: hours that count towards the contract's hours; of the whole range where it "
            "is one of whole days up to a last day, else of each day.", least=0, most=12 * _MONTH
        ),
    ),
)

FIXED = Sheet(
    "fixed", "Fixed", "固定", "What is fixed beforehand: a day off, a shift, or a shift with its breaks.",
    (
        Column(
            "agent", "Agent", "员工", Kind.TEXT, "A name of the Agents sheet.", needed=True,
            aliases=("agent name",), names_from="agents", width=20
        ),
        Column(
            "day", "Date", "日期", Kind.DATE, "The day on which the shift starts, or that is off.",
            needed=True, aliases=("day",), width=13
        ),
        Column("off", "Day off", "休息日", Kind.YES_NO, "yes: the day is free, and nothing else is given."),
        Column(
            "template", "Shift", "班次", Kind.TEXT, "The shift template; blank stays open.",
            aliases=("shift template",), names_from="shifts", width=18
        ),
        Column(
            "start", "Start", "开始时间", Kind.CLOCK, "Clock time of the agent; blank stays open.",
            aliases=("start time",), least=0, most=2 * _DAY
        ),
        Column(
            "length_minutes", "Length (h)", "时长(小时)", Kind.HOURS,
            "From start to end, in hours: 8.5 or 8:30; blank stays open.", least=5, most=_DAY
        ),
        Column(
            "break_starts", "Break starts", "休息开始时间", Kind.CLOCKS,
            "Clock times of the breaks in their order: 10:00, 12:30. Blank stays open.", width=22
        ),
    ),
)

HISTORY = Sheet(
    "history", "History", "历史", "What was worked before the first day, for rules that look back.",
    (
        Column(
            "agent", "Agent", "员工", Kind.TEXT, "A name of the Agents sheet.", needed=True,
            aliases=("agent name",), names_from="agents", width=20
        ),
        Column(
            "day", "Date", "日期", Kind.DATE, "The day on which the duty began, on the agent's clock.",
            needed=True, aliases=("day",), width=13
        ),
        Column(
            "start", "Start", "开始时间", Kind.CLOCK, "Clock time.", needed=True, aliases=("start time",),
            least=0, most=2 * _DAY
        ),
        Column(
            "end", "End", "结束时间", Kind.CLOCK, "Clock time; at or before Start it is on the day after.",
            needed=True, aliases=("end time",), least=0, most=4 * _DAY
        ),
        Column(
            "paid_minutes", "Paid hours", "带薪小时", Kind.HOURS, "Paid hours of the duty.", needed=True,
            least=0, most=_DAY
        ),
        Column(
            "template", "Shift", "班次", Kind.TEXT, "Which shift template it was, where known.",
            aliases=("shift template",), names_from="shifts", width=18
        ),
    ),
)

_STRENGTH = {
    "must": "must", "prefer": "prefer", "off": "off", "必须": "must", "优先": "prefer", "尽量": "prefer",
    "关闭": "off",
}

RULES = Sheet(
    "rules", "Rules", "规则",
    "The rules of the roster: each must, prefer (at a price) or off, and for whom. See the sheet Rule "
    "list.",
    (
        Column(
            "kind", "Rule", "规则", Kind.TEXT, "Which rule; the sheet Rule list shows all of them.",
            needed=True, aliases=("rule kind",), width=30
        ),
        Column(
            "label", "Label", "标签", Kind.TEXT,
            "What reports call it; needed where the same rule stands here twice.", width=20
        ),
        Column(
            "strength", "Strength", "强度", Kind.CHOICE,
            "must: never broken; prefer: broken at its price; off: not looked at. Left out, it is what the "
            "Rule list says.", choices=_STRENGTH, width=10
        ),
        Column(
            "price", "Price", "价格", Kind.PRICE,
            "Only for prefer: currency per unit broken (per hour or per occurrence, see Rule list).",
            aliases=("price per unit",), least=0, width=10
        ),
        Column("agents", "Agents", "员工", Kind.NAMES, "Only these agents; blank is everyone.", width=16),
        Column("contracts", "Contracts", "合同", Kind.NAMES, "Only these contracts.", width=16),
        Column("teams", "Teams", "团队", Kind.NAMES, "Only these teams."),
        Column("skills", "Skills", "技能", Kind.NAMES, "Only agents with one of these skills."),
        Column("templates", "Shifts", "班次", Kind.NAMES, "Only shifts of these templates.", width=16),
        Column("first_day", "First day", "开始日期", Kind.DATE, "Only from this date on.", width=12),
        Column("last_day", "Last day", "结束日期", Kind.DATE, "Only up to this date, included.", width=12),
    ),
    needed=True,
)
"""Behind these columns stand pairs ``Setting 1``, ``Value 1`` and so on, and ``In words``,
which is not read."""
# fmt: on

SETTING = ("Setting", "参数")
VALUE = ("Value", "值")
IN_WORDS = ("In words", "说明")

RULE_LIST_TITLE = "Rule list"
INPUT_SUFFIX = " (input)"
"""Stands behind a sheet's title where a workbook has an output sheet of that title as well."""

SHEETS = (
    SETTINGS,
    SKILLS,
    DEMAND,
    SHIFTS,
    BREAKS,
    CONTRACTS,
    AGENTS,
    AVAILABILITY,
    FIXED,
    HISTORY,
    RULES,
)
"""Every input sheet, in the order in which findings are told."""
