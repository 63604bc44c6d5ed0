"""``/admin/people/{person}``: a person's own page for administrators."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import keys, people, sign_in, web_sessions
from api.http.auth.people import Person
from api.links.urls import public_url
from api.pages.admin.frame import Unfit, admin_page, log, role_of, unfit, units_of
from api.pages.admin.system_routes import browser_of
from api.pages.kit.page_route import PageRoute
from api.pages.kit.posted import Posted
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Admin, Visitor, WritingAdmin, WritingVisitor
from ledger.policy.refusal import NotFound

router = APIRouter(include_in_schema=False, route_class=PageRoute)
DETAILS = ("role", "business_units", "agency", "email", "language")
OWN_ROLE = "You cannot change your own role: another administrator can."


@router.get("/admin/people/{person}")
async def show_person(visitor: Admin, person: UUID) -> Response:
    """Show a person: their details, sessions and keys, and what was done to them."""
    return await _page(visitor, await _found(visitor, person))


@router.post("/admin/people/{person}/details")
async def change_person(visitor: WritingAdmin, person: UUID) -> Response:
    """Change the role, rights, mail address or language of a person."""
    before = await _found(visitor, person)
    try:
        after = await visitor.app.run_in_thread(partial(_change, visitor, before))
    except Unfit as fault:
        return await _page(visitor, before, visitor.form, {fault.field: fault.why}, status=422)
    changed = [name for name in DETAILS if getattr(before, name) != getattr(after, name)]
    if changed:
        visitor.request.app.state.keyring.forget()
        log(visitor, "person-changed", name=after.name, role=after.role, changed=", ".join(changed))
    return see_other(f"/admin/people/{person}?saved=1")


@router.post("/admin/people/links")
async def make_link(visitor: WritingAdmin) -> Response:
    """Make a link that signs a person in, and show it this once, on their page."""
    name, tenant = visitor.form.get("name", ""), visitor.person.tenant_id

    def make() -> tuple[Person, str]:
        with visitor.app.pool.connection() as conn:
            person = people.named(tenant, name).first(conn)
            if person is None:
                raise NotFound("no-person", name=name)
            return person, sign_in.link_token(conn, person, visitor.app.clock())

    person, token = await visitor.app.run_in_thread(make)
    log(visitor, "sign-in-link-made", name=person.name)
    return await _page(visitor, person, secret=link_shown(visitor, person, token))


def link_shown(visitor: Visitor, person: Person, token: str) -> tuple[str, str]:
    """Return whom a link signs in, and its address."""
    base = public_url() or str(visitor.request.base_url).rstrip("/")
    return person.name, f"{base}/sign-in/link/{token}"


async def _found(visitor: Visitor, person: UUID) -> Person:
    found = await visitor.app.query(people.by_id(visitor.person.tenant_id, person))
    if not found:
        raise NotFound("no-person", name=person)
    return found[0]


def _change(visitor: WritingVisitor, before: Person) -> Person:
    """Change the person to what the form has. Raises ``Unfit``."""
    form, words, by = visitor.form, visitor.words, visitor.person
    role = before.role if before.issuer else role_of(form, words)
    if role != before.role and before.person_id == by.person_id:
        raise Unfit("role", words(OWN_ROLE))
    with visitor.app.pool.connection() as conn:
        try:
            return people.change(
                *(conn, before, role, visitor.app.clock()),
                email=form.get("email") or None if not before.issuer else before.email,
                language=form.get("language", before.language),
                business_units=before.business_units if before.issuer else units_of(form),
                agency=before.agency if before.issuer else form.get("agency") or None,
                by=by.name,
            )
        except ValueError as error:
            raise unfit(error, words) from error


def _given(person: Person) -> Mapping[str, str]:
    """Return the form as it would be filled in for the person as they are."""
    return {
        "role": person.role.value,
        "email": person.email or "",
        "language": person.language,
        "units": ", ".join(person.business_units),
        "agency": person.agency or "",
    }


async def _page(
    visitor: Visitor,
    person: Person,
    given: Posted | None = None,
    faults: Mapping[str, str] | None = None,
    secret: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    app, tenant, at = visitor.app, person.tenant_id, visitor.app.clock()
    sessions = await app.query(web_sessions.open_of(tenant, at))
    found = await app.query(keys.list_all(tenant))
    changes = await app.query(people.changes(tenant, person.person_id))
    facts = {
        "shown": person,
        "is_me": person.person_id == visitor.person.person_id,
        "sessions": [session for session in sessions if session.name == person.name],
        "mine": visitor.session.id,
        "browser_of": browser_of,
        "keys": [key for key in found if key.person == person.name and key.usable(at)],
        "changes": changes[::-1],
        "given": given or _given(person),
        "faults": faults or {},
        "secret": secret,
        "saved": visitor.request.query_params.get("saved") == "1",
    }
    return await admin_page(visitor, "person", facts, status)
