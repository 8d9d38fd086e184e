"""A rule's parameters as cells: how each is named, shown, read and explained.

Used by reader and writer of the Rules sheet. Nothing here knows a single rule: everything is derived from the
fields of the rule's class.
"""

import json
import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from scheduler.domain.values.fields import Weekday
from scheduler.domain.values.words import WEEKDAYS, clock_words, either
from scheduler.io.cells import parse, parse_dates, parse_lists, parse_times
from scheduler.io.cells.columns import normalised
from scheduler.io.cells.conventions import UNSAID, Conventions
from scheduler.io.cells.parse import Unreadable
from scheduler.io.files.json_text import parse_json
from scheduler.io.files.limits import NotRead
from scheduler.model.rules.rule import Rule, spoken
from scheduler.texts import text

_PAIR_SIGN = " > "
_HOURS_IN_A_DAY, _HOURS_IN_A_WEEK = 12, 168  # most hours that a rule may ask for, inside a day or a week
_SIGNS = '",;，\uff1b、\n'  # separators in a list of names


@dataclass(frozen=True)
class Parameter:
    """One parameter of a rule.

    Parameters
    ----------
    key
        Name of the field.
    type_
        Its type without ``None``.
    may_be_none
        Whether the word ``none`` is allowed.
    default
        Its value when it is left out; ``PydanticUndefined`` for a required one.
    bare_hours
        Up to so many a bare number of minutes could be hours, and is asked about.
    """

    key: str
    type_: Any
    may_be_none: bool
    default: Any
    bare_hours: int = 0

    @property
    def title(self) -> str:
        """What the sheet calls it: ``rest minutes``."""
        return self.key.replace("_", " ")

    @property
    def is_needed(self) -> bool:
        """Whether it must be given."""
        return self.default is PydanticUndefined

    @property
    def explanation(self) -> str:
        """The allowed values, in words."""
        words = _type_in_words(self.key, self.type_)
        if self.is_needed:
            return text("{words}; must be given", words=words)
        return text(
            "{words}; left out: {first}",
            words=words,
            first=self.written(self.default)[0] if self._is_weekdays else self._default_text,
        )

    @property
    def _default_text(self) -> str:
        return _as_text(self.key, self.default)

    def read(self, value: object, ways: Conventions = UNSAID) -> Any:
        """The value of a cell for this parameter, for pydantic to check.

        Raises
        ------
        Unreadable
            If it is not of the parameter's type.
        """
        if self.may_be_none and parse.says_nothing(value):
            return None
        if self.bare_hours and _is_minutes(self.key, self.type_):
            return parse_times.minutes(value, ways, bare_hours=self.bare_hours)
        return _read(self.key, self.type_, value, ways)

    def written(self, value: Any) -> tuple[Any, str]:
        """The cell for a value, and its number format."""
        if isinstance(value, int) and not isinstance(value, bool) and self.key.endswith("clock"):
            return timedelta(minutes=value), "[hh]:mm"
        if isinstance(value, int) and value and self.key.endswith("minutes"):
            return _as_text(self.key, value), "General"
        if isinstance(value, int | date) and not isinstance(value, bool):
            return value, "yyyy-mm-dd" if isinstance(value, date) else "General"
        if self._is_weekdays and value:
            return weekdays_text(value), "General"
        return _as_text(self.key, value), "General"

    @property
    def _is_weekdays(self) -> bool:
        return _is_list(_bare(self.type_)) and get_args(_bare(self.type_))[0] == Weekday


def kind_of(rule: type[Rule]) -> str:
    """The kind of a rule's class: ``max_consecutive_days``."""
    return str(rule.model_fields["kind"].default)


def kinds(catalogue: tuple[type[Rule], ...]) -> dict[str, type[Rule]]:
    """Rule classes by kind."""
    return {kind_of(rule): rule for rule in catalogue}


def parameters(rule: type[Rule]) -> tuple[Parameter, ...]:
    """A rule's own parameters, without those that every rule has."""
    return tuple(_parameters(rule))


def named(rule: type[Rule], title: str) -> Parameter | None:
    """The parameter of that name, matched without regard to case and spacing; the unit may be left off."""
    wanted = normalised(title)
    found = [parameter for parameter in parameters(rule) if normalised(parameter.key) == wanted]
    if not found:
        units = ("minutes", "clock")
        found = [
            parameter
            for parameter in parameters(rule)
            if any(normalised(parameter.key) == wanted + unit for unit in units)
        ]
    return found[0] if len(found) == 1 else None


def _parameters(rule: type[Rule]) -> Iterator[Parameter]:
    inside_a_day = (*rule.break_fields, *rule.day_fields)
    for key, field in rule.model_fields.items():
        if key in Rule.model_fields:
            continue
        options = [option for option in _options(field.annotation) if option is not type(None)]
        default = field.get_default(call_default_factory=True)
        yield Parameter(
            key=key,
            type_=options[0] if len(options) == 1 else Any,
            may_be_none=len(options) < len(_options(field.annotation)),
            default=PydanticUndefined if field.is_required() else default,
            bare_hours=_HOURS_IN_A_DAY if key in inside_a_day else _HOURS_IN_A_WEEK,
        )


def _options(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)


def _bare(type_: Any) -> Any:
    """A type without what ``Annotated`` says of its bounds; pydantic checks those."""
    return get_args(type_)[0] if hasattr(type_, "__metadata__") else type_


