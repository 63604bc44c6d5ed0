"""The inbox: messages that wait for a collector, their triage, and manual entries."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.http.auth.authentication import Collector
from api.http.auth.keys import Key, Role
from api.http.kit.bodies import Body, FieldsOf
from api.http.kit.command_endpoint import CollectorWriter, Writer, writer_for
from api.http.kit.command_routes import visible_book, written
from api.http.kit.read_endpoint import NEXT, Paging, documented
from api.http.kit.route import Route
from api.http.server.state import AppState
from api.inbox import manual_entry
from api.inbox.waiting_mail import InboxMail, waiting_mail
from commands.context import Reactions
from commands.inbox.triage import AssignInbound, DismissInbound, LogInboundContact
from ledger.facts.books import INCOMING
from ledger.facts.inbound import InboundMessage, Sender
from ledger.policy.refusal import NotFound
from projections.inbox import INBOX, waiting

router = APIRouter(prefix="/v1", tags=["inbox"], route_class=Route)
BY_PATH = {"mail"}
RegistrarWriter = Annotated[Writer, writer_for(Role.COLLECTOR, all_units=True)]
TheMail = Annotated[UUID, Path(alias="mail", description="The `id` of its row in the inbox.")]


@router.get("/inbox", responses=documented(list[InboxMail], NEXT))
async def list_inbox(
    key: Collector,
    page: Paging,
    sender: Annotated[Sender | None, Query(description="The kind of sender.")] = None,
) -> Response:
    """Return mails that wait for a collector, the oldest first, page by page.

    A key for some business units sees none: their business unit is not known yet.
    """
    after = page.after(tuple[date, UUID])
    query = waiting(key.tenant_id, sender and sender.value, after, page.limit)
    rows = await page.rows(key, query, INBOX) if key.scope.is_everything else []
    mails = [waiting_mail(row) for row in rows]
    return page.page(rows, lambda row: (row.received_on, row.id), mails)


@router.post("/inbox", **written("add-to-inbox", LogInboundContact.__doc__))
async def add_to_inbox(
    body: Annotated[Body[LogInboundContact], FieldsOf(LogInboundContact)], writer: RegistrarWriter
) -> Response:
    entry, app, session = body.command(LogInboundContact), writer.app, writer.session
    plan = await app.run_in_thread(lambda: manual_entry.add_plan(session, entry))
    return await writer.execute(plan, reactions=Reactions.IF_APPLIED)


@router.post("/inbox/{mail}/assign", **written(AssignInbound.verb(), AssignInbound.__doc__))
async def assign(
    mail: TheMail,
    body: Annotated[Body[AssignInbound], FieldsOf(AssignInbound, BY_PATH)],
    writer: CollectorWriter,
) -> Response:
    message = await incoming(writer.app, writer.key, mail)
    command = body.command(AssignInbound, mail=message.number)
    plan = manual_entry.assign_plan(writer.session, command)
    return await writer.execute(plan, reactions=Reactions.IF_APPLIED)


@router.post("/inbox/{mail}/dismiss", **written(DismissInbound.verb(), DismissInbound.__doc__))
async def dismiss(
    mail: TheMail,
    body: Annotated[Body[DismissInbound], FieldsOf(DismissInbound, BY_PATH)],
    writer: CollectorWriter,
) -> Response:
    message = await incoming(writer.app, writer.key, mail)
    return await writer.execute([body.command(DismissInbound, mail=message.number)])


async def incoming(app: AppState, key: Key, mail: UUID) -> InboundMessage:
    """Find a mail. Raises ``NotFound`` also when the key may not see the inbox."""
    message = await visible_book(app, key, INCOMING, mail)
    if message is None:
        raise NotFound("no-mail", mail=mail)
    return message
