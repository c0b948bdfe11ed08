"""Measurements become verdicts and a statement: what was met, what is owed, and every step in between.

In: `Measurements`, with claims and invoices of the log. Out: a `Settlement`. It runs after measuring and before trust
and reports. The order of operations is fixed: rounding of the measure, verdict, tier or formula (multiplied where a
miss repeats itself), base, unit rounding, cap per case, cap per period, combination, pays if, claim, earn-back.
It measures nothing and words nothing; what it cannot reckon it refuses by name (SLA650 and following).
"""
