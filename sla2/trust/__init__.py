"""Trust: promises of both sides kept, broken, pending and untested, and what that does and does not show.

In: a contract, settled verdicts, the cases behind them, and the companion tables of a log (updates, users hindered,
ledger, surveys). Out: `Trust`. It runs after settling, on the same log; it decides no money and words nothing.
"""
