"""``dossier serve``: the HTTP server, in one process or several."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from ipaddress import ip_address
from multiprocessing import parent_process
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer
import uvicorn
from typer import Option
from uvicorn.supervisors import Multiprocess

from api.cli.kit.output import errors
from api.cli.kit.session import lasting_database
from api.http.auth import people, sign_in
from api.http.server import security_log
from api.imports import uncollected
from api.links.urls import public_url
from api.preflight import check as check_settings
from api.session import now, prepare_database
from ledger.database import tenants
from ledger.database.pool import open_pool

if TYPE_CHECKING:
    from fastapi import FastAPI

SERVED = "DOSSIER_SERVED"  # names the file that the processes started here read
GRACE = 30  # seconds for open requests; a stream of events never ends by itself
CONNECTIONS = 900  # of a process; systemd gives 1,024 descriptors
PROTOCOLS = "api.http.server.protocol"

app = typer.Typer()


@dataclass(frozen=True)
class Served:
    """What a server process serves, and where it shows how it is doing."""

    url: str
    watch_port: int
    behind_proxy: bool

    def app(self) -> "FastAPI":
        """Return the app; it is made after uvicorn takes the signals, which end event streams too.

        The import is here because it takes as long as all other commands together.
        """
        with uncollected():
            from api.app import create_app

        security_log.open_log()
        app = create_app(self.url, with_worker=False, watch_port=self.watch_port)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _also(app.state.stopping, signal.getsignal(number)))
        return app


@app.command(epilog="Example: `dossier serve --port 8080`. Ctrl-C stops it cleanly.")
def serve(
    host: Annotated[str, Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, Option(min=0, max=65535, help="Port; 0 takes a free port.")] = 8000,
    worker: Annotated[bool, Option("--worker/--no-worker", help="Run the worker.")] = True,
    workers: Annotated[int, Option(min=1, max=64, help="Number of server processes.")] = 1,
    behind_proxy: Annotated[
        bool, Option("--behind-proxy", help="A proxy that does TLS is in front, and is believed.")
    ] = False,
    watch_host: Annotated[
        str, Option(help="Address of metrics and readiness, which need no key.")
    ] = "127.0.0.1",
    watch_port: Annotated[int, Option(min=0, max=65535, help="Their port.")] = 8001,
) -> None:
    """Serve the API and its documentation over HTTP, with a worker, until stopped."""
    check_settings()
    security_log.open_log()
    with (
        _listen(host, port, "--host and --port") as listener,
        _listen(watch_host, watch_port, "--watch-host and --watch-port") as watch,
    ):
        if not (behind_proxy or ip_address(listener.getsockname()[0]).is_loopback):
            raise ValueError(
                f"--host: at {host} others can reach it, and it speaks plain HTTP. Put a proxy that"
                " does TLS in front, and say so with --behind-proxy (SECURITY.md)."
            )
        with lasting_database() as url:
            at, served = _address(listener), Served(url, watch.getsockname()[1], behind_proxy)
            errors.print(
                f"Dossier answers at {at} (documentation: {at}/docs), and shows metrics at"
                f" {_address(watch)}/metrics. Stop it with Ctrl-C.",
                soft_wrap=True,
            )
            _show_how_to_sign_in(url, at)
            with _metrics_of_processes(), _worker(url) if worker else nullcontext():
                if workers == 1:
                    _serve_alone(served, [listener, watch])
                else:
                    _serve_together(served, [listener, watch], workers)
    errors.print("Dossier stopped.")


def _show_how_to_sign_in(url: str, at: str) -> None:
    """Print a link for the first administrator of each firm where nobody has signed in yet, and for
    the others the command that makes one."""
    prepare_database(url, now())
    with open_pool(url, size=1) as pool, pool.connection() as conn:
        for tenant in tenants.list_all(conn):
            if admin := people.first_admin(conn, tenant.tenant_id, now()):
                token = sign_in.link_token(conn, admin, now())
                errors.print(
                    f"Nobody has signed in to {tenant.name} yet. Valid for 15 minutes, once, as"
                    f" {admin.name}: {public_url() or at}/sign-in/link/{token}",
                    markup=False,
                    soft_wrap=True,
                )
            else:
                errors.print(
                    f"To sign in to {tenant.name}: dossier --tenant {quote(tenant.tenant_id)} user"
                    " link NAME",
                    markup=False,
                    soft_wrap=True,
                )


@contextmanager
def _listen(host: str, port: int, options: str) -> Iterator[socket.socket]:
    """Yield a listening socket. Raise ``OSError`` with what to do about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise OSError(
            f"Cannot listen at {host}:{port}: {_why(error)}. Choose another address"
            f" with {options}, or stop the program there."
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


@contextmanager
def _metrics_of_processes() -> Iterator[None]:
    """Let the processes of the server count in files that all of them read."""
    with TemporaryDirectory(prefix="dossier-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


@contextmanager
def _worker(url: str) -> Iterator[None]:
    """Run the worker beside the block; the import is here because it needs the folder's name."""
    from api.cli.kit.worker_process import worker_process

    with worker_process(url):
        yield


def _serve_alone(served: Served, listeners: list[socket.socket]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises them again at its end
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(_config(served, served.app))
    server.run(sockets=listeners)
    if not server.started:
        raise RuntimeError("the server did not start; the lines above give the reason")


def _serve_together(served: Served, listeners: list[socket.socket], workers: int) -> None:
    """Run the server processes below this process, which answers nothing.

    They read the URL of the database, which has its password, in a file for them alone.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder, "served.json")
        file.touch(0o600)
        file.write_bytes(msgspec.json.encode(served))
        os.environ[SERVED] = str(file)
        config = _config(served, "api.cli.serve:from_file", workers=workers)
        Multiprocess(config, sockets=listeners).run()


def from_file() -> "FastAPI":
    """Return the app of a server process, which ends with the first process."""
    Thread(target=_end_with_the_first, daemon=True).start()
    file = Path(os.environ[SERVED]).read_bytes()
    return msgspec.json.decode(file, type=Served).app()


def _end_with_the_first() -> None:
    """Stop when the first process was killed: who remains would keep the port occupied."""
    if first := parent_process():
        first.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _also(stopping: Event, then: Any) -> Callable[[int, Any], None]:
    def handle(number: int, frame: Any) -> None:
        Thread(target=stopping.set).start()  # the signal may interrupt code with the event's lock
        then(number, frame)

    return handle


def _config(
    served: Served, factory: "Callable[[], FastAPI] | str", workers: int = 1
) -> uvicorn.Config:
    return uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        loop="auto",  # uvloop, if installed
        http=f"{PROTOCOLS}:{'BehindProxy' if served.behind_proxy else 'LimitedProtocol'}",
        ws="none",
        limit_concurrency=CONNECTIONS,
        proxy_headers=served.behind_proxy,  # of the addresses in $FORWARDED_ALLOW_IPS
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
