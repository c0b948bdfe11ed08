"""Obligations, clauses, principles and the trust blocks.

In: their blocks. Out: the models of `contract/relations`.
"""

from __future__ import annotations

from decimal import Decimal

from sla2.contract.codes import DUPLICATE_NAME
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.level import BoundTarget
from sla2.contract.names import meant
from sla2.contract.quantity import Figure, Number
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import target, when
from sla2.contract.reader.texts import local_texts
from sla2.contract.relations import (
    Answer,
    CheckedBy,
    Clause,
    Due,
    ExitPlan,
    Goal,
    Impact,
    ImpactFloor,
    Improvement,
    Obligation,
    Principle,
    Promise,
    Review,
    Scorecard,
    Survey,
    SurveyItem,
    Updates,
    ZeroRepeat,
)
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MoneyValue,
    Name,
    NumberValue,
    PercentValue,
    Phrase,
    Text,
    Word,
)

_CHECKING = ("level", "updates", "zero repeat", "survey", "promise", "improvement")


def obligation(desk: Desk, block: Block) -> Obligation | None:
    """`obligation`."""
    lines = Lines(desk, block)
    if not lines.need("duty of: supplier", "obligation_duty_of"):
        return None
    failing = lines.phrase("obligation_failing_that")
    stops = next((node for node in failing.args if isinstance(node, Name)), None) if failing is not None else None
    return Obligation(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        duty_of=lines.word("obligation_duty_of"),
        due=_due(lines),
        failing_stops=desk.ref(stops, "clock stop") if stops is not None else None,
        failing_approved=failing is not None and failing.form == "failing_deemed_approved",
        checked_by=_checked_by(lines, "obligation_checked_by"),
        retained=_marked(lines, "obligation_retained"),
        asset=_marked(lines, "obligation_asset"),
        texts=local_texts(lines),
        retained_what=lines.text("obligation_retained"),
        asset_what=lines.text("obligation_asset"),
    )


def _marked(lines: Lines, form: str) -> bool:
    """`retained: yes`, `retained: "…"` or the bare word; not `retained: no`."""
    return lines.one(form) is not None and lines.word(form) != "no"


def _due(lines: Lines) -> Due | None:
    statement = lines.one("obligation_due")
    match statement.args if statement is not None else ():
        case (DateValue() as day,) if statement is not None:
            return Due(span=statement.span, day=lines.desk.date(day))
        case (Phrase(args=(DurationValue() as node, Text() as after)),) if statement is not None:
            within = lines.desk.calendar_span(node)
            return Due(span=statement.span, within=within, after=lines.desk.line(after))
    return None


def _checked_by(lines: Lines, form: str) -> CheckedBy | None:
    statement = lines.one(form)
    match statement.args if statement is not None else ():
        case (Phrase(form="checked_by_ledger", args=(Word(text=kind),)),) if statement is not None:
            return CheckedBy(span=statement.span, ledger_kind=kind)
        case (Name() as name,) if statement is not None:
            found = lines.desk.ref(name, *_CHECKING)
            return CheckedBy(span=statement.span, level=found) if found is not None else None
    return None


def clause(desk: Desk, block: Block) -> Clause:
    """`clause`."""
    lines = Lines(desk, block)
    lines.need('text en: "…"', "text")
    return Clause(span=block.header, name=lines.name, title=lines.heading, texts=local_texts(lines))


def principle(desk: Desk, block: Block) -> Principle:
    """`principle`."""
    lines = Lines(desk, block)
    lines.need('text en: "…"', "text")
    return Principle(span=block.header, name=lines.name, title=lines.heading, texts=local_texts(lines))


def judged(lines: Lines) -> dict[str, object]:
    """The bar of a block of trust and the confidence at which it is judged, by the fields of its model."""
    confidence = lines.percent("trust_judged_at")
    phrase = lines.phrase("trust_target")
    found = target(lines.desk, phrase, None) if phrase is not None else None
    if isinstance(found, BoundTarget) and found.comparison == "at least" and found.percent is not None:
        return {"target": found.percent, "confidence": confidence}
    return {"target": None, "bar": found, "confidence": confidence}


