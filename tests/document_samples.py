"""Hand-made documents for the tests of the writers. All parties, figures and addresses are invented."""

from __future__ import annotations

from datetime import date

from sla2.document.blocks import (
    Bar,
    Block,
    Cell,
    Chart,
    Clause,
    Contents,
    Definitions,
    Document,
    Fact,
    Facts,
    Fold,
    Heading,
    Items,
    Link,
    Meta,
    OpenPassage,
    PageBreak,
    Paragraph,
    Ref,
    Run,
    Schedule,
    Signatures,
    Table,
    runs,
)

LABELS = {
    "nl": {
        "page": "pagina",
        "of": "van",
        "version": "versie",
        "status": "status",
        "contents": "Inhoud",
        "data": "Gegevens",
        "open_points": "Open punten",
    },
    "en": {
        "page": "page",
        "of": "of",
        "version": "version",
        "status": "status",
        "contents": "Contents",
        "data": "Data",
        "open_points": "Open points",
    },
    "de": {
        "page": "Seite",
        "of": "von",
        "version": "Version",
        "status": "Status",
        "contents": "Inhalt",
        "data": "Daten",
        "open_points": "Offene Punkte",
    },
}

HOSTILE = (
    "A & B <x> <script>alert(1)</script> \x00\x07 "
    "\u202egnirts\u202c \ud800 | a|b *ster* _lijn_ `code` {{ 7*7 }} C:\\pad"
)


def meta(language: str = "nl", **changes: object) -> Meta:
    """The properties of a fictional contract."""
    values: dict[str, object] = {
        "identifier": "ICT-2026-014",
        "title": "Werkplek en hosting",
        "author": "Stad Voorbeeld, Inkoop",
        "language": language,
        "version": "0.3",
        "status": "concept",
        "dated": date(2026, 1, 12),
        "source_hash": "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
        "labels": tuple(LABELS[language].items()),
        "notice": "Fictief voorbeeld",
    }
    values.update(changes)
    return Meta(**values)  # type: ignore[arg-type]


def document(*blocks: Block, language: str = "nl", **changes: object) -> Document:
    """A document of these blocks."""
    return Document(meta(language, **changes), blocks)


def small() -> Document:
    """Headings, clauses, paragraphs and a table."""
    return document(
        Paragraph(runs("Deze overeenkomst beschrijft de dienst."), "lead"),
        Clause(1, "scope", runs("Onderwerp")),
        Clause(2, "scope-service", runs("De leverancier levert de dienst.")),
        Clause(3, "scope-desk", runs("de servicedesk; en")),
        Clause(3, "scope-hosting", runs("de hosting.")),
        Clause(1, "levels", runs("Serviceniveaus")),
        Clause(2, "availability", (Run("De beschikbaarheid van "), Ref("scope-hosting", "artikel"), Run(" is 99,9%."))),
        Table(
            "targets",
            "Normen",
            (Cell(runs("Prioriteit")), Cell(runs("Norm"), "right")),
            ((Cell(runs("P1")), Cell(runs("4 uur"), "right")), (Cell(runs("P2")), Cell(runs("8 uur"), "right"))),
            show_caption=True,
        ),
    )


def _passages() -> tuple[Block, ...]:
    open_one = OpenPassage(
        "peak-response",
        "Reactietijd in de piekuren",
        (
            Run(
                "Meldingen met prioriteit P2 die tussen 08:00 en 10:00 uur "
                "worden geopend, worden beantwoord binnen de tijd die hieronder wordt ingevuld."
            ),
        ),
        "Nog open: partijen vullen deze norm in na twee kwartalen ervaring. Klik hier om tekst in te voeren.",
        False,
        (
            Fact("Tot die tijd geldt", runs("80% binnen 60 minuten binnen de servicetijd")),
            Fact("Te herzien op", runs("1 juni 2026")),
            Fact("Vangnet", (Run("vanaf 1 oktober 2026: 90% binnen 90 minuten, zie "), Ref("levels-p2", "artikel"))),
            Fact("Onze onderhandelingsruimte", runs("tot 75% binnen 90 minuten"), internal=True),
            Fact("Eigenaar", runs("Hoofd Publiekszaken, balie@stad.example"), internal=True),
        ),
        "Let op: de balie wil hoe dan ook vóór 08:30 antwoord.\nNiet delen met de leverancier.",
    )
    filled = OpenPassage(
        "desk-hours",
        "Openingstijden van de servicedesk",
        (Run("De servicedesk is geopend op de volgende tijden:"),),
        "Op werkdagen van 07:30 tot 18:00 uur.\nOp zaterdag van 10:00 tot 14:00 uur, telefonisch.",
        True,
        (Fact("Ingevuld met", runs("wijziging A1, in werking vanaf 1 maart 2026")),),
    )
    return open_one, filled


