"""What each side was asked, and how the answers compare with the numbers.

In: the contract's surveys, the answers of the log, compliance. Out: one `Question` and one `Row` per survey, side and
item. In each window the latest answer of a respondent counts, so n is people, not answers: the year is not the sum of
its quarters. Groups smaller than the contract's `show from` carry no figure at all, not even how small they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.trust import evidence
from sla2.trust.combine import compare
from sla2.trust.promises import CONFIDENCE, Tally, standing
from sla2.trust.stream import Stream
from sla2.trust.streams import sides_of
from sla2.trust.surveys import item_result, latest
from sla2.trust.trust import Question, Row

if TYPE_CHECKING:
    from sla2.contract.relations import Survey, SurveyItem
    from sla2.trust.stream import Dimension, Side
    from sla2.trust.streams import Case
    from sla2.trust.surveys import ItemResult

SATISFIED_FROM = 7
SHOW_FROM = 5
_TOPICS: tuple[tuple[str, Dimension], ...] = (
    ("output.competence", "ability"),
    ("output.", "benevolence"),
    ("delight.trust", "integrity"),
    ("delight.", "benevolence"),
    ("", "ability"),
)


def surveys(case: Case, met: bool | None) -> tuple[tuple[Question, ...], tuple[Row, ...]]:
    """All questions of the contract, held against compliance (`met`: every level judged was met; None: none was)."""
    questions: list[Question] = []
    rows: list[Row] = []
    for survey in case.contract.surveys:
        for party in dict.fromkeys(side for role in survey.asks for side in sides_of(role)):
            for item in survey.items:
                question, row = _item(survey, item, party, case, met)
                questions.append(question)
                rows.append(row)
    return tuple(questions), tuple(rows)


def _item(survey: Survey, item: SurveyItem, party: Side, case: Case, met: bool | None) -> tuple[Question, Row]:
    about: Side = "supplier" if party == "customer" else "customer"
    target = survey.target.ratio if survey.target else None
    result = _result(survey, item, party, case, case.start)
    over_year = _result(survey, item, party, case, case.year_start)
    stream = Stream(
        "survey", survey.name, item.question, about, _dimension(item.topic), target, CONFIDENCE, item.span, (),
        () if result.shown or not result.answered else (("too few answers", str(result.show_from)),),
    )  # fmt: skip
    period = standing(_tally(result), target)
    row = Row(stream, period, standing(_tally(over_year), target), ())
    of_supplier = met if about == "supplier" else None
    comparison = "no compliance" if target is None else compare(of_supplier, result.n, period.low, period.high, target)
    return Question(survey.name, item.name, item.question, about, target, result, comparison), row


def _result(survey: Survey, item: SurveyItem, party: Side, case: Case, start: int) -> ItemResult:
    about: Side = "supplier" if party == "customer" else "customer"
    given = latest(
        answer
        for answer in evidence.answers(case.log, about, start, min(case.end, case.as_of))
        if answer.party == party
    )
    cut, show_from = survey.satisfied_from or SATISFIED_FROM, survey.show_from or SHOW_FROM
    return item_result(item.name, party, given, evidence.invited(case.log, party), cut, show_from)


def _tally(result: ItemResult) -> Tally:
    return Tally(result.satisfied, result.n - result.satisfied)


def _dimension(topic: str) -> Dimension:
    return next(dimension for prefix, dimension in _TOPICS if topic.startswith(prefix))
