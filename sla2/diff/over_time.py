"""One contract on two days: what amendments, fillings and fallbacks changed in between.

In: a contract as signed and two days. Out: `Difference`. Amendments are folded by `contract/versions`, the state of
passages comes from `contract/passage_state`; a fee is that which is in force on the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract import versions
from sla2.contract.passage_state import states
from sla2.diff import labels
from sla2.diff.change import Change, Difference, Section
from sla2.diff.from_contracts import diff
from sla2.diff.values import Speaker
from sla2.diff.walk import Place
from sla2.words import format, phrases, state_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Fee, Language


def between(contract: Contract, since: date, until: date, language: Language) -> Difference:
    """What changes in meaning from the day `since` to the day `until`, for a contract as signed."""
    found = diff(_on(contract, since), _on(contract, until), language)
    extra = {
        "amendments": tuple(_amendments(contract, since, until, language)),
        "passages": tuple(_passages(contract, since, until, language)),
    }
    sections = [
        Section(section.kind, section.title, (*extra.pop(section.kind, ()), *section.changes))
        for section in found.sections
    ]
    sections += [
        Section(kind, labels.section_title(language, kind), changes) for kind, changes in extra.items() if changes
    ]
    return Difference(language, tuple(sections))


def _on(contract: Contract, day: date) -> Contract:
    """The contract with the terms and the fees in force on `day`."""
    terms = versions.as_of(contract, day)
    fees: dict[str, Fee] = {}
    for fee in terms.fees:
        former = fees.get(fee.name)
        if fee.valid_from is not None and fee.valid_from > day:
            continue
        if former is None or former.valid_from is None or (fee.valid_from or day) >= former.valid_from:
            fees[fee.name] = fee
    return terms.model_copy(
        update={"fees": tuple(fee.model_copy(update={"valid_from": None}) for fee in fees.values())}
    )


def _amendments(contract: Contract, since: date, until: date, language: Language) -> Iterator[Change]:
    """Amendments that are in force on one of the days only."""
    speaker = Speaker(contract, language)
    for amendment in contract.amendments:
        before, after = versions.in_force(amendment, since), versions.in_force(amendment, until)
        if before != after and amendment.effective is not None:
            place = Place(amendment.name, speaker.block(amendment.name, amendment.title))
            words = [labels.word(language, "in-force" if there else "not-in-force") for there in (before, after)]
            if after:
                words[1] += f" ({labels.word(language, 'from', day=format.day(amendment.effective, language))})"
            yield _state(place, "in_force", words[0], words[1], language)


def _passages(contract: Contract, since: date, until: date, language: Language) -> Iterator[Change]:
    """Passages whose state is another one."""
    speaker = Speaker(contract, language)
    after = {found.passage: found for found in states(contract, until)}
    for former in states(contract, since):
        now = after.get(former.passage)
        if now is not None and now.state != former.state:
            place = Place(former.passage, speaker.block(former.passage, contract.passage(former.passage).title))
            yield _state(
                place, "state", state_words(former.state, language), state_words(now.state, language), language
            )


def _state(place: Place, field: str, before: str, after: str, language: Language) -> Change:
    subject = place.at(field, labels.word(language, "state")).subject(language)
    sentence = phrases.render(language, "diff.line.changed", subject=subject, before=before, after=after)
    return Change("changed", place.block, field, subject, phrases.plain(sentence), before, after)
