"""The block that opens a contract: `contract`, or `framework` for a file that others include.

In: that block. Out: the fields of `Contract` that it states, as `Head`. The currency is read first, because every
amount of the file is checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sla2.contract.calendar import shift
from sla2.contract.codes import DUPLICATE_LINE, MISSING_LINE, UNKNOWN_NAME
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE, UNKNOWN_CURRENCY
from sla2.contract.contract import Requirement
from sla2.contract.names import meant
from sla2.contract.passage import HeadTerms
from sla2.contract.reader.desk import Desk, currencies
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.surroundings import language, zone
from sla2.contract.reader.terms import fee
from sla2.contract.surroundings import Exposure, Fee, Language, MoneyRounding, Records, Renewal, Term
from sla2.diagnostics import Related
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MoneyValue,
    Name,
    NumberValue,
    PercentValue,
    Phrase,
    Word,
)

PROFILES = (("dora", "30.2"), ("dora", "30.3"), ("iso", "19086"))
"""The checklists that `requires:` may name: article 30 of the Digital Operational Resilience Act, and ISO/IEC 19086."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the opening block states; customer or supplier is None where the line is missing or names nobody."""

    name: str
    title: str
    customer: str | None
    supplier: str | None
    under: str | None
    languages: tuple[Language, ...]
    timezone: str | None
    currency: str | None
    working_days: str | None
    signed: date | None
    fees: tuple[Fee, ...]
    terms: HeadTerms
    requires: tuple[Requirement, ...]


def currency(desk: Desk, block: Block) -> str | None:
    """The currency of the contract, before anything else is read."""
    for statement in block.statements:
        if statement.form == "contract_currency" and isinstance(statement.args[0], Word):
            word = statement.args[0]
            if word.text in currencies():
                return word.text
            message = f"{word.text} is not a currency of ISO 4217."
            desk.say(UNKNOWN_CURRENCY.at(word.span, message, help=meant(word.text, currencies())))
            return None
    return None


def head(desk: Desk, block: Block) -> Head:
    """`contract` or `framework`."""
    lines = Lines(desk, block)
    lines.need("customer: stad", "contract_customer")
    lines.need("supplier: acme", "contract_supplier")
    lines.need("languages: en authoritative", "contract_languages")
    if block.kind == "contract":
        lines.need("term: 3 years from 2026-02-01", "contract_term")
    fees = _fees(lines)
    if fees and lines.one("contract_currency") is None:
        lines.need("currency: EUR", "contract_currency")
    return Head(
        name=lines.name,
        title=lines.heading,
        customer=lines.ref("contract_customer", "party"),
        supplier=lines.ref("contract_supplier", "party"),
        under=lines.ref("contract_under", "framework", "contract"),
        languages=_languages(lines),
        timezone=zone(lines, "contract_timezone"),
        currency=desk.shared.currency,
        working_days=lines.ref("contract_working_days", "calendar"),
        signed=lines.date("contract_signed"),
        fees=fees,
        terms=HeadTerms(span=block.header, **fields_of(lines)),
        requires=_requires(lines),
    )


def _requires(lines: Lines) -> tuple[Requirement, ...]:
    """The checklists that the contract must fulfil, each once."""
    found: dict[str, Requirement] = {}
    known = [f"{profile} {part}" for profile, part in PROFILES]
    for node in (node for statement in lines.all("contract_requires") for node in statement.args):
        match node:
            case Phrase(args=(Name(text=profile), NumberValue(value=part))):
                words = f"{profile} {part}"
                if words not in known:
                    message = f"There is no checklist called {words}."
                    lines.desk.say(UNKNOWN_NAME.at(node.span, message, help=meant(words, known)))
                elif words in found:
                    message = f"The checklist {words} stands twice."
                    lines.desk.say(DUPLICATE_LINE.at(node.span, message, help="Write it once."))
                else:
                    found[words] = Requirement(span=node.span, profile=profile, part=str(part))
    return tuple(found.values())


def fields_of(lines: Lines) -> dict[str, object]:
    """The lines of the contract block that an amendment may change, by the fields of `HeadTerms`."""
    return {
        "term": _term(lines),
        "renewal": _renewal(lines),
        "money_rounding": _money_rounding(lines),
        "records": _records(lines),
        "exposures": _exposures(lines),
    }


