"""Limits that hold before a key is known, on real sockets."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from starlette.types import Receive, Scope, Send

from api.http.server.protocol import MAX_FIELDS, MAX_HEAD_BYTES, BehindProxy, LimitedProtocol
from support.listening import connected, listening, rest

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"
END = b"\r\n"
UPLOAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
CLOSE = b"Connection: close\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer once the whole body is there."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"read"})


class Hasty(LimitedProtocol):
    """Seconds are tenths here."""

    head_seconds, body_seconds, look_every = 0.3, 0.3, 0.05


class Narrow(LimitedProtocol):
    an_address = 2


@pytest.fixture
def port() -> Iterator[int]:
    with listening(app) as port:
        yield port


def ask(port: int, *pieces: bytes) -> bytes:
    with connected(port) as wire:
        for piece in pieces:
            wire.sendall(piece)
        return rest(wire)


def test_an_ordinary_request_is_answered(port: int) -> None:
    assert ask(port, HEAD + CLOSE + END).startswith(b"HTTP/1.1 200")
    many = b"".join(b"X-%d: y\r\n" % nth for nth in range(MAX_FIELDS - 2))
    assert ask(port, HEAD + CLOSE + many + END).startswith(b"HTTP/1.1 200")


def test_a_field_without_end_is_cut(port: int) -> None:
    answer = ask(port, HEAD + b"X-A: ", b"x" * (MAX_HEAD_BYTES + 1))
    assert answer.startswith(b"HTTP/1.1 431")
    assert b"application/problem+json" in answer
    assert b"nosniff" in answer


def test_a_head_too_large_is_refused_though_it_comes_at_once(port: int) -> None:
    assert ask(port, HEAD + b"X-A: " + b"x" * MAX_HEAD_BYTES + END + END).startswith(
        b"HTTP/1.1 431"
    )
    path = b"GET /" + b"x" * MAX_HEAD_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    assert ask(port, path).startswith(b"HTTP/1.1 431")


def test_too_many_fields_are_refused(port: int) -> None:
    many = b"".join(b"X-%d: y\r\n" % nth for nth in range(MAX_FIELDS))
    assert ask(port, HEAD + many + END).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("around", [b"1;", b"1\r\nx\r\n0\r\nX-Trailer: "])
def test_what_is_around_a_body_has_an_end_too(port: int, around: bytes) -> None:
    endless = [b"x" * 300_000] * 4  # more than is read at once
    with suppress(ConnectionError), connected(port) as wire:
        wire.sendall(CHUNKED + around)
        for piece in endless:
            wire.sendall(piece)
        assert rest(wire)[:12] in (b"", b"HTTP/1.1 431")  # reset while we send, or told


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /\r\n\r\n",
    ],
)
def test_a_request_has_a_version_and_one_host(port: int, request_: bytes) -> None:
    assert ask(port, request_).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("sent", [b"", b"GET / HT", HEAD, b"\r\n", UPLOAD, UPLOAD + b"x" * 1000])
def test_who_sends_too_slowly_is_cut(sent: bytes) -> None:
    with listening(app, Hasty) as port:
        assert ask(port, sent).startswith(b"HTTP/1.1 408")


def test_a_second_request_has_the_same_time() -> None:
    with listening(app, Hasty) as port:
        answer = ask(port, HEAD + END, b"GET / HT")
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"HTTP/1.1 408" in answer


def test_an_answer_may_take_its_time() -> None:
    """What the body and the head bring counts, not how long we think."""

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(1.0)  # more than three times the time for a head
            await app(scope, receive, send)

    with listening(slow, Hasty) as port:
        assert ask(port, HEAD + CLOSE + END).startswith(b"HTTP/1.1 200")


def test_one_address_has_few_connections_and_others_are_served() -> None:
    with listening(app, Narrow) as port, ExitStack() as open_:
        for _ in range(2):
            open_.enter_context(connected(port, "127.0.0.2")).sendall(b"GET")
        with connected(port, "127.0.0.2") as third:
            assert rest(third).startswith(b"HTTP/1.1 503")
        with connected(port, "127.0.0.3") as other:
            other.sendall(HEAD + CLOSE + END)
            assert rest(other).startswith(b"HTTP/1.1 200")


def test_a_proxy_is_no_address() -> None:
    assert Narrow.an_address is not None
    assert BehindProxy.an_address is None


def test_all_together_have_an_end() -> None:
    with listening(app, limit_concurrency=3) as port, ExitStack() as open_:
        wires = [open_.enter_context(connected(port)) for _ in range(5)]
        answers = [rest(wire) for wire in wires[3:]]
        assert [answer[:12] for answer in answers] == [b"HTTP/1.1 503"] * 2
