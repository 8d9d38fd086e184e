"""Balances against the rules that count them: that there is such a rule, in its unit, in its present part.

Called by :mod:`scheduler.model.checks.rule_book`. A rule on a quarter or a year of whose beginning nothing is
known counts it as nothing, which is told.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.domain.facts.agent import Agent, RuleBalance
from scheduler.domain.facts.problem import Problem
from scheduler.domain.findings.faults import FactPath, error, warning
from scheduler.domain.findings.finding import Finding, did_you_mean
from scheduler.domain.values.words import hours_words, listed
from scheduler.model.calendar.part_walks import PeriodRule
from scheduler.model.calendar.walks import part_start
from scheduler.model.rules.book import RuleBook
from scheduler.texts import text, text_n

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)
"""Of the beginning of a part: a history that begins within it is whole, where nobody works every day."""
_SHOWN = 3
_LEASTS, _MOSTS = ("at_least", "at_least_minutes"), ("at_most", "at_most_minutes")


def balance_faults(problem: Problem, rules: RuleBook) -> Iterator[Finding]:
    """What is wrong with the balances, and what none is given for."""
    counting = {
        rule.name: rule
        for rule in rules.rules
        if isinstance(rule, PeriodRule) and rule.counts_over != "horizon"
    }
    for index, agent in enumerate(problem.agents):
        for at, balance in enumerate(agent.balances):
            path = ("agents", index, "balances", at)
            rule = counting.get(balance.rule)
            if rule is None:
                yield _of_no_rule(path, balance, list(counting))
            else:
                yield from _of_its_rule(problem, path, balance, rule)
    for at, asked in enumerate(rules.rules):
        if asked.is_on and isinstance(asked, PeriodRule) and asked.period_field:
            yield from _not_known(problem, ("rules", at, asked.period_field), asked)
            yield from _least_of_a_long_part(problem, ("rules", at), asked)


def _of_no_rule(path: FactPath, balance: RuleBalance, known: list[str]) -> Finding:
    guess = did_you_mean(balance.rule, known)
    message = text('no rule on a week, month, quarter or year is called "{rule}".', rule=balance.rule)
    hint = text("{guess}Known: {names}.", guess=guess, names=", ".join(known) or text("none"))
    if guess:
        return error((*path, "rule"), message, hint)
    return warning((*path, "rule"), message, text("This balance counts nothing. ") + hint)


def _of_its_rule(
    problem: Problem, path: FactPath, balance: RuleBalance, rule: PeriodRule
) -> Iterator[Finding]:
    if (balance.minutes is not None) != (rule.unit == "hour"):
        counts_time = rule.unit == "hour"
        yield error(
            (*path, "times" if counts_time else "minutes"),
            text('the rule "{rule}" counts hours, and this is a number.', rule=rule.name)
            if counts_time
            else text('the rule "{rule}" counts days, nights or shifts: no hours.', rule=rule.name),
            text("Write it under Hours.") if counts_time else text("Write it under Number."),
        )
        return
    begun = part_start(problem, problem.grid.first_day, rule.counts_over)
    most = next((bound for one in _MOSTS if (bound := getattr(rule, one, None)) is not None), None)
    if balance.as_of >= begun and most is not None and balance.amount > most:
        yield warning(
            (*path, "minutes" if rule.unit == "hour" else "times"),
            text(
                '{amount} are more than the rule "{rule}" allows, {most}: nothing more may be added.',
                amount=_said(rule, balance.amount),
                rule=rule.name,
                most=_said(rule, most),
            ),
            text("Look at its decimal sign and its unit."),
        )
    if balance.as_of < begun:
        yield warning(
            (*path, "as_of"),
            text(
                'what the rule "{rule}" counts began anew on {begun}: one as of {as_of} counts nothing.',
                rule=rule.name,
                begun=begun,
                as_of=balance.as_of,
            ),
            text("Remove it, or write what there was from {begun} on.", begun=begun),
        )


def _said(rule: PeriodRule, amount: int) -> str:
    return hours_words(amount) if rule.unit == "hour" else str(amount)


def _not_known(problem: Problem, path: FactPath, rule: PeriodRule) -> Iterator[Finding]:
    """A part that has begun before, and of which nobody says what there was."""
    first_day = problem.grid.first_day
    begun = part_start(problem, first_day, rule.counts_over)
    if rule.counts_over in ("week", "horizon") or begun == first_day or not rule.scope.reaches_back(problem):
        return
    unknown = [
        agent.name
        for agent in rule.scope.covered_agents(problem)
        if (agent.starts_on is None or agent.starts_on < first_day)
        and not _is_known(problem, agent, rule, begun)
    ]
    if unknown:
        yield warning(
            path,
            text_n(
                'the rule "{rule}" counts from {begun} on, and nothing is known of {number} person before '
                "{first_day}: {names}.",
                'the rule "{rule}" counts from {begun} on, and nothing is known of {number} people before '
                "{first_day}: {names}.",
                len(unknown),
                rule=rule.name,
                begun=begun,
                number=len(unknown),
                first_day=first_day,
                names=listed(unknown, _SHOWN),
            ),
            text("It is taken for nothing. Write what there was on Balances."),
        )


def _is_known(problem: Problem, agent: Agent, rule: PeriodRule, begun: date) -> bool:
    """Whether a balance and the history say what there was since the part began, or the person came."""
    known_until = max(begun, agent.starts_on or begun) - _A_DAY
    for one in agent.balances:
        if one.rule == rule.name and one.as_of >= begun:
            known_until = max(known_until, one.as_of)
    days = [duty.day for duty in agent.history]
    if problem.grid.first_day - known_until <= _A_WEEK:
        return True
    return bool(days) and min(days) <= known_until + _A_WEEK


def _least_of_a_long_part(problem: Problem, path: FactPath, rule: PeriodRule) -> Iterator[Finding]:
    """A least of a quarter or a year that began long before, and is held against nobody."""
    field = next((one for one in _LEASTS if getattr(rule, one, None) is not None), None)
    begun = part_start(problem, problem.grid.first_day, rule.counts_over)
    is_long = rule.counts_over in ("quarter", "year") and problem.grid.first_day - begun > _A_WEEK
    if field is not None and is_long:
        yield warning(
            (*path, field),
            text(
                'the least that the rule "{rule}" asks for is held against nobody in what began on {begun}: '
                "absence of so long ago is not known.",
                rule=rule.name,
                begun=begun,
            ),
            text("Ask for what is left, by week or by month."),
        )
