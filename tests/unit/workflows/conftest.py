"""A small company on an in-memory-fast SQLite file, with cheap password hashes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from engine.store import Store
from workflows import passwords, people


@pytest.fixture(autouse=True)
def cheap_hashes() -> Iterator[None]:
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.use(PasswordHasher())


@pytest.fixture
def db(sqlite_url: str) -> Iterator[Store]:
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def company(db: Store) -> Store:
    """oil → (U01 → T1, U_1), center → S01; nobody yet."""
    with db.transaction() as connection:
        for id, parent in (
            ("oil", None),
            ("U01", "oil"),
            ("T1", "U01"),
            ("U_1", "oil"),
            ("UX1", "oil"),
            ("S01", "oil"),
        ):
            people.create_unit(connection, id, f"{id}单位", f"Unit {id}", parent)
    return db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"
