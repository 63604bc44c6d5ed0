"""The invoice itself: the documents that go out as such, and those that wait for a choice."""

from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.invoice.parts import Originals
from ledger.facts.invoice.state import Invoice

FILE_TYPES = ("pdf", "xml")  # for people, and UBL for machines; one document of each
REGISTERED = ""  # in place of a file type: the registration names it, and it is the only one


class OriginalNamed(Event, topic="original-named.v1"):
    """A collector named an attached document as the invoice itself. It is sent as such unless
    one is sent already that it does not replace: then it waits for a choice."""

    sha256: str
    name: str  # of the file
    replaces: str = ""  # SHA-256 of the one that went out so far


OriginalEvent = OriginalNamed


def evolve_original(invoice: Invoice, event: OriginalEvent) -> Invoice:
    before = invoice.originals
    if is_second(invoice, event):
        doubted = {**before.doubted, event.sha256: event.on}
        return but(invoice, originals=but(before, doubted=doubted))
    sent = {kind: sha for kind, sha in before.sent.items() if sha != event.replaces}
    if event.sha256 not in sent.values():
        sent[type_of(event.name)] = event.sha256
    return but(invoice, originals=Originals(sent))


def is_second(invoice: Invoice, event: OriginalEvent) -> bool:
    """Return whether another document is sent as the invoice, which this does not replace."""
    sent = invoice.originals.sent
    present = sent.get(REGISTERED) or sent.get(type_of(event.name))
    return present not in (None, event.sha256, event.replaces)


def type_of(name: str) -> str:
    return name.rpartition(".")[2].lower()
