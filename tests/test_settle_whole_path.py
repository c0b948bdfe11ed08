"""Laws of money from the list of outages on: exclusions, more downtime, the order and the cutting of rows; earn-back,
caps of contract years that begin on any day; what is missing for claims and points carried over.

Months, outages and terms are random with fixed seeds; what must hold is worked out here from the calendar alone.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from sla2.contract.calendar import day_start
from sla2.contract.credits import Cap, EarnBack
from sla2.contract.quantity import Money
from sla2.logs.log import log_of
from sla2.measure.run import measure
from sla2.report.rights_section import fact_line
from sla2.settle.balance import RightFact
from sla2.settle.from_measurements import settle
from sla2.settle.given import Given
from tests.report_support import frame_of
from tests.settle_support import at, availability, base, contract, credit, fee, measured, month, of_value, percent, tier
from tests.test_report_cases import plain
from tests.test_settle_cases import FOLDER, read

MINUTE = 60_000_000
START, END = date(2026, 1, 1), date(2026, 7, 1)
HEAD = """  timezone: Europe/Amsterdam
  currency: EUR
  term: from 2026-01-01 until ended with notice of 90 days
  fee svc: EUR 9999.97 per month
  money rounding: half up to 0.01"""
LEVEL = """exclusion nights "Nights"
  recurring: mon-sun 02:00-06:00
end
level avail "Availability"
  service: svc
  measure: availability
  target: at least 99.9%
  of: period
  clock starts: outage
{excludes}  period: month
end
"""
FORMS = (
    "  tier: from 99.0% to below 99.9% gives 10%\n  tier: below 99.0% gives 30%\n",
    "  each: minute of downtime gives 3 times its fee\n",
    "  each: started 30 minutes beyond the target, in total gives 2.5%\n",
    "  each: 1% below target gives 7%\n  cap: 40% of base per period\n",
    "  tier: below 99.9% gives 10%\n  cap: EUR 1700.00 per contract year\n"
    "  repeat: times 2 in the second and each later period in a row\n",
)
Outage = tuple[int, int]


def outages(random: Random) -> list[Outage]:
    first, length = day_start(START, "Europe/Amsterdam"), 181 * 24 * 60
    starts = [first + random.randrange(length) * MINUTE for _ in range(random.randint(1, 9))]
    return [(start, start + random.randint(1, 1500) * MINUTE) for start in starts]


def owed(rows: list[Outage], form: str, *, excludes: bool = False):
    """The statement of half a year in which the service did not work in `rows`."""
    text = f'credits c "Credits"\n  level: avail\n  base: fee svc of the period\n{form}end\n'
    level = LEVEL.format(excludes="  excludes: nights\n" if excludes else "")
    listed = [
        {"outage": n, "outage_id": f"O{n}", "started": low, "ended": high, "import_id": 1, "row_no": n + 1}
        for n, (low, high) in enumerate(rows, start=1)
    ]
    measurements, _ = measure(
        read(HEAD, level + text),
        log_of({"outages": listed}),
        START,
        END,
        day_start(date(2026, 8, 1), "Europe/Amsterdam"),
    )
    assert measurements is not None
    settlement, found = settle(measurements, start=START, end=END)
    assert found == ()
    return settlement.statement


CASES = [(seed, FORMS[seed % len(FORMS)]) for seed in range(10)]


@pytest.mark.parametrize(("seed", "form"), CASES)
def test_an_exclusion_never_raises_what_is_owed(seed: int, form: str):
    rows = outages(Random(seed))
    assert owed(rows, form, excludes=True).total <= owed(rows, form).total


@pytest.mark.parametrize(("seed", "form"), CASES)
def test_one_more_outage_never_lowers_what_is_owed(seed: int, form: str):
    random = Random(100 + seed)
    rows = outages(random)
    assert owed([*rows, *outages(random)[:1]], form).total >= owed(rows, form).total


@pytest.mark.parametrize(("seed", "form"), CASES)
def test_neither_the_order_nor_the_cutting_of_rows_changes_what_is_owed(seed: int, form: str):
    random = Random(200 + seed)
    rows = outages(random)
    cut = []
    for low, high in rows:
        middle = random.randint(low, high)
        cut += [(low, middle), (middle, high)] if low < middle < high else [(low, high)]
    random.shuffle(cut)
    first, second = owed(rows, form), owed(cut, form)
    amounts = [[(one.period.label, one.amount) for one in found.owed] for found in (first, second)]
    assert amounts[0] == amounts[1]
    assert first.total == sum((one.amount for one in first.owed), Decimal(0))


@pytest.mark.parametrize("seed", range(12))
def test_an_earn_back_gives_back_its_share_of_each_credit_and_no_more(seed: int):
    random = Random(300 + seed)
    share, periods = random.choice(["20", "50", "100"]), random.randint(1, 4)
    values = [Fraction(random.choice([9700, 9950, 9990, 9995, 10000]), 10000) for _ in range(14)]
    terms = availability()
    rule = EarnBack(span=at(45), share=percent(share), periods=periods)
    plainly = credit(name="c", level="avail", base=base("hosting"), tiers=(tier(None, "99.8", "13"),))
    earning = plainly.model_copy(update={"earn_back": (rule,)})
    found = [of_value(terms, month(2026 + n // 12, n % 12 + 1), value) for n, value in enumerate(values)]
    statements = []
    for block in (plainly, earning):
        signed = contract(credits=(block,), levels=(terms,), fees=(fee("777.77"),))
        settlement, told = settle(measured(signed, *found), start=date(2026, 1, 1), end=date(2028, 1, 1))
        assert told == ()
        statements.append(settlement.statement)
    for n, (before, after) in enumerate(zip(statements[0].owed, statements[1].owed, strict=True)):
        held = [value >= Fraction(998, 1000) for value in values[n + 1 :]]
        earned = len(held) >= periods and all(held[:periods])
        back = before.amount - after.amount
        assert 0 <= back <= before.amount
        rest = Fraction(before.amount) * (1 - Fraction(share) / 100) if earned and before.amount else None
        assert back == 0 if rest is None else abs(Fraction(after.amount) - rest) <= Fraction(1, 200)


@pytest.mark.parametrize("seed", range(12))
def test_a_cap_per_contract_year_holds_from_anniversary_to_anniversary(seed: int):
    """Contract years that begin in any month: what periods that end in one year pay together stays under the cap."""
    random = Random(400 + seed)
    begin = date(2025, random.randint(1, 12), 1)
    limit = random.randint(1, 4000)
    terms = availability()
    cap = Cap(span=at(40), money=Money(currency="EUR", amount=Decimal(limit)), per="contract year")
    block = credit(name="c", level="avail", base=base("hosting"), caps=(cap,), tiers=(tier(None, "99.8", "21"),))
    signed = contract(start=begin, credits=(block,), levels=(terms,), fees=(fee("3333.33"),))
    index = [begin.year * 12 + begin.month - 1 + n for n in range(26)]
    found = [of_value(terms, month(n // 12, n % 12 + 1), Fraction(random.choice([9700, 9990]), 10000)) for n in index]
    settlement, _ = settle(measured(signed, *found), start=begin, end=date(2029, 1, 1))
    paid: dict[int, Decimal] = {}
    free: dict[int, Fraction] = {}
    for number, one in enumerate(settlement.statement.owed):
        paid[number // 12] = paid.get(number // 12, Decimal(0)) + one.amount
        missed = settlement.verdicts[number].status == "missed"
        free[number // 12] = free.get(number // 12, Fraction(0)) + (Fraction("700.00") if missed else 0)
    for year, amount in paid.items():
        assert Fraction(amount) == min(free[year], Fraction(limit))


# ---------------------------------------------------------------- what is missing is said

YEAR = """level uptime "Level"
  service: svc
  measure: availability
  target: at least 99.95%
  period: {period}
  of: period
