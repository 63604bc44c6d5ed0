"""A creditor who sends and receives real mail, on days that a test names: SMTP, IMAP and HTTP."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from api.clock.tick import run_if_leader
from api.follower import worker_for
from api.http.auth.keys import Role
from api.mailbox.imap import fetch, parse_mailbox
from api.postman.send_emails import send_emails
from api.postman.settings import settings
from api.session import TenantSession
from ledger.facts.books import MESSAGE
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.http_clients import HttpClients, Person, open_http
from support.imap import ImapServer
from support.mailbox_case import SERVER, authentic
from support.smtp import SmtpServer

PUBLIC = "https://dossier.seller.example"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass
class EndToEnd:
    """``anna`` collects, ``pat`` administers; ``cli`` is the command line."""

    http: HttpClients
    session: TenantSession
    smtp: SmtpServer
    imap: ImapServer
    cli: CliUser
    anna: Person
    pat: Person
    looked_at: int = 0  # of what the mail server got

    def on(self, day: str, hour: int = 10) -> None:
        at = datetime.fromisoformat(f"{day}T{hour:02}:00")
        self.http.clock.at = at.replace(tzinfo=AMSTERDAM)

    def pass_days(self, *days: str, hours: tuple[int, ...] = (7, 12, 18)) -> list[EmailMessage]:
        """Run the clock and then the postman several times a day, and return what was sent."""
        for day in days:
            for hour in hours:
                self.on(day, hour)
                self.level()
                run_if_leader(self.session)
                self.send()
        return self.sent()

    def level(self) -> None:
        """Let all read models show what is recorded, as the worker does."""
        worker = worker_for(self.session.pool, self.session.tenant, self.session.clock)
        worker.catch_up()
        worker.release_lease()

    def send(self) -> None:
        self.level()
        send_emails(self.session, settings())

    def sent(self) -> list[EmailMessage]:
        """Return what the mail server got since the last call."""
        new, self.looked_at = self.smtp.mails[self.looked_at :], len(self.smtp.came)
        return new

    def receive(self, *mails: EmailMessage) -> list[str]:
        """Deliver and fetch mails, and return the topics of what was recorded."""
        before = self.session.ledger.head()
        self.imap.deliver(*map(_examined, mails), at=self.http.clock.at)
        assert fetch(self.session, parse_mailbox(self.imap.url)) == len(mails)
        return [entry.event.topic for entry in self.session.ledger.since(before, 100)]

    def read(self, path: str) -> Any:
        self.level()
        answer = self.anna.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def names_of(self, mails: list[EmailMessage], *names: str) -> list[str]:
        """Return which of ``names`` these mails are; raise ``KeyError`` for any other mail."""
        known = {str(self.session.ledger.id_of(MESSAGE, name)): name for name in names}
        return [known[str(mail["X-Dossier-Message"])] for mail in mails]


def _examined(mail: EmailMessage) -> bytes:
    """Return a mail as our mail server delivers it: with what it found about the sender."""
    found = authentic(str(mail["From"]))
    return f"Authentication-Results: {SERVER}; {found}\n".encode() + mail.as_bytes()


@contextmanager
def open_end_to_end(
    url: str, smtp: SmtpServer, imap: ImapServer, setenv: Callable[[str, str], None]
) -> Iterator[EndToEnd]:
    """Set everything as the manual says; no worker runs, so that nothing happens by itself."""
    environment = smtp.environment() | {
        "DOSSIER_REPLY_TO": "invoices@seller.example",
        "DOSSIER_REPLY_SECRET": "known to us alone",
        "DOSSIER_MAIL_AUTHSERV": SERVER,
        "DOSSIER_PUBLIC_URL": PUBLIC,
    }
    for name, value in environment.items():
        setenv(name, value)
    with open_http(url, with_worker=False) as made:
        ledger = Ledger(made.pool)
        try:
            yield EndToEnd(
                made,
                TenantSession(made.pool, ledger, made.clock),
                smtp,
                imap,
                CliUser(url, "default", environment),
                made.collector(name="anna"),
                made.person(Role.ADMIN, "pat"),
            )
        finally:
            ledger.close()


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


def link_in(mail: EmailMessage) -> str:
    """Return the path of the page on which a resolver answers."""
    [path] = re.findall(rf"{PUBLIC}(/a/\S+)", text_of(mail))
    return str(path)


def reply(mail: EmailMessage, text: str, id_: str, **more: str) -> EmailMessage:
    """Answer as a mail program does: to its Reply-To, with its subject, quoting all of it."""
    made = EmailMessage()
    made["From"], made["To"] = str(mail["To"]), str(mail["Reply-To"])
    made["Subject"] = f"Re: {mail['Subject']}"
    made["Message-ID"], made["In-Reply-To"] = f"<{id_}>", mail["Message-ID"]
    made["References"] = mail["Message-ID"]
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    quoted = "\n".join(f"> {line}" for line in text_of(mail).splitlines())
    written_at = "On Mon, 5 Oct 2026 at 07:00, Seller BV <credit@seller.example> wrote:"
    made.set_content(f"{text}\n\n{written_at}\n{quoted}\n")
    return made
