"""What can be said only once all blocks are read: which lines are held open, and whether both ends agree.

In: a `Contract` as read. Out: the same with its held lines pointing at their passages, and findings. A target is open
only where it says so itself; hours, caps, "down when" and tier tables are open as soon as a passage concerns them.
"""

from __future__ import annotations

from datetime import date

from sla2.contract.codes import CHANGE_OF_OPEN_LINE, EXCLUSION_WITHOUT_CAUSE, LINE_NOT_HELD
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.contract import Contract
from sla2.contract.lines import TARGET_LINES, TEXT, Line, changed, line_changed, line_of, open_lines, reopen, same_line
from sla2.contract.measures import measure_kind
from sla2.contract.passage import Add, CapTerm, Change, Fill, Passage, Reopen, Withdraw
from sla2.diagnostics import Diagnostic, Related


def with_held_lines(contract: Contract) -> tuple[Contract, tuple[Diagnostic, ...]]:
    """`contract` with every line that a passage concerns marked as open, and the findings where the two disagree."""
    later = {
        verb.block if isinstance(verb, Add) else verb.passage
        for amendment in contract.amendments
        for verb in amendment.verbs
        if isinstance(verb, Add | Reopen)
    }
    contract = contract.model_copy(update={"passages": tuple(_with_span(contract, each) for each in contract.passages)})
    found: list[Diagnostic] = []
    for passage in contract.passages:
        line = line_of(passage.concerns) if passage.concerns is not None else None
        if line is None or line.line == TEXT:
            continue
        marked = any(same_line(line, other) and name == passage.name for other, name in open_lines(contract))
        if marked or passage.name in later:
            continue
        if line.line in TARGET_LINES:
            found.append(_not_open(contract, passage, line))
        else:
            span = passage.concerns.span if passage.concerns is not None else passage.span
            contract = reopen(contract, line, passage.name, span)
    found += [*_strangers(contract), *_changed_past_passages(contract, later)]
    return contract, (*found, *_open_ended(contract), *_without_cause(contract))


def _with_span(contract: Contract, passage: Passage) -> Passage:
    """A passage on a cap says which one: that of its own rules, else the only one of the block."""
    about = passage.concerns
    if about is None or about.line != "cap" or about.per is not None:
        return passage
    rules = (passage.interim, *(option.filling for option in passage.options))
    spans = [rule.cap.stretch for rule in rules if isinstance(rule, CapTerm)]
    caps = next((credits.caps for credits in contract.credits if credits.name == about.block), ())
    per = next(iter([*spans, *(cap.stretch for cap in caps)]), None)
    return passage.model_copy(update={"concerns": about.model_copy(update={"per": per})})


def _not_open(contract: Contract, passage: Passage, line: Line) -> Diagnostic:
    level = next((level for level in contract.levels if level.name == line.block), None)
    message = f"The passage {passage.name} concerns {line}, but that line does not leave its value open."
    related = (Related(level.span, "the level"),) if level is not None else ()
    return LINE_NOT_HELD.at(
        passage.concerns.span if passage.concerns is not None else passage.span,
        message,
        help=f"Write `{line.line}: open, see {passage.name}` in {line.block}.",
        related=related,
    )


def _strangers(contract: Contract) -> list[Diagnostic]:
    """Lines that point at a passage which concerns something else."""
    found: list[Diagnostic] = []
    passages = {passage.name: passage for passage in contract.passages}
    levels = {level.name: level for level in contract.levels}
    for line, name in open_lines(contract):
        passage = passages.get(name)
        about = line_of(passage.concerns) if passage is not None and passage.concerns is not None else None
        if passage is None or passage.concerns is None or (about is not None and same_line(about, line)):
            continue
        target = getattr(levels.get(line.block), line.line, None) if line.line in TARGET_LINES else None
        span = target.span if target is not None else passage.concerns.span
        message = f"{line} points at the passage {name}, which concerns {about or 'words only'}."
        remedy = f"Write `concerns: {line}` in {name}, or point at the passage that is meant."
        found.append(LINE_NOT_HELD.at(span, message, help=remedy, related=(Related(passage.span, "the passage"),)))
    return found


