"""How long it takes to get the language ready and to read contracts.

In: nothing; the texts are the language's own test files. Out: four times and their ratios, on standard output. Times
differ between machines, the ratios hardly: they are what to compare before and after a change.

Run: python benchmarks/bench_parse.py
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from sla2 import resources
from sla2.source import grammar, table
from sla2.source.read import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "language" / "good"
REPEATS = 5


def best(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def lines(count: int) -> str:
    """A contract of about `count` lines: the test files one after another, their first lines left out."""
    bodies = [path.read_text(encoding="utf-8").partition("sla 2.0\n")[2] for path in sorted(CASES.glob("*.sla"))]
    bodies = ["\n".join(line for line in body.split("\n") if not line.startswith("include")) for body in bodies]
    text = "sla 2.0\n"
    while text.count("\n") < count:
        text += "\n".join(bodies) + "\n"
    cut = text.rfind("\nend\n", 0, len("".join(text.splitlines(keepends=True)[:count]))) + len("\nend\n")
    return text[:cut]


def main() -> None:
    text = resources.read_text("grammar", grammar.GRAMMAR_FILE)
    built = table.build(text)
    kept = table.dump(built, text)
    grammar.language()
    short, long = lines(160), lines(10_000)
    for sample in (short, long):
        document, found = read_document(sample, "bench.sla")
        if document is None or found:
            raise SystemExit(f"the sample has mistakes: {found[:3]}")
    times = {
        "building the table": best(lambda: table.build(text)),
        f"loading the table ({len(kept) // 1000} kB)": best(lambda: table.load(kept, text)),
        f"reading {short.count(chr(10))} lines": best(lambda: read_document(short, "bench.sla")),
        f"reading {long.count(chr(10))} lines": best(lambda: read_document(long, "bench.sla")),
    }
    unit = times[f"loading the table ({len(kept) // 1000} kB)"]
    for name, seconds in times.items():
        print(f"{name:34} {seconds * 1000:8.1f} ms   {seconds / unit:6.2f} x loading")
    (*_, (_, small), (_, large)) = times.items()
    print(f"time per line, long against short  {(large / long.count(chr(10))) / (small / short.count(chr(10))):8.2f}")


if __name__ == "__main__":
    main()
