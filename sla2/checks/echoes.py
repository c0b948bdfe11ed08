"""Findings that only repeat an error: what a line should have said, when that very line could not be read.

In: the document, the errors met while reading it, and what the checks found. Out: the findings of the checks without
the echoes. It runs after the checks. An echo is withheld, not lost: it comes back if it is still true once the error is
corrected. Findings about what a contract does say are never withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks import (
    clause_language_missing,
    credits_on_report_only,
    credits_without_cap,
    hours_without_holidays,
    level_without_target,
    missing_time_zone,
    no_retained_duty,
    no_worked_example,
    one_sided_promises,
    passage_without_expectation,
    passage_without_interim_rule,
    passage_without_owner,
    passage_without_question,
    passage_without_review_date,
    passage_without_way_out,
    percent_without_base,
    stale_translation,
    tier_gap,
    unreferenced_level,
    unstated_rule,
    unused_calendar,
    unused_clock_stop,
    unused_exclusion,
    working_days_without_calendar,
)
from sla2.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics import Diagnostic, Span
    from sla2.source.syntax import Block

_OF_A_BLOCK = frozenset(
    check.CODE.id
    for check in (
        clause_language_missing,
        credits_on_report_only,
        credits_without_cap,
        hours_without_holidays,
        level_without_target,
        missing_time_zone,
        passage_without_expectation,
        passage_without_interim_rule,
        passage_without_owner,
        passage_without_question,
        passage_without_review_date,
        passage_without_way_out,
        percent_without_base,
        tier_gap,
        unstated_rule,
        working_days_without_calendar,
    )
)
"""Checks that miss something in a block, or in a block that it refers to."""

_OF_THE_WHOLE = frozenset(
    check.CODE.id
    for check in (
        no_retained_duty,
        no_worked_example,
        one_sided_promises,
        stale_translation,
        unreferenced_level,
        unused_calendar,
        unused_clock_stop,
        unused_exclusion,
    )
)
"""Checks that miss something in the whole contract."""


def without_echoes(
    found: Iterable[Diagnostic], errors: Iterable[Diagnostic], blocks: Iterable[Block]
) -> tuple[Diagnostic, ...]:
    """`found` without what an error in the same block, or in a block pointed at, already explains."""
    places = [one.span for one in errors if one.severity is Severity.ERROR and one.fix is None and one.span is not None]
    damaged = [block.span for block in blocks if any(_inside(place, block.span) for place in places)]
    return tuple(one for one in found if not _echo(one, damaged, bool(places)))


def _echo(one: Diagnostic, damaged: list[Span], any_error: bool) -> bool:
    if one.code in _OF_THE_WHOLE:
        return any_error
    if one.code not in _OF_A_BLOCK:
        return False
    pointed = [one.span, *(related.span for related in one.related)]
    return any(_inside(place, block) for place in pointed if place is not None for block in damaged)


def _inside(place: Span, block: Span) -> bool:
    return place.path == block.path and block.start <= place.start <= block.end
