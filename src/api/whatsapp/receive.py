"""Takes in what the webhook brings: each message by the road of a mail, once."""

import logging
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from api.http.kit.uploads import ANY
from api.inbox.identify import UNREAD
from api.inbox.lookup import SECONDS_OF_A_REQUEST, catch_up_names
from api.inbox.receive import receive
from api.session import TenantSession
from api.whatsapp.media import Away, MediaGone, fetch
from api.whatsapp.payload import InboundWhatsApp, parse
from api.whatsapp.settings import NUMBERS, Settings
from commands.inbox.message import Address, Attachment, ParsedMessage
from ledger.database.tenants import UnknownTenant
from ledger.facts.books import INCOMING
from ledger.facts.codes import Channel

log = logging.getLogger(__name__)
ACTOR = "whatsapp"
MEDIA_TIMEOUT = timedelta(hours=1)  # with media that cannot be had: until then Meta brings it again


class ReceivedInPart(Exception):
    """Some of it was not taken in now: it must be brought again."""


def receive_all(desk_of: Callable[[str], TenantSession], ours: Settings, raw: bytes) -> None:
    """All that can be is durably written first. Raises ``ReceivedInPart``, or ``MsgspecError``."""
    left = list[str]()
    for one in parse(raw):
        try:
            _take(desk_of, ours, one)
        except (Away, UnknownTenant) as error:
            log.warning("WhatsApp message %s waits at Meta: %s", one.id, error)
            left.append(str(error))
    if left:
        raise ReceivedInPart("; ".join(left))


def _take(desk_of: Callable[[str], TenantSession], ours: Settings, one: InboundWhatsApp) -> None:
    """Raises ``Away`` or ``UnknownTenant``."""
    tenant = ours.tenant_of(one.number)
    if tenant is None:
        raise UnknownTenant(f"the number {one.number} is nobody's: say whose in {NUMBERS}")
    session = desk_of(tenant)
    if one.id and session.ledger.book(INCOMING, one.id).state.known:
        return
    mail = _mail(session, ours, one)
    catch_up_names(session, seconds=SECONDS_OF_A_REQUEST)
    receive(session, one.document, mail, one.ours, one.at, ACTOR)


def _mail(session: TenantSession, ours: Settings, one: InboundWhatsApp) -> ParsedMessage:
    words, flags, attached = one.words, list[str](), list[Attachment]()
    if words is None:
        words = f"(a message of the kind {one.kind}: see the document)"
        flags.append(f"{UNREAD}a message of the kind {one.kind}")
    media = one.media
    if media:
        try:
            attached = [Attachment(media.name, media.media_type or ANY, fetch(ours, media.id))]
        except (Away, MediaGone) as error:
            if isinstance(error, Away) and one.at and session.clock() - one.at < MEDIA_TIMEOUT:
                raise
            flags.append(f"{UNREAD}{media.kind} {media.id}: {error}")
            words = f"{words}\n({media.kind} that was not fetched: {error})".strip()
    return ParsedMessage(
        id=one.id,
        sha256=sha256(one.document).hexdigest(),
        subject=media.name if media else "",
        text=words,
        reply=words,
        in_reply_to=one.answers,
        from_=(Address(one.sender, one.name),),
        attachments=tuple(attached),
        flags=tuple(flags),
        channel=Channel.WHATSAPP,
    )
