"""What the contact log puts into sentences."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger import invoice_events as ev
from ledger.codes import Channel, Direction
from ledger.invoice_events import Instalment
from support.given import day

ON = day("2026-03-02")
ID = UUID(int=7)


def eur(text: str) -> Decimal:
    return Decimal(text)


def registered(number: str = "F1", debtor: str = "0042") -> ev.InvoiceRegistered:
    return ev.InvoiceRegistered(
        on=ON,
        number=number,
        debtor=debtor,
        business_unit="",
        collector="anna",
        amount=eur("121.00"),
        currency="EUR",
        instalments=(Instalment(day("2026-04-01"), eur("121.00")),),
    )


def called(summary: str = "Will pay.", **more: Any) -> ev.ContactLogged:
    return ev.ContactLogged(
        on=ON,
        contact_id=ID,
        channel=Channel.PHONE,
        direction=Direction.IN,
        who="Jan",
        summary=summary,
        **more,
    )
