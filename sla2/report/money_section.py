"""What is owed: the table of credits per period, and the steps that lead to each amount.

In: a frame. Out: blocks. It runs after the levels. Every amount is the one of the statement; nothing is added here but
the total that the statement itself holds.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fold, Heading, Items, Link, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.frame import owed_figure, place
from sla2.report.step_words import StepWords

if TYPE_CHECKING:
    from decimal import Decimal

    from sla2.document.blocks import Block, Inlines
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Owed, Verdict

_DEPENDS = {
    "period running": "running",
    "open cases": "open",
    "earlier periods": "earlier",
    "claim": "claim",
    "earn back": "earn",
    "choice": "choice",
    "raised target": "raised",
    "eligible": "eligible",
}


def money_section(frame: Frame) -> tuple[Block, ...]:
    """The table of what is owed, then each amount step by step."""
    statement = frame.settlement.statement
    refused = tuple(
        block.title for block in frame.contract.credits if block.name not in {one.credits for one in statement.owed}
    )
    blocks: list[Block] = [Heading(1, runs(frame.say("money.title")), id="credits")]
    if not frame.contract.credits:
        return (*blocks, Paragraph(runs(frame.say("summary.no_credits"))))
    if refused:
        blocks.append(Paragraph(runs(frame.say("money.refused", blocks=shown.listed(frame, refused))), "warning"))
    if statement.owed:
        blocks.append(_table(frame))
        blocks.append(Heading(2, runs(frame.say("money.steps_title")), id="credit-steps"))
        blocks.append(Paragraph(runs(frame.say("money.steps_intro"))))
        blocks.extend(block for one in statement.owed if _counts(one) for block in owed_blocks(frame, one))
        rest = tuple(
            block for one in statement.owed if not _counts(one) for block in owed_blocks(frame, one, folded=False)
        )
        if rest:
            blocks.append(Fold(runs(frame.say("money.nothing_why")), rest))
    return tuple(blocks)


def _counts(owed: Owed) -> bool:
    """True if something is owed, or was owed and is lost."""
    return bool(owed.high) or owed.claimed is False


def _table(frame: Frame) -> Table:
    statement = frame.settlement.statement
    header = ("block", "period", "percent", "amount", "state")
    right = ("percent", "amount")
    rows = [_row(frame, one) for one in statement.owed]
    total = amount_range(frame, statement.total, statement.low, statement.high, statement.currency)
    rows.append(
        (
            Cell(runs(frame.say("money.total"), "strong")),
            Cell(()),
            Cell(()),
            Cell(runs(total, "strong"), align="right"),
            Cell(()),
        )
    )
    return Table(
        id="credits-table",
        caption=frame.say("money.caption"),
        header=tuple(
            Cell(runs(frame.say(f"money.{key}")), align="right" if key in right else "left") for key in header
        ),
        rows=tuple(rows),
        widths=(5, 3, 2, 4, 5),
    )


def amount_range(frame: Frame, amount: Decimal, low: Decimal, high: Decimal, currency: str) -> str:
    """One amount, with the lowest and the highest behind it where they differ."""
    text = shown.amount(frame, amount, currency)
    if low == high:
        return text
    if amount == low:
        return frame.say("money.up_to", amount=text, high=shown.amount(frame, high, currency))
    return frame.say("money.down_to", amount=text, low=shown.amount(frame, low, currency))


def _row(frame: Frame, owed: Owed) -> tuple[Cell, ...]:
    period = shown.period(frame, owed.period)
    if owed.unit:
        period = f"{period}, {owed.unit}"
    share = shown.percent(frame, owed.share) if owed.share is not None else ""
    tone = shown.tone("undecided" if owed.low != owed.high else "missed" if owed.high else "not judged")
    return (
        Cell((Link(_title(frame, owed), f"#{owed_figure(owed)}"),)),
        Cell(runs(period)),
        Cell(runs(share if owed.share else ""), align="right"),
        Cell(runs(amount_range(frame, owed.amount, owed.low, owed.high, owed.currency)), align="right"),
        Cell(runs(state(frame, owed)), tone=tone),
    )


def _title(frame: Frame, owed: Owed) -> str:
    return next((one.title for one in frame.contract.credits if one.name == owed.credits), owed.credits)


def state(frame: Frame, owed: Owed) -> str:
    """Whether an amount is owed, undecided, owed if claimed, claimed, or lost."""
    by = frame.day(date.fromisoformat(owed.claim_by)) if owed.claim_by else ""
    if owed.claimed is False:
        return frame.say("money.state_lost", day=by)
    if not owed.high:
        return frame.say("money.state_none")
    if owed.claimed:
        return frame.say("money.state_claimed", day=by)
    text = frame.say("money.state_if_claimed", day=by) if owed.claim_by else frame.say("money.state_owed")
    return f"{frame.say('money.state_undecided')}; {text}" if owed.low != owed.high else text


def owed_blocks(frame: Frame, owed: Owed, *, folded: bool = True) -> tuple[Block, ...]:
    """One amount: a heading with the result, its steps, and what it still depends on."""
    verdict = _verdict(frame, owed)
    wording = StepWords(frame, verdict.measurement.terms, owed.currency, owed.block)
    label = frame.version_short(frame.terms.version(owed.period.first).label)
    lines: list[Inlines] = [wording.line(step, label) for step in owed.steps]
    result = amount_range(frame, owed.amount, owed.low, owed.high, owed.currency)
    lines.append((*runs(f"{frame.say('money.step_result')}: {result}", "strong"), *runs(f" – {state(frame, owed)}.")))
    blocks: list[Block] = [Items(tuple(lines), ordered=True)]
    if owed.steps_high:
        blocks.append(Paragraph(runs(frame.say("money.steps_high"))))
        blocks.append(Items(tuple(wording.line(step, label) for step in owed.steps_high), ordered=True))
    depends = [frame.say(f"money.depends_{_DEPENDS[on]}") for on in owed.provisional]
    if depends:
        blocks.append(Paragraph(runs(frame.say("money.depends", what=shown.listed(frame, depends))), "note"))
    heading = f"{_title(frame, owed)} – {shown.period(frame, owed.period)}"
    if owed.unit:
        heading = f"{heading}, {owed.unit}"
    head = Heading(3, runs(f"{heading}: {result}"), id=owed_figure(owed))
    if not folded:
        return head, *blocks
    rule = place(owed.block.span) if owed.block else ""
    return head, Fold(runs(frame.say("money.steps", place=rule)), tuple(blocks))


def _verdict(frame: Frame, owed: Owed) -> Verdict:
    found = [one for one in frame.settlement.history if (one.level, one.period) == (owed.level, owed.period)]
    return next((one for one in found if one.unit == owed.unit), found[0])
