"""Sheets of a year for which people are hired: volumes by week, staff, terms of hiring, training rooms."""

from scheduler.domain.facts.capacity import (
    MOST_CLASS,
    MOST_STARTED,
    MOST_TRAINING_WEEKS,
)
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.io.cells.columns import Column, Kind, Sheet

_STAFFING = "year_staffing"

# Laid out by hand, a column after the other; one argument a line would hide the table.
# fmt: off
WEEKLY_VOLUMES = Sheet(
    "weekly_volumes", "Weekly volumes", "每周话务量",
    "What comes in each week: a row a week and skill.",
    (
        Column("week", "Week", "周", Kind.DATE, "First day of the week; each is seven days after the last.",
               needed=True, aliases=("week of", "week commencing", "date"), width=13),
        Column("skill", "Skill", "技能", Kind.TEXT, "Skill as on Year staffing.", needed=True,
               names_from=_STAFFING, width=18),
        Column("contacts", "Contacts", "联系量", Kind.NUMBER, "Contacts of the week; leave it out where "
        "Hours say it.",
               aliases=("calls", "volume"), least=0),
        Column("aht_seconds", "AHT (s)", "平均处理时长(秒)", Kind.SECONDS,
               "Average handling time in seconds: talk, hold and after-call work.", aliases=("aht",),
               least=0),
        Column("hours", "Hours of work", "工作小时", Kind.NUMBER,
               "Handling hours of the week, in place of contacts and AHT: outbound, back office.",
               aliases=("workload hours", "workload"), least=0),
        Column("shrinkage_percent", "Shrinkage (%)", "损耗(%)", Kind.PERCENT,
               "Share of paid hours that is not worked on contacts this week: leave, sickness, "
               "meetings, breaks. "
               "Blank is that of Year staffing.", least=0, most=95),
    ),
    needed=True,
)
YEAR_STAFFING = Sheet(
    _STAFFING, "Year staffing", "年度人力",
    "Who is there and what they cost: a row a skill.",
    (
        Column("name", "Skill", "技能", Kind.TEXT, "Name of the skill.", needed=True, width=18),
        Column("staff", "Staff at the start", "期初人数", Kind.NUMBER,
               "People there in the first week, at full productivity; part-time as a fraction.",
               needed=True, least=0,
               aliases=("staff", "headcount", "fte"), most=20_000),
        Column("week_minutes", "Hours a week", "每周工时", Kind.HOURS, "Paid hours a week of one of them.",
               needed=True,
               aliases=("contract hours", "weekly hours"), least=60, most=DAYS_PER_WEEK * MINUTES_PER_DAY),
        Column("occupancy_percent", "Occupancy (%)", "占用率(%)", Kind.PERCENT,
               "Share of the time on duty that is spent on contacts, as your service goals allow it: "
               "the sheet Requirement of a planned week shows workload and base staff.", needed=True,
               least=1, most=100),
        Column("shrinkage_percent", "Shrinkage (%)", "损耗(%)", Kind.PERCENT,
               "Share of paid hours that is not worked on contacts, in weeks that say nothing else.",
               least=0, most=95),
        Column("attrition_percent", "Attrition a week (%)", "每周流失率(%)", Kind.PERCENT,
               "Share of the staff that leaves each week; 30 % a year is about 0.68 %.", needed=True,
               least=0, most=50,
               aliases=("attrition", "turnover a week")),
        Column("pay_cents", "Pay per hour", "时薪", Kind.MONEY, "What an hour costs you, with all that "
        "comes on top.",
               needed=True, least=0, most=10**8),
        Column("missing_cents", "Price of a missing hour", "缺口小时价格", Kind.MONEY,
               "What it costs that an hour on duty is missing: overtime, an agency, or callers who are lost.",
               needed=True, aliases=("missing hour",), least=0, most=10**8, width=18),
        Column("most_missing_percent", "Gap at most (%)", "缺口上限(%)", Kind.PERCENT,
               "Share of the staff needed that may be missing in any week; what is missing beyond is "
               "priced a "
               "hundredfold, so that it is avoided wherever a class can be there in time. Blank is no limit.",
               least=0, most=100),
    ),
    needed=True,
)
HIRING = Sheet(
    "hiring", "Hiring classes", "招聘班次",
    "How newcomers are hired and trained: a row a skill.",
    (
        Column("skill", "Skill", "技能", Kind.TEXT, "Skill as on Year staffing.", needed=True,
               names_from=_STAFFING,
               width=18),
        Column("training_weeks", "Training weeks", "培训周数", Kind.WHOLE,
               "Weeks from the start of a class to its first contacts; paid.", needed=True, least=1,
               most=MOST_TRAINING_WEEKS),
        Column("curve", "Learning curve (%)", "学习曲线(%)", Kind.ANY,
               "Share of full productivity in each week after training, as 50; 65; 80; 90. Blank is all "
               "from the "
               "first week on.", width=20, aliases=("learning curve",)),
        Column("least_people", "Class at least", "班次最少人数", Kind.WHOLE, "Fewest people of a class.",
               needed=True,
               aliases=("class least",), least=1, most=MOST_CLASS),
        Column("most_people", "Class at most", "班次最多人数", Kind.WHOLE, "Most people of a class.",
               needed=True, aliases=("class most",), least=1, most=MOST_CLASS),
        Column("most_started", "Classes in a week", "每周班次数", Kind.WHOLE,
               "Classes that may start in the same week. Blank is one.", least=1, most=MOST_STARTED),
        Column("weeks_between", "Weeks between starts", "开班间隔周数", Kind.WHOLE,
               "Fewest weeks from one start to the next of this skill; at least those of the learning "
               "curve. Blank is "
               "as many as these.", least=1, most=52),
        Column("hire_cents", "Cost per person", "每人招聘成本", Kind.MONEY,
               "Recruiting and equipping one person, once, beside wages.", needed=True, least=0, most=10**9),
        Column("class_cents", "Cost per class", "每班成本", Kind.MONEY,
               "Trainer and room of one class, once.", needed=True, least=0, most=10**9),
        Column("attrition_percent", "Newcomers leaving a week (%)", "新人每周流失率(%)", Kind.PERCENT,
               "Share that leaves each week until the curve ends. Blank is as all others.", least=0,
               most=50, width=18),
        Column("write_off_weeks", "Written off over (weeks)", "摊销周数", Kind.WHOLE,
               "Weeks from the first contacts over which hiring and training are written off. Blank is "
               "52.", least=1,
               most=520, width=16),
    ),
    needed=True,
)
JOINERS = Sheet(
    "joiners", "Joiners and leavers", "已知入离职",
    "People who are known to come or go, classes under way among them.",
    (
        Column("week", "Week", "周", Kind.DATE, "First day of the week from which on they are there, or "
        "gone.",
               needed=True, width=13),
        Column("skill", "Skill", "技能", Kind.TEXT, "Skill as on Year staffing.", needed=True,
               names_from=_STAFFING,
               width=18),
        Column("people", "People", "人数", Kind.NUMBER, "How many come; below 0 how many go.", needed=True,
               least=-20_000, most=20_000),
        Column("note", "Note", "备注", Kind.TEXT, "For people; it is not read.", width=30),
    ),
)
TRAINING_ROOMS = Sheet(
    "training_rooms", "Training rooms", "培训教室",
    "How many classes may be in training at once, and when none may start.",
    (
        Column("first", "From week", "起始周", Kind.DATE, "First week; blank is the first of all.", width=13,
               aliases=("from",)),
        Column("last", "To week", "结束周", Kind.DATE, "Last week; blank is the last of all.", width=13,
               aliases=("to",)),
        Column("rooms", "Classes at once", "同时班次数", Kind.WHOLE,
               "Classes of all skills that may be in training at once; blank is no limit.", least=0, most=500,
               aliases=("trainers", "rooms")),
        Column("may_start", "May start", "可开班", Kind.YES_NO, "no where no class may start; blank is yes."),
    ),
)
# fmt: on

CAPACITY_SHEETS = (WEEKLY_VOLUMES, YEAR_STAFFING, HIRING, JOINERS, TRAINING_ROOMS)
"""The sheets that a plan of hiring is made from."""

HIRING_PLAN, CAPACITY = "Hiring plan", "Capacity by week"
"""The sheets that show it."""

CAPACITY_TITLES = (
    *(name for sheet in CAPACITY_SHEETS for name in (sheet.title, sheet.chinese)),
    HIRING_PLAN,
    CAPACITY,
)
"""Titles that no week has a use for."""
