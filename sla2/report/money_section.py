"""What is owed: the table of credits per period, and the steps that lead to each amount.

In: a frame. Out: blocks. It runs after the levels. Every amount is the one of the statement; nothing is added here but
the total that the statement itself holds.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    """The table of what is owed, then each amount step by step; bonuses after the credits, with a sum of their own."""
    statement = frame.settlement.statement
    told = {one.credits for one in (*statement.owed, *statement.bonuses)}
    refused = tuple(
        block.title for block in (*frame.contract.credits, *frame.contract.bonuses) if block.name not in told
    )
    blocks: list[Block] = [Heading(1, runs(frame.say("money.title")), id="credits")]
    if not frame.contract.credits:
        blocks.append(Paragraph(runs(frame.say("summary.no_credits"))))
    if refused:
        blocks.append(Paragraph(runs(frame.say("money.refused", blocks=shown.listed(frame, refused))), "warning"))
    blocks.extend(_sums(frame, _Sum("money", statement.owed, statement.total, statement.low, statement.high)))
    if statement.bonuses:
        bonus = _Sum("bonus", statement.bonuses, statement.bonus_total, statement.bonus_low, statement.bonus_high)
        blocks.append(Heading(1, runs(frame.say("bonus.title")), id="bonuses"))
        blocks.append(Paragraph(runs(frame.say("bonus.intro"))))
        blocks.extend(_sums(frame, bonus))
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class _Sum:
    """What one side owes: the book of its words, the amounts, and their sum with its bounds."""

    words: str
    owed: tuple[Owed, ...]
    total: Decimal
    low: Decimal
    high: Decimal


def _sums(frame: Frame, side: _Sum) -> list[Block]:
    if not side.owed:
        return []
    blocks: list[Block] = [_table(frame, side)]
    blocks.append(Heading(2, runs(frame.say(f"{side.words}.steps_title")), id=f"{side.words}-steps"))
    if side.words == "money":
        blocks.append(Paragraph(runs(frame.say("money.steps_intro"))))
    blocks.extend(block for one in side.owed if _counts(one) for block in owed_blocks(frame, one))
    rest = tuple(block for one in side.owed if not _counts(one) for block in owed_blocks(frame, one, folded=False))
    if rest:
        blocks.append(Fold(runs(frame.say("money.nothing_why")), rest))
    return blocks


def _counts(owed: Owed) -> bool:
    """True if something is owed, or was owed and is lost."""
    return bool(owed.high) or owed.claimed is False


def _table(frame: Frame, side: _Sum) -> Table:
    header = ("block", "period", "percent", "amount", "state")
    right = ("percent", "amount")
    rows = [_row(frame, one) for one in side.owed]
    total = amount_range(frame, side.total, side.low, side.high, frame.settlement.statement.currency)
    rows.append(
        (
            Cell(runs(frame.say(f"{side.words}.total"), "strong")),
            Cell(()),
            Cell(()),
            Cell(runs(total, "strong"), align="right"),
            Cell(()),
        )
    )
    first = {"block": frame.say(f"{side.words}.block")}
    return Table(
        id="credits-table" if side.words == "money" else "bonuses-table",
        caption=frame.say(f"{side.words}.caption"),
        header=tuple(
            Cell(runs(first.get(key) or frame.say(f"money.{key}")), align="right" if key in right else "left")
            for key in header
        ),
        rows=tuple(rows),
        widths=(5, 3, 3, 3, 5),
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
        Cell((Link(frame.block_title(owed.credits), f"#{owed_figure(owed)}"),)),
        Cell(runs(period)),
        Cell(runs(share if owed.share else ""), align="right"),
        Cell(runs(amount_range(frame, owed.amount, owed.low, owed.high, owed.currency)), align="right"),
        Cell(runs("; ".join((state(frame, owed), *_otherwise(frame, owed)))), tone=tone),
    )


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


def _otherwise(frame: Frame, owed: Owed) -> list[str]:
    """The amount under the other reading of each unstated rule that would change it, in a few words."""
    found = []
    for other in owed.otherwise:
        if other.amount is None:
            found.append(frame.say("reading.otherwise_short_none"))
        else:
            amount = amount_range(frame, other.amount[0], *other.amount, owed.currency)
            found.append(frame.say("reading.otherwise_short", amount=amount))
    return list(dict.fromkeys(found))


def otherwise_lines(frame: Frame, owed: Owed) -> tuple[str, ...]:
    """One sentence per unstated rule whose other reading would change the amount, with the line that states it."""
    found = []
    for other in owed.otherwise:
        if other.amount is None:
            found.append(frame.say("reading.otherwise_none", line=other.line))
        else:
            amount = amount_range(frame, other.amount[0], *other.amount, owed.currency)
            found.append(frame.say("reading.otherwise", amount=amount, line=other.line))
    return tuple(found)


def owed_blocks(frame: Frame, owed: Owed, *, folded: bool = True) -> tuple[Block, ...]:
    """One amount: a heading with the result, its steps, and what it still depends on."""
    verdict = _verdict(frame, owed)
    wording = StepWords(frame, verdict.measurement.terms, owed.currency, owed.block)
    label = frame.version_short(frame.terms.version(owed.period.terms_day).label)
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
    blocks += [Paragraph(runs(line), "note") for line in otherwise_lines(frame, owed)]
    heading = f"{frame.block_title(owed.credits)} – {shown.period(frame, owed.period)}"
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
