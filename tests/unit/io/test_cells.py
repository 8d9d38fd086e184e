"""What a cell may hold, and what is made of it."""

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.io.cells import parse, parse_dates, parse_lists, parse_times
from scheduler.io.cells.parse import Unreadable


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (time(8, 30), 510),  # an Excel time
        (timedelta(hours=25, minutes=30), 1530),  # [hh]:mm past midnight
        (datetime(1900, 1, 1, 1, 30), 1530),  # 25:30 in a cell formatted hh:mm is 1.0625 days
        (datetime(1904, 1, 2, 1, 30), 1530),  # the same in a workbook of an old Mac
        (0.35416666666666669, 510),  # 08:30 formatted as a number
        (0, 0),
        ("8:30", 510),
        (" 08:30 ", 510),
        ("08:30:00", 510),
        ("25:30", 1530),
        ("01:30+1", 1530),
        ("8:30 pm", 1230),
        ("12 am", 0),
        ("８：３０", 510),  # full-width, as a Chinese keyboard gives it
        (time(8, 29, 59, 999500), 510),  # a fraction of a day that is a hair short
    ],
)
def test_clock_times_are_understood(value: object, minutes: int) -> None:
    assert parse_times.clock(value) == minutes


@pytest.mark.parametrize(
    "value", ["8", 8, 8.5, "25:60", "half past", True, datetime(2024, 3, 4, 8), "13:00 pm"]
)
def test_what_is_no_clock_time_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        parse_times.clock(value)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (7.5, 450),
        (40, 2400),
        ("7,5", 450),
        ("7:20", 440),
        ("7 h 20 min", 440),
        ("45 min", 45),
        ("38小时", 2280),
        (time(7, 20), 440),
        (timedelta(hours=38, minutes=30), 2310),
        (440 / 60, 440),  # 7.3333... as a float
    ],
)
def test_hours_become_minutes(value: object, minutes: int) -> None:
    assert parse_times.hours(value) == minutes


@pytest.mark.parametrize(
    ("value", "minutes"), [(15, 15), ("15", 15), ("15 min", 15), ("1:30", 90), ("1 h", 60), (time(0, 15), 15)]
)
def test_minutes_stay_minutes(value: object, minutes: int) -> None:
    assert parse_times.minutes(value) == minutes


@pytest.mark.parametrize("value", [7.33, -1, "a while", "8h30x", True, "1.5:30"])
def test_what_is_no_length_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        parse_times.hours(value)


@pytest.mark.parametrize(
    ("value", "amount"),
    [(3, 3), ("3", 3), ("３", 3), ("3.5", 3.5), ("3,5", 3.5), ("-2", -2), ("12345", 12345)],
)
def test_numbers_stored_as_text_are_numbers(value: object, amount: float) -> None:
    assert parse.number(value) == amount


def test_a_comma_that_may_part_thousands_or_decimals_is_not_guessed_at() -> None:
    with pytest.raises(Unreadable, match="read in two ways"):
        parse.number("1,234")


@pytest.mark.parametrize("value", ["twenty", "", "1.2.3", None, True, "€ 20", "1e5"])
def test_text_is_no_number(value: object) -> None:
    with pytest.raises(Unreadable, match="not a number"):
        parse.number(value)


@pytest.mark.parametrize(
    ("value", "cents"), [(20, 2000), (20.5, 2050), ("0,29", 29), (0.29, 29), (19.99, 1999)]
)
def test_money_is_whole_cents(value: object, cents: int) -> None:
    assert parse.money(value) == cents


def test_a_price_finer_than_a_cent_is_refused() -> None:
    with pytest.raises(Unreadable, match="finer than a cent"):
        parse.money(20.505)


@pytest.mark.parametrize(
    "value",
    [
        date(2024, 3, 14), datetime(2024, 3, 14), 45365, "2024-03-14", "2024/3/14", "14.3.2024", "14/03/2024",
        "03/14/2024", "14 Mar 2024", "March 14, 2024", "2024年3月14日", "２０２４－０３－１４",
    ],
)  # fmt: skip
def test_dates_are_understood(value: object) -> None:
    # Excel counts days from 1899-12-30, and 45365 days later is 2024-03-14.
    assert parse_dates.day(value) == date(2024, 3, 14)


@pytest.mark.parametrize("value", ["04/03/2024", "Monday", "2024-02-30", 7, True, datetime(2024, 3, 4, 8)])
def test_what_is_no_plain_date_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        parse_dates.day(value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("English, French", ("English", "French")),
        ("English; French\nTechnical", ("English", "French", "Technical")),
        ("英语、法语，技术", ("英语", "法语", "技术")),
        ('"Billing, EU", English', ("Billing, EU", "English")),
        ('"5"" pipe"', ('5" pipe',)),
        ("English,,", ("English",)),
        (1001, ("1001",)),
        ("none", ()),
    ],
)
def test_names_in_a_list(value: object, found: tuple[str, ...]) -> None:
    assert parse_lists.names(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Nights 1.6; Sundays -0.25", (("Nights", 160), ("Sundays", -25))),
        ("Nights: +1,6\nLate shifts 2: 3", (("Nights", 160), ("Late shifts 2", 300))),
        ('"a; ""b""": 1；夜班：2', (('a; "b"', 100), ("夜班", 200))),
        ("none", ()),
    ],
)
def test_points_by_name(value: object, found: tuple[tuple[str, int], ...]) -> None:
    assert parse_lists.points(value) == found


def test_points_are_no_times() -> None:
    # "Hours 7:30" was read as 30 points of a rule "Hours 7"
    for value, instead in (("Hours 7:30", "Hours: +7.5"), ("Nights 1; Hours: -7:45", "Hours: -7.75")):
        with pytest.raises(Unreadable) as caught:
            parse_lists.points(value)
        assert caught.value.hint == f"Write hours with decimals: {instead}."


@pytest.mark.parametrize("value", [3, "Nights", "Nights 1.234", "Nights 1; Nights 2", "1.6", "Nights 1001"])
def test_what_is_no_name_with_an_amount_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        parse_lists.points(value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Sat, Sun", (5, 6)),
        ("Fri-Mon", (4, 5, 6, 0)),
        ("every day", (0, 1, 2, 3, 4, 5, 6)),
        ("周一至周五", (0, 1, 2, 3, 4)),
        ("weekend", (5, 6)),
        ("Tuesday to Thursday", (1, 2, 3)),
        ("none", ()),
    ],
)
def test_weekdays(value: object, found: tuple[int, ...]) -> None:
    assert parse_lists.weekdays(value) == found


def test_dates_and_weekdays_may_stand_together() -> None:
    wanted = (date(2024, 3, 5), date(2024, 3, 6), 6)
    assert parse_lists.days("2024-03-05 to 2024-03-06, Sun") == wanted


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("08:00-10:00, 14:00–15:30", ((480, 600), (840, 930))),
        ("22:00-02:00", ((1320, 1560),)),  # over midnight
        (time(8), ((480, 480),)),
    ],
)
def test_clock_windows(value: object, found: tuple[tuple[int, int], ...]) -> None:
    assert parse_lists.clock_windows(value) == found


@pytest.mark.parametrize(
    ("value", "meant"), [("Yes", True), ("否", False), (True, True), (0, False), ("x", True)]
)
def test_yes_and_no(value: object, meant: bool) -> None:
    assert parse.yes_no(value) is meant


def test_a_name_that_excel_made_a_date_of_is_named() -> None:
    with pytest.raises(Unreadable, match="where a name belongs"):
        parse.plain_text(datetime(2024, 5, 9))  # "9-5" typed as a shift's name
