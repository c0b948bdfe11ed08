"""`rounding: … for display only` rounds what the report shows, and nothing that is compared."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import every
import pytest

from sla2.contract.level import BoundTarget, Level, Rounding
from sla2.contract.quantity import Number, Percent
from sla2.diagnostics import Span
from sla2.report.shown import for_display

NOWHERE = Span("c.sla", 0, 0, 1, 1, 1, 1)


def level(step: Percent | Number | None, **bound: object) -> Level:
    target = BoundTarget(span=NOWHERE, comparison="at least", **bound)
    rounding = Rounding(span=NOWHERE, step=None, display_step=step)
    some = every.every().levels[0]
    return some.model_copy(update={"target": target, "rounding": rounding, "measure": "availability"})


@pytest.mark.parametrize(
    ("found", "step", "shown"),
    [
        ("0.998765", "0.01", "0.9988"),
        ("0.998765", "0.1", "0.999"),
        # exactly on the target stays exactly on it
        ("0.995", "0.1", "0.995"),
        # 99.496% would read as 99.50%, which is the target that it misses
        ("0.99496", "0.01", None),
        # 99.54% would read as 99.5%: met all the same, but it lies above
        ("0.9954", "0.1", None),
    ],
)
def test_a_share_is_rounded_unless_that_hides_on_which_side_it_lies(found: str, step: str, shown: str | None) -> None:
    terms = level(Percent(value=Decimal(step)), percent=Percent(value=Decimal("99.5")))
    assert for_display(Fraction(found), terms) == (None if shown is None else Fraction(shown))


def test_a_number_is_rounded_to_the_step() -> None:
    terms = level(Number(value=Decimal("0.05")), number=Decimal("7"))
    assert for_display(Fraction("7.4321"), terms) == Fraction("7.45")


def test_without_a_step_nothing_is_rounded() -> None:
    assert for_display(Fraction("0.998765"), level(None, percent=Percent(value=Decimal("99.5")))) is None
