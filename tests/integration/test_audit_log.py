"""The log over all streams: sealing, proofs, and every attack that it is there for, found and named."""

import base64
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import clock as seam
from engine import history, store
from engine.audit import keys, log, merkle, verify
from engine.audit.log import Forked, Log, Tables
from engine.execution import commands as c
from engine.guard import unguarded
from engine.store import Store
from tests.integration.test_cases import Site
from tests.support.diagrams import end, ext, flows, start, user

PARTS = (ext('<duban:case personal="phone"/>'), start(), user("a"), user("b"), end(), flows("s a", "a b", "b e"))


class Sealed(Site):
    """A site with a log, a key and a witness outside the database."""

    def __init__(self, store, folder: Path) -> None:
        super().__init__(store)
        self.log = Log(store, folder / "keys" / "log.key", folder / "witness.txt")
        if not self.log.key_file.exists():
            keys.create(self.log.key_file)

    def case_of(self, steps: int, **variables) -> str:
        """A case with so many entries, sealed."""
        case = self.start(*PARTS, **variables)
        for step in range(steps - 1):
            self.cases.handle(case, c.SetVariables({"n": f"value {step}"}))
        self.log.seal()
        return case

    def audit(self, witness: bool = True, key: verify.Key | None = None) -> verify.Report:
        with self.store.reading() as connection:
            seen = self.log.witness.text() if witness else None
            return verify.Auditor(Tables(connection), key or self.log.signer().public, seen).run()

    def reasons(self, **how) -> list[str]:
        return [f"{found.stream} {found.seq}: {found.reason}" for found in self.audit(**how).findings]

    def run(self, statement) -> None:
        """As somebody who owns the database may."""
        with self.store.transaction() as connection, unguarded(connection):
            connection.execute(statement)

    def rows(self, stream: str):
        with self.store.reading() as connection:
            return list(history.sealed(connection, stream))


@pytest.fixture
def site(store, tmp_path):
    yield Sealed(store, tmp_path)
    seam.simulate(None)


# Sealing -------------------------------------------------------------------------------------------------------------


def test_every_entry_of_every_stream_is_sealed_once(site):
    case = site.case_of(5)
    assert site.log.seal() == []
    report = site.audit()
    assert (report.findings, report.entries, report.leaves, report.waiting) == ([], 6, 6, 0)
    assert report.signed.size == report.witnessed.size == 6
    with site.store.reading() as connection:
        positions = connection.execute(sa.select(store.leaves.c.position).order_by(store.leaves.c.seq)).scalars().all()
        mine = sa.select(store.leaves.c.position).where(store.leaves.c.stream == f"case/{case}")
        in_order = connection.execute(mine.order_by(store.leaves.c.seq)).scalars().all()
    assert sorted(positions) == list(range(6))
    assert in_order == sorted(in_order)


def test_an_entry_written_by_other_means_waits_for_the_log_too(site):
    site.case_of(2)
    row = {"stream": "case/x", "seq": 1, "hash": "0" * 64, "bytes": b"{}", "personal": None, "at": 1}
    site.run(store.entries.insert().values(row))
    assert site.log.seal() == ["case/x"]


def test_sealing_in_pieces_leads_to_the_same_tree(site, monkeypatch):
    monkeypatch.setattr(log, "BATCH", 3)
    monkeypatch.setattr(log, "_WAITING", log._WAITING.limit(3))
    site.case_of(20)
    assert site.reasons() == []
    with site.store.reading() as connection:
        leaves = connection.execute(
            sa.select(store.leaves, store.entries.c.hash)
            .join(
                store.entries,
                sa.and_(store.entries.c.stream == store.leaves.c.stream, store.entries.c.seq == store.leaves.c.seq),
            )
            .order_by(store.leaves.c.position)
        ).all()
        frontier = verify.Frontier()
        for leaf in leaves:
            frontier.push(verify.leaf_of(leaf.hash))
        assert log.tree(connection).root(len(leaves)) == frontier.root()
        assert len(connection.execute(sa.select(store.checkpoints)).all()) == 7


