"""The stored form of an entry: a topic of our closed list, and JSON that an auditor can read."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec

from ledger.facts import bank, debtor_events, idempotency, inbound, outbound, playbook
from ledger.facts.entry import Entry, Event
from ledger.facts.invoice.events import InvoiceEvent
from ledger.facts.upcasts import UPCASTS, upcast
from ledger.store.errors import Unreadable

E = TypeVar("E")
EVENTS = (  # imported, so registered
    InvoiceEvent,
    debtor_events.DebtorEvent,
    outbound.MessageEvent,
    inbound.IncomingEvent,
    bank.BankTransactionEvent,
    bank.StatementImported,
    playbook.PlaybookApplied,
    idempotency.RequestAnswered,
)


class StoredEntry(msgspec.Struct, Generic[E], frozen=True, omit_defaults=True):
    """The content of a row's state column."""

    at: datetime
    by: str
    event: E
    correlation: str | None = None
    causation: str | None = None
    flags: tuple[str, ...] = ()
    via: str | None = None
    because: str | None = None


_encode = msgspec.json.Encoder().encode


def encode(entry: Entry) -> str:
    """Return the stored state: compact JSON, money as text, dates in ISO 8601."""
    e = entry
    how = (e.correlation, e.causation, e.flags, e.via, e.because)
    return _encode(StoredEntry(e.at, e.by, e.event, *how)).decode()


@cache
def _reader(topic: str) -> Callable[[str | bytes], StoredEntry[Any]]:
    if topic in UPCASTS:
        return partial(_upcast, topic)
    if topic not in Event.by_topic:
        raise Unreadable(_why(topic))
    written: Any = StoredEntry
    return msgspec.json.Decoder(written[Event.by_topic[topic]]).decode


def decode(book_id: UUID, line: int, topic: str, state: str | bytes, position: int) -> Entry:
    """Return the entry. Raise ``Unreadable`` for an unknown topic or version, or a state that does
    not fit its event: readers stop then and never skip an entry."""
    try:
        s = _reader(topic)(state)
    except (msgspec.MsgspecError, LookupError, TypeError) as error:
        raise Unreadable(
            f"Line {line} of book {book_id} (position {position}) does not fit {topic}: {error}."
        ) from error
    how = (s.correlation, s.causation, s.flags, s.via, s.because)
    return Entry(book_id, line, s.at, s.by, s.event, position, *how)


def _upcast(topic: str, state: str | bytes) -> StoredEntry[Any]:
    old = msgspec.json.decode(state)
    topic, fields = upcast(topic, old["event"])
    return _reader(topic)(_encode({**old, "event": fields}))


def _why(topic: str) -> str:
    name, _, version = topic.rpartition(".v")
    known = [t for t in (*Event.by_topic, *UPCASTS) if t.rpartition(".v")[0] == name]
    if known:
        return (
            f"The ledger holds {topic!r}, version {version} of an event this Dossier knows only"
            f" as {', '.join(sorted(known))}. A newer Dossier wrote it: upgrade this Dossier."
        )
    return f"The ledger holds {topic!r}, an event this Dossier does not know. Upgrade it."
