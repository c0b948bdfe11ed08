"""The sheets beside the statement: points, pools, rights, exposure, balances carried over, restated tickets.

In: a frame, and the place of a sheet that sums point at. Out: rows of cells. It runs after the statement; a sheet that
would be empty is left out. It reckons nothing: what a pool paid is added up again by a formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.report.figures import sources
from sla2.report.frame import (
    case_figure,
    exposure_figure,
    opening_figure,
    place,
    points_figure,
    pool_figure,
    right_figure,
)
from sla2.report.limits_section import restated_cases
from sla2.report.rights_section import fact_figure, fact_line
from sla2.report.workbook.grid import Cell, Part, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.report.frame import Frame

POINTS = ("block", "level", "unit", "period", "least", "most", "depends", "rule", "rests", "figure")
POOLS = ("pool", "period", "size", "paid", "paid_again", "paid_most", "left_least", "left", "rule", "figure")
TAKEN = ("pool", "period", "credits", "unit", "share", "asked", "paid")
RIGHTS = (
    "right", "of", "unit", "period", "status", "arose", "cure_by", "use_by", "ends_from", "lapsed", "fact", "certain",
    "rests", "rule", "figure",
)  # fmt: skip
EXPOSURE = ("side", "first", "last", "limit", "least", "most", "left_least", "left", "rule", "figure")
OPENING = ("kind", "name", "value", "first", "figure")
RESTATED = ("ticket", "level", "before", "now", "outcome", "figure")


def points(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each unit of an account of points."""
    for account in frame.settlement.points:
        rests = ", ".join(sources(frame, account))
        for one in account.given:
            yield (
                account.points, account.level, one.unit, account.period.label, one.low, one.high,
                ", ".join(one.provisional), place(account.block.span), rests, points_figure(account),
            )  # fmt: skip


def pools(frame: Frame, parts: tuple[Part, ...]) -> Iterator[tuple[Cell, ...]]:
    """One row for each pool and period, what was paid added up again over the sheet of `taken`."""
    for one in frame.settlement.pools:
        # names of blocks and labels of periods hold no wild cards, quotes or comparisons
        chosen = [
            f'SUMIFS({part.column(6)},{part.column(0)},"={one.pool}",{part.column(1)},"={one.period.label}")'
            for part in parts
        ]
        yield (
            one.pool, one.period.label, one.size, one.paid, Sum("=" + "+".join(chosen), one.paid) if chosen else None,
            one.paid_high, one.left_low, one.left, place(one.block.span), pool_figure(one),
        )  # fmt: skip


def taken(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each credit that takes from a pool."""
    for one in frame.settlement.pools:
        for part in one.taken:
            yield one.pool, one.period.label, part.credits, part.unit, part.share, part.asked, part.paid


def rights(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each fact of each right."""
    for one in frame.settlement.rights:
        days = (one.cure_by, one.use_by, one.ends_from)
        for fact in one.facts:
            says = fact_line(frame, fact)[0]
            lead = (one.right, frame.say(f"right.of_{one.right_of}"), one.unit, one.period.label)
            state = (frame.say(f"workbook.right_is_{one.status}"), one.arose.isoformat())
            last = (*(day.isoformat() if day else "" for day in days), _yes(frame, one.lapsed))
            what = (getattr(says, "text", ""), _yes(frame, fact.certain), fact_figure(fact))
            yield *lead, *state, *last, *what, place(one.trigger.span), right_figure(one)


def exposure(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each side and contract year."""
    for one in frame.settlement.exposures:
        yield (
            frame.say(f"exposure.side_{one.side}"), one.first.isoformat(), one.last.isoformat(), one.limit, one.owed,
            one.owed_high, one.left_low, one.left, place(one.rule.span), exposure_figure(one),
        )  # fmt: skip


def opening(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each balance carried over."""
    for one in frame.settlement.opening:
        yield one.kind, one.ident, one.value, one.first.isoformat(), opening_figure(one)


def restated(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    """One row for each ticket that was opened again after it had counted as met."""
    for case in restated_cases(frame):
        outcome = frame.say(f"workbook.outcome_{case.outcome}")
        yield case.ticket_id, case.level, case.restates, case.period, outcome, case_figure(case.ticket_id, case.level)


def _yes(frame: Frame, found: bool) -> str:
    return frame.say("workbook.yes" if found else "workbook.no")
