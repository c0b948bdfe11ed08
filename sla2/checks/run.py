"""Runs every check on a contract.

In: a `Contract`. Out: the findings, those that an `allow` line silences kept apart. It runs after
`contract/from_syntax` and before anything is measured or drafted. `FAMILIES` lists the checks by what they are about;
the renderer puts findings in order. A check that breaks does not stop the others: its fault becomes a finding that
names the check. This file finds nothing itself, except `allow` lines that silence nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sla2.checks import (
    amendment_agreed_after_effective,
    amendment_inside_period,
    amendment_not_agreed,
    amendment_outside_term,
    amendments_in_conflict,
    amendments_out_of_order,
    bars_out_of_order,
    bonus_without_cap,
    budget_without_consequence,
    cap_never_reached,
    change_of_removed_block,
    claim_before_report,
    clause_language_missing,
    closed_day_without_effect,
    coarse_rounding,
    credit_on_open_target,
    credit_over_fee,
    credits_on_report_only,
    credits_without_cap,
    credits_without_claim,
    earn_back_beyond_term,
    everything_fixed,
    exclusion_without_limits,
    exit_plan_never_tested,
    fallback_outside_term,
    fee_outside_term,
    figure_typed_by_hand,
    goal_outside_term,
    holiday_years_missing,
    hours_beyond_service,
    hours_without_holidays,
    implausible_target,
    joint_cap_below_single,
    level_without_target,
    missing_time_zone,
    mixed_duration_kinds,
    moved_more_than_twice,
    no_retained_duty,
    no_worked_example,
    not_judged_yet,
    notice_longer_than_term,
    one_sided_promises,
    option_outside_guard,
    options_alike,
    party_without_contact,
    passage_filled_twice,
    passage_filled_with_words,
    passage_not_observed,
    passage_without_expectation,
    passage_without_interim_rule,
    passage_without_owner,
    passage_without_principle,
    passage_without_question,
    passage_without_review_date,
    passage_without_way_out,
    percent_without_base,
    percentile_of_few_cases,
    pool_not_shared_out,
    promise_beyond_subcontractor,
    promise_nobody_checks,
    records_unstated,
    renter_without_exit,
    requirement_not_met,
    review_after_term_end,
    review_before_signing,
    review_past_fallback,
    right_never_arises,
    right_on_missing_bar,
    right_without_notice,
    right_without_use_by,
    rights_of_one_side,
    same_party,
    short_day_outside_opening,
    signed_after_start,
    slot_without_volume,
    stale_translation,
    survey_of_the_recognisable,
    third_party_stop_without_limit,
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
    unused_points,
    vague_words,
    weight_without_users,
    whole_minutes_of_seconds,
    window_outside_hours,
    working_days_without_calendar,
    worse_costs_less,
    zones_differ,
)
from sla2.checks.codes import BROKEN_CHECK, UNNEEDED_ALLOW
from sla2.contract.node import Node
from sla2.diagnostics import Edit, Fix

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


FAMILIES: tuple[tuple[str, tuple[Check, ...]], ...] = (
    (
        "parties and dates",
        (
            same_party,
            signed_after_start,
            notice_longer_than_term,
            fee_outside_term,
            party_without_contact,
            records_unstated,
            no_retained_duty,
            renter_without_exit,
            everything_fixed,
        ),
    ),
    (
        "calendars",
        (
            missing_time_zone,
            zones_differ,
            working_days_without_calendar,
            hours_without_holidays,
            holiday_years_missing,
            short_day_outside_opening,
            closed_day_without_effect,
            unused_calendar,
        ),
    ),
    (
        "measurement",
        (
            unstated_rule,
            level_without_target,
            implausible_target,
            bars_out_of_order,
            mixed_duration_kinds,
            coarse_rounding,
            percentile_of_few_cases,
            slot_without_volume,
            whole_minutes_of_seconds,
            hours_beyond_service,
            weight_without_users,
            exclusion_without_limits,
            budget_without_consequence,
            window_outside_hours,
            unused_exclusion,
            unused_clock_stop,
            third_party_stop_without_limit,
            promise_beyond_subcontractor,
            unreferenced_level,
            not_judged_yet,
        ),
    ),
    (
        "bands and money",
        (
            tier_gap,
            tier_overlap,
            tier_credits_met_target,
            worse_costs_less,
            percent_without_base,
            credit_over_fee,
            credits_without_cap,
            bonus_without_cap,
            cap_never_reached,
            joint_cap_below_single,
            credits_without_claim,
            claim_before_report,
            credit_on_open_target,
            credits_on_report_only,
            earn_back_beyond_term,
            unused_points,
            pool_not_shared_out,
        ),
    ),
    (
        "rights",
        (
            right_never_arises,
            right_on_missing_bar,
            right_without_use_by,
            right_without_notice,
            rights_of_one_side,
        ),
    ),
    (
        "open passages",
        (
            passage_without_interim_rule,
            passage_without_review_date,
            passage_without_owner,
            passage_without_expectation,
            passage_without_question,
            passage_without_way_out,
            passage_not_observed,
            passage_without_principle,
            review_after_term_end,
            review_past_fallback,
            review_before_signing,
            fallback_outside_term,
            options_alike,
            option_outside_guard,
            two_passages_on_one_line,
            passage_filled_with_words,
            moved_more_than_twice,
        ),
    ),
    (
        "trust",
        (
            one_sided_promises,
            promise_nobody_checks,
            survey_of_the_recognisable,
            goal_outside_term,
            exit_plan_never_tested,
        ),
    ),
    (
        "wording",
        (
            vague_words,
            figure_typed_by_hand,
            clause_language_missing,
            untranslated_text,
            stale_translation,
            no_worked_example,
            requirement_not_met,
        ),
    ),
    (
        "amendments",
        (
            amendment_agreed_after_effective,
            amendment_not_agreed,
            amendment_inside_period,
            amendment_outside_term,
            amendments_out_of_order,
            amendments_in_conflict,
            passage_filled_twice,
            change_of_removed_block,
        ),
    ),
)
"""All checks, grouped by what they are about: the order of the manual."""

CHECKS: tuple[Check, ...] = tuple(check for _, checks in FAMILIES for check in checks)

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
    """`found` parted by the `allow` lines of the contract; a line that silences nothing is a finding of its own.

    The lines of an included file are looked at where that file itself is checked.
    """
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
        own = allow.span.path == contract.path
        if own and allow.span not in used and allow.code in _SILENCEABLE:
            message = f'This line silences nothing: {allow.code} is not found in "{allow.block}".'
            fix = Fix("remove the line", (Edit(allow.span, ""),))
            shown.append(UNNEEDED_ALLOW.at(allow.span, message, help="Remove the line.", fix=fix))
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
