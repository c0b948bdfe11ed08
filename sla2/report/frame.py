"""What every part of a report needs: the values to report on, the day, and the language.

In: put together by `compliance` and `explain`. Out: read by the makers of sections. It holds values and the few
look-ups that several sections share; it makes no blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cached_property
from typing import TYPE_CHECKING

from sla2.contract.calendar import local, local_date
from sla2.contract.translations import translated
from sla2.contract.versions import AS_SIGNED
from sla2.document.blocks import Run
from sla2.report.said_once import said_once
from sla2.report.texts import text
from sla2.settle.terms import Terms
from sla2.words import format as words

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, Pool, ServicePoints
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.rights import Termination
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic, Span
    from sla2.document.blocks import Inlines
    from sla2.logs.log import Import
    from sla2.measure.measurement import Measurements
    from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightState
    from sla2.settle.options import OptionColumn
    from sla2.settle.verdict import Owed, Settlement, Verdict


@dataclass(frozen=True)
class Unstated:
    """An unstated rule that this run filled in: its id, the level, the reading used, and what the other would change.

    `flips` are the figures (level/period) whose verdict the other reading changes; None: the other was not tried.
    `total` and `bonus_total` are what would be owed in all under the other reading of this rule on every level that
    leaves it unsaid; None: not tried.
    """

    rule: str
    level: str
    used: str
    other: str
    flips: tuple[str, ...] | None = None
    total: Decimal | None = None
    bonus_total: Decimal | None = None


@dataclass(frozen=True)
class Frame:
    """One report: the contract as signed (its texts in the language of the report), what was measured and settled, the
    imports, the days, the language.

    `start` is the first reported day, `end` the day after the last, `today` the date of the report.
    """

    contract: Contract
    settlement: Settlement
    measurements: Measurements
    imports: tuple[Import, ...]
    start: date
    end: date
    today: date
    language: Language
    findings: tuple[Diagnostic, ...] = ()
    unstated: tuple[Unstated, ...] = ()
    checked: tuple[Diagnostic, ...] = ()
    options: tuple[OptionColumn, ...] = ()

    def __post_init__(self) -> None:
        """The contract's own texts are put into the language of the report; a finding said twice is said once."""
        object.__setattr__(self, "findings", said_once(self.contract, self.findings))
        object.__setattr__(self, "contract", translated(self.contract, self.language))

    @cached_property
    def terms(self) -> Terms:
        """The versions of the contract."""
        return Terms(self.contract)

    @property
    def zone(self) -> str:
        """The time zone in which instants are shown."""
        return self.contract.timezone or "UTC"

    def say(self, key: str, **values: str) -> str:
        """A text of the reports in the language of this one."""
        return text(self.language, key, **values)

    def count(self, key: str, number: int, **values: str) -> str:
        """A text that depends on a number."""
        form = "one" if number == 1 else "other"
        return text(self.language, f"{key}_{form}", n=words.number(number, self.language), **values)

    def day(self, day: date) -> str:
        """A date in words."""
        return words.day(day, self.language)

    def instant(self, microseconds: int) -> str:
        """An instant on the clocks of the contract."""
        return words.instant(microseconds, self.zone, self.language)

    @property
    def as_of(self) -> str:
        """The instant up to which the log is believed, in words; midnight is the end of the day before."""
        instant = self.measurements.as_of
        if local(instant, self.zone).time() != time():
            return self.instant(instant)
        return self.say("head.end_of_day", day=self.day(local_date(instant - 1, self.zone)))

    def levels(self) -> tuple[Level, ...]:
        """The levels that have a verdict in this report, in the order of the contract, as last in force."""
        reported = {verdict.level for verdict in self.settlement.verdicts}
        latest = self.terms.on(self.last).levels
        signed = tuple(level for level in self.contract.levels if level.name not in {one.name for one in latest})
        return tuple(level for level in (*latest, *signed) if level.name in reported)

    @property
    def last(self) -> date:
        """The last reported day."""
        return self.end.fromordinal(self.end.toordinal() - 1)

    def version(self, label: str) -> str:
        """The label of a contract version in words: as signed, amendment A1, fallback of a passage."""
        return words.listing([self._version_part(part) for part in label.split(", ")], self.language)

    def version_short(self, label: str) -> str:
        """The same for a line of proof: the names only."""
        return self.say("head.version_signed") if label == AS_SIGNED else label

    def _version_part(self, part: str) -> str:
        if part == AS_SIGNED:
            return self.say("head.version_signed")
        if not part.startswith("fallback "):
            return self.say("head.version_amendment", name=part)
        name = part.removeprefix("fallback ")
        title = next((one.title for one in self.contract.passages if one.name == name), name)
        return self.say("head.version_fallback", passage=words.quoted(title, self.language))

    def title(self, level: str) -> str:
        """The title of a level."""
        return next((one.title for one in self.contract.levels if one.name == level), level)

    def terms_of(self, level: str, period: JudgedPeriod, unit: str = "") -> Level:
        """The terms by which a level was judged in a period."""
        found = [one for one in self.settlement.history if (one.level, one.period) == (level, period)]
        return next((one for one in found if one.unit == unit), found[0]).measurement.terms

    def block_title(self, name: str) -> str:
        """The title of a block of credits, bonuses, points, a pool or a right, also of one that an amendment opened."""
        for contract in (self.contract, *(version.contract for version in self.terms.versions)):
            blocks: tuple[Credits | ServicePoints | Pool | Termination, ...] = (
                *contract.credits, *contract.bonuses, *contract.points, *contract.pools, *contract.terminations,
            )  # fmt: skip
            for block in blocks:
                if block.name == name:
                    return block.title
        return name


