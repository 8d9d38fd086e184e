"""What people call sheets and columns elsewhere, and which one a name that nobody knows may have meant.

The words are those of other suites, of HR and of everyday speech. They are never read as the sheet or column:
what is near a known name is asked about, since reading the wrong one would be worse than a question. Headings
whose meaning is clear in other words are read: :mod:`scheduler.io.input.sheets.headings`.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rapidfuzz import fuzz, process

from scheduler.io.cells.columns import Column, Sheet, normalised
from scheduler.io.input.sheets import SHEETS
from scheduler.io.input.sheets.capacity import CAPACITY_TITLES
from scheduler.io.input.sheets.headings import near_to

_OF_A_YEAR = frozenset(map(normalised, CAPACITY_TITLES))
"""Sheets that another command reads."""


def _words(**of: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(words.split(", ")) for key, words in of.items()})


_SHEETS = _words(
    settings="setup, options, parameters, configuration, config, preferences, basics, 参数, 配置",
    skills="queues, languages, qualifications, competencies, skill groups, 技能组",
    demand="requirements, required, required staff, staffing, needs, agents required, 需求人数, 人力需求",
    volumes="calls, call volumes, contacts, forecast, volume, call forecast, arrivals, 来电量, 進線量",
    service_goals="service levels, service level, goals, sla, slas, targets, service targets, 服務目標",
    shrinkage="absence shares, losses, 耗損, 縮減",
    requirement="base staff, computed requirement, staffing requirement",
    scenarios="scenario, what if, what-if, cases, alternatives, 场景, 情境",
    calendar="special days, events, campaigns, 特殊日期, 活动日历",
    headcounts="headcount, heads, people per shift, staff per shift, shift demand, shift requirements",
    shifts="shift types, shift patterns, shift templates, templates, duty types, 班别, 班別",
    breaks="pauses, meals, lunches, rest breaks, break rules, 小休, 用餐",
    contracts="contract types, agreements, employment, 合约, 契約",
    agents="employees, staff, people, workers, personnel, workforce, team members, advisors, nurses, "
    "坐席, 座席",
    availability="absences, absence, time off, leave, leaves, annual leave, holiday, vacation, "
    "vacations, unavailability, unavailable, pto, sick, sickness, sick leave, days off, 请假, 休假, 缺勤",
    premiums="supplements, surcharges, allowances, shift premiums, pay premiums, extra pay, 补贴, 加给",
    holidays="public holidays, bank holidays, feiertage, 公众假期, 假期",
    fixed="fixed shifts, fixed duties, pins, pinned, locked, locks, preassigned, assignments, 固定班次",
    wishes="requests, shift requests, shift wishes, wish list, bids, preferred shifts, 意愿, 偏好",
    history="last week, previous week, past, past shifts, past duties, worked, previous roster, 上周",
    balances="balance, accounts, time accounts, totals so far, counters, carried over, 余额, 累计",
    rules="constraints, policies, labour rules, labor rules, work rules, 约束",
)
_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "skills": _words(name="queue, language"),
        "demand": _words(start="hour, clock", required="agents, staff, fte, heads"),
        "volumes": _words(start="hour, clock", contacts="number, offered, arrivals"),
        "service_goals": _words(skill="queue, language", service_level_percent="level, target, goal"),
        "shrinkage": _words(kind="what, absence", percent="per cent, rate"),
        "scenarios": _words(name="case", weight="share, odds", percent="factor, uplift, difference"),
        "calendar": _words(day="when", factor="multiplier, uplift"),
        "headcounts": _words(required="number"),
        "shifts": _words(earliest_start="from", latest_start="until"),
        "breaks": _words(
            name="meal", earliest_start="from, window start, after", latest_start="to, window end, before"
        ),
        "contracts": _words(pay_per_hour="salary"),
        "agents": _words(
            name="who", contract="agreement", skills="languages, queues", team="group, department, location"
        ),
        "availability": _words(
            agent="who",
            day="on",
            what="reason, absence, status, code",
            paid_minutes="hours, paid, paid leave",
        ),
        "fixed": _words(agent="who", length_minutes="hours", break_starts="breaks, meals"),
        "wishes": _words(agent="who", day="on", wanted="likes, request, preference, yes or no"),
        "history": _words(agent="who", paid_minutes="hours, paid, worked hours"),
        "balances": _words(agent="who", rule="what", as_of="on"),
        "rules": _words(kind="constraint, name", strength="level, type, hard or soft"),
    }
)
_BESIDE = frozenset(
    (
        "copy",
        "of",
        "old",
        "new",
        "the",
        "my",
        "our",
        "sheet",
        "list",
        "table",
        "tab",
        "backup",
        "final",
        "draft",
    )
)
"""Words beside a name that leave it the same sheet: ``Agents (2)``, ``Copy of Demand``."""
_NEAR = 75
"""Percent of likeness from which a name is one that was mistyped."""


def meant_sheet(title: str) -> Sheet | None:
    """The input sheet that a title nobody knows may have meant; ``None`` where it is near none."""
    by_name = {
        normalised(name): sheet
        for sheet in SHEETS
        for name in (*_SHEETS[sheet.key], sheet.key, sheet.chinese, sheet.title)
    }
    if normalised(title) in _OF_A_YEAR:
        return None
    words = _split(title)
    bare = "".join(word for word in words if word not in _BESIDE and not word.isdigit())
    for name in ("".join(words), bare):
        if name in by_name:
            return by_name[name]
    own = {name: sheet for name, sheet in by_name.items() if len(name) > 2}
    found = process.extractOne(bare, list(own), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return own[found[0]] if found else None


def nearest_sheet(title: str) -> Sheet:
    """The input sheet whose title is nearest, however far it is."""
    said = normalised(title)
    return max(SHEETS, key=lambda sheet: fuzz.WRatio(said, normalised(sheet.title)))


def meant_column(sheet: Sheet, heading: str, given: Iterable[str]) -> Column | None:
    """The column that a heading nobody knows may have meant; ``None`` where it is near none.

    Parameters
    ----------
    given
        Keys of the columns that the sheet has already; only a mistyped heading is taken for one of these.
    """
    there, said = frozenset(given), normalised(heading)
    missing = [column for column in sheet.columns if column.key not in there]
    others = _COLUMNS.get(sheet.key, {})
    for column in missing:
        if said in [normalised(name) for name in others.get(column.key, ())]:
            return column
    for column in missing:
        if near_to(column, sheet, heading):
            return column
    for columns, scorer, least in (
        (missing, fuzz.WRatio, _NEAR),
        ([column for column in sheet.columns if column.key in there], fuzz.ratio, 85),
    ):
        named = {normalised(column.title): column for column in columns}
        found = process.extractOne(said, list(named), scorer=scorer, score_cutoff=least)
        if found:
            return named[found[0]]
    return None


def _split(title: str) -> list[str]:
    """The words of a title, as headings are matched."""
    return [normalised(word) for word in re.findall(r"\w+", title.replace("_", " "))]