def updates(desk: Desk, block: Block) -> Updates | None:
    """`updates`."""
    lines = Lines(desk, block)
    complete = lines.need("by: supplier", "updates_by")
    complete &= lines.need("first within: 15 elapsed minutes", "updates_first_within", "updates_then_every")
    chosen = lines.one("updates_when")
    if not complete:
        return None
    return Updates(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        by=lines.word("updates_by"),
        when=when(desk, block, chosen.args) if chosen is not None else None,
        **rhythm_of(lines),
        **judged(lines),
    )


def rhythm_of(lines: Lines) -> dict[str, object]:
    """How soon and how often news is owed, by the fields of `Updates`."""
    return {
        "first_within": lines.duration("updates_first_within"),
        "then_every": lines.duration("updates_then_every"),
    }


def zero_repeat(desk: Desk, block: Block) -> ZeroRepeat:
    """`zero repeat`."""
    lines = Lines(desk, block)
    lines.need("within: 30 days", "zero_repeat_within")
    return ZeroRepeat(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        within=lines.duration("zero_repeat_within"),
        same=lines.names("zero_repeat_same"),
        **judged(lines),
    )


def impact(desk: Desk, block: Block) -> Impact:
    """`impact`: floors in the order of the file."""
    lines = Lines(desk, block)
    lines.need("users from 100: P1", "impact_from")
    floors: list[ImpactFloor] = []
    for statement in lines.forms("impact_from", "impact_below"):
        match statement.args:
            case (Word(text=unit), NumberValue() as node, Name(text=priority)):
                below, number = statement.form == "impact_below", desk.whole(node)
                floors.append(
                    ImpactFloor(span=statement.span, number=number, below=below, priority=priority, unit=unit)
                )
    units = sorted({floor.unit for floor in floors})
    if len(units) > 1:
        message = f"{lines.title} counts in {' and in '.join(units)}; a number of one is not comparable with the other."
        desk.say(IMPOSSIBLE_VALUE.at(block.header, message, help="Count in one unit, or make two impact blocks."))
    return Impact(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        floors=tuple(floors),
        stated_by=lines.word("impact_stated_by"),
        correct_within=lines.duration("impact_correct_within"),
        prevails_over=lines.word("impact_prevails_over"),
    )


def promise(desk: Desk, block: Block) -> Promise | None:
    """`promise`."""
    lines = Lines(desk, block)
    if not lines.need("by: both", "promise_by"):
        return None
    return Promise(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        by=lines.word("promise_by"),
        checked_by=_checked_by(lines, "promise_checked_by"),
        **judged(lines),
        texts=local_texts(lines),
    )


def survey(desk: Desk, block: Block) -> Survey:
    """`survey`."""
    lines = Lines(desk, block)
    lines.need("asks: customer, supplier", "survey_asks")
    lines.need('item trust: "The other party tells us bad news in time." for delight.trust', "survey_item")
    items: dict[str, SurveyItem] = {}
    for statement in lines.all("survey_item"):
        match statement.args:
            case (Name(text=name) as place, Text() as question, Word(text=topic)):
                if name in items:
                    message = f"{lines.title} has two items called {name}."
                    desk.say(DUPLICATE_NAME.at(place.span, message, help="Give one of them another name."))
                asked = desk.line(question)
                items.setdefault(name, SurveyItem(span=statement.span, name=name, question=asked, topic=topic))
    scale = [desk.whole(node) for node in lines.args("survey_scale") if isinstance(node, NumberValue)]
    if scale and not scale[0] < scale[2] <= scale[1]:
        message = f"A scale from {scale[0]} to {scale[1]} with satisfied from {scale[2]} cannot be."
        remedy = "Write for instance `scale: 1 to 10, satisfied from 7`."
        desk.say(IMPOSSIBLE_VALUE.at(block.header, message, help=remedy))
    low, high, satisfied = scale or (None, None, None)
    return Survey(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        asks=tuple(node.text for node in lines.args("survey_asks") if isinstance(node, Word)),
        every=_every(lines, "survey_every"),
        items=tuple(items.values()),
        scale_low=low,
        scale_high=high,
        satisfied_from=satisfied,
        show_from=lines.whole("survey_show_from"),
        **judged(lines),
    )


