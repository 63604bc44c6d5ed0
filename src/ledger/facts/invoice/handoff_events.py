"""Events of a hand-off to a collection agency."""

from decimal import Decimal
from uuid import UUID

from ledger.facts.entry import Event


class HandedOff(Event, topic="handed-off.v1"):
    """The invoice was handed off to a collection agency, which collects it from then on."""

    handoff_id: UUID
    agency: str
    claim: Decimal
    manifest_sha256: str | None = None


class Recalled(Event, topic="recalled.v1"):
    handoff_id: UUID
    why: str


HandoffEvent = HandedOff | Recalled
