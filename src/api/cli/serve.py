"""``dossier serve``: the HTTP server, in one process or several."""

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
from typer import Option
from uvicorn.supervisors import Multiprocess

from api.cli.kit.output import errors
from api.cli.kit.session import lasting_database
from api.preflight import check as check_settings
from api.session import now
from api.worker import run as run_worker

if TYPE_CHECKING:
    from fastapi import FastAPI

URL = "DOSSIER_SERVED_DATABASE"  # read by the processes started here
GRACE = 30  # seconds for open requests; a stream of events never ends by itself

app = typer.Typer()


@app.command(epilog="Example: `dossier serve --port 8080`. Ctrl-C stops it cleanly.")
def serve(
    host: Annotated[str, Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, Option(min=0, max=65535, help="Port; 0 takes a free port.")] = 8000,
    worker: Annotated[bool, Option("--worker/--no-worker", help="Run the worker.")] = True,
    workers: Annotated[int, Option(min=1, max=64, help="Number of server processes.")] = 1,
) -> None:
    """Serve the API and its documentation over HTTP, with a worker, until stopped."""
    check_settings()
    with _listen(host, port) as listener, lasting_database() as url:
        at = _address(listener)
        errors.print(
            f"Dossier answers at {at} (documentation: {at}/docs). Stop it with Ctrl-C.",
            soft_wrap=True,
        )
        if workers == 1:
            _serve_alone(url, listener, worker)
        else:
            _serve_together(url, listener, worker, workers)
    errors.print("Dossier stopped.")


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a listening socket. Raise ``OSError`` with what to do about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise OSError(
            f"Cannot listen at {host}:{port}: {_why(error)}. Choose another address"
            " with --host and --port, or stop the program there."
        ) from None
    with listener:
        listener.set_inheritable(True)
        yield listener


def _why(error: OSError) -> str:
    """Return the system's own words; Python's repeat the address."""
    known = error.errno is not None and error.errno > 0
    return os.strerror(error.errno or 0) if known else error.strerror or str(error)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _serve_alone(url: str, listener: socket.socket, worker: bool) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again at its end
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(_config(lambda: _app(url, worker)))
    server.run(sockets=[listener])
    if not server.started:
        raise RuntimeError("the server did not start; the lines above give the reason")


def _serve_together(url: str, listener: socket.socket, worker: bool, workers: int) -> None:
    """Run the server processes below this process, which alone runs the worker."""
    stop = Event()
    thread = Thread(target=run_worker, args=(url, stop, now), name="worker")
    with TemporaryDirectory(prefix="dossier-metrics-") as metrics:
        os.environ |= {URL: url, "PROMETHEUS_MULTIPROC_DIR": metrics}
        if worker:
            thread.start()
        try:
            config = _config("api.cli.serve:from_environment", workers=workers)
            Multiprocess(config, sockets=[listener]).run()
        finally:
            stop.set()
            if worker:
                thread.join()


def from_environment() -> "FastAPI":
    """Return the app of a server process, which ends with the first process."""
    Thread(target=_end_with_the_first, daemon=True).start()
    return _app(os.environ[URL], worker=False)


def _end_with_the_first() -> None:
    """Stop when the first process was killed: who remains would keep the port occupied."""
    if first := parent_process():
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _app(url: str, worker: bool) -> "FastAPI":
    """Return the app; it is made after uvicorn takes the signals, which end event streams too.

    The import is here because it takes as long as all other commands together.
    """
    from api.app import create_app

    app = create_app(url, with_worker=worker)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _also(app.state.stopping, signal.getsignal(number)))
    return app


def _also(stopping: Event, then: Any) -> Callable[[int, Any], None]:
    def handle(number: int, frame: Any) -> None:
        Thread(target=stopping.set).start()  # the signal may interrupt code with the event's lock
        then(number, frame)

    return handle


def _config(factory: "Callable[[], FastAPI] | str", workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        loop="auto",  # uvloop, if installed
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
