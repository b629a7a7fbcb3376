"""Real histories decided by a draft: the same way, another way, or honestly not known; deadlines missed or met."""

from decimal import Decimal

from engine import whatif
from engine.audit.entries import GENESIS, Entry
from engine.execution.bundle import Bundle
from engine.execution.commands import MigrateCase, MoveToken
from engine.sandbox import Sandbox
from tests.support.diagrams import boundary, bundle, end, ext, flows, script, service, start, timer, user

HOUR = 3_600_000


def task(id: str, due: str) -> str:
    inner = "<zeebe:userTask/><zeebe:taskSchedule dueDate='" + due + "'/>"
    return f'<userTask id="{id}">{ext(inner)}</userTask>'


def asked(due: str = '=now() + duration("PT8H")', behind: str = "", way: str = "Dear e", limit: str = "10") -> Bundle:
    """A task, then a choice by what it brought; `behind` stands on the dear way."""
    return bundle(
        start(), task("Ask", due), '<exclusiveGateway id="G" default="G-Cheap"/>', user("Dear"), user("Cheap"), behind,
        end("e"), flows("s Ask", "Ask G", f"G Dear =cost > {limit}", "G Cheap", "Cheap e", way),
    )  # fmt: skip


def history(sandbox: Sandbox) -> list[Entry]:
    trace = sandbox.cases[0].trace
    return [
        Entry("case/x", seq, GENESIS, 2, "r", command.at, command, told) for seq, (command, told) in enumerate(trace, 1)
    ]


def lived(old: Bundle, cost: int = 20, hours: int = 1) -> Sandbox:
    """A case in which the task took some hours and brought a cost; then the next task was done."""
    sandbox = Sandbox(old)
    sandbox.start("p")
    sandbox.advance(f"PT{hours}H")
    sandbox.complete("Ask", {"cost": Decimal(cost)})
    sandbox.complete("Dear" if cost > 10 else "Cheap")
    return sandbox


OLD = asked()


def test_a_draft_without_a_difference_goes_the_same_way():
    sandbox = lived(OLD)
    assert whatif.replay(OLD, history(sandbox), sandbox.now) == whatif.Outcome("same")


def test_another_way_is_told_with_the_element_at_which_the_ways_part():
    sandbox = lived(OLD, cost=20)
    found = whatif.replay(asked(limit="50"), history(sandbox), sandbox.now)
    assert (found.verdict, found.where, found.come) == ("unknown", "Cheap", ("Cheap",))
    assert found.reason == "nobody has done Cheap in reality"
    noted = whatif.replay(asked(behind=script("Note", "=1") + flows("Note e"), way="Dear Note"), history(sandbox), 0)
    assert (noted.verdict, noted.where, noted.come, noted.gone) == ("other", "Note", ("Note",), ())


def test_what_nobody_ever_did_cannot_be_known():
    again = asked(behind=user("Again") + flows("Again e"), way="Dear Again")
    dear, cheap = lived(OLD, cost=20), lived(OLD, cost=5)
    found = whatif.replay(again, history(dear), dear.now)
    assert (found.verdict, found.where, found.reason) == ("unknown", "Again", "nobody has done Again in reality")
    assert whatif.replay(again, history(cheap), cheap.now).verdict == "same"


def test_a_draft_that_ends_earlier_goes_another_way_that_is_known():
    short = bundle(start(), task("Ask", '=now() + duration("PT8H")'), end("e"), flows("s Ask", "Ask e"))
    sandbox = lived(OLD)
    found = whatif.replay(short, history(sandbox), sandbox.now)
    assert (found.verdict, found.where, found.gone) == ("other", "Dear", ("G", "Dear"))


def test_a_job_that_only_the_draft_has_cannot_be_known_either():
    found = whatif.replay(asked(behind=service("Call", "w") + flows("Call e"), way="Dear Call"), history(lived(OLD)), 0)
    assert (found.verdict, found.where) == ("unknown", "Call")


def test_deadlines_that_would_have_been_missed_or_met_are_told():
    sandbox = lived(OLD, hours=4)
    strict = asked('=now() + duration("PT2H")')
    (due,) = whatif.replay(strict, history(sandbox), sandbox.now).deadlines
    assert (due.element, due.before - due.after, due.missed_before, due.missed_after) == ("Ask", 6 * HOUR, False, True)
    late = lived(strict, hours=4)
    (due,) = whatif.replay(OLD, history(late), late.now).deadlines
    assert (due.missed_before, due.missed_after) == (True, False)
    assert whatif.total([whatif.replay(OLD, history(late), late.now)])["would_meet"] == 1


def test_the_drafts_own_timers_fire_when_they_would_have():
    reminded = bundle(
        start(), task("Ask", '=now() + duration("PT8H")'),
        boundary("Late", "Ask", timer("duration", "PT2H"), interrupting=False), end("told"),
        '<exclusiveGateway id="G" default="G-Cheap"/>', user("Dear"), user("Cheap"), end("e"),
        flows("s Ask", "Late told", "Ask G", "G Dear =cost > 10", "G Cheap", "Cheap e", "Dear e"),
    )  # fmt: skip
    slow, quick = lived(OLD, hours=3), lived(OLD, hours=1)
    found = whatif.replay(reminded, history(slow), slow.now)
    assert (found.verdict, found.where, found.come) == ("other", "Late", ("Late", "told"))
    assert whatif.replay(reminded, history(quick), quick.now).verdict == "same"


def test_a_case_that_was_migrated_is_known_by_its_new_names():
    sandbox = Sandbox(OLD)
    sandbox.start("p")
    newer = asked('=now() + duration("PT9H")')
    renamed = bundle(
        start(), task("Look", '=now() + duration("PT8H")'), '<exclusiveGateway id="G" default="G-Cheap"/>',
        user("Dear"), user("Cheap"), end("e"),
        flows("s Look", "Look G", "G Dear =cost > 10", "G Cheap", "Cheap e", "Dear e"),
    )  # fmt: skip
    sandbox.bundle = renamed
    sandbox._do(sandbox.cases[0], MigrateCase(renamed.hash, {"Ask": "Look"}))
    sandbox.complete("Look", {"cost": Decimal(20)})
    sandbox.complete("Dear")
    assert whatif.replay(renamed, history(sandbox), sandbox.now).verdict == "same"
    assert whatif.replay(newer, history(sandbox), sandbox.now).verdict == "unknown"


def test_an_operator_who_moved_a_token_leaves_it_unknown():
    sandbox = Sandbox(OLD)
    sandbox.start("p")
    n = next(n for n, one in sandbox.cases[0].state.page("0").instances.items() if one.element == "Ask")
    sandbox._do(sandbox.cases[0], MoveToken(n, "Cheap", page="0"))
    found = whatif.replay(OLD, history(sandbox), sandbox.now)
    assert (found.verdict, found.reason) == ("unknown", "an operator intervened (MoveToken)")


def test_a_process_that_the_draft_no_longer_has_cannot_be_known():
    assert whatif.replay(Bundle("x", {}), history(lived(OLD)), 0).verdict == "unknown"
