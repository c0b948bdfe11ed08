"""What it checks
    A cap on several credits together is not lower than the cap on one of them for the same span.

Why it matters
    If all together may not exceed 10%, the 20% that one of them allows can never be paid, and each side has read
    another figure.

Example
    cap: 20% of base per period
    cap together with other-credits: 10% of base per period

Write instead
    cap: 10% of base per period
    cap together with other-credits: 15% of base per period
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Cap
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA312", "joint-cap-below-single", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per joint cap that is below a cap of one of its blocks."""
    caps = {credits.name: credits.caps for credits in contract.credits}
    for credits in contract.credits:
        for joint in credits.caps:
            for name in (credits.name, *joint.together_with) if joint.together_with else ():
                for single in caps.get(name, ()):
                    if not single.together_with and single.stretch == joint.stretch and _below(joint, single):
                        yield CODE.at(
                            joint.span,
                            f'All credits together are capped at {_words(joint)} per {joint.stretch}, but "{name}" '
                            f"alone may reach {_words(single)}: that can never be paid.",
                            help="Raise the joint cap, or lower the single one to it.",
                            related=(Related(single.span, f'the cap of "{name}"'),),
                        )


def _below(joint: Cap, single: Cap) -> bool:
    if joint.money is not None and single.money is not None:
        return joint.money.amount < single.money.amount
    if joint.percent_of_base is not None and single.percent_of_base is not None:
        return joint.percent_of_base.value < single.percent_of_base.value
    return False


def _words(cap: Cap) -> str:
    return str(cap.money) if cap.money is not None else f"{cap.percent_of_base} of base"
