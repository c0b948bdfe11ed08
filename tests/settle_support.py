"""Small contracts and measurements made by hand, for the tests of settling and reporting. All parties are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sla2.contract.calendar import day_start
from sla2.contract.contract import Contract
from sla2.contract.credits import Base, Credits, Tier
from sla2.contract.level import BoundTarget, Level, Period, ShareTarget, SmallNumbers, When
from sla2.contract.period import JudgedPeriod
from sla2.contract.periods import label as period_label
from sla2.contract.quantity import HOUR, Duration, Money, Percent
from sla2.contract.surroundings import Fee, MoneyRounding, Party, Term
from sla2.diagnostics import Span
from sla2.measure.measurement import Case, Cases, Counts, Measurement, Measurements, Outcome

PATH = "contract.sla"


def at(line: int) -> Span:
    """A line of the invented contract."""
    return Span.of_line(PATH, line)


def percent(text: str) -> Percent:
    return Percent(value=Decimal(text))


def share_target(share: str = "90", hours: int = 4) -> ShareTarget:
    return ShareTarget(span=at(20), share=percent(share), within=Duration(value=Decimal(hours), unit="business hour"))


def at_least(value: str) -> BoundTarget:
    return BoundTarget(span=at(20), comparison="at least", percent=percent(value))


def tier(low: str | None, high: str | None, gives: str, *, low_in: bool = True, high_in: bool = False) -> Tier:
    return Tier(
        span=at(32),
        lower=None if low is None else percent(low),
        lower_included=low_in,
        upper=None if high is None else percent(high),
        upper_included=high_in,
        gives=percent(gives),
    )


def level(**changes: object) -> Level:
    values: dict[str, object] = {
        "span": at(18), "name": "resolve-p2", "title": "Resolution of high-priority incidents", "service": None,
        "measure": "resolution time", "when": When(span=at(19), priorities=("P2",)), "target": share_target(),
        "period": Period(span=at(21), unit="month"), "no_cases": "not judged",
    }  # fmt: skip
    return Level.model_validate({**values, **changes})


def availability(**changes: object) -> Level:
    values: dict[str, object] = {
        "span": at(18), "name": "avail", "title": "Availability", "service": None, "measure": "availability",
        "target": at_least("99.8"), "period": Period(span=at(21), unit="month"),
    }  # fmt: skip
    return Level.model_validate({**values, **changes})


def small(under: int, allow: int | None) -> SmallNumbers:
    return SmallNumbers(span=at(22), under=under, allow_misses=allow)


def fee(amount: str, name: str = "hosting", per: str = "month", since: date | None = None) -> Fee:
    money = Money(currency="EUR", amount=Decimal(amount))
    return Fee.model_validate({"span": at(10), "name": name, "amount": money, "per": per, "valid_from": since})


def base(*names: str, of: str = "period") -> Base:
    return Base.model_validate({"span": at(31), "fees": names, "of": of})


def credit(**changes: object) -> Credits:
    values: dict[str, object] = {
        "span": at(30), "name": "credits-p2", "title": "Credits for resolution", "level": "resolve-p2",
        "base": base("hosting"),
    }  # fmt: skip
    return Credits.model_validate({**values, **changes})


def contract(*, start: date = date(2026, 1, 1), **changes: object) -> Contract:
    values: dict[str, object] = {
        "span": at(3), "path": PATH, "source_hash": "0f" * 32, "name": "VB-1", "title": "Workplace services",
        "customer": "city", "supplier": "acme", "languages": ("nl", "en", "de"), "timezone": "Europe/Amsterdam",
        "currency": "EUR", "term": Term(span=at(8), start=start, end=None), "fees": (fee("10000.00"),),
        "money_rounding": MoneyRounding(span=at(12), step=Decimal("0.01")),
        "parties": (
            Party(span=at(14), name="city", title="City of Sampleton"),
            Party(span=at(16), name="acme", title="Acme Desk Ltd"),
        ),
        "levels": (level(),), "credits": (),
    }  # fmt: skip
    return Contract.model_validate({**values, **changes})


def month(year: int, number: int, zone: str = "Europe/Amsterdam", months: int = 1) -> JudgedPeriod:
    """A whole month, or several."""
    first = date(year, number, 1)
    index = year * 12 + number - 1 + months
    after = date(index // 12, index % 12 + 1, 1)
    return JudgedPeriod(
        start=day_start(first, zone),
        end=day_start(after, zone),
        first=first,
        last=after - timedelta(days=1),
        label=period_label(first, after),
        nominal_days=(after - first).days,
    )


def of_cases(terms: Level, period: JudgedPeriod, met: int, missed: int, **others: int) -> Measurement:
    """A measurement of a share of cases."""
    undecided = others.get("undecided", 0)
    number, all_cases = met + missed, met + missed + undecided
    value = Fraction(met, number) if number else None
    return Measurement(
        level=terms.name,
        unit="",
        period=period,
        version="as signed",
        counts=Counts(met=met, missed=missed, **others),
        numerator=met,
        denominator=number,
        value=value,
        low=Fraction(met, all_cases) if all_cases else None,
        high=Fraction(met + undecided, all_cases) if all_cases else None,
        terms=terms,
    )


def of_time(terms: Level, period: JudgedPeriod, up: int, owed: int, unit: str = "") -> Measurement:
    """A measurement of availability, from microseconds up and owed."""
    value = Fraction(up, owed)
    return Measurement(terms.name, unit, period, "as signed", Counts(), up, owed, value, value, value, terms)


def of_value(terms: Level, period: JudgedPeriod, value: Fraction | None, unit: str = "") -> Measurement:
    """A measurement of which only the value is given."""
    return Measurement(terms.name, unit, period, "as signed", Counts(), 0, 0, value, value, value, terms)


@dataclass(frozen=True)
class Listed(Cases):
    """Cases kept in a list."""

    cases: tuple[Case, ...] = ()

    def of(self, level: str, period: str | None = None, outcome: Outcome | None = None):
        for case in sorted(self.cases, key=lambda one: (one.started, one.ticket)):
            if case.level == level and period in (None, case.period) and outcome in (None, case.outcome):
                yield case

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.ticket_id == ticket_id)


def case(number: int, period: JudgedPeriod, hours: Fraction | int, outcome: Outcome, **changes: object) -> Case:
    """A case of four hours allowed that took so many hours, opened on the second day of the period at 09:00."""
    started = period.start + 33 * HOUR + number * 60_000_000
    elapsed = int(hours * HOUR)
    values: dict[str, object] = {
        "level": "resolve-p2", "unit": "", "ticket": number, "ticket_id": f"INC{number:07d}", "priority": "P2",
        "period": period.label, "started": started, "stopped": started + elapsed, "deadline": started + 4 * HOUR,
        "elapsed": elapsed, "paused": 0, "allowance": 4 * HOUR, "outcome": outcome, "reason": "",
        "version": "as signed", "import_id": 1, "row_no": number + 1,
    }  # fmt: skip
    return Case(**{**values, **changes})  # type: ignore[arg-type]


def measured(terms: Contract, *found: Measurement, cases: tuple[Case, ...] = (), **changes: object) -> Measurements:
    """Measurements up to an as-of instant long after the last period."""
    end = max((one.period.end for one in found), default=0)
    values: dict[str, object] = {"as_of": end + 400 * 24 * HOUR, "pieces": ()}
    values.update(changes)
    return Measurements(contract=terms, measurements=found, cases=Listed(cases), **values)  # type: ignore[arg-type]
