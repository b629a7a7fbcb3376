"""The facts that the policy gives the engine, and what it refuses before the engine is asked."""

import pytest

from engine.errors import CaseNotFound, Forbidden
from engine.execution import commands
from engine.store import Store, case_access
from workflows import people
from workflows.policy import OPERATOR_COMMANDS, Access, CasePolicy, permissions

CASE = "2603-case"
STAFF = {
    "inspector": "FIELD_INSPECTOR@U01",
    "owner": "PROCESS_OWNER@oil",
    "owner2": "PROCESS_OWNER@S01",
    "chief": "STATION_CHIEF@oil",
    "chief2": "STATION_CHIEF@S01",
    "admin": "SYSTEM_ADMIN@oil",
}
POLICY = CasePolicy()


@pytest.fixture
def staffed(company: Store) -> Store:
    with company.transaction() as connection:
        for username, duty in STAFF.items():
            role, _, unit = duty.partition("@")
            people.create_person(connection, username=username, name=username, unit_id=unit, id=username)
            people.grant(connection, username, role, unit, since=0)
        connection.execute(case_access.insert().values(case_id=CASE, token="unit:U01"))
    return company


def facts(store: Store, command: commands.Command, case: str | None = CASE) -> dict[str, object]:
    with store.reading() as connection:
        return POLICY.facts(connection, case, command)


def test_the_system_itself_has_no_facts(staffed: Store) -> None:
    assert facts(staffed, commands.Continue()) == {}


def test_an_actor_has_tokens_in_a_stable_order(staffed: Store) -> None:
    found = facts(staffed, commands.ClaimTask(task=1, actor="inspector"))
    assert found == {"tokens": sorted(str(token) for token in found["tokens"])}  # type: ignore[attr-defined]  # a list
    assert "role:FIELD_INSPECTOR@U01" in found["tokens"]  # type: ignore[operator]  # a list


@pytest.mark.parametrize("actor", ["admin", "nobody"])
def test_an_administrator_or_stranger_commands_nothing(staffed: Store, actor: str) -> None:
    with pytest.raises(Forbidden):
        facts(staffed, commands.ClaimTask(task=1, actor=actor))


def test_a_disabled_person_commands_nothing(staffed: Store) -> None:
    with staffed.transaction() as connection:
        people.disable(connection, "inspector")
    with pytest.raises(Forbidden):
        facts(staffed, commands.ClaimTask(task=1, actor="inspector"))


def test_nobody_acts_for_another(staffed: Store) -> None:
    with pytest.raises(Forbidden):
        facts(staffed, commands.ClaimTask(task=1, actor="inspector", on_behalf_of="chief"))


def operator_command(kind: type[commands.Command], actor: str) -> commands.Command:
    made = {
        commands.MoveToken: commands.MoveToken(instance=1, to="x", actor=actor),
        commands.RetryIncident: commands.RetryIncident(incident=1, actor=actor),
        commands.ChangeDueTime: commands.ChangeDueTime(task=1, due=1, reason="x", actor=actor),
        commands.MigrateCase: commands.MigrateCase(release="x", actor=actor),
    }
    return made.get(kind) or kind(actor=actor)


@pytest.mark.parametrize("kind", OPERATOR_COMMANDS)
def test_an_operator_commands_only_cases_that_a_grant_opens(staffed: Store, kind: type[commands.Command]) -> None:
    assert "can:operate" in facts(staffed, operator_command(kind, "owner"))["tokens"]  # type: ignore[operator]  # a list
    with pytest.raises(CaseNotFound):
        facts(staffed, operator_command(kind, "owner2"))


def test_assigning_reaches_only_cases_that_a_grant_opens(staffed: Store) -> None:
    for actor, may in (("chief", True), ("chief2", False), ("inspector", False)):
        found = facts(staffed, commands.AssignTask(task=1, to="inspector", actor=actor))
        assert ("can:assign" in found["tokens"]) is may  # type: ignore[operator]  # a list


@pytest.mark.parametrize(
    ("to", "excluded"), [("inspector", None), ("admin", "administrator"), ("nobody", "no active account")]
)
def test_the_target_of_an_assignment_is_looked_at_too(staffed: Store, to: str, excluded: str | None) -> None:
    target = facts(staffed, commands.DelegateTask(task=1, to=to, actor="chief"))["target"]
    assert isinstance(target, dict)
    assert target["person"] == to
    assert (excluded in target["excluded"]) if excluded else target["excluded"] is None


def test_permissions_are_named_for_clients() -> None:
    assert permissions(frozenset({"can:start:hazard-loop"})) == ["cases.start"]
    assert permissions(frozenset({"can:audit"})) == ["audit.read", "security.read"]
    assert permissions(frozenset({"administrator", "can:deploy"})) == []
    assert Access.PUBLIC.value not in permissions(frozenset({"can:operate"}))
