"""Disputes over one or several invoices: what is said of a case is said of all of them, or none."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool

from api.http.asking import Collector, Solver, TheOffice
from api.http.bodies import Body, body_of
from api.http.keys import Key
from api.http.office import Office
from api.http.posting import add
from api.http.problems import Problem
from api.http.writing import OnTerms, write
from commands import approvals, disputes, resolutions
from commands.command import Day, Number, Text, Words
from commands.contested import Contested
from commands.context import Overrides, Reactions
from commands.disputes import CaseCommand, OpenDispute
from ledger.policy.refusal import Refused, Unknown
from projections.disputes import DisputeRow, of_case

router = APIRouter(prefix="/v1", tags=["Disputes"])

SAID: dict[str, type[CaseCommand]] = {
    "assign": disputes.AssignResolver,
    "comment": disputes.UpdateDisputeComment,
    "reschedule": disputes.MoveFollowUpDate,
    "remind": disputes.RemindResolver,
    "answer": disputes.RecordAnswer,
    "escalate": disputes.EscalateDispute,
    "request-credit": approvals.RequestCredit,
    "resolve": resolutions.ResolveDispute,
    "notice": resolutions.RecordOutcomeNotice,
    "reopen": resolutions.ReopenDispute,
    "void": resolutions.VoidDispute,
}
BY_RESOLVERS = {"answer", "comment", "notice"}
FOLLOWED = {"assign", "resolve", "reopen", "request-credit"}  # by what the playbook says
REACTIONS = {True: Reactions.ALWAYS, False: Reactions.NONE, None: None}  # as ``run`` says
RUN_OR_NOT = "do what follows by the playbook, or tell nobody; left out: do, if one was applied"
RUN = (StrictBool | None, Field(None, description=RUN_OR_NOT))
AMOUNTS = {"amount", "credited", "contested"}  # each invoice of a case has its own

AtLeast = Annotated[
    int | None, Query(ge=0, le=2**63 - 1, description="the position at which the case was opened")
]
ONE = (Number | None, Field(None, description="of the case; all of its invoices when left out"))


class RegisterDispute(OpenDispute, frozen=True):
    """The debtor will not pay, and says why: follow-up rests from here.

    With `run` the playbook does the rest in the same write: who must solve it is asked, by a
    working day, and the debtor hears that it came in. What else is said replaces its suggestions.
    """

    run: bool = Field(False, description="do what follows by the playbook")
    resolver: Words | None = Field(None, description="with run: in place of the playbook's")
    expected: Text = Field("", description="with run: what the resolver must answer")
    follow_up_on: Day | None = Field(None, description="with run: by when")


class DecideCredit(approvals.ApproveCredit, frozen=True):
    """The credit that was requested may be given, or not.

    Who approves more than the playbook lets him give has it asked of the next approver.
    """


ITS_OWN = sorted(Contested.model_fields.keys() - {"on"})  # is said for each invoice apart
TheContested = body_of(Contested, "on")
OverInvoices: Any = body_of(
    RegisterDispute,
    *ITS_OWN,
    invoices=(tuple[TheContested, ...], Field(min_length=1, max_length=100)),  # type: ignore[valid-type]
)
Decision: Any = body_of(
    DecideCredit,
    "invoice",
    "case_id",
    invoice=ONE,
    decision=(Literal["approve", "refuse"], Field()),
    why=(Words | None, Field(None, description="of a refusal")),
    run=RUN,
)


SUGGESTED = {"resolver", "expected", "follow_up_on"}


async def open_dispute(said: Any, key: Collector, office: TheOffice, on: OnTerms) -> Any:
    given = said.given()
    parts, runs = given.pop("invoices"), given.pop("run", False)
    asked = {name: given.pop(name) for name in SUGGESTED & given.keys()}
    if asked and not runs:
        raise Refused("only-with-run", min(asked))
    first = OpenDispute.model_validate({**given, **parts[0]})
    shared = first.model_dump(exclude=set(ITS_OWN))
    wishes = [OpenDispute.model_validate({**shared, **one}) for one in parts]
    own = Overrides(**asked)
    return await write(office, key, on, wishes, reactions=REACTIONS[bool(runs)], overrides=own)


async def decide_credit(
    case: UUID,
    said: Any,
    key: Collector,
    office: TheOffice,
    on: OnTerms,
    at_least: AtLeast = None,
) -> Any:
    given = said.given()
    approved, run = given.pop("decision") == "approve", given.pop("run", None)
    kind = approvals.ApproveCredit if approved else approvals.RefuseCredit
    rows = await _rows(office, key, case, at_least)
    wishes = _each(kind, case, rows, given)
    return await write(office, key, on, wishes, reactions=REACTIONS[run])


def _post(path: str, kind: type[CaseCommand]) -> None:
    async def run(
        case: UUID,
        said: Body,
        key: Collector,
        office: TheOffice,
        on: OnTerms,
        at_least: AtLeast = None,
    ) -> Any:
        given = said.given()
        reactions = REACTIONS[given.pop("run", None) if path in FOLLOWED else False]
        rows = await _rows(office, key, case, at_least)
        return await write(office, key, on, _each(kind, case, rows, given), reactions=reactions)

    more = {"run": RUN} if path in FOLLOWED else {}
    run.__annotations__["said"] = body_of(kind, "invoice", "case_id", invoice=ONE, **more)
    run.__annotations__["key"] = Solver if path in BY_RESOLVERS else Collector
    add(router, f"/disputes/{{case}}/{path}", run, kind.verb(), kind.__doc__)


async def parts_of(office: Office, tenant: str, case: UUID) -> list[DisputeRow]:
    """The case's part in each of its invoices."""
    rows = await office.ask(of_case(tenant, case))
    if not rows:  # it may have been opened a moment ago
        desk = await office.in_thread(lambda: office.desk(tenant))
        head = await office.in_thread(desk.ledger.head)
        await office.wait_for(tenant, ["disputes"], head)
        rows = await office.ask(of_case(tenant, case))
    return rows


