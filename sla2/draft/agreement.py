"""The agreement's own clauses: parties, services, hours, rules of measurement, levels, obligations.

In: a frame. Out: blocks of one section each, empty where the contract has nothing to say. It runs under `from_words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import ShareTarget, StatisticTarget
from sla2.document.blocks import Cell, Clause, Ref, Run, Table
from sla2.words import amendments, calendars, levels, obligations, parties, phrases, relations, targets, tickets
from sla2.words.results import measure_words
from sla2.words.sentence import anchor
from sla2.words.texts import missing_text

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.surroundings import Priorities
    from sla2.document.blocks import Block
    from sla2.draft.frame import Frame

Blocks = list["Block"]


def text_cell(text: str, align: str = "left") -> Cell:
    """A table cell of plain text."""
    return Cell((Run(text),), "right" if align == "right" else "left")


def parties_section(frame: Frame) -> Blocks:
    """Who agrees, for how long, and what is paid."""
    found: Blocks = [frame.heading("parties")]
    found += frame.paragraphs("parties", "", 2, parties.party_sentences(frame.contract, frame.language))
    found += frame.paragraphs("parties", "", 2, amendments.override_sentences(frame.contract, frame.language))
    found += frame.paragraphs("parties", "", 2, frame.opened(frame.contract.name))
    rows = parties.fee_rows(frame.contract, frame.language)
    if rows:
        found.append(Clause(2, "fees", (Run(frame.word("parties.fees")),)))
        header = tuple(text_cell(frame.word(f"parties.table-{key}")) for key in ("fee", "amount", "from"))
        cells = tuple(tuple(text_cell(phrases.plain(text)) for text in row) for row in rows)
        found.append(Table("fees-table", frame.word("parties.caption-fees"), header, cells, (2, 4, 2)))
    return found


def services_section(frame: Frame) -> Blocks:
    """The services and their hours."""
    contract, language = frame.contract, frame.language
    found: Blocks = []
    if contract.services:
        found.append(frame.heading("services"))
        for service in contract.services:
            said = calendars.service_sentences(service, contract, language)
            found.append(frame.titled(anchor("service", service.name), service.title, *said))
    if contract.calendars:
        found.append(frame.heading("hours"))
        for calendar in contract.calendars:
            said = calendars.calendar_sentences(calendar, language)
            found.append(frame.titled(anchor("calendar", calendar.name), calendar.title, *said))
    return found


def stops_section(frame: Frame) -> Blocks:
    """Clock stops and exclusions."""
    contract, language = frame.contract, frame.language
    found: Blocks = []
    if contract.clock_stops:
        found.append(frame.heading("stops"))
        for stop in contract.clock_stops:
            said = calendars.clock_stop_sentence(stop, language)
            found.append(frame.titled(anchor("clock stop", stop.name), stop.title, said, *frame.opened(stop.name)))
    if contract.exclusions:
        found.append(frame.heading("exclusions"))
        for exclusion in contract.exclusions:
            said = calendars.exclusion_sentence(exclusion, contract, language)
            opened = frame.opened(exclusion.name)
            found.append(frame.titled(anchor("exclusion", exclusion.name), exclusion.title, said, *opened))
    return found


def common_section(frame: Frame) -> Blocks:
    """The rules of measurement that hold for every level, and how a ticket gets its priority."""
    contract, language = frame.contract, frame.language
    found: Blocks = []
    if contract.levels:
        found = [frame.heading("common")]
        found += frame.paragraphs("common", "", 2, parties.common_sentences(contract, language))
    if contract.priorities or contract.impacts:
        found.append(frame.heading("priorities"))
        for matrix in contract.priorities:
            found += _matrix(frame, matrix)
        for impact in contract.impacts:
            said = relations.impact_sentence(impact, contract, language)
            found.append(frame.titled(anchor("impact", impact.name), impact.title, said))
    return found


def _matrix(frame: Frame, matrix: Priorities) -> Blocks:
    name = anchor("priorities", matrix.name)
    intro = phrases.say(frame.language, "document.priorities.intro")
    if matrix.default is not None:
        more = phrases.say(frame.language, "document.priorities.default", priority=matrix.default)
        found: Blocks = [frame.titled(name, matrix.title, intro, more)]
    else:
        found = [frame.titled(name, matrix.title, intro)]
    if matrix.rows:
        header = (text_cell(frame.word("priorities.impact")), *(text_cell(urgency) for urgency in matrix.urgencies))
        rows = tuple((text_cell(row.impact), *(text_cell(one) for one in row.priorities)) for row in matrix.rows)
        found.append(Table(f"{name}-table", frame.word("priorities.caption", title=matrix.title), header, rows))
    return found


def levels_section(frame: Frame) -> Blocks:
    """The table of service levels, and each level in numbered paragraphs."""
    contract, language = frame.contract, frame.language
    if not contract.levels:
        return []
    found: Blocks = [frame.heading("levels"), Clause(2, "levels-intro", (Run(frame.word("levels.intro")),))]
    found.append(_levels_table(frame))
    for level in contract.levels:
        first, *rest = levels.level_sentences(contract, level, language)
        found.append(frame.titled(anchor("level", level.name), level.title, first))
        found += frame.paragraphs("level", level.name, 3, (*rest, *frame.opened(level.name, level.held)))
    return found


def _levels_table(frame: Frame) -> Table:
    keys = ("level", "priority", "target", "hours", "period", "clause")
    header = tuple(text_cell(frame.word(f"levels.{key}")) for key in keys)
    rows = tuple(_level_row(frame, level) for level in frame.contract.levels)
    return Table("levels-table", frame.word("levels.caption"), header, rows, (24, 10, 25, 15, 16, 10))


def _level_row(frame: Frame, level: Level) -> tuple[Cell, ...]:
    language = frame.language
    target = targets.target_words(level.target, frame.contract, language).plain
    name, measure = phrases.clean(level.title), measure_words(level.measure, language)
    if measure.casefold() not in name.casefold():
        name = f"{name} ({measure})"
    return (
        text_cell(name),
        text_cell(tickets.when_phrase(level.when, language)),
        Cell((Run(frame.word("levels.open", target=target)),), tone="open") if _is_open(level) else text_cell(target),
        text_cell(_hours_words(frame.contract, level, frame)),
        text_cell(levels.period_phrase(level, language)),
        Cell((Ref(anchor("level", level.name)),)),
    )


def _is_open(level: Level) -> bool:
    return any(record.line == "target" and record.by == "interim rule" for record in level.held)


def _hours_words(contract: Contract, level: Level, frame: Frame) -> str:
    calendar = contract.level_hours(level)
    if level.measure in ("delivery date", "satisfaction", "reported figure"):
        return "–"
    target = level.target
    elapsed = isinstance(target, ShareTarget | StatisticTarget) and target.within.kind == "elapsed"
    if elapsed or (calendar is not None and calendar.round_the_clock):
        return frame.word("levels.always")
    return phrases.clean(calendar.title) if calendar is not None else "–"


def obligations_section(frame: Frame) -> Blocks:
    """The obligations of each side."""
    contract, language = frame.contract, frame.language
    found: Blocks = []
    for side in ("customer", "supplier", "both"):
        own = [one for one in contract.obligations if one.duty_of == side]
        if not own:
            continue
        found = found or [frame.heading("obligations")]
        found.append(Clause(2, f"obligations-{side}", (Run(frame.word(f"obligations.{side}") + ".", "strong"),)))
        for obligation in own:
            frame.found += missing_text(
                f"obligation {obligation.name}", obligation.texts, contract, language, obligation.span, legal=False
            )
            said = obligations.obligation_sentence(obligation, contract, language)
            found.append(frame.titled(anchor("obligation", obligation.name), obligation.title, said, level=3))
    return found
