"""Claims: by when the customer must ask, and whether the log shows that it did.

In: a line and the claims of the log. Out: the line with its last day, and lost (zero) where the claim came too late.
It runs after "pays if". Without a list of claims nothing is lost: the amount reads "if claimed by" that day.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date, shift
from sla2.settle.spans import ONE_DAY, add_months

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Claim
    from sla2.measure.measurement import Piece
    from sla2.settle.given import Claimed
    from sla2.settle.line import Line


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
    """The last day of the period, or the day of its first outage that counted (the earliest day to run out)."""
    if rule.after == "period" or not pieces:
        return line.verdict.period.last
    return local_date(min(piece.started for piece in pieces), line.contract.timezone or "UTC")
