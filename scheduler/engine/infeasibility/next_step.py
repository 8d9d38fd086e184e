"""What a planner can do next where no roster is legal: which sheet to change, and to what.

Every sentence about a contradiction ends with one of these; the command line and the page of impossible weeks
show them as they are.
"""

from collections.abc import Iterable, Sequence

from scheduler.domain.values.words import either
from scheduler.model import Rule
from scheduler.texts import marked, text

_SHEETS = {
    "agents.available": marked("Availability"),
    "agents.unavailable": marked("Availability"),
    "agents.time_off": marked("Availability"),
    "agents.pins": marked("Fixed"),
    "contracts.min_paid_minutes": marked("the hours on Contracts"),
    "contracts.max_paid_minutes": marked("the hours on Contracts"),
    "contracts.templates": marked("the shifts on Contracts"),
    "demand.minimum": marked("the minimum on Demand"),
    "demand.maximum": marked("the maximum on Demand"),
    "demand.required": marked("the requirement on Demand"),
    "headcounts": marked("Headcounts"),
    "headcounts.maximum": marked("the maximum on Headcounts"),
    "templates.break_windows": marked("the windows on Breaks"),
    "templates.break_order": marked("the order on Breaks"),
}
"""Where facts stand that a rule alone looks at; what else it asks for stands in its row on Rules."""


def place_of(rule: Rule) -> str:
    """Where what a rule asks for is changed, with the rule beside it."""
    sheets = dict.fromkeys(_SHEETS[fact] for fact in sorted(rule.looks_at) if fact in _SHEETS)
    if not sheets:
        return text('"{rule}" on Rules', rule=rule.name)
    return text('{sheet} ("{rule}")', sheet=either([text(sheet) for sheet in sheets]), rule=rule.name)


def places_of(rules: Iterable[Rule]) -> str:
    """Places of which one is enough."""
    return either(list(dict.fromkeys(map(place_of, rules))))


def change_one(rules: Sequence[Rule]) -> str:
    """The step where rules cannot be kept together."""
    if len(rules) == 1:
        return text('Change {places}, or make it "prefer" on Rules.', places=places_of(rules))
    return text('Change {places}, or make one of them "prefer" on Rules.', places=places_of(rules))
