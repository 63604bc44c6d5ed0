"""``/contact/{tenant}``: a debtor writes to us about an invoice, without logging in.

Whatever he writes, he reads the same: whether there is such an invoice, and whose it is, is not
told. It comes in as a mail does, by its number and an address that we know for its debtor.
"""

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from urllib.parse import unquote
from uuid import UUID

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
from api.pages.contact.page import contact_page
from api.pages.kit.form import FilledForm, filled
from api.pages.kit.html import notice_page
from api.session import TenantSession
from commands.inbox.message import Address, Attachment, ParsedMessage
from ledger.database import tenants
from ledger.database.tenants import UnknownTenant
from ledger.facts.codes import Channel
from ledger.policy.validation import ADDRESS

router = APIRouter(include_in_schema=False)
SETTING = "DOSSIER_PUBLIC_FORM"
ACTOR = "form"
MAX_DOCUMENT_BYTES = 10_000_000  # of a document
MAX_TEXT_LENGTH = 10_000  # characters of what he tells
SHORT = {"name": 200, "email": 254, "invoice": 100}  # characters of the others
NOTHING: dict[str, str] = {}


def open_to() -> frozenset[str]:
    """Tenants that have the page: percent-encoded in ``$DOSSIER_PUBLIC_FORM``, apart by blanks."""
    return frozenset(unquote(one) for one in os.environ.get(SETTING, "").split())


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
        told = {"too-large": words.too_large, "too-many-requests": words.too_often}
        status, wrong = TYPES[problem.slug][0], told.get(problem.slug, words.again)
        return await _form(tenant, request, app, NOTHING, wrong, status=status)
    if wrongs := list(_wrong(form, words)):
        return await _form(tenant, request, app, form.fields, *wrongs, status=422)
    if not form.fields.get("website"):  # nobody sees that field: who fills it in is a machine
        try:
            session = await app.run_in_thread(lambda: app.session(tenant))
        except UnknownTenant:
            return _nowhere()
        await app.run_in_thread(lambda: _take(session, form))
    return notice_page(words.thanks, words.came_in, lang=lang)


def _wrong(form: FilledForm, words: ContactTexts) -> Iterator[str]:
    fields = form.fields
    if not _is_id(fields.get("form", "")) or any(
        len(fields.get(name, "")) > most for name, most in SHORT.items()
    ):
        yield words.again
    if not ADDRESS.fullmatch(fields.get("email", "")):
        yield words.no_address
    if not 0 < len(fields.get("text", "")) <= MAX_TEXT_LENGTH:
        yield words.no_text.format(most=MAX_TEXT_LENGTH)


def _take(session: TenantSession, form: FilledForm) -> None:
    """Sent twice it is one: its page gave it its id."""
    told = {name: form.fields.get(name, "") for name in (*SHORT, "text")}
    document = Attachment(form.name, form.media_type, form.content) if form.content else None
    raw = msgspec.json.encode(told | {"file": document.sha256 if document else ""})
    mail = ParsedMessage(
        id=f"form/{form.form}",
        sha256=sha256(raw).hexdigest(),
        subject=told["invoice"],
        text=told["text"],
        reply=told["text"],
        from_=(Address(told["email"].lower(), told["name"]),),
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
    """The form; ``given`` is what was said already, and is wrong."""
    if tenant not in request.app.state.public:
        return _nowhere()
    try:
        creditor = await app.run_in_thread(lambda: _name(app, tenant))
    except UnknownTenant:
        return _nowhere()
    lang = translation_for(request).language
    words = LANGUAGES[lang]
    facts = {
        "title": words.title.format(creditor=creditor),
        "words": words,
        "lang": lang,
        "action": request.url.path,
        "most": MAX_TEXT_LENGTH,
    }
    return contact_page(facts, given, *wrong, status=status)


def _name(app: AppState, tenant: str) -> str:
    with app.pool.connection() as conn:
        return tenants.get(conn, tenant).name


def _nowhere() -> Response:
    return notice_page("There is no such page", status=404)


def _is_id(said: str) -> bool:
    try:
        return bool(UUID(said))
    except ValueError:
        return False
