"""The compliance report: verdicts, money and proof as one document.

In: the contract as signed, its settlement, the measurements, the imports of the log, the reported days, the date of the
report and its language. Out: a `Document` for any of the writers. It runs after settling. It judges and reckons
nothing, and it reads no clock: `today` is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Contents, Document, Heading, Meta, runs
from sla2.report import shown
from sla2.report.frame import Frame, Unstated
from sla2.report.level_section import level_section
from sla2.report.method_section import method_section
from sla2.report.money_section import money_section
from sla2.report.overview import fictional_files, head, matrix, summary
from sla2.report.passage_section import passage_section

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic
    from sla2.document.blocks import Block
    from sla2.logs.log import Import
    from sla2.measure.measurement import Measurements
    from sla2.settle.verdict import Settlement

_LABELS = ("page", "of", "version", "contents", "data", "open_points")


def compliance(
    contract: Contract,
    settlement: Settlement,
    measurements: Measurements,
    imports: tuple[Import, ...],
    *,
    start: date,
    end: date,
    today: date,
    language: Language,
    findings: tuple[Diagnostic, ...] = (),
    unstated: tuple[Unstated, ...] = (),
    checked: tuple[Diagnostic, ...] = (),
) -> Document:
    """The report on the days [start, end), in the order a reader needs it.

    `imports` are those of the log (`log.imports`); `findings` the diagnostics of measuring and settling; `unstated`
    the rules that the contract does not state, with what the other reading would change; `checked` what the checks say
    about the contract itself.
    """
    frame = Frame(contract, settlement, measurements, imports, start, end, today, language, findings, unstated, checked)
    return Document(meta(frame), _blocks(frame))


def _blocks(frame: Frame) -> tuple[Block, ...]:
    levels = frame.levels()
    blocks: list[Block] = [*head(frame), *matrix(frame), *summary(frame)]
    blocks.append(Contents(frame.say("meta.contents")))
    blocks.append(Heading(1, runs(frame.say("overview.levels")), id="levels"))
    for level in levels:
        blocks.extend(level_section(frame, level))
    blocks.extend(money_section(frame))
    blocks.extend(passage_section(frame))
    blocks.extend(method_section(frame))
    return tuple(blocks)


def meta(frame: Frame) -> Meta:
    """What header, footer and properties of a report say."""
    contract = frame.contract
    files = fictional_files(frame)
    labels = [(key, frame.say(f"meta.{key}")) for key in _LABELS]
    labels.append(("status", frame.say("meta.status_label")))
    return Meta(
        identifier=contract.name,
        title=f"{frame.say('meta.title')} – {contract.title}",
        author=contract.party("supplier").title,
        language=frame.language,
        version=frame.version(frame.terms.version(frame.last).label),
        status=frame.say("meta.status", as_of=frame.as_of),
        dated=frame.today,
        source_hash=contract.source_hash,
        labels=tuple(labels),
        notice=frame.say("meta.fictional", files=shown.listed(frame, files)) if files else "",
    )
