"""The command path on real databases, one body for SQLite and PostgreSQL."""

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from engine import clock as seam
from engine import history, worklist
from engine import store as tables
from engine.cases import Cases
from engine.errors import (
    CaseNotActive,
    CaseNotFound,
    Conflict,
    DubanError,
    InvalidInput,
    InvalidState,
    KeyReused,
    Rejected,
    TaskNotFound,
)
from engine.execution import commands as c
from engine.execution.state import ROOT
from engine.guard import unguarded
from engine.messages import Messages
from engine.releases import Releases
from engine.worker import BpmnError, Worker
from tests.support.diagrams import (
    boundary,
    definitions,
    end,
    error,
    ext,
    flows,
    message,
    process,
    service,
    signal,
    start,
    timer,
    user,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class Site:
    """One store with everything that runs on it, under a clock that the test moves."""

    def __init__(self, store):
        self.store, self.releases = store, Releases(store)
        self.cases = Cases(store, self.releases)
        self.worker = Worker(self.cases)
        self.messages = Messages(self.cases)
        self.now = NOON
        seam.simulate(lambda: self.now)

    def deploy(self, *parts, key=None):
        own = "".join(part for part in parts if not part.startswith("<process "))
        others = "".join(part for part in parts if part.startswith("<process "))
        text = definitions(process(own), others, key=key)
        return self.releases.deploy({"test.bpmn": text.encode()})

    def start(self, *parts, key=None, **variables):
        self.deploy(*parts, key=key)
        return self.cases.start(c.StartCase("p", variables)).case

    def advance(self, **amount):
        self.now += timedelta(**amount)
        return self.worker.drain()

    def tasks(self, case=None):
        with self.store.reading() as connection:
            rows = worklist.tasks(connection, person="x", tokens=["can:audit"], view="team").items
            return (
                rows
                if case is None
                else [row for row in worklist.tasks_of(connection, case) if row.state in worklist.OPEN]
            )

    def case(self, id):
        with self.store.reading() as connection:
            return worklist.case(connection, id, "x", ["can:audit"])

    def variables(self, id):
        with self.store.reading() as connection:
            state, _ = self.cases.load(connection, id)
            return state.pages[ROOT].variables

    def verdict(self, stream):
        with self.store.reading() as connection:
            return history.verdict(connection, stream, self.releases.bundle)

    def path(self, id):
        with self.store.reading() as connection:
            entries = history.told(connection, f"case/{id}", limit=1000)
        return [
            event["element"] for entry in entries for event in entry["events"] if event["type"] == "ElementCompleted"
        ]

    def count(self, table):
        with self.store.reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


@pytest.fixture
def site(store):
    yield Site(store)
    seam.simulate(None)


ONE_TASK = (start(), user("a"), end(), flows("s a", "a e"))


def test_a_case_runs_from_start_to_end_and_its_history_proves_itself(site):
    case = site.start(*ONE_TASK)
    (task,) = site.tasks(case)
    answer = site.cases.handle(case, c.CompleteTask(task.n, {"amount": Decimal("1.50")}))
    assert answer.status == "completed"
    assert site.variables(case) == {"amount": Decimal("1.50")}
    verdict = site.verdict(f"case/{case}")
    assert (verdict.chain, verdict.reexecution, verdict.entries) == ("whole", "same", 2)


def test_completing_a_task_twice_is_refused_and_changes_nothing(site):
    case = site.start(start(), user("a"), user("b"), flows("s a", "a b"))
    (task,) = site.tasks(case)
    site.cases.handle(case, c.CompleteTask(task.n))
    with pytest.raises(InvalidState):
        site.cases.handle(case, c.CompleteTask(task.n))
    assert site.case(case).seq == 2


def test_unknown_cases_and_tasks_are_not_found(site):
    case = site.start(*ONE_TASK)
    with pytest.raises(CaseNotFound):
        site.cases.handle("2603-nowhere", c.CompleteTask(1))
    with pytest.raises(TaskNotFound):
        site.cases.handle(case, c.CompleteTask(999))


def test_a_stale_version_is_a_conflict(site):
    case = site.start(*ONE_TASK)
    (task,) = site.tasks(case)
    with pytest.raises(Conflict):
        site.cases.handle(case, c.CompleteTask(task.n, version=task.version + 1))


def test_the_same_key_gives_the_stored_answer_and_another_body_is_refused(site):
    case = site.start(start(), user("a"), user("b"), flows("s a", "a b"))
    (task,) = site.tasks(case)
    first = site.cases.handle(case, c.CompleteTask(task.n, {"v": "1"}), key="k")
    again = site.cases.handle(case, c.CompleteTask(task.n, {"v": "1"}), key="k")
    assert (again.seq, again.created, again.replayed) == (first.seq, first.created, True)
    with pytest.raises(KeyReused):
        site.cases.handle(case, c.CompleteTask(task.n, {"v": "2"}), key="k")
    assert site.case(case).seq == 2


def together(count, work):
    """Run `work(i)` in as many threads at once; returns what each returned or raised."""
    outcomes, barrier = [None] * count, threading.Barrier(count)

    def one(i):
        barrier.wait()
        try:
            outcomes[i] = work(i)
        except DubanError as error:
            outcomes[i] = error

    threads = [threading.Thread(target=one, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_fifty_completions_of_one_task_are_one_success_and_forty_nine_conflicts(site):
    case = site.start(*ONE_TASK)
    (task,) = site.tasks(case)
    outcomes = together(50, lambda i: site.cases.handle(case, c.CompleteTask(task.n, {"by": str(i)})))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    assert len(refused) == 49
    assert site.case(case).seq == 2
    assert site.verdict(f"case/{case}").reexecution == "same"


def test_one_key_sent_twenty_times_at_once_has_one_effect(site):
    site.deploy(*ONE_TASK)
    outcomes = together(20, lambda _: site.cases.start(c.StartCase("p", {"x": "1"}), key="same"))
    assert len({outcome.case for outcome in outcomes}) == 1
    assert site.count(tables.cases) == 1
    case = outcomes[0].case
    (task,) = site.tasks(case)
    completed = together(20, lambda _: site.cases.handle(case, c.CompleteTask(task.n), key="done"))
    assert {(outcome.seq, outcome.status) for outcome in completed} == {(2, "completed")}


def test_cases_do_not_wait_for_each_other(site):
    site.deploy(*ONE_TASK)
    started = together(8, lambda _: site.cases.start(c.StartCase("p")).case)
    assert len(set(started)) == 8
    assert {site.verdict(f"case/{case}").reexecution for case in started} == {"same"}


# Time ----------------------------------------------------------------------------------------------------------------


def test_a_due_timer_fires_once_however_many_workers_look(site):
    case = site.start(
        start(), user("a"), boundary("b", "a", timer("duration", "PT1H")), '<task id="late"/>', flows("s a", "b late")
    )
    site.now += timedelta(hours=1)
    workers = [Worker(site.cases) for _ in range(4)]
    together(4, lambda i: workers[i].drain())
    assert site.path(case) == ["s", "b", "late"]
    assert site.case(case).status == "completed"


def test_a_timer_that_is_not_due_is_refused(site):
    case = site.start(start(), user("a"), boundary("b", "a", timer("duration", "PT1H")), flows("s a"))
    with site.store.reading() as connection:
        n = connection.execute(sa.select(tables.timers.c.n)).scalar_one()
    with pytest.raises(InvalidState):
        site.cases.handle(case, c.FireTimer(n))


def test_missed_turns_of_a_cycle_are_told_and_not_made_up(site):
    case = site.start(
        start(), user("a"), boundary("b", "a", timer("cycle", "R/PT1H"), False), '<task id="t"/>', flows("s a", "b t")
    )
    site.advance(hours=5, minutes=30)
    assert site.path(case).count("t") == 1
    site.advance(minutes=30)
    assert site.path(case).count("t") == 2


MISFIRES = pytest.mark.parametrize(
    ("policy", "expected"), [("once", [1, 2, 3]), ("all", [5, 6, 7]), ("skip", [0, 1, 2])]
)  # after a standstill of five and a half hours, and after each of the next two turns


@MISFIRES
def test_what_becomes_of_missed_turns_is_said_by_the_diagram(site, policy, expected):
    repeated = ext(f'<duban:misfire policy="{policy}"/>') + timer("cycle", "R/PT1H")
    case = site.start(start(), user("a"), boundary("b", "a", repeated, False), '<task id="t"/>', flows("s a", "b t"))
    found = []
    for minutes in (330, 30, 60):
        site.advance(minutes=minutes)
        found.append(site.path(case).count("t"))
    assert found == expected
    assert site.verdict(f"case/{case}").reexecution == "same"


@MISFIRES
def test_missed_turns_of_a_start_timer_begin_as_many_cases_as_the_diagram_says(site, policy, expected):
    repeated = ext(f'<duban:misfire policy="{policy}"/>') + timer("cycle", "R/PT1H")
    site.deploy(f'<startEvent id="s">{repeated}</startEvent>', user("a"), flows("s a"))
    found = []
    for minutes in (330, 30, 60):
        site.advance(minutes=minutes)
        found.append(site.count(tables.cases))
    assert found == expected
    assert site.verdict("definition/p").reexecution == "same"


def test_a_cycle_whose_turns_were_all_missed_and_left_out_has_ended(site):
    repeated = ext('<duban:misfire policy="skip"/>') + timer("cycle", "R3/PT1H")
    case = site.start(start(), user("a"), boundary("b", "a", repeated), '<task id="t"/>', flows("s a", "b t"))
    site.advance(hours=24)
    assert (site.path(case), site.count(tables.timers)) == (["s"], 0)
    assert site.case(case).status == "active"


def test_a_suspended_case_keeps_its_timers_until_it_is_resumed(site):
    case = site.start(start(), user("a"), boundary("b", "a", timer("duration", "PT1H")), flows("s a"))
    site.cases.handle(case, c.SuspendCase("audit"))
    site.advance(hours=2)
    assert site.case(case).status == "suspended"
    with pytest.raises(CaseNotActive):
        site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n))
    site.cases.handle(case, c.ResumeCase())
    site.worker.drain()
    assert site.path(case) == ["s", "b"]


def test_start_timers_begin_cases_and_end_with_their_version(site):
    site.deploy(f'<startEvent id="s">{timer("cycle", "R/PT1H")}</startEvent>', user("a"), flows("s a"))
    site.advance(hours=1)
    site.advance(hours=1)
    assert site.count(tables.cases) == 2
    assert site.verdict("definition/p").reexecution == "same"
    site.deploy(*ONE_TASK)
    site.advance(hours=3)
    assert site.count(tables.cases) == 2


TWO_TIMERS = f'<startEvent id="s">{timer("cycle", "R2/PT1H")}{timer("duration", "PT90M")}</startEvent>'
TWO_NAMES = """<startEvent id="s"><messageEventDefinition id="d1" messageRef="message-A"/>
    <signalEventDefinition id="d2" signalRef="signal-B"/></startEvent>"""


def test_every_timer_of_a_start_event_with_several_begins_its_cases(site):
    site.deploy(TWO_TIMERS, user("a"), flows("s a"))
    started = []
    for _ in range(6):
        site.advance(minutes=30)
        started.append(site.count(tables.cases))
    assert started == [0, 1, 2, 3, 3, 3]
    assert site.verdict("definition/p").reexecution == "same"


def test_a_new_version_takes_over_all_starts_of_the_one_before(site):
    site.deploy(TWO_TIMERS, user("a"), flows("s a"))
    site.deploy(TWO_NAMES, user("a"), flows("s a"))
    site.advance(hours=3)
    assert (site.count(tables.cases), site.count(tables.start_timers)) == (0, 0)
    site.messages.publish("A", "1")
    site.messages.broadcast("B")
    site.worker.drain()
    assert site.count(tables.cases) == 2
    site.deploy(TWO_TIMERS, user("a"), flows("s a"))
    assert (site.count(tables.start_subscriptions), site.count(tables.start_timers)) == (0, 2)
    site.advance(hours=1)
    assert site.count(tables.cases) == 3
    assert site.verdict("definition/p").reexecution == "same"


def test_a_clock_that_jumps_back_does_not_take_the_history_with_it(site):
    case = site.start(start(), user("a"), user("b"), flows("s a", "a b"))
    site.now -= timedelta(hours=1)
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n))
    with site.store.reading() as connection:
        assert len({entry["at"] for entry in history.told(connection, f"case/{case}")}) == 1


