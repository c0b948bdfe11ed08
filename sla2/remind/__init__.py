"""Reminders: who is asked to fill which open passage, on which day, in which words.

In: a contract, today, the state of its passages. Out: a pure plan (`from_contract`), messages (`messages`) and a
calendar file (`ics`). It runs on demand; it sends nothing, reads no clock and keeps no state.
"""
