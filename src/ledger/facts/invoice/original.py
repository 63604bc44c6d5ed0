"""The invoice itself: the documents that go out as the invoice, and those that wait for a choice."""

from msgspec.structs import replace as but

from ledger.facts.entry import Event
from ledger.facts.invoice.state import Invoice

FILE_TYPES = ("pdf", "xml")  # for people, and UBL for machines; one document of each
REGISTERED = ""  # in place of a file type: the registration names it, and it is the only one


class OriginalNamed(Event, topic="original-named.v1"):
    """A collector named an attached document as the invoice itself. It goes out as such unless
    there is one already that it does not replace: then it waits for a choice."""

    sha256: str
    name: str  # of the file
    replaces: str = ""  # SHA-256 of the one that went out so far


OriginalEvent = OriginalNamed


def evolve_original(invoice: Invoice, event: OriginalEvent) -> Invoice:
    if is_second(invoice, event):
        return but(invoice, doubted={**invoice.doubted, event.sha256: event.on})
    originals = {kind: sha for kind, sha in invoice.originals.items() if sha != event.replaces}
    if event.sha256 not in originals.values():
        originals[type_of(event.name)] = event.sha256
    return but(invoice, originals=originals, doubted={})


def is_second(invoice: Invoice, event: OriginalEvent) -> bool:
    """Return whether another document goes out as the invoice, which this does not replace."""
    present = present_original(invoice, event.name)
    return present not in ("", event.sha256, event.replaces)


def present_original(invoice: Invoice, name: str) -> str:
    """Return the document that goes out in place of a file of that name; empty if none does."""
    registered = invoice.originals.get(REGISTERED, "")
    return registered or invoice.originals.get(type_of(name), "")


def type_of(name: str) -> str:
    return name.rpartition(".")[2].lower()
