"""Every amount of every period: each block of credits and each bonus taken through the steps in their order.

In: the history of verdicts, the accounts of points, the fees, claims and balances. Out: a line per block, unit and
period, for the least and for the most that may be owed, side by side. The order: tier or formula, repeat, base, unit
rounding, cap per case, cap per period, pool, combination, maximum exposure, pays if, claim, earn back. It runs period
by period in the order in which they end, because caps look at what was paid before. Each step is a function of its own
file and leaves one `Step`. It words nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.settle.claim import settle_claim
from sla2.settle.exposure import cap_exposure
from sla2.settle.fees import FeeBook
from sla2.settle.gross import Refusal, Setting, gross
from sla2.settle.history import earned, runs
from sla2.settle.judged import Key, key_of
from sla2.settle.limits import cap_pool, cap_small, cap_span, combine, joint_caps, pays_if, round_unit
from sla2.settle.line import Line, Side
from sla2.settle.refusals import fee_unknown, not_computed
from sla2.settle.spans import ONE_DAY
from sla2.settle.used import Used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.diagnostics import Diagnostic
    from sla2.measure.measurement import Measurements, Piece
    from sla2.settle.balance import OpeningBalance
    from sla2.settle.given import Given
    from sla2.settle.points import Counted
    from sla2.settle.terms import Terms
    from sla2.settle.verdict import Verdict

Pair = tuple[Line, Line]


class Ledger:
    """One run over all periods; `found` and `refused` grow on the way."""

    def __init__(
        self,
        measurements: Measurements,
        terms: Terms,
        given: Given,
        refused: frozenset[str],
        opening: tuple[OpeningBalance, ...] = (),
    ) -> None:
        self.contract = measurements.contract
        self.terms = terms
        self.given = given
        self.refused = refused
        self.opening = opening
        self.found: list[Diagnostic] = []
        self.pieces = _counted(measurements.pieces)
        self.today = local_date(measurements.as_of, self.contract.timezone or "UTC")

    def lines(self, history: tuple[Verdict, ...], accounts: tuple[Counted, ...]) -> tuple[Pair, ...]:
        """What every block owes for every period measured: least and most."""
        self.measured_from = min((one.period.first for one in history), default=self.today)
        carried = {one.ident: one.value for one in self.opening if one.kind == "credits"}
        used: dict[Side, Used] = {
            "least": Used.opened(carried, self.measured_from - ONE_DAY),
            "most": Used.opened(carried, self.measured_from - ONE_DAY),
        }
        pairs: list[Pair] = []
        for group in self._by_period(history, accounts):
            least = self._through("least", tuple(pair[0] for pair in group), used["least"])
            most = self._through("most", tuple(pair[1] for pair in group), used["most"])
            pairs.extend(zip(least, most, strict=True))
        kept = (pair for pair in pairs if pair[0].block.name not in self.refused)
        return tuple(self._earn_back(pair, history) for pair in kept)

    # ------------------------------------------------------------ before rounding and caps

    def _by_period(self, history: tuple[Verdict, ...], accounts: tuple[Counted, ...]) -> Iterator[tuple[Pair, ...]]:
        """The lines before rounding and caps, one group per period, in the order in which periods end."""
        groups: dict[tuple[int, int], list[Pair]] = defaultdict(list)
        for setting in (*self._of_levels(history), *self._of_points(accounts, history)):
            pair = self._gross(setting)
            if pair is not None:
                period = setting.verdict.period
                groups[(period.end, period.start)].append(pair)
        blocks = (*self.contract.credits, *self.contract.bonuses)
        order = {block.name: number for number, block in enumerate(blocks)}
        for key in sorted(groups):
            yield tuple(sorted(groups[key], key=lambda pair: order.get(pair[0].block.name, -1)))

    def _of_levels(self, history: tuple[Verdict, ...]) -> Iterator[Setting]:
        missed = in_a_row(history)
        self._due: dict[tuple[str, str], tuple[int, int]] = {}
        for verdict in history:
            if verdict.status == "not in force":
                continue
            contract = self.terms.on(verdict.period.terms_day)
            for block in (*contract.credits, *contract.bonuses):
                if block.points is None and block.level == verdict.level and block.name not in self.refused:
                    if not self._asked(block, verdict):
                        continue
                    setting = self._setting(block, contract, verdict, missed[key_of(verdict)])
                    yield replace(setting, run=self._bonus_run(setting)) if block.bonus else setting

    def _bonus_run(self, setting: Setting) -> tuple[int, int]:
        """For how many periods in a row a bonus is due, this one included: least and most."""
        verdict, key = setting.verdict, (setting.block.name, setting.verdict.unit)
        if setting.block.repeat is None or verdict.status in ("not judged", "insufficient data"):
            return 0, 0
        made = gross(replace(setting, run=(0, 0)))
        if isinstance(made, Refusal):
            return 0, 0
        before = self._due.get(key, (0, 0))
        run = tuple(number + 1 if line.amount else 0 for number, line in zip(before, made, strict=True))
        self._due[key] = (run[0], run[1])
        return self._due[key]

    def _asked(self, block: Credits, verdict: Verdict) -> bool:
        """True unless the period ends with a claim of another block, or with a month while this block is claimed."""
        if verdict.period.kind == "fixed":
            return True
        days = {claim.day for claim in self.given.claims or () if claim.credits == block.name}
        if verdict.period.kind == "before claim":
            return verdict.period.claim in days
        return block.claim is None

    def _of_points(self, accounts: tuple[Counted, ...], history: tuple[Verdict, ...]) -> Iterator[Setting]:
        missed = in_a_row(history)
        for counted in accounts:
            account, verdict = counted.account, counted.verdict
            contract = self.terms.on(verdict.period.terms_day)
            for block in (*contract.credits, *contract.bonuses):
                if block.points != account.points or block.name in self.refused:
                    continue
                runs_of = [missed.get((one.level, one.unit, one.period.label), (0, 0)) for one in account.given]
                run = max((one[0] for one in runs_of), default=0), max((one[1] for one in runs_of), default=0)
                steps = tuple(step for one in account.given for step in one.steps)
                setting = self._setting(block, contract, verdict, run)
                yield replace(setting, points=(account.low, account.high), steps=steps)

    def _setting(self, block: Credits, contract: Contract, verdict: Verdict, run: tuple[int, int]) -> Setting:
        pool = next((one for one in contract.pools if block.takes and one.name == block.takes.pool), None)
        pieces = self.pieces.get(key_of(verdict), ())
        return Setting(block, contract, verdict, self.fees(contract, verdict), pieces, run, pool=pool)

    def _gross(self, setting: Setting) -> Pair | None:
        verdict, block = setting.verdict, setting.block
        if verdict.units and setting.points is None:
            return self._gross_together(setting)
        made = gross(setting)
        if not isinstance(made, Refusal):
            return _depending(made[0], verdict), _depending(made[1], verdict)
        if made.why == "formula":
            self.refuse(block, made.what if ":" in made.what or " " in made.what else f"each: {made.what}")
        else:
            self.found.append(fee_unknown(block, made, verdict.period.label))
        return None

    def _gross_together(self, setting: Setting) -> Pair | None:
        """One credit for units judged together: what the block comes to for the unit for which it comes to most."""
        block, verdict = setting.block, setting.verdict
        if block.each:
            self.refuse(block, f"each: {block.each[0].of}")
            return None
        units = [unit for unit in verdict.units if unit.status != "not in force"]
        pairs = [
            self._gross(replace(setting, verdict=unit, pieces=self.pieces.get(key_of(unit), ()))) for unit in units
        ]
        known = [pair for pair in pairs if pair is not None]
        if len(known) < len(pairs) or not known:
            return None
        least, most = (max((pair[side] for pair in known), key=lambda line: line.amount) for side in (0, 1))
        return replace(least, verdict=verdict), replace(most, verdict=verdict)

    def counted(self, verdict: Verdict) -> tuple[Piece, ...]:
        """The downtime that counted in the period of a verdict."""
        return tuple(piece for one in verdict.units or (verdict,) for piece in self.pieces.get(key_of(one), ()))

    def refuse(self, block: Credits, what: str) -> None:
        """Leave a block out of the statement, and say so once."""
        if block.name not in self.refused:
            self.refused |= {block.name}
            self.found.append(not_computed(block, what))

    def fees(self, contract: Contract, verdict: Verdict) -> FeeBook:
        """The fees, for the number of users of the level's service."""
        name = verdict.measurement.terms.service
        service = contract.service(name) if name else None
        users = service.users if service else None
        return FeeBook(contract, users, self.given.invoices, service.numbers if service else ())

    # ------------------------------------------------------------ from rounding to the claim

    def _through(self, side: Side, lines: tuple[Line, ...], used: Used) -> tuple[Line, ...]:
        """One period through unit rounding, caps, combination, exposure, pays if, claim; then it counts as used."""
        done: list[Line] = []
        within = used.copy()
        for line in lines:
            capped = self._capped(round_unit(line), within)
            within.add(capped)
            done.append(capped)
        paid = []
        for line in combine(tuple(done)):
            line = cap_exposure(line, used, self.fees(line.contract, line.verdict))
            line = pays_if(line)
            line = replace(line, due=line.amount)
            line = settle_claim(line, self.given.claims, self.counted(line.verdict), self.today)
            used.add(line)
            paid.append(line)
        return tuple(paid)

    def _capped(self, line: Line, used: Used) -> Line:
        fees = self.fees(line.contract, line.verdict)
        capped = cap_small(line, fees)
        for owner, cap in joint_caps(line):
            if isinstance(capped, str):
                break
            if cap.per not in ("outage", "case"):
                capped = cap_span(capped, owner, cap, used, fees, self.measured_from)
        if not isinstance(capped, str):
            capped = cap_pool(capped, used, fees)
        if isinstance(capped, str):
            self.refuse(line.block, capped)
            return line
        return capped

    def _earn_back(self, pair: Pair, history: tuple[Verdict, ...]) -> Pair:
        least, most = pair
        if not least.block.earn_back or not most.amount:
            return pair
        verdict = least.verdict
        later = tuple(
            one
            for one in history
            if (one.level, one.unit) == (verdict.level, verdict.unit) and one.period.start >= verdict.period.end
        )
        return _earned_back(least, later, "least"), _earned_back(most, later, "most")


