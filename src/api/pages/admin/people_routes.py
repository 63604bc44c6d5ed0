"""``/admin``: the people who sign in."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import people, sign_in
from api.http.auth.people import Person
from api.pages.admin.frame import Unfit, admin_page, log, role_of, unfit, units_of
from api.pages.admin.person_routes import link_shown
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Admin, Visitor, WritingAdmin, WritingVisitor
from ledger.policy.refusal import NotFound

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/admin")
async def show_people(visitor: Admin) -> Response:
    """Show the people of the tenant, and a form to add one."""
    return await _page(visitor)


@router.post("/admin/people")
async def add_person(visitor: WritingAdmin) -> Response:
    """Add a person, and show the link that signs them in."""
    try:
        person, token = await visitor.app.run_in_thread(partial(_add, visitor))
    except Unfit as fault:
        return await _page(visitor, visitor.form, {fault.field: fault.why}, status=422)
    return await _page(visitor, secret=link_shown(visitor, person, token))


@router.post("/admin/people/ends")
async def end_person(visitor: WritingAdmin) -> Response:
    """End a person and their sessions."""
    name, words = visitor.form.get("name", ""), visitor.words
    if name == visitor.person.name:
        why = words("You cannot end yourself: another administrator can.")
        return await _page(visitor, faults={"": why}, status=409)

    def end() -> bool:
        with visitor.app.pool.connection() as conn:
            return people.end(
                conn, visitor.person.tenant_id, name, visitor.app.clock(), visitor.person.name
            )

    if await visitor.app.run_in_thread(end):
        log(visitor, "person-ended", name=name)
    return see_other("/admin")


@router.post("/admin/people/returns")
async def admit_person(visitor: WritingAdmin) -> Response:
    """Let a person of a provider, whose access was ended, sign in again."""
    try:
        person_id = UUID(visitor.form.get("person", ""))
    except ValueError:
        raise NotFound("no-person", name="") from None

    def admit() -> bool:
        at, person = visitor.app.clock(), visitor.person
        with visitor.app.pool.connection() as conn:
            return people.admit(conn, person.tenant_id, person_id, at, person.name)

    if not await visitor.app.run_in_thread(admit):
        why = visitor.words("Nothing was done: somebody else has this name or address now.")
        return await _page(visitor, faults={"": why}, status=409)
    log(visitor, "person-admitted", person=str(person_id))
    return see_other("/admin")


def _add(visitor: WritingVisitor) -> tuple[Person, str]:
    """Add the person of the form with a first link. Raises ``Unfit``."""
    form, at, words = visitor.form, visitor.app.clock(), visitor.words
    role = role_of(form, words)
    with visitor.app.pool.connection() as conn:
        try:
            person = people.add(
                *(conn, visitor.person.tenant_id, form.get("name", ""), role, at),
                email=form.get("email") or None,
                language=form.get("language", "en"),
                business_units=units_of(form),
                agency=form.get("agency") or None,
                by=visitor.person.name,
            )
        except ValueError as error:
            raise unfit(error, words) from error
        log(visitor, "person-added", name=person.name, role=role)
        log(visitor, "sign-in-link-made", name=person.name)
        return person, sign_in.link_token(conn, person, at)


async def _page(
    visitor: Visitor,
    given: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    secret: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    rows = await visitor.app.query(people.list_all(visitor.person.tenant_id))
    facts = {
        "rows": [row for row in rows if row.ended_at is None],
        "ended": [row for row in rows if row.ended_at is not None],
        "given": given or {},
        "faults": faults or {},
        "secret": secret,
    }
    return await admin_page(visitor, "people", facts, status)
