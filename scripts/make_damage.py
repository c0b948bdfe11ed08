"""Measures what 300 seeded slips of each of 8 kinds do to the contracts of the repository, and writes docs/damage.md.

Run it after a change of the reader or of the contracts. It takes about a minute. `tests/test_damage.py` asserts the
limits on the same slips (`SLA2_ALL=1` for all of them).
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import damage  # noqa: E402

SEEDS = 300
PAGE = ROOT / "docs" / "damage.md"
HEAD = """# What slips of the hand do

Written by `scripts/make_damage.py`. Each kind of slip was made {seeds} times, each time in one place of one contract
({examples} examples and {published} published contracts; the same seed makes the same slip). Many slips leave a file
that can still be read: a letter lost inside quotes changes a text, not the form. Of the others the table says how many
have a finding within one line of the slip, and how many findings `sla2 check` gives that the contract did not have
before, warnings and advice included.

| slip | made | still read | found within a line | findings per slip | most |
|---|---|---|---|---|---|
"""
TAIL = """
None of the {total} made sla2 fall over. Limits that the test suite holds: at least 95 % within a line and at most
1.5 findings per slip, for every kind. Besides, for each example: every `end` removed in turn gives exactly one
finding, which names the block; a line that a block must have is missed when it is deleted; a line that it may have
shows in `sla2 diff`.
"""


def page() -> str:
    """The whole page."""
    contracts = damage.contracts()
    examples = sum(path.name == "contract.sla" for path in contracts)
    parts = [HEAD.format(seeds=SEEDS, examples=examples, published=len(contracts) - examples)]
    for kind in damage.KINDS:
        row = damage.row(kind, SEEDS)
        near, mean = 100 * row.near / row.broken, row.found / row.broken
        parts.append(f"| {kind} | {row.slips} | {row.parsed} | {near:.1f} % | {mean:.2f} | {row.most} |\n")
    parts.append(TAIL.format(total=f"{SEEDS * len(damage.KINDS):,}"))
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
