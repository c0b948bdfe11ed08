"""Seeded damage to contracts, and what the toolkit says about it.

`damaged(kind, text, seed)` makes one slip of a kind in a text; `verdict` tells whether the text can still be read, what
is found that was not found before, and how far from the slip. The same seed always makes the same slip.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sla2.checks import echoes
from sla2.checks import run as checks
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.names import needs
from sla2.diagnostics import Diagnostic, Severity, has_errors
from sla2.diagnostics.render import ordered
from sla2.pipeline import disagreements
from sla2.settle.examples import run_examples
from sla2.source.read import read_document
from sla2.source.syntax import Document

CONTRACTS = Path(__file__).resolve().parents[1] / "contracts"
JUNK = ("@@", "xyzzy", ";", "%", '"', "{", "0", "end", "at", "???", "EUR", ":", "-", "1.2.3", "'", "\\")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.:,-%\"' "
NEAR = 1
"""Lines between a slip and the finding about it that still count as near."""

_WORD = re.compile(r'"[^"\n]*"|[^\s"]+')


@dataclass(frozen=True)
class Damage:
    """A text with one slip, on `lines` of it."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Outcome:
    """What one slip led to. `errors` are new findings that are errors, `found` all new findings."""

    parses: bool
    near: bool
    errors: int
    found: int
    codes: tuple[str, ...]


def contracts() -> tuple[Path, ...]:
    """The contracts that are damaged, in a fixed order."""
    return (
        *sorted(CONTRACTS.glob("examples/*/contract.sla")),
        *sorted(CONTRACTS.glob("published/**/*.sla")),
    )


