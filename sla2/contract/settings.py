"""Settings: the lines of blocks that a change or a passage replaces by a fragment of the same kind of block.

In: a `Contract`, the short name of a block, a `SettingTerm`. Out: the `Contract` with the fields of that term replaced.
`lines` uses it. It knows which label sets which fields, and nothing about dates.
"""

from __future__ import annotations

from sla2.contract.contract import Contract
from sla2.contract.credits import Credits
from sla2.contract.level import BoundTarget, OpenTarget, Target
from sla2.contract.passage import HeadTerms, SettingTerm
from sla2.contract.relations import LocalTexts, Promise, Survey, Updates, ZeroRepeat

Trust = Updates | ZeroRepeat | Promise | Survey

_OTHER_FIELDS: dict[str, tuple[str, ...]] = {
    "earlier periods": ("averaged_with_previous",),
    "used by a claim": ("used_once",),
    "maximum exposure": ("exposures",),
    "beyond that": ("beyond_counts",),
    "judged at": ("confidence",),
}
"""Labels whose field is not called like them."""

OF_CREDITS = (
    "base",
    "each",
    "gives",
    "takes",
    "pays if",
    "repeat",
    "claim",
    "earn back",
    "paid as",
    "combine",
    "eligible",
    "before first use",
    "used by a claim",
)
"""The labels of lines of credits and bonuses, beside caps and tiers."""

_COLLECTIONS = (
    "levels",
    "credits",
    "bonuses",
    "exclusions",
    "clock_stops",
    "terminations",
    "updates",
    "repeats",
    "promises",
    "surveys",
)
_WITH_TEXTS = ("clauses", "obligations", "principles", "promises", "exit_plans")
_TRUST = ("updates", "repeats", "promises", "surveys")


def fields_of(label: str) -> tuple[str, ...]:
    """The fields that a line sets in the model of its block."""
    return _OTHER_FIELDS.get(label, (label.replace(" ", "_"),))


def put_setting(contract: Contract, name: str, term: SettingTerm) -> Contract:
    """`contract` with the fields of `term` in the block called `name`; unchanged if there is no such block."""
    values = {field: getattr(term.values, field) for field in term.fields}
    if isinstance(term.values, HeadTerms):
        return contract.model_copy(update=values) if name == contract.name else contract
    updated: dict[str, object] = {}
    for collection in _COLLECTIONS:
        blocks = getattr(contract, collection)
        if any(_is(block, name, term) for block in blocks):
            updated[collection] = tuple(
                block.model_copy(update=values) if _is(block, name, term) else block for block in blocks
            )
    return contract.model_copy(update=updated) if updated else contract


def _is(block: object, name: str, term: SettingTerm) -> bool:
    if type(block) is not type(term.values) or getattr(block, "name", None) != name:
        return False
    return not isinstance(block, Credits) or not isinstance(term.values, Credits) or block.bonus == term.values.bonus


def put_texts(contract: Contract, name: str, texts: LocalTexts) -> Contract:
    """`contract` with the texts of a clause or another block of words replaced, language by language."""
    updated: dict[str, object] = {}
    for collection in _WITH_TEXTS:
        blocks = getattr(contract, collection)
        if any(block.name == name for block in blocks):
            updated[collection] = tuple(
                block.model_copy(update={"texts": _merged(block.texts, texts)}) if block.name == name else block
                for block in blocks
            )
    return contract.model_copy(update=updated) if updated else contract


def _merged(former: LocalTexts, texts: LocalTexts) -> LocalTexts:
    new = dict(texts)
    kept = tuple((language, new.pop(language, text)) for language, text in former)
    return (*kept, *new.items())


def trust_blocks(contract: Contract) -> tuple[Trust, ...]:
    """The blocks of trust that have a target."""
    return (*contract.updates, *contract.repeats, *contract.promises, *contract.surveys)


def put_bar(contract: Contract, name: str, target: Target) -> Contract:
    """`contract` with the target of a block of trust replaced; unchanged for a target that such a block cannot have."""
    if not isinstance(target, BoundTarget | OpenTarget):
        return contract
    plain = isinstance(target, BoundTarget) and target.comparison == "at least" and target.percent is not None
    values: dict[str, object] = {"target": None, "bar": target}
    if plain and isinstance(target, BoundTarget):
        values = {"target": target.percent, "bar": None}
    updated = {
        collection: tuple(
            block.model_copy(update=values) if block.name == name else block for block in getattr(contract, collection)
        )
        for collection in _TRUST
    }
    return contract.model_copy(update=updated)
