"""Verdicts and the statement: what was met, what is owed, which rights arose, and every step in between.

In: built by `from_measurements`. Out: read by `trust`, `report`, `remind`. Amounts are exact Decimals, rounded only in
the steps that say so; nothing is worded here (a `Step` carries values, `words` turns it into a line). Points, pools,
rights and exposure stand in `balance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from sla2.contract.credits import Credits
    from sla2.contract.level import Target
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Role
    from sla2.diagnostics import Span
    from sla2.measure.measurement import Measurement
    from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightState

Status = Literal["met", "missed", "undecided", "insufficient data", "not judged", "not in force"]
ZERO = Decimal(0)
StepKind = Literal[
    "measure",
    "used by a claim",
    "averaged",
    "ratchet",
    "rounding",
    "target",
    "small numbers",
    "tier",
    "each",
    "gives",
    "takes",
    "points",
    "base",
    "credit",
    "unit rounding",
    "cap",
    "pool",
    "combination",
    "maximum exposure",
    "pays if",
    "claim",
    "earn back",
    "repeat",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one level, unit and period.

    `reason` is a short key for the words ("no cases", "under 10 cases", "allowed misses", ""), `allowed_misses` the
    number a small-numbers rule let pass. `minimum` judges the `minimum:` line and `expected` the `expected:` line, if
    any. `other_reading` names the unstated rules (ids of `contract/readings`) whose other reading would flip this
    verdict. `steps` prove the status;
    `provisional` says what may still change it: "period running", "open cases". `units` holds the verdicts of the units
    where they are judged together: then `unit` is "" and `measurement` that of the worst unit that decides.
    `measurement` is what was compared: averaged with the previous period, less the time that an earlier claim used,
    held against a target that was raised, where the contract says so; `raw` is then what was measured (else None).
    `targets` holds both targets where an undecided earlier period leaves it open whether the target was raised.
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
    expected: Status | None = None
    raw: Measurement | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation: in, rule, out. `values` are named exact quantities as strings for machines."""

    kind: StepKind
    rule: Span | None
    values: tuple[tuple[str, str], ...]
    result: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What an amount would be under the other reading of a rule that `level` leaves unstated.

    `rule`: its id in `contract/readings`. `line`: the line that states the other reading. `amount`: least and most
    under it; None where there is no such amount then.
    """

    rule: str
    level: str
    line: str
    amount: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What one credits block owes for one unit and period.

    `amount` after all steps, with the undecided cases of this and earlier periods taken as they cost least;
    `low`/`high` bound it (a cap used up by an earlier period can make this period's amount the lower one).
    `steps` lead to `amount`, `steps_high` to the amount if they cost most, where that is another one (else empty).
    `claim_by`: last day (ISO) on which the customer may claim, None if no claim is needed; `claimed` None = not known.
    `provisional`: what it still depends on: "period running", "open cases", "earlier periods", "claim",
    "earn back", "choice", "raised target", "eligible". `block` is the block in force.
    `owed_by`: a bonus is owed by the customer, everything else by the supplier.
    `otherwise`: the amount under the other reading of each unstated rule that would change it.
    `base`: the sum that percentages are of, where the block has one. `due`/`due_high`: the amount before claims and
    earn-back, least and most. `cap_reached`: whether a cap per period or longer was used up ("possible" where that
    depends on undecided cases).
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
    owed_by: Role = "supplier"
    base: Fraction | None = None
    due: Decimal | None = None
    due_high: Decimal | None = None
    cap_reached: Literal["no", "possible", "yes"] = "no"
    otherwise: tuple[Otherwise, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """All that is owed over the reported periods, in one currency.

    `owed` is what the supplier owes; `total` is its sum; `low`/`high` bound the total, which a cap can make narrower
    than the sum of the bounds of its parts. What the customer owes stands in `bonuses` with sums of its own: the two
    are never netted here.
    """

    currency: str
    owed: tuple[Owed, ...]
    total: Decimal
    low: Decimal
    high: Decimal
    bonuses: tuple[Owed, ...] = ()
    bonus_total: Decimal = ZERO
    bonus_low: Decimal = ZERO
    bonus_high: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one run comes to.

    `verdicts` and `statement` are those of the reported periods, in order of period, level and unit; `history` and
    `ledger` hold every period that was measured and what was owed for it (bonuses too, see `Owed.owed_by`), the
    reported ones included. `points`, `pools` and `rights` are those of the reported periods; `exposures` those of the
    contract years that the reported periods touch; `opening` what was carried over from before the log.
    """

    verdicts: tuple[Verdict, ...]
    statement: Statement
    history: tuple[Verdict, ...]
    ledger: tuple[Owed, ...]
    points: tuple[PointsAccount, ...] = ()
    pools: tuple[PoolUse, ...] = ()
    rights: tuple[RightState, ...] = ()
    exposures: tuple[Exposed, ...] = ()
    opening: tuple[OpeningBalance, ...] = ()

    def of(self, level: str) -> tuple[Verdict, ...]:
        """The reported verdicts of one level."""
        return tuple(found for found in self.verdicts if found.level == level)
