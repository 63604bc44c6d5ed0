"""What happens in most tests of rules, and the commands that make it happen."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from commands.command import DecisionContext, decide
from commands.context import Context
from commands.disputes.opening import OpenDispute
from commands.payments.payments import ReceivePayment
from ledger.facts import debtor_events as dev
from ledger.facts.books import replay
from ledger.facts.codes import Channel, Direction, Outcome, Part, Reason
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_endings import DisputeResolved
from ledger.facts.invoice.dispute_handling import (
    ApproverReminded,
    CreditPassedOn,
    DisputePauseChanged,
    ResolverAssigned,
)
from ledger.facts.invoice.dispute_opening import DisputedAmountReduced, DisputeOpened
from ledger.facts.invoice.follow_up import (
    ContactLogged,
    EmailFailed,
    EmailSent,
    LetterFailed,
    LetterPrinted,
    StepTaken,
    StepWithdrawn,
)
from ledger.facts.invoice.handoff import HandedOff
from ledger.facts.invoice.holds import FollowUpHoldExpired, FollowUpResumed
from ledger.facts.invoice.parts import Instalment
from ledger.facts.invoice.payments import PaymentReceived
from ledger.facts.invoice.promises import PromiseMade
from ledger.facts.invoice.registration import (
    CollectorAssigned,
    InvoiceCancelled,
    InvoiceRegistered,
    InvoiceSent,
)
from support.given import BOOK, TODAY, Given, day, moment

# no person gives these commands
ONLY_THE_CLOCK_MAKES = {  # or the inbox and the mail server
    dev.DebtorAnswered,
    dev.DebtorAddressRefused,
    FollowUpHoldExpired,
    StepTaken,
    StepWithdrawn,
    EmailSent,
    EmailFailed,
    ApproverReminded,
    CollectorAssigned,  # where a playbook has rules for collectors
    dev.DebtorCollectorAssigned,
    DisputePauseChanged,  # where a playbook decides otherwise than before
    CreditPassedOn,  # where a playbook limits who approves
    LetterPrinted,
    LetterFailed,
    dev.DebtorUnreachable,
}

INV, DEB, SAM, EVA, BANK = "2026-001", "D-7", "sam@workshop", "eva@sales", "NL91ABNA0417164300"
CASE, OTHER_CASE, HOLD, PROMISE, OTHER_PROMISE, CONTACT, HANDOFF = (
    UUID(int=n) for n in range(1, 8)
)
SHA = "0" * 63 + "1"
NOW = day(TODAY)
DUE = day("2026-02-28")


def money(amount: str | int) -> Decimal:
    return Decimal(amount)


registered = InvoiceRegistered(
    on=day("2026-02-01"),
    number=INV,
    debtor=DEB,
    business_unit="north",
    collector="anna",
    amount=money("100.00"),
    currency="EUR",
    instalments=(Instalment(DUE, money("100.00")),),
)
in_three = InvoiceRegistered(
    on=day("2026-02-01"),
    number=INV,
    debtor=DEB,
    business_unit="",
    collector="",
    amount=money(300),
    currency="EUR",
    instalments=tuple(Instalment(date(2026, month, 28), money(100)) for month in (2, 3, 4)),
)
sent = InvoiceSent(on=day("2026-02-02"), channel=Channel.EMAIL)
cancelled = InvoiceCancelled(on=day("2026-02-20"), why="Ordered twice.")


def opened(disputed: str | int = 100, contested: str | int | None = None, **more: Any) -> Any:
    """Return the opening of ``CASE``, over the whole invoice or what differs from it."""
    facts: dict[str, Any] = {
        "on": NOW,
        "case_id": CASE,
        "reason": Reason.PRICE,
        "raised_on": NOW,
        "contested": None if contested is None else money(contested),
        "disputed": money(disputed if contested is None else contested),
        "comment": "Agreed 10 % less.",
    }
    return DisputeOpened(**(facts | more))


def resolved(outcome: Outcome, **amounts: str | int) -> DisputeResolved:
    """Return how ``CASE`` ended; what is not named is zero."""
    parts = {"credited": 0, "paid": 0, "rejected": 0} | amounts
    return DisputeResolved(
        on=NOW,
        case_id=CASE,
        outcome=outcome,
        root_cause=None,
        explanation="",
        **{name: money(amount) for name, amount in parts.items()},
    )


def resumed(case_id: UUID | None = CASE, hold_id: UUID | None = None) -> FollowUpResumed:
    return FollowUpResumed(on=NOW, hold_id=hold_id, case_id=case_id, next_step_on=NOW)


def paid(amount: str | int, reference: str = "P1", on: str = TODAY) -> PaymentReceived:
    return PaymentReceived(on=day(on), reference=reference, amount=money(amount))


def reduced(amount: str | int, part: Part = Part.PAID, case: UUID = CASE) -> Any:
    return DisputedAmountReduced(on=NOW, case_id=case, part=part, amount=money(amount))


def promised(amount: str | int = 100, **more: Any) -> PromiseMade:
    facts: dict[str, Any] = {
        "on": NOW,
        "promise_id": PROMISE,
        "amount": money(amount),
        "promised_for": day("2026-03-10"),
        "grace_days": 3,
    }
    return PromiseMade(**(facts | more))


assigned = ResolverAssigned(
    on=NOW, case_id=CASE, resolver=SAM, expected="", follow_up_on=day("2026-03-09")
)
handed_off = HandedOff(on=NOW, handoff_id=HANDOFF, agency="Incasso BV", claim=money(100))
known = dev.DebtorRegistered(
    on=day("2026-01-01"), number=DEB, name="Bakery Jansen", email="info@bakery.example"
)
called = ContactLogged(
    on=NOW,
    contact_id=CONTACT,
    channel=Channel.PHONE,
    direction=Direction.OUT,
    who="Mr Jansen",
    summary="Will look into it.",
)

open_it = OpenDispute(invoice=INV, case_id=CASE, reason=Reason.PRICE, comment="Agreed 10 % less.")


def pay(amount: str | int, reference: str = "P1", **more: Any) -> ReceivePayment:
    return ReceivePayment(invoice=INV, reference=reference, amount=money(amount), **more)


def written(past: Given, *commands: Any, on: str = TODAY) -> list[Entry]:
    """Return the entries, with their flags, that the commands add to a book."""
    state: Any = replay(commands[0].kind, BOOK, past.entries()).state
    entries = list[Entry]()
    for command in commands:
        now, context = DecisionContext(day(on), "anna"), Context("anna", moment(on))
        state, more = decide(state, command, now, context)
        entries += more
    return entries
