"""Verdicts, outcomes and periods in a word or two, for reports and reminders.

In: a status, an outcome, a judged period. Out: text. The long form of a rule is in the level's sentences.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.words import format, phrases

if TYPE_CHECKING:
    from sla2.contract.level import Measure
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Language

_UNDER = re.compile(r"under (\d+) cases")


def verdict_words(status: str, language: Language) -> str:
    """Met, missed, undecided, insufficient data, not judged, not in force.

    Raises: KeyError for a status that does not exist.
    """
    return phrases.render(language, f"measured.verdict.{status.replace(' ', '-')}")


def reason_words(reason: str, language: Language, allowed_misses: int = 0) -> str:
    """Why a verdict is what it is, from the short key of `settle`; "" for no reason."""
    if not reason:
        return ""
    under = _UNDER.fullmatch(reason)
    if under:
        return phrases.render(language, "measured.reason.under", n=format.number(int(under[1]), language))
    number = format.number(allowed_misses, language)
    return phrases.render(language, f"measured.reason.{reason.replace(' ', '-')}", n=number)


def outcome_words(outcome: str, language: Language) -> str:
    """In time, missed, open, excluded, undecided (of one case)."""
    return phrases.render(language, f"measured.outcome.{outcome}")


def measure_words(measure: Measure, language: Language) -> str:
    """The name of a measure."""
    return phrases.render(language, f"measured.measure.{measure.replace(' ', '-')}")


def period_words(period: JudgedPeriod, language: Language) -> str:
    """A judged period: March 2026, quarter 1 of 2026, 2026, or its first and last day."""
    text = _period(period, language)
    return text if period.full else phrases.render(language, "measured.period.part", period=text)


def _period(period: JudgedPeriod, language: Language) -> str:
    label = period.label
    if re.fullmatch(r"\d{4}-\d{2}", label):
        return phrases.render(language, "measured.period.month", month=format.month(period.first, language))
    quarter = re.fullmatch(r"(\d{4})-Q([1-4])", label)
    if quarter:
        return phrases.render(language, "measured.period.quarter", n=quarter[2], year=quarter[1])
    if re.fullmatch(r"\d{4}", label):
        return phrases.render(language, "measured.period.year", year=label)
    first, last = format.day(period.first, language), format.day(period.last, language)
    return phrases.render(language, "measured.period.days", first=first, last=last)
