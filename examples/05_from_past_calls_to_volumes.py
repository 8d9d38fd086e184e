"""Half a year of calls, and the volumes of the week of ``calls_week.xlsx`` foretold from them.

Writes ``calls.csv`` and ``days.csv``, which ``docs/forecast.md`` goes on from.
"""

from math import exp
from pathlib import Path
from random import Random

import pandas as pd

from scheduler import forecast

HERE = Path(__file__).parent
FIRST, LAST = pd.Timestamp("2025-12-15"), pd.Timestamp("2026-06-13")
HALF_HOURS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(8 * 60, 20 * 60, 30)]
WEEKDAYS = (1.3, 1.1, 1.0, 0.95, 1.0, 0.5)
HOLIDAYS = {
    "2025-12-25": "Christmas Day", "2025-12-26": "Boxing Day", "2026-01-01": "New Year",
    "2026-04-03": "Good Friday", "2026-04-06": "Easter Monday", "2026-05-01": "Labour Day",
    "2026-05-14": "Ascension", "2026-05-25": "Whit Monday",
}  # fmt: skip
OUTAGE = "2026-03-11"
"""Nobody got through all morning, and nobody wrote down why."""


def calls() -> pd.DataFrame:
    """Calls and handling times by the half-hour in two languages, Monday to Saturday."""
    chance, rows = Random(7), []
    for week, day in enumerate(pd.date_range(FIRST, LAST)):
        if day.weekday() == 6:
            continue
        size = WEEKDAYS[day.weekday()] * exp(0.0006 * week + chance.gauss(0, 0.04))
        size *= 1.25 if day.day == 1 else 1  # invoices go out
        size *= 0.4 if str(day.date()) in HOLIDAYS else 1
        for at, start in enumerate(HALF_HOURS):
            shape = exp(-(((at - 5) / 4) ** 2)) + 0.7 * exp(-(((at - 15) / 5) ** 2))
            is_out = str(day.date()) == OUTAGE and at < 8
            for skill, busiest, seconds in (("English", 44, 240), ("French", 14, 300)):
                mean = busiest * size * shape * (0.1 if is_out else 1)
                number = max(0, round(chance.gauss(mean, mean**0.5)))
                aht = (
                    round(chance.gauss(seconds, 0.7 * seconds / max(number, 1) ** 0.5), 0) if number else None
                )
                rows.append((day.date(), start, skill, number, aht and max(aht, 60)))
    return pd.DataFrame(rows, columns=["Date", "Start", "Skill", "Calls", "AHT (s)"])


def days() -> pd.DataFrame:
    """What was special, and that of the week to come: a factor of the planner's own."""
    special = [(day, name, None, None) for day, name in HOLIDAYS.items()]
    special += [(str(day.date()), None, "Invoices", None) for day in pd.date_range(FIRST, LAST, freq="MS")]
    special.append(("2026-06-17", None, "Price rise", 1.2))
    return pd.DataFrame(special, columns=["Date", "Holiday", "Event", "Factor"])


def main(folder: Path = HERE) -> None:
    """Write the history and the calendar; foretell a week and show the backtest."""
    calls().to_csv(folder / "calls.csv", index=False)
    days().to_csv(folder / "days.csv", index=False)
    found = forecast(
        folder / "calls.csv",
        calendar=folder / "days.csv",
        first_day=pd.Timestamp("2026-06-15").date(),
        time_zone="Europe/Berlin",
    )
    print(found.backtest[["Skill", "What", "Method", "WAPE (%)"]].round(1).to_string(index=False))
    print(found.volumes.head(4).to_string(index=False))


if __name__ == "__main__":
    main()
