"""Sheets from contacts to the requirement: volumes, service goals, shrinkage, and the steps between."""

from dataclasses import replace

from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet
from scheduler.io.input.sheets.campaign import DEMAND

_DAY = MINUTES_PER_DAY

_CHANNELS = {
    "calls": "calls", "call": "calls", "inbound": "calls", "phone": "calls", "来电": "calls", "電話": "calls",
    "anrufe": "calls", "anruf": "calls",
    "chats": "chats", "chat": "chats", "在线聊天": "chats",
    "deferrable": "deferrable", "mail": "deferrable", "email": "deferrable", "back office": "deferrable",
    "e-mail": "deferrable", "e-mails": "deferrable", "emails": "deferrable", "mails": "deferrable",
    "backoffice": "deferrable", "back-office": "deferrable",
    "可延后工作": "deferrable", "延後處理": "deferrable",
    "outbound": "outbound", "外呼": "outbound", "外撥": "outbound",
}  # fmt: skip
_LEVELS = {
    "stayed": "stayed", "offered": "offered", "of offered": "offered", "answered": "answered",
    "of answered": "answered",
}  # fmt: skip
_PERIODS = {
    "interval": "interval", "every interval": "interval", "day": "day", "daily": "day", "week": "week",
    "weekly": "week", "时段": "interval", "日": "day", "周": "week", "tag": "day", "woche": "week",
}  # fmt: skip
_METHODS = {
    "stationary": "stationary", "lagged": "lagged", "fluid": "fluid", "placed": "placed",
    "by the roster": "placed",
}  # fmt: skip
_ABSENCES = {
    "breaks": "breaks", "break": "breaks", "pausen": "breaks", "小休": "breaks", "meals": "meals",
    "meal": "meals", "lunch": "meals", "mittag": "meals", "用餐": "meals", "meetings": "meetings",
    "meeting": "meetings", "besprechung": "meetings", "会议": "meetings", "training": "training",
    "coaching": "training", "schulung": "training", "培训": "training", "leave": "leave",
    "vacation": "leave", "urlaub": "leave", "休假": "leave", "sickness": "sickness", "sick": "sickness",
    "absence": "sickness", "krank": "sickness", "krankheit": "sickness", "缺勤": "sickness",
    "lateness": "lateness", "adherence": "lateness", "遵时率": "lateness", "system": "system",
    "other": "other", "其他": "other",
}  # fmt: skip

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
VOLUMES = Sheet(
    "volumes", "Volumes", "话务量",
    "How many contacts come, by interval; the requirement is computed from them where Demand has no row.",
    (
        DEMAND.column("date"),
        replace(
            DEMAND.column("start"),
            aliases=("time", "start time", "interval", "interval start", "时段")
        ),
        Column(
            "skill", "Skill", "技能", Kind.TEXT,
            "In the long form only: one row for each interval and skill. Without this column each skill "
            "has a column of its own, named after it, and if wanted one with ' AHT' behind its name.",
            names_from="skills"
        ),
        Column(
            "contacts", "Contacts", "联系量", Kind.NUMBER,
            "Contacts that arrive in the interval; of outbound work its agent-hours.",
            aliases=("calls", "volume", "contacts offered", "calls offered", "来电量", "呼入量", "進線量"),
            least=0
        ),
        Column(
            "aht_seconds", "AHT (s)", "平均处理时长(秒)", Kind.SECONDS,
            "Average handling time in seconds: talk, hold and after-call work. Left out, it is that of the "
            "service goal.", aliases=("average handle time", "average handling time", "handle time", "aht "
            "sec",
            "aht seconds", "平均处理时间", "平均處理時長"), least=0
        ),
    ),
)

