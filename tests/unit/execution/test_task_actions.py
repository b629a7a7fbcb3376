"""Return, withdraw, delegate, hand over, signers: one token stays one token, also beside other branches and turns."""

from decimal import Decimal
from typing import Any

import pytest

from engine.errors import InvalidInput, InvalidState, TaskForbidden
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution import returning
from engine.execution.state import Instance, Page, State, replay
from engine.sandbox import Sandbox
from tests.support.diagrams import bundle, end, ext, flows, start, user

ANYBODY = "role:X"


def anyone(id: str, inner: str = "") -> str:
    return user(id, ext(f'<zeebe:assignmentDefinition candidateGroups="{ANYBODY}"/>', inner))


def gate(id: str, kind: str = "parallel") -> str:
    return f'<{kind}Gateway id="{id}"/>'


class Desk(Sandbox):
    """A sandbox in which people act: everybody holds the role that the tasks of these diagrams ask for."""

    def open(self, element: str, assignee: str | None = None) -> list[tuple[Page, Instance]]:
        return [
            (page, instance)
            for page in self.cases[0].state.pages.values()
            for instance in page.instances.values()
            if instance.element == element and instance.task is not None
            if assignee is None or instance.task.assignee == assignee
        ]

    def act(self, kind: type[c.Command], element: str, actor: str, *, which: int = 0, **fields: Any) -> list[e.Event]:
        page, instance = self.open(element)[which]
        return self.on(page, instance, kind, actor, **fields)

    def on(self, page: Page, instance: Instance, kind: type[c.Command], actor: str, **fields: Any) -> list[e.Event]:
        people = [fields["to"]] if "to" in fields else fields.get("people", [])
        targets = [{"person": person, "tokens": [ANYBODY]} for person in people]
        doer = page.passed.get(fields.get("target", "")) or actor
        target = targets[0] if targets else {"person": doer, "tokens": [ANYBODY]}
        self._facts = {"tokens": [ANYBODY], "target": target, "targets": targets}
        command: Any = kind(page=page.id, actor=actor, **{"task": instance.n, **fields})
        self._do(self.cases[0], command)
        assert replay(State(), trace(self)).snapshot() == self.cases[0].state.snapshot()
        return self.cases[0].trace[-1][1]

    def done(self, element: str, actor: str, which: int = 0, **variables: Any) -> None:
        page, instance = self.open(element)[which]
        assert instance.task is not None
        if instance.task.assignee is None:
            self.on(page, instance, c.ClaimTask, actor)
        self.on(page, instance, c.CompleteTask, actor, variables=variables)

    def claimed(self, element: str, actor: str, which: int = 0) -> "Desk":
        page, instance = self.open(element)[which]
        self.on(page, instance, c.ClaimTask, actor)
        return self

    @property
    def waiting(self) -> list[str]:
        return sorted(one["element"] for one in self.report()["tasks"])


def trace(desk: Sandbox) -> list[e.Event]:
    return [event for _, told in desk.cases[0].trace for event in told]


def begun(*parts: str, **variables: Any) -> Desk:
    desk = Desk(bundle(*parts))
    desk.start("p", variables)
    return desk


LINE = (start(), anyone("A"), anyone("B"), anyone("C"), end(), flows("s A", "A B", "B C", "C e"))
BLOCK = (
    start(), anyone("A"), gate("split"), anyone("L1"), anyone("L2"), anyone("R"), gate("join"), anyone("Z"), end(),
    flows("s A", "A split", "split L1", "L1 L2", "L2 join", "split R", "R join", "join Z", "Z e"),
)  # fmt: skip

# Return ------------------------------------------------------------------------------------------------------------


def test_a_returned_task_goes_to_who_did_it_with_the_reason_and_resubmitting_continues():
    desk = begun(*LINE)
    desk.done("A", "li", x=Decimal(1))
    desk.done("B", "wang")
    desk.claimed("C", "zhao").act(c.ReturnTask, "C", "zhao", target="A", reason="no photo")
    (_, again), *others = desk.open("A")
    assert others == [] and desk.waiting == ["A"]
    assert again.task is not None and again.task.assignee == "li"
    assert again.task.returned == {"by": "zhao", "reason": "no photo", "element": "C", "assignee": "li"}
    assert desk.report()["variables"]["x"] == 1
    for element, person in (("A", "li"), ("B", "wang"), ("C", "zhao")):
        desk.done(element, person)
    assert desk.report()["status"] == "completed"


