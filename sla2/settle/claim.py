"""Claims: by when the customer must ask, and whether the log shows that it did.

In: a line and the claims of the log. Out: the line with its last day, and lost (zero) where the claim came too late.
It runs after "pays if". Without a list of claims nothing is lost: the amount reads "if claimed by" that day. When the
customer discovered an outage stands in no log: such a deadline stays open.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date, shift
from sla2.contract.periods import claim_period
from sla2.settle.judged import key_of
from sla2.settle.spans import ONE_DAY, add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Claim
    from sla2.measure.measurement import Piece
    from sla2.settle.given import Claimed
    from sla2.settle.judged import Key
    from sla2.settle.line import Line
    from sla2.settle.verdict import Verdict


def claim_by(rule: Claim, contract: Contract, last: date) -> date | None:
    """The last day of a claim counted from the day `last` (of the period, or of the outage).

    "Before the end of the 2nd billing cycle after": a billing cycle is a calendar month, the first is the month after
    the one that holds `last`. None if the rule counts working days and the contract names no calendar for them.
    """
    if rule.end_of is not None:
        months = (rule.end_of_nth or 1) + 1
        return add_months(last.replace(day=1), months) - ONE_DAY
    if rule.within is None:
        return None
    if rule.within.unit == "working day" and contract.working_days is None:
        return None
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    return shift(last, rule.within, "after", calendar)


def settle_claim(line: Line, claims: tuple[Claimed, ...] | None, pieces: tuple[Piece, ...], today: date) -> Line:
    """The line with its last day to claim; zero if the day has passed and the claim is missing or came later."""
    rule = line.block.claim
    if rule is None or not line.amount:
        return line
    if rule.after == "discovery":
        return line.depending("claim")
    by = claim_by(rule, line.contract, _counted_from(rule, line, pieces))
    line = replace(line, claim_by=by.isoformat() if by else None)
    if claims is None or by is None:
        return line.depending("claim")
    made = sorted(
        claim.day for claim in claims if claim.credits == line.block.name and claim.period == line.verdict.period.label
    )
    if made and made[0] <= by:
        return replace(line.after("claim", rule.span, line.amount, by=by, made=made[0]), claimed=True)
    if not made and today <= by:
        return line.depending("claim")
    lost = line.after("claim", rule.span, Fraction(0), amount=line.amount, by=by, made=made[0] if made else None)
    return replace(lost, claimed=False)


def _counted_from(rule: Claim, line: Line, pieces: tuple[Piece, ...]) -> date:
    """The last day of the period, or the day of its first outage that counted (the earliest day to run out).

    For the time before a claim, the day of the last outage: that is the one that the claim is about.
    """
    if rule.after == "period" or not pieces:
        return line.verdict.period.last
    chosen = max if line.verdict.period.kind == "before claim" else min
    return local_date(chosen(piece.started for piece in pieces), line.contract.timezone or "UTC")


def of_claims(claims: tuple[Claimed, ...] | None, contract: Contract) -> tuple[Claimed, ...] | None:
    """The claims, those for credits over the time before a claim with the name of the stretch that they end."""
    if claims is None:
        return None
    blocks = {block.name: block for block in (*contract.credits, *contract.bonuses)}
    periods = {level.name: level.period for level in contract.levels}
    found = []
    for claim in claims:
        block = blocks.get(claim.credits)
        period = periods.get(block.level) if block is not None else None
        if block is not None and period is not None and period.unit in ("rolling", "before claim"):
            stretch = claim_period(contract, period, claim.day, whole=block.before_first_use)
            claim = replace(claim, period=stretch.label) if stretch is not None else claim
        found.append(claim)
    return tuple(found)


def used_by_claims(
    pairs: Iterable[tuple[Line, Line]], history: tuple[Verdict, ...], pieces: Mapping[Key, tuple[Piece, ...]]
) -> dict[Key, Fraction]:
    """The weighted downtime in each claim's stretch that an earlier claim, which was paid, rested on.

    Only for blocks that say `used by a claim: once`. Per level, unit and period, in microseconds.
    """
    used: dict[Key, Fraction] = {}
    paid = [
        least
        for least, _ in pairs
        if least.block.used_once and least.verdict.period.kind == "before claim" and least.claimed and least.amount
    ]
    claims = [verdict for verdict in history if verdict.period.kind == "before claim"]
    for verdict in claims:
        mine = pieces.get(key_of(verdict), ())
        before = [
            piece
            for line in paid
            if (line.verdict.level, line.verdict.unit) == (verdict.level, verdict.unit)
            and line.verdict.period.last < verdict.period.last
            for piece in pieces.get(key_of(line.verdict), ())
        ]
        time = sum((_common(piece, before) * piece.weight for piece in mine), Fraction(0))
        if time:
            used[key_of(verdict)] = time
    return used


def _common(piece: Piece, others: list[Piece]) -> int:
    """How much of `piece` lies in the union of the others."""
    total, reached = 0, piece.started
    for other in sorted(others, key=lambda one: (one.started, one.ended)):
        low, high = max(other.started, reached), min(other.ended, piece.ended)
        if low < high:
            total, reached = total + high - low, high
    return total
