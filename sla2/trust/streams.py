"""Every trust commitment of a contract as a stream of promises.

In: the contract in force, the settled verdicts, the evidence of the log. Out: `Stream`s of both sides, in the order of
the contract. It judges single promises; what many of them show is the business of `promises`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import instant, local, local_date, shift
from sla2.contract.level import ShareTarget
from sla2.trust import evidence
from sla2.trust.evidence import SIDES
from sla2.trust.ledger import attended_by, owed_by, recorded_late
from sla2.trust.news import judge_news
from sla2.trust.promises import CONFIDENCE, Tally
from sla2.trust.repeats import Repeats, find_repeats
from sla2.trust.stream import Promise, Stream
from sla2.trust.trust import RepeatResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.quantity import Duration
    from sla2.contract.relations import CheckedBy, Obligation, Review, Updates, ZeroRepeat
    from sla2.contract.relations import Promise as PromiseBlock
    from sla2.contract.surroundings import Role
    from sla2.logs.log import Log
    from sla2.measure.measurement import Measurements
    from sla2.settle.verdict import Verdict
    from sla2.trust.evidence import LedgerRow
    from sla2.trust.stream import Side

DAY = 86_400_000_000
UNKNOWN_CAP = Fraction(1, 5)
EVERY = Fraction(1)


@dataclass(frozen=True, slots=True)
class Case:
    """What streams are made from: the contract, the log, and the time [start, end), believed until `as_of`.

    `since` is the first instant of the contract's term (None: it has none): nothing was promised before.
    """

    contract: Contract
    log: Log
    start: int
    end: int
    year_start: int
    as_of: int
    since: int | None
    ledger: tuple[LedgerRow, ...]

    @property
    def zone(self) -> str:
        """The time zone of days."""
        return self.contract.timezone or "UTC"

    @property
    def today(self) -> date:
        """The last day that is believed."""
        return local_date(self.as_of - 1, self.zone)


def sides_of(role: Role) -> tuple[Side, ...]:
    """The sides that a role binds."""
    return SIDES if role == "both" else (role,)


def streams(
    case: Case, history: Iterable[Verdict], measurements: Measurements
) -> tuple[list[Stream], tuple[RepeatResult, ...]]:
    """All streams but those of surveys and open passages, and what zero-repeat blocks found."""
    contract = case.contract
    found = list(reliability(case, history, measurements))
    repeats: list[RepeatResult] = []
    for repeat in contract.repeats:
        stream, result = zero_repeat(repeat, case)
        found.append(stream)
        repeats.append(result)
    for updates_block in contract.updates:
        found += updates(updates_block, case)
    known = {(one.block, one.side): one for one in found}
    for promise in contract.promises:
        found += promises(promise, case, known)
    for obligation_block in contract.obligations:
        found += obligation(obligation_block, case, known)
    for review in contract.reviews:
        found += reviews(review, case)
    return found, tuple(repeats)


def reliability(case: Case, history: Iterable[Verdict], measurements: Measurements) -> Iterator[Stream]:
    """One stream per level and share in force: its decided cases; where it has no share of cases, its verdicts.

    A level that owes its target in each period owes every single one. Periods judged by another share than those of
    the reported time are another class of promises; they are counted in a note.
    """
    verdicts = [one for one in history if one.status != "not in force"]
    for level in case.contract.levels:
        mine = [one for one in verdicts if one.level == level.name and not one.measurement.terms.report_only]
        ended = [one for one in mine if case.year_start < one.period.end <= case.end]
        now = [one for one in ended if one.period.end > case.start]
        shares = dict.fromkeys(_share(one) for one in now or ended[-1:])
        if not shares and mine:
            shares = {_share(mine[-1]): None}
        waiting, latest = _waiting(case, level, measurements), next(reversed(shares), None)
        for share in shares:
            alike = [one for one in mine if _share(one) == share]
            others = sum(_tally(one).n for one in ended if _share(one) not in shares)
            running = any(one.period.start < case.end < one.period.end for one in alike)
            notes = (("other target", str(others)),) if others else ()
            yield Stream(
                "reliability", level.name, level.title, "supplier", "ability", EVERY if share is None else share,
                CONFIDENCE, level.span, (),
                (*notes, *((("running", ""),) if running else ()), *((("by period", ""),) if share is None else ())),
                counted=(*((one.period.end - 1, _tally(one)) for one in alike), *(waiting if share == latest else ())),
            )  # fmt: skip


def _waiting(case: Case, level: Level, measurements: Measurements) -> tuple[tuple[int, Tally], ...]:
    """The cases of a level that are still open at the end: they count in no period yet."""
    number = measurements.cases.open_before(level.name, case.end)
    return ((case.end - 1, Tally(pending=number)),) if number else ()


def _share(verdict: Verdict) -> Fraction | None:
    target = verdict.measurement.terms.target
    return target.share.ratio if isinstance(target, ShareTarget) else None


def _tally(verdict: Verdict) -> Tally:
    if _share(verdict) is not None and verdict.units:
        return sum((_tally(unit) for unit in verdict.units), Tally())
    counts = verdict.measurement.counts
    if _share(verdict) is not None:
        return Tally(kept=counts.met, broken=counts.missed, pending=counts.undecided)
    return Tally(
        kept=int(verdict.status == "met"),
        broken=int(verdict.status == "missed"),
        pending=int(verdict.status == "undecided"),
        untested=int(verdict.status in ("not judged", "insufficient data")),
    )


def zero_repeat(block: ZeroRepeat, case: Case) -> tuple[Stream, RepeatResult]:
    """The promise of each resolved incident not to return."""
    within = block.within
    if within is None or within.kind == "service":
        none = Repeats((), (), 0, 0, ())
        return _zero(block, none, ("not evaluated", ""), capped=False), RepeatResult(block.name, block.same, none)

    def until(resolved: int) -> int:
        return later(resolved, within, case.zone)

    incidents = evidence.incidents(case.log, block.same, case.since, case.as_of)
    seen = evidence.seen_until(case.log, case.as_of)
    found = find_repeats(incidents, until, seen, (case.start, case.end))
    over_year = find_repeats(incidents, until, seen, (case.year_start, case.end)).unknown_share
    shares = [share for share in (found.unknown_share, over_year) if share is not None]
    result = RepeatResult(block.name, block.same, found)
    if found.coarse:
        return _zero(block, replace(found, promises=()), ("coarse", str(len(found.duplicates))), capped=False), result
    capped = max(shares, default=Fraction(0)) > UNKNOWN_CAP
    return _zero(block, found, ("unknown cause", str(found.unknown)), capped=capped), result


def _zero(block: ZeroRepeat, found: Repeats, note: tuple[str, str], *, capped: bool) -> Stream:
    return Stream(
        "zero repeat", block.name, block.title, "supplier", "ability", block.target.ratio if block.target else None,
        CONFIDENCE, block.span, found.promises, (("same", " + ".join(block.same)), note), capped=capped,
    )  # fmt: skip


def updates(block: Updates, case: Case) -> Iterator[Stream]:
    """The rhythm of news of each incident that the block chooses. Without any message on file there is no evidence."""
    then = elapsed(block.then_every)
    first = elapsed(block.first_within) if block.first_within is not None else then
    reckoned = first is not None and (block.then_every is None or then is not None)
    found: list[Promise] = []
    if first is not None and reckoned and evidence.has_rows(case.log, "updates"):
        messages = evidence.messages(case.log, case.as_of)
        for ticket in evidence.tickets(case.log, case.since, case.as_of):
            if not evidence.chosen(ticket, block.when, case.zone):
                continue
            ended, said = ticket.resolved or case.as_of, messages.get(ticket.ticket, ())
            news = judge_news(ticket.opened, ended, said, first, then, still_open=ticket.resolved is None)
            silence = str(news.longest_silence // 60_000_000)
            found.append(Promise(news.at, news.fate, ticket.ref, silence, made=ticket.opened))
    for side in sides_of(block.by):
        yield Stream(
            "updates", block.name, block.title, side, "benevolence", block.target.ratio if block.target else None,
            CONFIDENCE, block.span, tuple(found), () if reckoned else (("not evaluated", ""),),
        )  # fmt: skip


def promises(block: PromiseBlock, case: Case, known: Mapping[tuple[str, Side], Stream]) -> Iterator[Stream]:
    """A promise in words, checked by rows of the ledger of one kind or by another block, each side by its own."""
    for side in sides_of(block.by):
        empty = Stream(
            "promise", block.name, block.title, side, "integrity", block.target.ratio if block.target else None,
            block.confidence.ratio if block.confidence else CONFIDENCE, block.span, (),
        )  # fmt: skip
        yield _checked(empty, block.checked_by, case, known)


def obligation(block: Obligation, case: Case, known: Mapping[tuple[str, Side], Stream]) -> Iterator[Stream]:
    """A duty; one that nothing checks has no evidence."""
    for side in sides_of(block.duty_of):
        empty = Stream("obligation", block.name, block.title, side, "integrity", None, CONFIDENCE, block.span, ())
        yield _checked(empty, block.checked_by, case, known)


def _checked(empty: Stream, by: CheckedBy | None, case: Case, known: Mapping[tuple[str, Side], Stream]) -> Stream:
    """The stream with the evidence that its block names."""
    if by is None:
        return replace(empty, notes=(("unchecked", ""),))
    if by.ledger_kind is not None:
        late = recorded_late(case.ledger, by.ledger_kind, empty.side)
        return replace(
            empty,
            promises=owed_by(case.ledger, by.ledger_kind, empty.side, case.today, case.zone),
            notes=(("recorded late", str(late)),) if late else (),
        )
    other = known.get((by.level or "", empty.side))
    if other is None:
        return replace(empty, notes=(("checked by", by.level or ""),))
    return replace(empty, promises=other.promises, counted=other.counted, notes=(), capped=other.capped)


def reviews(block: Review, case: Case) -> Iterator[Stream]:
    """Meetings held in time with the side present; and actions from them, unless another block is checked by those."""
    present = {side for role in block.present for side in sides_of(role)} or set(SIDES)
    claims = [(one.by, one.checked_by) for one in case.contract.promises]
    claims += [(one.duty_of, one.checked_by) for one in case.contract.obligations]
    taken = {side for role, by in claims if by and by.ledger_kind == "action" for side in sides_of(role)}
    for side in SIDES:
        if side in present:
            held = attended_by(case.ledger, side, case.today, case.zone)
            yield Stream("review", block.name, block.title, side, "integrity", None, CONFIDENCE, block.span, held)
        actions = owed_by(case.ledger, "action", side, case.today, case.zone)
        if block.actions_in == "ledger" and side not in taken and actions:
            yield Stream("actions", block.name, "", side, "integrity", None, CONFIDENCE, block.span, actions)


def elapsed(duration: Duration | None) -> int | None:
    """A duration that always runs, in microseconds, a day being 24 hours; None for service hours, months, and none."""
    if duration is None or duration.kind == "service":
        return None
    days = {"day": 1, "week": 7}.get(duration.unit, 0)
    return duration.microseconds or (int(duration.value * days * DAY) or None)


def later(at: int, duration: Duration, zone: str) -> int:
    """The instant `duration` after `at`: calendar spans keep the local time of day."""
    if duration.microseconds is not None:
        return at + duration.microseconds
    here = local(at, zone)
    return instant(datetime.combine(shift(here.date(), duration, "after", None), here.time()), zone)