def test_what_was_skipped_back_over_has_not_been_passed_any_more():
    desk = begun(*LINE)
    desk.done("A", "li")
    desk.done("B", "wang")
    desk.claimed("C", "zhao").act(c.ReturnTask, "C", "zhao", target="A", reason="x")
    page, instance = desk.open("A")[0]
    assert page.passed == {}
    with pytest.raises(InvalidInput):
        desk.on(page, instance, c.ReturnTask, "li", target="B", reason="x")


def test_a_return_within_a_branch_leaves_the_other_branch_alone():
    desk = begun(*BLOCK)
    desk.done("A", "li")
    desk.done("L1", "li")
    desk.claimed("R", "wang").claimed("L2", "zhao").act(c.ReturnTask, "L2", "zhao", target="L1", reason="x")
    assert desk.waiting == ["L1", "R"]
    assert desk.open("R")[0][1].task.assignee == "wang"
    for element, person in (("L1", "li"), ("L2", "zhao"), ("R", "wang"), ("Z", "li")):
        desk.done(element, person)
    assert desk.report()["status"] == "completed"


def test_a_branch_cannot_return_to_before_its_fork():
    desk = begun(*BLOCK)
    desk.done("A", "li")
    with pytest.raises(InvalidInput, match="here are: none"):
        desk.claimed("R", "wang").act(c.ReturnTask, "R", "wang", target="A", reason="x")


def test_behind_the_join_one_returns_to_before_the_fork_but_into_no_branch():
    desk = begun(*BLOCK)
    for element in ("A", "L1", "L2", "R"):
        desk.done(element, "li")
    desk.claimed("Z", "zhao")
    page, instance = desk.open("Z")[0]
    node = desk.bundle.processes["p"].nodes["Z"]
    assert returning.targets(desk.bundle.processes["p"], page, node) == ["A"]
    desk.on(page, instance, c.ReturnTask, "zhao", target="A", reason="x")
    for element, person in (("A", "li"), ("L1", "li"), ("R", "li"), ("L2", "li"), ("Z", "zhao")):
        desk.done(element, person)
    assert desk.report()["status"] == "completed"


def test_a_fork_whose_branches_end_apart_lets_nobody_return_to_before_it():
    parts = (start(), anyone("A"), gate("split"), anyone("L"), anyone("R"), end("e1"), end("e2"))
    desk = begun(*parts, flows("s A", "A split", "split L", "split R", "L e1", "R e2"))
    desk.done("A", "li")
    with pytest.raises(InvalidInput, match="here are: none"):
        desk.claimed("L", "li").act(c.ReturnTask, "L", "li", target="A", reason="x")


def test_a_return_stays_within_its_turn_of_a_multi_instance():
    loop = '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]"'
    loop += ' inputElement="item"/></extensionElements></multiInstanceLoopCharacteristics>'
    inner = start("is") + anyone("I") + anyone("J") + end("ie") + flows("is I", "I J", "J ie")
    desk = begun(start(), f'<subProcess id="sub">{loop}{inner}</subProcess>', end(), flows("s sub", "sub e"))
    desk.done("I", "li")
    desk.done("I", "wang")
    desk.claimed("J", "zhao", which=1).act(c.ReturnTask, "J", "zhao", which=1, target="I", reason="x")
    assert desk.waiting == ["I", "J"]
    assert desk.open("I")[0][1].task.assignee == "wang"
    desk.done("J", "zhao")
    desk.done("I", "wang")
    desk.done("J", "zhao")
    assert desk.report()["status"] == "completed"


