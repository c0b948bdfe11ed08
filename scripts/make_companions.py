"""Write the fictional companion files of the first example: users hindered, updates, ledger, survey, invitations.

The ticket log of the example is real and holds none of these. What this script writes is invented, the same on every
run, and declared fictional in `companions.toml`, so that every report says so. Run it from the checkout's root:

    .venv/bin/python scripts/make_companions.py
"""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sla2.logs import read_log

FOLDER = Path("contracts/examples/gemeente-werkplek/log")
ZONE = ZoneInfo("Europe/Amsterdam")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
USERS = {"P1": (100, 400), "P2": (25, 99), "P3": (2, 24), "P4": (1, 1)}

LEDGER = """\
N-01,notice,supplier,2016-03-08,,2016-03-08,,,,,2016-03-08,storing telefonie kondigde zich aan
N-02,notice,supplier,2016-03-15,,2016-03-14,,,,,2016-03-14,achterstand P2
N-03,notice,supplier,2016-03-22,,2016-03-24,,,,,2016-03-24,te laat gemeld
N-04,notice,supplier,2016-04-04,,2016-04-04,,,,,2016-04-04,capaciteit na Pasen
N-05,notice,supplier,2016-04-12,,2016-04-11,,,,,2016-04-11,printerpark
N-06,notice,supplier,2016-04-26,,2016-04-26,,,,,2016-04-26,vrije dag 27 april
N-07,notice,supplier,2016-05-03,,2016-05-02,,,,,2016-05-02,bezetting rond Hemelvaart
N-08,notice,supplier,2016-05-17,,,,,,,2016-05-20,niet gemeld; bleek uit het log
N-09,notice,supplier,2016-05-24,,2016-05-24,,,,,2016-05-24,wachttijd derde partij
N-10,notice,customer,2016-03-10,,2016-03-09,,,,,2016-03-09,verhuizing afdeling
N-11,notice,customer,2016-04-07,,2016-04-11,,,,,2016-04-11,campagne te laat gemeld
N-12,notice,customer,2016-05-12,,2016-05-12,,,,,2016-05-12,verkiezingsavond
N-13,notice,customer,2016-05-26,,2016-05-25,,,,,2016-05-25,nieuwe medewerkers
V-01,approval,customer,2016-03-11,,2016-03-10,,,,,2016-03-10,vraag over rechten
V-02,approval,customer,2016-03-18,,2016-03-18,,,,,2016-03-18,vraag over opslag
V-03,approval,customer,2016-03-29,,2016-04-06,,,,,2016-04-06,vraag over licenties
V-04,approval,customer,2016-04-08,,2016-04-08,,,,,2016-04-08,vraag over telefoons
V-05,approval,customer,2016-04-19,,2016-04-15,,,,,2016-04-15,vraag over werkplekken
V-06,approval,customer,2016-04-29,2016-04-22,2016-04-28,2016-04-20,2016-04-20,1,,2016-04-28,in overleg verplaatst
V-07,approval,customer,2016-05-13,,2016-05-12,,,,,2016-05-12,vraag over printers
V-08,approval,customer,2016-05-20,,2016-05-27,,,,,2016-05-27,vraag over toegang
V-09,approval,customer,2016-06-14,,,,,,,2016-05-31,vraag over archief
A-01,action,supplier,2016-06-14,,,,,,,2016-05-31,kwartaalrapport
A-02,action,supplier,2016-04-15,,2016-04-14,,,,,2016-04-14,overzicht wachttijden
R-01,review,both,2016-04-14,,2016-04-14,2016-04-14,2016-04-14,,,2016-04-14,eerste overleg
R-02,review,both,2016-05-19,,2016-05-19,2016-05-19,,,,2016-05-19,klant afwezig
deskuren,passage,both,2016-04-15,,,,,,customer,2016-04-18,wachtte op cijfers van de klant
"""
LEDGER_HEADER = "id,kind,owner,due,first_due,done,agreed_by_supplier,agreed_by_customer,moved,court,recorded_at,note"
SCORES = {
    "customer": {"vertrouwen": (4, 8), "richting": (5, 8), "waarde": (4, 7)},
    "supplier": {"vertrouwen": (6, 9), "richting": (6, 9), "waarde": (6, 9)},
}
ANSWERED = {"customer": (14, 24), "supplier": (7, 8)}


def main() -> None:
    """Write the four files; the ticket numbers come from the real log."""
    log, _ = read_log([FOLDER / "mapping.toml"])
    if log is None:
        raise SystemExit("the ticket log of the example cannot be read")
    tickets = (
        log.cursor()
        .execute("SELECT ticket_id, priority, opened_at, resolved_at FROM tickets ORDER BY ticket_id")
        .fetchall()
    )
    chance = random.Random(20160301)
    _users(tickets, chance)
    _updates(tickets, chance)
    (FOLDER / "ledger.csv").write_text(f"{LEDGER_HEADER}\n{LEDGER}", encoding="utf-8")
    _survey(chance)


def _write(name: str, header: list[str], rows: list[list[str]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _users(tickets: list[tuple[str, str, int, int | None]], chance: random.Random) -> None:
    """Users hindered of every P1, P2, P4 and one P3 in twenty; one in eight hinders more than its priority says."""
    rows = []
    for ticket_id, priority, _, _ in tickets:
        if priority == "P3" and chance.random() > 0.05:
            continue
        called_for = priority
        if priority != "P1" and chance.random() < 0.125:
            called_for = f"P{int(priority[1]) - 1}"
        rows.append([ticket_id, str(chance.randint(*USERS[called_for])), "customer"])
    _write("users.csv", ["ticket_id", "users_affected", "stated_by"], rows)


def _updates(tickets: list[tuple[str, str, int, int | None]], chance: random.Random) -> None:
    """Messages during the critical incidents: four in five keep the rhythm, the others fall silent for a while."""
    rows = []
    for ticket_id, priority, opened, resolved in tickets:
        if priority != "P1" or resolved is None:
            continue
        at = opened + chance.randint(5, 70 if chance.random() < 0.1 else 55) * 60_000_000
        silent = chance.random() < 0.2
        while at < resolved:
            local = (EPOCH + timedelta(microseconds=at)).astimezone(ZONE)
            rows.append([ticket_id, local.strftime("%Y-%m-%d %H:%M:%S%z"), "yes"])
            at += chance.randint(600, 3000 if silent and chance.random() < 0.2 else 1400) * 60_000_000
    _write("updates.csv", ["ticket_id", "at", "visible"], rows)


def _survey(chance: random.Random) -> None:
    answers, invited = [], []
    for party, (answered, asked) in ANSWERED.items():
        about = "supplier" if party == "customer" else "customer"
        for number in range(1, asked + 1):
            name = f"{party[0]}{number:02d}"
            invited.append([name, party])
            if number > answered:
                continue
            for item, (low, high) in SCORES[party].items():
                score = str(chance.randint(low, high))
                answers.append([name, "2016-05-23", item, score, "1", "10", party, about])
    _write("survey.csv", ["respondent", "at", "item", "score", "scale_min", "scale_max", "party", "about"], answers)
    _write("invited.csv", ["respondent", "party"], invited)


if __name__ == "__main__":
    main()
