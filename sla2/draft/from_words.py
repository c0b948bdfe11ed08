"""A contract as a negotiation-ready draft: its sentences in the order of a document.

In: a contract as signed, a language, and the day whose terms are to be printed (None: as signed). Out: a `Document`
and findings. It runs before the writers of Word, HTML and Markdown. It words nothing itself (`words` does), numbers
nothing (`document/labels` does), and reads no file and no clock.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla2.contract.passage_state import states
from sla2.contract.translations import translated
from sla2.contract.versions import AS_SIGNED, as_of, versions
from sla2.diagnostics import has_errors
from sla2.document.blocks import Clause, Contents, Definitions, Document, Fact, Facts, Meta, PageBreak, Run
from sla2.draft import agreement, annexes, money, relation
from sla2.draft.codes import LANGUAGE_NOT_LISTED, PARTY_MISSING
from sla2.draft.frame import Audience, Frame
from sla2.words import format, parties, phrases, refer, terms
from sla2.words.calendars import holidays_anchor
from sla2.words.phrases import Marked
from sla2.words.sentence import anchor
from sla2.words.texts import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Contact, Language
    from sla2.diagnostics import Diagnostic
    from sla2.document.blocks import Block

_LABELS = ("page", "of", "version", "status", "contents", "data", "open_points")


def draft(
    contract: Contract,
    language: Language,
    *,
    today: date | None = None,
    audience: Audience = "internal",
    status: str = "draft",
    notice: str = "",
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The draft of `contract` (as signed, not folded) in `language`, with the terms in force on `today`.

    `status` is a key (draft, proposal, final, signed) or the user's own word. For the counterparty the owners are left
    out of the list of open points; the writers leave out what blocks mark as internal. None if there is an error.
    """
    faults = _faults(contract, language)
    if faults:
        return None, faults
    contract = translated(contract, language)
    frame = _frame(contract, language, today, audience)
    body = tuple(_body(frame))
    findings = tuple(frame.found)
    if has_errors(findings):
        return None, findings
    opening: list[Block] = [_cover(frame, today), Contents(frame.word("label.contents")), PageBreak()]
    return Document(_meta(frame, today, status, notice), (*opening, *body)), findings


def _faults(contract: Contract, language: Language) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    if language not in contract.languages:
        listed = ", ".join(contract.languages)
        found.append(
            LANGUAGE_NOT_LISTED.at(
                contract.span,
                f"The contract has no {NAMES[language]} version: its languages are {listed}.",
                help=f"Add `{language}` to the `languages:` line, or ask for one of: {listed}.",
            )
        )
    named = {party.name for party in contract.parties}
    for side, name in (("customer", contract.customer), ("supplier", contract.supplier)):
        if name not in named:
            found.append(
                PARTY_MISSING.at(
                    contract.span,
                    f"The {side} {name} has no party block, so the draft cannot name it.",
                    help=f'Add: party {name} "…" with `represented by:` and `address:`, closed by `end`.',
                )
            )
    return tuple(found)


def _frame(contract: Contract, language: Language, today: date | None, audience: Audience) -> Frame:
    folded = as_of(contract, today or date.min)
    day = today or contract.signed or (contract.term.start if contract.term else date.min)
    known = {anchor(kind, name) for kind in refer.KINDS for name in refer.titles(folded, kind)}
    appended = {holidays_anchor(one.holidays) for one in folded.calendars if one.holidays is not None} | {"examples"}
    known |= appended
    by_name = {state.passage: state for state in states(contract, day)}
    frame = Frame(contract, folded, language, day, today, audience, by_name, frozenset(), frozenset(appended))
    known -= {anchor("amendment", one.name) for one in contract.amendments}
    frame.known = frozenset(known | {anchor("amendment", one.name) for one in frame.amendments})
    return frame


def _body(frame: Frame) -> Iterator[Block]:
    """All sections; the definitions come second, but are made last, of the terms that the others used."""
    first = agreement.parties_section(frame)
    rest = [
        *agreement.services_section(frame),
        *agreement.stops_section(frame),
        *agreement.common_section(frame),
        *agreement.levels_section(frame),
        *money.points_section(frame),
        *money.pools_section(frame),
        *money.credits_section(frame),
        *money.rights_section(frame),
        *agreement.obligations_section(frame),
        *relation.trust_section(frame),
        *annexes.not_worded(frame),
        *relation.passages_section(frame),
        *relation.principles_section(frame),
        *relation.legal_section(frame),
        *relation.amendments_section(frame),
        *annexes.signatures(frame),
        *annexes.open_points(frame),
        *annexes.worked_examples(frame),
        *annexes.holidays(frame),
    ]
    yield from first
    yield from _definitions(frame)
    yield from rest


