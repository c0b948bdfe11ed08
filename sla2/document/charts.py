"""Charts as SVG: horizontal bars and vertical columns.

In: a `Chart`. Out: an `svg` element (or its text) of fixed size in its own units, which scales with the page.
Coordinates are whole numbers, so the bytes do not depend on the machine. A chart is never the only carrier of
a figure: the writer prints its data as a table beneath. Nothing here computes a figure.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lxml import etree

from sla2.document.clean import clean_line, fragment

if TYPE_CHECKING:
    from sla2.document.blocks import Bar, Chart

Element = etree._Element

WIDTH = 480
MARGIN = 4
FONT = 14
SMALL = 12
ROW = 48
LINE_HEIGHT = 20
MOST_LINES = 2
TRACK = 12
PLOT = 180
GAP = 8
INK = "#1f2933"
SOFT = "#52606d"
LINE = "#c5ccd3"
EMPTY = "#eef0f2"
TONES = {"good": "#3f7d58", "bad": "#b42318", "open": "#b7791f", "muted": "#9aa5b1", "accent": "#2f5d8a"}
ELLIPSIS = "…"


def svg(chart: Chart) -> str:
    """The chart as a self-contained SVG text."""
    return etree.tostring(svg_element(chart), encoding="unicode")


def svg_element(chart: Chart) -> Element:
    """The chart as an `svg` element with title and description for screen readers."""
    drawing = _bars(chart) if chart.kind == "bars" else _columns(chart)
    name = fragment(chart.id)
    root = etree.Element("svg", viewBox=f"{-MARGIN} 0 {WIDTH + 2 * MARGIN} {drawing.height}", role="img")
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for tag, text in (("title", chart.title), ("desc", chart.description)):
        etree.SubElement(root, tag, id=f"{name}-{tag}").text = clean_line(text)
    root.extend(drawing.shapes)
    return root


def text_width(text: str, size: int = FONT) -> int:
    """A generous estimate of the width of `text` in a common sans-serif font."""
    return math.ceil(sum(_share(sign) for sign in text) * size)


def _share(sign: str) -> float:
    if sign in "iljtfrI.,:;|!'()[] \u00a0":
        return 0.36
    if sign in "mwMW@%—…" or ord(sign) > 0x2E80:
        return 1.0
    return 0.72 if sign.isupper() else 0.6


def shorten(text: str, room: int, size: int = FONT) -> str:
    """`text`, cut with an ellipsis if it is wider than `room`."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


