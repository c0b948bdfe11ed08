"""One line on stderr that says what a long run is doing and since when; on a terminal only.

In: the stages of a pipeline as they begin and end. Out: a line that is written over itself and gone before anything
else is printed. It runs around the stages. It knows no stage's meaning and writes nothing where nobody looks: in a
pipe, in a file, on a terminal that cannot write over a line.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from sla2.pipeline import untold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

_NAMES = {
    "loaded": "reading the contract",
    "read": "reading the contract",
    "checked": "checking the contract",
    "placeholders": "checking the contract",
    "tried_at_once": "trying the worked examples",
    "tried": "trying the worked examples",
    "drafted": "drafting",
    "imported": "reading the log",
    "measured": "measuring",
    "settled": "settling",
    "read_otherwise": "trying the other readings",
    "reported": "writing the report",
    "felt": "measuring as felt",
    "trusted": "weighing the promises",
    "trust_reported": "writing the trust report",
}
_AFTER = 0.3
"""Seconds until the first line: what is quicker needs none."""


def progress() -> Callable[[str], AbstractContextManager[None]]:
    """What a `Pipeline` is told with: lines on a terminal, else nothing."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return untold
    return _Line().stage


class _Line:
    """The line: since when the run goes on, and the stages that are being computed, the innermost last."""

    def __init__(self) -> None:
        self.begun = monotonic()
        self.running: list[str] = []
        self.faint, self.plain = ("", "") if os.environ.get("NO_COLOR") else ("\x1b[2m", "\x1b[0m")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """While a stage is computed; the outermost one keeps the line."""
        self.running.append(_NAMES.get(name, name.replace("_", " ")))
        done, pen = Event(), None
        if len(self.running) == 1:
            pen = Thread(target=self._write, args=(done,), daemon=True)
            pen.start()
        try:
            yield
        finally:
            self.running.pop()
            done.set()
            if pen is not None:
                pen.join()

    def _write(self, done: Event) -> None:
        shown = False
        wait = _AFTER
        while not done.wait(wait):
            running = self.running[-1:]
            if running:
                text = f"{running[0]} … {monotonic() - self.begun:.0f} s"
                sys.stderr.write(f"\r{self.faint}sla2: {text}{self.plain}\x1b[K")
                sys.stderr.flush()
                shown, wait = True, 0.2
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
