"""Keeps the embedded server running while a process that lasts needs it.

An open connection tells at once that the server is gone. The process that finds it gone starts it,
on the port it had; several such processes wait for each other in ``server.start``.
"""

import logging
import select
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg

from api.postgres import PostgresFailed, server

log = logging.getLogger(__name__)
LOOK = 0.5  # seconds between two looks whether to stop
PAUSE = 1.0  # seconds until another attempt to start it


@contextmanager
def kept_running(home: Path) -> Iterator[None]:
    """Start the server of ``home`` again whenever it is gone, until the block ends."""
    stop = Event()
    thread = Thread(target=_watch, args=(home, stop), name="embedded server")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _watch(home: Path, stop: Event) -> None:
    trouble = ""
    while not stop.is_set():
        try:
            with psycopg.connect(server.start(home), autocommit=True) as conn:
                if trouble:
                    log.warning("the embedded server answers again")
                trouble = ""
                _wait_for_its_end(conn, stop)
            if not stop.is_set():
                log.warning("the embedded server is gone; starting it")
        except (PostgresFailed, psycopg.Error) as error:
            if str(error) != trouble:
                log.error("the embedded server does not start, trying again: %s", error)
            trouble = str(error)
            stop.wait(PAUSE)


def _wait_for_its_end(conn: psycopg.Connection, stop: Event) -> None:
    """Wait until the server speaks: nothing was asked, so it says that it ends, or it is gone."""
    while not stop.is_set():
        if select.select([conn.fileno()], [], [], LOOK)[0]:
            return