# Messages and signals ------------------------------------------------------------------------------------------------

RECEIVE = (start(), '<receiveTask id="r" messageRef="message-A"/>', user("after"), flows("s r", "r after"))


def test_a_message_reaches_the_case_with_its_key_once(site):
    site.deploy(*RECEIVE, key="=no")
    one, two = (site.cases.start(c.StartCase("p", {"no": no})).case for no in ("1", "2"))
    for _ in range(3):
        site.messages.publish("A", "2", {"x": "hello"}, id="m1")
    site.worker.drain()
    assert site.variables(two) == {"no": "2", "x": "hello"}
    assert site.path(one) == ["s"]
    assert site.count(tables.messages) == 1


def test_one_message_published_by_many_at_once_is_one_message(site):
    site.deploy(*RECEIVE, key="=no")
    outcomes = together(8, lambda _: site.messages.publish("A", "2", {"x": "hello"}, id="m1"))
    assert set(outcomes) == {"pending"}
    assert site.count(tables.messages) == 1


def test_an_early_message_waits_and_a_late_one_expires(site):
    site.deploy(
        start(), user("first"), '<receiveTask id="r" messageRef="message-A"/>', flows("s first", "first r"), key="=no"
    )
    case = site.cases.start(c.StartCase("p", {"no": "1"})).case
    site.messages.publish("A", "1", ttl=3_600_000)
    site.worker.drain()
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n))
    site.worker.drain()
    assert site.case(case).status == "completed"
    late = site.cases.start(c.StartCase("p", {"no": "2"})).case
    site.messages.publish("A", "2", ttl=60_000)
    site.worker.drain()
    site.advance(minutes=2)
    site.cases.handle(late, c.CompleteTask(site.tasks(late)[0].n))
    site.worker.drain()
    assert site.case(late).status == "active"


