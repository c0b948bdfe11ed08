"""The fixed order of operations in words: the introduction and one line per step that the contract can need.

In: a contract, as signed or folded to a day. Out: sentences with topics. It runs for drafts. The order itself is that
of `settle`; a contract that needs no money or has no outages skips the steps about them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import get_currency_precision

from sla2.words import format, phrases
from sla2.words.phrases import Marked

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

ORDER = (
    "clip",
    "union",
    "exclusions",
    "minimum",
    "minutes",
    "weight",
    "denominator",
    "earlier",
    "rounding",
    "tier",
    "base",
    "unit-rounding",
    "cap-case",
    "cap-period",
    "pool",
    "combination",
    "exposure",
    "pays-if",
    "claim",
    "earn-back",
)
_OUTAGE_STEPS = ORDER[: ORDER.index("denominator")]
_MONEY_STEPS = ORDER[ORDER.index("tier") :]
_INTERVALS = ("availability", "number of outages", "longest outage", "mean time between failures")


def order_sentences(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """The fixed order of operations: the introduction, then one line per step."""
    step = format.amount(_money_step(contract), contract.currency or "", language)
    intro = "credits.order.intro-bonus" if contract.bonuses else "credits.order.intro"
    lines = [phrases.say(language, intro, topic="order")]
    names = _steps(contract)
    for name in names:
        text = phrases.render(language, f"credits.order.{name}", step=step)
        if name == names[-1]:
            text = Marked(text.rstrip(";.") + ".")
        lines.append(phrases.parse_as_is(text, f"order-{name}"))
    return tuple(lines)


def _steps(contract: Contract) -> tuple[str, ...]:
    """The steps that this contract can need; those about outages and money only where it has any."""
    blocks = (*contract.credits, *contract.bonuses)
    none = {
        *(_OUTAGE_STEPS if not any(level.measure in _INTERVALS for level in contract.levels) else ()),
        *(_MONEY_STEPS if not blocks else ()),
        *(("earlier",) if not any(level.averaged_with_previous for level in contract.levels) else ()),
        *(("pool",) if not any(block.takes for block in blocks) else ()),
        *(("exposure",) if not contract.exposures else ()),
        *(("earn-back",) if not any(block.earn_back for block in blocks) else ()),
        *(("combination",) if not any(block.combine for block in blocks) else ()),
        *(("cap-case",) if not any(cap.per in ("case", "outage") for block in blocks for cap in block.caps) else ()),
    }
    return tuple(name for name in ORDER if name not in none)


def _money_step(contract: Contract) -> Decimal:
    if contract.money_rounding is not None:
        return contract.money_rounding.step
    return Decimal(1).scaleb(-get_currency_precision(contract.currency or ""))
