"""Histories as other tools write them: each fault at its line, and nothing guessed."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import scheduler
from scheduler import BadInput
from tests.demand.forecast.test_bad_input import rows

HEADINGS = "Date,Start,Skill,Calls,AHT (s)"
MONDAY = date(2026, 3, 2)


def lines(days: int = 21) -> list[list[str]]:
    """The same numbers as those of the frame, as text."""
    return [
        [str(on), start, skill, str(calls), str(aht)] for on, start, skill, calls, aht in rows(days).values
    ]


def in_order(cell: str, order: str) -> str:
    """A date with slashes, in the order of ``dmy`` or ``mdy``."""
    year, month, day = cell.split("-")
    return "/".join({"d": day, "m": month, "y": year}[part] for part in order)


@pytest.fixture
def told(tmp_path: Path):
    """What is said of a CSV file that is refused."""

    def of(content: list[list[str]], headings: str = HEADINGS, separator: str = ",", **more: object) -> str:
        path = written(tmp_path, content, headings, separator)
        with pytest.raises(BadInput) as caught:
            scheduler.forecast(path, **more)
        return str(caught.value)

    return of


def written(folder: Path, content: list[list[str]], headings: str = HEADINGS, separator: str = ",") -> Path:
    path = folder / "calls.csv"
    head = [headings.replace(",", separator)] if headings else []
    path.write_text("\n".join([*head, *(separator.join(line) for line in content)]), "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (5, 3, "-1", 'calls.csv!D7  Contacts: "-1" is less than 0.'),
        (5, 3, "nan", 'calls.csv!D7  Contacts: "nan" is not a number.'),
        (5, 3, "inf", 'calls.csv!D7  Contacts: "inf" is not a number.'),
        (5, 3, "1.210", 'calls.csv!D7  Contacts: "1.210" can be read in two ways. Write 1210 or 1.21.'),
        (5, 4, "0", "calls.csv!E7  English: contacts with a handling time of 0 s take no work."),
        (5, 4, "4", "calls.csv!E7  English: a handling time of 4 s looks like minutes."),
        (5, 4, "4:00", 'calls.csv!E7  AHT (s): "4:00" may be minutes and seconds, or hours and minutes.'),
        (5, 0, "Tue", "calls.csv!D7  English: a history has dates, and this row has a weekday."),
        (5, 0, "2026-02-30", 'calls.csv!A7  Date: "2026-02-30" is not a date'),
        (5, 0, "Total", 'calls.csv!A7  "Total" stands here'),
    ],
)
def test_one_bad_cell(told, row, column, value, said):
    content = lines()
    content[row][column] = value
    assert said in told(content)


def test_minutes_all_over_are_one_line_and_a_bad_cell_has_one_finding(told):
    minutes = [[*line[:4], "4"] for line in lines()]
    assert told(minutes).count("looks like minutes") == 1
    colons = told([[*line[:4], "4:00"] for line in lines()])
    assert "take no work" not in colons  # was said as well of cells that could not be read


def test_dates_in_two_orders(told, tmp_path):
    american = [[in_order(line[0], "mdy"), *line[1:]] for line in lines()]
    said = told(american)
    assert "calls.csv!A2" in said and said.count("can be read in two ways") == 1
    found = scheduler.forecast(written(tmp_path, american), date_order="month day year")
    assert found.volumes["Date"].iloc[0].date() == MONDAY + timedelta(days=21)
    two = [*american[:40], *([in_order(line[0], "dmy"), *line[1:]] for line in lines()[40:])]
    said = told(two, date_order="month day year")
    assert 'calls.csv!A46:A85  Date: "13/03/2026" is not a date in the order month day year' in said
    with pytest.raises(BadInput, match="'mdy' is none of day month year"):
        scheduler.forecast(written(tmp_path, american), date_order="mdy")


def test_decimal_commas(told, tmp_path):
    halves = [[*line[:3], f"{line[3]},5", line[4]] for line in lines()]
    found = scheduler.forecast(written(tmp_path, halves, separator=";"))
    assert found.volumes["Contacts"].iloc[0] == pytest.approx(10.5, abs=0.01)
    thousands = [[*line[:3], f"1.2{line[3]}", line[4]] for line in lines()]
    assert told(thousands, separator=";").count("can be read in two ways") == 1
    path = written(tmp_path, thousands, separator=";")
    assert scheduler.forecast(path, decimal_sign="comma").volumes["Contacts"].iloc[0] == 1210


def test_no_headings_no_rows_nothing_at_all(told):
    assert "calls.csv!A1  no row of headings is found. Headings: Date, Start" in told(lines(), "")
    assert "calls.csv  this table has headings, but no rows." in told([])
    assert "calls.csv!A1  nothing stands here. Headings: Date, Start" in told([], "")


def test_a_column_that_nobody_knows_is_named(tmp_path):
    content = [[*line, "0.8"] for line in lines()]
    (finding,) = scheduler.forecast(written(tmp_path, content, f"{HEADINGS},Occupancy")).findings
    assert str(finding).startswith('calls.csv!F1  the column "Occupancy" is not read.')


def test_a_column_a_skill(told, tmp_path):
    wide = [[*line[:2], line[3], line[4], str(2 * int(line[3]))] for line in lines()]
    headings = "Date,Start,English,English AHT,French"
    assert "Say so also which of its columns English, English AHT and French are skills." in told(
        wide, headings
    ).replace("English AHT, French", "English AHT and French")
    found = scheduler.forecast(written(tmp_path, wide, headings), skill=["English", "French"]).volumes
    first = found.groupby("Skill").first()
    assert first["Contacts"].to_dict() == {"English": 10, "French": 20}
    assert first["AHT (s)"].isna().to_dict() == {"English": False, "French": True}


def test_an_hour_a_column_is_no_skill(told):
    said = told([[line[0], "5", "6"] for line in lines()[::4]], "Date,9:00,9:30", skill="English")
    assert 'calls.csv!A1  the column "Start" is missing.' in said and 'skill "9:30" is not' in said


@pytest.mark.parametrize("form", ["{0} {1}", "{0}T{1}+00:00", "{2} {1}"])
def test_date_and_time_in_one_cell(tmp_path, form):
    content = [[form.format(line[0], line[1], in_order(line[0], "mdy")), line[3]] for line in lines()]
    found = scheduler.forecast(
        written(tmp_path, content, "Start,Calls"), skill="English", date_order="month day year"
    )
    assert found.findings == () and found.volumes["Start"].head(4).tolist() == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
    ]


def test_volumes_that_are_taken_in_follow_the_settings_of_the_week(tmp_path):
    # dates of --volumes were asked about though the Settings said their order
    from scheduler import read_workbook, with_volumes

    problem, _ = read_workbook(Path(__file__).parents[3] / "examples" / "calls_week.xlsx")
    path = tmp_path / "calls.csv"
    path.write_text(
        "Date,Start,Skill,Calls\n06/07/2026,09:00,English,7\n16/06/2026,09:00,English,7\n", "utf-8"
    )
    with pytest.raises(BadInput, match="two ways"):
        with_volumes(problem, path)
    taken = with_volumes(problem.model_copy(update={"date_order": "day month year"}), path)
    assert [later.day for one in taken.volumes for later in one.later] == [date(2026, 7, 6)]
