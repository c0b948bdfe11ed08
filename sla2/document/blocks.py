"""The renderer-neutral form of a document: what is said, not how a format says it.

In: built by `draft/from_words` and `report/from_*`. Out: read by `docx`, `html`, `markdown`, `redline`.
A block has no layout and no number: numbers are computed from the order of the clauses (`labels`), and
texts arrive already worded in the document's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Style = Literal["plain", "strong", "emphasis", "code", "term"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Ref:
    """A live reference to the clause, table or passage with this id; its label is computed.

    `noun` is the word before the label in the document's language ("clause", "artikel", "Ziffer"), "" for none.
    """

    target: str
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: to a web page, or within the document when `href` starts with "#"."""

    text: str
    href: str


Inline = Run | Ref | Link
Inlines = tuple[Inline, ...]


def runs(text: str, style: Style = "plain") -> Inlines:
    """One run as a tuple of inlines; empty text gives none."""
    return (Run(text, style),) if text else ()


@dataclass(frozen=True, slots=True)
class Heading:
    """An unnumbered heading (reports, annex titles). `level` 1..4; `id` makes it a link target."""

    level: int
    content: Inlines
    id: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause of a draft. Level 1 is a clause heading (1, 2, 3), 2 a paragraph (1.1), 3 is (a), 4 is (i)."""

    level: int
    id: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Schedule:
    """The numbered title of an annex ("Annex 1", "Bijlage 1"); `noun` is the word before its number.

    All schedules of a document bear the noun of the first, and a reference to one repeats it ("see Annex 1").
    A schedule begins a new page.
    """

    id: str
    noun: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An unnumbered paragraph. `role` chooses the style: body, lead (opening lines), note (small), warning, quote."""

    content: Inlines
    role: Literal["body", "lead", "note", "warning", "quote"] = "body"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one paragraph."""

    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. `tone` colours it for the eye and is always repeated in words; `anchor` makes it a link target."""

    content: Inlines
    align: Literal["left", "right", "center"] = "left"
    tone: Literal["", "good", "bad", "open", "muted", "accent"] = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a repeated header row. `widths` are relative column widths (empty: equal).

    `caption` is required for accessibility; `show_caption` prints it.
    """

    id: str
    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    show_caption: bool = False


@dataclass(frozen=True, slots=True)
class OpenPassage:
    """A deliberately open passage of a draft: becomes a content control in Word.

    `title` is the control's visible name, `placeholder` its text while open (`filled` is False) or the agreed
    text; `lead` is the numbered sentence before it; `facts` are label-value rows (interim rule, review date,
    owners…), each with the audience that may see it.
    """

    id: str
    title: str
    lead: Inlines
    placeholder: str
    filled: bool
    facts: tuple[Fact, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; `internal` facts are left out for the counterparty."""

    label: str
    value: Inlines
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """Defined terms and their meaning, in the order given."""

    entries: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A two-column list of labelled values (cover page, parties, data quality)."""

    entries: tuple[Fact, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signature block: one column per party; labels for name, function, place/date and signature."""

    parties: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: label, value and interval as fractions of the axis, words for the value, and a tone."""

    label: str
    value: float | None
    words: str
    tone: Literal["good", "bad", "open", "muted", "accent"] = "accent"
    low: float | None = None
    high: float | None = None
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is drawn as SVG with its data as a table beneath it (never the only carrier of a figure).

    `kind` "bars": horizontal bars from `axis_low` to `axis_high`, `mark` = the target line of that bar,
    `low`/`high` = an interval whisker. "columns": vertical columns in the order given (a histogram, a trend).
    Floats here are pixels of a picture, not figures: the figures are the `words`.
    """

    id: str
    kind: Literal["bars", "columns"]
    title: str
    description: str
    bars: tuple[Bar, ...]
    axis_low: float = 0.0
    axis_high: float = 1.0
    axis_words: tuple[str, ...] = ()
    table_header: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks behind a summary line: a closed <details> in HTML, plain blocks elsewhere."""

    summary: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: schedules, and clauses and headings of level 1.

    In HTML and Markdown the headings of level 1 and 2 that have an id.
    """

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


Block = (
    Heading
    | Clause
    | Schedule
    | Paragraph
    | Items
    | Table
    | OpenPassage
    | Definitions
    | Facts
    | Signatures
    | Chart
    | Fold
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What header, footer and properties say. Every text is already in the document's language.

    Every writer prints `title` above the first block, so the blocks do not repeat it.
    `status` and `version` are printed on each page; `dated` stamps the file's properties (never the clock);
    `labels` holds the few words the writers need: page, of, version, status, contents, data, open_points.
    """

    identifier: str
    title: str
    author: str
    language: Literal["nl", "en", "de"]
    version: str
    status: str
    dated: date
    source_hash: str
    labels: tuple[tuple[str, str], ...] = ()
    notice: str = ""

    def label(self, key: str) -> str:
        """The word for `key` in the document's language.

        Raises: KeyError if the builder of the document forgot it (a bug of ours).
        """
        return dict(self.labels)[key]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its properties and its blocks in reading order.

    `notice` of the meta (for instance "fictional") is printed on every page or at the top of a web page.
    """

    meta: Meta
    blocks: tuple[Block, ...] = field(default=())
