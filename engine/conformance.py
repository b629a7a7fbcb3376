"""Running the executable BPMN models of the betsy suite, in memory and under virtual time.

The models are written in a neutral dialect: script tasks hold words (`SCRIPT_task1`, `CREATE_MARKER_FILE`, …),
conditions look like Java. Words become jobs that the adapter here does; a job that takes time takes virtual time. A
case passes when its trace tokens are the expected ones, in any order.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine import feel
from engine.errors import InvalidInput, InvalidModel, Rejected
from engine.execution import commands as c
from engine.execution import definitions
from engine.execution import events as e
from engine.execution.bundle import Bundle
from engine.execution.machine import Machine
from engine.execution.state import Instance, Page, State
from engine.execution.wire import Values
from engine.notation.bpmn import Foreign, read_bpmn
from engine.notation.model import Node, Process
from engine.sandbox import Sandbox

TEN_SECONDS = 10_000
DATA = "String"
LASTING = frozenset({"WAIT_TEN_SECONDS", "CREATE_TIMESTAMP_LOG_1", "CREATE_TIMESTAMP_LOG_2"})
SCRIPT, SERVICE = "script:", "service:"


def betsy(folder: Path, expected: Path) -> dict[str, Any]:
    """Run every case that `expected` lists over the models in `folder`: passed, total, and the failures by name.

    Raises InvalidInput when the list is not one, so that a wrong path never looks like success.
    """
    failures: list[dict[str, Any]] = []
    total = 0
    for model in _listed(expected):
        for case in model["cases"]:
            total += 1
            got = _tokens(folder / model["file"], model["name"], case)
            if Counter(got) != Counter(case["expect"]):
                told = {
                    "name": model["name"],
                    "case": case["n"],
                    "expected": sorted(case["expect"]),
                    "got": sorted(got),
                }
                failures.append({"group": model["group"], **told})
    return {"passed": total - len(failures), "total": total, "failures": failures}


def _listed(expected: Path) -> list[dict[str, Any]]:
    try:
        models = json.loads(expected.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"Expected a JSON list of models in '{expected}', but: {error}") from error
    wanted = {"group", "name", "file", "cases"}
    if not isinstance(models, list) or not models or not all(isinstance(m, dict) and wanted <= set(m) for m in models):
        raise InvalidInput(f"Expected '{expected}' to list models with {', '.join(sorted(wanted))}.")
    return models


def _tokens(file: Path, name: str, case: Mapping[str, Any]) -> list[str]:
    try:
        bundle = _bundle(file)
    except OSError as error:
        return [f"ERROR_file: {error}"]
    except InvalidModel:
        return ["ERROR_deployment"]
    run = _Run(bundle)
    variables: Values = {"integerVariable": Decimal(case.get("integerVariable") or 0)}
    if case.get("input") is not None:
        variables["test"] = case["input"]
    run.play(name, variables, bool(case.get("parallel")), int(case.get("delay_ms") or 0))
    return run.tokens()


def _bundle(file: Path) -> Bundle:
    dialect = Foreign(expression=to_feel, script=SCRIPT.__add__, service=SERVICE.__add__)
    diagram = read_bpmn(file.read_bytes(), file=file.name, foreign=dialect)
    return Bundle(file.name, {process.id: process for process in diagram.processes}, zone="UTC")


# The dialect ---------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|\'[^\']*\'|&&|\|\||==|!=|<=|>=|\w+(?:\.\w+)*|\S)')
_WORDS = {"&&": "and", "||": "or", "==": "="}
_METHODS = {"contains": "contains({}, {})", "equals": "({} = {})", "startsWith": "starts with({}, {})"}
_CALL = re.compile(r'(\w+)\.(\w+) \( ("(?:[^"\\]|\\.)*"|\w+) \)')


def to_feel(text: str) -> str:
    """A condition in Java's words as FEEL. Raises ValueError for a method that is not known."""
    inner = re.fullmatch(r"[$#]\{(.*)\}", text.strip(), re.DOTALL)
    counted = re.sub(r"\bnrOf(\w*Instances)\b", r"numberOf\1", inner[1] if inner else text)
    tokens = _TOKEN.findall(counted)
    plain = " ".join(f'"{t[1:-1]}"' if t.startswith("'") else _WORDS.get(t, t) for t in tokens)
    called = _CALL.sub(_method, plain)
    return re.sub(r"! (\w+\([^()]*\)|\([^()]*\)|\w+)", r"not(\1)", called)


