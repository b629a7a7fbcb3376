"""The command line: exit codes, plain words, and the commands that keep an installation."""

import io
import json
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from api.cli import main
from engine.store import Store
from workflows import passwords, people
from workflows.sessions import Sessions

PASSWORD = "a right password"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path))
    for name in ("DUBAN_DATABASE", "DUBAN_DATABASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield tmp_path
    passwords.use(PasswordHasher())


@pytest.fixture
def migrated(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["migrate"]) == 0
    capsys.readouterr()
    return home


def type_in(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_migrate_makes_the_database_and_may_run_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["revision"]
    assert (home / "duban.db").exists()


def test_serve_says_what_to_do_before_the_database_is_there(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"]) == 1
    assert "duban migrate" in capsys.readouterr().err


def test_serve_refuses_several_processes_on_sqlite(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--workers", "2"]) == 1
    assert "PostgreSQL" in capsys.readouterr().err


def test_people_are_hired_from_the_command_line(migrated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["user", "unit", "oil", "油田", "--name-en", "Oilfield"]) == 0
    assert main(["user", "unit", "U01", "一厂", "--parent", "oil"]) == 0
    type_in(monkeypatch, f"{PASSWORD}\n")
    assert main(["user", "add", "zhang", "--name", "张三", "--unit", "U01", "--password-stdin"]) == 0
    assert main(["user", "grant", "zhang", "FIELD_INSPECTOR", "oil"]) == 0
    store = Store(f"sqlite:///{migrated / 'duban.db'}")
    found = Sessions(store).sign_in("zhang", PASSWORD, address="test")
    assert "role:FIELD_INSPECTOR@U01" in found.tokens
    store.close()


def test_a_password_is_never_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["user", "add", "zhang", "--name", "张三", "--unit", "U01", "--password", "x"])
    assert ended.value.code == 2


def test_what_is_refused_is_said_in_plain_words(
    migrated: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["user", "grant", "nobody", "EXPERT", "oil"]) == 1
    assert "nobody" in capsys.readouterr().err
    main(["user", "unit", "oil", "油田"])
    type_in(monkeypatch, "short\n")
    capsys.readouterr()
    assert main(["user", "add", "zhang", "--name", "张三", "--unit", "oil", "--password-stdin", "--json"]) == 1
    said = capsys.readouterr()
    assert list(json.loads(said.out)["fields"]) == ["password"]
    assert "short" not in said.out + said.err.replace("too short", "")


def test_a_disabled_person_is_out(migrated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["user", "unit", "oil", "油田"])
    type_in(monkeypatch, f"{PASSWORD}\n")
    main(["user", "add", "zhang", "--name", "张三", "--unit", "oil", "--password-stdin"])
    assert main(["user", "disable", "zhang"]) == 0
    store = Store(f"sqlite:///{migrated / 'duban.db'}")
    with store.reading() as connection:
        assert people.tokens(connection, people.id_of(connection, "zhang"), 2**50) == frozenset()
    store.close()


def test_a_second_writer_is_refused(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import fcntl

    with (migrated / "duban.db.writer").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert main(["user", "unit", "oil", "油田"]) == 1
    assert "Another Duban process" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    expected = "serve worker migrate deploy lint run verify demo user feel decide conformance".split()
    assert [name for name in expected if name not in text] == []


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2
