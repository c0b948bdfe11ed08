"""`sla2 report`: judges a log against a contract and writes the report.

In: a contract, the mappings of its log, the days. Out: the report as web page, Markdown, JSON or workbook, on stdout or
in a folder. A missed service level is a result: the status is 0 unless `--fail-on missed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, chatter, print_timings, say, status_of, timings_option
from sla2.cli.main import ERRORS, OK, UNREADABLE

if TYPE_CHECKING:
    from datetime import date

    from sla2.pipeline import Pipeline
    from sla2.report.frame import Frame

FORMATS = ("html", "md", "json", "xlsx")
KINDS = ("compliance", "trust")
BOTH = "both"
LANGUAGES = ("nl", "en", "de")


@click.command("report")
@click.argument("contract", metavar="CONTRACT")
@click.option(
    "mappings", "--log", metavar="MAPPING", multiple=True, required=True, help="A mapping file; may be repeated."
)
@click.option("--from", "start", type=Day(), help="First day of the report. Default: where contract and log begin.")
@click.option("--to", "end", type=Day(), help="Last day of the report. Default: where the log ends.")
@click.option("--as-of", "as_of", type=Day(), help="Last day that the log is believed. Default: as the mappings say.")
@click.option("--kind", type=click.Choice((*KINDS, BOTH)), default="compliance", help="Which report.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Default: the first language of the contract.")
@click.option(
    "forms",
    "--format",
    default="md",
    metavar="FORMATS",
    help="html, md, json, xlsx (a workbook), or several: html,xlsx.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", metavar="FOLDER", help="Write files here instead of printing.")
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
@click.option("--fail-on", "fail_on", type=click.Choice(["missed"]), help="Status 1 if a service level was missed.")
@timings_option
def command(
    contract: str,
    mappings: tuple[str, ...],
    start: date | None,
    end: date | None,
    as_of: date | None,
    kind: str,
    language: str | None,
    forms: str,
    as_json: bool,
    out: str | None,
    force: bool,
    fail_on: str | None,
    timings: bool,
) -> int:
    """Judge a log against CONTRACT and write the report on the days --from to --to (both included)."""
    from sla2.cli.inputs import chosen, run_of

    wanted = chosen("json" if as_json else forms, FORMATS)
    if out is None and (len(wanted) > 1 or kind == BOTH):
        raise click.UsageError("Several formats or reports need --out FOLDER.")
    if "xlsx" in wanted and (out is None or kind == "trust"):
        raise click.UsageError("A workbook (xlsx) is made of the compliance report and needs --out FOLDER.")
    line = run_of(contract, mappings, start, end, as_of, language)
    status = problems(line)
    if status is None and kind != "compliance":
        chatter(line.trusted[1], line.texts)
        status = None if line.trusted[0] is not None else ERRORS
    if status is not None:
        return status
    missed = _write(line, kind, wanted, out, force)
    if timings:
        print_timings(line.timings)
    return ERRORS if missed and fail_on == "missed" else OK


def problems(line: Pipeline) -> int | None:
    """The status if there can be no report; what is wrong is said on stderr."""
    from sla2.diagnostics import has_errors
    from sla2.report.said_once import said_once

    if line.contract is None or line.unsound:
        chatter(line.unsound, line.texts)
        say("A contract that cannot be read whole is not judged.")
        return ERRORS
    if has_errors(line.findings):
        say(f"The contract has findings of its own: see `sla2 check {line.path}`.")
    log, found = line.imported
    chatter(found, {})
    if log is None:
        return UNREADABLE
    if line.contract.timezone is None:
        say(f"The contract names no time zone, and nothing is measured without one: see `sla2 check {line.path}`.")
        return ERRORS
    if line.days is None:
        say(
            "sla2: the log does not say until when it is complete; say so with --as-of or with `covers` in the mapping."
        )
        return UNREADABLE
    if line.days.start >= line.days.end:
        say(f"sla2: there is nothing to report: {_no_days(line)}")
        return UNREADABLE
    if line.days.start > line.days.today:
        say(f"The report begins on {line.days.start}, but the log is believed until {line.days.today} only.")
    found = said_once(line.contract, (*line.measured[1], *line.settled[1]))
    chatter(found, line.texts)
    return status_of(found) or ERRORS if line.frame is None else None


def _no_days(line: Pipeline) -> str:
    """Why the report would end before it begins: the days asked for, the term and the log do not meet."""
    from datetime import timedelta

    days, term = line.days, line.contract.term if line.contract is not None else None
    if days is None:
        return "no days are known."
    begins = f"the first day would be {days.start}, the last {days.end - timedelta(days=1)}"
    of_term = f"The term of the contract begins on {term.start}. " if term is not None else ""
    return f"{begins}. {of_term}Give --from and --to on which both contract and log say something, or another log."


def _write(line: Pipeline, kind: str, wanted: tuple[str, ...], out: str | None, force: bool) -> bool:
    """Write or print the report; True if a service level was missed."""
    from pathlib import Path

    from sla2.files import write_all

    frame = line.frame
    if frame is None or line.contract is None:
        return False
    kinds = KINDS if kind == BOTH else (kind,)
    asked = [(one, form) for one in kinds for form in wanted if (one, form) != ("trust", "xlsx")]
    made = {(one, form): _rendered(line, one, form) for one, form in asked}
    if out is None:
        click.echo(b"".join(made.values()).decode(), nl=False)
    else:
        name, days = line.contract.name, f"{frame.start}-{frame.last}-{frame.language}"
        files = {Path(out) / f"{name}-{one}-{days}.{form}": content for (one, form), content in made.items()}
        write_all(files, force=force)
        click.echo("".join(f"{path.as_posix()}\n" for path in files), nl=False)
    return any(verdict.status == "missed" for verdict in frame.settlement.verdicts)


def _rendered(line: Pipeline, kind: str, form: str) -> bytes:
    from sla2.document import html, markdown
    from sla2.report.to_json import to_json
    from sla2.report.trust_to_json import trust_to_json

    if form == "json" and kind == "trust":
        made, trust = line.frame, line.trusted[0]
        return trust_to_json(made, trust).encode() if made is not None and trust is not None else b""
    if form in ("json", "xlsx"):
        frame = line.whole_frame
        if frame is None:
            return b""
        return to_json(frame).encode() if form == "json" else _workbook(frame)
    document = line.reported if kind == "compliance" else line.trust_reported
    if document is None:
        return b""
    return (html.write(document) if form == "html" else markdown.write(document)).encode()


def _workbook(frame: Frame) -> bytes:
    from sla2.report.workbook.write import workbook

    return workbook(frame)
