"""Builds the parse table of the language when a wheel is built, so that nobody waits for it at the first start.

In: `grammar/sla2.lark`. Out: `sla2/grammar/sla2.table.json` in the wheel. A checkout (editable installation) gets none:
there the grammar changes, and the table is kept in the user's cache folder instead.
"""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParseTableHook(BuildHookInterface):  # type: ignore[type-arg]
    """The build step; hatchling calls it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the table before a standard wheel and have it packed; other builds stay as they are."""
        if version != "standard":
            return
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("table", root / "sla2" / "source" / "table.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("sla2/source/table.py")
        table = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(table)
        grammar = (root / "grammar" / "sla2.lark").read_text(encoding="utf-8")
        folder = Path(tempfile.mkdtemp(prefix="sla2-table-"))
        file = folder / table.TABLE_FILE
        file.write_bytes(table.dump(table.build(grammar), grammar))
        build_data["force_include"][str(file)] = f"sla2/grammar/{table.TABLE_FILE}"
        self.folder = folder

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was built for packing."""
        folder = getattr(self, "folder", None)
        if folder is not None:
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()
