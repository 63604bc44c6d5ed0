"""The commands about the creditor's logo."""

from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, ClassVar

from pydantic import Field

from commands.command import Command, DecisionContext
from commands.fields import Text
from ledger.facts.books import CREDITOR, BookKind
from ledger.facts.creditor import NUMBER, Creditor, CreditorDescribed, Logo
from ledger.policy.logo import media_type_of
from ledger.policy.refusal import Refused


class ShowLogo(Command, frozen=True):
    """Show a logo on letters, mails and pages: a PNG or SVG of 64 kB at most; empty for none."""

    kind: ClassVar[BookKind[Any]] = CREDITOR
    content: Text = Field(description="of the file, in base64")
    why: Text = ""

    @property
    def number(self) -> str:
        return NUMBER

    @property
    def picture(self) -> bytes:
        """Return the file. Raise ``Refused`` for what is not base64."""
        try:
            return b64decode(self.content, validate=True)
        except ValueError:
            raise Refused("logo-not-decoded", "content") from None

    def decide(self, state: Creditor, now: DecisionContext) -> Iterator[CreditorDescribed]:
        file = self.picture
        logo = Logo(sha256(file).hexdigest(), media_type_of(file)) if file else Logo()
        if logo != state.logo:
            yield CreditorDescribed(on=self.on or now.today, why=self.why, logo=logo)
