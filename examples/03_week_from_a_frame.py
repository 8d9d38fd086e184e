"""A week from frames, as an engineer has them, solved, and its result as frames again, with a plot.

The frames have the headings of the workbook's sheets; lengths and clock times are timedeltas, lists lists.
The plot needs matplotlib: ``pip install '.[plot]'``.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from scheduler import Outcome, Stop, frames, read_frames, solve

QUICK = Stop(seconds=5, gap=0.001)
MONDAY = pd.Timestamp("2026-06-15")
HOURLY = [2, 3, 5, 6, 5, 4, 5, 5, 3, 2]
"""Agents wanted from 08:00 to 18:00, an entry an hour; it could be the column of a forecast."""


def week() -> dict[str, Any]:
    """Eight agents, seven days, intervals of half an hour: a frame a sheet, made by any means of pandas."""
    moments = pd.date_range(MONDAY, MONDAY + pd.Timedelta(days=7), freq="30min", inclusive="left")
    wanted = pd.Series(HOURLY, index=range(8, 18)).reindex(moments.hour, fill_value=0)
    wanted = wanted.to_numpy() * (moments.day_of_week < 5)
    names = [f"Agent {number}" for number in range(1, 9)]
    hour = pd.Timedelta(hours=1)
    return {
        "settings": {
            "Name": "week from a frame", "First day": MONDAY, "Days": 7, "Interval (min)": 30,
            "Time zone": "Europe/Berlin",
        },
        "skills": pd.DataFrame({"Skill": ["Calls"], "Missing agent, price per hour": [60.0]}),
        "demand": pd.DataFrame(
            {"Date": moments.normalize(), "Start": moments - moments.normalize(), "Calls": wanted}
        ),
        "shifts": pd.DataFrame(
            {
                "Shift": ["Full day", "Half day"],
                "Earliest start": [8 * hour, 8 * hour], "Latest start": [9.5 * hour, 14 * hour],
                "Start step (min)": [30, 30],
                "Shortest (h)": [8.5 * hour, 4 * hour], "Longest (h)": [8.5 * hour, 4 * hour],
            }
        ),
        "breaks": pd.DataFrame(
            {
                "Shift": ["Full day"], "Break": ["Meal"], "Length (min)": [hour / 2], "Paid": [False],
                "Earliest start": [3 * hour], "Latest start": [5 * hour], "Step (min)": [hour / 2],
            }
        ),
        "contracts": pd.DataFrame(
            {
                "Contract": ["Full time", "Part time"], "Pay per hour": [18.5, 17.0],
                "Min hours a week": [32 * hour, 12 * hour], "Max hours a week": [40 * hour, 20 * hour],
                "Shifts": [["Full day"], ["Half day"]],
            }
        ),
        "agents": pd.DataFrame(
            {
                "Agent": names, "Personnel no.": [f"{number:05d}" for number in range(1, 9)],
                "Contract": ["Full time"] * 4 + ["Part time"] * 4, "Skills": [["Calls"]] * 8,
            }
        ),
        "availability": pd.DataFrame(
            {"Agent": names[:1], "Day": [MONDAY], "Kind": ["time off"], "Paid hours": [8 * hour]}
        ),
        "rules": pd.DataFrame(
            {
                "Rule": [
                    "requirement", "skills", "entitlement", "one_shift_a_day", "break_windows", "time_off",
                    "paid_hours",
                ]
            }
        ),
    }  # fmt: skip


def plot(coverage: pd.DataFrame, path: Path) -> None:
    """Required and scheduled agents over the week."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4), layout="constrained")
    axes = figure.subplots()
    curve = coverage.set_index("Start")[["Required", "Scheduled"]]
    axes.fill_between(curve.index, curve["Scheduled"], step="post", alpha=0.4, label="scheduled")
    axes.step(curve.index, curve["Required"], where="post", color="black", label="required")
    axes.set_ylabel("agents")
    axes.legend()
    figure.savefig(path)


def main(stop: Stop = QUICK, workers: int | None = None, folder: Path = Path()) -> Outcome:
    """Solve the week, print hours and pay by contract, and draw the coverage where matplotlib is there."""
    problem, rules = read_frames(week())
    outcome = solve(problem, rules, stop=stop, seed=1, workers=workers)
    print(outcome)
    result = frames(problem, rules, outcome)
    hours = result["agent_hours"].groupby("Contract")[["Duties", "Paid min", "Pay"]].sum()
    hours.insert(1, "Paid h", hours.pop("Paid min") / 60)
    print(hours)
    try:
        plot(result["coverage"], folder / "coverage.png")
    except ImportError:
        print("no plot: matplotlib is not installed")
    else:
        print(f"written: {folder / 'coverage.png'}")
    return outcome


if __name__ == "__main__":
    main()
