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

from api.http.auth.authentication import TheOffice
from api.http.server.problems import TYPES, Problem
from api.http.server.state import AppState
from api.i18n.contact_texts import LANGUAGES, ContactTexts
from api.i18n.translate import translation_for
from api.inbox.lookup import SECONDS_OF_A_REQUEST, catch_up_names
from api.inbox.receive import receive
from api.pages.kit.form import FilledForm, filled
from api.pages.kit.html import notice_page, render_page
from api.session import TenantSession
from commands.inbox.message import Address, Attachment, ParsedMessage
from ledger.database import tenants
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


def open_to() -> frozenset[str]:
    """Return the tenants with a public form, of ``$DOSSIER_PUBLIC_FORM``."""
    return frozenset(unquote(name) for name in os.environ.get(SETTING, "").split())


@router.get("/contact/{tenant}")
async def show(tenant: str, request: Request, app: TheOffice) -> Response:
    return await _form(tenant, request, app, NOTHING)


@router.post("/contact/{tenant}")
async def receive_form(tenant: str, request: Request, app: TheOffice) -> Response:
    if tenant not in request.app.state.public:
        return _nowhere()
    lang = translation_for(request).language
    words = LANGUAGES[lang]
    try:
        request.app.state.limits.take(tenant, request.client.host if request.client else "")
        form = await filled(request, MAX_DOCUMENT_BYTES)
    except Problem as problem:
        texts = {"too-large": words.too_large, "too-many-requests": words.too_often}
        status, wrong = TYPES[problem.slug][0], texts.get(problem.slug, words.again)
        return await _form(tenant, request, app, NOTHING, wrong, status=status)
    if faults := list(_faults(form, words)):
        return await _form(tenant, request, app, form.fields, *faults, status=422)
    if not form.fields.get("website"):  # a hidden field, which only a machine fills in
        try:
            session = await app.run_in_thread(lambda: app.session(tenant))
        except UnknownTenant:
            return _nowhere()
        await app.run_in_thread(lambda: _receive(session, form))
    return notice_page(words.thanks, words.came_in, lang=lang)


def _faults(form: FilledForm, words: ContactTexts) -> Iterator[str]:
    fields = form.fields
    if not _is_id(fields.get("form", "")) or any(
        len(fields.get(name, "")) > most for name, most in SHORT.items()
    ):
        yield words.again
    if not ADDRESS.fullmatch(fields.get("email", "")):
        yield words.no_address
    if not 0 < len(fields.get("text", "")) <= MAX_TEXT_LENGTH:
        yield words.no_text.format(most=MAX_TEXT_LENGTH)


def _receive(session: TenantSession, form: FilledForm) -> None:
    """Receive the message, once: the page gave the form an id."""
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


async def _form(
    tenant: str,
    request: Request,
    app: AppState,
    given: Mapping[str, str],
    *wrong: str,
    status: int = 200,
) -> Response:
    """Return the form, filled in with ``given``, and the faults in it."""
    if tenant not in request.app.state.public:
        return _nowhere()
    try:
        creditor = await app.run_in_thread(lambda: _name(app, tenant))
    except UnknownTenant:
        return _nowhere()
    lang = translation_for(request).language
    return render_page(
        "contact/write.html",
        status,
        title=LANGUAGES[lang].title.format(creditor=creditor),
        words=LANGUAGES[lang],
        lang=lang,
        action=request.url.path,
        most=MAX_TEXT_LENGTH,
        lines=wrong,
        role="alert",
        given=given,
        form_id=uuid4(),
    )


def _name(app: AppState, tenant: str) -> str:
    with app.pool.connection() as conn:
        return tenants.get(conn, tenant).name


def _nowhere() -> Response:
    return notice_page("There is no such page", status=404)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
