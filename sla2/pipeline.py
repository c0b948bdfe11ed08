"""The stages in order, and nothing else: which value each stage gets, and from which stage it comes.

In: a `Request` (file names, days, language). Out: one property per stage, computed when it is first asked for and timed
under its name. It is the only file that knows all stages. It holds no rule of the domain. A stage that a command does
not ask for is not even imported.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from sla2.later import Later

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from sla2 import loading
    from sla2 import recall as recalling
    from sla2.checks import echoes
    from sla2.checks import run as checking
    from sla2.checks.run import Findings
    from sla2.contract import calendar as reckoning
    from sla2.contract import from_syntax as contracting
    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic
    from sla2.document.audience import Audience
    from sla2.document.blocks import Document
    from sla2.draft import from_words as drafting
    from sla2.loading import Loaded
    from sla2.logs import covered as covering
    from sla2.logs import from_mapping as importing
    from sla2.logs.log import Log
    from sla2.measure import options as trialling
    from sla2.measure import run as measuring
    from sla2.measure.measurement import Measurements
    from sla2.recall import Recalled
    from sla2.report import compliance as reporting
    from sla2.report import frame as framing
    from sla2.report import other_readings as rereading
    from sla2.report import trust as trust_reporting
    from sla2.report.frame import Frame, Unstated
    from sla2.settle import examples as trying
    from sla2.settle import from_measurements as settling
    from sla2.settle import given as giving
    from sla2.settle import options as weighing
    from sla2.settle.examples import ExampleResult
    from sla2.settle.given import Given
    from sla2.settle.options import OptionColumn
    from sla2.settle.verdict import Settlement
    from sla2.source import format as formatting
    from sla2.trust import felt as feeling
    from sla2.trust import from_verdicts as trusting
    from sla2.trust.trust import Trust
    from sla2.words import clauses as wording
else:
    loading = Later("sla2.loading")
    recalling = Later("sla2.recall")
    contracting = Later("sla2.contract.from_syntax")
    echoes = Later("sla2.checks.echoes")
    checking = Later("sla2.checks.run")
    formatting = Later("sla2.source.format")
    covering = Later("sla2.logs.covered")
    importing = Later("sla2.logs.from_mapping")
    trialling = Later("sla2.measure.options")
    measuring = Later("sla2.measure.run")
    giving = Later("sla2.settle.given")
    settling = Later("sla2.settle.from_measurements")
    weighing = Later("sla2.settle.options")
    drafting = Later("sla2.draft.from_words")
    trying = Later("sla2.settle.examples")
    wording = Later("sla2.words.clauses")
    reporting = Later("sla2.report.compliance")
    framing = Later("sla2.report.frame")
    rereading = Later("sla2.report.other_readings")
    trust_reporting = Later("sla2.report.trust")
    trusting = Later("sla2.trust.from_verdicts")
    feeling = Later("sla2.trust.felt")
    reckoning = Later("sla2.contract.calendar")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a contract, and for a report the mappings of its log, the days [start, end) and the last day that
    is believed. Days that are not given follow from the contract and from what the log says it covers."""

    contract: str
    mappings: tuple[Path, ...] = ()
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    language: Language | None = None
    audience: Audience = "internal"
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class Days:
    """The days of one run: measured from, reported [start, end), believed until `as_of`, on the day `today`."""

    measured: date
    start: date
    end: date
    as_of: int
    today: date


def disagreements(tried: tuple[ExampleResult, ...]) -> tuple[Diagnostic, ...]:
    """The findings on worked examples that disagree with their contract, or cannot be run (SLA660, SLA661)."""
    return tuple(one for result in tried for one in result.diagnostics if one.code in ("SLA660", "SLA661"))


def _stage(compute: Callable[[Pipeline], _T]) -> cached_property[_T]:
    """A stage: computed once, its own time (without that of the stages it asked) kept under its name."""

    def timed(line: Pipeline) -> _T:
        begin, inner = perf_counter(), sum(line.timings.values())
        try:
            with line.told(compute.__name__):
                return compute(line)
        finally:
            earlier = sum(line.timings.values()) - inner
            line.timings[compute.__name__] = perf_counter() - begin - earlier

    return cached_property(timed)


def untold(name: str) -> AbstractContextManager[None]:
    """Nobody is told of a stage."""
    return nullcontext()


