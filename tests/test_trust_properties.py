"""Laws of trust: more kept promises never harm, promises count once, and slow judges agree with the quick ones.

The slow judges are written here: P(theta >= t) as the exact binomial sum P(Bin(n+1, t) <= r), repeats by comparing all
pairs, news minute by minute.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

from hypothesis import given, settings
from hypothesis import strategies as st

from sla2.trust.beta import _EXACT_UP_TO, below, quantile
from sla2.trust.combine import dimension_of, overall
from sla2.trust.news import judge_news
from sla2.trust.promises import Tally, standing
from sla2.trust.repeats import Incident, find_repeats
from sla2.trust.stream import Promise, Stream
from sla2.trust.surveys import Answer, item_result, latest

COUNTS = st.integers(0, 60)
TARGETS = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100)
CONFIDENCES = st.sampled_from([Fraction(6, 10), Fraction(8, 10), Fraction(9, 10), Fraction(95, 100)])


def exact(kept: int, broken: int, target: Fraction) -> Fraction:
    """P(theta >= target) for Beta(kept + 1, broken + 1)."""
    n, low, high = kept + broken + 1, target.numerator, target.denominator - target.numerator
    above = sum(comb(n, k) * low**k * high ** (n - k) for k in range(kept + 1, n + 1))
    return 1 - Fraction(above, target.denominator**n)


@given(COUNTS, COUNTS, TARGETS)
def test_the_beta_tail_is_the_binomial_sum(kept: int, broken: int, target: Fraction) -> None:
    found = standing(Tally(kept, broken), target).at_target
    assert found is not None and abs(Fraction(found) - exact(kept, broken, target)) < Fraction(1, 10**15)


@given(st.integers(_EXACT_UP_TO - 60, _EXACT_UP_TO + 60), st.integers(1, 400), st.integers(1, 99))
@settings(max_examples=6, deadline=None)
def test_large_counts_agree_with_the_exact_sum(kept: int, broken: int, percent: int) -> None:
    target = Fraction(percent, 100)
    found = below(Decimal(percent) / 100, kept + 1, broken + 1)
    assert abs(1 - Fraction(found) - exact(kept, broken, target)) < Fraction(1, 10**15)


@given(COUNTS, COUNTS, st.sampled_from(["0.05", "0.3", "0.95"]))
def test_a_quantile_is_where_the_distribution_reaches_it(kept: int, broken: int, share: str) -> None:
    x = quantile(Decimal(share), kept + 1, broken + 1)
    assert abs(below(x, kept + 1, broken + 1) - Decimal(share)) < Decimal("1e-11")


@given(COUNTS, COUNTS, TARGETS, CONFIDENCES)
def test_one_more_kept_promise_never_harms(kept: int, broken: int, target: Fraction, confidence: Fraction) -> None:
    before = standing(Tally(kept, broken), target, confidence)
    after = standing(Tally(kept + 1, broken), target, confidence)
    assert after.expected > before.expected
    assert after.low > before.low and after.high > before.high
    assert after.uncertainty < before.uncertainty
    if before.status == "demonstrated":
        assert after.status == "demonstrated"
    if after.status == "missed":
        assert before.status in ("missed", "no evidence")


@given(COUNTS, COUNTS, TARGETS, CONFIDENCES)
def test_one_more_broken_promise_never_helps(kept: int, broken: int, target: Fraction, confidence: Fraction) -> None:
    before = standing(Tally(kept, broken), target, confidence)
    after = standing(Tally(kept, broken + 1), target, confidence)
    assert after.expected < before.expected
    if before.status == "missed":
        assert after.status == "missed"
    if after.status == "demonstrated":
        assert before.status in ("demonstrated", "no evidence")


@given(COUNTS, COUNTS, TARGETS)
@settings(max_examples=30, deadline=None)
def test_the_number_that_would_decide_it_is_the_least(kept: int, broken: int, target: Fraction) -> None:
    found = standing(Tally(kept, broken), target)
    if found.more_kept is None:
        assert found.status in ("demonstrated", "missed") or exact(kept + 5000, broken, target) < Fraction(9, 10)
        return
    assert exact(kept + found.more_kept, broken, target) >= Fraction(9, 10)
    assert found.more_kept == 0 or exact(kept + found.more_kept - 1, broken, target) < Fraction(9, 10)


@given(COUNTS, COUNTS, TARGETS)
def test_a_cap_takes_the_demonstration_and_nothing_else(kept: int, broken: int, target: Fraction) -> None:
    plain, capped = standing(Tally(kept, broken), target), standing(Tally(kept, broken), target, capped=True)
    assert capped.more_kept is None and capped.status != "demonstrated"
    assert capped.status == plain.status or plain.status == "demonstrated"


TALLIES = st.builds(Tally, st.integers(0, 40), st.integers(0, 5))
STANDINGS = st.builds(standing, TALLIES, st.one_of(st.none(), TARGETS, st.just(Fraction(1))))
_RANK = {"red": 0, "cannot say": 1, "amber": 2, "green": 3}


@given(st.lists(STANDINGS, max_size=4), STANDINGS)
def test_a_further_class_never_makes_a_missed_dimension_better(found: list, extra) -> None:
    before, after = dimension_of("ability", found), dimension_of("ability", [*found, extra])
    if before.status == "missed" or extra.status == "missed":
        assert after.status == "missed"
    if overall([after]) == "green":
        assert overall([before]) in ("green", "cannot say", "amber")
        assert all(one.status in ("demonstrated", "no target", "kept so far") for one in (*found, extra))


PROMISES = st.lists(
    st.builds(
        Promise,
        st.integers(0, 99),
        st.sampled_from(["kept", "broken", "untested", "moved"]),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=30,
)


@given(PROMISES, st.integers(0, 100), st.integers(0, 100))
def test_every_decided_promise_counts_in_exactly_one_of_consecutive_periods(found: list, one: int, two: int) -> None:
    stream = Stream("promise", "b", "", "supplier", "integrity", None, Fraction(9, 10), None, tuple(found))
    first, second = sorted((one, two))
    parts = [stream.tally(0, first), stream.tally(first, second), stream.tally(second, 100)]
    assert sum(parts, Tally()) == stream.tally(0, 100)
    assert stream.tally(0, 100).n == sum(promise.fate in ("kept", "broken") for promise in found)


INCIDENTS = st.lists(
    st.tuples(st.sampled_from(["", "x", "y"]), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 15))),
    max_size=12,
)


@given(INCIDENTS, st.integers(1, 10), st.integers(30, 60))
def test_repeats_agree_with_comparing_all_pairs(rows: list, within: int, seen: int) -> None:
    incidents = [
        Incident(f"i{number}", (key,) if key else (), opened, None if length is None else opened + length)
        for number, (key, opened, length) in enumerate(rows)
    ]
    found = find_repeats(incidents, lambda resolved: resolved + within, seen)
    first_hand: list[Incident] = []
    for one in sorted(incidents, key=lambda incident: (incident.opened, incident.ref)):
        mine = [other for other in first_hand if other.key == one.key]
        if one.key and all(other.resolved is not None and other.resolved <= one.opened for other in mine):
            first_hand.append(one)
    fates = {}
    for one in first_hand:
        if one.resolved is None:
            continue
        returns = [
            other
            for other in first_hand
            if other.key == one.key and one.resolved < other.opened <= one.resolved + within
        ]
        fates[one.ref] = "broken" if returns else "kept" if one.resolved + within < seen else "pending"
    assert {promise.ref: promise.fate for promise in found.promises} == fates
    assert found.eligible == len(first_hand)
    assert found.unknown == sum(not incident.key for incident in incidents)


@given(
    st.integers(0, 20),
    st.integers(1, 120),
    st.lists(st.integers(0, 150), max_size=8),
    st.integers(1, 40),
    st.one_of(st.none(), st.integers(1, 40)),
)
def test_news_agree_with_watching_each_minute(
    opened: int, length: int, messages: list[int], first: int, then: int | None
) -> None:
    ended = opened + length
    found = judge_news(opened, ended, messages, first, then)
    fresh = total = 0
    broken_at = None
    for minute in range(opened, ended):
        last = max([at for at in messages if opened <= at <= minute], default=None)
        limit = first if last is None else then
        if limit is None:
            break
        total += 1
        age = minute - (opened if last is None else last)
        fresh += age < limit
        if age >= limit and broken_at is None:
            broken_at = minute
    assert (found.fate == "broken") == (broken_at is not None)
    if broken_at is not None:
        assert found.at == broken_at
    assert found.coverage == (Fraction(fresh, total) if total else None)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 10)), max_size=20), st.integers(1, 8), st.integers(1, 10))
def test_a_small_group_leaves_no_figure(given_answers: list, show_from: int, cut: int) -> None:
    answers = latest(
        Answer(f"r{who}", at, "q", Fraction(score), "customer") for at, (who, score) in enumerate(given_answers)
    )
    people = len({who for who, _ in given_answers})
    found = item_result("q", "customer", answers, 30, cut, show_from)
    if people < show_from:
        figures = (found.n, found.satisfied, found.mean, found.worst, found.best)
        assert figures == (0, 0, None, None, None) and not found.shown
    else:
        assert found.n == people
        assert found.worst is not None and found.best is not None and 0 <= found.worst <= found.best <= 1
