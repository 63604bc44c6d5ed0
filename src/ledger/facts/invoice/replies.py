"""Messages of a debtor that wait for an answer, and what answers them."""

from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.contact_ids import is_contact
from ledger.facts.invoice.parts import UnansweredReply, excerpt
from ledger.facts.invoice.state import Invoice

Replies = tuple[UnansweredReply, ...]


class InboundContact(Protocol):
    """What the contacts of an invoice and of a debtor have in common."""

    on: date
    contact_id: UUID
    who: str
    summary: str
    mail: str
    rests_until: date | None


def waiting(e: InboundContact, resolved_case: UUID | None = None) -> UnansweredReply:
    """Return the message that waits from now on."""
    words = excerpt(e.summary)
    return UnansweredReply(e.contact_id, e.on, e.who, words, e.mail, e.rests_until, resolved_case)


def after_contact(replies: Replies, on: date) -> Replies:
    """Return what still waits after a contact of ours: it answers all messages before it."""
    return tuple(reply for reply in replies if reply.on > on)


def after_taking_up(replies: Replies, contact_id: UUID | None) -> Replies:
    """Return what still waits after a dispute was opened from a message: what came after it."""
    for nth, reply in enumerate(replies, start=1):
        if contact_id and is_contact(reply.contact_id, contact_id):
            return replies[nth:]
    return replies


def outcome_heard(invoice: Invoice, on: date) -> Invoice:
    """Return the invoice after the debtor heard an outcome, which answers what they wrote before
    the decision. What they wrote about a decision still waits."""
    left = (reply for reply in invoice.replies if reply.on > on or reply.resolved_case)
    return but(invoice, replies=tuple(left))


def reopened(invoice: Invoice, case_id: UUID) -> Invoice:
    """Return the invoice after a case was reopened, which answers the objections to its result."""
    left = (reply for reply in invoice.replies if reply.resolved_case != case_id)
    return but(invoice, replies=tuple(left))
