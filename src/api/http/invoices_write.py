"""What may be said of an invoice. Each route is one command; the book decides."""

from fastapi import APIRouter

from api.http.posting import post
from commands import contacts, handoffs, holds, invoices, payments, promises
from commands.command import Command

router = APIRouter(prefix="/v1", tags=["Invoices"])

SAID: dict[str, type[Command]] = {
    "corrections": invoices.CorrectInvoice,
    "cancellation": invoices.CancelInvoice,
    "sendings": invoices.RecordSending,
    "deliveries": invoices.RecordDelivery,
    "delivery-failures": invoices.RecordDeliveryFailure,
    "contacts": contacts.LogContact,
    "notes": contacts.AddNote,
    "reminders": contacts.RecordReminder,
    "payments": payments.ReceivePayment,
    "payments/reversals": payments.ReversePayment,
    "credit-notes": payments.IssueCreditNote,
    "write-off": payments.WriteOff,
    "late-fees": payments.ChargeLateFee,
    "late-fees/waivers": payments.WaiveLateFee,
    "interest": payments.ChargeInterest,
    "interest/waivers": payments.WaiveInterest,
    "promises": promises.MakePromise,
    "promises/kept": promises.KeepPromise,
    "promises/broken": promises.BreakPromise,
    "promises/withdrawn": promises.WithdrawPromise,
    "holds": holds.HoldFollowUp,
    "holds/release": holds.ReleaseHold,
    "follow-up": holds.ScheduleFollowUp,
    "recall": handoffs.RecallHandOff,
}

post(router, "/invoices", invoices.RegisterInvoice)
for _path, _kind in SAID.items():
    post(router, f"/invoices/{{invoice}}/{_path}", _kind)
