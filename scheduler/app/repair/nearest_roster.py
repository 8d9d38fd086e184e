"""Where a repair finds no legal roster: the one that breaks least, as the place to go on from.

It is never handed out as a roster: the exception carries it, and the command writes it under another name.
"""

from scheduler.app.repair.search import RepairSearch
from scheduler.app.repair.search_policy import REPAIR
from scheduler.app.results.read_back import recount_of
from scheduler.changes.repair.auxiliary_problems import giving_way
from scheduler.domain import Contradiction, NothingFound, Outcome, UnsupportedRule
from scheduler.io.result.reading.sources import RosterReading
from scheduler.model import RuleBook
from scheduler.texts import text
from scheduler.verifier import verify


def nearest(run: RepairSearch) -> Outcome | None:
    """The roster found that breaks least, counted again with what it breaks; ``None`` where there is none.

    What has begun or is locked stands still, and nobody works who is away or may not.
    """
    rules = giving_way(run.ahead_rules)
    book = RuleBook(rules=(*rules.rules, run.held(), run.close(run.change)))
    stop, phase = run.stop_after(min(run.remaining(), REPAIR.nearest_seconds)), text("what must give way")
    try:
        found = run.solved(run.ahead_problem, book, stop, run.base, phase)
    except (Contradiction, NothingFound, UnsupportedRule):
        return None
    if verify(run.problem, run.rules, found.roster).misfits:
        return None
    return recount_of(run.problem, run.rules, RosterReading(found.roster)).proven
