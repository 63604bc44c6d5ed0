"""Acts on a message that waits in the outbox."""

from dataclasses import dataclass
from uuid import UUID

from api.pages.desk.acts import Act, Commands, Field
from api.pages.kit.posted import Posted
from api.pages.kit.visitor import Visitor
from api.postman import outbox as pending_messages
from api.postman.outbox import PendingMessage
from api.postman.record import withdrawal_of
from ledger.facts.books import MESSAGE, kind_of_event, replay
from ledger.policy.refusal import NotFound


@dataclass(frozen=True)
class Outgoing:
    """A message that waits to be sent."""

    pending: PendingMessage

    @property
    def number(self) -> str:
        return ", ".join(invoice.number for invoice in self.pending.invoices)


def waiting_message(visitor: Visitor, id_: UUID) -> PendingMessage:
    """Find a message by the id of its book. Raises ``NotFound`` when it does not wait."""
    entries = visitor.tenant.ledger.history(id_)
    if visitor.key.scope.is_everything and entries and kind_of_event(entries[0].event) is MESSAGE:
        message = replay(MESSAGE, id_, entries).state
        if message.asked and message.status in ("asked", "failed"):
            return pending_messages.find(visitor.tenant, message.asked.message)
    raise NotFound("no-message", message=id_)


def _withdraw(message: Outgoing, form: Posted) -> Commands:
    return withdrawal_of(message.pending, form.get("why", ""))


OUTBOX_ACTS = {
    act.noun: act
    for act in (
        Act(
            "withdrawal",
            "Withdraw the message",
            "Withdraw it",
            "undo",
            "It is not sent. While its reason remains, follow-up asks for it again: hold the"
            " invoice to keep it quiet.",
            (Field("why", "Why", required=True),),
            _withdraw,
        ),
    )
}