def test_a_case_sends_a_message_that_starts_another(site):
    receiver = process(f'<startEvent id="rs">{message("A")}</startEvent>', user("ra"), flows("rs ra"), id="q")
    inputs = '<zeebe:ioMapping><zeebe:input source="=no" target="sent"/></zeebe:ioMapping>'
    send = f'<sendTask id="send" messageRef="message-A">{ext(inputs)}</sendTask>'
    site.start(start(), send, flows("s send"), receiver, key="=no", no="7")
    site.worker.drain()
    (task,) = site.tasks()
    assert task.process == "q"
    assert site.variables(task.case_id) == {"sent": "7"}
    assert site.verdict("definition/q").reexecution == "same"


def test_a_signal_reaches_every_case_that_listens(site):
    catch = f'<intermediateCatchEvent id="c">{signal("A")}</intermediateCatchEvent>'
    site.deploy(start(), catch, flows("s c"))
    cases = [site.cases.start(c.StartCase("p")).case for _ in range(3)]
    site.messages.broadcast("A")
    site.worker.drain()
    assert {site.case(case).status for case in cases} == {"completed"}


# Jobs and incidents --------------------------------------------------------------------------------------------------


def test_a_job_runs_its_handler_with_what_the_element_sees(site):
    seen = []

    def mail(work):
        seen.append((work.type, dict(work.variables), work.key))
        return {"sent": True}

    site.worker.handlers = {"mail": mail}
    case = site.start(start(), service("a", "mail"), flows("s a"), to="li")
    site.worker.drain()
    assert seen == [("mail", {"to": "li"}, f"{case}/2")]
    assert site.variables(case) == {"to": "li", "sent": True}


