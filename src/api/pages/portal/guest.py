"""The debtor on a page: by a link to one invoice, or signed in to all that is theirs.

Both act within ``Scope(debtor=…)``, for reading and writing. Staff who open a debtor's link only
look: their look is theirs in the security log, and they send no form.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from fastapi import Request

from api.firm import creditor_of
from api.http.server.state import AppState
from api.i18n.translate import Translation, translation_for
from api.pages.kit.brand import Brand, brand_of
from api.pages.kit.posted import sent_from_here
from api.session import TenantSession
from commands.context import Context, Reactions
from ledger.facts.books import INVOICE, kind_of_event, replay
from ledger.facts.creditor import Creditor
from ledger.facts.debtor import Debtor
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import OwnPromises
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import Scope, scope_of_debtor, since_theirs

R = TypeVar("R")
PORTAL = "portal"  # how the entries name the road


class OnlyLooking(Exception):
    """Staff sent a form of a debtor's page."""


class OutOfDate(Exception):
    """The form is of another session, or of another site."""


@dataclass(frozen=True)
class Guest:
    """A debtor, the address by which they came, and how."""

    app: AppState
    request: Request
    session: TenantSession
    debtor: Debtor
    person: str
    csrf: str = ""  # of a session; a link needs none, as its token is in the address
    home: str = ""  # the address of all that is theirs; empty by a link
    staff: bool = False
    others: Sequence[Debtor] = ()  # whom the same address speaks for

    @property
    def scope(self) -> Scope:
        return scope_of_debtor(self.debtor.number)

    @property
    def asked(self) -> str:
        """Return the parameter that keeps a page at this debtor of several."""
        return f"debtor={quote(self.debtor.number, safe='')}&" if len(self.others) > 1 else ""

    @cached_property
    def creditor(self) -> Creditor:
        return creditor_of(self.session)

    @cached_property
    def brand(self) -> Brand:
        return brand_of(self.session)

    @property
    def words(self) -> Translation:
        """Return the language of the browser, else that of the debtor's or creditor's country."""
        country = self.debtor.country or self.creditor.country
        return translation_for(self.request, country)

    @cached_property
    def promises(self) -> OwnPromises:
        """Return the limits of the promises that debtors make by themselves."""
        return self.session.playbook()[1].own_promises

    @property
    def today(self) -> date:
        return self.session.ledger.today(self.app.clock())

    def context(self, cause: str, sent: Sequence[str] = ()) -> Context:
        """Return the context of what the debtor records; the same ``cause`` acts once."""
        return self.session.context(
            self.person,
            causation=cause,
            via=PORTAL,
            scope=self.scope,
            sent=frozenset(sent),
            reactions=Reactions.IF_APPLIED,
        )

    async def run(self, work: Callable[[], R]) -> R:
        return await self.app.run_in_thread(work)

    def check(self, token: str) -> None:
        """Admit a form. Raises ``OnlyLooking`` for staff, ``OutOfDate`` for one of elsewhere."""
        if self.staff:
            raise OnlyLooking
        ours = secrets.compare_digest(self.csrf.encode(), token.encode())
        if not ours or not sent_from_here(self.request):
            raise OutOfDate

    def open(self, id_: UUID, path: str) -> "OnInvoice":
        """Return an invoice of theirs with what they may know of it. Raises ``NotFound``."""
        entries = self.session.ledger.history(id_)
        if not entries or kind_of_event(entries[0].event) is not INVOICE:
            raise NotFound("no-invoice", invoice=str(id_))
        invoice: Invoice = replay(INVOICE, id_, entries).state
        if not self.scope.sees(invoice):
            raise NotFound("no-invoice", invoice=str(id_))
        theirs = since_theirs(entries)
        seen = [entry for entry in theirs if self.scope.sees_event(invoice, entry.event)]
        return OnInvoice(self, invoice, entries, seen, path)


@dataclass(frozen=True)
class OnInvoice:
    """A debtor on the page of an invoice; ``path`` is its address."""

    guest: Guest
    invoice: Invoice
    entries: Sequence[Entry]  # all, to find its documents
    seen: Sequence[Entry]  # what a debtor may know

    path: str

    @property
    def words(self) -> Translation:
        return self.guest.words
