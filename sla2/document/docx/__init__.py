"""Word files: writing, safe opening and checking.

In: a `Document`, or the bytes of a .docx from outside. Out: bytes, a vetted `Package`, findings.
It knows no contract; comparing versions and reading answers is the business of `draft`.
"""

from __future__ import annotations

from sla2.document.docx.lint import lint
from sla2.document.docx.package import Package, open_package
from sla2.document.docx.pages import page_numbers
from sla2.document.docx.write import write

__all__ = ["Package", "lint", "open_package", "page_numbers", "write"]
