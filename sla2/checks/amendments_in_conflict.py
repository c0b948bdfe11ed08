"""What it checks
    No two amendments, and no two lines of one, give the same line a value from the same day.

Why it matters
    Two values for one line from one day is no agreement. sla2 would take the last one in the file, which is an accident
    of the order.

Example
    amendment A1 ...
      effective: 2026-06-01
      change: avail target to at least 99.9%
    end
    amendment A2 ...
      effective: 2026-06-01
      change: avail target to at least 99.95%
    end

Write instead
    one of the two lines
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import verbs
from sla2.contract.lines import line_of
from sla2.contract.passage import Change, Fill
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Verb
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA364", "amendments-in-conflict", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per line that a second amendment line changes on the same day."""
    seen: dict[tuple[str, str], tuple[str, Verb]] = {}
    for amendment, verb in verbs(contract):
        line = _line(contract, verb)
        if line is None or amendment.effective is None:
            continue
        former = seen.setdefault((line, amendment.effective.isoformat()), (amendment.name, verb))
        if former[1] is not verb and former[1] != verb:
            yield CODE.at(
                verb.span,
                f'From {amendment.effective} on, {former[0]} and {amendment.name} give "{line}" two different values.',
                help="Keep one of the two lines, or give the later word a later date.",
                related=(Related(former[1].span, f"the line of {former[0]}"),),
            )


def _line(contract: Contract, verb: Verb) -> str | None:
    """The line that a verb gives a value, in words; None for verbs that give none."""
    if isinstance(verb, Change):
        per = f" per {verb.cap.stretch}" if verb.cap is not None else ""
        return f"{verb.block} {verb.line}{per}"
    if isinstance(verb, Fill):
        concern = next((passage.concerns for passage in contract.passages if passage.name == verb.passage), None)
        line = line_of(concern) if concern is not None else None
        return str(line) if line is not None else None
    return None
