"""The parts of from_syntax: one module per family of blocks, each turning statements into contract models.

In: blocks of a `Document`. Out: models, findings, and the list of constructs that are not evaluated yet. Only
`from_syntax` calls these modules; everything else reads the finished `Contract`.
"""
