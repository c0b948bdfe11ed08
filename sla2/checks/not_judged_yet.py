"""What it checks
    Everything that the contract says can be judged by `sla2 report`.

Why it matters
    What sla2 can read and draft but not compute is left out of the report and named there. Better to know that on the
    day of signing than at the end of the quarter.

Example
    period: 30 days rolling        # of a level that counts tickets

Write instead
    Write the rule in a form that is judged, such as `period: month`; or keep it, agree who reckons it by hand, and
    silence this with `allow`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract import unmeasured, unreckoned
from sla2.contract.versions import versions
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA390", "not-judged-yet", Severity.ADVICE, __doc__ or "")
_HELP = "Write it in a form that is judged (docs/language.md, section 18), or agree who reckons it by hand."


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per rule that the report would refuse, now or after an amendment or a filling."""
    examples = {example.name for example in contract.examples}
    listed = [item for item in contract.unevaluated if item.block not in examples]
    for item in listed:
        yield _found(item.span, item.block, f"`{item.what}`")
    said = {(item.block, f"`{item.what}` of {item.block}") for item in listed}
    repeated = {f"`{item.what}` of {item.block}" for item in listed}
    for version in versions(contract):
        for level in version.contract.levels:
            for what in unmeasured.reasons(version.contract, level):
                if what not in repeated and (level.name, what) not in said:
                    said.add((level.name, what))
                    yield _found(level.span, level.name, what)
        for block in (*version.contract.credits, *version.contract.bonuses):
            for what in unreckoned.reasons(version.contract, block):
                known = any(item.block == block.name and item.what.startswith(what) for item in listed)
                if not known and (block.name, what) not in said:
                    said.add((block.name, what))
                    yield _found(block.span, block.name, f"`{what}` for level {block.level or block.points}")


def _found(span: Span, block: str, what: str) -> Diagnostic:
    return CODE.at(
        span, f"The report will not judge {what} in {block}: sla2 reads it, but does not reckon it.", help=_HELP
    )
