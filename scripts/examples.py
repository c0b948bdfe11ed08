"""Run the whole job on an example contract: findings, worked examples, reports, drafts, proofs, reminders.

In: the folder of an example with its `example.toml`. Out: files in a folder of the caller's choice. `make demo`
writes them to out/, the tests compare them with expected/, and this script rewrites expected/:

    .venv/bin/python scripts/examples.py
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

EXAMPLES = Path("contracts/examples")
SLA2 = [sys.executable, "-m", "sla2.cli"]


def names() -> list[str]:
    """The examples, in order of name."""
    return sorted(path.parent.name for path in EXAMPLES.glob("*/example.toml"))


def jobs(name: str, out: Path) -> list[tuple[list[str], str | None]]:
    """Commands (arguments of `sla2`), each with the file its standard output goes to, or None where it writes files."""
    folder = EXAMPLES / name
    plan = tomllib.loads((folder / "example.toml").read_text(encoding="utf-8"))
    contract = (folder / "contract.sla").as_posix()
    logs = [argument for log in plan["logs"] for argument in ("--log", (folder / log).as_posix())]
    days = ["--from", str(plan["first"]), "--to", str(plan["last"]), "--as-of", str(plan["as_of"])]
    found: list[tuple[list[str], str | None]] = [
        (["check", contract], "findings.txt"),
        (["test", contract], "worked-examples.txt"),
    ]
    status = plan["status"]
    for language in plan["languages"]:
        for kind in plan["kinds"]:
            shape = "html,md,json" if language == plan["languages"][0] else "html"
            options = ["--kind", kind, "--lang", language, "--format", shape, "--out", out.as_posix(), "--force"]
            found.append((["report", contract, *logs, *days, *options], None))
        options = [
            "--lang",
            language,
            "--format",
            "docx,html",
            "--as-of",
            str(plan["as_of"]),
            "--status",
            status[language],
        ]
        found.append((["draft", contract, *options, "--out", out.as_posix(), "--force"], None))
    for figure in plan["figures"]:
        target = f"proof-{figure.replace('/', '-')}.txt"
        found.append((["explain", figure, "--contract", contract, *logs, *days], target))
    if plan["reminders"]:
        today = ["--today", str(plan["as_of"])]
        found.append((["open", folder.as_posix(), *today], "open-passages.txt"))
        found.append((["remind", contract, *today, "--since", str(plan["last"]), "--dry-run"], "reminders.txt"))
        found.append((["remind", contract, *today, "--ics", (out / "reviews.ics").as_posix(), "--force"], None))
    return found


def run(name: str, out: Path) -> None:
    """Run all jobs of an example. Raises: CalledProcessError if one fails (status 1 of `check` is a finding)."""
    out.mkdir(parents=True, exist_ok=True)
    for arguments, target in jobs(name, out):
        done = subprocess.run([*SLA2, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode not in ((0, 1) if arguments[0] == "check" else (0,)):
            sys.stderr.write(done.stderr)
            raise subprocess.CalledProcessError(done.returncode, ["sla2", *arguments])
        if target is not None:
            (out / target).write_text(done.stdout or done.stderr, encoding="utf-8")


def main() -> None:
    """Rewrite the expected outputs of all examples."""
    for name in names():
        run(name, EXAMPLES / name / "expected")
        print(f"{EXAMPLES / name / 'expected'} is up to date; look at git diff before you commit it")


if __name__ == "__main__":
    main()
