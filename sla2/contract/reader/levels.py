"""Service levels.

In: `level` blocks. Out: `Level` models. A line that has no effect on the measure of its level is refused, and so is a
target that cannot be compared with the measure.
"""

from __future__ import annotations

from sla2.contract.codes import LINE_NOT_FOR_MEASURE, TARGET_NOT_FOR_MEASURE
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.level import (
    Down,
    Intake,
    Level,
    Measure,
    MinimumLength,
    OpenTarget,
    Period,
    Ratchet,
    Rounding,
    SmallNumbers,
    Target,
    When,
)
from sla2.contract.measures import MEASURES, measure_kind, target_kind
from sla2.contract.quantity import Number, Percent
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
    refuse_idle_lines(lines, measure)
    _need_hours(lines, measure, service, hours, hours_passage)
    return Level(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        service=service,
        measure=measure,
        figure=figure,
        hours=hours,
        hours_passage=hours_passage,
        report_only=_is(lines, "level_target", "report_only"),
        **targets_of(lines, calendar, measure),
        **fields_of(lines),
    )


def targets_of(lines: Lines, calendar: Calendar | None, measure: Measure) -> dict[str, object]:
    """The bars of a level, by the fields of `Level`."""
    bars = ("target", "minimum", "expected")
    return {bar: _target(lines, f"level_{bar}", calendar, measure) for bar in bars}


def fields_of(lines: Lines) -> dict[str, object]:
    """Whatever else the lines of a level state, by the fields of `Level`; an amendment may state a single one."""
    return {
        "unit": _unit(lines),
        "judged": _first_word(lines, "level_judged"),
        "when": _when(lines),
        "period": _period(lines),
        "counts_in": (lines.word("level_counts_in") or "").removeprefix("period of ") or None,
        "excludes": lines.refs("level_excludes", "exclusion"),
        "small_numbers": _small_numbers(lines),
        "no_cases": lines.word("level_no_cases"),
        "no_report": lines.word("level_no_report"),
        "rounding": _rounding(lines),
        "averaged_with_previous": lines.one("level_earlier_periods") is not None,
        "ratchet": _ratchet(lines),
        "due": lines.date("level_due"),
        "delivered_means": lines.text("level_delivered_means"),
        **_of_tickets(lines),
        **_of_outages(lines),
        **_of_slots(lines),
    }


def _of_tickets(lines: Lines) -> dict[str, object]:
    return {
        "clock_starts": lines.word("level_clock_starts"),
        "clock_stops": lines.refs("level_clock_stops", "clock stop"),
        "priority_is": lines.word("level_priority_is"),
        "after_priority_change": lines.word("level_after_priority_change"),
        "after_reopening": lines.word("level_after_reopening"),
        "answered_by": lines.word("level_answered_by"),
        "intake": _intake(lines),
    }


def _of_outages(lines: Lines) -> dict[str, object]:
    return {
        "down_when": _down(lines),
        "counts": _counts(lines),
        "whole_minutes": lines.word("level_whole_minutes") == "yes",
        "minimum_length_judged": lines.word("level_minimum_length_judged"),
        "at_the_end_of_a_period": lines.word("level_at_the_end_of_a_period"),
        "of": lines.word("level_of"),
        "weighted_by": lines.word("level_weighted_by"),
        "overlapping_users": lines.word("level_overlapping_users"),
        "degraded_counts": lines.percent("level_degraded_counts"),
    }


def _of_slots(lines: Lines) -> dict[str, object]:
    return {
        "slot": lines.duration("level_slot"),
        "slot_fails": lines.percent("level_slot_fails"),
        "slot_needs": lines.whole("level_slot_needs"),
        "empty_slot": lines.word("level_empty_slot"),
        "slots": lines.word("level_slots"),
    }


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


def refuse_idle_lines(lines: Lines, measure: Measure) -> None:
    """A finding for each line that says nothing about `measure`."""
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
        case (Phrase(args=args) as phrase,):
            written = next((node for node in args if isinstance(node, PercentValue | NumberValue)), None)
            step = _step(lines.desk, written) if written is not None else None
            if phrase.form == "round_for_display":
                return Rounding(span=phrase.span, step=None, display_step=step)
            return Rounding(span=phrase.span, step=step) if step is not None else None
    return None


def _step(desk: Desk, node: PercentValue | NumberValue) -> Percent | Number | None:
    """What is rounded to; nothing can be rounded to nothing."""
    if node.value <= 0:
        message = "A measure cannot be rounded to nothing."
        desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write for instance `half up to 0.01%`."))
        return None
    return desk.percent(node) if isinstance(node, PercentValue) else Number(value=node.value)


def _ratchet(lines: Lines) -> Ratchet | None:
    statement, periods = lines.one("level_ratchet"), lines.whole("level_ratchet")
    return Ratchet(span=statement.span, periods=periods) if statement is not None and periods is not None else None
