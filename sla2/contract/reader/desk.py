"""Where blocks are read: names are resolved here, findings collected, and values checked on their way into a model.

In: a `Scope` and what all files share. Out: typed values, or None with a finding. Each module of this package works
at a desk; nothing here knows a particular block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from unicodedata import category

from babel.core import get_global

from sla2.contract.codes import UNKNOWN_NAME
from sla2.contract.codes_of_values import BARE_HOURS, IMPOSSIBLE_VALUE, OTHER_CURRENCY, UNSAFE_TEXT
from sla2.contract.contract import Allow, Unevaluated
from sla2.contract.credits import Credits
from sla2.contract.level import Level
from sla2.contract.names import Found, Scope, explained, find, meant
from sla2.contract.passage import Passage
from sla2.contract.quantity import Duration, Money, Percent
from sla2.contract.surroundings import Calendar, Mailbox
from sla2.diagnostics import Diagnostic, Edit, Fix, Span
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MailValue,
    MoneyValue,
    Name,
    NumberValue,
    PercentValue,
    Text,
)

_LONGEST: dict[str, int] = {
    "working day": 36_600,
    "day": 36_600,
    "week": 5_300,
    "month": 1_200,
    "year": 100,
}
_WHOLE = frozenset(_LONGEST)
_LONGEST_CLOCK = 100 * 366 * 24 * 60
"""Minutes, hours, seconds: no more of them than a hundred years have minutes."""

_MOST = 10**12
"""Nobody counts more cases, users or periods."""

_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(slots=True)
class Shared:
    """What the desks of all files have in common while one contract is read."""

    currency: str | None = None
    fees: frozenset[str] = frozenset()
    findings: list[Diagnostic] = field(default_factory=list)
    unevaluated: list[Unevaluated] = field(default_factory=list)
    allows: list[Allow] = field(default_factory=list)
    wanted: dict[tuple[str, str], Found] = field(default_factory=dict)
    calendar_named: Callable[[str], Calendar | None] = lambda name: None
    service_hours: Callable[[str], str | None] = lambda name: None
    level_named: Callable[[str], Level | None] = lambda name: None
    credits_named: Callable[[str], Credits | None] = lambda name: None
    passage_named: Callable[[str], Passage | None] = lambda name: None


@dataclass(frozen=True, slots=True)
class Desk:
    """The place where the blocks of one file are read."""

    scope: Scope
    shared: Shared

    def say(self, finding: Diagnostic) -> None:
        """Add a finding."""
        self.shared.findings.append(finding)

    def miss(self, finding: Diagnostic, name: Name, *kinds: str) -> None:
        """Add the finding that nothing is called `name`, unless a line that could not be read explains it."""
        if finding.code != UNKNOWN_NAME.id or not explained(self.scope, name, kinds):
            self.say(finding)

    def own(self, name: Name) -> str:
        """The name of a block of this file as seen from the contract."""
        return f"{self.scope.prefix}{name.text}"

    def skip(self, block: Block, what: str, span: Span) -> None:
        """Record that `what` of `block` is read but not evaluated."""
        self.skip_on(self.own(block.name), what, span)

    def skip_on(self, name: str, what: str, span: Span) -> None:
        """The same for another block, by its name as seen from the contract: it may not be judged as if unchanged."""
        item = Unevaluated(span=span, block=name, what=what)
        if item not in self.shared.unevaluated:
            self.shared.unevaluated.append(item)

    def ref(self, name: Name, *kinds: str) -> str | None:
        """The block of one of `kinds` that `name` means, by its name as seen from the contract."""
        found = find(self.scope, name, kinds)
        if isinstance(found, Diagnostic):
            self.miss(found, name, *kinds)
            return None
        self.shared.wanted.setdefault((found.kind, found.name), found)
        return found.name

    def fee(self, name: Name) -> str | None:
        """The fee of the contract that `name` means."""
        if name.alias is None and name.text in self.shared.fees:
            return name.text
        message = f"There is no fee called {name.text}."
        remedy = meant(name.text, self.shared.fees)
        help_text = remedy or f"Add `fee {name.text}: EUR 1000.00 per month` to the contract block."
        self.say(UNKNOWN_NAME.at(name.span, message, help=help_text))
        return None

    def kind_of(self, name: Name, *kinds: str) -> str | None:
        """Of which of `kinds` the block called `name` is, without a finding if there is none."""
        found = find(self.scope, name, kinds)
        return None if isinstance(found, Diagnostic) else found.kind

    def known(self, kind: str, name: str) -> bool:
        """True if a reference was found to mean the block of `kind` with this name, as seen from the contract."""
        return (kind, name) in self.shared.wanted

    def block(self, name: Name, *kinds: str) -> Block | None:
        """The block as written that `name` means, without a finding if there is none."""
        found = find(self.scope, name, kinds)
        return None if isinstance(found, Diagnostic) else found.block

    # ------------------------------------------------------------ values

    def text(self, node: Text) -> str:
        """A text without control characters; line ends and tabs may stay in long texts."""
        bad = [sign for sign in node.text if (category(sign) in ("Cc", "Cs") and sign not in "\n\t") or sign in _TURNS]
        if bad:
            codes = ", ".join(dict.fromkeys(f"U+{ord(sign):04X}" for sign in bad))
            what = "an invisible character" if len(bad) == 1 else f"{len(bad)} invisible characters"
            message = f"This text holds {what} ({codes}) that could mislead a reader."
            self.say(UNSAFE_TEXT.at(node.span, message, help="Type the text again, without copying it from elsewhere."))
            return "".join(sign for sign in node.text if sign not in bad)
        return node.text

    def line(self, node: Text) -> str:
        """A text that stands in headings and mail headers: one line, no tabs."""
        return " ".join(self.text(node).split())

    def mailbox(self, name: Text, mail: MailValue) -> Mailbox:
        """A name with its mail address."""
        local, _, host = mail.address.rpartition("@")
        safe = all(category(sign)[0] in "LNPSM" for sign in mail.address) and mail.address.count("@") == 1
        quiet = not any(sign in ',;:"()[]\\' for sign in mail.address)
        if not (safe and quiet and local and "." in host and not host.startswith(".") and not host.endswith(".")):
            message = f"<{mail.address}> is not a mail address of the form <name@host.example>."
            self.say(UNSAFE_TEXT.at(mail.span, message, help="Write one address without spaces or extra signs."))
        return Mailbox(name=self.line(name), address=mail.address)

    def money(self, node: MoneyValue) -> Money:
        """An amount in the currency of the contract (its decimals were checked when the file was read)."""
        contract = self.shared.currency
        if contract is not None and node.currency != contract:
            message = f"This amount is in {node.currency}, but the contract is in {contract}."
            self.say(OTHER_CURRENCY.at(node.span, message, help=f"Write the amount in {contract}."))
        return Money(currency=node.currency, amount=node.amount)

    def whole(self, node: NumberValue) -> int:
        """A number of things that can be counted."""
        if node.value != node.value.to_integral_value() or node.value > _MOST:
            message = f"{node.value} is not a number of things that can be counted."
            self.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write a whole number."))
            return 1
        return int(node.value)

    def percent(self, node: PercentValue) -> Percent:
        """A percentage."""
        return Percent(value=node.value)

    def date(self, node: DateValue) -> date:
        """A day between 1970 and 2199."""
        if not 1970 <= node.value.year <= 2199:
            message = f"{node.value} lies outside the years 1970 to 2199."
            self.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Check the year."))
            return date(2000, 1, 1)
        return node.value

    def duration(self, node: DurationValue, hours: Calendar | None = None, *, ask: bool = False) -> Duration | None:
        """A duration. Plain hours and minutes always run; with `ask` only where `hours` are round the clock."""
        unit = node.unit
        if unit in ("minute", "hour") and ask and not (hours is not None and hours.round_the_clock):
            self.say(_bare(node, hours))
            return None
        if unit in ("minute", "hour", "second", "millisecond"):
            unit = f"elapsed {unit}"
        fault = _impossible(node, unit)
        if fault is not None:
            self.say(fault)
            return None
        return Duration(value=node.value, unit=unit)

    def calendar_span(self, node: DurationValue) -> Duration | None:
        """A duration that moves a date: days, weeks, months, years or working days, or hours as whole days."""
        duration = self.duration(node)
        if duration is not None and duration.unit in ("business minute", "business hour"):
            message = f"{duration} cannot move a date: dates are moved by days, weeks, months, years or working days."
            self.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write for instance `5 working days` or `7 days`."))
            return None
        return duration


def currencies() -> tuple[str, ...]:
    """All currency codes, sorted."""
    return tuple(sorted(get_global("all_currencies")))


def _impossible(node: DurationValue, unit: str) -> Diagnostic | None:
    if unit in _WHOLE and node.value != node.value.to_integral_value():
        message = f"{node.value} {node.unit}s is not a whole number of {node.unit}s."
        return IMPOSSIBLE_VALUE.at(node.span, message, help="Write a whole number, or count in hours or minutes.")
    if node.value > _LONGEST.get(unit, _LONGEST_CLOCK):
        message = f"{node.value} {node.unit}s is longer than any contract lasts."
        return IMPOSSIBLE_VALUE.at(node.span, message, help="Check the number and the unit.")
    microseconds = Duration(value=node.value, unit=unit).microseconds
    factor = Duration(value=Decimal(1), unit=unit).microseconds
    if microseconds is not None and factor is not None and Decimal(microseconds) != node.value * factor:
        message = f"{node.value} {node.unit}s is finer than a millionth of a second."
        return IMPOSSIBLE_VALUE.at(node.span, message, help="Write fewer decimals.")
    return None


def _bare(node: DurationValue, hours: Calendar | None) -> Diagnostic:
    plural = "" if node.value == 1 else "s"
    business, elapsed = (f"{node.value} {kind} {node.unit}{plural}" for kind in ("business", "elapsed"))
    where = f"the hours of this level are {hours.name}" if hours else "this level names no hours"
    return BARE_HOURS.at(
        node.span,
        f"{node.value} {node.unit}{plural} can be read in two ways, because {where}.",
        help=f"Write `{business}` if only service hours count, or `{elapsed}` if the clock always runs.",
        choices=(
            Fix("Count service hours only", (Edit(node.span, business),)),
            Fix("Let the clock always run", (Edit(node.span, elapsed),)),
        ),
    )
