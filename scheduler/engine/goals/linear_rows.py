"""Goals over a day or a week as rows of the aggregated linear programme."""

from collections.abc import Iterable, Mapping

import numpy as np

from scheduler.engine.instance.service_rows import ServiceRow
from scheduler.engine.lp.builder import INFINITE, Programme


def add_goals(
    programme: Programme, staffing_row: Mapping[tuple[int, int], int], goals: Iterable[ServiceRow]
) -> None:
    """Staff beyond what is required in the goals' slots, an agent after the other with what each answers.

    Answers of the staff that is required are taken as given, so that it is an approximation; its duals are
    prices, and any prices give a valid bound. All is in contacts.

    Parameters
    ----------
    staffing_row
        By skill and slot the row in which supply meets what is required.
    """
    for goal in goals:
        scale = goal.units_of_contact
        answers: list[tuple[int, float]] = []
        given = 0.0
        for slot, position in zip(goal.at.tolist(), goal.position.tolist(), strict=True):
            row = staffing_row.get((goal.skill, slot))
            if row is None:
                continue
            numbers = goal.answered[position]
            beyond = round(programme.low[row]) - int(goal.fewest[position])
            first = min(max(beyond, 0), len(numbers) - 1)
            given += float(numbers[first]) / scale
            for gain in np.diff(numbers[first:]).tolist():
                more = programme.variable(0.0, 1.0)
                programme.add(row, more, -1.0)
                answers.append((more, gain / scale))
        missing = programme.variable(float(goal.price))
        programme.row([*answers, (missing, 1.0)], goal.asked / scale - given, INFINITE)
