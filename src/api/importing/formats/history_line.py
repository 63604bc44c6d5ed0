"""One line of a history, as ``shared/data/convert`` writes it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from api.importing.line_commands import InvalidLine
from commands.fields import composed


class Line(msgspec.Struct, frozen=True):
    """A business event; ``seq`` is its number within the invoice."""

    source: str
    invoice: str
    seq: int
    type: str
    at: str
    customer: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    derived: bool = False
    data: dict[str, Any] = {}

    @property
    def cause(self) -> str:
        return f"{self.source}:{self.invoice}:{self.seq}"

    @property
    def on(self) -> date:
        """The date as written; in UTC, a local midnight could be the day before."""
        try:
            return datetime.fromisoformat(self.at).date()
        except ValueError as error:
            raise InvalidLine(f"{self.at!r} is not an ISO 8601 date or date-time.", "at") from error

    @property
    def book(self) -> str:
        """The number of the invoice; a credit note may have its own number in ``invoice``."""
        own = self.type != "credit-note-issued"
        return composed(self.invoice if own else self.text("credits") or self.invoice)

    @property
    def assumed(self) -> Iterator[str]:
        """Yield the fields that the line does not state: options of the import fill them in."""
        if not self.currency:
            yield "currency"
        if "due" not in self.data:
            yield "instalments"

    def text(self, name: str) -> str | None:
        """Return a field of ``data``, or None. Raise ``InvalidLine``."""
        value = self.data.get(name)
        if value is None or isinstance(value, str):
            return value
        raise InvalidLine(f"expected text, not {value!r}", f"data.{name}")

    def code(self, name: str) -> str:
        """Return a field of ``data`` in the spelling of our codes."""
        return (self.text(name) or "").strip().lower()
