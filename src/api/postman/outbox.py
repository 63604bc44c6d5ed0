"""Pending messages with the present state of their books: which may still be sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from api.session import TenantSession
from ledger.database.pool import Pool, connect
from ledger.facts.books import DEBTOR, INVOICE, MESSAGE
from ledger.facts.codes import Channel
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import MessageAsked, OutboundMessage
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.refusal import NotFound
from projections import outbox

PAGE = 200


@dataclass(frozen=True)
class PendingMessage:
    """A message, with the present state of the debtor and invoices it is about."""

    message: OutboundMessage
    asked: MessageAsked
    at: datetime  # of the request
    debtor: Debtor
    invoices: list[Invoice]
    position: int  # of the request in the ledger

    def may_go(self, channel: Channel, at: datetime) -> bool:
        """Return whether the book allows it now; the read model that found it lags."""
        message = self.message
        later = message.until is not None and message.until > at
        return message.status == "asked" and self.asked.channel is channel and not later


def list_pending(session: TenantSession, channel: Channel) -> Iterator[str]:
    """Yield the names of the messages to try now, oldest first, by the read model."""
    after: outbox.Cursor | None = None
    while True:
        with session.pool.connection() as conn:
            page = outbox.to_send(session.tenant, channel, session.clock(), after, PAGE).fetch(conn)
        yield from (row.message for row in page)
        if len(page) < PAGE:
            return
        after = outbox.behind(page[-1])


def find(session: TenantSession, number: str) -> PendingMessage:
    """Return a message by its name. Raises ``NotFound``."""
    message = session.ledger.book(MESSAGE, number).state
    if message.asked is None:
        raise NotFound("no-message", message=number)
    [first] = session.ledger.history(message.id, upto=1)
    asked = message.asked
    numbers = dict.fromkeys(line.invoice for line in asked.about)
    invoices = [session.ledger.book(INVOICE, name).state for name in numbers]
    debtor = session.ledger.book(DEBTOR, asked.debtor).state
    known = [invoice for invoice in invoices if invoice.known]
    return PendingMessage(message, asked, first.at, debtor, known, first.position)


def reason_to_withdraw(session: TenantSession, pending: PendingMessage) -> str:
    """Return why it must not be sent any more; empty if it may."""
    rules, today = session.playbook()[1], session.ledger.today(session.clock())
    return withdrawal_reason(pending.asked, pending.debtor, pending.invoices, rules, today)


@contextmanager
def exclusive(pool: Pool, tenant: str, what: str) -> Iterator[bool]:
    """Lock ``what`` of a tenant for one process; yields False when another one has the lock."""
    with connect(pool) as conn:
        query = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
        yield conn.execute(query, [f"dossier {what} {tenant}"]).fetchone() == (True,)
