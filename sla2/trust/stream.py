"""One engine for every kind of trust: a stream of promises, each kept, broken, pending, untested or moved.

In: the finders (`repeats`, `news`, `ledger`, `passages_kept`, `streams`) build streams. Out: `from_verdicts` tallies a
stream over the period and over the trailing year. A stream scores customer and supplier by one rule.

Rules: a promise counts in the period in which it was due or its fate became known (`at`), so that it counts in one
period only. A pending one counts in every period that ends after it was made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.trust.promises import Tally

if TYPE_CHECKING:
    from fractions import Fraction

    from sla2.diagnostics import Span

Fate = Literal["kept", "broken", "pending", "untested", "moved"]
Side = Literal["supplier", "customer"]
Dimension = Literal["ability", "integrity", "benevolence"]
Kind = Literal[
    "reliability",
    "zero repeat",
    "updates",
    "promise",
    "obligation",
    "open passages",
    "review",
    "actions",
    "survey",
]


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a stream: the instant at which it was due or its fate became known, and the evidence.

    `ref` names the evidence (ticket, ledger row, passage); `detail` is a language-neutral figure for the reader
    (minutes of silence, days late), "" if none. `made` is the instant from which a pending promise binds.
    """

    at: int
    fate: Fate
    ref: str
    detail: str = ""
    made: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    """All promises of one class and side under one clause of the contract.

    `block` and `span` are the clause; `target` the share that must be kept (None: the contract states none; one: every
    single promise). `notes` are language-neutral keys with a value ("unknown cause", "312") that the report words.
    `counted` holds promises that are counted per period instead of listed (cases of a level): the period's last
    instant and tally. `capped`: too much of the evidence is unknown, so nothing may be called demonstrated.
    """

    kind: Kind
    block: str
    title: str
    side: Side
    dimension: Dimension
    target: Fraction | None
    confidence: Fraction
    span: Span | None
    promises: tuple[Promise, ...]
    notes: tuple[tuple[str, str], ...] = ()
    capped: bool = False
    counted: tuple[tuple[int, Tally], ...] = ()

    def tally(self, start: int, end: int) -> Tally:
        """Promises whose fate falls in [start, end), by fate; and those made before `end` that are still pending."""
        counts = Counter(found.fate for found in self.promises if _inside(found, start, end))
        listed = Tally(counts["kept"], counts["broken"], counts["pending"], counts["untested"], counts["moved"])
        return sum((tally for at, tally in self.counted if start <= at < end), listed)

    def broken(self, start: int, end: int) -> tuple[Promise, ...]:
        """The broken promises in [start, end), in order of time."""
        found = (p for p in self.promises if p.fate == "broken" and start <= p.at < end)
        return tuple(sorted(found, key=lambda promise: (promise.at, promise.ref)))


def _inside(promise: Promise, start: int, end: int) -> bool:
    return promise.made < end if promise.fate == "pending" else start <= promise.at < end