def figure(verdict: Verdict) -> str:
    """The name of a verdict's figure: `resolve-p2/2016-03`, with the unit between them where there is one."""
    parts = (verdict.level, verdict.unit, verdict.period.label.replace("/", "..")) if verdict.unit else (
        verdict.level, verdict.period.label.replace("/", "..")
    )  # fmt: skip
    return "/".join(parts)


def owed_figure(owed: Owed) -> str:
    """The name of an amount's figure: `credits-p1/2016-03`."""
    label = owed.period.label.replace("/", "..")
    return "/".join(part for part in (owed.credits, owed.unit, label) if part)


def points_figure(account: PointsAccount) -> str:
    """The name of an account of service points: `points/kpi/2026-03`."""
    return "/".join(("points", account.points, account.period.label.replace("/", "..")))


def pool_figure(pool: PoolUse) -> str:
    """The name of what was taken from a pool in one period: `pool/at-risk/2026-03`."""
    return "/".join(("pool", pool.pool, pool.period.label.replace("/", "..")))


def right_figure(right: RightState) -> str:
    """The name of a right that arose: `right/chronic/2026-03`, with the unit between them where there is one.

    Several triggers that came true in one period are one figure.
    """
    label = right.period.label.replace("/", "..")
    return "/".join(part for part in ("right", right.right, right.unit, label) if part)


def exposure_figure(exposed: Exposed) -> str:
    """The name of one side's exposure in one contract year: `exposure/supplier/2026-02-01`."""
    return f"exposure/{exposed.side}/{exposed.first.isoformat()}"


def opening_figure(balance: OpeningBalance) -> str:
    """The name of a balance carried over: `opening/credits/late`."""
    return f"opening/{balance.kind}/{balance.ident}"


def case_figure(ticket: str, level: str) -> str:
    """The name of a case's figure: `INC0001234/resolve-p2`."""
    return f"{ticket}/{level}"


def unstated_anchor(level: str, rule: str) -> str:
    """The place in the report that speaks of a rule which a level leaves unstated."""
    return f"unstated/{level}/{rule}"


def coded(line: str) -> Inlines:
    """A text whose pieces between backticks are commands."""
    pieces = line.split("`")
    return tuple(Run(piece, "code" if index % 2 else "plain") for index, piece in enumerate(pieces) if piece)


def place(span: Span | None) -> str:
    """Where a clause stands: `contract.sla:12`; "" if it stands nowhere."""
    return "" if span is None else f"{span.path}:{span.line}"
