"""Settings in words: any line that a change or a passage replaces, said by the sentences of the block it belongs to.

In: a `SettingTerm`, a value of a passage, the lines of a block that passages hold open. Out: marked text and sentences.
The block is worded with the setting and without it; what only the first says is what the setting means. So a setting
and the line it replaces are never worded in two ways. It runs under passages, amendments and drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.credits import Credits
from sla2.contract.level import Level
from sla2.contract.passage import HeadTerms, SettingTerm
from sla2.contract.relations import Promise, Survey, Updates, ZeroRepeat
from sla2.contract.rights import Termination
from sla2.contract.settings import fields_of
from sla2.contract.surroundings import ClockStop, Exclusion
from sla2.words import calendars, credits, format, levels, parties, phrases, refer, relations, rights, targets
from sla2.words.phrases import Marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Held
    from sla2.contract.passage import Filling, Fragment
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

_SAID = ("target", "minimum", "expected", "hours", "down when", "tiers")
"""Lines whose own sentence says what fills them."""


def filling_words(filling: Filling, contract: Contract, language: Language) -> Sentence:
    """A value of an open passage as a phrase."""
    return phrases.parse_as_is(filling_marked(filling, contract, language))


def filling_marked(filling: Filling, contract: Contract, language: Language) -> Marked:
    """`filling_words` as marked text."""
    match filling:
        case SettingTerm():
            return setting_marked(filling, contract, language)
    return targets.filling_marked(filling, contract, language)


def setting_marked(term: SettingTerm, contract: Contract, language: Language) -> Marked:
    """What a setting means: the sentences that its block has only with it; as written where it has no such sentence."""
    base = _block(term, contract)
    without = {field: type(base).model_fields[field].get_default() for field in term.fields}
    values = {field: getattr(term.values, field) for field in term.fields}
    before = {one.plain for one in _sentences(base.model_copy(update=without), contract, language)}
    said = [
        one
        for one in _sentences(base.model_copy(update=values), contract, language)
        if one.plain not in before and not _beside(one.topic, term.fields)
    ]
    text = phrases.together(*(phrases.marked(one) for one in said))
    return Marked(text.removesuffix(".")) if text else Marked(format.quoted(term.written, language))


def _beside(topic: str, fields: tuple[str, ...]) -> bool:
    """True for a sentence that only stands beside the setting: what stays unsaid, and the base of an amount."""
    return topic.startswith("silent-") or (topic == "base" and "base" not in fields)


def _block(term: SettingTerm, contract: Contract) -> Fragment:
    """The block that the setting is about, as it stands in the contract; the fragment where it has none."""
    found = term.values
    blocks: tuple[Fragment, ...] = (
        *contract.levels,
        *contract.credits,
        *contract.bonuses,
        *contract.exclusions,
        *contract.clock_stops,
        *contract.terminations,
        *contract.updates,
        *contract.repeats,
        *contract.promises,
        *contract.surveys,
    )
    if isinstance(found, HeadTerms):
        return found
    return next((one for one in blocks if type(one) is type(found) and _name(one) == found.name), found)


def _name(block: Fragment) -> str:
    return "" if isinstance(block, HeadTerms) else block.name


def _sentences(block: Fragment, contract: Contract, language: Language) -> tuple[Sentence, ...]:
    match block:
        case Level():
            return levels.level_sentences(contract, block, language)
        case Credits():
            return credits.credits_sentences(contract, block, language)
        case Exclusion():
            return (calendars.exclusion_sentence(block, contract, language),)
        case ClockStop():
            return (calendars.clock_stop_sentence(block, language),)
        case Termination():
            return rights.right_sentences(contract, block, language)
        case Updates():
            return (relations.updates_sentence(block, contract, language),)
        case ZeroRepeat():
            return (relations.repeat_sentence(block, contract, language),)
        case Promise():
            return (relations.promise_sentence(block, contract, language),)
        case Survey():
            return (relations.survey_sentence(block, contract, language),)
        case HeadTerms():
            return _head(block, contract, language)


def _head(terms: HeadTerms, contract: Contract, language: Language) -> tuple[Sentence, ...]:
    fields = ("term", "renewal", "money_rounding", "records", "exposures")
    values = {field: getattr(terms, field) for field in fields}
    values["term"] = terms.term or contract.term
    changed = contract.model_copy(update=values)
    records = parties.records_sentence(changed, language)
    said = parties.party_sentences(changed, language)
    more = [records] if records is not None else []
    if terms.money_rounding is not None:
        step = format.amount(terms.money_rounding.step, contract.currency or "", language)
        more.append(phrases.say(language, "passage.line.money-rounding", step=step))
    return (*said, *more)


def line_label(line: str, language: Language) -> Marked:
    """The name of a line of the contract language in words, as in a comparison of two contracts."""
    if line == "each":
        return phrases.render(language, "passage.line.each")
    field = fields_of(line)[0]
    return phrases.render(language, f"diff.label.{field}") if phrases.has(f"diff.label.{field}") else Marked(line)


def open_sentences(contract: Contract, block: str, held: tuple[Held, ...], language: Language) -> tuple[Sentence, ...]:
    """The lines of a block that a passage holds open or has filled, and that have no sentence of their own for it.

    `held` are the records of the block itself; those of blocks that keep none stand in the contract.
    """
    return tuple(phrases.parse(text, topic) for topic, text in _opened(contract, block, held, language))


def _opened(contract: Contract, block: str, held: tuple[Held, ...], language: Language) -> Iterator[tuple[str, Marked]]:
    for opened in contract.opened:
        if opened.block == block:
            passage = refer.block(contract, "passage", opened.passage, language)
            label = line_label(opened.line, language)
            said = phrases.render(language, "passage.line.open", line=label, passage=passage)
            interim = next((one.interim for one in contract.passages if one.name == opened.passage), None)
            if interim is not None:
                filling = filling_marked(interim, contract, language)
                said = phrases.together(said, phrases.render(language, "level.target.open.until", filling=filling))
            yield f"open-{opened.line.replace(' ', '-')}", said
    others = tuple(one.held for one in contract.held if one.block == block)
    for record in (*held, *others):
        if record.line in _SAID or record.line.startswith("cap"):
            continue
        note = targets.held_sentence(contract, record, language)
        label = line_label(record.line, language)
        yield (
            f"held-{record.line.replace(' ', '-')}",
            phrases.render(language, "passage.line.held", line=label, note=note),
        )