def _languages(lines: Lines) -> tuple[Language, ...]:
    """The languages, the one that prevails first."""
    statement = lines.one("contract_languages")
    if statement is None:
        return ("en",)
    found: list[Language] = []
    prevails: list[Language] = []
    for node in statement.args:
        word = node.args[0] if isinstance(node, Phrase) else node
        code = language(lines.desk, word) if isinstance(word, Word) else None
        if code is not None and code in found:
            message = f"The language {code} stands twice."
            lines.desk.say(DUPLICATE_LINE.at(statement.span, message, help="Write each language once."))
        elif code is not None:
            found.append(code)
            if isinstance(node, Phrase):
                prevails.append(code)
    if len(found) > 1 and len(prevails) != 1:
        message = "This line does not say which one language prevails if the texts differ."
        help_text = f"Write `languages: {found[0]} authoritative, {', '.join(found[1:])}`."
        lines.desk.say(MISSING_LINE.at(statement.span, message, help=help_text))
    first = prevails or found
    return (*first[:1], *(code for code in found if code not in first[:1])) or ("en",)


def _term(lines: Lines) -> Term | None:
    statement, phrase = lines.one("contract_term"), lines.phrase("contract_term")
    if statement is None or phrase is None:
        return None
    desk = lines.desk
    match phrase.form, phrase.args:
        case "term_fixed", (DurationValue() as node, DateValue() as day):
            length, start = desk.calendar_span(node), desk.date(day)
            if length is None:
                return None
            if length.unit not in ("day", "week", "month", "year") or length.value < 1:
                message = f"A term of {length} does not say on which day it ends."
                desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write it in days, weeks, months or years."))
                return None
            return Term(span=statement.span, start=start, length=length, end=shift(start, length, "after", None))
        case "term_until_ended", (DateValue() as day, *rest):
            notice = next((desk.calendar_span(node) for node in rest if isinstance(node, DurationValue)), None)
            return Term(span=statement.span, start=desk.date(day), notice=notice)
    return None


def _renewal(lines: Lines) -> Renewal | None:
    statement = lines.one("contract_renewal")
    match statement.args if statement is not None else ():
        case (NumberValue() as number, DurationValue() as length, *rest) if statement is not None:
            span, times = lines.desk.calendar_span(length), lines.desk.whole(number)
            notice = next((lines.desk.calendar_span(node) for node in rest if isinstance(node, DurationValue)), None)
            if notice is None:
                message = "This line does not say by when notice prevents the renewal."
                remedy = "Write for instance `renewal: 2 times 1 year unless notice of 6 months`."
                lines.desk.say(MISSING_LINE.at(statement.span, message, help=remedy))
            if span is None or notice is None or span.unit == "working day" or times > 100:
                return None
            return Renewal(span=statement.span, times=times, length=span, notice=notice)
    return None


def _fees(lines: Lines) -> tuple[Fee, ...]:
    found: list[Fee] = []
    for statement in lines.forms("contract_fee", "contract_fee_from"):
        name = statement.args[0]
        since = next((node for node in statement.args if isinstance(node, DateValue)), None)
        phrase = statement.args[-1]
        if not isinstance(name, Name) or not isinstance(phrase, Phrase):
            continue
        built = fee(lines.desk, name.text, phrase, since)
        if built is None:
            continue
        former = next((f for f in found if (f.name, f.valid_from) == (built.name, built.valid_from)), None)
        if former is not None:
            message = f"The fee {built.name} is set twice for the same time."
            related = (Related(former.span, "the first one"),)
            remedy = f"Give the later one its day: `fee {built.name} from 2027-02-01: …`."
            lines.desk.say(DUPLICATE_LINE.at(statement.span, message, help=remedy, related=related))
        found.append(built.model_copy(update={"span": statement.span}))
    return tuple(found)


def _money_rounding(lines: Lines) -> MoneyRounding | None:
    statement, step = lines.one("contract_money_rounding"), lines.number("contract_money_rounding")
    if statement is None or step is None:
        return None
    if step <= 0:
        message = "Amounts cannot be rounded to nothing."
        lines.desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help="Write `money rounding: half up to 0.01`."))
        return None
    return MoneyRounding(span=statement.span, step=step)


def _records(lines: Lines) -> Records | None:
    statement = lines.one("contract_records")
    match statement.args if statement is not None else ():
        case (Word(text=side), *rest) if statement is not None:
            within = next((lines.desk.calendar_span(node) for node in rest if isinstance(node, DurationValue)), None)
            return Records(span=statement.span, prevails=side, contested_within=within)
    return None


def _exposures(lines: Lines) -> tuple[Exposure, ...]:
    found: list[Exposure] = []
    for phrase in lines.args("contract_maximum_exposure"):
        match phrase:
            case Phrase(form="exposure_share", args=(Word(text=side), PercentValue() as share)):
                percent = lines.desk.percent(share)
                found.append(Exposure(span=phrase.span, side=side, share_of_yearly_fees=percent))
            case Phrase(form="exposure_amount", args=(Word(text=side), MoneyValue() as amount)):
                found.append(Exposure(span=phrase.span, side=side, amount=lines.desk.money(amount)))
    return tuple(found)
