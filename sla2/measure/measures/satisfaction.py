"""satisfaction: the mean score of a survey, or the share of those who are satisfied.

Rows: `surveys`. Steps: answers of the customer about the service, the last one of each respondent, item and ticket
in the period, mean or share. Proof: number of answers; the answers are anonymous. Naive twin: `naive_rows`. Words:
`level.subject`.

In: a `RowSource`. Out: measurements and findings. A target in percent is the share of answers from the score on
that the contract's survey calls satisfied; any other is the mean. The items are those of the contract's surveys,
all items if it has none. Fewer respondents than `show from:` are not shown: insufficient data.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget
from sla2.measure.measurement import Counts, Measurement
from sla2.measure.plain_rows import answers
from sla2.measure.row_source import MANY, measurement, services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.plain_rows import Answer
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource


def measured(source: RowSource) -> tuple[Measurement, ...]:
    """The measurements of all levels with this measure."""
    terms = source.terms("satisfaction")
    rows = answers(source.fetch, source.plan.as_of) if terms else ()
    found: list[Measurement] = []
    for one, period in source.plan.judged(terms):
        if not source.kept("surveys"):
            source.say_no_evidence(one, "surveys")
        mine = _mine(source, one, rows)
        for row in mine:
            source.mark("surveys", row.number, "judged" if period.start <= row.at < period.end else "out of period")
        found.append(_measure(one, period, mine))
    return tuple(found)


def items(contract: Contract) -> tuple[str, ...]:
    """The items of the contract's surveys that have a scale."""
    return tuple(item.name for survey in contract.surveys if survey.scale_high is not None for item in survey.items)


def satisfied_from(contract: Contract) -> dict[str, Fraction]:
    """From which score on somebody is satisfied, by item."""
    return {
        item.name: Fraction(survey.satisfied_from)
        for survey in contract.surveys
        if survey.satisfied_from is not None
        for item in survey.items
    }


def shares(terms: LevelTerms) -> bool:
    """True if the level is about the share of satisfied answers, False for the mean score."""
    return isinstance(terms.level.target, BoundTarget) and terms.level.target.percent is not None


def _mine(source: RowSource, terms: LevelTerms, rows: Sequence[Answer]) -> list[Answer]:
    """The customer's answers about the service; answers to items that the contract does not have are named."""
    names = services(terms.contract, terms.level.service)
    known = items(terms.contract)
    mine = [
        row
        for row in rows
        if (row.service or "") in names and row.party in (None, "customer") and row.about in (None, "supplier")
    ]
    for row in mine:
        source.mark("surveys", row.number, "refused" if known and row.item not in known else "out of period")
    strange = Counter(row.item for row in mine if known and row.item not in known)
    if strange:
        shown = ", ".join(sorted(strange)[:MANY])
        source.say_unclaimed(terms, sum(strange.values()), f"surveys answer items that no survey asks ({shown})")
    return [row for row in mine if not known or row.item in known]


def _measure(terms: LevelTerms, period: JudgedPeriod, mine: Sequence[Answer]) -> Measurement:
    last = {(row.respondent, row.item, row.ticket): row for row in mine if period.start <= row.at < period.end}
    chosen = list(last.values())
    shown_from = max((survey.show_from or 0 for survey in terms.contract.surveys), default=0)
    number = len(chosen)
    if number and len({row.respondent for row in chosen}) < shown_from:
        return measurement(terms, "", period, None, part=(number, number), standing="insufficient data")
    if not number:
        return measurement(terms, "", period, None)
    if not shares(terms):
        mean = sum((Fraction(row.score) for row in chosen), Fraction(0)) / number
        return measurement(terms, "", period, mean, part=(number, number), counts=Counts(met=number))
    limits = satisfied_from(terms.contract)
    met = sum(row.item in limits and Fraction(row.score) >= limits[row.item] for row in chosen)
    counts = Counts(met=met, missed=number - met)
    return measurement(terms, "", period, Fraction(met, number), part=(met, number), counts=counts)