def _is_list(type_: Any) -> bool:
    return get_origin(type_) in (tuple, list, frozenset)


def _read(key: str, type_: Any, value: object, ways: Conventions) -> Any:
    if type_ == Weekday:
        return parse_lists.weekday(value)
    type_ = _bare(type_)
    if _is_list(type_) and get_args(type_)[0] == Weekday:
        return parse_lists.weekdays(value, ways)
    if _is_list(type_):
        if isinstance(value, str) and value.strip().startswith("["):
            return _from_json(value)
        inner = _bare(get_args(type_)[0])
        if _is_list(inner):
            of = get_args(inner)[0]
            return [[_read(key, of, side, ways) for side in _sides(pair)] for pair in _parts(value)]
        if inner in (str, int) or get_origin(inner) is Literal or _is_date(inner):
            return [_read(key, inner, part, ways) for part in _parts(value)]
        return _from_json(value)
    if type_ is bool:
        return parse.yes_no(value)
    if _is_minutes(key, type_):
        return parse_times.minutes(value, ways)
    if type_ is int and key.endswith("clock"):
        return parse_times.clock(value)
    if type_ is int:
        return parse.whole(value, ways)
    if type_ is float:
        return parse.number(value, ways)
    if _is_date(type_):
        return parse_dates.day(value, ways)
    if isinstance(value, str) and value.strip().startswith("{"):
        return _from_json(value)
    return _choice(type_, value)


def _choice(type_: Any, value: object) -> Any:
    """A word as the rule spells it, where it has few to choose from."""
    said = parse.plain_text(value)
    options: tuple[Any, ...] = ()
    if get_origin(type_) is Literal:
        options = get_args(type_)
    elif isinstance(type_, type) and issubclass(type_, Enum):
        options = tuple(option.value for option in type_)
    for option in options:
        # a number loses its sign when it is normalised: -1 was read as 1
        if said == str(option) or (isinstance(option, str) and normalised(option) == normalised(said)):
            return option
    return said


def _is_minutes(key: str, type_: Any) -> bool:
    return _bare(type_) is int and key.endswith("minutes")


def _is_date(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, date)


def _parts(value: object) -> tuple[object, ...]:
    return parse_lists.names(value) if isinstance(value, str) else (value,)


def _sides(pair: object) -> list[str]:
    return [side.strip() for side in str(pair).replace("→", ">").replace("\uff1e", ">").split(">")]


def _from_json(value: object) -> Any:
    try:
        return parse_json(str(value))
    except NotRead as error:
        raise Unreadable(
            text(
                "{value} cannot be read: {message}", value=parse.shown(value), message=error.finding.message
            ),
            text("Write it as JSON."),
        ) from None


def _as_text(key: str, value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, int) and key.endswith("clock"):
        return clock_words(value)
    if isinstance(value, int) and key.endswith("minutes"):
        return spoken(key, value)
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, tuple | list):
        if not value:
            return "none"
        if all(isinstance(one, tuple) and one and all(_is_plain(side) for side in one) for one in value):
            return ", ".join(_PAIR_SIGN.join(_as_text(key, side) for side in one) for one in value)
        if all(_is_plain(one) or isinstance(one, date) for one in value):
            return listed(_as_text(key, one) for one in value)
        return json.dumps([_json_value(one) for one in value], ensure_ascii=False)
    if hasattr(value, "model_dump_json"):
        return str(value.model_dump_json())
    return str(value)


def _is_plain(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and not set(value) & set(_SIGNS + ">\uff1e→"))


def _json_value(value: Any) -> Any:
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value


def listed(names: "Iterator[str] | tuple[str, ...]") -> str:
    """Names as a list in one cell; a name that holds a separator stands in quotes."""
    return ", ".join(
        '"' + name.replace('"', '""') + '"'
        if set(name) & set(_SIGNS) or name.casefold() in parse.NOTHING
        else name
        for name in names
    )


def weekdays_text(days: tuple[int, ...]) -> str:
    """Weekdays as a list of words that is read back in the same order."""
    if days == tuple(range(7)):
        return "every day"
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]][:3]}-{WEEKDAYS[days[-1]][:3]}"
    return ", ".join(WEEKDAYS[day][:3] for day in days) or "none"


def _type_in_words(key: str, type_: Any) -> str:
    if type_ == Weekday:
        return text("weekday")
    type_ = _bare(type_)
    if _is_list(type_):
        if get_args(type_)[0] == Weekday:
            return text("weekdays (Mon-Fri)")
        inner = _bare(get_args(type_)[0])
        if _is_list(inner):
            return text("a list of pairs: A > B, C > D")
        return text("a list of: {type}", type=_type_in_words(key, inner))
    if get_origin(type_) is Literal:
        return either([*map(str, get_args(type_))])
    if isinstance(type_, type) and issubclass(type_, Enum):
        return either([str(option.value) for option in type_])
    if type_ is bool:
        return text("yes or no")
    if type_ is int and key.endswith("minutes"):
        return text("a length of time: 11 h, 11:00 or 660 min")
    if type_ is int and key.endswith("clock"):
        return text("clock time (23:00)")
    if type_ in (int, float):
        return text("number")
    if _is_date(type_):
        return text("date")
    return "text"
