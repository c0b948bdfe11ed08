"""The form of a `.sla` file after reading: blocks of statements, each word with its place.

In: the parse tree (from_tree). Out: a `Document`. Compared with the text it has lost white space and
comments (the formatter keeps those itself); compared with a contract it has no meaning yet: names are
not resolved, dates not ordered, and a statement is only what its grammar rule says it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal

    from sla2.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A short name or a reference `ALIAS.name`, or a plain word where the grammar takes one."""

    text: str
    span: Span
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text, unquoted and dedented."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class MoneyValue:
    """`EUR 31500.00`."""

    currency: str
    amount: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class PercentValue:
    """`99.95%`: `value` is 99.95."""

    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A plain number."""

    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class DurationValue:
    """`4 business hours`; `unit` is the singular: minute, hour, business minute, business hour,
    elapsed minute, elapsed hour, working day, day, week, month, year; for latencies also millisecond, second."""

    value: Decimal
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class DateValue:
    """`2026-03-01`."""

    value: date
    span: Span


@dataclass(frozen=True, slots=True)
class MonthValue:
    """`2026-03`, a month in an example: `value` is its first day."""

    value: date
    span: Span


@dataclass(frozen=True, slots=True)
class MonthDayValue:
    """`12-31`, a day of every year (29 February included)."""

    month: int
    day: int
    span: Span


@dataclass(frozen=True, slots=True)
class StampValue:
    """`2026-03-06 16:30`, local to the contract's time zone."""

    value: datetime
    span: Span


@dataclass(frozen=True, slots=True)
class TimeValue:
    """`08:00`; `24:00` has `end_of_day` and value 00:00."""

    value: time
    end_of_day: bool
    span: Span


@dataclass(frozen=True, slots=True)
class MailValue:
    """`<name@host>` without the angle brackets."""

    address: str
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword that carries meaning where the grammar offers a choice (`customer`, `month`, `mon`, `P1`…)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the grammar: `form` is the rule (or alias) that matched, `args` its parts in order."""

    form: str
    args: tuple[Node, ...]
    span: Span


Value = (
    Name
    | Text
    | MoneyValue
    | PercentValue
    | NumberValue
    | DurationValue
    | DateValue
    | MonthValue
    | MonthDayValue
    | StampValue
    | TimeValue
    | MailValue
    | Word
)
Node = Value | Phrase


@dataclass(frozen=True, slots=True)
class Statement:
    """One `label: value` line; `form` is the alias of the grammar rule, `label` the words before the colon."""

    form: str
    label: str
    args: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """`kind name "Title"` … `end`; `kind` as written (`open passage`, `clock stop`, `zero repeat`)."""

    kind: str
    name: Name
    title: Text
    statements: tuple[Statement, ...]
    span: Span
    header: Span
    unread: tuple[str, ...] = field(default=(), repr=False)
    """The lines of the block that could not be read, as written: each has a finding, and none is missing."""


@dataclass(frozen=True, slots=True)
class Include:
    """`include "file.sla" as ALIAS`."""

    path: Text
    alias: Name
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One `.sla` file; `includes` and `blocks` in the order of the file."""

    path: str
    version: str
    includes: tuple[Include, ...]
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = field(default=(), repr=False)
    """The lines of the file that could not be read, as written: what they name may be used elsewhere."""
    headless: tuple[str, ...] = field(default=(), repr=False)
    """The kinds of which a block may be whose first line is missing, so that nobody knows its name."""
