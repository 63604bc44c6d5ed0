"""The messages that wait, as things stand now: which may go, and is there still cause for them?"""

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
    """A message, with the books it is about as they stand now."""

    message: OutboundMessage
    asked: MessageAsked
    at: datetime  # it was asked for
    debtor: Debtor
    invoices: list[Invoice]
    position: int  # where in the ledger it was asked for

    def may_go(self, channel: Channel, at: datetime) -> bool:
        """The read model, which found it, lags; the book knows better."""
        message = self.message
        later = message.until is not None and message.until > at
        return message.status == "asked" and self.asked.channel is channel and not later


def list_pending(session: TenantSession, channel: Channel) -> Iterator[str]:
    """Names of those that may be tried now, oldest first, as the read model has them."""
    after: outbox.Cursor | None = None
    while True:
        with session.pool.connection() as conn:
            page = outbox.to_send(session.tenant, channel, session.clock(), after, PAGE).fetch(conn)
        yield from (row.message for row in page)
        if len(page) < PAGE:
            return
        after = outbox.behind(page[-1])


def find(session: TenantSession, number: str) -> PendingMessage:
    """Raises ``NotFound``."""
    message = session.ledger.book(MESSAGE, number).state
    if message.asked is None:
        raise NotFound("no-message", message=number)
    [first] = session.ledger.history(message.id, upto=1)
    asked = message.asked
    numbers = dict.fromkeys(one.invoice for one in asked.about)
    invoices = [session.ledger.book(INVOICE, one).state for one in numbers]
    debtor = session.ledger.book(DEBTOR, asked.debtor).state
    known = [one for one in invoices if one.known]
    return PendingMessage(message, asked, first.at, debtor, known, first.position)


def reason_to_withdraw(session: TenantSession, one: PendingMessage) -> str:
    """Why there is no cause for it any more; empty when there is."""
    _, rules = session.playbook()
    return withdrawal_reason(
        one.asked, one.debtor, one.invoices, rules, session.ledger.today(session.clock())
    )


@contextmanager
def exclusive(pool: Pool, tenant: str, what: str) -> Iterator[bool]:
    """One at a time does ``what`` for each tenant; False when there is one."""
    with connect(pool) as conn:
        asked = "select pg_try_advisory_lock(hashtextextended(%s, 0))"
        yield conn.execute(asked, [f"dossier {what} {tenant}"]).fetchone() == (True,)
