"""The outages and exclusions of a log as values, with what each of them is worth.

In: the tables `outages` and `exclusions`. Out: `Outage` and `Excluded` rows in order of time, as known at the as-of
date. Used by the measures of outages. It judges nothing: whether an exclusion holds is the business of `exclusions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.measure.plan import Cell

    Fetch = Callable[[str], list[tuple[Cell, ...]]]

OUTAGES = """
SELECT outage, outage_id, service, component, started, ended, detected_at, acknowledged_at, ticket_at, severity,
    users_affected, users_total, affected_share, zone, region, project FROM outages ORDER BY started, outage
"""
EXCLUSIONS = """
SELECT exclusion, exclusion_id, name, service, component, started, ended, announced_at, approved_by, cause
FROM exclusions ORDER BY started, exclusion
"""


@dataclass(frozen=True, slots=True)
class Outage:
    """One interval [started, ended) in which a component, or the whole service (component None), did not work.

    `lasting`: it had no end at the as-of date, which stands in for it. `users`, `total`: users affected, and users of
    the unit; `share`: the part affected as recorded; None if unknown. `zone`, `region`, `project`: where it was, None:
    everywhere. `part`: the value of the column that `down when:` counts, for the level at hand; None: all of them.
    """

    number: int
    id: str
    service: str | None
    component: str | None
    started: int
    ended: int
    lasting: bool
    detected: int | None = None
    acknowledged: int | None = None
    ticket: int | None = None
    severity: str = ""
    share: Fraction | None = None
    users: int | None = None
    total: int | None = None
    zone: str | None = None
    region: str | None = None
    project: str | None = None
    part: str | None = None

    def place(self, column: str) -> str | None:
        """The component, zone, region or project; None: all of them."""
        return {"component": self.component, "zone": self.zone, "region": self.region}.get(column, self.project)


@dataclass(frozen=True, slots=True)
class Excluded:
    """One interval that appeals to an exclusion of the contract, by its name or by its cause."""

    number: int
    id: str
    name: str | None
    service: str | None
    component: str | None
    started: int
    ended: int
    announced: int | None
    approved_by: str | None
    cause: str | None


def outages(fetch: Fetch, as_of: int) -> tuple[Outage, ...]:
    """All outages that had begun at `as_of`."""
    found = []
    for row in fetch(OUTAGES):
        started, ended = _instant(row[4]), _instant(row[5])
        if started is None or started >= as_of:
            continue
        lasting = ended is None or ended > as_of
        found.append(
            Outage(
                int(row[0] or 0), str(row[1]), _text(row[2]), _text(row[3]), started,
                as_of if ended is None or lasting else ended, lasting, _instant(row[6]), _instant(row[7]),
                _instant(row[8]), _text(row[9]) or "", _share(row[12]), _instant(row[10]), _instant(row[11]),
                _text(row[13]), _text(row[14]), _text(row[15]),
            )
        )  # fmt: skip
    return tuple(found)


def exclusions(fetch: Fetch, as_of: int) -> tuple[Excluded, ...]:
    """All excluded intervals that had begun at `as_of`."""
    found = []
    for row in fetch(EXCLUSIONS):
        started, ended = _instant(row[5]), _instant(row[6])
        if started is None or started >= as_of:
            continue
        found.append(
            Excluded(
                int(row[0] or 0), str(row[1]), _text(row[2]), _text(row[3]), _text(row[4]), started,
                as_of if ended is None else min(ended, as_of), _instant(row[7]), _text(row[8]), _text(row[9]),
            )
        )  # fmt: skip
    return tuple(found)


def affected(outage: Outage, by: str, total: int | None) -> Fraction | None:
    """The part of the users or of the service affected, never more than all; None if the row does not say.

    `by` affected users: users affected by users in all (`total`, if the row does not say how many those are), else the
    recorded share; affected share: the recorded share, else the users.
    """
    everybody = outage.total or total
    users = Fraction(outage.users, everybody) if outage.users is not None and everybody else None
    first, second = (users, outage.share) if by == "affected users" else (outage.share, users)
    chosen = first if first is not None else second
    return None if chosen is None else min(chosen, Fraction(1))


def _share(share: Cell) -> Fraction | None:
    if share is None:
        return None
    try:
        return min(Fraction(Decimal(str(share))), Fraction(1))
    except InvalidOperation:
        return None


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _instant(cell: Cell) -> int | None:
    return int(cell) if isinstance(cell, int) else None