async def _rows(office: Office, key: Key, case: UUID, at_least: int | None) -> list[DisputeRow]:
    """The invoices of the case that the key may write of. Raises ``Unknown`` or ``Problem``."""
    if at_least:
        await office.wait_for(key.tenant_id, ["disputes"], at_least)
    rows = await parts_of(office, key.tenant_id, case)
    seen = [row for row in rows if key.scope.sees_dispute(row, row)]
    if not seen:
        raise Unknown("no-dispute", case=case)
    if len(seen) < len(rows) and not key.scope.is_resolver:
        raise Problem("not-allowed", "The case is over business units that your key is not for.")
    return seen


def _each(
    kind: type[CaseCommand], case: UUID, rows: list[DisputeRow], given: dict[str, Any]
) -> list[CaseCommand]:
    """The wish, for each invoice or the one it names. Raises ``Unknown`` or ``Refused``."""
    named = given.pop("invoice", None)
    numbers = [row.invoice for row in rows if named in (None, row.invoice)]
    if not numbers:
        raise Unknown("invoice-not-in-dispute", case=case, invoice=named)
    if len(numbers) > 1 and any(given.get(name) is not None for name in AMOUNTS):
        raise Refused("amount-of-which-invoice", "invoice", invoices=", ".join(numbers))
    return [
        kind.model_validate({**given, "case_id": case, "invoice": number}) for number in numbers
    ]


open_dispute.__annotations__["said"] = OverInvoices
decide_credit.__annotations__["said"] = Decision
add(router, "/disputes", open_dispute, OpenDispute.verb(), RegisterDispute.__doc__)
add(router, "/disputes/{case}/decide-credit", decide_credit, "decide-credit", DecideCredit.__doc__)
for _path, _kind in SAID.items():
    _post(_path, _kind)