@pytest.mark.parametrize(("actor", "reason", "refusal"), [("li", "x", TaskForbidden), ("zhao", " ", InvalidInput)])
def test_a_return_is_the_assignees_and_has_a_reason(actor: str, reason: str, refusal: type[Exception]):
    desk = begun(*LINE)
    desk.done("A", "li")
    with pytest.raises(refusal):
        desk.claimed("B", "zhao").act(c.ReturnTask, "B", actor, target="A", reason=reason)


# Withdraw ----------------------------------------------------------------------------------------------------------


def test_who_completed_the_task_before_takes_it_back_while_the_next_is_untouched():
    desk = begun(*LINE)
    desk.done("A", "li")
    desk.act(c.WithdrawTask, "B", "li")
    assert desk.waiting == ["A"]
    assert desk.open("A")[0][1].task.assignee == "li"


def test_nobody_withdraws_what_somebody_has_touched_or_what_is_not_theirs():
    desk = begun(*LINE)
    desk.done("A", "li")
    with pytest.raises(TaskForbidden):
        desk.act(c.WithdrawTask, "B", "wang")
    with pytest.raises(InvalidState, match="untouched"):
        desk.claimed("B", "wang").act(c.WithdrawTask, "B", "li")


def test_nothing_is_withdrawn_across_a_step_that_did_something():
    script = '<scriptTask id="S">' + ext('<zeebe:script expression="=1" resultVariable="y"/>') + "</scriptTask>"
    desk = begun(start(), anyone("A"), script, anyone("B"), end(), flows("s A", "A S", "S B", "B e"))
    desk.done("A", "li")
    with pytest.raises(InvalidState, match="straight"):
        desk.act(c.WithdrawTask, "B", "li")


# Delegate ----------------------------------------------------------------------------------------------------------


def test_what_a_delegate_hands_in_comes_back_to_the_delegator_who_completes():
    desk = begun(*LINE).claimed("A", "li")
    desk.act(c.DelegateTask, "A", "li", to="wang", note="you know it better", returns=True)
    desk.act(c.CompleteTask, "A", "wang", variables={"x": Decimal(7)})
    (_, back), *_ = desk.open("A")
    assert back.task is not None and (back.task.assignee, back.task.owner) == ("li", None)
    assert back.result == {"x": Decimal(7)} and "x" not in desk.report()["variables"]
    desk.act(c.CompleteTask, "A", "li", variables={"x": Decimal(8)})
    assert desk.report()["variables"]["x"] == 8 and desk.waiting == ["B"]


def test_what_is_handed_over_does_not_come_back():
    desk = begun(*LINE).claimed("A", "li")
    desk.act(c.DelegateTask, "A", "li", to="wang")
    desk.act(c.CompleteTask, "A", "wang")
    assert desk.waiting == ["B"]


def test_a_delegate_passes_nothing_on():
    desk = begun(*LINE).claimed("A", "li")
    desk.act(c.DelegateTask, "A", "li", to="wang", returns=True)
    for kind, fields in ((c.UnclaimTask, {}), (c.DelegateTask, {"to": "zhao"})):
        with pytest.raises(InvalidState, match="delegated"):
            desk.act(kind, "A", "wang", **fields)


# Signers -----------------------------------------------------------------------------------------------------------


def asked(when: str, rule: str) -> Desk:
    desk = begun(*LINE).claimed("A", "li")
    desk.act(c.AddSigners, "A", "li", people=["wang", "zhao"], when=when, rule=rule, reason="two eyes")
    return desk


def signed(desk: Desk, person: str, agree: bool) -> None:
    desk.on(*desk.open("A", person)[0], c.SignTask, person, agree=agree, comment="seen")


def test_signers_before_hold_up_the_task_until_all_have_signed():
    desk = asked("before", "all")
    assert desk.waiting == ["A", "A", "A"]
    signed(desk, "wang", True)
    with pytest.raises(InvalidState, match="signer"):
        desk.act(c.CompleteTask, "A", "li")
    signed(desk, "zhao", True)
    assert [one["person"] for one in desk.open("A")[0][1].task.signing["opinions"]] == ["wang", "zhao"]
    desk.done("A", "li")
    assert desk.waiting == ["B"]


