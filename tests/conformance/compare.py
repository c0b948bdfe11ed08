"""Compares what a case came to with what its source says: exactly, as fractions, amounts and instants.

In: a `Ran` with the tables of its `expected.toml`. Out: a line per difference; none if all agree. Each table of the
expectations has a function of its own in `TABLES`; an unknown table or key is a difference, so nothing is skipped.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sla2.report.shown import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.rights import Termination
    from sla2.measure.measurement import Measurement
    from sla2.settle.verdict import Settlement, Verdict
    from tests.conformance.runner import Ran

MINUTE = 60_000_000
SECOND = 1_000_000
Row = dict[str, Any]


def differences(ran: Ran) -> list[str]:
    """What does not agree; an expectation that nothing answers is a difference."""
    found = []
    for name, rows in ran.expected.items():
        if name in ("from", "to", "as_of", "zone"):
            continue
        if name not in TABLES:
            found.append(f"nothing compares {name!r}")
            continue
        for row in rows if isinstance(rows, list) else [rows]:
            found.extend(f"{name} {difference}" for difference in TABLES[name](ran, row))
    return found


def compared(expected: dict[str, Any]) -> list[str]:
    """In words, what a case compares."""
    found = [(name, key) for name in TABLES for row in _rows(expected, name) for key in row if key in WORDS[name]]
    return list(dict.fromkeys(WORDS[name][key] for name, key in found))


def _rows(expected: dict[str, Any], name: str) -> list[Row]:
    rows = expected.get(name, [])
    return rows if isinstance(rows, list) else [{"total": rows}]


def _differs(row: Row, answers: dict[str, Any], where: str) -> Iterator[str]:
    for key, expected in row.items():
        if key not in answers:
            yield f"{where}: nothing compares {key!r}"
            continue
        found = answers[key]
        wanted: Any = expected
        if isinstance(found, Fraction) and not isinstance(expected, bool):
            wanted = Fraction(str(expected))
        elif isinstance(found, Decimal):
            wanted = Decimal(str(expected))
        if wanted != found:
            yield f"{where}: {key} is {found}, expected {expected}"


def _settlement(ran: Ran) -> Settlement | None:
    return ran.line.settled[0] if ran.logged else None


def _verdict(ran: Ran, row: Row) -> Verdict | None:
    settlement = _settlement(ran)
    if settlement is None:
        return None
    unit = row.get("unit", "")
    found = [
        one
        for one in settlement.history
        if one.level == row["level"] and one.unit == unit and one.period.label == row["period"]
    ]
    return found[0] if len(found) == 1 else None


def _measurement(ran: Ran, row: Row) -> Iterator[str]:
    where = f"{row['level']} {row.get('unit', '')} {row['period']}"
    verdict = _verdict(ran, row)
    if verdict is None:
        yield f"{where}: not measured once"
        return
    found = verdict.measurement
    answers = {
        "level": verdict.level,
        "unit": verdict.unit,
        "period": verdict.period.label,
        "verdict": verdict.status,
        "minimum": verdict.minimum,
        "value": found.value,
        "met": found.counts.met,
        "missed": found.counts.missed,
        "open": found.counts.open,
        "excluded": found.counts.excluded,
        "rounded": _rounded(verdict),
        "target": _target(found),
        "shown": _shown(ran, found),
        **_times(found),
    }
    yield from _differs(row, answers, where)


def _rounded(verdict: Verdict) -> Fraction | None:
    """The figure as it was rounded before comparing."""
    return next((Fraction(step.result) for step in verdict.steps if step.kind == "rounding"), None)


def _target(found: Measurement) -> Fraction | None:
    """The percentage or number that the period was judged by."""
    percent = getattr(found.terms.target, "percent", None)
    number = getattr(found.terms.target, "number", None)
    return Fraction(percent.value) if percent is not None else None if number is None else Fraction(number)


def _shown(ran: Ran, found: Measurement) -> str | None:
    """The figure as the report writes it."""
    frame = ran.line.frame
    return None if frame is None else value(frame, found.value, found.terms)


def _times(found: Measurement) -> dict[str, Fraction]:
    """Minutes of downtime and of time owed, where the measure is a share of time."""
    return {
        "down_minutes": Fraction(found.denominator - found.numerator, MINUTE),
        "owed_minutes": Fraction(found.denominator, MINUTE),
        "period_minutes": Fraction(found.period.end - found.period.start, MINUTE),
    }


def _credit(ran: Ran, row: Row) -> Iterator[str]:
    """The credit of a period; a credit that is not in the statement is nothing, an amount of 0."""
    settlement, where = _settlement(ran), f"{row['credits']} {row.get('unit', '')} {row['period']}"
    if settlement is None:
        yield f"{where}: not settled"
        return
    owed = [
        one
        for one in settlement.ledger
        if (one.credits, one.unit, one.period.label) == (row["credits"], row.get("unit", ""), row["period"])
    ]
    if len(owed) != 1:
        yield f"{where}: {len(owed)} amounts"
        return
    one = owed[0]
    steps = {step.kind: step.result for step in one.steps}
    answers = {
        "credits": one.credits,
        "unit": one.unit,
        "period": one.period.label,
        "amount": one.amount,
        "low": one.low,
        "high": one.high,
        "percent": None if one.share is None else one.share * 100,
        "exact": Fraction(steps.get("credit", steps.get("each", "0"))),
        "claim_by": one.claim_by,
        "owed_by": one.owed_by,
    }
    yield from _differs(row, answers, where)


def _total(ran: Ran, row: Row | str) -> Iterator[str]:
    settlement = _settlement(ran)
    found = None if settlement is None else sum((one.amount for one in settlement.ledger), Decimal(0))
    if found is None or found != Decimal(str(row)):
        yield f"is {found}, expected {row}"


def _case(ran: Ran, row: Row) -> Iterator[str]:
    where = f"{row['level']} {row['ticket']}"
    measurements = ran.line.measured[0] if ran.logged else None
    found = () if measurements is None else measurements.cases.ticket(row["ticket"])
    own = [case for case in found if case.level == row["level"] and case.cycle == row.get("cycle", 1)]
    if len(own) != 1:
        yield f"{where}: {len(own)} cases"
        return
    case = own[0]
    answers = {
        "level": case.level,
        "ticket": case.ticket_id,
        "cycle": case.cycle,
        "outcome": case.outcome,
        "period": case.period,
        "elapsed_seconds": Fraction(case.elapsed, SECOND),
        "paused_seconds": Fraction(case.paused, SECOND),
        "due": case.deadline,
        "started": case.started,
    }
    wanted = {key: ran.instant(value) if key in ("due", "started") else value for key, value in row.items()}
    yield from _differs(wanted, answers, where)


def _pieces(ran: Ran, row: Row) -> Iterator[str]:
    """Sums over the pieces of downtime: what counted, what an exclusion took off."""
    measurements = ran.line.measured[0] if ran.logged else None
    if measurements is None:
        yield "not measured"
        return
    own = [
        one
        for one in measurements.pieces
        if (one.level, one.unit, one.period) == (row["level"], row.get("unit", ""), row["period"])
    ]
    counted = sum((one.ended - one.started) * one.weight for one in own if one.counted)
    excluded = sum(one.ended - one.started for one in own if not one.counted and one.why == "excluded")
    answers = {
        "level": own[0].level if own else None,
        "unit": row.get("unit", ""),
        "period": own[0].period if own else None,
        "counted_minutes": Fraction(counted) / MINUTE,
        "excluded_minutes": Fraction(excluded) / MINUTE,
    }
    yield from _differs(row, answers, f"{row['level']} {row['period']}")


def _example(ran: Ran, row: Row) -> Iterator[str]:
    found = [result for result in ran.line.tried if result.name == row["name"]]
    if len(found) != 1 or found[0].agrees is not True:
        said = [f"{one.expected}: {one.found}" for result in found for one in result.outcomes]
        yield f"{row['name']}: {'; '.join(said) or 'not run'}"


def _right(ran: Ran, row: Row) -> Iterator[str]:
    """Whether a right to end the contract arose, in which period, and until when it may be used."""
    settlement = _settlement(ran)
    if settlement is None:
        yield f"{row['termination']}: not settled"
        return
    rights = [one for one in settlement.rights if one.right == row["termination"] and one.status == "arisen"]
    if row["termination"] not in {one.name for one in _terminations(ran)}:
        yield f"there is no right {row['termination']}"
    elif not row.get("arises", True):
        yield from (f"{row['termination']}: arose in {one.period.label}" for one in rights)
    else:
        own = [one for one in rights if one.period.label == row.get("period")]
        if not own:
            yield f"{row['termination']}: did not arise in {row.get('period')}"
        for one in own[:1]:
            if "use_by" in row and str(one.use_by) != row["use_by"]:
                yield f"{row['termination']}: to be used by {one.use_by}, expected {row['use_by']}"


def _terminations(ran: Ran) -> tuple[Termination, ...]:
    """The rights to end that the contract gives."""
    return ran.line.contract.terminations if ran.line.contract is not None else ()


def _points(ran: Ran, row: Row) -> Iterator[str]:
    settlement = _settlement(ran)
    accounts = [one for one in settlement.points if one.points == row["points"]] if settlement is not None else []
    if any(one.low != one.high for one in accounts):
        yield f"{row['points']}: some points are not certain"
    found = [one.low for one in accounts]
    if found != [Fraction(str(one)) for one in row["values"]]:
        yield f"{row['points']}: {[str(one) for one in found]}, expected {row['values']}"


TABLES = {
    "measurement": _measurement,
    "credit": _credit,
    "total": _total,
    "case": _case,
    "pieces": _pieces,
    "example": _example,
    "right": _right,
    "points": _points,
}
WORDS = {
    "measurement": {
        "value": "the figure as a fraction", "verdict": "verdict", "down_minutes": "minutes of downtime",
        "owed_minutes": "minutes owed", "period_minutes": "minutes of the period", "rounded": "the rounded figure",
        "met": "cases met", "missed": "cases missed", "target": "target in force",
        "shown": "figure as shown", "minimum": "verdict on the minimum",
    },
    "credit": {"amount": "credit", "percent": "percentage", "exact": "credit before rounding", "claim_by": "claim day",
               "owed_by": "who owes it"},
    "total": {"total": "total"},
    "case": {
        "due": "due time", "outcome": "outcome", "elapsed_seconds": "time on the clock",
        "paused_seconds": "time the clock stood still", "started": "start of the clock",
    },
    "pieces": {"counted_minutes": "minutes counted", "excluded_minutes": "minutes excluded"},
    "example": {"name": "a worked example"},
    "right": {"termination": "right to end", "use_by": "day until which it may be used"},
    "points": {"values": "points"},
}  # fmt: skip
