"""The lines of one block: which are there, which are missing, which stand twice, and what they hold.

In: a `Block` at a `Desk`. Out: values by the form of their line. Every block reader starts from `Lines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sla2.contract.codes import DUPLICATE_LINE, MISSING_LINE
from sla2.contract.contract import Allow
from sla2.contract.quantity import Duration, Money, Percent
from sla2.contract.reader.desk import Desk
from sla2.diagnostics import Related
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MoneyValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    Statement,
    Text,
    Word,
)

REPEATABLE = frozenset(
    (
        "allow",
        "text",
        "contract_fee",
        "contract_fee_from",
        "contract_override",
        "contract_requires",
        "service_users",
        "party_contact",
        "party_speaks_for",
        "calendar_open",
        "calendar_closed",
        "calendar_closed_every",
        "calendar_short_day",
        "priorities_impact",
        "impact_from",
        "impact_below",
        "exclusion_recurring",
        "termination_trigger",
        "level_small_numbers",
        "credits_tier",
        "credits_cap",
        "credits_cap_together",
        "credits_each",
        "credits_earn_back",
        "points_tier",
        "pool_share",
        "passage_expects",
        "passage_option",
        "survey_item",
        "scorecard_answers",
        "translation_text",
        "example_given",
        "example_given_ticket",
        "example_given_outage",
        "example_expect",
        "amendment_change",
        "amendment_fill",
        "amendment_move",
        "amendment_open",
        "amendment_withdraw",
        "amendment_add",
        "amendment_remove",
    )
)
"""Forms of which a block may hold several."""


class Lines:
    """The statements of one block, in the order of the file."""

    def __init__(self, desk: Desk, block: Block) -> None:
        self.desk = desk
        self.block = block
        self.by_form: dict[str, list[Statement]] = {}
        for statement in block.statements:
            self._add(statement)

    def _add(self, statement: Statement) -> None:
        former = self.by_form.setdefault(statement.form, [])
        if former and statement.form not in REPEATABLE:
            message = f'{self.title} has two lines "{statement.label}:".'
            related = (Related(former[0].span, "the first one"),)
            help_text = "Keep the line that was agreed and remove the other."
            self.desk.say(DUPLICATE_LINE.at(statement.span, message, help=help_text, related=related))
            return
        former.append(statement)
        if statement.form == "allow":
            code, reason = statement.args
            if isinstance(code, Word) and isinstance(reason, Text):
                allow = Allow(span=statement.span, block=self.name, code=code.text, reason=self.desk.line(reason))
                self.desk.shared.allows.append(allow)

    @property
    def name(self) -> str:
        """The name of the block as seen from the contract."""
        return self.desk.own(self.block.name)

    @property
    def title(self) -> str:
        """The block as a finding calls it: `Level response-p2`."""
        return f"{self.block.kind.capitalize()} {self.block.name.text}"

    @property
    def heading(self) -> str:
        """The title of the block, checked."""
        return self.desk.line(self.block.title)

    def need(self, example: str, *forms: str) -> bool:
        """True if one of `forms` is there; else a finding that shows the line to write."""
        if any(self.by_form.get(form) for form in forms):
            return True
        label = example.partition(":")[0]
        if any(re.search(rf"(?<![\w-]){label}(?![\w-])", line) for line in self.block.unread):
            return False
        message = f'{self.title} lacks the line "{label}:".'
        self.desk.say(MISSING_LINE.at(self.block.header, message, help=f"Add a line such as `{example}`."))
        return False

    def all(self, form: str) -> tuple[Statement, ...]:
        """All statements of a form."""
        return tuple(self.by_form.get(form, ()))

    def one(self, form: str) -> Statement | None:
        """The statement of a form that may stand once."""
        return next(iter(self.by_form.get(form, ())), None)

    def args(self, form: str) -> tuple[Node, ...]:
        """The arguments of the one statement of a form; empty if it is not there."""
        found = self.one(form)
        return found.args if found is not None else ()

    def forms(self, *forms: str) -> Iterator[Statement]:
        """All statements of several forms in the order of the file."""
        return (statement for statement in self.block.statements if statement.form in forms)

    # ------------------------------------------------------------ single values

    def word(self, form: str) -> str | None:
        """The keyword on a line."""
        return next((node.text for node in self.args(form) if isinstance(node, Word)), None)

    def text(self, form: str) -> str | None:
        """The text on a line."""
        return next((self.desk.text(node) for node in self.args(form) if isinstance(node, Text)), None)

    def texts(self, form: str) -> tuple[str, ...]:
        """All texts on a line."""
        return tuple(self.desk.line(node) for node in self.args(form) if isinstance(node, Text))

    def number(self, form: str) -> Decimal | None:
        """The number on a line."""
        return next((node.value for node in self.args(form) if isinstance(node, NumberValue)), None)

    def whole(self, form: str) -> int | None:
        """The whole number on a line."""
        return next((self.desk.whole(node) for node in self.args(form) if isinstance(node, NumberValue)), None)

    def percent(self, form: str) -> Percent | None:
        """The percentage on a line."""
        return next((self.desk.percent(node) for node in self.args(form) if isinstance(node, PercentValue)), None)

    def money(self, form: str) -> Money | None:
        """The amount on a line."""
        return next((self.desk.money(node) for node in self.args(form) if isinstance(node, MoneyValue)), None)

    def date(self, form: str) -> date | None:
        """The day on a line."""
        return next((self.desk.date(node) for node in self.args(form) if isinstance(node, DateValue)), None)

    def duration(self, form: str) -> Duration | None:
        """The duration on a line; plain hours always run."""
        return next((self.desk.duration(node) for node in self.args(form) if isinstance(node, DurationValue)), None)

    def ref(self, form: str, *kinds: str) -> str | None:
        """The block that a line names."""
        name = next((node for node in self.args(form) if isinstance(node, Name)), None)
        return self.desk.ref(name, *kinds) if name is not None else None

    def refs(self, form: str, *kinds: str) -> tuple[str, ...]:
        """All blocks that a line names; unknown ones are left out with a finding."""
        names = (node for node in self.args(form) if isinstance(node, Name))
        return tuple(found for name in names if (found := self.desk.ref(name, *kinds)) is not None)

    def names(self, form: str) -> tuple[str, ...]:
        """The plain names on a line (components, urgencies), not resolved."""
        return tuple(node.text for node in self.args(form) if isinstance(node, Name))

    def phrase(self, form: str) -> Phrase | None:
        """The phrase on a line."""
        return next((node for node in self.args(form) if isinstance(node, Phrase)), None)

    def skip(self, *forms: str) -> None:
        """Record lines that are read but not evaluated."""
        for statement in self.forms(*forms):
            self.desk.skip(self.block, statement.label, statement.span)
