"""Break each step of settling and each rule of the clocks on purpose, and see whether a test notices.

In: the list of mutants below, each one replacement of text in one file. Out: per mutant whether a test killed it, and
a list of the survivors; the exit status is 1 if one survived or no longer fits its file. It works on a copy of the
project in a temporary folder, never on the files themselves. Run it by hand (`.venv/bin/python scripts/mutate.py`, or
with words that the file or the reason must hold); it takes minutes and is no part of `make test`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("sla2", "grammar", "templates", "tests", "contracts", "pyproject.toml")
MONEY = (
    "tests/test_settle_cases.py",
    "tests/test_settle_examples.py",
    "tests/test_settle_laws.py",
    "tests/test_settle_properties.py",
)
PATH = ("tests/test_settle_whole_path.py", "tests/test_both_readings.py")
TIME = ("tests/test_measure_cases.py", "tests/test_calendar.py", "tests/properties/test_engine.py")
LONGEST = 300
"""Seconds after which a run counts as killed: a mutant that never ends is noticed, too."""


LAST = -1


@dataclass(frozen=True)
class Mutant:
    """One replacement: `old` must stand in the file exactly once, or it is the `nth` occurrence (from 1, or LAST)."""

    file: str
    old: str
    new: str
    why: str
    nth: int = 0
    tests: tuple[str, ...] = MONEY


S = "sla2/settle/"
MUTANTS = (
    # the verdict
    Mutant(S + "judge.py", "return left >= right", "return left > right", "exactly on target is missed"),
    Mutant(S + "judge.py", "return left > right", "return left >= right", "exactly on it is above", 1),
    Mutant(S + "judge.py", "return left <= right", "return left < right", "at most the target is missed"),
    Mutant(S + "judge.py", "number < rule.under", "number <= rule.under", "small numbers up to and including"),
    Mutant(S + "judge.py", "missed <= rule.allow_misses, ", "missed < rule.allow_misses, ", "one miss less allowed"),
    Mutant(S + "judge.py", "return half_up(value, terms.rounding.step.exact)", "return value", "no rounding first"),
    Mutant(S + "together.py", '("missed", "undecided", "met"', '("met", "undecided", "missed"', "best unit decides"),
    # earlier periods
    Mutant(S + "earlier.py", "(one + other) / 2", "one", "not averaged"),
    Mutant(S + "earlier.py", "self.previous = measurement", "self.previous = compared", "averages of averages"),
    Mutant(S + "earlier.py", "raised = (row.bar + mean) / 2", "raised = mean", "raised to the mean"),
    Mutant(S + "earlier.py", "row.bar, row.values = raised, ()", "row.bar = raised", "counting goes on after a raise"),
    Mutant(S + "earlier.py", "else value > bar", "else value >= bar", "on target counts as above"),
    Mutant(S + "earlier.py", ">= rule.periods:", "> rule.periods:", "raised a period late"),
    Mutant(S + "judged.py", "value = min(measured.value + back, Fraction(1))", "value = measured.value", "time twice"),
    # tiers and formulas
    Mutant(
        S + "tiers.py", "value < low or (value == low and not", "value <= low or (value == low and not", "lower bound"
    ),
    Mutant(S + "tiers.py", "value < high or (value == high and", "value <= high or (value == high and", "upper bound"),
    Mutant(S + "each.py", 'if of == "started":', 'if of == "completed":', "started and completed swapped"),
    Mutant(
        S + "each.py",
        "beyond = (target.percent.ratio - candidate.value)",
        "beyond = (1 - candidate.value)",
        "allowance",
    ),
    Mutant(S + "each.py", "candidate.value - (allowed or 0)", "candidate.value", "allowed days late are charged"),
    Mutant(S + "each.py", "abs(limit - candidate.value) / length", "abs(limit - candidate.value)", "step ignored"),
    Mutant(S + "each.py", "* piece.weight", "* 1", "weight ignored"),
    Mutant(S + "gifts.py", "self.base / self.days.number", "self.base / 30", "a day is a thirtieth"),
    Mutant(S + "gross.py", "lost * Fraction(gift.times)", "lost", "times its fee ignored in a tier"),
    Mutant(
        S + "gross.py",
        "share, total = None if share is None else share * factor, total * factor",
        "share, total = None if share is None else share * factor**run, total * factor**run",
        "repeat compounds",
    ),
    Mutant(S + "gross.py", "run > 1 and", "run > 0 and", "the first miss is repeated"),
    Mutant(
        S + "gross.py", "takes.share.ratio * share.percent.ratio * size", "takes.share.ratio * size", "share of pool"
    ),
    Mutant(S + "gross.py", "return min(_lines(least), key=_amount)", "return max(_lines(least), key=_amount)", "least"),
    Mutant(S + "gross.py", 'moved(days, 1 if base.of == "next period" else -1)', "days", "base of another stretch"),
    Mutant(
        S + "gross.py", 'period.last + ONE_DAY if of == "next period"', 'period.last if of == "next period"', "base"
    ),
    Mutant(
        S + "gross.py", "if block.bonus else candidate.missed", "if False else candidate.missed", "bonus for a miss"
    ),
    Mutant(S + "points.py", "number *= factor", "number *= factor**run", "points compound"),
    Mutant(S + "points.py", "run > 1 and", "run > 2 and", "points repeat a period late"),
    Mutant(S + "history.py", "least, most = least + 1, most + 1", "least, most = 1, 1", "no row of misses"),
    # fees and rounding
    Mutant(S + "fees.py", "monthly * Fraction(part.number, whole.number)", "monthly", "part months whole"),
    Mutant(S + "fees.py", "amount / _MONTHS[fee.per], part", "amount, part", "a yearly fee every month"),
    Mutant(S + "fees.py", "(fee.valid_from or start) < days.after", "(fee.valid_from or start) <= days.after", "once"),
    Mutant(S + "rounding.py", "2 * steps.numerator + steps.denominator", "2 * steps.numerator", "half rounded down"),
    Mutant(S + "rounding.py", "(value / step).__floor__()", "(value / step).__ceil__()", "room rounded up"),
    Mutant(
        S + "limits.py",
        'return replace(line.after("unit rounding"',
        'return line or replace(line.after("unit rounding"',
        "no unit rounding",
    ),
    # caps, pools, combination, exposure
    Mutant(S + "limits.py", "min(part.amount, limit * part.count)", "part.amount", "no cap per outage or case"),
    Mutant(
        S + "limits.py",
        "room = down(max(limit - before, Fraction(0))",
        "room = down(max(limit, Fraction(0))",
        "cap forgets earlier periods",
        1,
    ),
    Mutant(S + "limits.py", "if line.amount >= room:", "if line.amount > room:", "a cap exactly used is not reached"),
    Mutant(S + "limits.py", "if line.block.name in cap.together_with)", "if False)", "joint cap of another block"),
    Mutant(
        S + "limits.py",
        "before = used.within(takers, days_of(line.verdict.period), None)",
        "before = Fraction(0)",
        "a pool pays each block in full",
    ),
    Mutant(S + "limits.py", "winner = max(totals", "winner = min(totals", "the lowest is paid"),
    Mutant(S + "limits.py", "(amount == least and not rule.strict)", "amount == least", "exactly the least pays"),
    Mutant(
        S + "limits.py",
        "amount = line.amount if line.unrounded is None else line.unrounded",
        "amount = line.amount",
        "pays if looks at the rounded amount",
    ),
    Mutant(
        S + "used.py",
        "days.first <= last < days.after and unit in (None, of)",
        "days.first < last and unit in (None, of)",
        "spans of caps",
        1,
    ),
    Mutant(S + "spans.py", "add_months(after, -12)", "add_months(after, -11)", "eleven months are twelve"),
    Mutant(
        S + "spans.py", "if add_months(start, 12 * years) > day:", "if add_months(start, 12 * years) >= day:", "year"
    ),
    Mutant(S + "exposure.py", "if line.amount > room:", "if False:", "no maximum exposure"),
    Mutant(
        S + "exposure.py",
        "limit_of(rule, fees, year) if rule.side == side_of(line) else None",
        "limit_of(rule, fees, year)",
        "both sides share one maximum",
    ),
    # the order of steps
    Mutant(S + "ledger.py", "            line = pays_if(line)\n", "", "no pays if"),
    Mutant(
        S + "ledger.py",
        "self._capped(round_unit(line), within)",
        "round_unit(self._capped(line, within))",
        "caps before unit rounding",
    ),
    Mutant(S + "ledger.py", "for line in combine(tuple(done)):", "for line in tuple(done):", "no combination"),
    Mutant(S + "ledger.py", "            within.add(capped)\n", "", "blocks of one period do not see each other"),
    Mutant(S + "ledger.py", "            used.add(line)\n", "", "nothing counts as used"),
    Mutant(S + "ledger.py", "return round_unit(done)", "return done", "an earn-back is not rounded"),
    Mutant(
        S + "ledger.py",
        "one.period.start >= verdict.period.end",
        "one.period.start >= verdict.period.start",
        "earn-back counts the missed period",
    ),
    Mutant(
        S + "ledger.py",
        'result.possible if side == "least" else result.certain',
        "result.possible",
        "an undecided earn-back is certain",
    ),
    Mutant(S + "history.py", "if counted == rule.periods:", "if counted >= rule.periods - 1:", "earned a period early"),
    Mutant(S + "history.py", "if low > limit:", "if low >= limit:", "on target earns back above target"),
    # claims
    Mutant(S + "claim.py", "if made and made[0] <= by:", "if made and made[0] < by:", "the last day is too late"),
    Mutant(S + "claim.py", "if not made and today <= by:", "if not made and today < by:", "lost on the last day"),
    Mutant(S + "claim.py", "(rule.end_of_nth or 1) + 1", "(rule.end_of_nth or 1)", "a billing cycle short"),
    Mutant(S + "claim.py", "line.verdict.period.last < verdict.period.last", "True", "a claim uses its own time"),
    # rights
    Mutant(S + "triggers.py", "len(facts) < trigger.times", "len(facts) <= trigger.times", "one miss more"),
    Mutant(
        S + "triggers.py",
        "[-trigger.periods :]\n    if seen[-1][0]",
        "[-trigger.periods - 1 :]\n    if seen[-1][0]",
        "seven periods are six",
    ),
    Mutant(S + "triggers.py", "if min(low, high) >= bound:", "if min(low, high) > bound:", "an average on the bound"),
    Mutant(S + "triggers.py", "bool(base) and least >= bar", "bool(base) and least > bar", "exactly the share"),
    Mutant(S + "triggers.py", "if high < bar or not now:", "if high <= bar or not now:", "exactly so many points"),
    Mutant(S + "triggers.py", "max(days) > over", "max(days) >= over", "exactly so many days late"),
    Mutant(S + "triggers.py", "most is not None and most > over", "most is not None and most >= over", "downtime"),
    Mutant(S + "triggers.py", "if one[0] not in _SILENT]", "]", "periods without cases break a row"),
    Mutant(
        S + "outage_events.py",
        "if over is not None and one.length > over:",
        "if over is not None and one.length >= over:",
        "an outage of exactly that length",
    ),
    Mutant(
        S + "outage_events.py",
        "one for one in outages if over is not None and one.length > over",
        "one for one in outages if over is not None and one.length >= over",
        "short outages count",
    ),
    Mutant(
        S + "outage_events.py", ">= _back(after, stretch)", "> _back(after, stretch)", "thirty days are twenty-nine"
    ),
    Mutant(S + "outage_events.py", "or started == last.ended", "", "an outage is cut at the end of the month"),
    Mutant(
        S + "rights.py",
        "use_by = _after(arose, right.use_within, contract)",
        "use_by = _after(past.now.last, right.use_within, contract)",
        "use counted from the end of the period",
    ),
    Mutant(S + "opening.py", "Fraction(number) / 100 if share else", "Fraction(number) if share else", "percent"),
    Mutant(
        S + "triggers.py",
        "if len(past.periods) < trigger.periods and low < bar:",
        "if low < bar:",
        "points carried over count for ever",
    ),
    Mutant(S + "refusals.py", 'if unit == "rolling":', "if False:", "a rolling level needs claims", tests=PATH),
    # the other reading of unstated rules
    Mutant(
        "sla2/report/other_readings.py",
        "if rule in _NOT_MEASURED or (",
        "if (",
        "a rule that no log shows seems tried",
        tests=PATH,
    ),
    Mutant(
        "sla2/report/other_readings.py",
        "stated = state(stated, one.level",
        "stated = state(contract, one.level",
        "only the last level is read otherwise",
        tests=PATH,
    ),
    Mutant(
        "sla2/report/other_readings.py",
        "found[points_figure(account)] = ",
        "_ = ",
        "points under another reading are not compared",
        tests=PATH,
    ),
    # clocks
    Mutant(
        "sla2/measure/clocks_sql.py",
        "f.until > f.deadline",
        "f.until >= f.deadline",
        "exactly used up is late",
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "z.c1 - z.c0 - z.paused AS elapsed",
        "z.c1 - z.c0 AS elapsed",
        "pauses run",
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "coalesce(p.shift, 0) + y.given AS moved",
        "y.given AS moved",
        "a pause moves no deadline",
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "greatest(0, m.b - greatest(m.a, coalesce(m.reached, m.a))) AS len",
        "greatest(0, m.b - m.a) AS len",
        "overlapping pauses count twice",
        nth=LAST,
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "(q.x - 1) - (q.x - 1) % q.width",
        "q.x - q.x % q.width",
        "closing time is the next opening",
        nth=LAST,
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "w.a - coalesce(w.before, 0) < w.used_up",
        "1 = 1",
        "a pause after the time was used up moves the deadline",
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "least(coalesce(k.p1 + y.late_end, y.e), y.e) AS p1",
        "coalesce(k.p1 + y.late_end, y.e) AS p1",
        "a pause beyond the stop",
        nth=LAST,
        tests=TIME,
    ),
    Mutant(
        "sla2/measure/clocks_sql.py",
        "greatest(k.p0 + y.late_start, y.s) AS p0",
        "k.p0 + y.late_start AS p0",
        "a pause before the start",
        nth=LAST,
        tests=TIME,
    ),
    Mutant(
        "sla2/contract/calendar.py",
        "instant(datetime.combine(day, hours.end), zone, fold=1)",
        "instant(datetime.combine(day, hours.end), zone, fold=0)",
        "hours end in the first of two hours",
        tests=TIME,
    ),
    Mutant(
        "sla2/contract/calendar.py",
        "instant(datetime.combine(day, hours.start), zone, fold=0)",
        "instant(datetime.combine(day, hours.start), zone, fold=1)",
        "hours begin in the second hour",
        tests=TIME,
    ),
    Mutant(
        "sla2/contract/calendar.py",
        'if calendar.on_holidays != "open" and is_holiday(calendar, day):',
        "if False:",
        "holidays are open",
        tests=TIME,
    ),
)


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copy2(source, folder / name)
    return folder


def broken(text: str, mutant: Mutant) -> str | None:
    """`text` with the replacement; None if `old` does not stand there as the mutant says."""
    number = text.count(mutant.old)
    if mutant.nth == LAST and number:
        head, _, tail = text.rpartition(mutant.old)
        return head + mutant.new + tail
    if number != 1 and not 0 < mutant.nth <= number:
        return None
    before = ""
    for _ in range(max(mutant.nth, 1) - 1):
        head, _, text = text.partition(mutant.old)
        before += head + mutant.old
    return before + text.replace(mutant.old, mutant.new, 1)


def sound(folder: Path, tests: set[str]) -> bool:
    """True if the tests pass as things are: else every mutant would seem to be killed."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *sorted(tests)]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def survives(folder: Path, mutant: Mutant) -> bool | None:
    """True if all tests pass with the mutant; None if it no longer fits its file."""
    file = folder / mutant.file
    right = file.read_text(encoding="utf-8")
    wrong = broken(right, mutant)
    if wrong is None:
        return None
    file.write_text(wrong, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return False
    finally:
        file.write_text(right, encoding="utf-8")
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Run the mutants that hold one of `words` (all without any); 1 if one survived or does not fit."""
    chosen = [one for one in MUTANTS if not words or any(word in f"{one.file} {one.why}" for word in words)]
    left: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = copied(Path(name))
        if not sound(folder, {test for one in chosen for test in one.tests}):
            sys.stdout.write("The tests fail without a mutant: mend them first.\n")
            return 1
        for number, mutant in enumerate(chosen, start=1):
            result = survives(folder, mutant)
            verdict = "does not fit" if result is None else "SURVIVED" if result else "killed"
            line = f"{number}/{len(chosen)} {verdict}: {mutant.file}: {mutant.why}"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            if result is not False:
                left.append(line)
    sys.stdout.write(f"\n{len(chosen) - len(left)} of {len(chosen)} killed\n")
    sys.stdout.writelines(f"{line}\n" for line in left)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
