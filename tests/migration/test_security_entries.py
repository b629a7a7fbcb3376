"""Security events that were recorded before they were entries become entries, and leaves of the log."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

import workflows.duban  # noqa: F401 - every table joins the metadata
from engine import migrations
from engine.audit import log, security, verify
from engine.store import Store, metadata

OLD = {
    "at": 1_772_000_000_123,
    "kind": "denied",
    "person": None,
    "address": "::1",
    "detail": json.dumps({"path": "/x"}),
}


def revision_before() -> str:
    (made,) = Path(migrations.__file__).parent.glob("versions/*_security_entries.py")
    return f"{int(made.name[:4]) - 1:04d}"


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_security_events_of_older_databases_become_entries(request: pytest.FixtureRequest, database: str) -> None:
    store = Store(request.getfixturevalue(f"{database}_url"))
    add = "INSERT INTO security_events VALUES (:id, :at, :kind, :person, :address, :detail)"
    with store.transaction() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
    with store.transaction() as connection:
        migrations.apply(connection, metadata, revision_before())
        connection.execute(sa.text(add), [{"id": f"{n:032x}", **OLD} for n in range(1_001)])
    migrations.upgrade(store, metadata)
    with store.reading() as connection:
        (event,), _ = security.page(connection, security.Wanted(), 1)
        report = verify.Auditor(log.Tables(connection)).run()
    assert (event.at, event.kind, event.address, event.detail) == (OLD["at"], "denied", "::1", {"path": "/x"})
    assert (report.findings, report.entries, report.waiting) == ([], 1_001, 1_001)
    store.close()
