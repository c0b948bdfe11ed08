"""Defined terms: which are used, and what they mean.

In: the sentences of a draft. Out: word and meaning of each term that they use, and of the terms that those meanings
use, in the alphabetical order of the language. A term that nothing uses is not defined.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence


def definitions(used: Iterable[str], contract: Contract, language: Language) -> tuple[tuple[str, Sentence], ...]:
    """The definitions of the term keys `used` and of all that they need."""
    meanings: dict[str, Sentence] = {}
    waiting = list(dict.fromkeys(used))
    while waiting:
        key = waiting.pop()
        if key in meanings:
            continue
        meanings[key] = phrases.parse_as_is(
            phrases.render(language, f"term.{key}.meaning", **_values(contract, language))
        )
        waiting.extend(meanings[key].terms)
    named = [
        (phrases.plain(phrases.render(language, f"term.{key}.word")), meaning) for key, meaning in meanings.items()
    ]
    return tuple(sorted(named, key=lambda entry: _sorting(entry[0])))


def _sorting(word: str) -> str:
    """Alphabetical order with ä beside a (as dictionaries of nl, en and de have it, DIN 5007-1)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign)).casefold()


def _values(contract: Contract, language: Language) -> dict[str, str]:
    hours = refer.block(contract, "calendar", contract.working_days, language) if contract.working_days else ""
    day = format.day(contract.term.start, language) if contract.term is not None else ""
    return {"hours": hours, "day": day}
