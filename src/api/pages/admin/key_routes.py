"""``/admin/keys``: the API keys of programs."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import keys
from api.http.auth.keys import Key
from api.pages.admin.frame import Unfit, admin_page, log, role_of, unfit, units_of
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import local, see_other
from api.pages.kit.visitor import Admin, Visitor, WritingAdmin, WritingVisitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)
OVERLAP = timedelta(hours=24)  # for which the secret before a rotation works too


@router.get("/admin/keys")
async def show_keys(visitor: Admin) -> Response:
    """Show the keys without their secrets, and what was done to them."""
    return await _page(visitor)


@router.post("/admin/keys")
async def make_key(visitor: WritingAdmin) -> Response:
    """Make a key, and show its secret this once."""
    try:
        key, secret = await visitor.app.run_in_thread(partial(_make, visitor))
    except Unfit as fault:
        return await _page(visitor, visitor.form, {fault.field: fault.why}, status=422)
    log(visitor, "key-made", key=str(key.key_id), name=key.name, role=key.role)
    return await _page(visitor, secret=(key.name, secret))


@router.post("/admin/keys/rotations")
async def rotate_key(visitor: WritingAdmin) -> Response:
    """Give a key a new secret, and show it this once. A form sent twice rotates once."""
    name, words = visitor.form.get("name", ""), visitor.words
    try:
        secret = await visitor.app.run_in_thread(partial(_rotate, visitor, name))
    except (LookupError, Unfit):
        why = words("Nothing was done: the key is rotated or revoked already.")
        return await _page(visitor, faults={"": why}, status=409)
    log(visitor, "key-rotated", name=name)
    return await _page(visitor, secret=(name, secret))


@router.post("/admin/keys/revocations")
async def revoke_key(visitor: WritingAdmin) -> Response:
    """End a key from the next request on."""
    name, person = visitor.form.get("name", ""), visitor.person

    def revoke() -> bool:
        with visitor.app.pool.connection() as conn:
            return keys.revoke(conn, person.tenant_id, name, visitor.app.clock(), person.name)

    if await visitor.app.run_in_thread(revoke):
        visitor.request.app.state.keyring.forget()
        log(visitor, "key-revoked", name=name)
    return see_other(local(visitor.form.get("back", ""), "/admin/keys"))


def _make(visitor: WritingVisitor) -> tuple[Key, str]:
    """Make the key of the form. Raises ``Unfit``."""
    form, person, words = visitor.form, visitor.person, visitor.words
    role, till = role_of(form, words), _till(visitor)
    with visitor.app.pool.connection() as conn:
        try:
            return keys.issue(
                *(conn, person.tenant_id, form.get("name", ""), role, visitor.app.clock()),
                *(person.name, units_of(form), form.get("agency") or None, till),
            )
        except ValueError as error:
            raise unfit(error, words) from error


def _till(visitor: WritingVisitor) -> datetime | None:
    """Return the end of the last day of the key. Raises ``Unfit`` if it has passed."""
    given = visitor.form.get("expires", "")
    if not given:
        return None
    try:
        day = date.fromisoformat(given) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise Unfit("expires", visitor.words("That is not a day.")) from None
    till = datetime.combine(day, time(), visitor.tenant.ledger.zone)
    if till <= visitor.app.clock():
        raise Unfit("expires", visitor.words("That day has passed."))
    return till


def _rotate(visitor: WritingVisitor, name: str) -> str:
    """Rotate the key as the form saw it. Raises ``LookupError`` or ``Unfit``."""
    at, person = visitor.app.clock(), visitor.person
    with visitor.app.pool.connection() as conn:
        known = keys.list_all(person.tenant_id).fetch(conn)
        found = [key for key in known if key.name == name and key.usable(at)]
        if not found or state_of(found[-1]) != visitor.form.get("state"):
            raise Unfit("", "rotated meanwhile")
        return keys.rotate(conn, person.tenant_id, name, at, at + OVERLAP, person.name)


def state_of(key: Key) -> str:
    """Return what a rotation changes: a form that saw something else does nothing."""
    return key.old_until.isoformat() if key.old_until else "new"


async def _page(
    visitor: Visitor,
    given: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    secret: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    tenant, at = visitor.person.tenant_id, visitor.app.clock()
    rows = await visitor.app.query(keys.list_all(tenant))
    changes = await visitor.app.query(keys.changes(tenant))
    facts = {
        "rows": [row for row in rows if row.usable(at)],
        "ended": [row for row in rows if not row.usable(at)],
        "changes": changes[::-1][:50],
        "state_of": state_of,
        "now": at,
        "given": given or {},
        "faults": faults or {},
        "secret": secret,
    }
    return await admin_page(visitor, "keys", facts, status)
