"""What may be wrong with a line that could not be read, and what to write instead.

In: the line, where reading stopped and what could have come there. Out: suspicions, the likeliest first; `from_text`
tries them on the parser and reports the first that lets the line be read further. Most come from the table of slips
in `grammar/syntax_errors.toml`, the others from the labels and words that the grammar expects.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sla2 import resources
from sla2.diagnostics.suggest import did_you_mean
from sla2.source import codes, foreign, grammar, headers
from sla2.source.lookalikes import latin, strangers
from sla2.source.repairs import REPAIRS, Repaired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sla2.diagnostics import Code

TABLE_FILE = "syntax_errors.toml"
LONGEST_LINE = 2_000
"""A longer line is not searched for slips, so that no file can make the search slow."""

_WORD = re.compile(r"[^\W\d_][\w-]*")
_PART = re.compile(r'"[^"]*"|<[^<>\s]*>|[^\s",]+|\S')
_LABEL = re.compile(r'[^:"#\n]*')


@dataclass(frozen=True, slots=True)
class Slip:
    """One entry of the table; see the head of the file for its fields."""

    code: Code
    pattern: re.Pattern[str]
    write: str | None
    repair: str
    message: str
    help: str
    choices: tuple[str, ...]
    expected: frozenset[str]
    block: str
    wrong: str
    right: str | None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Perhaps the characters [start, end) of the line should be `write`.

    `choices`: what else could be meant, `write` included; then no fix is made without being asked. `complete`: holds
    only if the whole line can then be read. `shown_from`: where the words to point at begin, if not at `start`.
    """

    code: Code
    message: str
    help: str
    start: int
    end: int
    write: str
    choices: tuple[str, ...] = ()
    complete: bool = False
    shown_from: int | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Where reading stopped: the line, the place in it, the place of the last word read, and what was expected.

    `kind` is the kind of the open block, "" outside; `label_read` is True once the colon was read.
    """

    line: str
    at: int
    last: int
    last_end: int
    expected: frozenset[str]
    kind: str
    label_read: bool


@cache
def slips() -> tuple[Slip, ...]:
    """The table of slips, in its order."""
    by_id = {code.id: code for code in codes.CODES}
    return tuple(
        Slip(
            code=by_id[entry["code"]],
            pattern=re.compile(entry["pattern"]),
            write=entry.get("write"),
            repair=entry.get("repair", ""),
            message=entry["message"],
            help=entry["help"],
            choices=tuple(entry.get("choices", ())),
            expected=frozenset(entry.get("expected", ())),
            block=entry["block"],
            wrong=entry["wrong"],
            right=entry.get("right"),
        )
        for entry in tomllib.loads(_table())["slip"]
    )


@cache
def examples() -> Mapping[tuple[str, str], str]:
    """For each kind of block and label, a line as it may stand there."""
    shared = {"framework": "contract", "bonus": "credits"}
    table: dict[str, dict[str, str]] = tomllib.loads(_table())["example"]
    kinds = {**{kind: kind for kind in table}, **shared}
    return {(kind, label): line for kind, home in kinds.items() for label, line in table[home].items()}


def _table() -> str:
    return resources.read_text("grammar", TABLE_FILE)


def suspicions(stop: Stop) -> Iterator[Suspicion]:
    """What may be wrong at `stop`, the likeliest first."""
    yield from _unclosed_quote(stop)
    yield from _strange_letter(stop)
    if len(stop.line) <= LONGEST_LINE:
        for slip in slips():
            yield from _slip(slip, stop)
    yield from _missing_colon(stop)
    yield from _foreign_word(stop)
    yield from _misspelt_label(stop)
    yield from _misspelt_word(stop)
    yield from _missing_quotes(stop)
    yield from _missing_comma(stop)
    if len(stop.line) <= LONGEST_LINE:
        yield from _missing_word(stop)
        yield from _changed_places(stop)
        yield from _junk(stop)


def _slip(slip: Slip, stop: Stop) -> Iterator[Suspicion]:
    if slip.expected and not slip.expected & _expected_words(stop):
        return
    for match in slip.pattern.finditer(stop.line):
        start, end = match.span()
        if slip.repair:
            start += len(match.group()) - len(match.group().lstrip())
            end -= len(match.group()) - len(match.group().rstrip())
        near = start <= stop.at and (stop.at <= end or stop.line[end : stop.at].isspace())
        if not near or start == end:
            continue
        found = stop.line[start:end]
        repaired = REPAIRS[slip.repair](found) if slip.repair else Repaired(match.expand(slip.write or ""))
        if repaired is None or repaired.text == found:
            continue
        if repaired.text[:1].isalpha() and stop.line[:start][-1:].isdigit():
            repaired = Repaired(f" {repaired.text}", repaired.readings)
        shown = repaired.readings or (repaired.text,)
        values = {
            "found": f"`{found.strip()}`",
            "write": " or ".join(f"`{reading.strip()}`" for reading in shown),
            "1": match.group(1) if match.re.groups else "",
        }
        message, help = (_fill(template, values) for template in (slip.message, slip.help))
        choices = repaired.readings or tuple(match.expand(choice) for choice in slip.choices)
        yield Suspicion(slip.code, message, help, start, end, repaired.text, choices)


def _fill(template: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: values[match.group(1)], template)


def _expected_words(stop: Stop) -> frozenset[str]:
    words = grammar.keywords()
    return frozenset(words.get(name, name) for name in stop.expected)


def _unclosed_quote(stop: Stop) -> Iterator[Suspicion]:
    if stop.line[stop.at : stop.at + 1] != '"' or stop.line.startswith('"""', stop.at):
        return
    if '"' in stop.line[stop.at + 1 :]:
        return
    end = len(stop.line.rstrip())
    message = "The text that begins here has no closing quote on this line."
    help = 'Close it with ", or write a text of several lines between """ and """.'
    yield Suspicion(codes.UNCLOSED_QUOTE, message, help, end, end, '"', shown_from=stop.at)


