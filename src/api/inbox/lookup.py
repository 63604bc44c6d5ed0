"""Look-up of the names in an inbound message, in books and read models."""

import os
from collections.abc import Iterator
from functools import partial
from threading import Event
from uuid import UUID, uuid4

from api.links.message_ids import book_of, is_keyed, is_signed
from api.links.reply_address import named_by_address, secret
from api.links.secrets import signing_keys
from api.session import TenantSession
from commands.inbox.matching import KnownNames, RepliedMessage
from commands.inbox.message import Address, ParsedMessage
from ledger.engine.catch_up import catch_up
from ledger.engine.projector import Projector
from ledger.facts.books import MESSAGE, kind_of_event, replay
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.inbound import MatchRule
from ledger.facts.outbound import OutboundMessage
from ledger.policy.normalise import phone_lookup_keys
from ledger.policy.references import candidates
from ledger.store.ledger import Ledger
from projections import READ_MODELS
from projections.names import NAMES, SENDER_KINDS, open_invoices_of, rows_named

MAX_NAMES = 5_000  # in a message
MAX_IDS = 20  # messages that it refers to
SECONDS = 10.0  # to wait for the read model; after that the message may wait in the inbox
SECONDS_OF_A_REQUEST = 2.0  # the same while a person waits for our answer


def catch_up_names(
    session: TenantSession, stop: Event | None = None, seconds: float = SECONDS
) -> None:
    """Wait until the read model has the names recorded so far, so that messages can be matched."""
    name = f"mailbox:{os.getpid()}:{uuid4().hex[:6]}"
    worker = Projector(session.pool, session.tenant, READ_MODELS, name, session.clock)
    catch_up(worker, NAMES.name, stop or Event(), seconds)


def find(
    ledger: Ledger, mail: ParsedMessage, home: str, answered: RepliedMessage | None
) -> KnownNames:
    """Return what is known of the names; ``home`` is the country of numbers without a prefix."""
    from_ = mail.from_ if mail.single_sender else ()
    senders = [name for address in from_ for name in _names(address, home)]
    senders += [failure.recipient for failure in mail.failures if failure.recipient]
    mentioned = candidates(mail.subject, mail.text)[:MAX_NAMES]
    earlier = [str(contact_id_of(id_)) for id_ in mail.in_reply_to[:MAX_IDS]]
    with ledger.pool.connection() as conn:
        named = rows_named(ledger.tenant, [*mentioned, *earlier, *senders]).fetch(conn)
        found = (row for row in named if row.kind in SENDER_KINDS and row.plain in senders)
        debtors = list(dict.fromkeys(row.debtor for row in found))
        return KnownNames(
            ours=answered,
            named=[row for row in named if row.kind not in SENDER_KINDS],
            sender=debtors,
            loose=any(address.national for address in from_),
            open=open_invoices_of(ledger.tenant, debtors).fetch(conn) if debtors else (),
        )


def _names(sender: Address, home: str) -> Iterator[str]:
    if sender.mail.startswith("+"):
        yield from phone_lookup_keys(sender.mail, home)
    else:
        yield sender.mail
    if sender.national:
        yield sender.national


def answered_message(ledger: Ledger, mail: ParsedMessage) -> RepliedMessage | None:
    """Return the message of ours that it answers, by its reply address or else its references."""
    signed = named_by_address(secret(), ledger.tenant, mail)
    states = map(partial(_message, ledger), signed)
    if asked := next((state.asked for state in states if state and state.asked), None):
        return RepliedMessage(MatchRule.REPLY_ADDRESS, asked, keyed=True)
    ids = dict.fromkeys((*mail.about, *mail.in_reply_to, *reversed(mail.references)))
    return next((found for id_ in [*ids][:MAX_IDS] if (found := message_named(ledger, id_))), None)


def message_named(ledger: Ledger, id_: str) -> RepliedMessage | None:
    """Return the message of ours that has this Message-ID.

    Of a message that was sent the recorded one counts, also when it is not signed: those were not,
    once. Before that is recorded a signed one counts.
    """
    book = book_of(id_)
    state = _message(ledger, book) if book else None
    if state is None or state.asked is None:
        return None
    keyed, sent = is_keyed(id_), id_ == state.message_id.strip("<>")
    if keyed and not sent:
        with ledger.pool.connection() as conn:
            keyed = is_signed(signing_keys(conn, ledger.tenant), ledger.tenant, id_)
    return RepliedMessage(MatchRule.REFERENCE, state.asked, keyed) if sent or keyed else None


def _message(ledger: Ledger, book: UUID) -> OutboundMessage | None:
    entries = ledger.history(book)
    if not entries or kind_of_event(entries[0].event) is not MESSAGE:
        return None
    state: OutboundMessage = replay(MESSAGE, book, entries).state
    return state
