"""Every file of tests/cases/settle: terms in the language, figures given by hand, verdicts and amounts worked by hand.

A case composes a whole contract from `head` (lines of the contract block) and `blocks` (levels, credits, fees…), gives
measurements, and says what comes out. No figure in these files was taken from the engine.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sla2.contract.calendar import instant
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.period import JudgedPeriod
from sla2.contract.periods import level_periods
from sla2.diagnostics import Severity
from sla2.measure.measurement import Counts, Measurement, Measurements, Piece
from sla2.settle.from_measurements import settle
from sla2.settle.given import Claimed, Given, Invoice, Opening
from sla2.settle.terms import Terms
from sla2.source.read import read_document
from tests.settle_support import Listed

FOLDER = Path(__file__).parent / "cases" / "settle"
CASES = sorted(FOLDER.glob("*.toml"))
MINUTE = 60_000_000

FRAME = """sla 2.0
contract CASE "Worked case"
  customer: buyer
  supplier: seller
  languages: en authoritative
  signed: 2019-12-01
{head}
end
party buyer "An invented buyer"
end
party seller "An invented seller"
end
calendar always "Round the clock"
  timezone: UTC
  open: mon-sun 00:00-24:00
end
calendar office "Office hours"
  timezone: UTC
  open: mon-fri 09:00-17:00
end
service svc "Service"
  hours: always
