"""The profile `csv-generic`: one row is one row of its table, under declared column names.

What it reads
    One row per ticket (table `tickets`), per change of a status or priority (`status_events`), per pause, update,
    outage, exclusion, sample, unit, survey answer, invited person, ledger row, claim, figure, invoice, delivery,
    goal or opening balance, or per ticket with its number of users hindered (`users`). A column is found under the
    name in `[import.columns]`, else under the field's own name.

What it takes from where
    Every value is taken as the row has it; nothing is derived. First response, resolved and reopened are the columns
    so declared. A history of states or priorities is a second `[[import]]` with `table = "status_events"`: its
    `order` column, or else the order of its rows, decides between events of one instant.

What it does not do
    It computes no pause, no response and no state from other columns, and takes no total for a history.
"""

from __future__ import annotations

from sla2.logs.fields import FIELDS
from sla2.logs.profiles.profile import Profile

PROFILE = Profile("csv-generic", 1, FIELDS, {})
