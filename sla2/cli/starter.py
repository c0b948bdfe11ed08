"""The text of a new contract, from the answers to a few questions.

In: `Answers`. Out: the text of a `.sla` file in the standard form, with notes in the chosen language. It runs for
`sla2 new`. It reads no clock: every day follows from the day on which the contract begins. What the user typed becomes
quoted text or a short name of plain letters, never a line of the language.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sla2.contract.surroundings import Language

Hours = Literal["office", "always"]
LONGEST = 120
"""Characters of a name; a longer one is no name."""

COUNTRIES = {
    "AT": ("Europe/Vienna", "EUR"),
    "BE": ("Europe/Brussels", "EUR"),
    "CH": ("Europe/Zurich", "CHF"),
    "DE": ("Europe/Berlin", "EUR"),
    "DK": ("Europe/Copenhagen", "DKK"),
    "ES": ("Europe/Madrid", "EUR"),
    "FR": ("Europe/Paris", "EUR"),
    "GB": ("Europe/London", "GBP"),
    "IE": ("Europe/Dublin", "EUR"),
    "IT": ("Europe/Rome", "EUR"),
    "LU": ("Europe/Luxembourg", "EUR"),
    "NL": ("Europe/Amsterdam", "EUR"),
    "NO": ("Europe/Oslo", "NOK"),
    "PL": ("Europe/Warsaw", "PLN"),
    "SE": ("Europe/Stockholm", "SEK"),
}
"""Time zone and currency of a country."""

_QUOTES = re.compile('["“”„‟«»″＂]')
_NOT_NAMES = ("any", "all", "words", "end")


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked. The names are as typed; `start` is the first day of the term."""

    customer: str
    supplier: str
    service: str
    hours: Hours
    country: str
    language: Language
    start: date


def plain(text: str) -> str:
    """A name on one line that can stand between quotation marks; "" if nothing of it can be read."""
    shown = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join(_QUOTES.sub("'", shown).split())


def short_name(text: str, otherwise: str) -> str:
    """The first word of a name in plain small letters: `town` for "Town of Exampleton"."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z][a-z0-9]+", letters)
    name = next((word for word in words if word not in _NOT_NAMES), otherwise)
    return name[:24]


def questions(language: Language) -> dict[str, str]:
    """The questions in words, by the name of the answer."""
    return {name: str(text) for name, text in _book(language)["ask"].items()}


def examples(language: Language) -> dict[str, str]:
    """The names of the invented parties and their service."""
    return {name: str(text) for name, text in _book(language)["answers"].items()}


def starter(answers: Answers) -> str:
    """The text of the contract."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from sla2 import resources

    words = _book(answers.language)["words"]
    zone, currency = COUNTRIES[answers.country]
    customer, supplier = short_name(answers.customer, "customer-1"), short_name(answers.supplier, "supplier-1")
    start = answers.start
    month = _months_later(start.replace(day=1), 1)
    signed = start - timedelta(days=20)
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    template = environment.from_string(resources.read_text("templates", "new/contract.sla.jinja"))
    return template.render(
        t=words,
        number=f"{words['number']}-{start.year}-001",
        title=str(words["title"]).replace("{service}", plain(answers.service)),
        customer=plain(answers.customer),
        supplier=plain(answers.supplier),
        service=plain(answers.service),
        customer_name=customer,
        supplier_name=supplier if supplier != customer else "supplier-1",
        service_name=short_name(answers.service, "service-1"),
        lang=answers.language,
        hours=answers.hours,
        country=answers.country,
        years=range(signed.year, _months_later(start, 24).year + 1),
        timezone=zone,
        currency=currency,
        signed=signed,
        start=start,
        review=_months_later(start, 4),
        fallback=_months_later(start, 8),
        month=f"{month.year:04d}-{month.month:02d}",
        month_number=month.month - 1,
    )


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the 28th for a later day of the month, which not every month has."""
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, min(day.day, 28))


def _book(language: Language) -> dict[str, dict[str, str | list[str]]]:
    import tomllib

    from sla2 import resources

    return tomllib.loads(resources.read_text("templates", f"new/{language}.toml"))
