"""Hands mails to the mail server, and says in three words how it went: taken, later or never."""

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
    """No mail server, or it will have nothing from us: a trouble of ours, not of any message."""


@dataclass(frozen=True)
class Server:
    """Where the mail server is, and how to speak to it."""

    host: str
    port: int
    scheme: str  # one of PORTS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT


@dataclass(frozen=True)
class Accepted:
    """The server answers for it from here, for all but who were refused."""

    refused: Mapping[str, str]


@dataclass(frozen=True)
class Deferred:
    """Not now. When the connection was ``lost`` it may have arrived all the same."""

    why: str
    lost: bool = False


@dataclass(frozen=True)
class Rejected:
    """The server will not take it."""

    why: str


def server_of(url: str) -> Server:
    """Of ``$DOSSIER_SMTP_URL``. Raises ``ValueError``, which does not repeat the password."""
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
    """A connection to the mail server: made when it is needed, and anew when it was lost."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._line: smtplib.SMTP | None = None

    def send(
        self, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> Accepted | Deferred | Rejected:
        """Raises ``ServerDown``."""
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
                self._line.close()  # it has hung up first
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
        """Encrypted when it must or can be; no password goes over an open line."""
        scheme = self.server.scheme
        line.ehlo_or_helo_if_needed()
        if scheme == "smtp+starttls" or (scheme == "smtp" and line.has_extn("starttls")):
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        elif scheme == "smtp" and self.server.user and self.server.host not in HERE:
            raise smtplib.SMTPNotSupportedError("it would take our password unencrypted only")
        if self.server.user:
            line.login(self.server.user, self.server.password)

    def _hand_over(
        self, line: smtplib.SMTP, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> Accepted | Deferred | Rejected:
        size = [f"size={len(raw)}"] if line.has_extn("size") else []
        code, said = line.mail(sender, size)
        if code == TOO_LARGE:
            line.rset()
            return Rejected(_said(code, said))
        if code != 250:
            self._drop()
            raise ServerDown(f"it will have no mail of {sender}: {_said(code, said)}")
        refused = dict[str, tuple[int, bytes]]()
        for recipient in recipients:
            code, said = line.rcpt(recipient)
            if code not in (250, 251):
                refused[recipient] = code, said
        if len(refused) == len(recipients):
            line.rset()
            return _refusal(refused)
        try:
            code, said = line.data(raw)
        except smtplib.SMTPDataError as error:
            code, said = error.smtp_code, _bytes(error.smtp_error)
        if code == 250:
            return Accepted({one: _said(*answer) for one, answer in refused.items()})
        line.rset()
        return _answer(code, _said(code, said))

    def _drop(self) -> None:
        if self._line:
            self._line.close()
            self._line = None


def _refusal(refused: Mapping[str, tuple[int, bytes]]) -> Deferred | Rejected:
    """Nobody was taken; as long as one may be later, so may the mail."""
    why = "; ".join(f"{one}: {_said(*answer)}" for one, answer in refused.items())
    soonest = min(code for code, _ in refused.values())
    return _answer(soonest, why)


def _answer(code: int, why: str) -> Deferred | Rejected:
    return Rejected(why) if code >= 500 else Deferred(why)


def _said(code: int, said: bytes) -> str:
    return _clean(f"{code} {said.decode(errors='replace')}")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _clean(said: object) -> str:
    return " ".join(CONTROL.sub("", str(said)).split())[:500] or type(said).__name__
