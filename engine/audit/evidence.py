"""An evidence pack: one case with everything that it takes to check it, without us and without this database.

It holds the case up to the log's newest checkpoint, since an entry that nothing proves is no evidence: a ZIP of the
entries as they were hashed, the openings of personal values, the path of each entry to the log's root, the signed
checkpoint, what the witness saw and that the log grew from it, timestamps of an authority, the log's public key, the
release files that decided the entries, the attachments, and `verify.py`, which checks all of it. The same history makes
the same bytes.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import sqlalchemy as sa

from engine import store
from engine.audit import entries, keys, verify
from engine.audit.log import Log, Proof, newest_note, proofs, tree
from engine.audit.verify import Note
from engine.audit.witnesses import witnessed
from engine.errors import CaseNotFound, InvalidState

_CHUNK = 256 * 1024


class NotSealed(InvalidState):
    """Expected a signed checkpoint of the log, but there is none yet; `duban log init` makes the log's key."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the case. `about` is what is told of it, JSON; a file that is gone is told of and left out."""

    sha256: str
    file: Path
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the pack is to hold. `personal`: with the openings of personal values; without, they stay commitments.

    `report(last entry, its hash, checkpoint)` draws a PDF for people; it may return None.
    """

    case_id: str
    at: str
    attachments: Iterable[Attached] = ()
    personal: bool = True
    report: Callable[[int, str, Note], bytes | None] | None = None


def write(out: IO[bytes], connection: sa.Connection, log: Log, wanted: Wanted) -> None:
    """Write the pack to `out`. Raises CaseNotFound, and NotSealed when the log has never been signed."""
    found, key = newest_note(connection), log.public_key()
    if found is None or key is None:
        raise NotSealed
    note, text = found
    proven = list(proofs(connection, f"case/{wanted.case_id}", note.size))
    with ZipFile(out, "w") as target:
        pack = _Writer(target)
        last, releases = _write_entries(pack, connection, wanted, len(proven))
        pack.text("checkpoint.txt", text)
        pack.text("log-key.txt", keys.spelled(key) + "\n")
        pack.lines("proofs.jsonl", (_spelled(proof) for proof in proven))
        _write_witness(pack, connection, log, note)
        _write_stamps(pack, connection, note, max((proof.position for proof in proven), default=0) + 1)
        _write_releases(pack, connection, releases)
        _write_attachments(pack, wanted.attachments)
        drawn = wanted.report(last.seq, last.hash, note) if wanted.report else None
        if drawn is not None:
            pack.lines("report.pdf", [drawn], ZIP_STORED)
        pack.text("verify.py", Path(verify.__file__).read_text(encoding="utf-8"))
        pack.text("README.txt", README)


class _Writer:
    """Writes members without the present time, so that equal contents make equal packs."""

    def __init__(self, target: ZipFile) -> None:
        self._target = target

    def text(self, name: str, content: str) -> None:
        self.lines(name, [content.encode()])

    def json(self, name: str, content: object) -> None:
        self.text(name, json.dumps(content, ensure_ascii=False, indent=1) + "\n")

    def lines(self, name: str, content: Iterable[bytes], compression: int = ZIP_DEFLATED) -> None:
        about = ZipInfo(name)
        about.compress_type, about.external_attr = compression, 0o644 << 16
        with self._target.open(about, "w", force_zip64=True) as member:
            for part in content:
                member.write(part)


def _write_entries(
    pack: _Writer, connection: sa.Connection, wanted: Wanted, count: int
) -> tuple[entries.Sealed, list[str]]:
    """The first `count` entries, and what the pack says of itself; returns the last of them and the releases named."""
    releases: dict[str, None] = {}
    personal: list[bytes] = []
    last = entries.Sealed("", 0, entries.GENESIS, b"")

    def lines() -> Iterator[bytes]:
        nonlocal last
        for last in _sealed(connection, wanted.case_id, count):
            releases[entries.parse(last.data)["release"]] = None
            if last.personal is not None:
                personal.append(json.dumps({"seq": last.seq, "openings": json.loads(last.personal)}).encode() + b"\n")
            yield last.data + b"\n"

    pack.lines("entries.jsonl", lines())
    if not last.seq:
        raise CaseNotFound(f"Expected a case '{wanted.case_id}' that is in the log, but there is none.")
    if wanted.personal:
        pack.lines("personal.jsonl", personal)
    about = {"format": 1, "case": wanted.case_id, "entries": last.seq, "head": last.hash, "made": wanted.at}
    pack.json("pack.json", about)
    return last, list(releases)


def _sealed(connection: sa.Connection, case_id: str, count: int) -> Iterator[entries.Sealed]:
    e = store.entries.c
    mine = (e.stream == f"case/{case_id}", e.seq <= count)
    query = sa.select(e.seq, e.hash, e.bytes, e.personal).where(*mine).order_by(e.seq)
    for seq, hash, data, personal in connection.execute(query.execution_options(yield_per=500)):
        yield entries.Sealed(f"case/{case_id}", seq, hash, bytes(data), bytes(personal) if personal else None)


def _spelled(proof: Proof) -> bytes:
    told = {"seq": proof.seq, "position": proof.position, "path": [hash.hex() for hash in proof.path]}
    return json.dumps(told).encode() + b"\n"


def _write_witness(pack: _Writer, connection: sa.Connection, log: Log, note: Note) -> None:
    """What the witness saw last, and that the log has only grown since."""
    seen = log.witness.newest()
    if seen is None or not 0 < seen.size <= note.size:
        return
    pack.text("witness.txt", seen.spelled())
    pack.json("consistency.json", [hash.hex() for hash in tree(connection).consistency(seen.size, note.size)])


def _write_stamps(pack: _Writer, connection: sa.Connection, note: Note, needed: int) -> None:
    """Of each timestamp authority the earliest timestamp that covers the `needed` leaves, or else its newest one."""
    told: list[dict[str, Any]] = []
    w, whole = witnessed.c, tree(connection)
    mine = (w.kind == "rfc3161", w.state == "seen", w.size <= note.size)
    covers, best = sa.case((w.size >= needed, w.size), else_=None), dict[str, Any]()
    for row in connection.execute(sa.select(w.witness, w.size, w.note, w.answer).where(*mine).order_by(covers, w.size)):
        if row.witness not in best or best[row.witness].size < needed:
            best[row.witness] = row
    for n, (name, row) in enumerate(sorted(best.items()), 1):
        grown = [hash.hex() for hash in whole.consistency(row.size, note.size)]
        told.append({"witness": name, "note": f"timestamps/{n}.txt", "answer": f"timestamps/{n}.tsr", "grown": grown})
        pack.text(f"timestamps/{n}.txt", row.note)
        pack.lines(f"timestamps/{n}.tsr", [bytes(row.answer)])
    if told:
        pack.json("timestamps.json", told)


def _write_releases(pack: _Writer, connection: sa.Connection, releases: Iterable[str]) -> None:
    f = store.release_files.c
    for release in releases:
        query = sa.select(f.path, f.content).where(f.release == release).order_by(f.path)
        for path, content in connection.execute(query):
            pack.lines(f"releases/{release}/{path}", [bytes(content)])


def _write_attachments(pack: _Writer, attachments: Iterable[Attached]) -> None:
    told, written = [], set()
    for one in attachments:
        is_there = one.file.is_file()
        told.append({**one.about, "sha256": one.sha256, "in_pack": is_there})
        if is_there and one.sha256 not in written:
            written.add(one.sha256)
            pack.lines(f"attachments/{one.sha256}", _parts(one.file), ZIP_STORED)
    pack.json("attachments.json", told)


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while part := source.read(_CHUNK):
            yield part


README = """督办 证据包
================

