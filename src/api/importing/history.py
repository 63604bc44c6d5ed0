"""A history, line by line: what another system knows to have happened, as commands of ours."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import msgspec
from pydantic import ValidationError

from api.importing.reading import Source
from api.importing.wish import Bad, Reject, Wish, Wishes, what_is_wrong
from commands.command import Command
from commands.contacts import AddNote, RecordReminder
from commands.debtors import RegisterDebtor
from commands.disputes import AssignResolver, OpenDispute, RecordOutcomeNotice, ResolveDispute
from commands.handoffs import HandOff
from commands.holds import HoldFollowUp
from commands.invoices import RecordDelivery, RecordSending, RegisterInvoice
from commands.payments import ChargeLateFee, ClosePerErp, IssueCreditNote, ReceivePayment
from ledger.codes import Channel, Outcome, Reason
from ledger.dispute import Dispute
from ledger.invoice import Invoice

REASONS, OUTCOMES, CHANNELS = frozenset(Reason), frozenset(Outcome), frozenset(Channel)
SAME = {"upheld": Outcome.CREDITED}  # the debtor was right


class Line(msgspec.Struct, frozen=True):
    """One business event, as ``shared/data/convert`` writes it."""

    source: str
    invoice: str
    seq: int
    type: str
    at: str
    customer: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    derived: bool = False
    data: dict[str, Any] = {}

    @property
    def cause(self) -> str:
        return f"{self.source}:{self.invoice}:{self.seq}"

    @property
    def on(self) -> date:
        """The calendar date as written: turned into UTC, a local midnight is the day before."""
        try:
            return datetime.fromisoformat(self.at).date()
        except ValueError as error:
            raise Bad(f"{self.at!r} is no ISO 8601 date or date-time.", "at") from error

    @property
    def book(self) -> str:
        """The invoice it is about; a credit note may have a number of its own."""
        own = self.type != "credit-note-issued"
        return self.invoice if own else self.text("credits") or self.invoice

    def text(self, name: str) -> str | None:
        """A field of ``data``; None when it is not there. Raises ``Bad``."""
        value = self.data.get(name)
        if value is None or isinstance(value, str):
            return value
        raise Bad(f"expected text, not {value!r}", f"data.{name}")

    def code(self, name: str) -> str:
        """As our own codes are spelt."""
        return (self.text(name) or "").strip().lower()


@dataclass(frozen=True)
class Terms:
    """What a history may leave out."""

    days: int | None = None  # from issue to due
    currency: str = "EUR"


def wishes(source: Source, terms: Terms) -> Wishes:
    """Each line as a wish or a reject; blank lines are nothing."""
    decode = msgspec.json.Decoder(Line).decode
    debtors: dict[str, RegisterDebtor] = {}
    for number, raw in enumerate(source.lines(), 1):
        if not raw.strip():
            continue
        try:
            yield (_wish(decode(raw), number, raw, terms, debtors),)
        except (Bad, ValidationError, msgspec.MsgspecError) as error:
            field, why = what_is_wrong(error)
            yield Reject(number, field, why, raw)


def _wish(
    line: Line, number: int, raw: bytes, terms: Terms, debtors: dict[str, RegisterDebtor]
) -> Wish:
    if line.type not in TYPES:
        raise Bad(f"{line.type!r} is none of the types: {', '.join(TYPES)}.", "type")
    return Wish(
        number,
        raw,
        line.book,
        line.cause,
        partial(translate, line, terms),
        None if line.type == "invoice-issued" else partial(noted, line),
        _debtor(line, debtors),
    )


def _debtor(line: Line, known: dict[str, RegisterDebtor]) -> RegisterDebtor | None:
    """The first line that names a debtor says when it was known and what it is called."""
    number = (line.customer or "").strip()
    if number and number not in known:
        name = (line.text("customer_name") or "").strip() or number
        known[number] = RegisterDebtor(on=line.on, debtor=number, name=name)
    return known.get(number)


def translate(line: Line, terms: Terms, invoice: Invoice) -> Sequence[Command]:
    """What the line means for the invoice as it stands. Pure. Raises ``Bad``."""
    return (TYPES[line.type](line, invoice, terms),)


def _issued(line: Line, invoice: Invoice, terms: Terms) -> Command:
    return RegisterInvoice(
        on=line.on,
        invoice=line.invoice,
        amount=_amount(line),
        currency=line.currency or terms.currency,
        due_on=_due(line, terms),
        debtor=line.customer or "",
        business_unit=line.text("company") or "",
    )


def _due(line: Line, terms: Terms) -> date:
    if due := line.text("due"):
        try:
            return datetime.fromisoformat(due).date()
        except ValueError as error:
            raise Bad(f"{due!r} is no ISO 8601 date.", "data.due") from error
    if terms.days is None:
        raise Bad("there is no due date; say how it follows with --terms DAYS", "data.due")
    return line.on + timedelta(days=terms.days)


def _amount(line: Line) -> Decimal:
    if line.amount is None:
        raise Bad(f"{line.type} needs an amount", "amount")
    return line.amount


def _sent(line: Line, invoice: Invoice, terms: Terms) -> Command:
    charge = line.text("charge")
    try:
        charged = Decimal(charge) if charge else None
    except ArithmeticError as error:
        raise Bad(f"{charge!r} is no amount", "data.charge") from error
    return RecordSending(on=line.on, invoice=line.book, charge=charged or None)


def _delivered(line: Line, invoice: Invoice, terms: Terms) -> Command:
    return RecordDelivery(on=line.on, invoice=line.book)


def _late_fee(line: Line, invoice: Invoice, terms: Terms) -> Command:
    why = line.text("activity") or ""
    return ChargeLateFee(on=line.on, invoice=line.book, amount=_amount(line), why=why)


def _opened(line: Line, invoice: Invoice, terms: Terms) -> Command:
    code, said = line.code("reason"), line.text("reason") or line.text("activity")
    known = code in REASONS
    return OpenDispute(
        on=line.on,
        invoice=line.book,
        reason=Reason(code) if known else Reason.OTHER,
        comment=line.text("comment") or said or "The source tells no more than that.",
        contested=line.amount or None,
        case_id=_next_case(line, invoice),
        original_code=None if known else said,
        original_list=None if known else line.source,
    )


def _assigned(line: Line, invoice: Invoice, terms: Terms) -> Command:
    resolver = line.text("resolver") or line.text("channel") or "unknown"
    case = _open_case(line, invoice)
    return AssignResolver(
        on=line.on, invoice=line.book, case_id=case, resolver=resolver, unopened=True
    )


def _resolved(line: Line, invoice: Invoice, terms: Terms) -> Command:
    code = line.code("outcome")
    outcome = SAME.get(code) or (Outcome(code) if code in OUTCOMES else Outcome.WITHDRAWN)
    told = line.text("comment") or code or "The source does not tell how it ended."
    return ResolveDispute(
        on=line.on,
        invoice=line.book,
        case_id=_open_case(line, invoice),
        outcome=outcome,
        explanation="" if code == outcome else told,
        unopened=True,
    )


def _notified(line: Line, invoice: Invoice, terms: Terms) -> Command:
    over = [one for one in invoice.disputes.values() if one.status == "resolved"]
    same = [one for one in _of_channel(line, invoice) if one.status == "resolved"]
    told = same or over
    case = told[-1].case_id if told else None
    return RecordOutcomeNotice(on=line.on, invoice=line.book, case_id=case, unopened=True)


def _paid(line: Line, invoice: Invoice, terms: Terms) -> Command:
    return ReceivePayment(
        on=line.on,
        invoice=line.book,
        reference=line.text("reference") or line.cause,
        amount=_amount(line),
        method=line.text("method"),
    )


def _credited(line: Line, invoice: Invoice, terms: Terms) -> Command:
    number = line.text("credit_note") or (line.invoice if line.text("credits") else line.cause)
    return IssueCreditNote(on=line.on, invoice=line.book, credit_note=number, amount=_amount(line))


def _reminded(line: Line, invoice: Invoice, terms: Terms) -> Command:
    code = line.code("channel")
    channel = Channel(code) if code in CHANNELS else Channel.LETTER
    return RecordReminder(on=line.on, invoice=line.book, channel=channel, anyway=True)


def _blocked(line: Line, invoice: Invoice, terms: Terms) -> Command:
    reason = line.text("reason") or line.text("activity") or "payment block in the source"
    id_ = uuid5(invoice.id, line.cause)
    return HoldFollowUp(on=line.on, invoice=line.book, reason=reason, hold_id=id_)


def _handed_off(line: Line, invoice: Invoice, terms: Terms) -> Command:
    agency = line.text("agency") or "collection agency"
    id_ = uuid5(invoice.id, line.cause)
    return HandOff(on=line.on, invoice=line.book, agency=agency, handoff_id=id_)


def _closed(line: Line, invoice: Invoice, terms: Terms) -> Command:
    return ClosePerErp(on=line.on, invoice=line.book, source=line.cause)


def _other(line: Line, invoice: Invoice, terms: Terms) -> Command:
    return noted(line, "")


def noted(line: Line, why: str) -> Command:
    """The line as a note: what the file says, and why it is no more than a note."""
    return AddNote(on=line.on, invoice=line.book, text=_in_words(line, why))


def _in_words(line: Line, why: str) -> str:
    said = [line.text("comment") or line.text("note") or line.text("activity") or line.type]
    if line.amount is not None:
        said.append(f"{line.amount} {line.currency or ''}".rstrip())
    return f"{', '.join(said)} ({line.cause}{': ' + why if why else ''})"


# Which case. A case's id follows from source, channel and which of that channel it is, so that
# the state alone tells the cases of a channel apart; one that was never opened counts too.


def _of_channel(line: Line, invoice: Invoice) -> Iterator[Dispute]:
    nth = 1
    while one := invoice.disputes.get(_case(line, invoice, nth)):
        yield one
        nth += 1


def _case(line: Line, invoice: Invoice, nth: int) -> UUID:
    return uuid5(invoice.id, f"{line.source}:{line.text('channel') or ''}:{nth}")


def _next_case(line: Line, invoice: Invoice) -> UUID:
    nth = 1 + sum(1 for _ in _of_channel(line, invoice)) if invoice.disputes else 1
    return _case(line, invoice, nth)


def _open_case(line: Line, invoice: Invoice) -> UUID:
    """The open case of the same channel, else the oldest open one, else a case never opened."""
    if not invoice.disputes:
        return _case(line, invoice, 1)
    same = (one for one in _of_channel(line, invoice) if one.is_open)
    found = next(same, None) or next(iter(invoice.open_disputes), None)
    return found.case_id if found else _next_case(line, invoice)


TYPES: dict[str, Callable[[Line, Invoice, Terms], Command]] = {
    "invoice-issued": _issued,
    "invoice-sent": _sent,
    "invoice-delivered": _delivered,
    "late-fee-added": _late_fee,
    "dispute-opened": _opened,
    "resolver-assigned": _assigned,
    "reminded": _reminded,
    "resolved": _resolved,
    "result-notified": _notified,
    "payment-received": _paid,
    "credit-note-issued": _credited,
    "payment-block-set": _blocked,
    "handed-off": _handed_off,
    "closed": _closed,
    "other": _other,
}
