"""A mailbox behind TLS is who it says it is, and no mail costs more than it may."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from imap_tools.errors import ImapToolsError

from api.mail import reply
from api.mail.parse import MAX_LINES, MAX_PARTS, read
from api.mail.reply import BLOCK, newly_written
from api.mailbox.bookmark import begin_try
from api.mailbox.imap import LARGE, TRIES, fetch, mailboxes, parse_mailbox
from support.cli import CliUser
from support.imap import ImapServer
from support.mail_samples import mail
from support.mailbox_case import MailboxCase, letter

SECRET = b"s3cret-imap-password"


@dataclass
class TlsServer:
    """A mail server with a certificate that it signed itself; it keeps what it hears."""

    certificate: Path
    listener: socket.socket
    heard: list[bytes] = field(default_factory=list)

    def url(self, host: str) -> str:
        return f"imaps://user:{SECRET.decode()}@{host}:{self.listener.getsockname()[1]}/INBOX"

    def serve(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.certificate.with_suffix(".key"))
        while True:
            try:
                wire, _ = self.listener.accept()
            except OSError:  # closed: the test is over
                return
            try:
                with context.wrap_socket(wire, server_side=True) as safe:
                    safe.sendall(b"* OK here\r\n")
                    while line := safe.recv(1000):
                        self.heard.append(line)
                        tag = line.split()[0]
                        safe.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
            except OSError:  # the client does not like us
                wire.close()


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[TlsServer]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("NO OPENSSL: it makes the certificate")
    certificate = tmp_path / "server.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", certificate.with_suffix(".key"), "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = TlsServer(certificate, listener)
        runs = Thread(target=server.serve)
        runs.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            runs.join(10)


def test_a_server_that_nobody_vouches_for_hears_no_password(
    mailbox: MailboxCase, tls_server: TlsServer
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch(mailbox.session, parse_mailbox(tls_server.url("localhost")))
    assert tls_server.heard == []


def test_a_server_hears_it_under_its_own_name_only(
    mailbox: MailboxCase, tls_server: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls_server.certificate))
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch(mailbox.session, parse_mailbox(tls_server.url("127.0.0.1")))
    assert tls_server.heard == []
    with pytest.raises(ImapToolsError):  # it is no mail server
        fetch(mailbox.session, parse_mailbox(tls_server.url("localhost")))
    assert SECRET in b"".join(tls_server.heard)


@pytest.mark.parametrize("host", ["mail.example", "10.0.0.7", "localhost.example"])
def test_plain_text_stays_on_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_MAILBOXES", f"imap://user:pw@{host}/INBOX")
    with pytest.raises(ValueError, match="imaps://"):
        mailboxes()
    for here in ("localhost", "127.0.0.1", "[::1]"):
        monkeypatch.setenv("DOSSIER_MAILBOXES", f"imap://user:pw@{here}/INBOX")
        assert len(mailboxes()) == 1


def test_a_wrong_password_is_told_in_one_line(
    imap: ImapServer, cli: CliUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_MAILBOXES", imap.url.replace(":secret@", ":wrong@"))
    cli("mailbox", "--once").refused("mailbox intake@127.0.0.1/INBOX")


MULTIPART = "Content-Type: multipart/mixed; boundary=b"
COSTLY = {
    f"more than {MAX_PARTS:,} parts": [
        mail(MULTIPART, text="--b\n\n" * (MAX_PARTS + 1)),
        mail(MULTIPART, text="--b\n\n" * (MAX_PARTS + 1))
        .replace(b"\r\n", b"\n")
        .replace(b"\n", b"\r"),
    ],
    f"more than {MAX_LINES:,} lines": [mail(text="\n" * (MAX_LINES + 1))],
    "parts within parts without end": [
        mail(
            *(f'X-{nth}: multipart/mixed; Boundary = "b{nth}"' for nth in range(99)),
            text="x\n" * 500_000,
        )
    ],
}


@pytest.mark.parametrize(("why", "raws"), COSTLY.items(), ids=COSTLY.keys())
def test_a_mail_that_would_cost_too_much_is_kept_unread(why: str, raws: list[bytes]) -> None:
    for raw in raws:
        message = read(raw)
        assert message.flags == (f"unread: {why}",)
        assert message.attachments[0].content == raw


def test_a_large_mail_that_any_client_writes_is_read() -> None:
    parts = "--b\n\nHello.\n" + f"--b\nContent-Type: a/b\n\n{'x' * 76}\n" * 100
    message = read(mail(MULTIPART, text=f"{parts}{('y' * 76 + chr(10)) * 300_000}--b--"))
    assert not any(flag.startswith("unread") for flag in message.flags)
    assert message.text.startswith("Hello.")


def test_a_large_mail_that_ended_its_process_twice_is_received_unread(
    imap: ImapServer, mailbox: MailboxCase
) -> None:
    session, box = mailbox.session, parse_mailbox(imap.url)
    large = letter("F-2026-01\n" + "x\n" * (LARGE // 2), id_="large@b")
    imap.deliver(large)
    with imap.opened() as client:
        _, [validity] = client.response("UIDVALIDITY")
        _, [uids] = client.uid("search", "ALL")
    place = session.tenant, box.name, int(validity or 0), int(uids)
    with session.pool.connection() as conn:
        assert [begin_try(conn, *place) for _ in range(TRIES)] == [0, 1]  # and then it was killed
    assert fetch(session, box) == 1
    [row] = mailbox.inbox()
    assert row.flags == ["unread: it was tried 2 times", "unauthenticated sender"]
    imap.deliver(letter("F-2026-02", id_="small@b"), large.replace(b"large@b", b"other@b"))
    assert fetch(session, box) == 2
    assert len(mailbox.inbox()) == 1, "the others are read"


class Counted(list[str]):
    """Lines that count how many were handed out one by one."""

    handed = 0

    def __iter__(self) -> Iterator[str]:
        for line in super().__iter__():
            Counted.handed += 1
            yield line


def test_a_header_of_outlook_is_looked_for_in_its_own_lines() -> None:
    """Not in all that stand before it, which took quadratic time."""
    lines = Counted(["From: x", "nothing"] * 100)
    for first in range(len(lines)):
        reply._block(lines, first)
    assert Counted.handed <= BLOCK * len(lines)
    assert newly_written("Hello.\nFrom: a\nSent: b\nTo: c\n") == "Hello."
