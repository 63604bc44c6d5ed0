"""The command that describes the creditor."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, Field, field_validator

from commands.command import Command, DecisionContext
from commands.fields import RequiredText, Text
from ledger.facts.books import CREDITOR, BookKind
from ledger.facts.creditor import DETAILS, NUMBER, BankAccount, Creditor, CreditorDescribed
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.refusal import Refused
from ledger.policy.validation import is_country, is_sendable, is_time_zone, is_valid_iban

ACCENT = re.compile("#[0-9a-f]{6}")
MAX_LINES = 5  # of the head and the foot of letters


class OwnAccount(BaseModel, frozen=True, extra="forbid"):
    """A bank account that debtors pay to."""

    iban: RequiredText
    name: Text = Field("", description="of the holder; the creditor's when left out")
    bic: Text = ""


class DescribeCreditor(Command, frozen=True):
    """Change details of the creditor that debtors see; those left out stay.

    Another bank account counts from today, whatever day is given: debtors are warned from then on.
    """

    kind: ClassVar[BookKind[Any]] = CREDITOR
    name: RequiredText | None = None
    address: Text | None = Field(None, description="lines")
    country: Text | None = Field(None, description="ISO 3166-1", pattern="^[A-Z]{2}$")
    language: Text | None = Field(None, description="nl, de, fr or en: of who has none known")
    time_zone: Text | None = Field(None, description="of business dates, such as Europe/Amsterdam")
    email: Text | None = Field(None, description="address that sends messages")
    sender_name: Text | None = Field(None, description="who sends; the name when left out")
    reply_to: Text | None = None
    contact: Text | None = Field(None, description="whom debtors may call")
    phone: Text | None = None
    bank_accounts: tuple[OwnAccount, ...] | None = Field(None, description="the first is shown")
    letter_head: Text | None = Field(None, description="lines at the head of letters, for address")
    letter_foot: Text | None = Field(None, description="lines at the foot of letters")
    silent: bool | None = Field(None, description="true: nothing is sent, messages wait")
    accent: Text | None = Field(
        None, description="colour of pages and mails, such as #0a7d3c; empty for none"
    )
    why: Text = ""

    @field_validator("accent")
    @classmethod
    def _in_small_letters(cls, accent: str | None) -> str | None:
        return accent and accent.lower()

    @property
    def number(self) -> str:
        return NUMBER

    def decide(self, state: Creditor, now: DecisionContext) -> Iterator[CreditorDescribed]:
        self._check()
        accounts = self.bank_accounts
        given: dict[str, Any] = {name: getattr(self, name, None) for name in DETAILS}
        if accounts is not None:
            given["bank_accounts"] = tuple(
                BankAccount(_plain(own.iban), own.name, own.bic) for own in accounts
            )
        changed = {
            name: new
            for name, new in given.items()
            if new is not None and new != getattr(state, name)
        }
        if changed:
            on = now.today if "bank_accounts" in changed else self.on or now.today
            yield CreditorDescribed(on=on, why=self.why, **changed)

    def _check(self) -> None:
        """Raise ``Refused`` for a detail that cannot be right."""
        for account in self.bank_accounts or ():
            if not is_valid_iban(account.iban):
                raise Refused("iban-invalid", "bank_accounts", iban=account.iban)
        for field, address in (("email", self.email), ("reply_to", self.reply_to)):
            if address and not is_sendable(address):
                raise Refused("email-invalid", field, address=address)
        if self.country and not is_country(self.country):
            raise Refused("no-such-country", "country", country=self.country)
        if self.language and self.language not in LANGUAGES:
            raise Refused("no-template-language", "language", known=", ".join(LANGUAGES))
        if self.time_zone is not None and not is_time_zone(self.time_zone):
            raise Refused("time-zone-unknown", "time_zone", name=self.time_zone)
        self._check_look()

    def _check_look(self) -> None:
        if self.accent and not ACCENT.fullmatch(self.accent):
            raise Refused("accent-invalid", "accent", colour=self.accent)
        for field, lines in (("letter_head", self.letter_head), ("letter_foot", self.letter_foot)):
            if len((lines or "").splitlines()) > MAX_LINES:
                raise Refused("letterhead-too-long", field, most=MAX_LINES)


def _plain(iban: str) -> str:
    return "".join(iban.split()).upper()
