"""What a rule book lacks: facts that no rule heeds, and rules that stand in every usual book.

Called by ``check`` and before every ``solve``. A rule that stands in the book as ``off`` was left out on
purpose, and nothing is told of it.
"""

from collections.abc import Iterator, Sequence

from scheduler.domain.facts.demand import NOTHING_WANTED
from scheduler.domain.facts.problem import Agent, Problem, ShiftTemplate
from scheduler.domain.findings.faults import FactPath, warning
from scheduler.domain.findings.finding import Finding
from scheduler.domain.values.grid import DAYS_PER_WEEK, MINUTES_PER_DAY
from scheduler.domain.values.words import clock_words
from scheduler.model.rules.book import RuleBook
from scheduler.model.rules.rule import Rule
from scheduler.texts import text, text_n

_USUAL_REST = 660
"""Minutes between two duties that most laws ask for, as directive 2003/88/EC does in article 3."""
_AGAIN = {"usual_wishes": "shift_wishes", "usual_days_off": "preferred_days_off"}
"""Facts that come again every week, by the facts of single days that they become."""


def unheeded_facts(problem: Problem, rules: RuleBook, catalogue: Sequence[type[Rule]]) -> list[Finding]:
    """A warning for every kind of fact that is given, though no rule in the book looks at it.

    Parameters
    ----------
    catalogue
        Every rule that there is.
    """
    looked_at = frozenset[str]().union(*(rule.looks_at for rule in rules.rules))
    in_book = {rule.kind for rule in rules.rules}
    heeded = {where: (_kind(rule), words) for rule in catalogue for where, words in rule.heeds}
    found: dict[str, tuple[FactPath, str]] = {}
    for where, path in _facts(problem):
        if where in heeded and where not in looked_at:
            kind, words = heeded[where]
            found.setdefault(kind, (path, words))
    return [
        warning(
            path,
            text("{facts} not heeded: the rule {kind} gives its own.", facts=text(words), kind=kind)
            if kind in in_book
            else text(
                "{facts} not heeded: there is no rule {kind} in the book.", facts=text(words), kind=kind
            ),
            text("Add it without its own, or add it so as off to say that this is meant.")
            if kind in in_book
            else text("Add it, or add it as off to say that this is meant."),
        )
        for kind, (path, words) in found.items()
    ]


def usual_rules(problem: Problem, rules: RuleBook, catalogue: Sequence[type[Rule]]) -> Iterator[Finding]:
    """A warning where people may start soon after they ended, and where they may work on every day.

    Told of people whose shifts would let it come to that, and for whom no rule in the book stands against it;
    an empty book has its own warning.
    """
    if rules.rules:
        yield from _without_rest(problem, rules, catalogue)
        yield from _without_free_days(problem, rules, catalogue)


def _without_rest(problem: Problem, rules: RuleBook, catalogue: Sequence[type[Rule]]) -> Iterator[Finding]:
    resting = [rule for rule in rules.rules if rule.rests_between]
    bare = [one for one in problem.agents if not any(rule.scope.covers(one) for rule in resting)]
    close = {contract.name: _closest(problem, problem.shifts_of(contract)) for contract in problem.contracts}
    short = [(one, pair) for one in bare if (pair := close[one.contract])]
    if short and problem.grid.days > 1:
        agent, (first, then) = short[0]
        yield warning(
            ("rules",),
            text_n(
                "no rule asks for rest between the shifts of {number} agent ({agent}): {first} may end at "
                "{end}, and {then} begin at {start} on the next day.",
                "no rule asks for rest between the shifts of {number} agents (first {agent}): {first} may "
                "end at {end}, and {then} begin at {start} on the next day.",
                len(short),
                number=len(short),
                agent=agent.name,
                first=first.name,
                end=clock_words(_latest_end(first)),
                then=then.name,
                start=clock_words(then.earliest_start),
            ),
            _add_one_of([_kind(rule) for rule in catalogue if rule.rests_between]),
        )


