"""The inbox: mails that came in and wait for a person, what he says of them, and what he adds."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.http.auth.authentication import Collector, TheOffice
from api.http.auth.keys import Key
from api.http.kit.bodies import Body, body_of
from api.http.kit.command_endpoint import OnTerms, write
from api.http.kit.command_routes import add_route
from api.http.kit.read_endpoint import NEXT, Paging, documented
from api.http.server.problems import Problem
from api.http.server.state import AppState
from api.inbox import manual_entry
from commands.context import Reactions
from commands.inbox.triage import AssignInbound, DismissInbound, LogInboundContact
from ledger.facts.books import INCOMING, kind_of_event, replay
from ledger.facts.inbound import InboundMessage, Sender
from ledger.policy.refusal import NotFound
from projections.inbox import INBOX, InboxRow, waiting

router = APIRouter(prefix="/v1", tags=["Inbox"])
TheMail = Annotated[UUID, Path(alias="mail", description="The `id` of its row in the inbox.")]


@dataclass(frozen=True, slots=True)
class MailSuggestion:
    """What a mail may be about. An empty invoice means the debtor as such."""

    invoice: str
    debtor: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class InboxMail:
    """A mail that waits: `why` says for what, `invoices` where it is logged already."""

    id: UUID
    mail: str
    received_on: date
    channel: str
    mailbox: str
    sender: str
    sent_by: str
    name: str
    subject: str
    text: str
    document: str
    attachments: list[str]
    invoices: list[str]
    debtor: str
    why: str
    flags: list[str]
    suggestions: list[MailSuggestion]


@router.get("/inbox", responses=documented(list[InboxMail], NEXT))
async def list_inbox(
    key: Collector,
    page: Paging,
    sender: Annotated[Sender | None, Query(description="Who is behind it.")] = None,
) -> Response:
    """Mails that wait for a person, the oldest first, a page at a time.

    A key for some business units sees none: nobody knows yet whose they are."""
    after = page.after(tuple[date, UUID])
    query = waiting(key.tenant_id, sender and sender.value, after, page.limit)
    rows = await page.rows(key, query, INBOX) if key.scope.is_everything else []
    return page.page(rows, lambda row: (row.received_on, row.id), [_told(row) for row in rows])


async def add_to_inbox(said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
    if not key.scope.is_everything:
        raise Problem("not-allowed", "This is for collectors of all business units.")
    told = LogInboundContact.model_validate(said.given())
    session = await app.run_in_thread(lambda: app.session(key.tenant_id))
    plan = await app.run_in_thread(lambda: manual_entry.add_plan(session, told))
    return await write(app, key, on, plan, reactions=Reactions.IF_APPLIED)


async def assign(mail: TheMail, said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
    there = await incoming(app, key, mail)
    command = AssignInbound.model_validate({**said.given(), "mail": there.number})
    session = await app.run_in_thread(lambda: app.session(key.tenant_id))
    plan = manual_entry.assign_plan(session, command)
    return await write(app, key, on, plan, reactions=Reactions.IF_APPLIED)


async def dismiss(mail: TheMail, said: Body, key: Collector, app: TheOffice, on: OnTerms) -> Any:
    there = await incoming(app, key, mail)
    command = DismissInbound.model_validate({**said.given(), "mail": there.number})
    return await write(app, key, on, [command])


async def incoming(app: AppState, key: Key, mail: UUID) -> InboundMessage:
    """Raises ``NotFound`` also for a key that does not see the inbox."""
    ledger = (await app.run_in_thread(lambda: app.session(key.tenant_id))).ledger
    entries = await app.run_in_thread(lambda: ledger.history(mail))
    if (
        not key.scope.is_everything
        or not entries
        or kind_of_event(entries[0].event) is not INCOMING
    ):
        raise NotFound("no-mail", mail=mail)
    return replay(INCOMING, mail, entries).state


def _told(row: InboxRow) -> InboxMail:
    suggestions = zip(
        row.suggested_invoices,
        row.suggested_debtors,
        row.suggested_reasons,
        row.suggestions,
        strict=True,
    )
    return InboxMail(
        id=row.id,
        mail=row.mail,
        received_on=row.received_on,
        channel=row.channel,
        mailbox=row.mailbox,
        sender=row.sender,
        sent_by=row.from_,
        name=row.name,
        subject=row.subject,
        text=row.text,
        document=row.document,
        attachments=row.attachments,
        invoices=row.invoices,
        debtor=row.debtor,
        why=row.why,
        flags=row.flags,
        suggestions=[MailSuggestion(*one) for one in suggestions],
    )


add_to_inbox.__annotations__["said"] = body_of(LogInboundContact)
assign.__annotations__["said"] = body_of(AssignInbound, "mail")
dismiss.__annotations__["said"] = body_of(DismissInbound, "mail")
add_route(router, "/inbox", add_to_inbox, "add-to-inbox", LogInboundContact.__doc__)
add_route(router, "/inbox/{mail}/assign", assign, AssignInbound.verb(), AssignInbound.__doc__)
add_route(router, "/inbox/{mail}/dismiss", dismiss, DismissInbound.verb(), DismissInbound.__doc__)
