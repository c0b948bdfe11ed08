"""Service levels.

In: `level` blocks. Out: `Level` models. A line that has no effect on the measure of its level is refused, and so is a
target that cannot be compared with the measure.
"""

from __future__ import annotations

from sla2.contract.codes import LINE_NOT_FOR_MEASURE, TARGET_NOT_FOR_MEASURE
from sla2.contract.level import (
    Down,
    Intake,
    Level,
    Measure,
    MinimumLength,
    OpenTarget,
    Period,
    Rounding,
    SmallNumbers,
    Target,
    When,
)
from sla2.contract.measures import COMMON, MEASURES, measure_kind, target_kind
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import TARGETS, down, period, target, when
from sla2.contract.surroundings import Calendar
from sla2.source.syntax import (
    Block,
    DurationValue,
    Name,
    NumberValue,
    PercentValue,
    Phrase,
    Statement,
    Text,
    TimeValue,
    Word,
)

UNMODELLED = (
    "level_slot",
    "level_slot_fails",
    "level_slot_needs",
    "level_empty_slot",
    "level_slots",
    "level_no_report",
    "level_earlier_periods",
    "level_ratchet",
)
"""Lines that are read and formatted, but that the contract does not hold yet."""


def level(desk: Desk, block: Block) -> Level | None:
    """`level`."""
    lines = Lines(desk, block)
    if not lines.need("measure: resolution time", "level_measure"):
        return None
    measure, figure = _measure(lines)
    if measure != "delivery date":
        lines.need("period: month", "level_period")
    service = lines.ref("level_service", "service")
    hours, hours_passage = _hours(lines)
    name = hours or (desk.shared.service_hours(service) if service is not None else None)
    calendar = desk.shared.calendar_named(name) if name is not None else None
    lines.skip(*UNMODELLED)
    _refuse_idle_lines(lines, measure)
    _need_hours(lines, measure, service, hours, hours_passage)
    return Level(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        service=service,
        measure=measure,
        figure=figure,
        unit=_unit(lines),
        judged=_first_word(lines, "level_judged"),
        when=_when(lines),
        hours=hours,
        hours_passage=hours_passage,
        clock_starts=lines.word("level_clock_starts"),
        clock_stops=lines.refs("level_clock_stops", "clock stop"),
        priority_is=lines.word("level_priority_is"),
        after_priority_change=lines.word("level_after_priority_change"),
        after_reopening=lines.word("level_after_reopening"),
        answered_by=lines.word("level_answered_by"),
        intake=_intake(lines),
        target=_target(lines, "level_target", calendar, measure),
        minimum=_target(lines, "level_minimum", calendar, measure),
        expected=_target(lines, "level_expected", calendar, measure),
        report_only=_is(lines, "level_target", "report_only"),
        small_numbers=_small_numbers(lines),
        no_cases=lines.word("level_no_cases"),
        period=_period(lines),
        counts_in=(lines.word("level_counts_in") or "").removeprefix("period of ") or None,
        excludes=lines.refs("level_excludes", "exclusion"),
        down_when=_down(lines),
        counts=_counts(lines),
        whole_minutes=lines.word("level_whole_minutes") == "yes",
        minimum_length_judged=lines.word("level_minimum_length_judged"),
        of=lines.word("level_of"),
        weighted_by=lines.word("level_weighted_by"),
        overlapping_users=lines.word("level_overlapping_users"),
        degraded_counts=lines.percent("level_degraded_counts"),
        rounding=_rounding(lines),
        due=lines.date("level_due"),
        delivered_means=lines.text("level_delivered_means"),
    )


def _measure(lines: Lines) -> tuple[Measure, str | None]:
    match lines.args("level_measure"):
        case (Phrase(form="reported_figure", args=(Text() as figure,)),):
            return "reported figure", lines.desk.line(figure)
        case (Word(text=words),):
            return next(kind.name for kind in MEASURES if kind.name == words), None
    return "reported figure", None


def _hours(lines: Lines) -> tuple[str | None, str | None]:
    """The calendar on the line, or the passage that holds it open."""
    match lines.args("level_hours"):
        case (Name() as name,):
            return lines.desk.ref(name, "calendar"), None
        case (Phrase(form="open_target", args=(Name() as name,)),):
            return None, lines.desk.ref(name, "open passage")
    return None, None


def _unit(lines: Lines) -> str:
    match lines.args("level_unit"):
        case (Phrase(form="unit_each", args=(Name(text=word),)),):
            return f"each {word}"
    return "the service"


def _first_word(lines: Lines, form: str) -> str | None:
    words = lines.word(form)
    if words is None:
        return None
    return "each" if words.startswith("each") else "together"


