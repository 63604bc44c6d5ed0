"""Messages of a debtor that wait for an answer, and what answers them."""

from datetime import date
from typing import Protocol
from uuid import UUID

from msgspec.structs import replace as but

from ledger.facts.contact_ids import is_contact
from ledger.facts.invoice.parts import NOT_HEARD, Heard, UnansweredReply, excerpt
from ledger.facts.invoice.state import Dispute, Invoice, with_case

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


def outcome_mailed(invoice: Invoice, dispute: Dispute, message: str, on: date) -> Invoice:
    """Return the invoice after an outcome was mailed; what it answers comes back if it fails."""
    after = outcome_heard(invoice, on)
    answered = (reply for reply in invoice.replies if reply not in after.replies)
    return with_case(after, but(dispute, heard=Heard((*dispute.heard.replies, *answered), message)))


def outcome_lost(invoice: Invoice, dispute: Dispute) -> Invoice:
    """Return the invoice after the mailed outcome of a dispute came back."""
    waiting_again = but(invoice, replies=(*dispute.heard.replies, *invoice.replies))
    return with_case(waiting_again, but(dispute, heard=NOT_HEARD))


def after_our_contact(invoice: Invoice, on: date) -> Invoice:
    """Return the invoice after a contact of ours; it also answers what an outcome had answered."""
    disputes = {
        key: but(dispute, heard=but(heard, replies=after_contact(heard.replies, on)))
        if (heard := dispute.heard).replies
        else dispute
        for key, dispute in invoice.disputes.items()
    }
    return but(invoice, disputes=disputes, replies=after_contact(invoice.replies, on))


def reopened(invoice: Invoice, case_id: UUID) -> Invoice:
    """Return the invoice after a case was reopened, which answers the objections to its result."""
    left = (reply for reply in invoice.replies if reply.resolved_case != case_id)
    return but(invoice, replies=tuple(left))
