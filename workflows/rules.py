"""Decision tables of the organisation: recusal, shifts. The newest deployed version counts, before that the shipped."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from engine import clock, feel, store
from engine.decisions import Model, compile_definitions
from engine.notation import read_dmn

SHIPPED = Path(__file__).parent.parent / "bpmn" / "people"


def row(connection: Connection, decision: str, **inputs: str) -> Mapping[str, feel.Value]:
    """What the table `<decision>.dmn` says; empty where no rule fits."""
    now = feel.DateTime.from_datetime(clock.now())
    given: dict[str, feel.Value] = dict(inputs)
    decided = _model(newest(connection, decision)).evaluate(decision, given, now).value
    return decided if isinstance(decided, dict) else {}


def newest(connection: Connection, decision: str) -> bytes:
    """The table's file as last deployed, or as shipped."""
    files, releases = store.release_files.c, store.releases.c
    query = (
        sa.select(files.content)
        .join_from(store.release_files, store.releases, releases.hash == files.release)
        .where(files.path.endswith(f"{decision}.dmn"))
        .order_by(releases.created_at.desc(), releases.hash)
        .limit(1)
    )
    found = connection.scalar(query)
    return bytes(found) if found is not None else (SHIPPED / f"{decision}.dmn").read_bytes()


def digest(connection: Connection, decision: str) -> str:
    """The SHA-256 of the table in force, for an entry that tells by what somebody was barred."""
    return hashlib.sha256(newest(connection, decision)).hexdigest()


@lru_cache(maxsize=16)
def _model(content: bytes) -> Model:
    return compile_definitions(read_dmn(content))
