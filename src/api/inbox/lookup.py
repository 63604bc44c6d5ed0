"""Looks up what the books and read models know of the names in a mail."""

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

MAX_NAMES = 5_000  # that a mail mentions
MAX_IDS = 20  # messages that it names
SECONDS = 10.0  # to wait for the read model; a mail that is early waits in the inbox
SECONDS_OF_A_REQUEST = 2.0  # where a person waits for our answer


def catch_up_names(
    session: TenantSession, stop: Event | None = None, seconds: float = SECONDS
) -> None:
    """Make the names known that were written before this moment, so that mail can be matched."""
    name = f"mailbox:{os.getpid()}:{uuid4().hex[:6]}"
    worker = Projector(session.pool, session.tenant, READ_MODELS, name, session.clock)
    catch_up(worker, NAMES.name, stop or Event(), seconds)


def find(ledger: Ledger, mail: ParsedMessage, home: str) -> KnownNames:
    """``home``: the country whose telephone numbers are written without a prefix."""
    whose = [name for one in mail.from_ for name in _names(one.mail, home)]
    whose += [failure.recipient for failure in mail.failures if failure.recipient]
    mentioned = candidates(mail.subject, mail.text)[:MAX_NAMES]
    answered = [str(contact_id_of(id_)) for id_ in mail.in_reply_to[:MAX_IDS]]
    with ledger.pool.connection() as conn:
        named = rows_named(ledger.tenant, [*mentioned, *answered, *whose]).fetch(conn)
        theirs = [row.debtor for row in named if row.kind in SENDER_KINDS and row.plain in whose]
        debtors = list(dict.fromkeys(theirs))
        return KnownNames(
            ours=_ours(ledger, mail),
            named=[row for row in named if row.kind not in SENDER_KINDS],
            sender=debtors,
            open=open_invoices_of(ledger.tenant, debtors).fetch(conn) if debtors else (),
        )


def _names(sender: str, home: str) -> Iterable[str]:
    return phone_lookup_keys(sender, home) if sender.startswith("+") else (sender,)


def _ours(ledger: Ledger, mail: ParsedMessage) -> RepliedMessage | None:
    """The message of ours that it answers: the surest sign, and of those the nearest."""
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
