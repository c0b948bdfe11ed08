"""Imports go one way, stand at the top of a file, and the table below is the whole truth about them."""

from __future__ import annotations

import ast

import pytest
from source_files import PACKAGE, Module, imports, modules

DIRECT: dict[str, set[str]] = {
    "diagnostics": set(),
    "resources": set(),
    "later": set(),
    "files": set(),
    "source": {"diagnostics"},
    "contract": {"source"},
    "words": {"contract"},
    "checks": {"words"},
    "logs": {"contract"},
    "measure": {"contract", "logs"},
    "settle": {"measure"},
    "trust": {"settle"},
    "document": {"diagnostics"},
    "draft": {"words", "document"},
    "report": {"words", "document", "settle", "trust"},
    "remind": {"words", "settle"},
    "diff": {"words"},
    "loading": {"contract", "files"},
    "cache": {"resources"},
    "recall": {"cache", "loading"},
    "pipeline": {"checks", "draft", "report", "remind", "diff", "loading", "recall"},
    "cli": {"pipeline"},
    "": {"pipeline"},
}
"""Who may import whom; what an allowed package may import is allowed as well."""

FOR_ALL = {"resources", "later"}

_BESIDE = ("", "pipeline", "loading", "cache", "recall", "cli", "files", "resources", "later")
STAGES = [name for name in DIRECT if name not in _BESIDE]


def allowed(package: str) -> set[str]:
    found: set[str] = set()
    todo = [package]
    while todo:
        for name in DIRECT[todo.pop()] - found:
            found.add(name)
            todo.append(name)
    return found | FOR_ALL | {package}


def edges(module: Module) -> set[str]:
    """The parts of sla2 that the module imports, those for type checking included."""
    names = [name for _, name in imports(module.tree) if name == "sla2" or name.startswith("sla2.")]
    return {name.split(".")[1] if "." in name else "" for name in names}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_follow_the_table(module: Module) -> None:
    assert edges(module) <= allowed(module.package), f"{module.name} imports what its package may not"


def test_the_table_names_every_package() -> None:
    present = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    present |= {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    assert present == set(DIRECT) - {""}


def test_the_table_has_no_cycle() -> None:
    for package in DIRECT:
        assert all(package not in allowed(name) for name in DIRECT[package])


def test_edges_were_seen() -> None:
    seen = {(module.package, name) for module in modules() for name in edges(module)}
    assert {("source", "diagnostics"), ("contract", "diagnostics"), ("checks", "contract"), ("cli", "pipeline")} <= seen
    assert len(seen) > 20


def test_the_detector_detects() -> None:
    bad = Module(PACKAGE / "contract" / "x.py", "sla2.contract.x", ast.parse("from sla2.report import y"), 1)
    assert not edges(bad) <= allowed("contract")


@pytest.mark.parametrize(
    "module", [module for module in modules() if module.package != "cli"], ids=lambda module: module.name
)
def test_imports_stand_at_the_top(module: Module) -> None:
    inside = [
        node.lineno
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"{module.path.name}: imports inside functions at lines {inside}"


def calls(module: Module) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(module.tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize(
    "module", [module for module in modules() if module.package in STAGES], ids=lambda module: module.name
)
def test_stages_read_no_clock_and_print_nothing(module: Module) -> None:
    forbidden = {"datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time", "print", "input"}
    forbidden |= {"click.echo", "eval", "exec", "pickle.loads", "pickle.load", "random.random", "uuid.uuid4"}
    assert not calls(module) & forbidden


READS_FILES = {"logs", "resources", "files", "loading", "cache", "recall", "pipeline", "cli"}


@pytest.mark.parametrize(
    "module",
    [module for module in modules() if module.package not in READS_FILES],
    ids=lambda module: module.name,
)
def test_stages_open_no_files(module: Module) -> None:
    opened = {
        name
        for name in calls(module)
        if name == "open" or name.endswith((".read_bytes", ".write_bytes", ".write_text"))
    }
    assert not opened - {"resources.read_bytes"}, f"{module.name} opens files: {sorted(opened)}"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_every_fault_is_caught_by_name(module: Module) -> None:
    broad = [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert not broad, f"{module.name} catches everything at lines {broad}"
