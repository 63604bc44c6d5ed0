"""An invoice as its events left it. Facts only: nothing here can refuse, so replay cannot fail."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, cast, get_args
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import replace as but

from ledger import dispute as case
from ledger import invoice_events as ev
from ledger.codes import Action, Channel, Purpose
from ledger.dispute import ZERO, Dispute
from ledger.invoice_events import CaseEvent, Instalment, InvoiceEvent, InvoiceLine

CASE_EVENTS = frozenset(get_args(CaseEvent))
REPLY_ITEM = "reply"  # of the agenda
WORDS = 100  # characters of a reply that the agenda tells
PromiseStatus = Literal["open", "kept", "partially kept", "broken", "withdrawn"]


class Hold(Struct, frozen=True):
    """Follow-up rests until the day ``until``, wholly or for ``amount``."""

    hold_id: UUID
    amount: Decimal | None
    reason: str
    until: date | None
    release_by: tuple[str, ...]
    ticket: str = ""  # elsewhere, that it waits for
    over: bool = False  # its day has come


class Promise(Struct, frozen=True):
    """A promise to pay; ``paid_before`` is what had been paid when it was made."""

    promise_id: UUID
    amount: Decimal
    made_on: date
    promised_for: date
    grace_days: int
    paid_before: Decimal
    status: PromiseStatus = "open"
    judged_on: date | None = None


class Postponed(Struct, frozen=True):
    """An item of the agenda is not shown before ``until``, unless something else is to be done."""

    action: Action
    until: date
    why: str


class Reply(Struct, frozen=True):
    """The debtor wrote or called, and nobody answered; ``words`` is how the last time began."""

    since: date
    on: date
    who: str
    words: str
    times: int = 1
    resolved_case: UUID | None = None


class Taken(Struct, frozen=True):
    """A step of the follow-up ladder that was taken, and when the invoice was due then."""

    step: str
    times: int
    on: date
    due_on: date
    message: str = ""


class Invoice(Struct, frozen=True):
    """Amounts in ``currency``; ``line`` is the last one written in its book."""

    id: UUID
    line: int = 0
    number: str = ""
    debtor: str = ""
    business_unit: str = ""
    collector: str = ""
    purchase_order: str | None = None
    currency: str = ""
    issued_on: date = date.min
    instalments: tuple[Instalment, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    amount: Decimal = ZERO  # as registered and corrected
    charges: Decimal = ZERO  # sending, late fees, interest; less what was waived
    late_fees: Decimal = ZERO  # of the charges
    interest: Decimal = ZERO  # of the charges
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    written_off: Decimal = ZERO
    settled_per_erp: Decimal = ZERO
    cancelled: bool = False
    sent_on: date | None = None
    delivered_on: date | None = None
    delivery_failed_on: date | None = None
    settled_on: date | None = None  # nothing open since
    disputes: Mapping[UUID, Dispute] = field(default_factory=dict)
    holds: Mapping[UUID, Hold] = field(default_factory=dict)
    promises: Mapping[UUID, Promise] = field(default_factory=dict)
    payments: Mapping[str, Decimal] = field(default_factory=dict)
    reversed: Mapping[str, date] = field(default_factory=dict)  # when last
    back: frozenset[str] = frozenset()  # payments that were reversed and did not come again
    credit_notes: Mapping[str, Decimal] = field(default_factory=dict)
    contacts: frozenset[UUID] = frozenset()
    documents: frozenset[str] = frozenset()
    handoffs: frozenset[UUID] = frozenset()
    agency: str = ""  # that chases it now
    handoff_id: UUID | None = None  # by which the agency has it
    steps: tuple[Taken, ...] = ()  # of the ladder, in the order they were taken
    failed: Mapping[str, date] = field(default_factory=dict)  # mails that will not arrive, when
    next_step: str = ""
    next_step_on: date | None = None
    done: Mapping[str, date] = field(default_factory=dict)  # by hand: item of the agenda, when
    postponed: Mapping[str, Postponed] = field(default_factory=dict)  # by item of the agenda
    resumed_on: date | None = None  # after a dispute, and not reminded since
    reply: Reply | None = None
    reminders: int = 0  # in writing; a phone call chases too, and is no reminder
    last_contact_on: date | None = None
    chased_on: date | None = None  # last reminder, or contact that we sought
    by_hand_on: date | None = None  # the same, but for what the clock sent

    @property
    def known(self) -> bool:
        return self.line > 0

    @property
    def open_amount(self) -> Decimal:
        """What is still claimed. Below zero it was overpaid. The only such sum there is."""
        if self.cancelled:
            return -self.paid
        return self.amount + self.charges - self.settled

    @property
    def settled(self) -> Decimal:
        return self.received + self.credited + self.written_off

    @property
    def received(self) -> Decimal:
        """What keeps a promise: payments, and what the ERP says was settled."""
        return self.paid + self.settled_per_erp

    @property
    def open_disputes(self) -> Iterator[Dispute]:
        return (dispute for dispute in self.disputes.values() if dispute.is_open)

    def still_disputes(self, one: Dispute) -> bool:
        """Is anybody to be asked about it? Not when it is over, nor while nothing is left of it:
        all that it contests was met, or the invoice is settled since. Money that goes back asks
        again. One answer for the clock, the agenda, the postman, the links and the calendar."""
        if not one.is_open:
            return False
        if self.settled_on is None:
            return one.disputed > 0 or one.contested is None
        return one.disputed > 0 and (one.open_since or date.max) >= self.settled_on

    @property
    def disputed_amount(self) -> Decimal:
        """Of the open amount; an open dispute over all of it leaves nothing undisputed."""
        disputed = ZERO
        for dispute in self.open_disputes:
            if dispute.contested is None:
                return max(self.open_amount, ZERO)
            disputed += dispute.disputed
        return min(disputed, max(self.open_amount, ZERO))

    @property
    def undisputed_amount(self) -> Decimal:
        return max(self.open_amount, ZERO) - self.disputed_amount

    @property
    def lasting_holds(self) -> list[Hold]:
        """Those that were neither released nor ended by their day."""
        return [hold for hold in self.holds.values() if not hold.over]

    @property
    def open_promises(self) -> Iterator[Promise]:
        return (promise for promise in self.promises.values() if promise.status == "open")

    @property
    def credit_due(self) -> Decimal:
        """What was decided to be credited and still awaits its credit note."""
        return sum((one.to_credit for one in self.disputes.values()), ZERO)

    @property
    def only_credit_due(self) -> UUID | None:
        """The case that waits for its credit note, when no other does."""
        due = [one.case_id for one in self.disputes.values() if one.to_credit]
        return due[0] if len(due) == 1 else None

    @property
    def open_promise(self) -> Promise | None:
        """The one whose day comes first."""
        return min(self.open_promises, key=lambda promise: promise.promised_for, default=None)

    @property
    def open_instalments(self) -> list[Instalment]:
        """What is still open of each, oldest first; charges fall due with the first."""
        open_, claim = self.open_amount, self.amount + self.charges
        left, dues = max(claim - max(open_, ZERO), ZERO), list[Instalment]()
        for nth, due in enumerate(self.instalments):
            amount = due.amount + (self.charges if nth == 0 else ZERO)
            met = min(left, amount)
            left -= met
            if amount > met:
                dues.append(Instalment(due.due_on, amount - met))
        return dues

    @property
    def short_amount(self) -> Decimal:
        """What is missing of an instalment that was paid in part, neither disputed nor credited."""
        dues = self.open_instalments
        if not dues or self.received <= 0:
            return ZERO
        nth = len(self.instalments) - len(dues)
        whole = self.instalments[nth].amount + (ZERO if nth else self.charges)
        left = max(self.undisputed_amount - self.credit_due, ZERO)
        return min(dues[0].amount, left) if dues[0].amount < whole else ZERO

    @property
    def due_on(self) -> date:
        """Of the oldest instalment still open, else of the last."""
        if len(self.instalments) > 1 and (dues := self.open_instalments):
            return dues[0].due_on
        return self.instalments[-1].due_on if self.instalments else date.max

    @property
    def collectable(self) -> bool:
        """May it be chased at all? One answer for the agenda, every report and every job."""
        return self.open_amount > 0 and not self.cancelled and not self.agency


def evolve(invoice: Invoice, event: InvoiceEvent) -> Invoice:  # noqa: C901
    """The next state. Exhaustive: mypy names this place when an event is added."""
    if type(event) in CASE_EVENTS:  # of a long book most; the match would come to them last
        return _of_case(invoice, cast(CaseEvent, event))
    match event:
        case ev.InvoiceRegistered() as e:
            return _money(
                invoice,
                e.on,
                number=e.number,
                debtor=e.debtor,
                business_unit=e.business_unit,
                collector=e.collector,
                purchase_order=e.purchase_order,
                currency=e.currency,
                issued_on=e.on,
                instalments=e.instalments,
                lines=e.lines,
                amount=e.amount,
            )
        case ev.PaymentReceived() as e:
            paid, back = {**invoice.payments, e.reference: e.amount}, invoice.back - {e.reference}
            return _money(invoice, e.on, paid=invoice.paid + e.amount, payments=paid, back=back)
        case ev.InvoiceSent() as e:
            charges = invoice.charges + (e.charge or ZERO)
            return _money(invoice, e.on, sent_on=invoice.sent_on or e.on, charges=charges)
        case ev.InvoiceDelivered() as e:
            return but(invoice, delivered_on=invoice.delivered_on or e.on, delivery_failed_on=None)
        case ev.DeliveryFailed() as e:
            return but(invoice, delivery_failed_on=e.on)
        case ev.LateFeeCharged() | ev.LateFeeWaived() as e:
            fee = e.amount if isinstance(e, ev.LateFeeCharged) else -e.amount
            charges = invoice.charges + fee
            return _money(invoice, e.on, charges=charges, late_fees=invoice.late_fees + fee)
        case ev.InterestCharged() | ev.InterestWaived() as e:
            more = e.amount if isinstance(e, ev.InterestCharged) else -e.amount
            charges = invoice.charges + more
            return _money(invoice, e.on, charges=charges, interest=invoice.interest + more)
        case ev.ReminderSent() as e:
            return but(
                invoice,
                reminders=invoice.reminders + (e.channel is not Channel.PHONE),
                last_contact_on=e.on,
                chased_on=e.on,
                by_hand_on=e.on,
            )
        case (
            ev.FollowUpScheduled()
            | ev.StepTaken()
            | ev.StepWithdrawn()
            | ev.EmailSent()
            | ev.EmailFailed()
            | ev.LetterPrinted()
            | ev.LetterFailed() as e
        ):
            return _followed_up(invoice, e)
        case ev.ContactLogged() as e:
            return _contact(invoice, e)
        case ev.NoteAdded():
            return invoice
        case ev.DocumentAttached() as e:
            return but(invoice, documents=invoice.documents | {e.sha256})
        case ev.InvoiceCorrected() as e:
            return _money(
                _credited_by(invoice, e),
                e.on,
                amount=invoice.amount if e.amount is None else e.amount,
                instalments=e.instalments or _rescaled(invoice, e.amount),
                debtor=invoice.debtor if e.debtor is None else e.debtor,
                business_unit=e.business_unit or invoice.business_unit,
                collector=e.collector or invoice.collector,
                purchase_order=e.purchase_order or invoice.purchase_order,
            )
        case ev.InvoiceCancelled() as e:
            return _money(invoice, e.on, cancelled=True)
        case ev.CreditNoteIssued() as e:
            if e.case_id and e.case_id in invoice.disputes:
                invoice = _case(invoice, case.noted(invoice.disputes[e.case_id], e))
            notes = {**invoice.credit_notes, e.number: e.amount}
            return _money(invoice, e.on, credited=invoice.credited + e.amount, credit_notes=notes)
        case ev.WrittenOff() as e:
            return _money(invoice, e.on, written_off=invoice.written_off + e.amount)
        case ev.SettledPerErp() | ev.ClosedPerErp() as e:
            return _money(invoice, e.on, settled_per_erp=invoice.settled_per_erp + e.amount)
        case ev.PaymentReversed() as e:
            days, back = {**invoice.reversed, e.reference: e.on}, invoice.back | {e.reference}
            return _money(invoice, e.on, paid=invoice.paid - e.amount, reversed=days, back=back)
        case ev.FollowUpHeld() | ev.FollowUpHoldExpired() as e:
            return _hold(invoice, e)
        case ev.FollowUpResumed() as e:
            holds = {key: hold for key, hold in invoice.holds.items() if key != e.hold_id}
            rests = any(invoice.open_disputes)
            disputes = {
                key: but(one, resumed_on=one.resumed_on or e.on)
                if one.resolved_on and not rests
                else one
                for key, one in invoice.disputes.items()
            }
            after_dispute = e.on if e.case_id else invoice.resumed_on
            return but(
                invoice,
                holds=holds,
                disputes=disputes,
                next_step_on=e.next_step_on,
                resumed_on=after_dispute,
            )
        case ev.ItemDone() | ev.ItemPostponed() as e:
            return _item(invoice, e)
        case ev.PromiseMade() as e:
            promise = Promise(
                e.promise_id, e.amount, e.on, e.promised_for, e.grace_days, invoice.received
            )
            return _promise(invoice, promise)
        case ev.PromiseKept() as e:
            return _judged(invoice, e, "kept", invoice.received)
        case ev.PromiseBroken() as e:
            return _judged(invoice, e, "partially kept" if e.paid else "broken", e.paid)
        case ev.PromiseWithdrawn() as e:
            return _judged(invoice, e, "withdrawn", ZERO)
        case ev.HandedOff() as e:
            handoffs = invoice.handoffs | {e.handoff_id}
            return but(invoice, agency=e.agency, handoff_id=e.handoff_id, handoffs=handoffs)
        case ev.Recalled():
            return but(invoice, agency="", handoff_id=None)
        case _:
            return _of_case(invoice, event)


def _money(invoice: Invoice, on: date, **changes: object) -> Invoice:
    """What moves money decides whether, and since when, nothing is open any more."""
    moved = but(invoice, **changes)
    settled_on = None if moved.open_amount > 0 else invoice.settled_on or on
    return moved if moved.settled_on == settled_on else but(moved, settled_on=settled_on)


def _credited_by(invoice: Invoice, e: ev.InvoiceCorrected) -> Invoice:
    """A lower amount is the credit of the only case that waits for one."""
    less = ZERO if e.amount is None else invoice.amount - e.amount
    case_id = invoice.only_credit_due
    if less <= 0 or case_id is None:
        return invoice
    return _case(invoice, case.credited(invoice.disputes[case_id], less, e.on))


def _of_case(invoice: Invoice, event: CaseEvent) -> Invoice:
    """All that is left: mypy refuses an event that ``evolve`` forgot."""
    if event.case_id is None:
        return invoice
    before = invoice.disputes.get(event.case_id) or Dispute(event.case_id)
    reply = invoice.reply
    if reply and isinstance(event, ev.DisputeReopened) and reply.resolved_case == event.case_id:
        invoice = but(invoice, reply=None)
    return _case(invoice, case.evolve(before, event))


def _case(invoice: Invoice, one: Dispute) -> Invoice:
    return but(invoice, disputes={**invoice.disputes, one.case_id: one})


def _contact(invoice: Invoice, e: ev.ContactLogged) -> Invoice:
    contacts, reply = invoice.contacts | {e.contact_id}, _reply(invoice.reply, e)
    known = but(invoice, contacts=contacts, last_contact_on=e.on, reply=reply)
    return but(known, chased_on=e.on, by_hand_on=e.on) if e.direction == "out" else known


def _reply(there: Reply | None, e: ev.ContactLogged) -> Reply | None:
    """What we say answers all that came before."""
    if e.direction == "out":
        return there if there and e.on < there.on else None
    if not e.awaits_answer:
        return there
    words = " ".join(e.summary[:WORDS].split())
    if there is None:
        return Reply(e.on, e.on, e.who, words, 1, e.resolved_case)
    return but(
        there,
        on=max(there.on, e.on),
        words=words,
        times=there.times + 1,
        resolved_case=e.resolved_case or there.resolved_case,
    )


def _item(invoice: Invoice, e: ev.ItemDone | ev.ItemPostponed) -> Invoice:
    if isinstance(e, ev.ItemDone):
        reply = None if e.item == REPLY_ITEM else invoice.reply
        return but(invoice, done={**invoice.done, e.item: e.on}, reply=reply)
    postponed = Postponed(e.action, e.until, e.why)
    return but(invoice, postponed={**invoice.postponed, e.item: postponed})


FollowUpEvent = (
    ev.FollowUpScheduled
    | ev.StepTaken
    | ev.StepWithdrawn
    | ev.EmailSent
    | ev.EmailFailed
    | ev.LetterPrinted
    | ev.LetterFailed
)


def _followed_up(invoice: Invoice, event: FollowUpEvent) -> Invoice:
    """Of our mails and letters only a reminder chases."""
    match event:
        case ev.FollowUpScheduled() as e:
            return but(invoice, next_step=e.step, next_step_on=e.next_step_on)
        case ev.StepTaken() as e:
            steps = (*invoice.steps, Taken(e.step, e.times, e.on, invoice.due_on, e.message))
            return but(invoice, steps=steps, next_step="", next_step_on=None)
        case ev.StepWithdrawn() as e:
            steps = tuple(taken for taken in invoice.steps if taken.message != e.message)
            return but(invoice, steps=steps)
        case ev.EmailFailed() | ev.LetterFailed() as e:
            return but(invoice, failed={**invoice.failed, e.message: e.on})
        case ev.EmailSent() | ev.LetterPrinted() as e if e.purpose is Purpose.REMINDER:
            reminders = invoice.reminders + 1
            return but(invoice, reminders=reminders, last_contact_on=e.on, chased_on=e.on)
        case ev.EmailSent() | ev.LetterPrinted():
            return invoice


def _hold(invoice: Invoice, e: ev.FollowUpHeld | ev.FollowUpHoldExpired) -> Invoice:
    """One that is over stays: the agenda asks to take the invoice up again."""
    if isinstance(e, ev.FollowUpHeld):
        hold = Hold(e.hold_id, e.amount, e.reason, e.until, e.release_by, e.ticket)
        return but(invoice, holds={**invoice.holds, e.hold_id: hold})
    over = {key: but(one, over=True) for key, one in invoice.holds.items() if key == e.hold_id}
    return but(invoice, holds={**invoice.holds, **over})


def _promise(invoice: Invoice, promise: Promise) -> Invoice:
    return but(invoice, promises={**invoice.promises, promise.promise_id: promise})


def _judged(
    invoice: Invoice,
    e: ev.PromiseKept | ev.PromiseBroken | ev.PromiseWithdrawn,
    status: PromiseStatus,
    paid: Decimal,
) -> Invoice:
    """What it took of the ``paid`` money keeps no other promise."""
    judged = invoice.promises.get(e.promise_id)
    if judged is None:
        return invoice
    taken = min(judged.paid_before + min(paid, judged.amount), invoice.received)
    promises = {
        key: but(one, paid_before=max(one.paid_before, taken)) if one.status == "open" else one
        for key, one in invoice.promises.items()
    }
    promises[e.promise_id] = but(judged, status=status, judged_on=e.on)
    return but(invoice, promises=promises)


def _rescaled(invoice: Invoice, amount: Decimal | None) -> tuple[Instalment, ...]:
    """A new amount without a new schedule: the last instalments take the difference."""
    if amount is None or not invoice.instalments:
        return invoice.instalments
    left, kept = amount, list[Instalment]()
    for due in invoice.instalments[:-1]:
        kept.append(Instalment(due.due_on, min(due.amount, left)))
        left -= kept[-1].amount
    return (*kept, Instalment(invoice.instalments[-1].due_on, left))
