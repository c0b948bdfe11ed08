"""Open passages and the amendments that fill, move, change or withdraw terms.

In: built by from_syntax. Out: part of `Contract`. The state of a passage is never written: `passage_state` derives it
from dates and amendments, and `versions` folds amendments into the terms in force on a day.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from sla2.contract.credits import Cap, Credits, Tier
from sla2.contract.level import Down, Held, Level, Target, When
from sla2.contract.node import Node
from sla2.contract.quantity import Duration, Money, Percent
from sla2.contract.relations import LocalTexts, Promise, Survey, Updates, ZeroRepeat
from sla2.contract.rights import Termination
from sla2.contract.surroundings import (
    ClockStop,
    Exclusion,
    Exposure,
    Fee,
    Language,
    Mailbox,
    MoneyRounding,
    Records,
    Renewal,
    Term,
)


class HoursTerm(Node):
    """`hours extended` as the value of a passage."""

    kind: Literal["hours"] = "hours"
    calendar: str


class CapTerm(Node):
    """`EUR 25000.00 per contract year` as the value of a passage."""

    kind: Literal["cap"] = "cap"
    cap: Cap


class DownTerm(Node):
    """`any component is down` as the value of a passage."""

    kind: Literal["down"] = "down"
    down: Down


class TargetTerm(Node):
    """A target as the value of a passage."""

    kind: Literal["target"] = "target"
    target: Target


class TextTerm(Node):
    """`text "…"`: words only; texts per language where the contract gives them."""

    kind: Literal["text"] = "text"
    text: str


class TiersTerm(Node):
    """`tiers from 99% to below 99.8% gives 5%, below 99% gives 10%`: a whole tier table as the value of a passage."""

    kind: Literal["tiers"] = "tiers"
    tiers: tuple[Tier, ...]


class FeeTerm(Node):
    """`fee EUR 17500.00 per month` as the value of a passage."""

    kind: Literal["fee"] = "fee"
    fee: Fee


class HeadTerms(Node):
    """The lines of the contract block that can be changed or left open; None: not stated here."""

    term: Term | None = None
    renewal: Renewal | None = None
    money_rounding: MoneyRounding | None = None
    records: Records | None = None
    exposures: tuple[Exposure, ...] = ()


Fragment = Level | Credits | Exclusion | ClockStop | Termination | Updates | ZeroRepeat | Promise | Survey | HeadTerms
"""A block of which only some fields count."""


class SettingTerm(Node):
    """`counts outages over 5 minutes`: any other line as the value of a passage or of a change.

    `line` is its label; `values` a block of the same kind in which only `fields` count; `written` the value in the
    words of the language, without the label.
    """

    kind: Literal["setting"] = "setting"
    line: str
    fields: tuple[str, ...]
    values: Fragment
    written: str


Filling = HoursTerm | CapTerm | DownTerm | TargetTerm | TiersTerm | FeeTerm | SettingTerm | TextTerm


class OpenLine(Node):
    """A line that a passage holds open and that cannot say so itself: `avail counts`."""

    block: str
    line: str
    passage: str


class HeldLine(Node):
    """What fills an open line of a block that keeps no such record itself; see `Held`."""

    block: str
    held: Held


class Concern(Node):
    """The one line a passage holds open: block, line (`target`, `hours`, `down when`, `cap`), and the cap's span.

    `block` None means `words only`; `line` None with a block means the whole tier table; `text` that of a clause.
    """

    block: str | None
    line: str | None = None
    per: str | None = None


class Option(Node):
    """One of the fillings that the parties foresee."""

    name: str
    filling: Filling


class Guard(Node):
    """`between 15 and 120 business minutes`: no option and no filling outside these bounds."""

    low_duration: Duration | None = None
    high_duration: Duration | None = None
    low_money: Money | None = None
    high_money: Money | None = None
    low_percent: Percent | None = None
    high_percent: Percent | None = None


class Owner(Node):
    """Who answers for the passage on one side."""

    side: Literal["customer", "supplier"]
    mailbox: Mailbox


class Reminding(Node):
    """`30 days, 14 days, 3 days before, then every 5 working days`."""

    before: tuple[Duration, ...]
    then_every: Duration | None = None


class Escalation(Node):
    """`after 10 working days to "Steering committee" <…>`."""

    after: Duration
    mailbox: Mailbox


class Fallback(Node):
    """`from 2026-10-01 option relaxed` | `interim stays` (both None) | `text "…"`."""

    since: date
    option: str | None = None
    text: str | None = None


class Passage(Node):
    """A passage deliberately left open, with the rule that applies meanwhile and the date to fill it.

    `tries` is never written: in a trial run it names the option that stands in for the interim rule.
    """

    name: str
    title: str
    concerns: Concern | None
    because: str | None = None
    expects_customer: str | None = None
    expects_supplier: str | None = None
    learn: str | None = None
    observe: str | None = None
    observe_when: When | None = None
    interim: Filling | None = None
    options: tuple[Option, ...] = ()
    guard: Guard | None = None
    owners: tuple[Owner, ...] = ()
    consulted: tuple[str, ...] = ()
    opened: date | None = None
    review: date | None = None
    remind: Reminding | None = None
    escalate: Escalation | None = None
    principle: str | None = None
    fallback: Fallback | None = None
    tries: str | None = None

    def owner(self, side: Literal["customer", "supplier"]) -> Owner | None:
        """The owner on `side`, or None."""
        return next((owner for owner in self.owners if owner.side == side), None)


class Change(Node):
    """`change: avail-hosting target to at least 99.9%`: exactly one of the values is set.

    `setting` holds a line that has no field of its own here; `texts` those that replace the texts of a clause.
    """

    verb: Literal["change"] = "change"
    block: str
    line: str
    target: Target | None = None
    hours: str | None = None
    cap: Cap | None = None
    fee: Fee | None = None
    down: Down | None = None
    tiers: tuple[Tier, ...] = ()
    setting: SettingTerm | None = None
    texts: LocalTexts = ()


class Fill(Node):
    """`fill: peak-response with option strict` or with an own value."""

    verb: Literal["fill"] = "fill"
    passage: str
    option: str | None = None
    filling: Filling | None = None


class Move(Node):
    """`move: peak-response review to D because "…"`."""

    verb: Literal["move"] = "move"
    passage: str
    review: date
    because: str


class Reopen(Node):
    """`open: <block> <line>, see <passage>`: a fixed term becomes an open passage. `per` for a cap."""

    verb: Literal["open"] = "open"
    block: str
    line: str
    passage: str
    per: str | None = None


class Withdraw(Node):
    """`withdraw: <passage> because "…"`: the passage ends, its interim rule stays as the agreed term."""

    verb: Literal["withdraw"] = "withdraw"
    passage: str
    because: str


class Add(Node):
    """`add: id`: the block, written in the same file, is in force from the amendment's effective date."""

    verb: Literal["add"] = "add"
    block: str


class Remove(Node):
    """`remove: id`."""

    verb: Literal["remove"] = "remove"
    block: str


Verb = Change | Fill | Move | Reopen | Withdraw | Add | Remove


class Amendment(Node):
    """A change that both sides agreed, in force from `effective`."""

    name: str
    title: str
    agreed_customer: date | None
    agreed_supplier: date | None
    effective: date | None
    verbs: tuple[Verb, ...] = ()
    texts: tuple[tuple[Language | None, str], ...] = ()
