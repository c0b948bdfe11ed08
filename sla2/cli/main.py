"""`sla2`: finds the command, guards against our own faults, and turns the outcome into an exit status.

In: the arguments of the process. Out: an exit status: 0 done, 1 errors in the contract, 2 wrong use, 3 an input that
cannot be read or an output that needs confirmation, 70 a fault of sla2. It imports click and nothing else at the top,
so that `sla2 --help` is quick.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from types import FrameType, TracebackType

COMMANDS = {
    "new": ("sla2.cli.new", "Start a contract from a commented template."),
    "check": ("sla2.cli.check", "Find what is wrong, missing or ambiguous in contracts."),
    "format": ("sla2.cli.format", "Lay out contracts in the standard form."),
    "explain": ("sla2.cli.explain", "Explain a finding (SLA301) or prove a figure of a report."),
    "show": ("sla2.cli.show", "Print an intermediate form: tree, syntax, contract, plan, verdicts, schema."),
    "test": ("sla2.cli.test", "Run the worked examples of contracts."),
    "diff": ("sla2.cli.diff", "Say what changes in meaning between two contracts, or two days of one."),
    "draft": ("sla2.cli.draft", "Write the contract as a Word, web or Markdown document."),
    "import": ("sla2.cli.imports", "Look at an export of a ticket tool, or check its mapping."),
    "report": ("sla2.cli.report", "Judge a log against a contract and write the report."),
    "open": ("sla2.cli.open", "List the open passages of contracts, the most urgent first."),
    "remind": ("sla2.cli.remind", "Say whom to remind of which open passage, and make a calendar of reviews."),
    "calendar": ("sla2.cli.calendar", "Make or show the reviewed list of holidays."),
}
"""Every command: where it lives, and what `sla2 --help` says of it."""

_GARBAGE = 200_000
"""New objects between two collections of garbage. A command lives for a second or two and makes none worth collecting;
at the usual 700 a tenth of the time of `sla2 check` goes into looking for it."""

OK, ERRORS, WRONG_USE, UNREADABLE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 70, 130


class _Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name][0]}.command is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean `sla2 {near[0]}`?" if near else " `sla2 --help` lists the commands."
            ctx.fail(f'There is no command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sla2", message="%(prog)s %(version)s")
def cli() -> None:
    """Write SLA 2.0 contracts as text: check them, judge logs against them, draft them in nl, en and de.

    Start with `sla2 new mine`, then `sla2 check mine/contract.sla`.
    """


_NO_ROOM = ("OutOfMemoryException", "IOException")


def _stop(number: int, frame: FrameType | None) -> None:
    """Someone asks the process to end: clear up as after Ctrl-C."""
    raise KeyboardInterrupt


def _interrupted() -> int:
    """One line for whoever stopped the run."""
    click.echo("sla2: stopped before the end.", err=True)
    return INTERRUPTED


def _halted(fault: BaseException) -> bool:
    """True for what DuckDB raises in place of the interruption that stopped its query."""
    return isinstance(fault, RuntimeError) and str(fault) == "Query interrupted"


class _Guard:
    """Turns a fault of ours into a short message and status 70; SLA2_DEBUG=1 shows where it happened."""

    def __init__(self) -> None:
        self.status = OK

    def __enter__(self) -> _Guard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if fault is None or isinstance(fault, SystemExit):
            return False
        if isinstance(fault, KeyboardInterrupt) or _halted(fault):
            self.status = _interrupted()
            return True
        if type(fault).__name__ in _NO_ROOM and type(fault).__module__.endswith("duckdb"):
            click.echo("sla2: the log does not fit into memory and the folder for temporary files.", err=True)
            click.echo("Free some room there, or name a folder with more room in TMPDIR.", err=True)
            self.status = UNREADABLE
            return True
        self.status = OUR_FAULT
        if os.environ.get("SLA2_DEBUG") == "1":
            import traceback

            traceback.print_exception(fault)
        click.echo(f"sla2: a fault of sla2 itself, not of your file ({type(fault).__name__}).", err=True)
        click.echo("Please report it with the command you gave; SLA2_DEBUG=1 shows the details.", err=True)
        return True


def run(arguments: list[str]) -> int:
    """The exit status of `sla2` with these arguments."""
    from sla2.files import Refused, Unreadable

    with _Guard() as guard:
        try:
            status = cli.main(args=arguments, prog_name="sla2", standalone_mode=False)
            guard.status = status if isinstance(status, int) else OK
            sys.stdout.flush()
        except click.Abort:
            guard.status = _interrupted()
        except click.ClickException as problem:
            problem.show()
            guard.status = WRONG_USE
        except (Unreadable, Refused) as problem:
            click.echo(f"sla2: {problem.message}", err=True)
            if problem.remedy:
                click.echo(problem.remedy, err=True)
            guard.status = UNREADABLE
        except BrokenPipeError:
            _leave_quietly()
        except OSError as problem:
            if problem.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
                raise
            _leave_quietly()
            click.echo(f"sla2: the result cannot be written: {problem.strerror}.", err=True)
            guard.status = UNREADABLE
    return guard.status


def _leave_quietly() -> None:
    """The reader of our output has gone (`sla2 … | head`): say nothing more on either stream."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())


def main() -> None:
    """The entry point of the `sla2` program."""
    gc.set_threshold(_GARBAGE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # which it would look for in all installed packages
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    status = run(sys.argv[1:])
    if "duckdb" not in sys.modules:  # which complains on stderr of objects that were not given back
        gc.freeze()  # looking for garbage once more, at the end, takes a fifth of the time of `sla2 check`
    sys.exit(status)
