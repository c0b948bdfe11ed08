"""Rules that change an outcome and that a contract may leave unstated: the one list, with both readings of each.

In: a contract. Out: `Unstated` entries: which level leaves which rule unsaid. The checker asks about them; measurement
computes with the default reading and, through `state`, with the other one, so that a report can mark what would flip.
It computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sla2.contract.codes import UNSTATED_RULE
from sla2.contract.contract import Contract
from sla2.contract.credits import Combine
from sla2.contract.level import TICKET_MEASURES, Level, Measure, Rounding
from sla2.contract.quantity import Percent
from sla2.diagnostics import Diagnostic, Span

_TIME_SHARES: tuple[Measure, ...] = ("availability",)
_OUTAGES: tuple[Measure, ...] = ("availability", "number of outages", "longest outage")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read an unstated rule: its id, what it means in a sentence, and the line that states it."""

    id: str
    words: str
    line: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule that may be left unstated.

    `applies` tells whether a level of a contract leaves it unsaid and could come out differently for it; `default` is
    the id of the choice that is computed; `asked` is False where the language itself states the default, so that the
    rule is named only where another reading would change a verdict or an amount.
    """

    id: str
    question: str
    readings: tuple[Choice, Choice]
    default: str
    applies: Callable[[Contract, Level], bool]
    set: Callable[[Contract, Level, str], Contract]
    asked: bool = True

    @property
    def other(self) -> Choice:
        """The reading that is not the default."""
        return next(choice for choice in self.readings if choice.id != self.default)


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
    help_text = f"Write `{first.line}` or `{second.line}`. Until then it is computed as `{default.line}`."
    return UNSTATED_RULE.at(found.span, message, help=help_text)


def state(contract: Contract, level: str, reading: str, choice: str) -> Contract:
    """`contract` as it would be had `level` stated the rule `reading` as `choice`.

    Raises: KeyError if there is no such level, rule or choice.
    """
    rule = next((each for each in READINGS if each.id == reading), None)
    if rule is None or choice not in {each.id for each in rule.readings}:
        raise KeyError(reading if rule is None else choice)
    return rule.set(contract, contract.level(level), choice)


# ---------------------------------------------------------------- how a choice is put into a level


def _put(line: str) -> Callable[[Contract, Level, str], Contract]:
    def put(contract: Contract, level: Level, choice: str) -> Contract:
        stated = level.model_copy(update={line: choice})
        levels = tuple(stated if each.name == level.name else each for each in contract.levels)
        return contract.model_copy(update={"levels": levels})

    return put


def _put_rounding(contract: Contract, level: Level, choice: str) -> Contract:
    step = None if choice == "exact" else Percent(value=Decimal("0.01"))
    rounded = level.model_copy(update={"rounding": Rounding(span=level.span, step=step)})
    levels = tuple(rounded if each.name == level.name else each for each in contract.levels)
    return contract.model_copy(update={"levels": levels})


def _put_combination(contract: Contract, level: Level, choice: str) -> Contract:
    named = tuple(block.name for block in contract.credits if block.level == level.name)
    credits = tuple(
        block.model_copy(
            update={"combine": Combine(span=block.span, how=choice, credits=named if choice == "highest of" else ())}
        )
        if block.name in named
        else block
        for block in contract.credits
    )
    return contract.model_copy(update={"credits": credits})


# ---------------------------------------------------------------- when a rule matters


def _ticket(level: Level) -> bool:
    return level.measure in TICKET_MEASURES and not level.report_only


def _by_priority(level: Level) -> bool:
    return _ticket(level) and level.when is not None and bool(level.when.priorities)


def _stacked(contract: Contract, level: Level) -> bool:
    blocks = [block for block in contract.credits if block.level == level.name]
    return len(blocks) > 1 and all(block.combine is None for block in blocks)


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
        _put("counts_in"),
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
        _put("priority_is"),
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
        _put("after_priority_change"),
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
        _put("after_reopening"),
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
        _put("no_cases"),
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
        _put("of"),
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
        _put("of"),
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
        _put("minimum_length_judged"),
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
        _put("judged"),
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
        _put_combination,
    ),
    Reading(
        "rounding",
        "whether the measure is rounded before it is compared with the target",
        (
            Choice("exact", "it is compared exactly", "rounding: for display only"),
            Choice("0.01%", "it is rounded to 0.01% first", "rounding: half up to 0.01% before comparing"),
        ),
        "exact",
        lambda contract, level: level.measure in (*TICKET_MEASURES, *_TIME_SHARES) and level.rounding is None,
        _put_rounding,
        asked=False,
    ),
)
"""All rules that may be left unstated. What both sides can read off the language itself (a deadline on closing time
is closing time, `within` includes the last moment) is no reading but a rule."""
