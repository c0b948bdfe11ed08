"""The words of the reports, one book per language.

In: a key such as "money.total" and formatted values. Out: one line of text. It runs for every word of a report that
is not a sentence of the contract itself (those come from `words`). The books are `<language>.toml` in the folders text,
balance, trust and workbook of `templates/reports`; all languages have the same keys with the same names between braces,
which a test holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sla2 import resources

if TYPE_CHECKING:
    from sla2.contract.surroundings import Language


@cache
def book(language: Language) -> Mapping[str, str]:
    """All texts of a language by their key; those of the trust report and of the workbook begin with its name."""
    compliance = tomllib.loads(resources.read_text("templates", f"reports/text/{language}.toml"))
    balance = tomllib.loads(resources.read_text("templates", f"reports/balance/{language}.toml"))
    trust = tomllib.loads(resources.read_text("templates", f"reports/trust/{language}.toml"))
    workbook = tomllib.loads(resources.read_text("templates", f"reports/workbook/{language}.toml"))
    own = dict(_flat("", compliance)) | dict(_flat("", balance))
    return own | dict(_flat("trust", trust)) | dict(_flat("workbook", workbook))


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(value, Mapping):
            yield from _flat(key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise TypeError(f"{key} is no text")


def text(language: Language, key: str, **values: str) -> str:
    """The text `key` with `values` put in.

    Raises: KeyError for an unknown key or a missing value (a bug of ours).
    """
    return book(language)[key].format_map(values)
