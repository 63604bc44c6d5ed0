"""Commands about a debtor, and about money that names no invoice."""

from fastapi import APIRouter

from api.http.kit.command_routes import add_book_command, add_command
from api.http.kit.route import Route
from commands.command import Command
from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.money import (
    AllocateCredit,
    AllocateMoney,
    ReceiveMoney,
    ReturnMoney,
    ReverseMoney,
)
from commands.debtors.registration import CorrectDebtor, RecordCreditCheck, RegisterDebtor

router = APIRouter(prefix="/v1", tags=["debtors"], route_class=Route)

COMMANDS: dict[str, type[Command]] = {
    "corrections": CorrectDebtor,
    "contacts": LogDebtorContact,
    "notes": AddDebtorNote,
    "credit-checks": RecordCreditCheck,
    "holds": HoldDebtor,
    "holds/release": ReleaseDebtor,
    "money": ReceiveMoney,
    "allocations": AllocateMoney,
    "credit-allocations": AllocateCredit,
    "returns": ReturnMoney,
    "reversals": ReverseMoney,
}

add_command(router, "/debtors", RegisterDebtor)
for _path, _kind in COMMANDS.items():
    add_book_command(router, f"/debtors/{{debtor}}/{_path}", _kind)
