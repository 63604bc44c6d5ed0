"""The worker in a process of its own, which a server starts, watches and starts again.

It shares no interpreter with the answers. It ends with the process that started it, also when that
is killed.
"""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Event, Thread

from api.http.server import metrics, security_log
from api.session import now
from api.worker import run

log = logging.getLogger(__name__)
FIRST_PAUSE, LAST_PAUSE = 0.1, 5.0  # seconds before it is started again
STEADY = 10.0  # seconds: if it ran so long, the next pause is the first again
PATIENCE = 60.0  # seconds for a clean end
LOOK = 0.2  # seconds between two looks whether to stop


@contextmanager
def worker_process(url: str) -> Iterator[None]:
    """Run the worker beside the block."""
    stop = Event()
    watch = Thread(target=_watch, args=(url, stop), name="watch of the worker")
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join()


def _watch(url: str, stop: Event) -> None:
    pause = FIRST_PAUSE
    while not stop.is_set():
        begun = time.monotonic()
        process = _start(url)
        _wait_for_its_end(process, stop)
        if not stop.is_set():
            if time.monotonic() - begun > STEADY:
                pause = FIRST_PAUSE
            log.error("the worker ended (%s); starting it again", process.exitcode)
            stop.wait(pause)
            pause = min(2 * pause, LAST_PAUSE)


def _start(url: str) -> BaseProcess:
    """The address of the database, which has its password, is sent through a pipe."""
    process = get_context("spawn").Process(target=_work, args=(url,), name="worker")
    process.start()
    metrics.WORKER_STARTS.inc()
    return process


def _wait_for_its_end(process: BaseProcess, stop: Event) -> None:
    while process.is_alive():
        process.join(LOOK)
        if stop.is_set():
            process.terminate()
            process.join(PATIENCE)
            process.kill()


def _work(url: str) -> None:
    """Run the worker until SIGTERM, or until the process that started this is gone."""
    stop = Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it
    signal.signal(signal.SIGTERM, lambda *_: Thread(target=stop.set).start())
    Thread(target=_end_with_the_server, args=(stop,), daemon=True).start()
    security_log.open_log()
    run(url, stop, now, metrics.followed)


def _end_with_the_server(stop: Event) -> None:
    if server := parent_process():
        server.join()
        stop.set()
