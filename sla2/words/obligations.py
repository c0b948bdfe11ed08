"""Obligations of both sides in words.

In: an obligation. Out: one paragraph: the agreed text, when it is due, what follows a failure, how it is checked.
The text itself is the contract's own and is printed as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer
from sla2.words.phrases import Marked
from sla2.words.texts import text_in

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.relations import CheckedBy, Due, Obligation
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

LEDGER_KINDS = (
    "notice",
    "proactive",
    "action",
    "approval",
    "relationship",
    "joint-result",
    "asked-again",
    "exit-reason",
    "review",
)


def obligation_sentence(obligation: Obligation, contract: Contract, language: Language) -> Sentence:
    """The obligation with everything that belongs to it."""
    text = text_in(obligation.texts, contract, language)
    by = refer.side("by", obligation.duty_of, language)
    pieces = [Marked(phrases.clean(text)) if text else phrases.render(language, "obligation.kind.duty", **by)]
    if obligation.due is not None:
        pieces.append(due_words(obligation.due, language))
    if obligation.failing_stops is not None:
        stop = refer.block(contract, "clock stop", obligation.failing_stops, language)
        pieces.append(phrases.render(language, "obligation.failing.stops", stop=stop, **by))
    if obligation.failing_approved:
        pieces.append(phrases.render(language, "obligation.failing.approved"))
    if obligation.retained:
        what = obligation.retained_what or ""
        pieces.append(phrases.render(language, "obligation.kind.retained", what=what, **by))
    if obligation.asset:
        pieces.append(phrases.render(language, "obligation.kind.asset", what=obligation.asset_what or "", **by))
    if obligation.checked_by is not None:
        pieces.append(checked_words(obligation.checked_by, contract, language, "obligation.checked"))
    return phrases.parse(phrases.together(*pieces), obligation.name)


def due_words(due: Due, language: Language) -> Marked:
    """When an obligation is due."""
    if due.day is not None:
        return phrases.render(language, "obligation.due.day", day=format.day(due.day, language))
    after = format.quoted(due.after, language) if due.after else ""
    if due.within is None:
        return phrases.render(language, "obligation.due.after", after=after)
    within = refer.span("within", due.within, language)
    key = "within-after" if after else "within"
    return phrases.render(language, f"obligation.due.{key}", after=after, **within)


def kind_words(kind: str, language: Language) -> str:
    """The name of a kind of ledger entry; one that the toolkit does not know is quoted as written."""
    key = kind.replace(" ", "-")
    named = key in LEDGER_KINDS
    return phrases.render(language, f"relation.ledger-kind.{key}") if named else format.quoted(kind, language)


def checked_words(checked: CheckedBy, contract: Contract, language: Language, keys: str) -> Marked:
    """Where it is read whether something was kept."""
    if checked.ledger_kind is not None:
        return phrases.render(language, f"{keys}.ledger", kind=kind_words(checked.ledger_kind, language))
    level = refer.any_block(contract, checked.level or "", language)
    return phrases.render(language, f"{keys}.level", level=level)