def test_a_sealer_that_dies_halfway_leaves_no_gap(site, monkeypatch):
    case = site.start(*PARTS)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Log, "_checkpoint", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        site.log.seal()
    assert (site.audit().leaves, site.audit().waiting) == (0, 2)
    assert sorted(site.log.seal()) == sorted([f"case/{case}", "definition/p"])
    assert (site.reasons(), site.audit().leaves) == ([], 2)


def test_an_entry_with_a_broken_hash_does_not_stop_the_others(site):
    site.case_of(2)
    row = {"stream": "case/x", "seq": 1, "hash": "no hash", "bytes": b"{}", "personal": None, "at": 1}
    site.run(store.entries.insert().values(row))
    second = site.start(*PARTS)
    assert site.log.seal() == [f"case/{second}"]


def test_a_crash_between_sealing_and_the_witness_is_made_good(site):
    site.case_of(2)
    site.log.witness.path.unlink()
    site.log.seal()
    assert site.audit().witnessed.size == site.audit().leaves


def test_a_checkpoint_torn_by_a_crash_does_not_spoil_the_next(site):
    site.case_of(2)
    with site.log.witness.path.open("a") as file:
        file.write("duban-torn\n12\nAAAA")
    site.case_of(2)
    assert site.reasons() == []
    assert site.audit().witnessed.size == 5


def test_without_a_key_the_log_grows_unsigned(site, tmp_path):
    site.log.key_file.unlink()
    keys.public_file(site.log.key_file).unlink()
    if site.store.is_sqlite:
        site.case_of(2)
        assert site.log.key_file.stat().st_mode & 0o777 == 0o600
    else:
        site.log.seal()
        site.start(*PARTS)
        assert Log(site.store, site.log.key_file, tmp_path / "other").seal()
        with site.store.reading() as connection:
            assert log.newest_note(connection) is None
            assert connection.execute(sa.select(store.checkpoints)).first() is not None


def test_the_worker_seals_and_keeps_snapshots(site):
    site.worker.log = site.log
    case = site.start(*PARTS, text="x" * 20_000)
    for _ in range(5):
        site.cases.handle(case, c.SetVariables({"text": "y" * 20_000}))
    site.advance(seconds=6)
    assert site.reasons() == []
    assert site.audit().leaves == 7
    assert site.count(store.snapshots) > 0


def test_a_log_that_cannot_be_sealed_is_said_so_and_work_goes_on(site, caplog):
    site.worker.log = site.log
    case = site.case_of(3)
    site.run(store.tiles.delete())
    with caplog.at_level(logging.ERROR):
        site.advance(seconds=6)
    assert "witness saw" in caplog.text
    assert site.cases.handle(case, c.SetVariables({"n": "on"})).seq == 4


# Proofs --------------------------------------------------------------------------------------------------------------


def test_each_entry_is_proven_by_its_path_to_the_signed_root(site):
    case = site.case_of(9)
    with site.store.reading() as connection:
        note, _ = log.newest_note(connection)
        proofs = list(log.proofs(connection, f"case/{case}", note.size))
    rows = site.rows(f"case/{case}")
    assert [proof.seq for proof in proofs] == [row.seq for row in rows]
    assert verify.is_signed(note, site.log.signer().public)
    for proof, row in zip(proofs, rows, strict=True):
        assert verify.included(verify.leaf_of(row.hash), proof.position, note.size, proof.path, note.root)


# Attacks -------------------------------------------------------------------------------------------------------------


def edit(site, case, seq, old=b"value", new=b"forged"):
    """Change the bytes of an entry and nothing else."""
    row = site.rows(f"case/{case}")[seq - 1]
    assert old in row.data
    mine = (store.entries.c.stream == row.stream, store.entries.c.seq == seq)
    site.run(store.entries.update().where(*mine).values(bytes=row.data.replace(old, new)))


def rehash(site, case):
    """Compute the chain of a case anew, as anybody who can write the database may."""
    prev, stream = verify.GENESIS, f"case/{case}"
    rows = site.rows(stream)
    for seq, row in enumerate(rows, 1):
        body = json.loads(row.data) | {"seq": seq, "prev": prev}
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        prev = verify.digest(data)
        mine = (store.entries.c.stream == stream, store.entries.c.seq == row.seq)
        site.run(store.entries.update().where(*mine).values(bytes=data, hash=prev, seq=seq))
    site.run(store.cases.update().where(store.cases.c.id == case).values(hash=prev, seq=len(rows)))


