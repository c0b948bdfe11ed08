"""The findings about Word files: SLA701 to SLA729.

In: nothing. Out: `CODES`, from which the manual pages are printed. The checks stand in `docx/package` and
`docx/lint*`; codes from SLA730 on are those of `draft`.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity
from sla2.document.codes_opening import (
    ACTIVE_CONTENT,
    DAMAGED_PART,
    HIDDEN_ENTITIES,
    NOT_A_WORD_FILE,
    OUTSIDE_SOURCE,
    OVERSIZED_FILE,
)

MARK_COLLISION = Code(
    "SLA711",
    "mark-collision",
    Severity.ERROR,
    """What it checks
    Numbers of bookmarks, comments, changes and content controls are unique, bookmark names are unique and at most 40
    characters, and whatever begins also ends.

Why it matters
    Word repairs or refuses a file with collisions, and references then lead to the wrong clause.

Example
    Two bookmarks are called _sla_liability

Write instead
    Make the draft anew from the contract; do not paste clauses with their bookmarks from another copy.
""",
)
BROKEN_REFERENCE = Code(
    "SLA712",
    "broken-reference",
    Severity.ERROR,
    """What it checks
    Every reference leads to a bookmark that exists.

Why it matters
    On the next update Word prints "Error! Reference source not found" in the contract.

Example
    as meant in clause {REF _sla_liability}, while that clause was removed

Write instead
    Refer to another clause, or put the removed clause back.
""",
)
STALE_REFERENCE = Code(
    "SLA713",
    "stale-reference",
    Severity.WARNING,
    """What it checks
    The number that a reference shows is the number of the clause it leads to.

Why it matters
    Until someone updates the fields the contract says something else than it means.

Example
    "clause 3.1" while the clause has become 3.2

Write instead
    Press Ctrl+A and F9 in Word, and save.
""",
)
DANGLING_NAME = Code(
    "SLA714",
    "dangling-name",
    Severity.ERROR,
    """What it checks
    Every style, list, relationship and comment that the text uses exists in the file.

Why it matters
    Word silently falls back to something else: a clause loses its number, a comment its text.

Example
    A paragraph in the style "Clause2", which the file does not have

Write instead
    Make the draft anew, or add the missing style to the house style.
""",
)
TYPED_NUMBER = Code(
    "SLA715",
    "typed-number",
    Severity.WARNING,
    """What it checks
    No clause begins with a number that was typed.

Why it matters
    A typed number stays as it is when a clause is inserted above it, and references cannot follow it.

Example
    3.1 The supplier …

Write instead
    Remove the typed number and give the paragraph the style of a numbered clause.
""",
)
HAND_SET_NUMBER = Code(
    "SLA716",
    "hand-set-number",
    Severity.WARNING,
    """What it checks
    Clauses take their number from their style, not from the numbering button.

Why it matters
    Numbering set by hand on one paragraph starts a list of its own, or breaks when text is pasted.

Example
    A paragraph in the style "Clause 2" with list formatting of its own

Write instead
    Select the paragraph and press Ctrl+Q, which takes it back to its style.
""",
)
BROKEN_FIELD = Code(
    "SLA717",
    "broken-field",
    Severity.ERROR,
    """What it checks
    Every field has a beginning, an end, and a text to show until it is updated.

Why it matters
    An unfinished field swallows the text after it; an empty one leaves a hole in a sentence.

Example
    as meant in clause {REF _sla_scope} with nothing to show

Write instead
    Press Ctrl+A and F9 in Word; if the field stays empty, insert the reference again.
""",
)
MISPLACED_DELETION = Code(
    "SLA718",
    "misplaced-deletion",
    Severity.ERROR,
    """What it checks
    Deleted text stands within a tracked deletion, and nothing else does.

Why it matters
    Text in the wrong place is shown by one program and hidden by another: the parties read different contracts.

Example
    Ordinary text inside a deletion

Write instead
    Accept or reject the change in Word and make it again.
""",
)
STALE_CONTENTS = Code(
    "SLA719",
    "stale-contents",
    Severity.WARNING,
    """What it checks
    The table of contents lists the headings of level 1, in their order and with their numbers.

Why it matters
    A reader who looks for a clause looks here first.

Example
    The contents stop at clause 7; there is a clause 8

