"""The annexes of a draft and its last page: open points, worked examples, holidays, notes, signatures.

In: a frame. Out: blocks of one annex each, empty where there is nothing to annex. It runs under `from_words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.evaluated import unevaluated
from sla2.document.blocks import Cell, Heading, Paragraph, Ref, Run, Schedule, Signatures, Table
from sla2.draft.agreement import text_cell
from sla2.draft.codes import NOT_WORDED
from sla2.words import calendars, examples, format, passages, phrases
from sla2.words.sentence import anchor

if TYPE_CHECKING:
    from sla2.contract.passage import Passage
    from sla2.document.blocks import Block
    from sla2.draft.frame import Frame

Blocks = list["Block"]
_WIDTHS = {"number": 10, "passage": 18, "owner-customer": 22, "owner-supplier": 22, "review": 13, "state": 17}


def _schedule(frame: Frame, name: str, key: str) -> Schedule:
    return Schedule(name, frame.word("label.schedule"), (Run(frame.word(f"heading.{key}")),))


def open_points(frame: Frame) -> Blocks:
    """The list of what is still open: where it stands, who owns it, when it is reviewed."""
    contract = frame.contract
    if not contract.passages:
        return []
    waiting = [one for one in contract.passages if frame.states[one.name].state not in ("filled", "withdrawn")]
    found: Blocks = [_schedule(frame, "open-points", "open-points")]
    if not waiting:
        return [*found, Paragraph((Run(frame.word("points.none")),))]
    keys = ["number", "passage", "owner-customer", "owner-supplier", "review", "state"]
    if frame.audience == "counterparty":
        keys = [key for key in keys if not key.startswith("owner")]
    header = tuple(text_cell(frame.word(f"points.{key}")) for key in keys)
    rows = tuple(tuple(_point(frame, passage, key) for key in keys) for passage in waiting)
    widths = tuple(_WIDTHS[key] for key in keys)
    found.append(Paragraph((Run(frame.word("points.intro")),)))
    found.append(Table("open-points-table", frame.word("points.caption"), header, rows, widths))
    return found


def _point(frame: Frame, passage: Passage, key: str) -> Cell:
    state = frame.states[passage.name]
    if key == "number":
        return Cell((Ref(anchor("passage", passage.name)),))
    if key == "passage":
        return text_cell(phrases.clean(passage.title))
    if key == "review":
        return text_cell(format.day(state.review, frame.language) if state.review else "–")
    if key == "state":
        words = passages.state_words(state.state, frame.language)
        return Cell((Run(words),), tone="bad" if state.state == "overdue" else "open")
    owner = passage.owner("customer" if key == "owner-customer" else "supplier")
    return text_cell(owner.mailbox.name if owner is not None else "–")


def worked_examples(frame: Frame) -> Blocks:
    """The worked examples, each with what is given and what follows."""
    contract, language = frame.contract, frame.language
    if not contract.examples:
        return []
    found: Blocks = [_schedule(frame, "examples", "examples")]
    found.append(Paragraph(frame.inlines(phrases.say(language, "annex.example.intro"))))
    for example in contract.examples:
        found.append(Heading(2, (Run(phrases.clean(example.title)),), anchor("example", example.name)))
        found += [Paragraph(frame.inlines(one)) for one in examples.example_sentences(example, contract, language)]
    return found


def holidays(frame: Frame) -> Blocks:
    """The days of each holiday file, by name."""
    found: Blocks = []
    language = frame.language
    seen: set[str] = set()
    for calendar in frame.contract.calendars:
        source = calendar.holidays
        if source is None or calendars.holidays_anchor(source) in seen:
            continue
        name = calendars.holidays_anchor(source)
        seen.add(name)
        title = f"{frame.word('heading.holidays')} ({source.region})"
        found.append(Schedule(name, frame.word("label.schedule"), (Run(title),)))
        intro = phrases.say(
            language, "calendar.hours.annex-intro", region=source.region, file=format.quoted(source.file, language)
        )
        found.append(Paragraph(frame.inlines(intro)))
        keys = ("day", "weekday", "name")
        header = tuple(text_cell(phrases.render(language, f"calendar.hours.annex-{key}")) for key in keys)
        rows = tuple(tuple(text_cell(text) for text in row) for row in calendars.holiday_rows(source, language))
        found.append(Table(f"{name}-table", title, header, rows, (3, 2, 4)))
    return found


def not_worded(frame: Frame) -> Blocks:
    """A visible note for each construct that was read but that the model does not hold, so that it has no words.

    What the model holds and only cannot be computed yet has its sentences like everything else.
    """
    found: Blocks = []
    worded = set(unevaluated(frame.signed))
    for item in frame.signed.unevaluated:
        if item in worded:
            continue
        frame.found.append(
            NOT_WORDED.at(
                item.span,
                f"The draft cannot yet put “{item.what}” of {item.block} into words; it prints a note in its place.",
                help="Write what it says as a `clause`, in each language of the contract.",
            )
        )
        found = found or [frame.heading("not-worded")]
        text = frame.word("not-worded.note", what=item.what, block=item.block)
        found.append(Paragraph((Run(text),), role="warning"))
    return found


def signatures(frame: Frame) -> Blocks:
    """Where both parties sign."""
    contract = frame.contract
    names = tuple(contract.party(side).title for side in ("customer", "supplier"))
    labels = tuple(frame.word(f"signature.{key}") for key in ("name", "function", "place", "signature"))
    return [
        frame.heading("signatures"),
        *_part_of(frame),
        Paragraph((Run(frame.word("signature.intro")),)),
        Signatures(names, labels),
    ]


def _part_of(frame: Frame) -> Blocks:
    """The annexes that are part of the agreement; so the page of the signatures bears text of the agreement."""
    contract = frame.contract
    names = ["examples"] if contract.examples else []
    names += dict.fromkeys(calendars.holidays_anchor(one.holidays) for one in contract.calendars if one.holidays)
    if not names:
        return []
    references = format.listing([phrases.to(name, name, bare=True) for name in names], frame.language)
    said = phrases.say(frame.language, "document.signature.annexes", list=references, one=len(names) == 1)
    return [frame.clause(2, "signatures-annexes", said)]
