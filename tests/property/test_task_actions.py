"""Random diagrams, random task actions: tokens and tasks are conserved, and nothing is left stuck."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import feel
from engine.errors import Rejected
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution import returning
from engine.execution.bundle import Bundle
from engine.execution.state import Instance, Page, State, replay
from engine.sandbox import Sandbox
from tests.property.diagrams import parts
from tests.property.test_execution import stored_and_loaded
from tests.support.diagrams import bundle

PEOPLE = ("li", "wang", "zhao")
FACTS = {"tokens": ["x"], "target": {"tokens": ["x"]}, "targets": [{"person": one, "tokens": ["x"]} for one in PEOPLE]}
ACTIONS = ("claim", "complete", "complete", "complete", "return", "return", "withdraw", "delegate", "lend",
           "sign before", "sign after", "agree", "refuse")  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5), st.integers(0, 2)), max_size=30)
relaxed = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=80)

leaves = st.tuples(st.just("leaf"), st.sampled_from(["user", "user", "user", "task", "script"]))


def grown(children: Any) -> Any:
    lists = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        lists.map(lambda found: ("sequence", *found)),
        lists.map(lambda found: ("sequence", *found)),
        st.tuples(st.just("gateway"), st.sampled_from(["xor", "and", "or"]), lists),
        st.tuples(st.just("sub"), children, st.sampled_from(["", "parallel", "sequential"])),
    )


trees = st.recursive(leaves, grown, max_leaves=10)


def worked(tree: Any) -> Bundle:
    """The diagram, with every user task for the same people."""
    compiled = bundle(parts(tree))
    process = compiled.processes["p"]
    anybody = feel.compile('"x"')
    nodes = {
        id: replace(node, user_task=replace(node.user_task, candidate_groups=anybody)) if node.user_task else node
        for id, node in process.nodes.items()
    }
    return replace(compiled, processes={"p": replace(process, nodes=nodes)})


class Desk(Sandbox):
    """People act at random; what is refused changes nothing."""

    def tasks(self) -> list[tuple[Page, Instance]]:
        pages = self.cases[0].state.pages.values()
        return [(page, one) for page in pages for one in page.instances.values() if one.task is not None]

    def act(self, action: str, which: int, person: int) -> None:
        open_tasks = self.tasks()
        if not open_tasks:
            return
        page, instance = open_tasks[which % len(open_tasks)]
        command = self._command(action, page, instance, PEOPLE[person])
        before = tokens(self.cases[0].state)
        self._facts = FACTS | {"target": {"person": page.passed.get(getattr(command, "target", "")), "tokens": ["x"]}}
        try:
            self._do(self.cases[0], command)
        except Rejected:
            return
        if isinstance(command, c.CompleteTask | c.SignTask):
            return
        assert sum(tokens(self.cases[0].state).values()) == sum(before.values())
        if not isinstance(command, c.ReturnTask | c.WithdrawTask):
            assert tokens(self.cases[0].state) == before

    def _command(self, action: str, page: Page, instance: Instance, person: str) -> c.Command:
        assert instance.task is not None
        actor, other = instance.task.assignee or person, PEOPLE[(PEOPLE.index(person) + 1) % 3]
        where: dict[str, Any] = {"task": instance.n, "page": page.id, "actor": actor}
        node = self.bundle.processes["p"].nodes[instance.element]
        allowed = returning.targets(self.bundle.processes["p"], page, node) or [instance.element]
        signers = [one for one in PEOPLE if one != actor]
        made: dict[str, c.Command] = {
            "claim": c.ClaimTask(**where),
            "complete": c.CompleteTask(**where),
            "return": c.ReturnTask(**where, target=allowed[PEOPLE.index(person) % len(allowed)], reason="x"),
            "withdraw": c.WithdrawTask(**where | {"actor": None}),
            "delegate": c.DelegateTask(**where, to=other),
            "lend": c.DelegateTask(**where, to=other, returns=True),
            "sign before": c.AddSigners(**where, people=signers, rule="any"),
            "sign after": c.AddSigners(**where, people=signers, when="after"),
            "agree": c.SignTask(**where, agree=True),
            "refuse": c.SignTask(**where, agree=False),
        }
        return made[action]

    def finish(self) -> None:
        """Everybody does what is left, agreeing to everything."""
        for _ in range(500):
            ready = [one for one in self.tasks() if not (one[1].task and (one[1].task.signing or {}).get("left"))]
            if not ready:
                return
            page, instance = ready[0]
            assert instance.task is not None
            kind: Any = c.SignTask if instance.task.signs is not None else c.CompleteTask
            agreed = {"agree": True} if kind is c.SignTask else {}
            actor = instance.task.assignee or PEOPLE[0]
            self._facts = FACTS
            self._do(self.cases[0], kind(task=instance.n, page=page.id, actor=actor, **agreed))


class Restarting(Desk):
    """Forgets everything after each command but what would have been stored."""

    def _do(self, case: Any, command: Any) -> None:
        super()._do(case, command)
        case.state = stored_and_loaded(case.state)


def tokens(state: State) -> Counter[str]:
    """Where tokens are, by page; a signer's instance is none."""
    found: Counter[str] = Counter()
    for page in state.pages.values():
        found[page.id] += sum(sum(flows.values()) for flows in page.arrived.values())
        found[page.id] += sum(one.task is None or one.task.signs is None for one in page.instances.values())
    return found


def played(made: type[Desk], compiled: Bundle, chosen: list[tuple[str, int, int]]) -> Desk:
    desk = made(compiled)
    desk.start("p", {"choice": feel.from_json(9)})
    for action, which, person in chosen:
        desk.act(action, which, person)
    return desk


def trace(desk: Desk) -> list[e.Event]:
    return [event for _, told in desk.cases[0].trace for event in told]


@relaxed
@given(trees, steps)
def test_whatever_is_sent_back_delegated_or_signed_the_case_ends_with_nothing_left(tree, chosen):
    desk = played(Desk, worked(tree), chosen)
    desk.finish()
    assert (desk.report()["status"], desk.report()["incidents"]) == ("completed", [])


@relaxed
@given(trees, steps)
def test_replaying_the_actions_gives_the_processed_state_and_a_restart_changes_nothing(tree, chosen):
    compiled = worked(tree)
    desk = played(Desk, compiled, chosen)
    assert replay(State(), trace(desk)).snapshot() == desk.cases[0].state.snapshot()
    restarted = played(Restarting, compiled, chosen)
    assert trace(restarted) == trace(desk)
