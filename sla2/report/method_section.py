"""Data and method: the files the report rests on, the rules that were filled in, what was not judged.

In: a frame. Out: blocks. It runs last. It shows the provenance as the log and the contract give it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date, tzdata_version
from sla2.diagnostics import Severity
from sla2.document.blocks import Cell, Heading, Items, Link, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.frame import place, unstated_anchor
from sla2.report.rows_section import refused_lines, rows_blocks
from sla2.words import format as words
from sla2.words import phrases

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic
    from sla2.document.blocks import Block, Inline, Inlines
    from sla2.logs.log import Import
    from sla2.report.frame import Frame, Unstated

_SHORT = 12
_FIGURES = 6
"""So many figures are named that another reading would change; all of them stand in the JSON report."""
_OF_LOGS = "SLA5"


def method_section(frame: Frame) -> tuple[Block, ...]:
    """Files, method, unstated rules, what was not judged, allowed findings."""
    blocks: list[Block] = [Heading(1, runs(frame.say("method.title")), id="method")]
    if frame.imports:
        blocks.append(Heading(2, runs(frame.say("method.imports")), id="imports"))
        blocks.append(_imports(frame))
        lines = [line for entry in frame.imports for line in _remarks(frame, entry)]
        lines += [one.message for one in frame.findings if one.code.startswith(_OF_LOGS) and not _noticed(frame, one)]
        if lines:
            blocks.append(Items(tuple(runs(line) for line in lines)))
    blocks.extend(rows_blocks(frame))
    blocks.append(Items(tuple(runs(line) for line in _method(frame))))
    blocks.extend(_unstated(frame))
    blocks.extend(_not_judged(frame))
    blocks.extend(_checked(frame))
    blocks.extend(_allowed(frame))
    return tuple(blocks)


def _imports(frame: Frame) -> Table:
    keys = ("file", "table", "rows", "ok", "refused", "zone", "covers", "hash")
    right = ("rows", "ok", "refused")
    return Table(
        id="imports-table",
        caption=frame.say("method.imports_caption"),
        header=tuple(Cell(runs(frame.say(f"method.{key}")), align="right" if key in right else "left") for key in keys),
        rows=tuple(_import_row(frame, entry) for entry in frame.imports),
        widths=(5, 3, 4, 4, 5, 4, 6, 5),
    )


def _import_row(frame: Frame, entry: Import) -> tuple[Cell, ...]:
    name = f"{entry.file} ({frame.say('method.fictional')})" if entry.fictional else entry.file
    return (
        Cell(runs(name)),
        Cell(runs(entry.table)),
        Cell(runs(words.number(entry.rows_in, frame.language)), align="right"),
        Cell(runs(words.number(entry.rows_ok, frame.language)), align="right"),
        Cell(runs(words.number(entry.rows_refused, frame.language)), align="right"),
        Cell(runs(entry.timezone or frame.say("method.zone_in_values"))),
        Cell(runs(_covers(frame, entry))),
        Cell(runs(entry.sha256[:_SHORT], "code")),
    )


def _covers(frame: Frame, entry: Import) -> str:
    if entry.covers_from is None or entry.covers_to is None:
        return frame.say("method.covers_none")
    zone = entry.timezone or frame.zone
    first, last = local_date(entry.covers_from, zone), local_date(entry.covers_to - 1, zone)
    return frame.say("method.covers_value", first=frame.day(first), last=frame.day(last))


def _remarks(frame: Frame, entry: Import) -> list[str]:
    lines = refused_lines(frame, entry)
    for one in entry.notices:
        row = str(one.rows[0]) if one.rows else "–"
        number = words.number(one.count, frame.language)
        lines.append(frame.say("method.notice_line", file=entry.file, n=number, reason=one.reason, row=row))
    if entry.source:
        lines.append(frame.say("method.source_line", file=entry.file, source=entry.source))
    if entry.note:
        lines.append(frame.say("method.note_line", file=entry.file, note=entry.note))
    return lines


def _noticed(frame: Frame, found: Diagnostic) -> bool:
    """True for a finding that the remarks of the imports already say."""
    remarks = (one for entry in frame.imports for one in (*entry.refused, *entry.notices))
    return any(one.reason in found.message for one in remarks)


def _method(frame: Frame) -> list[str]:
    contract = frame.contract
    lines = [
        frame.say("method.hash_line", path=contract.path, hash=contract.source_hash),
        frame.say("method.zone_rules", zone=f"{frame.zone} (tzdata {tzdata_version()})"),
    ]
    for calendar in contract.calendars:
        source = calendar.holidays
        if source is not None:
            years = ", ".join(str(year) for year in source.years)
            lines.append(
                frame.say(
                    "method.calendar_holidays",
                    calendar=calendar.title,
                    region=source.region,
                    file=source.file,
                    years=years,
                )
            )
    if contract.records is not None:
        role = frame.say(f"role.{contract.records.prevails}")
        within = contract.records.contested_within
        if within is None:
            lines.append(frame.say("method.records_plain", role=role))
        else:
            lines.append(frame.say("method.records", role=role, within=words.duration(within, frame.language)))
    return lines


def _unstated(frame: Frame) -> list[Block]:
    if not frame.unstated:
        return []
    keys = ("rules_level", "rule", "used", "other", "flips")
    table = Table(
        id="unstated-table",
        caption=frame.say("method.rules_title"),
        header=tuple(Cell(runs(frame.say(f"method.{key}"))) for key in keys),
        rows=tuple(_unstated_row(frame, one) for one in frame.unstated),
        widths=(3, 5, 4, 4, 4),
    )
    return [
        Heading(2, runs(frame.say("method.rules_title")), id="unstated"),
        Paragraph(runs(frame.say("method.rules_intro"))),
        table,
    ]


def _unstated_row(frame: Frame, one: Unstated) -> tuple[Cell, ...]:
    """The gap as a sentence, both readings as the lines that would state them, and the figures that would change."""
    key = f"reading.silent.{one.rule}"
    gap = phrases.plain(phrases.render(frame.language, key)) if key in phrases.keys(frame.language) else one.rule
    return (
        Cell(runs(frame.title(one.level))),
        Cell(runs(gap), anchor=unstated_anchor(one.level, one.rule)),
        Cell(runs(one.used, "code")),
        Cell(runs(one.other, "code")),
        Cell(_flips(frame, one), tone="open" if one.flips else ""),
    )


def _flips(frame: Frame, one: Unstated) -> Inlines:
    if one.flips is None:
        return runs(frame.say("method.flips_unknown"))
    if not one.flips:
        return runs(frame.say("method.flips_no"))
    found: list[Inline] = [Run(f"{frame.say('method.flips_yes')} ")]
    for number, name in enumerate(one.flips[:_FIGURES]):
        found += [Run(", ")] if number else []
        found.append(Link(name, f"#{name}"))
    rest = len(one.flips) - _FIGURES
    if rest > 0:
        found.append(Run(f" {frame.count('method.flips_more', rest)}"))
    return (*found, *runs("".join(f". {text}" for text in _in_money(frame, one))))


def _in_money(frame: Frame, one: Unstated) -> list[str]:
    """What would be owed in all under the other reading, where that is another sum."""
    statement = frame.settlement.statement
    sums = (("money", one.total, statement.total), ("bonus", one.bonus_total, statement.bonus_total))
    return [
        frame.say(
            f"reading.{key}",
            other=shown.amount(frame, other, statement.currency),
            used=shown.amount(frame, used, statement.currency),
        ).rstrip(".")
        for key, other, used in sums
        if other is not None and other != used
    ]


def _not_judged(frame: Frame) -> list[Block]:
    lines: list[Inlines] = [
        runs(frame.say("method.unevaluated", block=one.block, what=one.what)) for one in frame.contract.unevaluated
    ]
    lines += [
        (*runs(found.code, "code"), *runs(f" {found.message}"))
        for found in frame.findings
        if not found.code.startswith(_OF_LOGS) and not _names(found.message, frame)
    ]
    heading = Heading(2, runs(frame.say("method.not_judged")), id="not-judged")
    if not lines:
        return [heading, Paragraph(runs(frame.say("method.not_judged_none")))]
    return [heading, Items(tuple(lines))]


def _names(message: str, frame: Frame) -> bool:
    """True for a finding that only repeats an entry of the list of constructs that are not computed."""
    return any(one.block in message and one.what in message for one in frame.contract.unevaluated)


def _checked(frame: Frame) -> list[Block]:
    """Errors and warnings about the contract itself: it was judged all the same, and both sides should know them."""
    grave = [one for one in frame.checked if one.severity is not Severity.ADVICE]
    if not grave:
        return []
    lines = [(*runs(one.code, "code"), *runs(f" {one.message} "), *runs(place(one.span), "code")) for one in grave]
    heading = Heading(2, runs(frame.say("method.checked")), id="checked")
    return [heading, Paragraph(runs(frame.say("method.checked_note"))), Items(tuple(lines))]


def _allowed(frame: Frame) -> list[Block]:
    allows = frame.contract.allows
    if not allows:
        return []
    return [
        Heading(2, runs(frame.say("method.allowed")), id="allowed"),
        Items(
            tuple(
                runs(frame.say("method.allowed_line", code=one.code, block=one.block, reason=one.reason))
                for one in allows
            )
        ),
    ]
