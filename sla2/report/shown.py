"""Figures in words: shares, times, counts, periods, verdicts and amounts as a reader meets them.

In: exact values and the frame of the report. Out: text in its language. Rounding is for the eye only, and never so
coarse that a missed target looks met: digits are added until the figure and the target differ.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget
from sla2.report.texts import book
from sla2.settle.judge import threshold
from sla2.settle.rounding import currency_step, half_up
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Status, Verdict

Tone = Literal["", "good", "bad", "open", "muted", "accent"]
_TONES: dict[Status, Tone] = {
    "met": "good",
    "missed": "bad",
    "undecided": "open",
    "insufficient data": "muted",
    "not judged": "muted",
    "not in force": "muted",
}
_MOST_DIGITS = 9
_SHARES = ("availability", "success rate", "reopened share")


def kind(terms: Level) -> Literal["share", "time", "days", "number"]:
    """What the value of a level is: a share of one, microseconds, days late, or a plain number."""
    target = terms.target
    if isinstance(target, ShareTarget) or terms.measure in _SHARES:
        return "share"
    if isinstance(target, StatisticTarget):
        return "days" if target.within.unit in ("day", "working day") else "time"
    if isinstance(target, BoundTarget):
        if target.percent is not None:
            return "share"
        if target.late:
            return "days"
        return "time" if target.duration is not None else "number"
    return "share" if terms.measure in ("response time", "resolution time") else "number"


def value(frame: Frame, found: Fraction | None, terms: Level) -> str:
    """A measured value in words."""
    if found is None:
        return frame.say("overview.not_measured")
    match kind(terms):
        case "share":
            return share(frame, found, terms)
        case "time":
            return words.length(int(found), frame.language)
        case _:
            rounded = for_display(found, terms)
            return number(frame, found if rounded is None else rounded)


def for_display(found: Fraction, terms: Level) -> Fraction | None:
    """The value as the contract has it rounded for the eye; None if it says nothing, or if that would hide a miss."""
    step = terms.rounding.display_step if terms.rounding is not None else None
    if step is None:
        return None
    rounded = half_up(found, step.exact)
    limit = threshold(terms.target) if terms.target is not None else None
    same = limit is None or ((rounded > limit) == (found > limit) and (rounded < limit) == (found < limit))
    return rounded if same else None


def share(frame: Frame, found: Fraction, terms: Level, beside: Iterable[Fraction] = ()) -> str:
    """A share as a percentage, with as many digits as it takes to tell it from the target and from the values `beside`.

    `rounding: half up to 0.01% for display only` rounds it to that, unless it would then stand elsewhere to the target.
    """
    rounded = for_display(found, terms)
    asked = terms.rounding.display_step if terms.rounding is not None else None
    if rounded is not None and asked is not None:
        return words.share(rounded, frame.language, max(0, -int(asked.value.as_tuple().exponent)))
    limit = threshold(terms.target) if terms.target is not None else None
    others = [other for other in (limit, *beside) if other is not None and other != found]
    digits = 1
    while digits < _MOST_DIGITS and any(_look_alike(found, other, digits) for other in others):
        digits += 1
    if found != 1 and half_up(found, Fraction(1, 100 * 10**digits)) == 1:
        digits = max(digits, 2)
    return words.share(found, frame.language, digits)


def _look_alike(one: Fraction, other: Fraction, digits: int) -> bool:
    """True if two shares read the same with so many digits behind the point of their percentage."""
    step = Fraction(1, 100 * 10**digits)
    return half_up(one, step) == half_up(other, step)


def between(frame: Frame, low: Fraction, high: Fraction, terms: Level) -> str:
    """Two values, with as many digits as it takes to tell them apart."""
    if kind(terms) != "share":
        return frame.say("money.range", low=value(frame, low, terms), high=value(frame, high, terms))
    digits = 1
    while digits < _MOST_DIGITS and words.share(low, frame.language, digits) == words.share(
        high, frame.language, digits
    ):
        digits += 1
    low_text, high_text = words.share(low, frame.language, digits), words.share(high, frame.language, digits)
    return frame.say("money.range", low=low_text, high=high_text)


def whole(frame: Frame, found: int) -> str:
    """A whole number with its thousands marked."""
    return words.number(found, frame.language)


def percent(frame: Frame, found: Fraction) -> str:
    """A share as a percentage with all its digits (up to nine)."""
    digits = 0
    while digits < _MOST_DIGITS and (found * 100 * 10**digits).denominator != 1:
        digits += 1
    return words.share(found, frame.language, digits)


def number(frame: Frame, found: Fraction) -> str:
    """A number with all its digits (up to six)."""
    digits = 0
    while digits < 6 and (found * 10**digits).denominator != 1:
        digits += 1
    return words.number(found, frame.language, digits)


def amount(frame: Frame, found: Decimal | Fraction, currency: str) -> str:
    """An amount with the decimals of its currency, with more only where an exact amount needs them."""
    exact = Fraction(found)
    digits = max(-int(currency_step(currency).as_tuple().exponent), 0)
    while digits < 6 and (exact * 10**digits).denominator != 1:
        digits += 1
    rounded = half_up(exact, Fraction(1, 10**digits)) * 10**digits
    return words.amount(Decimal(rounded.numerator).scaleb(-digits), currency, frame.language)


def period(frame: Frame, found: JudgedPeriod) -> str:
    """A period in words: `March 2016`, `March 2016 to May 2016`, or its first and last day."""
    first, last = found.first, found.last
    whole_months = found.full and first.day == 1 and last.fromordinal(last.toordinal() + 1).day == 1
    if not whole_months:
        return frame.say("period.span", first=frame.day(first), last=frame.day(last))
    if (first.year, first.month) == (last.year, last.month):
        return words.month(first, frame.language)
    if (first.month, last.month, first.year) == (1, 12, last.year):
        return str(first.year)
    start = words.month_name(first.month, frame.language) if first.year == last.year else None
    return frame.say(
        "period.quarter", first=start or words.month(first, frame.language), last=words.month(last, frame.language)
    )


def status(frame: Frame, found: Status) -> str:
    """The word for a status."""
    return frame.say(f"verdict.{found.replace(' ', '_')}")


def tone(found: Status) -> Tone:
    """The colour that repeats a status for the eye."""
    return _TONES[found]


def verdict(frame: Frame, found: Verdict) -> str:
    """The word for a verdict, with “provisional” where it may still change."""
    word = status(frame, found.status)
    return f"{word} ({frame.say('verdict.provisional')})" if found.provisional else word


def judged(found: Verdict) -> int:
    """How many cases were judged: met, missed and undecided."""
    counts = found.measurement.counts
    return counts.met + counts.missed + counts.undecided


def reason(frame: Frame, found: Verdict) -> str:
    """Why a verdict is what it is, where it needs a reason; "" otherwise."""
    if not found.reason:
        return ""
    if found.reason.startswith("under "):
        return frame.say("verdict.under", n=found.reason.split()[1])
    if found.reason == "allowed misses":
        return frame.say(
            f"verdict.allowed_{found.status}",
            missed=str(found.measurement.counts.missed),
            allowed=str(found.allowed_misses),
        )
    if found.reason == "no cases" and kind(found.measurement.terms) != "share":
        return frame.say("verdict.no_evidence")
    return frame.say(f"verdict.{found.reason.replace(' ', '_')}")


def case_reason(frame: Frame, reason: str) -> str:
    """Why a case or a stretch of downtime is what it is: a reason of the tool, or the title of an exclusion."""
    if not reason:
        return frame.say("case.unnamed")
    exclusion = next((one.title for one in frame.contract.exclusions if one.name == reason), None)
    if exclusion is not None:
        return exclusion
    key = f"reason.{reason.replace(' ', '_')}"
    return frame.say(key) if key in book(frame.language) else reason


def listed(frame: Frame, items: Iterable[str]) -> str:
    """Items in a row: a, b and c."""
    found = tuple(items)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {frame.say('meta.and')} {found[-1]}"
