"""What every way of filling a cell means, or why it is refused: one table for all kinds of cell.

A refusal is the beginning of what the planner reads behind what stands there; whatever is refused says
what to write instead. Nothing is rounded, and nothing with two meanings is read in one of them.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from scheduler.io.cells import parse, parse_dates, parse_lists, parse_times
from scheduler.io.cells.conventions import Conventions
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.cell_values import Percent


class No(NamedTuple):
    """A refusal: a part of the message, and a part of the hint."""

    message: str
    hint: str = ""


NAN, INFINITE = float("nan"), float("inf")
TWO_WAYS, NO_NUMBER, TOO_LARGE = "can be read in two ways", "is not a number", "is too large a number"
SECONDS, NEGATIVE = "is not a number of whole minutes", "is less than nothing"
NO_CLOCK, NO_DATE, NO_LENGTH = "is not a clock time", "is not a date", "is not a length of time"
NO_UNIT = "does not say its unit"
IN_DAYS = "is a number of days in the format of a date"
MON, TUE, SAT, SUN = 0, 1, 5, 6


def day_of_1904(value: object) -> date:
    return parse_dates.day(value, Conventions(epoch=MAC_EPOCH))


def with_comma(value: object) -> float:
    return parse.number(value, Conventions(decimal_sign=","))


def with_point(value: object) -> float:
    return parse.number(value, Conventions(decimal_sign="."))


def hours_with_point(value: object) -> int:
    return parse_times.hours(value, Conventions(decimal_sign="."))


def day_first(value: object) -> date:
    return parse_dates.day(value, Conventions(date_order="dmy"))


def month_first(value: object) -> date:
    return parse_dates.day(value, Conventions(date_order="mdy"))


def year_first(value: object) -> date:
    return parse_dates.day(value, Conventions(date_order="ymd"))


def in_dollars(value: object) -> int:
    return parse.money(value, Conventions(currency="USD"))


TABLE: dict[Callable[[Any], Any], list[tuple[object, Any]]] = {
    parse.number: [
        (3, 3),
        (2.5, 2.5),
        ("3", 3),
        ("0012", 12),
        ("+3", 3),
        ("-2", -2),
        ("−2", -2),  # the minus sign of mathematics
        ("３．５", 3.5),  # full-width
        ("٣", 3),  # Arabic-Indic digits
        ("1.5", 1.5),
        ("1,5", 1.5),
        (".5", 0.5),
        (",5", 0.5),
        ("1.50", 1.5),
        ("1,2345", 1.2345),
        ("1234,567", 1234.567),  # thousands would have a sign after the 1
        ("0.500", 0.5),  # nobody writes 0 thousands
        ("0,125", 0.125),
        ("1.500", No(TWO_WAYS, "Write 1500 or 1.5.")),
        ("1,500", No(TWO_WAYS, "Write 1500 or 1.5.")),
        ("-1.250", No(TWO_WAYS)),
        ("12.345", No(TWO_WAYS, "Write 12345 or 12.345.")),
        ("１，５００", No(TWO_WAYS)),
        ("1.500,25", 1500.25),
        ("1,500.25", 1500.25),
        ("1.500.000", 1500000),
        ("1,500,000", 1500000),
        ("1,00,000", 100000),  # a lakh
        ("12,34,567.5", 1234567.5),
        ("1 500", 1500),
        ("1\u00a0500", 1500),  # the no-break space of French exports
        ("1\u202f500,5", 1500.5),
        ("1'500", 1500),  # Switzerland
        ("1’500.5", 1500.5),
        ("7 20", No(NO_NUMBER)),  # once read as 720
        ("1.500.5", No(NO_NUMBER)),
        ("1,50,0", No(NO_NUMBER)),
        ("0,500,000", No(NO_NUMBER)),
        ("5.", No(NO_NUMBER)),
        ("5²", No(NO_NUMBER)),  # once read as 52
        ("½", No(NO_NUMBER)),
        ("①", No(NO_NUMBER)),
        ("20 %", No(NO_NUMBER)),
        ("€ 20", No(NO_NUMBER)),
        ("1e5", No(NO_NUMBER)),
        ("0x10", No(NO_NUMBER)),
        ("1_000", No(NO_NUMBER)),
        ("NaN", No(NO_NUMBER)),
        ("inf", No(NO_NUMBER)),
        ("--3", No(NO_NUMBER)),
        ("", No(NO_NUMBER)),
        (True, No(NO_NUMBER)),
        (None, No(NO_NUMBER)),
        (date(2024, 3, 4), No(NO_NUMBER)),
        (time(8), No(NO_NUMBER)),
        (NAN, No(NO_NUMBER)),
        (INFINITE, No(TOO_LARGE)),
        (-INFINITE, No(TOO_LARGE)),
        (1e308, No(TOO_LARGE)),
        (10**5000, No("so large a number " + TOO_LARGE, "Write a smaller one.")),
        ("9" * 5000, No('999..." ' + NO_NUMBER)),
        ("9" * 40, No(TOO_LARGE)),
    ],
    parse.whole: [
        (3.0, 3),
        ("3,0", 3),
        (3.2, No("is not a whole number")),
        (2.9999999999, No("is not a whole number")),
        ("1.500", No(TWO_WAYS)),
        (INFINITE, No(TOO_LARGE)),
        (1e308, No(TOO_LARGE)),
    ],
    parse.limit: [
        ("none", None),
        ("无", None),
        ("no  limit", None),
        (0, 0),
        ("1,5", No("is not a whole number")),
    ],
    parse.money: [
        (19.99, 1999),
        ("0,29", 29),
        ("1.250,00", 125000),
        ("1.250", No(TWO_WAYS, "Write 1250 or 1.25.")),
        (20.505, No("is finer than a cent")),
        ("free", No(NO_NUMBER, "Write an amount")),
        ("18,50 €", 1850),
        ("€ 18.50", 1850),
        ("EUR 1.234,50", 123450),
        ("18,50 $", No("is not in EUR, the currency on Settings", "Write the amount in EUR")),
        ("18 USD", No("is not in EUR")),
        ("18 apples", No(NO_NUMBER)),
        ("€ 18 €", No(NO_NUMBER)),
        (Percent(0.5), No("50 % is a share of a hundred", "plain number")),
        ("50 %", No(NO_NUMBER, "plain number")),
        (1e308, No(TOO_LARGE)),
        (NAN, No(NO_NUMBER)),
    ],
    parse.price: [("none", None), (NAN, No(NO_NUMBER)), ("20.50", 2050)],
    parse.yes_no: [
        ("Yes", True),
        ("是", True),
        (1, True),
        (1.0, True),
        ("ｎｏ", False),
        (0, False),
        (2, No("neither")),
    ],
    parse.plain_text: [
        ("山田\u3000太郎", "山田 太郎"),
        ("Ada\u00a0Lovelace ", "Ada Lovelace"),
        ("Ada \n Lovelace", "Ada Lovelace"),
        ("Jose\u0301", "Jos\u00e9"),
        ("\ufeffAda\u200b", "Ada"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian is spelt with the joiner
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u200dAda\u200c", "Ada"),
        ("ＡＤＡ", "ＡＤＡ"),  # letters stay what they are
        (1001, "1001"),
        (1001.0, "1001"),
        (4915112345678.0, "4915112345678"),  # a telephone number keeps its digits
        (1.5, "1.5"),
        (True, "TRUE"),
        (1.2345678901234568e16, No("has more digits than Excel keeps", "apostrophe")),
        (10**400, No("has more digits than Excel keeps")),
        (NAN, No("has more digits than Excel keeps")),
        ("Ada\x07", No("holds a sign that cannot be printed (U+0007)", "")),
        (datetime(2024, 5, 9), No("where a name belongs", "apostrophe")),  # 9-5, the name of a shift
        (time(8), No("where a name belongs")),
    ],
    parse_times.clock: [
        (time(8, 30), 510),
        (time(0), 0),
        (timedelta(hours=25, minutes=30), 1530),
        (timedelta(hours=24), 1440),
        (datetime(1900, 1, 1, 1, 30), 1530),  # 1.0625 days in the format hh:mm
        (datetime(1900, 3, 1, 1, 30), 61 * 1440 + 90),  # Excel counts a 29th of February 1900
        (datetime(1904, 1, 2, 1, 30), 1530),  # an old Mac's
        (0.35416666666666669, 510),
        (0, 0),
        ("8:30", 510),
        ("08:30:00", 510),
        ("24:00", 1440),
        ("25:30", 1530),
        ("01:30+1", 1530),
        ("8:30 pm", 1230),
        ("12:15 a.m.", 15),
        ("12 am", 0),
        ("９：１５", 555),
        (time(8, 29, 59, 999500), 510),  # a fraction of a day comes back a hair short
        (time(23, 59, 59), No(SECONDS, "Write 23:59 or 24:00.")),  # once read as 24:00
        (time(8, 59, 37), No(SECONDS, "Write 08:59 or 09:00.")),
        ("08:30:30", No(SECONDS, "Write 08:30 or 08:31.")),
        ("23:59:59", No(SECONDS)),
        (timedelta(hours=8, seconds=1), No(SECONDS)),
        (datetime(1900, 1, 1, 1, 30, 30), No(SECONDS)),  # an endless recursion before
        (0.4999, No(SECONDS)),
        (timedelta(hours=-1), No("-01:00 " + NEGATIVE)),  # an endless recursion before
        (timedelta(days=-1, seconds=1), No(NEGATIVE)),
        (datetime(1899, 12, 29, 22), No(NEGATIVE)),
        (-0.5, No(NO_CLOCK)),
        # 1 typed as an hour, or 24:00 in a cell that shows the time of day
        (datetime(1900, 1, 1), No("1 is not a clock time", "Write 01:00, or 24:00 with an apostrophe")),
        (datetime(1900, 1, 8), No("8 is not a clock time", "08:00. A bare number typed into a time cell")),
        (8, No(NO_CLOCK, "Write it as 08:00.")),
        (8.5, No(NO_CLOCK, "Write 08:50 or 08:30.")),
        (8.3, No(NO_CLOCK, "Write 08:30 or 08:18.")),
        (8.75, No(NO_CLOCK, "Write it as 08:45.")),
        (0.3, No(NO_CLOCK, "Write 00:30, 07:12 or 00:18.")),
        (0.25, 360),  # a quarter of the day, as Excel keeps 06:00
        (0.5, 720),
        (830, No(NO_CLOCK, "Write it as 08:30.")),
        (1030, No(NO_CLOCK, "Write it as 10:30.")),
        (1270, No(NO_CLOCK, "Write it as 21:10.")),
        (5000, No(NO_CLOCK, "Write it as 08:30")),
        (Percent(0.5), No(NO_CLOCK, "Write it as 08:30")),
        (NAN, No(NO_CLOCK)),
        (INFINITE, No(NO_CLOCK)),
        ("8", No(NO_CLOCK, "Write it as 08:00.")),
        ("8.30", No(NO_CLOCK, "Write 08:30 or 08:18.")),
        ("8,30", No(NO_CLOCK, "Write 08:30 or 08:18.")),
        ("8.75", No(NO_CLOCK, "Write it as 08:45.")),
        ("0830", 510),
        ("1030", 630),
        ("2400", 1440),
        ("0860", No(NO_CLOCK)),
        ("8h30", 510),
        ("8 h", 480),
        ("8 h 30", 510),
        ("13:30 Uhr", 810),
        ("8.30 Uhr", 510),
        ("8 Uhr", 480),
        ("8 Uhr 15", 495),
        ("8点", 480),
        ("8点半", 510),
        ("8时05分", 485),
        ("上午8:30", 510),
        ("下午1:30", 810),
        ("13:30 h", 810),
        ("25:60", No(NO_CLOCK)),
        ("08:30:61", No(NO_CLOCK)),
        ("-08:30", No(NO_CLOCK)),
        ("13:00 pm", No(NO_CLOCK)),
        ("99999:00", No(NO_CLOCK)),
        (datetime(2024, 3, 4, 8), No("is a date and time")),
        (datetime(9999, 12, 31, 8), No("is a date and time")),
        (datetime(1, 1, 1, 8), No("is a date and time")),
        (True, No(NO_CLOCK)),
    ],
    parse_times.end_clock: [
        ("23:59", 1439),  # which the reader of availability takes for midnight, and says so
        ("23:59:59", 1439),
        (time(23, 59, 59), 1439),
        (time(23, 59, 59, 999000), 1439),
        (timedelta(hours=47, minutes=59, seconds=59), 2879),
        ("24:00", 1440),
        (time(0), 0),
        (time(16, 59, 59), No(SECONDS, "Write 16:59 or 17:00.")),
    ],
    parse_times.hours: [
        (7.5, 450),
        (0, 0),
        ("7,5", 450),
        (0.5, No(NO_UNIT, "Write 30 min or 12 h.")),
        ("0.5", No(NO_UNIT, "Write 30 min or 12 h.")),
        (0.354166666666667, No(NO_UNIT, "Write 8 h 30 min.")),  # what Excel keeps of 8:30
        (Percent(0.5), No(NO_LENGTH, "Write the amount as a plain number.")),
        ("50 %", No(NO_LENGTH, "Write the amount as a plain number.")),
        (480, No(NO_UNIT, "Write 8 h or 480 h.")),
        ("480", No(NO_UNIT, "Write 8 h or 480 h.")),
        (2400, No(NO_UNIT, "Write 40 h or 2400 h.")),
        ("480 h", 28800),
        ("480 min", 480),
        (179, 10740),
        ("8.30", No(NO_UNIT, "Write 8:30 or 8:18.")),
        ("8,30", No(NO_UNIT, "Write 8:30 or 8:18.")),
        ("7.50", No(NO_UNIT, "Write 7:50 or 7:30.")),
        ("7.75", 465),  # 75 are no minutes
        ("0830", No(NO_UNIT, "Write 8:30.")),
        ("38,5 Std", 2310),
        ("30 Minuten", 30),
        ("38 小時 30 分鐘", 2310),
        ("7:20", 440),
        ("7:20:00", 440),
        ("7 h 20 min", 440),
        ("7h20", 440),
        ("1,5 h", 90),
        ("45 min", 45),
        ("38小时", 2280),
        (time(7, 20), 440),
        (timedelta(hours=38, minutes=30), 2310),
        (440 / 60, 440),
        (7.3333, 440),  # a third of an hour to four places
        (time(23, 59, 59), No(SECONDS, "Write 23:59 or 24:00.")),  # once read as 24 h
        ("23:59:59", No(SECONDS, "Write 23:59 or 24:00.")),
        (timedelta(hours=7, seconds=30), No(SECONDS)),
        (7.33, No(SECONDS, "Write 7:33 or 7:20.")),
        # a contract of 7:48 h a day was answered with 7:28 and 7:29 alone
        (7.48, No(SECONDS, "Write 7:48 or 7:29.")),
        ("7.48", No(NO_UNIT, "Write 7:48 or 7:29.")),
        ("7,48 h", No(SECONDS, "Write 7:48 or 7:29.")),
        (38.48, No(SECONDS, "Write 38:48 or 38:29.")),
        (7.67, No(SECONDS, "Write 7:40 or 7:41.")),  # 67 are no minutes
        ("7.500", No(NO_LENGTH, "Write 7500 or 7.5.")),
        ("7,500 h", No(NO_LENGTH, "Write 7500 or 7.5.")),
        ("7 20", No(NO_LENGTH, "Write hours as 7.5 or 7:30.")),
        ("7:60", No(NO_LENGTH)),
        (-1, No(NEGATIVE)),
        ("-7:30", No(NEGATIVE, "without the minus sign")),
        (timedelta(hours=-2), No(NEGATIVE)),
        (datetime(1900, 1, 8), No(IN_DAYS)),  # 8 in the format of a date
        (1e308, No(NO_LENGTH)),
        (NAN, No(NO_LENGTH)),
        ("9" * 5000 + " h", No(NO_LENGTH)),
        (True, No(NO_LENGTH)),
    ],
    parse_times.minutes: [
        (15, 15),
        (7.48, No(NO_UNIT, "Write 7:48 or 7:29.")),
        ("1.30", No(NO_UNIT, "Write 1:30 or 1:18.")),
        ("15", 15),
        ("15 min", 15),
        ("1:30", 90),
        ("1 h", 60),
        (time(0, 15), 15),
        (0.5, No(NO_UNIT, "Write 30 min or 12 h.")),
        (1.5, No(NO_UNIT, "Write 1.5 h.")),
        (3, No(NO_UNIT, "Write 3 min or 3 h.")),
        ("3", No(NO_UNIT, "Write 3 min or 3 h.")),
        ("3 min", 3),
        (0, 0),
        (7.5, No(SECONDS, "Write 7 min or 8 min.")),  # once answered in clock time
        (datetime(1900, 1, 15), No(IN_DAYS, "write 15 min")),
        (Percent(0.5), No(NO_LENGTH, "plain number")),
        (time(0, 15, 30), No(SECONDS)),
        ("1.500", No(NO_LENGTH, "Write 1500 or 1.5.")),
        (INFINITE, No(NO_LENGTH)),
    ],
    parse_times.offset: [
        (120, 120),
        (3, No(NO_UNIT, "Write 3 min or 3 h.")),
        (12, No(NO_UNIT, "Write 12 min or 12 h.")),
        (24, No(NO_UNIT)),
        (25, 25),
        (0, 0),
        ("15 min", 15),
        ("12:00", 720),
        (time(2), 120),
        (2.5, No(NO_UNIT, "Write 2.5 h.")),
    ],
    with_comma: [
        ("1.500", 1500),
        ("1.500,5", 1500.5),
        ("1,500", 1.5),
        ("1,5", 1.5),
        (",5", 0.5),
        ("1 500,5", 1500.5),
        ("1.5", No(NO_NUMBER, "decimals stand after a comma")),
        ("1,500.5", No(NO_NUMBER, "decimals stand after a comma")),
        ("1,", No(NO_NUMBER)),
        (",", No(NO_NUMBER)),
        ("", No(NO_NUMBER)),
        (2.5, 2.5),
    ],
    with_point: [
        ("1.500", 1.5),
        ("1,500", 1500),
        ("1,500.25", 1500.25),
        ("1,00,000.5", 100000.5),
        ("1,5", No(NO_NUMBER, "decimals stand after a point")),
        ("1.500,5", No(NO_NUMBER)),
        ("1'500.5", 1500.5),
    ],
    hours_with_point: [("8.30", 498), ("0.5", No(NO_UNIT)), ("480", No(NO_UNIT))],
    day_first: [
        ("3/4/2026", date(2026, 4, 3)),
        ("3.4.26", date(2026, 4, 3)),
        ("12/14/2026", No("is not a date in the order day month year, as Settings say", "2024-03-04")),
        ("2026-04-03", date(2026, 4, 3)),
    ],
    month_first: [
        ("3/4/2026", date(2026, 3, 4)),
        ("3.4.2026", date(2026, 3, 4)),
        ("14/12/2026", No("in the order month day year")),
    ],
    year_first: [
        ("26/4/3", date(2026, 4, 3)),
        ("26.04.03", date(2026, 4, 3)),
        ("3/4/2026", No(TWO_WAYS)),  # the year is not first here
    ],
    in_dollars: [("$ 20", 2000), ("US$20", 2000), ("20 €", No("is not in USD"))],
    parse_dates.day: [
        ("Wed 6.3.2024", date(2024, 3, 6)),  # once "not a date"
        ("Mi, 06.03.2024", date(2024, 3, 6)),
        ("Wednesday, March 6, 2024", date(2024, 3, 6)),
        ("2024-03-06 (Wed)", date(2024, 3, 6)),
        ("周三 2024年3月6日", date(2024, 3, 6)),
        ("Mon 3/4/2024", date(2024, 3, 4)),  # which the weekday settles
        ("Thu 6.3.2024", No('"Thu 6.3.2024": 2024-03-06 is a Wednesday.', "the date alone, as 2024-03-06")),
        ("4.-6.3.2024", No("is several days, where one date belongs", "Write one date, such as 2024-03-04")),
        ("16.12.", No("has no year", "Write its year too: YYYY-12-16")),  # once a year was made up
        (16.12, No("16.12 has no year", "YYYY-12-16")),
        (datetime(1900, 1, 15, 2, 52, 48), No("15.12 has no year")),  # once "386:52:48 has a time of day"
        (date(2024, 3, 14), date(2024, 3, 14)),
        (datetime(2024, 3, 14), date(2024, 3, 14)),
        (45365, date(2024, 3, 14)),
        (45365.0, date(2024, 3, 14)),
        ("2024-03-14", date(2024, 3, 14)),
        ("2024-03-14T00:00:00", date(2024, 3, 14)),
        ("2024‑03‑14", date(2024, 3, 14)),  # with hyphens that do not break
        ("14.3.2024", date(2024, 3, 14)),
        ("14/03/2024", date(2024, 3, 14)),
        ("03/14/2024", date(2024, 3, 14)),
        ("14 Mar 2024", date(2024, 3, 14)),
        ("March 14, 2024", date(2024, 3, 14)),
        ("14 Sept 2024", date(2024, 9, 14)),
        ("2024年3月14日", date(2024, 3, 14)),
        ("9999-12-31", date(9999, 12, 31)),  # for an end that is open
        (datetime(9999, 12, 31), date(9999, 12, 31)),
        ("04/03/2024", No(TWO_WAYS, "Write it as 2024-04-03 or 2024-03-04,")),
        ("12/4/2026", No(TWO_WAYS, "Write it as 2026-12-04 or 2026-04-12, or give the Date order")),
        ("12/14/2026", date(2026, 12, 14)),
        ("4-3-2026", No(TWO_WAYS)),
        ("4/4/2026", date(2026, 4, 4)),
        ("4.3.2026", date(2026, 3, 4)),  # points are written day first
        ("14.3.24", No(TWO_WAYS, "Write it as 2024-03-14 or 2014-03-24")),
        ("14.3.50", date(2050, 3, 14)),
        ("14.13.50", No(NO_DATE)),
        ("6/15/26", date(2026, 6, 15)),
        ("6/15/32", date(2032, 6, 15)),
        ("14 Mar 24", date(2024, 3, 14)),
        ("14-Mar-24", date(2024, 3, 14)),
        ("14. März 2024", date(2024, 3, 14)),
        ("3. Dezember 2024", date(2024, 12, 3)),
        ("20240314", date(2024, 3, 14)),
        (20240314, date(2024, 3, 14)),
        ("2024年3月14号", date(2024, 3, 14)),
        ("14.3.2024 00:00", date(2024, 3, 14)),
        ("15.6.", No("has no year", "Write its year too: YYYY-06-15")),
        ("14/3.2024", No(NO_DATE)),
        (Percent(45365), No(NO_DATE)),
        ("14 Marble 2024", No(NO_DATE)),  # once the 14th of March
        ("30 Feb 2024", No(NO_DATE)),
        ("1900-02-29", No(NO_DATE)),  # Excel has it; the calendar does not
        ("0001-01-01", No("is not a date from 1990 to 2199")),
        ("1899-12-31", No("is not a date from 1990 to 2199")),
        (datetime(1900, 1, 5), No("1900-01-05 is not a date from 1990 to 2199")),  # 5 in the format of a date
        (datetime(1899, 12, 29), No("is not a date from 1990 to 2199")),
        (date(9999, 12, 30), No("is not a date from 1990 to 2199")),
        (60, No(NO_DATE)),
        (-1, No(NO_DATE)),
        (7, No(NO_DATE)),
        (45365.5, No(NO_DATE)),
        (2958466, No(NO_DATE)),  # the day after the last one of Excel
        (1e308, No(NO_DATE)),
        (NAN, No(NO_DATE)),
        (INFINITE, No(NO_DATE)),
        (10**400, No(NO_DATE)),
        (datetime(2024, 3, 4, 8), No("has a time of day")),
        (time(8), No(NO_DATE)),
        (True, No(NO_DATE)),
        ("Monday", No(NO_DATE)),
    ],
    day_of_1904: [
        (44728, date(2026, 6, 17)),  # 2022-06-16 by the other count
        ("2026-06-17", date(2026, 6, 17)),
        (datetime(2026, 6, 17), date(2026, 6, 17)),
    ],
    parse_lists.days: [
        # a weekday beside its date was every such weekday of each week, and that date
        ("Wednesday, 6 March 2024", (date(2024, 3, 6),)),
        ("Wed, 2024-03-06; Thu, 2024-03-07", (date(2024, 3, 6), date(2024, 3, 7))),
        ("Thu, 2024-03-06", (3, date(2024, 3, 6))),  # a list, as it is written here
        ("Thu, 6 March 2024", No("2024-03-06 is a Wednesday", "Write the date alone, as 2024-03-06.")),
        ("4.-6.3.2024", (date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6))),  # once "not a date"
        ("4-5 March 2024", (date(2024, 3, 4), date(2024, 3, 5))),
        ("March 4-5, 2024", (date(2024, 3, 4), date(2024, 3, 5))),
        ("31.12.-1.1.2025", (date(2024, 12, 31), date(2025, 1, 1))),
        ("Mon 4.3. - Tue 5.3.2024", (date(2024, 3, 4), date(2024, 3, 5))),
        ("Mon 5.-6.3.2024", No("2024-03-05 is a Tuesday")),
        ("4.3.2024-5.3.2024", (date(2024, 3, 4), date(2024, 3, 5))),
        ("4.-6.3.", No("has no year", "Write its year too: YYYY-03-04 to YYYY-03-06")),
        ("12/16", No("has no year", "YYYY-12-16")),  # once '"12" is not a date'
        ("Mon-Tue", (MON, TUE)),
        ("Mon, Mon", (MON,)),
        ("Fri-Mon", (4, SAT, SUN, MON)),
        ("2024-03-05 to 2024-03-06, Sun", (date(2024, 3, 5), date(2024, 3, 6), SUN)),
        ("none", ()),
        ("12/4/2026", No(TWO_WAYS)),  # once "neither a date nor a weekday"
        ("Mon/Wed/Fri", (MON, 2, 4)),
        ("Mo, Mi; Fr", (MON, 2, 4)),
        ("周一、周三", (MON, 2)),
        ("Mo bis Mi", (MON, TUE, 2)),
        ("Wed.-Fri.", (2, 3, 4)),
        ("2024-03-05/2024-03-06", (date(2024, 3, 5), date(2024, 3, 6))),
        ("14.3.2024/15.3.2024", (date(2024, 3, 14), date(2024, 3, 15))),
        ("2024/3/14", (date(2024, 3, 14),)),
        ("3/4/5", No(TWO_WAYS)),
        ("Mon-", No("is neither a date nor a weekday")),
        ("2024-03-06 to 2024-03-05", No("ends before it begins")),
        ("2024-03-05 to 9999-12-31", No("is a range of more than 3660 days")),
        (-1, No(NO_DATE)),
        (NAN, No(NO_DATE)),
    ],
    parse_lists.names: [
        ("Jose\u0301; 山田\u3000太郎", ("Jos\u00e9", "山田 太郎")),
        ("English,, ", ("English",)),
        ('"5"" pipe", \u200b', ('5" pipe',)),
        ("none", ()),
    ],
    parse_lists.clocks: [
        ("10:00, 12:30", (600, 750)),
        (time(10), (600,)),
        ("10:00, 12:30:10", No(SECONDS)),
        ("99:00", No("is later than 72:00")),
        (timedelta(hours=-1), No(NEGATIVE)),
    ],
    parse_lists.clock_windows: [
        ("08:00-10:00, 14:00–15:30", ((480, 600), (840, 930))),
        ("22:00-02:00", ((1320, 1560),)),
        (time(8), ((480, 480),)),
        ("08:00-", No("is not a window of clock times", "Write 08:00-10:00.")),  # once 08:00 alone
        ("08:00-10:00-12:00", No("is not a window of clock times")),
        ("50:00-51:00", No("is later than 48:00")),
        ("47:00-46:00", No("over midnight")),
        ("40:00-33:00", No("over midnight")),
        ("10:00-08:00", No("ends before it begins, or runs over midnight", "Write 10:00-32:00 for")),
        ("10:00-08:00", No("", "or 08:00-10:00.")),
        ("08:00-10:00/14:00-15:00", ((480, 600), (840, 900))),
        ("08:00 bis 10:00", ((480, 600),)),
    ],
    parse_lists.weekday: [
        ("Mon.", MON),
        ("周日", SUN),
        ("Mo", MON),
        ("Wednesdays", 2),
        ("Mittwoch", 2),
        ("mittwochs", 2),
        ("周三", 2),
        ("週三", 2),
        ("星期天", SUN),
        ("禮拜一", MON),
        ("miércoles", 2),
        ("Mondas", No("is not a weekday")),
        (1, No("is not a weekday")),
    ],
}  # fmt: skip
CELLS = [(read, value, meant) for read, rows in TABLE.items() for value, meant in rows]


IDS = [f"{read.__name__}-{at}" for read, rows in TABLE.items() for at in range(len(rows))]


def test_the_table_is_long() -> None:
    assert len(CELLS) >= 250


@pytest.mark.parametrize(("read", "value", "meant"), CELLS, ids=IDS)
def test_a_cell_has_one_meaning_or_is_refused(
    read: Callable[[object], object], value: object, meant: object
) -> None:
    if not isinstance(meant, No):
        found = read(value)
        assert (found, type(found)) == (meant, type(meant)) or found == pytest.approx(meant, rel=1e-12)
        return
    with pytest.raises(Unreadable) as refused:
        read(value)
    assert meant.message in refused.value.message
    assert meant.hint in refused.value.hint
    assert len(str(refused.value)) < 300  # however long what stands there is


@pytest.mark.parametrize("read", TABLE, ids=lambda read: read.__name__)
def test_whatever_a_file_can_hold_is_read_or_refused(read: Callable[[object], object]) -> None:
    # Each of these ended some reader with a traceback or without an end.
    hostile = [
        NAN, INFINITE, -INFINITE, 1e308, -1e308, 5e-324, 10**400, -(10**400), -1, True,
        "", " ", "\x00", "\ud800", "9" * 32767, "1," * 16000, ":" * 32767, "1 " * 16000 + "x", "-" * 32767,
        datetime.min, datetime.max, datetime(1900, 2, 28, 12), datetime(1899, 12, 31), date.min, date.max,
        time.max, timedelta.min, timedelta.max,
    ]  # fmt: skip
    for value in hostile:
        try:
            read(value)
        except Unreadable as refused:
            assert refused.message


@pytest.mark.parametrize(
    ("written", "order", "hint"),
    [
        ("22.12.", None, "2026-12-22"),
        ("22.12", None, "2026-12-22"),
        ("2.1.", None, "2027-01-02"),  # of the year that begins within a fortnight, not 50 weeks before
        ("22 Dec", None, "2026-12-22"),
        ("Dec. 22", None, "2026-12-22"),
        ("22. Dezember", None, "2026-12-22"),
        ("12月22日", None, "2026-12-22"),
        ("12/22", None, "2026-12-22"),  # there is no 22nd month
        ("12/11", None, "2026-11-12 or 2026-12-11"),
        ("12/11", "mdy", "2026-12-11"),
        ("12/11", "ymd", "2026-12-11"),
        ("12/11", "dmy", "2026-11-12"),
        ("29.2.", None, "2028-02-29"),
    ],
)
def test_a_day_and_month_without_a_year_are_asked_about_with_the_nearest_date(
    written: str, order: str | None, hint: str
) -> None:
    # "22.12." was answered with "Write it as 2026-12-21", the first planned day, which is another date.
    first = date(2028, 1, 3) if "2028" in hint else date(2026, 12, 21)
    with pytest.raises(Unreadable) as refused:
        parse_dates.day(written, Conventions(date_order=order, example=first, is_dated=True))
    assert refused.value.message == f'"{written}" has no year.'
    assert refused.value.hint == f"Write it as {hint}."
