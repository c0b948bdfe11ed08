"""The compliance report: verdicts, money and proof as one document.

In: a `Frame`: the contract as signed, what was measured and settled, the days and the language. Out: a `Document` for
any of the writers. It runs after settling. It judges and reckons nothing, and it reads no clock: `today` is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Contents, Document, Heading, Meta, runs
from sla2.report import shown
from sla2.report.level_section import level_section
from sla2.report.limits_section import exposure_section, opening_section, restated_section
from sla2.report.method_section import method_section
from sla2.report.money_section import money_section
from sla2.report.overview import fictional_files, head, matrix, summary
from sla2.report.passage_section import passage_section
from sla2.report.points_section import points_section, pool_section
from sla2.report.rights_section import rights_section

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame

_MONEY_AND_RIGHTS = (
    money_section,
    pool_section,
    points_section,
    exposure_section,
    opening_section,
    restated_section,
    rights_section,
)
_LABELS = ("page", "of", "version", "contents", "data", "open_points")


def compliance(frame: Frame) -> Document:
    """The report on the days of `frame`, in the order a reader needs it."""
    return Document(meta(frame), _blocks(frame))


def _blocks(frame: Frame) -> tuple[Block, ...]:
    levels = frame.levels()
    blocks: list[Block] = [*head(frame), *matrix(frame), *summary(frame)]
    blocks.append(Contents(frame.say("meta.contents")))
    blocks.append(Heading(1, runs(frame.say("overview.levels")), id="levels"))
    for level in levels:
        blocks.extend(level_section(frame, level))
    for section in _MONEY_AND_RIGHTS:
        blocks.extend(section(frame))
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
