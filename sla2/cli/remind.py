"""`sla2 remind`: says whom to remind of which open passage, and makes a calendar of the reviews.

In: contracts and a day. Out: with `--dry-run`, or without an option, the messages of that day (and with `--since` of
the days that were missed) on stdout, with `--plan` the whole ladder of days; with `--ics` a calendar file. It sends
nothing itself.
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
    from sla2.remind.reminder import Reminder

    Planned = list[tuple[Contract, tuple[Reminder, ...]]]


@click.command("remind")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT…")
@click.option("--today", type=Day(), help="Default: the day on this computer.")
@click.option("--since", type=Day(), help="The last day on which this was run: later ones are caught up.")
@click.option("--dry-run", "show", is_flag=True, help="Print the messages; so does no option at all.")
@click.option("--plan", "days", is_flag=True, help="Print every reminder with its day, past and future, instead.")
@click.option("--ics", metavar="FILE", help="Write the review dates as a calendar file.")
@click.option("--lang", "language", type=click.Choice(["nl", "en", "de"]), help="Language of the calendar file.")
@click.option("--domain", help="End of the calendar's entry names. Default: the mail domain of the customer's owner.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there already.")
@json_option
def command(
    contracts: tuple[str, ...],
    today: date | None,
    since: date | None,
    show: bool,
    days: bool,
    ics: str | None,
    language: Language | None,
    domain: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Say whom to remind of which open passage of the contracts, and make a calendar of the reviews."""
    from datetime import date

    from sla2.remind.from_contract import plan

    day = today or date.today()
    if since is not None and since > day:
        raise click.UsageError(f"--since {since} lies after --today {day}.")
    found, status = _read(contracts)
    if ics is not None and found:
        _calendar(found, day, language, ics, domain, force)
    planned = [(contract, plan(contract, day)) for contract in found]
    if days:
        _show_days(planned, as_json)
    elif show or ics is None:
        _show_messages(planned, since, day, as_json)
    return status


def _read(names: tuple[str, ...]) -> tuple[list[Contract], int]:
    """The contracts that can be read whole; what is wrong with the others is said on stderr."""
    from sla2.cli.inputs import run_of

    found: list[Contract] = []
    status = OK
    for name in dict.fromkeys(names):
        line = run_of(name, (), None, None, None, None)
        contract = line.contract
        if contract is None or line.unsound:
            chatter(line.unsound or line.read[1], line.texts)
            say(f"{name} cannot be read whole; nobody is reminded of its passages.")
            status = ERRORS
        else:
            found.append(contract)
    return found, status


def _show_days(planned: Planned, as_json: bool) -> None:
    import json

    from sla2.remind.from_contract import holidays_missing

    rows = [(contract, reminder) for contract, reminders in planned for reminder in reminders]
    rows.sort(key=lambda row: (row[1].send_on, row[0].name, row[1].order))
    for contract, reminders in planned:
        chatter(holidays_missing(contract, reminders), {})
    if as_json:
        told = [
            {
                "contract": contract.name,
                "passage": one.passage,
                "stage": one.stage,
                "send_on": one.send_on.isoformat(),
                "on": one.on.isoformat(),
                "due": one.due.isoformat(),
                "to": one.recipient.address,
                "name": one.recipient.name,
                "language": one.recipient.language,
                "key": one.key,
            }
            for contract, one in rows
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for contract, one in rows:
        rolled = f"  (instead of {one.on})" if one.on != one.send_on else ""
        to = f"{one.recipient.name} <{one.recipient.address}>"
        click.echo(f"{one.send_on}  {one.stage:10}  {contract.name} {one.passage}  {to}{rolled}")
    say(f"{len(rows)} reminder{'' if len(rows) == 1 else 's'}; none was sent.")


def _show_messages(planned: Planned, since: date | None, day: date, as_json: bool) -> None:
    import json

    from sla2.remind.from_contract import due_messages, holidays_missing
    from sla2.remind.messages import messages

    due = [(contract, due_messages(reminders, since, day)) for contract, reminders in planned]
    for contract, reminders in due:
        chatter(holidays_missing(contract, reminders), {})
    found = messages(due, day)
    if as_json:
        told = [
            {
                "to": one.recipient.address,
                "name": one.recipient.name,
                "language": one.recipient.language,
                "subject": one.subject,
                "body": one.body,
                "keys": list(one.keys),
            }
            for one in found
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for number, one in enumerate(found):
        head = f"To: {one.recipient.name} <{one.recipient.address}>\nSubject: {one.subject}\n"
        click.echo(f"{'=' * 72 + chr(10) if number else ''}{head}\n{one.body}", nl=False)
    say(f"{len(found)} message{'' if len(found) == 1 else 's'}; none was sent.")


def _calendar(
    found: list[Contract], day: date, language: Language | None, name: str, domain: str | None, force: bool
) -> None:
    from pathlib import Path

    from sla2.files import write_whole
    from sla2.remind.ics import calendar_file, default_domain, is_domain

    if domain is not None and not is_domain(domain):
        raise click.UsageError(f'"{domain}" is no domain; write one such as contracts.town.example.')
    spoken = language or found[0].authoritative
    content = calendar_file(found, day, spoken, domain or default_domain(found))
    write_whole(Path(name), content, force=force)
    click.echo(name)
