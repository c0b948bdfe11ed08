"""Writes the generated pages: docs/checks.md, docs/cli.md, the gallery of messages, and the list of codes given out.

Run it after a change of a finding, a command or a message: `make docs`. A test fails as long as a page is not current.
`--check` writes nothing and names the pages that are not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import casefile  # noqa: E402

from sla2.checks.run import FAMILIES  # noqa: E402
from sla2.checks.run import run as run_checks  # noqa: E402
from sla2.cli.catalogue import codes, sections  # noqa: E402
from sla2.cli.main import COMMANDS, cli  # noqa: E402
from sla2.contract.from_syntax import from_syntax  # noqa: E402
from sla2.contract.holidays import HolidayFile  # noqa: E402
from sla2.diagnostics import has_errors  # noqa: E402
from sla2.diagnostics.render import ordered, terminal  # noqa: E402
from sla2.pipeline import disagreements  # noqa: E402
from sla2.settle.examples import run_examples  # noqa: E402
from sla2.source.decode import MOST_BYTES, decode  # noqa: E402
from sla2.source.read import read_document  # noqa: E402
from sla2.words.clauses import placeholder_findings  # noqa: E402

if TYPE_CHECKING:
    from sla2.diagnostics import Code, Diagnostic

AREAS = {
    "1": "Reading a file",
    "2": "Names, values and structure",
    "3": "Checks",
    "4": "Unstated rules",
    "5": "Logs",
    "6": "Measuring and money",
    "7": "Drafts and documents",
    "8": "Trust and reminders",
    "9": "Faults of sla2 itself",
}
WIDTH = 100
CHECKS_HEAD = """# Findings

Every finding that sla2 reports, by code. `sla2 explain CODE` prints the same pages. Errors make `sla2 check` exit with
status 1; warnings and advice do not. A line `allow CODE: "reason"` in a block silences a finding of a check (SLA3xx,
SLA4xx) on that block, and the report lists it.
"""
CLI_HEAD = """# Commands

Exit status of every command: 0 done; 1 errors in the contract; 2 wrong use; 3 an input that cannot be read, or an
output that needs confirmation; 70 a fault of sla2 itself. A missed service level is a result: 0, unless
`--fail-on missed`. Results go to standard output, all else to standard error. `NO_COLOR` is honoured. Files are written
whole or not at all, and never overwritten without `--force`.
"""
GALLERY_HEAD = """# Gallery of messages

Each finding as its user sees it, from the first case file that shows it. Read it as a contract manager would.
"""
CODES_HEAD = "# Every code that was ever given out: new ones are added, no line is changed or removed.\n"


def checks_page() -> str:
    """docs/checks.md: every finding with its manual page."""
    parts = [CHECKS_HEAD]
    for area, title in AREAS.items():
        found = [code for code in codes() if code.id[3] == area]
        if found:
            parts.append(f"## {title}\n")
            parts += [_families()] if area == "3" else []
            parts += [_page(code) for code in found]
    return "\n".join(parts)


def _families() -> str:
    """The checks by what they are about."""
    rows = ["| about | findings |", "|---|---|"]
    for family, members in FAMILIES:
        named = sorted((check.CODE for check in members), key=lambda code: code.id)
        rows.append(f"| {family} | {', '.join(f'{code.id} {code.slug}' for code in named)} |")
    return "\n".join([*rows, ""])


def _page(code: Code) -> str:
    family = next((name for name, checks in FAMILIES if any(code == check.CODE for check in checks)), "")
    about = f" About {family}." if family else ""
    lines = [f"### {code.id} {code.slug}\n", f"*{code.severity.value.capitalize()}.{about}*\n"]
    for heading, text in sections(code.page):
        if heading in ("Example", "Write instead"):
            lines += [f"**{heading}**\n", f"```\n{text}\n```\n"]
        else:
            lines += [f"**{heading}.** {text}\n"]
    return "\n".join(lines)


def cli_page() -> str:
    """docs/cli.md: the help of every command."""
    parts = [CLI_HEAD]
    top = click.Context(cli, info_name="sla2", terminal_width=WIDTH, max_content_width=WIDTH)
    parts.append(_help("sla2", cli, top))
    for name in COMMANDS:
        command = cli.get_command(top, name)
        if command is None:
            raise SystemExit(f"{name} is in COMMANDS and is no command")
        parts.append(_help(f"sla2 {name}", command, top))
        if isinstance(command, click.Group):
            parts += [_help(f"sla2 {name} {sub}", inner, top) for sub, inner in sorted(command.commands.items())]
    return "\n".join(parts)


def _help(path: str, command: click.Command, top: click.Context) -> str:
    context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = top.help_option_names
    return f"## `{path}`\n\n```\n{command.get_help(context)}\n```\n"


def gallery() -> str:
    """tests/meta/error_gallery.md: each finding as its user sees it, from the first case that shows it."""
    shown = _first_findings()
    parts = [GALLERY_HEAD]
    for code in codes():
        if code.id in shown:
            parts.append(f"## {code.id} {code.slug}\n\n```\n{shown[code.id]}```\n")
    missing = [code.id for code in codes() if code.id not in shown]
    parts.append(f"## Not shown here\n\nThese need a log, a Word file or a fault: {', '.join(missing)}.\n")
    return "\n".join(parts)


def _first_findings() -> dict[str, str]:
    shown: dict[str, str] = {}
    for folder in ("language/bad", "contract", "checks"):
        surroundings = casefile.CASES / folder / "_surroundings.sla"
        prelude = surroundings.read_text(encoding="utf-8") if surroundings.exists() else ""
        for case in casefile.cases(folder):
            text = case.completed(prelude) if prelude else case.text
            if not text.lstrip().startswith("sla ") and prelude:
                text = f"sla 2.0\n{text}"
            text = re.sub(r"[ \t]*# \^\^\^.*", "", text)
            for found in ordered(_findings(text)):
                if found.code not in shown and found.span is not None:
                    shown[found.code] = terminal([found], {"contract.sla": text})
    for raw in _WHOLE_FILES:
        text, unread = decode(raw, "contract.sla")
        for found in ordered(unread if text is None else _findings(text)):
            if found.code not in shown:
                shown[found.code] = terminal([found], {"contract.sla": text or ""})
    return shown


_CONTRACT = """sla 2.0
{include}contract c "Contract"
  customer: town
  supplier: firm
  languages: en
  timezone: UTC
  term: 1 year from 2026-01-01