def _definitions(frame: Frame) -> list[Block]:
    entries = terms.definitions(frame.used, frame.contract, frame.language)
    if not entries:
        return []
    intro = Clause(2, "definitions-intro", (Run(frame.word("definitions.intro")),))
    listed = Definitions(tuple((word, frame.inlines(meaning)) for word, meaning in entries))
    return [frame.heading("definitions"), intro, listed]


def _cover(frame: Frame, today: date | None) -> Facts:
    return Facts(tuple(Fact(label, (Run(value),)) for label, value in _cover_values(frame, today) if value), "cover")


def _cover_values(frame: Frame, today: date | None) -> Iterator[tuple[str, str]]:
    contract, language = frame.contract, frame.language
    yield frame.word("cover.identifier"), phrases.clean(contract.name)
    if contract.under is not None:
        yield frame.word("cover.under"), phrases.clean(parties.own_name(contract.under))
    for side in ("customer", "supplier"):
        party = contract.party("customer" if side == "customer" else "supplier")
        yield frame.word(f"cover.{side}"), phrases.plain(parties.party_name(party, language))
        label = frame.word("cover.address", side=_genitive(frame, side))
        yield label, phrases.clean(party.address or "")
        for contact in party.contacts:
            value = f"{contact.mailbox.name} <{contact.mailbox.address}>"
            if contact.speaks_for is not None:
                value += f", {_speaks_for(frame, contact)}"
            label = frame.word("cover.contact", function=contact.function, side=frame.word(f"cover.{side}"))
            yield phrases.upper_first(label), value
    if contract.signed is not None:
        yield frame.word("cover.signed"), format.day(contract.signed, language)
    if contract.term is not None:
        yield frame.word("cover.term"), phrases.plain(parties.term_short(contract.term, language))
    if contract.renewal is not None:
        yield frame.word("cover.renewal"), phrases.plain(parties.renewal_short(contract.renewal, language))
    yield frame.word("cover.currency"), contract.currency or ""
    yield frame.word("cover.timezone"), contract.timezone or ""
    yield frame.word("cover.dated"), _version_words(frame, today)


def _speaks_for(frame: Frame, contact: Contact) -> str:
    n = format.number(contact.speaks_for or 0, frame.language)
    if contact.speaks_for_what == "users":
        return frame.word("cover.speaks-for", n=n)
    return frame.word("cover.speaks-for-what", n=n, what=format.quoted(contact.speaks_for_what, frame.language))


def _genitive(frame: Frame, side: str) -> str:
    return phrases.plain(phrases.render(frame.language, f"unit.side.{side}.gen"))


def _passed(frame: Frame, today: date | None) -> list[str]:
    """The labels of all versions up to `today`: amendments, and fallbacks that came into force."""
    return [
        label
        for version in versions(frame.signed)
        if version.since is not None and version.since <= (today or date.min)
        for label in version.label.split(", ")
        if label and label != AS_SIGNED
    ]


def _version(frame: Frame, today: date | None) -> str:
    """The version for header and footer: "as signed + A1 + fallback desk-hours"."""
    parts = [frame.word("version.short-signed")]
    for label in _passed(frame, today):
        kind, _, name = label.partition(" ")
        parts.append(frame.word("version.short-fallback", name=name) if kind == "fallback" else phrases.clean(label))
    return " + ".join(parts)


def _version_words(frame: Frame, today: date | None) -> str:
    """Which amendments and fallbacks are worked into the text, for the cover."""
    named = [_version_part(frame, label) for label in _passed(frame, today)]
    if not named:
        return frame.word("version.signed")
    return frame.word("version.amended", list=format.listing(named, frame.language))


def _version_part(frame: Frame, label: str) -> str:
    kind, _, name = label.partition(" ")
    if kind != "fallback":
        return Marked(phrases.clean(label))
    title = refer.title(frame.signed, "passage", name, frame.language)
    return frame.word("version.fallback", title=title)


def _meta(frame: Frame, today: date | None, status: str, notice: str) -> Meta:
    contract = frame.contract
    known = status in ("draft", "proposal", "final", "signed")
    return Meta(
        identifier=contract.name,
        title=contract.title,
        author=contract.party("supplier").title,
        language=frame.language,
        version=_version(frame, today),
        status=frame.word(f"status.{status}") if known else status,
        dated=frame.day,
        source_hash=contract.source_hash,
        labels=tuple((key, frame.word(f"label.{key}")) for key in _LABELS),
        notice=notice,
    )
