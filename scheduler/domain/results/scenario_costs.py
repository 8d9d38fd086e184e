"""What a roster would cost in each scenario."""

from pydantic import Field

from scheduler.domain.values.frozen import Frozen


class ScenarioCost(Frozen):
    """One scenario, and what a roster comes to if it is the one that comes.

    Costs are in sixtieths of a cent, staff is in agent-minutes.

    Parameters
    ----------
    share
        Its weight over the sum of all weights.
    cost
        All that the roster costs then, with its agents on the skills that are best in this scenario.
    missing_cost, superfluous_cost
        What missing and superfluous staff is of it, people missing on shifts included.
    missing, superfluous
        Staff below and above what the scenario requires, summed over skills and never netted.
    cost_as_allocated
        All that it costs where agents of several skills stay on those that are best on average over the
        scenarios; this is what the average that is made least is made of. Never less than ``cost``.
    """

    name: str
    share: float = Field(gt=0, le=1)
    cost: int
    missing_cost: int
    superfluous_cost: int
    missing: int
    superfluous: int
    cost_as_allocated: int
