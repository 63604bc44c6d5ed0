"""The desk on a socket of this process, with a worker: for browsers, and for its live streams."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from playwright.sync_api import Browser, expect

from api.app import create_app
from api.http.auth import people, sign_in
from api.http.auth.keys import Role
from api.session import TenantSession, now, open_session
from commands.command import Command
from commands.execute import execute
from support.chromium import Window, window
from support.creditor import debtor, invoice
from support.listening import listening

NUMBERS = ("F-1", "F-2", "F-3")


@dataclass(frozen=True)
class LivingDesk:
    """A server, and a session of its tenant for what happens beside the browsers."""

    at: str
    session: TenantSession

    def record(self, *commands: Command, by: str = "erp") -> int:
        """Record commands, and return the position of the last entry."""
        receipt = execute(self.session.ledger, commands, self.session.context(by))
        return receipt.position

    @contextmanager
    def two_windows(self, browser: Browser) -> Iterator[tuple[Window, Window]]:
        """Open Today for two colleagues, bram and carla."""
        with window(browser, self.at) as mine, window(browser, self.at) as theirs:
            self.enter(mine)
            self.enter(theirs, "carla")
            yield mine, theirs

    def add(self, name: str, role: Role = Role.COLLECTOR, **more: Any) -> people.Person:
        with self.session.pool.connection() as conn:
            return people.add(conn, self.session.tenant, name, role, now(), **more)

    def link(self, name: str, role: Role = Role.COLLECTOR, **more: Any) -> str:
        """Return the path that signs a person in, who is added if need be."""
        with self.session.pool.connection() as conn:
            found = people.named(self.session.tenant, name).fetch(conn)
            person = found[0] if found else None
        person = person or self.add(name, role, **more)
        with self.session.pool.connection() as conn:
            return f"/sign-in/link/{sign_in.link_token(conn, person, now())}"

    def enter(self, window: Window, name: str = "bram", role: Role = Role.COLLECTOR) -> None:
        """Sign a person in, and wait for their first page with its keys."""
        window.open(self.link(name, role))
        window.page.get_by_role("button", name="Sign in").click()
        expect(window.page.locator("#side")).to_be_attached()
        window.page.wait_for_load_state()


@contextmanager
def living_desk(url: str, numbers: tuple[str, ...] = NUMBERS) -> Iterator[LivingDesk]:
    """Serve a firm with an overdue invoice for each number."""
    with listening(create_app(url)) as port, open_session(url) as session:
        desk = LivingDesk(f"http://127.0.0.1:{port}", session)
        made = [invoice(number, 1210) for number in numbers]
        desk.record(debtor(name="Bakkerij Jansen"), *made)
        yield desk


class LiveStream:
    """The stream of an open page, one message at a time."""

    def __init__(self, port: int, cookies: dict[str, str], path: str = "/live", **headers: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(
            "GET", path, headers={"Cookie": cookie, "Accept": "text/event-stream"} | more
        )
        self.answer = self.connection.getresponse()

    def block(self) -> dict[str, str]:
        """Return what comes up to the next empty line; nothing at the end."""
        found = dict[str, str]()
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name] = value
        return found

    def message(self) -> Any:
        block = self.block()
        while block and "data" not in block:
            block = self.block()
        return msgspec.json.decode(block["data"])

    def ends(self) -> bool:
        while self.block():
            pass
        return True

    def close(self) -> None:
        self.answer.close()
        self.connection.close()
