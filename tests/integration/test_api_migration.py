"""Migrating running cases through the API: a mapping proposed, verdicts of the worker, all or nothing for each case."""

from contextlib import nullcontext
from typing import Any

import pytest

from api import cli, cli_operations
from engine import history
from engine.audit import entries
from tests.integration.company import BPMN, FILES, PROCESS, Company

RENAMED = BPMN.replace('"Inspect"', '"Look"').replace('attachedToRef="Inspect"', 'attachedToRef="Look"')
QUICKER = BPMN.replace("PT8H", "PT2H")


def released(company: Company, text: str) -> str:
    return company.duban.releases.deploy({**FILES, "inspection.bpmn": text.encode()}).hash


def dry_run(company: Company, release: str, **body: Any) -> dict[str, Any]:
    """The dry run of all cases of the process, after the worker gave its verdicts."""
    answer = company.owner.post(
        f"/studio/releases/{release}/migration/dry-run", {"process": PROCESS, "reason": "新版", **body}
    )
    assert (answer.status_code, answer.json["state"]) == (202, "planning"), answer.text
    company.duban.worker.drain()
    found: dict[str, Any] = company.owner.get(f"/studio/migrations/{answer.json['id']}")
    assert found["state"] == "planned"
    return found


def done(company: Company, id: str) -> dict[str, Any]:
    assert company.owner.post(f"/studio/migrations/{id}/run").status_code == 200
    company.duban.worker.drain()
    found: dict[str, Any] = company.owner.get(f"/studio/migrations/{id}")
    return found


def migrated(company: Company, case: str) -> Any:
    """The command of the last entry of a case."""
    with company.duban.store.reading() as connection:
        *_, last = history.sealed(connection, f"case/{case}")
        return entries.unseal(last).command


def test_the_mapping_is_proposed_by_id_and_then_by_name(company: Company) -> None:
    company.start()
    release = released(company, RENAMED)
    plan = company.owner.post(f"/studio/releases/{release}/migration/plan", {"process": PROCESS}).json
    assert (plan["from"], plan["mapping"]) == (company.release, {"Inspect": "Look"})
    assert plan["running"] == [{"release": company.release, "running": 1}]
    assert {one["element"]["id"]: one["how"] for one in plan["likes"]} == {
        "Begin": "id", "Inspect": "name", "Stopped": "id", "Count": "id", "Ok": "id", "Approve": "id", "End": "id"
    }  # fmt: skip


def test_a_dry_run_says_case_by_case_what_would_be_and_does_nothing(company: Company) -> None:
    case = company.start()
    release = released(company, RENAMED)
    refused = dry_run(company, release)
    assert refused["counts"] == {"refused": 1}
    (one,) = refused["cases"]
    assert one["verdict"] == "no" and "'Inspect' has no like" in one["detail"]
    fine = dry_run(company, release, mapping={"Inspect": "Look"})
    assert (fine["counts"], fine["cases"][0]["verdict"]) == ({"ready": 1}, "ok")
    assert [task["counted"] for task in fine["cases"][0]["tasks"]] == [False]
    assert company.owner.get(f"/cases/{case}")["release"]["hash"] == company.release
    assert dry_run(company, release, **{"from": "0" * 64})["cases"] == []


def test_a_migration_moves_each_case_whole_and_its_entry_names_both_releases(company: Company) -> None:
    first, second = company.start(), company.start(site="二号站")
    release = released(company, RENAMED)
    plan = dry_run(company, release, mapping={"Inspect": "Look"})
    found = done(company, plan["id"])
    assert (found["state"], found["counts"]) == ("done", {"done": 2})
    for case in (first, second):
        told = company.owner.get(f"/cases/{case}/history?order=desc")["items"][0]
        assert (told["command"]["type"], told["command"]["release"]) == ("MigrateCase", release)
        assert migrated(company, case).facts["from"] == company.release
        assert company.owner.get(f"/cases/{case}/verification")["reexecution"] == "same"
        assert [one["element"] for one in company.owner.get(f"/cases/{case}")["tasks"]] == ["Look"]
    assert company.inspected(first).status_code == 200
    assert done(company, plan["id"])["counts"] == {"done": 2}


def test_deadlines_are_kept_or_counted_by_the_new_release(company: Company) -> None:
    case = company.start()
    release = released(company, QUICKER)
    (kept,) = dry_run(company, release)["cases"][0]["tasks"]
    assert (kept["before"], kept["counted"]) == (kept["after"], False)
    plan = dry_run(company, release, deadlines="reset")
    (counted,) = plan["cases"][0]["tasks"]
    assert counted["counted"] and counted["after"] < counted["before"]
    done(company, plan["id"])
    assert company.task(case)["due"] < counted["before"]
    assert company.owner.get(f"/cases/{case}/verification")["reexecution"] == "same"


def test_a_stopped_migration_leaves_the_rest_with_their_release(company: Company) -> None:
    case = company.start()
    release = released(company, RENAMED)
    begun = company.owner.post(
        f"/studio/releases/{release}/migration/dry-run", {"process": PROCESS, "reason": "x"}
    ).json  # fmt: skip
    assert company.owner.post(f"/studio/migrations/{begun['id']}/run").status_code == 409
    assert company.owner.post(f"/studio/migrations/{begun['id']}/stop").json["counts"] == {"skipped": 1}
    company.duban.worker.drain()
    assert company.owner.get(f"/studio/migrations/{begun['id']}")["counts"] == {"skipped": 1}
    assert company.owner.get(f"/cases/{case}")["release"]["hash"] == company.release


def test_a_worker_that_died_goes_on_where_it_was(company: Company) -> None:
    for number in range(25):
        company.start(site=f"{number}号")
    plan = dry_run(company, released(company, RENAMED), mapping={"Inspect": "Look"})
    company.owner.post(f"/studio/migrations/{plan['id']}/run")
    operating = next(one for one in company.duban.worker.errands if one.name == "operations")
    assert operating.turn() == 20  # and the process is killed; another begins with what is stored
    assert company.owner.get(f"/studio/migrations/{plan['id']}")["counts"] == {"done": 20, "ready": 5}
    company.duban.worker.drain()
    assert company.owner.get(f"/studio/migrations/{plan['id']}")["counts"] == {"done": 25}


def test_the_command_line_tries_and_then_migrates(
    company: Company, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = company.start()
    release = released(company, RENAMED)
    monkeypatch.setattr(cli_operations, "opened", lambda: nullcontext(company.duban))
    asked = ["migrate-cases", PROCESS, "--reason", "新版", "--as", "owner"]
    assert cli.main([*asked, "--dry-run"]) == 1
    assert "'Inspect' has no like" in capsys.readouterr().out
    assert cli.main([*asked, "--map", "Inspect=Look", "--dry-run"]) == 0
    assert company.owner.get(f"/cases/{case}")["release"]["hash"] == company.release
    assert cli.main([*asked, "--map", "Inspect=Look"]) == 0
    assert company.owner.get(f"/cases/{case}")["release"]["hash"] == release
    assert cli.main([*asked, "--map", "Inspect"]) == 1
    assert cli.main(["migrate-cases", PROCESS, "--reason", "x", "--as", "inspector"]) == 1
