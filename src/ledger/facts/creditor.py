"""The creditor: a book with the firm's own details, which messages, letters and pages show."""

from msgspec import Struct
from msgspec.structs import replace as but

from ledger.facts.entry import BookState, Event, Personal

NUMBER = "creditor"  # every tenant has one


class BankAccount(Struct, frozen=True):
    """An account that debtors pay to; ``name`` is the holder's, the creditor's when empty."""

    iban: str
    name: str = ""
    bic: str = ""


class CreditorDescribed(Event, topic="creditor-described.v1"):
    """Details of the creditor changed. A field that is None stays as it was."""

    name: str | None = None
    address: str | None = None  # lines
    country: str | None = None  # ISO 3166-1
    language: str | None = None  # BCP 47
    email: str | None = None  # sender of messages
    reply_to: str | None = None
    contact: Personal[str] | None = None  # whom debtors may call
    phone: str | None = None
    bank_accounts: tuple[BankAccount, ...] | None = None  # the first is shown
    letter_foot: str | None = None  # lines
    why: str = ""


class Creditor(BookState, frozen=True):
    """The details as last described; empty until then."""

    name: str = ""
    address: str = ""
    country: str = ""
    language: str = ""
    email: str = ""
    reply_to: str = ""
    contact: str = ""
    phone: str = ""
    bank_accounts: tuple[BankAccount, ...] = ()
    letter_foot: str = ""

    def named(self, name: str) -> "Creditor":
        return but(self, name=name)


DETAILS = tuple(name for name in CreditorDescribed.__struct_fields__ if name not in ("on", "why"))


def evolve(creditor: Creditor, event: CreditorDescribed) -> Creditor:
    given = {name: getattr(event, name) for name in DETAILS}
    return but(creditor, **{name: new for name, new in given.items() if new is not None})
