"""Statements that are sent together are to SQLAlchemy as if it had sent them one by one."""

import psycopg
import pytest
import sqlalchemy as sa

from engine import store as tables
from engine.driver import Together, fetch, look, looking
from engine.errors import Unavailable
from engine.store import Store

ADD = tables.meta.insert()
GET = sa.select(tables.meta.c.key, tables.meta.c.value).where(tables.meta.c.key == sa.bindparam("k"))
SET = tables.meta.update().where(tables.meta.c.key == sa.bindparam("k")).values(value=sa.bindparam("v"))


def value(store: Store, key: str) -> str | None:
    with store.reading() as connection:
        row = connection.execute(GET, {"k": key}).first()
        return row.value if row else None


def test_a_group_is_done_in_its_order_and_each_sees_those_before(store: Store) -> None:
    with store.transaction() as connection:
        together = Together(connection)
        together.execute(ADD, [{"key": "a", "value": "1"}, {"key": "b", "value": "1"}])
        together.execute(SET, {"k": "a", "v": "2"})
        together.send()
        (a,), (b,), none = fetch(connection, [(GET, {"k": "a"}), (GET, {"k": "b"}), (GET, {"k": "c"})])
    assert (a.key, a.value, b.value, none) == ("a", "2", "1", [])
    assert value(store, "a") == "2"  # it was committed


def test_what_is_asked_with_a_group_sees_all_of_it(store: Store) -> None:
    with store.transaction() as connection:
        together = Together(connection)
        together.execute(ADD, {"key": "a", "value": "1"})
        together.execute(SET, {"k": "a", "v": "2"})
        together.ask([(GET, {"k": "a"}), (GET, {"k": "b"})])
        (a,), none = together.send()
        assert together.send() == []
    assert (a.value, none) == ("2", [])


def test_a_refused_row_is_an_integrity_error_and_takes_the_group_with_it(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), store.transaction() as connection:
        together = Together(connection)
        together.execute(ADD, [{"key": key, "value": "1"} for key in ("a", "b", "a", "c")])
        together.send()
    assert [value(store, key) for key in "abc"] == [None, None, None]
    with store.transaction() as connection:  # the connection is as good as before
        assert fetch(connection, [(GET, {"k": "a"})]) == [[]]


def test_a_statement_whose_text_depends_on_its_values_is_not_taken(store: Store) -> None:
    some = sa.select(tables.meta.c.key).where(tables.meta.c.key.in_(["a", "b"]))
    with store.transaction() as connection, pytest.raises(TypeError, match="IN over a list"):
        fetch(connection, [(some, {})])


def test_nothing_is_sent_outside_a_transaction(postgres_url: str) -> None:
    site = Store(postgres_url)
    with site.engine.connect() as connection, pytest.raises(RuntimeError, match="transaction"):
        fetch(connection, [(GET, {"k": "a"})])
    site.close()


def test_a_look_is_a_transaction_of_its_own_and_leaves_the_connection_as_it_was(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(ADD, {"key": "a", "value": "1"})
    for _ in range(8):  # often enough for the driver to prepare what it sends
        (a,), none = look(store, [(GET, {"k": "a"}), (GET, {"k": "b"})])
        assert (a.value, none) == ("1", [])
    with store.transaction() as connection:  # it may write, and what it writes can be taken back
        connection.execute(SET, {"k": "a", "v": "2"})
        connection.rollback()
    assert value(store, "a") == "1"


def test_a_look_can_ask_on_and_leaves_the_connection_as_it_was(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute(ADD, [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}])
    for asked in ([(GET, {"k": "a"})], []):
        with looking(store, asked) as (connection, answers):
            assert [rows[0].value for rows in answers] == ["1"][: len(asked)]
            assert connection.execute(GET, {"k": "b"}).one().value == "2"
            assert fetch(connection, [(GET, {"k": "b"})])[0][0].value == "2"
    with store.transaction() as connection:
        connection.execute(SET, {"k": "a", "v": "2"})
        connection.rollback()
    assert value(store, "a") == "1"


def test_a_look_that_fails_leaves_no_transaction_behind(postgres_url: str) -> None:
    site = Store(postgres_url, pool_size=1)
    site.create_all()
    broken = sa.select(sa.cast(sa.literal("x"), sa.Integer).label("n"))
    with pytest.raises(sa.exc.DataError):
        look(site, [(GET, {"k": "a"}), (broken, {})])
    assert look(site, [(GET, {"k": "a"})]) == [[]]
    with site.transaction() as connection:
        connection.execute(ADD, {"key": "a", "value": "1"})
    assert value(site, "a") == "1"
    site.close()


def test_what_reads_may_not_write(postgres_url: str) -> None:
    site = Store(postgres_url, pool_size=1)
    site.create_all()
    with pytest.raises(Unavailable, match="read-only"), site.reading() as connection:
        connection.execute(ADD, {"key": "a", "value": "1"})
    with site.transaction() as connection:
        connection.execute(ADD, {"key": "a", "value": "1"})
    site.close()


def pid(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())


def end(backend: int, url: str) -> None:
    """The database ends a connection, as when it restarts."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])


def test_a_lost_connection_is_told_and_does_not_come_back(postgres_url: str) -> None:
    site = Store(postgres_url)
    with pytest.raises(Unavailable), site.transaction() as connection:
        end(pid(connection), postgres_url)
        fetch(connection, [(GET, {"k": "a"})])
    assert value(site, "a") is None
    site.close()


def test_a_connection_lost_while_it_rested_is_replaced_before_it_is_used(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "RESTED", 0.0)
    site = Store(postgres_url)
    with site.reading() as connection:
        backend = pid(connection)
    end(backend, postgres_url)
    assert value(site, "a") is None
    site.close()


def test_text_is_sent_whole_or_refused(postgres_url: str) -> None:
    site = Store(postgres_url)
    with pytest.raises(sa.exc.DataError), site.transaction() as connection:
        fetch(connection, [(GET, {"k": "a\0b"})])
    with pytest.raises(TypeError, match="whole number"), site.transaction() as connection:
        fetch(connection, [(GET, {"k": 1.5})])
    assert look(site, [(GET, {"k": "a"})]) == [[]]
    site.close()


def test_what_was_prepared_outlives_rollbacks_and_is_made_anew_when_somebody_takes_it_away(postgres_url: str) -> None:
    site = Store(postgres_url, pool_size=1)
    for _ in range(3):
        look(site, [(GET, {"k": "a"})])
    with site.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM pg_prepared_statements")
        assert len(names.all()) == 1
        connection.exec_driver_sql("DEALLOCATE ALL")
    with pytest.raises(sa.exc.DBAPIError):
        look(site, [(GET, {"k": "a"})])
    assert look(site, [(GET, {"k": "a"})]) == [[]]  # on a connection of its own
    site.close()
