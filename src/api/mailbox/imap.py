"""Mailboxes read by IMAP. Nothing is deleted or marked on the server.

An e-mail is received before the bookmark moves: after a crash in between it is received again, and
recognised. A large one that ended its process twice is received unread.
"""

import imaplib
import logging
import os
import select
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from threading import Event
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, U
from imap_tools.errors import ImapToolsError

from api.environment import DEFAULT_TENANT
from api.inbox.lookup import catch_up_names
from api.inbox.receive import receive_raw
from api.mailbox.bookmark import begin_try, end_try, load, save
from api.outage import Outage
from api.session import TenantSession
from ledger.store.errors import Stale

log = logging.getLogger(__name__)
SETTING = "DOSSIER_MAILBOXES"
PORTS = {"imaps": 993, "imap": 143}
SERVER_TIMEOUT = 30.0  # seconds for each answer
PUSH, NEWS = "IDLE", "EXISTS"  # the capability of a server that notifies us, and its notice
IDLE, POLL = 300.0, 60.0  # seconds to wait at most for a notice; between looks without notices
LARGE = 1_000_000  # bytes of a mail that may take a lot of memory to read
TRIES = 2  # of a large mail; then it is received unread
LOOK = 1.0  # seconds between checks whether to stop
FIRST_WAIT, MAX_WAIT = 1.0, 300.0  # seconds after trouble, doubled each time
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError, psycopg.Error, Stale)


@dataclass(frozen=True)
class Mailbox:
    """A mailbox: its server and login, its tenant, and its address."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str
    tenant: str
    address: str

    @property
    def name(self) -> str:
        """Name for the log and the bookmark, without the password."""
        return f"{self.user}@{self.host}/{self.folder}"


def mailboxes() -> list[Mailbox]:
    """Return the mailboxes of ``$DOSSIER_MAILBOXES``. Raises ``ValueError``."""
    return [parse_mailbox(url) for url in os.environ.get(SETTING, "").split()]


def parse_mailbox(url: str) -> Mailbox:
    """Parse ``imaps://user:password@host/INBOX?tenant=…&address=…``. Raises ``ValueError``."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or not parts.username:
        raise ValueError(
            f"{SETTING}: a mailbox is imaps://user:password@host/INBOX; separate several by blanks"
        )
    if parts.scheme == "imap" and not _is_here(parts.hostname):
        raise ValueError(
            f"{SETTING}: imap:// sends the password and the mails in plain text, so it is for this"
            f" machine only; use imaps:// for {parts.hostname}"
        )
    user, more = unquote(parts.username), parse_qs(parts.query)
    if unknown := more.keys() - {"tenant", "address"}:
        raise ValueError(f"{SETTING}: a mailbox has no {', '.join(sorted(unknown))}")
    address = user if "@" in user else f"{user}@{parts.hostname}"
    return Mailbox(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=user,
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tenant=more.get("tenant", [DEFAULT_TENANT])[0],
        address=more.get("address", [address])[0].lower(),
    )


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fetch(session: TenantSession, box: Mailbox) -> int:
    """Receive the new e-mails and return how many there were."""
    with _opened(box) as client:
        return _fetch(session, box, client, Event())


def watch(session: TenantSession, box: Mailbox, stop: Event) -> None:
    """Receive what arrives until ``stop``, also after the mail server was unavailable."""
    wait, outage = FIRST_WAIT, Outage(f"mailbox {box.name} of tenant {box.tenant}")
    while not stop.is_set():
        try:
            with _opened(box) as client:
                while not stop.is_set():
                    _fetch(session, box, client, stop)
                    outage.ended()
                    wait = FIRST_WAIT
                    _until_news(client, stop)
        except TROUBLE as error:
            outage.began(error)
            stop.wait(wait)
            wait = min(wait * 2, MAX_WAIT)


