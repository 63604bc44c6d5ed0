"""The options of an import, from the command line or HTTP."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from api.importing.formats.history_commands import Terms
from api.importing.formats.layout import FIELDS, PROFILES, Layout, layout_of, mapping
from api.importing.line_commands import CannotImport
from commands.fields import BusinessDate, Text


class Format(StrEnum):
    """Kind of file."""

    HISTORY = "history"
    OPEN_ITEMS = "open-items"


def _iso_date(value: Any) -> Any:
    """Parse text as 2026-03-31; pydantic alone would accept a number of seconds as well."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class ImportOptions(BaseModel, frozen=True, extra="forbid"):
    """The options; their names are the same on the command line and over HTTP."""

    format: Format = Field(description="Kind of file.")
    terms: int | None = Field(None, ge=0, le=36_500, description="Days from issue to due date.")
    currency: Text | None = Field(None, max_length=10, description="Default currency.")
    map: list[Text] = Field(
        [], max_length=100, description=f"FIELD=COLUMN, for each of {', '.join(FIELDS)}."
    )
    profile: Text | None = Field(None, description=f"One of {', '.join(PROFILES)}.")
    date_format: Text | None = Field(
        None, max_length=50, description="Form of dates (strptime).", examples=["%d/%m/%Y"]
    )
    delimiter: Text | None = Field(None, description="Character between columns.")
    encoding: Text | None = Field(None, max_length=50, description="Encoding, such as cp1252.")
    decimal: Text | None = Field(None, description="Decimal sign: point or comma.")
    disputed_on: Text | None = Field(None, description="due: date disputes on the due date.")
    full_list: bool = Field(False, description="Close open items not listed.")
    as_of: Annotated[BusinessDate | None, BeforeValidator(_iso_date)] = Field(
        None, description="Day of the full list."
    )
    close_most: bool = Field(False, description="Allow closing over 20 %.")
    close_anyway: bool = Field(False, description="Close although lines are rejected.")

    def form(self) -> Terms | Layout:
        """Return how to read the file. Raise ``CannotImport`` for options that conflict."""
        history = self.format is Format.HISTORY
        if self.full_list != (self.as_of is not None) or (self.full_list and history):
            raise CannotImport("--full-list needs --as-of DATE and --format open-items.")
        if history:
            return Terms(self.terms, self.currency or "EUR")
        known = layout_of(self.profile, mapping(self.map), self.disputed_on, self.terms)
        layout = replace(
            known,
            currency=self.currency or known.currency,
            date_format=self.date_format or known.date_format,
            delimiter=self.delimiter or known.delimiter,
            encoding=self.encoding or known.encoding,
            decimal=self.decimal or known.decimal,
        )
        layout.check()
        return layout
