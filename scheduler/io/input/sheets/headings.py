"""Other ways to write a column's heading where its meaning is clear: word order, plurals, abbreviations.

A heading is compared by its gist: the words that carry meaning, each in one form, whatever their order. What
could be two columns of its sheet is asked about, and so is what is only near a known name
(:mod:`scheduler.io.input.sheets.other_names`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from scheduler.io.cells.columns import Column, Sheet
from scheduler.io.input.sheets import SHEETS
from scheduler.io.input.sheets.capacity import CAPACITY_SHEETS
from scheduler.io.input.sheets.past_volumes import PAST_VOLUMES

Gist = frozenset[str]

_SAME = {
    word: said
    for said, words in {
        "min": "minimum minimal least fewest lowest mindest",
        "max": "maximum maximal most highest",
        "hour": "hours hr hrs h hourly",
        "minute": "minutes mins",
        "week": "weeks weekly wk wks wkly",
        "day": "days",
        "date": "dates",
        "start": "starts starting started begin begins beginning",
        "end": "ends ending finish finishes",
        "pay": "wage wages rate rates",
        "price": "prices cost costs penalty",
        "agent": "agents employee employees staff person persons people worker workers colleague colleagues "
        "adviser advisers advisor advisors emp",
        "require": "required requirement requirements need needed needs wanted demand",
        "shift": "shifts duty duties",
        "template": "templates pattern patterns",
        "type": "types kind kinds",
        "skill": "skills skillset competence competences competency competencies qualification "
        "qualifications",
        "number": "no nr num id #",
        "prefer": "preferred preference preferences favourite favorite wish wished wishes",
        "length": "lengths duration durations long",
        "earliest": "first",
        "latest": "last",
        "allow": "allowed permitted entitled entitlement entitlements possible",
        "leave": "leaves leaving left leaver",
        "join": "joins joining joined joiner hire hired",
        "work": "works worked working",
        "employ": "employment employed",
        "paid": "payable credited",
        "break": "breaks pause pauses",
        "extra": "superfluous surplus overstaffed overstaffing excess",
        "miss": "missing shortage understaffed understaffing short",
        "step": "steps increment increments every grid",
        "team": "teams",
        "contract": "contracts",
        "rule": "rules",
        "sheet": "sheets",
        "until": "till til thru through",
        "zone": "zones",
        "weekday": "weekdays",
    }.items()
    for word in words.split()
}
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "for",
        "per",
        "each",
        "by",
        "on",
        "at",
        "is",
        "are",
        "be",
        "as",
        "my",
        "our",
    ]
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_UNIT = re.compile(r"[(\[]\s*(?:h|hrs?|hours?|min|mins|minutes?|eur|€|\$|£)\s*[)\]]")
_JOINED = {"timezone": "time zone", "startdate": "start date", "enddate": "end date", "dayoff": "day off"}
"""Words that are written apart as well."""
_LIKE_SIMPLIFIED = str.maketrans(
    "時開始結間員類頻長週數費勞團隊區約號備註價誌過從離職稱貨幣設動優強標簽關閉規則參說歷單需資帶請種別",
    "时开始结间员类频长周数费劳团队区约号备注价志过从离职称货币设动优强标签关闭规则参说历单需资带请种别",
)
"""Signs of headings in the script of Taiwan and Hong Kong, as the mainland writes them."""


_WAYS = """
[settings]
name: roster name, week name, plan name, title
first_day: first date, start date, start day, from date, 起始日期
days: number days, day number, how many days
interval_minutes: interval [minute] [length], slot [minute] [length], time step, 时段长度
time_zone: zone, tz
week_starts_on: week start [day], first weekday, first day week
own_sheets: my sheets, other sheets
date_order: date format
decimal_sign: decimal separator, decimal point, decimal comma, decimal
sick_hours: sick pay hours, hours sick, hours sick call
history_until: history to, history end, history last day
[skills]
name: skill name, skill group, name, 技能组
missing_price: missing price [agent] [hour]
superfluous_price: extra price [agent] [hour]
[demand]
date: day, weekday, day week
start: start [time], time, interval [start] [time], from, from time, time from, 時段
skill: skill name, skill group, 技能组
[headcounts]
day: date, day, weekday, shift date
template: <shift>
skill: skill name, skill group, 技能组
required: required [agent] [number], headcount [required], number agent, agent, heads [required], 人力,
    需求人力, 所需人员
