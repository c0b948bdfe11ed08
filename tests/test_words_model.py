"""Every value that the typed contract allows has words: each choice of each line, in all three languages.

The choices are read from the models themselves, so a new one without a phrase fails here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

import contracts
from sla2.contract import credits as money
from sla2.contract import level as levels
from sla2.contract import relations, surroundings
from sla2.contract.credits import Cap, Claim, Each
from sla2.contract.level import BoundTarget, Down, Intake, Level, Period, ShareTarget, StatisticTarget
from sla2.contract.passage import Change
from sla2.contract.passage_state import State
from sla2.contract.quantity import Duration, Money, Percent, Unit
from sla2.settle.verdict import Status
from sla2.words import calendars, clauses, credits, format, order, passages, results
from sla2.words import levels as worded
from sla2.words.amendments import LINES, _verb
from sla2.words.obligations import obligation_sentence
from sla2.words.parties import term_words
from sla2.words.targets import cap_marked, target_words

LANGUAGES: tuple[surroundings.Language, ...] = ("nl", "en", "de")

CONTRACT = contracts.contract(
    """\
level avail "Availability"
  service: hosting
  measure: availability
  down when: any component is down
  target: at least 99.9%
  period: month
end

level p2 "Resolution"
  service: workplace
  measure: resolution time
  when: priority P2
  target: 90% within 4 business hours
  period: month
end

credits c1 "Credits"
  level: avail
  base: fee hosting of the period
  tier: below 99.9% gives 5%
