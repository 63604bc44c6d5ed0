"""Look-up of the names in an inbound message, in books and read models."""

import os
from collections.abc import Iterable, Iterator
from threading import Event
from uuid import UUID, uuid4

from api.links.reply_address import named_by_address, named_by_reference, secret
from api.session import TenantSession
from commands.inbox.matching import KnownNames, RepliedMessage
from commands.inbox.message import ParsedMessage
from ledger.engine.catch_up import catch_up
from ledger.engine.projector import Projector
from ledger.facts.books import MESSAGE, kind_of_event, replay
from ledger.facts.contact_ids import contact_id_of
from ledger.facts.inbound import MatchRule
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


def find(ledger: Ledger, mail: ParsedMessage, home: str) -> KnownNames:
    """Return what is known of the names; ``home`` is the country of numbers without a prefix."""
    senders = [name for address in mail.from_ for name in _names(address.mail, home)]
    senders += [failure.recipient for failure in mail.failures if failure.recipient]
    mentioned = candidates(mail.subject, mail.text)[:MAX_NAMES]
    answered = [str(contact_id_of(id_)) for id_ in mail.in_reply_to[:MAX_IDS]]
    with ledger.pool.connection() as conn:
        named = rows_named(ledger.tenant, [*mentioned, *answered, *senders]).fetch(conn)
        found = (row for row in named if row.kind in SENDER_KINDS and row.plain in senders)
        debtors = list(dict.fromkeys(row.debtor for row in found))
        return KnownNames(
            ours=_ours(ledger, mail),
            named=[row for row in named if row.kind not in SENDER_KINDS],
            sender=debtors,
            open=open_invoices_of(ledger.tenant, debtors).fetch(conn) if debtors else (),
        )


def _names(sender: str, home: str) -> Iterable[str]:
    return phone_lookup_keys(sender, home) if sender.startswith("+") else (sender,)


def _ours(ledger: Ledger, mail: ParsedMessage) -> RepliedMessage | None:
    """Return the message of ours that it answers, by its reply address or else its references."""
    signed = named_by_address(secret(), ledger.tenant, mail)
    return next(_of(ledger, signed, MatchRule.REPLY_ADDRESS), None) or next(
        _of(ledger, named_by_reference(mail)[:MAX_IDS], MatchRule.REFERENCE), None
    )


def _of(ledger: Ledger, ids: Iterable[UUID], rule: MatchRule) -> Iterator[RepliedMessage]:
    for id_ in ids:
        entries = ledger.history(id_)
        if entries and kind_of_event(entries[0].event) is MESSAGE:
            asked = replay(MESSAGE, id_, entries).state.asked
            if asked:
                yield RepliedMessage(rule, asked)
