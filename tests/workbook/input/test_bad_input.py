"""Each mistake that a planner can make is told once, at its cell, with what would be right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.filled_in import all_findings, filled_in, told

CASES: list[tuple[str, Mapping[str, Any], list[str]]] = [
    (
        "a wrong skill name",
        {"Agents!C2": "Engish"},
        ['Agents!C2  skill "Engish" is not on the Skills sheet. Did you mean "English"? Known: English.'],
    ),
    (
        "an unknown contract",
        {"Agents!B2": "Ful time"},
        [
            'Agents!B2  contract "Ful time" is not on the Contracts sheet. Did you mean "Full time"? '
            "Known: Full time."
        ],
    ),
    (
        "an unknown shift in a contract",
        {"Contracts!E2": "Day, Dayy"},
        ['Contracts!E2  shift "Dayy" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a shift longer than the day",
        {"Shifts!G2": 25},
        ["Shifts!G2  Longest (h): 25 is longer than a day (24 h)."],
    ),
    (
        # the shift lasts 8.5 h, and the window begins after 9 h
        "a break window outside its shift",
        {"Breaks!H2": 540, "Breaks!I2": 555},
        [
            'Breaks!H2  break "Meal": its window 9 h to 9 h 15 min after the start lies outside shift "Day" '
            "of 8 h 30 min. A break must begin and end inside the shift: 8 h after its start at the "
            "latest. Mend the window, or lengthen the shift."
        ],
    ),
    (
        # one day of 8 paid hours is left where 32 are agreed; the Friday off brings another 8
        "minimum hours that cannot fit the availability",
        {
            "Availability!A3": "Ada Example",
            "Availability!B3": "Tue-Thu, Sat, Sun",
            "Availability!F3": "unavailable",
        },
        [
            "Agents!A2  Ada Example: 32 h to 40 h in the week from 2024-03-04 do not fit: availability, "
            "time off "
            "and days off leave at most 8 h (8 h × 1 day) and 8 h of paid time off. See also "
            "cell G2 of the sheet Availability. Open more days, or give a contract with other hours.",
            "Demand!C68:C179  English: in 48 intervals more people are required than have the skill, have a "
            "shift then and are not away (first 2024-03-05 09:00: 1 of 0). Lower what is required, or expect "
            "the price of whom is missing.",
            'Headcounts!D2  "Day": on 3 days more people are asked for than can work it and are not away '
            "(first 2024-03-05: 1 of 0). Lower what is required, or name the shift in the contracts of more "
            "people.",
        ],
    ),
    (
        # 7 days of 8 h are 56 h
        "contract hours that no shifts add up to",
        {"Contracts!C2": 60, "Contracts!D2": 70},
        [
            'Contracts!C2  contract "Full time": 60 h to 70 h a week cannot be reached: the only entitled '
            "shift "
            '"Day" on 7 days gives at most 56 h (8 h × 7 days). Ask for 56 h or less, or entitle to other '
            "shifts."
        ],
    ),
    (
        # shifts of 8 paid hours make 32 or 40 h, never 38.5
        "exact hours between what the shifts add up to",
        {"Contracts!C2": 38.5, "Contracts!D2": 38.5},
        [
            'Contracts!C2  contract "Full time": exactly 38 h 30 min a week cannot be reached: the only '
            'entitled shift "Day" on 7 days gives 32 h or 40 h, nothing between. Change the hours, or '
            "entitle to other shifts."
        ],
    ),
    (
        "a duplicate agent",
        {"Agents!A3": "Ada Example", "Agents!B3": "Full time", "Agents!C3": "English"},
        ['Agents!A3  agent "Ada Example" is given twice. Give each its own name.'],
    ),
    (
        "text where a number belongs",
        {"Contracts!B2": "twenty"},
        ['Contracts!B2  Pay per hour: "twenty" is not a number. Write an amount such as 20 or 20.50.'],
    ),
    (
        "a blank in the demand",
        {"Demand!C20": None},
        [
            "Demand!C20  English: no number of agents is given for 2024-03-04 09:00 to 09:30 (1 interval). "
            "Write 0 where nobody is needed."
        ],
    ),
    (
        "text in the demand",
        {"Demand!C20": "many"},
        ['Demand!C20  English: "many" is not a number. Write a number, 0 where nobody is needed.'],
    ),
    (
        "half an agent",
        {"Demand!C20": 1.5},
        ["Demand!C20  English: 1.5 is not a whole number. Write 1 or 2."],
    ),
    (
        "an unknown skill in the demand's headings",
        {"Demand!C1": "Englsh"},
        [
            'Demand!C1  skill "Englsh" is not on the Skills sheet. Did you mean "English"? Known: English. A '
            'column is named after a skill, with " minimum" or " maximum" behind it.'
        ],
    ),
    (
        "a start off the interval",
        {"Demand!B3": "00:20"},
        [
            "Demand!B3  00:20 does not begin an interval of 30 minutes. See Interval on Settings.",
        ],
    ),
    (
        "a missing setting",
        {"Settings!A2": None, "Settings!B2": None},
        ['Settings  the setting "First day" is missing. The first date that is planned.'],
    ),
    (
        "a wrong interval",
        {"Settings!B4": 20},
        ["Settings!B4  Interval (min): 20 is not one of the choices 5, 10, 15, 30 or 60."],
    ),
    (
        "an unknown time zone",
        {"Settings!B5": "Europe/Berlim"},
        [
            'Settings!B5  Time zone: "Europe/Berlim" is not a time zone; write an IANA name such as '
            '"Europe/Berlin", or "UTC+3".'
        ],
    ),
    (
        "an agent's unknown time zone",
        {"Agents!F2": "Mars/Base"},
        [
            'Agents!F2  "Mars/Base" is not a time zone; write an IANA name such as "Europe/Berlin", or '
            '"UTC+3".'
        ],
    ),
    (
        "a misspelt heading",
        {"Agents!C1": "Skils"},
        ['Agents!C1  heading "Skils" is not known. Did you mean "Skills"?'],
    ),
    (
        "a start window that runs backwards",
        {"Shifts!C2": timedelta(hours=22), "Shifts!D2": timedelta(hours=2)},
        [
            'Shifts!D2  shift "Day": the latest start 02:00 is before the earliest 22:00. For the small '
            "hours "
            "of the next day write 25:30."
        ],
    ),
    (
        "a bare number in a time cell",
        {"Shifts!C2": timedelta(days=8)},
        [
            "Shifts!C2  Earliest start: 8 is not a clock time. Write it as 08:00. A bare number typed into a "
            "time cell counts days."
        ],
    ),
    (
        "times off the grid",
        {"Shifts!C2": "08:07", "Shifts!D2": "08:07"},
        [
            'Shifts!C2  shift "Day": the earliest start of 08:07 is not a multiple of 5 minutes. '
            "Write 08:05 or 08:10."
        ],
    ),
    (
        "a break that may start until a minute between",
        {"Breaks!I2": 301},
        [
            'Breaks!I2  break "Meal" of shift "Day": the latest start of 05:01 is not a multiple of 5 '
            "minutes. Write 05:00 or 05:05."
        ],
    ),
    (
        "a break's latest start between two steps",
        {"Breaks!I2": 305},
        [
            'Breaks!I2  break "Meal" of shift "Day": the latest start 5 h 5 min after the start is not on '
            "the step; 5 h is the last that is planned."
        ],
    ),
    (
        "a fixed break off the grid",
        {"Fixed!G2": "12:02"},
        [
            "Fixed!G2  Ada Example on 2024-03-04: a break's start of 12:02 is not a multiple of 5 minutes. "
            "Write 12:00 or 12:05."
        ],
    ),
    (
        "a clock between the campaign's five minutes",
        {"Agents!F2": "UTC+05:31"},
        [
            'Agents!F2  the clock "UTC+05:31" does not differ from the campaign\'s, "Europe/Berlin", by a '
            "multiple of 5 minutes."
        ],
    ),
    (
        "a rule that lays breaks by odd minutes",
        {"Rules!A21": "work without break", "Rules!N21": "at most minutes", "Rules!O21": 333},
        [
            'Rules!O21  the rule "work_without_break": "at most minutes" of 5 h 33 min is not a multiple of '
            "5 minutes. Write 5 h 30 min or 5 h 35 min."
        ],
    ),
    (
        "two preferred rules of a kind for the breaks of the same shifts",
        {
            f"Rules!{column}{row}": value
            for row, label, minutes in ((21, "soon", 180), (22, "later", 240))
            for column, value in {
                "A": "work without break",
                "B": label,
                "C": "prefer",
                "D": 5,
                "N": "at most minutes",
                "O": minutes,
            }.items()
        },
        [
            'Rules!C22  the rules "soon" and "later" are both preferred for the same shifts (Ada Example, '
            '"Day", 2024-03-04); only one work_without_break can have a price there. Make one of them must '
            "or off, or narrow their scopes so that no shift has both."
        ],
    ),
    (
        # a week of 10,080 minutes for 2^14 people at 2^61 sixtieths of a cent
        "a price that nobody can count with",
        {"Skills!B2": 1e9},
        [
            'Skills!B2  skill "English": the missing price of 1,000,000,000.00 is too large for costs to be '
            "counted exactly; 139,620,524.16 is the most. Give all prices in a larger unit of the currency, "
            "thousands say.",
        ],
    ),
    (
        "breaks that stand in each other's way",
        {
            "Breaks!A3": "Day",
            "Breaks!D3": "Pause",
            "Breaks!E3": 120,
            "Breaks!H3": 180,
            "Breaks!I3": 180,
            "Breaks!H2": 180,
            "Breaks!I2": 240,
        },
        [
            'Breaks!B2  the breaks Meal, Pause cannot all be placed in shift "Day" of 8 h 30 min. Their '
            "windows leave no room for one beside the other."
        ],
    ),
    (
        "breaks of an unknown shift",
        {"Breaks!A2": "Dayy"},
        ['Breaks!A2  shift "Dayy" is not on the Shifts sheet. Did you mean "Day"? Known: Day.'],
    ),
    (
        "a fixed shift that is off as well",
        {"Fixed!C2": "yes"},
        [
            "Fixed!C2  Ada Example on 2024-03-04: a day off cannot have a shift as well. Clear the one or "
            "the other."
        ],
    ),
    (
        "a fixed start that the shift does not have",
        {"Fixed!E2": "07:00"},
        [
            'Fixed!E2  Ada Example on 2024-03-04: a start at 07:00 is not of shift "Day". Day: 08:00 to '
            "10:00 "
            "every 30 min."
        ],
    ),
    (
        "a fixed shift in time off",
        {"Fixed!B2": datetime(2024, 3, 8)},
        [
            "Fixed!E2  Ada Example on 2024-03-08: the fixed shift lies in time off of that day. "
            "Remove what is fixed, or mend the row on Availability."
        ],
    ),
    (
        "an agent that is not there",
        {"Fixed!A2": "Ada Exampel"},
        [
            'Fixed!A2  agent "Ada Exampel" is not on the Agents sheet. Did you mean "Ada Example"? '
            "Known: Ada Example."
        ],
    ),
    (
        "history inside the horizon",
        {"History!B2": datetime(2024, 3, 5)},
        [
            "History!B2  history of Ada Example: 2024-03-05 is not before the first day 2024-03-04. Put "
            "what is "
            "fixed for the planned days on Fixed."
        ],
    ),
    (
        "an unknown rule",
        {"Rules!A14": "max consecutive dais"},
        [
            'Rules!A14  there is no rule "max consecutive dais". Did you mean "max_consecutive_days"? The '
            "sheet "
            "Rule list shows all of them."
        ],
    ),
    (
        "an unknown setting of a rule",
        {"Rules!N14": "dais"},
        ['Rules!N14  the rule has no setting "dais". Did you mean "days"? Settings: days.'],
    ),
    (
        "a rule's number that is text",
        {"Rules!O14": "five"},
        ['Rules!O14  days: "five" is not a number.'],
    ),
    (
        "a rule's number that is too small",
        {"Rules!O14": 0},
        ["Rules!O14  days: 0 is too small: it must be more than 0."],
    ),
    (
        "a rule without what it needs",
        {"Rules!N14": None, "Rules!O14": None},
        ['Rules!A14  the rule needs the setting "days". number; must be given.'],
    ),
    (
        "a preference without a price",
        {"Rules!C14": "prefer"},
        ["Rules!D14  a rule that is only preferred needs a price per occurrence."],
    ),
    (
        "a rule twice",
        {"Rules!A21": "pins"},
        [  # nothing was said of the likelier remedy
            'Rules!B21  the rule "pins" stands in row 17 already. Remove one of them, or give each its own '
            "label where both are meant."
        ],
    ),
    (
        "an unknown strength",
        {"Rules!C14": "maybe"},
        ['Rules!C14  Strength: "maybe" is not one of the choices. Choose must, prefer, report, off.'],
    ),
    (
        "a formula that fails",
        {"Contracts!B2": "#REF!"},
        ["Contracts!B2  the formula in this cell gives #REF!. Mend the formula."],
    ),
    (
        "a formula that was saved without its value",
        {"Contracts!B2": "=10+10"},
        [
            "Contracts!B2  the formula in this cell was saved without its value. Open the workbook in "
            "Excel or "
            "LibreOffice and save it again."
        ],
    ),
    (
        "a formula without its value where 0 could be meant",
        {"Demand!C2": "=8*1.1"},
        [
            "Demand!C2  the formula in this cell was saved without its value. Open the workbook in Excel or "
            "LibreOffice and save it again."
        ],
    ),
    (
        "last day before the first",
        {"Availability!C2": datetime(2024, 3, 7)},
        ["Availability!C2  the last day 2024-03-07 is before 2024-03-08."],
    ),
    (
        "last day with the year of the first",
        {"Availability!B2": datetime(2023, 12, 30), "Availability!C2": datetime(2023, 1, 2)},
        [
            "Availability!C2  the last day 2023-01-02 is before 2023-12-30. Did you mean 2024-01-02?",
        ],
    ),
]


@pytest.mark.parametrize(("changes", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_told_at_its_cell(tmp_path: Path, changes: Mapping[str, Any], wanted: list[str]) -> None:
    assert told(filled_in(tmp_path, changes)) == wanted


def test_all_mistakes_are_told_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    changes = {
        "Rules!A14": "max consecutive dais",
        "Agents!C2": "Engish",
        "Contracts!B2": "twenty",
        "Settings!B1": None,  # a name may be left out
        "Demand!C20": "many",
        "Agents!B2": "Ful time",
    }
    cells = [str(finding.place) for finding in all_findings(filled_in(tmp_path, changes))]
    assert cells == ["Demand!C20", "Contracts!B2", "Agents!B2", "Agents!C2", "Rules!A14"]
