"""Expected texts: compared by default, rewritten with `--update`; expected numbers never.

`golden(path, text)` is the one way a test holds a committed text. Figures under `cases/measure`, `cases/settle`,
`cases/trust` and `cases/reports` come from hand work, published cases or the naive judge, so `golden` refuses to
write there.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import pytest

os.environ["SLA2_NO_CACHE"] = "1"  # no test leaves a contract in the cache folder of whoever runs it

CASES = Path(__file__).resolve().parent / "cases"
NUMBERS = tuple(CASES / name for name in ("measure", "settle", "trust", "reports"))


class NumbersAreNotUpdated(Exception):
    """Somebody asked `--update` to accept a figure from the engine."""


class Golden(Protocol):
    """Compares a text with a committed file."""

    def __call__(self, path: Path, text: str) -> None: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite expected texts (never numbers), then read git diff")


def held(path: Path, text: str, *, update: bool) -> None:
    """Compare `text` with the content of `path`, or write it there."""
    if update:
        if any(path.resolve().is_relative_to(folder) for folder in NUMBERS):
            raise NumbersAreNotUpdated(f"{path.name} holds figures: work them out by hand or with the naive judge")
        path.write_text(text, encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text == expected, f"{path.name} differs; if that is meant, run pytest --update and read git diff"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(path, text)`: fails if the committed text differs; with --update it is rewritten."""

    def compare(path: Path, text: str) -> None:
        held(path, text, update=request.config.getoption("--update"))

    return compare
