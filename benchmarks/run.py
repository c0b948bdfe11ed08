"""`make bench`: all benchmarks, each as ratios within its own run."""

from __future__ import annotations

import runpy
from pathlib import Path


def main() -> None:
    """Run every `bench_*.py` beside this file in order of name."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"\n{path.name}", flush=True)
        runpy.run_path(str(path), run_name="__main__")


if __name__ == "__main__":
    main()
