"""``/debtors/{debtor}/messages``: write to a debtor about selected invoices, from a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.kit.debtor_file import DebtorFile, seen_debtor
from api.http.kit.read_endpoint import ReadRequest
from api.i18n.refusals import refusal_text
from api.pages.desk.act_routes import context_of
from api.pages.desk.frame import desk_page, reader
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Visitor, WritingVisitor, visitor, writing
from api.postman.dry_run import EmailText, email_texts, letter_texts
from api.postman.templates import BadTemplate, supported_language
from commands.execute import Plan, UnitOfWork, execute, preview
from commands.follow_up.writing import PURPOSES, write_to_debtor
from ledger.facts.books import DEBTOR
from ledger.facts.codes import Channel
from ledger.facts.entry import Entry
from ledger.policy.messages.languages import language_of
from ledger.policy.reachability import USES, can_reach
from ledger.policy.refusal import NotFound, Refused
from projections import invoices
from projections.invoices import INVOICES

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Writing = Annotated[Visitor, visitor(Role.COLLECTOR, all_units=True)]
WritingForm = Annotated[WritingVisitor, writing(Role.COLLECTOR, all_units=True)]
Number = Annotated[str, Query(max_length=200)]
MOST = 100  # open invoices to select from
NAMES = {
    "invoice-copy": "Copy of an invoice, before it is due",
    "reminder": "Reminder",
    "fourteen-days": "Fourteen days' notice",
    "final-notice": "Final notice",
}
CHANNELS = {Channel.EMAIL: "By mail", Channel.LETTER: "By letter"}


@dataclass(frozen=True)
class Choice:
    """What a person chose to write."""

    numbers: tuple[str, ...]
    template: str
    channel: Channel

    def plan(self, debtor: str, work: UnitOfWork) -> Any:
        return write_to_debtor(work, debtor, self.numbers, self.template, self.channel)


@router.get("/debtors/{debtor}/messages")
async def write_message(visitor: Writing, debtor: UUID, number: Number = "") -> Response:
    """Show the open invoices and the texts to choose from."""
    return await _page(visitor, debtor, await _file(visitor, debtor, number))


@router.post("/debtors/{debtor}/messages")
async def send_message(visitor: WritingForm, debtor: UUID) -> Response:
    """Show the message as it would be sent; or send it, if it is what was shown."""
    form = visitor.form
    file = await _file(visitor, debtor, form.get("number", ""))
    choice = _choice(visitor)
    try:
        shown = await visitor.app.run_in_thread(
            partial(_preview, visitor, partial(choice.plan, file.number))
        )
    except (Refused, BadTemplate) as error:
        why = why_unsent(visitor, error)
        return await _page(visitor, debtor, file, choice, faults={"": why}, status=409)
    if form.get("do") != "send":
        return await _page(visitor, debtor, file, choice, shown)
    if form.get("seen") != mark_of(shown):
        changed = {"": visitor.words("It has changed since you saw it. Look at it again.")}
        return await _page(visitor, debtor, file, choice, shown, changed, 409)
    plan = partial(choice.plan, file.number)
    receipt = await visitor.app.run_in_thread(
        lambda: execute(visitor.tenant.ledger, plan, context_of(visitor))
    )
    back = f"/debtors/{debtor}?number={quote(file.number, safe='')}"
    return see_other(f"{back}&written=1&at_least={receipt.position}")


def _choice(visitor: WritingVisitor) -> Choice:
    form = visitor.form
    given = form.get("channel", "")
    channel = Channel.LETTER if given == Channel.LETTER.value else Channel.EMAIL
    numbers = tuple(dict.fromkeys(form.several.get("invoice", [])))
    return Choice(numbers, form.get("template", ""), channel)


def _preview(visitor: Visitor, plan: Plan) -> EmailText:
    return as_sent(visitor, preview(visitor.tenant.ledger, plan, context_of(visitor)))


def as_sent(visitor: Visitor, entries: Sequence[Entry]) -> EmailText:
    """Return the message of entries as it would be sent. Raises ``Refused`` or ``BadTemplate``."""
    session = visitor.tenant
    made = [*email_texts(session, entries), *letter_texts(session, entries)]
    if not made:
        raise Refused("not-to-be-sent", why="")
    return made[0]


def why_unsent(visitor: Visitor, error: Refused | BadTemplate) -> str:
    """Return why a message is not shown, in the reader's language."""
    if isinstance(error, Refused):
        return refusal_text(error, visitor.words)
    return reader(visitor).reason(str(error))


def mark_of(shown: EmailText) -> str:
    """Return what a form carries to prove that this very message was seen."""
    return sha256(repr((shown.to, shown.subject, shown.text)).encode()).hexdigest()[:32]


async def _file(visitor: Visitor, debtor: UUID, number: str) -> DebtorFile:
    read = ReadRequest(visitor.request, visitor.app)
    file = await seen_debtor(read, visitor.key, number or str(debtor), visitor.today())
    if file.debtor is None:
        raise NotFound("no-debtor", debtor=file.number)
    return file


async def _page(
    visitor: Visitor,
    debtor: UUID,
    file: DebtorFile,
    choice: Choice | None = None,
    shown: EmailText | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    key, today = visitor.key, visitor.today()
    query = invoices.find(
        key.tenant_id, {"debtor": file.number}, limit=MOST, only_open=True, scope=key.scope
    )
    rows = await ReadRequest(visitor.request, visitor.app).rows(key, query, INVOICES)
    session, run = visitor.tenant, visitor.app.run_in_thread
    state = await run(lambda: session.ledger.book(DEBTOR, file.number).state)
    home = await run(lambda: session.playbook()[1].calendar.country)
    usual = [row.number for row in rows if row.due_on < today and row.undisputed_amount > 0]
    channels = {channel: word for channel, word in CHANNELS.items() if can_reach(state, channel)}
    facts = {
        "id": debtor,
        "file": file,
        "name": state.name or file.number,
        "rows": [row for row in rows if row.open_amount > 0],
        "chosen": choice.numbers if choice else usual,
        "template": choice.template if choice else "reminder",
        "channel": choice.channel if choice else next(iter(channels), Channel.EMAIL),
        "channels": channels,
        "addresses": {channel: getattr(state, USES[channel]) for channel in channels},
        "templates": {name: NAMES[name] for name in NAMES if name in PURPOSES},
        "shown": shown,
        "seen": mark_of(shown) if shown else "",
        "language": supported_language(language_of(state, home)),
        "faults": faults or {},
    }
    return await desk_page(visitor, "desk/message.html", "debtors", facts, status)