SERVICE_GOALS = Sheet(
    "service_goals", "Service goals", "服务目标",
    "What is promised to the contacts of each skill with volumes, in every interval or over a day or a week.",
    (
        Column(
            "skill", "Skill", "技能", Kind.TEXT, "The skill whose contacts it is promised to.", needed=True,
            names_from="skills", width=18
        ),
        Column(
            "channel", "Channel", "渠道", Kind.CHOICE,
            "calls: one at a time, answered in turn; chats: side by side; deferrable: mail and back office, "
            "done until the deadline; outbound: volumes are agent-hours. Left out, it is calls.",
            choices=_CHANNELS
        ),
        Column(
            "service_level_percent", "Service level (%)", "服务水平(%)", Kind.PERCENT,
            "Share to be answered within the seconds of the next column, below 100.",
            aliases=("service level", "sl", "sla", "服务水平", "服務水準"), least=0, width=12
        ),
        Column(
            "within_seconds", "Within (s)", "应答时限(秒)", Kind.SECONDS, "Within how many seconds: 20.",
            aliases=("threshold", "threshold (s)", "answer time", "seconds"), least=0, width=10
        ),
        Column(
            "level_of", "Level of", "服务水平口径", Kind.CHOICE,
            "Of which contacts the service level is a share: stayed (offered less those that hung up in "
            "time), "
            "offered, or answered. Left out, it is stayed.", choices=_LEVELS, width=11
        ),
        Column(
            "asa_seconds", "ASA at most (s)", "平均应答速度上限(秒)", Kind.SECONDS,
            "Most seconds until the answer, on average.", aliases=("asa",), least=0, width=11
        ),
        Column(
            "abandonment_percent", "Abandonment at most (%)", "放弃率上限(%)", Kind.PERCENT,
            "Most contacts that may hang up; needs their patience.", aliases=("abandonment", "abandonment "
            "rate"),
            least=0
        ),
        Column(
            "occupancy_percent", "Occupancy at most (%)", "占用率上限(%)", Kind.PERCENT,
            "Greatest share of their time on the queue that agents handle contacts.",
            aliases=("occupancy", "max occupancy"), least=0
        ),
        Column(
            "minimum_staff", "Minimum staff", "最少坐席", Kind.WHOLE,
            "Fewest agents on the queue while it is open. Left out, it is 0.", aliases=("minimum", "min "
            "staff"),
            least=0, width=10
        ),
        Column(
            "weekdays", "Weekdays", "星期", Kind.WEEKDAYS,
            "Days on which the row holds: Mon-Fri, or Sat, Sun. Left out, it is every day.", width=14
        ),
        Column(
            "opens", "Opens", "开线时间", Kind.CLOCK,
            "When the lines open on these days. Left out with Closes, they are open wherever there are "
            "volumes.",
            least=0, most=2 * _DAY, width=9
        ),
        Column(
            "closes", "Closes", "关线时间", Kind.END_CLOCK, "When they close; 25:30 is half past one in the "
            "night.",
            least=0, most=2 * _DAY, width=9
        ),
        Column(
            "patience_seconds", "Patience (s)", "耐心时长(秒)", Kind.SECONDS,
            "Mean time after which a caller who waits hangs up. Left out, nobody does (Erlang C).",
            aliases=("patience",), least=0, width=10
        ),
        Column(
            "aht_seconds", "AHT (s)", "平均处理时长(秒)", Kind.SECONDS,
            "Average handling time in seconds where Volumes give none.", least=0, width=9
        ),
        Column(
            "side_by_side", "Side by side", "并行会话数", Kind.WHOLE,
            "Chats that one agent handles at once. Left out, it is 1.", aliases=("concurrency",), least=1,
            most=20, width=9
        ),
        Column(
            "slower_percent", "Slower by (%)", "并行变慢(%)", Kind.PERCENT,
            "By how much each chat takes longer for every further one beside it. Left out, it is 0.", least=0,
            most=1000, width=9
        ),
        Column(
            "deadline_minutes", "Deadline (h)", "时限(小时)", Kind.HOURS,
            "Of deferrable work: until when it is to be done, in hours from its arrival.",
            aliases=("deadline",), least=0, is_no_clock=True, width=10
        ),
        Column(
            "method", "Method", "方法", Kind.CHOICE,
            "stationary: every interval by itself; lagged: work is done one handling time after it arrives; "
            "fluid: work in hand and backlog are carried through the day; of deferrable work placed: the "
            "roster decides when it is done. Left out, it is stationary: deferrable work is spread evenly.",
            choices=_METHODS, width=12
        ),
        Column(
            "per", "Agreed over", "考核周期", Kind.CHOICE,
            "Over what the service level is agreed: interval, or all of a day or a week together; then the "
            "roster decides where to be good, and the rule service_goal holds it to the level. Left out, it "
            "is every interval.", choices=_PERIODS, aliases=("goal period", "service level period"), width=10
        ),
    ),
)

SHRINKAGE = Sheet(
    "shrinkage", "Shrinkage", "损耗",
    "Shares of paid time that are not spent on the queue, beside what the roster itself holds.",
    (
        Column(
            "kind", "Kind", "类别", Kind.CHOICE,
            "Why: breaks, meals, meetings, training, leave, sickness, lateness, system or other. What Breaks "
            "and Availability hold already must not stand here too.", needed=True, choices=_ABSENCES,
            aliases=("reason",)
        ),
        Column(
            "skill", "Skill", "技能", Kind.TEXT, "Of one skill alone; blank is every one.",
            names_from="skills", width=18
        ),
        Column(
            "weekdays", "Weekdays", "星期", Kind.WEEKDAYS, "Left out, it is every day.", width=16
        ),
        Column(
            "start", "From", "从", Kind.CLOCK, "From when on these days. Left out, midnight.", least=0,
            most=_DAY
        ),
        Column(
            "end", "To", "至", Kind.END_CLOCK, "Until when. Left out, the end of the day.", least=0, most=_DAY
        ),
        Column(
            "percent", "Share (%)", "占比(%)", Kind.PERCENT,
            "Per cent of paid time. Rows of one time are added.", needed=True,
            aliases=("share", "shrinkage", "percent"), least=0
        ),
    ),
)

REQUIREMENT = Sheet(
    "requirement", "Requirement", "人力需求测算",
    "How the requirement followed from the volumes, step by step. Only Override is read.",
    (
        Column("date", "Date", "日期", Kind.DATE, "The date.", needed=True, width=13),
        Column("start", "Start", "开始时间", Kind.ANY, "Start of the interval.", needed=True),
        Column("skill", "Skill", "技能", Kind.TEXT, "The skill.", needed=True, names_from="skills", width=18),
        Column("contacts", "Contacts", "联系量", Kind.NUMBER, "From Volumes."),
        Column(
            "workload", "Workload (erlangs)", "话务负荷(厄兰)", Kind.NUMBER,
            "Contacts times AHT over the interval, as the method of the goal sees it."
        ),
        Column(
            "base_staff", "Base staff", "基础人力", Kind.WHOLE,
            "Fewest agents on the queue that meet the goal."
        ),
        Column(
            "shrinkage_percent", "Shrinkage (%)", "损耗(%)", Kind.PERCENT,
            "Paid time that is spent elsewhere."
        ),
        Column(
            "required", "Requirement", "需求人数", Kind.WHOLE,
            "Base staff over the share of time that is left. To change it, write into the next column."
        ),
        Column(
            "override", "Override", "人工调整", Kind.WHOLE,
            "A number that stands in place of the requirement. It is kept when all is computed again.",
            least=0
        ),
    ),
)
