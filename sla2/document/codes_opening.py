"""The findings of the safe opener: SLA701 to SLA706. `codes.CODES` lists them with the others.

In: nothing. Out: the codes of the reasons why a Word file stays closed.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

NOT_A_WORD_FILE = Code(
    "SLA701",
    "not-a-word-file",
    Severity.ERROR,
    """What it checks
    The file is a .docx: a readable zip with a list of contents and one Word document in it, not encrypted.

Why it matters
    Only such a file can be read without a guess. A file with a password, an old .doc and a renamed PDF look alike
    from outside.

Example
    back.doc, or back.docx renamed from it

Write instead
    Open the file in Word and save it as "Word document (*.docx)" without a password.
""",
)
HIDDEN_ENTITIES = Code(
    "SLA702",
    "hidden-entities",
    Severity.ERROR,
    """What it checks
    No part of the file declares a document type or entities, and every part is UTF-8.

Why it matters
    Word never writes them. They are used to read files of the one who opens the document, or to blow up its size.

Example
    <!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///…">]>

Write instead
    Ask the sender for a copy saved by Word itself, and do not open this one.
""",
)
ACTIVE_CONTENT = Code(
    "SLA703",
    "active-content",
    Severity.ERROR,
    """What it checks
    The file holds no macros, no ActiveX controls and no embedded programs or files.

Why it matters
    They run, or can be made to run, when someone opens the contract.

Example
    word/vbaProject.bin

Write instead
    Save the document as .docx (not .docm) and paste embedded sheets as tables.
""",
)
OUTSIDE_SOURCE = Code(
    "SLA704",
    "outside-source",
    Severity.ERROR,
    """What it checks
    Apart from ordinary hyperlinks nothing in the file is fetched from elsewhere: no template, picture, text or data.

Why it matters
    What is fetched can change after signing, runs code in the case of a template, and tells its owner who opened the
    draft and when.

Example
    INCLUDEPICTURE "https://pixel.example/open.gif"

Write instead
    Insert pictures and texts into the document, and detach a template under File > Options > Add-ins > Templates.
""",
)
DAMAGED_PART = Code(
    "SLA705",
    "damaged-part",
    Severity.ERROR,
    """What it checks
    Every part of the file is well-formed XML, and every part that is named is there.

Why it matters
    A damaged part is repaired by Word in its own way or dropped, and with it perhaps a clause.

Example
    word/comments.xml ends in the middle of an element

Write instead
    Open the file in Word, let it repair the file, compare the text, and save it under a new name.
""",
)
OVERSIZED_FILE = Code(
    "SLA706",
    "oversized-file",
    Severity.ERROR,
    """What it checks
    The file stays within the bounds of a contract: number and size of its parts, and how far they were compressed.

Why it matters
    A file of 93 kilobytes can be made to fill gigabytes of memory when it is opened.

Example
    word/document.xml: 36 MB of empty paragraphs in 93 kB

Write instead
    Ask the sender for a copy without large pictures; if it stays large, copy the text into a new document.
""",
)
