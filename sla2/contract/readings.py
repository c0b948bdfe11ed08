"""Rules that change an outcome and that a contract may leave unstated: the one list, with both readings of each.

In: a contract. Out: `Unstated` entries: which level leaves which rule unsaid. The checker asks about them; measurement
computes with the default reading and, through `state`, with the other one, so that a report can mark what would flip.
It computes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from sla2.contract.codes import UNSTATED_RULE
from sla2.contract.contract import Contract
from sla2.contract.evaluated import unevaluated
from sla2.contract.level import TICKET_MEASURES, Level, Measure
from sla2.contract.reading import Choice, Reading, put, put_combination, put_rounding, put_scope
from sla2.diagnostics import Diagnostic, Edit, Fix, Span

_TIME_SHARES: tuple[Measure, ...] = ("availability",)
_OUTAGES: tuple[Measure, ...] = ("availability", "number of outages", "longest outage")
_RATES: tuple[Measure, ...] = ("availability", "success rate")


@dataclass(frozen=True, slots=True)
class Unstated:
    """A level that leaves a rule unstated."""

    level: str
    reading: Reading
    span: Span


def unstated(contract: Contract) -> tuple[Unstated, ...]:
    """What the levels of `contract` leave unstated, by level in the order of the file, then as in `READINGS`."""
    return tuple(
        Unstated(level.name, reading, level.span)
        for level in contract.levels
        for reading in READINGS
        if reading.applies(contract, level)
    )


def questions(contract: Contract) -> tuple[Diagnostic, ...]:
    """A finding for each unstated rule that the language has no default of its own for."""
    return tuple(_question(found) for found in unstated(contract) if found.reading.asked)


def _question(found: Unstated) -> Diagnostic:
    first, second = found.reading.readings
    default = next(choice for choice in (first, second) if choice.id == found.reading.default)
    message = f"{found.level} does not say {found.reading.question}: {first.words}, or {second.words}?"
    until = (
        "Until then both are computed, and where they differ the period is undecided."
        if found.reading.both
        else f"Until then it is computed as `{default.line}`."
    )
    help_text = f"Write `{first.line}` or `{second.line}`. {until}"
    choices = () if found.reading.on_credits else tuple(_choice(found.span, choice) for choice in (first, second))
    return UNSTATED_RULE.at(found.span, message, help=help_text, choices=choices)


def _choice(header: Span, choice: Choice) -> Fix:
    """Write the line of a choice below the first line of the level."""
    below = Span(
        header.path, header.end, header.end, header.end_line, header.end_column, header.end_line, header.end_column
    )
    return Fix(f"write {choice.line}", (Edit(below, f"\n  {choice.line}"),))


def state(contract: Contract, level: str, reading: str, choice: str) -> Contract:
    """`contract` as it would be had `level` stated the rule `reading` as `choice`.

    Raises: KeyError if there is no such level, rule or choice.
    """
    rule = next((each for each in READINGS if each.id == reading), None)
    if rule is None or choice not in {each.id for each in rule.readings}:
        raise KeyError(reading if rule is None else choice)
    stated = rule.set(contract, contract.level(level), choice)
    before = unevaluated(contract)
    beyond = tuple(item for item in unevaluated(stated) if item not in before)
    return stated.model_copy(update={"unevaluated": (*stated.unevaluated, *beyond)}) if beyond else stated


# ---------------------------------------------------------------- when a rule matters


def _ticket(level: Level) -> bool:
    return level.measure in TICKET_MEASURES and not level.report_only


def _by_priority(level: Level) -> bool:
    return _ticket(level) and level.when is not None and bool(level.when.priorities)


def _stacked(contract: Contract, level: Level) -> bool:
    blocks = [block for block in contract.credits if block.level == level.name]
    return len(blocks) > 1 and all(block.combine is None for block in blocks)


def _priced(contract: Contract, level: Level) -> bool:
    """True if credits, a bonus or service points hang on the level."""
    money = any(block.level == level.name for block in (*contract.credits, *contract.bonuses))
    return money or any(block.level == level.name for block in contract.points)


def _scope_unsaid(contract: Contract, level: Level) -> bool:
    counts = [each for block in contract.credits if block.level == level.name for each in block.each]
    return any(each.step_duration is not None and each.scope is None for each in counts)


def _part_hours(contract: Contract, level: Level) -> bool:
    hours = contract.level_hours(level)
    return hours is not None and not hours.round_the_clock


READINGS: tuple[Reading, ...] = (
    Reading(
        "counts-in",
        "in which period a case counts",
        (
            Choice("decision", "in the period in which its outcome became certain", "counts in: period of decision"),
            Choice("opening", "in the period in which it was opened", "counts in: period of opening"),
        ),
        "decision",
        lambda contract, level: _ticket(level) and level.counts_in is None,
        put("counts_in"),
    ),
    Reading(
        "priority-is",
        "which priority counts if it changes",
        (
            Choice("highest held", "the highest one that the ticket held", "priority is: highest held"),
            Choice("at opening", "the one with which it was opened", "priority is: at opening"),
        ),
        "highest held",
        lambda contract, level: _by_priority(level) and level.priority_is is None,
        put("priority_is"),
    ),
    Reading(
        "after-priority-change",
        "what becomes of the time already used when the priority changes",
        (
            Choice("elapsed counts", "it counts", "after priority change: elapsed counts"),
            Choice("clock restarts", "the clock starts anew", "after priority change: clock restarts"),
        ),
        "elapsed counts",
        lambda contract, level: (
            _by_priority(level) and level.priority_is != "at opening" and level.after_priority_change is None
        ),
        put("after_priority_change"),
    ),
    Reading(
        "after-reopening",
        "what happens when a resolved ticket is opened again",
        (
            Choice("clock continues", "its clock goes on", "after reopening: clock continues"),
            Choice("new case", "it is a new case", "after reopening: new case"),
        ),
        "clock continues",
        lambda contract, level: _ticket(level) and level.measure == "resolution time" and level.after_reopening is None,
        put("after_reopening"),
    ),
    Reading(
        "no-cases",
        "what holds in a period without a single case",
        (
            Choice("not judged", "the period is not judged", "no cases: not judged"),
            Choice("met", "the target is met", "no cases: met"),
        ),
        "not judged",
        lambda contract, level: _ticket(level) and level.no_cases is None,
        put("no_cases"),
    ),
    Reading(
        "of",
        "of which time the percentage is",
        (
            Choice("period", "of the whole period", "of: period"),
            Choice("period minus exclusions", "of the period without excluded time", "of: period minus exclusions"),
        ),
        "period",
        lambda contract, level: (
            level.measure in _TIME_SHARES
            and level.of is None
            and bool(level.excludes)
            and not _part_hours(contract, level)
        ),
        put("of"),
    ),
    Reading(
        "of-hours",
        "of which time the percentage is",
        (
            Choice("service hours", "of the service hours", "of: service hours"),
            Choice("period", "of the whole period", "of: period"),
        ),
        "service hours",
        lambda contract, level: level.measure in _TIME_SHARES and level.of is None and _part_hours(contract, level),
        put("of"),
    ),
    Reading(
        "minimum-length",
        "whether an outage is long enough before or after excluded time is taken off",
        (
            Choice("after exclusions", "after", "minimum length judged: after exclusions"),
            Choice("before exclusions", "before", "minimum length judged: before exclusions"),
        ),
        "after exclusions",
        lambda contract, level: (
            level.measure in _OUTAGES
            and level.counts is not None
            and bool(level.excludes)
            and level.minimum_length_judged is None
        ),
        put("minimum_length_judged"),
    ),
    Reading(
        "judged",
        "whether each unit is judged on its own",
        (
            Choice("each", "each unit on its own", "judged: each unit on its own"),
            Choice("together", "all units together", "judged: all units together"),
        ),
        "each",
        lambda contract, level: level.unit != "the service" and level.judged is None,
        put("judged"),
    ),
    Reading(
        "combine",
        "what holds when several credits fall due for one miss",
        (
            Choice("all add up", "all are paid", "combine: all add up"),
            Choice("highest of", "only the highest is paid", "combine: highest of …"),
        ),
        "all add up",
        _stacked,
        put_combination,
        on_credits=True,
    ),
    Reading(
        "period-end",
        "whether an outage that crosses the end of a period is long enough before or after it is cut there",
        (
            Choice("length counts after cutting", "after", "at the end of a period: length counts after cutting"),
            Choice("length counts whole", "before", "at the end of a period: length counts whole"),
        ),
        "length counts after cutting",
        lambda contract, level: (
            level.measure == "availability" and level.counts is not None and level.at_the_end_of_a_period is None
        ),
        put("at_the_end_of_a_period"),
    ),
    Reading(
        "clock-starts",
        "whose clock starts an outage",
        (
            Choice("outage", "it starts when the unit fails", "clock starts: outage"),
            Choice("ticket opened", "it starts when a ticket is opened", "clock starts: ticket opened"),
        ),
        "outage",
        lambda contract, level: (
            level.measure in _OUTAGES
            and level.clock_starts is None
            and level.down_when is None
            and _priced(contract, level)
        ),
        put("clock_starts"),
    ),
    Reading(
        "overlapping-users",
        "how many users count when two outages overlap",
        (
            Choice("add", "the users of both", "overlapping users: add"),
            Choice("highest", "only the higher number", "overlapping users: highest"),
        ),
        "add",
        lambda contract, level: level.weighted_by is not None and level.overlapping_users is None,
        put("overlapping_users"),
        both=True,
    ),
    Reading(
        "empty-slot",
        "what a slot without requests is",
        (
            Choice("good", "it is good", "empty slot: good"),
            Choice("ignored", "it is left out", "empty slot: ignored"),
        ),
        "good",
        lambda contract, level: level.measure == "success rate" and level.slot is not None and level.empty_slot is None,
        put("empty_slot"),
        both=True,
    ),
    Reading(
        "slots",
        "how the slots of a period are put together",
        (
            Choice("averaged", "the rates of all slots are averaged", "slots: averaged"),
            Choice("pooled", "the requests of all slots are added up first", "slots: pooled"),
        ),
        "averaged",
        lambda contract, level: (
            level.measure == "success rate"
            and level.slot is not None
            and level.slot_fails is None
            and level.slots is None
        ),
        put("slots"),
        both=True,
    ),
    Reading(
        "no-report",
        "what holds in a period for which no figure is reported",
        (
            Choice("undecided", "it stays undecided", "no report: undecided"),
            Choice("missed", "the target is missed", "no report: missed"),
        ),
        "undecided",
        lambda contract, level: (
            level.measure == "reported figure" and not level.report_only and level.no_report is None
        ),
        put("no_report"),
    ),
    Reading(
        "answered-by",
        "whether an automatic message is a response",
        (
            Choice("any message", "any message is one", "answered by: any message"),
            Choice("a person", "only the answer of a person is one", "answered by: a person"),
        ),
        "any message",
        lambda contract, level: (
            level.measure == "response time" and not level.report_only and level.answered_by is None
        ),
        put("answered_by"),
    ),
    Reading(
        "each-scope",
        "whether a part is rounded for each outage or once for all time down in the period",
        (
            Choice("in total", "in total", "each: started 30 minutes beyond the target, in total gives …"),
            Choice("each outage", "for each outage", "each: started 30 minutes of each outage gives …"),
        ),
        "in total",
        _scope_unsaid,
        put_scope,
        on_credits=True,
    ),
    Reading(
        "rounding-of-credits",
        "whether the percentage on which money hangs is rounded before it is compared",
        (
            Choice("exact", "it is compared exactly", "rounding: for display only"),
            Choice("0.01%", "it is rounded to 0.01% first", "rounding: half up to 0.01% before comparing"),
        ),
        "exact",
        lambda contract, level: level.measure in _RATES and level.rounding is None and _priced(contract, level),
        put_rounding,
    ),
    Reading(
        "rounding",
        "whether the measure is rounded before it is compared with the target",
        (
            Choice("exact", "it is compared exactly", "rounding: for display only"),
            Choice("0.01%", "it is rounded to 0.01% first", "rounding: half up to 0.01% before comparing"),
        ),
        "exact",
        lambda contract, level: (
            level.rounding is None
            and (level.measure in TICKET_MEASURES or (level.measure in _TIME_SHARES and not _priced(contract, level)))
        ),
        put_rounding,
        asked=False,
    ),
)
"""All rules that may be left unstated. What both sides can read off the language itself (a deadline on closing time
is closing time, `within` includes the last moment) is no reading but a rule."""
