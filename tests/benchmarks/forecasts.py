"""The forecast held against the mean of the last four same weekdays on two public histories.

``python -m tests.benchmarks.forecasts --data FOLDER`` prints the table of ``docs/forecast.md``; ``FOLDER``
holds ``call_volumes``. What is chosen in the method was chosen on the earlier part of each history. Each part
is foretold week after week, beginning on every weekday in turn, so that no weekday is favoured. The holidays
of the Israeli bank are public, and scored apart.
"""

import argparse
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from scheduler.demand.forecast import PastVolumes, Score, backtest

HOLIDAYS = ["1999-03-02", "1999-03-31", "1999-04-01", "1999-04-06", "1999-04-07", "1999-04-20", "1999-04-21",
            "1999-05-20", "1999-05-21", "1999-07-22"]  # fmt: skip
"""Purim, Passover, Remembrance and Independence Day, Shavuot, the Ninth of Av."""
SETS = (
    ("anonymous_bank_1999_30min_part.csv", date(1999, 2, 5), date(1999, 5, 1), HOLIDAYS),
    ("na_bank_2003_15min_part.csv", date(2003, 3, 31), date(2003, 4, 28), []),
)
"""File, the first day that is foretold, the first day of the later part, holidays."""


def history(path: Path, holidays: list[str]) -> PastVolumes:
    """A public history as the method takes it."""
    calls = pd.read_csv(path, parse_dates=["date"]).pivot(index="date", columns="start", values="calls")
    whole = calls.reindex(pd.date_range(calls.index[0], calls.index[-1]))
    days = [date.fromisoformat(day) for day in holidays]
    first = calls.index[0].date()
    return PastVolumes(first, whole.to_numpy(float), None, dict.fromkeys(days, ("holiday",)), frozenset(days))


def scores(
    past: PastVolumes, first: date
) -> list[tuple[tuple[Score, Score] | None, tuple[Score, Score] | None]]:
    """Of contacts and of holidays, from a first day on, for each weekday to begin on."""
    found = []
    for back in range(7):
        known = past.before(past.end - timedelta(days=back))
        of = backtest(known, (known.end - first).days // 7)
        found.append((of.contacts, of.holidays))
    return found


def pooled(of: list[tuple[Score, Score] | None], measure: str) -> list[float]:
    """A measure of the forecast and of the mean over all of them, weighted by contacts."""
    there = [both for both in of if both is not None]
    amounts = [both[0].amount for both in there]
    return [
        float(np.average([getattr(both[at], measure) for both in there], weights=amounts)) for at in (0, 1)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data / "call_volumes"
    print("| history | part | days | WAPE | of the mean | better by | bias | within 5 % | within 10 % |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, first, later, holidays in SETS:
        past = history(folder / name, holidays)
        for part, known, begin in (("earlier", past.before(later), first), ("later", past, later)):
            each = scores(known, begin)
            for what, of in (("", [one for one, _ in each]), (" holidays", [two for _, two in each])):
                if not any(of):
                    continue
                wape, bias, five, ten = (
                    pooled(of, measure) for measure in ("wape", "bias", "within_5", "within_10")
                )
                days = max(both[0].days for both in of if both)
                shown = [f"{100 * a:.1f} % ({100 * b:.1f} %)" for a, b in (bias, five, ten)]
                print(
                    f"| {name} | {part}{what} | {days} | {100 * wape[0]:.2f} % | {100 * wape[1]:.2f} % | "
                    f"{100 * (1 - wape[0] / wape[1]):.1f} % | {' | '.join(shown)} |"
                )


if __name__ == "__main__":
    main()
