"""Laws of settling on random months: caps of every span, joint caps, pools, exposure, points, rights, order of rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sla2.contract.credits import Cap, Each, Pool, PoolShare, Repeat, ServicePoints, Takes
from sla2.contract.level import Ratchet
from sla2.contract.quantity import Duration, Money
from sla2.contract.rights import MissesInARow, MissesTimes, Termination
from sla2.contract.surroundings import Exposure
from sla2.settle.from_measurements import settle
from sla2.settle.spans import days_of
from tests.settle_support import (
    at,
    at_least,
    availability,
    base,
    contract,
    credit,
    fee,
    measured,
    month,
    of_value,
    tier,
)
from tests.settle_support import percent as percentage

START, END = date(2026, 1, 1), date(2029, 1, 1)
FEE = "9999.97"
values = st.lists(st.integers(9000, 10000), min_size=1, max_size=16)
spans = st.sampled_from(["period", "contract year", "calendar year", "12 months rolling", "rolling"])


def money(amount: int) -> Money:
    return Money(currency="EUR", amount=Decimal(amount))


def cap(per: str, amount: int, *together: str) -> Cap:
    rolling = Duration(value=Decimal(90), unit="day") if per == "rolling" else None
    return Cap(span=at(40), money=money(amount), per=per, rolling=rolling, together_with=together)


def block(name: str, level: str, *caps: Cap, gives: str = "37", **more: object):
    return credit(
        name=name, level=level, base=base("hosting"), caps=caps, tiers=(tier(None, "99.8", gives),), **more
    )  # fmt: skip


def months(terms, found):
    return [of_value(terms, month(2026 + (n - 1) // 12, (n - 1) % 12 + 1), Fraction(v, 10000))
            for n, v in enumerate(found, start=1)]  # fmt: skip


def run(blocks, levels, *series, **more):
    signed = contract(credits=blocks, levels=levels, fees=(fee(FEE),), **more)
    found = [one for terms, row in zip(levels, series, strict=True) for one in months(terms, row)]
    settlement, findings = settle(measured(signed, *found), start=START, end=END)
    assert findings == ()
    return settlement


def within(owed, per: str):
    """The groups of amounts that one cap holds together, worked out from the calendar alone."""
    lasts = sorted({one.period.last for one in owed})
    for last in lasts:
        if per == "period":
            inside = [one for one in owed if one.period.last == last]
        elif per in ("contract year", "calendar year"):
            inside = [one for one in owed if one.period.last.year == last.year]
        else:
            days = 90 if per == "rolling" else 365
            inside = [one for one in owed if 0 <= (last - one.period.last).days < days]
        yield inside


@given(spans, st.integers(1, 9000), values, values)
@settings(max_examples=60, deadline=None)
def test_a_joint_cap_is_never_exceeded_by_all_blocks_together(per, amount, first, second):
    one, two = availability(), availability(name="other", target=at_least("99.8"))
    blocks = (block("a", "avail", cap(per, amount, "b")), block("b", "other"))
    settlement = run(blocks, (one, two), first, second)
    for group in within(settlement.statement.owed, per):
        assert sum(owed.high for owed in group) <= amount


@given(spans, st.integers(1, 9000), values)
@settings(max_examples=40, deadline=None)
def test_a_cap_pays_all_that_fits_into_it(per, amount, found):
    """Without the cap nothing less is paid; the first period that is cut is the first that would exceed it."""
    free = run((block("a", "avail"),), (availability(),), found).statement.owed
    held = run((block("a", "avail", cap(per, amount)),), (availability(),), found).statement.owed
    for before, after in zip(free, held, strict=True):
        assert after.amount <= before.amount
    first = next((n for n, (b, a) in enumerate(zip(free, held, strict=True)) if a.amount < b.amount), None)
    if first is not None:
        groups = list(within(free[: first + 1], per))
        assert sum(owed.amount for owed in groups[-1]) > amount


@given(st.integers(1, 20000), st.integers(0, 20000), values)
@settings(max_examples=40, deadline=None)
def test_the_maximum_exposure_holds_for_each_side_and_year(supplier, customer, found):
    exposures = (
        Exposure(span=at(9), side="supplier", amount=money(supplier)),
        Exposure(span=at(9), side="customer", amount=money(customer)),
    )
    reward = credit(
        name="b", level="avail", base=base("hosting"), bonus=True, tiers=(tier("99.9", None, "12"),),
    )  # fmt: skip
    settlement = run((block("a", "avail"),), (availability(),), found, exposures=exposures, bonuses=(reward,))
    statement = settlement.statement
    for group in within(statement.owed, "contract year"):
        assert sum(owed.amount for owed in group) <= supplier
    for group in within(statement.bonuses, "contract year"):
        assert sum(owed.amount for owed in group) <= customer
    for exposed in settlement.exposures:
        assert exposed.left is not None and exposed.left + exposed.owed == exposed.limit
    assert statement.total == sum((owed.amount for owed in statement.owed), Decimal(0))
    assert all(owed.owed_by == "customer" for owed in statement.bonuses)


@given(st.integers(1, 100), st.integers(1, 100), values, values)
@settings(max_examples=40, deadline=None)
def test_a_pool_never_pays_more_than_its_size(first_share, second_share, first, second):
    shares = tuple(PoolShare(span=at(50), name=n, percent=percentage("100")) for n in ("x", "y"))
    pool = Pool(span=at(49), name="risk", title="Risk", size=percentage("10"), base=base("hosting"), shares=shares)
    blocks = tuple(
        credit(
            name=n, level=level, base=None,
            takes=Takes(span=at(51), share=percentage(str(share)), of=part, pool="risk"),
        )
        for n, level, share, part in (("a", "avail", first_share, "x"), ("b", "other", second_share, "y"))
    )  # fmt: skip
    levels = (availability(), availability(name="other"))
    settlement = run(blocks, levels, first, second, pools=(pool,))
    for use in settlement.pools:
        paid = sum((one.amount for one in settlement.statement.owed if one.period == use.period), Decimal(0))
        assert paid == use.paid <= use.size
        assert use.paid + use.left == use.size


@given(values, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_points_are_the_periods_own_and_never_compound(found, factor):
    points = ServicePoints(
        span=at(60), name="kpi", title="Points", level="avail", missed=Decimal(3),
        repeat=Repeat(span=at(61), factor=Decimal(factor)),
    )  # fmt: skip
    settlement = run((), (availability(),), found, points=(points,))
    before = False
    for account, verdict in zip(settlement.points, settlement.verdicts, strict=True):
        missed = verdict.status == "missed"
        assert account.low == account.high == (0 if not missed else 3 * factor if before else 3)
        before = missed


@given(values)
@settings(max_examples=40, deadline=None)
def test_rights_over_verdicts_are_what_a_count_by_hand_gives(found):
    triggers = (
        MissesTimes(span=at(70), level="avail", bar="target", times=3, periods=6),
        MissesInARow(span=at(71), level=None, bar="target", periods=2),
    )
    right = Termination(span=at(69), name="exit", title="Exit", right_of="customer", triggers=triggers)
    settlement = run((), (availability(),), found, terminations=(right,))
    missed = [value < 9980 for value in found]
    expected = set()
    for n, now in enumerate(missed):
        label = month(2026 + n // 12, n % 12 + 1).label
        if now and sum(missed[max(n - 5, 0) : n + 1]) >= 3:
            expected.add((label, "misses times"))
        if now and n and missed[n - 1]:
            expected.add((label, "misses in a row"))
    assert {(one.period.label, one.trigger.kind) for one in settlement.rights} == expected
    assert all(one.status == "arisen" for one in settlement.rights)


@given(st.lists(st.integers(9970, 10000), min_size=1, max_size=16), st.integers(2, 5))
@settings(max_examples=40, deadline=None)
def test_a_ratchet_is_what_a_loop_by_hand_gives(found, periods):
    terms = availability(ratchet=Ratchet(span=at(72), periods=periods))
    settlement = run((), (terms,), found)
    bar, row = Fraction(998, 1000), []
    for value, verdict in zip((Fraction(v, 10000) for v in found), settlement.verdicts, strict=True):
        assert verdict.status == ("met" if value >= bar else "missed")
        row = [*row, value] if value > bar else []
        if len(row) == periods:
            bar, row = (bar + sum(row) / periods) / 2, []


@given(st.lists(st.integers(9000, 10000), min_size=2, max_size=8), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_changes_nothing(found, random):
    terms = availability(averaged_with_previous=True, ratchet=Ratchet(span=at(72), periods=2))
    points = ServicePoints(span=at(60), name="kpi", title="Points", level="avail", missed=Decimal(3))
    each = credit(
        name="p", level="", points="kpi", each=(Each(span=at(62), of="point", gives_percent=percentage("1")),)
    )
    signed = contract(credits=(block("a", "avail", cap("rolling", 5000)), each), levels=(terms,), points=(points,))
    rows = months(terms, found)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert settle(measured(signed, *rows), start=START, end=END) == settle(
        measured(signed, *shuffled), start=START, end=END
    )


@given(values, st.integers(0, 15), st.integers(1, 500))
@settings(max_examples=40, deadline=None)
def test_more_downtime_never_lowers_what_is_owed(found, place, less):
    place = place % len(found)
    worse = [value - less if n == place else value for n, value in enumerate(found)]
    blocks = (
        credit(
            name="a", level="avail", base=base("hosting"), caps=(cap("period", 4000),),
            each=(Each(span=at(63), of="below target", step_percent=percentage("1"), gives_percent=percentage("5")),),
        ),
    )  # fmt: skip
    before, after = (run(blocks, (availability(),), row).statement.total for row in (found, worse))
    assert after >= before


@given(st.integers(9000, 9979), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_a_quarter_costs_what_its_months_cost(value, quarters):
    """A credit that is a fixed percentage of the fee is the same for three like months as for their quarter."""
    terms, whole = availability(), availability()
    by_month = run((block("a", "avail", gives="30"),), (terms,), [value] * 3 * quarters).statement.total
    signed = contract(credits=(block("a", "avail", gives="30"),), levels=(whole,), fees=(fee(FEE),))
    rows = [of_value(whole, month(2026, 3 * n + 1, months=3), Fraction(value, 10000)) for n in range(quarters)]
    by_quarter, _ = settle(measured(signed, *rows), start=START, end=END)
    assert abs(by_month - by_quarter.statement.total) <= Decimal("0.02") * quarters
    assert all(days_of(one.period).months == 3 for one in by_quarter.statement.owed)
