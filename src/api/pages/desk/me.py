"""``/me``: who is signed in, what they set for themselves, and the keys."""

from typing import Any
from zoneinfo import available_timezones

from fastapi import APIRouter
from starlette.responses import Response

from api.http.auth import settings
from api.i18n.translate import SPOKEN
from api.pages.desk.frame import desk_page
from api.pages.kit.page_route import PageRoute
from api.pages.kit.site import see_other
from api.pages.kit.visitor import Anybody, AnyWriter, Visitor

router = APIRouter(include_in_schema=False, route_class=PageRoute)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and "Etc" not in zone)


@router.get("/me")
async def me(visitor: Anybody) -> Response:
    """Show who is signed in, what they chose, and the button that ends it."""
    return await _page(visitor)


@router.post("/me/settings")
async def choose(visitor: AnyWriter) -> Response:
    """Record the keys, and the daily mail with its hour and time zone."""
    form, words = visitor.form, visitor.words
    hour, zone = form.get("digest_at", ""), form.get("zone", "")
    if zone and zone not in ZONES:
        fault = words("“{zone}” is no time zone.", zone=zone)
        return await _page(visitor, {"zone": fault}, 422)
    if hour and (not hour.isascii() or not hour.isdigit() or int(hour) > 23):
        return await _page(visitor, {"digest_at": words("This is needed.")}, 422)
    keys_off = form.get("keys") != "on"
    at = int(hour) if hour and visitor.person.email else None
    await visitor.app.query(settings.choose(visitor.person, keys_off, at, zone))
    return see_other("/me?did=0")


@router.get("/keys")
async def keys(visitor: Anybody) -> Response:
    """Show the keys."""
    return await desk_page(visitor, "desk/keys.html", "keys", {})


async def _page(
    visitor: Visitor, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    facts: dict[str, Any] = {
        "language": SPOKEN[visitor.person.language],
        "zones": ZONES,
        "firm_zone": visitor.tenant.ledger.zone.key,
        "faults": faults or {},
        "saved": visitor.request.query_params.get("did") == "0",
    }
    return await desk_page(visitor, "desk/me.html", "me", facts, status)
