"""What is wrong with a rule book, seen against its problem: all of it at once.

Called by ``check`` and before every ``solve``; what a book lacks is told in
:mod:`scheduler.model.checks.left_out`. What is wrong with the problem itself is found in
:mod:`scheduler.domain.checks.problem`. Places are paths in the rule book; the workbook reader adds the cell.
"""

from collections.abc import Iterator, Mapping, Sequence

from scheduler.domain.checks.prices import Price, faults_together, heaviest_wish, prices_of
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, off_grain, warning
from scheduler.domain.findings.finding import Finding, NamesOnSheet, Place, Severity, did_you_mean
from scheduler.domain.values.grid import MINUTES_PER_DAY
from scheduler.domain.values.money import each, hourly
from scheduler.domain.values.words import counted, hours_words
from scheduler.model.checks.balances import balance_faults
from scheduler.model.rules.book import RuleBook, stands_instead
from scheduler.model.rules.rule import Rule, Strength
from scheduler.model.rules.scope import ON_DAYS
from scheduler.model.rules.wishes import WishRule
from scheduler.texts import text, text_n

SHORT_REST = 480
"""Minutes; a shorter rest between duties is hardly meant."""
_BOUNDS = (("at_least", "at_most"), ("at_least_minutes", "at_most_minutes"))


def rule_faults(problem: Problem, rules: RuleBook) -> list[Finding]:
    """Everything that is wrong with the rules that are not off, in the order of the book.

    Parameters
    ----------
    problem
        Whose agents, contracts, teams, skills and templates the rules may name.
    rules
        The book; rule ``i`` has places that begin with ``("rules", i)``.
    """
    known = {
        "agents": NamesOnSheet(text("agent"), problem.agent_named, "Agents"),
        "contracts": NamesOnSheet(text("contract"), problem.contract_named, "Contracts"),
        "teams": NamesOnSheet(text("team"), filter(None, (one.team for one in problem.agents)), "Agents"),
        "skills": NamesOnSheet(text("skill"), problem.skill_named, "Skills"),
        "templates": NamesOnSheet(text("shift template"), problem.template_named, "Shifts"),
    }
    found = [
        finding.model_copy(
            update={"place": finding.place.model_copy(update={"path": ("rules", i, *finding.place.path)})}
        )
        for i, rule in enumerate(rules.rules)
        if rule.is_on
        for finding in (
            *_faults_of(problem, rule, known),
            *_second_price(problem, rule, rules.rules[:i]),
            *_said_twice(rule, rules.rules[:i]),
            *_instead_of_faults(problem, rule, rules),
        )
    ]
    found += [
        *_named_as_overtime(problem, rules),
        *_points_of_no_rule(problem, rules),
        *balance_faults(problem, rules),
        *_prices_without_use(rules),
        *_priced_at_nothing(rules),
        *_short_rests(rules),
    ]
    prices = [
        _price(problem, rule, ("rules", i, "price")) for i, rule in enumerate(rules.rules) if rule.is_planned
    ]
    return [*found, *faults_together([*prices_of(problem), *prices])]


