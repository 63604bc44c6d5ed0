"""From a message that was asked for to the mail that goes: the same bytes whenever it is made."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from uuid import UUID

from api.postman.email.html import page
from api.postman.sender import Sender, cleaned
from api.postman.template_context import render_message
from api.postman.templates import supported_language
from ledger.facts.outbound import MessageAsked
from ledger.policy.validation import is_sendable


@dataclass(frozen=True)
class Copy:
    """A document of an invoice that goes with a mail."""

    invoice: str
    sha256: str
    name: str
    media_type: str
    content: bytes


MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")
KIND = re.compile(r"(application|image|text)/([\w.+-]+)", re.ASCII)


@dataclass(frozen=True)
class Mail:
    """A mail that is ready to go."""

    message_id: str
    recipients: tuple[str, ...]
    unusable: tuple[str, ...]  # of those it was asked to go to: no mail addresses
    subject: str
    text: str
    raw: bytes
    attached: tuple[Copy, ...] = ()


def message_id(book_id: UUID, sender: Sender) -> str:
    """A reply's References find the message by it; a second try has the same one."""
    return f"<{book_id}@{sender.domain}>"


def compose(
    asked: MessageAsked,
    book_id: UUID,
    at: datetime,
    sender: Sender,
    debtor: str,
    own: Path | None,
    attached: Sequence[Copy] = (),
) -> Mail:
    """``at`` is when it was asked for, ``debtor`` his name, ``own`` the folder of own templates.

    Raises ``BadTemplate``.
    """
    language = supported_language(asked.language)
    said = render_message(asked, sender.name, debtor, own)
    subject = cleaned(said.subject).replace("\n", " ").replace("\r", " ")[:500]
    text = cleaned(said.text)
    to, copies = _usable(asked.to), _usable(asked.copy_to)
    mail = EmailMessage(SMTP)
    mail["From"] = Address(cleaned(sender.name), addr_spec=sender.address)
    if to:
        mail["To"] = ", ".join(to)
    if copies:
        mail["Cc"] = ", ".join(copies)
    for name, value in _headers(asked.facts, sender):
        mail[name] = value
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(book_id, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Dossier-Message"] = str(book_id)
    mail.set_content(text, cte="quoted-printable")
    html = page(text, subject, language)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = language
    mail.set_boundary(f"=_{book_id.hex}")  # quoted-printable and base64 never have "=_"
    for one in attached:
        _attach(mail, one)
    if attached:
        mail.set_boundary(f"=_files_{book_id.hex}")
    everybody = dict.fromkeys([*asked.to, *asked.copy_to])
    recipients = tuple(dict.fromkeys([*to, *copies]))
    return Mail(
        message_id=message_id(book_id, sender),
        recipients=recipients,
        unusable=tuple(one for one in everybody if not _usable([one])),
        subject=subject,
        text=text,
        raw=mail.as_bytes(),
        attached=tuple(attached),
    )


def _attach(mail: EmailMessage, one: Copy) -> None:
    kind = KIND.fullmatch(one.media_type)
    maintype, subtype = kind.groups() if kind else ("application", "octet-stream")
    mail.add_attachment(one.content, maintype, subtype, filename=cleaned(one.name))


def _usable(addresses: Iterable[str]) -> list[str]:
    """Those that a mail can go to."""
    return [one for one in dict.fromkeys(addresses) if is_sendable(one)]


def _headers(facts: Mapping[str, str], sender: Sender) -> Iterator[tuple[str, str]]:
    """That make it an answer to another mail, and say where its own answer goes."""
    answered = MESSAGE_ID.findall(facts.get("in_reply_to", ""))[:1]
    before = MESSAGE_ID.findall(facts.get("references", ""))[-20:]
    if answered:
        yield "In-Reply-To", answered[0]
    if answered or before:
        yield "References", " ".join(dict.fromkeys([*before, *answered]))
    if reply_to := _usable([facts.get("reply_to", sender.mailbox)]):
        yield "Reply-To", reply_to[0]
