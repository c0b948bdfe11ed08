"""The running amount of one credits block for one unit and period, on its way through the order of operations.

In: made by `gross`. Out: each later step returns a new line with the amount after it and one more `Step` of proof.
It holds values only; the steps are functions in `gross`, `limits`, `claim` and `earn_back`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.settle.judge import step

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.diagnostics import Span
    from sla2.settle.verdict import Step, StepKind, Verdict

Side = Literal["least", "most"]
"""Which outcome of the undecided cases is reckoned: the one that costs least, or the one that costs most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is credited: `of` "" for the period as a whole, else an outage or "case"; `count` such things."""

    of: str
    amount: Fraction
    count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` so far, in the currency of the contract, exact; `base` of the period where the block has one.

    `contract` is the contract in force at the start of the period. `parts` is what the amount was made of, for caps
    per outage and per case. `claim_by`, `claimed`, `provisional` as in `Owed`. `unrounded` is the amount before it was
    rounded to what can be paid, None where rounding changed nothing or a later step set the amount. `due` is the amount
    before the claim and the earn-back; `cap_reached`: a cap per period or longer is used up.
    """

    block: Credits
    contract: Contract
    verdict: Verdict
    amount: Fraction
    share: Fraction | None
    base: Fraction | None
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    claim_by: str | None = None
    claimed: bool | None = None
    provisional: tuple[str, ...] = ()
    unrounded: Fraction | None = None
    due: Fraction | None = None
    cap_reached: bool = False

    @property
    def currency(self) -> str:
        """The currency of the contract."""
        return self.contract.currency or ""

    def after(self, kind: StepKind, rule: Span | None, to: Fraction, **values: object) -> Line:
        """The line after one step, which is appended to the proof; `to` is the amount after it."""
        done = step(kind, rule, plain(to), **{name: _shown(value) for name, value in values.items()})
        return replace(self, amount=to, steps=(*self.steps, done), unrounded=None)

    def depending(self, on: str) -> Line:
        """The line with one more thing that it still depends on."""
        return self if on in self.provisional else replace(self, provisional=(*self.provisional, on))


def _shown(value: object) -> object:
    return plain(value) if isinstance(value, Fraction) else value


def plain(value: Fraction) -> str:
    """An exact number as text: a plain decimal where it has one, else numerator/denominator."""
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return str(value)
    digits = max(twos, fives)
    scaled = abs(value.numerator) * 10**digits // value.denominator
    text = str(scaled).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)
