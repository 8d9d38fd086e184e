"""Edits by hand on Duties and on Roster: each read as meant, with verdict, figures and cell right.

``python -m tests.attacks hand_edits --count 300 --seed 1`` edits so many workbooks of small centres, wards
and generated weeks. What an edit means is decided on the roster itself, without the file, and judged by the
public ``verify``. Where a planner leaves breaks or a start open, every placement is tried, and the verdict
has to be that of the best one. Exits with 1 where anything was read, judged, counted or placed otherwise.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import chain, product
from random import Random
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from scheduler.app import planning, results
from scheduler.command_line.verdict import exit_of
from scheduler.domain import Agent, Duty, PlacedBreak, Problem, Report, Roster, StaffcurveError, Stop
from scheduler.io.result.sheets.duties import FIXED
from tests.attacks.forgeries import Case, cases
from tests.property.problems import small_case

MOST_GENERATED = 20
MOST_TRIED = 250
"""Placements of what an edit leaves open; an edit that leaves more is not made."""


class Meant(NamedTuple):
    """What an edit means.

    Parameters
    ----------
    rosters
        Every roster that it can mean; more than one where breaks, a start or a length are left open.
    cells
        The sheet and row, or the cell, of each day that it changes.
    wrong
        Cells that are wrong afterwards although the roster is the same: two people who do the same on a day
        have their names exchanged, and their personnel numbers, teams and pay stay behind. Nothing tells that
        from personnel numbers that were exchanged, by which the wrong person would be paid.
    """

    done: str
    rosters: list[Roster]
    cells: set[str]
    wrong: frozenset[str] = frozenset()


Edit = Callable[[Case, Any, Random], Meant | None]


def clock(problem: Problem, agent: Agent, duty: Duty, instant: int) -> timedelta:
    """Time since the midnight of the duty's day, as the agent's clock shows it."""
    local = problem.grid.local(instant, problem.zone_of(agent)).replace(tzinfo=None)
    return local - datetime.combine(problem.grid.date(duty.day), time())


def span(case: Case, duty: Duty) -> str:
    """A duty's times as somebody types them."""
    agent = case.problem.agent_named[duty.agent]
    minutes = [clock(case.problem, agent, duty, at) // timedelta(minutes=1) for at in (duty.start, duty.end)]
    return "-".join(f"{at // 60 % 24:02d}:{at % 60:02d}" for at in minutes)


def type_duty(case: Case, sheet: Any, row: int, duty: Duty, *, as_text: bool = False) -> None:
    """Type a duty over a row of Duties."""
    problem, columns = case.problem, {cell.value: cell.column for cell in sheet[4]}
    agent = problem.agent_named[duty.agent]

    def put(heading: str, value: Any) -> None:
        sheet.cell(row, columns[heading]).value = value

    def at(instant: int) -> Any:
        local = problem.grid.local(instant, problem.zone_of(agent))
        return f"{local.hour}:{local.minute:02d}" if as_text else local.time().replace(tzinfo=None)

    put("Agent", duty.agent)
    put("Date", problem.grid.date(duty.day))
    put("Shift", duty.template)
    starts = clock(problem, agent, duty, duty.start)
    minutes = starts // timedelta(minutes=1)  # 24:30 and not 0:30, which would be a day earlier
    put("Start", f"{minutes // 60}:{minutes % 60:02d}" if as_text else starts)
    put("End date", problem.grid.local(duty.end, problem.zone_of(agent)).date())
    put("End", at(duty.end))
    for number, pause in enumerate(duty.breaks, start=1):
        put(f"Break {number}", pause.name)
        put(f"Break {number} start", at(pause.start))
        put(f"Break {number} end", at(pause.end))
        put(f"Break {number} paid", "paid" if pause.paid else "unpaid")


START = f"Duties!{get_column_letter(FIXED.index('Start') + 1)}"
"""The column of starts."""


def drawn(case: Case, sheet: Any, random: Random) -> tuple[int, Duty]:
    """A row of Duties and its duty."""
    date_column, shift_column = (FIXED.index(heading) + 1 for heading in ("Date", "Shift"))
    rows = [row for row in range(5, sheet.max_row + 1) if sheet.cell(row, shift_column).value]
    row = random.choice(rows)
    day = case.problem.grid.day_index(sheet.cell(row, date_column).value.date())
    (duty,) = case.outcome.roster.on(sheet.cell(row, 1).value, day)
    return row, duty


def with_(case: Case, gone: Iterable[Duty], come: Iterable[Duty] = ()) -> Roster:
    """The roster with some duties instead of others."""
    out = list(gone)
    return Roster(duties=(*(duty for duty in case.outcome.roster.duties if duty not in out), *come))


def later(duty: Duty, minutes: int) -> Duty:
    """The duty with its breaks, moved."""
    breaks = tuple(pause.model_copy(update={"start": pause.start + minutes}) for pause in duty.breaks)
    moved = {"start": duty.start + minutes, "end": duty.end + minutes, "breaks": breaks}
    return duty.model_copy(update=moved)


def _changed_row(case: Case, book: Any, random: Random, done: str, change: Callable[[Duty], Duty]) -> Meant:
    sheet = book["Duties"]
    row, duty = drawn(case, sheet, random)
    becomes = change(duty)
    type_duty(case, sheet, row, becomes, as_text=random.random() < 0.3)
    cells = {f"{START}{row}"} if becomes != duty else set()
    return Meant(f"Duties row {row}: {done}", [with_(case, [duty], [becomes])], cells)


def moved_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A duty earlier or later, with its breaks."""
    minutes = random.choice((-60, -30, -15, 15, 30, 60))
    return _changed_row(case, book, random, f"moved by {minutes} min", lambda duty: later(duty, minutes))


def lengthened_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A later end."""
    minutes = random.choice((15, 30, 60))
    return _changed_row(
        case,
        book,
        random,
        f"{minutes} min longer",
        lambda duty: duty.model_copy(update={"end": duty.end + minutes}),
    )


def moved_break(case: Case, book: Any, random: Random) -> Meant | None:
    """A break earlier or later."""
    minutes = random.choice((-30, -15, 15, 30))

    def change(duty: Duty) -> Duty:
        if not duty.breaks:
            return duty
        first, *rest = duty.breaks
        return duty.model_copy(
            update={"breaks": (first.model_copy(update={"start": first.start + minutes}), *rest)}
        )

    return _changed_row(case, book, random, f"first break moved by {minutes} min", change)


def deleted_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A row taken out, or emptied."""
    sheet = book["Duties"]
    row, duty = drawn(case, sheet, random)
    if random.random() < 0.5:
        sheet.delete_rows(row)
    else:
        for cell in sheet[row]:
            cell.value = None
    return Meant(f"Duties row {row} deleted", [with_(case, [duty])], {roster_cell(case, book, duty)})


def swapped_rows(case: Case, book: Any, random: Random) -> Meant | None:
    """Two people's duties of one day exchanged."""
    sheet = book["Duties"]
    (row, one), (other_row, other) = drawn(case, sheet, random), drawn(case, sheet, random)
    if one.agent == other.agent or one.day != other.day or not same_clock(case, one, other):
        return None
    sheet.cell(row, 1).value, sheet.cell(other_row, 1).value = other.agent, one.agent
    come = [
        one.model_copy(update={"agent": other.agent}),
        other.model_copy(update={"agent": one.agent}),
    ]
    done, meant = f"Duties rows {row} and {other_row} swapped", [with_(case, [one, other], come)]
    if come[0] != other:
        return Meant(done, meant, {f"{START}{row}", f"{START}{other_row}"})
    left = (
        f"Duties!{cell.coordinate}"
        for pair in zip(sheet[row][1:], sheet[other_row][1:], strict=True)
        if pair[0].value != pair[1].value
        for cell in pair
    )
    return Meant(done, meant, set(), frozenset(left))


def added_row(case: Case, book: Any, random: Random) -> Meant | None:
    """A copy of a row at the end, for somebody who is free that day."""
    sheet = book["Duties"]
    _, duty = drawn(case, sheet, random)
    free = [
        agent.name
        for agent in case.problem.agents
        if not case.outcome.roster.on(agent.name, duty.day)
        and case.problem.zone_of(agent) == case.problem.zone_of(case.problem.agent_named[duty.agent])
    ]
    if not free:
        return None
    new, row = duty.model_copy(update={"agent": random.choice(free)}), sheet.max_row + 1
    type_duty(case, sheet, row, new)
    return Meant(f"Duties row {row} added", [with_(case, [], [new])], {f"{START}{row}"})


def same_clock(case: Case, one: Duty, other: Duty) -> bool:
    """Whether two people live by one clock."""
    return len({case.problem.zone_of(case.problem.agent_named[duty.agent]) for duty in (one, other)}) == 1


def roster_cell(case: Case, book: Any, duty: Duty) -> str:
    """The cell of Roster that shows a duty's day."""
    sheet = book["Roster"]
    heading = next(row for row in range(1, 40) if sheet.cell(row, 1).value == "Agent")
    names = {sheet.cell(row, 1).value: row for row in range(heading + 1, sheet.max_row + 1)}
    return f"Roster!{sheet.cell(names[duty.agent], 4 + duty.day).coordinate}"


def typed(case: Case, book: Any, duty: Duty, words: str, gone: Iterable[Duty], come: Iterable[Duty]) -> Meant:
    """Words typed into a day of Roster, and every duty that they can mean."""
    cell = roster_cell(case, book, duty)
    book["Roster"][cell.partition("!")[2]].value = words
    tried = [with_(case, gone, [one]) for one in come]
    return Meant(f"{cell}: {words!r}", tried or [with_(case, gone)], {cell})


def with_any_breaks(case: Case, duty: Duty) -> Iterator[Duty]:
    """The duty with its breaks at every start that their windows have."""
    problem = case.problem
    zone = problem.zone_of(problem.agent_named[duty.agent])
    pauses = problem.template_named[duty.template].breaks_of(duty.elapsed_minutes)
    choices = []
    for pause in pauses:
        first, last = pause.earliest_start, pause.latest_start
        if pause.measured_from == "clock":
            first, last = (problem.grid.instant_on_day(duty.day, at, zone) for at in (first, last))
        elif pause.measured_from == "end":
            first, last = duty.end - first, duty.end - last
        else:
            first, last = duty.start + first, duty.start + last
        choices.append(range(first, last + 1, pause.step_minutes))
    for starts in product(*choices):
        placed = [
            PlacedBreak(name=pause.name, start=at, length_minutes=pause.length_minutes, paid=pause.paid)
            for pause, at in zip(pauses, starts, strict=True)
        ]
        yield duty.model_copy(update={"breaks": tuple(sorted(placed, key=lambda pause: pause.start))})


def off(case: Case, book: Any, random: Random) -> Meant | None:
    """A day off on Roster."""
    _, duty = drawn(case, book["Duties"], random)
    return typed(case, book, duty, random.choice(("off", "–", "-", "", "OFF", "free")), [duty], [])


def retimed(case: Case, book: Any, random: Random) -> Meant | None:
    """Other times on Roster, with the shift's name or without."""
    _, duty = drawn(case, book["Duties"], random)
    start, longer = random.choice((-60, -30, 30, 60)), random.choice((0, 0, 30, 60))
    new = duty.model_copy(update={"start": duty.start + start, "end": duty.end + start + longer})
    if clock(case.problem, case.problem.agent_named[duty.agent], new, new.start) < timedelta():
        return None
    words = random.choice(("{times}", "{name} {times}", "{times} {name}")).format(
        times=span(case, new), name=duty.template
    )
    if duty.template not in words and len(fitting(case, new)) != 1:
        return None
    return typed(case, book, duty, words, [duty], with_any_breaks(case, new))


def fitting(case: Case, duty: Duty) -> list[str]:
    """Shifts that have a duty's times."""
    problem = case.problem
    at = clock(problem, problem.agent_named[duty.agent], duty, duty.start) // timedelta(minutes=1)
    return [
        template.name
        for template in problem.templates
        if problem.grid.weekday(duty.day) in template.weekdays
        and at in template.starts
        and duty.elapsed_minutes in template.lengths
    ]


def named(case: Case, book: Any, random: Random) -> Meant | None:
    """A shift's name in a free day, with a start or without."""
    problem = case.problem
    agent, day = random.choice(problem.agents), random.randrange(problem.grid.days)
    template = random.choice(problem.templates)
    if case.outcome.roster.on(agent.name, day):
        return None
    starts = list(template.starts)
    chosen = random.choice(starts)
    with_start = random.random() < 0.5
    zone = problem.zone_of(agent)
    shifts = [
        Duty(agent=agent.name, day=day, template=template.name, start=at, end=at + length)
        for clock_minute in ([chosen] if with_start else starts)
        for at in [problem.grid.instant_on_day(day, clock_minute, zone)]
        for length in template.lengths
    ]
    words = f"{template.name} {chosen // 60:02d}:{chosen % 60:02d}" if with_start else template.name
    come = chain.from_iterable(with_any_breaks(case, shift) for shift in shifts)
    return typed(case, book, shifts[0], words, [], come)


EDITS: tuple[Edit, ...] = (
    moved_row, retimed, moved_break, off, lengthened_row, named, deleted_row, swapped_rows, added_row,
)  # fmt: skip


@cache
def forged_weeks() -> tuple[tuple[Case, bytes], ...]:
    """The cases of the forgeries with their workbooks."""
    return tuple((case, case.written(".xlsx")) for case in cases())


@cache
def generated_weeks() -> tuple[tuple[Case, bytes], ...]:
    """Generated weeks without a change of clock, and their workbooks."""
    made: list[Case] = []
    for seed in range(MOST_GENERATED):
        problem, rules = small_case(seed)
        if not problem.grid.time_zone.startswith("UTC"):
            continue
        try:
            outcome = planning.solve(problem, rules, workers=1, stop=Stop(seconds=None, rounds=1))
        except StaffcurveError:  # some have no legal roster
            continue
        if outcome.roster.duties:
            made.append(Case(problem, rules, outcome))
    return tuple((case, case.written(".xlsx")) for case in made)


def fault(case: Case, meant: Meant, said: Report) -> str:
    """What is wrong with a report on an edited workbook; empty if nothing."""
    problem, rules = case.problem, case.rules
    judged = [planning.verify(problem, rules, roster) for roster in meant.rosters]
    is_legal = any(report.is_legal for report in judged)
    if said.is_legal != is_legal:
        return f"legal is {said.is_legal}, not {is_legal}: {[*map(str, said.faults())][:3]}"
    costs = {report.cost.total for report in judged if report.is_legal == is_legal}
    if said.cost.total not in costs:
        return f"cost is {said.cost.total}, not {sorted(costs)[:5]}"
    before = case.outcome.cost.total
    if meant.cells and (said.changed_by is None or said.changed_by.cost != said.cost.total - before):
        return f"changed by {said.changed_by}, not {said.cost.total - before}"
    cells = {edit.cell for edit in said.edits}
    if not cells <= meant.cells or (meant.cells and not cells):
        return f"edited at {cells}, not {meant.cells}"
    wanted = 5 if not is_legal or meant.wrong else 6 if meant.cells else 0
    if exit_of(said) != wanted:
        return f"exit code {int(exit_of(said))}, not {wanted}: {said.mismatches} {said.outdated}"
    if not all(any(cell in fault for fault in said.mismatches) for cell in meant.wrong):
        return f"wrong at {said.mismatches}, not {set(meant.wrong)}"
    breaches = [*said.misfits, *said.broken]
    if not all(breach.cells for breach in breaches if breach.agent):
        return f"a breach without a cell: {breaches}"
    return ""


def trials(count: int, seed: int, *, generated: bool = True) -> tuple[Counter[str], list[str]]:
    """Verdicts by kind of edit, and what went wrong."""
    random, told = Random(seed), Counter[str]()
    wrong: list[str] = []
    weeks = forged_weeks() + (generated_weeks() if generated else ())
    made = 0
    while made < count:
        case, content = random.choice(weeks)
        edit = EDITS[made % len(EDITS)]
        meant = None
        for _ in range(30):
            book = load_workbook(BytesIO(content))
            meant = edit(case, book, random)
            if meant is not None and len(meant.rosters) <= MOST_TRIED:
                break
        made += 1
        if meant is None or len(meant.rosters) > MOST_TRIED:
            told[f"{edit.__name__}: nothing to edit"] += 1
            continue
        saved = BytesIO()
        book.save(saved)
        try:
            said = results.verify_file(case.problem, case.rules, saved.getvalue())
            found = fault(case, meant, said)
        except StaffcurveError as refused:
            found = f"refused: {refused}"
        told[f"{edit.__name__}: {'WRONG' if found else 'right'}"] += 1
        if found:
            wrong.append(f"{case.problem.name}: {meant.done}: {found}")
    return told, wrong


def main(words: list[str]) -> int:
    """Run it, and print how often what was right."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks hand_edits", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    told, wrong = trials(asked.count, asked.seed)
    for what, number in sorted(told.items()):
        print(f"{number:5}  {what.replace('_', ' ')}")
    print(f"{len(wrong):5}  wrong", *wrong, sep="\n       ")
    return int(bool(wrong))