end
{blocks}
"""


def read(head: str, blocks: str) -> Contract:
    text = FRAME.format(head=head.strip("\n"), blocks=blocks.strip("\n"))
    document, found = read_document(text, "case.sla")
    assert document is not None, found
    contract, more = from_syntax(document)
    errors = [one for one in (*found, *more) if one.severity is Severity.ERROR]
    assert not errors, [f"{one.span}: {one.message}" for one in errors]
    assert contract is not None
    return contract


def moment(text: str, contract: Contract) -> int:
    return instant(datetime.fromisoformat(text), contract.timezone or "UTC")


def period_of(contract: Contract, level: str, label: str, claims: tuple[tuple[str, date], ...] = ()) -> JudgedPeriod:
    found = next(one for one in contract.levels if one.name == level)
    for period in level_periods(contract, found, date(2019, 1, 1), date(2030, 1, 1), claims):
        if period.label == label:
            return period
    raise AssertionError(f"{level} has no period {label}")


def measurement(
    contract: Contract, terms: Terms, row: dict, claims: tuple[tuple[str, date], ...] = ()
) -> tuple[Measurement, list[Piece]]:
    period = period_of(contract, row["level"], row["period"], claims)
    folded = terms.on(period.terms_day)
    level = next(
        (one for one in folded.levels if one.name == row["level"]),
        next(one for one in contract.levels if one.name == row["level"]),
    )
    counts = Counts(**{key: row.get(key, 0) for key in ("met", "missed", "open", "excluded", "undecided")})
    unit = row.get("unit", "")
    pieces = [
        Piece(
            level=level.name, unit=unit, period=period.label, outage_id=f"{period.label}-{number}",
            started=moment(low, contract), ended=moment(high, contract), counted=True, why="",
            weight=Fraction(row.get("weight", "1")),
        )
        for number, (low, high) in enumerate(row.get("outages", ()), start=1)
    ]  # fmt: skip
    numerator, denominator = counts.met, counts.met + counts.missed
    value = low = high = None
    if "down" in row or pieces:
        denominator = period.end - period.start
        down = Fraction(str(row["down"])) * MINUTE if "down" in row else None
        if down is None:
            down = sum(((one.ended - one.started) * one.weight for one in pieces), Fraction(0))
        value = low = high = 1 - down / denominator
        numerator = int(denominator - down)
    elif "value" in row:
        text = row["value"]
        value = Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        low, high = (Fraction(row[key]) if key in row else value for key in ("low", "high"))
        value = None if row.get("unknown") else value
    elif denominator + counts.undecided:
        everything = denominator + counts.undecided
        value = Fraction(numerator, denominator) if denominator else None
        low = Fraction(counts.met, everything)
        high = Fraction(counts.met + counts.undecided, everything)
    found = Measurement(level.name, unit, period, "as signed", counts, numerator, denominator, value, low, high, level)
    return replace(found, standing=row.get("standing", "final")), pieces


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    contract = read(case["head"], case["blocks"])
    terms = Terms(contract)
    claimed = tuple((row["credits"], row["day"]) for row in case.get("claims", ()))
    made = [measurement(contract, terms, row, claimed) for row in case["given"]]
    as_of = moment(case["as_of"], contract) if "as_of" in case else max(one.period.end for one, _ in made)
    measurements = Measurements(
        contract, as_of, tuple(one for one, _ in made), Listed(), tuple(piece for _, group in made for piece in group)
    )
    claims = None
    if "claims" in case:
        claims = tuple(Claimed(row["credits"], row.get("period", ""), row["day"]) for row in case["claims"])
    invoices = tuple(
        Invoice(row["fee"], row["period"], Decimal(row["amount"]), row.get("unit", ""))
        for row in case.get("invoices", ())
    )
    opening = tuple(Opening(row["name"], row["value"]) for row in case.get("opening", ()))
    start = case.get("start", date(2019, 1, 1))
    end = case.get("end", date(2031, 1, 1))
    settlement, found = settle(measurements, given=Given(claims, invoices, opening), start=start, end=end)
    _verdicts(case, settlement.verdicts)
    _amounts(case, settlement.statement)
    assert [one.code for one in found] == case.get("findings", []), [one.message for one in found]
    for key in ("total", "low", "high", "bonus_total", "bonus_low", "bonus_high"):
        if key in case:
            assert str(getattr(settlement.statement, key)) == case[key], key
    _listed(case.get("points"), settlement.points, "points")
    _listed(case.get("pools"), settlement.pools, "pools")
    _listed(case.get("exposures"), settlement.exposures, "exposures")
    _listed(case.get("rights"), settlement.rights, "rights")


def _listed(expected: list[dict] | None, found: tuple, what: str) -> None:
    """Each row of the case against each value found, in order, by the fields that the row names."""
    if expected is None:
        return
    shown = [{key: _text(one, key) for key in row} for row, one in zip(expected, found, strict=False)]
    assert shown == expected, what
    assert len(found) == len(expected), f"{what}: {len(found)}"


def _text(one: object, key: str) -> object:
    if key == "facts":
        return len(one.facts)
    value = getattr(one, key)
    if key == "period":
        return value.label
    return value if isinstance(value, bool | date) else str(value)


def _verdicts(case: dict, verdicts) -> None:
    for row in case["expect"]:
        if "status" not in row and "minimum" not in row:
            continue
        found = [
            one
            for one in verdicts
            if one.period.label == row["period"]
            and one.level == row.get("level", one.level)
            and one.unit == row.get("unit", one.unit)
        ]
        assert len(found) == 1, f"{row}: {len(found)} verdicts"
        for key in ("status", "reason", "minimum"):
            if key in row:
                assert getattr(found[0], key) == row[key], f"{row['period']} {key}"


def _amounts(case: dict, statement) -> None:
    for row in case["expect"]:
        keys = [key for key in ("amount", "low", "high", "claim_by", "claimed") if key in row]
        keys += [key for key in ("provisional", "steps") if key in row]
        if not keys:
            continue
        found = [
            one
            for one in (*statement.owed, *statement.bonuses)
            if one.period.label == row["period"]
            and one.credits == row.get("credits", one.credits)
            and one.unit == row.get("unit", one.unit)
        ]
        assert len(found) == 1, f"{row}: {len(found)} amounts"
        for key in keys:
            value = getattr(found[0], key)
            if key in ("amount", "low", "high"):
                value = str(value)
            if key == "provisional":
                value = list(value)
            if key == "steps":
                value = [step.kind for step in value]
            assert value == row[key], f"{row['period']} {key}"


def test_there_are_cases() -> None:
    assert len(CASES) > 20