def test_a_failing_job_is_tried_again_later_and_then_becomes_an_incident_that_a_retry_ends(site):
    attempts = []

    def broken(work):
        attempts.append(work.retries)
        if len(attempts) <= 3:
            raise OSError("no network")
        return {}

    site.worker.handlers = {"mail": broken}
    case = site.start(start(), service("a", "mail"), flows("s a"))
    site.worker.drain()
    assert attempts == [3]
    site.advance(hours=1)
    site.advance(hours=1)
    assert attempts == [3, 2, 1]
    with site.store.reading() as connection:
        (incident,) = worklist.incidents_of(connection, case)
    assert "no network" in incident.message
    site.advance(hours=9)
    assert len(attempts) == 3
    site.cases.handle(case, c.RetryIncident(incident.n))
    site.worker.drain()
    assert site.case(case).status == "completed"
    assert site.case(case).open_incidents == 0


def test_a_retried_job_gets_the_data_that_was_put_right_meanwhile(site):
    seen = []

    def expect_a_station(work):
        seen.append(dict(work.variables)["place"])
        if work.variables["place"] != "S01":
            raise InvalidInput("Expected a station")
        return {}

    site.worker.handlers = {"assign": expect_a_station}
    inputs = '<zeebe:ioMapping><zeebe:input source="=upper case(place)" target="place"/></zeebe:ioMapping>'
    job = f'<serviceTask id="a">{ext("""<zeebe:taskDefinition type="assign"/>""", inputs)}</serviceTask>'
    case = site.start(start(), job, flows("s a"), place="x")
    site.worker.drain()
    with site.store.reading() as connection:
        (incident,) = worklist.incidents_of(connection, case)
    site.cases.handle(case, c.SetVariables({"place": "s01"}, "a slip"))
    site.cases.handle(case, c.RetryIncident(incident.n))
    site.worker.drain()
    assert seen == ["X", "S01"]
    assert (site.case(case).status, site.case(case).open_incidents) == ("completed", 0)
    assert site.verdict(f"case/{case}").reexecution == "same"


