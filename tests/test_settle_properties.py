"""Laws of money and verdicts, on random terms and counts: monotone, capped, bounded, independent of order."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sla2.contract.credits import Cap, Each, PaysIf, Repeat
from sla2.contract.quantity import Money
from sla2.settle.from_measurements import settle
from sla2.settle.rounding import down, half_up
from tests.settle_support import (
    at,
    contract,
    credit,
    fee,
    level,
    measured,
    month,
    of_cases,
    percent,
    share_target,
    tier,
)

START, END = date(2026, 1, 1), date(2027, 1, 1)
counts = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 6))
shares = st.integers(1, 99)


@st.composite
def blocks(draw):
    """A credits block with falling tiers or an amount per missed case, and caps."""
    low, high = sorted(draw(st.lists(shares, min_size=2, max_size=2, unique=True)))
    caps = [Cap(span=at(40), percent_of_base=percent(str(draw(st.integers(1, 40)))), per="period")]
    if draw(st.booleans()):
        amount = Money(currency="EUR", amount=Decimal(draw(st.integers(1, 3000))))
        caps.append(Cap(span=at(41), money=amount, per=draw(st.sampled_from(["contract year", "calendar year"]))))
    changes: dict[str, object] = {"caps": tuple(caps)}
    if draw(st.booleans()):
        changes["tiers"] = (tier(str(low), str(high), "7"), tier(None, str(low), "13"))
    else:
        price = Money(currency="EUR", amount=Decimal(draw(st.integers(1, 500))))
        changes["each"] = (Each(span=at(42), of="missed case", gives_money=price),)
    if draw(st.booleans()):
        changes["repeat"] = Repeat(span=at(43), factor=Decimal(2))
    if draw(st.booleans()):
        least = Money(currency="EUR", amount=Decimal(draw(st.integers(1, 300))))
        changes["pays_if"] = PaysIf(span=at(44), money=least, strict=draw(st.booleans()))
    return credit(**changes)


def settled(block, months, target="90"):
    terms = level(target=share_target(target))
    signed = contract(credits=(block,), levels=(terms,), fees=(fee("9999.97"),))
    found = [
        of_cases(terms, month(2026, number), met, missed, undecided=undecided)
        for number, (met, missed, undecided) in enumerate(months, start=1)
    ]
    settlement, findings = settle(measured(signed, *found), start=START, end=END)
    assert findings == ()
    return settlement


@given(blocks(), st.lists(counts, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_amounts_lie_between_their_bounds_and_under_their_caps(block, months):
    settlement = settled(block, months)
    statement = settlement.statement
    for owed in statement.owed:
        assert Decimal(0) <= owed.low <= owed.amount <= owed.high
        for cap in block.caps:
            if cap.per == "period":
                assert Fraction(owed.high) <= cap.percent_of_base.ratio * Fraction("9999.97")
    for cap in block.caps:
        if cap.money is not None:
            assert statement.high <= cap.money.amount
    assert statement.low <= statement.total <= statement.high
    assert statement.total == sum((owed.amount for owed in statement.owed), Decimal(0))


@given(blocks(), st.integers(1, 40), st.integers(0, 39))
@settings(max_examples=60, deadline=None)
def test_one_more_miss_never_costs_less(block, number, missed):
    missed = min(missed, number - 1)
    fewer = settled(block, [(number - missed, missed, 0)]).statement.total
    more = settled(block, [(number - missed - 1, missed + 1, 0)]).statement.total
    assert more >= fewer


@given(blocks(), st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_undecided_cases_bound_every_way_they_can_turn_out(block, met, missed, undecided):
    bounds = settled(block, [(met, missed, undecided)])
    ways = [settled(block, [(met + undecided - late, missed + late, 0)]) for late in range(undecided + 1)]
    totals = [way.statement.total for way in ways]
    assert bounds.statement.low == min(totals)
    assert bounds.statement.high == max(totals)
    statuses = {way.verdicts[0].status for way in ways}
    assert bounds.verdicts[0].status == (statuses.pop() if len(statuses) == 1 else "undecided")


@given(blocks(), st.lists(counts, min_size=2, max_size=4), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_measurements_does_not_matter(block, months, random):
    terms = level()
    signed = contract(credits=(block,), levels=(terms,))
    found = [
        of_cases(terms, month(2026, number), met, missed, undecided=undecided)
        for number, (met, missed, undecided) in enumerate(months, start=1)
    ]
    shuffled = list(found)
    random.shuffle(shuffled)
    one, _ = settle(measured(signed, *found), start=START, end=END)
    other, _ = settle(measured(signed, *shuffled), start=START, end=END)
    assert one == other


@given(st.fractions(), st.sampled_from([Fraction(1, 100), Fraction(1), Fraction(5, 100)]))
@settings(max_examples=200, deadline=None)
def test_rounding_is_the_nearest_step_and_ties_go_away_from_zero(value, step):
    near = half_up(value, step)
    assert (near / step).denominator == 1
    assert abs(near - value) <= step / 2
    if abs(near - value) == step / 2:
        assert abs(near) >= abs(value)
    assert down(value, step) <= value < down(value, step) + step
