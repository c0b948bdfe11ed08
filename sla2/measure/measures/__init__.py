"""The measures: how cases or pieces of outage time become one figure per level, unit and period.

In: cases or pieces, and the terms of the level. Out: the parts of a `Measurement`. One file per family of measures.
"""
