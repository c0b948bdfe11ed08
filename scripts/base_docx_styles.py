"""The styles of `templates/base.docx`, as a table of words.

In: nothing. Out: the text of word/styles.xml. Used by `make_base_docx.py`.
To change how drafts look, change a line of PARAGRAPHS, run that script and look at a draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FONT = "Arial"
MONO = "Courier New"
INK = "1F2933"
SOFT = "52606D"
RULE = "C5CCD3"
SHADE = "F1F3F5"
AMBER = "B7791F"
GREEN = "3F7D58"

# One paragraph style per line: id | name | based on | next | rank | paragraph | text. The words are explained in
# PARAGRAPH_WORDS and TEXT_WORDS; distances are in twentieths of a point, sizes of letters in half points.
PARAGRAPHS = f"""
Title | Title | Normal | BodyText | 8 | keep space=0,200,252 | bold ink size=44
Heading1 | heading 1 | Normal | Clause2 | 9 | keep number=1 space=320,100 outline=0 | bold ink size=25
Heading2 | heading 2 | Normal | BodyText | 9 | keep space=240,80 outline=1 | bold ink size=22
Heading3 | heading 3 | Normal | BodyText | 9 | keep space=200,80 outline=2 | bold ink size=20
Heading4 | heading 4 | Normal | BodyText | 9 | keep space=160,80 outline=3 | bold ink size=20
PlainHeading1 | Plain Heading 1 | Heading1 | BodyText | 10 | number=0 ind=0,0,0 |
PlainHeading2 | Plain Heading 2 | Heading2 | BodyText | 10 | number=0 |
PlainHeading3 | Plain Heading 3 | Heading3 | BodyText | 10 | number=0 |
PlainHeading4 | Plain Heading 4 | Heading4 | BodyText | 10 | number=0 |
Clause2 | Clause 2 | Normal |  | 11 | number=1,1 |
Clause3 | Clause 3 | Normal |  | 11 | number=1,2 |
Clause4 | Clause 4 | Normal |  | 11 | number=1,3 |
ScheduleTitle | Schedule Title | Normal | BodyText | 12 | keep break number=2 space=0,160 outline=0 | bold ink size=28
TOCHeading | TOC Heading | Normal | BodyText | 39 | keep number=0 space=320,100 | bold ink size=25
TOC1 | toc 1 | Normal |  | 39 | tabs=left709,dots9298 space=0,60 ind=709,709,0 |
BodyText | Body Text | Normal |  | 1 |  |
Lead | Lead | Normal | BodyText | 13 | space=0,200 | soft size=23
Note | Note | Normal | BodyText | 13 | space=0,160 | soft size=17
Warning | Warning | Normal | BodyText | 13 | lines bar=B42318,FDF0EE space=160,200 ind=227,0,85 |
Quote | Quote | Normal | BodyText | 29 | space=80,160 ind=567,0,567 | italic soft
ListBullet | List Bullet | Normal |  | 14 | number=3 space=0,120 close |
ListNumber | List Number | Normal |  | 14 | number=4 space=0,120 close |
Caption | caption | Normal | BodyText | 35 | next space=200,80 | bold soft size=18
TableText | Table Text | Normal |  | 15 | space=50,50,252 | size=18
TableHead | Table Head | TableText |  | 15 | next | bold ink
TableSpace | Table Space | Normal |  | 90 | space=0,0,160 | size=14
DefinitionTerm | Definition Term | Normal |  | 16 | space=30,60 | bold
DefinitionText | Definition Text | Normal |  | 16 | space=30,60 |
PassageTitle | Passage Title | Normal |  | 17 | keep bar={AMBER},FFF8E6 space=160,0 ind=936,0,85 | bold size=19
OpenPassage | Open Passage | Normal |  | 17 | lines bar={AMBER},FFF8E6 space=0,160 ind=936,0,85 |
FilledTitle | Filled Title | Normal |  | 17 | keep bar={GREEN},F2F8F4 space=160,0 ind=936,0,85 | bold size=19
FilledPassage | Filled Passage | Normal |  | 17 | lines bar={GREEN},F2F8F4 space=0,160 ind=936,0,85 close |
SignatureParty | Signature Party | Normal |  | 18 | space=0,60 | bold
SignatureLabel | Signature Label | Normal |  | 18 | space=30,0 | soft size=17
Header | header | Normal |  | 99 | tabs=right9298 space=0,20,240 | soft size=16
HeaderNotice | Header Notice | Header |  | 99 |  | bold notice
Footer | footer | Normal |  | 99 | tabs=right9298 space=0,0,240 | soft size=16
CommentText | annotation text | Normal |  | 99 | space=0,0,240 |
"""
CHARACTERS = """
PlaceholderText | Placeholder Text | placeholder
Hyperlink | Hyperlink | link
CommentReference | annotation reference | size=16
Strong | Strong | bold
Emphasis | Emphasis | italic
DefinedTerm | Defined Term | ink
InlineCode | Inline Code | mono
"""
BUILT_IN = [
    "Title",
    "Body Text",
    "Quote",
    "List Bullet",
    "List Number",
    "TOC Heading",
    "Placeholder Text",
    "Hyperlink",
    "Strong",
    "Emphasis",
]


def color(value: str) -> str:
    """The colour of the text."""
    return f'<w:color w:val="{value}"/>'


def edges(shade: str, fill: str) -> str:
    """A box with a bar at its left; paragraphs with the same box that touch become one box."""
    plain = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="{space}" w:color="{fill}"/>'
        for side, space in (("bottom", 4), ("right", 4))
    )
    top = f'<w:top w:val="single" w:sz="4" w:space="4" w:color="{fill}"/>'
    left = f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{shade}"/>'
    return f'<w:pBdr>{top}{left}{plain}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'


def number(numbering: str, depth: str = "") -> str:
    """Bound to a list (0: to none) at a depth from 0."""
    level_of = f'<w:ilvl w:val="{depth}"/>' if depth else ""
    return f'<w:numPr>{level_of}<w:numId w:val="{numbering}"/></w:numPr>'


def space(before: str, after: str, line: str = "") -> str:
    """Space before and after, and the height of a line (240 is single)."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def tabs(*stops: str) -> str:
    """Tab stops as `left709`, `right9298`, or `dots9298` (right, with a dotted leader)."""

    def stop(word: str) -> str:
        kind, place = word.rstrip("0123456789"), word.lstrip("abcdefghijklmnopqrstuvwxyz")
        leader = ' w:leader="dot"' if kind == "dots" else ""
        return f'<w:tab w:val="{"right" if kind == "dots" else kind}"{leader} w:pos="{place}"/>'

    return f"<w:tabs>{''.join(map(stop, stops))}</w:tabs>"


