"""Changed contracts for the tests of `sla2 diff`: every single value of a contract replaced by another one in turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, get_args, get_origin

from pydantic import BaseModel

from sla2.contract.contract import Contract
from sla2.diff.values import REFERENCES, literals

REFERRED = {"Calendar", "Service"}
"""Blocks that others cannot do without: a contract in which their name leads nowhere is never compared."""
IGNORED = {"span", "path", "source_hash", "unevaluated", "kind", "verb", "fields"}


def models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def all_models() -> tuple[type[BaseModel], ...]:
    """Every model that a contract is made of."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [Contract]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [inner for field in model.model_fields.values() for inner in models(field.annotation)]
    return tuple(sorted(found, key=lambda model: model.__name__))


def has_literal(annotation: object) -> bool:
    return get_origin(annotation) is Literal or any(has_literal(part) for part in get_args(annotation))


def changed(contract: Contract) -> Iterator[tuple[str, Contract]]:
    """Each value of `contract` replaced by another of its type, and each part of a list taken out: path and result."""
    for path, value in _inside(contract, contract, "contract"):
        assert isinstance(value, Contract)
        yield path, value


def _inside(part: BaseModel, contract: Contract, path: str) -> Iterator[tuple[str, BaseModel]]:
    for field, info in type(part).model_fields.items():
        if field in IGNORED and not (field == "kind" and isinstance(part, Contract)):
            continue
        if field == "name" and type(part).__name__ in REFERRED:
            continue
        words = literals(info.annotation)
        for where, value in _values(getattr(part, field), contract, f"{path}.{field}", field, words):
            yield where, part.model_copy(update={field: value})


def _values(
    value: object, contract: Contract, path: str, field: str, words: frozenset[str]
) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        yield from _inside(value, contract, path)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            here = f"{path}[{place}]"
            for where, other in _values(item, contract, here, field, words):
                yield where, (*value[:place], other, *value[place + 1 :])
            if (isinstance(item, BaseModel | tuple) or field != "texts") and type(item).__name__ not in REFERRED:
                yield f"{here} gone", (*value[:place], *value[place + 1 :])
    else:
        other = _other(value, contract, field, words)
        if other is not None:
            yield path, other


def _other(value: object, contract: Contract, field: str, words: frozenset[str]) -> object:
    match value:
        case bool():
            return not value
        case str() if value in words:
            return next((word for word in sorted(words) if word != value), None)
        case str() if field in REFERENCES:
            blocks = getattr(contract, REFERENCES[field])
            names = [block.name for block in blocks]
            return next((name for name in names if name != value), None) if value in names else f"{value}x"
        case str():
            return f"{value}x"
        case int() | Decimal():
            return value + 1
        case datetime():
            return value + timedelta(minutes=1)
        case date():
            return value + timedelta(days=31)
        case time():
            return value.replace(minute=(value.minute + 1) % 60)
        case _:
            return None
