"""A backup brings everything back, on either database and from one to the other, and says what was lost. Fault 25."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.cli import main
from engine import history
from engine.audit import keys, log, verify
from engine.audit.log import Forked
from engine.execution import commands as c
from engine.store import Store, metadata
from tests.integration.company import Company
from workflows import backup
from workflows.duban import Duban


def rows(duban: Duban) -> dict[str, list[Any]]:
    with duban.store.reading() as connection:
        tables = metadata.sorted_tables
        return {one.name: sorted(map(tuple, connection.execute(sa.select(one))), key=repr) for one in tables}


def audit(duban: Duban) -> list[str]:
    with duban.store.reading() as connection:
        report = verify.Auditor(log.Tables(connection), duban.log.public_key(), duban.log.witness.text()).run()
    return [f"{found.stream} {found.seq}: {found.reason}" for found in report.findings]


@pytest.fixture
def used(company: Company) -> Company:
    """A company with a case on its way, an attachment, and a sealed log."""
    keys.create(company.duban.log.key_file)
    assert company.inspected(company.start()).status_code == 200
    company.duban.log.seal()
    return company


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[Duban]:
    """Nothing at all: a PostgreSQL database without a table."""
    bare = Store(postgres_url)
    with bare.transaction() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
    bare.close()
    made = Duban(postgres_url, tmp_path / "restored")
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Duban]:
    """Nothing at all: no file."""
    made = Duban(f"sqlite:///{tmp_path / 'restored.db'}", tmp_path / "restored-home")
    yield made
    made.close()


def brought_back(used: Company, target: Duban, tmp_path: Path) -> backup.Summary:
    """Backed up, and restored on another machine, where the private key is brought from where it is kept."""
    made = backup.write(used.duban, tmp_path / "backup.zip", {"DUBAN_HOME": "var"})
    assert backup.read(target, tmp_path / "backup.zip") == made
    shutil.copy(used.duban.log.key_file, target.log.key_file)
    return made


def test_a_restored_installation_has_every_row_and_file_and_goes_on(
    used: Company, other: Duban, tmp_path: Path
) -> None:
    before = rows(used.duban)
    brought_back(used, other, tmp_path)
    after = rows(other)
    for name in set(before) - {"entries", "unsealed", "number_series"}:
        assert after[name] == before[name], name
    (restore,) = set(after["entries"]) - set(before["entries"])
    assert restore[0] == f"register/{backup.RESTORES}"
    (row,) = before["attachments"]
    sha256 = next(value for value in row if isinstance(value, str) and len(value) == 64)
    assert other.attachments.path_of(sha256).read_bytes()
    case = before["cases"][0][0]
    with other.store.reading() as connection:
        verdict = history.verdict(connection, f"case/{case}", other.releases.bundle)
    assert (verdict.chain, verdict.reexecution) == ("whole", "same")
    other.cases.handle(case, c.SetVariables({"more": "work"}))


def test_a_backup_moves_to_the_other_kind_of_database(
    used: Company, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    empty: Duban = request.getfixturevalue("on_postgres" if used.duban.store.is_sqlite else "other")
    brought_back(used, empty, tmp_path)
    assert rows(empty)["tasks"] == rows(used.duban)["tasks"]
    empty.log.seal()
    assert audit(empty) == []


def test_a_restore_is_an_entry_that_is_sealed_and_decided_again(used: Company, other: Duban, tmp_path: Path) -> None:
    made = brought_back(used, other, tmp_path)
    other.log.seal()
    assert audit(other) == []
    stream = f"register/{backup.RESTORES}"
    with other.store.reading() as connection:
        (entry,) = history.told(connection, stream)
        assert history.verdict(connection, stream, other.releases.bundle).reexecution == "same"
        note = log.newest_note(connection)
    assert entry["command"]["variables"]["backup"] == made.sha256
    assert note is not None and note[0].size == made.leaves + 1


def test_fault_25_a_restore_that_lost_sealed_entries_is_a_rewind_that_the_witness_tells(
    used: Company, other: Duban, tmp_path: Path
) -> None:
    backup.write(used.duban, tmp_path / "backup.zip", {})
    used.start()
    used.duban.log.seal()
    backup.read(other, tmp_path / "backup.zip")
    shutil.copy(used.duban.log.key_file, other.log.key_file)
    shutil.copy(used.duban.log.witness.path, other.log.witness.path)
    with pytest.raises(Forked, match="cut short"):
        other.log.seal()
    assert any("the witness saw" in reason for reason in audit(other))


def test_an_installation_in_use_is_not_overwritten(used: Company, tmp_path: Path) -> None:
    backup.write(used.duban, tmp_path / "backup.zip", {})
    before = rows(used.duban)
    with pytest.raises(backup.NotEmpty, match="has rows"):
        backup.read(used.duban, tmp_path / "backup.zip")
    assert rows(used.duban) == before
    with pytest.raises(backup.InvalidState, match="exists"):
        backup.write(used.duban, tmp_path / "backup.zip", {})


def test_a_backup_that_was_changed_is_refused_before_anything_is_written(
    used: Company, other: Duban, tmp_path: Path
) -> None:
    backup.write(used.duban, tmp_path / "backup.zip", {})
    with zipfile.ZipFile(tmp_path / "backup.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data.replace(b"inspector", b"inspectre") if name.startswith("tables/people") else data)
    with pytest.raises(backup.BadBackup, match=r"tables/people\.jsonl"):
        backup.read(other, tmp_path / "bad.zip")
    (tmp_path / "no.zip").write_bytes(b"no backup")
    with pytest.raises(backup.BadBackup, match="cannot be read"):
        backup.read(other, tmp_path / "no.zip")
    with other.store.reading() as connection:
        assert sa.inspect(connection).get_table_names() == []


def test_a_lost_attachment_is_told_when_the_backup_is_made(used: Company, tmp_path: Path) -> None:
    for file in (used.duban.home / "attachments").rglob("*"):
        if file.is_file():
            file.write_bytes(b"torn")
    with pytest.raises(backup.BadBackup, match="SHA-256"):
        backup.write(used.duban, tmp_path / "backup.zip", {})
    assert list(tmp_path.glob("backup*")) == []


def test_no_secret_is_in_a_backup(used: Company, tmp_path: Path) -> None:
    backup.write(used.duban, tmp_path / "backup.zip", {})
    private = used.duban.log.key_file.read_bytes()
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert not any(private.strip() in archive.read(name) for name in archive.namelist())
        assert json.loads(archive.read("manifest.json"))["format"] == backup.FORMAT


def test_the_command_line_backs_up_and_restores(
    used: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", used.duban.store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DUBAN_HOME", str(used.duban.home))
    assert main(["backup", str(tmp_path / "b.zip"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["attachments"], made["file"]) == (1, str(tmp_path / "b.zip"))
    assert main(["restore", str(tmp_path / "b.zip")]) == 1
    assert "has rows" in capsys.readouterr().err
    monkeypatch.setenv("DUBAN_DATABASE", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "new"))
    assert main(["restore", str(tmp_path / "b.zip"), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["sha256"] == made["sha256"]
    assert "private key" in told.err


def test_a_key_is_made_only_where_there_is_none(small: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DATABASE", small.duban.store.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DUBAN_HOME", str(small.duban.home))
    assert main(["log", "init", "--if-missing"]) == 0
    made = small.duban.log.key_file.read_bytes()
    assert main(["log", "init", "--if-missing"]) == 0
    assert main(["log", "init"]) == 1
    assert small.duban.log.key_file.read_bytes() == made