end
"""
)
SPAN = CONTRACT.span
HOURS = Duration(value=Decimal(4), unit="elapsed hour")
PERCENT = Percent(value=Decimal(5))


def choices(model: type, field: str) -> list[str]:
    """The literals that a field of a model may take."""

    def literals(hint: object) -> list[str]:
        if get_origin(hint) is Literal:
            return list(get_args(hint))
        return [one for part in get_args(hint) for one in literals(part)]

    return literals(get_type_hints(model)[field])


def literal_fields(model: type) -> list[tuple[str, str]]:
    return [(field, value) for field in model.__annotations__ for value in choices(model, field)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", ["avail", "p2"])
@pytest.mark.parametrize(("field", "value"), literal_fields(Level))
def test_each_choice_of_a_level(level: str, field: str, value: str, language: surroundings.Language) -> None:
    changed = CONTRACT.level(level).model_copy(update={field: value})
    said = worded.level_sentences(CONTRACT, changed, language)
    assert all(sentence.plain for sentence in said)


TARGETS = [
    *(
        BoundTarget(span=SPAN, comparison=comparison, **{kind: value})
        for comparison in choices(BoundTarget, "comparison")
        for kind, value in (("percent", PERCENT), ("number", Decimal(3)), ("duration", HOURS))
    ),
    BoundTarget(span=SPAN, comparison="at most", duration=Duration(value=Decimal(5), unit="day"), late=True),
    *(StatisticTarget(span=SPAN, statistic=one, within=HOURS) for one in choices(StatisticTarget, "statistic")),
    *(ShareTarget(span=SPAN, share=PERCENT, within=HOURS, every=every) for every in (True, False)),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("measure", get_args(levels.Measure))
def test_each_target_of_each_measure(measure: levels.Measure, language: surroundings.Language) -> None:
    for target in TARGETS:
        level = CONTRACT.level("avail").model_copy(update={"measure": measure, "target": target})
        said = {one.topic: one.plain for one in worded.level_sentences(CONTRACT, level, language)}
        assert said["target"]
        assert target_words(target, CONTRACT, language).plain


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", choices(Period, "unit"))
def test_each_period(unit: str, language: surroundings.Language) -> None:
    length = HOURS if unit in ("rolling", "before claim") else None
    period = Period(span=SPAN, unit=unit, length=length)
    level = CONTRACT.level("avail").model_copy(update={"period": period})
    assert worded.period(CONTRACT, level, language).plain
    assert worded.period_phrase(level, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", get_args(Unit))
def test_each_unit_of_time(unit: Unit, language: surroundings.Language) -> None:
    for number in (Decimal(1), Decimal(2)):
        for case in ("nominative", "dative"):
            assert format.duration(Duration(value=number, unit=unit), language, case)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", choices(Down, "kind"))
def test_each_rule_of_being_down(kind: str, language: surroundings.Language) -> None:
    passage = "p" if kind == "open" else None
    down = Down(span=SPAN, kind=kind, number=2, unit="zones", errors_above=PERCENT, slot=HOURS, passage=passage)
    level = CONTRACT.level("avail").model_copy(update={"down_when": down})
    assert any(one.topic == "down" for one in worded.level_sentences(CONTRACT, level, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("per", choices(Cap, "per"))
def test_each_span_of_a_cap(per: str, language: surroundings.Language) -> None:
    amount = Money(currency="EUR", amount=Decimal(1))
    rolling = HOURS if per == "rolling" else None
    for cap in (
        Cap(span=SPAN, per=per, rolling=rolling, money=amount),
        Cap(span=SPAN, per=per, rolling=rolling, percent_of_base=PERCENT),
    ):
        block = CONTRACT.credits[0].model_copy(update={"caps": (cap,)})
        assert any(one.topic.startswith("cap-") for one in credits.credits_sentences(CONTRACT, block, language))
        assert cap_marked(cap, language)
        holding = CONTRACT.model_copy(update={"credits": (block,)})
        assert clauses.value_of(f"c1 cap per {per}", holding, language)


EACH = (
    "missed case",
    "minute of downtime",
    "below target",
    "started",
    "completed",
    "proportional",
    "day late",
    "point",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", EACH)
def test_each_formula(of: str, language: surroundings.Language) -> None:
    for scope in ("in total", "each outage"):
        each = Each(
            span=SPAN,
            of=of,
            scope=scope,
            step_percent=PERCENT if of == "below target" else None,
            step_duration=HOURS if of in ("started", "completed", "proportional") else None,
            gives_percent=PERCENT if of != "minute of downtime" else None,
            gives_times_fee=Decimal(10) if of == "minute of downtime" else None,
        )
        block = CONTRACT.credits[0].model_copy(update={"tiers": (), "each": (each,)})
        assert any(one.topic == "each-1" for one in credits.credits_sentences(CONTRACT, block, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_of_credits(language: surroundings.Language) -> None:
    block = CONTRACT.credits[0]
    for of in choices(money.Base, "of"):
        length = HOURS if of == "before claim" else None
        base = money.Base(span=SPAN, fees=("hosting", "seats"), of=of, length=length)
        assert credits.credits_sentences(CONTRACT, block.model_copy(update={"base": base}), language)
    for after in choices(Claim, "after"):
        claims = [
            Claim(span=SPAN, by="customer", within=HOURS, after=after),
            *(
                Claim(span=SPAN, by="customer", end_of=end, end_of_nth=nth, after=after)
                for end in ("month", "billing cycle")
                for nth in range(1, 15)
            ),
        ]
        for claim in claims:
            assert credits.credits_sentences(CONTRACT, block.model_copy(update={"claim": claim}), language)
    for how in choices(money.Combine, "how"):
        combine = money.Combine(span=SPAN, how=how, credits=("c1",))
        assert credits.credits_sentences(CONTRACT, block.model_copy(update={"combine": combine}), language)
    for comparison in choices(money.EarnBack, "comparison"):
        back = money.EarnBack(span=SPAN, share=PERCENT, periods=3, comparison=comparison)
        assert credits.credits_sentences(CONTRACT, block.model_copy(update={"earn_back": (back,)}), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", LINES)
def test_each_line_that_an_amendment_changes(line: str, language: surroundings.Language) -> None:
    assert _verb(Change(span=SPAN, block="avail", line=line), CONTRACT, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_verdict_outcome_and_measure(language: surroundings.Language) -> None:
    assert all(passages.state_words(state, language) for state in get_args(State))
    assert all(results.verdict_words(status, language) for status in get_args(Status))
    assert all(results.measure_words(measure, language) for measure in get_args(levels.Measure))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_role_and_each_small_rule(language: surroundings.Language) -> None:
    for role in get_args(surroundings.Role):
        duty = relations.Obligation(
            span=SPAN, name="o", title="O", duty_of=role, due=relations.Due(span=SPAN, within=HOURS)
        )
        assert obligation_sentence(duty, CONTRACT, language).plain
    for per in (None, "month", "quarter", "contract year", "calendar year"):
        out = surroundings.Exclusion(span=SPAN, name="e", title="E", budget=HOURS, budget_per=per)
        assert calendars.exclusion_sentence(out, CONTRACT, language).plain
    intake = Intake(span=SPAN, after=None, counts_as=None)
    level = CONTRACT.level("p2").model_copy(update={"intake": intake})
    assert any(one.topic == "intake" for one in worded.level_sentences(CONTRACT, level, language))


def test_a_term_and_its_renewal_end_on_the_day_before() -> None:
    """The model's end of a term is the first day after it; readers are told the last day of it."""
    assert CONTRACT.term is not None
    assert CONTRACT.term.end == date(2028, 2, 1)
    assert "31\u00a0January 2028" in term_words(CONTRACT.term, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("earned_back", [True, False])
def test_the_order_of_operations_ends_with_one_full_stop(language: surroundings.Language, earned_back: bool) -> None:
    more = "  earn back: 50% after the next 3 periods in a row on target\n" if earned_back else ""
    level = 'level avail "A"\n  service: hosting\n  measure: availability\n  down when: any component is down\n'
    level += "  target: at least 99.9%\n  period: month\nend\n"
    paid = 'credits c "C"\n  level: avail\n  base: fee hosting of the period\n'
    paid += f"  tier: below 99.9% gives 10%\n{more}end\n"
    *before, last = [one.plain for one in order.order_sentences(contracts.contract(level + paid), language)]
    assert last.endswith(".") and not last.endswith((";.", ".."))
    assert all(one.endswith(";") for one in before[1:])
