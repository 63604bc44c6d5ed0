"""Wishes about a debtor as such: known, spoken to, held, money that names no invoice."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from commands.command import (
    Amount,
    Command,
    Currency,
    DebtorCommand,
    DecisionContext,
    Reference,
    RequiredText,
    Text,
)
from ledger.facts import debtor_events as ev
from ledger.facts.books import DEBTOR, BookKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.policy.money import in_cents

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Segment = Annotated[
    Text, Field(max_length=100, description="whose ladder is his; empty: as the playbook says")
]


class RegisterDebtor(Command, frozen=True):
    """Who owes, and how to reach them."""

    kind: ClassVar[BookKind[Any]] = DEBTOR
    debtor: Reference = Field(description="number of the debtor, leading zeros and all")
    name: RequiredText
    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    language: Text | None = Field(None, description="BCP 47, such as nl")
    country: Country | None = Field(None, description="ISO 3166-1")
    vat_id: Text | None = None
    segment: Segment | None = None

    @property
    def number(self) -> str:
        return self.debtor

    def decide(self, state: Debtor, now: DecisionContext) -> Iterator[DebtorEvent]:
        on = self.on or now.today
        told = self.model_dump(exclude={"on", "debtor"}, exclude_none=True)
        if not state.known:
            yield ev.DebtorRegistered(on=on, number=self.debtor, **told)
        elif other := {
            name: value for name, value in told.items() if value != getattr(state, name)
        }:
            yield ev.DebtorCorrected(on=on, why="Registered again, with other details.", **other)


class CorrectDebtor(DebtorCommand, frozen=True):
    """What is known of the debtor was wrong, or changed."""

    why: RequiredText
    name: RequiredText | None = None
    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    language: Text | None = None
    country: Country | None = None
    vat_id: Text | None = None
    segment: Segment | None = None

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        details = self.model_dump(exclude={"on", "debtor"})
        yield ev.DebtorCorrected(on=on, **details)


class RecordCreditCheck(DebtorCommand, frozen=True):
    """Somebody looked into what the debtor is good for."""

    result: RequiredText = Field(description="in the words of who checked, such as a rating")
    limit: Amount | None = Field(None, description="what he may owe at most; none when left out")
    currency: Currency = Field("EUR", description="ISO 4217, of the limit")
    source: Text = Field("", description="who checked")

    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        limit = None if self.limit is None else in_cents(self.limit, self.currency, "limit")
        yield ev.CreditChecked(
            on=on, result=self.result, limit=limit, currency=self.currency, source=self.source
        )
