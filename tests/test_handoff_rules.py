"""The rules of the collection agency: it gets the file, and gives it back."""

import pytest
from pydantic import ValidationError

from commands.handoffs import HandOff, RecallHandOff
from ledger.facts.invoice.handoff import Recalled
from ledger.policy.refusal import NotFound, Refused
from support.examples import (
    HANDOFF,
    INV,
    NOW,
    OTHER_CASE,
    SHA,
    cancelled,
    handed_off,
    money,
    paid,
    registered,
)
from support.given import given

hand_off = HandOff(invoice=INV, agency="Incasso BV", handoff_id=HANDOFF)
recall = RecallHandOff(invoice=INV, why="They pay us.")
recalled = Recalled(on=NOW, handoff_id=HANDOFF, why="They pay us.")


def test_the_file_is_handed_off_with_what_is_open() -> None:
    given(registered).when(hand_off).then(handed_off)
    [event] = (
        given(registered, paid(30))
        .when(hand_off.model_copy(update={"manifest_sha256": SHA}))
        .decided()
    )
    assert (event.claim, event.manifest_sha256) == (70, SHA)


def test_what_the_agency_has_we_do_not_chase() -> None:
    assert not given(registered, handed_off).becomes().collectable
    assert given(registered, handed_off, recalled).becomes().collectable


def test_handing_off_twice_happens_once() -> None:
    given(registered, handed_off).when(hand_off).then()
    given(registered, handed_off, recalled).when(hand_off).then()


def test_an_invoice_is_with_one_agency_at_a_time() -> None:
    other = hand_off.model_copy(update={"handoff_id": OTHER_CASE})
    given(registered, handed_off).when(other).refused(Refused, "recall it first")
    [event] = given(registered, handed_off, recalled).when(other).decided()
    assert event.handoff_id == OTHER_CASE


def test_what_is_paid_already_has_no_claim() -> None:
    [event] = given(registered, paid(130)).when(hand_off).decided()
    assert event.claim == money(0)


def test_what_is_cancelled_or_unknown_is_not_handed_off() -> None:
    given(registered, cancelled).when(hand_off).refused(Refused, "is cancelled")
    given().when(hand_off).refused(NotFound, INV)


def test_a_file_is_recalled_from_who_has_it() -> None:
    given(registered, handed_off).when(recall).then(recalled)
    given(registered).when(recall).refused(Refused, "not with an agency")
    given(registered, handed_off, recalled).when(recall).refused(Refused, "not with an agency")
    given().when(recall).refused(NotFound, INV)


def test_bad_input_is_no_hand_off() -> None:
    with pytest.raises(ValidationError):
        HandOff(invoice=INV, agency="")
    with pytest.raises(ValidationError):
        HandOff(invoice=INV, agency="Incasso BV", manifest_sha256="1")
    with pytest.raises(ValidationError):
        RecallHandOff(invoice=INV, why=" ")
