"""How a figure was found: the proof that `sla2 explain FIGURE` prints.

In: the name of a figure (`resolve-p2/2016-03`, `credits-p1/2016-03`, `INC0001234/resolve-p2`), the frame of a report
and the log. Out: a `Document` for the writers, or the names of figures that are like it. It runs on demand. It finds
figures by name and shows their steps; it reckons nothing but the running total of one ticket.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Document, Fact, Facts, Heading, Items, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.case_tables import case_blocks
from sla2.report.clauses import held_words, target_words
from sla2.report.compliance import meta
from sla2.report.frame import case_figure, figure, owed_figure, place
from sla2.report.money_section import owed_blocks
from sla2.report.piece_table import pieces_of
from sla2.report.proof import prove
from sla2.report.step_words import StepWords
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.logs.log import Log
    from sla2.measure.measurement import Case
    from sla2.report.frame import Frame
    from sla2.report.proof import Proof, Span
    from sla2.settle.verdict import Verdict

_LIKE = 3


def explain(name: str, frame: Frame, log: Log | None = None) -> tuple[Document | None, tuple[str, ...]]:
    """The proof of the figure `name`; or None and up to three names of figures that exist and are like it.

    Without `log` a case is shown without its history.
    """
    blocks = _blocks(name, frame, log)
    if blocks is None:
        return None, like(name, frame)
    title = frame.say("explain.title", figure=name)
    return Document(replace(meta(frame), title=title), tuple(blocks)), ()


def like(name: str, frame: Frame) -> tuple[str, ...]:
    """Names of figures that are like `name`; if none is, the first few there are."""
    known = [figure(one) for one in frame.settlement.history]
    known += [owed_figure(one) for one in frame.settlement.ledger]
    ticket, _, level = name.partition("/")
    known += (
        [case_figure(case.ticket_id, case.level) for case in frame.measurements.cases.ticket(ticket)] if level else []
    )
    close = difflib.get_close_matches(name, known, n=_LIKE, cutoff=0.5)
    return tuple(close or known[:_LIKE])


def _blocks(name: str, frame: Frame, log: Log | None) -> list[Block] | None:
    for verdict in frame.settlement.history:
        if figure(verdict) == name:
            return _of_verdict(frame, verdict)
    for owed in frame.settlement.ledger:
        if owed_figure(owed) == name:
            return list(owed_blocks(frame, owed, folded=False))
    ticket, _, level = name.rpartition("/")
    cases = [case for case in frame.measurements.cases.ticket(ticket) if case.level == level]
    return [block for case in cases for block in _of_case(frame, case, log)] if cases else None


def _of_verdict(frame: Frame, verdict: Verdict) -> list[Block]:
    terms = verdict.measurement.terms
    period = shown.period(frame, verdict.period)
    title = frame.say("explain.level_title", level=frame.title(terms.name), period=period)
    version = frame.terms.version(verdict.period.first)
    wording = StepWords(frame, terms, frame.contract.currency or "")
    facts = [
        Fact(frame.say("level.verdict"), runs(shown.verdict(frame, verdict))),
        Fact(frame.say("level.target"), runs(target_words(frame, terms))),
        Fact(frame.say("explain.clause"), runs(place(terms.target.span if terms.target else terms.span), "code")),
        Fact(frame.say("explain.version"), runs(frame.version(version.label))),
    ]
    blocks: list[Block] = [Heading(1, runs(title), id=figure(verdict)), Facts(tuple(facts))]
    blocks += [Paragraph(runs(held_words(frame, held))) for held in terms.held]
    blocks.append(
        Items(tuple(wording.line(step, frame.version_short(version.label)) for step in verdict.steps), ordered=True)
    )
    reason = shown.reason(frame, verdict)
    if reason:
        blocks.append(Paragraph(runs(f"{reason}.")))
    blocks.extend(pieces_of(frame, terms, verdict.period.label, verdict.unit))
    counts = verdict.measurement.counts
    if shown.judged(verdict):
        number = str(counts.met + counts.missed)
        lines = [frame.say("explain.counts", n=number, met=str(counts.met), missed=str(counts.missed))]
        others = (counts.open, counts.undecided, counts.excluded)
        if any(others):
            lines.append(
                frame.say("explain.others", open=str(others[0]), undecided=str(others[1]), excluded=str(others[2]))
            )
        blocks.append(Paragraph(runs(" ".join(lines))))
        blocks.extend(case_blocks(frame, terms, (verdict,)))
    return blocks


def _of_case(frame: Frame, case: Case, log: Log | None) -> list[Block]:
    level = next(one for one in frame.contract.levels if one.name == case.level)
    version = next((one for one in frame.terms.versions if one.label == case.version), frame.terms.versions[0])
    terms = next((one for one in version.contract.levels if one.name == case.level), level)
    outcome = frame.say(f"explain.{case.outcome}")
    verdict = frame.say(
        "explain.case_verdict",
        ticket=case.ticket_id,
        outcome=outcome,
        elapsed=words.length(case.elapsed, frame.language),
        allowance=words.length(case.allowance, frame.language),
    )
    entry = next((one for one in frame.imports if one.id == case.import_id), None)
    facts = [
        Fact(frame.say("overview.level"), runs(frame.title(terms.name))),
        Fact(frame.say("level.target"), runs(target_words(frame, terms))),
        Fact(frame.say("explain.clause"), runs(place(terms.target.span if terms.target else terms.span), "code")),
        Fact(frame.say("explain.version"), runs(frame.version(case.version))),
        Fact(frame.say("case.priority"), runs(case.priority)),
        Fact(frame.say("case.opened"), runs(frame.instant(case.started))),
        Fact(
            frame.say("case.deadline"), runs(frame.instant(case.deadline) if case.deadline else frame.say("case.still"))
        ),
        Fact(frame.say("case.stopped"), runs(_stopped(frame, case))),
    ]
    if case.period is not None:
        facts.append(Fact(frame.say("case.period"), runs(case.period)))
    if case.reason:
        facts.append(Fact(frame.say("case.reason"), runs(shown.case_reason(frame, case.reason))))
    if case.low is not None and case.high is not None:
        low, high = words.length(case.low, frame.language), words.length(case.high, frame.language)
        facts.append(Fact(frame.say("case.elapsed"), runs(frame.say("case.between", low=low, high=high))))
    if entry is not None:
        source = frame.say("explain.source", row=str(case.row_no), file=entry.file)
        facts.append(Fact(frame.say("method.file"), runs(source)))
    blocks: list[Block] = [
        Heading(1, runs(verdict), id=case_figure(case.ticket_id, case.level)),
        Facts(tuple(facts)),
    ]
    proof = None if log is None else prove(case, log, version.contract, terms, frame.measurements.as_of)
    if proof is not None:
        blocks.extend(_proof(frame, case, proof))
    return blocks


def _deadline(frame: Frame, case: Case) -> str:
    return frame.instant(case.deadline) if case.deadline is not None else frame.say("case.still")


def _stopped(frame: Frame, case: Case) -> str:
    return frame.instant(case.stopped) if case.stopped is not None else frame.say("explain.case_open")


def _proof(frame: Frame, case: Case, proof: Proof) -> list[Block]:
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
    if proof.elapsed == case.elapsed:
        return [history, spans]
    sums = {"spans": words.length(proof.elapsed, frame.language), "counted": words.length(case.elapsed, frame.language)}
    return [history, spans, Paragraph(runs(frame.say("explain.differs", **sums)), "warning")]


def _event(frame: Frame, field: str, value: str) -> str:
    if field == "opened":
        return frame.say("explain.opened")
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
