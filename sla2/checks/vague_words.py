"""What it checks
    Clauses, obligations and promises do not set a time or a level in words that nobody can check.

Why it matters
    "As soon as possible" means a minute to one side and a week to the other, and a judge decides. Either both sides can
    name a figure, or the passage is better left open on purpose.

Example
    text: "The supplier restores the service as soon as possible."

Write instead
    text: "The supplier restores the service within the time of {{ resolve-p1 target }}."
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.node import Node
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA397", "vague-words", Severity.WARNING, __doc__ or "")


_VAGUE = re.compile(
    r"as soon as (?:reasonably )?(?:possible|practicable)|best (?:efforts?|endeavours?)|reasonable (?:efforts?|time)"
    r"|where possible|without undue delay"
    r"|zo (?:spoedig|snel) (?:als )?mogelijk|zo goed mogelijk|naar beste (?:kunnen|vermogen)"
    r"|binnen (?:een )?redelijke termijn|onverwijld"
    r"|so (?:bald|schnell|rasch) wie möglich|schnellstmöglich|baldmöglichst|unverzüglich|nach besten kräften"
    r"|bestmöglich|in angemessener (?:frist|zeit)",
    re.IGNORECASE,
)


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per text with vague words, at its first ones."""
    for what, name, span, texts in _texts(contract):
        found = [match[0] for text in texts for match in _VAGUE.finditer(text)]
        if found:
            yield CODE.at(
                span.span,
                f'The {what} "{name}" says "{found[0]}", which nobody can check.',
                help="Name a figure with a placeholder such as `{{ resolve-p1 target }}`, write a level for it, or "
                "leave it open on purpose with an interim rule.",
            )


def _texts(contract: Contract) -> Iterator[tuple[str, str, Node, tuple[str, ...]]]:
    for clause in contract.clauses:
        yield "clause", clause.name, clause, tuple(words for _, words in clause.texts)
    for duty in contract.obligations:
        yield "obligation", duty.name, duty, tuple(words for _, words in duty.texts)
    for promise in contract.promises:
        yield "promise", promise.name, promise, tuple(words for _, words in promise.texts)
    for level in contract.levels:
        if level.delivered_means is not None:
            yield "level", level.name, level, (level.delivered_means,)
