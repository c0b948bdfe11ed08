"""The JSON Schema of an exported contract, and the way back from an export.

In: the models of this package. Out: one text, sorted and indented, the same for the same release of sla2. It runs for
`sla2 show schema` and for the docs. Places in files (`span`) are no part of an export and none of the schema.
"""

from __future__ import annotations

import json

from sla2.contract.contract import Contract
from sla2.diagnostics import Span


def schema() -> str:
    """The schema of `Contract.model_dump(mode="json")`, JSON Schema draft 2020-12."""
    table = Contract.model_json_schema(mode="serialization")
    table["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(table, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_export(text: str) -> Contract:
    """The contract that `Contract.model_dump_json` wrote, equal to it; every place is the start of its file.

    Raises: pydantic.ValidationError for a text that is no export of this release.
    """
    return Contract.model_validate_json(text, context=Span.of_line("", 1))
