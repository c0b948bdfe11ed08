"""Makes `templates/base.docx`: the clean Word file whose styles, numbering and settings every draft starts from.

In: nothing. Out: the file, the same bytes on every run. Run it after changing a style here, then look at a draft.
It holds no text: body, header, footer, comments and custom properties are written by `sla2.document.docx`.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TARGET = Path(__file__).resolve().parent.parent / "templates" / "base.docx"

FONT = "Arial"
MONO = "Courier New"
INK = "1F2933"
SOFT = "52606D"
RULE = "C5CCD3"
SHADE = "F1F3F5"
AMBER = "B7791F"
AMBER_FILL = "FFF8E6"
GREEN = "3F7D58"


def paragraph_style(
    style: str,
    name: str,
    based: str = "Normal",
    *,
    ppr: str = "",
    rpr: str = "",
    following: str = "",
    rank: int = 50,
    quick: bool = True,
) -> str:
    """One `w:style` of type paragraph; `ppr` and `rpr` are its properties in schema order."""
    custom = "" if name[0].islower() or name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{rank}"/>'
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def character_style(style: str, name: str, rpr: str) -> str:
    """One `w:style` of type character."""
    custom = "" if name[0].islower() or name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{custom} w:styleId="{style}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="60"/>'
        f"<w:rPr>{rpr}</w:rPr></w:style>"
    )


BUILT_IN = {
    "Normal", "Title", "Body Text", "Quote", "List Bullet", "List Number", "TOC Heading", "Placeholder Text",
    "Hyperlink", "Strong", "Emphasis", "Normal Table", "No List", "Default Paragraph Font",
}  # fmt: skip


def numbered(number: int, level: int = 0) -> str:
    """The numbering of a style; level 0 needs no `w:ilvl`."""
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>'


NO_NUMBER = '<w:numPr><w:numId w:val="0"/></w:numPr>'


def bar(color: str, fill: str) -> str:
    """Borders and shading of a box with a bar at its left."""
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{color}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


def spacing(before: int, after: int, line: int = 0) -> str:
    """Space before and after in twentieths of a point, and the line height (240 is single)."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def size(half_points: int) -> str:
    """The font size in half points."""
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def color(value: str) -> str:
    """The colour of the text."""
    return f'<w:color w:val="{value}"/>'


BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/><w:keepLines/>"
KEEP_NEXT = "<w:keepNext/>"
KEEP_LINES = "<w:keepLines/>"


def headings() -> list[str]:
    """Title, numbered clauses, unnumbered headings, schedules and the headings of the contents."""
    first = f'{KEEP}{numbered(1)}{spacing(320, 100)}<w:outlineLvl w:val="0"/>'
    rest = [
        paragraph_style(
            f"Heading{level}",
            f"heading {level}",
            following="BodyText",
            rank=9,
            ppr=f'{KEEP}{spacing(before, 80)}<w:outlineLvl w:val="{level - 1}"/>',
            rpr=BOLD + color(INK) + size(points),
        )
        for level, before, points in ((2, 240, 22), (3, 200, 20), (4, 160, 20))
    ]
    plain = [
        paragraph_style(
            f"PlainHeading{level}",
            f"Plain Heading {level}",
            f"Heading{level}",
            following="BodyText",
            rank=10,
            ppr=NO_NUMBER + ('<w:ind w:left="0" w:firstLine="0"/>' if level == 1 else ""),
        )
        for level in (1, 2, 3, 4)
    ]
    clauses = [
        paragraph_style(f"Clause{level}", f"Clause {level}", ppr=numbered(1, level - 1), rank=11) for level in (2, 3, 4)
    ]
    return [
        paragraph_style(
            "Title",
            "Title",
            following="BodyText",
            rank=8,
            ppr=KEEP + spacing(0, 200, 252) + "<w:contextualSpacing/>",
            rpr=BOLD + color(INK) + size(44),
        ),
        paragraph_style(
            "Heading1", "heading 1", following="Clause2", rank=9, ppr=first, rpr=BOLD + color(INK) + size(25)
        ),
        *rest,
        *plain,
        *clauses,
        paragraph_style(
            "ScheduleTitle",
            "Schedule Title",
            following="BodyText",
            rank=12,
            ppr=f'{KEEP}<w:pageBreakBefore/>{numbered(2)}{spacing(0, 160)}<w:outlineLvl w:val="0"/>',
            rpr=BOLD + color(INK) + size(28),
        ),
        paragraph_style(
            "TOCHeading",
            "TOC Heading",
            following="BodyText",
            rank=39,
            ppr=f"{KEEP}{NO_NUMBER}{spacing(320, 100)}",
            rpr=BOLD + color(INK) + size(25),
        ),
        paragraph_style(
            "TOC1",
            "toc 1",
            rank=39,
            quick=False,
            ppr='<w:tabs><w:tab w:val="left" w:pos="709"/><w:tab w:val="left" w:pos="1276"/>'
            '<w:tab w:val="right" w:leader="dot" w:pos="9298"/></w:tabs>'
            + spacing(0, 60)
            + '<w:ind w:left="709" w:right="567" w:hanging="709"/>',
        ),
    ]


