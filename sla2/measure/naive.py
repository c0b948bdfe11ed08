"""The slow judge: every ticket replayed moment by moment, in plain Python, to check the engine.

In: a contract and the rows of a log as plain mappings. Out: the cases that the engine should find. It knows no
buckets, no sums of open time and no SQL: it cuts time at every event and every opening or closing, and walks from cut
to cut with the clock running or standing still. It runs in tests and in `--verify`; a quarter of a large log takes
minutes. It judges tickets only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.contract.calendar import local
from sla2.contract.level import StatisticTarget
from sla2.contract.unmeasured import unit_column
from sla2.measure.from_contract import plan
from sla2.measure.measurement import Case
from sla2.measure.naive_tickets import Cycle, History, Row, Stood, Stretch, cycles, history, reopened, stood
from sla2.measure.naive_walk import Walk, counts_from, limited, walk
from sla2.measure.rules import rules
from sla2.measure.stop_rows import waits
from sla2.measure.term_rows import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Outcome
    from sla2.measure.plan import LevelTerms, Plan

_LOWEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """A candidate case with its outcome, before one per ticket is picked."""

    case: Case
    terms: LevelTerms
    at_end: bool
    stretch: int
    rank: int
    end_rank: int
    ran_out: int
    outcome: str
    met_before: int | None


def naive_cases(
    contract: Contract,
    tables: Mapping[str, Sequence[Row]],
    start: date,
    end: date,
    as_of: int,
    *,
    messages: bool = True,
) -> tuple[Case, ...]:
    """All cases of all ticket levels, in order of level, start, ticket and cycle.

    `messages`: whether somebody kept the messages about the tickets.
    """
    tickets = tables.get("tickets", ())
    opened = [row["opened_at"] for row in tickets if isinstance(row["opened_at"], int)] or [as_of]
    made, _ = plan(contract, start, end, as_of, (min(opened), max(opened)))
    if made is None:
        return ()
    found: list[Verdict] = []
    for row in tickets:
        past = history(row, tables, as_of, messages)
        if past is not None:
            found.extend(_picked(_verdicts(made, past)))
    periods = dict(made.periods)
    placed = [_placed(one.case, one.met_before, periods.get(one.case.level, ())) for one in found]
    return tuple(sorted(placed, key=lambda case: (case.level, case.started, case.ticket, case.cycle)))


def _placed(case: Case, before: int | None, judged: tuple[JudgedPeriod, ...]) -> Case:
    """The case with its period, and the period in which it had counted as met before it was opened again."""
    label, earlier = _label(case.counted, judged), _label(before, judged)
    restates = earlier if earlier and (earlier != label or case.outcome != "met") else ""
    case = _with(case, period=label, restates=restates)
    if label is not None or case.reason:
        return case
    return _with(case, reason="not resolved yet" if case.counted is None else "outside the judged periods")


def _label(moment: int | None, judged: tuple[JudgedPeriod, ...]) -> str | None:
    if moment is None:
        return None
    return next((period.label for period in judged if period.start <= moment < period.end), None)


def _with(case: Case, **changes: object) -> Case:
    values = {name: getattr(case, name) for name in Case.__slots__}
    return Case(**{**values, **changes})


def _verdicts(made: Plan, past: History) -> list[Verdict]:
    found: list[Verdict] = []
    for terms in made.terms:
        level = terms.level
        services = {service.name for service in terms.contract.services}
        known = past.service in services if level.service is None else past.service == level.service
        if not (known or (past.service is None and (level.service is None or len(services) == 1))):
            continue
        for cycle in cycles(past, terms, made.level_periods(level.name)):
            found.extend(_of_cycle(terms, past, cycle, ranks(made.contract)))
    return found


def _of_cycle(terms: LevelTerms, past: History, cycle: Cycle, rank: dict[str, int]) -> list[Verdict]:
    """The verdicts of one level on one cycle of a ticket: one per stretch of priority that the level looks at."""
    level, rule = terms.level, rules(terms.level)
    when = level.when
    if when is not None and not _wanted(terms, past, cycle.opened):
        return []
    began = counts_from(terms, cycle.opened)
    ended = past.as_of if cycle.stopped is None else cycle.stopped
    held = [one for one in past.priorities if one.touches(cycle.opened, ended)]
    heights = [rank.get(one.priority or "", _LOWEST) for one in held]
    looked_at = {
        "opening": held[:1],
        "highest": held[heights.index(min(heights)) :][:1],
        "rising": held[: heights.index(min(heights)) + 1],
        "resolution": held,
        "each": held,
    }[rule.mode]
    found = []
    for one in looked_at:
        if when is not None and when.priorities and one.priority not in when.priorities:
            continue
        at_end = one is looked_at[-1]
        clock_start = one.since if rule.restart and one is not held[0] and one.since > began else began
        if terms.since <= clock_start < terms.until:
            place = held.index(one)
            found.append(_verdict(terms, past, cycle, one, clock_start, max(one.since, began), at_end, place, heights))
    return found


def _wanted(terms: LevelTerms, past: History, opened: int) -> bool:
    when = terms.level.when
    if when is None:
        return True
    if when.categories and past.row.get("category") not in when.categories:
        return False
    if when.countries and past.row.get("country") not in when.countries:
        return False
    if when.opened_from is None:
        return True
    moment = local(opened, terms.contract.timezone or "UTC").time()
    return when.opened_from <= moment and (when.opened_to is None or moment < when.opened_to)


def _verdict(
    terms: LevelTerms,
    past: History,
    cycle: Cycle,
    held: Stretch,
    clock_start: int,
    since: int,
    at_end: bool,
    stretch: int,
    heights: list[int],
) -> Verdict:
    """One candidate, reckoned under every reading of its records."""
    late, walks = [], []
    moved = counts_from(terms, cycle.opened) != cycle.opened
    pauses = stood(past, terms)
    recorded = any(group.stretches for group in pauses if group.stop is not None)
    vague = bool(terms.level.clock_stops) and past.paused_total is not None and not recorded
    still = False
    for reading in ("recorded", "least", "most"):
        start = clock_start + (past.slack if reading == "least" and not moved else 0)
        stop = past.as_of if cycle.stopped is None else cycle.stopped
        stop += cycle.slack if reading == "most" and cycle.stopped is not None else 0
        stop = max(stop, start)
        gone, lasting = _gone(terms, past, pauses, start, stop, reading)
        still = lasting if reading == "recorded" else still
        walked = walk(terms, start, stop, gone, 0)
        if vague:
            given = _given(terms, past, start, stop, walked, reading)
            walked = walk(terms, start, stop, gone, given)
        walks.append(walked)
        until = min(stop, held.until) if not at_end and held.until is not None else stop
        late.append(walked.deadline is not None and until > walked.deadline)
    first = walks[0]
    ran_out = max(since, first.deadline or 0)
    outcome = _found(terms, past, cycle, late, at_end=at_end)
    still = still and cycle.stopped is None
    why = "pauses without times" if vague else "precision of the log"
    why = "messages unknown" if any(group.unsure for group in pauses) else why
    case = _case(terms, past, cycle, held, clock_start, walks, outcome, still and not late[0], why)
    counted = _counted(terms, cycle, outcome, late[0], ran_out)
    before = cycle.earlier
    if before is not None and first.deadline is not None and before > first.deadline:
        before = None
    elif before is not None and rules(terms.level).counts_in == "opening":
        before = cycle.opened
    case = _with(case, counted=counted)
    return Verdict(case, terms, at_end, stretch, heights[stretch], heights[-1], ran_out, outcome, before)


def _gone(
    terms: LevelTerms, past: History, groups: tuple[Stood, ...], start: int, stop: int, reading: str
) -> tuple[list[tuple[int, int]], bool]:
    """When the clock stood still in a case under one reading, and whether it stands still at the end of it."""
    late_from = past.slack if reading == "most" else 0
    late_until = past.slack if reading == "least" else 0
    found: list[tuple[int, int]] = []
    lasting = False
    for group in groups:
        if group.unsure and reading != "least":
            continue
        clipped = [
            (max(low + late_from, start), min(stop if high is None else high + late_until, stop))
            for low, high in group.stretches
        ]
        more = True
        if group.stop is not None and group.stop.at_most is not None:
            clipped, more = limited(terms, group.stop, clipped)
        found.extend(clipped)
        lasting = lasting or (more and any(high is None and max(low, start) < stop for low, high in group.stretches))
    return found, lasting


def _found(terms: LevelTerms, past: History, cycle: Cycle, late: list[bool], *, at_end: bool) -> str:
    """The outcome of a candidate, before what excludes it."""
    rule = rules(terms.level)
    if at_end and not rule.timed:
        again = reopened(past) if rule.kind == "reopened" else False
        if again:
            return "missed"
        if cycle.stopped is None and (rule.kind == "reopened" or rule.counts_in == "resolution"):
            return "open"
        return "undecided" if again is None else "met"
    if all(late) and rule.timed:
        return "missed"
    if not at_end:
        return "left"
    if cycle.stopped is None:
        return "open"
    return "undecided" if any(late) else "met"


def _counted(terms: LevelTerms, cycle: Cycle, outcome: str, late: bool, ran_out: int) -> int | None:
    counts_in = rules(terms.level).counts_in
    if counts_in == "opening":
        return cycle.opened
    if counts_in == "snapshot":
        return None if cycle.stopped is None else cycle.stopped - 1
    statistic = isinstance(terms.level.target, StatisticTarget)
    by_time = outcome == "missed" or (outcome == "undecided" and late)
    return ran_out if by_time and counts_in == "decision" and not statistic else cycle.stopped


def _case(
    terms: LevelTerms,
    past: History,
    cycle: Cycle,
    held: Stretch,
    started: int,
    walks: list[Walk],
    found: str,
    still: bool,
    why: str,
) -> Case:
    timed = rules(terms.level).timed
    outcome, reason = _outcome(terms, past, cycle, found, still, why if timed else "reopenings unknown")
    column = unit_column(terms.level)
    undecided = outcome == "undecided" and timed
    return Case(
        level=terms.level.name,
        unit=str(past.row.get(column) or "") if column else "",
        ticket=past.number,
        ticket_id=str(past.row["ticket_id"]),
        priority=held.priority or "",
        period=None,
        started=started,
        stopped=cycle.stopped,
        deadline=None if still or not timed else walks[0].deadline,
        elapsed=walks[0].elapsed,
        paused=walks[0].paused,
        allowance=walks[0].allowance,
        outcome=outcome,
        reason=reason,
        version=terms.version,
        import_id=int(past.row["import_id"] or 0),
        row_no=int(past.row["row_no"] or 0),
        low=min(walk.elapsed for walk in walks) if undecided else None,
        high=max(walk.elapsed for walk in walks) if undecided else None,
        cycle=cycle.number,
    )


def _outcome(terms: LevelTerms, past: History, cycle: Cycle, found: str, still: bool, why: str) -> tuple[Outcome, str]:
    for name in sorted(terms.level.excludes):
        if past.row.get("cause") in terms.contract.exclusion(name).causes:
            return "excluded", name
    if cycle.cancelled and found in ("met", "undecided"):
        return "excluded", "cancelled"
    if found == "undecided":
        return "undecided", why
    if found == "open":
        return "open", "clock stopped" if still else "not decided yet"
    return ("missed" if found == "missed" else "met"), ""


def _given(terms: LevelTerms, past: History, start: int, stop: int, walked: Walk, reading: str) -> int:
    """How much of a total of pauses without times fell into open time: as much, or as little, as it can be."""
    total, opened = past.paused_total or 0, walked.elapsed + walked.paused
    most = min(total, opened)
    least = max(0, min(total, stop - start) - (stop - start - opened))
    if rules(terms.level).kind in ("response", "backlog") or waits(terms):
        least = 0
    elif past.paused_basis == "service hours":
        least = most
    return most if reading == "least" else least


def _picked(verdicts: list[Verdict]) -> list[Verdict]:
    """Of the verdicts on one ticket, those that become cases."""
    families: dict[tuple[str, int], list[Verdict]] = {}
    for verdict in verdicts:
        families.setdefault((_family(verdict, verdicts), verdict.case.cycle), []).append(verdict)
    found: list[Verdict] = []
    for members in families.values():
        sure = [one for one in members if _sure(one)]
        first = min(sure, key=lambda one: (one.ran_out, one.stretch), default=None)
        for name in dict.fromkeys(one.case.level for one in members):
            mine = [one for one in members if one.case.level == name]
            if first is not None and all(one.stretch != first.stretch for one in mine):
                continue
            own = min((one for one in mine if _sure(one)), key=lambda one: (one.ran_out, one.stretch), default=None)
            chosen = own or next((one for one in mine if one.at_end), None)
            found.extend([chosen] if chosen else [])
    return found


def _sure(one: Verdict) -> bool:
    """True for a miss in an earlier priority that the later ones do not undo."""
    rule = rules(one.terms.level)
    stays = rule.mode == "each" or rule.restart or one.end_rank > one.rank
    return stays and not one.at_end and one.outcome == "missed"


def _family(verdict: Verdict, verdicts: list[Verdict]) -> str:
    """Levels that share a ticket by the priority at its resolution are one family, all others are alone."""
    level, rule = verdict.terms.level, rules(verdict.terms.level)
    if rule.mode not in ("resolution", "rising"):
        return level.name
    for other in verdicts:
        theirs = other.terms.level
        same = (theirs.service, theirs.measure, theirs.unit) == (level.service, level.measure, level.unit)
        if same and rules(theirs) == rule:
            return f"family of {theirs.name}"
    return level.name
