"""`./dev`, run against a small checkout of its own: a copy of the program, and stand-ins for what it starts."""

import argparse
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.components import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "dev", tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def dev(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("dev", str(checkout / "dev"))
    specification = spec_from_loader("dev", loader)
    assert specification
    module = module_from_spec(specification)
    loader.exec_module(module)
    yield module


def script(file: Path, text: str) -> Path:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


NAMES_DATA_OF_THE_USER = ("DUBAN_HOME", "DUBAN_DATABASE", "DUBAN_DATABASE_FILE")


# Help and errors ---------------------------------------------------------------------------------------------------


def test_help_names_every_command_with_a_sentence() -> None:
    shown = subprocess.run([sys.executable, ROOT / "dev", "--help"], capture_output=True, text=True, check=True).stdout
    for command in ("up", "setup", "test", "check", "format", "bench", "lock", "install"):
        line = next(line for line in shown.splitlines() if line.strip().startswith(f"{command} "))
        assert len(line) <= 80
        assert len(line.split()) > 3


def test_without_a_command_help_is_shown() -> None:
    shown = subprocess.run([sys.executable, ROOT / "dev"], capture_output=True, text=True, check=True).stdout
    assert "commands:" in shown


def test_a_failing_step_shows_its_output_and_what_to_do(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(dev.Failed) as failure:
        dev.run("Packages", ["sh", "-c", "echo no route; exit 3"], remedy="Check the network.")
    assert "Packages: sh ended with exit code 3" in str(failure.value)
    assert failure.value.remedy == "Check the network."
    assert "no route" in capsys.readouterr().err


def test_a_missing_program_is_a_failed_step(dev: ModuleType) -> None:
    with pytest.raises(dev.Failed, match="cannot run no-such-program"):
        dev.run("Step", ["no-such-program"])


def test_a_failure_ends_the_program_with_code_1_and_the_remedy(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, checkout / "dev", "up", "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use." in done.stderr
    assert f"./dev up --port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_benchmark_is_refused_with_those_there_are(dev: ModuleType, checkout: Path) -> None:
    (checkout / "tests" / "bench").mkdir(parents=True)
    (checkout / "tests" / "bench" / "feel.py").touch()
    with pytest.raises(dev.Failed) as failure:
        dev.bench(argparse.Namespace(name="fel", json=False, quick=False))
    assert failure.value.remedy == "Choose one of: feel."


def test_an_old_python_hands_over_to_a_newer_one(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = script(tmp_path / "python3.12", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    handed: list[list[str]] = []
    monkeypatch.setattr(dev.os, "execv", lambda _program, arguments: handed.append(arguments))
    monkeypatch.setattr(sys, "argv", ["./dev", "setup"])
    with pytest.raises(SystemExit):  # execv does not return; here it does
        dev.restart_with_newer_python()
    assert handed == [[str(newer), "./dev", "setup"]]


# Doing things once -------------------------------------------------------------------------------------------------


def test_a_step_runs_again_only_when_its_sources_change(dev: ModuleType, checkout: Path) -> None:
    source = checkout / "web" / "src" / "main.ts"
    source.write_text("1")
    runs: list[str] = []

    def step() -> None:
        dev.once("step", lambda: runs.append(source.read_text()), [checkout / "web"], intact=True)

    step()
    step()
    source.write_text("2")
    step()
    assert runs == ["1", "2"]


def test_a_step_runs_again_when_what_it_made_is_gone(dev: ModuleType) -> None:
    runs: list[int] = []
    dev.once("step", lambda: runs.append(1), [], intact=True)
    dev.once("step", lambda: runs.append(2), [], intact=False)
    assert runs == [1, 2]


def test_a_step_that_failed_is_not_taken_for_done(dev: ModuleType) -> None:
    def fail() -> None:
        raise dev.Failed("no")

    dev.once("step", lambda: None, [], intact=True, salt="old")
    with pytest.raises(dev.Failed):
        dev.once("step", fail, [], intact=True, salt="new")
    runs: list[int] = []
    dev.once("step", lambda: runs.append(1), [], intact=True, salt="old")
    assert runs == [1]


def test_what_is_made_does_not_count_as_a_source(dev: ModuleType, checkout: Path) -> None:
    before = dev.fingerprint([checkout / "web"])
    for made in ("node_modules", "dist", "coverage"):
        (checkout / "web" / made).mkdir()
        (checkout / "web" / made / "file").touch()
    assert dev.fingerprint([checkout / "web"]) == before


# Set-up ------------------------------------------------------------------------------------------------------------


def test_uv_is_installed_at_the_version_and_hashes_of_the_lock(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "requirements-dev.lock", checkout)
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "run", lambda _title, command, **_: commands.append(command))
    dev.install_uv()
    requirement = Path(commands[0][-1]).read_text()
    assert "--require-hashes" in commands[0]
    assert requirement.startswith("uv==")
    assert requirement.count("==") == 1
    assert "--hash=sha256:" in requirement.splitlines()[-1]


@pytest.mark.parametrize(
    ("version", "suits"), [("v20.1.0", True), ("v24.19.0", True), ("v18.20.4", False), ("", False)]
)
def test_only_a_node_that_is_new_enough_will_do(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, suits: bool
) -> None:
    script(tmp_path / "node", f"echo {version}")
    script(tmp_path / "npm", "")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert dev.node_version() == (version if suits else None)


def test_node_without_npm_will_not_do(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "node", "echo v24.0.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.node_version() is None


def test_the_machines_own_certificate_authorities_are_used(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    authorities = argparse.Namespace(cafile="/etc/company.pem")
    monkeypatch.setattr(dev.ssl, "get_default_verify_paths", lambda: authorities)
    monkeypatch.delenv("PIP_CERT", raising=False)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/own.pem")
    variables = dev.environment()
    assert variables["PIP_CERT"] == "/etc/company.pem"
    assert variables["NODE_EXTRA_CA_CERTS"] == "/own.pem"  # what the user set stays
    assert variables["NODE_USE_SYSTEM_CA"] == "1"


# The database ------------------------------------------------------------------------------------------------------


@pytest.fixture
def duban(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the command: logs its arguments, makes the database; `demo` fails while a file `fail` exists."""
    for name in NAMES_DATA_OF_THE_USER:
        monkeypatch.delenv(name, raising=False)
    log, database, fail = checkout / "log", checkout / "var" / "duban.db", checkout / "fail"
    text = f'echo "$@" >> {log}; touch {database}; [ "$1" = migrate ] || [ ! -e {fail} ]'
    script(checkout / ".venv" / "bin" / "duban", text)
    return log


def test_a_new_database_gets_the_demo_company_once(dev: ModuleType, duban: Path) -> None:
    dev.make_database()
    dev.make_database()
    assert duban.read_text().splitlines() == ["migrate", "demo --months 1", "migrate"]


def test_an_interrupted_load_of_the_demo_company_is_begun_anew(dev: ModuleType, duban: Path, checkout: Path) -> None:
    (checkout / "fail").touch()
    with pytest.raises(dev.Failed, match="demo company could not be loaded"):
        dev.make_database()
    (checkout / "fail").unlink()
    (checkout / "var" / "attachments").mkdir()
    dev.make_database()
    assert duban.read_text().splitlines() == ["migrate", "demo --months 1"] * 2
    assert not (checkout / "var" / "attachments").exists()


@pytest.mark.parametrize("name", NAMES_DATA_OF_THE_USER)
def test_data_of_the_users_own_gets_no_demo_company(
    dev: ModuleType, duban: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "elsewhere")
    dev.make_database()
    assert duban.read_text().split() == ["migrate"]


def test_a_database_that_is_there_already_is_left_as_it_is(dev: ModuleType, duban: Path, checkout: Path) -> None:
    (checkout / "var" / "duban.db").write_text("data")
    dev.make_database()
    assert duban.read_text().split() == ["migrate"]
    assert (checkout / "var" / "duban.db").read_text() == "data"


# The server --------------------------------------------------------------------------------------------------------


def test_a_server_that_ends_at_once_is_reported(
    dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.signal, "signal", lambda *_: None)  # the test runner keeps its own handlers
    script(checkout / ".venv" / "bin" / "duban", "exit 3")
    with pytest.raises(dev.Failed, match="ended with exit code 3"):
        dev.serve("127.0.0.1", 9)
