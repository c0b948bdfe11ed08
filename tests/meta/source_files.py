"""The modules of the package as trees, for the tests of this folder."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sla2"


@dataclass(frozen=True)
class Module:
    path: Path
    name: str
    tree: ast.Module
    lines: int

    @property
    def package(self) -> str:
        """The part of sla2 that the module belongs to: `contract`, `pipeline`; "" for `sla2/__init__.py`."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(path, name, ast.parse(text), text.count("\n")))
    return tuple(found)


def imports(tree: ast.AST) -> list[tuple[ast.stmt, str]]:
    """Every import of `tree` as (statement, dotted name of a module or of a thing in it)."""
    found: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise AssertionError(f"relative import at line {node.lineno}")
            found += [(node, f"{node.module}.{alias.name}") for alias in node.names]
    return found
