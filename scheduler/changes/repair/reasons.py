"""Why each change of a repair was made, as sentences."""

from collections.abc import Mapping

from scheduler.changes.repair.at_moment import RosterAtMoment
from scheduler.domain.facts.problem import Problem
from scheduler.domain.results.outcome import Report
from scheduler.domain.results.roster import AgentDay, Roster
from scheduler.domain.values.money import in_currency
from scheduler.model.calendar.duty_differences import difference
from scheduler.texts import text


def reasons_for(
    problem: Problem,
    at_moment: RosterAtMoment,
    now: Report,
    base: Roster,
    repaired: Roster,
    worth: Mapping[AgentDay, int | None],
) -> dict[AgentDay, str]:
    """A reason for each day that differs.

    Parameters
    ----------
    now
        The verifier's report on what stands of the roster, ``base``.
    worth
        What taking back each change alone would cost, in sixtieths of a cent; ``None`` where a rule stands
        against it.
    """
    broken = {(found.agent, day): found.sentence for found in now.broken for day in found.days}
    reasons = dict(at_moment.cancelled)
    for key in sorted(base.by_agent_and_day.keys() | repaired.by_agent_and_day.keys()):
        kind = difference(base.day_of(*key), repaired.day_of(*key))
        if kind == "breaks":
            reasons[key] = text("breaks follow what the day needs now")
        elif kind == "shift":
            reasons[key] = _reason(problem, key, broken, worth.get(key))
    return reasons


def _reason(
    problem: Problem, key: AgentDay, broken: Mapping[tuple[str | None, int], str], worth: int | None
) -> str:
    own, of_team = broken.get(key), broken.get((None, key[1]))
    if own:
        return text("as it stood: {sentence}", sentence=own)
    if worth is None and of_team:
        return text("as it stood: {sentence}", sentence=of_team)
    if worth is None:
        return text("belongs to other changes: alone it cannot be taken back without breaking a rule")
    return text(
        "without it the roster would cost {amount:,.2f} {currency} more",
        amount=in_currency(worth),
        currency=problem.currency,
    )
