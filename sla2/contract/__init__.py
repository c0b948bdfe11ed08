"""The contract: typed, frozen, names resolved.

In: `source.Document`. Out: `Contract`, its versions over time, its calendars as open hours, its periods.
It runs after reading and before checking; it words nothing and measures nothing.
"""
