"""What it checks
    Every service level has a consequence, a question or a reader: credits, an open passage, a promise, an improvement,
    an example, or the words `report only`.

Why it matters
    A target that costs nothing, teaches nothing and is asked for by nobody is noise in every report, and a level that
    was meant to have credits is easily forgotten here.

Example
    level resolve-p4 "Resolution of small requests"
      target: 80% within 10 working days
    end

Write instead
    level resolve-p4 "Resolution of small requests"
      target: 80% within 10 working days
      allow SLA340: "counts towards satisfaction, which has credits"
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.example import ExpectCount, ExpectVerdict, GivenCases, GivenShare
from sla2.contract.rights import MissesInARow, MissesTimes
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.rights import Trigger
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA340", "unreferenced-level", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level that nothing refers to, and that is not for information only."""
    used = set(_used(contract))
    if any(
        isinstance(trigger, MissesTimes | MissesInARow) and trigger.level is None for trigger in _triggers(contract)
    ):
        return
    for level in contract.levels:
        if level.name not in used and not level.report_only:
            yield CODE.at(
                level.span,
                f'Nothing refers to the level "{level.name}": missing it has no consequence.',
                help="Add credits, a promise or an improvement for it, or write `target: report only`.",
            )


def _triggers(contract: Contract) -> Iterator[Trigger]:
    return (trigger for right in contract.terminations for trigger in right.triggers)


def _used(contract: Contract) -> Iterator[str]:
    yield from (credits.level for credits in (*contract.credits, *contract.bonuses))
    yield from (points.level for points in contract.points)
    yield from (getattr(trigger, "level", None) or "" for trigger in _triggers(contract))
    yield from (improvement.of for improvement in contract.improvements)
    for passage in contract.passages:
        yield passage.observe or ""
        yield (passage.concerns.block or "") if passage.concerns is not None else ""
    checkers = [duty.checked_by for duty in contract.obligations] + [made.checked_by for made in contract.promises]
    yield from (checker.level or "" for checker in checkers if checker is not None)
    for example in contract.examples:
        yield from (given.level for given in example.given if isinstance(given, GivenShare | GivenCases))
        yield from (expect.level for expect in example.expect if isinstance(expect, ExpectVerdict | ExpectCount))
