"""An application on a socket of this process, for what only a socket shows."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from api.http.server.protocol import LimitedProtocol
from support.waiting import wait_for


class Server(uvicorn.Server):
    """In a thread, with signals left alone."""

    def install_signal_handlers(self) -> None: ...


@contextmanager
def listening(
    app: Any, protocol: type[LimitedProtocol] = LimitedProtocol, **more: Any
) -> Iterator[int]:
    """Yield the port."""
    config = uvicorn.Config(app, port=0, log_level="critical", http=protocol, **more)
    server = Server(config)
    runs = threading.Thread(target=server.run)
    runs.start()
    try:
        wait_for(lambda: server.started)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        if hasattr(app, "state"):
            app.state.stopping.set()
        server.should_exit = True
        runs.join(10)
        assert not runs.is_alive()


@contextmanager
def connected(port: int, source: str = "127.0.0.1") -> Iterator[socket.socket]:
    """Yield a connection from this address."""
    with socket.create_connection(("127.0.0.1", port), 10, source_address=(source, 0)) as wire:
        yield wire


def rest(wire: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    found = b""
    try:
        while piece := wire.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return found
