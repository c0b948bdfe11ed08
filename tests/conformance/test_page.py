"""docs/conformance.md says what the cases say."""

from __future__ import annotations

from scripts.make_conformance import PAGE, page


def test_the_page_of_the_cases_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/make_conformance.py"
