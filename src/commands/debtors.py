"""Wishes about a debtor as such: known, spoken to, held, money that names no invoice."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from commands.command import (
    Amount,
    Command,
    Day,
    DebtorCommand,
    Now,
    Number,
    Positive,
    Sha256,
    Text,
    Words,
    in_cents,
)
from commands.contacts import clock_time, with_contact_id
from commands.context import Reactions
from commands.holds import may_release
from commands.payments import ReceivePayment, said_before
from ledger import debtor_events as ev
from ledger.books import DEBTOR, Kind
from ledger.codes import Channel, Direction
from ledger.debtor import Debtor, Money
from ledger.debtor_events import DebtorEvent
from ledger.policy.refusal import Refused, Unknown

Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Segment = Annotated[
    Text, Field(max_length=100, description="whose ladder is his; empty: as the playbook says")
]


class RegisterDebtor(Command, frozen=True):
    """Who owes, and how to reach them."""

    kind: ClassVar[Kind[Any]] = DEBTOR
    debtor: Number = Field(description="number of the debtor, leading zeros and all")
    name: Words
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

    def decide(self, state: Debtor, now: Now) -> Iterator[DebtorEvent]:
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

    why: Words
    name: Words | None = None
    email: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    language: Text | None = None
    country: Country | None = None
    vat_id: Text | None = None
    segment: Segment | None = None

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        details = self.model_dump(exclude={"on", "debtor"})
        yield ev.DebtorCorrected(on=on, **details)


class LogDebtorContact(DebtorCommand, frozen=True):
    """Somebody was spoken to or wrote, about no invoice in particular."""

    channel: Channel
    direction: Direction
    summary: Words
    who: Text = ""
    time: AwareDatetime | None = None
    message_id: Words | None = None
    documents: tuple[Sha256, ...] = ()
    contact_id: UUID = Field(default_factory=uuid4)

    @model_validator(mode="before")
    @classmethod
    def _message_is_contact(cls, data: Any) -> Any:
        return with_contact_id(data)

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        if self.contact_id not in debtor.contacts:
            yield ev.DebtorContactLogged(
                on=on,
                contact_id=self.contact_id,
                channel=self.channel,
                direction=self.direction,
                who=self.who,
                summary=self.summary,
                time=clock_time(self.time),
                message_id=self.message_id,
                documents=self.documents,
            )


class AddDebtorNote(DebtorCommand, frozen=True):
    """Something worth knowing of the debtor."""

    text: Words

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        yield ev.DebtorNoteAdded(on=on, text=self.text)


class RecordCreditCheck(DebtorCommand, frozen=True):
    """Somebody looked into what the debtor is good for."""

    result: Words = Field(description="in the words of who checked, such as a rating")
    limit: Amount | None = Field(None, description="what he may owe at most; none when left out")
    currency: Currency = Field("EUR", description="ISO 4217, of the limit")
    source: Text = Field("", description="who checked")

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        limit = None if self.limit is None else in_cents(self.limit, self.currency, "limit")
        yield ev.CreditChecked(
            on=on, result=self.result, limit=limit, currency=self.currency, source=self.source
        )


class HoldDebtor(DebtorCommand, frozen=True):
    """Nobody chases any invoice of this debtor for a while."""

    reason: Words
    until: Day | None = Field(None, description="the day follow-up goes on")
    release_by: tuple[Words, ...] = Field((), description="who may release it; anybody when empty")
    note: Text = ""
    hold_id: UUID = Field(default_factory=uuid4)

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        if self.hold_id in debtor.holds:
            return
        if self.until and self.until <= on:
            raise Refused("hold-without-days", "until", on=on, until=self.until)
        yield ev.DebtorHeld(
            on=on,
            hold_id=self.hold_id,
            reason=self.reason,
            until=self.until,
            release_by=self.release_by,
            note=self.note,
        )


class ReleaseDebtor(DebtorCommand, frozen=True):
    """The debtor's invoices are followed up again."""

    hold_id: UUID | None = Field(None, description="the only one when left out")
    why: Words

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        if self.hold_id is None and len(debtor.holds) > 1:
            raise Refused("several-debtor-holds", "hold_id", debtor=self.debtor)
        chosen = self.hold_id or next(iter(debtor.holds), None)
        hold = debtor.holds.get(chosen) if chosen else None
        if hold is None:
            raise Unknown("no-debtor-hold", debtor=self.debtor)
        may_release(hold.release_by, now.by)
        yield ev.DebtorResumed(on=on, hold_id=hold.hold_id, why=self.why)


class ExpireDebtorHolds(DebtorCommand, frozen=True):
    """The clock says which day it is: holds whose day has come are over, since that day."""

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        for hold in debtor.holds.values():
            if hold.until and hold.until <= on:
                why = "The day until which it was held has come."
                yield ev.DebtorResumed(on=hold.until, hold_id=hold.hold_id, why=why)


class ReceiveMoney(DebtorCommand, frozen=True):
    """Money came in that names no invoice."""

    reference: Words
    amount: Amount
    currency: Currency = "EUR"
    method: Text | None = None
    payer_name: Text | None = None
    payer_iban: Text | None = None

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        amount = in_cents(self.amount, self.currency, "amount")
        there = {reference: money.amount for reference, money in debtor.money.items()}
        if said_before(there, self.reference, amount, "Payment"):
            return
        yield ev.MoneyReceived(
            on=on,
            reference=self.reference,
            amount=amount,
            currency=self.currency,
            method=self.method,
            payer_name=self.payer_name,
            payer_iban=self.payer_iban,
        )


class AllocateMoney(DebtorCommand, frozen=True):
    """Some of it is put on an invoice, whose book hears of the payment with it."""

    reactions = Reactions.IF_APPLIED
    reference: Words
    invoice: Number
    amount: Positive

    def together(self) -> tuple[Command, ...]:
        payment = ReceivePayment(
            on=self.on, invoice=self.invoice, reference=self.reference, amount=self.amount
        )
        return (self, payment)

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        money = _money(self, debtor, self.reference)
        amount = in_cents(self.amount, money.currency, "amount")
        if said_before(money.allocated, self.invoice, amount, f"{self.reference} for invoice"):
            return
        _enough(money, amount, self.reference)
        yield ev.MoneyAllocated(
            on=on, reference=self.reference, invoice=self.invoice, amount=amount
        )


class ReturnMoney(DebtorCommand, frozen=True):
    """Some of it went back to the payer."""

    reference: Words
    amount: Positive
    why: Words

    def events(self, debtor: Debtor, on: date, now: Now) -> Iterator[DebtorEvent]:
        money = _money(self, debtor, self.reference)
        amount = in_cents(self.amount, money.currency, "amount")
        _enough(money, amount, self.reference)
        yield ev.MoneyReturned(on=on, reference=self.reference, amount=amount, why=self.why)


def _money(command: DebtorCommand, debtor: Debtor, reference: str) -> Money:
    if reference not in debtor.money:
        raise Unknown("no-debtor-payment", debtor=command.debtor, reference=reference)
    return debtor.money[reference]


def _enough(money: Money, amount: Decimal, reference: str) -> None:
    if amount > money.left:
        raise Refused("above-unallocated", "amount", amount=money.left, reference=reference)


COMMANDS: tuple[type[Command], ...] = (
    RegisterDebtor,
    CorrectDebtor,
    LogDebtorContact,
    AddDebtorNote,
    RecordCreditCheck,
    HoldDebtor,
    ReleaseDebtor,
    ReceiveMoney,
    AllocateMoney,
    ReturnMoney,
)
