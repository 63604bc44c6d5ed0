"""An entry as others read it: CloudEvents 1.0, with the extension names that exist already.

``time`` is when it was true (the business date's midnight in the creditor's time zone),
``recordedtime`` when it was recorded. Positions are text: an Integer there has 32 bits.
"""

from datetime import datetime, time
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from ledger.facts.entry import Entry

OURS = ("clock", "postman", "mailbox", "whatsapp", "form")  # who acts by himself


def cloud_event(
    tenant: str, zone: ZoneInfo, subject: str, entry: Entry, hashed: bytes
) -> dict[str, Any]:
    """``subject`` names the book, such as ``invoice/2026-001``; ``hashed`` is as stored."""
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
        "authtype": "system" if entry.by in OURS else "user",
        "authid": entry.by,
        "correlationid": entry.correlation,
        "causationid": entry.causation,
        "via": entry.via,
        "flags": " ".join(entry.flags) or None,
        "contenthash": hashed.hex(),
        "datacontenttype": "application/json",
        "data": {name: value for name, value in asdict(event).items() if value is not None},
    }
    return {name: value for name, value in attributes.items() if value is not None}