def _is(lines: Lines, form: str, phrase: str) -> bool:
    found = lines.phrase(form)
    return found is not None and found.form == phrase


def _when(lines: Lines) -> When | None:
    statement = lines.one("level_when")
    return when(lines.desk, lines.block, statement.args) if statement is not None else None


def _period(lines: Lines) -> Period | None:
    phrase = lines.phrase("level_period")
    return period(lines.desk, phrase) if phrase is not None else None


def _down(lines: Lines) -> Down | None:
    phrase = lines.phrase("level_down_when")
    if phrase is not None and phrase.form == "open_target" and isinstance(phrase.args[0], Name):
        passage = lines.desk.ref(phrase.args[0], "open passage")
        return Down(span=phrase.span, kind="open", passage=passage) if passage is not None else None
    return down(phrase, lines.desk) if phrase is not None else None


def _target(lines: Lines, form: str, calendar: Calendar | None, measure: Measure) -> Target | None:
    phrase = lines.phrase(form)
    if phrase is None or phrase.form not in TARGETS:
        return None
    found = target(lines.desk, phrase, calendar)
    refuse_strange_target(lines.desk, found, measure)
    return found


def refuse_strange_target(desk: Desk, found: Target | None, measure: Measure) -> None:
    """A finding if `found` cannot be compared with `measure`."""
    if found is None or isinstance(found, OpenTarget):
        return
    kind = measure_kind(measure)
    if target_kind(found) not in kind.targets:
        message = f"This target cannot be compared with the measure {measure}."
        remedy = f"Write for instance `target: {kind.example}`."
        desk.say(TARGET_NOT_FOR_MEASURE.at(found.span, message, help=remedy))


def _refuse_idle_lines(lines: Lines, measure: Measure) -> None:
    kind = measure_kind(measure)
    for statement in lines.block.statements:
        label = statement.form.removeprefix("level_").replace("_", " ")
        if statement.form.startswith("level_") and label not in kind.lines:
            others = [other.name for other in MEASURES if label in other.own_lines]
            message = f'The line "{label}:" says nothing about the measure {measure}, so it would have no effect.'
            remedy = f"Remove it. It belongs to: {', '.join(others)}." if others else "Remove it."
            lines.desk.say(LINE_NOT_FOR_MEASURE.at(statement.span, message, help=remedy))


def _need_hours(lines: Lines, measure: Measure, service: str | None, hours: str | None, passage: str | None) -> None:
    """A ticket level needs hours, its own or those of its service; unknown names have their own finding."""
    if "clock starts" in measure_kind(measure).own_lines and not (service or hours or passage):
        lines.need("service: workplace", "level_service", "level_hours")


def _small_numbers(lines: Lines) -> tuple[SmallNumbers, ...]:
    return tuple(_small(lines, statement) for statement in lines.all("level_small_numbers"))


def _small(lines: Lines, statement: Statement) -> SmallNumbers:
    (phrase,) = statement.args
    numbers = [lines.desk.whole(node) for node in getattr(phrase, "args", ()) if isinstance(node, NumberValue)]
    return SmallNumbers(span=statement.span, under=numbers[0], allow_misses=numbers[1] if len(numbers) > 1 else None)


def _intake(lines: Lines) -> Intake | None:
    match lines.args("level_intake"):
        case (Phrase(form="intake_after", args=(TimeValue(value=after),)) as phrase,):
            return Intake(span=phrase.span, after=after)
        case (Phrase(form="intake_outside_hours", args=(TimeValue(value=counts_as),)) as phrase,):
            return Intake(span=phrase.span, counts_as=counts_as)
    return None


def _counts(lines: Lines) -> MinimumLength | None:
    match lines.args("level_counts"):
        case (Phrase(form=form, args=(DurationValue() as node,)) as phrase,):
            length = lines.desk.duration(node)
            if length is not None:
                return MinimumLength(span=phrase.span, length=length, strict=form == "outages_over")
    return None


def _rounding(lines: Lines) -> Rounding | None:
    match lines.args("level_rounding"):
        case (Phrase(form="round_for_display") as phrase,):
            return Rounding(span=phrase.span, step=None)
        case (Phrase(args=(PercentValue() as step,)) as phrase,):
            return Rounding(span=phrase.span, step=lines.desk.percent(step))
        case (Phrase() as phrase,):
            lines.desk.skip(lines.block, "rounding to a number", phrase.span)
    return None


def lines_of_levels() -> tuple[str, ...]:
    """All labels that a level may have, for the reference."""
    return tuple(dict.fromkeys((*COMMON, *(label for kind in MEASURES for label in kind.own_lines))))
