"""What is wrong with a history is named at its cell, and nothing is guessed."""

from datetime import date, timedelta

import pandas as pd
import pytest

import scheduler
from scheduler import BadInput


def rows(days: int = 21, first: str = "2026-03-02") -> pd.DataFrame:
    """Half-hours from 9 to 11, Monday to Sunday."""
    begin = date.fromisoformat(first)
    return pd.DataFrame(
        [
            (begin + timedelta(days=day), f"{hour:02d}:{minute:02d}", "English", 10 + day % 7, 240)
            for day in range(days)
            for hour in (9, 10)
            for minute in (0, 30)
        ],
        columns=["Date", "Start", "Skill", "Contacts", "AHT (s)"],
    ).astype({"Contacts": object, "AHT (s)": object, "Date": object})


def refused(table: pd.DataFrame, **more: object) -> str:
    with pytest.raises(BadInput) as caught:
        scheduler.forecast(table, **more)
    return str(caught.value)


@pytest.mark.parametrize(
    "column, value, cell, words",
    [
        ("Contacts", -1, "D7", "-1"),
        ("Contacts", "ten", "D7", '"ten"'),
        ("AHT (s)", 0, "E7", "handling time of 0 s"),
        ("AHT (s)", 4, "E7", "looks like minutes"),
        ("AHT (s)", "long", "E7", '"long"'),
        ("Date", "Mon", "D7", "has a weekday"),
        ("Date", None, "A7", "blank"),
        ("Start", "09:07", "B7", "intervals of 1 minutes"),
        ("Start", "noonish", "B7", "noonish"),
        ("Skill", None, "C7", "blank"),
    ],
)
def test_a_bad_cell(column, value, cell, words):
    table = rows()
    table.loc[5, column] = value
    told = refused(table)
    assert f"Past volumes!{cell}" in told and words in told


def test_a_doubled_interval():
    told = refused(pd.concat([rows(), rows().iloc[[5]]]))
    assert "Past volumes!B86" in told and "stands here again, after row 7" in told


def test_a_hole_and_a_blank_cell_are_told_and_unknown():
    table = rows()
    table.loc[9, "Contacts"] = None
    made = scheduler.forecast(table.drop(index=[5, *range(40, 44)]))
    told = "\n".join(map(str, made.findings))
    assert "D10  English: 1 cell without a number, taken as unknown" in told
    assert (
        "1 interval without a row between the first and the last of a day" in told
        and "2026-03-03 09:30" in told
    )
    assert "1 day without a row, taken as unknown: 2026-03-12" in told
    assert made.volumes["Contacts"].tolist() == pytest.approx([10 + at // 4 for at in range(28)], abs=0.05)


def test_less_than_two_weeks():
    assert "English: the history has 13 days" in refused(rows(13))
    assert "English: the history has 10 days" in refused(rows(), first_day=date(2026, 3, 12))
    assert len(scheduler.forecast(rows(14)).volumes) == 28


def test_nobody_ever_called():
    table = rows()
    table["Contacts"] = 0
    assert "not one contact" in refused(table)


def test_no_rows_and_no_headings_and_no_skill():
    assert "has headings, but no rows" in refused(rows(0))
    assert "no row of headings" in refused(pd.DataFrame({"a": [1]}))
    assert "which skill" in refused(rows().drop(columns="Skill"))
    assert "mistyped" in refused(pd.concat([rows(), rows(1, "2062-03-02")]))


def test_hours_that_a_change_of_clock_removes_or_repeats():
    begin = date(2026, 10, 5)
    table = pd.DataFrame(
        [(begin + timedelta(days=day), f"{hour:02d}:00", 60.0) for day in range(28) for hour in range(24)],
        columns=["Date", "Start", "Calls"],
    )
    berlin = scheduler.forecast(table, skill="English", time_zone="Europe/Berlin")
    assert "2026-10-25 02:00" in str(berlin.findings[0])  # once, where the clock shows it twice
    again = table[(table["Date"] == date(2026, 10, 25)) & (table["Start"] == "02:00")].assign(Calls=80.0)
    whole = pd.concat([table, again]).sort_values(["Date", "Start"], kind="stable")
    assert scheduler.forecast(whole, skill="English", time_zone="Europe/Berlin").findings == ()
    assert "stands here again" in refused(whole, skill="English")  # UTC repeats no hour
    autumn = scheduler.forecast(
        table[table["Date"] < date(2026, 10, 25)], skill="English", time_zone="Europe/Berlin", days=1
    ).volumes
    assert len(autumn) == 25 and (autumn["Start"] == "02:00").sum() == 2
    spring = table.assign(Date=[day - timedelta(days=210) for day in table["Date"]])
    told = scheduler.forecast(spring, skill="English", time_zone="Europe/Berlin").findings
    assert "2026-03-29 02:00 does not exist" in str(told[0])


def test_a_calendar_with_faults():
    calendar = pd.DataFrame({"Date": ["2026-03-23", "2026-03-23", "2026-03-24"], "Factor": [0.5, 0.6, 0]})
    told = refused(rows(), calendar=calendar)
    assert (
        "Calendar!B3  2026-03-23 has the factor 0.5 already" in told and "Calendar!B4  a factor of 0" in told
    )


def test_a_label_that_was_never_seen_is_told():
    calendar = pd.DataFrame({"Date": ["2026-03-23"], "Event": ["Launch"]})
    assert 'no day of the history is "event: Launch"' in "\n".join(
        scheduler.forecast(rows(), calendar=calendar).notes
    )


def test_arguments():
    assert "days" in refused(rows(), days=0)
    assert "Atlantis" in refused(rows(), time_zone="Atlantis")
