"""What a full list would change, as it is kept with the job that checked it."""

from decimal import Decimal

import msgspec

from api.importing.formats.debtor_list import DebtorPlan
from api.importing.formats.snapshot import SnapshotPlan
from api.importing.line_commands import CannotImport

OF_INVOICES = {  # what changes, and its field of the plan, in the order of reading
    "New": "new",
    "Paid, in part or whole": "settled",
    "With another due date, debtor or currency": "changed",
    "Higher than here: only noted": "higher",
    "Not in the list: closed": "closed",
    "Not in the list: stay open": "left_open",
    "Credit notes and payments": "money",
    "Credit notes and payments that are used up": "gone",
    "As here": "same",
}


class Change(msgspec.Struct):
    """A number of invoices or debtors, and the amount in each currency."""

    what: str
    count: int
    amounts: dict[str, Decimal] = {}


class KeptPlan(msgspec.Struct):
    """A plan with what stands against it."""

    changes: list[Change]
    too_many: str = ""  # why the list seems incomplete


def kept(planned: SnapshotPlan | DebtorPlan) -> str:
    """Return the plan as text for the job."""
    if isinstance(planned, SnapshotPlan):
        found = {what: getattr(planned, name) for what, name in OF_INVOICES.items()}
        changes = [Change(what, part.count, part.amounts) for what, part in found.items()]
    else:
        changes = [
            Change("New", planned.new),
            Change("With other details", planned.changed),
            Change("Not in the list", len(planned.missing)),
            Change("As here", planned.same),
        ]
    try:
        planned.guard()
    except CannotImport as error:
        return msgspec.json.encode(KeptPlan(changes, str(error))).decode()
    return msgspec.json.encode(KeptPlan(changes)).decode()


def plan_in(text: str | None) -> KeptPlan | None:
    """Return the plan that a job kept, if it did."""
    return msgspec.json.decode(text, type=KeptPlan) if text else None
