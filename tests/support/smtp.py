"""A real mail server that behaves as badly as a test asks."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from api.postman.email.smtp import Server
from api.postman.sender import Sender
from api.postman.settings import Settings

US = Sender("credit@seller.example", "Seller BV")


@dataclass
class SmtpServer:
    """``came`` is what came in, whatever was answered; ``answers`` are used in their order."""

    came: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # recipient: answer
    answers: list[str] = field(default_factory=list)  # to DATA; 250 when there are no more
    hang_up: int = 0  # so many times after DATA
    barred: set[str] = field(default_factory=set)  # senders that it refuses
    senders: list[str] = field(default_factory=list)  # of the envelope, mail by mail
    slow: float = 0.0  # seconds before the answer to DATA
    port: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for _, raw in self.came]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def settings(self, timeout: float = 20) -> Settings:
        return Settings(Server("127.0.0.1", self.port, "smtp", timeout=timeout), US, None)

    def environment(self) -> dict[str, str]:
        return {
            "DOSSIER_SMTP_URL": f"smtp://127.0.0.1:{self.port}?timeout=20",
            "DOSSIER_MAIL_FROM": f"{US.name} <{US.address}>",
        }

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.barred:
            return "550 5.7.1 sender not allowed"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.senders.append(str(envelope.mail_from))
        self.came.append((tuple(envelope.rcpt_tos), envelope.content))
        await asyncio.sleep(self.slow)
        if self.hang_up:
            self.hang_up -= 1
            assert server.transport
            server.transport.close()
        return self.answers.pop(0) if self.answers else "250 OK"


class _OnFreePort(Controller):
    """Knocks at the port that it was given, to see that it answers."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.base_events.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def run_smtp_server(port: int = 0) -> Iterator[SmtpServer]:
    """Run a mail server, on a free port or on this port."""
    room = SmtpServer()
    controller = _OnFreePort(room, hostname="127.0.0.1", port=port)
    controller.start()
    room.port = controller.port
    try:
        yield room
    finally:
        controller.stop()