def test_one_signer_is_enough_where_any_may_sign():
    desk = asked("before", "any")
    signed(desk, "wang", True)
    assert desk.waiting == ["A"]
    assert [type(event) for event in trace(desk)[-3:]] == [e.TaskSigned, e.TaskCancelled, e.SigningEnded]


def test_signers_after_are_asked_at_completion_and_their_consent_lets_the_token_go():
    desk = asked("after", "all")
    assert desk.waiting == ["A"]
    desk.act(c.CompleteTask, "A", "li", variables={"x": Decimal(3)})
    assert desk.waiting == ["A", "A", "A"] and "x" not in desk.report()["variables"]
    signed(desk, "wang", True)
    signed(desk, "zhao", True)
    assert desk.waiting == ["B"] and desk.report()["variables"]["x"] == 3


def test_one_refusal_after_gives_the_task_back_and_the_next_attempt_asks_again():
    desk = asked("after", "all")
    desk.act(c.CompleteTask, "A", "li")
    signed(desk, "zhao", False)
    assert desk.waiting == ["A"] and desk.open("A")[0][1].task.signing["ended"] is False
    desk.act(c.CompleteTask, "A", "li")
    assert desk.waiting == ["A", "A", "A"]
    signed(desk, "wang", True)
    signed(desk, "zhao", True)
    assert desk.waiting == ["B"]


def test_cancelling_the_task_cancels_its_signers():
    desk = asked("before", "all")
    desk._do(desk.cases[0], c.CancelCase())
    assert sum(isinstance(event, e.TaskCancelled) for event in trace(desk)) == 3
    assert desk.report()["status"] == "cancelled"


def test_signers_are_asked_once_and_never_the_assignee():
    desk = asked("before", "all")
    with pytest.raises(InvalidState, match="pending"):
        desk.act(c.AddSigners, "A", "li", people=["sun"])
    other = begun(*LINE).claimed("A", "li")
    for people in ([], ["li"], ["wang", "wang"]):
        with pytest.raises(InvalidInput):
            other.act(c.AddSigners, "A", "li", people=people)


def test_an_excluded_person_is_no_signer():
    desk = begun(*LINE).claimed("A", "li")
    page, instance = desk.open("A")[0]
    excluded = {"person": "wang", "tokens": [], "excluded": "no active account"}
    desk._facts = {"tokens": [ANYBODY], "targets": [excluded]}
    with pytest.raises(TaskForbidden, match="no active account"):
        desk._do(desk.cases[0], c.AddSigners(instance.n, ["wang"], page=page.id, actor="li"))


# Countersigning by multi-instance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "votes", "ends"),
    [
        ("=numberOfCompletedInstances = numberOfInstances", 3, 3),
        ("=numberOfCompletedInstances &gt;= 1", 3, 1),
        ("=numberOfCompletedInstances / numberOfInstances &gt;= 0.6", 5, 3),
        ("=agree = false", 3, 2),
    ],
)
def test_countersigning_ends_with_all_any_a_share_or_the_first_refusal(condition: str, votes: int, ends: int):
    loop = (
        f"<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="
        f'"=for i in 1..{votes} return i" inputElement="item" outputCollection="votes" outputElement="=agree"/>'
        f"</extensionElements><completionCondition>{condition}</completionCondition></multiInstanceLoopCharacteristics>"
    )
    desk = begun(start(), user("V", loop), anyone("Z"), end(), flows("s V", "V Z", "Z e"))
    for turn in range(1, ends + 1):
        assert desk.waiting.count("V") == votes - turn + 1
        desk.complete("V", {"agree": turn != 2})
    assert desk.waiting == ["Z"]


def test_signers_of_one_turn_do_not_hold_up_another():
    loop = '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]"/>'
    loop += "</extensionElements></multiInstanceLoopCharacteristics>"
    assigned = ext(f'<zeebe:assignmentDefinition candidateGroups="{ANYBODY}"/>')
    desk = begun(start(), user("V", assigned + loop), end(), flows("s V", "V e"))
    desk.claimed("V", "li").act(c.AddSigners, "V", "li", people=["wang"])
    desk.done("V", "zhao", which=2)
    desk.on(*desk.open("V", "wang")[0], c.SignTask, "wang", agree=True)
    desk.done("V", "li")
    assert desk.report()["status"] == "completed"


