"""A contract as JSON with all its places, to be read back without its text.

In: a `Contract`, or bytes that claim to be one. Out: bytes, or the contract. It runs when a contract is put into the
cache or taken from it. It is no format for others: an export (`Contract.model_dump_json`) has no places. It keeps no
file and judges no age.
"""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from pydantic import BaseModel

from sla2.contract.contract import Contract
from sla2.diagnostics import Span

Plain: TypeAlias = "None | bool | int | str | list[Plain] | dict[str, Plain]"

_TAGS = ("kind", "verb")
"""Fields that tell the classes of a choice apart; they stand as defaults in the classes and are written always."""


class NotStorable(Exception):
    """A value that would not come back as it was."""


def to_bytes(contract: Contract) -> bytes:
    """The contract and its places. Raises: NotStorable, if what is read back differs in a value, a type or a place."""
    places: dict[Span, int] = {}
    content = _plain(contract, places)
    paths: dict[str, int] = {}
    rows = [
        [paths.setdefault(one.path, len(paths)), one.start, one.end, one.line, one.column, one.end_line, one.end_column]
        for one in places
    ]
    lines = (list(paths), rows, content)
    stored = "\n".join(json.dumps(line, separators=(",", ":")) for line in lines).encode("ascii")
    again = from_bytes(stored)
    if again is None or not alike(contract, again):
        raise NotStorable
    return stored


def from_bytes(stored: bytes) -> Contract | None:
    """The contract that `to_bytes` wrote; None if that is not what `stored` is."""
    try:
        paths, rows, content = stored.split(b"\n")
        names: list[str] = json.loads(paths)
        places = [Span(names[row[0]], *row[1:]) for row in json.loads(rows)]

        def placed(part: dict[str, object]) -> dict[str, object]:
            number = part.get("span")
            if type(number) is int:
                part["span"] = places[number]
            return part

        return Contract.model_validate(json.loads(content, object_hook=placed))
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return None


def alike(one: object, other: object) -> bool:
    """True if both have the same types, values and places throughout, whichever defaults were written out."""
    if type(one) is not type(other):
        return False
    if isinstance(one, BaseModel):
        mine, theirs = vars(one), vars(other)
        return mine.keys() == theirs.keys() and all(alike(value, theirs[name]) for name, value in mine.items())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(alike(mine, theirs) for mine, theirs in zip(one, other, strict=True))
    return one == other and repr(one) == repr(other)


def _plain(value: object, places: dict[Span, int]) -> Plain:
    """`value` in the types of JSON; each place is its number in `places`."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Span):
        return places.setdefault(value, len(places))
    if isinstance(value, tuple):
        return [_plain(one, places) for one in value]
    if isinstance(value, BaseModel):
        written = value.model_fields_set
        return {name: _plain(one, places) for name, one in vars(value).items() if name in written or name in _TAGS}
    if isinstance(value, Decimal | date | time):
        return str(value)
    raise NotStorable