def test_a_handler_can_throw_a_bpmn_error(site):
    def refuse(work):
        raise BpmnError("E1", variables={"why": "no"})

    site.worker.handlers = {"mail": refuse}
    case = site.start(
        start(), service("a", "mail"), boundary("b", "a", error("E1")), user("fix"), flows("s a", "b fix")
    )
    site.worker.drain()
    assert [task.element for task in site.tasks(case)] == ["fix"]


def test_a_failed_expression_is_an_incident_that_keeps_the_input_and_can_be_mended(site):
    gateway = '<exclusiveGateway id="g" default="g-b"/><task id="b"/><task id="c"/>'
    case = site.start(start(), user("a"), gateway, flows("s a", "a g", "g c =missing > 1", "g b"))
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n, {"typed": "kept"}))
    assert site.case(case).open_incidents == 1
    assert site.variables(case)["typed"] == "kept"
    with site.store.reading() as connection:
        (incident,) = worklist.incidents_of(connection, case)
    site.cases.handle(case, c.SetVariables({"missing": Decimal(2)}, "was forgotten"))
    site.cases.handle(case, c.RetryIncident(incident.n))
    assert site.path(case)[-1] == "c"
    assert site.verdict(f"case/{case}").reexecution == "same"


# Operating -----------------------------------------------------------------------------------------------------------


def test_cancelling_a_case_ends_everything_in_it(site):
    case = site.start(start(), user("a"), boundary("b", "a", timer("duration", "PT1H")), flows("s a"))
    site.cases.handle(case, c.CancelCase("mistake"))
    assert site.case(case).status == "cancelled"
    assert site.tasks(case) == []
    assert site.count(tables.timers) == 0


