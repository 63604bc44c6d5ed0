"""What may be said of a debtor as such, and of money that names no invoice."""

from fastapi import APIRouter

from api.http.posting import post
from commands import debtors
from commands.command import Command

router = APIRouter(prefix="/v1", tags=["Debtors"])

SAID: dict[str, type[Command]] = {
    "corrections": debtors.CorrectDebtor,
    "contacts": debtors.LogDebtorContact,
    "notes": debtors.AddDebtorNote,
    "credit-checks": debtors.RecordCreditCheck,
    "holds": debtors.HoldDebtor,
    "holds/release": debtors.ReleaseDebtor,
    "money": debtors.ReceiveMoney,
    "allocations": debtors.AllocateMoney,
    "returns": debtors.ReturnMoney,
}

post(router, "/debtors", debtors.RegisterDebtor)
for _path, _kind in SAID.items():
    post(router, f"/debtors/{{debtor}}/{_path}", _kind)
