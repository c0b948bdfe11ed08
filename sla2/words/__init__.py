"""One sentence per construct and language, generated from the clause that the evaluator runs.

In: a contract (as signed, or folded to a day by `versions.as_of`). Out: `Sentence` values in nl, en and de.
The language itself is in `templates/words/<language>/*.toml`; Python chooses the construct and formats the values.
It computes nothing and lays out nothing: `draft` and `report` turn sentences into documents.
"""

from __future__ import annotations

from sla2.words.amendments import amendment_sentences
from sla2.words.calendars import calendar_sentences, clock_stop_sentence, exclusion_sentence, service_sentences
from sla2.words.clauses import clause_sentences
from sla2.words.credits import credits_sentences, tier_rows
from sla2.words.examples import example_sentences
from sla2.words.levels import level_sentences
from sla2.words.obligations import obligation_sentence
from sla2.words.order import order_sentences
from sla2.words.parties import common_sentences
from sla2.words.passages import (
    Labelled,
    passage_facts,
    passage_lead,
    passage_placeholder,
    passage_rules,
    state_words,
)
from sla2.words.points import point_rows, points_sentences, pool_sentences
from sla2.words.results import measure_words, outcome_words, period_words, reason_words, verdict_words
from sla2.words.rights import right_sentences
from sla2.words.sentence import Part, Sentence, Term, To, anchor
from sla2.words.settings import filling_words
from sla2.words.targets import target_words, tier_words
from sla2.words.terms import definitions

__all__ = [
    "Labelled",
    "Part",
    "Sentence",
    "Term",
    "To",
    "amendment_sentences",
    "anchor",
    "calendar_sentences",
    "clause_sentences",
    "clock_stop_sentence",
    "common_sentences",
    "credits_sentences",
    "definitions",
    "example_sentences",
    "exclusion_sentence",
    "filling_words",
    "level_sentences",
    "measure_words",
    "obligation_sentence",
    "order_sentences",
    "outcome_words",
    "passage_facts",
    "passage_lead",
    "passage_placeholder",
    "passage_rules",
    "period_words",
    "point_rows",
    "points_sentences",
    "pool_sentences",
    "reason_words",
    "right_sentences",
    "service_sentences",
    "state_words",
    "target_words",
    "tier_rows",
    "tier_words",
    "verdict_words",
]
