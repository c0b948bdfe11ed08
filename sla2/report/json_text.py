"""JSON that people can read and compare: one flat object per line.

In: plain values. Out: text with sorted keys, ending in one line end; the same values give the same bytes. An object
that holds no other object or list stands on one line, everything else is spread over lines. Used by all JSON exports;
it knows nothing of what they say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]

_STEP = "  "


def json_text(value: Json) -> str:
    """`value` as JSON text.

    >>> print(json_text({"b": [{"y": 1, "x": "2"}], "a": []}), end="")
    {
      "a": [],
      "b": [
        {"x": "2", "y": 1}
      ]
    }
    """
    return _text(value, "") + "\n"


def _text(value: Json, indent: str) -> str:
    if isinstance(value, Mapping):
        if not any(isinstance(part, Mapping | list | tuple) and part for part in value.values()):
            return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
        lines = [f"{json.dumps(key, ensure_ascii=False)}: {_text(value[key], indent + _STEP)}" for key in sorted(value)]
        return _spread("{", lines, "}", indent)
    if isinstance(value, list | tuple):
        return _spread("[", [_text(part, indent + _STEP) for part in value], "]", indent) if value else "[]"
    return json.dumps(value, ensure_ascii=False)


def _spread(opening: str, lines: list[str], closing: str, indent: str) -> str:
    inner = f",\n{indent}{_STEP}".join(lines)
    return f"{opening}\n{indent}{_STEP}{inner}\n{indent}{closing}"
