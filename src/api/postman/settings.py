"""What the postman is told by the environment."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from api.postman.compose import ADDRESS, Sender
from api.postman.smtp import Server, server_of
from api.postman.templates import own_folder

NOBODY = Sender("nobody@example.invalid", "")  # of a preview before anything is set


@dataclass(frozen=True)
class Settings:
    """A server to send by, who we are, and where our own templates lie."""

    server: Server
    sender: Sender
    own: Path | None


def wanted() -> bool:
    """Is there a mail server to send by?"""
    return bool(os.environ.get("DOSSIER_SMTP_URL"))


def settings() -> Settings:
    """Raises ``ValueError`` saying which variable is wrong."""
    if not wanted():
        raise ValueError(
            "There is no mail server to send by: set DOSSIER_SMTP_URL, such as"
            " smtps://user:password@mail.example:465"
        )
    sender = who_sends()
    if sender is NOBODY:
        raise ValueError(f"DOSSIER_MAIL_FROM is not set. {EXAMPLE}")
    return Settings(server_of(os.environ["DOSSIER_SMTP_URL"]), sender, own_folder())


EXAMPLE = 'It says who sends, such as "Acme BV <credit@acme.example>".'


def who_sends() -> Sender:
    given = os.environ.get("DOSSIER_MAIL_FROM")
    if not given:
        return NOBODY
    name, address = parseaddr(given)
    if not (address.isascii() and ADDRESS.fullmatch(address)):
        raise ValueError(f"DOSSIER_MAIL_FROM is no mail address. {EXAMPLE}")
    mailbox = os.environ.get("DOSSIER_REPLY_TO", "")
    if mailbox and not (mailbox.isascii() and ADDRESS.fullmatch(mailbox)):
        raise ValueError("DOSSIER_REPLY_TO is no mail address, such as invoices@acme.example")
    return Sender(address, name, mailbox)
