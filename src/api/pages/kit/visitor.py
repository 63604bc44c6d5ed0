"""The visitor of a page: the person who signed in, and what keeps their forms theirs.

``visitor`` admits roles to a page, as ``allow`` admits keys to a route: rights and visibility are
those of a key with the person's role. ``writing`` admits a form of that person's own session, and
is the only place where the token of a form is checked.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request

from api.http.auth import settings
from api.http.auth.authentication import TheApp
from api.http.auth.keys import Key, Role
from api.http.auth.people import Person
from api.http.auth.settings import Settings
from api.http.auth.web_sessions import SEEN_EVERY, WebSession, find, seen
from api.http.kit.uploads import ANY
from api.http.server.middleware import current
from api.http.server.problems import Problem
from api.http.server.state import AppState
from api.i18n.translate import Translation
from api.pages.kit.form import MAX_FIELD_BYTES, FilledForm, filled
from api.pages.kit.posted import Posted, posted, sent_from_here
from api.session import TenantSession

SECURE, LOCAL = "__Host-dossier", "dossier-local"  # the prefix needs TLS
LIVE = "x-live"  # header of what a page asks for by itself: it does not prolong the session
ALL = tuple(Role)


class SignInFirst(Exception):
    """Nobody is signed in. ``back`` is the page to return to."""

    def __init__(self, back: str) -> None:
        super().__init__(back)
        self.back = back


class NotForYou(Exception):
    """The page is for other roles."""

    def __init__(self, visitor: "Visitor", roles: Sequence[Role]) -> None:
        super().__init__()
        self.visitor, self.roles = visitor, roles


class StaleForm(Exception):
    """The form is of another session, or of another site."""


@dataclass(frozen=True)
class Visitor:
    """A person on a page."""

    app: AppState
    session: WebSession
    request: Request

    @property
    def person(self) -> Person:
        return self.session.person

    @property
    def key(self) -> Key:
        return self.person.key

    @property
    def may_act(self) -> bool:
        """Return whether they may act on files: their forms are shown."""
        return self.person.role in (Role.COLLECTOR, Role.ADMIN)

    @property
    def may_write(self) -> bool:
        """Return whether they may write to debtors, whose messages are about all units."""
        return self.may_act and self.key.scope.is_everything

    @property
    def sees_why(self) -> bool:
        """Return whether explanations and the debtor's details are for them."""
        return self.may_act or self.person.role is Role.AUDITOR

    @property
    def words(self) -> Translation:
        return Translation(self.person.language)

    @property
    def csrf(self) -> str:
        """Return the token for a form, masked: no two pages have the same bytes to compare."""
        mask = secrets.token_bytes(32)
        token = bytes.fromhex(self.session.csrf)
        return mask.hex() + bytes(a ^ b for a, b in zip(mask, token, strict=True)).hex()

    @property
    def tenant(self) -> TenantSession:
        return self.app.session(self.person.tenant_id)

    @property
    def shown_at(self) -> int:
        """Return a position that the page shows, at least."""
        asked = self.request.query_params.get("at_least", "")
        known = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
        shown: int = self.request.state.shown_at
        return max(known, shown)

    async def settings(self) -> Settings:
        """Return what the person set for themselves; asked once for a page."""
        if not hasattr(self.request.state, "settings"):
            found = await self.app.query(settings.of_person(self.person))
            self.request.state.settings = found[0] if found else Settings()
        mine: Settings = self.request.state.settings
        return mine

    def today(self) -> date:
        return self.tenant.ledger.today(self.app.clock())


@dataclass(frozen=True)
class WritingVisitor(Visitor):
    """A person who sends a form of their own session."""

    form: Posted


@dataclass(frozen=True)
class FilingVisitor(Visitor):
    """A person who sends a form of their own session that may have a file."""

    filled: FilledForm


def cookie_name(request: Request) -> str:
    return SECURE if request.url.scheme == "https" else LOCAL


async def session_of(request: Request, app: AppState) -> WebSession | None:
    """Return the session of the request's cookie; None when nobody is signed in."""
    secret = request.cookies.get(cookie_name(request))
    query = find(secret, app.clock()) if secret else None
    found = await app.query(query) if query else []
    if not found:
        return None
    session, now = found[0], app.clock()
    request.state.shown_at = app.shown.position(session.person.tenant_id)
    request.state.language = session.person.language
    by_itself = LIVE in request.headers or request.url.path == "/live"
    if now - session.seen_at >= SEEN_EVERY and not by_itself:
        await app.query(seen(session, now))
    await app.opened(session.person.tenant_id)
    current().who, current().role = session.person.key.who, session.person.role
    return session


