"""What a contract says about trust and this stage does not judge: the list that the report prints.

In: a contract. Out: `Unevaluated` entries in the order of its blocks. Silence would read as "kept".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.contract import Unevaluated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.diagnostics import Span

_READ_ONLY = ("scorecard", "exit plan")
_OF_TRUST = ("judged at", "target left open", "target in other than", "when … several")


def not_evaluated(contract: Contract) -> tuple[Unevaluated, ...]:
    """Goals, improvements, scorecards, exit plans, and lines of trust blocks that are read but not judged."""
    return tuple(sorted(_all(contract), key=lambda item: (item.span.path, item.span.line, item.what)))


def _all(contract: Contract) -> Iterator[Unevaluated]:
    names = {one.name for one in contract.updates} | {one.name for one in contract.repeats}
    names |= {one.name for one in contract.promises} | {one.name for one in contract.surveys}
    for item in contract.unevaluated:
        if item.what in _READ_ONLY or (item.block in names and item.what.startswith(_OF_TRUST)):
            yield item
    for goal in contract.goals:
        yield _item(goal.span, goal.name, "goal")
    for improvement in contract.improvements:
        yield _item(improvement.span, improvement.name, "improvement")
    for impact in contract.impacts[1:]:
        yield _item(impact.span, impact.name, "impact: second table")
    for impact in contract.impacts[:1]:
        units = {floor.unit for floor in impact.floors} - {"users"}
        yield from (_item(impact.span, impact.name, f"impact: {unit}") for unit in sorted(units))
    for updates in contract.updates:
        for line, duration in (("first within", updates.first_within), ("then every", updates.then_every)):
            if not _runs(duration):
                yield _item(updates.span, updates.name, f"{line}: {duration}")
    for repeat in contract.repeats:
        if repeat.within is not None and repeat.within.kind == "service":
            yield _item(repeat.span, repeat.name, f"within: {repeat.within}")
    yield from _unknown_checks(contract)


def _unknown_checks(contract: Contract) -> Iterator[Unevaluated]:
    """Promises and duties that are checked by a block which makes no stream of its own."""
    without = {one.name for one in contract.surveys} | {one.name for one in contract.improvements}
    without |= {one.name for one in contract.promises}
    promises = ((one.span, one.name, one.checked_by) for one in contract.promises)
    duties = ((one.span, one.name, one.checked_by) for one in contract.obligations)
    for span, name, by in (*promises, *duties):
        if by is not None and by.level in without:
            yield _item(span, name, f"checked by: {by.level}")


def _runs(duration: Duration | None) -> bool:
    """True if a rhythm of news can be held against it."""
    return duration is None or (duration.kind != "service" and duration.unit not in ("month", "year"))


def _item(span: Span, block: str, what: str) -> Unevaluated:
    return Unevaluated(span=span, block=block, what=what)
