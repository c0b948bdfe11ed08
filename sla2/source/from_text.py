"""Text to parse tree, with everything that is wrong with the text found in one run.

In: the text of a file. Out: `Parsed`: a tree that holds every line that could be read, findings in plain sentences,
and the lines with their comments (for the formatter). Runs first. It never raises for a mistake and resolves no name.

The file is read line by line into the LALR automaton (`line_parser`). A line that does not fit is tried again with the
slips put right that `mistakes` suspects; what helps is reported with its remedy and read as corrected, otherwise the
line is reported once and skipped. A missing `end` shows at the next block header. No line costs the rest of its block.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sla2.source import blame, codes, frame, grammar, headers
from sla2.source.lexer import plain_line_ends
from sla2.source.line_parser import Comment, Line, LineParser, Patch, Places, Trouble
from sla2.source.mistakes import Stop, Suspicion, known_starts, second_lines, suspicions

if TYPE_CHECKING:
    from lark import Token, Tree

    from sla2.diagnostics import Diagnostic, Span

MOST_FINDINGS = 500
LONGEST_TEXT = 100_000
MOST_REPAIRS = 8
"""So many slips on one line are put right; after that the line is skipped."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What reading a text gave. `lines` are the lines as read, `comments` those that stand alone on a line.

    `unread` are the places of lines of which nothing could be made; `headless` the kinds of which a block may be whose
    first line is missing.
    """

    tree: Tree[Token]
    diagnostics: tuple[Diagnostic, ...]
    comments: tuple[Comment, ...]
    lines: tuple[Line, ...]
    unread: tuple[int, ...]
    headless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    """The block that is open: its kind and its first line."""

    kind: str
    header: Span


def parse(text: str, path: str) -> Parsed:
    """Read `text`, which its user knows as `path`."""
    return _Reader(plain_line_ends(text), path).run()


class _Reader:
    """Reads one text; holds what was found so far."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.places = Places(text, path)
        self.parser = LineParser(text, self.places)
        self.found: list[Diagnostic] = []
        self.lines: list[Line] = []
        self.comments: list[Comment] = []
        self.block: _Open | None = None
        self.versioned = False
        self.unread: list[int] = []
        self.headless: set[str] = set()
        self.last = 0
        """The place of the last word of what was read so far, comments aside."""
        self.lost = False
        """True while lines are skipped because their block could not be opened or was closed too early."""

    def run(self) -> Parsed:
        """The whole text."""
        at = 0
        while at < len(self.text) and len(self.found) < MOST_FINDINGS:
            start = self.parser.lexer.skip_blanks(self.text, at)
            blank = self.parser.lexer.line_end(self.text, start)
            if blank:
                self._lone_comment(blank, start)
                at = blank.end()
            else:
                at = self._line(at, start)
                self.last = self._word_before(at)
        if len(self.found) >= MOST_FINDINGS:
            here = self._rest_of_line(at)
            message = f"Reading stopped here, after {MOST_FINDINGS} mistakes."
            self.found.append(codes.TOO_MANY.at(here, message, help="Correct the first ones and check again."))
        self._close(len(self.text))
        found, comments, lines = tuple(self.found), tuple(self.comments), tuple(self.lines)
        headless = tuple(sorted(self.headless))
        return Parsed(self.parser.finish(), found, comments, lines, tuple(self.unread), headless)

    def _word_before(self, at: int) -> int:
        """The place of the last sign before `at` that is not blank."""
        at = min(at, len(self.text)) - 1
        while at > 0 and self.text[at].isspace():
            at -= 1
        return at

    def _lone_comment(self, blank: re.Match[str], start: int) -> None:
        if blank.group(1) is not None:
            self.comments.append(Comment(blank.group(1), self.places.span(start, blank.end(1))))

    def _rest_of_line(self, at: int) -> Span:
        """The text of the line from `at`, without the blanks around it."""
        start = self.parser.lexer.skip_blanks(self.text, at)
        return self.places.span(start, start + len(self.text[start : self._line_end(start)].rstrip()))

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    # -------------------------------------------------------------- one line
    def _line(self, at: int, start: int) -> int:
        """Read the line that begins at `at`, its first word at `start`; the place where reading goes on."""
        if not self.versioned and not re.compile(r"(?i)sla|version").match(self.text, start):
            self._missing_version(start)
        if self.lost and not self._found_again(start):
            self.unread.append(start)
            return self._line_end(start) + 1
        result = self.parser.read(at)
        if isinstance(result, Line):
            return self._accept(result, at)
        if self.block and self._is_header(at):
            if self._is_doubled(start):
                return self._line_end(start) + 1
            self._missing_end(start)
            return self._line(at, start)
        return self._recover(at, result)

    def _found_again(self, start: int) -> bool:
        """Lines are being skipped: True at the first line that can be read again, which may be an `end`."""
        if re.compile(r"end\b").match(self.text, start):
            self.lost = False
            return False
        self.lost = not headers.header().match(self.text, start)
        return not self.lost

    def _is_header(self, at: int) -> bool:
        match = headers.header().match(self.text, at)
        if not match:
            return False
        quoted = match.group(2) or match.group(3)
        label = re.sub(r"\s+", " ", match.group(1))
        return bool(quoted) or not (self.block and label in known_starts(self.block.kind))

    def _is_doubled(self, at: int) -> bool:
        """True, and reported, if the first line of the open block, with nothing after it yet, stands here again."""
        if self.block is None or self.last > self._line_end(self.block.header.start):
            return False
        here = self._rest_of_line(at)
        first = self.text[self.block.header.start : self.block.header.end]
        written = self.text[here.start : here.end]
        if blame.without_comment(written).split() != first.split():
            return False
        whole = self.places.span(self.text.rfind("\n", 0, at) + 1, min(len(self.text), self._line_end(at) + 1))
        self.found.append(frame.doubled_header(here, self.block.header, whole, self.text))
        return True

    def _accept(self, line: Line, at: int, patch: Patch | None = None) -> int:
        """Take a line that was read into the books; the place of the next line."""
        long = next((token for token in line.tokens if token.type == "LONGTEXT"), None)
        if long and headers.swallowed_block().search(str(long)):
            self.parser.take_back()
            return self._unclosed_text(long.start_pos or at)
        self.lines.append(line)
        first = line.tokens[0]
        if not self.versioned:
            self.versioned = True
            self._check_version(line)
        elif first.type == "END":
            self.block = None
        elif self.block is None and first.type != "INCLUDE":
            words = [str(token) for token in line.tokens[:-2]]
            header = blame.span_of_tokens(line.tokens, self.places.path)
            self.block = _Open(" ".join(words), header)
        return patch.end + 1 if patch else line.end

    def _split(self, at: int, end: int) -> int | None:
        """If the line [at, end) is two lines on one, report that and read the first; the place of the second."""
        text = self.text[at:end]
        kind = self.block.kind if self.block else ""
        for place in second_lines(text, kind):
            if text.startswith("end", place) and not headers.or_nothing_follows(self.text, end):
                continue
            first = Patch(text[:place].rstrip(), at, at + place - 1)
            result = self.parser.read(at, first)
            if isinstance(result, Line):
                second = self._rest_of_line(at + place)
                self.found.append(frame.joined_lines(first.text, second, text[place:], self.places))
                return self._accept(result, at, first)
        return None

    # -------------------------------------------------------------- a line that could not be read
    def _recover(self, at: int, trouble: Trouble) -> int:
        """Find out what is wrong with the line at `at`, report it, and read it as corrected if that is possible."""
        opener = self._open_text(trouble)
        if opener is not None:
            return self._unclosed_text(opener)
        end = self._extent(at)
        second = self._split(at, end)
        if second is not None:
            return second
        patch = Patch(self.text[at:end].rstrip("\r"), at, end)
        for _ in range(MOST_REPAIRS):
            step = self._repair(at, patch, trouble)
            if isinstance(step, int):
                return step
            if step is None:
                break
            patch, trouble = step
        return self._blame(at, patch, trouble) or end + 1

    def _repair(self, at: int, patch: Patch, trouble: Trouble) -> int | tuple[Patch, Trouble] | None:
        """Try what may be wrong. Out: the next line if the line could be read, the better patch and the trouble that
        remains, or None if nothing helped."""
        stop = self._stop(patch, trouble)
        partly: list[tuple[Suspicion, Patch, Trouble]] = []
        for suspicion in suspicions(stop):
            better = patch.apply(suspicion.start, suspicion.end, suspicion.write, self.text)
            if better is None:
                continue
            if self.parser.is_empty(better.text):
                self._report(suspicion, patch)
                return patch.end + 1
            result = self.parser.read(at, better)
            if isinstance(result, Line):
                self._report(suspicion, patch)
                return self._accept(result, at, better)
            further = result.at > trouble.at or len(result.tokens) > len(trouble.tokens)
            if further and not suspicion.complete:
                partly.append((suspicion, better, result))
        if not partly:
            return None
        suspicion, better, rest = partly[0]
        self._report(suspicion, patch)
        return better, rest

    def _extent(self, at: int) -> int:
        """The end of the line at `at`, or of the last line of a long text that begins on it."""
        end = self._line_end(at)
        if self.text.count('"""', at, end) % 2 == 0:
            return end
        closing = self.text.find('"""', end)
        if closing < 0 or closing - at > LONGEST_TEXT or headers.swallowed_block().search(self.text, end - 1, closing):
            return end
        return self._line_end(closing)

    def _stop(self, patch: Patch, trouble: Trouble) -> Stop:
        last = trouble.tokens[-1] if trouble.tokens else None
        return Stop(
            line=patch.text.partition("\n")[0],
            at=patch.place(trouble.at),
            last=patch.place(last.start_pos or 0) if last else 0,
            last_end=patch.place(last.end_pos or 0) if last else 0,
            expected=trouble.expected,
            kind=self.block.kind if self.block else "",
            label_read=any(token.type == "COLON" for token in trouble.tokens),
        )

    def _report(self, suspicion: Suspicion, patch: Patch) -> None:
        start, end = patch.origin(suspicion.start), patch.origin(suspicion.end)
        place = self.places.span(start, end)
        shown = place if end > start else blame.word_before(place, self.text, self.places)
        if suspicion.shown_from is not None:
            shown = self.places.span(patch.origin(suspicion.shown_from), end)
        self.found.append(blame.suspected(suspicion, place, shown, self.text[start:end]))

    def _blame(self, at: int, patch: Patch, trouble: Trouble) -> int | None:
        """Nothing helped: say what cannot be read, once. Out: where to go on, None for the next line."""
        if not self.versioned:
            self._missing_version(at)
            return None
        stop = self._stop(patch, trouble)
        place = self._rest_of_line(trouble.at)
        if self.block is None:
            return self._blame_outside(at, trouble)
        self.unread.append(self.parser.lexer.skip_blanks(self.text, at))
        if blame.is_label_trouble(stop):
            self.found.append(blame.unknown_label(stop, self._rest_of_line(at)))
        else:
            self.found.append(blame.unreadable(stop, place))
        return None

    def _blame_outside(self, at: int, trouble: Trouble) -> int | None:
        """A line outside all blocks that is neither a header nor an `include`."""
        line = self._rest_of_line(at)
        text = self.text[line.start : line.end]
        match = headers.kind().match(text)
        if match and not re.match(r'[^"#]*:', text):
            words = tuple(match.group().split())
            self.unread.append(line.start)
            self.found.append(blame.incomplete_header(text, line, " ".join(words), self._elsewhere))
            self._open_unread(words, text, line)
            return None
        later = headers.later_header().search(blame.without_comment(text).rstrip())
        if later:
            kind = re.sub(r"\s+", " ", later.group(1))
            place = line.start + later.start(1)
            self.found.append(frame.before_header(self.places.span(line.start, place), kind, self.text))
            return place
        self.unread.append(line.start)
        if trouble.tokens and trouble.tokens[0].type == "INCLUDE":
            self.found.append(blame.unreadable(self._stop(Patch(text, line.start, line.end), trouble), line))
            return None
        self.found.append(blame.outside(text, line))
        self.lost = not re.fullmatch(r"end\b.*", text)
        if self.lost:
            self.headless |= blame.kinds_with(text)
        return None

    @cached_property
    def _elsewhere(self) -> Counter[str]:
        """How often each word stands in the text."""
        return Counter(re.findall(r"[\w-]+", self.text))

    def _open_unread(self, words: tuple[str, ...], text: str, line: Span) -> None:
        """Open a block whose first line is incomplete, with what there is of it, so that its lines can be read."""
        keywords = {word: name for name, word in grammar.keywords().items()}
        name, title = blame.header_parts(text, words, self._elsewhere)
        tokens = [(keywords[word], word) for word in words]
        tokens += [("ID", "-".join(name.split())), ("STRING", f'"{title}"'), ("_NL", "\n")]
        if self.parser.feed(tokens, line.start):
            self.block = _Open(" ".join(words), line)

    # -------------------------------------------------------------- the frame of a file
    def _check_version(self, line: Line) -> None:
        version = next((token for token in line.tokens if token.type == "NUMBER"), None)
        if version is not None and str(version) != frame.VERSION:
            place = blame.span_of_tokens((version,), self.places.path)
            self.found.append(frame.unknown_version(str(version), place))

    def _missing_version(self, at: int) -> None:
        first = self._rest_of_line(self.parser.lexer.skip_blanks(self.text, 0))
        self.found.append(frame.missing_version(first, self.places.span(0, 0)))
        self.parser.feed((("SLA", "sla"), ("NUMBER", frame.VERSION), ("_NL", "\n")), at)
        self.versioned = True

    def _missing_end(self, at: int) -> None:
        """The open block has no `end`; `at` is the first word of the next block, or the end of the file."""
        if self.block is None:
            return
        after = self._rest_of_line(at) if at < len(self.text) else None
        last = self._last_line(self.last)
        self.found.append(frame.missing_end(self.block.header, last, after, self.places, self.text))
        self._feed_end(at)

    def _last_line(self, at: int) -> Span:
        """The words of the line that holds the place `at`."""
        return self._rest_of_line(self.parser.lexer.skip_blanks(self.text, self.text.rfind("\n", 0, at) + 1))

    def _feed_end(self, at: int) -> None:
        self.parser.feed((("END", "end"), ("_NL", "\n")), at)
        self.block = None

    def _close(self, at: int) -> None:
        """The end of the file: what is open is closed."""
        if not self.versioned:
            self._missing_version(at)
        if self.block is not None and len(self.found) < MOST_FINDINGS:
            self._missing_end(at)
        elif self.block is not None:
            self._feed_end(at)

    # -------------------------------------------------------------- texts of several lines
    def _open_text(self, trouble: Trouble) -> int | None:
        """The place of the quotes of a long text that never ends or that swallowed blocks; None if there is none."""
        if self.text.startswith('"""', trouble.at) and "LONGTEXT" in trouble.expected:
            return trouble.at
        for token in trouble.tokens:
            if token.type == "LONGTEXT" and re.search(r"\n\s*end\s*\n", str(token)):
                return token.start_pos
        return None

    def _unclosed_text(self, opener: int) -> int:
        """Report the text that begins at `opener`; reading goes on at the next `end` or block header."""
        self.found.append(frame.unclosed_text(self.places.span(opener, opener + 3)))
        at = self._line_end(opener) + 1
        end = re.compile(r"[^\S\n]*end[^\S\n]*(?:#[^\n]*)?(?:\n|\r|\Z)")
        while at < len(self.text):
            if end.match(self.text, at) or (headers.header().match(self.text, at) and self._is_header(at)):
                break
            at = self._line_end(at) + 1
        return at