def _strange_letter(stop: Stop) -> Iterator[Suspicion]:
    """A letter of another script that looks Latin, in the word at which reading stopped."""
    if len(stop.line) > LONGEST_LINE:
        return
    for word in re.finditer(r"[\w-]+", stop.line):
        strange = strangers(word.group())
        if strange and word.start() <= stop.at < word.end():
            shown = " and ".join(f"{letter} (U+{ord(letter):04X})" for letter in strange)
            message = f"`{word.group()}` holds {shown}: not Latin, though it looks so."
            write = latin(word.group())
            yield Suspicion(codes.STRANGE_LETTER, message, f"Type it again: `{write}`.", *word.span(), write)


def _missing_colon(stop: Stop) -> Iterator[Suspicion]:
    if ":" in _expected_words(stop) and not stop.label_read and stop.last < stop.at:
        label = stop.line[: stop.last_end].strip()
        help = f"Write `{label}:` and then the value."
        message = f"The colon after `{label}` is missing."
        found = _PART.match(stop.line, stop.at)
        end = found.end() if found else stop.at
        yield Suspicion(codes.MISSING_COLON, message, help, stop.last_end, stop.last_end, ":")
        yield Suspicion(codes.MISSING_COLON, message, help, stop.last_end, end, ":", complete=True)


def _misspelt_label(stop: Stop) -> Iterator[Suspicion]:
    if stop.label_read or not stop.kind and re.match(r'[^":#]+:', stop.line):
        return
    whole = stop.line.strip()
    if stop.kind and whole != "end" and len(whole) < 6 and did_you_mean(whole, ("end",)):
        message = f"`{whole}` closes no block."
        start = len(stop.line) - len(stop.line.lstrip())
        yield Suspicion(codes.UNKNOWN_LABEL, message, "Did you mean `end`?", start, start + len(whole), "end")
    written = _LABEL.match(stop.line)
    words = list(_WORD.finditer(written.group() if written else ""))[:5]
    known = known_starts(stop.kind)
    for count in range(len(words), 0, -1):
        start, end = words[0].start(), words[count - 1].end()
        found = " ".join(word.group() for word in words[:count])
        likely = did_you_mean(found, known)
        if likely and likely != found:
            noun = "line" if stop.kind else "block"
            message = f"There is no {noun} `{found}`{f' in {a(stop.kind)}' if stop.kind else ''}."
            code = codes.UNKNOWN_LABEL if stop.kind else codes.UNKNOWN_BLOCK
            yield Suspicion(code, message, f"Did you mean `{likely}`?", start, end, likely)
            if stop.kind:
                help = f"Did you mean `{likely}:`?"
                yield Suspicion(code, message, help, start, end, f"{likely}:", complete=True)


def _foreign_word(stop: Stop) -> Iterator[Suspicion]:
    """A Dutch or German word where an English one stands."""
    start = len(stop.line) - len(stop.line.lstrip())
    places = [] if stop.label_read else [("labels" if stop.kind else "blocks", start)]
    for part, at in (*places, ("values", stop.at), ("values", stop.last)):
        for found, meaning in foreign.meanings(part, stop.line, at):
            message = f"The words of the language are English: `{found}` is `{meaning}` here."
            help, end = f"Write `{meaning}`.", at + len(found)
            yield Suspicion(codes.FOREIGN_WORD, message, help, at, end, meaning, complete=at == stop.last < stop.at)


def _misspelt_word(stop: Stop) -> Iterator[Suspicion]:
    word = _WORD.match(stop.line, stop.at)
    if not word:
        return
    found = word.group()
    known = {expected for expected in _expected_words(stop) if _WORD.fullmatch(expected)}
    likely = did_you_mean(found, known)
    if likely and likely != found:
        if likely == found.lower():
            message = f"The word `{found}` is written in small letters."
            help = f"Write `{likely}`."
        else:
            message = f"The word `{found}` is not known here."
            help = f"Did you mean `{likely}`?"
        yield Suspicion(codes.MISSPELT_WORD, message, help, word.start(), word.end(), likely)


