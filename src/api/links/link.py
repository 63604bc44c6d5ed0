"""What a link is for, and why one does not open."""

from uuid import UUID

from msgspec import Struct


class NoSuchLink(Exception):
    """The link is not ours. The cause is not given."""


class Expired(Exception):
    """The link is ours, and too old."""


class CaseLink(Struct, frozen=True):
    """A case, and the resolver or approver that the link was sent to."""

    tenant: str
    case: UUID
    resolver: str


class ForCalendar(Struct, frozen=True):
    """All open cases of a resolver, to read only."""

    tenant: str
    resolver: str


Link = CaseLink | ForCalendar