end
party town "The town"
  language: en
end
party firm "The firm"
  language: en
end
"""
_EXAMPLE = """calendar office "Office hours"
  timezone: UTC
  open: mon-fri 08:00-18:00
  holidays: NL from "nl.toml"
end
service hosting "Hosting"
  hours: office
end
level uptime "Uptime"
  service: hosting
  measure: availability
  of: period
  target: at least 99.9%
  period: month
end
clause stop "The end"
  text en: "The target is {{ uptime target }} and {{ nothing target }} and {{ uptime"
end
"""
_DISAGREES = """
example wrong "A month above the target"
  given: uptime 99.95% in 2026-04
  expect: uptime missed in 2026-04
end
"""
_HOLIDAYS = {"nl.toml": HolidayFile("nl.toml", "NL", (2019,), ())}
_WHOLE_FILES = (
    (_CONTRACT.format(include="") + _EXAMPLE).encode(),
    (
        _CONTRACT.format(include="") + re.sub("  holidays.*\\n", "", _EXAMPLE).partition("clause")[0] + _DISAGREES
    ).encode(),
    'sla 2.0\nparty m "Müller"\nend\n'.encode("latin-1"),
    b"PK\x03\x04",
    b"x" * (MOST_BYTES + 1),
    b"sla 3.0\n",
    ('sla 2.0\nlevel p2 "Resolution"\n' + "  nonsense: 3\n" * 600).encode(),
    b'sla 2.0\nparty p1 "The town"\nend\nparty pl "The firm"\nend\n',
    'sla 2.0\nlevel рау "Payments"\nend\n'.encode(),
    _CONTRACT.format(include='include "frame.sla" as FW\n').encode(),
    _CONTRACT.format(include='include "contract.sla" as C\n').encode(),
    (_CONTRACT.format(include="") + 'translation fr "French"\n  "The town": "La ville"\nend\n').encode(),
    (
        _CONTRACT.format(include="").replace("languages: en", "languages: en, nl")
        + 'translation nl "Dutch"\n  "The town": "De stad"\n  "The town": "De gemeente"\nend\n'
    ).encode(),
)
"""Files that show a finding which no case file can hold: about the bytes, the first line, or the file as a whole."""


def _findings(text: str) -> tuple[Diagnostic, ...]:
    document, found = read_document(text, "contract.sla")
    if document is None:
        return found
    contract, more = from_syntax(document, holidays=_HOLIDAYS)
    checked = run_checks(contract).shown if contract is not None else ()
    told = (*found, *more, *checked)
    if contract is None:
        return told
    told = (*told, *placeholder_findings(contract))
    return told if has_errors(told) else (*told, *disagreements(run_examples(contract, logs=False)))


def code_list() -> str:
    """tests/meta/codes.txt with the codes that are new."""
    path = ROOT / "tests" / "meta" / "codes.txt"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    known = {line.split(" ")[0] for line in lines}
    lines += [f"{code.id} {code.slug}" for code in codes() if code.id not in known]
    return CODES_HEAD + "".join(f"{line}\n" for line in sorted(lines))


PAGES = {
    "docs/checks.md": checks_page,
    "docs/cli.md": cli_page,
    "tests/meta/error_gallery.md": gallery,
    "tests/meta/codes.txt": code_list,
}


def main() -> int:
    """Write what is not current; with --check only name it."""
    stale = []
    for name, make in PAGES.items():
        path, text = ROOT / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(name if "--check" not in sys.argv else f"{name} is not current: run `make docs`")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
