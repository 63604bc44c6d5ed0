"""The outbox: messages that wait to be sent, and those that failed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.engine.fold import Fold
from ledger.engine.table import Key
from ledger.facts.books import MESSAGE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.outbound import OutboundMessage


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message that waits (``asked``) or needs a person (``failed``)."""

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


def show(message: OutboundMessage) -> Iterator[OutboxRow]:
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
            invoices=[item.invoice for item in asked.about],
            asked_on=asked.on,
            tries=message.tries,
            not_before=message.until,
            why=message.why,
        )


OUTBOX = Fold("outbox", OutboxRow, (MESSAGE,), show, indexes=(("status", "asked_on", "book_id"),))


REMINDS = "purpose = 'reminder'"  # of a day's messages, reminders are sent last


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    asked_on: date
    reminds: bool
    book_id: UUID


def behind(row: OutboxRow) -> Cursor:
    return Cursor(row.asked_on, row.purpose == Purpose.REMINDER, row.book_id)


def find(
    tenant: str, status: str | None = None, after: Cursor | None = None, limit: int = 50
) -> Query[OutboxRow]:
    """Find messages, the oldest first, a page at a time."""
    return _page(tenant, " and status = %(status)s" if status else "", after, limit, status=status)


def to_send(
    tenant: str, channel: Channel, at: datetime, after: Cursor | None, limit: int
) -> Query[OutboxRow]:
    """Find what may be sent by a channel at a moment, the oldest first, a page at a time."""
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
        where += f" and (asked_on, {REMINDS}, book_id) > (%(on)s, %(reminds)s, %(id)s)"
        parameters |= {"on": after.asked_on, "reminds": after.reminds, "id": after.book_id}
    return Query(
        f"select {OUTBOX.table.columns} from outbox where tenant_id = %(tenant)s{where}"
        f" order by asked_on, {REMINDS}, book_id limit %(limit)s",
        parameters,
        OutboxRow,
    )
