"""The postman's settings, from the environment."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from api.environment import letters
from api.postman.email.smtp import Server, server_of
from api.postman.letters.typeset import Letterhead, address_lines
from api.postman.sender import Sender
from api.postman.templates import own_folder
from ledger.facts.codes import Channel
from ledger.policy.validation import is_sendable

NOBODY = Sender("nobody@example.invalid", "")  # in a preview without settings
PLAIN = Letterhead(Path(), ())  # likewise


@dataclass(frozen=True)
class Settings:
    """The mail server, the sender, the folder of own templates, and the letterhead.

    Without a server e-mails wait; without a letterhead letters wait.
    """

    server: Server | None
    sender: Sender
    own: Path | None
    paper: Letterhead | None = None

    @property
    def channels(self) -> list[Channel]:
        mails = [Channel.EMAIL] if self.server else []
        return mails + ([Channel.LETTER] if self.paper else [])


def wanted() -> bool:
    """Return whether there is a mail server, or an address to put on letters."""
    return bool(os.environ.get("DOSSIER_SMTP_URL") or os.environ.get("DOSSIER_ADDRESS"))


def settings() -> Settings:
    """Return the settings. Raises ``ValueError`` that names the variable at fault."""
    if not wanted():
        raise ValueError(
            "There is no mail server: set DOSSIER_SMTP_URL, such as"
            " smtps://user:password@mail.example:465. To print letters set DOSSIER_ADDRESS."
        )
    sender, url = who_sends(), os.environ.get("DOSSIER_SMTP_URL")
    if url and sender is NOBODY:
        raise ValueError(f"DOSSIER_MAIL_FROM is not set. {EXAMPLE}")
    return Settings(server_of(url) if url else None, sender, own_folder(), paper())


EXAMPLE = 'It is the sender, such as "Acme BV <credit@acme.example>".'


def who_sends() -> Sender:
    given = os.environ.get("DOSSIER_MAIL_FROM")
    if not given:
        return NOBODY
    name, address = parseaddr(given)
    if not is_sendable(address):
        raise ValueError(f"DOSSIER_MAIL_FROM is no mail address. {EXAMPLE}")
    mailbox = os.environ.get("DOSSIER_REPLY_TO", "")
    if mailbox and not is_sendable(mailbox):
        raise ValueError("DOSSIER_REPLY_TO is no mail address, such as invoices@acme.example")
    return Sender(address, name, mailbox)


def paper() -> Letterhead | None:
    """Return the letterhead; None without ``$DOSSIER_ADDRESS``: no one could answer such a letter.

    It takes ``$DOSSIER_LETTERS`` and ``$DOSSIER_LETTER_FOOT``, too. Raises ``ValueError``.
    """
    ours = address_lines(os.environ.get("DOSSIER_ADDRESS", ""))
    if not ours:
        return None
    sender = who_sends()
    return Letterhead(
        folder=letters(),
        address=ours,
        mail="" if sender is NOBODY else sender.replies_to,
        foot=tuple(os.environ.get("DOSSIER_LETTER_FOOT", "").splitlines()),
    )
