"""What a worked example gives, as a small log or as measurements.

In: a contract and one `Example`. Out: a log with its tickets and outages, measurements for shares and cases that are
given outright, and the contract with the fees that are given. It runs before an example is settled. It judges nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import instant
from sla2.contract.example import GivenCases, GivenFee, GivenFigure, GivenOutage, GivenShare, GivenTicket
from sla2.contract.level import TICKET_MEASURES
from sla2.contract.periods import period_at
from sla2.contract.quantity import SECOND
from sla2.contract.unmeasured import OUTAGE_MEASURES
from sla2.logs.log import log_of
from sla2.measure.measurement import Counts, Measurement
from sla2.settle.given import Invoice
from sla2.settle.spans import add_months
from sla2.settle.terms import Terms
from sla2.settle.tiers import exact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.example import Example
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Fee
    from sla2.logs.log import Cell, Log

_LONG_BEFORE = 365
"""An outage of an example is announced a year before: the example is about the rule, not about the notice."""

_Rows = dict[str, list[dict[str, "Cell"]]]


def months(example: Example) -> tuple[date, date] | None:
    """The first day of the first month that an example speaks of, and of the month after the last."""
    days = list(_days(example))
    if not days:
        return None
    return min(days).replace(day=1), add_months(max(days).replace(day=1), 1)


def _days(example: Example) -> Iterator[date]:
    for given in example.given:
        if isinstance(given, GivenTicket):
            moments = (given.opened, given.responded, given.resolved, *(one.end for one in given.pending))
            again = (moment for one in given.reopened for moment in (one.at, one.resolved))
            moments = (*moments, *again, *(one.since for one in given.changes))
            yield from (moment.date() for moment in moments if moment is not None)
        elif isinstance(given, GivenOutage):
            yield from (given.stretch.start.date(), given.stretch.end.date())
        else:
            yield given.month
    for expect in example.expect:
        month = getattr(expect, "month", None)
        if isinstance(month, date):
            yield month


def log_for(example: Example, contract: Contract, level: Level) -> Log:
    """A log that holds the tickets and outages of the example, as `level` looks at them.

    A ticket that was pending waits for the first clock stop of the level. Times are exact.
    """
    rows: _Rows = {"tickets": [], "status_events": [], "pauses": [], "outages": [], "exclusions": []}
    for number, given in enumerate(example.given, start=1):
        if isinstance(given, GivenTicket):
            _ticket(rows, number, given, contract, level)
        elif isinstance(given, GivenOutage):
            _outage(rows, number, given, contract, level)
    return log_of(rows)


def _ticket(rows: _Rows, number: int, given: GivenTicket, contract: Contract, level: Level) -> None:
    zone = contract.timezone or "UTC"
    ends = [given.resolved, *(one.resolved for one in given.reopened)]
    resolved = instant(ends[-1], zone) if ends[-1] else None
    priority = given.changes[-1].priority if given.changes else given.priority
    rows["status_events"].extend(_events(number, given, zone))
    rows["tickets"].append(
        {
            "ticket": number,
            "ticket_id": f"example-{number}",
            "import_id": 0,
            "row_no": number,
            "service": level.service,
            "priority": priority,
            "priority_raw": priority,
            "category": level.when.categories[0] if level.when and level.when.categories else None,
            "country": level.when.countries[0] if level.when and level.when.countries else None,
            "opened_at": instant(given.opened, zone),
            "first_response_at": instant(given.responded, zone) if given.responded else None,
            "resolved_at": resolved,
            "opened_unit": SECOND,
            "response_unit": SECOND,
            "resolved_unit": SECOND,
            "state": "resolved" if resolved is not None else "in progress",
        }
    )
    for seq, stretch in enumerate(given.pending, start=1):
        rows["pauses"].append(
            {
                "ticket": number,
                "seq": seq,
                "started": instant(stretch.start, zone),
                "ended": instant(stretch.end, zone),
                "reason_raw": level.clock_stops[0] if level.clock_stops else None,
            }
        )


def _outage(rows: _Rows, number: int, given: GivenOutage, contract: Contract, level: Level) -> None:
    """An outage; one with a cause that an exclusion of the level names is covered by that exclusion, all proper."""
    zone = contract.timezone or "UTC"
    service = contract.service(level.service) if level.service else None
    component = given.unit if service is not None and given.unit in service.components else None
    place: dict[str, Cell] = {
        "service": level.service,
        "component": component,
        "started": instant(given.stretch.start, zone),
        "ended": instant(given.stretch.end, zone),
        "import_id": 0,
        "row_no": number,
    }
    rows["outages"].append({"outage": number, "outage_id": f"example-{number}", "kind": "unplanned", **place})
    for name in level.excludes:
        exclusion = contract.exclusion(name)
        if given.cause is not None and given.cause in (name, *exclusion.causes):
            announced = instant(given.stretch.start - timedelta(days=_LONG_BEFORE), zone)
            rows["exclusions"].append(
                {
                    "exclusion": len(rows["exclusions"]) + 1,
                    "exclusion_id": f"example-{number}-{name}",
                    "name": name,
                    "announced_at": announced,
                    "approved_by": exclusion.approved_by,
                    "cause": given.cause,
                    **place,
                }
            )


def judges_log(level: Level) -> bool:
    """True if `level` is measured from tickets or outages."""
    return level.measure in (*TICKET_MEASURES, *OUTAGE_MEASURES)


def period_of(contract: Contract, level: str, month: date) -> JudgedPeriod | None:
    """The judged period of a level that holds the first day of a month, or its last; None outside the term."""
    found = next((one for one in contract.levels if one.name == level), None)
    if found is None or found.period is None:
        return None
    last = add_months(month.replace(day=1), 1) - timedelta(days=1)
    return period_at(contract, found.period, month) or period_at(contract, found.period, last)


def measurements_for(example: Example, contract: Contract) -> tuple[Measurement, ...]:
    """The measurements that an example gives outright, with the terms in force in their period."""
    terms = Terms(contract)
    found = []
    for given in example.given:
        if not isinstance(given, GivenShare | GivenCases | GivenFigure):
            continue
        period = period_of(contract, given.level, given.month)
        if period is None:
            continue
        level = next((one for one in terms.on(period.terms_day).levels if one.name == given.level), None)
        if level is not None:
            found.append(_measurement(given, level, period))
    return tuple(found)


def _events(number: int, given: GivenTicket, zone: str) -> Iterator[dict[str, Cell]]:
    """The history of states of a ticket that was opened again, and of priorities where they changed."""
    states = [(given.opened, "in progress"), (given.resolved, "resolved")]
    for one in given.reopened:
        states += [(one.at, "in progress"), (one.resolved, "resolved")]
    priorities = [(given.opened, given.priority), *((one.since, one.priority) for one in given.changes)]
    seq = 0
    for field, history in (("state", states if given.reopened else []), ("priority", priorities)):
        before = None
        for at, value in history if len(history) > 1 else []:
            if at is None:
                continue
            seq += 1
            yield {
                "ticket": number, "seq": seq, "at": instant(at, zone), "field": field, "from_raw": before,
                "to_raw": value, "to_value": value, "import_id": 0, "row_no": number,
            }  # fmt: skip
            before = value


def _measurement(given: GivenShare | GivenCases | GivenFigure, level: Level, period: JudgedPeriod) -> Measurement:
    counts = Counts()
    if isinstance(given, GivenFigure):
        figure = exact_of(given.figure, level.measure)
        return Measurement(level.name, "", period, "", counts, 0, 0, figure, figure, figure, level)
    if isinstance(given, GivenCases):
        counts = Counts(met=given.cases - given.missed, missed=given.missed)
        numerator, denominator = counts.met, given.cases
        value = Fraction(numerator, denominator) if denominator else None
    else:
        value = given.percent.ratio
        denominator = period.end - period.start
        numerator = int(value * denominator)
    return Measurement(level.name, "", period, "", counts, numerator, denominator, value, value, value, level)


def with_fees(example: Example, contract: Contract) -> Contract:
    """The contract with the fees that the example gives for a month in place of its own."""
    fees = contract.fees
    for given in example.given:
        if isinstance(given, GivenFee) and not _invoiced(contract, given.fee):
            fees = _replaced(fees, given)
    return contract.model_copy(update={"fees": fees})


def invoices_for(example: Example, contract: Contract) -> tuple[Invoice, ...]:
    """The fees that the example gives and the contract leaves to invoices, for the period that holds their month."""
    found: dict[tuple[str, str], Invoice] = {}
    for given in example.given:
        if isinstance(given, GivenFee) and _invoiced(contract, given.fee):
            for level in contract.levels:
                period = period_of(contract, level.name, given.month)
                if period is not None:
                    found[(given.fee, period.label)] = Invoice(given.fee, period.label, given.money.amount)
    return tuple(found.values())


def _invoiced(contract: Contract, name: str) -> bool:
    return any(fee.name == name and fee.per == "as invoiced" for fee in contract.fees)


def _replaced(fees: Iterable[Fee], given: GivenFee) -> tuple[Fee, ...]:
    """The fees with one version that holds in the given month only."""
    after = add_months(given.month, 1)
    own = sorted((fee for fee in fees if fee.name == given.fee), key=lambda fee: fee.valid_from or date.min)
    others = [fee for fee in fees if fee.name != given.fee]
    in_force = [fee for fee in own if fee.valid_from is None or fee.valid_from <= given.month]
    pattern = (in_force or own)[-1]
    kept = [fee for fee in own if fee.valid_from is None or not given.month <= fee.valid_from < after]
    changed = pattern.model_copy(update={"amount": given.money, "valid_from": given.month, "per_user": False})
    back = [fee for fee in own if fee.valid_from is None or fee.valid_from <= after][-1:]
    again = [fee.model_copy(update={"valid_from": after}) for fee in back if pattern.per != "once"]
    if pattern.per == "once":
        kept = []
    return (*others, *kept, changed, *again)
