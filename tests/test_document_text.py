"""Cleaning, web pages, Markdown and charts."""

from __future__ import annotations

import re

import pytest
from document_samples import HOSTILE, bars_chart, columns_chart, document, full, small
from lxml import etree
from lxml import html as lxml_html

from sla2 import resources
from sla2.document import charts, html, markdown
from sla2.document.blocks import (
    Bar,
    Cell,
    Chart,
    Clause,
    Fact,
    Facts,
    Fold,
    Heading,
    Link,
    OpenPassage,
    Paragraph,
    Run,
    Table,
    runs,
)
from sla2.document.clean import clean_line, clean_text, fragment, safe_href


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\tb\nc\r\nd\u2028e\x85f", "a\tb\nc\nd\ne\nf"),
        ("\ud800x\udfff\ufffe\uffff\U0001ffff", "x"),
        ("\u202eevil\u202c \u2066x\u2069 \u200f", "[U+202E]evil[U+202C] [U+2066]x[U+2069] [U+200F]"),
        ("caf\u00e9 \U0001f600 9\u00a0%", "caf\u00e9 \U0001f600 9\u00a0%"),
    ],
)
def test_clean_text(given: str, cleaned: str) -> None:
    assert clean_text(given) == cleaned
    assert clean_text(cleaned) == cleaned


def test_every_character_can_be_written_as_xml() -> None:
    everything = clean_text(
        "".join(map(chr, (*range(0x3000), *range(0xD700, 0xE100), *range(0xFE00, 0x10100), 0x10FFFF)))
    )
    element = etree.Element("a")
    element.text = everything
    assert etree.fromstring(etree.tostring(element)).text == everything


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        ("https://a.example/x?y=1&z=2", True),
        ("http://a.example", True),
        ("mailto:a@b.example", True),
        ("#clause", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//a.example", False),
        ("../x", False),
        ("https://a.example/\u202etxt", False),
        ('https://a.example/"><script>', False),
        ("", False),
        ("#", False),
        ("vbscript:x", False),
        ("https://a.example/a b", False),
    ],
)
def test_safe_href(href: str, safe: bool) -> None:
    assert bool(safe_href(href)) is safe


def test_fragments_differ_where_ids_differ() -> None:
    ids = ["a", "A", "a b", "a_b", "a/b", "é", "e", "a:b"]
    assert len({fragment(name) for name in ids}) == len(ids)


def page(*blocks: object) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(html.write(document(*blocks)))  # type: ignore[arg-type]


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    text = html.write(full())
    tree = lxml_html.fromstring(text)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert not tree.xpath("//script|//iframe|//object|//embed|//link|//img|//form|//base")
    assert not [name for element in tree.iter() for name in element.attrib if str(name).startswith("on")]
    assert not tree.xpath("//*[@src]")
    assert "url(" not in text
    assert "@import" not in text
    assert {href for href in tree.xpath("//@href") if not href.startswith("#")} == {
        "https://voorbeeld.example/pad?a=1&b=2"
    }


def test_hostile_text_is_text_on_the_page() -> None:
    tree = page(Paragraph(runs(HOSTILE)), Heading(1, runs(HOSTILE), HOSTILE), Clause(1, "c", runs(HOSTILE)))
    shown = clean_text(HOSTILE)
    assert tree.xpath("//p[not(@class)]")[0].text_content() == shown
    assert tree.xpath("//h2")[0].text_content() == shown


