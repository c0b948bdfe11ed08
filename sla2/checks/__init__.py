"""What a contract says that it should not, or forgets: one file per check, its docstring is its manual page.

In: a `Contract`. Out: findings (SLA3xx, and SLA4xx for rules that the contract does not state). It runs after reading
and before measuring; it changes nothing and measures nothing. Start at `run.CHECKS`.
"""
