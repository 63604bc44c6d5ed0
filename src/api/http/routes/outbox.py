"""The outbox: messages that wait to be sent or that failed, and their text."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.http.auth.authentication import allow
from api.http.auth.keys import Key, Role
from api.http.kit.read_endpoint import NEXT, Paging, Reading, documented
from api.http.kit.route import Route
from api.http.server.problems import Problem
from api.http.server.responses import as_json
from api.postman import outbox as pending
from api.postman.email.compose import Mail
from api.postman.render import render
from api.postman.templates import BadTemplate
from api.session import TenantSession
from ledger.facts.books import MESSAGE, kind_of_event, replay
from ledger.facts.outbound import OutboundMessage
from ledger.policy.refusal import NotFound
from projections.outbox import OUTBOX, Cursor, OutboxRow, behind, find

router = APIRouter(prefix="/v1", tags=["outbox"], route_class=Route)
Sender = Annotated[Key, allow(Role.COLLECTOR, Role.AUDITOR, all_units=True)]
TheMessage = Annotated[UUID, Path(alias="message", description="The `book_id` of its row.")]


@dataclass(frozen=True, slots=True)
class MessageText:
    """A message as it would be sent now; the token of an answer link is left out."""

    message: str
    status: str
    to: list[str]
    subject: str
    text: str
    attached: list[str]


@router.get("/outbox", responses=documented(list[OutboxRow], NEXT))
async def list_outbox(
    key: Sender, page: Paging, status: Literal["asked", "failed"] | None = None
) -> Response:
    """Return the messages that wait (`asked`) or need a person (`failed`), the oldest first."""
    query = find(key.tenant_id, status, page.after(Cursor), page.limit)
    return page.page(await page.rows(key, query, OUTBOX), behind)


@router.get("/outbox/{message}", responses=documented(MessageText))
async def show_message(message_id: TheMessage, key: Sender, read: Reading) -> Response:
    """Return the text of a message that waits or failed."""

    def shown() -> MessageText:
        session = read.app.session(key.tenant_id)
        return _text(session, _waiting(session, message_id))

    try:
        return as_json(await read.app.run_in_thread(shown))
    except BadTemplate as error:
        raise Problem("refused", str(error)) from None


def _waiting(session: TenantSession, message_id: UUID) -> OutboundMessage:
    """Find the message by the id of its book. Raises ``NotFound`` when it does not wait."""
    entries = session.ledger.history(message_id)
    if entries and kind_of_event(entries[0].event) is MESSAGE:
        message = replay(MESSAGE, message_id, entries).state
        if message.asked and message.status in ("asked", "failed"):
            return message
    raise NotFound("no-message", message=message_id)


def _text(session: TenantSession, message: OutboundMessage) -> MessageText:
    assert message.asked
    name = message.asked.message
    made = render(session, pending.find(session, name), hidden=True)
    to = made.recipients if isinstance(made, Mail) else made.to
    attached = made.attached if isinstance(made, Mail) else ()
    files = [file.name for file in attached]
    return MessageText(name, message.status, [*to], made.subject, made.text, files)
