"""A document as one self-contained web page.

In: a `Document`. Out: HTML with its style sheet inside, no script, nothing fetched from anywhere.
The frame is a sandboxed template, the body is built as elements, so no text can become markup. It is made to
be read on a screen of any width and to be printed on A4.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sla2 import resources
from sla2.document.audience import for_audience
from sla2.document.clean import clean_line
from sla2.document.html_blocks import Blocks, to_html
from sla2.document.labels import compute

if TYPE_CHECKING:
    from jinja2 import Template

    from sla2.document.audience import Audience
    from sla2.document.blocks import Document


def write(document: Document, *, audience: Audience = "internal") -> str:
    """`document` as a web page, ending in one line end.

    Raises: KeyError for a reference to an id that the document lacks.
    """
    document = for_audience(document, audience)
    meta = document.meta
    blocks = Blocks(document, compute(document))
    return _shell().render(
        language=meta.language,
        title=clean_line(meta.title),
        notice=clean_line(meta.notice),
        identifier=clean_line(meta.identifier),
        author=clean_line(meta.author),
        status_label=clean_line(meta.label("status")),
        status=clean_line(meta.status),
        version_label=clean_line(meta.label("version")),
        version=clean_line(meta.version),
        dated=meta.dated.isoformat(),
        style=Markup(resources.read_text("templates", "reports/page.css")),
        body=Markup("\n".join(to_html(element) for element in blocks.elements(document.blocks))),
    )


@lru_cache(maxsize=1)
def _shell() -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.globals.clear()
    return environment.from_string(resources.read_text("templates", "reports/page.html"))
