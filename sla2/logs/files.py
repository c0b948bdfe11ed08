"""Opens an export as a stream of lines: plain, gzip or zip, within limits, in one declared encoding.

In: a path and a declared encoding. Out: decoded physical lines, the file's size and hash.
Runs first of all reading. It splits no values; `Trouble` says in one sentence what a file is that cannot be
read, and becomes a diagnostic in `reader`.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from sla2.logs.codes import DAMAGED_TEXT, EXPORT_NOT_FOUND, EXPORT_TOO_LARGE, WRONG_ENCODING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sla2.diagnostics import Code

MAX_BYTES = 10_000_000_000
MAX_ROWS = 100_000_000
MAX_ROW_CHARACTERS = 1_000_000
MAX_RATIO = 100
_RATIO_FLOOR = 10_000_000
_CHUNK = 1 << 20

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The size of the file as stored, and its sha256."""

    bytes: int
    sha256: str


_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a workbook of a spreadsheet program, or a packed file"),
    (b"\xd0\xcf\x11\xe0", "a workbook of an older spreadsheet program"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
)
"""How files begin that people take for a CSV."""

_AGAIN = "export it again, or copy the whole file again"


class Trouble(Exception):
    """A file that cannot be read as declared; caught in `reader`, never seen by a user as an exception."""

    def __init__(self, code: Code, message: str, *, row: int | None = None, help: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.row = row
        self.help = help


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than the limits allow."""

    def __init__(self, inner: IO[bytes], name: str, stored: int) -> None:
        self._inner = inner
        self._name = name
        self._stored = stored
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into `buffer`.

        Raises: Trouble if the file is larger than the limits, or its packing is damaged.
        """
        try:
            block = self._inner.read(len(buffer))
        except (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
            message = f"{self._name} cannot be unpacked: it is damaged, cut off, or not packed at all"
            raise Trouble(DAMAGED_TEXT, message, help=_AGAIN) from error
        self._given += len(block)
        if self._given > MAX_BYTES:
            raise Trouble(EXPORT_TOO_LARGE, f"{self._name} has more than {MAX_BYTES // 1_000_000} MB of text")
        if self._given > _RATIO_FLOOR and self._given > MAX_RATIO * self._stored:
            raise Trouble(
                EXPORT_TOO_LARGE,
                f"{self._name} unpacks to more than {MAX_RATIO} times its size, as no export does",
            )
        buffer[: len(block)] = block
        return len(block)


def fingerprint(path: Path, name: str) -> Fingerprint:
    """Size and sha256 of the file as it is stored.

    Raises: Trouble if it does not exist, cannot be opened or is too large.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as stream:
            while block := stream.read(_CHUNK):
                size += len(block)
                if size > MAX_BYTES:
                    limit = MAX_BYTES // 1_000_000
                    raise Trouble(EXPORT_TOO_LARGE, f"{name} is larger than {limit} MB")
                digest.update(block)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise Trouble(
                EXPORT_NOT_FOUND, f"there is no export {name}", help="check the name and the folder"
            ) from error
        if isinstance(error, IsADirectoryError):
            raise Trouble(EXPORT_NOT_FOUND, f"{name} is a folder, not an export", help="name a file in it") from error
        remedy = "ask the owner of the file for the right to read it"
        raise Trouble(EXPORT_NOT_FOUND, f"the export {name} cannot be opened", help=remedy) from error
    return Fingerprint(size, digest.hexdigest())


@contextmanager
def open_bytes(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The unpacked bytes of a .csv, .csv.gz or .zip with one .csv in it.

    Raises: Trouble for any other file.
    """
    stored = path.stat().st_size
    lower = path.name.lower()
    if lower.endswith(".zip"):
        with _zip_member(path, name) as member:
            yield io.BufferedReader(_Bounded(member, name, stored), _CHUNK)
    elif lower.endswith(".gz"):
        with gzip.open(path, "rb") as unpacked:
            yield io.BufferedReader(_Bounded(unpacked, name, stored), _CHUNK)  # type: ignore[arg-type]
    else:
        with path.open("rb") as plain:
            yield io.BufferedReader(_Bounded(plain, name, max(stored, 1)), _CHUNK)


@contextmanager
def _zip_member(path: Path, name: str) -> Iterator[IO[bytes]]:
    """The one .csv of a zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(".csv")]
            if len(members) != 1:
                raise Trouble(
                    EXPORT_NOT_FOUND,
                    f"{name} holds {len(members)} .csv files; a zip must hold exactly one",
                )
            if members[0].flag_bits & 1:
                raise Trouble(EXPORT_NOT_FOUND, f"{name} is locked with a password; unpack it first")
            with archive.open(members[0]) as member:
                yield member
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise Trouble(DAMAGED_TEXT, f"{name} is not a readable zip file") from error


def encoding_of(path: Path, name: str, declared: str | None) -> str:
    """The encoding to read with: that of the byte order mark, else the declared one, else strict UTF-8.

    Raises: Trouble if a mark contradicts the declaration, or the encoding has no such name.
    """
    with open_bytes(path, name) as stream:
        head = stream.read(4)
    _refuse_foreign(name, head)
    marked = next((encoding for mark, encoding in BOMS if head.startswith(mark)), None)
    if declared is None:
        return marked or "utf-8"
    wanted = codecs.lookup(declared).name
    if marked is None:
        return wanted
    if wanted.replace("-", "").split("8")[0].split("16")[0] != "utf" or (("16" in wanted) != (marked == "utf-16")):
        real = "UTF-16" if marked == "utf-16" else "UTF-8"
        raise Trouble(
            WRONG_ENCODING,
            f"{name} begins with the mark of {real}, but the mapping declares encoding {declared!r}",
            help=f'encoding = "{real.lower()}"',
        )
    return marked


def _refuse_foreign(name: str, head: bytes) -> None:
    """Raises: Trouble if the file begins like one of another program, whatever its name says."""
    kind = next((kind for mark, kind in _FOREIGN if head.startswith(mark)), None)
    if kind is None:
        return
    packed = " (a packed CSV must be named .zip or .csv.gz)" if "packed" in kind else ""
    raise Trouble(
        DAMAGED_TEXT,
        f"{name} is no CSV: it begins like {kind}{packed}",
        help="open it in its own program and save it as CSV in UTF-8, then name that file in the mapping",
    )


@contextmanager
def open_lines(path: Path, name: str, encoding: str) -> Iterator[Iterator[str]]:
    """The decoded physical lines, each with its line end.

    Raises: Trouble on the first bytes that are not text in this encoding, with the line.
    """
    with open_bytes(path, name) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        yield _lines(text, path, name, encoding)


def _lines(text: io.TextIOWrapper, path: Path, name: str, encoding: str) -> Iterator[str]:
    try:
        while line := text.readline(MAX_ROW_CHARACTERS + 1):
            yield line
    except UnicodeDecodeError as error:
        raise _undecodable(path, name, encoding) from error


def _undecodable(path: Path, name: str, encoding: str) -> Trouble:
    """Where the text stops being text in this encoding, and how the line reads in Windows-1252."""
    number, shown = 0, ""
    if not encoding.startswith("utf-16"):
        with open_bytes(path, name) as stream:
            for number, line in enumerate(stream, start=1):  # noqa: B007
                try:
                    line.decode(encoding)
                except UnicodeDecodeError as error:
                    part = line[max(0, error.start - 30) : error.start + 30]
                    shown = part.decode("cp1252", "replace").strip()
                    break
    where = f"line {number} of {name}" if shown else name
    return Trouble(
        WRONG_ENCODING,
        f"{where} is not text in {encoding}" + (f"; as Windows-1252 it reads {shown!r}" if shown else ""),
        row=number or None,
        help='encoding = "windows-1252"' if shown else "declare the encoding that the tool exports with",
    )
