"""The database refuses to change its history: triggers everywhere, on PostgreSQL also the rights of the application."""

import shutil
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from api import cli
from engine import clock as seam
from engine import guard
from engine.audit import keys
from engine.errors import InvalidInput
from engine.store import Store
from tests.integration.company import Company
from tests.integration.test_audit_log import Sealed
from tests.integration.test_erasure import SECRET, closed, directors, everywhere
from workflows import backup
from workflows.duban import Duban

PAST = [
    ("entries", "bytes = bytes"),
    ("entries", "hash = 'f'"),
    ("entries", "seq = seq + 1"),
    ("entries", "at = 0"),
    ("leaves", "position = position + 1000"),
    ("checkpoints", "root = 'f'"),
]


@pytest.fixture
def site(store, tmp_path):
    made = Sealed(store, tmp_path)
    made.case_of(2, phone="138")
    made.log.seal()
    yield made
    seam.simulate(None)


def attempt(opened: Store, statement: str) -> None:
    with opened.transaction() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(("table", "change"), PAST)
def test_what_is_written_cannot_be_changed(site, table, change):
    with pytest.raises(sa.exc.DBAPIError, match=f"{table} is only ever added to"):
        attempt(site.store, f"UPDATE {table} SET {change}")
    assert site.reasons() == []


@pytest.mark.parametrize("table", ["entries", "leaves", "checkpoints"])
def test_what_is_written_cannot_be_deleted(site, table):
    with pytest.raises(sa.exc.DBAPIError, match=f"{table} is only ever added to"):
        attempt(site.store, f"DELETE FROM {table}")
    assert site.reasons() == []


def test_personal_values_can_be_taken_away_and_the_proof_stays_whole(site):
    attempt(site.store, "UPDATE entries SET personal = NULL")
    assert site.reasons() == []


def test_the_guard_stands_again_after_it_was_lifted(site):
    with site.store.transaction() as connection, guard.unguarded(connection):
        connection.execute(sa.text("UPDATE entries SET at = at"))
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        attempt(site.store, "DELETE FROM entries")


# The application's role ----------------------------------------------------------------------------------------------


@pytest.fixture
def app(postgres_url, tmp_path, monkeypatch):
    """The URL of the application's role, made and granted by `duban migrate` as the owner does it."""
    role = f"app_{uuid4().hex[:12]}"
    url = make_url(postgres_url).set(username=role, password="it's %s").render_as_string(hide_password=False)
    (tmp_path / "owner").write_text(postgres_url)
    monkeypatch.setenv("DUBAN_OWNER_DATABASE_FILE", str(tmp_path / "owner"))
    monkeypatch.setenv("DUBAN_DATABASE", url)
    assert cli.main(["migrate"]) == 0
    yield url
    seam.simulate(None)
    owner = Store(postgres_url)
    with owner.transaction() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
        connection.exec_driver_sql(f"DROP ROLE {role}")
    owner.close()


def test_the_application_works_and_seals_with_its_own_role(app, tmp_path):
    site = Sealed(Store(app), tmp_path)
    site.case_of(2)
    site.log.seal()
    assert (site.reasons(), site.audit().waiting) == ([], 0)
    site.store.close()


FORBIDDEN = [
    "UPDATE entries SET personal = NULL",
    "UPDATE entries SET hash = 'f'",
    "DELETE FROM entries",
    "TRUNCATE entries",
    "UPDATE leaves SET position = 1",
    "DELETE FROM leaves",
    "UPDATE checkpoints SET root = 'f'",
    "DELETE FROM checkpoints",
    "ALTER TABLE entries DISABLE TRIGGER ALL",
    "DROP TRIGGER entries_unchanged ON entries",
    "CREATE OR REPLACE FUNCTION duban_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DELETE FROM alembic_version",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_applications_role_is_refused_by_its_rights_even_with_the_guard_lifted(app, statement):
    opened = Store(app)
    refused = pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner")
    with refused, opened.transaction() as connection, guard.unguarded(connection):
        connection.execute(sa.text(statement))
    opened.close()


def forbidden_to(app):
    opened = Store(app)
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), opened.transaction() as connection:
        connection.execute(sa.text("UPDATE entries SET personal = NULL"))
    opened.close()


def test_what_two_people_approved_the_owner_erases_and_the_application_cannot(app, tmp_path, monkeypatch, cheap_hashes):
    made = Company(app, tmp_path / "home")
    told = directors(made)
    case = closed(told)
    answer = told.chief.post("/erasures", {"cases": case, "reason": "本人要求"})
    number = answer.json["number"]
    assert told.inspector2.post(f"/erasures/{number}/decision", {"approve": True}).json["state"] == "APPROVED"
    made.duban.worker.drain()
    assert SECRET.encode() in everywhere(told)
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "home"))
    assert cli.main(["erase"]) == 0  # DUBAN_OWNER_DATABASE_FILE says who the owner is
    assert SECRET.encode() not in everywhere(told)
    (done,) = told.chief.get("/erasures")["items"]
    assert (done["number"], done["state"]) == (number, "DONE")
    told.duban.log.seal()
    assert cli.main(["verify"]) == 0
    made.duban.close()


def test_the_owner_restores_and_the_applications_role_goes_on(app, small, tmp_path, monkeypatch):
    small.start()
    keys.create(small.duban.log.key_file)
    small.duban.log.seal()
    file = tmp_path / "backup.zip"
    backup.write(small.duban, file, {})
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "restored"))
    assert cli.main(["restore", str(file)]) == 0  # as the owner; the role gets its rights on the new tables
    forbidden_to(app)
    again = Duban(app, tmp_path / "restored")
    shutil.copy(small.duban.log.key_file, again.log.key_file)
    again.log.seal()
    again.close()
    assert cli.main(["verify"]) == 0


def test_the_owner_is_no_role_for_the_application(postgres_url, sqlite_url):
    for url in (postgres_url, sqlite_url):
        opened = Store(url)
        with pytest.raises(InvalidInput, match="Expected"), opened.transaction() as connection:
            guard.grant(connection, url)
        opened.close()
