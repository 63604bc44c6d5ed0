"""Commands about an invoice."""

from fastapi import APIRouter

from api.http.kit.command_routes import add_book_command, add_command
from api.http.kit.route import Route
from commands import handoffs
from commands.command import Command
from commands.disputes.approvals import ApproveAfterwards
from commands.follow_up.holds import HoldFollowUp, ReleaseHold, ScheduleFollowUp
from commands.follow_up.promises import BreakPromise, KeepPromise, MakePromise, WithdrawPromise
from commands.invoices.contacts import AddNote, LogContact, RecordReminder
from commands.invoices.delivery import RecordDelivery, RecordDeliveryFailure, RecordSending
from commands.invoices.registration import CancelInvoice, CorrectInvoice, RegisterInvoice
from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.payments import IssueCreditNote, ReceivePayment, ReversePayment, WriteOff

router = APIRouter(prefix="/v1", tags=["invoices"], route_class=Route)

COMMANDS: dict[str, type[Command]] = {
    "corrections": CorrectInvoice,
    "cancellation": CancelInvoice,
    "sendings": RecordSending,
    "deliveries": RecordDelivery,
    "delivery-failures": RecordDeliveryFailure,
    "contacts": LogContact,
    "notes": AddNote,
    "reminders": RecordReminder,
    "payments": ReceivePayment,
    "payments/reversals": ReversePayment,
    "credit-notes": IssueCreditNote,
    "write-off": WriteOff,
    "approvals": ApproveAfterwards,
    "late-fees": ChargeLateFee,
    "late-fees/waivers": WaiveLateFee,
    "interest": ChargeInterest,
    "interest/waivers": WaiveInterest,
    "promises/kept": KeepPromise,
    "promises/broken": BreakPromise,
    "promises/withdrawn": WithdrawPromise,
    "holds": HoldFollowUp,
    "holds/release": ReleaseHold,
    "follow-up": ScheduleFollowUp,
    "recall": handoffs.RecallHandOff,
    "promises": MakePromise,
}

add_command(router, "/invoices", RegisterInvoice)
for _path, _kind in COMMANDS.items():
    add_book_command(router, f"/invoices/{{invoice}}/{_path}", _kind)
