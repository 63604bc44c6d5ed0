"""E-mails composed from the requested messages, with the same bytes at every attempt."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from api.i18n.translate import Translation
from api.postman.email.html import Picture, page
from api.postman.how_to_pay import SCAN, code_png
from api.postman.sender import Sender, cleaned
from api.postman.template_context import render_message
from api.postman.templates import Templates, supported_language
from ledger.facts.outbound import MessageAsked
from ledger.policy.validation import is_sendable


@dataclass(frozen=True)
class Copy:
    """A document of an invoice, to attach to an e-mail."""

    invoice: str
    sha256: str
    name: str
    media_type: str
    content: bytes


MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")
KIND = re.compile(r"(application|image|text)/([\w.+-]+)", re.ASCII)


@dataclass(frozen=True)
class Mail:
    """An e-mail that is ready to send."""

    message_id: str
    sender: str  # of the envelope
    recipients: tuple[str, ...]
    unusable: tuple[str, ...]  # requested recipients that are no mail addresses
    subject: str
    text: str
    raw: bytes
    attached: tuple[Copy, ...] = ()


def compose(
    asked: MessageAsked,
    book_id: UUID,
    message_id: str,
    at: datetime,
    sender: Sender,
    debtor: str,
    templates: Templates,
    attached: Sequence[Copy] = (),
    logo: bytes = b"",
    accent: str = "",
) -> Mail:
    """Return the e-mail. Raises ``BadTemplate``.

    ``message_id`` is without brackets; ``at`` is when the message was requested, ``debtor`` the
    debtor's name; ``logo`` is a PNG, ``accent`` a colour, such as ``#0a7d3c``.
    """
    language = supported_language(asked.language)
    message_id = f"<{message_id}>"  # a reply refers to it; every attempt has the same
    rendered = render_message(asked, sender.company, debtor, templates)
    subject = cleaned(rendered.subject).replace("\n", " ").replace("\r", " ")[:500]
    text = cleaned(rendered.text)
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
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["X-Dossier-Message"] = str(book_id)
    mail.set_content(text, cte="quoted-printable")
    pictures = [*_pictures(asked.facts, text, language, book_id, sender.company, logo)]
    html = page(text, subject, language, pictures, accent)
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    _show(mail, pictures, book_id)
    mail["Content-Language"] = language
    mail.set_boundary(f"=_{book_id.hex}")  # quoted-printable and base64 never have "=_"
    for copy in attached:
        kind = KIND.fullmatch(copy.media_type)
        maintype, subtype = kind.groups() if kind else ("application", "octet-stream")
        mail.add_attachment(copy.content, maintype, subtype, filename=cleaned(copy.name))
    if attached:
        mail.set_boundary(f"=_files_{book_id.hex}")
    requested = dict.fromkeys([*asked.to, *asked.copy_to])
    return Mail(
        message_id=message_id,
        sender=sender.address,
        recipients=tuple(dict.fromkeys([*to, *copies])),
        unusable=tuple(address for address in requested if not is_sendable(address)),
        subject=subject,
        text=text,
        raw=mail.as_bytes(),
        attached=tuple(attached),
    )


def _pictures(
    facts: Mapping[str, str], text: str, language: str, book_id: UUID, firm: str, logo: bytes
) -> Iterator[Picture]:
    """Yield the logo, and the QR code below how to pay, if the text has that."""
    if logo:
        yield Picture(f"logo.{book_id.hex}@dossier", firm, 48, logo, "logo.png")
    code, block = facts.get("payment_code", ""), cleaned(facts.get("how_to_pay", ""))
    if code and block and block in text:
        shows = Translation(language)(SCAN)
        name = f"pay.{book_id.hex}@dossier"
        yield Picture(name, shows, 180, code_png(code), "pay.png", block)


def _show(mail: EmailMessage, pictures: Sequence[Picture], book_id: UUID) -> None:
    """Put the pictures beside the HTML, which names them by their content ids."""
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    for each in pictures:
        html.add_related(each.content, "image", "png", cid=f"<{each.cid}>", filename=each.name)
    if pictures:
        html.set_boundary(f"=_logo_logo.{book_id.hex}")


def _usable(addresses: Iterable[str]) -> list[str]:
    return [address for address in dict.fromkeys(addresses) if is_sendable(address)]


def _headers(facts: Mapping[str, str], sender: Sender) -> Iterator[tuple[str, str]]:
    answered = MESSAGE_ID.findall(facts.get("in_reply_to", ""))[:1]
    before = MESSAGE_ID.findall(facts.get("references", ""))[-20:]
    if answered:
        yield "In-Reply-To", answered[0]
    if answered or before:
        yield "References", " ".join(dict.fromkeys([*before, *answered]))
    if reply_to := _usable([facts.get("reply_to", sender.mailbox)]):
        yield "Reply-To", reply_to[0]