class _Drawing:
    """Shapes collected in drawing order."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.shapes: list[Element] = []

    def text(self, x: int, y: int, text: str, *, anchor: str = "start", size: int = FONT, strong: bool = False) -> None:
        element = etree.Element("text", x=str(x), y=str(y))
        element.set("font-size", str(size))
        element.set("fill", INK if size == FONT else SOFT)
        if anchor != "start":
            element.set("text-anchor", anchor)
        if strong:
            element.set("font-weight", "600")
        element.text = text
        self.shapes.append(element)

    def box(self, x: int, y: int, width: int, height: int, fill: str, hint: str = "") -> None:
        element = etree.Element(
            "rect", x=str(x), y=str(y), width=str(max(width, 1)), height=str(max(height, 1)), fill=fill
        )
        if hint:
            etree.SubElement(element, "title").text = hint
        self.shapes.append(element)

    def line(self, x1: int, y1: int, x2: int, y2: int, *, stroke: str = INK, width: int = 2) -> None:
        element = etree.Element("line", x1=str(x1), y1=str(y1), x2=str(x2), y2=str(y2), stroke=stroke)
        element.set("stroke-width", str(width))
        self.shapes.append(element)


def _place(chart: Chart, value: float | None, length: int) -> int | None:
    """Where `value` lies on an axis of `length` units; what lies beyond an end is drawn at that end."""
    span = chart.axis_high - chart.axis_low
    if value is None or not math.isfinite(value) or not math.isfinite(span) or span <= 0:
        return None
    return round(length * min(max((value - chart.axis_low) / span, 0.0), 1.0))


def _hint(bar: Bar) -> str:
    return clean_line(f"{bar.label}: {bar.words}")


def _bars(chart: Chart) -> _Drawing:
    axis = 26 if chart.axis_words else 0
    heads = [_head(bar) for bar in chart.bars]
    tops = [0]
    for head in heads:
        tops.append(tops[-1] + ROW + LINE_HEIGHT * (len(head) - 1))
    drawing = _Drawing(max(tops[-1], ROW) + axis + 4)
    for bar, head, top, after in zip(chart.bars, heads, tops, tops[1:], strict=False):
        for number, line in enumerate(head):
            if line:
                drawing.text(0, top + 17 + LINE_HEIGHT * number, line)
        last = after - ROW
        drawing.text(WIDTH, last + 17, shorten(clean_line(bar.words), WIDTH), anchor="end", strong=True)
        _bar(drawing, chart, bar, last + 25)
    if chart.axis_words:
        _axis_below(drawing, chart.axis_words, max(tops[-1], ROW))
    return drawing


def _head(bar: Bar) -> list[str]:
    """The label of a bar in lines; the last of them leaves room for the words beside it.

    A label that does not fit beside its words is wrapped above them, over two lines at most; whatever is cut then
    stands in full in the table beneath the chart.
    """
    label, words = clean_line(bar.label), shorten(clean_line(bar.words), WIDTH)
    if text_width(label) + text_width(words) + 2 * GAP <= WIDTH:
        return [label]
    lines = [""]
    for word in label.split():
        wider = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(wider) > WIDTH:
            lines.append(word)
        else:
            lines[-1] = wider
    kept = (
        lines[:MOST_LINES]
        if len(lines) <= MOST_LINES
        else [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    )
    return [*(shorten(line, WIDTH) for line in kept), ""]


def _bar(drawing: _Drawing, chart: Chart, bar: Bar, top: int) -> None:
    drawing.box(0, top, WIDTH, TRACK, EMPTY, _hint(bar))
    end = _place(chart, bar.value, WIDTH)
    if end:
        drawing.box(0, top, end, TRACK, TONES[bar.tone], _hint(bar))
    low, high = _place(chart, bar.low, WIDTH), _place(chart, bar.high, WIDTH)
    middle = top + TRACK // 2
    if low is not None and high is not None:
        drawing.line(low, middle, high, middle, stroke="#ffffff", width=4)
        drawing.line(low, middle, high, middle)
        for x in (low, high):
            drawing.line(x, middle - 4, x, middle + 4)
    mark = _place(chart, bar.mark, WIDTH)
    if mark is not None:
        x = min(max(mark, 1), WIDTH - 1)
        drawing.line(x, top - 4, x, top + TRACK + 4, stroke="#ffffff", width=4)
        drawing.line(x, top - 4, x, top + TRACK + 4, width=3)


def _axis_below(drawing: _Drawing, words: tuple[str, ...], top: int) -> None:
    """Words at equal distances under the axis; one that would touch its neighbour is left out."""
    drawing.line(0, top, WIDTH, top, stroke=LINE, width=1)
    taken = 0
    last = len(words) - 1
    end_room = text_width(clean_line(words[-1]), SMALL) if last else 0
    for index, word in enumerate(words):
        text = shorten(clean_line(word), WIDTH // 3, SMALL)
        width = text_width(text, SMALL)
        x = WIDTH * index // max(last, 1)
        left = min(max(x - width // 2, 0), WIDTH - width)
        free = WIDTH if index == last else WIDTH - end_room - GAP
        if index and (left < taken + GAP or (index < last and left + width > free)):
            continue
        anchor = "start" if index == 0 else "end" if index == last else "middle"
        drawing.text(x, top + 18, text, anchor=anchor, size=SMALL)
        taken = left + width


def _columns(chart: Chart) -> _Drawing:
    left = min(max((text_width(clean_line(word), SMALL) for word in chart.axis_words), default=0), 90)
    left = left + GAP if left else 0
    drawing = _Drawing(PLOT + 52)
    base = PLOT + 20
    _axis_beside(drawing, chart.axis_words, left, base)
    count = max(len(chart.bars), 1)
    edges = [left + (WIDTH - left) * index // count for index in range(count + 1)]
    slot = (WIDTH - left) // count
    printed = [clean_line(bar.words) for bar in chart.bars]
    show_words = max((text_width(words, SMALL) for words in printed), default=0) <= slot - 4
    for index, bar in enumerate(chart.bars):
        _column(drawing, chart, bar, edges[index], edges[index + 1], base)
        if show_words:
            top = base - max(_place(chart, point, PLOT) or 0 for point in (bar.value, bar.high, bar.mark))
            drawing.text((edges[index] + edges[index + 1]) // 2, top - 6, printed[index], anchor="middle", size=SMALL)
    drawing.line(left, base, WIDTH, base, stroke=SOFT, width=1)
    _labels_below(drawing, [clean_line(bar.label) for bar in chart.bars], edges, base)
    return drawing


def _column(drawing: _Drawing, chart: Chart, bar: Bar, left: int, right: int, base: int) -> None:
    gap = max((right - left) // 6, 1) if right - left > 3 else 0
    x, width = left + gap, right - left - 2 * gap
    height = _place(chart, bar.value, PLOT)
    if height:
        drawing.box(x, base - height, width, height, TONES[bar.tone], _hint(bar))
    low, high = _place(chart, bar.low, PLOT), _place(chart, bar.high, PLOT)
    middle = (left + right) // 2
    if low is not None and high is not None:
        drawing.line(middle, base - low, middle, base - high, stroke="#ffffff", width=4)
        drawing.line(middle, base - low, middle, base - high)
        for y in (base - low, base - high):
            drawing.line(middle - 4, y, middle + 4, y)
    mark = _place(chart, bar.mark, PLOT)
    if mark is not None:
        drawing.line(left + 1, base - mark, right - 1, base - mark, stroke="#ffffff", width=4)
        drawing.line(left + 1, base - mark, right - 1, base - mark, width=3)


def _axis_beside(drawing: _Drawing, words: tuple[str, ...], left: int, base: int) -> None:
    last = max(len(words) - 1, 1)
    for index, word in enumerate(words):
        y = base - PLOT * index // last
        drawing.line(left, y, WIDTH, y, stroke=LINE, width=1)
        drawing.text(left - GAP, y + 4, shorten(clean_line(word), left - GAP, SMALL), anchor="end", size=SMALL)


def _labels_below(drawing: _Drawing, labels: list[str], edges: list[int], base: int) -> None:
    """Labels under the columns; when they do not all fit, every second, third … one is shown."""
    if not labels:
        return
    shown = [shorten(label, 110, SMALL) for label in labels]
    widest = max(text_width(label, SMALL) for label in shown)
    step = 1
    while step < len(labels) and edges[step] - edges[0] < widest + GAP:
        step += 1
    taken = -GAP
    for index in range(0, len(labels), step):
        half = (text_width(shown[index], SMALL) + 1) // 2
        x = min(max((edges[index] + edges[index + 1]) // 2, half), WIDTH - half)
        if x - half < taken + GAP:
            continue
        taken = x + half
        drawing.text(x, base + 20, shown[index], anchor="middle", size=SMALL)
