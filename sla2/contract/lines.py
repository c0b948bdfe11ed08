"""The lines of a contract that a passage may hold open and an amendment may change, and how a value is put there.

In: a `Contract`, the name of a line, a `Filling`. Out: a `Contract` with that line replaced. `versions` and trial runs
of options use it. It decides nothing about dates: which value is in force on a day is the business of `versions`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sla2.contract.contract import Contract
from sla2.contract.credits import Cap, Credits, Tier
from sla2.contract.level import Down, Held, Level, OpenTarget, Target
from sla2.contract.passage import (
    CapTerm,
    Change,
    Concern,
    DownTerm,
    FeeTerm,
    Filling,
    HeldLine,
    HoursTerm,
    OpenLine,
    SettingTerm,
    TargetTerm,
    TiersTerm,
)
from sla2.contract.settings import OF_CREDITS, put_bar, put_setting, put_texts, trust_blocks
from sla2.contract.surroundings import Fee
from sla2.diagnostics import Span

TARGET_LINES = ("target", "minimum", "expected")
TIERS = "tiers"
FEE = "fee"
TEXT = "text"
"""A text has no value that can be folded: a passage on it is read and drafted."""
MARKED = (*TARGET_LINES, "hours", "down when", "cap", TIERS)
"""The lines whose model itself says that they are open; all others are listed in `Contract.opened`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one block: `response-p2 target`, `hosting-credits cap per contract year` (`per` for caps only)."""

    block: str
    line: str
    per: str | None = None

    @property
    def words(self) -> str:
        """The line as the language writes it, without its block."""
        return f"{self.line} per {self.per}" if self.per else self.line

    def __str__(self) -> str:
        return f"{self.block} {self.words}"


def line_of(concern: Concern) -> Line | None:
    """The line that a passage concerns; None for `words only`."""
    if concern.block is None:
        return None
    return Line(concern.block, concern.line or TIERS, concern.per)


def open_lines(contract: Contract) -> tuple[tuple[Line, str], ...]:
    """Every line that is written as open, with the passage it points at, in the order of the file."""
    found: list[tuple[Line, str]] = []
    for level in contract.levels:
        found.extend((Line(level.name, line), target.passage) for line, target in _targets(level))
        if level.hours_passage is not None:
            found.append((Line(level.name, "hours"), level.hours_passage))
        if level.down_when is not None and level.down_when.passage is not None:
            found.append((Line(level.name, "down when"), level.down_when.passage))
    for credits in (*contract.credits, *contract.bonuses):
        found.extend((Line(credits.name, "cap", cap.stretch), cap.passage) for cap in credits.caps if cap.passage)
        if credits.tiers_passage is not None:
            found.append((Line(credits.name, TIERS), credits.tiers_passage))
    for block in trust_blocks(contract):
        if isinstance(block.bar, OpenTarget):
            found.append((Line(block.name, "target"), block.bar.passage))
    found.extend((Line(opened.block, opened.line), opened.passage) for opened in contract.opened)
    return tuple(found)


def _targets(level: Level) -> tuple[tuple[str, OpenTarget], ...]:
    written = (("target", level.target), ("minimum", level.minimum), ("expected", level.expected))
    return tuple((line, target) for line, target in written if isinstance(target, OpenTarget))


def put(contract: Contract, line: Line, value: Filling) -> Contract:
    """`contract` with `value` on `line`; unchanged if the line does not exist or cannot hold such a value (words)."""
    match value:
        case TargetTerm(target=target) if line.line in TARGET_LINES:
            return _put_target(contract, line, target)
        case SettingTerm() if line.line == value.line:
            return _closed(put_setting(contract, line.block, value), line)
        case FeeTerm(fee=fee) if line.line == FEE:
            return _closed(_put_fee(contract, line.block, fee), line)
        case HoursTerm(calendar=calendar) if line.line == "hours":
            if any(level.name == line.block for level in contract.levels):
                return _on_level(contract, line.block, {"hours": calendar, "hours_passage": None})
            services = tuple(
                service.model_copy(update={"hours": calendar}) if service.name == line.block else service
                for service in contract.services
            )
            return contract.model_copy(update={"services": services})
        case DownTerm(down=down) if line.line == "down when":
            return _on_level(contract, line.block, {"down_when": down})
        case CapTerm(cap=cap) if line.line == "cap":
            return _put_cap(contract, line, cap)
        case TiersTerm(tiers=tiers) if line.line == TIERS:
            return _on_credits(contract, line.block, {"tiers": tiers, "tiers_passage": None})
        case _:
            return contract


def reopen(contract: Contract, line: Line, passage: str, span: Span) -> Contract:
    """`contract` with `line` left open and pointing at `passage`.

    A value written on the line stays as the text as signed, for a passage without an interim rule; a target has none.
    """
    if line.line in TARGET_LINES:
        opened = _put_target(contract, line, OpenTarget(span=span, passage=passage))
    elif line.line == "hours":
        opened = _on_level(contract, line.block, {"hours_passage": passage})
    elif line.line == "down when":
        former = next((level.down_when for level in contract.levels if level.name == line.block), None)
        down = former or Down(span=span, kind="open")
        opened = _on_level(contract, line.block, {"down_when": down.model_copy(update={"passage": passage})})
    elif line.line == TIERS:
        opened = _on_credits(contract, line.block, {"tiers_passage": passage})
    elif line.line == "cap":
        opened = _reopen_cap(contract, line, passage, span)
    else:
        others = _closed(contract, line).opened
        marked = OpenLine(span=span, block=line.block, line=line.line, passage=passage)
        opened = contract.model_copy(update={"opened": (*others, marked)})
    return hold(opened, line, None)


def _closed(contract: Contract, line: Line) -> Contract:
    """`contract` without the mark that `line` is open."""
    kept = tuple(each for each in contract.opened if (each.block, each.line) != (line.block, line.line))
    return contract if kept == contract.opened else contract.model_copy(update={"opened": kept})


def _put_target(contract: Contract, line: Line, target: Target) -> Contract:
    if any(level.name == line.block for level in contract.levels):
        return _on_level(contract, line.block, {line.line: target})
    return put_bar(contract, line.block, target)


def _put_fee(contract: Contract, name: str, fee: Fee) -> Contract:
    """`contract` with one fee in place of all that bear the name."""
    others = tuple(each for each in contract.fees if each.name != name)
    return contract.model_copy(update={"fees": (*others, fee)})


def _reopen_cap(contract: Contract, line: Line, passage: str, span: Span) -> Contract:
    blocks = (*contract.credits, *contract.bonuses)
    caps = next((credits.caps for credits in blocks if credits.name == line.block), ())
    former = next((cap for cap in caps if line.per in (None, cap.stretch)), None)
    if former is None and line.per is None:
        return contract
    cap = former or Cap(span=span, per=line.per)
    return _put_cap(contract, line, cap.model_copy(update={"passage": passage}))


def hold(contract: Contract, line: Line, held: Held | None) -> Contract:
    """`contract` with the record of what fills `line` replaced by `held` (None: no record)."""

    def replaced(block: Level | Credits) -> tuple[Held, ...]:
        kept = tuple(record for record in block.held if record.line != line.words)
        return kept if held is None else (*kept, held)

    if _of_credits(line):
        return _each_credits(
            contract,
            lambda block: block.model_copy(update={"held": replaced(block)}) if block.name == line.block else block,
        )
    if any(level.name == line.block for level in contract.levels):
        levels = tuple(
            block.model_copy(update={"held": replaced(block)}) if block.name == line.block else block
            for block in contract.levels
        )
        return contract.model_copy(update={"levels": levels})
    kept = tuple(each for each in contract.held if (each.block, each.held.line) != (line.block, line.words))
    added = (HeldLine(span=held.span, block=line.block, held=held),) if held is not None else ()
    return contract.model_copy(update={"held": (*kept, *added)})


def _of_credits(line: Line) -> bool:
    return line.line in ("cap", TIERS, *OF_CREDITS)


def _each_credits(contract: Contract, changed: Callable[[Credits], Credits]) -> Contract:
    """`contract` with every block of credits, and every bonus, put through `changed`."""
    credits = tuple(changed(block) for block in contract.credits)
    return contract.model_copy(
        update={"credits": credits, "bonuses": tuple(changed(block) for block in contract.bonuses)}
    )


def held_by(contract: Contract, line: Line) -> str | None:
    """The passage that holds `line` open or has filled it, if any."""
    for found, passage in open_lines(contract):
        if same_line(found, line):
            return passage
    blocks = (*contract.credits, *contract.bonuses) if _of_credits(line) else contract.levels
    records = [record for block in blocks if block.name == line.block for record in block.held]
    records += [each.held for each in contract.held if each.block == line.block]
    return next((record.passage for record in records if record.line == line.words), None)


def same_line(one: Line, other: Line) -> bool:
    """True if both name the same line; a cap named without its span matches any cap of its block."""
    if (one.block, one.line) != (other.block, other.line):
        return False
    return one.per == other.per or None in (one.per, other.per)


def _on_level(contract: Contract, name: str, values: dict[str, Target | Down | str | None]) -> Contract:
    levels = tuple(level.model_copy(update=values) if level.name == name else level for level in contract.levels)
    return contract.model_copy(update={"levels": levels})


def _on_credits(contract: Contract, name: str, values: dict[str, tuple[Tier, ...] | str | None]) -> Contract:
    return _each_credits(contract, lambda block: block.model_copy(update=values) if block.name == name else block)


def _put_cap(contract: Contract, line: Line, cap: Cap) -> Contract:
    def replaced(caps: tuple[Cap, ...]) -> tuple[Cap, ...]:
        for place, former in enumerate(caps):
            if former.stretch == (line.per or cap.stretch):
                kept = cap.model_copy(update={"together_with": cap.together_with or former.together_with})
                return (*caps[:place], kept, *caps[place + 1 :])
        return (*caps, cap)

    return _each_credits(
        contract,
        lambda block: block.model_copy(update={"caps": replaced(block.caps)}) if block.name == line.block else block,
    )


def value_of(verb: Change) -> Filling | None:
    """What a `change:` line puts in, as a value of a passage would be; None for a text."""
    if verb.target is not None:
        return TargetTerm(span=verb.span, target=verb.target)
    if verb.hours is not None:
        return HoursTerm(span=verb.span, calendar=verb.hours)
    if verb.tiers:
        return TiersTerm(span=verb.span, tiers=verb.tiers)
    if verb.cap is not None:
        return CapTerm(span=verb.span, cap=verb.cap)
    if verb.down is not None:
        return DownTerm(span=verb.span, down=verb.down)
    return verb.setting if verb.setting is not None else FeeTerm(span=verb.span, fee=verb.fee) if verb.fee else None


def line_changed(verb: Change) -> Line:
    """The line that a `change:` line is about."""
    return Line(verb.block, verb.line, verb.cap.stretch if verb.cap is not None else None)


def changed(contract: Contract, verb: Change) -> Contract:
    """`contract` with the line of `verb` replaced, whoever holds it."""
    if verb.texts:
        return put_texts(contract, verb.block, verb.texts)
    value = value_of(verb)
    return contract if value is None else put(contract, line_changed(verb), value)
