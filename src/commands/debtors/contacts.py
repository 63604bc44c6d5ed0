"""Commands about contacts and notes of a debtor as a whole."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from pydantic import AwareDatetime, Field, model_validator

from commands.command import DecisionContext
from commands.debtor_command import DebtorCommand
from commands.fields import RequiredText, Sha256, Text
from commands.invoices.contacts import ensure_contact_id, time_with_offset
from ledger.facts import debtor_events as ev
from ledger.facts.codes import Channel, Direction
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent


class LogDebtorContact(DebtorCommand, frozen=True):
    """Log a call or message with the debtor that is about no particular invoice."""

    channel: Channel
    direction: Direction
    summary: RequiredText
    who: Text = ""
    time: AwareDatetime | None = None
    message_id: RequiredText | None = None
    documents: tuple[Sha256, ...] = ()
    contact_id: UUID = Field(default_factory=uuid4)

    @model_validator(mode="before")
    @classmethod
    def _message_is_contact(cls, data: Any) -> Any:
        return ensure_contact_id(data)

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        if self.contact_id not in debtor.contacts:
            time = time_with_offset(self.time)
            yield self.event(ev.DebtorContactLogged, on, time=time)


class AddDebtorNote(DebtorCommand, frozen=True):
    """Add a note to the file of the debtor."""

    text: RequiredText

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        yield ev.DebtorNoteAdded(on=on, text=self.text)
