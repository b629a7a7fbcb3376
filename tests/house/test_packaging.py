"""What the image, the compose file, the locks and continuous integration promise, read from the files themselves."""

import json
import re
import shlex
import subprocess
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.components import ROOT
from workflows import papers

LOCKS = sorted(ROOT.glob("requirements*.lock"))
PINNED = re.compile(r":\d+\.\d+(\.\d+)?-[a-z]+")


# The image ---------------------------------------------------------------------------------------------------------


@cache
def instructions() -> tuple[tuple[str, str], ...]:
    """The Dockerfile as (instruction, argument), continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return tuple((word, rest.strip()) for word, _, rest in pairs)


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for instruction in instructions():
        if instruction[0] == "FROM":
            found.append([])
        if found:
            found[-1].append(instruction)
    return found


def of(stage: list[tuple[str, str]], word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def test_base_images_are_pinned_to_a_version() -> None:
    defaults = dict(rest.split("=", 1) for rest in of(list(instructions()), "ARG"))
    images = [re.sub(r"\$\{(\w+)\}", lambda name: defaults[name[1]], stage[0][1].split()[0]) for stage in stages()]
    assert len(images) == 3
    assert all(PINNED.search(image) for image in images), images


def test_the_image_runs_without_rights_and_says_whether_it_is_ready() -> None:
    final = stages()[-1]
    assert of(final, "USER")[-1].isdecimal()
    assert int(of(final, "USER")[-1]) > 0
    assert "/health/ready" in of(final, "HEALTHCHECK")[0]


def test_the_image_writes_only_to_its_volume() -> None:
    environment = dict(part.split("=", 1) for part in shlex.split(of(stages()[-1], "ENV")[0]))
    assert environment["DUBAN_HOME"] == of(stages()[-1], "VOLUME")[0]
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"


def test_the_image_holds_no_build_tools() -> None:
    final = stages()[-1]
    commands = " ".join(of(final, "RUN"))
    assert "pip uninstall" in commands
    assert not re.search(r"pip install|npm|gcc|\buv\b", commands)
    installed = re.findall(r"apt-get install --yes --no-install-recommends (.*?) &&", commands)
    assert [set(names.split()) for names in installed] == [set(papers.PACKAGES.split())], "what printing needs, no more"
    assert all("--from=build" in copied for copied in of(final, "COPY"))


def test_the_image_is_made_by_the_steps_of_dev() -> None:
    program = (ROOT / "dev").read_text()
    web, build, _ = stages()
    for command in of(web, "RUN"):
        assert json.dumps(command.split()) in program, f"./dev does not run: {command}"
    assert of(build, "RUN") == ["./dev install /opt/duban"]
    assert "def install(" in program


def test_the_builder_is_given_all_that_the_image_is_made_from() -> None:
    passed_on = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    from_here = [rest.split()[:-1] for stage in stages() for rest in of(stage, "COPY") if "--from" not in rest]
    sources = {Path(source) for group in from_here for source in group}
    assert {source.parts[0] for source in sources} == passed_on
    assert [str(source) for source in sources if not (ROOT / source).exists()] == []


# The compose file --------------------------------------------------------------------------------------------------


@cache
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


SERVICES = pytest.mark.parametrize("name", ["migrate", "key", "app", "worker", "postgres"])


def test_the_compose_file_has_server_worker_database_and_migration() -> None:
    assert set(compose()["services"]) == {"migrate", "key", "app", "worker", "postgres"}


@SERVICES
def test_a_service_is_read_only_and_without_rights(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")


@SERVICES
def test_a_services_secrets_come_from_files(name: str) -> None:
    service = compose()["services"][name]
    values = {str(key): str(value) for key, value in service["environment"].items()}
    paths = {key: value for key, value in values.items() if value.startswith("/run/secrets/")}
    assert {value.rpartition("/")[2] for value in paths.values()} == set(service["secrets"])
    assert not [key for key in values if re.search("PASSWORD|SECRET|TOKEN", key) and key not in paths]
    assert all("file" in compose()["secrets"][secret] for secret in service["secrets"])


def test_the_database_is_healthy_before_migration_and_migrated_before_anything_runs() -> None:
    services = compose()["services"]
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"][1]
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    for name, first in (("key", "migrate"), ("app", "key"), ("worker", "key")):
        assert services[name]["depends_on"][first]["condition"] == "service_completed_successfully"


def test_the_server_keeps_the_images_health_check_and_listens_on_this_machine_only() -> None:
    app = compose()["services"]["app"]
    assert "healthcheck" not in app
    assert all(port.startswith("127.0.0.1:") for port in app["ports"])


def test_the_database_image_is_pinned_to_a_version() -> None:
    assert PINNED.search(compose()["services"]["postgres"]["image"])


# The locks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_python_lock_pins_by_hash_and_names_no_host(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    requirements = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [entry.splitlines()[0] for entry in requirements if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_the_web_lock_pins_by_hash_and_names_no_host() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name and not package.get("link")}
    assert [name for name, package in fetched.items() if "://" in package.get("resolved", "")] == []
    assert [
        name for name, package in fetched.items() if "integrity" not in package and not package.get("inBundle")
    ] == []


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {"requirements.lock": project["project"]["dependencies"]}
    wanted["requirements-dev.lock"] = wanted["requirements.lock"] + project["dependency-groups"]["dev"]
    wanted["requirements-node.lock"] = project["dependency-groups"]["node"]
    for lock, dependencies in wanted.items():
        locked = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", (ROOT / lock).read_text(), re.MULTILINE))
        names = {re.split(r"[^a-z0-9._-]", dependency)[0] for dependency in dependencies}
        assert names - locked == set(), f"{lock} is behind pyproject.toml: ./dev lock"


CHOSEN = {"pyphen": "Mozilla Public License 1.1"}
"""Of a package that is offered under several licences, the one that we take."""


def test_nothing_at_run_time_is_under_a_licence_that_ours_cannot_live_with() -> None:
    """LGPL is fine for a library; GPL and AGPL would bind the whole."""
    locked = re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    packages = {name: licence_of(name) for name in locked}
    packages |= {
        name: str(package.get("license"))
        for name, package in json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"].items()
        if name
    }
    strict = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero|SSPL|BUSL|Commons Clause")
    bound = {name: licence for name, licence in packages.items() if strict.search(licence)}
    assert {name: licence for name, licence in bound.items() if CHOSEN.get(name, "-") not in licence} == {}


def licence_of(name: str) -> str:
    """The licence that an installed package names; empty for one that this platform does not install."""
    try:
        described = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [text for text in described.get_all("Classifier", []) if text.startswith("License")]
    return " ".join([*described.get_all("License-Expression", []), *classifiers])


# Continuous integration, and what the repository may not hold ---------------------------------------------------------


def test_continuous_integration_runs_the_whole_suite_and_forgives_nothing() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "set -euo pipefail" in script
    assert "export CI=true" in script
    assert script.rstrip().endswith("exec ./dev test")


def test_the_repository_names_no_registry_host_and_no_path_of_a_machine() -> None:
    hosts = "|".join(("pypi", "pythonhosted", "npmjs", "npmmirror", "tsinghua", "aliyun"))
    suspicious = re.compile(rf"\b({hosts})\.(org|com|edu)\b|(?<![\w.])/(work|root|home/\w+|Users/\w+)/[a-z]")
    found = []
    for file in tracked_files():
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            if match := suspicious.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {match.group()}")
    assert found == []


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    binary = (".png", ".jpg", ".woff2", ".ico", ".pdf", ".zip")
    files = (ROOT / name for name in listed.split("\0") if name and not name.endswith(binary))
    return [file for file in files if file.is_file()]
