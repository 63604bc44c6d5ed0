"""An example for every body and answer of the OpenAPI document, from its fields and their names."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel

JSON = "application/json"
SHOWN = set(  # optional fields that the examples show
    ["due_on", "debtor", "collector", "root_cause", "follow_up_on", "explanation", "status"]
)
LATER = "2026-04-15"
LATER_DAYS = (
    "until promised_for follow_up_on next_step_on next_action_on promise_due_on held_until"
    " hold_ends_on resolved_on settled_on resumed_on paid_on"
)
ZERO_AMOUNTS = "paid credited rejected written_off charges unallocated undisputed undisputed_amount"
TYPICAL: dict[Any, Any] = {
    str: "As agreed.",
    date: "2026-03-31",
    datetime: "2026-03-31T10:30:00+02:00",
    Decimal: "100.00",
    int: 1,
    float: 4.5,
    bool: True,
    UUID: "00000000-0000-4000-8000-000000000001",
}
SAMPLES: dict[Any, dict[str, Any]] = {  # by the field's name
    str: {
        **dict.fromkeys(["invoice", "HandOffBody.invoices", "number", "item"], "2026-001"),
        **dict.fromkeys(
            ["DebtorFile.number", "DebtorRow.number", "Statement.number", "debtor"], "D-17"
        ),
        **dict.fromkeys(["name", "debtor_name"], "Bakery Jansen"),
        **dict.fromkeys(["currency", "currencies"], "EUR"),
        **dict.fromkeys(["resolver", "resolvers"], "sam@seller.example"),
        **dict.fromkeys(["approver", "escalated_to"], "pat@seller.example"),
        **dict.fromkeys(["collector", "by", "authid"], "anna@seller.example"),
        **dict.fromkeys(["action", "next_action"], "chase debtor"),
        **dict.fromkeys(["reason", "reasons", "group"], "quantity_short"),
        **dict.fromkeys(
            ["hold_reason", "HoldFollowUpBody.reason"], "They look for the delivery note."
        ),
        **dict.fromkeys(
            ["content_hash", "contenthash"],
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        "business_unit": "north",
        "agency": "Incasso BV",
        "country": "NL",
        "language": "en",
        "address": "Mill Street 1, Utrecht",
        "email": "info@bakery.example",
        "phone": "+31 30 000 0000",
        "vat_id": "NL000000000B01",
        "segment": "business",
        "reference": "NL-2026-03-4711",
        "purchase_order": "PO-88",
        "credit_note": "CN-2026-04",
        "authtype": "user",
        "comment": "Only 8 of 10 boxes arrived.",
        "what": "Disputed: only 8 of 10 boxes arrived.",
        "summary": "Will look for the delivery note and call back.",
        "explanation": "Two boxes credited.",
        "text": "They count again on Friday.",
        "why": "Agreed by phone.",
        "step": "Call them.",
        "status": "open",
        "ticket": "zammad/4711",
        "outcome": "credited",
        "root_cause": "delivery",
        "lag": "resolution",
        "bucket": "1-30",
        "channel": "phone",
        "direction": "out",
        "topic": "note-added.v1",
        "flags": "dated_in_future",
        "via": "5f0c8a35-2f1a-4f6f-8c11-9a1d5c7e6a5b",
        "causation": "import:open.csv",
        "correlation": "4bf92f3577b34da6a3ce929d0e0e4736",
        "specversion": "1.0",
        "id": "default:412",
        "source": "urn:dossier:default",
        "type": "dossier.note-added.v1",
        "subject": "invoice/2026-001",
        "time": "2026-03-31T00:00:00+02:00",
        "recordedtime": "2026-03-31T08:30:00+00:00",
        "sequence": "00000000000000000412",
        "datacontenttype": "application/json",
    },
    date: dict.fromkeys(LATER_DAYS.split(), LATER),
    Decimal: dict.fromkeys(ZERO_AMOUNTS.split(), "0.00"),
    int: {
        "position": 412,
        "priority": 45,
        "rank": -45,
        "line": 2,
        "bookline": 2,
        "worked_days": 8,
        "reopened": 0,
    },
    dict: {
        "data": {"text": "They count again on Friday."},
        "rules": {"ladders": {"business": {"steps": [{"step": "first", "after_due": 3}]}}},
    },
}


def example(hint: Any, name: str = "") -> Any:
    """Return an example value of the type, in JSON, for a field of that name."""
    origin, inner = get_origin(hint) or hint, get_args(hint)
    if origin in (Union, UnionType):
        return example(next(kind for kind in inner if kind is not NoneType), name)
    if origin is Annotated:
        return example(inner[0], name)
    if origin in (list, tuple):
        return [example(inner[0], name)]
    if origin is dict:
        return _named(dict, name) or {}
    if origin is Literal:
        return inner[0]
    if is_dataclass(hint) or issubclass(hint, BaseModel):
        return {field: example(kind, f"{hint.__name__}.{field}") for field, kind in _shown(hint)}
    if issubclass(hint, StrEnum):
        return next(iter(hint)).value
    return _named(hint, name) or TYPICAL[hint]


def _named(hint: Any, name: str) -> Any:
    samples = SAMPLES.get(hint, {})
    return samples.get(name, samples.get(name.rpartition(".")[2]))


def as_example(hint: Any, media_type: str = JSON) -> dict[str, Any]:
    return {media_type: {"example": example(hint)}}


def _shown(kind: Any) -> Iterator[tuple[str, Any]]:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        shown = (f.name for f in fields(kind) if f.default is MISSING or f.name in SHOWN)
        yield from ((name, hints[name]) for name in shown)
        return
    for name, info in kind.model_fields.items():
        if info.is_required() or name in SHOWN:
            yield name, info.annotation
