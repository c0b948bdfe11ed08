"""The trust report in three languages and as JSON: what a director reads, and what nobody may read."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from markdown_it import MarkdownIt

from sla2.contract.surroundings import Language
from sla2.document import html, markdown
from sla2.report.texts import book
from sla2.report.trust import trust_report
from sla2.report.trust_to_json import SCHEMA, trust_to_json
from tests.trust_support import Told, framed

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
BLOCKS = """
level solve-p1 "Resolution of critical incidents"
  service: workplace
  measure: resolution time
  when: priority P1
  priority is: at opening
  target: 50% within 4 elapsed hours
  no cases: not judged
  period: month
  counts in: period of decision
end
promise early "Bad <news> & |more|"
  by: both
  checked by: ledger kind notice
  target: at least 80%
end
obligation answer "Answers to questions"
  duty of: customer
  checked by: ledger kind approval
end
survey pulse "Relationship pulse"
  asks: customer
  every: quarter
  item trust: "The other party tells us bad news in time." for delight.trust
  item fit: "We share a picture." for output.fit
  scale: 1 to 10, satisfied from 7
  show from: 5 respondents
  target: at least 75%
end
impact hindered "Users hindered"
  users from 100: P1
  users below 100: P2
  stated by: customer
end
goal fewer-calls "Fewer calls per user"
  of: customer
  figure: "calls per user per month" from 1.8 to 1.2 by 2027-02-01
