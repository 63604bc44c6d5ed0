"""Work of several processes at once."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from ledger.engine.gc_tuning import relaxed_gc

A = TypeVar("A")
B = TypeVar("B")
Submit = Callable[[Any], Future[Any] | None]
MAX_PROCESSES = 4  # more would wait for the process that reads and writes
_work: Callable[[Any], Any]  # of a helper


def ordered_map(work: Callable[[A], B], items: Iterable[A], several: bool) -> Iterator[tuple[A, B]]:
    """Yield each item with the result of the work, in order.

    With ``several``, helpers do it, one for each of two or more processors: work, items and
    results are pickled then. When a helper cannot be started or is killed, this process does its
    work. Raise what the work raises.
    """
    helpers = min(_processors(), MAX_PROCESSES) if several else 1
    if helpers < 2:
        for item in items:
            yield item, work(item)
        return
    coming = deque[tuple[A, Future[B] | None]]()
    with _process_pool(helpers, work) as submit:
        for item in items:
            coming.append((item, submit(item)))
            if len(coming) > 2 * helpers:
                yield _made(work, *coming.popleft())
        while coming:
            yield _made(work, *coming.popleft())


def _made(work: Callable[[A], B], item: A, coming: Future[B] | None) -> tuple[A, B]:
    try:
        return item, coming.result() if coming else work(item)
    except BrokenProcessPool:
        return item, work(item)


@contextmanager
def _process_pool(helpers: int, work: Callable[[Any], Any]) -> Iterator[Submit]:
    how = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    try:
        crowd = ProcessPoolExecutor(helpers, get_context(how), _begin, (work,))
    except (OSError, NotImplementedError):  # no shared memory here
        yield lambda item: None
        return

    def submit(item: Any) -> Future[Any] | None:
        try:
            return crowd.submit(_do, item)
        except (OSError, BrokenProcessPool):  # no folder for a socket, or a helper was killed
            return None

    try:
        yield submit
    finally:
        crowd.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return the processors that this process may use; all, where that is unknown."""
    ours = getattr(os, "sched_getaffinity", None)
    return len(ours(0)) if ours else os.cpu_count() or 1


def _begin(work: Callable[[Any], Any]) -> None:
    """Leave Ctrl-C to the parent process, and end with it."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(item: Any) -> Any:
    with relaxed_gc():
        return _work(item)
