"""Two sheets on what was checked: every rule with how it fared, and everything worth a look."""

from scheduler.domain import Severity, Violation
from scheduler.domain.results.outcome import RuleResult
from scheduler.domain.values.grid import MINUTES_PER_HOUR
from scheduler.domain.values.money import in_currency
from scheduler.domain.values.words import counted, plain_rule_name, spoken_date
from scheduler.io.files.styles import (
    BAD,
    BAD_FILL,
    BODY,
    COUNT,
    GOOD,
    GOOD_FILL,
    HEADING,
    HEADING_LEFT,
    MONEY,
    MUTED,
    WARN,
    WARN_FILL,
    Look,
    Pen,
)
from scheduler.io.result.contents import names
from scheduler.io.result.sheets.page import ResultBook, freeze, widths
from scheduler.io.result.sheets.summary.shortage_costs import ShortageCosts, names_day
from scheduler.io.result.sheets.words import shift_shortages, shortages
from scheduler.model import Rule
from scheduler.texts import text

HEADING_ROW = 4
SHOWN_PLACES = 5
MOST_SHORTAGES = 40
MOST_PREFERENCES = 400
MOST_REPORTED = 400

_WRAP = BODY.but(wrap=True, down="top")
_QUIET = _WRAP.but(ink=MUTED)
_GOOD = _WRAP.but(ink=GOOD, fill=GOOD_FILL, bold=True, across="center")
_WARN = _WRAP.but(ink=WARN, fill=WARN_FILL, bold=True, across="center")
_BAD = _WRAP.but(ink=BAD, fill=BAD_FILL, bold=True, across="center")
_CENTRE = _QUIET.but(across="center")


def add_rules(result: ResultBook) -> None:
    """Add the Rules sheet: each rule, whether it was enforced and checked, and how it fared."""
    pen = result.sheet(
        names.RULES,
        text("Rules, and whether they are kept"),
        text("Checked on the finished roster by a second program that shares nothing with the search."),
    )
    sheet = pen.sheet
    columns = (
        ("Rule", 22), ("In words", 46), ("For whom", 24), ("Strength", 10), ("Enforced", 22), ("Checked", 12),
        ("Result", 13), ("Broken", 8), ("By how much", 14), (f"Cost ({result.problem.currency})", 11),
        ("Where", 60),
    )  # fmt: skip
    for column, (heading, width) in enumerate(columns, start=1):
        pen.put(HEADING_ROW, column, heading, HEADING_LEFT if column in (1, 2, 3, 11) else HEADING)
        widths(sheet, width, first=column)
    sheet.row_dimensions[HEADING_ROW].height = 20
    results = {one.rule: one for one in result.report.rules}
    broken: dict[str, list[Violation]] = {}
    for violation in result.report.violations:
        broken.setdefault(violation.rule, []).append(violation)
    row = HEADING_ROW
    for rule in result.rules.rules:
        row += 1
        _rule_row(result, pen, row, rule, results.get(rule.name), broken.get(rule.name, []))
    freeze(sheet, row=HEADING_ROW + 1, column=2)
    result.print_set_up(sheet, area=f"A1:K{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}")


