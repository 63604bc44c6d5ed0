"""Commands about the details of a debtor: register, correct, record a credit check."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from commands.command import Command, DecisionContext
from commands.debtor_command import DebtorCommand
from commands.fields import Amount, Currency, NewName, NewReference, RequiredText, Text
from ledger.facts import debtor_events as ev
from ledger.facts.books import DEBTOR, BookKind
from ledger.facts.debtor import DETAILS, Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.money import in_cents

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Segment = Annotated[
    Text, Field(max_length=100, description="decides the ladder; empty: set by the playbook")
]


class Person(BaseModel, frozen=True, extra="forbid"):
    """A person at the debtor."""

    name: Text = ""
    role: Text = Field("", description="such as purchasing")
    email: Text = ""
    phone: Text = ""


class RegisterDebtor(Command, frozen=True):
    """Register a debtor: name, address and other contact details."""

    kind: ClassVar[BookKind[Any]] = DEBTOR
    debtor: NewReference = Field(description="number of the debtor, including leading zeros")
    name: NewName
    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    language: Text | None = Field(None, description="BCP 47, such as nl")
    country: Country | None = Field(None, description="ISO 3166-1")
    vat_id: Text | None = None
    segment: Segment | None = None
    persons: tuple[Person, ...] | None = Field(None, description="whom to contact there")
    collector: Text | None = Field(None, description="who follows up their invoices")

    @property
    def number(self) -> str:
        return self.debtor

    def decide(self, state: Debtor, now: DecisionContext) -> Iterator[DebtorEvent]:
        on = self.on or now.today
        details = {name: new for name, new in _details(self).items() if new is not None}
        if not state.known:
            yield ev.DebtorRegistered(on=on, number=self.debtor, **details)
            return
        if self.name == self.debtor:  # the source knows no name
            del details["name"]
        changed = {name: new for name, new in details.items() if new != getattr(state, name)}
        if changed:
            yield ev.DebtorCorrected(on=on, why="Registered again, with other details.", **changed)


class CorrectDebtor(DebtorCommand, frozen=True):
    """Correct the details of a debtor that were wrong or have changed."""

    why: RequiredText
    name: NewName | None = None
    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    language: Text | None = None
    country: Country | None = None
    vat_id: Text | None = None
    segment: Segment | None = None
    persons: tuple[Person, ...] | None = Field(None, description="all of them")
    collector: Text | None = Field(None, description="who follows up their invoices")

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        yield ev.DebtorCorrected(on=on, why=self.why, **_details(self))


def _details(command: RegisterDebtor | CorrectDebtor) -> dict[str, Any]:
    """Return the details that the command gives, as the book keeps them."""
    given: dict[str, Any] = {name: getattr(command, name) for name in DETAILS}
    if command.persons is not None:
        given["persons"] = tuple(ev.ContactPerson(**dict(each)) for each in command.persons)
    return given


class RecordCreditCheck(DebtorCommand, frozen=True):
    """Record a credit check: its result and the credit limit."""

    result: RequiredText = Field(description="as the source gave it, such as a rating")
    limit: Amount | None = Field(None, description="credit limit; none when left out")
    currency: Currency = Field("EUR", description="ISO 4217, of the limit")
    source: Text = Field("", description="who checked")

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        limit = None if self.limit is None else in_cents(self.limit, self.currency, "limit")
        yield self.event(ev.CreditChecked, on, limit=limit)
