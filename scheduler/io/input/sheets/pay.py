"""The sheets Premiums and Holidays: what is paid on top of the hour, and which dates are no ordinary days."""

from scheduler.domain.values.fields import MOST_MINUTES, MOST_TIMES
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
_MEETS = {
    "adds": "adds", "add": "adds", "highest wins": "highest wins", "highest": "highest wins",
    "叠加": "adds", "取最高": "highest wins", "kommt hinzu": "adds", "der höchste": "highest wins",
}
_PERIODS = {
    "week": "week", "month": "month", "horizon": "horizon", "周": "week", "月": "month", "计划期": "horizon",
    "woche": "week", "monat": "month", "zeitraum": "horizon",
}
_KINDS = {
    "public holiday": "public holiday", "holiday": "public holiday", "bank holiday": "public holiday",
    "working day": "working day", "workday": "working day", "working weekend": "working day",
    "法定节假日": "public holiday", "节假日": "public holiday", "公众假期": "public holiday",
    "调休": "working day", "调休上班": "working day", "工作日": "working day",
    "feiertag": "public holiday", "arbeitstag": "working day",
}

PREMIUMS = Sheet(
    "premiums", "Premiums", "津贴",
    "What is paid on top of the hour's pay for work at some times, and to whom.",
    (
        Column(
            "name", "Premium", "津贴", Kind.TEXT, "What pay lines call it; each name once.", needed=True,
            aliases=("label", "supplement", "allowance"), width=20
        ),
        Column(
            "start", "From", "从", Kind.CLOCK,
            "From when on each day, on the agent's clock. Left out, midnight.", least=0,
            most=2 * MINUTES_PER_DAY
        ),
        Column(
            "end", "To", "至", Kind.END_CLOCK,
            "Until when; 06:00 after a From of 22:00 is on the next day. Left out, the end of the day.",
            least=0, most=2 * MINUTES_PER_DAY
        ),
        Column(
            "days", "Days", "日期", Kind.DAYS,
            "Weekdays or dates on which its hours begin: Sun, or 2026-12-24. Left out, with On holidays too, "
            "it is every day.", aliases=("day", "date", "weekdays"), width=16
        ),
        Column(
            "on_holidays", "On holidays", "节假日", Kind.YES_NO,
            "yes: on the public holidays of the sheet Holidays, beside Days.", aliases=("holidays",)
        ),
        Column(
            "over_minutes", "Over (h a day)", "超过(小时/天)", Kind.HOURS,
            "Overtime of the day: only for paid hours of a shift beyond these, 0 for all of them; From and "
            "To stay blank.", aliases=("over", "over hours a day"), least=0, most=MINUTES_PER_DAY
        ),
        Column(
            "over_period_minutes", "Over in a period (h)", "周期内超过(小时)", Kind.HOURS,
            "Overtime of the week: only for a person's paid hours of a period beyond these; From, To, Days "
            "and Shifts stay blank.", aliases=("over in a week", "over hours a week", "over hours a period"),
            least=1, most=MOST_MINUTES
        ),
        Column(
            "period", "Period", "周期", Kind.CHOICE,
            "What those hours are counted over: week, month, or horizon for all planned days. Left out, it "
            "is a week.", choices=_PERIODS
        ),
        Column(
            "period_days", "Days of a period", "周期天数", Kind.WHOLE,
            "Or periods of so many days, one after the other: 14 for two weeks.", least=1, most=MOST_TIMES
        ),
        Column(
            "period_from", "Period from", "周期起始", Kind.DATE,
            "A date on which one of those periods begins, before the first day too."
        ),
        Column(
            "counts_once", "Not counted twice", "不重复计", Kind.YES_NO,
            "yes: hours that are paid as overtime of the day do not count to the period."
        ),
        Column(
            "least_minutes", "Paid at least (h a shift)", "每班至少计薪(小时)", Kind.HOURS,
            "Each shift is paid as if it had at least these paid hours. Percent and amount may stay blank.",
            aliases=("at least", "least paid hours", "minimum paid hours"), least=1, most=MINUTES_PER_DAY
        ),
        Column(
            "log_in_minutes", "Log-in (min a shift)", "登录时间(分钟)", Kind.MINUTES,
            "Each shift is paid so many minutes more, for logging in; they staff nothing and count towards "
            "overtime. Percent and amount may stay blank.", aliases=("log-in minutes", "boot-up", "setup"),
            least=1, most=MINUTES_PER_DAY
        ),
        Column(
            "percent", "Percent", "百分比", Kind.EXACT_PERCENT,
            "Per cent of the pay per hour that are paid on top: 25, 12.5, 33 1/3.",
            aliases=("per cent", "surcharge"), width=12
        ),
        Column(
            "money_per_hour", "Amount per hour", "每小时金额", Kind.MONEY,
            "Or an amount that is paid on top for each hour.", aliases=("amount", "per hour"), least=0,
            width=16
        ),
        Column(
            "meets", "Where several meet", "叠加规则", Kind.CHOICE,
            "adds: paid on top of all others; highest wins: of those that say so, and of the multiples on "
            "Holidays, only the highest is paid. Left out, it adds.", choices=_MEETS,
            aliases=("meets",), width=18
        ),
        Column(
            "templates", "Shifts", "班次", Kind.NAMES, "Only shifts of these templates.", names_from="shifts",
            width=16
        ),
        Column(
            "contracts", "Contracts", "合同", Kind.NAMES, "Only these contracts.", names_from="contracts",
            width=16
        ),
        Column("teams", "Teams", "团队", Kind.NAMES, "Only these teams.", names_from="teams"),
        Column(
            "agents", "Agents", "员工", Kind.NAMES, "Only these agents; blank is everyone.",
            names_from="agents", width=16
        ),
        Column(
            "source", "Source", "依据", Kind.TEXT, "Where it comes from, such as the article of a law.",
            width=40
        ),
    ),
)

HOLIDAYS = Sheet(
    "holidays", "Holidays", "节假日",
    "Public holidays, and weekends on which people work as on other days.",
    (
        Column("day", "Date", "日期", Kind.DATE, "The date; each once.", needed=True, width=13),
        Column(
            "name", "Holiday", "名称", Kind.TEXT, "What pay lines call it.", needed=True,
            aliases=("name", "public holiday", "bank holiday"), width=30
        ),
        Column(
            "kind", "Kind", "类别", Kind.CHOICE,
            "public holiday, or working day: a Saturday or Sunday on which premiums of weekdays do not hold. "
            "Left out, it is a public holiday.", choices=_KINDS, width=16
        ),
        Column(
            "multiple", "Multiple", "倍数", Kind.MULTIPLE,
            "Pay of an hour worked on it, in times of an ordinary hour's: 2, 1.5, 4/3. Blank is no pay of its"
            " own.", aliases=("times", "factor", "pay multiple"), width=12
        ),
    ),
)
# fmt: on
