"""One step of a computation as one line of text.

In: a `Step` with its exact values. Out: a sentence in the language of the report and the place of its rule. It runs for
the credits of a report and for `explain`. It reckons nothing: the figures are those of the step.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.quantity import Percent
from sla2.document.blocks import Run, runs
from sla2.report import shown
from sla2.report.frame import place
from sla2.words import format as words
from sla2.words import targets

if TYPE_CHECKING:
    from sla2.contract.credits import Credits
    from sla2.contract.level import Level
    from sla2.contract.quantity import Duration
    from sla2.document.blocks import Inlines
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Status, Step

_STATUSES: tuple[Status, ...] = (
    "met",
    "missed",
    "undecided",
    "insufficient data",
    "not judged",
    "not in force",
)
_PER = {
    "period": "period",
    "outage": "outage",
    "case": "case",
    "contract year": "contract_year",
    "calendar year": "calendar_year",
    "12 months rolling": "rolling",
}


_EACH = {"missed case": "each_case", "below target": "each_below", "day late": "each_day", "point": "each_point"}


class StepWords:
    """Words the steps of one figure: its frame, its currency, the level whose value is measured."""

    def __init__(self, frame: Frame, terms: Level, currency: str, block: Credits | None = None) -> None:
        """`block`: the credits block whose tiers the steps speak of, if any."""
        self.block = block
        self.frame = frame
        self.terms = terms
        self.currency = currency

    def line(self, step: Step, version: str = "") -> Inlines:
        """The step in words, with the place of its rule and the contract version behind it."""
        where = place(step.rule)
        behind = " · ".join(part for part in (where, version) if part)
        return (*runs(self.words(step)), *((Run(" "), Run(behind, "code")) if behind else ()))

    def words(self, step: Step) -> str:
        """The step in words."""
        values = dict(step.values)
        match step.kind:
            case "measure":
                return self._measure(step, values)
            case "rounding":
                return self._say(
                    "rounding",
                    step=self._percent_text(values["step"]),
                    before=self._value(values["value"]),
                    after=self._value(step.result),
                )
            case "small numbers":
                return self._small(step, values)
            case "target":
                return self._say(
                    "target",
                    comparison=self.frame.say(f"comparison.{values['comparison'].replace(' ', '_')}"),
                    target=self._limit(values["target"]),
                    status=self._status(step.result),
                )
            case "tier":
                return self._tier(step, values)
            case "each":
                return self._each(step, values)
            case "averaged" | "ratchet" | "used by a claim":
                return self._earlier(step, values)
            case "points":
                return self._points(step, values)
            case "gives" | "takes" | "pool" | "maximum exposure":
                return self._beside(step, values)
            case _:
                return self._money(step, values)

    def _say(self, key: str, **values: str) -> str:
        return self.frame.say(f"step.{key}", **values)

    def _measure(self, step: Step, values: dict[str, str]) -> str:
        if not step.result:
            return self._say("measure_none")
        number = int(values["met"]) + int(values["missed"])
        kind = shown.kind(self.terms)
        if kind == "share" and number:
            text = self._say(
                "measure_share",
                met=self._number(values["met"]),
                n=shown.whole(self.frame, number),
                value=self._value(step.result),
            )
        elif kind == "share" and self.terms.measure == "availability":
            up = words.length(int(values["numerator"]), self.frame.language)
            owed = words.length(int(values["denominator"]), self.frame.language)
            text = self._say("measure_time", up=up, owed=owed, value=self._value(step.result))
        else:
            text = self._say("measure_value", value=self._value(step.result))
        low, high = values.get("low"), values.get("high")
        if low and high and low != high:
            both = shown.between(self.frame, Fraction(low), Fraction(high), self.terms)
            text = f"{text} {self._say('measure_bounds', range=both)}"
        return text

    def _small(self, step: Step, values: dict[str, str]) -> str:
        if "allow" not in values:
            return self._say("small_data", under=values["under"], cases=values["cases"])
        return self._say(
            "small_allow",
            under=values["under"],
            cases=values["cases"],
            allow=values["allow"],
            missed=values["missed"],
            status=self._status(step.result),
        )

    def _tier(self, step: Step, values: dict[str, str]) -> str:
        none = values.get("none")
        value = self._judged(values.get("value", ""))
        if none == "no tier":
            return self._say("tier_none", value=value)
        if none == "target met":
            no_points = self.block is not None and self.block.points
            return self._say("tier_no_points") if no_points else self._say("tier_met", value=value)
        if none is not None:
            return self._say("tier_silent", why=self._why(none))
        tiers = self.block.tiers if self.block is not None else ()
        tier = next((targets.tier_words(one, self.frame.language) for one in tiers if one.span == step.rule), "")
        if "gives" in values:
            return self._say("tier_amount", value=value, tier=tier, result=self._amount(step.result))
        return self._say("tier", value=value, tier=tier, gives=self._percent(step.result))

    def _judged(self, text: str) -> str:
        """The value that a tier looks at: points where the block turns points into money, else the measure."""
        if not text or self.block is None:
            return self._value(text)
        if self.block.points:
            return self._number(text)
        if shown.kind(self.terms) != "share":
            return self._value(text)
        limits = [one for tier in self.block.tiers for one in (tier.lower, tier.upper) if isinstance(one, Percent)]
        return shown.share(self.frame, Fraction(text), self.terms, (one.exact for one in limits))

    def _earlier(self, step: Step, values: dict[str, str]) -> str:
        """What earlier periods and claims did to the figure or the target."""
        if step.kind == "ratchet":
            return self._say(
                "ratchet", periods=values["periods"], after=values["after"], average=self._limit(values["average"]),
                before=self._limit(values["before"]), target=self._limit(step.result),
            )  # fmt: skip
        if step.kind == "averaged":
            return self._say(
                "averaged", value=self._value(values["value"]), previous=self._value(values["previous"]),
                period=values["period"], result=self._value(step.result),
            )  # fmt: skip
        time = words.length(int(Fraction(values["time"])), self.frame.language)
        return self._say("used", time=time, before=self._value(values["value"]), after=self._value(step.result))

    def _points(self, step: Step, values: dict[str, str]) -> str:
        none = values.get("none")
        if none == "no tier":
            return self._say("points_none", value=self._value(values.get("value", "")))
        if none is not None:
            return self._say("points_silent", why=self._why(none))
        blocks = self.frame.terms.on(self.frame.last).points + self.frame.contract.points
        tiers = (tier for block in blocks for tier in block.tiers)
        tier = next((targets.tier_words(one, self.frame.language) for one in tiers if one.span == step.rule), "")
        form = "points.value_one" if step.result == "1" else "points.value_other"
        points = self.frame.say(form, n=self._number(step.result))
        key = "points_row" if tier else "points"
        return self._say(key, value=self._value(values.get("value", "")), tier=tier, points=points)

    def _beside(self, step: Step, values: dict[str, str]) -> str:
        """Days of fee, pools and the maximum exposure."""
        result = self._amount(step.result)
        if "none" in values:
            return self._say("silent", why=self._why(values["none"]))
        if step.kind == "gives":
            days = str(Fraction(step.result) / Fraction(values["day"])) if Fraction(values["day"]) else "0"
            return self._say("gives_days", days=self._number(days), day=self._amount(values["day"]), result=result)
        if step.kind == "takes":
            return self._say(
                "takes", share=self._percent_text(values["share"]), part=self._percent_text(values["part"]),
                of=values["of"], size=self._amount(values["size"]), size_of=self._percent_text(values["of_fees"]),
                result=result,
            )  # fmt: skip
        limit, used, before = (self._amount(values[key]) for key in ("limit", "used", "amount"))
        key = "pool" if step.kind == "pool" else "exposure"
        return self._say(key, limit=limit, used=used, before=before, after=result)

    def _why(self, none: str) -> str:
        if none in _STATUSES:
            return self._status(none)
        if none == "no value":
            return self.frame.say("verdict.no_evidence")
        if none == "no cases":
            return self.frame.say("verdict.no_cases")
        return self.frame.say("verdict.met")

    def _each(self, step: Step, values: dict[str, str]) -> str:
        number = self._number(values["number"])
        result = self._amount(step.result)
        if values["of"] == "minute of downtime":
            return self._minutes(values, number, result)
        gives = self._gives(values["gives"])
        if "base" in values:
            gives = self._say("each_share", share=gives, base=self._amount(values["base"]))
        line = next((one for one in self.block.each if one.span == step.rule), None) if self.block else None
        step_of = (line.step_duration or line.step_percent or line.step_number) if line is not None else None
        length = self._length(step_of) if step_of is not None else ""
        if "beyond" in values:
            beyond, allowed = (
                words.length(int(Fraction(values[key])), self.frame.language) for key in ("beyond", "allowed")
            )
            key = "each_beyond"
            return self._say(
                key, number=number, length=length, beyond=beyond, allowed=allowed, gives=gives, result=result
            )
        key = _EACH.get(values["of"], "each_stepwise")
        return self._say(key, number=number, length=length, gives=gives, result=result)

    def _length(self, of: Duration | Percent | Decimal) -> str:
        """The step that is counted: a length of time, a percentage or a number."""
        if isinstance(of, Percent):
            return self._percent_text(str(of))
        return self._number(str(of)) if isinstance(of, Decimal) else words.duration(of, self.frame.language)

    def _minutes(self, values: dict[str, str], number: str, result: str) -> str:
        """So many minutes at a multiple of their fee, with the fee and the minutes that this is reckoned from."""
        said = {"number": number, "fee": self._amount(values["fee"]), "result": result}
        said["times"] = self._number(values["times"])
        if "of_fee" not in values:
            return self._say("each_minute", **said)
        whole, minutes = self._amount(values["of_fee"]), self._number(values["minutes"])
        return self._say("each_minute_of", whole=whole, minutes=minutes, **said)

    def _money(self, step: Step, values: dict[str, str]) -> str:
        after = self._amount(step.result)
        before = self._amount(values["amount"]) if "amount" in values else ""
        match step.kind:
            case "base":
                all_fees = values["fees"] == "all"
                fees = self._say("base_all") if all_fees else self._say("base_fee", names=values["fees"])
                return self._say(
                    "base", fees=fees, first=self._day(values["first"]), last=self._day(values["last"]), result=after
                )
            case "credit":
                base = self._amount(values["base"])
                return self._say("credit", share=self._percent(values["share"]), base=base, result=after)
            case "repeat":
                factor = self._number(values["factor"])
                result = self._percent(step.result) if values["what"] == "share" else after
                if values["what"] == "points":
                    result = self._say("number_of_points", number=self._number(step.result))
                return self._say("repeat", in_a_row=values["in_a_row"], factor=factor, result=result)
            case "unit rounding":
                return self._say("unit_rounding", step=self._number(values["step"]), before=before, after=after)
            case "cap":
                return self._cap(values, before, after)
            case "combination":
                return self._say("combination", highest=self._title(values["highest"]), before=before)
            case "pays if":
                key, least = ("pays_if_more", "more than") if "more than" in values else ("pays_if_least", "at least")
                return self._say(key, money=self._gives(values[least]), before=before)
            case "earn back":
                share = self._percent_text(values["share"])
                by = self._period_named(values["by"])
                return self._say("earn_back", share=share, by=by, before=before, after=after)
            case _:
                return self._claim(step, values)

    def _cap(self, values: dict[str, str], before: str, after: str) -> str:
        rolling = _PER.get(values["per"]) is None
        per = values["per"].removesuffix(" rolling") if rolling else self.frame.say(f"per.{_PER[values['per']]}")
        caps = self.block.caps if self.block is not None else ()
        stretch = next((one.rolling for one in caps if one.stretch == values["per"] and one.rolling is not None), None)
        per = words.duration(stretch, self.frame.language) if stretch is not None else per
        limit = self._amount(values["limit"])
        if "used" not in values:
            return self._say("cap_small", limit=limit, per=per, before=before, after=after)
        return self._say("cap", per=per, limit=limit, used=self._amount(values["used"]), before=before, after=after)

    def _claim(self, step: Step, values: dict[str, str]) -> str:
        by = self._day(values["by"])
        if "made" not in values:
            return self._say("claim_missing", by=by)
        key = "claim_late" if "amount" in values else "claim_made"
        return self._say(key, made=self._day(values["made"]), by=by)

    def _period_named(self, label: str) -> str:
        """A period in words, by its label."""
        found = next((one.period for one in self.frame.settlement.history if one.period.label == label), None)
        return label if found is None else shown.period(self.frame, found)

    def _title(self, block: str) -> str:
        return next((one.title for one in self.frame.contract.credits if one.name == block), block)

    def _day(self, text: str) -> str:
        return self.frame.day(date.fromisoformat(text))

    def _status(self, text: str) -> str:
        return self.frame.say(f"verdict.{text.replace(' ', '_')}")

    def _value(self, text: str) -> str:
        return shown.value(self.frame, Fraction(text) if text else None, self.terms)

    def _limit(self, text: str) -> str:
        limit = Fraction(text)
        if shown.kind(self.terms) == "share":
            return shown.percent(self.frame, limit)
        return shown.value(self.frame, limit, self.terms)

    def _percent(self, text: str) -> str:
        return shown.percent(self.frame, Fraction(text))

    def _percent_text(self, text: str) -> str:
        return shown.percent(self.frame, Fraction(text.rstrip("%")) / 100)

    def _number(self, text: str) -> str:
        return shown.number(self.frame, Fraction(text))

    def _amount(self, text: str) -> str:
        return shown.amount(self.frame, Fraction(text), self.currency)

    def _gives(self, text: str) -> str:
        """A price as the step keeps it: `5%` or `EUR 15.00`."""
        if text.endswith("%"):
            return self._percent_text(text)
        if text.endswith("of fee"):
            return self._say("days_of_fee", days=self._number(text.split(" ", 1)[0]))
        currency, amount = text.split(" ", 1)
        return shown.amount(self.frame, Fraction(amount), currency)
