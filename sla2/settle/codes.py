"""The findings of this package: what cannot be settled, and worked examples that disagree (SLA650 to SLA669).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

NOT_COMPUTED = Code(
    "SLA650",
    "credits-not-computed",
    Severity.ERROR,
    """What it checks
    Every line of a credits block is one that the statement can reckon.

Why it matters
    An amount that leaves out one of the lines of the contract is a wrong amount. So the block is refused whole and
    named, instead of a figure that nobody can rely on.

Example
    level frames "Response in peak hours"
      measure: response time
    credits slow "Slow answers"
      level: frames
      each: minute of downtime gives 10 times its fee      # a level without downtime

Write instead
    Express the credit with `tier:`, or with an `each:` form that the measure of the level supports; or reckon this
    block by hand and keep the rest of the contract in the file.
""",
)

FEE_UNKNOWN = Code(
    "SLA651",
    "fee-not-known",
    Severity.ERROR,
    """What it checks
    The fee that a credit is a percentage of can be reckoned for the period.

Why it matters
    Without the fee there is no base, and a guessed base is a guessed credit.

Example
    fee compute: as invoiced for each region      # and no list of invoices beside the log

Write instead
    Add the invoices of the period to the log (columns fee, unit, period, amount), give the number of users on the
    service (`number of users: 250`) for a fee per user, or write the fee as an amount per month.
""",
)

TARGET_NOT_COMPARED = Code(
    "SLA652",
    "target-in-days-not-compared",
    Severity.ERROR,
    """What it checks
    A median, p95, average or longest duration is held against a length of time of a fixed number of minutes.

Why it matters
    A working day has no length of its own, so "median within 2 working days" cannot be compared with a measured time.

Example
    target: median within 2 working days

Write instead
    target: median within 20 business hours
""",
)

RIGHT_NOT_EVALUATED = Code(
    "SLA653",
    "right-not-evaluated",
    Severity.WARNING,
    """What it checks
    The report evaluates every block of the contract that gives a right or money.

Why it matters
    A right that the report does not mention is easily taken for a right that does not exist.

Example
    termination chronic "Chronic failure"
      trigger: avail misses its target 3 times in 6 periods

Write instead
    Leave the block as it is: it stands in the draft. Check its trigger by hand with the verdicts of the report.
""",
)

CLAIM_UNKNOWN = Code(
    "SLA654",
    "claim-for-nothing",
    Severity.WARNING,
    """What it checks
    Every claim in the log names a credits block and a period of this contract.

Why it matters
    A claim with a misspelt name is a claim that is not found, and a credit that counts as lost.

Example
    hosting-credit,2026-3,2026-04-10

Write instead
    hosting-credits,2026-03,2026-04-10
""",
)

OPENING_UNKNOWN = Code(
    "SLA655",
    "opening-balance-for-nothing",
    Severity.WARNING,
    """What it checks
    Every opening balance of the log names a block of the contract and gives a number.

Why it matters
    A balance that is not found counts as zero, so that a cap seems to have more room than it has.

Example
    hosting credits,1.200

Write instead
    credits hosting-credits,1200.00
    points kpi,4
    target avail,99.85%
""",
)

EXPOSURE_UNKNOWN = Code(
    "SLA656",
    "exposure-not-known",
    Severity.WARNING,
    """What it checks
    The yearly fees, of which the maximum exposure is a percentage, can be reckoned.

Why it matters
    Without the yearly fees nobody knows how much of the maximum is left, and no amount is held back for it.

Example
    maximum exposure: supplier 20% of yearly fees
    fee cloud: as invoiced

Write instead
    maximum exposure: supplier EUR 50000.00
""",
)

CLAIMS_MISSING = Code(
    "SLA657",
    "claims-missing",
    Severity.WARNING,
    """What it checks
    A level that is judged over the time before a claim has a list of claims beside its log.

Why it matters
    Without claims there is no stretch of time to judge, so that nothing seems to be owed. Whether nothing was claimed,
    or the list was forgotten, only the parties know.

Example
    period: 365 days before claim        # and no file of claims beside the log

Write instead
    credits,period,claimed_at
    service-year,,2026-04-10
""",
)

EXAMPLE_DISAGREES = Code(
    "SLA660",
    "example-disagrees",
    Severity.ERROR,
    """What it checks
    Each worked example comes out as the contract says.

Why it matters
    The parties agreed on the example as much as on the rule. If they differ, one of the two is not what they meant.

Example
    given: avail-hosting 99.75% in 2026-03
    expect: credit EUR 800.00 in 2026-03        # 5% of EUR 17000.00 is EUR 850.00

Write instead
    Correct the figure, or the rule: `sla2 test` shows both numbers.
""",
)

EXAMPLE_NOT_RUN = Code(
    "SLA661",
    "example-not-run",
    Severity.WARNING,
    """What it checks
    Each worked example can be run.

Why it matters
    An example that nobody runs proves nothing.

Example
    expect: points 3, 2, 6                       # points are not computed

Write instead
    Expect a credit, a verdict, a count or a share.
""",
)

CODES: tuple[Code, ...] = (
    NOT_COMPUTED,
    FEE_UNKNOWN,
    TARGET_NOT_COMPARED,
    RIGHT_NOT_EVALUATED,
    CLAIM_UNKNOWN,
    OPENING_UNKNOWN,
    EXPOSURE_UNKNOWN,
    CLAIMS_MISSING,
    EXAMPLE_DISAGREES,
    EXAMPLE_NOT_RUN,
)
