"""The options of an import, from the command line or HTTP."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from api.importing.formats.debtor_layouts import DEBTOR_FIELDS, DEBTOR_PROFILES, debtor_layout
from api.importing.formats.history_commands import Terms
from api.importing.formats.layout import FIELDS, Layout, mapping
from api.importing.formats.profiles import PROFILES, layout_of
from api.importing.line_commands import CannotImport
from commands.fields import BusinessDate, Text

FIELDS_TEXT = f"{', '.join(FIELDS)}; of debtors {', '.join(DEBTOR_FIELDS[:14])}…"
PROFILES_TEXT = f"{', '.join(PROFILES)}; of debtors {', '.join(DEBTOR_PROFILES)}"
TYPE_TEXT = "WORD=KIND: what lines of that type are: invoice, credit-note or payment."


class Format(StrEnum):
    """Kind of file."""

    HISTORY = "history"
    OPEN_ITEMS = "open-items"
    DEBTORS = "debtors"


def _iso_date(value: Any) -> Any:
    """Parse text as 2026-03-31; pydantic alone would accept a number of seconds as well."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class ImportOptions(BaseModel, frozen=True, extra="forbid"):
    """The options; their names are the same on the command line and over HTTP."""

    format: Format = Field(description="Kind of file.")
    terms: int | None = Field(None, ge=0, le=36_500, description="Days from issue to due date.")
    currency: Text | None = Field(None, max_length=10, description="Default currency.")
    map: list[Text] = Field(
        [], max_length=100, description=f"FIELD=COLUMN, for each of {FIELDS_TEXT}."
    )
    type: list[Text] = Field([], max_length=100, description=TYPE_TEXT)
    profile: Text | None = Field(None, description=f"One of {PROFILES_TEXT}.")
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
    dry_run: bool = Field(False, description="Read and decide all lines, and write nothing.")

    def form(self) -> Terms | Layout:
        """Return how to read the file. Raise ``CannotImport`` for options that conflict."""
        history = self.format is Format.HISTORY
        if self.full_list != (self.as_of is not None) or (self.full_list and history):
            raise CannotImport("--full-list needs --as-of DATE, and open-items or debtors.")
        if self.dry_run and history:
            raise CannotImport("--dry-run is for a list, not for a history.")
        if history:
            return Terms(self.terms, self.currency or "EUR")
        known = self._known()
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

    def _known(self) -> Layout:
        """Return the layout of the profile and the columns. Raise ``CannotImport``."""
        if self.format is Format.DEBTORS:
            return debtor_layout(self.profile, mapping(self.map, {"debtor": "number"}))
        return layout_of(
            self.profile, mapping(self.map), mapping(self.type), self.disputed_on, self.terms
        )
