"""Bookings in MT940 as a Dutch bank writes them, with the words of each payer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from api.bank.recording import transaction_number

OWN, PAYER = "NL91ABNA0417164300", "NL02RABO0123456789"
DAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Booking:
    """A booking; the amount is negative for money that went out."""

    amount: str
    words: str = ""
    name: str = "Bakkerij De Gouden Krakeling"
    iban: str = PAYER
    end_to_end: str = ""


def mt940(
    bookings: Sequence[Booking], number: int = 1, opening: str = "1000.00", day: date = DAY
) -> bytes:
    """Return a statement of these bookings, whose balances are right."""
    first = Decimal(opening)
    last = first + sum((Decimal(booking.amount) for booking in bookings), Decimal(0))
    lines = [f":20:ST{number:04}", f":25:{OWN}", f":28C:{number}/1"]
    lines.append(f":60F:{_balance(first, day)}")
    for nth, booking in enumerate(bookings, 1):
        amount = Decimal(booking.amount)
        sign, code = ("C", "N653") if amount > 0 else ("D", "N544")
        lines.append(
            f":61:{day:%y%m%d%m%d}{sign}{_figures(abs(amount))}{code}NONREF//B{number:04}{nth:04}"
        )
        words = {"IBAN": booking.iban, "NAME": booking.name, "REMI": booking.words}
        words |= {"EREF": booking.end_to_end} if booking.end_to_end else {}
        text = "/TRTP/SEPA OVERBOEKING" + "".join(f"/{k}/{v}" for k, v in words.items() if v)
        parts = [text[at : at + 65] for at in range(0, len(text), 65)]
        lines += [f":86:{parts[0]}", *parts[1:]]
    lines += [f":62F:{_balance(last, day)}", "-"]
    return "\r\n".join(lines).encode()


def number_of(amount: str, number: int = 1, nth: int = 1, day: date = DAY) -> str:
    """Return the number under which a booking of such a file is recorded."""
    return transaction_number(OWN, day, f"B{number:04}{nth:04}", Decimal(amount))


def _balance(amount: Decimal, day: date) -> str:
    return f"{'C' if amount >= 0 else 'D'}{day:%y%m%d}EUR{_figures(abs(amount))}"


def _figures(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
