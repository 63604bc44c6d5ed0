"""The command that describes the creditor."""

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from commands.command import Command, DecisionContext
from commands.fields import RequiredText, Text
from ledger.facts.books import CREDITOR, BookKind
from ledger.facts.creditor import DETAILS, NUMBER, BankAccount, Creditor, CreditorDescribed
from ledger.policy.refusal import Refused
from ledger.policy.validation import is_country, is_sendable, is_valid_iban


class OwnAccount(BaseModel, frozen=True, extra="forbid"):
    """A bank account that debtors pay to."""

    iban: RequiredText
    name: Text = Field("", description="of the holder; the creditor's when left out")
    bic: Text = ""


class DescribeCreditor(Command, frozen=True):
    """Change details of the creditor that debtors see; those left out stay."""

    kind: ClassVar[BookKind[Any]] = CREDITOR
    name: RequiredText | None = None
    address: Text | None = Field(None, description="lines")
    country: Text | None = Field(None, description="ISO 3166-1", pattern="^[A-Z]{2}$")
    language: Text | None = Field(None, description="BCP 47, such as nl")
    email: Text | None = Field(None, description="sender of messages")
    reply_to: Text | None = None
    contact: Text | None = Field(None, description="whom debtors may call")
    phone: Text | None = None
    bank_accounts: tuple[OwnAccount, ...] | None = Field(None, description="the first is shown")
    letter_foot: Text | None = Field(None, description="lines at the foot of letters")
    why: Text = ""

    @property
    def number(self) -> str:
        return NUMBER

    def decide(self, state: Creditor, now: DecisionContext) -> Iterator[CreditorDescribed]:
        accounts = self.bank_accounts
        for account in accounts or ():
            if not is_valid_iban(account.iban):
                raise Refused("iban-invalid", "bank_accounts", iban=account.iban)
        if self.country and not is_country(self.country):
            raise Refused("no-such-country", "country", country=self.country)
        for field, address in (("email", self.email), ("reply_to", self.reply_to)):
            if address and not is_sendable(address):
                raise Refused("email-invalid", field, address=address)
        given: dict[str, Any] = {name: getattr(self, name) for name in DETAILS}
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
            yield CreditorDescribed(on=self.on or now.today, why=self.why, **changed)


def _plain(iban: str) -> str:
    return "".join(iban.split()).upper()