def _earned_back(line: Line, later: tuple[Verdict, ...], side: Side) -> Line:
    """The line less the highest share that later periods earn back."""
    best = None
    for rule in line.block.earn_back:
        result = earned(rule, later)
        if result.waiting:
            line = line.depending("earn back")
        holds = result.possible if side == "least" else result.certain
        if holds and (best is None or rule.share.value > best[0].share.value):
            best = (rule, result)
    if best is None or not line.amount:
        return line
    rule, result = best
    back = line.amount * rule.share.ratio
    done = line.after("earn back", rule.span, line.amount - back, amount=line.amount, share=rule.share, by=result.by)
    return round_unit(done)


def _depending(line: Line, verdict: Verdict) -> Line:
    for on in verdict.provisional:
        line = line.depending(on)
    return line.depending("eligible") if line.block.eligible is not None and line.amount else line


def _counted(pieces: Iterable[Piece]) -> dict[Key, tuple[Piece, ...]]:
    found: dict[Key, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.counted:
            found[(piece.level, piece.unit, piece.period)].append(piece)
    return {key: tuple(group) for key, group in found.items()}


def in_a_row(history: tuple[Verdict, ...]) -> dict[Key, tuple[int, int]]:
    """For each verdict, how many periods in a row have missed, this one included: least and most."""
    series: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in history:
        series[(verdict.level, verdict.unit)].append(verdict)
    return {
        key_of(verdict): run
        for verdicts in series.values()
        for verdict, run in zip(verdicts, runs(tuple(verdicts)), strict=True)
    }