def _every(lines: Lines, form: str) -> str | None:
    """`quarter`, or a duration such as `6 weeks`."""
    duration = lines.duration(form)
    return lines.word(form) or (str(duration) if duration is not None else None)


def review(desk: Desk, block: Block) -> Review:
    """`review`."""
    lines = Lines(desk, block)
    lines.need("every: quarter", "review_every")
    return Review(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        every=_every(lines, "review_every"),
        present=tuple(node.text for node in lines.args("review_present") if isinstance(node, Word)),
        actions_in=lines.word("review_actions_in"),
    )


def goal(desk: Desk, block: Block) -> Goal | None:
    """`goal`: figures with a unit keep their number."""
    lines = Lines(desk, block)
    complete = lines.need("of: customer", "goal_of")
    complete &= lines.need('figure: "calls per user" from 1.8 to 1.2 by 2027-02-01', "goal_figure")
    if not complete:
        return None
    match lines.args("goal_figure"):
        case (Text() as figure, start, end, DateValue() as day):
            return Goal(
                span=block.header,
                name=lines.name,
                title=lines.heading,
                of=lines.word("goal_of"),
                figure=desk.line(figure),
                start=_figure(desk, start),
                goal=_figure(desk, end),
                by=desk.date(day),
            )
    return None


def _figure(desk: Desk, node: object) -> Figure:
    match node:
        case PercentValue():
            return desk.percent(node)
        case DurationValue():
            return desk.duration(node) or Number(value=node.value)
        case MoneyValue():
            return desk.money(node)
        case NumberValue(value=value):
            return Number(value=value)
    return Number(value=Decimal(0))


def improvement(desk: Desk, block: Block) -> Improvement | None:
    """`improvement`."""
    lines = Lines(desk, block)
    complete = lines.need("of: resolve-p2", "improvement_of")
    complete &= lines.need("direction: down", "improvement_direction")
    level, periods = lines.ref("improvement_of", "level"), lines.whole("improvement_over")
    if not complete or level is None:
        return None
    return Improvement(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        of=level,
        direction=lines.word("improvement_direction"),
        over_periods=periods,
        shown_at=lines.percent("improvement_shown_at"),
    )


MODELS = ("opmm", "itx", "vendor-switch", "tri-m", "hard-factors", "expectation-gap", "own")
"""The scorecard models that a contract may name; `own` is one that the parties made themselves."""


def scorecard(desk: Desk, block: Block) -> Scorecard | None:
    """`scorecard`: the answers in the order of the file."""
    lines = Lines(desk, block)
    complete = lines.need("model: opmm", "scorecard_model")
    model = next((node for node in lines.args("scorecard_model") if isinstance(node, Name)), None)
    if model is not None and model.text not in MODELS:
        message = f"There is no scorecard model called {model.text}."
        desk.say(IMPOSSIBLE_VALUE.at(model.span, message, help=meant(model.text, MODELS)))
    statements = lines.all("scorecard_answers")
    found = (_answer(desk, node) for statement in statements for node in statement.args if isinstance(node, Phrase))
    if not complete or model is None:
        return None
    return Scorecard(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        model=model.text,
        answers=tuple(answer for answer in found if answer is not None),
        next_step=lines.text("scorecard_next_step"),
    )


def _answer(desk: Desk, phrase: Phrase) -> Answer | None:
    match phrase.form, phrase.args:
        case "answer", (Word(text=what), NumberValue(value=number)):
            return Answer(span=phrase.span, what=what, number=number)
        case "answer", (Word(text=what), Text() as words):
            return Answer(span=phrase.span, what=what, text=desk.line(words))
        case "answer_from", (Word(text=what), Word(text=source)):
            return Answer(span=phrase.span, what=what, source=source)
    return None


def exit_plan(desk: Desk, block: Block) -> ExitPlan:
    """`exit plan`."""
    lines = Lines(desk, block)
    return ExitPlan(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        clause=lines.ref("exit_plan_clause", "clause"),
        tested_every=lines.duration("exit_plan_tested_every"),
        lessons=lines.text("exit_plan_lessons"),
        texts=local_texts(lines),
    )
