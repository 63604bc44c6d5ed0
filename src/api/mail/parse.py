"""Raw bytes of an e-mail to a parsed message. It never raises: a person reads what it cannot."""

from email.message import Message as Mail
from email.parser import BytesParser
from hashlib import sha256

from api.mail import headers
from api.mail.automatic import automatic_signs, list_signs
from api.mail.bounce import failures, returned_message_ids
from api.mail.parts import POLICY, content_of
from api.mail.reply import newly_written
from commands.inbox.message import WHOLE, Attachment, DeliveryFailure, MessageKind, ParsedMessage

FINDINGS = 20  # fields of mail servers that are looked at
MAX_PARTS = 2_000  # lines that may begin a part; each costs what many lines of text cost
MAX_LINES = 1_000_000
WORK = 20_000_000  # lines times boundaries: the standard library compares every line with each


def read(raw: bytes) -> ParsedMessage:
    """Return the parsed message; one flagged as unread if it has too many parts or lines, or if
    they are nested too deep."""
    digest = sha256(raw).hexdigest()
    if why := _too_much(raw):
        return _unread(raw, digest, why)
    try:
        return _read(raw, digest)
    except RecursionError:
        return _unread(raw, digest, "parts within parts without end")


def _too_much(raw: bytes) -> str:
    """Return why reading it would take too much time or memory; empty if it would not."""
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if raw.lower().count(b"boundary") * lines > WORK:
        return "parts within parts without end"
    if raw.count(b"\n--") + raw.count(b"\r--") > MAX_PARTS:
        return f"more than {MAX_PARTS:,} parts"
    return f"more than {MAX_LINES:,} lines" if lines > MAX_LINES else ""


def _unread(raw: bytes, digest: str, why: str) -> ParsedMessage:
    whole = Attachment("message.eml", "message/rfc822", raw)
    flags = (f"unread: {why}",)
    return ParsedMessage(_own_id(digest), digest, "", "", "", attachments=(whole,), flags=flags)


def _read(raw: bytes, digest: str) -> ParsedMessage:
    if b"\n" not in raw:  # line ends of an old Mac, which quoted-printable does not know
        raw = raw.replace(b"\r", b"\n")
    mail = BytesParser(policy=POLICY).parsebytes(raw)
    content = content_of(mail)
    failed = failures(mail, content.text, raw)
    kind, signs = _kind(mail, failed)
    reply = newly_written(content.text)
    if not reply.strip() and content.text.strip():
        reply = content.text
        content.flag(WHOLE)
    return ParsedMessage(
        id=next(iter(headers.ids(mail, "Message-ID")), _own_id(digest)),
        sha256=digest,
        subject=headers.first(mail, "Subject"),
        text=content.text,
        reply=reply,
        html="\n".join(content.pages),
        kind=kind,
        signs=signs,
        at=headers.sent_at(mail),
        in_reply_to=headers.ids(mail, "In-Reply-To"),
        references=headers.ids(mail, "References"),
        from_=headers.addresses(mail, "From"),
        single_sender=headers.has_single_sender(mail),
        findings=tuple(headers.values(mail, "Authentication-Results")[:FINDINGS]),
        to=headers.addresses(mail, "To"),
        cc=headers.addresses(mail, "Cc"),
        reply_to=headers.addresses(mail, "Reply-To"),
        delivered_to=headers.addresses(mail, "Delivered-To", "X-Original-To", "Envelope-To"),
        attachments=tuple(content.attachments),
        failures=failed,
        about=returned_message_ids(mail, content.text) if failed else (),
        flags=tuple(content.flags),
    )


def _kind(mail: Mail, failed: tuple[DeliveryFailure, ...]) -> tuple[MessageKind, tuple[str, ...]]:
    """Return the kind and its signs; a bounce is automatic, too, and a list may send either."""
    automatic, by_list = automatic_signs(mail), list_signs(mail)
    if failed:
        return MessageKind.BOUNCE, automatic
    if automatic:
        return MessageKind.AUTO_REPLY, automatic
    return (MessageKind.LIST, by_list) if by_list else (MessageKind.PERSON, ())


def _own_id(digest: str) -> str:
    return f"{digest}@no-message-id.invalid"
