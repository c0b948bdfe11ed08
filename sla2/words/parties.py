"""Parties, term, fees and languages in words.

In: the head of a contract. Out: sentences and table rows for the first clause of a draft. Days are worded inclusive
("up to and including"), because the model's end of a term is the first day after it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sla2.words import format, phrases, refer
from sla2.words.phrases import Marked

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Exposure, Fee, Language, Party, Renewal, Term
    from sla2.words.sentence import Sentence

_MOVING = ("rolling", "before claim")
"""Units of periods that move with the day of judgement or of a claim."""


def fee_words(fee: Fee, language: Language) -> Marked:
    """The amount of a fee and how often it is paid."""
    if fee.per == "as invoiced" or fee.amount is None:
        each = format.quoted(fee.each, language) if fee.each else ""
        return phrases.render(language, "document.per.as-invoiced", each=each)
    amount: str = format.money(fee.amount, language)
    if fee.per_user:
        amount = phrases.render(language, "document.per.user", amount=amount)
    elif fee.each is not None:
        amount = phrases.render(language, "document.per.unit", amount=amount, each=format.quoted(fee.each, language))
    said = phrases.render(language, f"document.per.{fee.per}", amount=amount)
    if fee.indexed_by is None:
        return said
    return phrases.render(language, "document.per.indexed", amount=said, by=format.quoted(fee.indexed_by, language))


def fee_rows(contract: Contract, language: Language) -> tuple[tuple[str, str, str], ...]:
    """Name, amount and first day of each fee; those of one name stand together."""
    names = [fee.name for fee in contract.fees]
    start = phrases.render(language, "document.parties.from-start")
    return tuple(
        (
            phrases.clean(fee.name),
            fee_words(fee, language),
            format.day(fee.valid_from, language) if fee.valid_from else start,
        )
        for fee in sorted(contract.fees, key=lambda fee: names.index(fee.name))
    )


def party_name(party: Party, language: Language) -> Marked:
    """The name of a party, with who represents it."""
    if party.represented_by is None:
        return Marked(phrases.clean(party.title))
    return phrases.render(language, "document.cover.represented", name=party.title, by=party.represented_by)


def _party(contract: Contract, side: Literal["customer", "supplier"], language: Language) -> Marked:
    party = contract.party(side)
    role = refer.side_name(side, language)
    by = party.represented_by or ""
    return phrases.render(language, "document.parties.party", name=party.title, role=role, by=by)


def party_sentences(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """Who makes the agreement, for how long, and what applies to it as a whole."""
    found = [
        (
            "between",
            phrases.render(
                language,
                f"document.parties.between{'-framework' if contract.kind == 'framework' else ''}",
                customer=_party(contract, "customer", language),
                supplier=_party(contract, "supplier", language),
                long=contract.party("customer").represented_by is not None,
            ),
        )
    ]
    if contract.under is not None:
        name = format.quoted(own_name(contract.under), language)
        found.append(("under", phrases.render(language, "document.parties.under", name=name)))
    found += _writes(contract, language)
    if contract.term is not None:
        pieces = [term_words(contract.term, language)]
        if contract.renewal is not None:
            pieces.append(renewal_words(contract.renewal, language))
        found.append(("term", phrases.together(*pieces)))
    if contract.working_days is not None:
        hours = refer.block(contract, "calendar", contract.working_days, language)
        found.append(("working-days", phrases.render(language, "document.parties.working-days", hours=hours)))
    if contract.exposures:
        pieces = [_exposure(one, language) for one in contract.exposures]
        found.append(("exposure", phrases.together(*pieces)))
    if contract.requires:
        checklists = [f"{one.profile.upper()} {one.part}".strip() for one in contract.requires]
        listed = format.listing(checklists, language)
        found.append(("requires", phrases.render(language, "document.parties.requires", list=listed)))
    return tuple(phrases.parse(text, topic) for topic, text in found)


def own_name(name: str) -> str:
    """The short name of a block of another file, without the alias under which that file is included."""
    return name.rpartition(".")[2]


def _writes(contract: Contract, language: Language) -> list[tuple[str, Marked]]:
    """In which language each side is written to, where its party block says so."""
    found = []
    sides: tuple[Literal["customer", "supplier"], ...] = ("customer", "supplier")
    for side in sides:
        spoken = contract.party(side).language
        if spoken is not None:
            words = phrases.render(language, f"document.languages.{spoken}")
            said = phrases.render(
                language, "document.parties.writes", spoken=words, **refer.side("side", side, language)
            )
            found.append((f"language-{side}", said))
    return found


def term_words(term: Term, language: Language) -> Marked:
    """From when to when the agreement runs."""
    start = format.day(term.start, language)
    if term.end is not None:
        last = format.day(term.end - timedelta(days=1), language)
        if term.length is None:
            return phrases.render(language, "document.parties.term-end", start=start, last=last)
        length = refer.span("length", term.length, language)
        return phrases.render(language, "document.parties.term-fixed", start=start, last=last, **length)
    if term.notice is None:
        return phrases.render(language, "document.parties.term-open-plain", start=start)
    notice = refer.span("notice", term.notice, language)
    return phrases.render(language, "document.parties.term-open", start=start, **notice)


def term_short(term: Term, language: Language) -> Marked:
    """The term as a value on the cover."""
    start = format.day(term.start, language)
    if term.end is None:
        return phrases.render(language, "document.cover.term-open", start=start)
    last = format.day(term.end - timedelta(days=1), language)
    if term.length is None:
        return phrases.render(language, "document.cover.term-end", start=start, last=last)
    length = refer.span("length", term.length, language)
    return phrases.render(language, "document.cover.term-fixed", start=start, last=last, **length)


def renewal_short(renewal: Renewal, language: Language) -> Marked:
    """The renewal as a value on the cover."""
    number = format.number(renewal.times, language)
    length = refer.span("length", renewal.length, language)
    notice = refer.span("notice", renewal.notice, language)
    return phrases.render(language, "document.cover.renewal-short", n=number, **length, **notice)


def renewal_words(renewal: Renewal, language: Language) -> Marked:
    """How the agreement is renewed."""
    times = phrases.render(language, "document.parties.times", n=format.number(renewal.times, language))
    length = refer.span("length", renewal.length, language)
    notice = refer.span("notice", renewal.notice, language)
    return phrases.render(
        language, "document.parties.renewal", times=times, once=renewal.times == 1, **length, **notice
    )


def _exposure(exposure: Exposure, language: Language) -> Marked:
    amount = ""
    if exposure.amount is not None:
        amount = format.money(exposure.amount, language)
    elif exposure.share_of_yearly_fees is not None:
        share = format.percent(exposure.share_of_yearly_fees, language)
        amount = phrases.render(language, "document.parties.exposure-share", share=share)
    return phrases.render(language, f"document.parties.exposure-{exposure.side}", amount=amount)


def language_sentence(contract: Contract, language: Language) -> Sentence:
    """In which languages the agreement exists, and which prevails."""
    names = [phrases.render(language, f"document.languages.{one}") for one in contract.languages]
    if len(names) == 1:
        return phrases.say(language, "document.languages.one", topic="languages", first=names[0])
    listed = format.listing(names, language)
    return phrases.say(language, "document.languages.prevails", topic="languages", languages=listed, first=names[0])


def records_sentence(contract: Contract, language: Language) -> Sentence | None:
    """Whose records prevail."""
    records = contract.records
    if records is None:
        return None
    within = refer.span("within", records.contested_within, language) if records.contested_within else {}
    values = {"within": "", "within_dat": "", **within}
    side = refer.side("side", records.prevails, language)
    return phrases.say(language, "level.common.records", topic="records", **values, **side)


def common_sentences(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """The rules of measurement that hold for every level, each said once."""
    zone = format.zone(contract.timezone or "UTC", language)
    keys = ["midnight", "part", "version", "comparison"]
    if any(one.timezone not in ("UTC", "Etc/UTC") for one in contract.calendars):
        keys.append("clock-change")
    if any(level.measure in ("availability", "number of outages", "longest outage") for level in contract.levels):
        keys.append("outages")
    found = [phrases.say(language, f"level.common.{key}", topic=key, zone=zone) for key in keys]
    if any(level.period is not None and level.period.unit in _MOVING for level in contract.levels):
        found.append(phrases.say(language, "level.common.version-moving", topic="version-moving"))
    records = records_sentence(contract, language)
    return (*found, records) if records else tuple(found)
