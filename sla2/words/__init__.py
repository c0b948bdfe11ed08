"""One sentence per construct and language, generated from the clause that the evaluator runs.

In: a contract (as signed, or folded to a day by `versions.as_of`). Out: `Sentence` values in nl, en and de.
The language itself is in `templates/words/<language>/*.toml`; Python chooses the construct and formats the values.
It computes nothing and lays out nothing: `draft` and `report` turn sentences into documents.
"""

from __future__ import annotations

from sla2.words.credits import credits_sentences, order_sentences, tier_rows
from sla2.words.levels import level_sentences
from sla2.words.passages import (
    Labelled,
    passage_facts,
    passage_lead,
    passage_placeholder,
    passage_rules,
    state_words,
)
from sla2.words.sentence import Part, Sentence, Term, To, anchor
from sla2.words.targets import filling_words, target_words, tier_words

__all__ = [
    "Labelled",
    "Part",
    "Sentence",
    "Term",
    "To",
    "anchor",
    "credits_sentences",
    "filling_words",
    "level_sentences",
    "order_sentences",
    "passage_facts",
    "passage_lead",
    "passage_placeholder",
    "passage_rules",
    "state_words",
    "target_words",
    "tier_rows",
    "tier_words",
]
