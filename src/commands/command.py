"""The base of all commands, and the types of their fields."""

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
    """Return the bare type, and whether it repeats: ``tuple[str, ...]`` gives str, True."""
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
    """The business date, the user, and the rules for commands that depend on the playbook."""

    today: date
    by: str
    rules: Rules | None = None  # None: none applied, or a source reports past facts


def _printable(text: str) -> str:
    """Refuse NUL and lone surrogates: JSON allows them, Postgres does not."""
    if "\0" in text:
        raise ValueError("the character NUL (U+0000) is not allowed")
    text.encode()
    return text


_Printable = AfterValidator(_printable)  # last, so that pydantic checks the rest in Rust
Text = Annotated[str, _Printable]
RequiredText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), _Printable]
Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), _Printable
]
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4)]
PositiveAmount = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# the range leaves room for calculations with dates
BusinessDate = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


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

    @abstractmethod
    def decide(self, state: Any, now: DecisionContext) -> Iterator[Any]:
        """Return the events, none if nothing changes. Raises ``Refused`` or ``NotFound``."""


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


class DebtorCommand(Command, frozen=True):
    """A command about a registered debtor."""

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
        """Return the events for a registered debtor on that business date."""
