"""What cannot be settled, in the words of the contract.

In: a contract, a refusal of one of the steps. Out: a `Diagnostic` that names the block and the remedy. It runs beside
the order of operations: a block that is refused owes no amount at all, never a part of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.settle.codes import (
    CLAIM_UNKNOWN,
    CLAIMS_MISSING,
    EXPOSURE_UNKNOWN,
    FEE_UNKNOWN,
    NOT_COMPUTED,
    RIGHT_NOT_EVALUATED,
    TARGET_NOT_COMPARED,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.contract.level import Level
    from sla2.diagnostics import Diagnostic
    from sla2.settle.balance import Exposed
    from sla2.settle.given import Claimed
    from sla2.settle.gross import Refusal

_FEE = {
    "as invoiced": "is paid as invoiced, and the log holds no invoice of it for this period",
    "per user": "is paid per user, and the service does not say how many users it has",
    "per unit": "is paid per unit, and the service does not say how many of them it has",
    "no fee": "is not a fee that is paid by the period",
}
_FEE_HELP = {
    "as invoiced": "Add the invoices to the log (columns fee, unit, period, amount).",
    "per user": "Write `number of users: 250` in the service of the level.",
    "per unit": "Write `number of devices: 40` (with the unit of the fee) in the service of the level.",
    "no fee": "Name a fee of the contract in the line `base:`.",
}


def fee_unknown(block: Credits, refusal: Refusal, period: str) -> Diagnostic:
    """The base of a block cannot be reckoned for a period."""
    message = (
        f"The credits {block.name} cannot be reckoned for {period}: fee {refusal.what or 'of the contract'} "
        f"{_FEE[refusal.why]}."
    )
    return FEE_UNKNOWN.at(block.base.span if block.base else block.span, message, help=_FEE_HELP[refusal.why])


def exposure_unknown(exposed: Exposed) -> Diagnostic:
    """The yearly fees, of which the maximum exposure is a percentage, cannot be reckoned."""
    message = (
        f"The maximum exposure of the {exposed.side} from {exposed.first} to {exposed.last} is a percentage of the "
        "yearly fees, which cannot be reckoned: nothing is held back for it."
    )
    return EXPOSURE_UNKNOWN.at(
        exposed.rule.span, message, help="Write the maximum as an amount, for instance `supplier EUR 50000.00`."
    )


def not_computed(block: Credits, what: str) -> Diagnostic:
    """A line of a block cannot be reckoned for this level."""
    return NOT_COMPUTED.at(
        block.span,
        f'The credits {block.name} are not reckoned: "{what}" is not supported for level {block.level}.',
        help="Express the credit with `tier:` or another `each:` form, or reckon this block by hand.",
    )


def target_not_compared(level: Level) -> Diagnostic:
    """A target counts in units without a fixed length."""
    return TARGET_NOT_COMPARED.at(
        level.target.span if level.target else level.span,
        f"The target of level {level.name} counts in days of no fixed length and cannot be compared with a time.",
        help="Write the target in business hours or elapsed hours.",
    )


def unevaluated(contract: Contract) -> tuple[tuple[Diagnostic, ...], frozenset[str]]:
    """Findings for all constructs that are read but not computed, and the blocks that are refused for it.

    What is refused of a level has been said where it would have been measured.
    """
    levels = {level.name for level in contract.levels}
    names = {block.name for block in (*contract.credits, *contract.bonuses)}
    names |= {block.name for block in contract.points}
    found: list[Diagnostic] = []
    refused: set[str] = set()
    examples = {example.name for example in contract.examples}
    for item in contract.unevaluated:
        if item.block in levels:
            refused.add(item.block)
        if item.block in examples or item.block in levels:
            continue
        if item.block in names:
            refused.add(item.block)
            found.append(
                NOT_COMPUTED.at(
                    item.span,
                    f'{item.block} is not reckoned: its line "{item.what}" is read and drafted, but not computed.',
                    help="Leave the line out for the report, or reckon this block by hand.",
                )
            )
        else:
            found.append(
                RIGHT_NOT_EVALUATED.at(
                    item.span,
                    f"{item.block} ({item.what}) is read and drafted, but not evaluated in the report.",
                    help="Check it by hand with the verdicts of the report.",
                )
            )
    return tuple(found), frozenset(refused)


def claims_missing(contract: Contract) -> tuple[Diagnostic, ...]:
    """Levels that are judged over the time before a claim only, where the log has no list of claims.

    Credits on a rolling level that must be claimed are owed through claims only, too.
    """
    found = []
    for level in contract.levels:
        unit = level.period.unit if level.period is not None else ""
        blocks = [block for block in (*contract.credits, *contract.bonuses) if block.level == level.name]
        if unit == "rolling":
            blocks = [block for block in blocks if block.claim is not None]
        if unit not in ("before claim", "rolling") or (unit == "rolling" and not blocks):
            continue
        named = ", ".join(block.name for block in blocks)
        what = f"credits {named} are not reckoned" if named else "nothing is judged"
        if unit == "before claim" and named:
            what = f"the level is not judged and the {what}"
        found.append(
            CLAIMS_MISSING.at(
                level.period.span if level.period is not None else level.span,
                f"{level.name} rests on claims, and the log has no list of claims: {what}.",
                help="Add a file of claims to the log (columns credits, period, claimed_at; the period stays empty). "
                "If no claim was made, give the file without rows.",
            )
        )
    return tuple(found)


def unknown_claims(
    claims: Iterable[Claimed], blocks: frozenset[str], periods: frozenset[str]
) -> tuple[Diagnostic, ...]:
    """Claims whose block or period the contract does not have."""
    found = []
    for claim in claims:
        if claim.credits not in blocks:
            found.append(
                CLAIM_UNKNOWN.at(
                    None,
                    f"A claim of {claim.day} is for {claim.credits!r}, which is no credits block of this contract.",
                    help=f"The blocks are: {', '.join(sorted(blocks)) or 'none'}.",
                )
            )
        elif claim.period not in periods:
            found.append(
                CLAIM_UNKNOWN.at(
                    None,
                    f"A claim of {claim.day} for {claim.credits} is for {claim.period!r}, which is no period measured.",
                    help="Write the period as the report does, for instance 2026-03 or 2026-Q1.",
                )
            )
    return tuple(found)
