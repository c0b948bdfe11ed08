"""Makes a holiday lock file for review with the optional `holidays` package.

In: a region (`NL`, `DE-BY`), years and a language. Out: the text of a lock file. It runs only for
`sla2 calendar lock`; nothing else imports it, and no result ever depends on the package at run time.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

import holidays

from sla2.contract.holidays import sha_of
from sla2.contract.surroundings import Holiday


def make_lock(region: str, years: Iterable[int], language: str) -> str:
    """The lock file of the public holidays of `region` in `years`, with names in `language` where they exist.

    Raises: KeyError if the package does not know the region.
    """
    wanted = tuple(sorted(set(years)))
    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=wanted, expand=False, language=language)
    except NotImplementedError as unknown:
        raise KeyError(region) from unknown
    days = tuple(Holiday(day=day, name=_plain(name)) for day, name in sorted(found.items()) if day.year in wanted)
    lines = [
        "# These holidays are part of the contract. Check them, change what the parties agreed otherwise, and commit.",
        f"region = {_quoted(region)}",
        f"years = [{', '.join(str(year) for year in wanted)}]",
        f"generated_by = {_quoted('holidays ' + metadata.version('holidays'))}",
        f"sha = {_quoted(sha_of(days))}",
    ]
    for holiday in days:
        lines += ["", "[[day]]", f"date = {holiday.day}", f"name = {_quoted(holiday.name)}"]
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    return "".join(character for character in name if character.isprintable())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
