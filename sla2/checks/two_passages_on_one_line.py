"""What it checks
    No two open passages hold the same line of the contract open.

Why it matters
    Each passage has its own interim rule, options and fallback. With two on one line nobody can say which applies.

Example
    open passage peak "Peak"
      concerns: response-p2 target
    end
    open passage monday "Monday"
      concerns: response-p2 target
    end

Write instead
    Give the cases that need their own rule their own level, and a passage on the target of that level.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sla2.checks.terms import closed, verbs
from sla2.contract.passage import Add, Reopen
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA331", "two-passages-on-one-line", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pair of passages that may be open on the same line at the same time."""
    later = {verb.passage if isinstance(verb, Reopen) else verb.block for verb in _opening(contract)}
    for first, second in combinations(contract.passages, 2):
        if _line(first) is None or _line(first) != _line(second):
            continue
        in_turn = (second.name in later and closed(contract, first)) or (
            first.name in later and closed(contract, second)
        )
        if not in_turn:
            yield CODE.at(
                second.span,
                f'"{first.name}" and "{second.name}" both hold {_words(second)} open.',
                help="Keep one of the two, or give the cases that need their own rule a level of their own.",
                related=(Related(first.span, f'the passage "{first.name}"'),),
            )


def _opening(contract: Contract) -> Iterator[Add | Reopen]:
    return (verb for _, verb in verbs(contract) if isinstance(verb, Add | Reopen))


def _line(passage: Passage) -> tuple[str, str | None, str | None] | None:
    concern = passage.concerns
    return None if concern is None or concern.block is None else (concern.block, concern.line, concern.per)


def _words(passage: Passage) -> str:
    block, line, per = _line(passage) or ("", None, None)
    return f'{line or "the tiers"}{f" per {per}" if per else ""} of "{block}"'
