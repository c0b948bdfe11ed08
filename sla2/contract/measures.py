"""The catalogue of measures: what each yields, in which unit, and which lines of a level belong to it.

In: the name of a measure. Out: its `MeasureKind`. from_syntax refuses lines that would have no effect; completion and
the language reference show the table. It computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sla2.contract.level import BoundTarget, Measure, OpenTarget, ShareTarget, StatisticTarget, Target

ValueKind = Literal["share of cases", "share of time", "number", "duration", "score"]
TargetKind = Literal["share", "statistic", "percent", "number", "duration", "late"]

COMMON = (
    "service",
    "measure",
    "target",
    "minimum",
    "expected",
    "period",
    "hours",
    "unit",
    "judged",
    "excludes",
    "rounding",
    "no cases",
    "small numbers",
    "earlier periods",
    "ratchet",
)
"""Lines that belong to every measure."""

_SELECTION = ("when", "priority is", "after priority change", "after reopening", "counts in")
_CLOCK = ("clock starts", "clock stops", "intake")
_OUTAGES = (
    "clock starts",
    "down when",
    "counts",
    "whole minutes",
    "minimum length judged",
    "at the end of a period",
    "degraded counts",
)
_SLOTS = ("slot", "slot fails", "slot needs", "empty slot", "slots")


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """One measure: what it yields, the forms its target may take, and its own lines beside the common ones."""

    name: Measure
    value: ValueKind
    targets: tuple[TargetKind, ...]
    own_lines: tuple[str, ...]
    example: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines that belong to the measure."""
        return COMMON + self.own_lines


_WITHIN = "90% within 4 business hours"

MEASURES: tuple[MeasureKind, ...] = (
    MeasureKind(
        "response time",
        "share of cases",
        ("share", "statistic"),
        (*_SELECTION, *_CLOCK, "answered by"),
        _WITHIN,
    ),
    MeasureKind("resolution time", "share of cases", ("share", "statistic"), (*_SELECTION, *_CLOCK), _WITHIN),
    MeasureKind("restoration time", "share of cases", ("share", "statistic"), (*_SELECTION, *_CLOCK), _WITHIN),
    MeasureKind(
        "update interval",
        "share of cases",
        ("share", "statistic"),
        (*_SELECTION, *_CLOCK, "answered by"),
        _WITHIN,
    ),
    MeasureKind(
        "availability",
        "share of time",
        ("percent",),
        (*_OUTAGES, "of", "weighted by", "overlapping users", "slot"),
        "at least 99.9%",
    ),
    MeasureKind("success rate", "share of time", ("percent",), _SLOTS, "at least 99.9%"),
    MeasureKind("latency", "duration", ("share", "statistic", "duration"), _SLOTS, "p95 within 300 milliseconds"),
    MeasureKind("number of incidents", "number", ("number",), _SELECTION, "at most 3"),
    MeasureKind("number of outages", "number", ("number",), _OUTAGES, "at most 3"),
    MeasureKind("longest outage", "duration", ("duration",), _OUTAGES, "at most 4 elapsed hours"),
    MeasureKind("mean time between failures", "duration", ("duration",), _OUTAGES, "at least 30 days"),
    MeasureKind("reopened share", "share of cases", ("percent",), _SELECTION, "at most 5%"),
    MeasureKind(
        "backlog age",
        "duration",
        ("share", "statistic", "duration", "number"),
        (*_SELECTION, "clock stops"),
        "p95 within 20 working days",
    ),
    MeasureKind("delivery date", "duration", ("late", "duration"), ("due", "delivered means"), "at most 0 days late"),
    MeasureKind("satisfaction", "score", ("percent", "number"), ("when", "counts in"), "at least 7.5"),
    MeasureKind("reported figure", "score", ("percent", "number", "duration"), ("no report",), "at least 95%"),
)
_BY_NAME = {kind.name: kind for kind in MEASURES}


def measure_kind(measure: Measure) -> MeasureKind:
    """The catalogue entry of `measure`."""
    return _BY_NAME[measure]


def target_kind(target: Target) -> TargetKind | None:
    """Which form a target has; None for one that is left open."""
    match target:
        case ShareTarget():
            return "share"
        case StatisticTarget():
            return "statistic"
        case OpenTarget():
            return None
        case BoundTarget(late=True):
            return "late"
        case BoundTarget(percent=percent, duration=duration):
            if percent is not None:
                return "percent"
            return "duration" if duration is not None else "number"
