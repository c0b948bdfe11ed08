"""`sla2 remind`: says whom to remind of which open passage, and makes a calendar of the reviews.

In: a contract and a day. Out: with `--dry-run` the messages of that day (and with `--since` of the days that were
missed) on stdout; with `--ics` a calendar file. It sends nothing itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, chatter, json_option, say
from sla2.cli.main import ERRORS, OK

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.remind.messages import Message


@click.command("remind")
@click.argument("contract", metavar="CONTRACT")
@click.option("--today", type=Day(), help="Default: the day on this computer.")
@click.option("--since", type=Day(), help="The last day on which this was run: later ones are caught up.")
@click.option("--dry-run", "show", is_flag=True, help="Print the messages.")
@click.option("--ics", metavar="FILE", help="Write the review dates as a calendar file.")
@click.option("--lang", "language", type=click.Choice(["nl", "en", "de"]), help="Language of the calendar file.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there already.")
@json_option
def command(
    contract: str,
    today: date | None,
    since: date | None,
    show: bool,
    ics: str | None,
    language: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Say whom to remind of which open passage of CONTRACT, and make a calendar of the reviews."""
    from datetime import date

    from sla2.cli.inputs import run_of

    if not show and ics is None:
        raise click.UsageError("sla2 sends nothing itself: say --dry-run to see the messages, or --ics FILE.")
    line = run_of(contract, (), None, None, None, language)
    if line.contract is None or line.unsound:
        chatter(line.unsound, line.texts)
        return ERRORS
    day = today or date.today()
    if ics is not None:
        _calendar(line.contract, day, line.language, ics, force)
    if show:
        _show(_messages(line.contract, since, day), as_json)
    return OK


def _messages(contract: Contract, since: date | None, day: date) -> tuple[Message, ...]:
    from sla2.remind.from_contract import due_messages, plan
    from sla2.remind.messages import messages

    return messages(contract, due_messages(plan(contract, day), since, day), day)


def _show(found: tuple[Message, ...], as_json: bool) -> None:
    import json

    if as_json:
        rows = [
            {"to": one.recipient.address, "name": one.recipient.name, "subject": one.subject, "body": one.body}
            for one in found
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for number, one in enumerate(found):
        head = f"To: {one.recipient.name} <{one.recipient.address}>\nSubject: {one.subject}\n"
        click.echo(f"{'=' * 72 + chr(10) if number else ''}{head}\n{one.body}", nl=False)
    say(f"{len(found)} message{'' if len(found) == 1 else 's'}; none was sent.")


def _calendar(contract: Contract, day: date, language: Language, name: str, force: bool) -> None:
    from pathlib import Path

    from sla2.contract.passage_state import states
    from sla2.files import write_whole
    from sla2.remind.ics import calendar_file, default_domain

    content = calendar_file(contract, states(contract, day), day, language, default_domain(contract))
    write_whole(Path(name), content, force=force)
    click.echo(name)
