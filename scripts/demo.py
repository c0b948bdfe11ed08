"""`make demo`: the whole job on the example contracts, written to out/, with a word on what to open."""

from __future__ import annotations

import shutil
from pathlib import Path

import examples

OUT = Path("out")
WORTH_OPENING = (
    ("*compliance*.html", "verdicts, missed cases, credits step by step (open in a browser)"),
    ("*trust*.html", "promises of both sides, numbers against feeling"),
    ("*draft*.docx", "the contract in Word, open passages as controls"),
    ("findings.txt", "what the checker says about the contract"),
    ("proof-*.txt", "one figure proven step by step"),
    ("open-passages.txt", "what is still open, and for how long"),
    ("reminders.txt", "the messages to those who have to fill it"),
    ("reviews.ics", "review dates for a calendar"),
)


def main() -> None:
    """Run the examples and list what was written."""
    for name in examples.names():
        target = OUT / name
        if target.exists():
            shutil.rmtree(target)
        print(f"{name}: checking, measuring, drafting …", flush=True)
        examples.run(name, target)
        for pattern, what in WORTH_OPENING:
            for path in sorted(target.glob(pattern)):
                print(f"  {path.as_posix():<70} {what}")
    print(
        "\nStart with the first file above. The contract it judges: contracts/examples/gemeente-werkplek/contract.sla"
    )


if __name__ == "__main__":
    main()
