"""Security events as entries, each a leaf of the log: what happened moves from the row into an entry of format v1."""

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_PAGE = sa.text(
    "SELECT id, at, kind, person, address, detail FROM security_events WHERE id > :after ORDER BY id LIMIT 1000"
)
_ADD = sa.text(
    "INSERT INTO entries (stream, seq, hash, bytes, personal, at) VALUES (:stream, 1, :hash, :bytes, :personal, :at)"
)
_HEAD = sa.text("UPDATE security_events SET hash = :hash WHERE id = :id")


def upgrade() -> None:
    with op.batch_alter_table("security_events") as batch:
        batch.add_column(sa.Column("seq", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("hash", sa.Text(), nullable=False, server_default=""))
    _write_entries(op.get_bind())
    with op.batch_alter_table("security_events") as batch:
        batch.alter_column("seq", server_default=None)
        batch.alter_column("hash", server_default=None)
        batch.drop_column("address")
        batch.drop_column("detail")


def _write_entries(connection: sa.Connection) -> None:
    after = ""
    while rows := connection.execute(_PAGE, {"after": after}).all():
        made = [_entry(row) for row in rows]
        connection.execute(_ADD, made)
        connection.execute(_HEAD, made)
        after = rows[-1].id


def _entry(row: sa.Row[Any]) -> dict[str, Any]:
    """As `engine.audit.security` wrote them when this migration was made."""
    salt, address = secrets.token_hex(16), _dumps(row.address)
    commitment = hashlib.sha256(f"{salt}:{address}".encode()).hexdigest()
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=row.at)
    told = {"type": "RecordSecurityEvent", "actor": row.person, "kind": row.kind, "address": {"p": commitment}}
    body = {
        "v": 1, "suite": "sha256", "stream": f"security/{row.id}", "seq": 1, "prev": "0" * 64, "semantics": 0,
        "release": "", "at": f"{at:%Y-%m-%dT%H:%M:%S}.{row.at % 1000:03d}Z", "command": told,
        "facts": json.loads(row.detail), "events": [],
    }  # fmt: skip
    data = _dumps(body).encode()
    return {
        "id": row.id, "stream": f"security/{row.id}", "hash": hashlib.sha256(data).hexdigest(), "bytes": data,
        "personal": _dumps({commitment: [salt, address]}).encode(), "at": row.at,
    }  # fmt: skip


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def downgrade() -> None:
    with op.batch_alter_table("security_events") as batch:
        batch.add_column(sa.Column("address", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("detail", sa.Text(), nullable=False, server_default="{}"))
        batch.drop_column("hash")
        batch.drop_column("seq")
