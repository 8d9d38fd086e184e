"""Sheets about the people: contracts, availability, fixed days, wishes, history and balances."""

from scheduler.domain.values.fields import MOST_MINUTES, MOST_TIMES, MOST_WEIGHT
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.input.sheets.not_planned import ADVICE, OFF_WORDS, ON_FIXED, ON_WISHES

_DAY = MINUTES_PER_DAY
_MONTH = 31 * _DAY

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
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
            needed=True, aliases=("templates", "shift templates"), names_from="shifts", width=32
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
            "skills", "Skills", "技能", Kind.NAMES, "What they can do, in a list: English, French. Needed "
            "where Demand asks for skills.", aliases=("skill",), names_from="skills", width=26
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
        Column(
            "starts_on", "Starts on", "入职日期", Kind.DATE,
            "First day of their employment, for who joins; blank is long ago.",
            aliases=("joins on", "hire date", "employed from", "start date"), width=13
        ),
        Column(
            "leaves_on", "Leaves on", "离职日期", Kind.DATE,
            "Last day of their employment, included, for who leaves; blank is open.",
            aliases=("employed until", "leaving date", "termination date", "end date"), width=13
        ),
        Column(
            "personnel_number", "Personnel no.", "工号", Kind.TEXT,
            "What payroll calls them, as text: 00123 keeps its zeros. Each number once; blank is none.",
            aliases=("personnel number", "employee number", "employee no", "employee id", "staff number"),
            width=14
        ),
        Column(
            "fair_points", "Points before", "公平积分", Kind.POINTS,
            "What they had beyond their fair share before the first day, by the rule's name: Nights: +1.6; "
            "Sundays: -0.25. Blank is nothing; next writes it.",
            aliases=("points", "fair points", "balances"),
            width=22
        ),
        Column(
            "wish_weight_percent", "Wish weight (%)", "心愿权重(%)", Kind.PERCENT,
            "How much their wishes weigh, in per cent of the prices of wishes: 150 for who has been there "
            "long. Blank is 100.", aliases=("wish weight", "seniority weight"), least=0, most=MOST_WEIGHT,
            is_whole=True, width=12
        ),
    ),
    needed=True,
)

_OF_AGENT = Column(
    "agent", "Agent", "员工", Kind.TEXT, "A name of the Agents sheet.", needed=True, aliases=("agent name",),
    names_from="agents", width=20
)

_OF_AGENTS = Column(
    "agent", "Agent", "员工", Kind.TEXT, "A name of the Agents sheet. A contract, a team or everyone stands "
    "for all of its people, but for who has a row of their own on that day: so a public holiday is one row.",
    needed=True, aliases=("agent name",), names_from="agents", width=20
)

_AVAILABILITY = {
    "available": "available", "unavailable": "unavailable", "not available": "unavailable",
    "time off": "time off", "leave": "time off", "holiday": "time off", "vacation": "time off",
    "可用": "available", "可上班": "available", "不可用": "unavailable", "不可上班": "unavailable",
    "请假": "time off", "請假": "time off", "休假": "time off",
    "verfügbar": "available", "nicht verfügbar": "unavailable", "urlaub": "time off", "ferien": "time off",
    "sick": "sick", "sick leave": "sick", "sickness": "sick", "ill": "sick", "illness": "sick",
    "sick call": "sick", "病假": "sick", "krank": "sick", "krankheit": "sick", "krankmeldung": "sick",
}

AVAILABILITY = Sheet(
    "availability", "Availability", "可用时间",
    "When agents can and cannot work, on their own clock. Days without a row are open.",
    (
        _OF_AGENTS,
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
            "end", "To", "至", Kind.END_CLOCK,
            "Clock time; blank is 24:00, and so is 23:59. At or before From it is on the day after; 30:00 is "
            "06:00 on the day after. Of a range it holds on each day, but of a sick call on the last one.",
            aliases=("to time", "until"), least=0, most=14 * _MONTH
        ),
        Column(
            "what", "Kind", "类型", Kind.CHOICE,
            "available: on this day work must lie inside; unavailable: no work inside; time off: approved "
            "absence; sick: a sick call, which cancels what was fixed. An absence is neither a day off nor "
            "work.", needed=True, choices=_AVAILABILITY, advice=ADVICE, aliases=("type",)
        ),
        Column(
            "paid_minutes", "Paid hours", "带薪小时", Kind.HOURS,
            "Only for time off and sick: hours that count towards the contract's hours; of the whole range "
            "where it is one of whole days up to a last day or sick, else of each day. Blank is none for "
            "time off; for sick see Sick hours on Settings.", least=0, most=12 * _MONTH
        ),
    ),
)

FIXED = Sheet(
    "fixed", "Fixed", "固定", "What is fixed beforehand: a day off, a shift, or a shift with its breaks.",
    (
        _OF_AGENTS,
        Column(
            "day", "Date", "日期", Kind.DATE, "The day on which the shift starts, or that is off.",
            needed=True, aliases=("day",), width=13
        ),
        Column(
            "off", "Day off", "休息日", Kind.YES_NO, "yes: the day is free, and nothing else is given.",
            choices=OFF_WORDS, advice=ON_FIXED
        ),
        Column(
            "template", "Shift", "班次", Kind.TEXT, "The shift template; blank stays open.",
            aliases=("shift template",), names_from="shifts", advice=ON_FIXED, width=18
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

WISHES = Sheet(
    "wishes", "Wishes", "班次意愿", "Shifts that agents would like to work on some day, or would rather not.",
    (
        _OF_AGENT,
        Column(
            "day", "Day", "日期", Kind.DAYS, "A date, or weekdays (Mon-Fri, every day) of the horizon.",
            needed=True, aliases=("date",), width=16
        ),
        Column(
            "template", "Shift", "班次", Kind.TEXT, "The shift template; blank is any shift.",
            aliases=("shift template",), names_from="shifts", advice=ON_WISHES, width=18
        ),
        Column(
            "wanted", "Wants", "希望上班", Kind.YES_NO,
            "yes: would like to work it; no: would rather not.", needed=True, aliases=("wanted", "wish")
        ),
        Column(
            "price", "Price", "价格", Kind.MONEY,
            "What it costs not to grant the wish. Blank: the price of the rule shift_wishes.",
            aliases=("cost", "weight"), least=0
        ),
    ),
)

HISTORY = Sheet(
    "history", "History", "历史", "What was worked before the first day, for rules that look back.",
    (
        _OF_AGENT,
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

BALANCES = Sheet(
    "balances", "Balances", "结余",
    "What rules on a month, a quarter or a year have counted before the first day.",
    (
        _OF_AGENT,
        Column(
            "rule", "Rule", "规则", Kind.TEXT,
            "The rule that counts it: its label on Rules, or its kind where it has none.", needed=True,
            aliases=("measure", "label"), width=28
        ),
        Column(
            "minutes", "Hours", "小时", Kind.HOURS,
            "Hours so far, for a rule that counts time. Paid leave is among paid hours.",
            aliases=("hours so far",), least=0, most=MOST_MINUTES
        ),
        Column(
            "times", "Number", "次数", Kind.WHOLE, "Or the days, nights or shifts so far, for a rule that "
            "counts those.", aliases=("times", "count"), least=0, most=MOST_TIMES
        ),
        Column(
            "as_of", "Counted until", "截至", Kind.DATE,
            "The last date that is counted. What History has of later days is counted beside it.",
            needed=True, aliases=("as of date", "until"), width=14
        ),
    ),
)