def _long_table(rows: int = 70) -> Table:
    tones = ("good", "bad", "open", "muted", "accent")
    words = ("gehaald", "gemist", "onbeslist", "niet beoordeeld", "nieuw")
    return Table(
        "cases",
        "Meldingen in het tweede kwartaal",
        (
            Cell(runs("Melding")),
            Cell(runs("Geopend")),
            Cell(runs("Omschrijving")),
            Cell(runs("Duur"), "right"),
            Cell(runs("Oordeel")),
        ),
        tuple(
            (
                Cell(runs(f"INC{1000 + row}"), anchor=f"case-{row}"),
                Cell(runs(f"2026-04-{row % 30 + 1:02d} 08:{row % 60:02d}")),
                Cell(
                    runs(
                        "Scherm blijft zwart na aanmelden"
                        if row % 7
                        else "Balie Noord: zaaksysteem reageert niet, bezoekers wachten, overgeschakeld op papier"
                    )
                ),
                Cell(runs(f"{row * 3 + 5} min"), "right"),
                Cell(runs(words[row % 5]), tone=tones[row % 5]),
            )
            for row in range(rows)
        ),
        (14, 20, 40, 12, 18),
        show_caption=True,
    )


def bars_chart() -> Chart:
    """Horizontal bars with targets, whiskers and a missing value."""
    return Chart(
        "attainment",
        "bars",
        "Gehaalde serviceniveaus",
        "Aandeel gehaald per niveau, met het doel als streep en het 95%-interval.",
        (
            Bar("Beschikbaarheid hosting", 0.9985, "99,85% · gemist", "bad", 0.9985, 0.9985, 0.999),
            Bar("Reactietijd P1", 0.96, "96,0% · gehaald", "good", 0.91, 0.985, 0.95),
            Bar(
                "Oplostijd P2 voor de locaties Noord, Oost, Zuid en West en het stadhuis aan de Grote Markt",
                0.88,
                "88,0% · onbeslist (n = 25)",
                "open",
                0.70,
                0.96,
                0.90,
            ),
            Bar("Tevredenheid", None, "onvoldoende gegevens", "muted"),
        ),
        0.5,
        1.0,
        ("50%", "60%", "70%", "80%", "90%", "100%"),
        ("Serviceniveau", "Uitkomst"),
    )


def columns_chart(count: int = 24) -> Chart:
    """A histogram."""
    return Chart(
        "durations",
        "columns",
        "Reactietijd in de piekuren",
        "Aantal meldingen per vijf minuten reactietijd.",
        tuple(
            Bar(f"{5 * i}–{5 * i + 5}", (i * 37 % 23) / 25, str(i * 37 % 23), "accent" if i < 12 else "bad")
            for i in range(count)
        ),
        0.0,
        1.0,
        ("0", "5", "10", "15", "20", "25"),
        ("Minuten", "Meldingen"),
    )


