"""The forms that values have in JSON: instants, days, exact numbers, periods, the steps of a proof.

In: values of the stages. Out: values for `json_text`. It runs for the JSON of reports and of proofs. An instant is
ISO 8601 in UTC, a day an ISO date, an exact number a text ("17/20").
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sla2.report.frame import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from fractions import Fraction

    from sla2.contract.period import JudgedPeriod
    from sla2.report.json_text import Json
    from sla2.settle.verdict import Step

_EPOCH = datetime(1970, 1, 1)


def instant(microseconds: int | None) -> str | None:
    """An instant as ISO 8601 in UTC; whole seconds without a fraction."""
    if microseconds is None:
        return None
    return f"{(_EPOCH + timedelta(microseconds=microseconds)).isoformat()}Z"


def day(found: date | None) -> str | None:
    """A day as an ISO date."""
    return None if found is None else found.isoformat()


def exact(value: Fraction | None) -> str | None:
    """An exact number as a text."""
    return None if value is None else str(value)


def period(found: JudgedPeriod) -> Mapping[str, Json]:
    """A period: its label, its first and last day, its bounds [start, end), whether it is whole."""
    return {
        "label": found.label,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "start": instant(found.start),
        "end": instant(found.end),
        "whole": found.full,
    }


def steps(found: Iterable[Step]) -> list[Json]:
    """The steps of a proof, each with the values it used."""
    return [
        {"kind": step.kind, "clause": place(step.rule), "values": dict(step.values), "result": step.result}
        for step in found
    ]