def _without_free_days(
    problem: Problem, rules: RuleBook, catalogue: Sequence[type[Rule]]
) -> Iterator[Finding]:
    limiting = [rule for rule in rules.rules if type(rule).limits_days is not Rule.limits_days]
    daily = {
        contract.name
        for contract in problem.contracts
        if len({day for shift in problem.shifts_of(contract) for day in shift.weekdays}) == DAYS_PER_WEEK
    }

    def is_limited(agent: Agent) -> bool:
        return any(rule.limits_days(problem, agent) and rule.scope.covers(agent) for rule in limiting)

    bare = [one for one in problem.agents if one.contract in daily and not is_limited(one)]
    if bare and problem.grid.days >= DAYS_PER_WEEK:
        yield warning(
            ("rules",),
            text_n(
                "no rule keeps {number} agent ({agent}) from working every day of a week.",
                "no rule keeps {number} agents (first {agent}) from working every day of a week.",
                len(bare),
                number=len(bare),
                agent=bare[0].name,
            ),
            _add_one_of([_kind(rule) for rule in catalogue if rule.limits_days is not Rule.limits_days]),
        )


def _add_one_of(kinds: Sequence[str]) -> str:
    return text("Add one of {kinds}, or add it as off to say that this is meant.", kinds=", ".join(kinds))


def _kind(rule: type[Rule]) -> str:
    return str(rule.model_fields["kind"].default)


def _closest(
    problem: Problem, templates: Sequence[ShiftTemplate]
) -> tuple[ShiftTemplate, ShiftTemplate] | None:
    """The shifts of following days with the least time between them, where that is less than usual."""
    pairs = [
        (then.earliest_start + MINUTES_PER_DAY - _latest_end(first), first.name, then.name)
        for first in templates
        for then in templates
        if any((day + 1) % DAYS_PER_WEEK in then.weekdays for day in first.weekdays)
    ]
    if not pairs or min(pairs)[0] >= _USUAL_REST:
        return None
    _, first, then = min(pairs)
    return problem.template_named[first], problem.template_named[then]


def _latest_end(template: ShiftTemplate) -> int:
    """Minutes after the midnight on which a shift's day begins."""
    return template.latest_start + template.max_length


def _facts(problem: Problem) -> Iterator[tuple[str, FactPath]]:
    """What is given that a rule may be there for, by the names that rules use: what it is, and its place."""
    for index, demand in enumerate(problem.demand):
        for field, nothing in NOTHING_WANTED.items():
            numbers = (number for one in demand.said for number in getattr(one, field))
            if any(number not in (nothing, None) for number in numbers):
                yield f"demand.{field}", ("demand", index, field)
    for index, goal in enumerate(problem.service_goals):
        if goal.is_together:
            yield "service_goals.per", ("service_goals", index, "per")
    for index, _ in enumerate(problem.scenarios):
        yield "scenarios", ("scenarios", index)
    for index, wanted in enumerate(problem.headcounts):
        if any(number is not None for number in wanted.required):
            yield "headcounts", ("headcounts", index)
        if any(number is not None for number in wanted.maximum):
            yield "headcounts.maximum", ("headcounts", index, "maximum")
    for index, template in enumerate(problem.templates):
        for at, band in enumerate(template.breaks):
            for place, _ in enumerate(band.breaks):
                path: FactPath = ("templates", index, "breaks", at, "breaks", place)
                yield "templates.break_windows", (*path, "earliest_start")
                if place:
                    yield "templates.break_order", (*path, "name")
    held = {agent.contract for agent in problem.agents}
    for index, contract in enumerate(problem.contracts):
        if contract.name in held:
            for field in ("min_paid_minutes", "max_paid_minutes"):
                if getattr(contract, field) is not None:
                    yield f"contracts.{field}", ("contracts", index, field)
            if set(contract.templates) < problem.template_named.keys():
                yield "contracts.templates", ("contracts", index, "templates")
    for index, agent in enumerate(problem.agents):
        for at, usual in enumerate(agent.usual_windows):
            yield f"agents.{usual.kind}", ("agents", index, "usual_windows", at)
        for field in type(agent).model_fields:
            if getattr(agent, field):
                yield f"agents.{_AGAIN.get(field, field)}", ("agents", index, field, 0)
