"""Days on which nobody is wanted, such as a holiday in a week of work."""

from scheduler.domain.facts.problem import Problem


def closed_days(problem: Problem) -> frozenset[int]:
    """Days of the horizon on which nobody is wanted by interval or shift; none, where no day wants any."""
    wanted = {
        day
        for day in range(problem.grid.days)
        if any(
            any(numbers[at] for at in problem.grid.intervals_of(day))
            for demand in problem.demand
            for numbers in (demand.required, demand.minimum)
            if numbers
        )
        or any(row.required[day] for row in problem.headcounts)
    }
    return frozenset(range(problem.grid.days)) - wanted if wanted else frozenset()
