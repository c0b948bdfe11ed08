"""Numbers, money, percentages, dates and durations as readers of three languages write them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest

from sla2.contract.calendar import instant
from sla2.contract.period import JudgedPeriod
from sla2.contract.quantity import Duration, Money, Percent
from sla2.contract.surroundings import Language
from sla2.words import format, results

NB = "\u00a0"


@pytest.mark.parametrize(("language", "expected"), [("nl", "99,90%"), ("en", "99.90%"), ("de", f"99,90{NB}%")])
def test_percent_keeps_the_digits_written(language: Language, expected: str) -> None:
    assert format.percent(Percent(value=Decimal("99.90")), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", f"EUR{NB}31.500,00"), ("en", f"EUR{NB}31,500.00"), ("de", f"31.500,00{NB}EUR")],
)
def test_money_names_its_currency(language: Language, expected: str) -> None:
    assert format.money(Money(currency="EUR", amount=Decimal("31500.00")), language) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(124, 1000), 2, "0.12"),
        (Decimal("2.5"), 0, "3"),
        (1234567, None, "1,234,567"),
    ],
)
def test_rounding_for_display_is_half_away_from_zero(value: Fraction, digits: int | None, expected: str) -> None:
    assert format.number(value, "en", digits) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", f"1{NB}maart 2026"), ("en", f"1{NB}March 2026"), ("de", f"1.{NB}März 2026")],
)
def test_days(language: Language, expected: str) -> None:
    assert format.day(date(2026, 3, 1), language) == expected


@pytest.mark.parametrize(
    ("duration", "nl", "en", "de"),
    [
        (("4", "business hour"), "4 uur servicetijd", "4 business hours", "4 Stunden Servicezeit"),
        (("1", "business minute"), "1 minuut servicetijd", "1 business minute", "1 Minute Servicezeit"),
        (("1.5", "elapsed hour"), "1,5 uur kloktijd", "1.5 elapsed hours", "1,5 fortlaufende Stunden"),
        (("2", "working day"), "2 werkdagen", "2 working days", "2 Arbeitstage"),
        (("30", "day"), "30 kalenderdagen", "30 calendar days", "30 Kalendertage"),
        (("1", "month"), "1 maand", "1 month", "1 Monat"),
        (("3", "year"), "3 jaar", "3 years", "3 Jahre"),
    ],
)
def test_durations(duration: tuple[str, str], nl: str, en: str, de: str) -> None:
    value = Duration.model_validate({"value": Decimal(duration[0]), "unit": duration[1]})
    assert [format.duration(value, language) for language in ("nl", "en", "de")] == [nl, en, de]


def test_german_has_a_dative() -> None:
    value = Duration(value=Decimal(2), unit="working day")
    assert format.duration(value, "de", "dative") == "2 Arbeitstagen"
    assert format.duration(value, "nl", "dative") == "2 werkdagen"


@pytest.mark.parametrize(("language", "expected"), [("nl", f"16:30{NB}uur"), ("en", "16:30"), ("de", f"16:30{NB}Uhr")])
def test_times(language: Language, expected: str) -> None:
    assert format.time_of_day(time(16, 30), language) == expected
    assert format.time_of_day(None, language).startswith("24:00")


def test_an_instant_in_the_repeated_hour_names_its_offset() -> None:
    zone = "Europe/Amsterdam"
    local = datetime(2026, 10, 25, 2, 30)
    first, second = (instant(local, zone, fold=fold) for fold in (0, 1))
    assert second - first == 3_600_000_000
    assert format.instant(first, zone, "en") == f"25{NB}October 2026, 02:30 (UTC+2)"
    assert format.instant(second, zone, "en") == f"25{NB}October 2026, 02:30 (UTC+1)"
    assert format.instant(instant(datetime(2026, 3, 6, 16, 30), zone), zone, "en") == f"6{NB}March 2026, 16:30"


def test_lengths_of_time() -> None:
    hour, minute, second = 3_600_000_000, 60_000_000, 1_000_000
    assert format.length(3 * hour + 12 * minute, "nl") == "3 uur 12 min"
    assert format.length(90 * second + 999_999, "de") == "1 Min. 30 Sek."
    assert format.length(0, "en") == "0 min"
    assert format.length(-hour, "en") == "-1 h"


@pytest.mark.parametrize(
    ("items", "expected"), [((), ""), (("P1",), "P1"), (("P1", "P2"), "P1 en P2"), (("P1", "P2", "P3"), "P1, P2 en P3")]
)
def test_lists(items: tuple[str, ...], expected: str) -> None:
    assert format.listing(items, "nl") == expected


def test_points_of_percentages() -> None:
    assert format.points(Percent(value=Decimal(1)), "en") == "1 percentage point"
    assert format.points(Percent(value=Decimal("0.5")), "de") == "0,5 Prozentpunkte"


def test_a_measured_share_is_rounded_for_display() -> None:
    assert format.share(Fraction(2, 3), "nl") == "66,67%"
    assert format.share(Fraction(1), "de") == f"100,00{NB}%"


@pytest.mark.parametrize(
    ("label", "first", "last", "full", "said"),
    [
        ("2026-03", (2026, 3, 1), (2026, 3, 31), True, "maart 2026 | March 2026 | März 2026"),
        ("2026-03", (2026, 3, 9), (2026, 3, 31), False, "maart 2026 (deel) | March 2026 (part) | März 2026 (Teil)"),
        ("2026-Q2", (2026, 4, 1), (2026, 6, 30), True, "2e kwartaal 2026 | quarter 2 of 2026 | 2. Quartal 2026"),
        ("2026", (2026, 1, 1), (2026, 12, 31), True, "2026 | 2026 | 2026"),
        (
            "2026-02-16/2026-03-15",
            (2026, 2, 16),
            (2026, 3, 15),
            True,
            "16 februari 2026 tot en met 15 maart 2026 | 16 February 2026 to 15 March 2026 | "
            "16. Februar 2026 bis 15. März 2026",
        ),
    ],
)
def test_periods(label: str, first: tuple[int, int, int], last: tuple[int, int, int], full: bool, said: str) -> None:
    period = JudgedPeriod(start=0, end=1, first=date(*first), last=date(*last), label=label, full=full)
    found = [results.period_words(period, language).replace(NB, " ") for language in ("nl", "en", "de")]
    assert " | ".join(found) == said


def test_verdicts_and_their_reasons() -> None:
    assert results.verdict_words("insufficient data", "de") == "zu wenig Daten"
    assert results.reason_words("under 10 cases", "nl") == "minder dan 10 gevallen"
    assert results.reason_words("allowed misses", "en", 1) == "1 miss is allowed with so few cases"
    assert results.reason_words("", "en") == ""
    assert results.outcome_words("missed", "nl") == "te laat"
