"""The contract in force on a day: the one place where settling asks for a version.

In: the contract as signed and a local day. Out: the contract with its amendments folded in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract


def in_force(contract: Contract, day: date) -> Contract:
    """The contract as it stands on `day`."""
    return contract
