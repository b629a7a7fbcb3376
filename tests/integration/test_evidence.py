"""An evidence pack is checked by a stranger: the pack, Python, nothing else. And whatever is changed in it is found."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from api import cli
from engine import history
from engine.audit import keys, security, verify
from engine.guard import unguarded
from tests.integration.company import Company
from workflows import case_report, dossier, papers


@pytest.fixture
def pack(company: Company, tmp_path: Path) -> Path:
    """The unpacked evidence of a case with a photo, from each kind of database."""
    return unpacked(company, tmp_path)


@pytest.fixture
def small_pack(small: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same from SQLite: what is changed in a pack has nothing to do with a database, nor with drawing a report."""
    monkeypatch.setattr(case_report, "draw", lambda _: b"%PDF-1.7")
    return unpacked(small, tmp_path)


def unpacked(company: Company, tmp_path: Path) -> Path:
    keys.create(company.duban.log.key_file)
    case = company.start()
    assert company.inspected(case).status_code == 200
    company.duban.log.seal()
    answer = company.auditor.send("GET", f"/cases/{case}/evidence")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    folder = tmp_path / "pack"
    zipfile.ZipFile(io.BytesIO(answer.data)).extractall(folder)
    return folder


def stranger(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Python by itself: no repository, no packages."""
    command = [sys.executable, "-I", "-S", "verify.py", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def verdict(done: subprocess.CompletedProcess[str]) -> str:
    """The line that says it."""
    return next(line for line in done.stdout.splitlines() if line.startswith(("WHOLE", "WRONG")))


def test_a_stranger_with_only_the_pack_verifies_it(pack: Path) -> None:
    done = stranger(pack)
    assert (done.returncode, verdict(done)) == (0, "WHOLE"), done.stdout + done.stderr
    assert re.search(r"newest witnessed checkpoint: \d+ leaves at", done.stdout)
    assert "not named by the history" not in done.stdout


def test_the_pack_holds_what_it_takes(pack: Path) -> None:
    names = {file.relative_to(pack).as_posix().split("/")[0] for file in pack.rglob("*")}
    assert names == {
        "README.txt", "attachments", "attachments.json", "checkpoint.txt", "consistency.json", "entries.jsonl",
        "log-key.txt", "pack.json", "personal.jsonl", "proofs.jsonl", "releases", "report.pdf", "verify.py",
        "witness.txt",
    }  # fmt: skip
    (release,) = (pack / "releases").iterdir()
    assert {file.name for file in release.iterdir()} == {
        "inspection.bpmn", "begin.form", "inspect.form", "stop.form",
    }  # fmt: skip


def test_the_key_is_compared_with_one_from_elsewhere(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "right").write_bytes((pack / "log-key.txt").read_bytes())
    assert verdict(stranger(pack, pack, "--key", tmp_path / "right")) == "WHOLE"
    other = keys.create(tmp_path / "other.key")
    (tmp_path / "wrong").write_text(keys.spelled(other.public))
    done = stranger(pack, pack, "--key", tmp_path / "wrong")
    assert done.returncode == 1 and "not the one you expected" in done.stdout


def replace(folder: Path, name: str, old: bytes, new: bytes) -> None:
    (file,) = folder.glob(name)
    content = file.read_bytes()
    assert old in content, name
    file.write_bytes(content.replace(old, new, 1))


def cut_the_last_entry(folder: Path) -> None:
    file = folder / "entries.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))


def cut_the_last_entry_and_say_so(folder: Path) -> None:
    """Nothing in the rest of the chain shows it; only that the head is another one does, to whoever knows the head."""
    cut_the_last_entry(folder)
    replace(folder, "pack.json", b'"entries": 2', b'"entries": 1')


def swap_a_photo(folder: Path) -> None:
    (photo,) = (folder / "attachments").iterdir()
    photo.write_bytes(b"another picture")


def forge_and_rehash(folder: Path) -> None:
    """Rewrite the history with a chain that is whole again."""
    lines, prev = [], verify.GENESIS
    for line in (folder / "entries.jsonl").read_bytes().splitlines():
        body = json.loads(line.replace("合格".encode(), "不合格".encode())) | {"prev": prev}
        lines.append(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
        prev = verify.digest(lines[-1])
    (folder / "entries.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    about = json.loads((folder / "pack.json").read_text())
    (folder / "pack.json").write_text(json.dumps(about | {"head": prev}))


def forge_with_another_key(folder: Path) -> None:
    """Sign a log of one's own over it: whoever knows the log's key sees that it is another."""
    forge_and_rehash(folder)
    signer = keys.create(folder / "forger.key")
    note = verify.expect_note((folder / "checkpoint.txt").read_text())
    (folder / "checkpoint.txt").write_text(signer.sign(note.size, note.root, note.at))
    (folder / "log-key.txt").write_text(keys.spelled(signer.public))


FORGERIES = [
    (lambda folder: replace(folder, "entries.jsonl", "合格".encode(), "不合".encode()), "not in the log"),
    (cut_the_last_entry, "another last entry"),
    (cut_the_last_entry_and_say_so, "another last entry"),
    (forge_and_rehash, "is not in the log that the checkpoint signs"),
    (forge_with_another_key, "is not in the log that the checkpoint signs"),
    (lambda folder: (folder / "proofs.jsonl").write_bytes(b""), "has no proof"),
    (swap_a_photo, "is not the file that was attached"),
    (lambda folder: replace(folder, "releases/*/inspection.bpmn", b"<bpmn:userTask", b"<bpmn:userTask "), "release"),
    (lambda folder: shutil.rmtree(folder / "releases"), "not in the pack"),
    (lambda folder: replace(folder, "checkpoint.txt", b"\nat 2", b"\nat 3"), "checkpoint is not signed"),
    (lambda folder: replace(folder, "witness.txt", b"\nat 2", b"\nat 3"), "witnessed checkpoint is not signed"),
    (lambda folder: replace(folder, "proofs.jsonl", b'"position": 0', b'"position": 1'), "not in the log"),
]


@pytest.mark.parametrize(("forge", "what"), FORGERIES)
def test_whatever_is_changed_in_a_pack_is_found(small_pack: Path, forge, what: str) -> None:
    forge(small_pack)
    done = stranger(small_pack)
    assert (done.returncode, verdict(done)[:5]) == (1, "WRONG"), done.stdout + done.stderr
    assert what in done.stdout


@pytest.mark.parametrize("name", ["pack.json", "entries.jsonl", "proofs.jsonl", "checkpoint.txt", "consistency.json"])
@pytest.mark.parametrize("content", [b"", b"[1]", b"null", b"\xff\xfe", b'{"seq": 1}', b"[" * 100_000])
def test_a_pack_that_cannot_be_read_is_said_so_without_a_traceback(small_pack: Path, name: str, content: bytes) -> None:
    (small_pack / name).write_bytes(content)
    done = stranger(small_pack)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_the_same_history_makes_the_same_pack(company: Company) -> None:
    keys.create(company.duban.log.key_file)
    case = company.start()
    company.duban.log.seal()
    packs = []
    for _ in range(2):
        out = io.BytesIO()
        dossier.write(out, company.duban, case)
        content = zipfile.ZipFile(out)
        packs.append({name: content.read(name) for name in content.namelist() if name != "pack.json"})
    assert packs[0] == packs[1]


def test_a_pack_without_personal_values_is_whole_too(company: Company, tmp_path: Path) -> None:
    keys.create(company.duban.log.key_file)
    case = company.start()
    answer = company.auditor.send("GET", f"/cases/{case}/evidence?personal=false")
    file = tmp_path / "pack.zip"
    file.write_bytes(answer.data)
    assert "personal.jsonl" not in zipfile.ZipFile(file).namelist()
    assert verify.main([str(file)]) == 0


def test_handing_out_evidence_is_recorded(pack: Path, company: Company) -> None:
    with company.duban.store.reading() as connection:
        (found,), _ = security.page(connection, security.Wanted(kind="evidence"), 10)
    assert found.person == "p-auditor"
    assert found.detail["case"].startswith("26")


def test_a_log_that_was_never_signed_gives_no_evidence(company: Company) -> None:
    case = company.start()
    if not company.duban.store.is_sqlite:
        answer = company.auditor.send("GET", f"/cases/{case}/evidence")
        assert (answer.status_code, answer.json["type"]) == (409, "urn:duban:problem:invalid-state")
    else:
        assert company.auditor.send("GET", f"/cases/{case}/evidence").status_code == 200


def test_an_auditor_sees_how_far_a_case_is_sealed(company: Company) -> None:
    keys.create(company.duban.log.key_file)
    case = company.start()
    before = company.auditor.get(f"/cases/{case}/seal")
    assert (before["entries"], before["sealed"], before["size"], before["whole"]) == (1, 0, 0, True)
    company.duban.log.seal()
    after = company.auditor.get(f"/cases/{case}/seal")
    assert after["sealed"] == 1 and after["size"] == after["witnessed"] > 1
    assert after["key"] == keys.spelled(company.duban.log.public_key())


# The command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def home(small: Company, monkeypatch: pytest.MonkeyPatch) -> tuple[Company, str]:
    """A company whose server has stopped, and a case in it; the command line works on its home."""
    case = small.start()
    assert small.inspected(case).status_code == 200
    small.duban.log.seal()
    small.duban.store.close()
    monkeypatch.setenv("DUBAN_DATABASE", str(small.duban.store.url))
    monkeypatch.setenv("DUBAN_HOME", str(small.duban.home))
    return small, case


def duban(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = cli.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_the_command_verifies_everything_or_a_case(home, capsys) -> None:
    _, case = home
    code, told = duban(capsys, "verify", "--re-execute")
    assert code == 0 and "WHOLE" in told and "2 of 2 streams are the same" in told
    code, told = duban(capsys, "verify", "--json", "--case", case)
    assert (code, json.loads(told)["whole"], json.loads(told)["leaves"]) == (0, True, 2)
    assert duban(capsys, "verify", "--case", "2603-none")[0] == 1


def test_the_command_reads_only_what_came_since_a_checkpoint(home, capsys, tmp_path) -> None:
    company, _ = home
    _, note = duban(capsys, "log", "checkpoint")
    (tmp_path / "seen").write_text(note)
    company.start()
    company.duban.log.seal()
    company.duban.store.close()
    code, told = duban(capsys, "verify", "--json", "--since", tmp_path / "seen")
    assert (code, json.loads(told)["entries"], json.loads(told)["leaves"]) == (0, 2, 10), (
        told
    )  # the case, and who signed in to start it
    with company.duban.store.transaction() as connection:
        connection.execute(sa.text("UPDATE tiles SET hashes = zeroblob(320)"))
    company.duban.store.close()
    code, told = duban(capsys, "verify", "--since", tmp_path / "seen")
    assert code == 1 and "not that of the checkpoint given" in told


def test_the_command_writes_the_evidence(home, capsys, tmp_path) -> None:
    _, case = home
    file = tmp_path / "out.zip"
    assert duban(capsys, "evidence", case, "-o", file)[0] == 0
    assert verify.main([str(file)]) == 0
    assert duban(capsys, "evidence", "2603-none", "-o", tmp_path / "none.zip")[0] == 1
    assert sorted(path.name for path in tmp_path.glob("none*")) == []


def test_a_tampered_database_fails_the_command(home, capsys) -> None:
    company, case = home
    with company.duban.store.transaction() as connection, unguarded(connection):
        connection.execute(sa.text("UPDATE entries SET bytes = replace(bytes, 'U01', 'U02') WHERE seq = 1"))
    company.duban.store.close()
    for arguments in (["verify"], ["verify", "--case", case]):
        code, told = duban(capsys, *arguments)
        assert code == 1 and f"case/{case} entry 1" in told and "WRONG" in told


def test_the_report_tells_the_case_and_without_personal_values_nothing_of_people(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(papers, "pdf", lambda html: said.append(html) or b"%PDF-1.7")
    case = company.start(site="秘密地点")
    assert company.inspected(case).status_code == 200
    keys.create(company.duban.log.key_file)
    for path in ("evidence", "evidence?personal=false"):
        assert company.auditor.send("GET", f"/cases/{case}/{path}").status_code == 200
    whole, bare = said
    for words in ("秘密地点", "inspector姓名", "完成：现场检查", "下一步：审核", "photo.jpg", "案件历史报告"):
        assert words in whole
    for words in ("秘密地点", "inspector姓名", "photo.jpg"):
        assert words not in bare
    assert "完成：现场检查" in bare and case in bare


def test_a_long_case_is_told_by_its_beginning_and_its_end(small: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    case = small.start()
    assert small.inspected(case).status_code == 200
    monkeypatch.setattr(case_report, "MOST", 2)
    proof = case_report.Proof("h", 1, "now", "key")
    with small.duban.store.reading() as connection:
        last = history.sealed(connection, f"case/{case}")
        count = len(list(last))
        for upto, shown in ((1, [1]), (2, [1, 2]), (count, [1, count])):
            said = case_report.read(connection, small.duban, case, upto, proof, personal=True)
            assert ([one["seq"] for one in said["entries"]], said["left_out"]) == (shown, upto - len(shown))


def test_where_nothing_can_be_drawn_the_pack_goes_without_a_report(
    small: Company, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def cannot(_: object) -> bytes:
        raise papers.CannotPrint("no fonts")

    monkeypatch.setattr(case_report, "draw", cannot)
    assert not (unpacked(small, tmp_path) / "report.pdf").exists()