maximum: max [agent] [number] [headcount], at most
missing_price: missing price [agent] [shift]
superfluous_price: extra price [agent] [shift]
[shifts]
name: shift name, name, template, shift template, shift type, shift code, 班別, 班種, 班别
weekdays: day, day week, weekday, on day, work day
earliest_start: earliest start [time], earliest [time], start from, min start [time], start min
latest_start: latest start [time], latest [time], start until, start to, max start [time]
start_step: start step [minute], start interval [minute], step start
min_length: shortest [shift] [length] [hour], min [shift] length [hour], min [shift] hour, length from,
    min shift
max_length: longest [shift] [length] [hour], max [shift] length [hour], max [shift] hour, length to, max
    shift
length_step: length step [minute], length interval [minute]
[breaks]
template: <shift>
min_shift_minutes: shift from [hour], shift length from, min shift [length] [hour], shift min
max_shift_minutes: shift to [hour], shift length to, shift until, max shift [length] [hour], shift max
name: break name, break type, name, break, 小休
length_minutes: length [minute], break length [minute], minute, break minute
paid: paid break, paid unpaid, paid yes no, break paid
measured_from: measured, relative to, counted from, reference, measure from
earliest_start: earliest [break] [start] [time], start from, window from, not before
latest_start: latest [break] [start] [time], not after
step_minutes: step [minute], start step [minute]
[contracts]
name: contract name, name, contract type, contract code, 合约, 契約
pay_per_hour: pay, pay hour, hour price, pay price hour, price hour, 薪资, 時薪
min_paid_minutes: min hour [paid] [work] [week] [contract], guaranteed hour [week], hour from, 最低工时,
    最少工时
max_paid_minutes: max hour [paid] [work] [week] [contract], hour to, 最高工时, 最多工时
templates: shift, shift template, template, allowed shift [template] [type], shift type, may work
[agents]
name: <agent>
contract: contract name, contract type, contract code, 合约, 契約
skills: skill, skill list, 技能组
team: team name, site, site team, 班组, 小组, 小組, 职场
pay_per_hour: pay, pay hour, hour price, pay price hour, price hour, 薪资
time_zone: zone, tz
preferred_starts: prefer start [time], start prefer, start time prefer
preferred_days_off: prefer day off, prefer off, day off prefer, day off wish, wish day off, prefer free
    day
starts_on: start date, start, join [date], date join, employ start [date], employ from, employ since,
    first day [work] [employ], first work day
leaves_on: end date, leave [date], date leave, employ end [date], employ until, employ to, last day
    [work] [employ], termination date, exit date
personnel_number: personnel number, number, agent number, payroll number, personal number, badge number,
    工号
