"""The sender of our messages, with name and addresses fit for a mail header."""

import re
from dataclasses import dataclass

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Sender:
    """Name and address of who sends; ``mailbox`` receives replies if it differs, and ``firm`` is
    the creditor's name in the text, if the sender's differs."""

    address: str
    name: str
    mailbox: str = ""
    firm: str = ""

    @property
    def replies_to(self) -> str:
        return self.mailbox or self.address

    @property
    def company(self) -> str:
        return self.firm or self.name

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def cleaned(text: str) -> str:
    """Return the text without the characters that an e-mail must not contain."""
    return CONTROL.sub("", text)
