"""Files and functions stay small, and every module says what it is for."""

from __future__ import annotations

import ast
import re
import statistics

import pytest
from source_files import Module, modules

FILE_LINES = 400
FUNCTION_LINES = 80
MEDIAN_FILE_LINES = 140
USUAL_FUNCTION_LINES = 30


def functions(module: Module) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((node.name, (node.end_lineno or node.lineno) - node.lineno + 1))
    return found


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_file_is_short_and_says_what_it_is_for(module: Module) -> None:
    assert module.lines <= FILE_LINES, f"{module.path.name} has {module.lines} lines"
    assert ast.get_docstring(module.tree), f"{module.path.name} has no docstring"
    long = [(name, lines) for name, lines in functions(module) if lines > FUNCTION_LINES]
    assert not long, f"{module.path.name}: {long}"


def test_most_files_and_functions_are_much_shorter() -> None:
    files = [module.lines for module in modules()]
    lengths = sorted(lines for module in modules() for _, lines in functions(module))
    assert len(files) > 50
    assert len(lengths) > 200
    assert statistics.median(files) <= MEDIAN_FILE_LINES
    assert lengths[int(len(lengths) * 0.9)] <= USUAL_FUNCTION_LINES


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_nothing_is_left_for_later(module: Module) -> None:
    text = module.path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME)\b|raise NotImplementedError|pragma: no cover", text)
    assert not re.search(r"#\s*type:\s*ignore(?!\[)", text), "an ignore names its code"
    assert not re.search(r"(?<![\w.])/(work|root|home)/", text), "no path of a machine"
