"""Typed results as JSON: every field of a frozen value under its own name.

In: dataclasses and models of the stages. Out: a text with sorted keys. It runs for `--format json` where a stage has no
export of its own. Exact values are texts ("17/20", "850.00"), days are ISO dates, instants are microseconds UTC, and a
contract is named by its name and hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import BaseModel

from sla2.contract.contract import Contract
from sla2.diagnostics import Span

if TYPE_CHECKING:
    from sla2.diagnostics.machine import Json


def dump(schema: str, value: object) -> str:
    """`value` as JSON under the name and version of its form."""
    return json.dumps({"schema": schema, "result": _plain(value)}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, Contract):
        return {"name": value.name, "sha256": value.source_hash}
    if isinstance(value, BaseModel):
        return {name: _plain(part) for name, part in value.__dict__.items() if part is not None}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no JSON form")