def test_hostile_meta_is_text_on_the_page() -> None:
    text = html.write(document(title=HOSTILE, identifier=HOSTILE, notice=HOSTILE, status=HOSTILE))
    tree = lxml_html.fromstring(text)
    assert "<script" not in text
    assert tree.xpath("//h1")[0].text_content() == clean_line(HOSTILE)
    assert tree.xpath("//title")[0].text_content() == clean_line(HOSTILE)


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tree = lxml_html.fromstring(html.write(full()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert inner
    assert inner <= set(ids)


def test_headings_go_down_one_level_at_a_time() -> None:
    tree = lxml_html.fromstring(html.write(small()))
    assert [element.tag for element in tree.xpath("//h1|//h2|//h3")] == ["h1", "h2", "h2"]


def test_tables_are_readable_by_ear() -> None:
    tree = lxml_html.fromstring(html.write(full()))
    for table in tree.xpath("//table"):
        assert table.xpath("caption")[0].text_content()
        assert set(table.xpath("thead//th/@scope")) == {"col"}


def test_a_chart_has_title_description_and_its_data() -> None:
    tree = page(bars_chart())
    figure = tree.xpath("//figure")[0]
    svg = figure.xpath("svg")[0]
    assert svg.get("role") == "img"
    assert [figure.xpath(f"//*[@id='{name}']")[0].tag for name in svg.get("aria-labelledby").split()] == [
        "title",
        "desc",
    ]
    assert [row.text_content() for row in figure.xpath(".//details//tbody/tr")][
        0
    ] == "Beschikbaarheid hosting99,85% · gemist"


def test_a_fold_is_closed_details() -> None:
    details = page(Fold(runs("More"), (Paragraph(runs("inside")),))).xpath("//details")[0]
    assert details.get("open") is None
    assert details.xpath("summary")[0].text == "More"


def test_the_counterpartys_page_and_text_have_nothing_internal() -> None:
    made = document(
        Facts((Fact("Budget", runs("EUR 5"), internal=True), Fact("Term", runs("3 years")))),
        Fold(
            runs("s"),
            (OpenPassage("p", "T", runs("L"), "open", False, (Fact("Limit", runs("75%"), internal=True),), "hush"),),
        ),
    )
    for write in (html.write, markdown.write):
        internal, public = write(made), write(made, audience="counterparty")
        for secret in ("EUR 5", "75%", "hush", "Budget", "Limit"):
            assert secret in internal
            assert secret not in public
        assert "3 years" in public


def _luminance(color: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(color[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.1, success criterion 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    css = resources.read_text("templates", "reports/page.css")
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))
    for tone in ("good", "bad", "open", "muted", "accent"):
        assert _contrast(colors[tone], colors[f"{tone}-fill"]) >= 4.5, tone
    for name, ground in (
        ("ink", "#ffffff"),
        ("soft", "#ffffff"),
        ("soft", colors["shade"]),
        ("link", "#ffffff"),
        ("link", colors["shade"]),
        ("soft", "#fff8e6"),
        ("open", "#fff8e6"),
        ("soft", "#f2f8f4"),
    ):
        assert _contrast(colors[name], ground) >= 4.5, (name, ground)


def rendered(text: str) -> lxml_html.HtmlElement:
    """What a Markdown reader with tables makes of `text`; raw HTML is let through, so an unescaped tag would show."""
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark", {"html": True}).enable("table")
    return lxml_html.fromstring(f"<div>{reader.render(text)}</div>")


@pytest.mark.parametrize(
    "text",
    [
        clean_line(HOSTILE),
        "1. not a list",
        "12) nor this",
        "# no heading",
        "- no item",
        "+ no item",
        "a | b",
        "<b>no</b>",
        "![no](x) [no](y)",
        "&lt; stays",
        "=== no",
        "~~no~~",
        "> no quote",
        "`no`",
        "\\ backslash",
        "*no* __no__",
        "2026-01-12",
    ],
)
def test_markdown_shows_what_was_written(text: str) -> None:
    made = rendered(markdown.escape(text))
    assert made.text_content().strip() == re.sub(r" +", " ", text).strip() or made.text_content().strip() == text
    assert {element.tag for element in made.iter()} <= {"div", "p"}
    cell = Table("t", "t", (Cell(runs("h")),), ((Cell(runs(text)),),))
    shown = rendered(markdown.write(document(cell))).xpath("//td")
    assert [element.text_content() for element in shown] == [text]


def test_markdown_by_hand() -> None:
    assert markdown.write(small()) == (
        "> **Fictief voorbeeld**\n\n"
        "# Werkplek en hosting\n\n"
        "ICT-2026-014 · versie 0.3 · status: concept · 2026-01-12\n\n"
        "Deze overeenkomst beschrijft de dienst.\n\n"
        '## <a id="scope"></a>1 Onderwerp\n\n'
        '<a id="scope-service"></a>**1.1** De leverancier levert de dienst.\n\n'
        '- <a id="scope-desk"></a>**(a)** de servicedesk; en\n\n'
        '- <a id="scope-hosting"></a>**(b)** de hosting.\n\n'
        '## <a id="levels"></a>2 Serviceniveaus\n\n'
        '<a id="availability"></a>**2.1** De beschikbaarheid van [artikel\u00a01.1(b)](#scope-hosting) is 99,9%.\n\n'
        '<a id="targets"></a>**Normen**\n\n'
        "| Prioriteit | Norm |\n| --- | ---: |\n| P1 | 4 uur |\n| P2 | 8 uur |\n"
    )


def test_markdown_links() -> None:
    text = markdown.write(
        document(Paragraph((Link("a]b", "https://a.example/(x)"), Run(" "), Link("bad", "javascript:x"))))
    )
    assert "[a\\]b](<https://a.example/(x)>) bad" in text


def test_charts_are_well_formed_with_whole_coordinates() -> None:
    for chart in (bars_chart(), columns_chart(), columns_chart(60), columns_chart(0), columns_chart(1)):
        tree = etree.fromstring(charts.svg(chart))
        numbers = [
            element.get(name)
            for element in tree.iter()
            for name in ("x", "y", "width", "height", "x1", "y2")
            if element.get(name)
        ]
        assert all(re.fullmatch(r"-?\d+", number) for number in numbers)


def _boxes(tree: etree._Element) -> list[tuple[float, float, float, float]]:
    """Estimated boxes of the texts: left, right, top, bottom."""
    found = []
    for text in tree.iter("{*}text"):
        size = int(text.get("font-size"))
        width = charts.text_width(text.text or "", size)
        left = int(text.get("x")) - {"start": 0, "middle": width / 2, "end": width}[text.get("text-anchor", "start")]
        found.append((left, left + width, int(text.get("y")) - size, int(text.get("y")) + 3))
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 7, 12, 24, 60])
@pytest.mark.parametrize("long", [False, True])
def test_labels_neither_overlap_nor_leave_the_picture(count: int, long: bool) -> None:
    label = "Oplostijd voor alle locaties van de gemeente en de provincie" if long else "5–10"
    bars = tuple(
        Bar(f"{label} {at}", at / count, "88,0% · onbeslist" if long else "8", low=0.0, high=1.0, mark=0.9)
        for at in range(count)
    )
    for kind in ("bars", "columns"):
        axis = ("0%", "duizend en meer", "50%", "75%", "100%") if long else ("0", "1")
        tree = etree.fromstring(charts.svg(Chart("c", kind, "t", "d", bars, 0, 1, axis)))  # type: ignore[arg-type]
        left, _, width, height = map(int, tree.get("viewBox").split())
        boxes = _boxes(tree)
        assert all(
            box[0] >= left - 1 and box[1] <= left + width + 1 and box[2] >= 0 and box[3] <= height for box in boxes
        )
        for index, one in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
                assert apart, (kind, one, other)


def test_a_chart_survives_strange_figures() -> None:
    bars = tuple(
        Bar("x", value, "w", low=value, high=value, mark=value)
        for value in (float("nan"), float("inf"), -5.0, 1e300, None)
    )
    for kind in ("bars", "columns"):
        for high in (1.0, 0.0, float("nan")):
            etree.fromstring(charts.svg(Chart("c", kind, HOSTILE, HOSTILE, bars, 0.0, high)))  # type: ignore[arg-type]


def test_a_long_label_of_a_bar_is_wrapped_above_its_words_and_not_cut() -> None:
    long = "Answering calls of the whole service desk outside office hours, region north and east together"
    bars = (Bar(long, 0.5, "50.0%, target 75%: missed", "bad"), Bar("short", 0.5, "50.0%", "good"))
    tree = etree.fromstring(charts.svg(Chart("c", "bars", "t", "d", bars, 0, 1, ())))
    texts = [found.text or "" for found in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert " ".join(texts[:2]) == long
    assert "50.0%, target 75%: missed" in texts
    tops = [int(found.get("y") or 0) for found in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert tops == sorted(tops)
