"""What a command's type hints say of its fields, for whoever asks for them from outside."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from commands.context import Reactions
from ledger.facts.books import DEBTOR, INVOICE, BookKind
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import DebtorEvent
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Rules
from ledger.policy.refusal import NotFound


def unwrap_hint(hint: Any) -> tuple[Any, bool]:
    """``Channel | None`` is Channel, ``tuple[str, ...]`` is many str."""
    if get_origin(hint) is Annotated:
        return unwrap_hint(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        [some] = set(get_args(hint)) - {NoneType}
        return unwrap_hint(some)
    if get_origin(hint) is tuple:
        return unwrap_hint(get_args(hint)[0])[0], True
    return hint, False


Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]


@dataclass(frozen=True)
class DecisionContext:
    """Who asks, and on which business date; and the rules in force, for who decides by them."""

    today: date
    by: str
    rules: Rules | None = None  # None: none were applied, or a source tells what happened elsewhere


def _printable(text: str) -> str:
    """Postgres takes neither NUL nor half a surrogate pair, which JSON would let through."""
    if "\0" in text:
        raise ValueError("the character NUL (U+0000) is not allowed")
    text.encode()
    return text


_Printable = AfterValidator(_printable)  # last: what stands before it is then pydantic's own, fast
Text = Annotated[str, _Printable]
RequiredText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), _Printable]
Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), _Printable
]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]
PositiveAmount = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
BusinessDate = Annotated[
    date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))
]  # leaves room to reckon


class Command(BaseModel, frozen=True, extra="forbid"):
    """A wish. It comes from outside, so it is validated; it is decided by its own pure method."""

    kind: ClassVar[BookKind[Any]]
    depends_on_playbook: ClassVar[bool] = False  # decided by the playbook too
    reactions: ClassVar[Reactions] = Reactions.NONE  # when nobody says otherwise
    on: BusinessDate | None = Field(
        None, description="business date of the fact; today when left out"
    )

    @classmethod
    def verb(cls) -> str:
        """``OpenDispute`` is ``open-dispute``: what it is called outside."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @property
    @abstractmethod
    def number(self) -> str:
        """The natural key of the book it is about."""

    def with_companions(self) -> tuple["Command", ...]:
        """Itself, and what must be written with it in one transaction."""
        return (self,)

    @abstractmethod
    def decide(self, state: Any, now: DecisionContext) -> Iterator[Any]:
        """Events if allowed, none if already so. Raises ``Refused`` or ``NotFound``."""


class InvoiceCommand(Command, frozen=True):
    """A wish about an invoice that is known."""

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
        """What follows for an invoice that is known, on that business date."""


class DebtorCommand(Command, frozen=True):
    """A wish about a debtor that is known."""

    kind: ClassVar[BookKind[Any]] = DEBTOR
    debtor: Reference = Field(description="number of the debtor")

    @property
    def number(self) -> str:
        return self.debtor

    def decide(self, state: Debtor, now: DecisionContext) -> Iterator[DebtorEvent]:
        if not state.known:
            raise NotFound("no-debtor", debtor=self.debtor)
        return self.events(state, self.on or now.today, now)

    @abstractmethod
    def events(self, debtor: Debtor, on: date, now: DecisionContext) -> Iterator[DebtorEvent]:
        """What follows for a debtor that is known, on that business date."""