[availability]
agent: <agent>
day: date, day, start date, from date, date from, from day, day from, first day, first date, start day
last_day: last day, last date, end date, end day, to date, date to, to day, until date, until day, 截止日期
start: from, from time, time from, start time, start clock
end: to, to time, time to, until, until time, end time, end clock
what: type, absence type, leave type, availability type, what
paid_minutes: paid hour, hour paid, paid leave hour, hour leave paid
[fixed]
agent: <agent>
day: date, day, shift date, date shift, work day
off: day off, off, free, free day, rest day
template: <shift>
start: start, start time, shift start [time], from, from time
length_minutes: length [hour], shift length [hour]
break_starts: break start [time], break time
[wishes]
agent: <agent>
day: date, day, wish date, wish day
template: <shift>
wanted: wants, want, wish, wanted, wish yes no, yes no
price: price, weight, wish price
[history]
agent: <agent>
day: date, day, shift date, work date, work day
start: start, start time, shift start [time], from, from time
end: end, end time, shift end [time], to, to time, until
paid_minutes: paid hour, hour paid, paid time
template: <shift>
[balances]
agent: <agent>
rule: rule name, measure
minutes: hour, amount hour, hour so far
times: number, count, amount
as_of: counted until, until, date, day
[rules]
kind: rule name, rule type, type rule, rule
label: rule label
strength: rule strength
price: price, price unit, weight
agents: agent, only agent
contracts: contract, only contract
teams: team, only team
skills: skill, only skill
templates: shift, template, shift template, only shift
first_day: first date, from date, start date, valid from, from day
last_day: last date, to date, until date, end date, valid until, valid to, until day
"""
"""By the key of a sheet and of a column; the words in square brackets may be left out."""
_STANDING = {
    "<agent>": "agent, agent [full] name, name, full name, agent member [name], 坐席, 座席, 客服代表, "
    "客服人员, 客服專員, 話務員, 專員, 姓名",
    "<shift>": "shift, shift template, template, shift type, shift name, shift code, 班別, 班種, 班别",
}
"""Ways that stand for the same column on several sheets."""
_HOURS = "hour [paid] [work] [week] [contract]"
_ASKED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "contracts": {_HOURS: ("min_paid_minutes", "max_paid_minutes")},
    "shifts": {
        "start [time]": ("earliest_start", "latest_start"),
        "[shift] length [hour]": ("min_length", "max_length"),
        "[shift] hour": ("min_length", "max_length"),
    },
    "breaks": {"start [time]": ("earliest_start", "latest_start")},
}
"""Headings that could be two columns of their sheet, by what they say."""


def meant_by(sheet: Sheet, heading: object) -> tuple[Column, ...]:
    """The columns that a heading says in other words: one, or several that are to be asked about.

    >>> from scheduler.io.input.sheets import CONTRACTS
    >>> [column.title for column in meant_by(CONTRACTS, "Minimum weekly hrs")]
    ['Min hours a week']
    """
    ways = _ways_of(sheet.key)
    return ways.get(gist(str(heading), within=True)) or ways.get(gist(str(heading)), ())


def near_to(column: Column, sheet: Sheet, heading: str) -> bool:
    """Whether a heading shares half of its words, or more, with a way to say a column's."""
    said = gist(heading)
    return any(2 * len(said & way) >= len(said | way) for way in ways_to_say(sheet, column))


def gist(heading: str, *, within: bool = False) -> Gist:
    """The words of a heading that carry its meaning, each in one form.

    Parameters
    ----------
    within
        Whether words in brackets count; a unit there never does.

    >>> sorted(gist("Max. hrs/week")), gist("weekly hours, the most") == gist("Max. hrs/week")
    (['hour', 'max', 'week'], True)
    """
    plain = unicodedata.normalize("NFKC", heading)
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain).casefold().translate(_LIKE_SIMPLIFIED)
    bare = (_UNIT if within else _BRACKETS).sub(" ", plain)
    words = re.findall(r"[^\W_]+|#", bare if re.search(r"\w", bare) else plain)
    apart = " ".join(_JOINED.get(word, word) for word in words).split()
    return frozenset(_SAME.get(word, word) for word in apart) - _FILLERS


@cache
def _ways_of(key: str) -> Mapping[Gist, tuple[Column, ...]]:
    """Every way to say a heading of a sheet, by its gist."""
    sheet = next(one for one in (*SHEETS, PAST_VOLUMES, *CAPACITY_SHEETS) if one.key == key)
    ways: dict[Gist, tuple[Column, ...]] = {}
    for words, keys in _ASKED.get(sheet.key, {}).items():
        for one in _spelt_out(words):
            ways[one] = tuple(sheet.column(key) for key in keys)
    for column in sheet.columns:
        ways.update(dict.fromkeys(ways_to_say(sheet, column), (column,)))
    return ways


def ways_to_say(sheet: Sheet, column: Column) -> Iterator[Gist]:
    """The gist of every way to say a column's heading, its own names included."""
    for words in (*_table().get((sheet.key, column.key), ()), column.title, column.chinese, *column.aliases):
        yield from _spelt_out(words)


@cache
def _table() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The ways of :data:`_WAYS` by the key of the sheet and of the column."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    sheet = ""
    for line in _WAYS.replace("\n    ", " ").split("\n"):
        if line.startswith("["):
            sheet = line.strip("[]")
        elif line:
            key, _, words = line.partition(": ")
            for name, ways in _STANDING.items():
                words = words.replace(name, ways)
            found[sheet, key] = tuple(words.split(", "))
    return found


@cache
def _spelt_out(words: str) -> tuple[Gist, ...]:
    """The gists of a phrase of our own, with and without each of its words in square brackets."""
    parts = re.findall(r"\[[^\]]*\]|[^\[]+", words)
    chosen = product(*((part, "") if part.startswith("[") else (part,) for part in parts))
    gists = (gist(" ".join(part.strip("[]") for part in some)) for some in chosen)
    return tuple(filter(None, gists))
