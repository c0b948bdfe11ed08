"""Makes `templates/base.docx`: the clean Word file whose styles, numbering and settings every draft starts from.

In: nothing. Out: the file, the same bytes on every run. Run it after changing a style here, then look at a draft.
It holds no text: body, header, footer, comments and custom properties are written by `sla2.document.docx`.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

from base_docx_styles import AMBER, FONT, GREEN, HEAD, INK, MONO, NAMESPACES, SHADE, SOFT, styles

TARGET = Path(__file__).resolve().parent.parent / "templates" / "base.docx"


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
        ("2", "multilevel", level(0, "decimal", "Annex\u00a0%1.", 0, 0, "ScheduleTitle", follow="space")),
        ("3", "hybridMultilevel", level(0, "bullet", "\u2022", 397, 397, "ListBullet")),
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