def _method(found: "re.Match[str]") -> str:
    subject, name, argument = found.groups()
    if name not in _METHODS:
        raise ValueError(f"Expected one of {', '.join(_METHODS)}, but got '{name}'")
    return _METHODS[name].format(subject, argument)


# One case ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Work:
    """A job to do: the case in which it waits, and when it is done."""

    case: Any
    job: e.JobCreated
    begun: int
    due: int

    @property
    def word(self) -> str:
        return self.job.job_type.removeprefix(SCRIPT)


@dataclass(slots=True)
class _Log:
    """What the scripts wrote."""

    lines: list[str] = field(default_factory=list)
    marker: bool = False
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)

    def parallel(self) -> bool:
        """Whether both timed tasks ran at the same time."""
        if len(self.spans) < 2:
            return False
        (begun, ended), (other_begun, other_ended) = self.spans.values()
        return begun < other_ended and other_begun < ended


class _Run(Sandbox):
    """All processes of a file, the jobs that their scripts are, and the timers that start them."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle)
        self.work: list[_Work] = []
        self.log = _Log()
        self.starting = {id: self._start_timers(process) for id, process in bundle.processes.items()}

    def _start_timers(self, process: Process) -> definitions.Timers:
        command = c.DeployDefinition(process.id, 1, self.bundle.hash, at=self.now)
        return definitions.timers_after({}, definitions.deploy(self.bundle, command))

    def play(self, name: str, variables: Values, parallel: bool, delay: int) -> None:
        """Start what is to be started, and let time pass: the delay, and what begun jobs still take."""
        for process in self._to_start(name, parallel):
            self._begin(process, variables)
        end = self.now + delay
        while (at := self._next()) is not None and (at <= end or self.work):
            self._pass_to(at)
        self.now = max(self.now, end)

    def _to_start(self, name: str, parallel: bool) -> list[str]:
        """The process itself and, beside it, what the case calls parallel.

        Whoever only waits for a signal goes first.
        """
        processes = self.bundle.processes
        main = name if name in processes else next(iter(processes))
        called = {n.call.static_process for p in processes.values() for n in p.nodes.values() if n.call is not None}
        beside = [p.id for p in processes.values() if p.id != main and p.id not in called and p.scopes[p.id].entries]
        others = (beside or [main]) if parallel else []
        listening = [id for id in others if "signal" in processes[id].listens_to]
        return [*listening, main, *(id for id in others if id not in listening)]

    def _begin(self, process: str, variables: Values) -> None:
        """A process that only events start is left to them, but for conditions, which are asked now."""
        try:
            self.start(process, dict(variables))
        except Rejected:
            self.cases = [case for case in self.cases if case.state.head.status != "new"]
        self._do_due()

    def _pass_to(self, at: int) -> None:
        if (timer := self.next_timer()) is not None and timer[0] <= at:
            self.advance_to(at)
        self.now = max(self.now, at)
        for process, timers in self.starting.items():
            for (element, number), armed in list(timers.items()):
                if armed.due <= self.now:
                    self._fire_start(process, element, number, armed)
        self._do_due()

    def _next(self) -> int | None:
        timer = self.next_timer()
        found = [timer[0]] if timer else []
        found += [work.due for work in self.work]
        found += [armed.due for timers in self.starting.values() for armed in timers.values()]
        return min(found, default=None)

    def _fire_start(self, process: str, element: str, number: int, armed: definitions.Armed) -> None:
        command = c.StartByEvent(process, element, f"{process}/{self.now}", armed.due, number=number, at=self.now)
        told = definitions.start(self.starting[process], command)
        self.starting[process] = definitions.timers_after(self.starting[process], told)
        if any(isinstance(event, e.CaseStartedByEvent) for event in told):
            self.start(process, {"integerVariable": Decimal(0)}, element)

    # Jobs ------------------------------------------------------------------------------------------------------------

    def _collect(self, case: Any, told: list[e.Event]) -> None:
        super()._collect(case, told)
        for event in told:
            if isinstance(event, e.JobCreated):
                lasts = TEN_SECONDS if event.job_type.removeprefix(SCRIPT) in LASTING else 0
                self.work.append(_Work(case, event, self.now, self.now + lasts))

    def _do_due(self) -> None:
        while due := [work for work in self.work if work.due <= self.now]:
            self.work.remove(due[0])
            if (found := self._waits(due[0])) is not None:
                self._work(due[0], *found)
                self._deliver()

    def _waits(self, work: _Work) -> tuple[Page, Instance, Node] | None:
        state: State = work.case.state
        machine = Machine(self.bundle, state, c.Continue())
        found = machine.at(work.job.page, work.job.job)
        return found if found is not None and found[1].job is not None else None

    def _work(self, work: _Work, page: Page, instance: Instance, node: Node) -> None:
        scope = Machine(self.bundle, work.case.state, c.Continue()).scope(page, instance)
        word = work.word
        if word == "THROW_ERROR":
            code = next(self._awaited_codes(work.case.state, page, node), None)
            self._do(work.case, c.FailJob(instance.n, word, code=code, page=page.id))
            return
        result: Values = {}
        if word.startswith("SCRIPT_"):
            self.log.lines.append(word)
        elif word == "CREATE_MARKER_FILE":
            self.log.marker = True
        elif word.startswith("INCREMENT_INTEGER_VARIABLE"):
            result = self._increment(word, scope)
        elif word == "SET_STRING_DATA":
            names = {name for mapping in node.outputs for name in mapping.source.free_names}
            result = dict.fromkeys(["data", *sorted(names)], DATA)
        elif word == "LOG_DATA" and DATA in (scope.get("data"), *(instance.variables or {}).values()):
            self.log.lines.append("DATA_correct")
        elif word.startswith("CREATE_TIMESTAMP_LOG_"):
            self.log.spans[word] = (work.begun, work.due)
        self._do(work.case, c.CompleteJob(instance.n, result, page=page.id))

    def _increment(self, word: str, scope: Mapping[str, feel.Value]) -> Values:
        before = scope.get("integerVariable")
        if word.endswith("_AND_LOG"):
            self.log.lines.append("INCREMENT")
        return {"integerVariable": (before if isinstance(before, Decimal) else Decimal(0)) + 1}

    def _awaited_codes(self, state: State, page: Page, node: Node) -> Iterator[str]:
        """The codes that somebody around a task would catch, nearest first: the error thrown has none of its own."""
        machine = Machine(self.bundle, state, c.Continue())
        current: tuple[Page, Node] | None = (page, node)
        while current is not None:
            process = machine.process(current[0])
            scope = process.scopes.get(current[1].scope)
            starts = [
                id for esp in (scope.event_sub_processes if scope else ()) for id in process.scopes[esp].event_starts
            ]
            for id in (*current[1].boundaries, *starts):
                yield from (trigger.code or "" for trigger in process.nodes[id].triggers if trigger.kind == "error")
            host = machine.host(current[0])
            current = (host[0], host[2]) if host is not None else None

    # The result ------------------------------------------------------------------------------------------------------

    def tokens(self) -> list[str]:
        """The trace: what the scripts logged, and what went wrong."""
        found = list(self.log.lines)
        found += ["MARKER_exists"] * self.log.marker + ["EXECUTION_parallel"] * self.log.parallel()
        for case in self.cases:
            for event in (event for _, told in case.trace for event in told):
                if isinstance(event, e.EscalationThrown) and event.caught_by is None:
                    found.append("ERROR_thrownEscalationEvent")
                elif isinstance(event, e.IncidentRaised) and str(event.incident) in case.state.head.incidents:
                    found += self._wrong(case.state.head.process, event)
        return found

    def _wrong(self, process: str, event: e.IncidentRaised) -> list[str]:
        """A branch that waits for ever is no error of the standard, and leaves no trace."""
        if event.kind == "deadlock":
            return []
        node = self.bundle.processes[process].nodes.get(event.element)
        thrown = event.kind == "error" and node is not None and node.job is None
        return ["ERROR_thrownErrorEvent" if thrown else "ERROR_runtime"]
