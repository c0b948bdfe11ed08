"""`sla2 new`: starts a contract from a commented template.

In: the name of a folder that does not exist yet or holds no contract. Out: `contract.sla` in it, ready for
`sla2 check`. It asks nothing: the template says what to change.
"""

from __future__ import annotations

import click

from sla2.cli.common import say
from sla2.cli.main import OK


@click.command("new")
@click.argument("folder", metavar="FOLDER")
@click.option("--force", is_flag=True, help="Overwrite a contract that is there already.")
def command(folder: str, force: bool) -> int:
    """Start a contract in FOLDER from a commented template."""
    from pathlib import Path

    from sla2 import resources
    from sla2.files import write_whole

    path = Path(folder) / "contract.sla"
    write_whole(path, resources.read_bytes("templates", "new/contract.sla"), force=force)
    click.echo(path.as_posix())
    say(f"Now open it in your editor, change what is yours, and run: sla2 check {path.as_posix()}")
    return OK