Write instead
    Click in the contents and press F9.
""",
)
MIXED_LANGUAGE = Code(
    "SLA720",
    "mixed-language",
    Severity.WARNING,
    """What it checks
    One language is set for the whole document.

Why it matters
    The spelling checker marks good words and passes bad ones, and a screen reader reads with the wrong voice.

Example
    The document is nl-NL and one style is en-US

Write instead
    Select all text, choose Review > Language > Set Proofing Language, and pick the contract's language.
""",
)
INCOMPLETE_PACKAGE = Code(
    "SLA721",
    "incomplete-package",
    Severity.WARNING,
    """What it checks
    Theme and web settings are present, the compatibility mode is that of Word 2013 and later, and no comments part is
    empty.

Why it matters
    Word for Mac has called files "unreadable" for less, and an older mode lays the pages out differently.

Example
    compatibilityMode 14: "Compatibility Mode" in the title bar

Write instead
    In Word choose File > Info > Convert, and save.
""",
)
TRACKING_OFF = Code(
    "SLA722",
    "tracking-off",
    Severity.WARNING,
    """What it checks
    Changes are tracked from the first keystroke.

Why it matters
    In a negotiation every change must be visible until it is agreed.

Example
    Someone accepted all changes and left tracking off

Write instead
    Choose Review > Track Changes before you send the file.
""",
)
LOCKED_DOCUMENT = Code(
    "SLA723",
    "locked-document",
    Severity.WARNING,
    """What it checks
    The document is not protected against editing.

Why it matters
    The other side cannot work in a locked draft and will retype it; then nothing is tracked at all.

Example
    Review > Restrict Editing is on

Write instead
    Stop the protection. Tracked changes show everything that happens.
""",
)
UNLABELLED_PASSAGE = Code(
    "SLA724",
    "unlabelled-passage",
    Severity.WARNING,
    """What it checks
    Every open passage has a title, a tag and its own bookmark.

Why it matters
    The tag is how an answer finds its passage when the file comes back; the bookmark is the second way if the control
    was lost in another program.

Example
    A content control tagged sla-open:peak-response without a title

Write instead
    Make the draft anew from the contract.
""",
)
LEFTOVER_METADATA = Code(
    "SLA725",
    "leftover-metadata",
    Severity.WARNING,
    """What it checks
    The properties hold no remarks, no company or manager, and the file has no preview picture.

Why it matters
    They come from whoever made the template and travel with the draft.

Example
    Comments: "generated by …"

Write instead
    File > Info > Inspect Document > remove document properties; then make the draft anew.
""",
)
HEADER_DISAGREES = Code(
    "SLA726",
    "header-disagrees",
    Severity.WARNING,
    """What it checks
    Status and version in header and footer are those of the file's properties.

Why it matters
    Word prints the properties on the next update, so a reader sees one version on the screen and another on paper.

Example
    The header says 0.3, the property SLA-Version says 0.4

Write instead
    Double-click the header, select its text and press F9.
""",
)
INTERNAL_TEXT = Code(
    "SLA727",
    "internal-text",
    Severity.ERROR,
    """What it checks
    A file for the counterparty holds no comment, no locked control and none of the internal texts, in any of its parts.

Why it matters
    What the other side reads once cannot be taken back.

Example
    A comment "our limit is 75%" in the draft for the supplier

Write instead
    Make the file with `--audience counterparty` and send that one.
""",
)

CODES: tuple[Code, ...] = (
    NOT_A_WORD_FILE,
    HIDDEN_ENTITIES,
    ACTIVE_CONTENT,
    OUTSIDE_SOURCE,
    DAMAGED_PART,
    OVERSIZED_FILE,
    MARK_COLLISION,
    BROKEN_REFERENCE,
    STALE_REFERENCE,
    DANGLING_NAME,
    TYPED_NUMBER,
    HAND_SET_NUMBER,
    BROKEN_FIELD,
    MISPLACED_DELETION,
    STALE_CONTENTS,
    MIXED_LANGUAGE,
    INCOMPLETE_PACKAGE,
    TRACKING_OFF,
    LOCKED_DOCUMENT,
    UNLABELLED_PASSAGE,
    LEFTOVER_METADATA,
    HEADER_DISAGREES,
    INTERNAL_TEXT,
)