def _rule_row(
    result: ResultBook, pen: Pen, row: int, rule: Rule, fared: RuleResult | None, broken: list[Violation]
) -> None:
    if not rule.is_on:
        enforced, verdict, look = text("no, it is off"), text("not looked at"), _CENTRE
    elif fared is None:
        enforced, verdict, look = _enforced(result, rule), text("NOT CHECKED"), _BAD
    elif not fared.broken:
        enforced, verdict, look = _enforced(result, rule), text("kept"), _GOOD
    else:
        enforced = _enforced(result, rule)
        verdict = text("not kept")
        if rule.is_planned:
            verdict = text("BROKEN") if rule.is_must else text("partly kept")
        look = _BAD if rule.is_must else _WARN
    where = "\n".join(_place(result, violation) for violation in broken[:SHOWN_PLACES])
    if len(broken) > SHOWN_PLACES:
        where += text(
            "\nand {broken:,} more, see {findings}",
            broken=len(broken) - SHOWN_PLACES,
            findings=names.FINDINGS,
        )
    if fared and fared.told:
        where = f"{fared.told}\n{where}".rstrip()
    checked = counted(fared.subjects, "case") if fared else text("no")
    pen.row(
        row,
        1,
        [
            (rule.name, _WRAP.but(bold=True)),
            (rule.sentence, _WRAP),
            (str(rule.scope), _QUIET),
            (rule.strength.value, _CENTRE),
            (enforced, _CENTRE),
            (checked if rule.is_on else text("no"), _CENTRE),
            (verdict, look),
            (fared.broken if fared else None, _CENTRE.but(number_format=COUNT)),
            (fared.amount_in_words if fared and fared.broken else None, _CENTRE),
            (in_currency(fared.cost) if fared and fared.cost else None, _QUIET.but(number_format=MONEY)),
            (where, _QUIET.but(size=9, across="left", indent=1)),
        ],
    )
    lines = max(1, -(-len(rule.sentence) // 44), -(-len(str(rule.scope)) // 22), -(-len(enforced) // 20))
    lines = max(lines, sum(max(1, -(-len(line) // 70)) for line in where.split("\n")) if where else 1)
    pen.sheet.row_dimensions[row].height = 13.5 * lines + 3


def _enforced(result: ResultBook, rule: Rule) -> str:
    if not rule.is_planned:
        return text("no, only reported")
    if rule.is_must:
        return text("yes, never broken")
    if rule.price is None:
        return text("yes, at its prices")
    price = (
        text(
            "yes, at {price:,.2f} {currency} per hour",
            price=rule.price / 100,
            currency=result.problem.currency,
        )
        if rule.unit == "hour"
        else text(
            "yes, at {price:,.2f} {currency} per occurrence",
            price=rule.price / 100,
            currency=result.problem.currency,
        )
    )
    own = any(limit.price is not None for limit in rule.limits(result.problem))
    return text("{price}, or their own", price=price) if own else price


def _place(result: ResultBook, violation: Violation) -> str:
    """The violation's sentence, with agent and days in front if it does not name them."""
    grid = result.problem.grid
    who = violation.agent if violation.agent and violation.agent not in violation.sentence else ""
    unnamed = [on for on in map(grid.date, violation.days[:3]) if not names_day(violation.sentence, on)]
    when = ", ".join(map(spoken_date, unnamed))
    front = ", ".join(part for part in (who, when) if part)
    return f"{front}: {violation.sentence}" if front else violation.sentence


def add_findings(result: ResultBook) -> None:
    """Add the sheet of findings: faults, input warnings, the worst shortages, what is reported, wishes."""
    report = result.report
    pen = result.sheet(
        names.FINDINGS,
        text("Findings"),
        text(
            "Faults, then warnings about the input, shortages of staff, what is only reported, and "
            "requirements and preferences that are not met."
        ),
    )
    sheet = pen.sheet
    for column, (heading, width) in enumerate(
        (("Kind", 16), ("What", 22), ("In words", 100), (f"Cost ({result.problem.currency})", 12)), start=1
    ):
        pen.put(HEADING_ROW, column, heading, HEADING if column == 4 else HEADING_LEFT)
        widths(sheet, width, first=column)
    lines: list[tuple[str, Look, str, str, int | None]] = []
    lines += [(text("not possible"), _BAD, text("duty"), one.sentence, None) for one in report.misfits]
    lines += [
        (text("rule broken"), _BAD, plain_rule_name(one.rule), _place(result, one), None)
        for one in report.broken
    ]
    lines += [(text("wrong figure"), _BAD, text("claim"), sentence, None) for sentence in report.mismatches]
    lines += [
        (
            "input",
            _WARN if finding.severity is Severity.WARNING else _BAD,
            str(finding.place),
            f"{finding.message} {finding.hint}".strip(),
            None,
        )
        for finding in result.findings
    ]
    short = shortages(result.problem, report)
    said = ShortageCosts.of(result)
    lines += [
        (text("short of staff"), _WARN, one.skill, one.sentence, said.cost_of(one))
        for one in short[:MOST_SHORTAGES]
    ]
    if len(short) > MOST_SHORTAGES:
        rest = sum(one.missing_minutes for one in short[MOST_SHORTAGES:]) / MINUTES_PER_HOUR
        smaller = len(short) - MOST_SHORTAGES
        others = text(
            "{smaller_shortages}, {rest:,.1f} agent-hours in all, see Coverage.",
            smaller_shortages=counted(smaller, "smaller shortage"),
            rest=rest,
        )
        cost = said.sum_of(short[MOST_SHORTAGES:])
        lines.append((text("short of staff"), _WARN, text("other"), others, cost))
    people = shift_shortages(result.problem, report)
    lines += [
        (text("short of staff"), _WARN, one.row, one.sentence, said.cost_of(one))
        for one in people[:MOST_SHORTAGES]
    ]
    if len(people) > MOST_SHORTAGES:
        rest_people = sum(one.missing for one in people[MOST_SHORTAGES:])
        smaller = len(people) - MOST_SHORTAGES
        lacking = counted(rest_people, "person", "people")
        others = text(
            "{smaller_shortages}, {lacking} in all, see {shift_coverage}.",
            smaller_shortages=counted(smaller, "smaller shortage"),
            lacking=lacking,
            shift_coverage=names.SHIFT_COVERAGE,
        )
        cost = said.sum_of(people[MOST_SHORTAGES:])
        lines.append((text("short of staff"), _WARN, text("other"), others, cost))
    told = report.reported
    lines += [
        (text("reported"), _CENTRE, plain_rule_name(one.rule), _place(result, one), None)
        for one in told[:MOST_REPORTED]
    ]
    if len(told) > MOST_REPORTED:
        more = text("{reported:,} more.", reported=len(told) - MOST_REPORTED)
        lines.append((text("reported"), _CENTRE, text("other"), more, None))
    wishes = sorted(said.others, key=lambda one: -one.cost)
    of_staff = {rule.name for rule in result.rules.rules if rule.costs_as_staff}
    lines += [
        (
            text("requirement") if one.rule in of_staff else text("preference"),
            _CENTRE,
            plain_rule_name(one.rule),
            _place(result, one),
            one.cost,
        )
        for one in wishes[:MOST_PREFERENCES]
    ]
    if len(wishes) > MOST_PREFERENCES:
        rest_cost = sum(one.cost for one in wishes[MOST_PREFERENCES:])
        lines.append(
            (
                text("preference"),
                _CENTRE,
                text("other"),
                text("{wishes:,} more.", wishes=len(wishes) - MOST_PREFERENCES),
                rest_cost,
            )
        )
    if not lines:
        lines.append((text("none"), _GOOD, "", text("Nothing was found."), None))
    row = HEADING_ROW
    for kind, look, what, sentence, cost in lines:
        row += 1
        pen.row(
            row,
            1,
            [
                (kind, look),
                (what, _WRAP),
                (sentence, _WRAP),
                (None if cost is None else in_currency(cost), _QUIET.but(number_format=MONEY)),
            ],
        )
        sheet.row_dimensions[row].height = 13.5 * max(1, -(-len(sentence) // 105), -(-len(what) // 22)) + 3
    freeze(sheet, row=HEADING_ROW + 1, column=1)
    sheet.auto_filter.ref = f"A{HEADING_ROW}:D{row}"
    result.print_set_up(sheet, area=f"A1:D{row}", title_rows=f"{HEADING_ROW}:{HEADING_ROW}")
