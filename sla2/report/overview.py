"""The first page: who and what, the matrix of levels and periods, the summary, and what is owed.

In: a frame. Out: blocks. It runs first of the sections. It shows figures as they come; the figures themselves stand in
the sections that the matrix leads to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fact, Facts, Heading, Link, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.clauses import target_words, version_words
from sla2.report.frame import figure

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.document.blocks import Block, Inlines
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Status, Verdict

_COUNTED: tuple[tuple[str, Status], ...] = (
    ("met", "met"),
    ("missed", "missed"),
    ("undecided", "undecided"),
    ("insufficient", "insufficient data"),
    ("not_judged", "not judged"),
    ("not_in_force", "not in force"),
)


def head(frame: Frame) -> tuple[Block, ...]:
    """Parties, period, as-of date, versions; and a warning where the log holds fictional data."""
    contract = frame.contract
    entries = [
        (frame.say("head.customer"), contract.party("customer").title),
        (frame.say("head.supplier"), contract.party("supplier").title),
        (frame.say("head.contract"), f"{contract.name} – {contract.title}"),
        (
            frame.say("head.period"),
            frame.say("head.period_value", first=frame.day(frame.start), last=frame.day(frame.last)),
        ),
        (
            frame.say("head.as_of"),
            frame.say("head.as_of_value", as_of=frame.as_of),
        ),
        (frame.say("head.made"), frame.day(frame.today)),
        (frame.say("head.version"), "; ".join(version_words(frame))),
    ]
    blocks: list[Block] = []
    files = fictional_files(frame)
    if files:
        warning = frame.say("head.fictional", files=shown.listed(frame, files))
        blocks.append(Paragraph(runs(warning), "note"))
    blocks.append(Facts(tuple(Fact(label, runs(value)) for label, value in entries), id="head"))
    return tuple(blocks)


def fictional_files(frame: Frame) -> tuple[str, ...]:
    """The names of the imported files that are declared fictional, each once."""
    return tuple(dict.fromkeys(entry.file for entry in frame.imports if entry.fictional))


def matrix(frame: Frame) -> tuple[Block, ...]:
    """Levels by periods, one table for each kind of period, each verdict a link to its figures."""
    blocks: list[Block] = [Heading(1, runs(frame.say("overview.title")), id="overview")]
    groups: dict[tuple[str, ...], list[Level]] = {}
    for level in frame.levels():
        labels = tuple(dict.fromkeys(one.period.label for one in frame.settlement.of(level.name)))
        groups.setdefault(labels, []).append(level)
    most_first = sorted(groups.items(), key=lambda group: -len(group[0]))
    for number, (labels, levels) in enumerate(most_first, start=1):
        blocks.append(_table(frame, number, labels, levels))
    blocks.append(Paragraph(runs(frame.say("overview.key")), "note"))
    return tuple(blocks)


def _table(frame: Frame, number: int, labels: tuple[str, ...], levels: list[Level]) -> Table:
    periods = {one.period.label: one.period for one in frame.settlement.verdicts}
    header = [Cell(runs(frame.say("overview.level"))), Cell(runs(frame.say("overview.target")))]
    header += [Cell(runs(shown.period(frame, periods[label]))) for label in labels]
    rows = tuple(row for level in levels for row in _rows(frame, level, labels))
    kind = frame.say(f"period.kind_{_kind(levels[0], periods[labels[0]])}")
    return Table(
        id=f"matrix-{number}",
        caption=frame.say("overview.caption", kind=kind),
        header=tuple(header),
        rows=rows,
        widths=(4, 4, *(4 for _ in labels)),
        show_caption=True,
    )


def _kind(level: Level, period: JudgedPeriod) -> str:
    unit = level.period.unit if level.period else ""
    for name in ("month", "quarter", "year", "term"):
        if unit.endswith(name):
            return name
    return "span"


def _rows(frame: Frame, level: Level, labels: tuple[str, ...]) -> list[tuple[Cell, ...]]:
    verdicts = frame.settlement.of(level.name)
    units = tuple(dict.fromkeys(one.unit for one in verdicts))
    rows = []
    for unit in units:
        title: Inlines = (Link(level.title, f"#{level.name}"),)
        if unit:
            title = (*title, Run(f" – {unit}"))
        cells = [Cell(title), Cell(runs(_targets(frame, verdicts)))]
        for label in labels:
            found = next((one for one in verdicts if one.unit == unit and one.period.label == label), None)
            cells.append(verdict_cell(frame, found) if found else Cell(runs(frame.say("overview.not_measured"))))
        rows.append(tuple(cells))
    return rows


def _targets(frame: Frame, verdicts: tuple[Verdict, ...]) -> str:
    """The target; where it changed between the periods, each with the day from which it was applied."""
    found: list[tuple[str, Verdict]] = []
    for verdict in verdicts:
        words = target_words(frame, verdict.measurement.terms)
        if not found or found[-1][0] != words:
            found.append((words, verdict))
    parts = [found[0][0]]
    parts += [
        frame.say("overview.target_from", since=frame.day(verdict.period.first), target=words)
        for words, verdict in found[1:]
    ]
    return "; ".join(parts)


def verdict_cell(frame: Frame, found: Verdict) -> Cell:
    """The verdict in words with its figure, and a link to where it is proven."""
    words = shown.verdict(frame, found)
    measurement = found.measurement
    if measurement.value is not None and found.status in ("met", "missed", "undecided", "insufficient data"):
        words = f"{words} {shown.value(frame, measurement.value, measurement.terms)}"
        number = measurement.counts.met + measurement.counts.missed
        if number:
            words = f"{words}, {frame.say('overview.cases_short', n=shown.whole(frame, number))}"
    return Cell((Link(words, f"#{figure(found)}"),), tone=shown.tone(found.status))


def summary(frame: Frame) -> tuple[Block, ...]:
    """One paragraph: how many verdicts of which kind, the level missed most often, and what is owed."""
    verdicts = frame.settlement.verdicts
    parts = []
    for key, status in _COUNTED:
        number = sum(1 for one in verdicts if one.status == status)
        if number:
            parts.append(frame.count(f"summary.{key}", number))
    sentences = [frame.say("summary.verdicts", total=str(len(verdicts)), parts=shown.listed(frame, parts))]
    worst = _missed_most(frame)
    if worst:
        sentences.append(worst)
    sentences.extend(_money(frame))
    if any(one.provisional for one in verdicts):
        sentences.append(frame.say("summary.running"))
    return (
        Heading(1, runs(frame.say("summary.title")), id="summary"),
        Paragraph(runs(" ".join(sentences)), "body", id="summary-text"),
    )


def _missed_most(frame: Frame) -> str:
    missed = {
        level.name: sum(1 for one in frame.settlement.of(level.name) if one.status == "missed")
        for level in frame.levels()
    }
    worst = max(missed, key=lambda name: missed[name], default="")
    if not worst or missed[worst] < 2:
        return ""
    of = len(frame.settlement.of(worst))
    return frame.say("summary.missed_most", level=frame.title(worst), n=str(missed[worst]), of=str(of))


def _money(frame: Frame) -> list[str]:
    statement = frame.settlement.statement
    currency = statement.currency
    sentences = _credits(frame)
    if statement.bonus_high:
        amount = shown.amount(frame, statement.bonus_low, currency)
        if statement.bonus_low != statement.bonus_high:
            amount = frame.say("money.range", low=amount, high=shown.amount(frame, statement.bonus_high, currency))
        sentences.append(frame.say("bonus.owed", amount=amount))
    return sentences


def _credits(frame: Frame) -> list[str]:
    statement = frame.settlement.statement
    if not statement.owed:
        return [frame.say("summary.no_credits")]
    currency = statement.currency
    if not statement.high:
        return [frame.say("summary.owed_none")]
    total = shown.amount(frame, statement.total, currency)
    if statement.low == statement.high:
        sentences = [frame.say("summary.owed", amount=total)]
    else:
        high = shown.amount(frame, statement.high, currency)
        sentences = [frame.say("summary.owed_range", low=total, high=high)]
    waiting = [one for one in statement.owed if one.claim_by and one.claimed is None and one.high]
    if waiting:
        amount = shown.amount(frame, sum((one.amount for one in waiting), start=statement.total * 0), currency)
        first = min(one.claim_by for one in waiting if one.claim_by)
        sentences.append(
            frame.say("summary.owed_claim", amount=amount, day=frame.day(frame.today.fromisoformat(first)))
        )
    return sentences
