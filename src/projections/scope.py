"""What a reader may see of the invoices, as a condition that stands inside the query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scope:
    """A resolver sees his own cases, an agency what was handed to it, others their units."""

    business_units: tuple[str, ...] = ()  # none means all of them
    resolver: str | None = None
    agency: str | None = None

    def where(self, units: str, resolver: str, agency: str = "false") -> str:
        """Of three conditions the one that holds for this reader, to be added to others."""
        if self.resolver is not None:
            return f" and {resolver}"
        if self.agency is not None:
            return f" and {agency}"
        return f" and {units}" if self.business_units else ""

    @property
    def parameters(self) -> Mapping[str, Any]:
        return {
            "scope_units": list(self.business_units),
            "scope_resolver": self.resolver,
            "scope_agency": self.agency,
        }


EVERYTHING = Scope()
UNITS = "business_unit = any(%(scope_units)s)"
RESOLVER = "resolver = %(scope_resolver)s"
