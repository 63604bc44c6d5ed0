"""Translates a line of a history into a command for its invoice. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid5

from api.importing.formats.history_cases import next_case, open_case, resolved_case
from api.importing.formats.history_line import Line
from api.importing.line_commands import InvalidLine
from commands.command import Command
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import RecordOutcomeNotice, ResolveDispute
from commands.disputes.resolvers import AssignResolver
from commands.follow_up.holds import HoldFollowUp
from commands.handoffs import HandOff
from commands.invoices.contacts import AddNote, RecordReminder
from commands.invoices.delivery import RecordDelivery, RecordSending
from commands.invoices.registration import RegisterInvoice
from commands.payments.charges import ChargeLateFee
from commands.payments.erp import ClosePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment
from ledger.facts.codes import Channel, Outcome, Reason
from ledger.facts.invoice.state import Invoice
from ledger.policy.money import ensure_currency

REASONS, OUTCOMES, CHANNELS = frozenset(Reason), frozenset(Outcome), frozenset(Channel)
SAME = {"upheld": Outcome.CREDITED}  # the dispute was justified


@dataclass(frozen=True)
class Terms:
    """Defaults for what a history leaves out."""

    days: int | None = None  # from issue to due
    currency: str = "EUR"


def translate(line: Line, terms: Terms, invoice: Invoice) -> Sequence[Command]:
    """Return the command of a line for its invoice. Raise ``InvalidLine``."""
    return (TYPES[line.type](line, terms, invoice),)


def _issued(line: Line, terms: Terms, invoice: Invoice) -> Command:
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
            raise InvalidLine(f"{due!r} is not an ISO 8601 date.", "data.due") from error
    if terms.days is None:
        raise InvalidLine("there is no due date; set --terms DAYS", "data.due")
    try:
        return line.on + timedelta(days=terms.days)
    except OverflowError:
        raise InvalidLine(f"no date is {terms.days} days later", "at") from None


def _amount(line: Line) -> Decimal:
    if line.amount is None:
        raise InvalidLine(f"{line.type} needs an amount", "amount")
    return line.amount


def _sent(line: Line, terms: Terms, invoice: Invoice) -> Command:
    charge = line.text("charge")
    try:
        charged = Decimal(charge) if charge else None
    except ArithmeticError as error:
        raise InvalidLine(f"{charge!r} is not an amount", "data.charge") from error
    return RecordSending(on=line.on, invoice=line.book, charge=charged or None)


def _late_fee(line: Line, terms: Terms, invoice: Invoice) -> Command:
    why = line.text("activity") or ""
    amounts = {"amount": _amount(line), "currency": line.currency}
    return ChargeLateFee(on=line.on, invoice=line.book, why=why, **amounts)


def _opened(line: Line, terms: Terms, invoice: Invoice) -> Command:
    if line.amount and invoice.known:
        ensure_currency(line.currency, invoice.currency)
    code, stated = line.code("reason"), line.text("reason") or line.text("activity")
    known = code in REASONS
    return OpenDispute(
        on=line.on,
        invoice=line.book,
        reason=Reason(code) if known else Reason.OTHER,
        comment=line.text("comment") or stated or "The source gives no reason.",
        contested=line.amount or None,
        case_id=next_case(line, invoice),
        original_code=None if known else stated,
        original_list=None if known else line.source,
    )


def _assigned(line: Line, terms: Terms, invoice: Invoice) -> Command:
    resolver = line.text("resolver") or line.text("channel") or "unknown"
    case = open_case(line, invoice)
    return AssignResolver(
        on=line.on, invoice=line.book, case_id=case, resolver=resolver, unopened=True
    )


def _resolved(line: Line, terms: Terms, invoice: Invoice) -> Command:
    code = line.code("outcome")
    outcome = SAME.get(code) or (Outcome(code) if code in OUTCOMES else Outcome.WITHDRAWN)
    stated = line.text("comment") or code or "The source gives no outcome."
    return ResolveDispute(
        on=line.on,
        invoice=line.book,
        case_id=open_case(line, invoice),
        outcome=outcome,
        explanation="" if code == outcome else stated,
        unopened=True,
    )


def _notified(line: Line, terms: Terms, invoice: Invoice) -> Command:
    case = resolved_case(line, invoice)
    return RecordOutcomeNotice(on=line.on, invoice=line.book, case_id=case, unopened=True)


def _paid(line: Line, terms: Terms, invoice: Invoice) -> Command:
    return ReceivePayment(
        on=line.on,
        invoice=line.book,
        reference=line.text("reference") or line.cause,
        amount=_amount(line),
        currency=line.currency,
        method=line.text("method"),
    )


def _credited(line: Line, terms: Terms, invoice: Invoice) -> Command:
    number = line.text("credit_note") or (line.invoice if line.text("credits") else line.cause)
    return IssueCreditNote(
        on=line.on,
        invoice=line.book,
        credit_note=number,
        amount=_amount(line),
        currency=line.currency,
    )


def _reminded(line: Line, terms: Terms, invoice: Invoice) -> Command:
    code = line.code("channel")
    channel = Channel(code) if code in CHANNELS else Channel.LETTER
    return RecordReminder(on=line.on, invoice=line.book, channel=channel, anyway=True)


def _blocked(line: Line, terms: Terms, invoice: Invoice) -> Command:
    reason = line.text("reason") or line.text("activity") or "payment block in the source"
    id_ = uuid5(invoice.id, line.cause)
    return HoldFollowUp(on=line.on, invoice=line.book, reason=reason, hold_id=id_)


def _handed_off(line: Line, terms: Terms, invoice: Invoice) -> Command:
    agency = line.text("agency") or "collection agency"
    id_ = uuid5(invoice.id, line.cause)
    return HandOff(on=line.on, invoice=line.book, agency=agency, handoff_id=id_)


def noted(line: Line, why: str) -> Command:
    """Return the line as a note, with the reason why it is only a note."""
    text = line.text("comment") or line.text("note") or line.text("activity") or line.type
    if line.amount is not None:
        text += f", {line.amount} {line.currency or ''}".rstrip()
    text += f" ({line.cause}{': ' + why if why else ''})"
    return AddNote(on=line.on, invoice=line.book, text=text)


TYPES: dict[str, Callable[[Line, Terms, Invoice], Command]] = {
    "invoice-issued": _issued,
    "invoice-sent": _sent,
    "invoice-delivered": lambda line, *_: RecordDelivery(on=line.on, invoice=line.book),
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
    "closed": lambda line, *_: ClosePerErp(on=line.on, invoice=line.book, source=line.cause),
    "other": lambda line, *_: noted(line, ""),
}
