"""Makes the pictures of README.md from the example gemeente-werkplek: docs/pictures/report.png and draft.png.

In: the example. Out: two PNG files of less than 250 kB. Run it when the looks of a report or of a draft have changed;
it needs Chromium, LibreOffice and poppler (`chromium`, `soffice`, `pdftotext`, `pdftoppm`):

    .venv/bin/python scripts/make_pictures.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = Path("contracts/examples/gemeente-werkplek")
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 250_000
PROGRAMS = ("chromium", "soffice", "pdftotext", "pdftoppm")

ONLY_THE_TABLE = "<style>#head, nav { display: none }</style></head>"
"""The facts at the head of the report are left out of the picture, so that the table of verdicts is in view."""
PASSAGE = "To be agreed by"
"""How an open passage begins in an English draft: the first page that says so is the picture."""


def main() -> int:
    """Make both pictures; 1 if a program is missing or a picture is too large."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)}.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        made = [report_picture(out), draft_picture(out)]
    for path in made:
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT).as_posix()}: {size:,} bytes")
        if size > LARGEST:
            return 1
    return 0


def report_picture(out: Path) -> Path:
    """The head and the table of verdicts of the compliance report in English."""
    plan = tomllib.loads((ROOT / EXAMPLE / "example.toml").read_text(encoding="utf-8"))
    logs = [word for log in plan["logs"] for word in ("--log", (EXAMPLE / log).as_posix())]
    days = ["--from", str(plan["first"]), "--to", str(plan["last"]), "--as-of", str(plan["as_of"])]
    sla2("report", contract(), *logs, *days, "--lang", "en", "--format", "html", "--out", out.as_posix())
    page = next(out.glob("*compliance*.html"))
    short = out / "short.html"
    text = page.read_text(encoding="utf-8")
    short.write_text(text.replace("</head>", ONLY_THE_TABLE, 1), encoding="utf-8")
    picture = PICTURES / "report.png"
    run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1380",
         f"--user-data-dir={out / 'profile'}", f"--screenshot={picture}", short.as_uri()],
    )  # fmt: skip
    return picture


def draft_picture(out: Path) -> Path:
    """The page of the English draft on which an open passage stands."""
    sla2("draft", contract(), "--lang", "en", "--out", out.as_posix())
    document = next(out.glob("*.docx"))
    run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{out / 'office'}", "--convert-to", "pdf",
         "--outdir", out.as_posix(), document.as_posix()],
    )  # fmt: skip
    pdf = document.with_suffix(".pdf")
    pages = run(["pdftotext", "-layout", pdf.as_posix(), "-"]).split("\f")
    number = next((count for count, page in enumerate(pages, start=1) if PASSAGE in page), 1)
    at = ["-f", str(number), "-l", str(number), "-r", "90", "-png", "-singlefile"]
    run(["pdftoppm", *at, pdf.as_posix(), (PICTURES / "draft").as_posix()])
    return PICTURES / "draft.png"


def contract() -> str:
    """The contract of the example, as named on the command line."""
    return (EXAMPLE / "contract.sla").as_posix()


def sla2(*arguments: str) -> None:
    """Run sla2 in the checkout."""
    run([sys.executable, "-m", "sla2.cli", *arguments])


def run(words: list[str]) -> str:
    """What a program prints. Raises: CalledProcessError."""
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=180)
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
