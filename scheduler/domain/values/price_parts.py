"""A record with all its prices cut into parts, so that costs which are no whole units are whole numbers."""

from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from scheduler.domain.values.fields import IS_PRICE

Record = TypeVar("Record", bound=BaseModel)


def in_parts(record: Record, parts: int) -> Record:
    """The same record with every price in so many parts; those of records inside it as well."""
    made: Record | None = _in_parts(record, parts, is_price=False)
    return record if made is None else made


def _in_parts(value: Any, parts: int, is_price: bool) -> Any:
    """The value in parts; ``None`` where nothing of it is a price."""
    match value:
        case bool() | None:
            return None
        case int():
            return value * parts if is_price else None
        case tuple():
            made = [_in_parts(one, parts, is_price) for one in value]
            if all(one is None for one in made):
                return None
            return tuple(old if new is None else new for old, new in zip(value, made, strict=True))
        case BaseModel():
            new = {
                name: _in_parts(getattr(value, name), parts, priced) for name, priced in _fields(type(value))
            }
            update = {name: one for name, one in new.items() if one is not None}
            return value.model_copy(update=update) if update else None
    return None


@lru_cache(maxsize=1024)
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields of a record that may hold prices, and whether they do themselves."""
    named = kind.model_fields.items()
    return tuple((name, _is_price(field.annotation) or IS_PRICE in field.metadata) for name, field in named)


def _is_price(annotation: Any) -> bool:
    metadata = getattr(annotation, "__metadata__", ())
    return IS_PRICE in metadata or any(map(_is_price, get_args(annotation)))
