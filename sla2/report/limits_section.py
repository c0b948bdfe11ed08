"""The room that is left, the balances carried over, and the tickets that were restated after they had been reopened.

In: a frame. Out: blocks, none where there is nothing to say. It runs after the credits. It reckons nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fact, Facts, Heading, Items, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.frame import case_figure, exposure_figure, opening_figure, place

if TYPE_CHECKING:
    from decimal import Decimal

    from sla2.document.blocks import Block, Inlines
    from sla2.measure.measurement import Case
    from sla2.report.frame import Frame
    from sla2.settle.balance import Exposed, OpeningBalance

MOST = 25
"""So many restated tickets are shown; all of them stand in the JSON report."""


def exposure_section(frame: Frame) -> tuple[Block, ...]:
    """The maximum exposure of each side in the contract years of the report, and the room left."""
    found = frame.settlement.exposures
    if not found:
        return ()
    keys = ("side", "year", "limit", "owed", "left")
    table = Table(
        id="exposure-table",
        caption=frame.say("exposure.caption"),
        header=tuple(
            Cell(runs(frame.say(f"exposure.{key}")), align="left" if number < 2 else "right")
            for number, key in enumerate(keys)
        ),
        rows=tuple(_row(frame, one) for one in found),
        widths=(3, 6, 4, 4, 4),
    )
    heading = Heading(1, runs(frame.say("exposure.title")), id="exposure")
    return heading, Paragraph(runs(frame.say("exposure.intro"))), table


def exposure_blocks(frame: Frame, exposed: Exposed) -> tuple[Block, ...]:
    """One side in one contract year: the rule, the maximum, what is owed, and the amounts it is made of."""
    side, year, limit, owed, left = (cell.content for cell in _row(frame, exposed))
    label = frame.version_short(frame.terms.version(exposed.first).label)
    where = " · ".join(part for part in (place(exposed.rule.span), label) if part)
    values = (("side", side), ("year", year), ("limit", limit), ("owed", owed), ("left", left))
    facts = [Fact(frame.say(f"exposure.{key}"), value) for key, value in values]
    facts.append(Fact(frame.say("right.rule"), runs(where, "code")))
    heading = Heading(
        1, runs(f"{frame.say('exposure.title')} – {exposed.first.isoformat()}"), id=exposure_figure(exposed)
    )
    return heading, Facts(tuple(facts))


def _row(frame: Frame, exposed: Exposed) -> tuple[Cell, ...]:
    year = frame.say("period.span", first=frame.day(exposed.first), last=frame.day(exposed.last))
    unknown = frame.say("exposure.unknown")
    left = unknown
    if exposed.left is not None and exposed.left_low is not None:
        left = _between(frame, exposed.left_low, exposed.left)
    return (
        Cell(runs(frame.say(f"exposure.side_{exposed.side}")), anchor=exposure_figure(exposed)),
        Cell(runs(year)),
        Cell(runs(unknown if exposed.limit is None else _amount(frame, exposed.limit)), align="right"),
        Cell(runs(_between(frame, exposed.owed, exposed.owed_high)), align="right"),
        Cell(runs(left), align="right"),
    )


def opening_section(frame: Frame) -> tuple[Block, ...]:
    """What was carried over from before the first day that is measured."""
    found = frame.settlement.opening
    if not found:
        return ()
    heading = Heading(1, runs(frame.say("opening.title")), id="opening")
    intro = Paragraph(runs(frame.say("opening.intro", day=frame.day(found[0].first))))
    lines: tuple[Inlines, ...] = tuple(
        (*runs(f"{opening_words(frame, one)} "), *runs(opening_figure(one), "code")) for one in found
    )
    return heading, intro, Items(lines)


def opening_words(frame: Frame, balance: OpeningBalance) -> str:
    """One balance in words."""
    if balance.kind == "target":
        level = frame.contract.level(balance.ident)
        value = (
            shown.percent(frame, balance.value) if shown.kind(level) == "share" else shown.number(frame, balance.value)
        )
        return frame.say("opening.target", title=level.title, value=value)
    if balance.kind == "points":
        key = "points.value_one" if balance.value == 1 else "points.value_other"
        value = frame.say(key, n=shown.number(frame, balance.value))
        return frame.say("opening.points", title=frame.block_title(balance.ident), value=value)
    value = shown.amount(frame, balance.value, frame.contract.currency or "")
    return frame.say("opening.credits", title=frame.block_title(balance.ident), value=value)


def restated_cases(frame: Frame) -> tuple[Case, ...]:
    """The cases of the reported levels that had counted as met in an earlier period, level by level.

    Those that counted in a reported period, count in one now, or count in none yet.
    """
    found = []
    for level in frame.levels():
        labels = {one.period.label for one in frame.settlement.of(level.name)}
        for case in frame.measurements.cases.restated(level.name):
            if case.period is None or labels & {case.period, case.restates}:
                found.append(case)
    return tuple(found)


def restated_section(frame: Frame) -> tuple[Block, ...]:
    """The tickets that were opened again after they had counted as met in a period."""
    found = restated_cases(frame)
    if not found:
        return ()
    keys = ("ticket", "level", "before", "now", "outcome")
    table = Table(
        id="restated-table",
        caption=frame.say("restated.caption"),
        header=tuple(Cell(runs(frame.say(f"restated.{key}"))) for key in keys),
        rows=tuple(_restated(frame, case) for case in found[:MOST]),
        widths=(4, 6, 4, 4, 3),
    )
    heading = Heading(1, runs(frame.say("restated.title")), id="restated")
    blocks: list[Block] = [heading, Paragraph(runs(frame.say("restated.intro"))), table]
    if len(found) > MOST:
        blocks.append(Paragraph(runs(frame.count("restated.more", len(found) - MOST)), "note"))
    return tuple(blocks)


def _restated(frame: Frame, case: Case) -> tuple[Cell, ...]:
    return (
        Cell(runs(case_figure(case.ticket_id, case.level), "code")),
        Cell(runs(frame.title(case.level))),
        Cell(runs(_label(frame, case.level, case.restates))),
        Cell(runs(_label(frame, case.level, case.period) if case.period else frame.say("restated.now_open"))),
        Cell(runs(frame.say(f"explain.{case.outcome}"))),
    )


def _label(frame: Frame, level: str, label: str) -> str:
    found = (one for one in frame.settlement.history if (one.level, one.period.label) == (level, label))
    verdict = next(found, None)
    return shown.period(frame, verdict.period) if verdict is not None else label


def _amount(frame: Frame, amount: Decimal) -> str:
    return shown.amount(frame, amount, frame.contract.currency or "")


def _between(frame: Frame, low: Decimal, high: Decimal) -> str:
    if low == high:
        return _amount(frame, low)
    return frame.say("money.range", low=_amount(frame, low), high=_amount(frame, high))
