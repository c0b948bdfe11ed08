"""Findings that only repeat an error: what a line should have said, when that very line could not be read.

In: the document, the errors met while reading it, and what the checks found. Out: the findings of the checks without
the echoes. It runs after the checks. An echo is withheld, not lost: it comes back if it is still true once the error is
corrected. Findings about what a contract does say are never withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks import (
    bonus_without_cap,
    budget_without_consequence,
    clause_language_missing,
    credit_over_fee,
    credits_on_report_only,
    credits_without_cap,
    credits_without_claim,
    exclusion_without_limits,
    exit_plan_never_tested,
    hours_without_holidays,
    level_without_target,
    missing_time_zone,
    no_retained_duty,
    no_worked_example,
    one_sided_promises,
    party_without_contact,
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
    requirement_not_met,
    right_never_arises,
    right_on_missing_bar,
    right_without_notice,
    right_without_use_by,
    rights_of_one_side,
    slot_without_volume,
    stale_translation,
    survey_of_the_recognisable,
    third_party_stop_without_limit,
    tier_gap,
    unreferenced_level,
    unstated_rule,
    untranslated_text,
    unused_calendar,
    unused_clock_stop,
    unused_exclusion,
    unused_points,
    weight_without_users,
    working_days_without_calendar,
)
from sla2.checks.codes import UNNEEDED_ALLOW
from sla2.diagnostics import Severity
from sla2.source.codes import OUTSIDE_BLOCK, UNKNOWN_BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics import Diagnostic, Span
    from sla2.source.syntax import Block

_OF_A_BLOCK = frozenset(
    check.CODE.id
    for check in (
        bonus_without_cap,
        budget_without_consequence,
        clause_language_missing,
        credit_over_fee,
        credits_on_report_only,
        credits_without_cap,
        credits_without_claim,
        exclusion_without_limits,
        exit_plan_never_tested,
        hours_without_holidays,
        level_without_target,
        missing_time_zone,
        party_without_contact,
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
        right_never_arises,
        right_on_missing_bar,
        right_without_notice,
        right_without_use_by,
        slot_without_volume,
        survey_of_the_recognisable,
        third_party_stop_without_limit,
        tier_gap,
        unstated_rule,
        untranslated_text,
        weight_without_users,
        working_days_without_calendar,
    )
) | {UNNEEDED_ALLOW.id}
"""Checks that miss something in a block, or in a block that it refers to."""

_OF_THE_WHOLE = frozenset(
    check.CODE.id
    for check in (
        no_retained_duty,
        no_worked_example,
        one_sided_promises,
        requirement_not_met,
        rights_of_one_side,
        stale_translation,
        unreferenced_level,
        unused_calendar,
        unused_clock_stop,
        unused_exclusion,
        unused_points,
    )
)
"""Checks that miss something in the whole contract."""


_FRAME = ("contract", "framework", "calendar")
_OF_THE_FRAME = frozenset({working_days_without_calendar.CODE.id})
"""Checks that miss, wherever it is needed, what a block of the frame should say."""

_BLOCK_LOST = frozenset({UNKNOWN_BLOCK.id, OUTSIDE_BLOCK.id})
"""Errors after which a whole block, or a part of one, is not known."""


def without_echoes(
    found: Iterable[Diagnostic], errors: Iterable[Diagnostic], blocks: Iterable[Block]
) -> tuple[Diagnostic, ...]:
    """`found` without what an error in the same block, or in a block pointed at, already explains."""
    unsolved = [one for one in errors if one.severity is Severity.ERROR and one.fix is None and one.span is not None]
    places = [one.span for one in unsolved if one.span is not None]
    hurt = [block for block in blocks if any(_inside(place, block.span) for place in places)]
    lost = any(one.code in _BLOCK_LOST for one in unsolved)
    silent = _OF_THE_WHOLE if places else frozenset()
    silent |= _OF_A_BLOCK if lost else frozenset()
    silent |= _OF_THE_FRAME if any(block.kind in _FRAME for block in hurt) else frozenset()
    damaged = [block.span for block in hurt]
    return tuple(one for one in found if one.code not in silent and not _echo(one, damaged))


def _echo(one: Diagnostic, damaged: list[Span]) -> bool:
    if one.code not in _OF_A_BLOCK:
        return False
    pointed = [one.span, *(related.span for related in one.related)]
    return any(_inside(place, block) for place in pointed if place is not None for block in damaged)


def _inside(place: Span, block: Span) -> bool:
    return place.path == block.path and block.start <= place.start <= block.end
