"""Killing a process at every statement boundary of a piece of work, for real: fork, count, SIGKILL.

A boundary is the moment before a statement, before a commit, or after it (before the caller has its answer).
"""

import os
import signal
import traceback
from collections.abc import Callable
from contextlib import contextmanager

import sqlalchemy as sa

from engine import driver
from engine.store import Store

Work = Callable[[Store], object]


class Countdown:
    """Dies at boundary number `at`; counts only, when `at` is 0."""

    def __init__(self, at: int) -> None:
        self.at, self.passed = at, 0

    def __call__(self, *_: object) -> None:
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, store: Store) -> None:
        sa.event.listen(store.engine, "before_cursor_execute", self)
        driver.watchers.append(self)
        sa.event.listen(store.engine, "commit", self)
        sa.event.listen(
            store.engine, "checkin", self
        )  # the connection is given back: the commit is done, nobody knows yet


def boundaries(url: str, work: Work) -> int:
    """Do the work undisturbed; how many boundaries it has."""
    with opened(url) as store:
        countdown = Countdown(0)
        countdown.watch(store)
        try:
            work(store)
        finally:
            driver.watchers.remove(countdown)
        return countdown.passed


def killed_at(url: str, boundary: int, work: Work) -> bool:
    """Do the work in a process that is killed at the boundary; tells whether it got that far."""
    child = os.fork()
    if child == 0:
        try:
            store = Store(url)
            Countdown(boundary).watch(store)
            work(store)
        except BaseException:  # noqa: BLE001 - a forked child must never return into the test run
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 3), "the work failed before it was killed"
    return os.WIFSIGNALED(status)


@contextmanager
def opened(url: str):
    store = Store(url)
    try:
        yield store
    finally:
        store.close()
