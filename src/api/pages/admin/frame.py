"""What the pages of administration share: their places, and the security log."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from api.http.auth.keys import Role
from api.http.server import security_log
from api.http.server.middleware import current
from api.i18n.translate import SPOKEN, Translation
from api.pages.desk.frame import desk_page
from api.pages.kit.posted import Posted
from api.pages.kit.visitor import Visitor, WritingVisitor

TABS = (
    ("people", "/admin", "People"),
    ("keys", "/admin/keys", "API keys"),
    ("sessions", "/admin/sessions", "Sessions"),
    ("firm", "/admin/firm", "Your firm"),
    ("access", "/admin/access", "Access log"),
    ("system", "/admin/system", "Read models"),
    ("imports", "/admin/imports", "Imports"),
)
FAULTS = {  # of the functions that change people and keys: the field, and the text of the page
    "the name of a key": ("name", "1 to 200 visible characters."),
    "Dossier itself writes": ("name", "Dossier itself writes under this name: choose another."),
    "There is a key named": ("name", "A key has this name already: rotate or revoke it."),
    "There is a person with": ("email", "Another person has this address already."),
    "There is a person": ("name", "A person has this name or address already."),
    "an agency's key": ("agency", "Name the agency, as the hand-offs name it."),
    "a person of an agency": ("agency", "Name the agency, as the hand-offs name it."),
    "--email": ("email", "That is not a mail address."),
    "--expires": ("expires", "That day has passed."),
}


class Unfit(Exception):
    """A form that cannot be carried out: the text of its fault, and the field."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field, self.why = field, why


async def admin_page(
    visitor: Visitor, tab: str, facts: Mapping[str, Any], status: int = 200
) -> Response:
    """Return a page of administration."""
    frame: dict[str, Any] = {
        "tab": tab,
        "tabs": TABS,
        "given": {},
        "faults": {},
        "secret": None,
        "roles": [role.value for role in Role],
        "languages": SPOKEN,
    }
    return await desk_page(visitor, f"admin/{tab}.html", "admin", {**frame, **facts}, status)


def log(visitor: WritingVisitor, event: security_log.Kind, **fields: str) -> None:
    """Write what was done to the security log, as the command line does."""
    person = visitor.person
    security_log.write(
        event, by=person.name, tenant=person.tenant_id, **fields, request=current().id
    )


def unfit(error: ValueError, words: Translation) -> Unfit:
    """Return the fault as the page shows it; in English if it has no text there."""
    for start, (field, text) in FAULTS.items():
        if str(error).startswith(start):
            return Unfit(field, words(text))
    return Unfit("", str(error))


def role_of(form: Posted, words: Translation) -> Role:
    """Return the role that was chosen. Raises ``Unfit``."""
    try:
        return Role(form.get("role", ""))
    except ValueError:
        raise Unfit("role", words("Choose a role.")) from None


def units_of(form: Posted) -> list[str]:
    """Return the business units of a form, each once."""
    given = (unit.strip() for unit in form.get("units", "").split(","))
    return list(dict.fromkeys(filter(None, given)))
