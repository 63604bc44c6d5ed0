"""``/contact/{tenant}``: a debtor writes to us about an invoice, without logging in.

The answer is always the same: it does not reveal whether the invoice exists. The message is matched
as an e-mail is, by the number and an address that we know of the debtor.
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import unquote
from uuid import UUID, uuid4

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.auth.authentication import TheApp
from api.http.auth.rate_limit import network
from api.http.server.problems import TYPES, Problem
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.inbox.lookup import SECONDS_OF_A_REQUEST, catch_up_names
from api.inbox.receive import receive
from api.pages.kit.brand import brand_of
from api.pages.kit.form import FilledForm, filled
from api.pages.kit.html import notice_page, render_page
from api.pages.kit.limits import TOO_OFTEN, has_room, take_bytes
from api.session import TenantSession
from commands.inbox.message import Address, Attachment, ParsedMessage
from ledger.database.tenants import UnknownTenant
from ledger.facts.codes import Channel
from ledger.policy.validation import ADDRESS

router = APIRouter(include_in_schema=False)
SETTING = "DOSSIER_PUBLIC_FORM"
ACTOR = "form"
MAX_DOCUMENT_BYTES = 10_000_000
MAX_TEXT_LENGTH = 10_000
SHORT = {"name": 200, "email": 254, "invoice": 100}  # maximal lengths of the other fields
NOTHING: dict[str, str] = {}
UNREADABLE = "The form could not be read. Please fill it in again."
NO_MORE_BYTES = "No more documents can be received here today. Please send your message without it."
PROBLEMS = {
    "too-large": "The document is too large: at most {mb} MB.",
    "too-many-requests": TOO_OFTEN,
}


def open_to() -> frozenset[str]:
    """Return the tenants with a public form, of ``$DOSSIER_PUBLIC_FORM``."""
    return frozenset(unquote(name) for name in os.environ.get(SETTING, "").split())


@router.get("/contact/{tenant}")
async def show(tenant: str, request: Request, app: TheApp) -> Response:
    return await _form(tenant, request, app, NOTHING)


@router.post("/contact/{tenant}")
async def receive_form(tenant: str, request: Request, app: TheApp) -> Response:
    if tenant not in request.app.state.public:
        return _nowhere()
    _ = translation_for(request)
    try:
        request.app.state.limits.take(tenant, request.client.host if request.client else "")
        form = await filled(request, MAX_DOCUMENT_BYTES)
    except Problem as problem:
        wrong = _(PROBLEMS.get(problem.slug, UNREADABLE), mb="10")
        return await _form(tenant, request, app, NOTHING, wrong, status=TYPES[problem.slug][0])
    if faults := list(_faults(form, _)):
        return await _form(tenant, request, app, form.fields, *faults, status=422)
    if not form.fields.get("website"):  # a hidden field, which only a machine fills in
        try:
            session = await app.run_in_thread(lambda: app.session(tenant))
        except UnknownTenant:
            return _nowhere()
        address = network(request.client.host if request.client else "")
        if not await app.run_in_thread(lambda: _receive(session, form, address)):
            return await _form(tenant, request, app, form.fields, _(NO_MORE_BYTES), status=429)
    return notice_page(
        _("Thank you"), _("We received your message and will read it."), lang=_.language
    )


def _faults(form: FilledForm, _: Translation) -> Iterator[str]:
    fields = form.fields
    too_long = any(len(fields.get(name, "")) > most for name, most in SHORT.items())
    if too_long or not _is_id(fields.get("form", "")):
        yield _(UNREADABLE)
    if not ADDRESS.fullmatch(fields.get("email", "")):
        yield _("Your e-mail address: write it in full, such as you@company.example.")
    if not 0 < len(fields.get("text", "")) <= MAX_TEXT_LENGTH:
        yield _(
            "What you want to tell us: write at most {most} characters, and at least one.",
            most=str(MAX_TEXT_LENGTH),
        )


def _receive(session: TenantSession, form: FilledForm, network: str) -> bool:
    """Receive the message, once: the page gave the form an id. Return False when its document is
    too much for today, or for what is kept unfiled."""
    senders = {"DOSSIER_FORM_BYTES": network, "DOSSIER_FORM_BYTES_OF_ALL": ACTOR}
    if form.content and not (
        has_room(session, len(form.content)) and take_bytes(session, len(form.content), senders)
    ):
        return False
    fields = {name: form.fields.get(name, "") for name in (*SHORT, "text")}
    document = Attachment(form.name, form.media_type, form.content) if form.content else None
    raw = msgspec.json.encode(fields | {"file": document.sha256 if document else ""})
    mail = ParsedMessage(
        id=f"form/{form.form}",
        sha256=sha256(raw).hexdigest(),
        subject=fields["invoice"],
        text=fields["text"],
        reply=fields["text"],
        from_=(Address(fields["email"].lower(), fields["name"]),),
        attachments=(document,) if document else (),
        channel=Channel.PORTAL,
    )
    catch_up_names(session, seconds=SECONDS_OF_A_REQUEST)
    receive(session, raw, mail, ACTOR, by=ACTOR)
    return True


async def _form(
    tenant: str,
    request: Request,
    app: AppState,
    given: Mapping[str, str],
    *wrong: str,
    status: int = 200,
) -> Response:
    if tenant not in request.app.state.public:
        return _nowhere()
    try:
        brand = await app.run_in_thread(lambda: brand_of(app.session(tenant)))
    except UnknownTenant:
        return _nowhere()
    _ = translation_for(request)
    return render_page(
        "contact/write.html",
        status,
        _,
        brand,
        title=_("Write to {creditor} about an invoice", creditor=brand.name),
        action=request.url.path,
        most=MAX_TEXT_LENGTH,
        wrong=wrong,
        given=given,
        form_id=uuid4(),
    )


def _nowhere() -> Response:
    return notice_page("There is no such page", status=404)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