def _missing_quotes(stop: Stop) -> Iterator[Suspicion]:
    rest = re.match(r"[^\"#\n]*", stop.line[stop.at :])
    if "STRING" not in stop.expected or not rest or not rest.group().strip():
        return
    whole = rest.group().rstrip()
    ends = [len(whole)]
    ends += [match.start() for match in re.finditer(r"\s*<|\s+(?:for|from|to|as)\s|,", whole) if match.start()]
    message = f"The words `{whole if len(whole) <= 60 else f'{whole[:59]}…'}` are a text, and a text stands in quotes."
    start = stop.at
    for end in ends:
        text = whole[:end]
        yield Suspicion(
            codes.MISSING_QUOTES, message, f'Write `"{text}"`.', start, start + end, f'"{text}"', complete=True
        )
    if '"' not in stop.line[stop.at :]:
        yield Suspicion(codes.MISSING_QUOTES, message, f'Write `"{whole}"`.', start, start + len(whole), f'"{whole}"')


def _missing_comma(stop: Stop) -> Iterator[Suspicion]:
    if "," in _expected_words(stop) and stop.last < stop.at:
        before = stop.line[stop.last : stop.last_end]
        message = f"A comma is missing after `{before}`."
        help = f"Write `{before},` and then the next part of the list."
        yield Suspicion(codes.MISSING_COMMA, message, help, stop.last_end, stop.last_end, ",", complete=True)


def _missing_word(stop: Stop) -> Iterator[Suspicion]:
    """One word of the language is missing, if only one could stand there."""
    known = [word for word in _expected_words(stop) if _WORD.fullmatch(word)]
    found = _PART.match(stop.line, stop.at)
    if stop.kind and len(known) == 1 and found:
        message = f"Before `{found.group()}` the word `{known[0]}` is missing."
        help = f"Write `{known[0]} {found.group()}`."
        yield Suspicion(codes.UNREADABLE_LINE, message, help, stop.at, stop.at, f"{known[0]} ", complete=True)


def _parts_at(stop: Stop) -> tuple[list[re.Match[str]], int]:
    """The words of the line, quoted texts whole, and which of them stands where reading stopped."""
    parts = list(_PART.finditer(stop.line.partition(" #")[0]))
    at = next((number for number, part in enumerate(parts) if part.end() > stop.at), len(parts))
    return parts, at


def _changed_places(stop: Stop) -> Iterator[Suspicion]:
    """Two words next to each other have changed places."""
    parts, at = _parts_at(stop)
    for first in (at - 1, at):
        if not 0 <= first < len(parts) - 1:
            continue
        one, other = parts[first], parts[first + 1]
        between = stop.line[one.end() : other.start()]
        write = f"{other.group()}{between or ' '}{one.group()}"
        message = f"`{one.group()}` and `{other.group()}` seem to have changed places."
        help = f"Did you mean `{write}`?"
        start, end = one.start(), other.end()
        yield Suspicion(codes.UNREADABLE_LINE, message, help, start, end, write, choices=(write,), complete=True)


def _junk(stop: Stop) -> Iterator[Suspicion]:
    """A word too many."""
    parts, at = _parts_at(stop)
    for part in parts[max(0, at - 1) : at + 1][::-1] if stop.kind else ():
        before = " ".join(stop.line[: part.start()].split())
        after = f" after `{before if len(before) <= 60 else f'…{before[-59:]}'}`" if before else " here"
        message = f"`{part.group()}` does not fit{after}."
        help = "Leave it out, or write what is meant in its place."
        start, end = part.span()
        yield Suspicion(codes.UNREADABLE_LINE, message, help, start, end, "", choices=("",), complete=True)


def second_lines(line: str, kind: str) -> Iterator[int]:
    """Where in `line` another line of a `kind` block may begin, or its end, or the next block; for "" in the block
    that `line` opens."""
    if len(line) > LONGEST_LINE:
        return
    opened = headers.kind().match(line.lstrip()) if not kind else None
    plain = re.sub(r'"[^"]*"', lambda text: "_" * len(text.group()), line.partition(" #")[0])
    for match in _second(" ".join(opened.group().split()) if opened else kind).finditer(plain):
        if plain[: match.start()].strip():
            yield match.start()


@cache
def _second(kind: str) -> re.Pattern[str]:
    """How another line of a `kind` block may begin in the middle of a line, its quoted texts as low lines."""
    labels = grammar.labels_of(kind) if kind else ()
    starts = [rf"(?:{_either(labels)})(?:\s+[\w-]+)?\s*:"] if labels else []
    starts += [r"end\s*$", rf"(?:{_either(grammar.block_kinds())})\s+[\w-]+\s+_"]
    return re.compile(rf"(?<=\s)(?:{'|'.join(starts)})")


def _either(words: Iterable[str]) -> str:
    """A pattern for one of `words`, the longest first."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda word: (-len(word), word))
    )


@cache
def known_starts(kind: str) -> tuple[str, ...]:
    """The labels of the lines of a `kind` block; for "", the kinds of blocks."""
    if not kind:
        return (*grammar.block_kinds(), "include")
    return (*grammar.labels_of(kind), "end")


def a(kind: str) -> str:
    """`a level block`, `an impact block`."""
    article = "an" if kind[0] in "aeio" else "a"
    return f"{article} {kind} block"
