"""The inbox: mails that came in and that a person has to look at, with what they may be about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import INCOMING
from ledger.facts.inbound import InboundMessage, Suggestion


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One mail. The suggestions are in step: the n-th of each list belongs to the n-th why."""

    id: Key[UUID]
    mail: str
    received_on: date
    channel: str
    mailbox: str
    sender: str  # person, automatic, bounce or list
    from_: str
    name: str  # of the sender, where the channel tells
    subject: str
    text: str
    document: str
    attachments: list[str]  # SHA-256 each
    invoices: list[str]  # where it is logged already
    debtor: str
    why: str  # somebody has to look at it
    flags: list[str]
    suggestions: list[str]
    suggested_invoices: list[str]  # empty where it is no invoice
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
        attachments=list(received.attachments),
        invoices=list(matched.invoices) if matched else [],
        debtor=matched.debtor if matched else "",
        why=matched.waits if matched else "nobody knows what it is about",
        flags=list(received.flags),
        suggestions=[one.why for one in received.suggestions],
        suggested_invoices=[one.invoice for one in received.suggestions],
        suggested_debtors=[one.debtor for one in received.suggestions],
        suggested_reasons=[_reason(one) for one in received.suggestions],
    )


def _reason(one: Suggestion) -> str:
    return one.reason.value if one.reason else ""


INBOX = Fold("inbox", InboxRow, (INCOMING,), show, indexes=(("received_on", "id"),))


def waiting(
    tenant: str, sender: str | None = None, after: tuple[date, UUID] | None = None, limit: int = 50
) -> Query[InboxRow]:
    """The oldest first, a page at a time; ``after`` is the last of the page before."""
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
