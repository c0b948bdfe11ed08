"""How several commands turn their arguments into a run of the pipeline.

In: what click parsed. Out: a `Pipeline`, or wrong use. It runs inside commands and reads nothing itself.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from sla2.cli.progress import progress
from sla2.logs.scratch import clear_left_over
from sla2.pipeline import Pipeline, Request

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.surroundings import Language


def chosen(written: str, known: tuple[str, ...], what: str = "format") -> tuple[str, ...]:
    """The formats in `html,json` (or the languages in `nl,en`), each once, in the order written."""
    names = tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))
    for name in names:
        if name not in known:
            raise click.UsageError(f'There is no {what} "{name}"; choose from {", ".join(known)}.')
    if not names:
        raise click.UsageError(f"Name a {what}: {', '.join(known)}.")
    return names


def run_of(
    contract: str,
    mappings: tuple[str, ...],
    start: date | None,
    end: date | None,
    as_of: date | None,
    language: str | None,
) -> Pipeline:
    """A run on the days `start` to `end`, both included."""
    if start is not None and end is not None and end < start:
        raise click.UsageError(f"The report would end on {end}, before it begins on {start}.")
    after = end + timedelta(days=1) if end is not None else None
    paths = tuple(Path(name) for name in mappings)
    clear_left_over(time.time())
    request = Request(contract, paths, start, after, as_of, cast("Language | None", language))
    return Pipeline(request, progress())
