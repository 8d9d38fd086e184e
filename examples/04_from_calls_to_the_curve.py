"""A week from contacts: calls by the half-hour and what callers are promised, instead of agents.

Writes ``calls_week.xlsx``, shows the steps from contacts to the requirement of one morning, plans, and draws
that day where matplotlib is there: contacts, workload, requirement and roster, one below the other.
"""

from math import exp
from pathlib import Path
from typing import Any

import pandas as pd

from scheduler import Outcome, Stop, frames, read_frames, requirement, solve, write_workbook

HERE = Path(__file__).parent
QUICK = Stop(seconds=10, gap=0.005)
MONDAY = pd.Timestamp("2026-06-15")
HALF_HOURS = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(8 * 60, 20 * 60, 30)]


def calls(busiest: float) -> list[int]:
    """Calls from 08:00 to 20:00 with a peak in the morning and a lower one in the afternoon."""
    return [
        round(busiest * (exp(-(((at - 5) / 4) ** 2)) + 0.7 * exp(-(((at - 15) / 5) ** 2))))
        for at in range(len(HALF_HOURS))
    ]


def week() -> dict[str, Any]:
    """Calls in two languages, mail until the next day, and an hour of outbound calls; a frame a sheet."""
    days = {"Mon": 1.25, "Tue-Thu": 1.0, "Fri": 0.9, "Sat": 0.5}
    rows = [
        (day, start, skill, number)
        for skill, busiest in (("English", 46), ("French", 14))
        for day, factor in days.items()
        for start, number in zip(HALF_HOURS, calls(busiest * factor), strict=True)
    ]
    rows += [("Mon-Sat", start, "Mail", 6) for start in HALF_HOURS]
    rows += [("Mon-Fri", start, "Outbound", 1) for start in HALF_HOURS[4:8]]
    names = [f"Agent {number}" for number in range(1, 31)]
    hour = pd.Timedelta(hours=1)
    return {
        "settings": {
            "Name": "A week from calls", "First day": MONDAY, "Days": 7, "Interval (min)": 30,
            "Time zone": "Europe/Berlin",
        },
        "skills": pd.DataFrame({"Skill": ["English", "French", "Mail", "Outbound"]}),
        "volumes": pd.DataFrame(rows, columns=["Date", "Start", "Skill", "Contacts"]),
        "service_goals": pd.DataFrame(
            {
                "Skill": ["English", "French", "Mail", "Outbound"],
                "Channel": ["calls", "calls", "deferrable", "outbound"],
                "Service level (%)": [80, 80, None, None],
                "Within (s)": [20, 20, None, None],
                "Occupancy at most (%)": [85, 85, 90, 90],
                "Patience (s)": [150, 150, None, None],
                "AHT (s)": [240, 300, 360, None],
                "Deadline (h)": [None, None, 24 * hour, None],
            }
        ),
        "shrinkage": pd.DataFrame(
            {"Kind": ["training", "lateness"], "Weekdays": ["Wed", None], "Share (%)": [4.0, 2.0]}
        ),
        "shifts": pd.DataFrame(
            {
                "Shift": ["Full day", "Part day"],
                "Earliest start": [8 * hour, 8 * hour], "Latest start": [13.5 * hour, 16 * hour],
                "Start step (min)": [30, 30],
                "Shortest (h)": [6.5 * hour, 4 * hour], "Longest (h)": [8.5 * hour, 6 * hour],
            }
        ),
        "breaks": pd.DataFrame(
            {
                "Shift": ["Full day"], "Break": ["Meal"], "Length (min)": [30], "Paid": [False],
                "Earliest start": [2.5 * hour], "Latest start": [5 * hour],
            }
        ),
        "contracts": pd.DataFrame(
            {
                "Contract": ["Full time", "Part time"], "Pay per hour": [20.0, 19.0],
                "Min hours a week": [32 * hour, 12 * hour], "Max hours a week": [40 * hour, 24 * hour],
                "Shifts": [["Full day"], ["Part day"]],
            }
        ),
        "agents": pd.DataFrame(
            {
                "Agent": names,
                "Contract": ["Full time" if at % 4 else "Part time" for at in range(len(names))],
                "Skills": [
                    ["English", "Mail", "Outbound", *(["French"] if at % 2 == 0 else [])]
                    for at in range(len(names))
                ],
            }
        ),
        "rules": pd.DataFrame(
            {
                "Rule": [
                    "requirement", "skills", "entitlement", "one_shift_a_day", "daily_rest", "paid_hours",
                    "days_per_week", "break_windows",
                ],
                "Strength": ["prefer"] + ["must"] * 7,
                "Setting 1": [None] * 4 + ["Rest", None, "At most", None],
                "Value 1": [None] * 4 + [11 * hour, None, 5, None],
            }
        ),
    }  # fmt: skip


def plot(steps: pd.DataFrame, coverage: pd.DataFrame, day: pd.Timestamp, path: Path) -> None:
    """Contacts, workload in erlangs, requirement and agents at work of one day, a skill a shade."""
    from matplotlib.figure import Figure

    hour = pd.Timedelta(hours=1)
    steps = steps[steps["Date"] == day]
    skills = list(dict.fromkeys(steps["Skill"]))
    figure = Figure(figsize=(9, 9), layout="constrained")
    axes = figure.subplots(4, sharex=True)
    for ax, step, unit in zip(
        axes,
        ("Contacts", "Workload (erlangs)", "Requirement"),
        ("contacts", "erlangs", "agents required"),
        strict=False,
    ):
        table = steps.pivot_table(index="Start", columns="Skill", values=step, aggfunc="sum")[skills]
        below = pd.Series(0.0, index=table.index)
        for skill, shade in zip(skills, ("0.25", "0.45", "0.65", "0.85"), strict=True):
            heights = table[skill].fillna(0).astype(float)
            ax.bar(table.index / hour, heights, 0.5, below, align="edge", color=shade, label=skill)
            below += heights
        ax.set_ylabel(unit)
    both = coverage.groupby("Start")[["Required", "Scheduled"]].sum()
    at = (both.index.tz_localize(None) - day) / hour
    both, at = both[(at >= 8) & (at < 20)], at[(at >= 8) & (at < 20)]
    axes[3].bar(at, both["Scheduled"], 0.5, align="edge", color="0.8", label="at work")
    axes[3].stairs(both["Required"], [*at, 20], color="black", linewidth=2, label="required")
    axes[3].set_ylabel("agents")
    axes[3].set_xlabel(f"hour of {day:%A, %d %B %Y}")
    axes[0].legend(loc="upper right")
    axes[3].legend(loc="upper right")
    figure.savefig(path, dpi=110)


def main(stop: Stop = QUICK, workers: int | None = None, folder: Path = HERE) -> Outcome:
    """Write the workbook, show a morning's steps, and plan."""
    tables = week()
    steps = requirement(tables)
    morning = steps[(steps["Date"] == MONDAY) & (steps["Skill"] == "English")].head(6)
    print(morning.drop(columns=["Date", "Skill", "Override"]).to_string(index=False))
    problem, rules = read_frames(tables)
    write_workbook(folder / "calls_week.xlsx", problem, rules)
    outcome = solve(problem, rules, stop=stop, seed=1, workers=workers)
    print(outcome)
    try:
        plot(steps, frames(problem, rules, outcome)["coverage"], MONDAY, folder / "one_day.png")
    except ImportError:
        print("no picture: matplotlib is not installed")
    else:
        print(f"written: {folder / 'one_day.png'}")
    return outcome


if __name__ == "__main__":
    main()
