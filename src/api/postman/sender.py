"""Who sends our messages: name and addresses, fit for a mail header."""

import re
from dataclasses import dataclass

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Sender:
    """Who writes: of ``$DOSSIER_MAIL_FROM``; ``mailbox`` is where answers go, if elsewhere."""

    address: str
    name: str
    mailbox: str = ""

    @property
    def replies_to(self) -> str:
        return self.mailbox or self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def cleaned(text: str) -> str:
    """Without characters that no mail may hold."""
    return CONTROL.sub("", text)
