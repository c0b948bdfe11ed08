"""Numbers against feeling: what each side was asked, and how the answers compare with compliance.

In: the questions of trust. Out: blocks. Small groups are not shown, and silence is: with the share there would be if
all who did not answer were discontent, and if all were content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Heading, Paragraph, Table, runs
from sla2.report.trust_promises import percent_of
from sla2.report.trust_words import comparison, side
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.trust.combine import Comparison
    from sla2.trust.surveys import ItemResult
    from sla2.trust.trust import Question, Trust

_TONES: dict[Comparison, str] = {"watermelon": "bad", "red through": "bad", "green through": "good"}


def feeling_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """The table of questions; where nobody was asked, the sentence that says so."""
    title = Heading(1, runs(frame.say("trust.feeling.title")), id="feeling")
    if not any(question.result.answered for question in trust.questions):
        return (title, Paragraph(runs(frame.say("trust.feeling.none"))))
    keys = ("asked", "by", "satisfied", "mean", "silence", "verdict")
    table = Table(
        id="questions",
        caption=frame.say("trust.feeling.caption"),
        header=tuple(
            Cell(runs(frame.say(f"trust.feeling.{key}")), align="right" if key == "mean" else "left") for key in keys
        ),
        rows=tuple(_row(frame, question) for question in trust.questions),
        widths=(6, 3, 3, 3, 5, 5),
    )
    return (
        title,
        Paragraph(runs(f"{frame.say('trust.feeling.intro')} {_compliance(frame, trust)}")),
        table,
        Paragraph(runs(frame.say("trust.feeling.caution")), "note"),
    )


def _compliance(frame: Frame, trust: Trust) -> str:
    """What the answers about the supplier are held against."""
    if not trust.verdicts_judged:
        return frame.say("trust.feeling.no_verdicts")
    judged = str(trust.verdicts_judged)
    if not trust.verdicts_missed:
        return frame.say("trust.feeling.all_met", judged=judged)
    return frame.count("trust.feeling.missed", trust.verdicts_missed, judged=judged)


def _row(frame: Frame, question: Question) -> tuple[Cell, ...]:
    result = question.result
    first = (Cell(runs(question.question)), Cell(runs(side(frame, result.side))))
    verdict = Cell(runs(comparison(frame, question.comparison)))
    if question.comparison in _TONES:
        verdict = Cell(verdict.content, tone="bad" if _TONES[question.comparison] == "bad" else "good")
    if not result.shown or result.mean is None:
        key = "hidden" if result.answered else "nobody"
        hidden = Cell(runs(frame.say(f"trust.feeling.{key}", n=str(result.show_from))), tone="muted")
        dash = Cell(runs(frame.say("trust.promises.none")))
        return (*first, hidden, dash, dash, verdict)
    answered = frame.say("trust.feeling.answered", satisfied=str(result.satisfied), n=str(result.n))
    return (
        *first,
        Cell(runs(answered)),
        Cell(runs(words.number(result.mean, frame.language, 1)), align="right"),
        Cell(runs(_silence(frame, result))),
        verdict,
    )


def _silence(frame: Frame, result: ItemResult) -> str:
    if result.invited is None or result.worst is None or result.best is None:
        return frame.say("trust.feeling.not_invited")
    return frame.say(
        "trust.feeling.invited",
        worst=percent_of(frame, result.worst),
        best=percent_of(frame, result.best),
        n=str(result.n),
        invited=str(result.invited),
    )
