"""What the contact log puts into sentences."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from ledger.facts.codes import Channel, Direction
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.registration import InvoiceRegistered
from support.given import day

ON = day("2026-03-02")
ID = UUID(int=7)


def eur(text: str) -> Decimal:
    return Decimal(text)


def registered(number: str = "F1", debtor: str = "0042") -> InvoiceRegistered:
    return InvoiceRegistered(
        on=ON,
        number=number,
        debtor=debtor,
        business_unit="",
        collector="anna",
        amount=eur("121.00"),
        currency="EUR",
        instalments=(Instalment(day("2026-04-01"), eur("121.00")),),
    )


def called(summary: str = "Will pay.", **more: Any) -> ContactLogged:
    return ContactLogged(
        on=ON,
        contact_id=ID,
        channel=Channel.PHONE,
        direction=Direction.IN,
        who="Jan",
        summary=summary,
        **more,
    )