class Pipeline:
    """One contract on its way; `timings` holds the seconds that each stage took, `told` is entered with the name of
    each stage while that is computed."""

    def __init__(self, request: Request, told: Callable[[str], AbstractContextManager[None]] = untold) -> None:
        self.request = request
        self.told = told
        self.timings: dict[str, float] = {}

    def asked(self, request: Request) -> Pipeline:
        """Another question about the contract as it was read; standard input can be read only once."""
        line = Pipeline(request, self.told)
        line.recalled = self.recalled
        if line.recalled is None:
            line.loaded = self.loaded
        return line

    @_stage
    def loaded(self) -> Loaded:
        """The contract's file with all files it needs. Raises: files.Unreadable."""
        return loading.load(self.request.contract)

    @cached_property
    def recalled(self) -> Recalled | None:
        """The contract as it was read before, if that was without a finding and no file of it has changed since."""
        return None if "loaded" in vars(self) else recalling.recall(self.request.contract)

    @property
    def seen(self) -> Loaded | Recalled:
        """The files as they were read for the contract, or else for their form."""
        recalled: Recalled | None = vars(self).get("recalled")
        return recalled or self.loaded

    @property
    def path(self) -> str:
        """The contract's file as the user named it."""
        return self.seen.path

    @property
    def text(self) -> str:
        """The text of the contract's file."""
        return self.seen.text

    @property
    def texts(self) -> dict[str, str]:
        """The texts of all files that were read, for excerpts."""
        return self.seen.texts

    @_stage
    def formatted(self) -> tuple[str | None, tuple[Diagnostic, ...]]:
        """The text in the standard form; None with the reasons if it has mistakes of form."""
        return formatting.format_text(self.text, self.path)

    @_stage
    def read(self) -> tuple[Contract | None, tuple[Diagnostic, ...]]:
        """The typed contract, and what was wrong with reading it."""
        if self.recalled is not None:
            return self.recalled.contract, ()
        loaded = self.loaded
        if loaded.document is None:
            return None, tuple(loaded.diagnostics)
        contract, found = contracting.from_syntax(loaded.document, included=loaded.included, holidays=loaded.holidays)
        if contract is not None and not found and not loaded.diagnostics:
            recalling.keep(loaded, contract)
        return contract, (*loaded.diagnostics, *found)

    @property
    def contract(self) -> Contract | None:
        """The typed contract; None if it has errors of form or names."""
        return self.read[0]

    @_stage
    def checked(self) -> Findings | None:
        """What the checks found, shown and silenced; None without a contract."""
        return checking.run(self.contract) if self.contract is not None else None

    @property
    def unsound(self) -> tuple[Diagnostic, ...]:
        """Findings with an error that keeps later stages from reckoning with the contract; empty if there is none."""
        needed = {check.CODE.id for check in checking.NEEDED}
        missing = self.checked.shown if self.checked is not None else ()
        found = (*self.read[1], *(one for one in missing if one.code in needed))
        return found if self.contract is None or any(one.severity == "error" for one in found) else ()

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Everything there is to say about the contract, silenced findings left out.

        Worked examples are tried if there is no error: what disagrees with a contract that has one proves nothing.
        """
        errors = self.read[1]
        document = self.loaded.document if errors else None
        shown = self.checked.shown if self.checked is not None else ()
        blocks = document.blocks if document is not None else ()
        told = (*errors, *echoes.without_echoes(shown, errors, blocks))
        found = (*told, *self.placeholders)
        return found if any(one.severity == "error" for one in found) else (*found, *disagreements(self.tried_at_once))

    @_stage
    def placeholders(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the placeholders of clauses; the words are imported only where there are any."""
        if self.contract is None:
            return ()
        texts = (text for clause in self.contract.clauses for _, text in clause.texts)
        return wording.placeholder_findings(self.contract) if any("{{" in one or "}}" in one for one in texts) else ()

    @_stage
    def tried_at_once(self) -> tuple[ExampleResult, ...]:
        """The worked examples without tickets and outages, which take time to measure: those are left to `tried`."""
        contract = self.contract
        if contract is None or self.unsound or all(example.needs_log for example in contract.examples):
            return ()
        return trying.run_examples(contract, logs=False)

    @_stage
    def tried(self) -> tuple[ExampleResult, ...]:
        """The worked examples of the contract, each run."""
        return trying.run_examples(self.contract) if self.contract is not None else ()

    @_stage
    def drafted(self) -> tuple[Document | None, tuple[Diagnostic, ...]]:
        """The draft in the language asked for, with the terms in force on the day asked for (else as signed)."""
        if self.contract is None:
            return None, ()
        asked = self.request
        return drafting.draft(
            self.contract, self.language, today=asked.as_of, audience=asked.audience, status=asked.status
        )

    @_stage
    def imported(self) -> tuple[Log | None, tuple[Diagnostic, ...]]:
        """The log in canonical tables; None if an export contradicts its declaration."""
        return importing.read_log(self.request.mappings)

    @property
    def days(self) -> Days | None:
        """The days of this run; None without a contract, a log, or a word on how far the log reaches."""
        contract, log = self.contract, self.imported[0]
        if contract is None or contract.timezone is None or log is None:
            return None
        zone, asked = contract.timezone, self.request
        starts, ends = covering.covered(log)
        if asked.as_of is not None:
            as_of = reckoning.day_start(asked.as_of + timedelta(days=1), zone)
        elif ends:
            as_of = max(ends)
        else:
            return None
        today = reckoning.local_date(as_of - 1, zone)
        known = [reckoning.local_date(min(starts), zone)] if starts else []
        known += [contract.term.start] if contract.term is not None else []
        first = max(known, default=asked.start or today)
        start = asked.start or first
        return Days(min(first, start), start, asked.end or today + timedelta(days=1), as_of, today)

    @_stage
    def measured(self) -> tuple[Measurements | None, tuple[Diagnostic, ...]]:
        """Every case judged, every level measured."""
        contract, log, days = self.contract, self.imported[0], self.days
        if contract is None or log is None or days is None:
            return None, ()
        return measuring.measure(contract, log, days.measured, days.end, days.as_of)

    @_stage
    def settled(self) -> tuple[Settlement | None, tuple[Diagnostic, ...]]:
        """Verdicts, and what is owed."""
        contract, log, days, measurements = self.contract, self.imported[0], self.days, self.measured[0]
        if contract is None or log is None or days is None or measurements is None:
            return None, ()
        return settling.settle(measurements, given=self.given(log, contract), start=days.start, end=days.end)

    @staticmethod
    def given(log: Log, contract: Contract) -> Given:
        """Claims and invoices of the log."""
        return giving.given_from_log(log, contract.timezone or "UTC")

    @_stage
    def read_otherwise(self) -> tuple[tuple[Unstated, ...], Settlement | None]:
        """What the other reading of each unstated rule would change; the settlement with such verdicts marked."""
        contract, log, days, settlement = self.contract, self.imported[0], self.days, self.settled[0]
        if contract is None or log is None or days is None or settlement is None:
            return (), settlement
        found = (*self.measured[1], *self.settled[1])
        given, kept = self.given(log, contract), self.measured[0]
        run = rereading.Run(log, given, days.measured, days.start, days.end, days.as_of, found, kept)
        return rereading.other_readings(contract, settlement, run)

    @property
    def language(self) -> Language:
        """The language that was asked for, else the first one of the contract."""
        if self.request.language is not None:
            return self.request.language
        return self.contract.languages[0] if self.contract is not None and self.contract.languages else "en"

    @property
    def frame(self) -> Frame | None:
        """What a report and the proof of a figure are made from."""
        contract, log, days = self.contract, self.imported[0], self.days
        measurements, settlement = self.measured[0], self.settled[0]
        if contract is None or log is None or days is None or measurements is None or settlement is None:
            return None
        found = (*self.imported[1], *self.measured[1], *self.settled[1])
        return framing.Frame(
            contract, settlement, measurements, log.imports, days.start, days.end, days.today, self.language, found
        )

    @_stage
    def tried_options(self) -> tuple[OptionColumn, ...]:
        """What each option of each open passage would have come to."""
        contract, log, days, measurements = self.contract, self.imported[0], self.days, self.measured[0]
        if contract is None or log is None or days is None or measurements is None:
            return ()
        if not any(passage.options for passage in contract.passages):
            return ()
        runs, _ = trialling.measure_options(measurements, log, days.measured, days.end)
        return weighing.option_columns(runs, given=self.given(log, contract), start=days.start, end=days.end)

    @property
    def whole_frame(self) -> Frame | None:
        """The frame with what other readings would change: for reports, at the price of judging the log again."""
        frame, (unstated, settlement) = self.frame, self.read_otherwise
        if frame is None or settlement is None:
            return None
        checked = self.checked.shown if self.checked is not None else ()
        return replace(frame, settlement=settlement, unstated=unstated, checked=checked, options=self.tried_options)

    @_stage
    def reported(self) -> Document | None:
        """The compliance report."""
        frame = self.whole_frame
        return reporting.compliance(frame) if frame is not None else None

    @_stage
    def felt(self) -> Measurements | None:
        """The same measurement with each ticket at the priority that its hindered users call for; None without them."""
        contract, log, days = self.contract, self.imported[0], self.days
        if contract is None or log is None or days is None:
            return None
        priorities = feeling.felt_priorities(contract, log, days.as_of)
        if not priorities:
            return None
        return measuring.measure(contract, feeling.felt_log(log, priorities), days.measured, days.end, days.as_of)[0]

    @_stage
    def trusted(self) -> tuple[Trust | None, tuple[Diagnostic, ...]]:
        """What both sides kept of what they promised."""
        frame, log = self.frame, self.imported[0]
        if frame is None or log is None:
            return None, ()
        start, end = (reckoning.day_start(day, frame.zone) for day in (frame.start, frame.end))
        return trusting.trust(frame.contract, frame.settlement, frame.measurements, log, start, end, as_felt=self.felt)

    @_stage
    def trust_reported(self) -> Document | None:
        """The trust report."""
        frame, trust = self.frame, self.trusted[0]
        return trust_reporting.trust_report(frame, trust) if frame is not None and trust is not None else None
