"""Stand-alone verifier of Duban's histories: this one file and Python's standard library.

    python verify.py duban.db            every stream of an SQLite database
    python verify.py entries.jsonl       an export: one entry a line, exactly the bytes that were hashed

For each stream: every entry is of format v1, names the stream and its place in it, and carries the hash of the entry
before it. In a database the hash stored beside an entry must be the hash of its bytes. The first wrong entry is named.
Exit code 0: whole, 1: something is wrong, 2: cannot read.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

GENESIS = "0" * 64
SUITES = {"sha256": hashlib.sha256}


class Row(NamedTuple):
    """An entry as stored. `hash` is None where only the bytes are known; `personal` holds openings of commitments."""

    stream: str
    seq: int
    hash: str | None
    data: bytes
    personal: bytes | None = None


class Finding(NamedTuple):
    """What is wrong, and where it is seen first."""

    stream: str
    seq: int
    reason: str


def check(rows: Iterable[Row]) -> Iterator[Finding]:
    """The first wrong entry of each stream. Rows must come grouped by stream, in the order of `seq`."""
    stream, expected, prev, failed = None, 1, GENESIS, False
    for row in rows:
        if row.stream != stream:
            stream, expected, prev, failed = row.stream, 1, GENESIS, False
        if failed:
            continue
        reason = check_entry(row, expected, prev)
        if reason:
            failed = True
            yield Finding(row.stream, row.seq, reason)
        prev, expected = digest(row.data), expected + 1


def check_entry(row: Row, seq: int, prev: str) -> str | None:
    """What is wrong with one entry, given its place and the hash before it; None: nothing."""
    body = read(row.data)
    if body is None:
        return "is not an entry of format v1"
    if row.seq != seq:
        return f"expected entry {seq} here: an entry is missing or doubled"
    if body.get("stream") != row.stream or body.get("seq") != seq:
        return f"says it is entry {body.get('seq')} of {body.get('stream')}: it was moved here"
    if row.hash is not None and row.hash != digest(row.data):
        return "its bytes are not those that were hashed: it was changed"
    if body.get("prev") != prev:
        return "does not follow the entry before it: one of the two was changed"
    return check_openings(row)


def read(data: bytes) -> dict[str, object] | None:
    try:
        body = json.loads(data)
    except ValueError:
        return None
    return body if isinstance(body, dict) and body.get("v") == 1 and body.get("suite") in SUITES else None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_openings(row: Row) -> str | None:
    """A personal value kept beside the entry must be the one that the entry committed to."""
    if row.personal is None:
        return None
    for commitment, (salt, text) in json.loads(row.personal).items():
        if digest(f"{salt}:{text}".encode()) != commitment:
            return "a personal value beside it is not the one it committed to"
    return None


def from_database(path: str) -> Iterator[Row]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    query = "select stream, seq, hash, bytes, personal from entries order by stream, seq"
    for stream, seq, hash, data, personal in connection.execute(query):
        yield Row(stream, seq, hash, bytes(data), personal)
    connection.close()


def heads_of(path: str) -> Iterator[tuple[str, int, str]]:
    """What cases and definitions say their last entry is: shows a history cut short."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for prefix, table, name in (("case", "cases", "id"), ("definition", "definitions", "process")):
        for id, seq, hash in connection.execute(f"select {name}, seq, hash from {table}"):
            yield f"{prefix}/{id}", seq, hash
    connection.close()


def from_export(path: str) -> Iterator[Row]:
    with open(path, "rb") as lines:  # noqa: PTH123 - plain Python for a file that travels alone
        for line in lines:
            data = line.rstrip(b"\n")
            body = read(data) or {}
            yield Row(str(body.get("stream")), int(str(body.get("seq", 0))), None, data)


def check_heads(rows: Iterable[Row], heads: Iterable[tuple[str, int, str]]) -> Iterator[Finding]:
    """A stream must end where its head says."""
    last = {row.stream: (row.seq, digest(row.data)) for row in rows}
    for stream, seq, hash in heads:
        if last.pop(stream, (0, GENESIS)) != (seq, hash):
            yield Finding(
                stream, seq, "its last entry is not the one its head names: the history was cut short or replaced"
            )
    for stream, (seq, _) in last.items():
        yield Finding(stream, seq, "has no head: its case or definition was removed")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    path = arguments[0]
    is_database = _starts_with(path, b"SQLite format 3")
    source = from_database if is_database else from_export
    findings = list(check(source(path)))
    if is_database:
        findings += check_heads(source(path), heads_of(path))
    count = sum(1 for _ in source(path))
    for finding in findings:
        sys.stdout.write(f"{finding.stream} entry {finding.seq}: {finding.reason}\n")
    sys.stdout.write(f"{count} entries, {'WHOLE' if not findings else f'{len(findings)} streams are wrong'}\n")
    return 1 if findings else 0


def _starts_with(path: str, magic: bytes) -> bool:
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return file.read(len(magic)) == magic


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
