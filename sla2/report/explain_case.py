"""The proof of one case: what happened to the ticket, when the clock of the level ran, and where that is written.

In: a case, the frame of a report, and the proof that was walked through the log. Out: blocks. It runs for `explain`.
It reckons nothing: the running total is that of `proof`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.document.blocks import Cell, Fact, Facts, Heading, Paragraph, Run, Table, runs
from sla2.measure.rules import allowance_of
from sla2.report import shown
from sla2.report.clauses import hours_words, target_words
from sla2.report.frame import case_figure, figure, place
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.level import Level
    from sla2.document.blocks import Block, Inlines
    from sla2.measure.measurement import Case
    from sla2.report.frame import Frame
    from sla2.report.proof import Proof, Span


def case_blocks_of(frame: Frame, case: Case, terms: Level) -> list[Block]:
    """A heading with the outcome, then the terms that applied, the instants, and where the ticket stands in the log."""
    outcome = frame.say(f"explain.{case.outcome}")
    timed = allowance_of(terms) is not None
    if timed:
        elapsed, allowance = words.length(case.elapsed, frame.language), _allowance(frame, case, terms)
        title = frame.say(
            "explain.case_verdict", ticket=case.ticket_id, outcome=outcome, elapsed=elapsed, allowance=allowance
        )
    else:
        title = frame.say("explain.case_untimed", ticket=case.ticket_id, outcome=outcome)
    facts = tuple(Fact(frame.say(key), value) for key, value in _facts(frame, case, terms, timed=timed) if value)
    return [Heading(1, runs(title), id=case_figure(case.ticket_id, case.level)), Facts(facts)]


def _allowance(frame: Frame, case: Case, terms: Level) -> str:
    """The time allowed; days of a calendar have no fixed length, so they are given as written."""
    allowed = allowance_of(terms)
    if case.allowance > 0 or allowed is None:
        return words.length(case.allowance, frame.language)
    return words.duration(allowed, frame.language)


def _facts(frame: Frame, case: Case, terms: Level, *, timed: bool) -> Iterator[tuple[str, Inlines]]:
    yield "overview.level", runs(frame.title(terms.name))
    yield "level.target", runs(target_words(frame, terms))
    if timed:
        yield "level.hours", runs(hours_words(frame, terms.name, local_date(case.started, frame.zone)))
    yield "explain.clause", runs(place(terms.target.span if terms.target else terms.span), "code")
    yield "explain.version", runs(frame.version(case.version))
    yield "level.piece_unit", runs(case.unit)
    yield "case.priority", runs(case.priority)
    yield "case.opened", runs(frame.instant(case.started))
    if timed:
        deadline = frame.instant(case.deadline) if case.deadline is not None else frame.say("case.still")
        yield "case.deadline", runs(deadline)
    yield "case.stopped", runs(_stopped(frame, case))
    yield "case.period", runs(_counts_in(frame, case), "code")
    yield "restated.before", runs(case.restates)
    yield "case.reason", _reason(frame, case)
    if case.low is not None and case.high is not None:
        low, high = words.length(case.low, frame.language), words.length(case.high, frame.language)
        yield "case.elapsed", runs(frame.say("case.between", low=low, high=high))
    entry = next((one for one in frame.imports if one.id == case.import_id), None)
    if entry is not None:
        yield "method.file", runs(frame.say("explain.source", row=str(case.row_no), file=entry.file))


def _counts_in(frame: Frame, case: Case) -> str:
    """The figure of the verdict that the case counts in; "" for none."""
    if case.period is None:
        return ""
    verdicts = [one for one in frame.settlement.history if (one.level, one.period.label) == (case.level, case.period)]
    found = next((one for one in verdicts if one.unit == case.unit), verdicts[0] if verdicts else None)
    return figure(found) if found is not None else case.period


def _reason(frame: Frame, case: Case) -> Inlines:
    """Why the case is what it is; for an exclusion its title and the place of its clause."""
    if not case.reason:
        return ()
    clause = next((one.span for one in frame.contract.exclusions if one.name == case.reason), None)
    where = place(clause)
    return (*runs(shown.case_reason(frame, case.reason)), *((Run(" "), Run(where, "code")) if where else ()))


def _stopped(frame: Frame, case: Case) -> str:
    return frame.instant(case.stopped) if case.stopped is not None else frame.say("explain.case_open")


def proof_blocks(frame: Frame, case: Case, terms: Level, proof: Proof) -> list[Block]:
    """The history of the ticket, then the stretches of service time with the running total on the clock."""
    history = Table(
        id="history",
        caption=frame.say("explain.history"),
        header=(Cell(runs(frame.say("explain.at"))), Cell(runs(frame.say("explain.what")))),
        rows=tuple(
            (Cell(runs(frame.instant(event.at))), Cell(runs(_event(frame, event.field, event.value))))
            for event in proof.events
        ),
        widths=(4, 6),
        show_caption=True,
    )
    if allowance_of(terms) is None:
        return [history]
    right = ("running", "total")
    spans = Table(
        id="spans",
        caption=frame.say("explain.spans_caption"),
        header=tuple(
            Cell(runs(frame.say(f"explain.{key}")), align="right" if key in right else "left")
            for key in ("from", "to", "what", "running", "total")
        ),
        rows=tuple(_span(frame, case, span) for span in proof.spans),
        widths=(4, 4, 5, 3, 3),
        show_caption=True,
    )
    if proof.vague:
        return [history, spans, Paragraph(runs(f"{frame.say('reason.pauses_without_times')}."), "note")]
    if proof.elapsed == case.elapsed or case.low is not None:
        return [history, spans]
    sums = {"spans": words.length(proof.elapsed, frame.language), "counted": words.length(case.elapsed, frame.language)}
    return [history, spans, Paragraph(runs(frame.say("explain.differs", **sums)), "warning")]


def _event(frame: Frame, field: str, value: str) -> str:
    if field in ("opened", "responded", "resolved"):
        return frame.say(f"explain.{field}")
    return frame.say(f"explain.{field}_to", value=value)


def _standing(frame: Frame, span: Span) -> str:
    """Why the clock stood still: the title of the clock stop, or that the ticket was resolved for the time being."""
    stop = next((one.title for one in frame.contract.clock_stops if one.name == span.why), None)
    return frame.say("explain.span_paused", why=stop or frame.say("explain.done"))


def _span(frame: Frame, case: Case, span: Span) -> tuple[Cell, ...]:
    length = words.length(span.end - span.start, frame.language)
    what = frame.say("explain.span_open") if not span.why else _standing(frame, span)
    if case.deadline == span.end and not span.why:
        what = f"{what}; {frame.say('explain.span_deadline')}"
    return (
        Cell(runs(frame.instant(span.start))),
        Cell(runs(frame.instant(span.end))),
        Cell(runs(what)),
        Cell(runs("–" if span.why else length), align="right"),
        Cell(runs(words.length(span.total, frame.language)), align="right"),
    )
