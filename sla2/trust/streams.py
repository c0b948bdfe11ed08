"""Every trust commitment of a contract as a stream of promises.

In: the contract in force, the settled verdicts, the log. Out: `Stream`s of both sides, in the order of the contract.
It judges single promises; what many of them show is the business of `promises`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import ShareTarget
from sla2.trust import evidence
from sla2.trust.news import judge_news
from sla2.trust.promises import Tally
from sla2.trust.repeats import find_repeats
from sla2.trust.stream import Promise, Stream
from sla2.trust.trust import RepeatResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.contract.relations import Obligation, Updates, ZeroRepeat
    from sla2.contract.relations import Promise as PromiseBlock
    from sla2.contract.surroundings import Role
    from sla2.logs.log import Log
    from sla2.settle.verdict import Verdict
    from sla2.trust.evidence import LedgerRow
    from sla2.trust.stream import Fate, Side

CONFIDENCE = Fraction(9, 10)
DAY = 86_400_000_000
MOST_MOVES = 2
UNKNOWN_CAP = Fraction(1, 5)
SIDES: tuple[Side, ...] = ("supplier", "customer")


def sides_of(role: Role) -> tuple[Side, ...]:
    """The sides that a role binds."""
    return SIDES if role == "both" else (role,)


def reliability(contract: Contract, history: Iterable[Verdict]) -> Iterator[Stream]:
    """One stream per level: its decided cases against its share, or its verdicts where it has no share of cases."""
    verdicts = tuple(history)
    for level in contract.levels:
        mine = [verdict for verdict in verdicts if verdict.level == level.name]
        if level.report_only or not mine:
            continue
        share = level.target.share.ratio if isinstance(level.target, ShareTarget) else None
        counted = tuple((verdict.period.end - 1, _verdict_tally(verdict, share is not None)) for verdict in mine)
        yield Stream(
            "reliability", level.name, level.title, "supplier", "ability", share, CONFIDENCE, level.span, (), (),
            counted=counted,
        )  # fmt: skip


def _verdict_tally(verdict: Verdict, by_case: bool) -> Tally:
    counts = verdict.measurement.counts
    if by_case:
        return Tally(kept=counts.met, broken=counts.missed, pending=counts.open)
    return Tally(kept=int(verdict.status == "met"), broken=int(verdict.status == "missed"))


def zero_repeat(block: ZeroRepeat, log: Log, as_of: int) -> tuple[Stream, RepeatResult]:
    """The promise of each resolved incident not to return."""
    within = _microseconds(block.within)
    found = find_repeats(evidence.incidents(log, block.same), within, as_of)
    unknown = found.unknown_share
    notes = (("same", " + ".join(block.same)), ("unknown cause", str(found.unknown)))
    stream = Stream(
        "zero repeat", block.name, block.title, "supplier", "ability", block.target.ratio if block.target else None,
        CONFIDENCE, block.span, found.promises, notes, capped=unknown is not None and unknown > UNKNOWN_CAP,
    )  # fmt: skip
    return stream, RepeatResult(block.name, block.same, found)


def updates(block: Updates, log: Log, as_of: int) -> Iterator[Stream]:
    """The rhythm of news of each incident in the block's classes. Without any message on file there is no evidence."""
    promises: list[Promise] = []
    if evidence.has_rows(log, "updates") and block.first_within is not None:
        messages = evidence.messages(log)
        classes = block.when.priorities if block.when else ()
        first = _microseconds(block.first_within)
        then = _microseconds(block.then_every) if block.then_every else None
        for ticket in evidence.tickets(log):
            if classes and ticket.priority not in classes or ticket.opened >= as_of:
                continue
            ended = min(ticket.resolved or as_of, as_of)
            running = ticket.resolved is None or ticket.resolved > as_of
            news = judge_news(ticket.opened, ended, messages.get(ticket.ticket, ()), first, then, still_open=running)
            silence = str(news.longest_silence // 60_000_000)
            promises.append(Promise(min(ended, as_of - 1), news.fate, ticket.ref, silence))
    for side in sides_of(block.by):
        yield Stream(
            "updates", block.name, block.title, side, "benevolence", block.target.ratio if block.target else None,
            CONFIDENCE, block.span, tuple(promises),
        )  # fmt: skip


def promises(block: PromiseBlock, log: Log, as_of: int) -> Iterator[Stream]:
    """A promise in words, checked by rows of the ledger of one kind, each side by its own rows."""
    kind = block.checked_by.ledger_kind if block.checked_by else None
    confidence = block.confidence.ratio if block.confidence else CONFIDENCE
    for side in sides_of(block.by):
        yield Stream(
            "promise", block.name, block.title, side, "integrity", block.target.ratio if block.target else None,
            confidence, block.span, _from_ledger(log, kind, side, as_of),
        )  # fmt: skip


def obligation(block: Obligation, log: Log, as_of: int) -> Iterator[Stream]:
    """A duty, checked by rows of the ledger; a duty that nothing checks has no evidence."""
    kind = block.checked_by.ledger_kind if block.checked_by else None
    for side in sides_of(block.duty_of):
        yield Stream(
            "obligation", block.name, block.title, side, "integrity", None, CONFIDENCE, block.span,
            _from_ledger(log, kind, side, as_of),
        )  # fmt: skip


def reviews(contract: Contract, log: Log, as_of: int) -> Iterator[Stream]:
    """Meetings held with the side present, and actions from them done in time."""
    for block in contract.reviews:
        for side in SIDES:
            held = tuple(
                Promise(row.due or as_of - 1, _attended(row, side, as_of), row.ref)
                for row in evidence.ledger(log)
                if row.kind == "review"
            )
            yield Stream("review", block.name, block.title, side, "integrity", None, CONFIDENCE, block.span, held)


def _attended(row: LedgerRow, side: Side, as_of: int) -> Fate:
    if row.done is None:
        return "broken" if row.due is not None and row.due + DAY <= as_of else "pending"
    present = row.agreed_supplier if side == "supplier" else row.agreed_customer
    return "kept" if present is not None else "broken"


def _from_ledger(log: Log, kind: str | None, side: Side, as_of: int) -> tuple[Promise, ...]:
    if kind is None:
        return ()
    rows = (row for row in evidence.ledger(log) if row.kind == kind and row.owner in (side, "both"))
    return tuple(
        Promise(min(row.due if row.due is not None else (row.done or as_of), as_of - 1), *_fate(row, as_of))
        for row in rows
    )


def _fate(row: LedgerRow, as_of: int) -> tuple[Fate, str, str]:
    """Fate, reference and days late. Due on the day itself is in time; more than two moves is broken."""
    if row.moved > MOST_MOVES:
        return "broken", row.ref, ""
    if row.done is None or row.done >= as_of:
        late = row.due is not None and row.due + DAY <= as_of
        return ("broken" if late else "pending"), row.ref, _days(as_of, row.due) if late else ""
    if row.due is not None and row.done >= row.due + DAY:
        return "broken", row.ref, _days(row.done, row.due)
    return ("moved" if row.moved else "kept"), row.ref, ""


def _days(later: int, earlier: int | None) -> str:
    return "" if earlier is None else str((later - earlier) // DAY)


def _microseconds(duration: Duration | None) -> int:
    """A duration of a trust block as elapsed time; days are 24 hours from the event."""
    if duration is None:
        return 0
    return duration.microseconds or int(duration.value) * {"day": DAY, "week": 7 * DAY}.get(duration.unit, DAY)
