"""Verdicts and the statement: what was met, what is owed, and every step in between.

In: built by `from_measurements`. Out: read by `trust`, `report`, `remind`. Amounts are exact Decimals, rounded only in
the steps that say so; nothing is worded here (a `Step` carries values, `words` turns it into a line).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from sla2.contract.credits import Credits
    from sla2.contract.period import JudgedPeriod
    from sla2.diagnostics import Span
    from sla2.measure.measurement import Measurement

Status = Literal["met", "missed", "undecided", "insufficient data", "not judged", "not in force"]
StepKind = Literal[
    "measure",
    "rounding",
    "target",
    "small numbers",
    "tier",
    "each",
    "base",
    "credit",
    "unit rounding",
    "cap",
    "combination",
    "pays if",
    "claim",
    "earn back",
    "repeat",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one level, unit and period.

    `reason` is a short key for the words ("no cases", "under 10 cases", "allowed misses", ""), `allowed_misses` the
    number a small-numbers rule let pass. `minimum` judges the `minimum:` line, if any. `other_reading` names the
    unstated rules (ids of `contract/readings`) whose other reading would flip this verdict. `steps` prove the status;
    `provisional` says what may still change it: "period running", "open cases". `units` holds the verdicts of the units
    where they are judged together: then `unit` is "" and `measurement` that of the worst unit that decides.
    """

    level: str
    unit: str
    period: JudgedPeriod
    status: Status
    measurement: Measurement
    reason: str = ""
    allowed_misses: int = 0
    minimum: Status | None = None
    other_reading: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    provisional: tuple[str, ...] = ()
    units: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation: in, rule, out. `values` are named exact quantities as strings for machines."""

    kind: StepKind
    rule: Span | None
    values: tuple[tuple[str, str], ...]
    result: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What one credits block owes for one unit and period.

    `amount` after all steps, with the undecided cases of this and earlier periods taken as they cost least;
    `low`/`high` bound it (a cap used up by an earlier period can make this period's amount the lower one).
    `steps` lead to `amount`, `steps_high` to the amount if they cost most, where that is another one (else empty).
    `claim_by`: last day (ISO) on which the customer may claim, None if no claim is needed; `claimed` None = not known.
    `provisional`: what it still depends on: "period running", "open cases", "earlier periods", "claim",
    "earn back", "choice". `block` is the credits block in force.
    """

    credits: str
    level: str
    unit: str
    period: JudgedPeriod
    currency: str
    amount: Decimal
    low: Decimal
    high: Decimal
    steps: tuple[Step, ...]
    share: Fraction | None = None
    claim_by: str | None = None
    claimed: bool | None = None
    provisional: tuple[str, ...] = ()
    steps_high: tuple[Step, ...] = ()
    block: Credits | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """All that is owed over the reported periods, in one currency.

    `total` is the sum of the amounts; `low`/`high` bound the total, which a cap can make narrower than the sum of the
    bounds of its parts.
    """

    currency: str
    owed: tuple[Owed, ...]
    total: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one run comes to.

    `verdicts` and `statement` are those of the reported periods, in order of period, level and unit; `history` and
    `ledger` hold every period that was measured and what was owed for it, the reported ones included.
    """

    verdicts: tuple[Verdict, ...]
    statement: Statement
    history: tuple[Verdict, ...]
    ledger: tuple[Owed, ...]

    def of(self, level: str) -> tuple[Verdict, ...]:
        """The reported verdicts of one level."""
        return tuple(found for found in self.verdicts if found.level == level)
