"""What a link is for, and why one does not open."""

from uuid import UUID

from msgspec import Struct


class NoSuchLink(Exception):
    """The link is not ours. The cause is not given."""


class Expired(Exception):
    """The link is ours, and too old."""

    def __init__(self, link: "Link | None" = None) -> None:
        super().__init__()
        self.link = link


class CaseLink(Struct, frozen=True):
    """A case, and the resolver or approver that the link was sent to."""

    tenant: str
    case: UUID
    resolver: str


class ForCalendar(Struct, frozen=True):
    """All open cases of a resolver, to read only."""

    tenant: str
    resolver: str


class InvoiceLink(Struct, frozen=True):
    """An invoice by the id of its book, the debtor who owes it, and the address it was sent to."""

    tenant: str
    invoice: UUID
    debtor: str
    person: str


Link = CaseLink | ForCalendar | InvoiceLink
