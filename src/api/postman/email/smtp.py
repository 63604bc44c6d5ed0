"""Sending by SMTP, with three results: accepted, deferred or rejected."""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from api.postman.sender import CONTROL

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT = 120.0  # seconds for each answer of the server
TOO_LARGE = 552
HERE = ("localhost", "127.0.0.1", "::1")


class ServerDown(Exception):
    """The mail server is unavailable or refuses our sender: no fault of a single message."""


class SenderRefused(ServerDown):
    """The mail server refuses our sender, and takes mail of others."""


@dataclass(frozen=True)
class Server:
    """The address, protocol and login of a mail server."""

    host: str
    port: int
    scheme: str  # one of PORTS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT


@dataclass(frozen=True)
class Accepted:
    """The server took the message for all recipients but the refused, each with its answer."""

    refused: Mapping[str, str]


@dataclass(frozen=True)
class Deferred:
    """The message may be sent later; after a ``lost`` connection it may have arrived already."""

    why: str
    lost: bool = False


@dataclass(frozen=True)
class Rejected:
    """The server refuses the message for good."""

    why: str


Result = Accepted | Deferred | Rejected


def server_of(url: str) -> Server:
    """Parse ``$DOSSIER_SMTP_URL``. Raises ``ValueError`` without the password in its text."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        seconds = float(parse_qs(parts.query).get("timeout", [str(TIMEOUT)])[0])
    except ValueError:
        host, port, seconds = None, None, TIMEOUT
    if not host or parts.scheme not in PORTS or seconds <= 0:
        raise ValueError(
            "DOSSIER_SMTP_URL is no address of a mail server, such as"
            " smtps://user:password@mail.example:465, smtp+starttls://… or smtp://…"
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(host, port or PORTS[parts.scheme], parts.scheme, user, password, seconds)


class SmtpConnection:
    """A connection to the mail server, opened when needed and again after it was lost."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._line: smtplib.SMTP | None = None

    def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> Result:
        """Send ``raw`` in one SMTP transaction. Raises ``ServerDown``."""
        line = self._line or self._connect()
        try:
            return self._hand_over(line, raw, sender, recipients)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Deferred(f"the connection was lost, it may have arrived: {_clean(error)}", True)

    def close(self) -> None:
        if self._line:
            try:
                self._line.quit()
            except (smtplib.SMTPException, OSError):
                self._line.close()  # the server closed it first
            self._line = None

    def _connect(self) -> smtplib.SMTP:
        server = self.server
        try:
            if server.scheme == "smtps":
                context = ssl.create_default_context()
                self._line = smtplib.SMTP_SSL(
                    server.host, server.port, timeout=server.timeout, context=context
                )
            else:
                self._line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
            self._enter(self._line)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise ServerDown(f"{server.host}:{server.port}: {_clean(error)}") from error
        return self._line

    def _enter(self, line: smtplib.SMTP) -> None:
        """Encrypt the connection where possible; send a password only encrypted or to this host."""
        scheme = self.server.scheme
        line.ehlo_or_helo_if_needed()
        if scheme == "smtp+starttls" or (scheme == "smtp" and line.has_extn("starttls")):
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        elif scheme == "smtp" and self.server.user and self.server.host not in HERE:
            raise smtplib.SMTPNotSupportedError("it accepts our password only unencrypted")
        if self.server.user:
            line.login(self.server.user, self.server.password)

    def _hand_over(
        self, line: smtplib.SMTP, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> Result:
        size = [f"size={len(raw)}"] if line.has_extn("size") else []
        reply: bytes | str
        code, reply = line.mail(sender, size)
        if code == TOO_LARGE:
            line.rset()
            return Rejected(_answer(code, reply))
        if code != 250:
            self._drop()
            trouble = SenderRefused if code >= 500 else ServerDown
            raise trouble(f"it accepts no mail from {sender}: {_answer(code, reply)}")
        refused = dict[str, tuple[int, bytes | str]]()
        for recipient in recipients:
            code, reply = line.rcpt(recipient)
            if code not in (250, 251):
                refused[recipient] = code, reply
        if len(refused) == len(recipients):
            line.rset()
            why = "; ".join(f"{to}: {_answer(*answer)}" for to, answer in refused.items())
            return _failure(min(code for code, _ in refused.values()), why)
        try:
            code, reply = line.data(raw)
        except smtplib.SMTPDataError as error:
            code, reply = error.smtp_code, error.smtp_error
        if code == 250:
            return Accepted({to: _answer(*answer) for to, answer in refused.items()})
        line.rset()
        return _failure(code, _answer(code, reply))

    def _drop(self) -> None:
        if self._line:
            self._line.close()
            self._line = None


def _failure(code: int, why: str) -> Deferred | Rejected:
    return Rejected(why) if code >= 500 else Deferred(why)


def _answer(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return _clean(f"{code} {text}")


def _clean(reply: object) -> str:
    return " ".join(CONTROL.sub("", str(reply)).split())[:500] or type(reply).__name__
