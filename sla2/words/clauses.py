"""Texts with placeholders: values and references of the contract inside legal prose.

In: the text of a clause, an obligation, an amendment, and the contract in force. Out: sentences, one per paragraph, and
findings for placeholders that point nowhere. `{{ level target }}`, `{{ credits cap per contract year }}`,
`{{ passage interim }}`, `{{ fee name }}`, `{{ term end }}`, `{{ ref name }}`: a fixed list of paths, no expressions.
It runs under `draft`. A value that the contract does not model is never typed in its place.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sla2.contract.versions import as_of
from sla2.words import format, parties, passages, phrases, refer, settings, targets
from sla2.words.codes import PLACEHOLDER_BROKEN, PLACEHOLDER_UNKNOWN
from sla2.words.sentence import Sentence, anchor

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.contract.level import Level
    from sla2.contract.passage import Passage
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic, Span

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
KNOWN = (
    "{{ LEVEL target }}, {{ LEVEL minimum }}, {{ CREDITS cap per period }}, {{ PASSAGE interim }}, "
    "{{ PASSAGE review }}, {{ fee NAME }}, {{ term start }}, {{ term end }}, {{ customer }}, {{ supplier }}, "
    "{{ ref NAME }}"
)


def clause_sentences(
    text: str, contract: Contract, language: Language, span: Span, topic: str = ""
) -> tuple[tuple[Sentence, ...], tuple[Diagnostic, ...]]:
    """A text with its placeholders filled in, one sentence value per paragraph, and what is wrong with them."""
    found: list[Diagnostic] = []
    paragraphs: list[Sentence] = []
    for number, paragraph in enumerate(part for part in _PARAGRAPH.split(text) if part.strip()):
        marked = _filled(paragraph, contract, language, span, found)
        name = topic if not number else f"{topic}-{number + 1}"
        paragraphs.append(phrases.parse_as_is(marked, name))
    return tuple(paragraphs), tuple(found)


def placeholder_findings(contract: Contract) -> tuple[Diagnostic, ...]:
    """What is wrong with the placeholders of all clauses as signed, in all languages; each finding once."""
    signed = as_of(contract, date.min)
    languages: tuple[Language, ...] = contract.languages or ("en",)
    found: dict[Diagnostic, None] = {}
    for clause in signed.clauses:
        for spoken, text in clause.texts:
            found |= dict.fromkeys(clause_sentences(text, signed, spoken or languages[0], clause.span)[1])
    return tuple(found)


def _filled(text: str, contract: Contract, language: Language, span: Span, found: list[Diagnostic]) -> phrases.Marked:
    pieces: list[str] = []
    at = 0
    for place in _PLACE.finditer(text):
        pieces.append(_prose(text[at : place.start()], span, found))
        value = value_of(place[1], contract, language)
        if value is None:
            found.append(
                PLACEHOLDER_UNKNOWN.at(
                    span,
                    f"The placeholder {{{{ {place[1]} }}}} names no value of this contract.",
                    help=f"Use one of: {KNOWN}.",
                )
            )
        pieces.append(value or place[0])
        at = place.end()
    pieces.append(_prose(text[at:], span, found))
    return phrases.Marked(re.sub(r"[ \t\r\n]+", " ", "".join(pieces)).strip())


def _prose(text: str, span: Span, found: list[Diagnostic]) -> str:
    if "{{" in text or "}}" in text:
        found.append(
            PLACEHOLDER_BROKEN.at(
                span,
                "A placeholder in this text is not closed: each {{ needs its }}.",
                help=f"Use one of: {KNOWN}.",
            )
        )
    return re.sub("[\ue000-\ue002]", "", text)


def value_of(path: str, contract: Contract, language: Language) -> phrases.Marked | None:
    """The value that a placeholder names, as marked text; None if there is no such value."""
    words = path.split()
    match words:
        case ["ref", name]:
            return _reference(name, contract)
        case ["customer" | "supplier" as side]:
            named = contract.customer if side == "customer" else contract.supplier
            party = next((party for party in contract.parties if party.name == named), None)
            return phrases.Marked(phrases.clean(party.title)) if party else None
        case ["fee", name] | [name, "fee"]:
            return _fee(name, contract, language)
        case ["term", "start" | "end" as edge]:
            return _term(edge, contract, language)
        case [name, *line] if line:
            return _line(name, " ".join(line), contract, language)
    return None


def _reference(name: str, contract: Contract) -> phrases.Marked | None:
    found = refer.kinds_of(contract, name)
    if len(found) != 1:
        return None
    return phrases.to(anchor(found[0], name), refer.titles(contract, found[0])[name], bare=True)


def _fee(name: str, contract: Contract, language: Language) -> phrases.Marked | None:
    fee = next((fee for fee in contract.fees if fee.name == name), None)
    return None if fee is None else parties.fee_words(fee, language)


def _term(edge: str, contract: Contract, language: Language) -> phrases.Marked | None:
    if contract.term is None:
        return None
    if edge == "start":
        return phrases.Marked(format.day(contract.term.start, language))
    if contract.term.end is None:
        return None
    return phrases.Marked(format.day(contract.term.end - timedelta(days=1), language))


def _line(name: str, line: str, contract: Contract, language: Language) -> phrases.Marked | None:
    for level in contract.levels:
        if level.name == name:
            return _of_level(level, line, contract, language)
    for credits in (*contract.credits, *contract.bonuses):
        if credits.name == name:
            return _of_credits(credits, line, language)
    for passage in contract.passages:
        if passage.name == name:
            return _of_passage(passage, line, contract, language)
    for service in contract.services:
        if service.name == name and line == "hours":
            return refer.block(contract, "calendar", service.hours, language)
    return None


def _of_level(level: Level, line: str, contract: Contract, language: Language) -> phrases.Marked | None:
    values = {"target": level.target, "minimum": level.minimum, "expected": level.expected}
    if line in values:
        value = values[line]
        return None if value is None else targets.target_marked(value, contract, language)
    if line == "hours":
        calendar = contract.level_hours(level)
        return None if calendar is None else refer.block(contract, "calendar", calendar.name, language)
    return None


def _of_credits(credits: Credits, line: str, language: Language) -> phrases.Marked | None:
    per = line.removeprefix("cap").strip().removeprefix("per").strip()
    if not line.startswith("cap"):
        return None
    found = [cap for cap in credits.caps if per in ("", cap.per, cap.stretch)]
    if len(found) != 1:
        return None
    cap = found[0]
    span = targets.cap_span(cap, language)
    if cap.money is not None:
        return phrases.render(language, "obligation.value.money", value=format.money(cap.money, language), per=span)
    if cap.days_of_fee is not None:
        days = format.figure(cap.days_of_fee, language)
        return phrases.render(language, "obligation.value.money", value=days, per=span)
    if cap.percent_of_base is None:
        return None
    if cap.base is not None:
        return targets.cap_marked(cap, language)
    value = format.percent(cap.percent_of_base, language)
    return phrases.render(language, "obligation.value.percent", value=value, per=span)


def _of_passage(passage: Passage, line: str, contract: Contract, language: Language) -> phrases.Marked | None:
    if line == "interim" and passage.interim is not None:
        return settings.filling_marked(passage.interim, contract, language)
    if line == "review" and passage.review is not None:
        return phrases.Marked(format.day(passage.review, language))
    if line == "fallback":
        return passages.fallback_words(contract, passage, language)
    return None