def _unmasked(token: str) -> str:
    try:
        given = bytes.fromhex(token)
    except ValueError:
        return ""
    half = len(given) // 2
    return bytes(a ^ b for a, b in zip(given[:half], given[half:], strict=False)).hex()


def _admit(visitor: Visitor, roles: Sequence[Role], all_units: bool = False) -> None:
    if visitor.person.role not in (*roles, Role.ADMIN):
        raise NotForYou(visitor, roles)
    if all_units and not visitor.key.scope.is_everything:
        raise Problem("not-allowed", visitor.words("This page is for people of all units."))


def home_of(person: Person) -> str:
    """Return the page on which a person begins."""
    return "/mine" if person.role is Role.RESOLVER else "/today"


def visitor(*roles: Role, all_units: bool = False) -> Any:
    """Return the dependency of a page for these roles, and admins.

    ``all_units`` is for what has no business unit, or those of all: it keeps out limited people.
    """

    async def signed_in(request: Request, app: TheApp) -> Visitor:
        session = await session_of(request, app)
        if session is None:
            query = f"?{request.url.query}" if request.url.query else ""
            raise SignInFirst(request.url.path + query)
        found = Visitor(app, session, request)
        _admit(found, roles, all_units)
        return found

    signed_in.roles = frozenset(roles) | {Role.ADMIN}  # type: ignore[attr-defined]
    return Depends(signed_in)


def writing(*roles: Role, all_units: bool = False) -> Any:
    """Return the dependency of a form for these roles, and admins."""

    async def sends(request: Request, app: TheApp) -> WritingVisitor:
        session = await session_of(request, app)
        if session is None:
            raise SignInFirst("/today")
        form = await posted(request)
        _check_token(session, request, form.pop("csrf", ""))
        found = WritingVisitor(app, session, request, form)
        _admit(found, roles, all_units)
        return found

    sends.writes = True  # type: ignore[attr-defined]  # for the test that asks each form
    sends.roles = frozenset(roles) | {Role.ADMIN}  # type: ignore[attr-defined]
    return Depends(sends)


def filing(
    *roles: Role,
    all_units: bool = False,
    field_bytes: int = MAX_FIELD_BYTES,
    most_files: int = 1,
) -> Any:
    """Return the dependency of a form that may have a file, for these roles, and admins."""

    async def sends(request: Request, app: TheApp) -> FilingVisitor:
        session = await session_of(request, app)
        if session is None:
            raise SignInFirst(request.url.path)
        if request.headers.get("content-type", "").lower().startswith("multipart/"):
            form = await filled(request, field_bytes=field_bytes, most_files=most_files)
        else:
            form = FilledForm(await posted(request), "", b"", ANY)
        _check_token(session, request, form.fields.pop("csrf", ""))
        found = FilingVisitor(app, session, request, form)
        _admit(found, roles, all_units)
        return found

    sends.writes = True  # type: ignore[attr-defined]
    sends.roles = frozenset(roles) | {Role.ADMIN}  # type: ignore[attr-defined]
    return Depends(sends)


def _check_token(session: WebSession, request: Request, token: str) -> None:
    """Raise ``StaleForm`` for a form that is not of a page of this session."""
    if not sent_from_here(request) or not session.wrote(_unmasked(token)):
        raise StaleForm


Anybody = Annotated[Visitor, visitor(*ALL)]
Reader = Annotated[Visitor, visitor(Role.COLLECTOR, Role.AUDITOR)]
Worker = Annotated[WritingVisitor, writing(Role.COLLECTOR)]
AnyWriter = Annotated[WritingVisitor, writing(*ALL)]
Admin = Annotated[Visitor, visitor(all_units=True)]
WritingAdmin = Annotated[WritingVisitor, writing(all_units=True)]


def sign_in_address(back: str) -> str:
    """Return the address to sign in, and to come back from."""
    is_home = back in ("", "/", "/today")
    return "/sign-in" if is_home else f"/sign-in?next={quote(back, safe='')}"
