"""The outbox: messages that were asked for and have not gone, and those that failed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from ledger.books import MESSAGE
from ledger.codes import Channel
from ledger.fold import Fold
from ledger.message import Message
from ledger.query import Query
from ledger.table import Key


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message that waits (``asked``) or will not go by itself (``failed``)."""

    book_id: Key[UUID]
    message: str
    status: str
    purpose: str
    channel: str
    template: str
    language: str
    recipients: list[str]
    debtor: str
    case_id: UUID | None
    invoices: list[str]
    asked_on: date
    tries: int
    not_before: datetime | None
    why: str


def show(message: Message) -> Iterator[OutboxRow]:
    if message.asked and message.status in ("asked", "failed"):
        asked = message.asked
        yield OutboxRow(
            book_id=message.id,
            message=asked.message,
            status=message.status,
            purpose=asked.purpose,
            channel=asked.channel,
            template=asked.template,
            language=asked.language,
            recipients=list(asked.to),
            debtor=asked.debtor,
            case_id=asked.case_id,
            invoices=[one.invoice for one in asked.about],
            asked_on=asked.on,
            tries=message.tries,
            not_before=message.until,
            why=message.why,
        )


OUTBOX = Fold("outbox", OutboxRow, (MESSAGE,), show, indexes=(("status", "asked_on", "book_id"),))


class Cursor(NamedTuple):
    """Where a page ended; the next begins behind it."""

    asked_on: date
    book_id: UUID


def find(
    tenant: str, status: str | None = None, after: Cursor | None = None, limit: int = 50
) -> Query[OutboxRow]:
    """Oldest first, a page at a time."""
    return _page(tenant, " and status = %(status)s" if status else "", after, limit, status=status)


def to_send(
    tenant: str, channel: Channel, at: datetime, after: Cursor | None, limit: int
) -> Query[OutboxRow]:
    """What may be tried by that channel at that moment, oldest first, a page at a time."""
    where = (
        " and status = 'asked' and channel = %(channel)s"
        " and (not_before is null or not_before <= %(at)s)"
    )
    return _page(tenant, where, after, limit, channel=channel.value, at=at)


def _page(
    tenant: str, where: str, after: Cursor | None, limit: int, **more: object
) -> Query[OutboxRow]:
    parameters = {"tenant": tenant, "limit": limit, **more}
    if after:
        where += " and (asked_on, book_id) > (%(after_on)s, %(after_id)s)"
        parameters |= {"after_on": after.asked_on, "after_id": after.book_id}
    return Query(
        f"select {OUTBOX.table.columns} from outbox where tenant_id = %(tenant)s{where}"
        " order by asked_on, book_id limit %(limit)s",
        parameters,
        OutboxRow,
    )