@contextmanager
def _opened(box: Mailbox) -> Iterator[BaseMailBox]:
    client: BaseMailBox
    if box.scheme == "imaps":  # without a context of ours nobody looks at the certificate
        context = ssl.create_default_context()
        client = MailBox(box.host, box.port, timeout=SERVER_TIMEOUT, ssl_context=context)
    else:
        client = MailBoxUnencrypted(box.host, box.port, timeout=SERVER_TIMEOUT)
    try:
        session = client.login(box.user, box.password, initial_folder=None)
    except BaseException:  # there is no session that would end
        client.client.shutdown()
        raise
    with session:
        client.folder.set(box.folder, readonly=True)
        yield client


def _fetch(session: TenantSession, box: Mailbox, client: BaseMailBox, stop: Event) -> int:
    validity = client.folder.status(box.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    with session.pool.connection() as conn:
        after = load(conn, session.tenant, box.name, validity)
    client.client.response(NEWS)  # forget earlier notices: what they announced is found now
    found = sorted(int(uid) for uid in client.uids(AND(uid=U(str(after + 1), "*"))))
    new = [uid for uid in found if uid > after]  # "*" is the last mail, however old
    if new:
        catch_up_names(session, stop)
    for uid in new:
        if stop.is_set():
            break
        for raw, arrived in _mail(client, uid):
            with _tried(session, box, validity, uid, raw) as unread:
                taken = receive_raw(session, raw, box.address, arrived, unread)
            log.info("mailbox %s: mail %s is %s", box.name, uid, taken.outcome)
        with session.pool.connection() as conn:
            save(conn, session.tenant, box.name, validity, uid)
    return len(new)


@contextmanager
def _tried(
    session: TenantSession, box: Mailbox, validity: int, uid: int, raw: bytes
) -> Iterator[str]:
    """Count the tries of a large mail that did not come to an end. Yield why it is not to be read;
    empty if it is."""
    if len(raw) <= LARGE:
        yield ""
        return
    with session.pool.connection() as conn:
        tries = begin_try(conn, session.tenant, box.name, validity, uid)
    try:
        yield f"it was tried {tries} times" if tries >= TRIES else ""
    finally:
        with session.pool.connection() as conn:
            end_try(conn, session.tenant, box.name, validity, uid)


def _mail(client: BaseMailBox, uid: int) -> Iterator[tuple[bytes, datetime | None]]:
    """Yield its bytes and when it arrived; nothing if it was deleted meanwhile."""
    answered, parts = client.client.uid("fetch", str(uid), "(INTERNALDATE BODY.PEEK[])")
    if answered != "OK":
        raise OSError(f"mail {uid} cannot be fetched: {parts}")
    for part in parts:
        if isinstance(part, tuple):
            at = imaplib.Internaldate2tuple(part[0])
            yield part[1], datetime.fromtimestamp(time.mktime(at), UTC) if at else None


def _until_news(client: BaseMailBox, stop: Event) -> None:
    """Wait for a notice from the server, which it sends once, maybe during an earlier command; wait
    a fixed time if it cannot send any."""
    if PUSH not in _capabilities(client):
        stop.wait(POLL)
        return
    if client.client.response(NEWS)[1] != [None]:
        return
    deadline = time.monotonic() + IDLE
    with client.idle:
        ready = list[Any]()
        while not stop.is_set() and time.monotonic() < deadline:
            line = _next_line(client)  # the first may come with the answer to IDLE
            if line:
                return
            if ready and line is not None:
                raise OSError("the mail server closed the connection")
            ready, _, _ = select.select([client.client.socket()], [], [], LOOK)


def _next_line(client: BaseMailBox) -> bytes | None:
    """Return the next line without waiting; None if there is none, empty at the end.

    It may have been read ahead with another line: ``select`` does not show that.
    """
    wire = client.client.socket()
    wire.settimeout(0)
    try:
        return client.client.readline()
    except (BlockingIOError, ssl.SSLWantReadError):
        return None
    finally:
        wire.settimeout(SERVER_TIMEOUT)


def _capabilities(client: BaseMailBox) -> list[str]:
    """Return the capabilities after login; some servers list more then."""
    _, lines = client.client.capability()
    return [word for line in lines if line for word in line.decode("ascii", "replace").split()]
