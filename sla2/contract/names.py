"""Short names: one name space per kind of block, references across included files, and the files a document needs.

In: a `Document` and the documents of the files it includes. Out: a `Scope` per file, in which references are found,
and findings about names. It runs at the start of from_syntax; `needs` runs before it, so that the loader knows what to
read. It reads no file itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sla2.contract.codes import (
    DUPLICATE_NAME,
    INCLUDE_CYCLE,
    INCLUDE_NOT_FOUND,
    RESERVED_NAME,
    UNKNOWN_NAME,
    WRONG_KIND,
)
from sla2.diagnostics import Diagnostic, Related, Span
from sla2.diagnostics.suggest import did_you_mean
from sla2.source.syntax import Block, Document, Name, Text

RESERVED = ("any", "all", "words")


@dataclass(frozen=True, slots=True)
class Need:
    """A file that a document refers to: `path` is relative to where the document's own path is relative to.

    The loader must refuse a path outside the project; `written` is the path as the file has it.
    """

    kind: Literal["include", "holidays"]
    path: str
    written: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that may be used in one file; `prefix` (`FW.`) goes before the names of an included file."""

    document: Document
    prefix: str
    spaces: Mapping[str, Mapping[str, Block]]
    includes: Mapping[str, Scope] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A block that a reference means, the scope in which it stands, and its name as seen from the contract."""

    scope: Scope
    kind: str
    block: Block

    @property
    def name(self) -> str:
        """`office`, or `FW.office` for a block of an included file."""
        return f"{self.scope.prefix}{self.block.name.text}"


def resolved(document: str, written: str) -> str | None:
    """The path of a file named in `document`; None if it is absolute or not a plain path with slashes."""
    if not written or written.startswith("/") or not written.isprintable() or any(bad in written for bad in "\\:"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), written))


def needs(document: Document) -> tuple[Need, ...]:
    """The files that `document` names, in the order of the file; those of included files are asked of these."""
    return tuple(_needs(document))


def _needs(document: Document) -> Iterator[Need]:
    for include in document.includes:
        path = resolved(document.path, include.path.text)
        if path is not None:
            yield Need("include", path, include.path.text, include.path.span)
    for block in document.blocks:
        for statement in block.statements:
            file = statement.args[-1] if statement.form == "calendar_holidays" and statement.args else None
            path = resolved(document.path, file.text) if isinstance(file, Text) else None
            if isinstance(file, Text) and path is not None:
                yield Need("holidays", path, file.text, file.span)


def scopes(document: Document, included: Mapping[str, Document]) -> tuple[Scope, tuple[Diagnostic, ...]]:
    """The scope of `document` with those of all files it includes.

    `included` holds the documents of included files by the path that `needs` gives.
    """
    found: list[Diagnostic] = []
    return _scope(document, "", included, (document.path,), found), tuple(found)


def _scope(
    document: Document, prefix: str, included: Mapping[str, Document], trail: tuple[str, ...], found: list[Diagnostic]
) -> Scope:
    spaces: dict[str, dict[str, Block]] = {}
    for block in document.blocks:
        name = block.name.text
        space = spaces.setdefault(block.kind, {})
        if name in RESERVED:
            message = f'The {block.kind} is called "{name}", which is a word of the language itself.'
            found.append(RESERVED_NAME.at(block.name.span, message, help=f"Choose another name, such as {name}-1."))
        if name in space:
            found.append(_twice(block, space[name]))
        else:
            space[name] = block
    includes: dict[str, Scope] = {}
    for include in document.includes:
        alias = include.alias.text
        path = resolved(document.path, include.path.text)
        if alias in includes:
            message = f"Two files are included as {alias}."
            found.append(DUPLICATE_NAME.at(include.alias.span, message, help="Give each its own short name."))
        elif path is None or (path not in included and path not in trail):
            message = f'The file "{include.path.text}" cannot be included: it was not found.'
            help_text = "Write its path relative to this file, with slashes: it lies beside this file or below it."
            found.append(INCLUDE_NOT_FOUND.at(include.path.span, message, help=help_text))
        elif path in trail:
            route = " includes ".join((*trail[trail.index(path) :], path))
            message = f"This file includes itself: {route}."
            help_text = "Move what both files need into a third file and include that one."
            found.append(INCLUDE_CYCLE.at(include.span, message, help=help_text))
        else:
            includes[alias] = _scope(included[path], f"{prefix}{alias}.", included, (*trail, path), found)
    return Scope(document, prefix, spaces, includes)


def _twice(block: Block, first: Block) -> Diagnostic:
    message = f"Two blocks of kind {block.kind} are called {block.name.text}."
    related = (Related(first.name.span, "the first one"),)
    return DUPLICATE_NAME.at(block.name.span, message, help="Give one of them another short name.", related=related)


def find(scope: Scope, name: Name, kinds: Iterable[str]) -> Found | Diagnostic:
    """The block of one of `kinds` that `name` means in `scope`, or the finding that there is none."""
    expected = tuple(kinds)
    place = scope
    if name.alias is not None:
        inner = scope.includes.get(name.alias)
        if inner is None and _refused(scope, name.alias):
            return UNKNOWN_NAME.at(name.span, f"{name.alias} could not be included.")
        if inner is None:
            message = f"{name.alias}.{name.text} begins with {name.alias}, but no file is included under that name."
            help_text = f'Add `include "file.sla" as {name.alias}` at the top. {meant(name.alias, scope.includes)}'
            return INCLUDE_NOT_FOUND.at(name.span, message, help=help_text.strip())
        place = inner
    for kind in expected:
        block = place.spaces.get(kind, {}).get(name.text)
        if block is not None:
            return Found(place, kind, block)
    written = f"{name.alias}.{name.text}" if name.alias else name.text
    wanted = " or ".join(expected)
    for kind, space in place.spaces.items():
        if name.text in space:
            message = f"{written} is the name of a block of kind {kind}; this line needs the name of a {wanted}."
            known = [other for each in expected for other in place.spaces.get(each, {})]
            related = (Related(space[name.text].header, f"{written} stands here"),)
            return WRONG_KIND.at(name.span, message, help=meant(name.text, known), related=related)
    known = [other for kind in expected for other in place.spaces.get(kind, {})]
    if name.alias is None:
        for alias, inner in scope.includes.items():
            known += [f"{alias}.{other}" for kind in expected for other in inner.spaces.get(kind, {})]
    message = f"There is no {wanted} called {written}."
    return UNKNOWN_NAME.at(name.span, message, help=meant(name.text, known) or _add(expected, written))


def _add(kinds: tuple[str, ...], name: str) -> str:
    """How to add what is missing, ready to be pasted."""
    return f'Add the block `{kinds[0]} {name} "…"`, closed by `end`, or correct the name.'


def explained(scope: Scope, name: Name, kinds: Iterable[str] = ()) -> bool:
    """True if `name` may be that of a block, or of an option, that could not be read: that has a finding of its own.

    So it is if the name stands on a line that could not be read, or if the first line of a block of `kinds` is missing.
    """
    inner = scope.includes.get(name.alias) if name.alias is not None else scope
    if inner is None:
        return _refused(scope, name.alias)
    document = inner.document
    words = {word for line in document.unread for word in re.findall(r"[\w-][^\s:,]*", line)}
    return not set(kinds).isdisjoint(document.headless) or did_you_mean(name.text, words) is not None


def _refused(scope: Scope, alias: str | None) -> bool:
    """True if `alias` is that of a file whose `include` could not be followed or read."""
    return any(alias in line.split() for line in scope.document.unread)


def meant(word: str, known: Iterable[str]) -> str:
    """`Did you mean office?`, or the known names if none is near, or nothing if there are none."""
    names = sorted(set(known))
    nearest = did_you_mean(word, names)
    if nearest is not None:
        return f"Did you mean {nearest}?"
    if not names:
        return ""
    return f"Known here: {', '.join(names[:8])}{' and others' if len(names) > 8 else ''}."
