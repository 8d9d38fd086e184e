"""What the scenarios of an input require, without planning.

Called by the command ``scenarios`` and by engineers.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scheduler.app.requirement import RequirementReading, read_asked
from scheduler.domain.findings.errors import refused
from scheduler.io.files.streams import Readable
from scheduler.texts import text

if TYPE_CHECKING:
    import pandas as pd


def scenarios(input: "Readable | Mapping[str, Any]") -> "pd.DataFrame":
    """The agents that are required in each scenario, a row a scenario, skill and interval.

    Parameters
    ----------
    input
        An input, of which Settings, Skills, Scenarios and Demand are enough, or Volumes and Service goals: a
        workbook, JSON, a folder of CSV files, or frames by their sheets.

    Returns
    -------
    pandas.DataFrame
        ``Date``, ``Start``, ``Skill``, ``Scenario``, its ``Share`` of all weights, and agents: ``Planned``
        without scenarios and ``Required`` in this one.

    Raises
    ------
    BadInput
        With every finding on these sheets; if there are no scenarios.

    Notes
    -----
    Where a number on Demand is changed by ``c`` per cent, it is ``ceil(number x (1 + c / 100))``. Where
    contacts are, the requirement is computed from ``contacts x (1 + c / 100)`` as for what is planned, see
    :func:`scheduler.requirement`. The changes of one time are added.
    """
    from scheduler.io.input.frames import scenario_frame

    return scenario_frame(with_scenarios(input).problem)


def with_scenarios(source: "Readable | Mapping[str, Any]") -> RequirementReading:
    """What is asked for, with its scenarios computed.

    Raises
    ------
    BadInput
        If a finding is an error, or there are no scenarios.
    """
    asked = read_asked(source)
    if not asked.problem.scenarios:
        raise refused(
            "scenarios",
            text("there are no scenarios."),
            text("Write what else may come, and how much it counts, on the sheet Scenarios."),
        )
    return asked
