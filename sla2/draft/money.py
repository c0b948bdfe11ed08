"""The clauses of money and of rights: points, amounts at risk, credits, bonuses, the order of operations, termination.

In: a frame. Out: blocks of one section each, empty where the contract has nothing to say. It runs under `from_words`.
What credits and bonuses refer to stands before them: the points they cost, the amount at risk they are taken from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Table
from sla2.draft.agreement import text_cell
from sla2.words import credits, order, points, rights
from sla2.words.sentence import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.credits import Credits
    from sla2.document.blocks import Block
    from sla2.draft.frame import Frame
    from sla2.words.sentence import Sentence

Blocks = list["Block"]


def points_section(frame: Frame) -> Blocks:
    """Service points, each block with its table."""
    contract, language = frame.contract, frame.language
    found: Blocks = [frame.heading("points")] if contract.points else []
    for block in contract.points:
        table = _table(
            anchor("points", block.name), points.point_heads(block, language), points.point_rows(block, language)
        )
        said = points.points_sentences(contract, block, language)
        found += _block(frame, "points", block.name, block.title, said, table)
    return found


def pools_section(frame: Frame) -> Blocks:
    """Amounts at risk and their shares."""
    contract, language = frame.contract, frame.language
    found: Blocks = [frame.heading("pools")] if contract.pools else []
    for pool in contract.pools:
        found += _block(frame, "pool", pool.name, pool.title, points.pool_sentences(contract, pool, language), None)
    return found


def credits_section(frame: Frame) -> Blocks:
    """Each table of service credits with its rules, then bonuses, then the order in which everything is reckoned."""
    contract, language = frame.contract, frame.language
    found: Blocks = []
    if contract.credits:
        found.append(frame.heading("credits"))
        for block in contract.credits:
            found += _credits(frame, "credits", block)
    if contract.bonuses:
        found.append(frame.heading("bonuses"))
        for block in contract.bonuses:
            found += _credits(frame, "bonus", block)
    if contract.levels:
        intro, *steps = order.order_sentences(contract, language)
        found += [frame.heading("order"), frame.clause(2, "order-intro", intro)]
        found += [frame.clause(3, one.topic, one) for one in steps]
    return found


def rights_section(frame: Frame) -> Blocks:
    """The rights to terminate, each with its triggers as numbered paragraphs."""
    contract, language = frame.contract, frame.language
    found: Blocks = [frame.heading("rights")] if contract.terminations else []
    for right in contract.terminations:
        said = (*rights.right_sentences(contract, right, language), *frame.opened(right.name))
        found += _block(frame, "termination", right.name, right.title, said, None)
    return found


def _credits(frame: Frame, kind: str, block: Credits) -> Blocks:
    table = _table(
        anchor(kind, block.name),
        credits.tier_heads(block, frame.language),
        credits.tier_rows(block, frame.language),
    )
    said = credits.credits_sentences(frame.contract, block, frame.language)
    said = (*said, *frame.opened(block.name, block.held))
    return _block(frame, kind, block.name, block.title, said, table)


def _block(
    frame: Frame, kind: str, name: str, title: str, sentences: Iterable[Sentence], table: Table | None
) -> Blocks:
    """A block under its title: one numbered paragraph per sentence, its table after the one that speaks of it."""
    first, *rest = sentences
    found: Blocks = [frame.titled(anchor(kind, name), title, first)]
    for one in rest:
        found.append(frame.clause(3, anchor(kind, name, one.topic), one))
        if one.topic == "tiers" and table is not None:
            found.append(table)
    return found


def _table(name: str, heads: tuple[str, str, str], rows: Iterable[tuple[str, str]]) -> Table:
    caption, result, gives = heads
    cells = tuple((text_cell(words), text_cell(given)) for words, given in rows)
    return Table(f"{name}-table", caption, (text_cell(result), text_cell(gives)), cells, (6, 4))
