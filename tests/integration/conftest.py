"""A company on each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.integration.company import Company
from workflows import passwords


@pytest.fixture
def cheap_hashes() -> Iterator[None]:
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.use(PasswordHasher())


@pytest.fixture
def company(database_url: str, tmp_path: Path, cheap_hashes: None) -> Iterator[Company]:
    """On SQLite and on PostgreSQL."""
    made = Company(database_url, tmp_path / "home")
    yield made
    made.duban.close()


@pytest.fixture
def small(sqlite_url: str, tmp_path: Path, cheap_hashes: None) -> Iterator[Company]:
    """On SQLite only, for what no database has a part in."""
    made = Company(sqlite_url, tmp_path / "home")
    yield made
    made.duban.close()