def test_a_token_can_be_moved_within_its_scope_only(site):
    case = site.start(start(), user("a"), user("b"), flows("s a", "a b"))
    task = site.tasks(case)[0]
    with pytest.raises(InvalidInput):
        site.cases.handle(case, c.MoveToken(task.n, "nowhere"))
    site.cases.handle(case, c.MoveToken(task.n, "b", "skipped"))
    assert [open_task.element for open_task in site.tasks(case)] == ["b"]


def test_a_token_inside_a_sub_process_can_be_moved(site):
    inner = start("s2"), user("a"), user("b"), flows("s2 a", "a b")
    case = site.start(start(), f'<subProcess id="sp">{"".join(inner)}</subProcess>', flows("s sp"))
    site.cases.handle(case, c.MoveToken(site.tasks(case)[0].n, "b"))
    assert [task.element for task in site.tasks(case)] == ["b"]
    assert site.verdict(f"case/{case}").reexecution == "same"


def test_a_case_migrates_with_its_task_or_not_at_all(site):
    case = site.start(*ONE_TASK)
    renamed = site.deploy(start(), user("z"), user("more"), end(), flows("s z", "z more", "more e"))
    with pytest.raises(InvalidInput):
        site.cases.handle(case, c.MigrateCase(renamed.hash))
    site.cases.handle(case, c.MigrateCase(renamed.hash, {"a": "z"}))
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n))
    assert [task.element for task in site.tasks(case)] == ["more"]
    assert site.verdict(f"case/{case}").reexecution == "same"


def test_a_large_multi_instance_is_worked_off_in_pieces_and_stays_cheap_to_step(site):
    loop = '<zeebe:loopCharacteristics inputCollection="=for i in 1..3000 return i" inputElement="i"/>'
    task = (
        f'<userTask id="a"><multiInstanceLoopCharacteristics>{ext(loop)}</multiInstanceLoopCharacteristics></userTask>'
    )
    case = site.start(start(), task, boundary("b", "a", timer("duration", "PT1H")), flows("s a"))
    site.worker.drain()
    assert site.case(case).open_tasks == 3000
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[1500].n))
    with site.store.reading() as connection:
        last = history.told(connection, f"case/{case}", descending=True, limit=1)[0]
    assert Counter(event["type"] for event in last["events"])["ScopeClosed"] == 1
    site.advance(hours=1)
    assert site.case(case).status == "completed"
    assert site.count(tables.pages) == 1
    assert site.verdict(f"case/{case}").reexecution == "same"


# Releases ------------------------------------------------------------------------------------------------------------


def test_identical_content_makes_no_new_version_and_running_cases_keep_theirs(site):
    first = site.deploy(*ONE_TASK)
    case = site.cases.start(c.StartCase("p")).case
    assert site.deploy(*ONE_TASK).unchanged
    second = site.deploy(start(), user("other"), flows("s other"))
    assert (second.processes, site.case(case).release) == ({"p": 2}, first.hash)
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n))
    assert site.case(case).status == "completed"


def test_tampering_is_named(site):
    case = site.start(*ONE_TASK)
    site.cases.handle(case, c.CompleteTask(site.tasks(case)[0].n, {"amount": Decimal(1)}))
    with site.store.transaction() as connection, unguarded(connection):
        mine = tables.entries.update().where(tables.entries.c.stream == f"case/{case}", tables.entries.c.seq == 2)
        data = connection.execute(
            sa.select(tables.entries.c.bytes).where(
                tables.entries.c.stream == f"case/{case}", tables.entries.c.seq == 2
            )
        ).scalar_one()
        connection.execute(mine.values(bytes=bytes(data).replace(b'{"n":"1"}', b'{"n":"9"}')))
    verdict = site.verdict(f"case/{case}")
    assert (verdict.chain, verdict.seq) == ("broken", 2)
