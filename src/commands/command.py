"""A command, and how it is decided on the state of its book."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar, TypeVar

from msgspec import Struct
from msgspec.structs import replace as but
from pydantic import BaseModel, Field

from commands.approval_limits import Limits, no_limits, unapproved
from commands.context import Context, Reactions
from commands.fields import BusinessDate, Reference
from ledger.facts.books import INVOICE, BookKind
from ledger.facts.codes import ZERO
from ledger.facts.entry import Entry
from ledger.facts.invoice.approval import ApprovalMissing
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.anomalies import Flag, find_flags
from ledger.policy.approval import GIVES_AWAY
from ledger.policy.refusal import NotFound

E = TypeVar("E", bound=Struct)


@dataclass(frozen=True)
class DecisionContext:
    """The business date, the user, and the rules for commands that depend on the playbook."""

    today: date
    by: str
    rules: Rules | None = None  # None: none applied, or a source reports past facts
    playbook: int = 0  # version of these rules
    reacts: bool = False  # the playbook reacts: messages are requested in the same append
    ran_by: str = ""  # who ran it, where they record it for ``by``
    reports: bool = False  # a source reports past facts, which are never refused for want of leave


class Command(BaseModel, frozen=True, extra="forbid"):
    """A validated request to change a book; its pure method ``decide`` returns the events."""

    kind: ClassVar[BookKind[Any]]
    public_name: ClassVar[str] = ""  # where callers know an older name than the class name
    depends_on_playbook: ClassVar[bool] = False  # needs the rules in force
    reactions: ClassVar[Reactions] = Reactions.NONE  # unless the context sets them
    on: BusinessDate | None = Field(
        None, description="business date of the fact; today when left out"
    )

    @classmethod
    def verb(cls) -> str:
        """Return the public name: ``open-dispute`` for ``OpenDispute``."""
        return cls.public_name or re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    @abstractmethod
    def number(self) -> str:
        """Natural key of the book that the command changes."""

    def with_companions(self) -> tuple["Command", ...]:
        """Return the command and the commands that belong to the same append."""
        return (self,)

    def is_report(self) -> bool:
        """Return whether it reports what another system did, which needs no approval to be so."""
        return False

    @abstractmethod
    def decide(self, state: Any, now: DecisionContext) -> Iterator[Any]:
        """Return the events, none if nothing changes. Raises ``Refused`` or ``NotFound``."""

    def event(self, kind: type[E], /, on: date, **values: Any) -> E:
        """Return the event with the command's fields of the same names, and these values."""
        shared = {name: getattr(self, name) for name in _shared_fields(type(self), kind)}
        return kind(**(shared | {"on": on} | values))


@cache
def _shared_fields(command: type[Command], event: type[Struct]) -> tuple[str, ...]:
    return tuple(name for name in event.__struct_fields__ if name in command.model_fields)


class InvoiceCommand(Command, frozen=True):
    """A command about a registered invoice."""

    kind: ClassVar[BookKind[Any]] = INVOICE
    invoice: Reference = Field(description="number of the invoice")

    @property
    def number(self) -> str:
        return self.invoice

    def decide(self, state: Invoice, now: DecisionContext) -> Iterator[InvoiceEvent]:
        if not state.known:
            raise NotFound("no-invoice", invoice=self.invoice)
        return self.events(state, self.on or now.today, now)

    @abstractmethod
    def events(self, invoice: Invoice, on: date, now: DecisionContext) -> Iterator[InvoiceEvent]:
        """Return the events for a registered invoice on that business date."""


def decide(
    state: Any,
    command: Command,
    now: DecisionContext,
    context: Context,
    limits: Limits = no_limits,
) -> tuple[Any, list[Entry]]:
    """Return the state after the command, and its entries. Pure.

    Raises ``Refused`` or ``NotFound``.
    """
    entries, kind, before = list[Entry](), command.kind, state

    def add(event: Any, *more: Flag) -> None:
        nonlocal state
        line, flags = state.line + 1, (*find_flags(state, event, now.today), *more)
        by, correlation, cause = context.by, context.correlation, context.causation
        origin = (context.via, context.because)
        entries.append(
            Entry(state.id, line, context.at, by, event, 0, correlation, cause, flags, *origin)
        )
        state = but(kind.after(state, event), line=line)

    for event in command.decide(state, now):
        missing = ZERO
        if isinstance(event, GIVES_AWAY):
            must_be = now.reports or command.is_report()
            missing = unapproved(before, state, event, now.by, limits, now.reports, must_be)
        add(event, *([Flag.BEYOND_APPROVAL] if missing else []))
        if missing:
            add(ApprovalMissing(on=event.on, line=state.line, amount=missing, who=context.by))
    return state, entries
