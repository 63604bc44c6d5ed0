"""``/portal/{tenant}``: all that is a debtor's, for who signed in by a mailed code."""

from hashlib import sha256
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.http.kit.uploads import as_download
from api.i18n.refusals import refusal_text
from api.pages.kit.html import HEADERS
from api.pages.kit.site import see_other
from api.pages.portal.account import account_page
from api.pages.portal.details import details_command, details_of, message_command
from api.pages.portal.door import Signed
from api.pages.portal.errors import PortalRoute
from api.pages.portal.filling import Fault, Faulty, form_id, record
from api.pages.portal.forms import PortalForm, read_form
from api.pages.portal.guest import Guest
from api.pages.portal.kept_files import keep
from api.pages.portal.routes import Did
from api.pages.portal.views import page
from api.postman.statements.collect import collect
from api.postman.statements.paper import name_of, statement_pdf
from commands.command import Command
from ledger.policy.refusal import Refused
from ledger.policy.visibility import EVERYTHING

router = APIRouter(include_in_schema=False, route_class=PortalRoute)
After = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Show = Annotated[str, Query(max_length=20)]
NOTHING = PortalForm({}, {})


async def filling(request: Request, guest: Signed) -> "Filling":
    """Admit a form of the session. Raises ``OutOfDate`` or ``Problem``."""
    form = await read_form(request)
    guest.check(form.fields.pop("csrf", ""))
    return Filling(guest, form)


class Filling:
    """A debtor who signed in, and the form that they send."""

    def __init__(self, guest: Guest, form: PortalForm) -> None:
        self.guest, self.form = guest, form


Filled = Annotated[Filling, Depends(filling)]


@router.get("/portal/{tenant}")
async def account(guest: Signed, after: After = "", show: Show = "", did: Did = "") -> Response:
    """Show what is overdue, open, disputed and in the debtor's favour."""
    return await guest.run(lambda: account_page(guest, after, show == "all", did))


@router.get("/portal/{tenant}/statement.pdf")
async def statement(guest: Signed) -> Response:
    """Send what is open, as a letter."""

    def made() -> tuple[bytes, str]:
        stated = collect(guest.session, guest.debtor.number, guest.today, EVERYTHING)
        return statement_pdf(guest.session, stated), name_of(stated)

    pdf, name = await guest.run(made)
    return as_download(pdf, name, "application/pdf", sha256(pdf).hexdigest(), HEADERS)


@router.get("/portal/{tenant}/details")
async def show_details(guest: Signed) -> Response:
    """Show what we know of the debtor, to correct."""
    return await guest.run(lambda: _details(guest, NOTHING))


@router.post("/portal/{tenant}/details")
async def correct_details(filled: Filled) -> Response:
    """Log which details the debtor asks to change, for a person to judge. None is changed."""
    guest, form = filled.guest, filled.form
    return await guest.run(lambda: _sent(guest, form, "details"))


@router.get("/portal/{tenant}/message")
async def ask_message(guest: Signed) -> Response:
    """Show the form of a message about no particular invoice."""
    return await guest.run(lambda: _message(guest, NOTHING))


@router.post("/portal/{tenant}/message")
async def send_message(filled: Filled) -> Response:
    """Log a message of the debtor, for a person to answer."""
    guest, form = filled.guest, filled.form
    return await guest.run(lambda: _sent(guest, form, "message"))


def _sent(guest: Guest, form: PortalForm, what: str) -> Response:
    again = _details if what == "details" else _message
    try:
        id_ = form_id(form, guest.words)
        files = keep(guest, form.files)
        record(guest, id_, [_command(guest, form, id_, what, [f.sha256 for f in files])], files)
    except Faulty as error:
        return again(guest, form, *error.faults)
    except Refused as error:
        return again(guest, form, Fault("page", refusal_text(error, guest.words)))
    return see_other(f"{guest.home}?{guest.asked}did={what}")


def _command(guest: Guest, form: PortalForm, id_: UUID, what: str, files: list[str]) -> Command:
    if what == "details":
        return details_command(guest, form, id_)
    return message_command(guest, form, id_, files)


def _details(guest: Guest, form: PortalForm, *wrong: Fault) -> Response:
    _ = guest.words
    facts = {"given": details_of(guest.debtor) | form.fields, "form_id": uuid4(), "wrong": wrong}
    return page(guest, "details", _("Your details"), 422 if wrong else 200, **facts)


def _message(guest: Guest, form: PortalForm, *wrong: Fault) -> Response:
    facts = {"given": form.fields, "form_id": uuid4(), "wrong": wrong}
    title = guest.words("Write to us")
    return page(guest, "write", title, 422 if wrong else 200, **facts)
