"""The forms of the language as the grammar has them: what may stand on a line, and what it becomes.

In: the loaded grammar. Out: one `Form` per statement and per phrase, with its spelling and its arguments in order.
Used by the language reference and by whoever reads a `Document`. It reads no contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.source import grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lark.grammar import Rule, Symbol

_VALUES = {
    "ID": "Name",
    "STRING": "Text",
    "LONGTEXT": "Text",
    "MAIL": "MailValue",
    "NUMBER": "NumberValue",
    "ORDINAL": "NumberValue",
    "PERCENT": "PercentValue",
    "MONEY": "MoneyValue",
    "DATE": "DateValue",
    "MONTH": "MonthValue",
    "MONTHDAY": "MonthDayValue",
    "TIME": "TimeValue",
    "ref": "Name",
    "duration": "DurationValue",
    "stamp": "StampValue",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `statement` tells a line from a phrase; `spellings` and `args` have one entry per variant.

    In `args`, `(a | b)` is a choice, `a …` a repetition, a lower-case name a phrase of that form.
    """

    name: str
    statement: bool
    spellings: tuple[str, ...]
    args: tuple[str, ...]


GROUPS = frozenset(
    {
        "target",
        "line_target",
        "trust_target",
        "rule",
        "setting",
        "change",
        "path",
        "down",
        "when",
        "period",
        "term",
        "fee",
        "trigger",
        "number",
        "measure",
        "base",
        "each",
        "cap",
        "claim",
        "limits",
        "limit",
        "gift",
        "level_item",
        "credits_item",
        "contract_item",
        "exclusion_item",
        "termination_item",
        "updates_item",
        "per",
        "allowance",
    }
)
"""Choices of the grammar that the listing names instead of spelling out each time."""


NOTES = """\
Capitals stand for a value, small letters for the words themselves, `(a | b)` for a choice, `a …` for one or more,
`<group>` for a group of forms (listed at the end). Arguments are those of `Statement.args` or `Phrase.args`, in order;
an entry with a small first letter is a `Phrase` of that form. Where a line has several variants, each has its own line.
- `also` never arrives: `category "a", "b"` and `priority P1, P2` become one phrase with several arguments.
- A setting in `interim`, `option`, `fill` and `change` is a `Phrase` with the form of the line it stands for:
  `interim: hours evening` holds `level_hours(Name)`, `change: x period to month` holds `level_period(period_month)`.
- `framework` blocks have `contract_…` forms, `bonus` blocks `credits_…`, `open passage` blocks `passage_…`.
- `trust_target` and `trust_judged_at` stand in updates, zero repeat, promise and survey; `allow` and `text` in many.
"""


def forms() -> tuple[Form, ...]:
    """All forms, statements first, each group in the order of the grammar."""
    return _Reader(grammar.language().rules).forms()


class _Reader:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.words = grammar.keywords()
        self.by_origin: dict[str, list[Rule]] = {}
        for rule in rules:
            self.by_origin.setdefault(rule.origin.name, []).append(rule)

    def forms(self) -> tuple[Form, ...]:
        """All forms of the grammar, without helpers, words and values."""
        found: dict[str, tuple[bool, list[str], list[str]]] = {}
        for rule in self.rules:
            name = grammar.form_of(rule)
            hidden = name.startswith(("_", "w_", "block_")) or name in (*_VALUES, "start", "version", "include")
            if hidden or (rule.options.expand1 and rule.alias is None):
                continue
            statement = any(symbol.name == "COLON" for symbol in rule.expansion) or name in ("allow", "text")
            known, spellings, args = found.setdefault(name, (statement, [], []))
            found[name] = (known or statement, spellings, args)
            if not statement or any(symbol.name == "COLON" for symbol in rule.expansion) or name in ("allow", "text"):
                _add(spellings, self.spell(rule.expansion).replace(" :", ":").replace(" ,", ","))
            _add(args, ", ".join(self.args(rule)))
        listed = [Form(name, kind, tuple(s), tuple(a)) for name, (kind, s, a) in found.items()]
        return tuple(sorted(listed, key=lambda form: not form.statement))

    def spell(self, symbols: Iterable[Symbol]) -> str:
        """How the symbols are written."""
        return " ".join(filter(None, (self._spell_one(symbol) for symbol in symbols)))

    def _spell_one(self, symbol: Symbol) -> str:
        name = symbol.name
        if name in self.words:
            return self.words[name]
        if name == "_NL":
            return ""
        inlined = name.startswith(("_", "w_")) or self._only_aliases(name)
        return self._choice(name, self.spell) if name in self.by_origin and inlined else name

    def args(self, rule: Rule) -> list[str]:
        """The arguments that remain of what `rule` matches."""
        if rule.options.keep_all_tokens:
            return ["Word"]
        return [arg for symbol in rule.expansion if (arg := self._arg(symbol))]

    def _arg(self, symbol: Symbol) -> str:
        name = symbol.name
        if name.startswith("w_"):
            return "Word"
        if name in _VALUES:
            return _VALUES[name]
        if symbol.is_term:
            return "" if getattr(symbol, "filter_out", False) or name == "_NL" else "Word"
        if not name.startswith("_") and not self._only_aliases(name):
            return name
        return self._choice(name, lambda symbols: ", ".join(filter(None, map(self._arg, symbols))))

    def _only_aliases(self, name: str) -> bool:
        return name in self.by_origin and all(rule.options.expand1 for rule in self.by_origin[name])

    def _choice(self, name: str, show: Callable[[Sequence[Symbol]], str]) -> str:
        if name.startswith("__"):
            repeated = [r for r in self.by_origin[name] if all(s.name != name for s in r.expansion)]
            shown = list(dict.fromkeys(show(r.expansion) for r in repeated))
            return f"{_one_of(shown)} …" if any(shown) else ""
        if _group_name(name) in GROUPS:
            return f"<{_group_name(name)}>"
        return _one_of(self.members(name, show))

    def members(self, name: str, show: Callable[[Sequence[Symbol]], str]) -> list[str]:
        """The alternatives of the rule `name`, each once; aliases by their name unless spelled out."""
        by_name = show != self.spell
        shown = (r.alias if r.alias and by_name else show(r.expansion) for r in self.by_origin[name])
        return list(dict.fromkeys(shown))

    def groups(self) -> dict[str, list[str]]:
        """The forms that each group of the grammar stands for."""
        found: dict[str, list[str]] = {}
        for name in self.by_origin:
            group = _group_name(name)
            if group in GROUPS and group not in found:
                found[group] = self.members(name, lambda symbols: ", ".join(filter(None, map(self._arg, symbols))))
        return found


def _group_name(name: str) -> str:
    return name.removeprefix("_").split("{")[0]


def _one_of(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({' | '.join(texts)})"


def _add(texts: list[str], text: str) -> None:
    if text not in texts:
        texts.append(text)


def listing() -> str:
    """All forms as Markdown, for people."""
    lines = [NOTES, "# Statements", ""]
    statement = True
    for form in forms():
        if statement and not form.statement:
            statement = False
            lines += ["", "# Phrases", ""]
        lines.append(f"## {form.name}")
        lines += [f"    {spelling}" for spelling in form.spellings]
        lines += [f"- args: {args or 'none'}" for args in form.args]
        lines.append("")
    lines += ["# Groups", ""]
    for group, members in _Reader(grammar.language().rules).groups().items():
        lines += [f"## <{group}>", *(f"- {member}" for member in members), ""]
    return "\n".join(lines)
