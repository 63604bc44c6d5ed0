"""The time line of a file: entries of the contact log by day, the newest first."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from api.pages.desk.frame import Age, Reader
from projections.contact_log.log import LogEntry

SHOWN = 60  # entries on a page
ICONS = {  # by channel
    "phone": "phone", "e-mail": "mail", "letter": "letter", "whatsapp": "chat", "sms": "chat",
    "portal": "person", "visit": "person", "e-invoice": "document",
}  # fmt: skip
KINDS = (  # icon and tone of an entry without a channel, by the beginning of its topic
    ("dispute-resolved", "check", "good"),
    ("dispute-", "dispute", "dispute"),
    ("resolver-", "dispute", ""),
    ("credit-", "document", ""),
    ("promise-made", "promise", "promise"),
    ("promise-kept", "promise", "good"),
    ("promise-", "promise", "bad"),
    ("payment-received", "payment", "good"),
    ("payment-", "payment", "bad"),
    ("money-", "payment", ""),
    ("follow-up-held", "hold", ""),
    ("debtor-held", "hold", ""),
    ("delivery-failed", "alert", "bad"),
    ("email-failed", "alert", "bad"),
    ("late-fee", "payment", ""),
    ("document-", "document", ""),
    ("invoice-", "document", ""),
    ("handed-off", "export", ""),
    ("note-", "pen", ""),
)


class Face(NamedTuple):
    """How an entry looks: its icon, and a tone for what came in, is good, or went wrong."""

    icon: str
    tone: str


class Day(NamedTuple):
    """A day of the time line."""

    title: str
    age: Age
    entries: list[Any]


def face(entry: LogEntry) -> Face:
    if entry.channel in ICONS:
        return Face(ICONS[entry.channel], "in" if entry.direction == "in" else "")
    for prefix, icon, tone in KINDS:
        if entry.topic.startswith(prefix):
            return Face(icon, tone)
    return Face("clock", "")


class Dated(Protocol):
    """An entry with the moment at which it was recorded."""

    @property
    def at(self) -> datetime: ...


def by_day(entries: Sequence[Dated], r: Reader) -> Iterator[Day]:
    """Yield the days of these entries, each with its entries in their order."""
    for day, of_day in groupby(entries, key=lambda entry: r.local(entry.at).date()):
        yield Day(r.words.weekday(day, r.today), r.age(day), [*of_day])
