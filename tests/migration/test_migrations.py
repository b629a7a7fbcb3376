"""The tables of the code are what all migrations make, on both databases."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

import workflows.duban  # noqa: F401 - every table joins the metadata
from engine import migrations
from engine.store import Store, metadata


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A database without a single table."""
    opened = Store(request.getfixturevalue(f"{request.param}_url"))
    with opened.transaction() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
    yield opened
    opened.close()


def test_all_migrations_make_the_tables_of_the_code(empty: Store) -> None:
    migrations.upgrade(empty, metadata)
    with empty.reading() as connection:
        assert migrations.differences(connection, metadata) == []


def test_upgrading_twice_changes_nothing(empty: Store) -> None:
    first = migrations.upgrade(empty, metadata)
    assert migrations.upgrade(empty, metadata) == first == migrations.newest()
    with empty.reading() as connection:
        assert migrations.present(connection) == first


def test_a_database_without_revisions_is_at_none(empty: Store) -> None:
    with empty.reading() as connection:
        assert migrations.present(connection) is None


def test_a_missing_column_is_seen(empty: Store) -> None:
    migrations.upgrade(empty, metadata)
    with empty.transaction() as connection:
        connection.execute(sa.text("ALTER TABLE units DROP COLUMN name_en"))
    with empty.reading() as connection:
        assert migrations.differences(connection, metadata)
