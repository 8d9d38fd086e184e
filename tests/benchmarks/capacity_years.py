"""Years of 52 weeks and 8 skills: whether the plan is proven to be the best, and in which time. Run by hand.

``python -m tests.benchmarks.capacity_years --seconds 20 --rooms 6 --count 20``
"""

import argparse

from scheduler.engine.capacity.search import plan_hiring
from scheduler.verifier.hiring import hiring_costs, hiring_faults, hiring_weeks
from tests.capacity.years import centre_year


def main() -> None:
    """Print a line a year, and how many were proven."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--rooms", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    proven, within_ten = 0, 0
    print(f"{'seed':>4} {'starts':>6} {'cost':>14} {'bound':>14} {'gap %':>8} {'calendars':>9} {'CPU s':>6}")
    for seed in range(asked.first, asked.first + asked.count):
        year = centre_year(seed, rooms=asked.rooms)
        plan = plan_hiring(year, asked.seconds)
        assert (
            not hiring_faults(year, plan.starts)
            and hiring_costs(year, plan.starts, hiring_weeks(year, plan.starts)).total == plan.cost
        )
        proven += plan.is_optimal
        within_ten += plan.is_optimal and plan.seconds <= 10
        print(
            f"{seed:>4} {len(plan.starts):>6} {plan.cost / 10_000:>14,.0f} {plan.bound / 10_000:>14,.0f} "
            f"{100 * plan.gap:>8.4f} {plan.patterns:>9} {plan.seconds:>6.1f}",
            flush=True,
        )
    print(f"proven: {proven} of {asked.count}, within 10 s of the processor: {within_ten}")


if __name__ == "__main__":
    main()
