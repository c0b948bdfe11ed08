"""Document to contract: types given, names resolved, everything wrong with either said at its place.

In: the `Document` of a contract, those of the files it includes, and the holiday files. Out: a `Contract` and findings.
It runs after `source` and before `checks`. It reads no file and judges no wisdom: whether a term is sensible is the
business of `checks`. What is read but not computed yet is listed in `Contract.unevaluated`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sla2.contract.codes import NO_CONTRACT
from sla2.contract.contract import Contract
from sla2.contract.credits import Credits
from sla2.contract.evaluated import unevaluated
from sla2.contract.holidays import HolidayFile
from sla2.contract.level import Level
from sla2.contract.names import Found, Scope, scopes
from sla2.contract.node import Node
from sla2.contract.passage import Passage
from sla2.contract.reader import (
    amendments,
    credits,
    examples,
    heads,
    levels,
    passages,
    points,
    relations,
    rights,
    surroundings,
)
from sla2.contract.reader.desk import Desk, Shared
from sla2.contract.reader.structure import mended, overridden, with_held_lines
from sla2.contract.reader.translations import translation
from sla2.contract.surroundings import Calendar, Service
from sla2.diagnostics import Diagnostic, Related, Span, has_errors
from sla2.source.syntax import Block, Document, Name

Reader = Callable[[Desk, Block], Node | None]

_NO_FILES: Mapping[str, Document] = {}
_NO_HOLIDAYS: Mapping[str, HolidayFile] = {}


READERS: dict[str, tuple[str, Reader]] = {
    "party": ("parties", surroundings.party),
    "service": ("services", surroundings.service),
    "priorities": ("priorities", surroundings.priorities),
    "clock stop": ("clock_stops", surroundings.clock_stop),
    "exclusion": ("exclusions", surroundings.exclusion),
    "level": ("levels", levels.level),
    "credits": ("credits", credits.credits),
    "obligation": ("obligations", relations.obligation),
    "open passage": ("passages", passages.passage),
    "amendment": ("amendments", amendments.amendment),
    "clause": ("clauses", relations.clause),
    "principle": ("principles", relations.principle),
    "translation": ("translations", translation),
    "example": ("examples", examples.example),
    "updates": ("updates", relations.updates),
    "zero repeat": ("repeats", relations.zero_repeat),
    "impact": ("impacts", relations.impact),
    "promise": ("promises", relations.promise),
    "survey": ("surveys", relations.survey),
    "review": ("reviews", relations.review),
    "goal": ("goals", relations.goal),
    "improvement": ("improvements", relations.improvement),
    "bonus": ("bonuses", credits.bonus),
    "points": ("points", points.points),
    "pool": ("pools", points.pool),
    "termination": ("terminations", rights.termination),
    "scorecard": ("scorecards", relations.scorecard),
    "exit plan": ("exit_plans", relations.exit_plan),
}
"""For each kind of block the field of `Contract` it goes to, and its reader."""


def from_syntax(
    document: Document,
    *,
    included: Mapping[str, Document] = _NO_FILES,
    holidays: Mapping[str, HolidayFile] = _NO_HOLIDAYS,
) -> tuple[Contract | None, tuple[Diagnostic, ...]]:
    """The contract that `document` is, with all findings in the order of the file.

    `included` and `holidays` hold what `names.needs` asked for, by the path it gave. None if there is no contract
    block, or if it does not name both parties. With errors the contract leaves out what could not be read.
    """
    scope, found = scopes(document, included)
    room = _Room(scope, holidays)
    room.shared.findings.extend(found)
    openers = [block for block in document.blocks if block.kind in ("contract", "framework")]
    if len(openers) != 1:
        room.shared.findings.append(_not_one(document, openers))
    contract = room.contract(openers[0]) if openers else None
    findings = room.shared.findings
    if contract is not None and (has_errors(findings) or document.unread):
        contract = mended(contract)
    findings.sort(key=lambda finding: _place(finding, document.path))
    return contract, tuple(findings)


def _place(finding: Diagnostic, path: str) -> tuple[bool, str, int]:
    span = finding.span
    return (span is None or span.path != path, span.path if span else "", span.start if span else 0)


def _not_one(document: Document, openers: list[Block]) -> Diagnostic:
    if not openers:
        place = document.blocks[0].header if document.blocks else Span.of_line(document.path, 1)
        help_text = 'Begin with a block `contract NAME "Title"` that names the parties and the term, closed by `end`.'
        return NO_CONTRACT.at(place, "This file has no contract block.", help=help_text)
    message = "This file has two blocks that open a contract; it is not clear which one the levels belong to."
    related = (Related(openers[0].header, "the first one"),)
    return NO_CONTRACT.at(openers[1].header, message, help="Move one of them into a file of its own.", related=related)


@dataclass(slots=True)
class _Room:
    """All desks at which one contract is read; every block is read once, when first needed."""

    scope: Scope
    holidays: Mapping[str, HolidayFile]
    shared: Shared = field(default_factory=Shared)
    built: dict[tuple[str, str], Node | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shared.calendar_named = self._calendar
        self.shared.service_hours = self._service_hours
        self.shared.level_named = self._level
        self.shared.credits_named = self._credits
        self.shared.passage_named = self._passage

    def contract(self, opener: Block) -> Contract | None:
        """The whole contract; None if it does not name both parties."""
        desk = Desk(self.scope, self.shared)
        self.shared.currency = heads.currency(desk, opener)
        self.shared.fees = frozenset(
            statement.args[0].text
            for statement in opener.statements
            if statement.form in ("contract_fee", "contract_fee_from") and isinstance(statement.args[0], Name)
        ) | frozenset(fee[1] for line in opener.unread if (fee := re.match(r"fee\s+([\w-]+)", line)))
        head = heads.head(desk, opener)
        overrides = amendments.overrides(desk, opener)
        for kind, space in self.scope.spaces.items():
            for block in space.values():
                self._read(Found(self.scope, kind, block))
        self._read_included()
        if head.customer is None or head.supplier is None:
            return None
        parts = self._parts()
        contract = Contract(
            span=opener.header,
            path=self.scope.document.path,
            source_hash=self._hash(),
            name=head.name,
            title=head.title,
            kind=opener.kind,
            customer=head.customer,
            supplier=head.supplier,
            under=head.under,
            languages=head.languages,
            timezone=head.timezone,
            currency=head.currency,
            working_days=head.working_days,
            signed=head.signed,
            term=head.terms.term,
            renewal=head.terms.renewal,
            fees=head.fees,
            money_rounding=head.terms.money_rounding,
            records=head.terms.records,
            exposures=head.terms.exposures,
            requires=head.requires,
            allows=tuple(sorted(self.shared.allows, key=lambda allow: (allow.span.path, allow.span.start))),
            **parts,
        )
        contract, idle = overridden(contract, overrides)
        contract, found = with_held_lines(contract)
        self.shared.findings.extend((*idle, *found))
        skipped = dict.fromkeys((*self.shared.unevaluated, *unevaluated(contract)))
        ordered = sorted(skipped, key=lambda item: (item.span.path, item.span.start, item.what))
        return contract.model_copy(update={"unevaluated": tuple(ordered)})

    def _parts(self) -> dict[str, tuple[Node, ...]]:
        """The blocks by field of `Contract`: those of the file in its order, then those of included files."""
        parts: dict[str, list[Node]] = {"calendars": []}
        for (kind, name), node in sorted(self.built.items(), key=lambda item: self._order(*item[0])):
            if node is not None and name:
                parts.setdefault("calendars" if kind == "calendar" else READERS[kind][0], []).append(node)
        return {name: tuple(nodes) for name, nodes in parts.items()}

    def _order(self, kind: str, name: str) -> tuple[bool, int, str]:
        block = self.scope.spaces.get(kind, {}).get(name)
        return (block is None, block.header.start if block is not None else 0, name)

    def _read_included(self) -> None:
        """The blocks of included files that are referred to, and those they refer to in turn."""
        while True:
            waiting = [
                found
                for key, found in self.shared.wanted.items()
                if found.scope.prefix and key not in self.built and found.kind not in ("contract", "framework")
            ]
            if not waiting:
                return
            for found in waiting:
                self._read(found)

    def _read(self, found: Found) -> Node | None:
        key = (found.kind, found.name)
        if key in self.built or found.kind in ("contract", "framework"):
            return self.built.get(key)
        desk = Desk(found.scope, self.shared)
        if found.kind == "calendar":
            self.built[key] = surroundings.calendar(desk, found.block, self.holidays)
        else:
            self.built[key] = READERS[found.kind][1](desk, found.block)
        return self.built[key]

    def _named(self, kind: str, name: str) -> Node | None:
        block = self.scope.spaces.get(kind, {}).get(name)
        found = Found(self.scope, kind, block) if block is not None else self.shared.wanted.get((kind, name))
        return self._read(found) if found is not None else None

    def _calendar(self, name: str) -> Calendar | None:
        found = self._named("calendar", name)
        return found if isinstance(found, Calendar) else None

    def _service_hours(self, name: str) -> str | None:
        found = self._named("service", name)
        return found.hours if isinstance(found, Service) else None

    def _level(self, name: str) -> Level | None:
        found = self._named("level", name)
        return found if isinstance(found, Level) else None

    def _credits(self, name: str) -> Credits | None:
        found = self._named("credits", name) or self._named("bonus", name)
        return found if isinstance(found, Credits) else None

    def _passage(self, name: str) -> Passage | None:
        found = self._named("open passage", name)
        return found if isinstance(found, Passage) else None

    def _hash(self) -> str:
        """SHA-256 over everything the contract was read from, comments and holiday files' comments aside."""
        files = sorted(self.holidays.items())
        text = repr((self.scope, [(path, file.region, file.years, file.days) for path, file in files]))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