def _changed_past_passages(contract: Contract, later: set[str]) -> list[Diagnostic]:
    """Lines that an amendment changes while a passage still holds them open."""
    held = {passage.name: passage for passage in contract.passages}
    settled = set(later)
    found: list[Diagnostic] = []
    for amendment in sorted(contract.amendments, key=lambda each: each.effective or date.max):
        for verb in amendment.verbs:
            match verb:
                case Fill() | Withdraw():
                    settled.add(verb.passage)
                case Add():
                    settled.discard(verb.block)
                case Reopen():
                    settled.discard(verb.passage)
                case Change():
                    line = line_changed(verb)
                    passage = next((p for p in held.values() if p.name not in settled and _concerns(p, line)), None)
                    if passage is not None:
                        message = f"{line} is held open by the passage {passage.name}, so it cannot be changed past it."
                        remedy = f"Write `fill: {passage.name} with …` and the new value."
                        related = (Related(passage.span, "the passage"),)
                        found.append(CHANGE_OF_OPEN_LINE.at(verb.span, message, help=remedy, related=related))
    return found


def _concerns(passage: Passage, line: Line) -> bool:
    about = line_of(passage.concerns) if passage.concerns is not None else None
    return about is not None and same_line(about, line)


def _open_ended(contract: Contract) -> list[Diagnostic]:
    """A level that is judged over the term needs a term that ends."""
    if contract.term is None or contract.term.end is not None:
        return []
    return [
        IMPOSSIBLE_VALUE.at(
            level.period.span,
            f"Level {level.name} is judged over the whole term, but this contract has no end.",
            help="Write a period that ends, such as `period: contract year`.",
        )
        for level in contract.levels
        if level.period is not None and level.period.unit == "term"
    ]


def _without_cause(contract: Contract) -> list[Diagnostic]:
    """Levels of tickets that exclude a stretch of time."""
    causes = {exclusion.name: exclusion.causes for exclusion in contract.exclusions}
    return [
        EXCLUSION_WITHOUT_CAUSE.at(
            level.span,
            f"{level.name} judges tickets and excludes {name}, which states no cause, so it would remove no ticket.",
            help=f"Add `cause:` to {name}, or stop the clock with `clock stops:`.",
        )
        for level in contract.levels
        if "priority is" in measure_kind(level.measure).lines
        for name in level.excludes
        if not causes.get(name, ("",))
    ]


def overridden(contract: Contract, overrides: tuple[Change, ...]) -> tuple[Contract, tuple[Diagnostic, ...]]:
    """`contract` with the changes of included blocks applied, and a finding for each that changes nothing."""
    found: list[Diagnostic] = []
    for verb in overrides:
        result = changed(contract, verb)
        if result == contract:
            message = f"This override changes nothing: {verb.block} {verb.line} is so already in the included file."
            found.append(IMPOSSIBLE_VALUE.at(verb.span, message, help="Remove the line, or write another value."))
        contract = result
    return contract.model_copy(update={"overrides": overrides}), tuple(found)


def mended(contract: Contract) -> Contract:
    """`contract` without references to blocks that could not be read, so that checks can run beside the errors."""
    calendars = {calendar.name for calendar in contract.calendars}
    services = tuple(service for service in contract.services if service.hours in calendars)
    named = {service.name for service in services}
    stops = {stop.name for stop in contract.clock_stops}
    excluded = {exclusion.name for exclusion in contract.exclusions}
    levels = tuple(
        level.model_copy(
            update={
                "service": level.service if level.service in named else None,
                "hours": level.hours if level.hours in calendars else None,
                "clock_stops": tuple(name for name in level.clock_stops if name in stops),
                "excludes": tuple(name for name in level.excludes if name in excluded),
            }
        )
        for level in contract.levels
    )
    known = {level.name for level in levels}
    working = contract.working_days if contract.working_days in calendars else None
    return contract.model_copy(
        update={
            "services": services,
            "levels": levels,
            "credits": tuple(block for block in contract.credits if block.points or block.level in known),
            "bonuses": tuple(block for block in contract.bonuses if block.points or block.level in known),
            "points": tuple(block for block in contract.points if block.level in known),
            "working_days": working,
        }
    )
