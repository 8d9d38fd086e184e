"""Weeks that a planner would make impossible by mistake, each a change of one that can be planned.

The week is a small help desk: six people, open Monday to Friday from 08:00 to 18:00. What ``solve`` says of
each stands on the page ``docs/impossible_weeks.md``, which
``python -m tests.workbook.impossible_weeks --write`` makes and a test compares.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook

from scheduler.app import planning
from scheduler.app.input_checks.readings import accepted, preflighted
from scheduler.domain import BadInput, Contradiction, NothingFound, Stop
from tests.workbook.filled_in import new_book, saved

PAGE = Path(__file__).parents[2] / "docs" / "impossible_weeks.md"
MONDAY = date(2024, 3, 4)
PEOPLE = ("Ann Lee", "Ben Roth", "Cleo Diaz", "Dan Fox", "Eva Berg", "Finn Ito")
COUNTED = Stop(seconds=None, rounds=1)

Row = tuple[Any, ...]
Change = Callable[[Workbook], None]


def on(days: int) -> date:
    """A day of the week, 0 for Monday."""
    return MONDAY + timedelta(days)


def put(book: Workbook, title: str, *rows: Row) -> None:
    """Let these be the rows of a sheet, below its headings."""
    sheet: Any = book[title]
    sheet.delete_rows(2, sheet.max_row)
    for row in rows:
        sheet.append(row)


def add_rule(book: Workbook, kind: str, strength: str, price: float | None = None, **settings: Any) -> None:
    """One more rule; or other settings of one that stands there."""
    sheet: Any = book["Rules"]
    at = next((row for row in range(2, 99) if sheet.cell(row, 1).value in (kind, None)), 99)
    sheet.cell(at, 1).value, sheet.cell(at, 3).value, sheet.cell(at, 4).value = kind, strength, price
    first = next(cell.column for cell in sheet[1] if cell.value == "Setting 1")
    for number, (setting, value) in enumerate(settings.items()):
        sheet.cell(at, first + 2 * number).value = setting.replace("_", " ")
        sheet.cell(at, first + 1 + 2 * number).value = value


def help_desk() -> Workbook:
    """The week that can be planned."""
    book = new_book()
    put(book, "Demand", *(("Mon-Fri", time(hour), 2 + (hour in (10, 11, 14, 15))) for hour in range(8, 18)))
    _hourly(book)
    put(book, "Headcounts")
    put(book, "Shifts", ("Day", "Mon-Fri", time(8), time(9, 30), 30, 8.5, 8.5, 30))
    put(book, "Contracts", ("Full time", 20, 32, 40, "Day"))
    put(book, "Agents", *((name, "Full time", "English") for name in PEOPLE))
    for title in ("Availability", "Fixed", "Wishes", "History"):
        put(book, title)
    return book


def _hourly(book: Workbook) -> None:
    settings: Any = book["Settings"]
    for row in settings.iter_rows():
        if row[0].value == "Interval (min)":
            row[1].value = 60


def at_least(book: Workbook, number: int, *, days: str = "Mon-Fri", most: int | None = None) -> None:
    """A minimum on Demand, and a maximum beside it."""
    sheet: Any = book["Demand"]
    rows = [(days, time(hour), 2, number, most) for hour in range(8, 18)]
    put(book, "Demand", *rows)
    sheet["D1"], sheet["E1"] = "English min", "English max" if most is not None else None


def short_shifts(book: Workbook) -> None:
    """The shifts are six hours long; the contract asks for more than five of them."""
    put(book, "Shifts", ("Day", "Mon-Fri", time(8), time(12), 30, 6.5, 6.5, 30))


def few_days(book: Workbook) -> None:
    """Four days a week at most, where the contract wants 36 h."""
    put(book, "Contracts", ("Full time", 20, 36, 40, "Day"))
    add_rule(book, "days_per_week", "must", at_most=4)


def all_on_leave(book: Workbook) -> None:
    """The whole team has Wednesday off, and somebody has to be there."""
    at_least(book, 1)
    put(book, "Availability", *((name, on(2), None, None, None, "time off", 8) for name in PEOPLE))


def minimum_above_everybody(book: Workbook) -> None:
    """Seven have to be there; there are six."""
    at_least(book, 7, days="Mon-Fri")


def fixed_on_leave(book: Workbook) -> None:
    """A shift is fixed on a day of leave."""
    put(book, "Availability", ("Ann Lee", on(1), None, None, None, "time off", 8))
    put(book, "Fixed", ("Ann Lee", on(1), None, "Day", time(9), 8.5, None))


def late_then_early(book: Workbook) -> None:
    """A late shift and the early one after it are fixed, with eight hours between them."""
    put(
        book, "Shifts",
        ("Day", "Mon-Fri", time(6), time(9, 30), 30, 8.5, 8.5, 30),
        ("Late", "Mon-Fri", time(13, 30), time(13, 30), 30, 8.5, 8.5, 30),
    )  # fmt: skip
    put(book, "Contracts", ("Full time", 20, 32, 40, "Day, Late"))
    put(
        book, "Fixed",
        ("Ben Roth", on(1), None, "Late", None, None, None),
        ("Ben Roth", on(2), None, "Day", time(6), None, None),
    )  # fmt: skip


def nobody_has_the_skill(book: Workbook) -> None:
    """French has to be answered, and nobody speaks it."""
    put(book, "Skills", ("English", 60, 5), ("French", 60, 5))
    rows = [("Mon-Fri", time(hour), 2, 1, 1) for hour in range(8, 18)]
    put(book, "Demand", *rows)
    sheet: Any = book["Demand"]
    sheet["D1"], sheet["E1"] = "French", "French min"


def no_weekends(book: Workbook) -> None:
    """Somebody has to be there on Saturday, and nobody may work on a weekend."""
    put(book, "Shifts", ("Day", "Mon-Sat", time(8), time(9, 30), 30, 8.5, 8.5, 30))
    at_least(book, 1, days="Mon-Sat")
    add_rule(book, "weekends", "must", at_most=0)


def too_few_seats(book: Workbook) -> None:
    """Three have to be there, and there are two seats."""
    at_least(book, 3, most=2)


def after_a_night(book: Workbook) -> None:
    """A night of last week ends on Monday at 06:00, and the shift of Monday is fixed."""
    put(book, "History", ("Cleo Diaz", on(-1), time(22), timedelta(hours=30), 7.5, None))
    put(book, "Fixed", ("Cleo Diaz", on(0), None, "Day", time(9), None, None))


def more_hours_than_people(book: Workbook) -> None:
    """Five have to be there all week: that is more than six contracts hold."""
    at_least(book, 5)


def long_run(book: Workbook) -> None:
    """Two days in a row at most, where the contract needs all five of Monday to Friday."""
    put(book, "Contracts", ("Full time", 20, 40, 40, "Day"))
    add_rule(book, "max_consecutive_days", "must", days=2)


def fixed_outside_availability(book: Workbook) -> None:
    """A shift is fixed in the morning of somebody who can come from noon on."""
    put(book, "Availability", ("Ann Lee", on(1), None, time(12), time(18), "available", None))
    put(book, "Fixed", ("Ann Lee", on(1), None, "Day", time(9), 8.5, None))


def fewer_days_open(book: Workbook) -> None:
    """Four days at least, for somebody who can come on three."""
    put(book, "Contracts", ("Full time", 20, None, 40, "Day"))
    put(
        book, "Availability", *(("Ann Lee", on(day), None, None, None, "unavailable", None) for day in (0, 1))
    )
    add_rule(book, "days_per_week", "must", at_least=4)


def run_of_last_week(book: Workbook) -> None:
    """Five days were worked up to Sunday, five in a row are allowed, and Monday is fixed."""
    worked = (("Cleo Diaz", on(day), time(9), time(17, 30), 8, None) for day in range(-5, 0))
    put(book, "History", *worked)
    put(book, "Fixed", ("Cleo Diaz", on(0), None, "Day", time(9), None, None))
    add_rule(book, "max_consecutive_days", "must", days=5)


def breaks_that_do_not_fit(book: Workbook) -> None:
    """A break three to five hours after the start, in a shift of three hours."""
    put(book, "Shifts", ("Day", "Mon-Fri", time(8), time(12), 30, 3, 3, 30))
    put(book, "Contracts", ("Full time", 20, 10, 15, "Day"))


def people_missing_on_a_shift(book: Workbook) -> None:
    """Seven people have to start a shift, and there are six."""
    put(book, "Demand")
    put(book, "Headcounts", ("Mon-Fri", "Day", None, 7, None, None))
    add_rule(book, "shift_requirement", "must")


def no_room_for_the_hours(book: Workbook) -> None:
    """Exactly five people on the shift each day, and contracts that want all six there on five days."""
    put(book, "Demand")
    put(book, "Headcounts", ("Mon-Fri", "Day", None, 5, 5))
    put(book, "Contracts", ("Full time", 20, 40, 40, "Day"))
    add_rule(book, "shift_requirement", "must")
    add_rule(book, "shift_maximum", "must")


def more_shifts_than_days(book: Workbook) -> None:
    """Six people on the shift each day, and nobody may work more than 32 h."""
    put(book, "Demand")
    put(book, "Headcounts", ("Mon-Fri", "Day", None, 6))
    put(book, "Contracts", ("Full time", 20, 32, 32, "Day"))
    add_rule(book, "shift_requirement", "must")


def many_days(book: Workbook) -> None:
    """Five days a week at least, where the contract allows 36 h."""
    put(book, "Contracts", ("Full time", 20, 24, 36, "Day"))
    add_rule(book, "days_per_week", "must", at_least=5)


@dataclass(frozen=True)
class Impossible:
    """One of them.

    Parameters
    ----------
    exit_code
        Of ``solve``: 2 where ``check`` finds it already, 3 where a proof does.
    """

    title: str
    change: Change
    exit_code: int


WEEKS = (
    Impossible("Shifts are too short for the hours of the contract", short_shifts, 2),
    Impossible("Too few days for the hours of the contract", few_days, 3),
    Impossible("Everybody is on leave", all_on_leave, 3),
    Impossible("A minimum above the number of people", minimum_above_everybody, 3),
    Impossible("A fixed shift on a day of leave", fixed_on_leave, 2),
    Impossible("A late shift and an early one after it", late_then_early, 2),
    Impossible("A skill that nobody has", nobody_has_the_skill, 3),
    Impossible("Nobody may work on weekends", no_weekends, 3),
    Impossible("Fewer seats than people who must be there", too_few_seats, 2),
    Impossible("Rest after a night of last week", after_a_night, 2),
    Impossible("More hours than the people have", more_hours_than_people, 3),
    Impossible("The longest run against the days needed", long_run, 3),
    Impossible("A fixed shift outside of availability", fixed_outside_availability, 2),
    Impossible("More days than are open", fewer_days_open, 3),
    Impossible("A run of days of last week", run_of_last_week, 2),
    Impossible("A break that does not fit the shift", breaks_that_do_not_fit, 2),
    Impossible("More people on a shift than there are", people_missing_on_a_shift, 3),
    Impossible("More hours in the contracts than places on the shifts", no_room_for_the_hours, 3),
    Impossible("More shifts than the contracts allow", more_shifts_than_days, 3),
    Impossible("Too many days for the hours of the contract", many_days, 3),
)


def said(book: Workbook, folder: Path) -> tuple[int, list[str]]:
    """The exit code of ``solve``, and the errors or reasons that it says."""
    try:
        problem, rules = accepted(preflighted(planning.read(saved(book, folder))))
        planning.solve(problem, rules, stop=COUNTED, workers=1)
    except BadInput as fault:
        return 2, [str(finding) for finding in fault.findings if finding.is_error]
    except Contradiction as fault:
        return 3, list(fault.reasons)
    except NothingFound as fault:
        return 4, [str(fault)]
    return 0, []


def page() -> str:
    """The page: what it is about, as it stands there, and the weeks."""
    return PAGE.read_text("utf-8").split("<!-- weeks -->")[0] + "<!-- weeks -->\n\n" + "\n".join(_weeks())


def _weeks() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        for number, week in enumerate(WEEKS, start=1):
            book = help_desk()
            week.change(book)
            code, lines = said(book, Path(folder))
            yield f"## {number}. {week.title}\n"
            yield f"{week.change.__doc__} (exit code {code})\n"
            yield "```text"
            yield from lines
            yield "```\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        print("\n".join(_weeks()))
