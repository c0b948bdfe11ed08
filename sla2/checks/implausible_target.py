"""What it checks
    A target is a figure that parties agree on: not a slip of the comma (9.8% for 98%), not a promise of perfection, not
    a time of zero.

Why it matters
    A share of 9.8% is met by almost any service; a target of 100% is missed by a single case and says nothing about how
    good the service is.

Example
    target: 9.8% within 4 business hours

Write instead
    target: 98% within 4 business hours
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sla2.checks.terms import target_duration, target_percent, verbs
from sla2.contract.level import BoundTarget, ShareTarget
from sla2.contract.passage import Change, Fill, TargetTerm
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Target
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA344", "implausible-target", Severity.WARNING, __doc__ or "")


_LOW = Decimal(50)
_ALL = Decimal(100)


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per target, minimum, expected value or option that looks like a slip."""
    for span, target in _targets(contract):
        doubt = _doubt(target)
        if doubt:
            yield CODE.at(span, doubt[0], help=doubt[1])


def _targets(contract: Contract) -> Iterator[tuple[Span, Target]]:
    for level in contract.levels:
        for target in (level.target, level.minimum, level.expected):
            if target is not None:
                yield target.span, target
    for passage in contract.passages:
        for option in passage.options:
            if isinstance(option.filling, TargetTerm):
                yield option.span, option.filling.target
        if isinstance(passage.interim, TargetTerm):
            yield passage.interim.span, passage.interim.target
    for _, verb in verbs(contract):
        if isinstance(verb, Change) and verb.target is not None:
            yield verb.span, verb.target
        elif isinstance(verb, Fill) and isinstance(verb.filling, TargetTerm):
            yield verb.span, verb.filling.target


def _doubt(target: Target) -> tuple[str, str] | None:
    duration, percent = target_duration(target), target_percent(target)
    if duration is not None and duration.value == 0 and not isinstance(target, BoundTarget):
        return "A time of zero cannot be kept.", "Write the time that both sides can live with."
    if percent is None or (isinstance(target, BoundTarget) and target.comparison in ("at most", "below")):
        return None
    if percent.value < _LOW:
        likely = _likely(percent.value)
        return (
            f"A target of {percent} is met by almost any service.",
            f'Was {likely}% meant? If {percent} is right, say why: `allow SLA344: "…"`.',
        )
    if percent.value == _ALL and not (isinstance(target, ShareTarget) and target.every):
        return (
            f"A target of {percent} is missed by a single case or minute.",
            "Write the share that both sides can live with, for instance 99.9%, or `every case within …` "
            "if no single miss is acceptable.",
        )
    return None


def _likely(value: Decimal) -> Decimal:
    while Decimal(0) < value < _LOW and value * 10 <= _ALL:
        value *= 10
    return value.normalize() if value > _LOW else _ALL - Decimal(1)