本包含有一个案件的完整历史及其证明，无需督办系统即可校验：

    python verify.py

在解压后的文件夹中运行（Python 3.11 或更新，不需要其他软件），输出 WHOLE 表示完整。
请从您信任的渠道取得日志公钥，并用 --key 指定，以确认签名者。

report.pdf         供人阅读的案件经过（内容以 entries.jsonl 为准；本机不能排版中文时没有此文件）
entries.jsonl      案件的每一条记录，一行一条，与计算哈希时的字节完全相同
personal.jsonl     个人信息的原值（记录中只有其承诺值）；已删除的不在其中
proofs.jsonl       每条记录到日志根的路径（RFC 9162）
checkpoint.txt     日志的签名检查点
log-key.txt        日志公钥
witness.txt        见证人保存的检查点；consistency.json 证明日志自那时起只增未改
timestamps/        时间戳服务机构（RFC 3161）对检查点的时间戳；用 --roots 指定您信任的根证书以核对签发者
releases/          作出决定时所用的流程图、决策表和表单，按内容哈希存放
attachments/       附件原件，以其 SHA-256 命名；attachments.json 为说明

Duban evidence pack
===================

The whole history of one case, with the proof of it. It is checked without Duban: run

    python verify.py

in the unpacked folder (Python 3.11 or newer, nothing else). WHOLE says that every entry follows the one before and lies
in the signed log, that releases/ holds the very diagrams that the entries name, and that the attachments are the files
that were attached. Get the log's public key from somebody you trust and give it with --key: then you also know who
signed. Timestamps of an authority (RFC 3161) lie in timestamps/: give --roots with the certificates that you trust, and
install `cryptography`, to have their signatures checked as well. An attachment that the history does not name is
listed: it lies in the pack, but nothing proves when it came. report.pdf tells the case to people, in Chinese; what
counts is entries.jsonl.
"""
