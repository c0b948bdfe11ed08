"""Reads a conformance case and runs it: the contract as a file, the log as files, through the real pipeline.

In: a `.case` file (see README.md beside this file). Out: `Ran`, which answers what came out, and `differences`, which
compares it with what the source says: exactly, as fractions, amounts and instants. It knows no rule of its own.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sla2.pipeline import Pipeline, Request

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic

FOLDER = Path(__file__).resolve().parent
AREAS = ("contracts", "peers", "own")
ENTERS = ("log", "aggregate", "example", "skipped")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REFUSALS = ("SLA1", "SLA2", "SLA5", "SLA601", "SLA602", "SLA603", "SLA606", "SLA612", "SLA65", "SLA660", "SLA661")
"""Findings that say that something of a case could not be read, or is not judged."""
NO_REFUSAL = ("SLA520", "SLA521", "SLA522")
_MANY = re.compile(r"^\* (\d+) from (\S+) every (\d+) (second|minute)s?: (.*)$")


@dataclass(frozen=True)
class Case:
    """One case: where it comes from, how it enters, and its files; `readings` are [""] or the names behind the @."""

    area: str
    name: str
    title: str
    head: dict[str, str]
    files: tuple[tuple[str, str, str], ...]

    @property
    def readings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reading for _, reading, _ in self.files if reading)) or ("",)

    @property
    def enters(self) -> str:
        return self.head["enters"]

    def of(self, reading: str) -> dict[str, str]:
        """The files of one reading, by name; its own ones prevail over those that all readings share."""
        own = {name: text for name, of, text in self.files if of == reading}
        return {name: text for name, of, text in self.files if not of} | own


def load(path: Path) -> Case:
    """A case from its file."""
    head, *parts = re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    title, _, rest = head.partition("\n")
    fields = dict(line.split(": ", 1) for line in rest.splitlines() if ": " in line)
    files = []
    for part in parts:
        heading, _, body = part.partition("\n")
        name, _, reading = heading.strip().partition(" @")
        files.append((name, reading, _written_out(body.strip("\n") + "\n")))
    return Case(path.parent.name, path.stem, title, fields, tuple(files))


def cases(area: str) -> list[Case]:
    """All cases of an area, by name."""
    return [load(path) for path in sorted((FOLDER / area).glob("*.case"))]


def _written_out(text: str) -> str:
    """A line `* 9 from 2024-06-01T00:00:00Z every 5 minutes: {at},10` stands for nine rows."""
    rows = []
    for line in text.split("\n"):
        many = _MANY.match(line)
        if many is None:
            rows.append(line)
            continue
        number, start, step, unit, row = many.groups()
        at = datetime.fromisoformat(start)
        for index in range(int(number)):
            moment = at + timedelta(**{f"{unit}s": index * int(step)})
            rows.append(row.format(at=f"{moment:%Y-%m-%dT%H:%M:%SZ}", n=index + 1))
    return "\n".join(rows)


class Ran:
    """A case on its way through the pipeline, in a folder of its own."""

    def __init__(self, case: Case, reading: str, folder: Path) -> None:
        files = case.of(reading)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.expected = tomllib.loads(files["expected.toml"])
        mapping = folder / "mapping.toml"
        days = {name: self.expected.get(key) for name, key in (("start", "from"), ("end", "to"), ("as_of", "as_of"))}
        mappings = (mapping,) if mapping.exists() else ()
        self.line = Pipeline(Request(contract=str(folder / "contract.sla"), mappings=mappings, **days))
        self.logged = bool(mappings)

    @cached_property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything that reading, measuring, settling and trying had to say."""
        found = list(self.line.read[1])
        if self.line.contract is None:
            return tuple(found)
        for result in self.line.tried:
            found.extend(result.diagnostics)
        if self.logged:
            found.extend((*self.line.imported[1], *self.line.measured[1], *self.line.settled[1]))
        return tuple(dict.fromkeys(found))

    @property
    def refusals(self) -> list[str]:
        """What was refused by name, as `CODE message`."""
        return [
            f"{one.code} {one.message}"
            for one in self.found
            if one.code.startswith(REFUSALS) and one.code not in NO_REFUSAL
        ]

    @property
    def zone(self) -> ZoneInfo:
        contract = self.line.contract
        return ZoneInfo(self.expected.get("zone") or (contract.timezone if contract else None) or "UTC")

    def instant(self, text: str) -> int:
        """`2024-06-11T15:00:00`, in the zone of the case unless it names its own offset; in microseconds."""
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        return (moment.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)
