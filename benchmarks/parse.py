"""How long it takes to get the language ready and to read contracts.

In: nothing; the texts are the language's own test files. Out: processor times and their ratios, on standard output.
Times differ between machines, the ratios hardly: they are what to compare before and after a change.

Run: python benchmarks/parse.py
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sla2 import cache, resources
from sla2.pipeline import Pipeline, Request
from sla2.source import grammar, table
from sla2.source.from_text import parse
from sla2.source.read import read_document

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "language" / "good"
REPEATS = 5


def best(work: Callable[[], object]) -> float:
    """The least processor time of some runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
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


def once(work: Callable[[], object]) -> float:
    """The processor time of one run, in seconds."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def cold(arguments: list[str]) -> float:
    """The least processor time of some processes of their own, in seconds."""
    times = []
    for _ in range(REPEATS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def damaged(text: str, errors: int) -> str:
    """`text` with so many lines, evenly spread, whose colon is missing or whose first word is unknown."""
    lines = text.split("\n")
    step = len(lines) // errors
    for number in range(step - 1, len(lines), step):
        place = next((at for at in range(number, len(lines)) if lines[at].startswith("  ") and ":" in lines[at]), None)
        if place is not None:
            lines[place] = lines[place].replace(":", "", 1) if number % 2 else f"  zz{lines[place].strip()}"
    return "\n".join(lines)


def main() -> None:
    """Print every time, and beside it what it is a multiple of."""
    gc.set_threshold(200_000)
    text = resources.read_text("grammar", grammar.GRAMMAR_FILE)
    built = table.build(text)
    kept = table.dump(built, text)
    short, long = lines(160), lines(50_000)
    for sample in (short, long):
        document, found = read_document(sample, "bench.sla")
        if document is None or found:
            raise SystemExit(f"the sample has mistakes: {found[:3]}")
    build, load = best(lambda: table.build(text)), best(lambda: table.load(kept, text))
    print(f"parse table, {len(kept) // 1000} kB: load {load * 1000:.0f} ms, {load / build:.2f} x building it")
    alone = once(lambda: built.parse(long))
    parsed, read = once(lambda: parse(long, "bench.sla")), once(lambda: read_document(long, "bench.sla"))
    print(f"50,000 lines: {parsed:.2f} s, {parsed / alone:.2f} x lark alone (at most 1.30); typed {read / alone:.2f} x")
    many = damaged(long, 1_000)
    bad = once(lambda: read_document(many, "bench.sla"))
    number = len(read_document(many, "bench.sla")[1])
    print(f"1,000 damaged lines in 50,000: {bad:.2f} s (at most 6), {bad / read:.2f} x undamaged, {number} findings")
    few = best(lambda: read_document(short, "bench.sla"))
    print(f"time per line, long against short: {(read / long.count(chr(10))) / (few / short.count(chr(10))):.2f}")
    contracts()


def contracts() -> None:
    """A cold check, and the loading of many contracts, each about 160 lines long."""
    example = CASES.parents[3] / "benchmarks" / "scale.sla"
    os.environ[cache.OFF] = "1"
    check, nothing = cold(["-m", "sla2.cli", "check", str(example)]), cold(["-c", "pass"])
    print(f"cold `sla2 check`: {check * 1000:.0f} ms (at most 400), {check / nothing:.0f} x an empty Python")
    with tempfile.TemporaryDirectory() as folder:
        texts = [f"{example.read_text(encoding='utf-8')}# {number}\n" for number in range(200)]
        paths = [Path(folder) / f"{number}.sla" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")

        def load() -> None:
            for path in paths:
                if Pipeline(Request(str(path))).contract is None:
                    raise SystemExit("the contract has mistakes")

        load()
        fresh, all_of_them = once(load), 2_000 / len(paths)
        print(f"loading 2,000 contracts: {fresh * all_of_them:.1f} s (at most 25), {fresh / check:.1f} x a check")
        os.environ["XDG_CACHE_HOME"] = folder
        del os.environ[cache.OFF]
        keeping, kept = once(load), once(load)
        print(f"… kept for the next time: {keeping * all_of_them:.1f} s, {keeping / fresh:.2f} x not keeping them")
        print(f"… from the cache: {kept * all_of_them:.1f} s (at most 4), {kept / fresh:.2f} x reading them")


if __name__ == "__main__":
    main()
