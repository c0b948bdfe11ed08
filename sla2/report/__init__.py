"""Reports: what was met, what was missed, what is owed, and the proof of every figure.

In: the contract, a settlement, its measurements and the log they came from. Out: `Document` blocks for the writers in
`document`, and the whole as JSON. It runs last. It judges and reckons nothing: every figure is taken as it comes.
"""