def contract_for(seed: int) -> Path:
    """The contract that is damaged with `seed`: the examples, which are long, as often as all published ones."""
    examples, published = (
        sorted(CONTRACTS.glob(pattern)) for pattern in ("examples/*/contract.sla", "published/**/*.sla")
    )
    chosen = published if seed % 2 and published else examples
    return chosen[seed // 2 % len(chosen)]


def written(text: str) -> list[int]:
    """The lines (from 0) that hold more than a comment, outside texts of several lines."""
    found, quoted = [], False
    for number, line in enumerate(text.split("\n")):
        marks = line.count('"""')
        if not quoted and not marks and line.strip() and not line.lstrip().startswith("#"):
            found.append(number)
        quoted ^= marks % 2 == 1
    return found


def _words(line: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(line))


def _line_changed(change: Callable[[random.Random, str], str]) -> Callable[[random.Random, list[str], list[int]], int]:
    def changed(chance: random.Random, lines: list[str], places: list[int]) -> int:
        place = chance.choice(places)
        lines[place] = change(chance, lines[place])
        return place

    return changed


def _delete_token(chance: random.Random, line: str) -> str:
    word = chance.choice(_words(line))
    return line[: word.start()] + line[word.end() :]


def _letters(line: str) -> list[int]:
    return [at for at, letter in enumerate(line) if not letter.isspace()]


def _delete_character(chance: random.Random, line: str) -> str:
    at = chance.choice(_letters(line))
    return line[:at] + line[at + 1 :]


def _replace_character(chance: random.Random, line: str) -> str:
    at = chance.choice(_letters(line))
    return line[:at] + chance.choice(LETTERS.replace(line[at], "")) + line[at + 1 :]


def _insert_junk(chance: random.Random, line: str) -> str:
    at = chance.choice([*(word.start() for word in _words(line)), len(line)])
    return f"{line[:at].rstrip(' ') if at == len(line) else line[:at]} {chance.choice(JUNK)} {line[at:]}".rstrip()


def _join(chance: random.Random, lines: list[str], places: list[int]) -> int:
    following = [(one, other) for one, other in zip(places, places[1:], strict=False) if other == one + 1]
    place, other = chance.choice(following)
    lines[place] = f"{lines[place]} {lines[other].lstrip()}"
    del lines[other]
    return place


def _delete_line(chance: random.Random, lines: list[str], places: list[int]) -> int:
    place = chance.choice(places)
    del lines[place]
    return min(place, len(lines) - 1)


def _duplicate_line(chance: random.Random, lines: list[str], places: list[int]) -> int:
    place = chance.choice(places)
    lines.insert(place, lines[place])
    return place


def _swap(chance: random.Random, lines: list[str], places: list[int]) -> int:
    """Two neighbouring words of a line, or two neighbouring lines."""
    if chance.random() < 0.5:
        following = [(one, other) for one, other in zip(places, places[1:], strict=False) if other == one + 1]
        place, other = chance.choice(following)
        lines[place], lines[other] = lines[other], lines[place]
        return place
    place = chance.choice([place for place in places if len(_words(lines[place])) > 1])
    words = _words(lines[place])
    at = chance.randrange(len(words) - 1)
    one, other = words[at], words[at + 1]
    line = lines[place]
    between = line[one.end() : other.start()]
    lines[place] = f"{line[: one.start()]}{other.group()}{between or ' '}{one.group()}{line[other.end() :]}"
    return place


KINDS: dict[str, Callable[[random.Random, list[str], list[int]], int]] = {
    "a word deleted": _line_changed(_delete_token),
    "a character deleted": _line_changed(_delete_character),
    "a character replaced": _line_changed(_replace_character),
    "junk inserted": _line_changed(_insert_junk),
    "two lines joined": _join,
    "a line deleted": _delete_line,
    "a line doubled": _duplicate_line,
    "two words or lines swapped": _swap,
}


def damaged(kind: str, text: str, seed: int) -> Damage:
    """`text` with one slip of `kind`."""
    chance = random.Random(f"{kind} {seed}")
    lines = text.split("\n")
    place = KINDS[kind](chance, lines, written(text))
    swapped_lines = kind.startswith("two words")
    return Damage("\n".join(lines), (place + 1, place + 2) if swapped_lines else (place + 1,))


@dataclass(frozen=True)
class Surroundings:
    """The files that a contract needs."""

    holidays: dict[str, HolidayFile]
    included: dict[str, Document]


@cache
def surroundings(path: Path) -> Surroundings:
    """Those of the contract in `path`, under the names it gives them."""
    document, _ = read_document(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    holidays: dict[str, HolidayFile] = {}
    included: dict[str, Document] = {}
    waiting = list(needs(document))
    while waiting:
        need = waiting.pop()
        text = (path.parent / need.path).read_text(encoding="utf-8")
        if need.kind == "holidays":
            file, _ = read_lock(text, need.path)
            assert file is not None
            holidays[need.path] = file
        elif need.path not in included:
            inner, _ = read_document(text, need.path)
            assert inner is not None
            included[need.path] = inner
            waiting += needs(inner)
    return Surroundings(holidays, included)


def findings(text: str, path: Path) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """What reading `text` in the place of the contract finds, and all that `sla2 check` shows of it."""
    document, contract, read, errors = contract_of(text, path)
    if document is None:
        return read, read
    shown = checks.run(contract).shown if contract is not None else ()
    told = (*errors, *echoes.without_echoes(shown, errors, document.blocks))
    if contract is not None and not has_errors(told):
        told = (*told, *disagreements(run_examples(contract, logs=False)))
    return read, ordered(told)


def contract_of(
    text: str, path: Path
) -> tuple[Document | None, Contract | None, tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """The document and the contract that `text` is in the place of `path`, what reading it found, and that with what
    making a contract of it found."""
    near = surroundings(path)
    document, read = read_document(text, path.name)
    if document is None:
        return None, None, read, read
    contract, more = from_syntax(document, included=near.included, holidays=near.holidays)
    return document, contract, read, (*read, *more)


def _key(one: Diagnostic) -> tuple[str, str]:
    return one.code, re.sub(r"\d+", "", one.message)


@cache
def _before(path: Path) -> Counter[tuple[str, str]]:
    return Counter(_key(one) for one in findings(path.read_text(encoding="utf-8"), path)[1])


def new_findings(text: str, path: Path) -> tuple[bool, list[Diagnostic]]:
    """Whether `text` can be read without a mistake of form, and what is found in it that the contract does not have."""
    read, shown = findings(text, path)
    known = Counter(_before(path))
    new = []
    for one in shown:
        if known[_key(one)] > 0:
            known[_key(one)] -= 1
        else:
            new.append(one)
    return not read, new


def outcome(damage: Damage, path: Path) -> Outcome:
    """What is found in `damage`, which was done to the contract in `path`."""
    parses, new = new_findings(damage.text, path)
    lines = [one.span.line for one in new if one.span is not None and one.span.path == path.name]
    near = any(abs(line - place) <= NEAR for line in lines for place in damage.lines)
    errors = sum(one.severity is Severity.ERROR for one in new)
    return Outcome(parses, near, errors, len(new), tuple(one.code for one in new))


@dataclass(frozen=True)
class Row:
    """One kind of slip in figures. Of `slips`, `parsed` could still be read; of the others `near` had a finding within
    a line, and together they gave `found` findings, `most` at most."""

    kind: str
    slips: int
    parsed: int
    near: int
    found: int
    most: int

    @property
    def broken(self) -> int:
        """How many could not be read any more."""
        return self.slips - self.parsed


def row(kind: str, seeds: int) -> Row:
    """The figures of `seeds` slips of `kind`. Raises: AssertionError if one of them shows a fault of sla2 itself."""
    outcomes = []
    for seed in range(seeds):
        path = contract_for(seed)
        result = outcome(damaged(kind, path.read_text(encoding="utf-8"), seed), path)
        assert not any(code.startswith("SLA9") for code in result.codes), (kind, seed, result.codes)
        outcomes.append(result)
    broken = [result for result in outcomes if not result.parses]
    counts = [result.found for result in broken]
    near = sum(result.near for result in broken)
    return Row(kind, seeds, seeds - len(broken), near, sum(counts), max(counts, default=0))