def delete(site, case, *seqs):
    mine = store.entries.c.stream == f"case/{case}"
    site.run(store.entries.delete().where(mine, store.entries.c.seq.in_(seqs)))


def drop(site, case):
    site.run(store.entries.delete().where(store.entries.c.stream == f"case/{case}"))
    site.run(store.cases.delete().where(store.cases.c.id == case))


def rebuild(site, signer=None):
    """Build the log anew over what there is now; with a signer also sign it."""
    same = sa.and_(store.entries.c.stream == store.leaves.c.stream, store.entries.c.seq == store.leaves.c.seq)
    in_order = sa.select(store.entries).join(store.leaves, same).order_by(store.leaves.c.position)
    with site.store.transaction() as connection, unguarded(connection):
        rows = connection.execute(in_order).all()
        for table in (store.leaves, store.tiles, store.unsealed):
            connection.execute(table.delete())
        places = [{"stream": row.stream, "seq": row.seq, "position": n} for n, row in enumerate(rows)]
        connection.execute(store.leaves.insert(), places)
        leaves = [verify.leaf_of(row.hash) for row in rows]
        for (level, number), hashes in merkle.grow(0, leaves, lambda *_: b"").items():
            connection.execute(store.tiles.insert().values(level=level, number=number, hashes=hashes))
        if signer:
            root = log.tree(connection).root(len(rows))
            connection.execute(store.checkpoints.delete())
            note = signer.sign(len(rows), root, "2026-03-02T04:00:00.000Z")
            connection.execute(store.checkpoints.insert().values(size=len(rows), root=root.hex(), at=1, note=note))


def attack_edit(site, case):
    edit(site, case, 2)


def attack_edit_and_rehash(site, case):
    edit(site, case, 2)
    rehash(site, case)


def attack_delete(site, case):
    delete(site, case, 2)


def attack_delete_and_rehash(site, case):
    delete(site, case, 2)
    rehash(site, case)


def attack_insert(site, case):
    last = site.rows(f"case/{case}")[-1]
    body = json.loads(last.data) | {"seq": last.seq + 1, "prev": last.hash}
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    row = {"stream": last.stream, "seq": last.seq + 1, "hash": verify.digest(data), "bytes": data, "at": 1}
    site.run(store.entries.insert().values(personal=None, **row))
    site.run(store.unsealed.delete())
    site.run(store.cases.update().where(store.cases.c.id == case).values(hash=row["hash"], seq=row["seq"]))


def attack_reorder(site, case):
    mine = store.entries.c.stream == f"case/{case}"
    for old, new in ((2, 99), (3, 2), (99, 3)):
        site.run(store.entries.update().where(mine, store.entries.c.seq == old).values(seq=new))


def attack_reorder_and_rehash(site, case):
    attack_reorder(site, case)
    rehash(site, case)


def attack_truncate(site, case):
    delete(site, case, 3, 4)


def attack_truncate_with_head(site, case):
    delete(site, case, 3, 4)
    rehash(site, case)


def attack_drop_case(site, case):
    drop(site, case)


def attack_drop_case_and_leaves(site, case):
    drop(site, case)
    site.run(store.leaves.delete().where(store.leaves.c.stream == f"case/{case}"))


def attack_drop_case_and_rebuild(site, case):
    drop(site, case)
    rebuild(site)


def attack_edit_and_rebuild(site, case):
    edit(site, case, 2)
    rehash(site, case)
    rebuild(site)


def attack_edit_and_drop_checkpoints(site, case):
    attack_edit_and_rebuild(site, case)
    site.run(store.checkpoints.delete())


def attack_edit_with_the_logs_key(site, case):
    edit(site, case, 2)
    rehash(site, case)
    rebuild(site, site.log.signer())


