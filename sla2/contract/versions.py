"""The contract over time: amendments, fillings and fallbacks folded into the terms in force on a day.

In: a `Contract` as signed, with its amendments listed. Out: `Version` values, one per stretch of days in which the
terms stay the same. It runs before measuring and drafting. The term in force on a day is that of the latest amendment
effective by then, else the fallback if its date has come, else the interim rule, else the text as signed.
It judges no amendment: what is odd about one is the business of `checks`. Fold a contract as signed, not a folded one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sla2.contract.contract import Contract
from sla2.contract.level import Held
from sla2.contract.lines import (
    Line,
    changed,
    held_by,
    hold,
    line_changed,
    line_of,
    open_lines,
    put,
    reopen,
    value_of,
)
from sla2.contract.passage import (
    Add,
    Amendment,
    Change,
    Fill,
    Filling,
    Move,
    Passage,
    Remove,
    Reopen,
    TextTerm,
    Withdraw,
)
from sla2.contract.pruning import without
from sla2.diagnostics import Span

AS_SIGNED = "as signed"


@dataclass(frozen=True, slots=True)
class Version:
    """The terms in force on the local days [since, until); None means from the start, or until further notice.

    `label` says what began on `since`: "as signed", "A1", "fallback peak-response", or several joined by ", ".
    In `contract` every open line holds the value in force and `held` records where that came from.
    """

    label: str
    since: date | None
    until: date | None
    contract: Contract


def in_force(amendment: Amendment, day: date) -> bool:
    """True if both sides agreed the amendment and it is effective by `day`."""
    return agreed(amendment) is not None and amendment.effective is not None and amendment.effective <= day


def agreed(amendment: Amendment) -> date | None:
    """The day on which the second side agreed; None while one side has not."""
    if amendment.agreed_customer is None or amendment.agreed_supplier is None:
        return None
    return max(amendment.agreed_customer, amendment.agreed_supplier)


def versions(contract: Contract) -> tuple[Version, ...]:
    """All versions of `contract` in order of time; together they cover every day.

    A fallback date that changes nothing (the passage was filled before) starts no version.
    """
    amended: dict[date, list[str]] = {}
    for amendment in contract.amendments:
        if agreed(amendment) is not None and amendment.effective is not None:
            amended.setdefault(amendment.effective, []).append(amendment.name)
    fallbacks: dict[date, list[str]] = {}
    for passage in contract.passages:
        if passage.fallback is not None:
            fallbacks.setdefault(passage.fallback.since, []).append(passage.name)
    found = [Version(AS_SIGNED, None, None, as_of(contract, date.min))]
    for day in sorted({*amended, *fallbacks}):
        terms, last = as_of(contract, day), found[-1]
        if day not in amended and terms == last.contract:
            continue
        names = [*amended.get(day, [])]
        names += [f"fallback {name}" for name in fallbacks.get(day, []) if _falls_back(terms, name)]
        found[-1] = Version(last.label, last.since, day, last.contract)
        found.append(Version(", ".join(names), day, None, terms))
    return tuple(found)


def _falls_back(terms: Contract, passage: str) -> bool:
    held = [record for level in terms.levels for record in level.held]
    held += [record for credits in (*terms.credits, *terms.bonuses) for record in credits.held]
    held += [each.held for each in terms.held]
    return any((record.passage, record.by) == (passage, "fallback") for record in held)


def version_at(folded: tuple[Version, ...], day: date) -> Version:
    """The version in force on `day`, of the versions that `versions` gave."""
    return next(version for version in reversed(folded) if version.since is None or version.since <= day)


def as_of(contract: Contract, day: date) -> Contract:
    """The contract with the terms in force on `day`.

    Open lines hold the value in force; one that nothing fills stays open. Blocks that a later amendment adds, or
    passages that it opens, are left out, and so is what refers to them. `passages` and `amendments` stay listed.
    """
    past = [amendment for amendment in contract.amendments if in_force(amendment, day)]
    past.sort(key=lambda amendment: amendment.effective or day)
    terms = contract
    gone = _brought_later(contract)
    for amendment in past:
        for verb in amendment.verbs:
            match verb:
                case Add():
                    gone.discard(verb.block)
                    terms = _opened(terms, verb)
                case Remove():
                    gone.add(verb.block)
                case Reopen():
                    gone.discard(verb.passage)
                    terms = reopen(terms, Line(verb.block, verb.line, verb.per), verb.passage, verb.span)
                case Move():
                    terms = _moved(terms, verb)
                case Change():
                    terms = _changed(terms, verb, amendment)
                case Fill() | Withdraw():
                    terms = _filled(terms, verb, amendment)
    return without(_meanwhile(terms, day, frozenset(gone)), frozenset(gone))


def with_option(contract: Contract, passage: str, option: str) -> Contract:
    """`contract` as it would have been had `option` applied from the start, in place of that passage's own history.

    For the columns that show what each option would have given: fold the result with `as_of` or `versions`.
    Raises: KeyError if there is no such passage or option.
    """
    found = contract.passage(passage)
    chosen = next((each.filling for each in found.options if each.name == option), None)
    if chosen is None:
        raise KeyError(option)
    trial = found.model_copy(update={"interim": chosen, "fallback": None, "tries": option})
    amendments = tuple(
        amendment.model_copy(update={"verbs": tuple(verb for verb in amendment.verbs if not _settles(verb, passage))})
        for amendment in contract.amendments
    )
    passages = tuple(trial if each.name == passage else each for each in contract.passages)
    return contract.model_copy(update={"passages": passages, "amendments": amendments})


def _settles(verb: object, passage: str) -> bool:
    return isinstance(verb, Fill | Withdraw) and verb.passage == passage


def filling_of(passage: Passage, fill: Fill) -> Filling | None:
    """What a `fill:` line puts in: its own value, or that of the option it names."""
    if fill.filling is not None:
        return fill.filling
    return next((option.filling for option in passage.options if option.name == fill.option), None)


def _brought_later(contract: Contract) -> set[str]:
    """Blocks that an amendment adds, and passages that it opens: not in force before it."""
    found: set[str] = set()
    for amendment in contract.amendments:
        for verb in amendment.verbs:
            if isinstance(verb, Add):
                found.add(verb.block)
            elif isinstance(verb, Reopen):
                found.add(verb.passage)
    return found


def _passage(contract: Contract, name: str) -> Passage | None:
    return next((passage for passage in contract.passages if passage.name == name), None)


def _opened(terms: Contract, verb: Add) -> Contract:
    """A passage that is added opens the line it concerns."""
    passage = _passage(terms, verb.block)
    line = line_of(passage.concerns) if passage is not None and passage.concerns is not None else None
    return terms if line is None else reopen(terms, line, verb.block, verb.span)


def _moved(terms: Contract, verb: Move) -> Contract:
    passages = tuple(
        passage.model_copy(update={"review": verb.review}) if passage.name == verb.passage else passage
        for passage in terms.passages
    )
    return terms.model_copy(update={"passages": passages})


def _filled(terms: Contract, verb: Fill | Withdraw, amendment: Amendment) -> Contract:
    passage = _passage(terms, verb.passage)
    if passage is None or passage.concerns is None:
        return terms
    line = line_of(passage.concerns)
    value = filling_of(passage, verb) if isinstance(verb, Fill) else passage.interim
    if line is None or value is None:
        return terms
    return _settled(terms, line, value, passage.name, f"amendment {amendment.name}", verb.span)


def _changed(terms: Contract, verb: Change, amendment: Amendment) -> Contract:
    if verb.fee is not None and held_by(terms, line_changed(verb)) is None:
        start = amendment.effective
        kept = tuple(
            fee
            for fee in terms.fees
            if fee.name != verb.block or fee.valid_from is None or (start is not None and fee.valid_from < start)
        )
        return terms.model_copy(update={"fees": (*kept, verb.fee.model_copy(update={"valid_from": start}))})
    value, line = value_of(verb), line_changed(verb)
    passage = held_by(terms, line)
    if value is None or passage is None:
        return changed(terms, verb)
    return _settled(terms, line, value, passage, f"amendment {amendment.name}", verb.span)


def _settled(terms: Contract, line: Line, value: Filling, passage: str, by: str, span: Span) -> Contract:
    return hold(put(terms, line, value), line, Held(span=span, line=line.words, passage=passage, by=by))


def _meanwhile(terms: Contract, day: date, gone: frozenset[str]) -> Contract:
    for line, name in open_lines(terms):
        passage = None if name in gone else _passage(terms, name)
        if passage is None:
            continue
        for value, by in _rules(passage, day):
            if value is not None:
                terms = _settled(terms, line, value, name, by, value.span)
                break
    return terms


def _rules(passage: Passage, day: date) -> Iterator[tuple[Filling | None, str]]:
    """What may apply to an open passage on `day`, the strongest first."""
    fallback = passage.fallback
    if fallback is not None and fallback.since <= day:
        if fallback.option is not None:
            yield next((o.filling for o in passage.options if o.name == fallback.option), None), "fallback"
        elif fallback.text is not None:
            yield TextTerm(span=fallback.span, text=fallback.text), "fallback"
        else:
            yield passage.interim, "fallback"
        return
    yield passage.interim, f"option {passage.tries}" if passage.tries else "interim rule"
