"""`sla2 draft`: writes the contract as a document to negotiate about.

In: a contract, languages, an audience. Out: one Word, web or Markdown file per language and format in a folder,
or one text on stdout. Errors and warnings of `check` go to stderr. A contract that cannot be read whole is not drafted,
nor is one whose worked examples disagree with it: the annex would print them as facts. Other errors are named, and the
contract is drafted all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from sla2.cli.common import Day, chatter, print_timings, say, timings_option
from sla2.cli.main import ERRORS, OK

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic
    from sla2.document.audience import Audience
    from sla2.document.blocks import Document
    from sla2.pipeline import Pipeline

FORMATS = ("docx", "html", "md")
LANGUAGES = ("nl", "en", "de")


@click.command("draft")
@click.argument("contract", metavar="CONTRACT")
@click.option(
    "languages", "--lang", metavar="LANGUAGES", help="nl, en, de, or several: nl,en. Default: all of the contract."
)
@click.option("forms", "--format", default="docx", metavar="FORMATS", help="docx, html, md, or several: docx,html.")
@click.option(
    "--audience", type=click.Choice(["internal", "counterparty"]), default="internal", help="Who will read it."
)
@click.option(
    "--status", default="draft", metavar="WORD", help="draft, proposal, final, signed, or a word of your own."
)
@click.option("--as-of", "day", type=Day(), help="With the terms in force on this day. Default: as signed.")
@click.option("--out", metavar="FOLDER", help="Write files here. Needed for Word, and for more than one file.")
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
@timings_option
def command(
    contract: str,
    languages: str | None,
    forms: str,
    audience: str,
    status: str,
    day: date | None,
    out: str | None,
    force: bool,
    timings: bool,
) -> int:
    """Write CONTRACT as a document to negotiate about, in nl, en and de."""
    from sla2.cli.inputs import chosen
    from sla2.diagnostics import has_errors
    from sla2.pipeline import Pipeline, Request

    wanted = chosen(forms, FORMATS)
    first = Pipeline(Request(contract))
    if first.contract is None or first.unsound:
        chatter(first.unsound, first.texts)
        say("A contract that cannot be read whole is not drafted.")
        return ERRORS
    spoken = chosen(languages, LANGUAGES, "language") if languages else tuple(first.contract.languages)
    if out is None and (len(wanted) * len(spoken) > 1 or "docx" in wanted):
        raise click.UsageError("Say where to write: --out FOLDER.")
    found, refused = _told(first)
    if refused:
        chatter(found, first.texts)
        say("Not drafted: the annex would print a worked example that disagrees with the contract.")
        return ERRORS
    flawed, failed = has_errors(found), False
    texts: dict[str, bytes] = {}
    for language in spoken:
        asked = Request(
            contract,
            as_of=day,
            language=cast("Language", language),
            audience=cast("Audience", audience),
            status=status,
        )
        line = first.asked(asked)
        document, more = line.drafted
        failed = failed or has_errors(more)
        found += [one for one in more if one not in found]
        if document is not None:
            for form in wanted:
                texts[_file_name(first.contract.name, language, audience, form)] = _rendered(
                    document, form, line.request.audience
                )
        if timings:
            print_timings(line.timings)
    chatter(found, first.texts)
    if failed:
        return ERRORS
    if flawed:
        say("Drafted all the same: the errors above are in the contract, and so in the draft.")
    _deliver(texts, out, force)
    return OK


def _told(line: Pipeline) -> tuple[list[Diagnostic], bool]:
    """Errors and warnings of `check`, all worked examples run; and whether an example disagrees with the contract."""
    from sla2.diagnostics import Severity, has_errors
    from sla2.pipeline import disagreements

    tried = disagreements(line.tried)
    found = [one for one in dict.fromkeys((*line.findings, *tried)) if one.severity is not Severity.ADVICE]
    return found, has_errors(tried)


def _file_name(contract: str, language: str, audience: str, form: str) -> str:
    """The name tells an internal draft from one that may be sent."""
    suffix = "" if audience == "internal" else f"-{audience}"
    return f"{contract}-draft-{language}{suffix}.{form}"


def _rendered(document: Document, form: str, audience: Audience) -> bytes:
    if form == "docx":
        from sla2.document.docx.write import write

        return write(document, audience=audience)
    from sla2.document import html, markdown

    writer = html.write if form == "html" else markdown.write
    return writer(document, audience=audience).encode("utf-8")


def _deliver(texts: dict[str, bytes], out: str | None, force: bool) -> None:
    from pathlib import Path

    from sla2.files import write_all

    if out is None:
        click.echo(b"".join(texts.values()).decode("utf-8"), nl=False)
        return
    files = {Path(out) / name: content for name, content in texts.items()}
    write_all(files, force=force)
    click.echo("".join(f"{path.as_posix()}\n" for path in files), nl=False)
