"""Reads mailboxes by IMAP. Nothing is deleted on the server, and nothing marked.

A mail is taken in first and its place kept after: whoever is killed in between brings it again,
and it is known.
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
from threading import Event
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, U
from imap_tools.errors import ImapToolsError

from api.environment import DEFAULT_TENANT
from api.inbox.lookup import catch_up_names
from api.inbox.receive import receive_raw
from api.mailbox.bookmark import load, save
from api.session import TenantSession
from ledger.store.errors import Stale

log = logging.getLogger(__name__)
SETTING = "DOSSIER_MAILBOXES"
PORTS = {"imaps": 993, "imap": 143}
SERVER_TIMEOUT = 30.0  # seconds for a mail server that says nothing
TOLD, NEWS = "IDLE", "EXISTS"  # the capability of a server that tells, and what it tells
IDLE, POLL = 300.0, 60.0  # seconds: told by the server, at the latest after; asked, every
LOOK = 1.0  # seconds between looks whether to stop
FIRST_WAIT, MAX_WAIT = 1.0, 300.0  # seconds after trouble, twice as many each time
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError, psycopg.Error, Stale)


@dataclass(frozen=True)
class Mailbox:
    """One mailbox: where it is, whose mails it holds, and which address is read by it."""

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
        """Without the password: it stands in the log and in the books."""
        return f"{self.user}@{self.host}/{self.folder}"


def mailboxes() -> list[Mailbox]:
    """Of ``$DOSSIER_MAILBOXES``, apart by blanks. Raises ``ValueError``."""
    return [parse_mailbox(url) for url in os.environ.get(SETTING, "").split()]


def parse_mailbox(url: str) -> Mailbox:
    """Of ``imaps://user:password@host/INBOX?tenant=…&address=…``. Raises ``ValueError``."""
    said = urlsplit(url)
    if said.scheme not in PORTS or not said.hostname or not said.username:
        raise ValueError(
            f"{SETTING}: a mailbox is imaps://user:password@host/INBOX, and blanks part several"
        )
    user, more = unquote(said.username), parse_qs(said.query)
    address = user if "@" in user else f"{user}@{said.hostname}"
    return Mailbox(
        scheme=said.scheme,
        host=said.hostname,
        port=said.port or PORTS[said.scheme],
        user=user,
        password=unquote(said.password or ""),
        folder=unquote(said.path.strip("/")) or "INBOX",
        tenant=more.get("tenant", [DEFAULT_TENANT])[0],
        address=more.get("address", [address])[0].lower(),
    )


def fetch(session: TenantSession, one: Mailbox) -> int:
    """All that is new, and how many mails that was."""
    with _opened(one) as client:
        return _fetch(session, one, client, Event())


def watch(session: TenantSession, one: Mailbox, stop: Event) -> None:
    """Until it is told to stop: what comes in is taken in. A mail server may be away for long."""
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            with _opened(one) as client:
                while not stop.is_set():
                    _fetch(session, one, client, stop)
                    wait = FIRST_WAIT
                    _until_news(client, stop)
        except TROUBLE as error:
            log.warning("mailbox %s does not answer, trying again: %s", one.name, error)
            stop.wait(wait)
            wait = min(wait * 2, MAX_WAIT)


@contextmanager
def _opened(one: Mailbox) -> Iterator[BaseMailBox]:
    kind = MailBox if one.scheme == "imaps" else MailBoxUnencrypted
    client = kind(one.host, one.port, timeout=SERVER_TIMEOUT)
    with client.login(one.user, one.password, initial_folder=None):
        client.folder.set(one.folder, readonly=True)
        yield client


def _fetch(session: TenantSession, one: Mailbox, client: BaseMailBox, stop: Event) -> int:
    validity = client.folder.status(one.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    with session.pool.connection() as conn:
        after = load(conn, session.tenant, one.name, validity)
    client.client.response(NEWS)  # what it told so far is found now, what it tells later is news
    found = sorted(int(uid) for uid in client.uids(AND(uid=U(str(after + 1), "*"))))
    new = [uid for uid in found if uid > after]  # "*" is the last mail, however old
    if new:
        catch_up_names(session, stop)
    for uid in new:
        if stop.is_set():
            break
        for raw, arrived in _mail(client, uid):
            taken = receive_raw(session, raw, one.address, arrived)
            log.info("mailbox %s: mail %s is %s", one.name, uid, taken.outcome)
        with session.pool.connection() as conn:
            save(conn, session.tenant, one.name, validity, uid)
    return len(new)


def _mail(client: BaseMailBox, uid: int) -> Iterator[tuple[bytes, datetime | None]]:
    """Its bytes as they came, and when; nothing when somebody took it away meanwhile."""
    answered, parts = client.client.uid("fetch", str(uid), "(INTERNALDATE BODY.PEEK[])")
    if answered != "OK":
        raise OSError(f"mail {uid} cannot be fetched: {parts}")
    for part in parts:
        if isinstance(part, tuple):
            yield part[1], _arrived(part[0])


def _arrived(head: bytes) -> datetime | None:
    said = imaplib.Internaldate2tuple(head)
    return datetime.fromtimestamp(time.mktime(said), UTC) if said else None


def _until_news(client: BaseMailBox, stop: Event) -> None:
    """The server tells, perhaps while something else was asked of it, and does so once; one that
    cannot is asked again after a while."""
    if TOLD not in _capabilities(client):
        stop.wait(POLL)
        return
    if client.client.response(NEWS)[1] != [None]:
        return
    deadline = time.monotonic() + IDLE
    with client.idle:
        ready = list[Any]()
        while not stop.is_set() and time.monotonic() < deadline:
            said = _said(client)  # the first may have come along with the leave to idle
            if said:
                return
            if ready and said is not None:
                raise OSError("the mail server hung up")
            ready, _, _ = select.select([client.client.socket()], [], [], LOOK)


def _said(client: BaseMailBox) -> bytes | None:
    """The next line, without waiting; nothing when there is none, or at the end. What was read
    ahead with another line is there, too, though the socket is silent about it."""
    wire = client.client.socket()
    wire.settimeout(0)
    try:
        return client.client.readline()
    except (BlockingIOError, ssl.SSLWantReadError):
        return None
    finally:
        wire.settimeout(SERVER_TIMEOUT)


def _capabilities(client: BaseMailBox) -> list[str]:
    """As they are once logged in; some servers say more then."""
    _, said = client.client.capability()
    return [word for line in said if line for word in line.decode("ascii", "replace").split()]
