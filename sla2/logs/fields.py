"""The fields that a row of an import may have: their kind, whether they are needed, and their allowed words.

In: nothing. Out: `FIELDS`, per table the fields that a mapping can name, and `Field`.
A field is what a file says; a column of the canonical tables is what the log keeps (`schema.py`). It reads
nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sla2.logs.schema import ATTRIBUTIONS, LEDGER_KINDS, OUTAGE_KINDS, PARTIES, PAUSED_BASES, PLACES, STATES

Kind = Literal[
    "text", "instant", "date", "moment", "whole", "minutes", "seconds", "milliseconds", "decimal", "share", "flag",
    "choice", "mapped",
]  # fmt: skip
"""How a cell is read. moment: a date or an instant. whole: a count, 0 or more. minutes, seconds, milliseconds: a
duration, kept in microseconds.
share: 0..1. flag: yes or no. choice: one of the field's words. mapped: only through the mapping's value map."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `names` are the header names tried when the mapping gives none (the field's own name first).

    `words` are the allowed values of a choice, and of a mapped field those that need no map.
    A `virtual` field has no column of its own: it is `to_value` where `field` says so, and takes a value map.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    virtual: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The header names to try, in order."""
        return (self.name, *self.names)


YES_NO = ("yes", "no")
"""What a value map may make of a flag."""

PRIORITIES = tuple(f"P{number}" for number in range(1, 10))


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name) for name in names)


def _instants(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, "instant") for name in names)


DESCRIPTIVE = _texts("service", "component", "country", "category", "cause", "problem_id", "ci", "linked_to")
"""What tells tickets apart; the same in every ticket profile."""

TICKET_FIELDS = (
    Field("ticket_id", required=True),
    *DESCRIPTIVE,
    Field("priority", "mapped", words=PRIORITIES),
    Field("state", "mapped", words=STATES),
    Field("opened_at", "instant", required=True),
    *_instants("first_response_at", "resolved_at", "closed_at"),
    Field("reopened_count", "whole"),
    Field("users_affected", "whole"),
    Field("stated_by", "choice", words=PARTIES),
    Field("paused_minutes", "minutes"),
    Field("paused_basis", "choice", words=PAUSED_BASES),
    Field("tool_met_response", "flag", words=YES_NO),
    Field("tool_met_resolution", "flag", words=YES_NO),
)
STATUS_EVENT_FIELDS = (
    Field("ticket_id", required=True),
    Field("at", "instant", required=True),
    Field("field", "choice", words=("state", "priority", "ignore")),
    Field("to_value", required=True),
    Field("order", "whole"),
    Field("state", "mapped", words=STATES, virtual=True),
    Field("priority", "mapped", words=PRIORITIES, virtual=True),
)
PAUSE_FIELDS = (
    Field("ticket_id", required=True),
    Field("started", "instant", required=True),
    Field("ended", "instant"),
    Field("reason"),
    Field("attributable_to", "choice", words=ATTRIBUTIONS),
)
UPDATE_FIELDS = (
    Field("ticket_id", required=True),
    Field("at", "instant", required=True),
    Field("visible", "flag", required=True, words=YES_NO),
    Field("next_promised_at", "instant"),
)
USER_FIELDS = (
    Field("ticket_id", required=True),
    Field("users_affected", "whole", required=True),
    Field("stated_by", "choice", words=PARTIES),
)
OUTAGE_FIELDS = (
    Field("outage_id", names=("id",)),
    *_texts("service", *PLACES),
    Field("started", "instant", required=True),
    *_instants("ended", "detected_at", "acknowledged_at", "ticket_at"),
    Field("severity"),
    Field("kind", "choice", words=OUTAGE_KINDS),
    Field("users_affected", "whole"),
    Field("users_total", "whole"),
    Field("affected_share", "share"),
)
UNIT_FIELDS = (
    *_texts("service", *PLACES),
    Field("started", "moment", required=True),
    Field("ended", "moment"),
)
SAMPLE_FIELDS = (
    *_texts("service", *PLACES, "probe"),
    Field("at", "instant", required=True),
    Field("ok", "flag", words=YES_NO),
    Field("requests", "whole"),
    Field("errors", "whole"),
    Field("latency_ms", "milliseconds"),
    Field("expected_interval_s", "seconds"),
)
EXCLUSION_FIELDS = (
    Field("exclusion_id", names=("id",)),
    Field("name", required=True),
    *_texts("service", "component"),
    Field("started", "instant", required=True),
    *_instants("ended"),
    Field("announced_at", "moment"),
    *_texts("approved_by", "cause"),
)
SURVEY_FIELDS = (
    Field("respondent", required=True),
    Field("at", "moment", required=True, names=("date",)),
    Field("item", required=True),
    Field("score", "decimal", required=True),
    Field("scale_min", "decimal"),
    Field("scale_max", "decimal"),
    Field("party", "choice", words=PARTIES),
    Field("about", "choice", words=PARTIES),
    *_texts("role", "service", "ticket_id"),
)
INVITED_FIELDS = (
    Field("respondent", required=True),
    Field("party", "choice", words=PARTIES),
    Field("role"),
)
LEDGER_FIELDS = (
    Field("id", required=True),
    Field("kind", "choice", required=True, words=LEDGER_KINDS),
    Field("owner", required=True),
    Field("due", "date"),
    Field("first_due", "date"),
    Field("done", "date"),
    Field("agreed_by_supplier", "date"),
    Field("agreed_by_customer", "date"),
    Field("moved", "whole"),
    Field("court", "choice", words=(*PARTIES, "both")),
    Field("recorded_at", "date"),
    Field("note"),
)
CLAIM_FIELDS = (
    Field("credits", required=True),
    Field("period", required=True),
    Field("claimed_at", "moment", required=True),
    Field("seconds_used", "whole"),
)
FIGURE_FIELDS = (
    Field("name", required=True),
    Field("unit"),
    Field("period", required=True),
    Field("value", "decimal", required=True),
    Field("source"),
)
DELIVERY_FIELDS = (
    Field("obligation", required=True),
    Field("due", "date"),
    Field("delivered_at", "moment"),
    Field("evidence", names=("evidence_ref",)),
)
OPENING_FIELDS = (
    Field("name", required=True),
    Field("value", "decimal", required=True),
)
GOAL_FIELDS = (
    Field("goal", required=True),
    Field("side", "choice", words=PARTIES),
    Field("baseline", "decimal"),
    Field("target", "decimal"),
    Field("actual", "decimal"),
    Field("at", "moment", required=True),
    Field("source"),
)
INVOICE_FIELDS = (
    Field("fee", required=True),
    Field("unit"),
    Field("period", required=True),
    Field("amount", "decimal", required=True),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "tickets": TICKET_FIELDS,
    "status_events": STATUS_EVENT_FIELDS,
    "pauses": PAUSE_FIELDS,
    "updates": UPDATE_FIELDS,
    "users": USER_FIELDS,
    "outages": OUTAGE_FIELDS,
    "exclusions": EXCLUSION_FIELDS,
    "surveys": SURVEY_FIELDS,
    "invited": INVITED_FIELDS,
    "ledger": LEDGER_FIELDS,
    "claims": CLAIM_FIELDS,
    "figures": FIGURE_FIELDS,
    "invoices": INVOICE_FIELDS,
    "units": UNIT_FIELDS,
    "samples": SAMPLE_FIELDS,
    "deliveries": DELIVERY_FIELDS,
    "opening": OPENING_FIELDS,
    "goals": GOAL_FIELDS,
}
"""The fields of each table that `csv-generic` reads; `users` adds the users hindered to tickets."""
