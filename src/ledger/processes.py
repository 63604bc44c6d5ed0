"""Work that keeps a processor busy, done by several processes at once."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from ledger.collecting import few_collections

A = TypeVar("A")
B = TypeVar("B")
MOST = 4  # more would wait for him who reads and writes
_work: Callable[[Any], Any]  # of a helper


def in_order(work: Callable[[A], B], items: Iterable[A], several: bool) -> Iterator[tuple[A, B]]:
    """Each item with what the work makes of it, in their order; a few items are under way.

    With ``several`` by as many processes as there are processors, when there are two: the work,
    the items and what is made of them are pickled then. Raises what the work raises.
    """
    processes = min(_processors(), MOST)
    if not several or processes < 2:
        yield from ((item, work(item)) for item in items)
        return
    coming = deque[tuple[A, Future[B]]]()
    how = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    crowd = ProcessPoolExecutor(processes, get_context(how), _begin, (work,))
    try:
        for item in items:
            coming.append((item, crowd.submit(_do, item)))
            if len(coming) > 2 * processes:
                first, made = coming.popleft()
                yield first, made.result()
        for first, made in coming:
            yield first, made.result()
    finally:
        crowd.shutdown(cancel_futures=True)


def _processors() -> int:
    """That we may use; not every system tells, then all there are."""
    ours = getattr(os, "sched_getaffinity", None)
    return len(ours(0)) if ours else os.cpu_count() or 1


def _begin(work: Callable[[Any], Any]) -> None:
    """Ctrl-C is for him who asked for the work; and who is killed leaves no helper behind."""
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
    with few_collections():
        return _work(item)
