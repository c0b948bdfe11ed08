"""The contract in force on a day: the one place where settling and reporting ask for a version.

In: the contract as signed and a local day. Out: the contract with its amendments, fillings and fallbacks folded in.
It folds once per contract; what is in force is decided by `contract/versions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.versions import Version, version_at, versions

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract


class Terms:
    """All versions of one contract."""

    def __init__(self, contract: Contract) -> None:
        self.signed = contract
        self.versions = versions(contract)

    def version(self, day: date) -> Version:
        """The version in force on `day`."""
        return version_at(self.versions, day)

    def on(self, day: date) -> Contract:
        """The contract as it stands on `day`."""
        return self.version(day).contract
