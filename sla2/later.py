"""A module that is imported when something of it is first used: what a command does not ask for costs it nothing.

In: the name of a module. Out: an object that stands for it. It runs at the first use of one of its names. It is for
what is dear to import (a database, another stage) and seldom needed where it is named; type checkers see the module:

    if TYPE_CHECKING:
        import duckdb
    else:
        duckdb = Later("duckdb")
"""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """Stands for the module `name` until something of it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self._name), name)
