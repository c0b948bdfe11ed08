"""The one form in which sla2 reports a mistake, a doubt or an advice.

In: a `Code` (declared once, in the package that finds the fault) and the place. Out: a `Diagnostic`.
Renderers (terminal, concise, json) live in `render`; nothing here decides what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics.span import Span


class Severity(StrEnum):
    """How grave a finding is; only an error makes `sla2 check` exit with status 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text at `span` by `text` (an empty span inserts)."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy that `sla2 check --fix` may apply: what it does in words, and the edits."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the finding, with what it says there."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is stable and never reused; `slug` names the bad pattern and reads after "allow".
    `message` is one plain sentence for a contract manager, `help` the remedy.
    `choices` are remedies that change the meaning in different ways: an editor offers them, `--fix` never picks one.
    """

    code: str
    slug: str
    severity: Severity
    message: str
    span: Span | None = None
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    choices: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """The declaration of a finding: each package that finds faults lists its codes in one tuple.

    `page` is the manual page that `sla2 explain CODE` prints, under the headings *What it checks*,
    *Why it matters*, *Example*, *Write instead*.
    Ranges: 1xx spelling and values, 2xx names and structure, 3xx checks, 4xx unstated rules, 5xx logs,
    6xx measurement and money, 7xx drafts, 8xx trust and reminders, 9xx faults of sla2 itself.
    """

    id: str
    slug: str
    severity: Severity
    page: str

    def at(
        self,
        span: Span | None,
        message: str,
        *,
        help: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        choices: tuple[Fix, ...] = (),
    ) -> Diagnostic:
        """A diagnostic of this code at `span`."""
        return Diagnostic(self.id, self.slug, self.severity, message, span, help, related, fix, choices)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True if at least one finding is an error."""
    return any(found.severity is Severity.ERROR for found in diagnostics)
