"""Rules with one thing wrong, on the side of their limits or on the side of their check."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, Literal, get_args, get_origin

from scheduler.model import Limit, Rule

Mutation = Callable[[list[Limit]], list[Limit]]


def _changed(name: str, change: Callable[[Any], Any]) -> Mutation:
    """Every limit that has such a field with that field changed."""

    def mutate(limits: list[Limit]) -> list[Limit]:
        return [
            replace(limit, **{name: change(getattr(limit, name))})
            if name in {known.name for known in fields(limit)}
            else limit
            for limit in limits
        ]

    return mutate


def _one_more(bound: Any) -> Any:
    if isinstance(bound, tuple):
        return tuple(None if number is None else number + 1 for number in bound)
    return None if bound is None else bound + 1


def _forgotten(carried_in: int | None) -> int | None:
    return 0 if carried_in is not None else None


LIMIT_MUTATIONS: dict[str, Mutation] = {
    "the first limit is lost": lambda limits: limits[1:],
    "the last limit is lost": lambda limits: limits[:-1],
    "at_least is one more": _changed("at_least", _one_more),
    "at_most is one more": _changed("at_most", _one_more),
    "the past is counted as nothing": _changed("carried_in", _forgotten),
    "duties from before are forgotten": _changed("busy", lambda busy: ()),
    "the first day is left out": _changed("on", lambda on: on[1:]),
    "the last day is left out": _changed("on", lambda on: on[:-1]),
    "the first block is left out": _changed("over", lambda over: over[1:]),
    "the last block is left out": _changed("over", lambda over: over[:-1]),
    "the row is one longer": _changed("in_a_row", lambda days: days and days + 1),
    "nights before are forgotten": _changed("in_a_row_before", lambda _: 0),
    "the first weekend is left out": _changed("on_any_of", lambda blocks: blocks[1:]),
    "the later day is a day too late": _changed("then_day", lambda day: day + 1),
    "the window opens a day late": _changed(
        "since", lambda since: since + 1440 if isinstance(since, int) else since
    ),
    "the window closes a day early": _changed("until", lambda until: until - 1440),
    "the first agent is left out": _changed("agents", lambda agents: agents[1:]),
    "templates are ignored": _changed("templates", lambda templates: frozenset()),
}


def mutated_rules(rule: Rule) -> Iterable[tuple[str, Rule]]:
    """The rule with one of its own fields changed, and which."""
    for name, field in type(rule).model_fields.items():
        value = getattr(rule, name)
        if name in Rule.model_fields:
            continue
        if get_origin(field.annotation) is Literal and isinstance(value, str):
            others = [other for other in get_args(field.annotation) if other != value]
        elif isinstance(value, bool):
            others = [not value]
        elif isinstance(value, int):
            others = [value + 1]
        elif name in rule.template_fields:
            others = [("night",) if "night" not in value else ("day",)]
        elif isinstance(value, tuple) and value:
            others = [value[1:] or (0,)]
        else:
            others = []
        for other in others:
            yield name, rule.model_copy(update={name: other})
