"""Rows of the log that name something the contract does not have: exclusions, survey items, passages, fees.

In: the contract as signed and the rows of an engine. Out: one finding for each name, with how many rows bear it. It
runs once for each measurement. Such rows count for nothing; nothing here changes what is measured. Services, priorities
and components have findings of their own, and so have survey items where a level measures satisfaction.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sla2.contract.versions import versions
from sla2.measure.codes_of_rows import NAME_OF_NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

    Fetch = Callable[[str], Sequence[tuple[int | str | None, ...]]]

_NAMES = {
    "exclusion": "SELECT name, count(*) FROM exclusions WHERE name IS NOT NULL GROUP BY name ORDER BY name",
    "survey item": "SELECT item, count(*) FROM surveys WHERE item IS NOT NULL GROUP BY item ORDER BY item",
    "passage": "SELECT id, count(*) FROM ledger WHERE kind = 'passage' AND id IS NOT NULL GROUP BY id ORDER BY id",
    "fee": "SELECT fee, count(*) FROM invoices WHERE fee IS NOT NULL GROUP BY fee ORDER BY fee",
}
_TABLES = {"exclusion": "exclusions", "survey item": "surveys", "passage": "ledger", "fee": "invoices"}


def strange_names(contract: Contract, fetch: Fetch) -> tuple[Diagnostic, ...]:
    """A warning for each name in the log that the contract has under no version."""
    found = []
    satisfied = any(level.measure == "satisfaction" for level in contract.levels)
    for kind, known in _known(contract).items():
        for name, number in fetch(_NAMES[kind]):
            if str(name) not in known and not (satisfied and kind == "survey item"):
                found.append(_finding(contract, kind, str(name), int(number or 0), sorted(known)))
    return tuple(found)


def _known(contract: Contract) -> dict[str, frozenset[str]]:
    """The names of each kind, in the contract as signed and in every version of it."""
    every = (contract, *(version.contract for version in versions(contract)))
    return {
        "exclusion": _all(block.name for one in every for block in one.exclusions),
        "survey item": _all(item.name for one in every for survey in one.surveys for item in survey.items),
        "passage": _all(block.name for one in every for block in one.passages),
        "fee": _all(fee.name for one in every for fee in one.fees),
    }


def _all(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


def _finding(contract: Contract, kind: str, name: str, number: int, known: list[str]) -> Diagnostic:
    rows = "1 row" if number == 1 else f"{number:,} rows"
    verb, them = ("names", "it counts") if number == 1 else ("name", "they count")
    message = (
        f'{rows} of {_TABLES[kind]} {verb} the {kind} "{name}", which the contract does not have; {them} for nothing.'
    )
    near = get_close_matches(name, known, 1, 0.6)
    if near:
        remedy = f"Did you mean {near[0]}? Correct the row."
    elif known:
        remedy = f"The contract has: {', '.join(known)}."
    else:
        remedy = f"Add the {kind} to the contract, or leave the row out."
    return NAME_OF_NOTHING.at(contract.span, message, help=remedy)
