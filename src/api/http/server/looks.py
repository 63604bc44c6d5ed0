"""What an answer adds to the access log: somebody was refused, or looked at personal data.

A look is written before its answer is sent: what cannot be recorded is not shown.
"""

from typing import Protocol

from starlette.types import Scope

from api.http.server.security_log import named_in
from ledger.database.access_log import Access

WATCHED = {"auditor", "agency"}  # roles of people from outside, whose looks are written
PERSONAL = {"debtor", "invoice", "case", "handoff", "message"}  # parts of an address


class Asked(Protocol):
    """What is known of the request."""

    @property
    def id(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def who(self) -> dict[str, str]: ...
    @property
    def role(self) -> str: ...
    @property
    def about(self) -> str: ...


def answered(scope: Scope, status: int, asked: Asked) -> Access | None:
    """Return the line of an answer: somebody known was refused, or looked at personal data."""
    if not asked.who:
        return None
    personal = bool(asked.about) or not PERSONAL.isdisjoint(scope.get("path_params", {}))
    looked = scope["method"] == "GET" and status == 200 and asked.role in WATCHED
    if status == 403:
        event = "refused"
    elif looked and personal:
        event = "looked"
    else:
        return None
    route = getattr(scope.get("route"), "path", scope["path"])
    return Access(
        tenant=asked.who["tenant"],
        event=event,
        who=asked.who["name"],
        role=asked.role,
        what=f"{scope['method']} {route}",
        about=asked.about or ", ".join(named_in(scope)),
        address=asked.address,
        request=asked.id,
    )