def texts() -> list[str]:
    """Paragraphs, lists, tables, passages, signatures, header and footer."""
    small = size(17)
    return [
        paragraph_style("BodyText", "Body Text", rank=1),
        paragraph_style("Lead", "Lead", rank=13, ppr=spacing(0, 200), rpr=color(SOFT) + size(23)),
        paragraph_style("Note", "Note", rank=13, ppr=spacing(0, 100), rpr=color(SOFT) + small),
        paragraph_style(
            "Warning", "Warning", rank=13, ppr=bar("B42318", "FDF0EE") + spacing(120, 160) + '<w:ind w:left="227"/>'
        ),
        paragraph_style(
            "Quote",
            "Quote",
            rank=29,
            ppr=spacing(80, 160) + '<w:ind w:left="567" w:right="567"/>',
            rpr="<w:i/><w:iCs/>" + color(SOFT),
        ),
        paragraph_style("ListBullet", "List Bullet", rank=14, ppr=numbered(3) + spacing(0, 60)),
        paragraph_style("ListNumber", "List Number", rank=14, ppr=numbered(4) + spacing(0, 60)),
        paragraph_style(
            "Caption", "caption", rank=35, ppr=KEEP_NEXT + spacing(200, 80), rpr=BOLD + color(SOFT) + size(18)
        ),
        paragraph_style("TableText", "Table Text", rank=15, ppr=spacing(50, 50, 252), rpr=size(18)),
        paragraph_style("TableHead", "Table Head", "TableText", rank=15, ppr=KEEP_NEXT, rpr=BOLD + color(INK)),
        paragraph_style("TableSpace", "Table Space", rank=90, quick=False, ppr=spacing(0, 0, 120), rpr=size(12)),
        paragraph_style("DefinitionTerm", "Definition Term", rank=16, ppr=spacing(60, 60), rpr=BOLD),
        paragraph_style("DefinitionText", "Definition Text", rank=16, ppr=spacing(60, 60)),
        paragraph_style(
            "OpenPassageTitle",
            "Open Passage Title",
            rank=17,
            ppr=KEEP + bar(AMBER, AMBER_FILL) + spacing(120, 0) + '<w:ind w:left="936"/>',
            rpr=BOLD + size(19),
        ),
        paragraph_style(
            "OpenPassage",
            "Open Passage",
            rank=17,
            ppr=KEEP_LINES + bar(AMBER, AMBER_FILL) + spacing(0, 120) + '<w:ind w:left="936"/>',
        ),
        paragraph_style("FilledPassage", "Filled Passage", "OpenPassage", rank=17, ppr=bar(GREEN, "F2F8F4")),
        paragraph_style("SignatureParty", "Signature Party", rank=18, ppr=spacing(0, 60), rpr=BOLD),
        paragraph_style("SignatureLabel", "Signature Label", rank=18, ppr=spacing(320, 20), rpr=color(SOFT) + small),
        paragraph_style(
            "Header",
            "header",
            rank=99,
            quick=False,
            rpr=color(SOFT) + size(16),
            ppr='<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>' + spacing(0, 20, 240),
        ),
        paragraph_style(
            "Footer",
            "footer",
            rank=99,
            quick=False,
            rpr=color(SOFT) + size(16),
            ppr='<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>' + spacing(0, 0, 240),
        ),
        paragraph_style("HeaderNotice", "Header Notice", "Header", rank=99, quick=False, rpr=BOLD + color("8A4B08")),
        paragraph_style("CommentText", "annotation text", rank=99, quick=False, ppr=spacing(0, 0, 240)),
    ]


def characters() -> list[str]:
    """Styles of pieces of text."""
    return [
        character_style("PlaceholderText", "Placeholder Text", color("6B4A00")),
        character_style("Hyperlink", "Hyperlink", '<w:color w:val="1F4E79"/><w:u w:val="single"/>'),
        character_style("CommentReference", "annotation reference", size(16)),
        character_style("Strong", "Strong", BOLD),
        character_style("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
        character_style("DefinedTerm", "Defined Term", color(INK)),
        character_style("InlineCode", "Inline Code", f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>'),
    ]


def tables() -> list[str]:
    """Table styles: data with a ruled header, labelled values, and a frame for signatures."""
    margins = (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )

    def table(style: str, name: str, borders: str, extra: str = "") -> str:
        return (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:tblPr>'
            f"<w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr>{extra}</w:style>"
        )

    def line(side: str, weight: int = 4, shade: str = RULE) -> str:
        return f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="{shade}"/>'

    header = (
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{line("bottom", 8, SOFT)}</w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr>'
    )
    return [
        table("DataTable", "Data Table", line("top") + line("bottom") + line("insideH"), header),
        table("FactTable", "Fact Table", line("top") + line("bottom") + line("insideH")),
        table("PlainTable", "Plain Frame", ""),
    ]


def styles() -> str:
    """word/styles.xml"""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(20)}"
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        f"{spacing(0, 120, 276)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    base = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{color(INK)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    every = "".join((*headings(), *texts(), *characters(), *tables()))
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{base}{every}</w:styles>"


def level(
    index: int, form: str, text: str, left: int, hanging: int, style: str = "", *, follow: str = "tab", rpr: str = ""
) -> str:
    """One `w:lvl`, bound to the paragraph style `style`."""
    bound = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{bound}<w:suff w:val="{follow}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>{rpr}</w:lvl>'
    )


