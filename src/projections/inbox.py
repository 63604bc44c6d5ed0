"""The inbox: inbound messages that need a person, with suggestions of what they concern."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INCOMING
from ledger.facts.inbound import InboundMessage


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An inbound message; the n-th entries of the ``suggest…`` lists belong together."""

    id: Key[UUID]
    mail: str
    received_on: date
    channel: str
    mailbox: str
    sender: str  # person, automatic, bounce or list
    from_: str
    name: str  # of the sender, if the channel gives it
    subject: str
    text: str
    document: str
    attachments: list[str]  # SHA-256 each
    invoices: list[str]  # in which it is logged already
    debtor: str
    why: str  # a person has to look at it
    flags: list[str]
    suggestions: list[str]
    suggested_invoices: list[str]  # empty where no invoice is suggested
    suggested_debtors: list[str]
    suggested_reasons: list[str]  # of a dispute


def show(mail: InboundMessage) -> Iterator[InboxRow]:
    if mail.status != "waiting" or mail.received is None:
        return
    received, matched = mail.received, mail.matched
    yield InboxRow(
        id=mail.id,
        mail=received.mail,
        received_on=received.on,
        channel=received.channel.value,
        mailbox=received.mailbox,
        sender=received.sender.value,
        from_=received.from_,
        name=received.name,
        subject=received.subject,
        text=received.text,
        document=received.document,
        attachments=list(mail.attachments),
        invoices=list(matched.invoices) if matched else [],
        debtor=matched.debtor if matched else "",
        why=matched.waits if matched else "no invoice or debtor could be identified",
        flags=list(received.flags),
        suggestions=[s.why for s in received.suggestions],
        suggested_invoices=[s.invoice for s in received.suggestions],
        suggested_debtors=[s.debtor for s in received.suggestions],
        suggested_reasons=[s.reason.value if s.reason else "" for s in received.suggestions],
    )


INBOX = Fold("inbox", InboxRow, (INCOMING,), show, indexes=(("received_on", "id"),))


def waiting(
    tenant: str, sender: str | None = None, after: tuple[date, UUID] | None = None, limit: int = 50
) -> Query[InboxRow]:
    """Find messages, the oldest first; ``after`` is the last row of the page before."""
    where = " and sender = %(sender)s" if sender else ""
    where += " and (received_on, id) > (%(on)s::date, %(id)s::uuid)" if after else ""
    on, id_ = after or (None, None)
    return Query(
        f"select {INBOX.table.columns} from inbox where tenant_id = %(tenant)s{where}"
        " order by received_on, id limit %(limit)s",
        {"tenant": tenant, "sender": sender, "on": on, "id": id_, "limit": limit},
        InboxRow,
    )


def get(tenant: str, id_: UUID) -> Query[InboxRow]:
    return Query(
        f"select {INBOX.table.columns} from inbox where tenant_id = %s and id = %s",
        [tenant, id_],
        InboxRow,
    )


def beginning(tenant: str, id_: str) -> Query[InboxRow]:
    """Find the messages whose id begins so: two at most, as one is looked for."""
    return Query(
        f"select {INBOX.table.columns} from inbox where tenant_id = %s"
        " and starts_with(id::text, %s) limit 2",
        [tenant, id_.lower()],
        InboxRow,
    )