end
credits c1 "Service year"
  level: uptime
  base: fee svc of the period
  tier: below 99.95% gives 10%
{claim}end
"""
CLAIM = "  claim: by customer within 30 days after the period, else lost\n"


@pytest.mark.parametrize(
    ("period", "claim", "claims", "said"),
    [
        ("365 days before claim", CLAIM, None, "the level is not judged and the credits c1 are not reckoned"),
        ("365 days before claim", CLAIM, (), None),
        ("30 days rolling", CLAIM, None, "credits c1 are not reckoned"),
        ("30 days rolling", "", None, None),
        ("month", CLAIM, None, None),
    ],
)
def test_credits_that_rest_on_claims_say_that_the_list_of_claims_is_missing(period, claim, claims, said):
    terms = read(HEAD, YEAR.format(period=period, claim=claim))
    _, found = settle(measured(terms), given=Given(claims), start=START, end=END)
    assert [one.code for one in found] == ([] if said is None else ["SLA657"])
    if said is not None:
        assert said in found[0].message
        assert found[0].span is not None and found[0].span.line > 0


@pytest.mark.parametrize(
    ("language", "words"), [("en", "carried over from before"), ("nl", "overgenomen van vóór"), ("de", "übernommen")]
)
def test_points_carried_over_are_named_as_such_among_the_facts_of_a_right(language: str, words: str):
    frame, _ = frame_of(FOLDER.parent / "reports" / "desk.toml", language)
    fact = RightFact("points", "resolve", "", "", "kpi", date(2025, 12, 31), Fraction(9), certain=False)
    line = "".join(getattr(run, "text", "") for run in fact_line(frame, fact))
    assert words in plain(line) and "2026" in line and "9" in line