def numbering() -> str:
    """word/numbering.xml: clauses (1), schedules (2), bullets (3), numbered lists (4)."""
    normal = '<w:rPr><w:b w:val="0"/></w:rPr>'
    clauses = (
        level(0, "decimal", "%1", 709, 709, "Heading1")
        + level(1, "decimal", "%1.%2", 709, 709, "Clause2", rpr=normal)
        + level(2, "lowerLetter", "(%3)", 1276, 567, "Clause3", rpr=normal)
        + level(3, "lowerRoman", "(%4)", 1843, 567, "Clause4", rpr=normal)
    )
    lists = (
        ("1", "multilevel", clauses),
        ("2", "multilevel", level(0, "decimal", "Annex\u00a0%1", 1701, 1701, "ScheduleTitle")),
        ("3", "hybridMultilevel", level(0, "bullet", "\u2022", 397, 284, "ListBullet")),
        ("4", "hybridMultilevel", level(0, "decimal", "%1.", 397, 397, "ListNumber")),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="5A1A20{int(number):02X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="5A1A21{int(number):02X}"/>{levels}</w:abstractNum>'
        for number, kind, levels in lists
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _, _ in lists)
    return f"{HEAD}<w:numbering {NAMESPACES}>{abstract}{numbers}</w:numbering>"


def settings() -> str:
    """word/settings.xml: tracking on, Word 2013 and later, nothing that prompts on opening."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:trackRevisions/><w:defaultTabStop w:val="709"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        '<w:themeFontLang w:val="en-GB"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def theme() -> str:
    """word/theme/theme1.xml: plain colours and one font family."""
    colors = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", INK), ("lt2", SHADE), ("accent1", "1F4E79"),
            ("accent2", GREEN), ("accent3", AMBER), ("accent4", "B42318"), ("accent5", SOFT), ("accent6", "6B5B95"),
            ("hlink", "1F4E79"), ("folHlink", "5B3E79"),
        )
    )  # fmt: skip
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Plain"><a:themeElements>'
        f'<a:clrScheme name="Plain">{colors}</a:clrScheme><a:fontScheme name="Plain"><a:majorFont>{font}</a:majorFont>'
        f'<a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}'
        f"</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def fonts() -> str:
    """word/fontTable.xml"""
    return (
        f'{HEAD}<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/>'
        '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{MONO}"><w:panose1 w:val="02070309020205020404"/><w:charset w:val="00"/>'
        '<w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>'
    )


def document() -> str:
    """word/document.xml: an empty A4 page."""
    return (
        f"{HEAD}<w:document {NAMESPACES}><w:body><w:p/><w:sectPr>"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1531" w:right="1304" w:bottom="1304" w:left="1304" w:header="680" w:footer="567" '
        'w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = (
    ("styles", "styles.xml", f"{WORD}.styles+xml", styles),
    ("numbering", "numbering.xml", f"{WORD}.numbering+xml", numbering),
    ("settings", "settings.xml", f"{WORD}.settings+xml", settings),
    ("fontTable", "fontTable.xml", f"{WORD}.fontTable+xml", fonts),
    ("theme", "theme/theme1.xml", f"{OFFICE}.theme+xml", theme),
    ("webSettings", "webSettings.xml", f"{WORD}.webSettings+xml", lambda: f"{HEAD}<w:webSettings {NAMESPACES}/>"),
)


def package() -> dict[str, str]:
    """All entries of the file by name."""
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{content_type}"/>' for _, name, content_type, _ in PARTS
    )
    relations = "".join(
        f'<Relationship Id="rId{index}" Type="{RELATION}/{kind}" Target="{name}"/>'
        for index, (kind, name, _, _) in enumerate(PARTS, 1)
    )
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{OFFICE}.extended-properties+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{rels}">'
        f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATION}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>sla2</Application></Properties>",
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{rels}">{relations}</Relationships>',
        "word/document.xml": document(),
        **{f"word/{name}": make() for _, name, _, make in PARTS},
    }


def build() -> bytes:
    """The whole file: entries sorted after the content types, with the zip format's first date."""
    entries = package()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(entries, key=lambda entry: (entry != "[Content_Types].xml", entry != "_rels/.rels", entry)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name].encode("utf-8"), compresslevel=9)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Writes the file; with `--check` only says whether it is current."""
    made = build()
    if "--check" in arguments:
        current = TARGET.exists() and TARGET.read_bytes() == made
        print("templates/base.docx is current" if current else "templates/base.docx is not current: run this script")
        return 0 if current else 1
    TARGET.write_bytes(made)
    print(f"templates/base.docx: {len(made)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