# Eligibility -------------------------------------------------------------------------------------------------------


def requiring(requires: str, **variables: Any) -> Desk:
    eligibility = f'<duban:eligibility requires="{requires}"/>'
    return begun(start(), anyone("A", eligibility), end(), flows("s A", "A e"), **variables)


@pytest.mark.parametrize("held", [[ANYBODY], [ANYBODY, "competence:hotwork", "conflict:U01"]])
def test_who_lacks_what_a_task_requires_or_holds_what_it_bars_cannot_take_it(held: list[str]):
    desk = requiring("competence:hotwork, not:conflict:U01")
    page, instance = desk.open("A")[0]
    desk._facts = {"tokens": held}
    for kind in (c.ClaimTask, c.CompleteTask):
        with pytest.raises(TaskForbidden, match="does not meet"):
            desk._do(desk.cases[0], kind(instance.n, page=page.id, actor="li"))
    desk._facts = {"tokens": [ANYBODY, "competence:hotwork"]}
    desk._do(desk.cases[0], c.ClaimTask(instance.n, page=page.id, actor="li"))


def test_a_requirement_bars_a_person_by_name():
    desk = requiring("=&quot;not:person:&quot; + finder", finder="li")
    with pytest.raises(TaskForbidden):
        desk.claimed("A", "li")
    desk.claimed("A", "wang")


def test_separation_can_depend_on_the_case_and_counts_who_started_it():
    desk = Desk(bundle(start(), anyone("A", '<duban:separation from="s" when="=grade != &quot;GENERAL&quot;"/>'),
                       end(), flows("s A", "A e")))  # fmt: skip
    for grade, refused in (("GENERAL", False), ("LARGER", True)):
        desk.cases.clear()
        desk._facts = {"tokens": ["can:start"]}
        desk._start(c.StartCase("p", {"grade": grade}, actor="li"))
        if refused:
            with pytest.raises(TaskForbidden, match="separation of duty"):
                desk.claimed("A", "li")
        desk.claimed("A", "wang" if refused else "li")


def test_a_variable_can_tell_who_started_and_who_completed():
    parts = '<startEvent id="s">' + ext('<duban:completer resultVariable="finder"/>') + "</startEvent>"
    desk = Desk(bundle(parts, anyone("A", '<duban:completer resultVariable="doer"/>'), anyone("B"), end(),
                       flows("s A", "A B", "B e")))  # fmt: skip
    desk._facts = {"tokens": ["can:start"]}
    desk._start(c.StartCase("p", {}, actor="li"))
    desk.done("A", "wang")
    assert (desk.report()["variables"]["finder"], desk.report()["variables"]["doer"]) == ("li", "wang")


# Borrowing ---------------------------------------------------------------------------------------------------------


def borrow(desk: Desk, **facts: Any) -> None:
    page, instance = desk.open("A")[0]
    desk._facts = {"tokens": ["can:assign"], "eligible": [], **facts}
    command = c.AssignTask(
        instance.n, "sun", facts.pop("note", "nobody is free"), page=page.id, actor="chief", borrow=True
    )
    desk._do(desk.cases[0], command)


def test_somebody_of_another_unit_is_borrowed_only_when_nobody_is_eligible():
    desk = begun(start(), user("A", ext('<zeebe:assignmentDefinition candidateGroups="role:X@S01"/>')), end(),
                 flows("s A", "A e"))  # fmt: skip
    with pytest.raises(InvalidState, match="li"):
        borrow(desk, eligible=["li"], target={"tokens": ["role:X"]})
    with pytest.raises(TaskForbidden, match="roles"):
        borrow(desk, target={"tokens": ["role:Y"]})
    borrow(desk, target={"tokens": ["role:X", "role:X@S02"]})
    assert desk.open("A")[0][1].task.assignee == "sun"
    assert trace(desk)[-1].borrowed
