"""What the toolkit has to say to its user: a place, a code, a sentence and a remedy.

In: nothing (this package imports no other part of sla2). Out: `Diagnostic` values and their renderings.
Every stage returns diagnostics beside its value instead of raising for a user's mistake.
It does not know contracts, logs or documents, and it never prints: the command line does.
"""

from __future__ import annotations

from sla2.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Related, Severity, has_errors
from sla2.diagnostics.span import Span

__all__ = ["Code", "Diagnostic", "Edit", "Fix", "Related", "Severity", "Span", "has_errors"]
