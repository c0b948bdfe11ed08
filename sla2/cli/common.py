"""What several commands share: the printing of findings, the shapes of arguments, the asking for colour.

In: diagnostics, and what the user asked for. Out: text on stdout or stderr. It runs inside commands. It decides no
severity and knows no stage.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sla2.cli.main import ERRORS, OK
from sla2.diagnostics import has_errors
from sla2.diagnostics.render import concise, ordered, summary, terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from sla2.diagnostics import Diagnostic

FORMATS = ("terminal", "concise", "json", "github", "sarif")


def colour_wanted(stream_is_terminal: bool) -> bool:
    """True on a terminal, unless NO_COLOR is set (see no-color.org) or the terminal is dumb."""
    return stream_is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def rendered(found: Iterable[Diagnostic], texts: Mapping[str, str], form: str, *, colour: bool) -> str:
    """The findings in one of `FORMATS`."""
    found = ordered(found)
    if form == "terminal":
        return terminal(found, texts, colour=colour)
    if form == "concise":
        return concise(found)
    from sla2.diagnostics import machine

    if form == "json":
        return machine.as_json(found)
    if form == "github":
        return machine.github(found)
    from importlib import metadata

    return machine.sarif(found, metadata.version("sla2"))


def chatter(found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
    """Findings that stand beside a result: on stderr, for a reader."""
    text = rendered(found, texts, "terminal", colour=colour_wanted(sys.stderr.isatty()))
    if text:
        click.echo(text, err=True)
        click.echo(f"{summary(found)}.", err=True)


def status_of(found: Iterable[Diagnostic]) -> int:
    """1 if there is an error among the findings, else 0."""
    return ERRORS if has_errors(found) else OK


def say(words: str) -> None:
    """One line for the person at the keyboard, beside the result."""
    click.echo(words, err=True)


def print_timings(timings: Mapping[str, float]) -> None:
    """How long each stage took, on stderr."""
    for name, seconds in timings.items():
        click.echo(f"{seconds * 1000:8.1f} ms  {name}", err=True)


def json_option(command: Callable[..., int]) -> Callable[..., int]:
    """The option `--json`."""
    return click.option("as_json", "--json", is_flag=True, help="Print the result as JSON.")(command)


def timings_option(command: Callable[..., int]) -> Callable[..., int]:
    """The option `--timings`."""
    return click.option("--timings", is_flag=True, help="Say on stderr how long each stage took.")(command)


class Day(click.ParamType["date"]):
    """A day written as 2026-03-31."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; wrong use if it is none."""
        from datetime import date

        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" is not a day; write it as 2026-03-31.', param, ctx)
        if not 1970 <= day.year <= 2199:
            self.fail(f"{value} lies outside the years 1970 to 2199; check the year.", param, ctx)
        return day
