"""The checklists that `requires:` names: what a contract of a kind must hold, item by item.

In: a contract. Out: for each item whether a modelled construct answers it, and the words by which a clause, obligation
or promise is known that does. It runs inside `requirement_not_met`. It judges presence, never whether a clause says
enough: that is for a lawyer. Sources: Regulation (EU) 2022/2554 (DORA), article 30(2), read; article 30(3) and
ISO/IEC 19086 from summaries only, which `verified` tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.contract.contract import Contract


def _never(contract: Contract) -> bool:
    return False


def _levels(contract: Contract) -> bool:
    return any(level.target is not None for level in contract.levels)


def _rights(contract: Contract) -> bool:
    """Rights to terminate, and a shortest notice, of a right or of the term."""
    noticed = any(right.notice is not None for right in contract.terminations)
    of_term = contract.term is not None and contract.term.notice is not None
    return bool(contract.terminations) and (noticed or of_term)


def _described(contract: Contract) -> bool:
    return bool(contract.services) and all(service.description for service in contract.services)


def _exit(contract: Contract) -> bool:
    return bool(contract.exit_plans)


def _precise(contract: Contract) -> bool:
    """Every level has a target, and none is reported only or left open without a rule."""
    return bool(contract.levels) and all(level.target is not None or level.report_only for level in contract.levels)


@dataclass(frozen=True, slots=True)
class Item:
    """One item: what is asked for, how a clause on it is known, what else answers it, and what to add."""

    what: str
    names: str
    remedy: str
    present: Callable[[Contract], bool] = _never


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist; `verified` is False where only a summary of the text was read."""

    title: str
    items: tuple[Item, ...]
    verified: bool = True


_DORA_2 = (
    Item(
        "(a) a full description of the services",
        r"30-2-a|description|omschrijving|beschreibung",
        'a `description:` to each service, or a clause such as `clause service-description "…"`',
        _described,
    ),
    Item(
        "(a) whether and under which conditions parts may be subcontracted",
        r"sub-?contract|onderaann|unterauftrag|sub-?outsourc",
        'a clause such as `clause subcontracting "Subcontracting"`',
    ),
    Item(
        "(b) the places where the service is given and data is kept, and notice of a change of them",
        r"30-2-b|location|locatie|standort|where the data|data residency|regions?\b",
        'a clause such as `clause data-locations "Where the data is kept"`',
    ),
    Item(
        "(c) the availability, authenticity, integrity and confidentiality of data",
        r"30-2-c|confidential|integrity|data.protection|security|vertrouwelijk|beveilig|gegevensbescherming"
        r"|vertraulich|sicherheit|datenschutz",
        'a clause such as `clause data-protection "Protection of data"`',
    ),
    Item(
        "(d) access to data, and its return in an accessible format if the supplier fails or the contract ends",
        r"30-2-d|return|access to (?:the )?data|hand-?over|\bexit|teruggave|overdracht|rückgabe|herausgabe",
        'an `exit plan`, or a clause such as `clause data-return "Return of data"`',
        _exit,
    ),
    Item("(e) service levels", r"30-2-e|service.?level", "a `level` with a target for each service", _levels),
    Item(
        "(f) help of the supplier in an ICT incident, at no extra cost or at a cost fixed beforehand",
        r"30-2-f|incident.?(?:assist|help|support)|(?:assist|help|support)\w* (?:in|during) (?:an? )?incident"
        r"|bijstand|unterstützung",
        'an obligation such as `obligation incident-assistance "Help in incidents at no extra cost"`',
    ),
    Item(
        "(g) cooperation with the supervisor and other authorities",
        r"30-2-g|authorit|supervis|toezicht|aufsicht|behörde",
        'an obligation such as `obligation authorities "Cooperation with authorities"`',
    ),
    Item(
        "(h) rights to terminate and the shortest notice",
        r"30-2-h|terminat|opzeg|beëindig|kündig",
        "a `termination` block with `notice:`, or a clause on it",
        _rights,
    ),
    Item(
        "(i) the supplier's part in training and security awareness",
        r"30-2-i|training|awareness|opleiding|bewust|schulung|sensibilis",
        'an obligation such as `obligation training "Security training"`',
    ),
)
_DORA_3 = (
    Item(
        "precise targets for each level, in figures",
        r"30-3-a",
        "a target to each level, and figures in place of words",
        _precise,
    ),
    Item(
        "reports and notice of what may affect the service", r"30-3-b|report|rapport|bericht", "an obligation to report"
    ),
    Item(
        "contingency plans, and their tests", r"30-3-c|contingen|continu|nood|notfall", "a clause on contingency plans"
    ),
    Item(
        "part in penetration tests led by threats", r"30-3-d|penetration|tlpt|red.team", "a clause on penetration tests"
    ),
    Item("a right of access, inspection and audit", r"30-3-e|audit|inspect|prüfung", "a clause on audits"),
    Item("an exit with a period of transition", r"30-3-f|\bexit|transition", "an `exit plan` block", _exit),
)
_ISO = (
    Item("the services that are covered", r"covered|scope", "a `description:` to each service", _described),
    Item("the definitions", r"definition|definitie|begriff", 'a clause such as `clause definitions "Definitions"`'),
    Item("the documents that belong to the agreement", r"document", 'a clause such as `clause documents "Documents"`'),
    Item("objectives in figures", r"objective", "a `level` with a target for each service", _levels),
)

CHECKLISTS: dict[tuple[str, str], Checklist] = {
    ("dora", "30.2"): Checklist("DORA article 30(2)", _DORA_2),
    ("dora", "30.3"): Checklist("DORA article 30(3)", _DORA_3, verified=False),
    ("iso", "19086"): Checklist("ISO/IEC 19086", _ISO, verified=False),
}
"""By profile and part, as the `requires:` line names them."""
