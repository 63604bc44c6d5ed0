"""The command that answers over HTTP: serve."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from api.cli.kit.output import errors
from api.cli.kit.session import database
from api.preflight import check as check_settings
from api.session import now
from api.worker import run as run_worker

if TYPE_CHECKING:
    from fastapi import FastAPI

URL = "DOSSIER_SERVED_DATABASE"  # for the processes that are started here
GRACE = 30  # seconds for what was accepted; a stream of events never ends by itself

app = typer.Typer()


@app.command(epilog="Example: `dossier serve --port 8080`. Ctrl-C stops it cleanly.")
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Keep the read models up to date too.")
    ] = True,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Answer over HTTP: API, documentation and worker in one, until stopped."""
    check_settings()
    with _door(host, port) as door, database() as url:
        at = _address(door)
        errors.print(
            f"Dossier answers at {at} (documentation: {at}/docs). Stop it with Ctrl-C.",
            soft_wrap=True,
        )
        if workers == 1:
            _alone(url, door, worker)
        else:
            _together(url, door, worker, workers)
    errors.print("Dossier stopped.")


@contextmanager
def _door(host: str, port: int) -> Iterator[socket.socket]:
    """Raises ``OSError`` with what to do about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise OSError(
            f"Cannot listen at {host}:{port}: {_why(error)}. Say another address"
            " with --host and --port, or stop what is there."
        ) from None
    with door:
        door.set_inheritable(True)
        yield door


def _why(error: OSError) -> str:
    """In the system's own words; Python's name the address once more."""
    known = error.errno is not None and error.errno > 0
    return os.strerror(error.errno or 0) if known else error.strerror or str(error)


def _address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _alone(url: str, door: socket.socket, worker: bool) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn, when it is done, raises them again
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(_config(lambda: _served(url, worker)))
    server.run(sockets=[door])
    if not server.started:
        raise RuntimeError("it did not start; the lines above say why")


def _together(url: str, door: socket.socket, worker: bool, workers: int) -> None:
    """The worker is this process's own, so there is one however many answer."""
    stop = Event()
    runs = Thread(target=run_worker, args=(url, stop, now), name="worker")
    with TemporaryDirectory(prefix="dossier-metrics-") as figures:
        os.environ |= {URL: url, "PROMETHEUS_MULTIPROC_DIR": figures}
        if worker:
            runs.start()
        try:
            config = _config("api.cli.serve:from_environment", workers=workers)
            Multiprocess(config, sockets=[door]).run()
        finally:
            stop.set()
            if worker:
                runs.join()


def from_environment() -> "FastAPI":
    """What each of several processes serves, until the first one stops it, or is gone itself."""
    Thread(target=_end_with_the_first, daemon=True).start()
    return _served(os.environ[URL], worker=False)


def _end_with_the_first() -> None:
    """Killed, it cannot stop us; who stays would keep the door shut to those that come next."""
    if first := parent_process():
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _served(url: str, worker: bool) -> "FastAPI":
    """Made when uvicorn already listens to signals; streams of events must hear them too.

    Loaded only now: it takes the time of all other commands together.
    """
    from api.app import create_app

    served = create_app(url, with_worker=worker)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _also(served.state.stopping, signal.getsignal(number)))
    return served


def _also(stopping: Event, then: Any) -> Callable[[int, Any], None]:
    def hear(number: int, frame: Any) -> None:
        Thread(target=stopping.set).start()  # we may be inside the event, which waits for itself
        then(number, frame)

    return hear


def _config(factory: "Callable[[], FastAPI] | str", workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        loop="auto",  # uvloop, where there is one
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
