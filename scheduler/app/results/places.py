"""The cells of a file to which a report's findings belong."""

from collections.abc import Iterator

from scheduler.domain import Report
from scheduler.io.result.reading.sources import RosterReading

MOST_CELLS = 4
"""Days of an agent that a finding names one by one; with more it names the agent."""


def located(report: Report, reading: RosterReading) -> Report:
    """The report with the cells of every misfit and every violation.

    The days that were edited are named alone, if any were; else each duty on the sheet Duties, or the day on
    the sheet Roster where it has none. What is about many days or none is named at the agent, and what is
    about no agent at the dates.
    """
    return report.model_copy(
        update={
            "misfits": tuple(
                one.model_copy(
                    update={"cells": _cells(reading, one.agent, () if one.day is None else (one.day,))}
                )
                for one in report.misfits
            ),
            "violations": tuple(
                one.model_copy(update={"cells": _cells(reading, one.agent, one.days)})
                for one in report.violations
            ),
        }
    )


def _cells(reading: RosterReading, agent: str | None, days: tuple[int, ...]) -> tuple[str, ...]:
    places = reading.places
    if agent is None:
        return tuple(places.dates[day] for day in days if day in places.dates)[:MOST_CELLS]
    edited = [reading.edited[agent, day] for day in days if (agent, day) in reading.edited]
    if edited:
        return tuple(edited[:MOST_CELLS])
    found = list(dict.fromkeys(cell for day in days for cell in _of_day(reading, agent, day)))
    if agent in places.agents and not 0 < len(found) <= MOST_CELLS:
        return (places.agents[agent],)
    return tuple(found[:MOST_CELLS])


def _of_day(reading: RosterReading, agent: str, day: int) -> Iterator[str]:
    on_duties = reading.places.duties.get((agent, day), ())
    if on_duties:
        yield from on_duties
    elif (agent, day) in reading.places.days:
        yield reading.places.days[agent, day]
