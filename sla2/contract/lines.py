"""The lines of a contract that a passage may hold open and an amendment may change, and how a value is put there.

In: a `Contract`, the name of a line, a `Filling`. Out: a `Contract` with that line replaced. `versions` and trial runs
of options use it. It decides nothing about dates: which value is in force on a day is the business of `versions`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sla2.contract.contract import Contract
from sla2.contract.credits import Cap, Credits, Tier
from sla2.contract.level import Down, Held, Level, OpenTarget, Target
from sla2.contract.passage import CapTerm, Concern, DownTerm, Filling, HoursTerm, TargetTerm, TiersTerm
from sla2.diagnostics import Span

TARGET_LINES = ("target", "minimum", "expected")
TIERS = "tiers"
OPENABLE = (*TARGET_LINES, "hours", "down when", "cap", TIERS)
"""The lines that `put` and `reopen` know; a passage on another line is not evaluated."""


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
    for credits in contract.credits:
        found.extend((Line(credits.name, "cap", cap.stretch), cap.passage) for cap in credits.caps if cap.passage)
        if credits.tiers_passage is not None:
            found.append((Line(credits.name, TIERS), credits.tiers_passage))
    return tuple(found)


def _targets(level: Level) -> tuple[tuple[str, OpenTarget], ...]:
    written = (("target", level.target), ("minimum", level.minimum), ("expected", level.expected))
    return tuple((line, target) for line, target in written if isinstance(target, OpenTarget))


def put(contract: Contract, line: Line, value: Filling) -> Contract:
    """`contract` with `value` on `line`; unchanged if the line does not exist or cannot hold such a value (words)."""
    match value:
        case TargetTerm(target=target) if line.line in TARGET_LINES:
            return _on_level(contract, line.block, {line.line: target})
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
        opened = _on_level(contract, line.block, {line.line: OpenTarget(span=span, passage=passage)})
    elif line.line == "hours":
        opened = _on_level(contract, line.block, {"hours_passage": passage})
    elif line.line == "down when":
        former = next((level.down_when for level in contract.levels if level.name == line.block), None)
        down = former or Down(span=span, kind="open")
        opened = _on_level(contract, line.block, {"down_when": down.model_copy(update={"passage": passage})})
    elif line.line == TIERS:
        opened = _on_credits(contract, line.block, {"tiers_passage": passage})
    else:
        opened = _reopen_cap(contract, line, passage, span)
    return hold(opened, line, None)


def _reopen_cap(contract: Contract, line: Line, passage: str, span: Span) -> Contract:
    caps = next((credits.caps for credits in contract.credits if credits.name == line.block), ())
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

    if line.line in ("cap", TIERS):
        credits = tuple(
            block.model_copy(update={"held": replaced(block)}) if block.name == line.block else block
            for block in contract.credits
        )
        return contract.model_copy(update={"credits": credits})
    levels = tuple(
        block.model_copy(update={"held": replaced(block)}) if block.name == line.block else block
        for block in contract.levels
    )
    return contract.model_copy(update={"levels": levels})


def held_by(contract: Contract, line: Line) -> str | None:
    """The passage that holds `line` open or has filled it, if any."""
    for found, passage in open_lines(contract):
        if same_line(found, line):
            return passage
    blocks = contract.credits if line.line in ("cap", TIERS) else contract.levels
    for block in blocks:
        if block.name == line.block:
            return next((record.passage for record in block.held if record.line == line.words), None)
    return None


def same_line(one: Line, other: Line) -> bool:
    """True if both name the same line; a cap named without its span matches any cap of its block."""
    if (one.block, one.line) != (other.block, other.line):
        return False
    return one.per == other.per or None in (one.per, other.per)


def _on_level(contract: Contract, name: str, values: dict[str, Target | Down | str | None]) -> Contract:
    levels = tuple(level.model_copy(update=values) if level.name == name else level for level in contract.levels)
    return contract.model_copy(update={"levels": levels})


def _on_credits(contract: Contract, name: str, values: dict[str, tuple[Tier, ...] | str | None]) -> Contract:
    credits = tuple(block.model_copy(update=values) if block.name == name else block for block in contract.credits)
    return contract.model_copy(update={"credits": credits})


def _put_cap(contract: Contract, line: Line, cap: Cap) -> Contract:
    def replaced(caps: tuple[Cap, ...]) -> tuple[Cap, ...]:
        for place, former in enumerate(caps):
            if former.stretch == (line.per or cap.stretch):
                kept = cap.model_copy(update={"together_with": cap.together_with or former.together_with})
                return (*caps[:place], kept, *caps[place + 1 :])
        return (*caps, cap)

    credits = tuple(
        block.model_copy(update={"caps": replaced(block.caps)}) if block.name == line.block else block
        for block in contract.credits
    )
    return contract.model_copy(update={"credits": credits})
