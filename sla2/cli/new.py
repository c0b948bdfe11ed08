"""`sla2 new`: starts a contract from the answers to six short questions.

In: the name of a file or folder, and the answers: as options, or asked for on a terminal. Out: a `.sla` file with notes
in the chosen language, ready for `sla2 check`. Without a terminal, what is not given is taken from an invented
contract. It reads no clock: the first day of the contract is one of the answers.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from sla2.cli.common import Day, say
from sla2.cli.main import OK
from sla2.cli.starter import COUNTRIES, LONGEST

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sla2.cli.starter import Answers, Hours
    from sla2.contract.surroundings import Language

_HOURS = click.Choice(("office", "always"))
_LANGUAGES = click.Choice(("nl", "en", "de"))


class _Name(click.ParamType["str"]):
    """A name as it may stand between quotation marks in the file."""

    name = "NAME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name on one line; wrong use if there is none or it is no name."""
        from sla2.cli.starter import plain

        typed = str(value)
        if len(typed) > LONGEST:
            self.fail(f"A name of {len(typed)} characters is too long; give at most {LONGEST}.", param, ctx)
        name = plain(typed)
        if not name:
            self.fail("Give a name with at least one letter or figure.", param, ctx)
        return name


@click.command("new")
@click.argument("place", default="contract.sla", metavar="[FILE]")
@click.option("--customer", type=_Name(), help="The name of the customer.")
@click.option("--supplier", type=_Name(), help="The name of the supplier.")
@click.option("--service", type=_Name(), help="The service that the contract is about.")
@click.option("--hours", type=_HOURS, help="Office hours, or round the clock.")
@click.option("--country", type=click.Choice(sorted(COUNTRIES)), help="Whose holidays, time zone and currency.")
@click.option("--from", "start", type=Day(), help="The first day of the contract.")
@click.option("--lang", "language", type=_LANGUAGES, help="Of the notes and texts.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there already.")
def command(
    place: str,
    customer: str | None,
    supplier: str | None,
    service: str | None,
    hours: Hours | None,
    country: str | None,
    start: date | None,
    language: Language | None,
    force: bool,
) -> int:
    """Start a contract in FILE (contract.sla; in a folder: contract.sla in it).

    On a terminal it asks for what the options do not say; elsewhere the rest comes from an invented contract.
    """
    from sla2.cli.starter import starter
    from sla2.files import write_whole

    path = _path(place)
    if not force:
        _refuse_to_overwrite(path)
    given = (customer, supplier, service, hours, country, start)
    answers = _answers(language, given)
    if answers.customer.casefold() == answers.supplier.casefold():
        raise click.UsageError("Customer and supplier have the same name; they are two different parties.")
    text = starter(answers)
    write_whole(path, text.encode("utf-8"), force=force)
    click.echo(path.as_posix())
    say(f"Now open it in your editor, change what is yours, and run: sla2 check {path.as_posix()}")
    return OK


def _path(place: str) -> Path:
    from pathlib import Path

    from sla2.files import Refused

    if "\0" in place:
        raise Refused("The name of the file holds a character that no file name has.")
    path = Path(place)
    return path if path.suffix == ".sla" and not path.is_dir() else path / "contract.sla"


def _refuse_to_overwrite(path: Path) -> None:
    """Say so before anything is asked."""
    from sla2.files import Refused

    if path.exists():
        raise Refused(f"{path} exists already and was not overwritten.", "Add --force to overwrite it.")


def _answers(
    language: Language | None,
    given: tuple[str | None, str | None, str | None, Hours | None, str | None, date | None],
) -> Answers:
    """The answers: those given, then those asked for, then those of the invented contract."""
    from datetime import date

    from sla2.cli.starter import Answers, examples, questions

    asking = sys.stdin.isatty()
    if language is None:
        language = (
            cast("Language", click.prompt("nl, en, de", type=_LANGUAGES, default="en", err=True)) if asking else "en"
        )
    customer, supplier, service, hours, country, start = given
    words, known = questions(language), examples(language)
    if not asking:
        return Answers(
            customer or known["customer"],
            supplier or known["supplier"],
            service or known["service"],
            hours or "office",
            country or "NL",
            language,
            start or date(2026, 2, 1),
        )
    return Answers(
        customer or click.prompt(words["customer"], type=_Name(), err=True),
        supplier or click.prompt(words["supplier"], type=_Name(), err=True),
        service or click.prompt(words["service"], type=_Name(), err=True),
        hours or cast("Hours", click.prompt(words["hours"], type=_HOURS, default="office", err=True)),
        country or click.prompt(words["country"], type=click.Choice(sorted(COUNTRIES)), default="NL", err=True),
        language,
        start or click.prompt(words["from"], type=Day(), err=True),
    )
