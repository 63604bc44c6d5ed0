"""Entries to measure with: the lives of invoices, in turns, as they happen."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Connection

from ledger.facts.books import INVOICE, book_id
from ledger.facts.codes import Channel, Direction, Outcome, Reason, RootCause
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.dispute_handling import ResolverAssigned, ResolverReminded
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.holds import FollowUpResumed
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import InvoiceRegistered, InvoiceSent
from ledger.store.append import make_line
from ledger.store.codec import encode

TENANT = "default"
TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
CASE, CONTACT = UUID(int=1), UUID(int=2)
TURN = 100  # books whose events take turns
COMMENT = "The pallets came in wet and we sent two of them back with the driver."
STATE = b'{"at":"2026-03-02T09:00:00Z","by":"anna","event":{"comment":"%s"}}' % (100 * b"x")


def registered(number: str) -> InvoiceRegistered:
    return InvoiceRegistered(
        on=TODAY,
        number=number,
        debtor="D-1001",
        business_unit="Benelux",
        collector="anna",
        amount=Decimal("1250.00"),
        currency="EUR",
        instalments=(Instalment(date(2026, 4, 1), Decimal("1250.00")),),
    )


SENT = InvoiceSent(on=TODAY, channel=Channel.EMAIL, to="payables@debtor.example")
OPENED = DisputeOpened(
    on=TODAY,
    case_id=CASE,
    reason=Reason.DAMAGED,
    raised_on=TODAY,
    contested=Decimal("250.00"),
    disputed=Decimal("250.00"),
    comment=COMMENT,
)
ASSIGNED = ResolverAssigned(
    on=TODAY, case_id=CASE, resolver="sam", expected="credit it or not", follow_up_on=TODAY
)
REMINDED = [
    ResolverReminded(on=TODAY, case_id=CASE, resolver="sam", times=times, follow_up_on=TODAY)
    for times in range(1, 9)
]
CONTACT_LOGGED = ContactLogged(
    on=TODAY,
    contact_id=CONTACT,
    channel=Channel.PHONE,
    direction=Direction.OUT,
    who="Mr Jansen",
    summary=COMMENT,
)
RESOLVED = DisputeResolved(
    on=TODAY,
    case_id=CASE,
    outcome=Outcome.CREDITED,
    root_cause=RootCause.DELIVERY,
    credited=Decimal("250.00"),
    paid=Decimal(0),
    rejected=Decimal(0),
    explanation="Credited in full.",
)
RESUMED = FollowUpResumed(on=TODAY, hold_id=None, case_id=CASE, next_step_on=TODAY)
LIFE: Sequence[Any] = (SENT, OPENED, ASSIGNED, REMINDED[0], RESOLVED, RESUMED)
IN_DISPUTE: Sequence[Any] = (SENT, CONTACT_LOGGED, OPENED, ASSIGNED, *REMINDED[:7])


def entries(count: int, name: str, after: Sequence[Any] = LIFE) -> Iterator[Entry]:
    """So many, of the invoices ``name-1``, ``name-2`` and so on."""
    each = 1 + len(after)
    for first in range(0, count // each, TURN):
        numbers = [f"{name}-{n}" for n in range(first, min(first + TURN, count // each))]
        books = [(number, book_id(TENANT, INVOICE.name, number)) for number in numbers]
        for number, book in books:
            yield Entry(book, 1, AT, "anna", registered(number))
        for nth, event in enumerate(after, 2):
            for _, book in books:
                yield Entry(book, nth, AT, "anna", event)


def copy(conn: Connection[Any], entries: Iterable[Entry]) -> int:
    """Straight into the owner's table, hashes and all. Position of the last."""
    found = conn.execute("select position from tenant_head where tenant_id = %s", [TENANT])
    position: int = (found.fetchone() or [0])[0]
    numbered = enumerate(entries, position + 1)
    with conn.transaction(), conn.cursor() as cursor:
        with cursor.copy("copy entry from stdin (format binary)") as rows:
            rows.set_types(["text", "int8", "uuid", "int4", "text", "text", "bytea"])
            for position, entry in numbered:
                row = make_line(TENANT, entry.book_id, entry.line, entry.event.topic, encode(entry))
                rows.write_row((TENANT, position, *row[:5]))
        move = "update tenant_head set position = %s where tenant_id = %s"
        conn.execute(move, [position, TENANT])
    return position


def empty(conn: Connection[Any]) -> None:
    """An empty ledger, whose followers have read nothing."""
    conn.execute("truncate entry, parked, agenda, invoices, disputes, debtors, contact_log")
    conn.execute("update tenant_head set position = 0")
    conn.execute("update follower set position = 0, leased_by = null, leased_till = null")
