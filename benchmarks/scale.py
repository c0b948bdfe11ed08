"""A log of millions of tickets: made by a fixed rule, read from CSV, judged, reported; peak memory and seconds.

    python benchmarks/scale.py [tickets] [--folder FOLDER]

DuckDB writes the export into a temporary folder, which is removed afterwards; then `sla2 report` runs on it as a
process of its own, and its processor time, wall time and largest resident memory are printed. `make bench` does not run
it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import duckdb

CONTRACT = Path(__file__).parent / "scale.sla"
MAPPING = """[[import]]
profile = "csv-generic@1"
table = "tickets"
file = "tickets.csv"
encoding = "utf-8"
timezone = "UTC"
complete = true
dates = "yyyy-MM-dd HH:mm:ss"
covers = { from = 2026-01-01, to = 2026-03-31 }
[import.priority]
P1 = "P1"
P2 = "P2"
P3 = "P3"
P4 = "P4"
[import.state]
resolved = "resolved"
"""
ROWS = """
COPY (
    SELECT 'T' || i AS ticket_id, 'workplace' AS service, 'P' || (1 + i % 4) AS priority, 'resolved' AS state,
        strftime(opened, '%Y-%m-%d %H:%M:%S') AS opened_at,
        strftime(opened + to_seconds(60 + i * 104729 % 9000), '%Y-%m-%d %H:%M:%S') AS first_response_at,
        strftime(opened + to_seconds(1000 + i * 1299709 % 60000), '%Y-%m-%d %H:%M:%S') AS resolved_at
    FROM (
        SELECT i, TIMESTAMP '2026-01-01 00:00:00' + to_seconds(i * 7919 % 7000000) AS opened
        FROM range(1, {tickets} + 1) r(i)
    )
) TO '{path}' (HEADER, DELIMITER ',')
"""


def main() -> None:
    """Make the export, run the report, print what it took."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("tickets", nargs="?", type=int, default=1_000_000)
    wanted.add_argument("--folder", help="make the export in this folder instead of the system's temporary one")
    asked = wanted.parse_args()
    with tempfile.TemporaryDirectory(prefix="sla2-scale-", dir=asked.folder) as name:
        folder = Path(name)
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
        duckdb.sql(ROWS.format(tickets=asked.tickets, path=(folder / "tickets.csv").as_posix()))
        size = (folder / "tickets.csv").stat().st_size
        begun = perf_counter()
        command = ["report", CONTRACT.as_posix(), "--log", (folder / "mapping.toml").as_posix(), "--timings"]
        command += ["--format", "html", "--out", (folder / "out").as_posix()]
        done = subprocess.run([sys.executable, "-m", "sla2.cli", *command], env=dict(os.environ), check=False)
        wall = perf_counter() - begun
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = used.ru_utime + used.ru_stime
        print(
            f"{asked.tickets:,} tickets ({size / 1e6:,.0f} MB of CSV): {wall:.1f} s, {busy:.1f} s"
            f" of processor time, {used.ru_maxrss / 1e6:.2f} GB at most, status {done.returncode}"
        )


if __name__ == "__main__":
    main()
