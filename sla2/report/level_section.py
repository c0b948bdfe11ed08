"""One service level: its target in words, its figures per period, a chart, its cases.

In: a frame and a level. Out: blocks. It runs after the overview, once per level.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.document.blocks import Bar, Cell, Chart, Fold, Heading, Items, Link, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.case_tables import case_blocks
from sla2.report.clauses import held_words, hours_words, target_words
from sla2.report.clauses import rules as clause_rules
from sla2.report.frame import figure, place, unstated_anchor
from sla2.report.piece_table import piece_blocks
from sla2.report.step_words import StepWords
from sla2.settle.judge import threshold
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.document.blocks import Block, Inline, Inlines
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Verdict

_SMALL = 20
_COLUMNS_FROM = 5
_BAR_TONES: dict[str, Literal["good", "bad", "open", "muted", "accent"]] = {
    "met": "good",
    "missed": "bad",
    "undecided": "open",
}


def level_section(frame: Frame, level: Level) -> tuple[Block, ...]:
    """Everything about one level in the reported periods."""
    verdicts = frame.settlement.of(level.name)
    blocks: list[Block] = [Heading(2, runs(level.title), id=level.name)]
    blocks.extend(_terms(frame, level, verdicts))
    blocks.append(_figures(frame, level, verdicts))
    blocks.extend(_notes(frame, verdicts))
    chart = _chart(frame, level, verdicts)
    if chart is not None:
        blocks.append(chart)
    blocks.extend(piece_blocks(frame, level))
    blocks.extend(case_blocks(frame, level, verdicts))
    return tuple(blocks)


def _terms(frame: Frame, level: Level, verdicts: tuple[Verdict, ...]) -> list[Block]:
    """The target as it was in each period where it differs, and what holds it."""
    blocks: list[Block] = []
    before: Level | None = None
    for verdict in verdicts:
        terms = verdict.measurement.terms
        if before is not None and _same(terms, before):
            continue
        since = frame.day(verdict.period.first) if before is not None else ""
        if before is None or _changed(terms, before, "target"):
            where = place(terms.target.span if terms.target else terms.span)
            blocks.append(_line(frame, terms, "target", f"{target_words(frame, terms)}.", since, where))
        if any(held.line == "hours" for held in terms.held) or (before and _changed(terms, before, "hours")):
            said = hours_words(frame, level.name, verdict.period.first)
            blocks.append(_line(frame, terms, "hours", said, since, place(terms.span)))
        rules = clause_rules(frame, level.name, verdict.period.first)
        key = "level.rules_from" if since else "level.rules"
        summary = frame.say(key, since=since) if since else frame.say(key)
        blocks.append(Fold(runs(summary), (Items(tuple(runs(rule) for rule in rules)),)))
        before = terms
    return blocks


def _line(frame: Frame, terms: Level, line: str, said: str, since: str, where: str) -> Paragraph:
    """One line of the contract: its value, and where it comes from if it was ever open."""
    label = frame.say(f"level.{line}_other", since=since) if since else frame.say(f"level.{line}")
    held = " ".join(held_words(frame, one) for one in terms.held if one.line == line)
    words_after = f"{said} {held}" if held else said
    return Paragraph((*runs(f"{label}: ", "strong"), *runs(f"{words_after} "), *runs(where, "code")))


def _changed(one: Level, other: Level, line: str) -> bool:
    held = [[found for found in terms.held if found.line == line] for terms in (one, other)]
    return getattr(one, line) != getattr(other, line) or held[0] != held[1]


def _same(one: Level, other: Level) -> bool:
    return (one.target, one.held, one.minimum, one.hours) == (other.target, other.held, other.minimum, other.hours)


def _figures(frame: Frame, level: Level, verdicts: tuple[Verdict, ...]) -> Table:
    by_cases = any(shown.judged(one) for one in verdicts) or shown.kind(level) == "share" and level.when is not None
    columns = _case_columns if by_cases else _time_columns if _is_time_share(level) else _value_columns
    header, rows = columns(frame, verdicts)
    return Table(
        id=f"{level.name}-figures",
        caption=frame.say("level.table_caption", level=level.title),
        header=header,
        rows=rows,
        widths=(4, 4, *(3 for _ in header[2:])),
    )


def _is_time_share(level: Level) -> bool:
    return level.measure == "availability"


def _lead(frame: Frame, verdict: Verdict) -> tuple[Cell, Cell, Cell]:
    period = shown.period(frame, verdict.period)
    if verdict.unit:
        period = f"{period}, {verdict.unit}"
    measurement = verdict.measurement
    achieved = shown.value(frame, measurement.value, measurement.terms)
    if measurement.low is not None and measurement.high is not None and measurement.low != measurement.high:
        achieved = shown.between(frame, measurement.low, measurement.high, measurement.terms)
    return (
        Cell(runs(period), anchor=figure(verdict)),
        Cell(runs(shown.verdict(frame, verdict)), tone=shown.tone(verdict.status)),
        Cell(runs(achieved), align="right"),
    )


def _heads(frame: Frame, *keys: str) -> tuple[Cell, ...]:
    lead = (Cell(runs(frame.say("level.period"))), Cell(runs(frame.say("level.verdict"))))
    return (*lead, *(Cell(runs(frame.say(f"level.{key}")), align="right") for key in ("achieved", *keys)))


def _case_columns(frame: Frame, verdicts: tuple[Verdict, ...]) -> tuple[tuple[Cell, ...], tuple[tuple[Cell, ...], ...]]:
    keys = ["met", "missed", "judged"]
    keys += [key for key in ("open", "undecided", "excluded") if any(_number(one, key) for one in verdicts)]
    rows = []
    for verdict in verdicts:
        numbers = (Cell(runs(words.number(_number(verdict, key), frame.language)), align="right") for key in keys)
        rows.append((*_lead(frame, verdict), *numbers))
    return _heads(frame, *keys), tuple(rows)


def _number(verdict: Verdict, key: str) -> int:
    counts = verdict.measurement.counts
    if key == "judged":
        return counts.met + counts.missed
    return {
        "met": counts.met,
        "missed": counts.missed,
        "open": counts.open,
        "undecided": counts.undecided,
        "excluded": counts.excluded,
    }[key]


def _time_columns(frame: Frame, verdicts: tuple[Verdict, ...]) -> tuple[tuple[Cell, ...], tuple[tuple[Cell, ...], ...]]:
    rows = []
    for verdict in verdicts:
        found = verdict.measurement
        times = (found.numerator, found.denominator, found.denominator - found.numerator)
        cells = (Cell(runs(words.length(time, frame.language)), align="right") for time in times)
        rows.append((*_lead(frame, verdict), *cells))
    return _heads(frame, "up", "owed", "down"), tuple(rows)


def _value_columns(
    frame: Frame, verdicts: tuple[Verdict, ...]
) -> tuple[tuple[Cell, ...], tuple[tuple[Cell, ...], ...]]:
    return _heads(frame), tuple(_lead(frame, verdict) for verdict in verdicts)


def _notes(frame: Frame, verdicts: tuple[Verdict, ...]) -> list[Block]:
    """Reasons, small numbers, minimum, provisional verdicts and other readings, one line each."""
    lines = [line for verdict in verdicts for line in _note_lines(frame, verdict)]
    return [Items(tuple(lines))] if lines else []


def _note_lines(frame: Frame, verdict: Verdict) -> list[Inlines]:
    period = shown.period(frame, verdict.period)
    if verdict.unit:
        period = f"{period}, {verdict.unit}"
    texts = []
    reason = shown.reason(frame, verdict)
    if reason:
        texts.append(reason)
    texts.extend(_rounded(frame, verdict))
    texts.extend(_small(frame, verdict))
    if verdict.minimum is not None:
        texts.append(frame.say("verdict.minimum", status=shown.status(frame, verdict.minimum)))
    if "period running" in verdict.provisional:
        texts.append(frame.say("verdict.provisional_running"))
    if "open cases" in verdict.provisional:
        texts.append(frame.count("verdict.provisional_open", verdict.measurement.counts.open))
    here = Link(period, f"#{figure(verdict)}")
    lines: list[Inlines] = [(here, *runs(f": {text}.")) for text in texts]
    if verdict.other_reading:
        lines.append((here, *runs(": "), *_otherwise(frame, verdict)))
    return lines


def _otherwise(frame: Frame, verdict: Verdict) -> Inlines:
    """That another reading of unstated rules would change this verdict, with a link to each of them."""
    key = "verdict.flips_one" if len(verdict.other_reading) == 1 else "verdict.flips_other"
    found: list[Inline] = [Run(f"{frame.say(key)} ")]
    for number, rule in enumerate(verdict.other_reading):
        found += [Run(", ")] if number else []
        found.append(Link(rule, f"#{unstated_anchor(verdict.level, rule)}"))
    return (*found, Run("."))


def _rounded(frame: Frame, verdict: Verdict) -> list[str]:
    """What rounding before comparing made of the measure, where it changed it."""
    wording = StepWords(frame, verdict.measurement.terms, frame.contract.currency or "")
    steps = [step for step in verdict.steps if step.kind == "rounding"]
    return [wording.words(step).rstrip(".") for step in steps if dict(step.values).get("value") != step.result]


def _small(frame: Frame, verdict: Verdict) -> list[str]:
    number = shown.judged(verdict)
    if not 0 < number < _SMALL or verdict.status not in ("met", "missed", "undecided"):
        return []
    points = words.share(Fraction(1, number), frame.language, 1)
    return [frame.say("level.small_n", n=str(number), points=points).rstrip(".")]


def _chart(frame: Frame, level: Level, verdicts: tuple[Verdict, ...]) -> Chart | None:
    """Bars for a few periods, columns for many; only for shares, with the target as a mark."""
    if shown.kind(level) != "share" or not any(one.measurement.value is not None for one in verdicts):
        return None
    bars = tuple(_bar(frame, verdict) for verdict in verdicts)
    low = _axis_low(verdicts)
    columns = len(bars) >= _COLUMNS_FROM and not any(one.unit for one in verdicts)
    return Chart(
        id=f"{level.name}-chart",
        kind="columns" if columns else "bars",
        title=frame.say("level.chart_title", level=level.title),
        description=frame.say("level.chart_description_columns" if columns else "level.chart_description"),
        bars=bars,
        axis_low=float(low),
        axis_high=1.0,
        axis_words=tuple(shown.percent(frame, low + (1 - low) * Fraction(part, 4)) for part in range(5)),
        table_header=(frame.say("level.chart_period"), frame.say("level.chart_value")),
    )


def _axis_low(verdicts: tuple[Verdict, ...]) -> Fraction:
    """Zero; for figures that all lie close to 100%, the round share below which none lies."""
    found = [one.measurement.low or one.measurement.value for one in verdicts]
    found += [threshold(one.measurement.terms.target) for one in verdicts if one.measurement.terms.target]
    least = min((value for value in found if value is not None), default=Fraction(0))
    for low in (Fraction(99, 100), Fraction(9, 10)):
        if least >= low:
            return low
    return Fraction(0)


def _bar(frame: Frame, verdict: Verdict) -> Bar:
    measurement = verdict.measurement
    label = shown.period(frame, verdict.period)
    if verdict.unit:
        label = f"{label}, {verdict.unit}"
    limit = threshold(measurement.terms.target) if measurement.terms.target else None
    word = shown.status(frame, verdict.status)
    text = frame.say("level.chart_words_none", verdict=word)
    if measurement.value is not None and limit is not None:
        value = shown.value(frame, measurement.value, measurement.terms)
        text = frame.say("level.chart_words", value=value, target=shown.percent(frame, limit), verdict=word)
    spread = measurement.low != measurement.high
    return Bar(
        label=label,
        value=None if measurement.value is None else float(measurement.value),
        words=text,
        tone=_BAR_TONES.get(verdict.status, "muted"),
        low=float(measurement.low) if spread and measurement.low is not None else None,
        high=float(measurement.high) if spread and measurement.high is not None else None,
        mark=None if limit is None else float(limit),
    )
