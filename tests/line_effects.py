"""What a line of a contract does to the figures: take it away, or change its number, and look what comes out.

In: a conformance case. Out: its lines by kind of block and label; the same contract with one line altered in place (all
other lines keep their positions); the figures of a run, without anything that only repeats the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sla2.diagnostics import has_errors
from tests.conformance.runner import Case, Ran

HEAD = re.compile(r'^([a-z][a-z ]*?) [A-Za-z0-9][\w-]* "')
OWN = ("cap together with", "number of", "fee")


@dataclass(frozen=True)
class Place:
    """One line of a case: the kind of its block, its label, and where it stands."""

    kind: str
    label: str
    number: int


def places(text: str) -> Iterator[Place]:
    """The lines of all blocks of a contract."""
    kind = ""
    for number, line in enumerate(text.split("\n")):
        head = HEAD.match(line)
        if head is not None:
            kind = head[1]
        elif line.startswith("end"):
            kind = ""
        elif kind:
            label = next((own for own in OWN if line.strip().startswith(f"{own} ")), "")
            label = label or line.strip().partition(":")[0]
            yield Place(kind, label, number)


def without(line: str) -> str:
    """The line made a comment of the same length."""
    return "#" * len(line)


def raised(line: str, by: int) -> str:
    """The line with its last digit that can be moved moved, as long as before."""
    found = [match for match in re.finditer(r"\d", line) if int(match[0]) + by in range(1, 10)]
    if not found:
        return line
    at = found[0].start()
    return f"{line[:at]}{int(line[at]) + by}{line[at + 1 :]}"


WAYS = {
    "left out": without,
    "more": lambda line: raised(line, 1),
    "less": lambda line: raised(line, -1),
}


def altered(case: Case, reading: str, place: Place, way: str) -> Case | None:
    """The case with one line altered; None if that changes nothing."""
    text = case.of(reading)["contract.sla"]
    lines = text.split("\n")
    new = WAYS[way](lines[place.number])
    if new == lines[place.number]:
        return None
    lines[place.number] = new
    mine = ("contract.sla", reading, "\n".join(lines))
    others = tuple(file for file in case.files if file[:2] != mine[:2])
    return replace(case, files=(*others, mine))


def figures(case: Case, reading: str, folder: Path) -> tuple[object, ...] | None:
    """Everything that is reckoned for a case; None if the contract has errors, or something in it is refused."""
    folder.mkdir(exist_ok=True)
    ran = Ran(case, reading, folder)
    if not ran.logged or ran.line.contract is None or has_errors(ran.line.read[1]) or ran.refusals:
        return None
    settled = ran.line.settled[0]
    measured = ran.line.measured[0]
    if settled is None or measured is None:
        return None
    statement = settled.statement
    verdicts = [
        (one.level, one.unit, one.period.label, one.status, one.minimum, one.expected, one.reason)
        + (one.measurement.value, one.measurement.low, one.measurement.high, one.measurement.counts)
        for one in settled.history
    ]
    owed = [
        (one.credits, one.unit, one.period.label, one.amount, one.low, one.high, one.claim_by, one.provisional)
        for one in (*settled.ledger, *statement.bonuses)
    ]
    rights = [
        (one.right, one.right_of, one.status, one.arose, one.use_by, one.cure_by, one.notice and one.ends_from)
        for one in settled.rights
    ]
    points = [(one.points, one.period.label, one.low, one.high) for one in settled.points]
    pools = [(one.pool, one.period.label, one.size, one.paid) for one in settled.pools]
    exposures = [(one.side, one.first, one.limit, one.owed) for one in settled.exposures]
    pieces = [(one.level, one.unit, one.started, one.ended, one.counted, one.weight) for one in measured.pieces]
    cases = [
        (one.level, one.ticket_id, one.period, one.started, one.stopped, one.deadline, one.elapsed, one.outcome)
        for level in dict.fromkeys(one.level for one in measured.measurements)
        for one in measured.cases.of(level)
    ]
    return tuple(map(tuple, (verdicts, owed, rights, points, pools, exposures, pieces, cases)))