end
"""
TABLES = {
    "tickets": """
        ticket_id, priority, opened_at, resolved_at, users_affected
        T1, P1, 2026-04-10 08:00, 2026-04-10 09:00, 150
        T2, P2, 2026-05-10 08:00, 2026-05-10 18:00, 250
        T3, P1, 2026-02-10 08:00, 2026-02-10 18:00,
    """,
    "ledger": """
        id, kind, owner, due, done
        N1, notice, supplier, 2026-04-10, 2026-04-12
        N2, notice, supplier, 2026-02-10, 2026-02-12
        V1, approval, customer, 2026-05-10, 2026-05-20
        V2, approval, customer, 2026-07-20,
    """,
    "surveys": """
        respondent, at, item, score, party
        c1, 2026-05-01, trust, 7.31, customer
        c2, 2026-05-01, trust, 7.31, customer
        c3, 2026-05-01, trust, 7.31, customer
        c4, 2026-05-01, trust, 7.31, customer
        c1, 2026-05-01, fit, 8, customer
        c2, 2026-05-01, fit, 8, customer
        c3, 2026-05-01, fit, 8, customer
        c4, 2026-05-01, fit, 8, customer
        c5, 2026-05-01, fit, 2, customer
    """,
    "invited": """
        respondent, party
        c1, customer
        c2, customer
        c3, customer
        c4, customer
        c5, customer
        c6, customer
        c7, customer
        c8, customer
    """,
}
TOLD = Told(BLOCKS, TABLES, date(2026, 4, 1), date(2026, 7, 1), date(2026, 7, 10))


def texts(language: Language) -> tuple[str, str, str]:
    """Web page, Markdown and JSON."""
    frame, trust = framed(TOLD, language)
    document = trust_report(frame, trust)
    return html.write(document), markdown.write(document), trust_to_json(frame, trust)


@pytest.fixture(scope="module", params=LANGUAGES)
def written(request: pytest.FixtureRequest) -> tuple[Language, str, str, str]:
    return request.param, *texts(request.param)


def test_nothing_is_left_unworded(written: tuple[Language, str, str, str]) -> None:
    _, page, text, _ = written
    shown = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert "{" not in re.sub(r"<[^>]*>", "", shown) and "{" not in text
    assert "None" not in text


def test_the_text_of_a_contract_cannot_break_out(written: tuple[Language, str, str, str]) -> None:
    _, page, text, _ = written
    assert "<news>" not in page
    cells = [token for token in MarkdownIt("commonmark").enable("table").parse(text) if token.type == "td_open"]
    assert len(cells) > 40


def test_the_figures_of_a_group_of_four_stand_nowhere(written: tuple[Language, str, str, str]) -> None:
    _, page, text, exported = written
    for output in (page, text, exported):
        assert "7.31" not in output and "7,31" not in output and "731/100" not in output
    questions = {one["item"]: one for one in json.loads(exported)["questions"]}
    hidden = questions["trust"]
    assert hidden["shown"] is False and hidden["answered"] is True
    assert [hidden[key] for key in ("n", "satisfied", "mean", "worst", "best", "invited")] == [None] * 6
    assert "4 of 4" not in text and "4 van 4" not in text and "4 von 4" not in text
    shown = questions["fit"]
    assert (shown["n"], shown["satisfied"], shown["mean"], shown["worst"], shown["best"]) == (
        5, 4, "34/5", "1/2", "7/8",
    )  # fmt: skip
    assert "c1" not in exported


def test_the_board_page_says_what_is_missed_broken_unproven_and_unknown() -> None:
    _, text, _ = texts("en")
    board = text[text.index("Where both sides stand") : text.index("Numbers against feeling")]
    assert "Missed. Supplier, Bad" in board and "0 of 1 kept; agreed was 80%." in board
    assert "Broken. Customer, Answers to questions: 1 of 1 broken; no share was agreed" in board
    assert "Unproven. Supplier, Resolution of critical incidents: 1 of 1 kept against 50%; 2 more" in board
    # with an agreed share: the level, both sides of the promise, both questions; only the promise missed is decided;
    # over the year the level is 1 of 2 and the promise 0 of 2
    assert "1 of 5 classes of promises with an agreed share are decided in this period, 1 of 5 over" in board
    assert "2 classes have no evidence in this period" in board
    assert "red: something is missed" in board and "cannot say: evidence is missing" in board


def test_the_year_stands_beside_the_period() -> None:
    _, text, _ = texts("en")
    assert "In the trailing year" in text
    level = next(line for line in text.splitlines() if line.startswith("| **Resolution of critical incidents**"))
    assert [cell.strip() for cell in level.split("|")][3:8] == [
        "1 of 1", "22% – 97%", "unproven, on target so far; 2 more kept promises in a row would decide it", "1 of 2",
        "unproven, on target so far",
    ]  # fmt: skip


def test_what_is_not_evaluated_is_named() -> None:
    _, text, exported = texts("en")
    assert "fewer-calls: goal" in text[text.index("Agreed, and not evaluated here") :]
    assert [(one["block"], one["what"]) for one in json.loads(exported)["not_evaluated"]] == [("fewer-calls", "goal")]


def test_the_json_holds_every_promise_that_was_not_kept() -> None:
    found = json.loads(texts("en")[2])
    assert found["schema"] == SCHEMA == "sla2-trust/1"
    rows = {(one["side"], one["block"]): one for one in found["classes"]}
    assert [(one["ref"], one["fate"], one["in_period"]) for one in rows["supplier", "early"]["not_kept"]] == [
        ("N2", "broken", False),
        ("N1", "broken", True),
    ]
    assert [(one["ref"], one["fate"], one["detail"]) for one in rows["customer", "answer"]["not_kept"]] == [
        ("V1", "broken", "10"),
        ("V2", "pending", ""),
    ]
    assert rows["customer", "early"]["period"]["low"] is None
    felt = found["perception"]
    assert [(one["ticket"], one["assigned"], one["expected"]) for one in felt["incidents"]] == [
        ("T2", "P2", "P1"),
        ("T1", "P1", "P1"),
    ]
    assert felt["weighted_gap"] == "5/8" and felt["as_felt"] == "1"


def test_the_same_input_gives_the_same_bytes() -> None:
    assert texts("de") == texts("de")


def test_all_languages_say_the_same_things() -> None:
    names = re.compile(r"\{(\w+)\}")
    books = {
        language: {key: text for key, text in book(language).items() if key.startswith("trust.")}
        for language in LANGUAGES
    }
    assert books["nl"].keys() == books["en"].keys() == books["de"].keys()
    for key in books["en"]:
        used = [sorted(set(names.findall(books[language][key]))) for language in LANGUAGES]
        assert used[0] == used[1] == used[2], key
