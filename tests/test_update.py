"""`pytest --update` rewrites texts, and refuses folders that hold figures."""

from __future__ import annotations

import conftest
import pytest


def test_a_text_that_differs_fails_and_is_rewritten_on_demand(tmp_path):
    path = tmp_path / "expected.txt"
    with pytest.raises(AssertionError, match="differs"):
        conftest.held(path, "new", update=False)
    conftest.held(path, "new", update=True)
    conftest.held(path, "new", update=False)


@pytest.mark.parametrize("folder", conftest.NUMBERS, ids=lambda folder: folder.name)
def test_numbers_are_refused(folder):
    assert folder.is_dir(), "a folder of figures that is gone guards nothing"
    with pytest.raises(conftest.NumbersAreNotUpdated):
        conftest.held(folder / "made-up.toml", "1", update=True)
    assert not (folder / "made-up.toml").exists()
