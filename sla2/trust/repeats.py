"""Zero repeat: each resolved incident promises that the same fault does not return within a number of days.

In: incidents with their key (the columns that the contract calls "the same"). Out: repeats, duplicates and one
promise per resolved incident. It reads no log; incidents without a key are counted and left out.

Rules: an incident opened after an earlier one of the same key was resolved, and at most `within` after it, is a
repeat. One opened while an earlier one is still open is a duplicate and neither repeats nor promises. A promise is
broken by the first repeat, kept once `within` has passed within what the log covers, pending until then.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from sla2.trust.stream import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla2.trust.stream import Fate


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident for this purpose; `key` is empty if the cause or another part of it is unknown."""

    ref: str
    key: tuple[str, ...]
    opened: int
    resolved: int | None


@dataclass(frozen=True, slots=True)
class Repeats:
    """What was found among the incidents opened in a window; `promises` are those of all incidents.

    `repeats` and `duplicates` name incidents; `unknown` counts those without a known key.
    """

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
    def coarse(self) -> bool:
        """True if more than half of the known incidents opened while "the same" was open: the key tells faults apart
        too badly to say anything about their return."""
        return 2 * len(self.duplicates) > self.eligible + len(self.duplicates)

    @property
    def unknown_share(self) -> Fraction | None:
        """Share of incidents without a known key; above one fifth the standing stays unproven."""
        total = self.eligible + self.unknown + len(self.duplicates)
        return Fraction(self.unknown, total) if total else None


def find_repeats(
    incidents: Iterable[Incident],
    until: Callable[[int], int],
    seen_until: int,
    window: tuple[int, int] | None = None,
) -> Repeats:
    """Judge `incidents`, each promising from its resolution to `until(resolution)`, that instant included.

    New incidents would be known up to `seen_until`. `window` [start, end) limits what is counted (None: everything),
    never what is compared.
    """
    low, high = window if window is not None else (None, None)
    known: list[Incident] = []
    unknown = 0
    counted: set[str] = set()
    for incident in incidents:
        inside = (low is None or incident.opened >= low) and (high is None or incident.opened < high)
        if inside:
            counted.add(incident.ref)
        if incident.key and all(incident.key):
            known.append(incident)
        else:
            unknown += inside
    known.sort(key=lambda incident: (incident.key, incident.opened, incident.ref))
    repeats: list[str] = []
    duplicates: list[str] = []
    promises: list[Promise] = []
    for _, group in groupby(known, key=lambda incident: incident.key):
        first_hand, doubled = _without_duplicates(list(group))
        duplicates += doubled
        found, made = _judge(first_hand, until, seen_until)
        repeats += found
        promises += made
    repeats, duplicates = [[ref for ref in refs if ref in counted] for refs in (repeats, duplicates)]
    eligible = sum(incident.ref in counted for incident in known) - len(duplicates)
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


def _judge(group: list[Incident], until: Callable[[int], int], seen_until: int) -> tuple[list[str], list[Promise]]:
    opened = [incident.opened for incident in group]
    repeated: list[str] = []
    promises: list[Promise] = []
    for incident in group:
        if incident.resolved is None:
            continue
        later = bisect_right(opened, incident.resolved)
        last = until(incident.resolved)
        if later < len(group) and opened[later] <= last:
            repeated.append(group[later].ref)
            promises.append(Promise(opened[later], "broken", incident.ref, group[later].ref))
        else:
            fate: Fate = "kept" if last < seen_until else "pending"
            promises.append(Promise(last, fate, incident.ref, made=incident.resolved))
    return sorted(set(repeated)), promises
