"""The example of a municipality: what trust says of it, counted again from the files with the csv module."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sla2.pipeline import Pipeline, Request
from sla2.trust.trust import Row, Trust

FOLDER = Path(__file__).parents[1] / "contracts" / "examples" / "gemeente-werkplek"
LOG = FOLDER / "log"


@pytest.fixture(scope="module")
def line() -> Pipeline:
    mappings = (LOG / "mapping.toml", LOG / "companions.toml")
    days = (date(2016, 3, 1), date(2016, 6, 1), date(2016, 6, 10))
    return Pipeline(Request((FOLDER / "contract.sla").as_posix(), mappings, *days))


@pytest.fixture(scope="module")
def trust(line: Pipeline) -> Trust:
    found = line.trusted[0]
    assert found is not None
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    with (LOG / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def row(trust: Trust, side: str, block: str) -> Row:
    (found,) = [one for one in trust.rows if (one.stream.side, one.stream.block) == (side, block)]
    return found


@pytest.mark.parametrize(
    ("table", "file"),
    [("surveys", "survey.csv"), ("invited", "invited.csv"), ("ledger", "ledger.csv"), ("updates", "updates.csv")],
)
def test_each_row_of_a_companion_file_is_one_row_of_the_log(line: Pipeline, table: str, file: str) -> None:
    log = line.imported[0]
    assert log is not None
    assert log.cursor().execute(f'SELECT count(*) FROM "{table}"').fetchone() == (len(rows_of(file)),)


@pytest.mark.parametrize(("party", "about"), [("customer", "supplier"), ("supplier", "customer")])
def test_answers_are_counted_person_by_person(trust: Trust, party: str, about: str) -> None:
    for item in ("vertrouwen", "richting", "waarde"):
        given = {
            one["respondent"]: one for one in rows_of("survey.csv") if (one["party"], one["item"]) == (party, item)
        }
        (question,) = [one for one in trust.questions if (one.item, one.about) == (item, about)]
        satisfied = sum(int(one["score"]) >= 7 for one in given.values())
        assert (question.result.n, question.result.satisfied) == (len(given), satisfied)
        assert question.result.mean == Fraction(sum(int(one["score"]) for one in given.values()), len(given))


@pytest.mark.parametrize("side", ["supplier", "customer"])
def test_notices_are_those_of_the_ledger(trust: Trust, side: str) -> None:
    mine = [one for one in rows_of("ledger.csv") if (one["kind"], one["owner"]) == ("notice", side)]
    kept = sum(bool(one["done"]) and one["done"] <= one["due"] for one in mine)
    tally = row(trust, side, "vroeg-melden").period.tally
    assert (tally.kept, tally.broken) == (kept, len(mine) - kept)


def test_users_hindered_are_those_of_the_file(trust: Trust) -> None:
    stated = {one["ticket_id"]: int(one["users_affected"]) for one in rows_of("users.csv")}
    last: dict[str, str] = {}
    with gzip.open(LOG / "incidents.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        for one in csv.DictReader(stream):
            last[one["number"]] = f"P{one['priority'][0]}"
    floors = ((100, "P1"), (25, "P2"), (2, "P3"), (0, "P4"))
    called = {ticket: next(name for floor, name in floors if users >= floor) for ticket, users in stated.items()}
    under = sum(last[ticket] > called[ticket] for ticket in stated)
    assert trust.perception is not None
    assert trust.perception.under_share == Fraction(under, len(stated))
    weight = sum(users * max(int(last[t][1]) - int(called[t][1]), 0) for t, users in stated.items())
    assert trust.perception.weighted_gap == Fraction(weight, sum(stated.values()))


def test_the_passages_lay_where_the_ledger_says(trust: Trust) -> None:
    fates = {
        (one.stream.side, promise.ref): promise.fate
        for one in trust.rows
        if one.stream.kind == "open passages"
        for promise in one.stream.promises
    }
    assert fates == {
        ("supplier", "ochtendpiek"): "pending", ("customer", "ochtendpiek"): "pending",
        ("supplier", "oplostijd-p2"): "kept", ("customer", "oplostijd-p2"): "kept",
        ("supplier", "deskuren"): "kept", ("customer", "deskuren"): "broken",
    }  # fmt: skip
