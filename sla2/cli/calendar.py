"""`sla2 calendar`: makes and shows the reviewed list of holidays that is part of a contract.

In: a region and years, or a contract. Out: a holiday lock file, or open hours day by day. The list is made once,
reviewed by both sides, and kept beside the contract; no result depends on the library that made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, json_option, say
from sla2.cli.main import OK, UNREADABLE

if TYPE_CHECKING:
    from datetime import date

_FIRST, _LAST = 1970, 2100


@click.group("calendar")
def command() -> None:
    """Make or show the reviewed list of holidays of a contract."""


@command.command("lock")
@click.option("--region", required=True, metavar="REGION", help="A country, or country and part: NL, DE-BY, BE.")
@click.option(
    "years", "--year", required=True, multiple=True, type=click.IntRange(_FIRST, _LAST), help="May be repeated."
)
@click.option("--lang", default="", metavar="LANGUAGE", help="Language of the names: nl, en, de.")
@click.option("--out", metavar="FILE", help="Where to write; without it the list is printed.")
@click.option("--force", is_flag=True, help="Overwrite a list that is there already.")
def lock(region: str, years: tuple[int, ...], lang: str, out: str | None, force: bool) -> int:
    """Write the public holidays of a region for review."""
    from pathlib import Path

    from sla2.files import write_whole

    try:
        from sla2.contract.lock_maker import make_lock
    except ImportError:
        say("sla2: making a list of holidays needs one more package: pip install 'sla2[calendar]'")
        return UNREADABLE
    try:
        text = make_lock(region, years, lang or _language(region))
    except KeyError:
        raise click.UsageError(
            f'There are no holidays known for "{region}"; write a country such as NL or DE-BY.'
        ) from None
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(Path(out), text.encode("utf-8"), force=force)
        say(f"{out} was written. Look at it together with the other party before you use it.")
    return OK


def _language(region: str) -> str:
    return {"NL": "nl", "BE": "nl", "DE": "de", "AT": "de"}.get(region.partition("-")[0], "en_US")


@command.command("show")
@click.argument("contract", metavar="CONTRACT")
@click.option("--from", "start", type=Day(), required=True, help="First day.")
@click.option("--to", "end", type=Day(), required=True, help="Last day.")
@click.option("--calendar", "name", metavar="NAME", help="Only this calendar.")
@json_option
def show(contract: str, start: date, end: date, name: str | None, as_json: bool) -> int:
    """Print the open hours of the calendars of CONTRACT, day by day."""
    import json
    from datetime import timedelta

    from sla2.cli.common import chatter, status_of
    from sla2.contract.calendar import coverage_of_days, day_hours
    from sla2.pipeline import Pipeline, Request

    if end < start:
        raise click.UsageError(f"The last day {end} lies before the first day {start}.")
    line = Pipeline(Request(contract))
    if line.contract is None:
        chatter(line.findings, line.texts)
        return status_of(line.findings)
    rows = []
    calendars = [found for found in line.contract.calendars if name in (None, found.name)]
    if name is not None and not calendars:
        raise click.UsageError(f'The contract has no calendar "{name}".')
    gaps = [gap for found in calendars for gap in coverage_of_days(found, start, end)]
    if gaps:
        chatter(gaps, line.texts)
        return UNREADABLE
    for calendar in calendars:
        for number in range((end - start).days + 1):
            day = start + timedelta(days=number)
            hours = [
                f"{part.start:%H:%M}-{part.end:%H:%M}" if part.end else f"{part.start:%H:%M}-24:00"
                for part in day_hours(calendar, day)
            ]
            rows.append({"calendar": calendar.name, "day": f"{day:%Y-%m-%d}", "open": ", ".join(hours)})
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return OK
    for row in rows:
        click.echo(f"{row['day']} {date_word(row['day'])}  {row['calendar']:12} {row['open'] or 'closed'}")
    return OK


def date_word(day: str) -> str:
    """`mon` … `sun` for a day written as 2026-03-31."""
    from datetime import date

    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[date.fromisoformat(day).weekday()]
