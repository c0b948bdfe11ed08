"""Zero repeat: each resolved incident promises that the same fault does not return within a number of days.

In: incidents with their key (the columns that the contract calls "the same"). Out: repeats, duplicates and one
promise per resolved incident. It reads no log; incidents without a key are counted and left out.

Rules: an incident opened after an earlier one of the same key was resolved, and at most `within` after it, is a
repeat. One opened while an earlier one is still open is a duplicate and neither repeats nor promises. A promise is
broken by the first repeat, kept once `within` has passed, pending until then.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from sla2.trust.stream import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident for this purpose; `key` is empty if the cause or another part of it is unknown."""

    ref: str
    key: tuple[str, ...]
    opened: int
    resolved: int | None


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was found. `share` = repeats / eligible (None if nothing was eligible)."""

    repeats: tuple[str, ...]
    duplicates: tuple[str, ...]
    eligible: int
    unknown: int
    promises: tuple[Promise, ...]

    @property
    def share(self) -> Fraction | None:
        """Share of eligible incidents that are repeats."""
        return Fraction(len(self.repeats), self.eligible) if self.eligible else None

    @property
    def unknown_share(self) -> Fraction | None:
        """Share of incidents without a known key; above one fifth the standing stays unproven."""
        total = self.eligible + self.unknown + len(self.duplicates)
        return Fraction(self.unknown, total) if total else None


def find_repeats(incidents: Iterable[Incident], within: int, as_of: int) -> Repeats:
    """Judge `incidents` with a promise of `within` microseconds, as known at `as_of`."""
    known: list[Incident] = []
    unknown = 0
    for incident in incidents:
        if incident.key and all(incident.key):
            known.append(incident)
        else:
            unknown += 1
    known.sort(key=lambda incident: (incident.key, incident.opened, incident.ref))
    repeats: list[str] = []
    duplicates: list[str] = []
    promises: list[Promise] = []
    for _, group in groupby(known, key=lambda incident: incident.key):
        first_hand, doubled = _without_duplicates(list(group))
        duplicates += doubled
        found, made = _judge(first_hand, within, as_of)
        repeats += found
        promises += made
    eligible = len(known) - len(duplicates)
    return Repeats(tuple(sorted(repeats)), tuple(sorted(duplicates)), eligible, unknown, tuple(promises))


def _without_duplicates(group: list[Incident]) -> tuple[list[Incident], list[str]]:
    kept: list[Incident] = []
    doubled: list[str] = []
    busy_until: int | None = None
    endless = False
    for incident in group:
        if endless or (busy_until is not None and incident.opened < busy_until):
            doubled.append(incident.ref)
            continue
        kept.append(incident)
        endless = incident.resolved is None
        busy_until = incident.resolved
    return kept, doubled


def _judge(group: list[Incident], within: int, as_of: int) -> tuple[list[str], list[Promise]]:
    opened = [incident.opened for incident in group]
    repeated: list[str] = []
    promises: list[Promise] = []
    for incident in group:
        if incident.resolved is None:
            continue
        later = bisect_right(opened, incident.resolved)
        until = incident.resolved + within
        if later < len(group) and opened[later] <= until:
            repeated.append(group[later].ref)
            promises.append(Promise(opened[later], "broken", incident.ref, group[later].ref))
        else:
            promises.append(Promise(until, "kept" if until < as_of else "pending", incident.ref))
    return sorted(set(repeated)), promises
