"""Disputes over one or several invoices: what is said of a case is said of all of them, or none."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool

from api.http.auth.authentication import Collector, Solver, TheOffice
from api.http.kit.bodies import Body, body_of
from api.http.kit.cases import rows_of_case
from api.http.kit.command_endpoint import OnTerms, write
from api.http.kit.command_routes import add_route
from commands.context import Overrides, Reactions
from commands.disputes import resolutions
from commands.disputes.approvals import ApproveCredit, RefuseCredit, RequestCredit
from commands.disputes.case import CaseCommand
from commands.disputes.contested import ContestedAmount
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import (
    AssignResolver,
    EscalateDispute,
    MoveFollowUpDate,
    RecordAnswer,
    RemindResolver,
    UpdateDisputeComment,
)
from commands.fields import BusinessDate, Reference, RequiredText, Text
from ledger.policy.refusal import NotFound, Refused
from projections.disputes import DisputeRow

router = APIRouter(prefix="/v1", tags=["Disputes"])
COMMANDS: dict[str, type[CaseCommand]] = {
    "assign": AssignResolver,
    "comment": UpdateDisputeComment,
    "reschedule": MoveFollowUpDate,
    "remind": RemindResolver,
    "answer": RecordAnswer,
    "escalate": EscalateDispute,
    "request-credit": RequestCredit,
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
ONE = (Reference | None, Field(None, description="of the case; all of its invoices when left out"))


class RegisterDispute(OpenDispute, frozen=True):
    """The debtor will not pay, and says why: follow-up rests from here.

    With `run` the playbook does the rest in the same write: who must solve it is asked, by a
    working day, and the debtor hears that it came in. What else is said replaces its suggestions.
    """

    run: bool = Field(False, description="do what follows by the playbook")
    resolver: RequiredText | None = Field(None, description="with run: in place of the playbook's")
    expected: Text = Field("", description="with run: what the resolver must answer")
    follow_up_on: BusinessDate | None = Field(None, description="with run: by when")


class DecideCredit(ApproveCredit, frozen=True):
    """The credit that was requested may be given, or not.

    Who approves more than the playbook lets him give has it asked of the next approver.
    """


ITS_OWN = sorted(ContestedAmount.model_fields.keys() - {"on"})  # is said for each invoice apart
TheContested = body_of(ContestedAmount, "on")
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
    why=(RequiredText | None, Field(None, description="of a refusal")),
    run=RUN,
)
SUGGESTED = {"resolver", "expected", "follow_up_on"}


async def open_dispute(said: Any, key: Collector, app: TheOffice, on: OnTerms) -> Any:
    given = said.given()
    parts, runs = given.pop("invoices"), given.pop("run", False)
    asked = {name: given.pop(name) for name in SUGGESTED & given.keys()}
    if asked and not runs:
        raise Refused("only-with-run", min(asked))
    first = OpenDispute.model_validate({**given, **parts[0]})
    shared = first.model_dump(exclude=set(ITS_OWN))
    commands = [OpenDispute.model_validate({**shared, **one}) for one in parts]
    own = Overrides(**asked)
    return await write(app, key, on, commands, reactions=REACTIONS[bool(runs)], overrides=own)


async def decide_credit(
    case: UUID,
    said: Any,
    key: Collector,
    app: TheOffice,
    on: OnTerms,
    at_least: AtLeast = None,
) -> Any:
    given = said.given()
    approved, run = given.pop("decision") == "approve", given.pop("run", None)
    kind = ApproveCredit if approved else RefuseCredit
    rows = await rows_of_case(app, key, case, at_least)
    commands = _each(kind, case, rows, given)
    return await write(app, key, on, commands, reactions=REACTIONS[run])


def _post(path: str, kind: type[CaseCommand]) -> None:
    async def run(
        case: UUID,
        said: Body,
        key: Collector,
        app: TheOffice,
        on: OnTerms,
        at_least: AtLeast = None,
    ) -> Any:
        given = said.given()
        reactions = REACTIONS[given.pop("run", None) if path in FOLLOWED else False]
        rows = await rows_of_case(app, key, case, at_least)
        return await write(app, key, on, _each(kind, case, rows, given), reactions=reactions)

    more = {"run": RUN} if path in FOLLOWED else {}
    run.__annotations__["said"] = body_of(kind, "invoice", "case_id", invoice=ONE, **more)
    run.__annotations__["key"] = Solver if path in BY_RESOLVERS else Collector
    add_route(router, f"/disputes/{{case}}/{path}", run, kind.verb(), kind.__doc__)


def _each(
    kind: type[CaseCommand], case: UUID, rows: list[DisputeRow], given: dict[str, Any]
) -> list[CaseCommand]:
    """The wish, for each invoice or the one it names. Raises ``NotFound`` or ``Refused``."""
    named = given.pop("invoice", None)
    numbers = [row.invoice for row in rows if named in (None, row.invoice)]
    if not numbers:
        raise NotFound("invoice-not-in-dispute", case=case, invoice=named)
    if len(numbers) > 1 and any(given.get(name) is not None for name in AMOUNTS):
        raise Refused("amount-of-which-invoice", "invoice", invoices=", ".join(numbers))
    return [
        kind.model_validate({**given, "case_id": case, "invoice": number}) for number in numbers
    ]


open_dispute.__annotations__["said"] = OverInvoices
decide_credit.__annotations__["said"] = Decision
add_route(router, "/disputes", open_dispute, OpenDispute.verb(), RegisterDispute.__doc__)
add_route(
    router, "/disputes/{case}/decide-credit", decide_credit, "decide-credit", DecideCredit.__doc__
)
for _path, _kind in COMMANDS.items():
    _post(_path, _kind)