def indent(left: str, hanging: str, right: str) -> str:
    """Indents; a hanging of 0 also undoes an inherited one."""
    first = f'w:hanging="{hanging}"' if hanging != "0" else 'w:firstLine="0"'
    return f'<w:ind w:left="{left}" w:right="{right}" {first}/>'


def size(half_points: str | int) -> str:
    """The size of the letters."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# In the order the schema wants them.
PARAGRAPH_WORDS = {
    "keep": lambda: "<w:keepNext/><w:keepLines/>",
    "next": lambda: "<w:keepNext/>",
    "lines": lambda: "<w:keepLines/>",
    "break": lambda: "<w:pageBreakBefore/>",
    "number": number,
    "bar": edges,
    "tabs": tabs,
    "space": space,
    "ind": indent,
    "close": lambda: "<w:contextualSpacing/>",
    "outline": lambda depth: f'<w:outlineLvl w:val="{depth}"/>',
}
TEXT_WORDS = {
    "mono": lambda: f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>',
    "bold": lambda: "<w:b/><w:bCs/>",
    "italic": lambda: "<w:i/><w:iCs/>",
    "ink": lambda: color(INK),
    "soft": lambda: color(SOFT),
    "notice": lambda: color("8A4B08"),
    "placeholder": lambda: color("6B4A00"),
    "link": lambda: color("1F4E79") + '<w:u w:val="single"/>',
    "size": size,
}


def properties(tag: str, words: str, known: dict[str, Callable[..., str]]) -> str:
    """The element `tag` for words such as `keep space=0,200`, in the order of `known`."""
    given = dict((word.split("=") + [""])[:2] for word in words.split())
    unknown = set(given) - set(known)
    if unknown:
        raise ValueError(f"unknown words in a style: {sorted(unknown)}")
    inner = "".join(
        make(*given[word].split(",") if given[word] else ()) for word, make in known.items() if word in given
    )
    return f"<w:{tag}>{inner}</w:{tag}>" if inner else ""


def custom(name: str) -> str:
    """The mark of a style that is not one of Word's own."""
    return "" if name[0].islower() or name in BUILT_IN else ' w:customStyle="1"'


def paragraph_style(line: str) -> str:
    """One `w:style` of type paragraph."""
    style, name, based, following, rank, layout, text = (part.strip() for part in line.split("|"))
    return (
        f'<w:style w:type="paragraph"{custom(name)} w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{rank}"/>'
        + ("<w:qFormat/>" if int(rank) < 39 else "")
        + properties("pPr", layout, PARAGRAPH_WORDS)
        + properties("rPr", text, TEXT_WORDS)
        + "</w:style>"
    )


def character_style(line: str) -> str:
    """One `w:style` of type character."""
    style, name, text = (part.strip() for part in line.split("|"))
    return (
        f'<w:style w:type="character"{custom(name)} w:styleId="{style}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="60"/>'
        f"{properties('rPr', text, TEXT_WORDS)}</w:style>"
    )


def tables() -> list[str]:
    """Table styles: data with a ruled header, labelled values, and a frame without lines."""
    sides = (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)

    def table(style: str, name: str, borders: str, extra: str = "") -> str:
        lines = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
        return (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
            f"<w:tblPr>{lines}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>{extra}</w:style>"
        )

    def line(side: str, weight: int = 4, shade: str = RULE) -> str:
        return f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="{shade}"/>'

    header = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 8, SOFT)}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
    )
    ruled = line("top") + line("bottom") + line("insideH")
    return [
        table("DataTable", "Data Table", ruled, header),
        table("FactTable", "Fact Table", ruled),
        table("PlainTable", "Plain Frame", ""),
    ]


def styles() -> str:
    """word/styles.xml"""
    family = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{family}{size(20)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        f"{space('0', '120', '276')}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{color(INK)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    paragraphs = "".join(paragraph_style(line) for line in PARAGRAPHS.strip().splitlines())
    characters = "".join(character_style(line) for line in CHARACTERS.strip().splitlines())
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{base}{paragraphs}{characters}{''.join(tables())}</w:styles>"
