"""A real IMAP server on loopback."""

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

FOUND = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "intake", "secret"
CONFIG = """
protocols = imap
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
listen = 127.0.0.1
mailbox_idle_check_interval = 1 secs
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%u
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """One user, one mailbox."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        where = f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"
        return f"{where}?address=invoices%40seller.example"

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as client:
            client.login(USER, PASSWORD)
            client.select("INBOX")
            yield client

    def deliver(self, *raws: bytes, at: datetime | None = None) -> None:
        """Add mails, which the server got at that time (now if left out)."""
        with self.opened() as client:
            for raw in raws:
                arrived = imaplib.Time2Internaldate(at) if at else ""
                status, answer = client.append("INBOX", "", arrived, raw)
                assert status == "OK", answer

    def empty(self) -> None:
        with self.opened() as client:
            client.uid("store", "1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()

    def flags(self) -> list[tuple[bytes, ...]]:
        """Return the flags of every mail that is there."""
        with self.opened() as client:
            _, found = client.fetch("1:*", "(FLAGS)")
            return [imaplib.ParseFlags(one) for one in found if isinstance(one, bytes)]

    def renumber(self) -> None:
        """Give the same mails other UIDs."""
        with self.opened() as client:
            _, [before] = client.response("UIDVALIDITY")
        after = before
        while after == before:  # it is the second in which they were made
            for path in (self.home / "mail" / USER).glob("dovecot*"):
                path.unlink()
            with self.opened() as client:
                _, [after] = client.response("UIDVALIDITY")


@contextmanager
def run_imap_server() -> Iterator[ImapServer]:
    """Start dovecot, never as root: as ``nobody`` then, in a folder that ``nobody`` can read."""
    if FOUND is None:
        pytest.skip("NO DOVECOT: apt-get install dovecot-imapd, and run this again")
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    with TemporaryDirectory(prefix="dovecot-") as folder:
        home = Path(folder)
        server = ImapServer(home, _free_port())
        _furnish(server, user)
        child = subprocess.Popen(
            [FOUND, "-F", "-c", str(home / "dovecot.conf")],
            user=user.pw_uid if os.getuid() == 0 else None,
            group=user.pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
        )
        try:
            deadline = time.monotonic() + 30
            while not _answers(server.port):
                assert child.poll() is None, (home / "dovecot.log").read_text()
                assert time.monotonic() < deadline, (home / "dovecot.log").read_text()
                time.sleep(0.05)
            yield server
        finally:
            child.terminate()
            child.wait(30)


def _furnish(server: ImapServer, user: pwd.struct_passwd) -> None:
    home = server.home
    config = CONFIG.format(
        home=home,
        port=server.port,
        user=user.pw_name,
        group=grp.getgrgid(user.pw_gid).gr_name,
        uid=user.pw_uid,
        gid=user.pw_gid,
    )
    (home / "dovecot.conf").write_text(config)
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    (home / "mail").mkdir()
    for path in (home, *home.iterdir()):
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with imaplib.IMAP4("127.0.0.1", port, timeout=5):
            return True
    except (OSError, imaplib.IMAP4.error):
        return False
