"""The formulas of trust against figures worked out elsewhere.

Figures: Beta quantiles and tails from tables of R's qbeta/pbeta (Jøsang & Ismail's rule with r kept and s broken);
the repeat, news, perception and survey cases are worked by hand in the comments.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from sla2.contract.relations import Impact, ImpactFloor
from sla2.diagnostics import Span
from sla2.trust.beta import below, quantile
from sla2.trust.combine import compare, dimension_of, overall
from sla2.trust.news import judge_news
from sla2.trust.perception import Felt, expected_priority, perceive
from sla2.trust.promises import Standing, Tally, standing
from sla2.trust.repeats import Incident, find_repeats
from sla2.trust.surveys import Answer, item_result, latest

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
HERE = Span.of_line("x.sla", 1)


def test_a_flat_prior_is_a_straight_line():
    assert below(Decimal("0.3"), 1, 1) == Decimal("0.3")
    assert abs(quantile(Decimal("0.05"), 1, 1) - Decimal("0.05")) < Decimal("1e-12")


def test_beta_tail_by_hand():
    # Beta(2, 1) has the distribution function x^2, Beta(1, 3) has 1 - (1-x)^3.
    assert abs(below(Decimal("0.7"), 2, 1) - Decimal("0.49")) < Decimal("1e-18")
    assert abs(below(Decimal("0.2"), 1, 3) - Decimal("0.488")) < Decimal("1e-18")


def test_47_kept_3_broken_against_90_percent():
    found = standing(Tally(47, 3), Fraction(9, 10))
    assert found.expected == Fraction(48, 52)
    assert found.low == pytest.approx(Decimal("0.854925"), abs=Decimal("1e-6"))
    assert found.high == pytest.approx(Decimal("0.972766"), abs=Decimal("1e-6"))
    assert (found.belief, found.disbelief, found.uncertainty) == (Fraction(47, 52), Fraction(3, 52), Fraction(2, 52))
    assert found.at_target == pytest.approx(Decimal("0.763563"), abs=Decimal("1e-6"))
    assert found.status == "unproven, on target so far"


def test_44_of_44_is_the_first_clean_record_that_shows_95_percent():
    # P(theta >= 0.95) after n of n is 1 - 0.95^(n+1): 0.8959 at 43, 0.9006 at 44... worked with a pocket calculator.
    assert standing(Tally(43, 0), Fraction(95, 100)).status == "unproven, on target so far"
    assert standing(Tally(44, 0), Fraction(95, 100)).status == "demonstrated"
    assert standing(Tally(10, 0), Fraction(95, 100)).more_kept == 34
    assert standing(Tally(0, 0), Fraction(95, 100)).more_kept == 44


def test_statuses_that_say_what_is_not_known():
    assert standing(Tally(), Fraction(9, 10)).status == "no evidence"
    assert standing(Tally(5, 5), None).status == "no target"
    assert standing(Tally(1, 9), Fraction(9, 10)).status == "missed"
    # Beta(4, 2) above 0.8: 1 - (5 x 0.8^4 x 0.2 + 0.8^5) = 0.26
    assert standing(Tally(3, 1), Fraction(8, 10)).status == "unproven, below target so far"


def test_large_counts_stay_exact_enough():
    # qbeta(c(.05,.95), 18001, 5001) in R: 0.7780967, 0.7870436
    found = standing(Tally(18000, 5000), Fraction(8, 10))
    assert found.low == pytest.approx(Decimal("0.7780967"), abs=Decimal("1e-7"))
    assert found.high == pytest.approx(Decimal("0.7870436"), abs=Decimal("1e-7"))
    assert found.status == "missed"


def test_a_broken_rhythm_is_known_when_the_silence_grows_too_long():
    # news at 10 and 50 minutes; 30 minutes after the first one, at 40, the rhythm is broken; it stays broken
    found = judge_news(0, 90 * MINUTE, [10 * MINUTE, 50 * MINUTE], 30 * MINUTE, 30 * MINUTE)
    assert (found.fate, found.at) == ("broken", 40 * MINUTE)
    assert judge_news(0, 90 * MINUTE, [10 * MINUTE], 30 * MINUTE, None).fate == "kept"


def at(text: str) -> int:
    return (
        round((datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(0, 1))
        * 1_000_000
    )


def test_zero_repeat_counts_the_thirtieth_day_and_not_the_minute_after():
    rows = [
        ("I1", "erp", "disk-full", "2024-01-03T09:00", "2024-01-03T11:00"),
        ("I2", "erp", "disk-full", "2024-02-02T11:00", "2024-02-02T12:00"),  # 30 days to the minute after I1
        ("I3", "erp", "disk-full", "2024-03-03T12:01", "2024-03-03T13:00"),  # one minute beyond 30 days after I2
        ("I4", "net", "disk-full", "2024-02-03T09:00", "2024-02-03T10:00"),  # another service
        ("I5", "net", "switch", "2024-02-10T09:00", "2024-02-10T15:00"),
        ("I6", "net", "switch", "2024-02-10T10:00", "2024-02-10T15:00"),  # I5 still open: duplicate
        ("I7", "net", "", "2024-02-11T09:00", "2024-02-11T10:00"),  # cause unknown
        ("I8", "net", "switch", "2024-02-20T09:00", "2024-02-20T10:00"),  # ten days after I5
    ]
    incidents = [Incident(r, (s, c) if c else (), at(o), at(e)) for r, s, c, o, e in rows]
    found = find_repeats(incidents, lambda resolved: resolved + 30 * DAY, at("2024-03-10T00:00"))
    fates = {p.ref: p.fate for p in found.promises}
    assert found.repeats == ("I2", "I8")
    assert found.duplicates == ("I6",)
    assert (found.eligible, found.unknown) == (6, 1)
    assert found.share == Fraction(2, 6)
    assert fates == {"I1": "broken", "I2": "kept", "I4": "kept", "I5": "broken", "I8": "pending", "I3": "pending"}


def test_news_gaps_of_a_four_hour_incident():
    # gaps 25 25 60 30 30 30 40 of 240 minutes; at most 30 each counts: 25+25+30+30+30+30+30 = 200 of 240
    found = judge_news(0, 240 * MINUTE, [m * MINUTE for m in (25, 50, 110, 140, 170, 200)], 30 * MINUTE, 30 * MINUTE)
    assert [gap // MINUTE for gap in found.gaps] == [25, 25, 60, 30, 30, 30, 40]
    assert found.coverage == Fraction(200, 240)
    assert found.longest_silence == 60 * MINUTE
    assert found.fate == "broken"


def test_a_burst_of_messages_buys_nothing():
    # six messages in the first six minutes of 240, rhythm 30: 1x6 + 30 fresh of 240 = 36/240 = 0.15
    found = judge_news(0, 240 * MINUTE, [m * MINUTE for m in range(1, 7)], 30 * MINUTE, 30 * MINUTE)
    assert found.coverage == Fraction(36, 240)
    assert found.fate == "broken"


def test_a_short_incident_tests_nothing_and_a_running_one_is_pending():
    assert judge_news(0, 20 * MINUTE, [], 30 * MINUTE, 30 * MINUTE).fate == "untested"
    assert judge_news(0, 30 * MINUTE, [5 * MINUTE], 30 * MINUTE, 30 * MINUTE).fate == "untested"
    assert judge_news(0, 31 * MINUTE, [5 * MINUTE], 30 * MINUTE, 30 * MINUTE).fate == "kept"
    assert (
        judge_news(0, 50 * MINUTE, [10 * MINUTE, 30 * MINUTE], 30 * MINUTE, 30 * MINUTE, still_open=True).fate
        == "pending"
    )


IMPACT = Impact(
    span=HERE,
    name="i",
    title="i",
    floors=tuple(
        ImpactFloor(span=HERE, number=n, below=b, priority=p)
        for n, b, p in ((100, False, "P1"), (25, False, "P2"), (5, False, "P3"), (5, True, "P4"))
    ),
)


@pytest.mark.parametrize(
    ("users", "priority"), [(250, "P1"), (100, "P1"), (99, "P2"), (25, "P2"), (5, "P3"), (4, "P4")]
)
def test_floors_are_inclusive(users: int, priority: str):
    assert expected_priority(IMPACT, users) == priority


def test_250_people_behind_one_low_priority_call():
    # A: 250 users, P4 for P1, 8 h, target P1 4 h: missed as felt. B: 50 users, P3 for P2, 6 h, target P2 8 h: met.
    # C: 1 user, P4 for P4. Weighted gap (250x3 + 50x1) / 301; user hours 250x8 + 50x6 = 2300.
    rows = [
        Felt("A", 250, 4, 1, 8 * HOUR, True, False),
        Felt("B", 50, 3, 2, 6 * HOUR, True, True),
        Felt("C", 1, 4, 4, 10 * HOUR, True, True),
    ]
    found = perceive(rows, without_users=0)
    assert found.under_share == Fraction(2, 3)
    assert found.weighted_gap == Fraction(800, 301)
    assert (found.as_logged, found.as_felt) == (1, Fraction(2, 3))
    assert found.hidden_user_time == 2300 * HOUR
    assert found.rows[0].ref == "A"


def test_silence_is_bounded_and_small_groups_are_not_shown():
    answers = [Answer(f"r{i}", i, "trust", Fraction(8 if i < 7 else 3), "customer") for i in range(8)]
    found = item_result("trust", "customer", latest(answers), 20, 7, 5)
    assert (found.n, found.satisfied) == (8, 7)
    assert (found.worst, found.best) == (Fraction(7, 20), Fraction(19, 20))
    hidden = item_result("trust", "customer", latest(answers[:4]), 20, 7, 5)
    assert (hidden.shown, hidden.n, hidden.satisfied, hidden.mean, hidden.answered) == (False, 0, 0, None, True)


def test_only_the_latest_answer_counts():
    answers = [Answer("r1", 1, "trust", Fraction(2), "customer"), Answer("r1", 9, "trust", Fraction(9), "customer")]
    assert [a.score for a in latest(answers)] == [9]


SHOWN = standing(Tally(30, 0), Fraction(8, 10))
OPEN = standing(Tally(3, 0), Fraction(8, 10))
MISSED = standing(Tally(1, 9), Fraction(8, 10))
NOTHING = standing(Tally(), Fraction(8, 10))
CLEAN_DUTY = standing(Tally(3, 0), None)
BROKEN_DUTY = standing(Tally(2, 1), None)
MONTHS_KEPT = standing(Tally(3, 0), Fraction(1))


@pytest.mark.parametrize(
    ("standings", "status", "without"),
    [
        ([SHOWN, SHOWN], "demonstrated", 0),
        ([SHOWN, OPEN], "unproven, on target so far", 0),
        ([SHOWN, OPEN, MISSED, NOTHING], "missed", 1),
        ([SHOWN, NOTHING], "demonstrated", 1),
        ([NOTHING], "no evidence", 1),
        ([], "no evidence", 0),
        ([SHOWN, CLEAN_DUTY, MONTHS_KEPT], "demonstrated", 0),
        ([SHOWN, BROKEN_DUTY], "no target", 0),
        ([OPEN, BROKEN_DUTY], "unproven, on target so far", 0),
        ([CLEAN_DUTY], "no target", 0),
        ([MONTHS_KEPT, CLEAN_DUTY], "no target", 0),
    ],
)
def test_the_weakest_class_with_evidence_decides(standings: list[Standing], status: str, without: int):
    found = dimension_of("integrity", standings)
    assert (found.status, found.without_evidence) == (status, without)


@pytest.mark.parametrize(
    ("dimensions", "colour"),
    [
        ([[SHOWN], [SHOWN], [SHOWN]], "green"),
        ([[SHOWN], [SHOWN, NOTHING], [SHOWN]], "amber"),
        ([[SHOWN], [OPEN], [SHOWN]], "amber"),
        ([[SHOWN], [], [SHOWN]], "cannot say"),
        ([[SHOWN], [], [MISSED]], "red"),
        ([], "cannot say"),
    ],
)
def test_a_side_is_green_only_if_everything_is_demonstrated(dimensions: list[list[Standing]], colour: str):
    assert overall([dimension_of("ability", found) for found in dimensions]) == colour


def test_a_promise_of_every_single_one_is_missed_by_the_first_broken_one():
    assert standing(Tally(11, 1), Fraction(1)).status == "missed"
    clean = standing(Tally(12, 0), Fraction(1))
    assert (clean.status, clean.more_kept) == ("kept so far", None)


def test_too_much_unknown_keeps_a_clean_record_unproven_and_promises_no_way_out():
    found = standing(Tally(60, 0), Fraction(9, 10), capped=True)
    assert (found.status, found.more_kept) == ("unproven, on target so far", None)
    assert standing(Tally(0, 60), Fraction(9, 10), capped=True).status == "missed"


@pytest.mark.parametrize(
    ("met", "asked", "low", "high", "verdict"),
    [
        (True, 12, "0.35", "0.58", "watermelon"),
        (True, 12, "0.60", "0.80", "possible watermelon"),
        (True, 12, "0.70", "0.90", "green through"),
        (True, 4, "0.10", "0.90", "unknown: nobody asked"),
        (False, 12, "0.75", "0.90", "SLA measures the wrong thing"),
        (False, 12, "0.10", "0.40", "red through"),
    ],
)
def test_numbers_against_feeling(met: bool, asked: int, low: str, high: str, verdict: str):
    assert compare(met, asked, Decimal(low), Decimal(high), Fraction(7, 10)) == verdict
