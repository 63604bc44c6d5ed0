"""Every command, once: together they make every event, and none takes bad input."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace as but
from pydantic import ValidationError

from commands import COMMANDS
from commands.approval_limits import no_limits
from commands.command import Command, DecisionContext, decide
from commands.context import Context
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.playbook_rules import Approver, Rules
from ledger.policy.playbook.in_force import shipped
from support.examples import (
    BANK,
    CASE,
    CONTACT,
    DEB,
    EVA,
    HANDOFF,
    HOLD,
    INV,
    NOW,
    ONLY_THE_CLOCK_MAKES,
    OTHER_CASE,
    OTHER_PROMISE,
    PROMISE,
    SAM,
    SHA,
)
from support.given import BOOK, TODAY, moment

CALL = {"channel": "phone", "direction": "in", "summary": "Angry.", "who": "Jan"}
PRICE = {"reason": "price", "comment": "Too dear."}
ONE, TWO = {"case_id": CASE}, {"case_id": OTHER_CASE}

CREDIT = {"reference": "G1", "currency": "EUR", "money": "credit note"}

LIFE: list[tuple[str, dict[str, Any]]] = [
    ("register-debtor", {"name": "Bakery Jansen", "phone": "1", "vat_id": "NL1", "country": "NL"}),
    ("correct-debtor", {"why": "Moved.", "address": "Kade 1", "email": "a@b.nl", "language": "nl"}),
    ("log-debtor-contact", CALL | {"contact_id": CONTACT, "message_id": "m"}),
    ("add-debtor-note", {"text": "New owner."}),
    ("record-credit-check", {"result": "Good.", "limit": "500", "source": "broker"}),
    ("hold-debtor", {"hold_id": HOLD, "reason": "Fire.", "release_by": ["anna"], "note": "Sad."}),
    ("release-debtor", {"why": "Open again."}),
    ("receive-money", {"reference": "B1", "amount": "90", "payer_iban": BANK, "method": "bank"}),
    ("allocate-money", {"reference": "B1", "invoice": INV, "amount": "60"}),
    ("list-money-per-erp", CREDIT | {"amount": "40", "source": "a.csv:7"}),
    ("allocate-credit", {"reference": "G1", "invoice": INV, "amount": "30"}),
    ("list-money-per-erp", CREDIT | {"amount": "5", "source": "b.csv:7"}),
    ("postpone-debtor-item", {"item": "B1", "until": "2026-03-09", "why": "Ask him first."}),
    ("take-up-debtor-item", {"item": "B1"}),
    ("return-money", {"reference": "B1", "amount": "30", "why": "Not ours."}),
    ("receive-money", {"reference": "B2", "amount": "90"}),
    ("reverse-money", {"reference": "B2", "why": "Recorded twice."}),
    (
        "register-invoice",
        {"amount": "1000", "due_on": "2026-02-28", "debtor": DEB, "document": "d"},
    ),
    ("correct-invoice", {"why": "Typo.", "business_unit": "north", "collector": "anna"}),
    ("record-sending", {"channel": "letter", "to": "Jan", "charge": "2.50"}),
    ("record-delivery-failure", {"why": "Moved.", "to": "Jan"}),
    ("record-delivery", {"channel": "e-mail", "to": "a@b.nl"}),
    ("log-contact", CALL | {"contact_id": CONTACT, "message_id": "m", "documents": [SHA]}),
    ("record-reminder", {"channel": "e-mail", "to": "a@b.nl"}),
    ("add-note", {"text": "Be kind."}),
    ("attach-document", {"sha256": SHA, "name": "a.pdf", "size": 5}),
    (
        "attach-document",
        {"sha256": "c" * 64, "name": "b.pdf", "size": 5, "document_kind": "invoice"},
    ),
    ("open-dispute", PRICE | ONE | {"contested": "400", "original_code": "5"}),
    ("open-dispute", PRICE | TWO | {"contested": "100", "original_list": "4465"}),
    ("assign-resolver", ONE | {"resolver": SAM, "expected": "The agreed price."}),
    ("assign-resolver", ONE | {"resolver": EVA, "why": "Sam is ill."}),
    ("remind-resolver", ONE | {"follow_up_on": "2026-03-05"}),
    ("record-answer", ONE | {"answer": "solved", "text": "He is right."}),
    ("move-follow-up-date", ONE | {"follow_up_on": "2026-03-06", "why": "Busy."}),
    ("update-dispute-comment", ONE | {"comment": "Far too dear."}),
    ("escalate-dispute", ONE | {"to": EVA, "why": "Stuck."}),
    ("request-credit", ONE | {"amount": "100", "approver": EVA}),
    ("refuse-credit", ONE | {"why": "Too much."}),
    ("request-credit", ONE | {"amount": "50", "approver": EVA}),
    ("approve-credit", ONE | {"amount": "50"}),
    ("issue-credit-note", ONE | {"credit_note": "C1", "amount": "50"}),
    ("receive-payment", {"reference": "P1", "amount": "600", "method": "bank", "payer_name": "J"}),
    ("reverse-payment", {"reference": "P1", "why": "Bounced."}),
    ("resolve-dispute", ONE | {"outcome": "rejected", "explanation": "Signed."}),
    ("record-outcome-notice", ONE | {"channel": "letter"}),
    ("reopen-dispute", ONE | {"why": "New facts."}),
    ("resolve-dispute", ONE | {"outcome": "withdrawn", "root_cause": "none_found"}),
    ("void-dispute", TWO | {"why": "Wrong invoice."}),
    ("hold-follow-up", {"hold_id": HOLD, "reason": "Ill.", "release_by": ["anna"], "note": "Sad."}),
    ("release-hold", {"hold_id": HOLD}),
    ("postpone-item", {"item": "debtor", "until": "2026-03-12", "why": "Away."}),
    ("take-up-item", {"item": "debtor"}),
    ("finish-item", {"on": "2026-03-12", "item": "debtor", "text": "Left a message."}),
    ("schedule-follow-up", {"next_step_on": "2026-03-09", "step": "Call."}),
    ("charge-late-fee", {"amount": "40", "why": "Directive."}),
    ("waive-late-fee", {"why": "Friend."}),
    ("charge-interest", {"amount": "4", "why": "8 %"}),
    ("waive-interest", {"why": "Friend."}),
    ("make-promise", {"promise_id": PROMISE, "promised_for": "2026-03-09", "who": "Jan"}),
    ("keep-promise", {"promise_id": PROMISE}),
    ("make-promise", {"promise_id": OTHER_PROMISE, "promised_for": "2026-03-09"}),
    ("break-promise", {"promise_id": OTHER_PROMISE}),
    ("make-promise", {"promise_id": CASE, "promised_for": "2026-03-09"}),
    ("judge-promise", {"promise_id": CASE}),
    ("withdraw-promise", {"promise_id": CASE, "why": "Mistake."}),
    ("hand-off", {"handoff_id": HANDOFF, "agency": "Incasso BV", "manifest_sha256": SHA}),
    ("recall-hand-off", {"why": "They pay us."}),
    ("settle-per-erp", {"open_amount": "300", "source": "a.csv:7"}),
    ("approve-afterwards", {}),
    ("write-off", {"why": "Small.", "amount": "1"}),
    ("close-per-erp", {"source": "a.csv"}),
    ("cancel-invoice", {"why": "Never mind."}),
]


def key(kind: type[Command]) -> dict[str, str]:
    return {"debtor": DEB} if kind.kind is DEBTOR else {"invoice": INV}


def only_eva() -> Rules:
    """Return a playbook by which only Eva may give anything away."""
    return but(shipped(), approvers=(Approver(EVA),))


def life() -> Iterator[Any]:
    states: dict[str, Any] = {kind.name: kind.start(BOOK) for kind in (INVOICE, DEBTOR)}
    now, context = DecisionContext(NOW, "anna"), Context("anna", moment(TODAY))
    for verb, fields in LIFE:
        kind = COMMANDS[verb]
        wish = kind.model_validate(key(kind) | fields)
        name = kind.kind.name
        limits = only_eva if verb == "settle-per-erp" else no_limits
        who = replace(now, by=EVA) if verb == "approve-afterwards" else now
        states[name], entries = decide(states[name], wish, who, context, limits)
        yield from (entry.event for entry in entries)


def test_a_whole_life_takes_every_command_and_makes_every_event() -> None:
    missing = set(COMMANDS) ^ {verb for verb, _ in LIFE}
    assert missing == set(), "add the command and its fields to LIFE"
    by_hand = (INVOICE.events | DEBTOR.events) - ONLY_THE_CLOCK_MAKES
    missing_events = by_hand ^ {type(event) for event in life()}
    assert missing_events == set(), "add the command that yields the event to LIFE"


SAID = dict(LIFE)


def text_fields(kind: type[Command]) -> list[str]:
    """Those that take any text (not codes, dates, amounts, ids), by trying."""
    there = key(kind) | SAID[kind.verb()]
    found = list[str]()
    for name in kind.model_fields:
        try:
            wish = kind.model_validate(there | {name: "Any text."})
        except ValidationError:
            continue
        if isinstance(getattr(wish, name), str):
            found.append(name)
    return found


every = pytest.mark.parametrize("kind", COMMANDS.values(), ids=COMMANDS)


@every
def test_no_text_takes_the_character_nul(kind: type[Command]) -> None:
    there = key(kind) | SAID[kind.verb()]
    assert text_fields(kind)
    for name in text_fields(kind):
        for bad in ("a\0b", "\0", "\ud800"):
            with pytest.raises(ValidationError):
                kind.model_validate(there | {name: bad})


@every
def test_no_amount_takes_what_is_not_a_number(kind: type[Command]) -> None:
    there = key(kind) | SAID[kind.verb()]
    for name in {"amount", "open_amount", "contested", "credited", "charge"} & set(
        kind.model_fields
    ):
        for bad in ("NaN", "Infinity", "-Infinity", "1e30", "-1", "1.00001", "", True):
            with pytest.raises(ValidationError):
                kind.model_validate(there | {name: bad})


@every
def test_no_day_is_beyond_the_calendars_that_reckon_with_it(kind: type[Command]) -> None:
    there = key(kind) | SAID[kind.verb()]
    for name in {"on", "until", "due_on", "promised_for", "follow_up_on", "raised_on"} & set(
        kind.model_fields
    ):
        for bad in ("9999-12-31", "0001-01-01", "2026-02-30", "soon"):
            with pytest.raises(ValidationError):
                kind.model_validate(there | {name: bad})


@every
def test_no_command_takes_a_field_it_does_not_know(kind: type[Command]) -> None:
    there = key(kind) | SAID[kind.verb()]
    assert kind.model_validate_json(kind.model_validate(there).model_dump_json())
    with pytest.raises(ValidationError):
        kind.model_validate(there | {"colour": "red"})


@every
def test_no_command_goes_without_its_key(kind: type[Command]) -> None:
    there = key(kind) | SAID[kind.verb()]
    for blank in ({}, dict.fromkeys(key(kind), "  "), dict.fromkeys(key(kind), "x" * 101)):
        with pytest.raises(ValidationError):
            kind.model_validate({k: v for k, v in there.items() if k not in key(kind)} | blank)


def test_what_is_left_out_gets_an_id_of_its_own() -> None:
    ids = set[UUID]()
    for verb in ("open-dispute", "hold-follow-up", "make-promise", "hand-off", "log-contact"):
        kind = COMMANDS[verb]
        said = {k: v for k, v in SAID[verb].items() if not k.endswith("_id")}
        ids |= {v for k, v in kind.model_validate(key(kind) | said) if k.endswith("_id") and v}
    assert len(ids) == 5
