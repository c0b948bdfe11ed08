"""Whatever a user writes becomes a finding, never an exception: seeded slips in two whole contracts."""

from __future__ import annotations

import os
import random
import re
from datetime import date

import pytest
from contract_cases import document_of, text_of

from sla2.contract.from_syntax import from_syntax
from sla2.contract.passage_state import states
from sla2.contract.readings import unstated
from sla2.contract.versions import versions
from sla2.diagnostics import has_errors
from sla2.source.read import read_document

SLIPS = 2_000 if os.environ.get("SLA2_ALL") else 60
FIGURES = ("0", "1", "2.5", "7", "99", "366", "2026", "99999", "1000000000")


def with_slips(text: str, seed: int) -> str:
    """The text with lines lost, doubled or moved, words mixed up and figures changed."""
    chance = random.Random(seed)
    lines = text.split("\n")
    words = sorted(set(re.findall(r"[A-Za-z0-9.-]+", text)))
    for _ in range(chance.randint(1, 10)):
        place = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, chance.choice(lines))
            case 2:
                parts = lines[place].split(" ")
                parts[chance.randrange(len(parts))] = chance.choice(words)
                lines[place] = " ".join(parts)
            case _:
                lines[place] = re.sub(r"\d+", chance.choice(FIGURES), lines[place], count=1)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(SLIPS))
def test_slips_become_findings(seed: int) -> None:
    document, _ = read_document(with_slips(text_of("contract.sla"), seed), "contract.sla")
    if document is None:
        return
    contract, found = from_syntax(document, included={"framework.sla": document_of("framework.sla")})
    assert all(one.code.startswith("SLA2") and one.span is not None for one in found)
    again, same = from_syntax(document, included={"framework.sla": document_of("framework.sla")})
    assert (again, same) == (contract, found)
    if contract is not None:
        assert versions(contract)
        unstated(contract)
        if not has_errors(found):
            assert states(contract, date(2026, 6, 1))