def attack_drop_case_with_the_logs_key(site, case):
    drop(site, case)
    rebuild(site, site.log.signer())


def attack_with_a_key_of_their_own(site, case):
    edit(site, case, 2)
    rehash(site, case)
    rebuild(site, keys.create(site.log.key_file.with_name("own.key")))


def attack_tiles(site, case):
    site.run(store.tiles.update().where(store.tiles.c.level == 0).values(hashes=bytes(32 * 9)))


def attack_personal_value(site, case):
    row = site.rows(f"case/{case}")[0]
    mine = (store.entries.c.stream == row.stream, store.entries.c.seq == 1)
    site.run(store.entries.update().where(*mine).values(personal=row.personal.replace(b"138", b"137")))


# what is done → (where it is seen, part of what is said); the second case stays untouched throughout
ATTACKS = [
    (attack_edit, "case/{0} 2", "its bytes are not those that were hashed"),
    (attack_edit_and_rehash, "case/{0} 2", "is not what was sealed as leaf"),
    (attack_delete, "case/{0} 3", "expected entry 2 here"),
    (attack_delete_and_rehash, "case/{0} 4", "is gone"),
    (attack_insert, "case/{0} 5", "it was slipped in"),
    (attack_reorder, "case/{0} 2", "it was moved here"),
    (attack_reorder_and_rehash, "case/{0} 2", "is not what was sealed as leaf"),
    (attack_truncate, "case/{0} 4", "the history was cut short"),
    (attack_truncate_with_head, "case/{0} 3", "is gone"),
    (attack_drop_case, "case/{0} 1", "is gone"),
    (attack_drop_case_and_leaves, "log ", "this leaf belongs to no entry"),
    (attack_drop_case_and_rebuild, "log 5", "the witness saw 9 leaves"),
    (attack_edit_and_rebuild, "log 5", "not the one that was signed"),
    (attack_edit_and_drop_checkpoints, "log 5", "not the one that the witness saw"),
    (attack_edit_with_the_logs_key, "log 5", "not the one that the witness saw"),
    (attack_drop_case_with_the_logs_key, "log 5", "the witness saw 9 leaves"),
    (attack_with_a_key_of_their_own, "log 9", "not signed by the log's key"),
    (attack_tiles, "log 5", "not the one that was signed"),
    (attack_personal_value, "case/{0} 1", "a personal value beside it is not the one"),
]


@pytest.mark.parametrize(("attack", "where", "what"), ATTACKS, ids=[attack.__name__[7:] for attack, *_ in ATTACKS])
def test_an_attack_on_the_database_is_found_and_named(site, attack, where, what):
    case, other = site.case_of(4, phone="13800000000"), site.case_of(4)
    assert site.reasons() == []
    attack(site, case)
    found = site.reasons()
    assert [reason for reason in found if reason.startswith(where.format(case)) and what in reason], found
    assert [reason for reason in found if reason.startswith(f"case/{other}")] == []


def test_only_a_witness_sees_what_the_holder_of_database_and_key_rewrites(site):
    case = site.case_of(4)
    attack_edit_with_the_logs_key(site, case)
    assert site.reasons(witness=False) == []
    assert any("witness" in reason for reason in site.reasons())


def test_what_was_written_after_the_last_checkpoint_is_the_window_that_remains(site):
    case = site.case_of(4)
    site.cases.handle(case, c.SetVariables({"n": "value"}))
    edit(site, case, 5)
    rehash(site, case)
    assert site.reasons() == []
    assert site.audit().waiting == 1


def copy_of(site, path: Path) -> "Sealed":
    """What `pg_dump` or a copied file is: the same database, from now on another one, with the same key and witness."""
    other = Store(f"sqlite:///{path}")
    other.create_all()
    with site.store.reading() as source, other.transaction() as target:
        for table in store.metadata.sorted_tables:
            target.execute(table.delete())
            rows = [dict(row._mapping) for row in source.execute(sa.select(table))]
            if rows:
                target.execute(table.insert(), rows)
        target.execute(store.unsealed.delete())
        for row in source.execute(sa.select(store.unsealed)):
            target.execute(store.unsealed.insert(), dict(row._mapping))
    return Sealed(other, site.log.key_file.parent.parent)