def full() -> Document:
    """Every kind of block, a table over two pages and hostile texts."""
    open_one, filled = _passages()
    return document(
        Paragraph(runs("Partijen leggen vast wat zij weten, en laten open wat zij nog moeten ervaren."), "lead"),
        Facts(
            (
                Fact("Opdrachtgever", runs("Gemeente Stad Voorbeeld")),
                Fact("Leverancier", runs("Acme Diensten B.V. (fictief)")),
                Fact("Looptijd", runs("drie jaar vanaf 1 februari 2026")),
                Fact("Interne budgethouder", runs("Afdeling Informatie, kamer 4.12"), internal=True),
            ),
            "parties",
        ),
        Contents("Inhoud"),
        PageBreak(),
        Clause(1, "definitions", runs("Begrippen")),
        Clause(2, "defs", runs("In deze overeenkomst wordt verstaan onder:")),
        Definitions(
            (
                ("Werkdag", runs("een dag van maandag tot en met vrijdag, behalve de feestdagen in de kalender")),
                (
                    "Servicetijd",
                    (
                        Run("de tijd waarin een klok loopt, zie "),
                        Ref("schedule-hours"),
                        Run("; buiten die tijd staat zij stil"),
                    ),
                ),
            )
        ),
        Clause(1, "levels", runs("Serviceniveaus")),
        Clause(
            2,
            "levels-p1",
            (
                Run("Meldingen met prioriteit P1 worden opgelost binnen "),
                Run("vier uur", "strong"),
                Run(" "),
                Run("servicetijd", "term"),
                Run("."),
            ),
        ),
        Clause(
            2,
            "levels-p2",
            (Run("Voor P2 geldt het volgende, in afwijking van "), Ref("levels-p1", "artikel"), Run(":")),
        ),
        Clause(3, "levels-p2-a", runs("binnen acht uur servicetijd; en")),
        Clause(4, "levels-p2-a-i", runs("met een bericht aan de melder; en")),
        Clause(4, "levels-p2-a-ii", runs("met een bericht aan de servicemanager,")),
        Clause(
            3,
            "levels-p2-b",
            (
                Run("behalve als "),
                Ref("levels-p2-a-ii", "artikel"),
                Run(" of "),
                Ref("peak-response", "artikel"),
                Run(" van toepassing is; zie ook "),
                Ref("schedule-hours"),
                Run("."),
            ),
        ),
        open_one,
        filled,
        Clause(1, "money", runs("Servicekorting")),
        Clause(
            2,
            "money-base",
            (
                Run("De korting volgt uit de tabel "),
                Ref("tiers"),
                Run(". "),
                Run("Zij wordt afgerond op hele centen.", "emphasis"),
            ),
        ),
        Table(
            "tiers",
            "Staffel van de korting",
            (Cell(runs("Beschikbaarheid")), Cell(runs("Korting"), "right"), Cell(runs("Oordeel"), "center")),
            (
                (Cell(runs("van 99,5% tot 99,8%")), Cell(runs("5%"), "right"), Cell(runs("gemist"), "center", "bad")),
                (Cell(runs("99,8% en hoger")), Cell(runs("0%"), "right"), Cell(runs("gehaald"), "center", "good")),
            ),
            (3, 1, 2),
        ),
        Paragraph(runs("Bedragen zijn zonder btw."), "note"),
        Paragraph(runs("Een korting boven EUR 25.000,00 per contractjaar vervalt."), "warning"),
        Paragraph(runs("“Geen van beide partijen wint bij de verrassing van de ander.”"), "quote"),
        Items(
            (
                runs("eerste punt"),
                (Run("tweede punt, met "), Link("een verwijzing", "https://voorbeeld.example/pad?a=1&b=2")),
                runs("derde punt"),
            )
        ),
        Items((runs("meten"), runs("bespreken"), runs("invullen")), ordered=True),
        Paragraph(
            (
                Run("Gevaarlijke tekst: "),
                Run(HOSTILE),
                Run(" en een "),
                Link("foute link", "javascript:alert(1)"),
                Run(" of "),
                Link("data", "data:text/html,x"),
                Run(", code: "),
                Run("a|b`c", "code"),
            )
        ),
        Items((runs("nieuwe lijst begint bij een"), runs("en gaat door")), ordered=True),
        Clause(1, "signing", runs("Ondertekening")),
        Clause(2, "signing-two", runs("Deze overeenkomst is in tweevoud opgemaakt.")),
        Signatures(
            ("Gemeente Stad Voorbeeld", "Acme Diensten B.V."), ("Naam", "Functie", "Plaats en datum", "Handtekening")
        ),
        Schedule("schedule-hours", "Bijlage", runs("Servicetijden en meldingen")),
        Paragraph(runs("Alle meldingen van het kwartaal staan hieronder."), id="intro"),
        _long_table(),
        Schedule("schedule-charts", "Bijlage", runs("Cijfers")),
        Heading(2, runs("Uitkomsten in beeld"), "pictures"),
        bars_chart(),
        columns_chart(),
        Fold(
            runs("Hoe dit is berekend"),
            (
                Paragraph(runs("Het aantal gehaalde meldingen, gedeeld door het aantal beoordeelde.")),
                Items((runs("teller: 24"), runs("noemer: 25"))),
            ),
        ),
        Heading(3, runs("Werkwijze")),
        Paragraph(
            (
                Run("Zie "),
                Link("de meldingen", "#cases"),
                Run(" en "),
                Link("niets", "#bestaat-niet"),
                Run(", melding "),
                Ref("case-3"),
                Run(", figuur "),
                Ref("durations"),
                Run("."),
            )
        ),
    )
