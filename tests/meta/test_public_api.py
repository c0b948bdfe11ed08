"""What another program may import from `sla2` is what `__all__` says, and it stays cheap to import the package."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from source_files import modules

import sla2


def test_all_is_sorted_and_complete() -> None:
    assert sla2.__all__ == sorted(sla2.__all__)
    assert set(sla2.__all__) == set(sla2._HOMES)
    assert dir(sla2) == sla2.__all__


@pytest.mark.parametrize("name", sla2.__all__)
def test_every_name_is_there(name: str) -> None:
    found = getattr(sla2, name)
    assert getattr(found, "__module__", "").startswith("sla2.")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'nonsense'"):
        sla2.nonsense  # noqa: B018


def test_type_checkers_see_the_same_names() -> None:
    tree = next(module.tree for module in modules() if module.name == "sla2")
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert seen == set(sla2.__all__)


def test_no_public_name_hides_a_package() -> None:
    packages = {module.package for module in modules()}
    assert not packages & set(sla2.__all__)


@pytest.mark.parametrize("name", ["sla2", "sla2.cli.main"])
def test_the_package_and_the_help_import_nothing_heavy(name: str) -> None:
    code = f"import sys, {name}; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    )
    assert not loaded & {
        "pydantic",
        "lark",
        "duckdb",
        "docx",
        "lxml",
        "jinja2",
        "babel",
        "pendulum",
        "holidays",
        "rich",
    }