def _points_of_no_rule(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """Points from before by names that no rule on fairness has, each name once."""
    known = {rule.name: rule.name for rule in rules.rules if rule.carries_points}
    told = set()
    for index, agent in enumerate(problem.agents):
        names = [name for name, _ in agent.fair_points]
        for at, name in enumerate(names):
            if name in names[:at]:
                yield error(
                    ("agents", index, "fair_points", at),
                    text('the points of "{name}" stand here twice.', name=name),
                    text("Keep one of them."),
                )
            if name not in known and name not in told:
                told.add(name)
                yield warning(
                    ("agents", index, "fair_points", at),
                    text('no rule on fairness is called "{name}": these points count nothing.', name=name),
                    text(
                        "{guess}Known: {known}.",
                        guess=did_you_mean(name, known, compared=str.casefold),
                        known=", ".join(known) or text("none"),
                    ),
                )


def _faults_of(problem: Problem, rule: Rule, known: Mapping[str, NamesOnSheet]) -> Iterator[Finding]:
    """Faults of one rule, each with its path inside the rule."""
    unknown_scope = False
    for field, names in known.items():
        named = getattr(rule.scope, field)
        for place, name in enumerate(named):
            if name not in names:
                unknown_scope = True
                message, hint = names.unknown(name, named)
                yield Finding(place=Place(path=("scope", field, place)), message=message, hint=hint)
        if named and field not in rule.scope_fields:
            yield Finding(
                place=Place(path=("scope", field)),
                message=text('the rule "{rule}" cannot be narrowed to {field}.', rule=rule.name, field=field),
                hint=text("It takes {scope_fields}.", scope_fields=", ".join(rule.scope_fields)),
            )
    for field in ON_DAYS:
        if getattr(rule.scope, field) and field not in rule.scope_fields:
            yield error(
                ("scope", field),
                text('the rule "{rule}" looks at all days in a row.', rule=rule.name),
                text("Leave weekdays and dates out; a first and a last day may be given."),
            )
    for field in rule.template_fields:
        for place, name in enumerate(getattr(rule, field)):
            if name not in known["templates"]:
                message, hint = known["templates"].unknown(name)
                yield Finding(place=Place(path=(field, place)), message=message, hint=hint)
    for lower, upper in _BOUNDS:
        at_least, at_most = getattr(rule, lower, None), getattr(rule, upper, None)
        if at_least is not None and at_most is not None and at_least > at_most:
            yield Finding(
                place=Place(path=(lower,)),
                message=text(
                    'the rule "{rule}" asks for at least {at_least} and at most {at_most}.',
                    rule=rule.name,
                    at_least=at_least,
                    at_most=at_most,
                ),
                hint=text("Nothing can be both; swap the two or leave one out."),
            )
    for field in rule.break_fields:
        what = text('the rule "{rule}": "{field}"', rule=rule.name, field=field.replace("_", " "))
        yield from off_grain((field,), what, getattr(rule, field) or 0)
    yield from _price(problem, rule, ("price",)).faults()
    yield from _faults_of_dates(problem, rule)
    if not unknown_scope and not any(rule.scope.covers(agent) for agent in problem.agents):
        yield Finding(
            place=Place(path=("scope",)),
            message=text(
                'the rule "{rule}" is for no agent at all: {scope}.', rule=rule.name, scope=rule.scope
            ),
            hint=text("An agent must match one name of every list that is given."),
            severity=Severity.WARNING,
        )
    yield from rule.faults(problem)


def _instead_of_faults(problem: Problem, rule: Rule, rules: RuleBook) -> Iterator[Finding]:
    """A rule instead of one that is not there, is of another kind, or holds on days that this one leaves."""
    if not rule.instead_of:
        return
    wider = rules.named.get(rule.instead_of)
    names = NamesOnSheet(text("rule"), (one.name for one in rules.rules if one is not rule), "Rules")
    if wider is None or wider is rule:
        message, hint = names.unknown(rule.instead_of)
        yield error(("instead_of",), message, hint)
    elif not stands_instead(rule, wider):
        yield error(
            ("instead_of",),
            text(
                'the rule "{rule}" cannot stand instead of "{wider}".',
                rule=rule.name,
                wider=wider.name,
            ),
            text("Both must be on single agents, and of the same kind."),
        )
    elif not {*wider.scope.days(problem)} <= {*rule.scope.days(problem)} or (
        rule.scope.templates and {*rule.scope.templates} != {*wider.scope.templates}
    ):
        yield error(
            ("instead_of",),
            text(
                'the rule "{rule}" leaves out days or shifts of "{wider}", in whose place it stands.',
                rule=rule.name,
                wider=wider.name,
            ),
            text("Narrow it by people, contracts, teams or skills only."),
        )


def _named_as_overtime(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """Rules with the name of overtime of a period: a proof names either by its name alone."""
    overtime = {one.name for one in problem.premiums if one.over_period_minutes is not None}
    for i, rule in enumerate(rules.rules):
        if rule.is_on and rule.name in overtime:
            yield error(
                ("rules", i, "label"),
                text('the rule "{name}" has the name of a premium.', name=rule.name),
                text("Give one of them another name."),
            )


def _price(problem: Problem, rule: Rule, path: FactPath) -> Price:
    """A rule's price. It can be broken every day by a day's work, and by the numbers that the rule names."""
    own = [getattr(rule, field) for field in type(rule).model_fields if field not in Rule.model_fields]
    named = max((number for number in own if type(number) is int), default=0)
    days = problem.grid.days
    most = hourly(days, MINUTES_PER_DAY + named) if rule.unit == "hour" else each(days, 1 + named)
    if isinstance(rule, WishRule):
        most *= max([1, *map(heaviest_wish, problem.agents)])
    return Price(
        path,
        text('the rule "{rule}": the price', rule=rule.name),
        rule.price,
        problem.parts_of_a_unit * most,
        len(problem.agents),
    )


def _second_price(problem: Problem, rule: Rule, before: Sequence[Rule]) -> Iterator[Finding]:
    """A rule on breaks that is preferred, where one of its kind before it holds for some of the same shifts.

    Breaks are laid by one price of a kind: two would ask for different minutes of the same shift.
    """
    if not rule.break_fields or rule.strength is not Strength.PREFER:
        return
    for other in before:
        shared = _shared_shift(problem, rule, other)
        if (other.kind, other.strength) == (rule.kind, rule.strength) and shared:
            yield error(
                ("strength",),
                text(
                    'the rules "{other}" and "{rule}" are both preferred for the same shifts ({shared}); '
                    "only one {kind} can have a price there.",
                    other=other.name,
                    rule=rule.name,
                    shared=shared,
                    kind=rule.kind,
                ),
                text("Make one of them must or off, or narrow their scopes so that no shift has both."),
            )
            return


def _prices_without_use(rules: RuleBook) -> Iterator[Finding]:
    """A price beside must, which was perhaps to be prefer; a rule's own price may stand there as it is."""
    seen = [
        (at, rule, rule.price)
        for at, rule in enumerate(rules.rules)
        if rule.is_on
        and rule.is_must
        and rule.price is not None
        and rule.price != type(rule).model_fields["price"].default
    ]
    if seen:
        at, rule, price = seen[0]
        yield warning(
            ("rules", at, "price"),
            text_n(
                'the rule "{rule}" must be kept, so that its price of {price:.2f} is never paid.',
                '{rules} must be kept, so that their prices are never paid; first "{rule}" with {price:.2f}.',
                len(seen),
                rules=counted(len(seen), "rule"),
                rule=rule.name,
                price=price / 100,
            ),
            text("Make it prefer, or clear the price."),
        )


def _priced_at_nothing(rules: RuleBook) -> Iterator[Finding]:
    """Preferences that cost nothing to break, as if they were off."""
    seen = [
        (at, rule)
        for at, rule in enumerate(rules.rules)
        if rule.has_own_cost and rule.needs_price and rule.price == 0
    ]
    if seen:
        at, rule = seen[0]
        yield warning(
            ("rules", at, "price"),
            text_n(
                'the rule "{rule}" is preferred at a price of 0: nothing is paid for breaking it.',
                '{rules} are preferred at a price of 0: nothing is paid for breaking them; first "{rule}".',
                len(seen),
                rules=counted(len(seen), "rule"),
                rule=rule.name,
            ),
            text("Give it a price, or make it report or off."),
        )


def _short_rests(rules: RuleBook) -> Iterator[Finding]:
    """A rest that is hardly meant: minutes that were to be hours, say."""
    rests = [(at, rule, getattr(rule, "rest_minutes", SHORT_REST)) for at, rule in enumerate(rules.rules)]
    seen = [(at, rule, rest) for at, rule, rest in rests if rule.is_on and rest < SHORT_REST]
    if seen:
        at, rule, rest = seen[0]
        yield warning(
            ("rules", at, "rest_minutes"),
            text_n(
                'the rule "{rule}" asks for a rest of {rest}, less than {least}.',
                '{rules} ask for a rest of less than {least}; first "{rule}" for {rest}.',
                len(seen),
                rules=counted(len(seen), "rule"),
                rule=rule.name,
                rest=hours_words(rest),
                least=hours_words(SHORT_REST),
            ),
            text("Write it with its unit, as 11 h."),
        )


def _said_twice(rule: Rule, before: Sequence[Rule]) -> Iterator[Finding]:
    """A rule that says what one before it says, but for its label: what breaks it would be paid twice."""
    for other in before:
        if other.is_on and other.kind == rule.kind and other.model_copy(update={"label": rule.label}) == rule:
            yield Finding(
                place=Place(path=("label",)),
                message=_alike(rule.strength, other.name, rule.name),
                hint=text("Keep one of them."),
                severity=Severity.WARNING,
            )
            return


def _shared_shift(problem: Problem, one: Rule, other: Rule) -> str:
    """The first agent and shift that two rules both hold for, in words; empty if there is none."""
    agent = next((who for who in problem.agents if one.scope.covers(who) and other.scope.covers(who)), None)
    template = next(
        (
            name
            for name in problem.template_named
            if all(not rule.scope.templates or name in rule.scope.templates for rule in (one, other))
        ),
        None,
    )
    days = sorted({*one.scope.days(problem)} & {*other.scope.days(problem)})
    if agent is None or template is None or not days:
        return ""
    return f'{agent.name}, "{template}", {problem.grid.date(days[0])}'


def _faults_of_dates(problem: Problem, rule: Rule) -> Iterator[Finding]:
    first, last = rule.scope.first_day, rule.scope.last_day
    if first is not None and last is not None and first > last:
        yield Finding(
            place=Place(path=("scope", "first_day")),
            message=text(
                'the rule "{rule}" begins on {first} and ends before that, on {last}.',
                rule=rule.name,
                first=first,
                last=last,
            ),
            hint=text("Swap the two dates."),
        )
    elif rule.scope.holidays and not problem.public_holidays:
        yield warning(
            ("scope", "holidays"),
            text('the rule "{rule}" is about public holidays, of which there are none.', rule=rule.name),
            text("Write them on the sheet Holidays."),
        )
    elif not rule.scope.days(problem) and not rule.scope.holidays:
        horizon = text(
            "{first_day} to {days}",
            first_day=problem.grid.first_day,
            days=problem.grid.date(problem.grid.days - 1),
        )
        yield Finding(
            place=Place(path=("scope", "first_day" if first is not None else "last_day")),
            message=text('the rule "{rule}" holds on no day that is planned.', rule=rule.name),
            hint=text("Planned are {horizon}.", horizon=horizon),
            severity=Severity.WARNING,
        )


def _alike(strength: Strength, one: str, other: str) -> str:
    if strength is Strength.PREFER:
        return text(
            'the rules "{one}" and "{other}" say the same, and what breaks them is priced twice.',
            one=one,
            other=other,
        )
    return text('the rules "{one}" and "{other}" say the same.', one=one, other=other)
