"""An entry in the format of CloudEvents 1.0, with extension names that are in use elsewhere.

``time`` is the business date's midnight in the creditor's time zone, ``recordedtime`` when the
entry was recorded. Positions are text, because an Integer of CloudEvents has 32 bits.
"""

from datetime import datetime, time
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from ledger.facts.entry import Entry

SYSTEM_ACTORS = ("clock", "postman", "mailbox", "whatsapp", "form")


def cloud_event(
    tenant: str, zone: ZoneInfo, subject: str, entry: Entry, hashed: bytes
) -> dict[str, Any]:
    """Convert an entry; ``subject`` names the book, as ``invoice/2026-001`` does."""
    event = entry.event
    attributes = {
        "specversion": "1.0",
        "id": f"{tenant}:{entry.position}",
        "source": f"urn:dossier:{quote(tenant, safe='')}",
        "type": f"dossier.{event.topic}",
        "subject": subject,
        "time": datetime.combine(event.on, time.min, zone).isoformat(),
        "recordedtime": entry.at.isoformat(),
        "sequence": f"{entry.position:020}",
        "bookline": entry.line,
        "authtype": "system" if entry.by in SYSTEM_ACTORS else "user",
        "authid": entry.by,
        "correlationid": entry.correlation,
        "causationid": entry.causation,
        "via": entry.via,
        "because": entry.because,
        "flags": " ".join(entry.flags) or None,
        "contenthash": hashed.hex(),
        "datacontenttype": "application/json",
        "data": {name: value for name, value in asdict(event).items() if value is not None},
    }
    return {name: value for name, value in attributes.items() if value is not None}
