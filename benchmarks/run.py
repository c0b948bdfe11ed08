"""`make bench`: all benchmarks, each as ratios within its own run."""

from __future__ import annotations

import runpy
from pathlib import Path


def main() -> None:
    """Run the benchmarks that take minutes; `scale.py` takes longer and is run by hand."""
    for name in ("parse.py", "measure.py"):
        print(f"\n{name}", flush=True)
        runpy.run_path(str(Path(__file__).parent / name), run_name="__main__")


if __name__ == "__main__":
    main()
