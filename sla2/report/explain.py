"""How a figure was found: the proof that `sla2 explain FIGURE` prints.

In: the name of a figure, the frame of a report and the log. Out: a `Document` for the writers, or the names of figures
that are like it. The names are: `resolve-p2/2016-03` (a verdict), `credits-p1/2016-03` (a credit or a bonus),
`points/kpi/2016-03`, `pool/at-risk/2016-03`, `right/chronic/2016-03`, `exposure/supplier/2016-02-01`,
`opening/credits/late`, `INC0001234/resolve-p2` (a case). It runs on demand. It finds figures by name and shows their
steps; it reckons nothing but the running total of one ticket.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Document, Fact, Facts, Heading, Items, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.case_tables import case_blocks
from sla2.report.clauses import held_words, target_words
from sla2.report.compliance import meta
from sla2.report.evidence_tables import evidence_blocks
from sla2.report.explain_case import case_blocks_of, proof_blocks
from sla2.report.figures import Found, find, names, sources
from sla2.report.frame import case_figure, coded, figure, opening_figure, place
from sla2.report.limits_section import exposure_blocks, opening_words
from sla2.report.money_section import owed_blocks
from sla2.report.piece_table import pieces_of
from sla2.report.points_section import account_blocks, pool_blocks
from sla2.report.proof import prove
from sla2.report.rights_section import right_blocks
from sla2.report.step_words import StepWords
from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightState
from sla2.settle.verdict import Owed, Verdict

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.logs.log import Log
    from sla2.measure.measurement import Case
    from sla2.report.frame import Frame

_LIKE = 3


def explain(name: str, frame: Frame, log: Log | None = None) -> tuple[Document | None, tuple[str, ...]]:
    """The proof of the figure `name`; or None and up to three names of figures that exist and are like it.

    Without `log` a case is shown without its history.
    """
    found = find(name, frame)
    if not found:
        return None, like(name, frame)
    title = frame.say("explain.title", figure=name)
    return Document(replace(meta(frame), title=title), tuple(_proof(frame, name, found, log))), ()


def like(name: str, frame: Frame) -> tuple[str, ...]:
    """Names of figures that are like `name`; if none is, the first few there are."""
    known = list(names(frame))
    ticket, _, level = name.partition("/")
    if level:
        known += [case_figure(case.ticket_id, case.level) for case in frame.measurements.cases.ticket(ticket)]
    close = difflib.get_close_matches(name, known, n=_LIKE, cutoff=0.5)
    return tuple(close or known[:_LIKE])


def _proof(frame: Frame, name: str, found: tuple[Found, ...], log: Log | None) -> list[Block]:
    """The blocks of all values behind one name, then the figures they rest on."""
    rights = tuple(one for one in found if isinstance(one, RightState))
    if rights:
        return list(right_blocks(frame, rights))
    blocks = [block for one in found for block in _of(frame, one, log)]
    below = [one for one in dict.fromkeys(part for value in found for part in sources(frame, value)) if one != name]
    if below:
        blocks.append(Paragraph(coded(f"{frame.say('explain.rests_on')}:")))
        blocks.append(Items(tuple((Run(one, "code"),) for one in below)))
    return blocks


def _of(frame: Frame, found: Found, log: Log | None) -> list[Block]:
    match found:
        case Verdict():
            return _of_verdict(frame, found)
        case Owed():
            return list(owed_blocks(frame, found, folded=False))
        case PointsAccount():
            return list(account_blocks(frame, found))
        case PoolUse():
            return list(pool_blocks(frame, found))
        case Exposed():
            return list(exposure_blocks(frame, found))
        case OpeningBalance():
            return _of_opening(frame, found)
        case RightState():
            return list(right_blocks(frame, (found,)))
        case _:
            return _of_case(frame, found, log)


def _of_opening(frame: Frame, found: OpeningBalance) -> list[Block]:
    heading = Heading(1, runs(opening_words(frame, found)), id=opening_figure(found))
    return [heading, Paragraph(runs(frame.say("opening.intro", day=frame.day(found.first))))]


def _of_case(frame: Frame, case: Case, log: Log | None) -> list[Block]:
    level = next(one for one in frame.contract.levels if one.name == case.level)
    version = next((one for one in frame.terms.versions if one.label == case.version), frame.terms.versions[0])
    terms = next((one for one in version.contract.levels if one.name == case.level), level)
    blocks = case_blocks_of(frame, case, terms)
    proof = None if log is None else prove(case, log, version.contract, terms, frame.measurements.as_of)
    if proof is not None:
        blocks.extend(proof_blocks(frame, case, terms, proof))
    return blocks


def _of_verdict(frame: Frame, verdict: Verdict) -> list[Block]:
    terms = verdict.measurement.terms
    period = shown.period(frame, verdict.period)
    title = frame.say("explain.level_title", level=frame.title(terms.name), period=period)
    version = frame.terms.version(verdict.period.terms_day)
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
    blocks.extend(_units(frame, verdict))
    blocks.extend(pieces_of(frame, terms, verdict.period.label, verdict.unit))
    blocks.extend(evidence_blocks(frame, terms, verdict.period.label, verdict.unit))
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


def _units(frame: Frame, verdict: Verdict) -> list[Block]:
    """The units of a verdict that judges all of them together."""
    if not verdict.units:
        return []
    rows = tuple(
        (
            Cell(runs(unit.unit)),
            Cell(runs(shown.verdict(frame, unit)), tone=shown.tone(unit.status)),
            Cell(runs(shown.value(frame, unit.measurement.value, unit.measurement.terms)), align="right"),
        )
        for unit in verdict.units
    )
    header = (
        Cell(runs(frame.say("level.piece_unit"))),
        Cell(runs(frame.say("level.verdict"))),
        Cell(runs(frame.say("level.achieved")), align="right"),
    )
    title = frame.say("level.table_caption", level=frame.title(verdict.level))
    return [Table(id=f"{verdict.level}-units", caption=title, header=header, rows=rows)]
