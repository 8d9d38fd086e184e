"""The figures in large print at the top of the Summary."""

from dataclasses import dataclass

from scheduler.domain.results.outcome import Status
from scheduler.domain.values.money import ratio
from scheduler.domain.values.words import counted
from scheduler.io.files.styles import (
    BAD,
    BAD_FILL,
    BAND,
    GOOD,
    GOOD_FILL,
    INK,
    MUTED,
    Look,
    Pen,
)
from scheduler.io.result.sheets.page import ResultBook, hours
from scheduler.io.result.sheets.words import (
    agent_hours,
    amount,
    percent,
    shown_status,
)
from scheduler.texts import text, text_n


@dataclass(frozen=True)
class _Tile:
    label: str
    value: str
    note: str
    good: bool | None = None


def add_tiles(result: ResultBook, pen: Pen, row: int) -> int:
    """Write them from a row on; returns the row after them."""
    problem, outcome, report = result.problem, result.outcome, result.report
    must = [rule for rule in report.rules if rule.strength == "must"]
    broken = len(report.broken) + len(report.misfits)
    idle = len(problem.agents) - len(outcome.roster.by_agent)
    tiles = (
        _Tile(
            text("Status"),
            shown_status(outcome, report),
            text("{faults}, see Findings", faults=counted(broken, "fault"))
            if broken
            else text("{must_rules} checked, 0 broken", must_rules=counted(len(must), "must-rule")),
            report.is_legal,
        ),
        _Tile(
            text("Cost"),
            amount(problem, outcome.cost.total),
            text("of it wages {wages}", wages=amount(problem, outcome.cost.wages)),
        ),
        _gap_tile(result),
        *_staffing_tiles(result),
        _Tile(
            text("Paid hours"),
            f"{hours(result.paid_minutes + result.paid_time_off):,.1f} h",
            _paid_note(result),
        ),
        _Tile(
            text("Agents at work"),
            text(
                "{by_agent:,} of {agents:,}",
                by_agent=len(result.outcome.roster.by_agent),
                agents=len(problem.agents),
            ),
            text_n("{idle:,} has no duty", "{idle:,} have no duty", idle, idle=idle),
        ),
    )
    columns = ((2, 4), (5, 7), (9, 11), (12, 14))
    for position, tile in enumerate(tiles):
        down, along = divmod(position, 4)
        top = row + down * 4
        first, last = columns[along]
        fill, ink = BAND, INK
        if tile.good is not None:
            fill, ink = (GOOD_FILL, GOOD) if tile.good else (BAD_FILL, BAD)
        base = Look(fill=fill, ink=ink, indent=1, across="left")
        pen.span(top, first, last, tile.label, base.but(ink=MUTED, size=9, down="bottom"))
        pen.span(
            top + 1, first, last, tile.value, base.but(size=16 if len(tile.value) < 17 else 12, bold=True)
        )
        pen.span(top + 2, first, last, tile.note, base.but(ink=MUTED, size=8, down="top"))
        for offset, height in enumerate((16, 25, 16, 6)):
            pen.sheet.row_dimensions[top + offset].height = height
    return row + 8


def _gap_tile(result: ResultBook) -> _Tile:
    outcome, label = result.outcome, text("Gap to the best possible")
    if not result.report.is_legal:
        return _Tile(label, text("none"), text("the bound is of legal rosters"))
    if outcome.status is Status.OPTIMAL:
        return _Tile(label, percent(0.0, 2), text("proven: nothing is left to save"))
    left_to_save = amount(result.problem, max(0, outcome.cost.total - outcome.bound))
    return _Tile(
        label, percent(outcome.gap, 2), text("at most {left_to_save} left to save", left_to_save=left_to_save)
    )


def _paid_note(result: ResultBook) -> str:
    duties = counted(len(result.duties), "duty", "duties")
    absence = result.paid_absence_in_words()
    return (
        text("in {duties}; {absence}", duties=duties, absence=absence)
        if absence
        else text("in {duties}", duties=duties)
    )


def _staffing_tiles(result: ResultBook) -> tuple[_Tile, _Tile, _Tile]:
    """How well the requirement is met: by interval, by shift, or both."""
    values: list[tuple[str, str, str]] = []
    notes: list[tuple[str, str, str]] = []
    if result.has_curve:
        coverage = result.coverage
        required, missing = agent_hours(coverage.required), agent_hours(coverage.missing)
        share = percent(ratio(round(missing * 60), round(required * 60)))
        superfluous = agent_hours(coverage.superfluous)
        values.append((percent(coverage.curve_fit), f"{missing:,.1f} h", f"{superfluous:,.1f} h"))
        notes.append(
            (
                text("100 % would be the required curve"),
                text("{share} of {required:,.1f} agent-hours required", share=share, required=required),
                text("agent-hours more than required"),
            )
        )
    if result.problem.headcounts:
        people, _, over, under = result.report.headcounts.together()
        there = percent(1.0 - ratio(under, people))
        wanted, missing_people, superfluous_people = (
            counted(number, "person", "people") for number in (people, under, over)
        )
        values.append((there, missing_people, superfluous_people))
        notes.append(
            (
                text("of the people required on shifts are there"),
                text(
                    "{people} of {wanted} required on shifts",
                    people=percent(ratio(under, people)),
                    wanted=wanted,
                ),
                text("more than required on shifts"),
            )
        )
    if len(values) > 1:  # no room for more
        notes = [(text("curve; people in place on shifts"), *(text("agent-hours; people on shifts"),) * 2)]
    titles = (
        text("Curve fit") if result.has_curve else text("People in place"),
        text("Missing"),
        text("Superfluous"),
    )
    fit, missing_tile, superfluous_tile = (
        _Tile(title, ", ".join(value), "; ".join(note))
        for title, value, note in zip(
            titles, zip(*values, strict=True), zip(*notes, strict=True), strict=True
        )
    )
    return fit, missing_tile, superfluous_tile