def test_a_rewind_from_a_backup_is_found_at_once(site, tmp_path):
    site.case_of(4)
    old = copy_of(site, tmp_path / "backup.db")
    site.case_of(3)
    assert any("the witness saw 8 leaves" in reason for reason in old.reasons()), old.reasons()
    old.start(*PARTS)
    with pytest.raises(Forked, match="cut short"):
        old.log.seal()
    assert old.audit().leaves == 5


def test_two_copies_that_both_go_on_are_a_fork(site, tmp_path):
    site.case_of(4)
    other = copy_of(site, tmp_path / "fork.db")
    other.cases.start(c.StartCase("p", {"only": "here"}))
    for _ in range(6):
        site.case_of(1)
    other.log.witness.path = tmp_path / "unseen.txt"
    for _ in range(6):
        other.cases.start(c.StartCase("p", {"only": "here"}))
    other.log.seal()
    other.log.witness = site.log.witness
    other.start(*PARTS)
    with pytest.raises(Forked, match=r"another tree|cut short"):
        other.log.seal()
    assert any("witness" in reason for reason in other.reasons())
    assert site.reasons() == []


# Keys ----------------------------------------------------------------------------------------------------------------


def test_a_key_is_for_its_owner_only_and_never_replaced(tmp_path):
    made = keys.create(tmp_path / "keys" / "log.key")
    file = tmp_path / "keys" / "log.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.load(file).public == made.public == verify.Key.parse(keys.public_file(file).read_text())
    with pytest.raises(keys.BadKey, match="exists"):
        keys.create(file)
    file.chmod(0o640)
    with pytest.raises(keys.BadKey, match="0600"):
        keys.load(file)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+x", "PRIVATE+KEY+x+00000000+AAAA", "PUBLIC+KEY+x+y+z", "a+b+c+d+é"])
def test_a_file_that_is_no_key_is_refused(tmp_path, text):
    file = tmp_path / "log.key"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(keys.BadKey):
        keys.load(file)


def test_a_key_says_nothing_of_its_secret(tmp_path):
    file = tmp_path / "log.key"
    made = keys.create(file)
    secret = file.read_text().strip().split("+", 4)[4]  # base64 has "+" of its own: cut from the left
    assert len(secret) == 44
    assert secret not in repr(made) and secret not in keys.public_file(file).read_text()


def test_a_signature_is_checked_alike_with_and_without_the_package(tmp_path):
    signer = keys.create(tmp_path / "log.key")
    for size in (1, 2, 300):
        note = next(verify.notes_in(signer.sign(size, os.urandom(32), "2026-03-02T04:00:00.000Z")))
        signature = base64.b64decode(signer.sign(size, note.root, note.at).split()[-1])[4:]
        message = note.text.encode()
        for check in (verify.signed_by, verify.ed25519):
            assert check(signer.public.public, message, signature)
            assert not check(signer.public.public, message + b"x", signature)
            assert not check(os.urandom(32), message, signature)
            assert not check(signer.public.public, message, signature[:-1] + bytes([signature[-1] ^ 1]))


# The file alone ------------------------------------------------------------------------------------------------------


def alone(tmp_path: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a copy of verify.py by itself: no repository, no installed packages but the standard library."""
    file = Path(shutil.copy(verify.__file__, tmp_path / "verify.py"))
    command = [sys.executable, "-I", "-S", str(file), *map(str, arguments)]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)


def test_a_database_is_verified_by_the_file_alone(sqlite_url, tmp_path):
    site = Sealed(Store(sqlite_url), tmp_path)
    case = site.case_of(4)
    outside = ("--key", keys.public_file(site.log.key_file), "--witness", site.log.witness.path)
    file = sqlite_url.removeprefix("sqlite:///")
    done = alone(tmp_path, file, *outside)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "WHOLE"), done.stdout + done.stderr
    attack_edit_with_the_logs_key(site, case)
    done = alone(tmp_path, file, *outside)
    assert done.returncode == 1 and "the witness saw" in done.stdout
    site.store.close()
    seam.simulate(None)
