"""Receipt of the messages of a webhook call, each once and as an e-mail is received."""

import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from api.http.kit.uploads import ANY
from api.inbox.identify import UNREAD
from api.inbox.lookup import SECONDS_OF_A_REQUEST, catch_up_names
from api.inbox.receive import receive
from api.session import TenantSession
from api.whatsapp.media import MediaGone, MediaUnavailable, fetch
from api.whatsapp.payload import InboundWhatsApp, parse
from api.whatsapp.settings import NUMBERS, Settings
from commands.inbox.message import Address, Attachment, ParsedMessage
from ledger.database.tenants import UnknownTenant
from ledger.facts.books import INCOMING
from ledger.facts.codes import Channel

log = logging.getLogger(__name__)
ACTOR = "whatsapp"
MEDIA_TIMEOUT = timedelta(hours=1)  # until then a message waits at Meta for its media


class ReceivedInPart(Exception):
    """Some messages were not received: Meta must deliver them again."""


def receive_all(session_of: Callable[[str], TenantSession], ours: Settings, raw: bytes) -> None:
    """Receive every message that can be. Raises ``ReceivedInPart``, or ``MsgspecError``."""
    left = list[str]()
    for message in parse(raw):
        try:
            _receive(session_of, ours, message)
        except (MediaUnavailable, UnknownTenant) as error:
            log.warning("WhatsApp message %s waits at Meta: %s", message.id, error)
            left.append(str(error))
    if left:
        raise ReceivedInPart("; ".join(left))


def _receive(
    session_of: Callable[[str], TenantSession], ours: Settings, message: InboundWhatsApp
) -> None:
    tenant = ours.tenant_of(message.number)
    if tenant is None:
        raise UnknownTenant(f"the number {message.number} has no tenant in {NUMBERS}")
    session = session_of(tenant)
    if message.id and session.ledger.book(INCOMING, message.id).state.known:
        return
    mail = _mail(session, ours, message)
    catch_up_names(session, seconds=SECONDS_OF_A_REQUEST)
    receive(session, message.document, mail, message.ours, message.at, ACTOR)


def _mail(session: TenantSession, ours: Settings, message: InboundWhatsApp) -> ParsedMessage:
    words, flags, attached = message.words, list[str](), list[Attachment]()
    if words is None:
        words = f"(a message of the kind {message.kind}: see the document)"
        flags.append(f"{UNREAD}a message of the kind {message.kind}")
    media = message.media
    if media:
        try:
            attached = [Attachment(media.name, media.media_type or ANY, fetch(ours, media.id))]
        except (MediaUnavailable, MediaGone) as error:
            early = message.at and session.clock() - message.at < MEDIA_TIMEOUT
            if early and isinstance(error, MediaUnavailable):
                raise
            flags.append(f"{UNREAD}{media.kind} {media.id}: {error}")
            words = f"{words}\n({media.kind} that was not fetched: {error})".strip()
    return ParsedMessage(
        id=message.id,
        sha256=sha256(message.document).hexdigest(),
        subject=media.name if media else "",
        text=words,
        reply=words,
        in_reply_to=message.answers,
        from_=(Address(message.sender, message.name),),
        attachments=tuple(attached),
        flags=tuple(flags),
        channel=Channel.WHATSAPP,
    )
