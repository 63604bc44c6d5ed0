"""Messages to a debtor, as mails and as letters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from pypdf import PdfReader

from api.postman.email.compose import Mail, compose
from api.postman.letters.typeset import Letter, Letterhead, typeset
from api.postman.sender import Sender
from api.postman.templates import Templates
from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOOK = UUID(int=5)
US = Sender("credit@seller.example", "Séller BV")
OWN_ID = "AAAAAAAAAAAAAAAAAAAABQABAgMEBQYHCAk@seller.example"
ABOUT = InvoiceSnapshot(
    "2026-001", Decimal("1210.00"), Decimal("1000.50"), "EUR", date(2026, 2, 1), date(2026, 2, 28)
)


def asked(**more: Any) -> MessageAsked:
    facts: dict[str, Any] = {
        "on": AT.date(),
        "message": "follow-up/D-7/2026-03-02",
        "purpose": Purpose.REMINDER,
        "channel": Channel.EMAIL,
        "to": ("ap@bakery.example",),
        "template": "reminder",
        "language": "nl",
        "about": (ABOUT,),
        "debtor": "D-7",
    }
    return MessageAsked(**(facts | more))


def mail_of(own: Path | None = None, **more: Any) -> Mail:
    return compose(asked(**more), BOOK, OWN_ID, AT, US, "Bakkerij Jansen", Templates(own))


def write(folder: Path, language: str, name: str, text: str) -> None:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / f"{name}.txt").write_text(text)


PAPER = Letterhead(
    Path("."),
    ("Stationsplein 1", "3511 ED Utrecht"),
    "credit@seller.example",
    ("IBAN NL91 ABNA 0417 1643 00",),
)

JANSEN = Debtor(BOOK, number="D-7", name="Bakkerij Jansen", country="NL")
ADDRESS = "Dorpsstraat 1, 1234 AB Dorp"


def letter(
    debtor: Debtor = JANSEN, home: str = "NL", paper: Letterhead = PAPER, **more: Any
) -> Letter:
    facts = {"channel": Channel.LETTER, "to": (ADDRESS,), "step": "first reminder"} | more
    return typeset(asked(**facts), BOOK, AT, US, paper, debtor, home, Templates())


def read_pdf(one: Letter) -> PdfReader:
    return PdfReader(BytesIO(one.pdf))


def text(one: Letter) -> str:
    return "\n".join(page.extract_text() for page in read_pdf(one).pages)
