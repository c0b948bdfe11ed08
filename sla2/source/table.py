"""The parse table of a grammar as plain data, so that it is built once and not at every start.

In: the text of a grammar, or bytes that claim to be its table. Out: lark's parser, or bytes.
The table is lark's own serialised form as JSON, never pickle; it names the grammar, the release of lark and the sum of
its content, and is refused if one of them differs. The build of a wheel loads this file on its own: it imports nothing
of sla2.
"""

from __future__ import annotations

import hashlib
import json

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

TABLE_FILE = "sla2.table.json"
_FORMAT = 1


def build(grammar: str, *, strict: bool = False) -> Lark:
    """The parser of `grammar`; `strict` refuses terminals that can match the same text in one place."""
    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        strict=strict,
        propagate_positions=True,
        maybe_placeholders=False,
    )


def dump(parser: Lark, grammar: str) -> bytes:
    """The table of `parser`, which was built from `grammar`: a line that names them, then the table."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    content = json.dumps({"data": data, "memo": memo}, separators=(",", ":"), sort_keys=True).encode()
    return f"{_heading(grammar, content)}\n".encode() + content


def load(table: bytes, grammar: str) -> Lark | None:
    """The parser of `grammar` from its table; None if the table is another one's, or damaged."""
    heading, _, content = table.partition(b"\n")
    if heading != _heading(grammar, content).encode():
        return None
    kept = json.loads(content)
    automaton = kept["data"]["parser"]["parser"]
    automaton["states"] = {int(state): moves for state, moves in automaton["states"].items()}
    memo = {int(number): value for number, value in kept["memo"].items()}
    parser: Lark = Lark.load({"data": kept["data"], "memo": memo})
    return parser


def _heading(grammar: str, content: bytes) -> str:
    """What a table must begin with to be trusted."""
    sums = (hashlib.sha256(part).hexdigest() for part in (grammar.encode(), content))
    return json.dumps(["sla2 parse table", _FORMAT, lark.__version__, *sums])
