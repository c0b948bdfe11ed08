"""The parse table of a grammar as plain data, so that it is built once and not at every start.

In: the text of a grammar, or bytes that claim to be its table. Out: lark's parser, or bytes.
The table is lark's own serialised form as JSON, never pickle, with its rules and states written shorter, since every
start reads them; it names the grammar, the release of lark and the sum of its content, and is refused if one of them
differs. The build of a wheel loads this file on its own: it imports nothing of sla2.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import lark
from lark import Lark
from lark.grammar import NonTerminal, Rule, RuleOptions, Terminal
from lark.lexer import ContextualLexer, TerminalDef
from lark.parsers.lalr_analysis import Action, IntParseTable, Reduce, Shift
from lark.parsers.lalr_parser import LALR_Parser, _Parser

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lark.common import LexerConf
    from lark.grammar import Symbol
    from lark.lexer import LexerState, Token
    from lark.parsers.lalr_parser_state import ParserState

TABLE_FILE = "sla2.table.json"
_FORMAT = 2


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
    automaton = data["parser"]["parser"]
    automaton["states"] = [_moves(automaton["states"][state]) for state in range(len(automaton["states"]))]
    content = json.dumps({"data": data, **_split(memo)}, separators=(",", ":"), sort_keys=True).encode()
    return f"{_heading(grammar, content)}\n".encode() + content


def load(table: bytes, grammar: str) -> Lark | None:
    """The parser of `grammar` from its table; None if the table is another one's, or damaged."""
    heading, _, content = table.partition(b"\n")
    if heading != _heading(grammar, content).encode():
        return None
    kept = json.loads(content)
    kept["data"]["options"]["_plugins"] = {"LALR_Parser": _Automaton, "ContextualLexer": _LexerWhenAsked}
    parser: Lark = Lark.load({"data": kept["data"], "memo": _joined(kept)})
    return parser


def _heading(grammar: str, content: bytes) -> str:
    """What a table must begin with to be trusted."""
    sums = (hashlib.sha256(part).hexdigest() for part in (grammar.encode(), content))
    return json.dumps(["sla2 parse table", _FORMAT, lark.__version__, *sums])


def _moves(state: dict[int, tuple[int, Any]]) -> list[int]:
    """The moves of a state: each token, and the state to shift to, or -1 - n to reduce by the rule numbered n."""
    pairs = ((token, -1 - target["@"] if reduces else target) for token, (reduces, target) in state.items())
    return [number for pair in pairs for number in pair]


def _split(memo: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Terminals as lark writes them; rules as places in lists of symbols and options, in which each stands once."""
    symbols: dict[tuple[str, int], int] = {}
    options: dict[str, int] = {}

    def place(symbol: dict[str, Any]) -> int:
        kind = 0 if symbol["__type__"] == "NonTerminal" else 2 if symbol["filter_out"] else 1
        return symbols.setdefault((symbol["name"], kind), len(symbols))

    rules = {}
    for number, one in memo.items():
        if one["__type__"] == "Rule":
            option = options.setdefault(json.dumps(one["options"], sort_keys=True), len(options))
            expansion = [place(symbol) for symbol in one["expansion"]]
            rules[number] = [place(one["origin"]), expansion, one["order"], one["alias"], option]
    terminals = {number: one for number, one in memo.items() if one["__type__"] != "Rule"}
    return {"terminals": terminals, "rules": rules, "symbols": list(symbols), "options": list(options)}


def _joined(kept: dict[str, Any]) -> dict[int, Any]:
    """Terminals as lark reads them, and rules ready-made, by their numbers."""
    symbols: list[Symbol] = [Terminal(name, kind == 2) if kind else NonTerminal(name) for name, kind in kept["symbols"]]
    options = [RuleOptions.deserialize(json.loads(one), {}) for one in kept["options"]]
    memo: dict[int, Any] = {int(number): one for number, one in kept["terminals"].items()}
    for number, (origin, expansion, order, alias, option) in kept["rules"].items():
        memo[int(number)] = Rule(symbols[origin], [symbols[one] for one in expansion], order, alias, options[option])
    return memo


class _Automaton(LALR_Parser):
    """lark's automaton, read from `_moves`."""

    @classmethod
    def deserialize(  # type: ignore[override]
        cls, data: Any, memo: Any, callbacks: Any, debug: bool = False
    ) -> _Automaton:
        """The automaton; `memo` holds the rules by their numbers."""
        tokens = {int(number): name for number, name in data["tokens"].items()}
        actions: dict[int, tuple[Action, object]] = {n: (Shift, n) for n in range(len(data["states"]))}
        actions |= {-1 - number: (Reduce, rule) for number, rule in memo.items() if isinstance(rule, Rule)}
        states = {
            state: {tokens[token]: actions[target] for token, target in zip(moves[::2], moves[1::2], strict=True)}
            for state, moves in enumerate(data["states"])
        }
        made = cls.__new__(cls)
        table: Any = IntParseTable(states, data["start_states"], data["end_states"])  # type: ignore[no-untyped-call]
        made._parse_table = table
        made.parser = _Parser(table, callbacks, debug)
        return made


class _LexerWhenAsked(ContextualLexer):
    """lark's lexer, made when a text is lexed with it: `lexer` finds the tokens of contracts without it."""

    def __init__(
        self, conf: LexerConf, states: dict[int, Collection[str]], always_accept: Collection[str] = ()
    ) -> None:
        self._asked = (conf, states, always_accept)

    def lex(self, lexer_state: LexerState, parser_state: ParserState[int]) -> Iterator[Token]:
        """The tokens of the text."""
        if not hasattr(self, "lexers"):
            super().__init__(*self._asked)
        return super().lex(lexer_state, parser_state)
