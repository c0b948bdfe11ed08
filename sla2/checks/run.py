"""Runs every check on a contract.

In: a `Contract`. Out: the findings, those that an `allow` line silences kept apart. It runs after
`contract/from_syntax` and before anything is measured or drafted. The order of `CHECKS` is the order of the manual; the
renderer puts findings in order. A check that breaks does not stop the others: its fault becomes a finding that names
the check. This file finds nothing itself, except `allow` lines that silence nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sla2.checks import (
    amendment_agreed_after_effective,
    amendment_inside_period,
    amendment_not_agreed,
    clause_language_missing,
    coarse_rounding,
    credit_on_open_target,
    credits_on_report_only,
    credits_without_cap,
    everything_fixed,
    hours_without_holidays,
    implausible_target,
    level_without_target,
    missing_time_zone,
    mixed_duration_kinds,
    moved_more_than_twice,
    no_retained_duty,
    no_worked_example,
    one_sided_promises,
    option_outside_guard,
    passage_filled_with_words,
    passage_without_expectation,
    passage_without_interim_rule,
    passage_without_owner,
    passage_without_question,
    passage_without_review_date,
    passage_without_way_out,
    percent_without_base,
    renter_without_exit,
    review_after_term_end,
    review_before_signing,
    review_past_fallback,
    stale_translation,
    tier_credits_met_target,
    tier_gap,
    tier_overlap,
    two_passages_on_one_line,
    unreferenced_level,
    unstated_rule,
    untranslated_text,
    unused_calendar,
    unused_clock_stop,
    unused_exclusion,
    working_days_without_calendar,
)
from sla2.checks.codes import BROKEN_CHECK, UNNEEDED_ALLOW
from sla2.contract.node import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Allow, Contract
    from sla2.diagnostics import Code, Diagnostic, Span


class Check(Protocol):
    """A module that checks one thing: its code, and a function that yields what it finds."""

    CODE: Code

    def check(self, contract: Contract, /) -> Iterator[Diagnostic]:
        """The findings on `contract`, in any order; reads nothing but the contract."""
        ...


CHECKS: tuple[Check, ...] = (
    tier_gap,
    tier_overlap,
    tier_credits_met_target,
    missing_time_zone,
    percent_without_base,
    credits_without_cap,
    credit_on_open_target,
    credits_on_report_only,
    working_days_without_calendar,
    passage_without_interim_rule,
    passage_without_review_date,
    passage_without_owner,
    passage_without_expectation,
    passage_without_question,
    passage_without_way_out,
    review_after_term_end,
    review_past_fallback,
    review_before_signing,
    mixed_duration_kinds,
    option_outside_guard,
    two_passages_on_one_line,
    passage_filled_with_words,
    moved_more_than_twice,
    unreferenced_level,
    unused_clock_stop,
    unused_calendar,
    unused_exclusion,
    implausible_target,
    level_without_target,
    hours_without_holidays,
    coarse_rounding,
    amendment_agreed_after_effective,
    amendment_not_agreed,
    amendment_inside_period,
    no_retained_duty,
    renter_without_exit,
    everything_fixed,
    clause_language_missing,
    untranslated_text,
    stale_translation,
    no_worked_example,
    one_sided_promises,
    unstated_rule,
)

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)

CODES: tuple[Code, ...] = (
    *(check.CODE for check in CHECKS if check is not unstated_rule),
    UNNEEDED_ALLOW,
    BROKEN_CHECK,
)
"""The codes of this package; that of `unstated_rule` belongs to `contract`."""

Checks = tuple[Check, ...]


NEEDED: tuple[Check, ...] = (working_days_without_calendar,)
"""Checks whose errors keep later stages from reckoning with the contract at all; no `allow` line silences them."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that an `allow` line silences, with the reason the parties gave; the report lists it."""

    found: Diagnostic
    allow: Allow


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found: to be shown, and silenced."""

    shown: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...]


def run(contract: Contract, checks: Checks = CHECKS) -> Findings:
    """All findings of `checks` on `contract`, in the order of the checks."""
    found = tuple(one for check in checks for one in _guarded(check, contract))
    return allowed(contract, found)


def allowed(contract: Contract, found: tuple[Diagnostic, ...]) -> Findings:
    """`found` parted by the `allow` lines of the contract; a line that silences nothing is a finding of its own."""
    headers = _headers(contract)
    lines = {(_block(headers, allow.span), allow.code): allow for allow in contract.allows}
    shown: list[Diagnostic] = []
    silenced: list[Silenced] = []
    for one in found:
        place = _block(headers, one.span) if one.span is not None and one.code in _SILENCEABLE else None
        allow = lines.get((place, one.code)) if place is not None else None
        if allow is None:
            shown.append(one)
        else:
            silenced.append(Silenced(one, allow))
    used = {one.allow.span for one in silenced}
    for allow in contract.allows:
        if allow.span not in used and allow.code in _SILENCEABLE:
            message = f'This line silences nothing: {allow.code} is not found in "{allow.block}".'
            shown.append(UNNEEDED_ALLOW.at(allow.span, message, help="Remove the line."))
    return Findings(tuple(shown), tuple(silenced))


def _headers(contract: Contract) -> tuple[Span, ...]:
    """The first line of every block, in order."""
    parts = [part for field in contract.__dict__.values() if isinstance(field, tuple) for part in field]
    spans = [part.span for part in parts if isinstance(part, Node) and hasattr(part, "title")]
    return tuple(sorted((contract.span, *spans), key=lambda span: (span.path, span.start)))


def _block(headers: tuple[Span, ...], span: Span) -> Span | None:
    """The first line of the block in which `span` lies; blocks do not nest."""
    before = [header for header in headers if header.path == span.path and header.start <= span.start]
    return before[-1] if before else None


_SILENCEABLE = frozenset(check.CODE.id for check in CHECKS if check not in NEEDED)


def _guarded(check: Check, contract: Contract) -> Iterator[Diagnostic]:
    try:
        yield from tuple(check.check(contract))
    except _FAULTS as fault:
        yield BROKEN_CHECK.at(
            contract.span,
            f'The check "{check.CODE.slug}" ({check.CODE.id}) broke and found nothing: {type(fault).__name__}.',
            help="This is a fault of sla2, not of your contract. Please report it; the other checks ran.",
        )
