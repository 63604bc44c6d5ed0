"""Commands about a case: they change all of its invoices, or none."""

from functools import partial
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.cases import rows_of_case
from api.http.kit.command_endpoint import CollectorWriter, Writer, writer_for
from api.http.kit.command_routes import written
from api.http.kit.route import Route
from commands.context import Reactions
from commands.disputes import resolutions
from commands.disputes.approvals import ApproveCredit, RefuseCredit, RequestCredit
from commands.disputes.case import CaseCommand, of_open_parts
from commands.disputes.resolvers import (
    AssignResolver,
    EscalateDispute,
    MoveFollowUpDate,
    RecordAnswer,
    RemindResolver,
    UpdateDisputeComment,
)
from commands.fields import Reference, RequiredText
from ledger.policy.refusal import NotFound, Refused

C = TypeVar("C", bound=CaseCommand)
router = APIRouter(prefix="/v1", tags=["disputes"], route_class=Route)
COMMANDS: dict[str, type[CaseCommand]] = {
    "comment": UpdateDisputeComment,
    "reschedule": MoveFollowUpDate,
    "answer": RecordAnswer,
    "escalate": EscalateDispute,
    "notice": resolutions.RecordOutcomeNotice,
    "void": resolutions.VoidDispute,
}
WITH_REACTIONS: dict[str, type[CaseCommand]] = {  # the playbook reacts to them
    "assign": AssignResolver,
    "remind": RemindResolver,
    "request-credit": RequestCredit,
    "resolve": resolutions.ResolveDispute,
    "reopen": resolutions.ReopenDispute,
}
BY_RESOLVERS = {"answer", "comment"}
REACTIONS = {True: Reactions.ALWAYS, False: Reactions.NONE, None: None}
BY_PATH = {"invoice", "case_id"}
AMOUNTS = {"amount", "credited", "contested"}  # each invoice of a case has its own
AtLeast = Annotated[
    int | None,
    Query(ge=0, le=2**63 - 1, description="the position of the entry that opened the case"),
]


class CaseBody(Body[C]):
    """A command about a case."""

    invoice: Reference | None = Field(
        None, exclude=True, description="of the case; all of its invoices when omitted"
    )

    @property
    def reactions(self) -> Reactions | None:
        return Reactions.NONE


class RunBody(CaseBody[C]):
    """A command about a case, which the playbook may react to."""

    run: StrictBool | None = Field(
        None,
        exclude=True,
        description="run the playbook's reactions; when omitted, if a playbook was applied",
    )

    @property
    def reactions(self) -> Reactions | None:
        return REACTIONS[self.run]


@FieldsOf(ApproveCredit, BY_PATH)
class CreditDecision(RunBody[ApproveCredit | RefuseCredit]):
    """The decision on a credit that was requested."""

    decision: Literal["approve", "refuse"] = Field(exclude=True)
    why: RequiredText | None = Field(None, description="of a refusal")


@router.post("/disputes/{case}/decide-credit", **written("decide-credit"))
async def decide_credit(
    case: UUID, body: CreditDecision, writer: CollectorWriter, at_least: AtLeast = None
) -> Response:
    """Approve or refuse the requested credit.

    An amount above the limit of the approver is passed on to the next approver.
    """
    kind = ApproveCredit if body.decision == "approve" else RefuseCredit
    return await _write(case, body, kind, writer, at_least)


def _add(path: str, kind: type[C]) -> None:
    roles = (Role.COLLECTOR, Role.RESOLVER) if path in BY_RESOLVERS else (Role.COLLECTOR,)

    @router.post(f"/disputes/{{case}}/{path}", **written(kind.verb(), kind.__doc__))
    async def write(
        case: UUID,
        body: Annotated[CaseBody[C], FieldsOf(kind, BY_PATH)],
        writer: Annotated[Writer, writer_for(*roles)],
        at_least: AtLeast = None,
    ) -> Response:
        return await _write(case, body, kind, writer, at_least)


def _add_with_reactions(path: str, kind: type[C]) -> None:
    @router.post(f"/disputes/{{case}}/{path}", **written(kind.verb(), kind.__doc__))
    async def write(
        case: UUID,
        body: Annotated[RunBody[C], FieldsOf(kind, BY_PATH)],
        writer: CollectorWriter,
        at_least: AtLeast = None,
    ) -> Response:
        return await _write(case, body, kind, writer, at_least)


async def _write(
    case: UUID, body: CaseBody[C], kind: type[C], writer: Writer, at_least: int | None
) -> Response:
    """Execute the command for the invoice in the body, or all invoices of the case.

    What only an open part can have, such as an answer, the parts that are over are left out of.

    Raises ``NotFound`` or ``Refused``.
    """
    rows = await rows_of_case(writer.app, writer.key, case, at_least)
    numbers = [row.invoice for row in rows if body.invoice in (None, row.invoice)]
    if not numbers:
        raise NotFound("invoice-not-in-dispute", case=case, invoice=body.invoice)
    if len(numbers) > 1 and any(body.sent().get(name) is not None for name in AMOUNTS):
        raise Refused("amount-of-which-invoice", "invoice", invoices=", ".join(numbers))
    commands = [body.command(kind, invoice=number, case_id=case) for number in numbers]
    if len(commands) == 1:
        return await writer.execute(commands, reactions=body.reactions)
    return await writer.execute(partial(of_open_parts, commands), reactions=body.reactions)


for _path, _kind in COMMANDS.items():
    _add(_path, _kind)
for _path, _kind in WITH_REACTIONS.items():
    _add_with_reactions(_path, _kind)
