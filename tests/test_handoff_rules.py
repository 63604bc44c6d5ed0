"""The rules of the collection agency: it gets the file, and gives it back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as but
from pydantic import ValidationError

from commands.debtors.holds import HoldDebtor
from commands.handoffs import HandOff, RecallHandOff
from commands.inbox.replies import FileDebtorMessage
from commands.invoices.contacts import LogContact
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Channel, Direction
from ledger.facts.invoice.handoff import Recalled
from ledger.facts.invoice.holds import FollowUpHeld
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal import NotFound, Refused
from projections.contact_log.sentences import sentence
from support.cli import CliUser
from support.creditor import Creditor, debtor, invoice
from support.examples import (
    HANDOFF,
    HOLD,
    INV,
    NOW,
    OTHER_CASE,
    SHA,
    called,
    cancelled,
    handed_off,
    money,
    opened,
    paid,
    promised,
    registered,
)
from support.given import given

hand_off = HandOff(invoice=INV, agency="Incasso BV", handoff_id=HANDOFF)
recall = RecallHandOff(invoice=INV, why="They pay us.")
held = FollowUpHeld(on=NOW, hold_id=HOLD, amount=None, reason="Talks.", until=None, release_by=())
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


def test_what_is_paid_already_is_not_handed_off_but_a_source_may_report_it() -> None:
    given(registered, paid(130)).when(hand_off).refused(Refused, "Nothing is open")
    book = given(registered, paid(130)).when(hand_off)
    [event] = replace(book, now=replace(book.now, reports=True)).decided()
    assert event.claim == money(0)


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (opened(), "100 is disputed (price)"),
        (held, "it is held: Talks."),
        (promised(), "100 is promised for 2026-03-10"),
        (but(called, direction=Direction.IN, awaits_answer=True), "is not answered"),
    ],
)
def test_what_stands_in_the_way_is_overridden_with_a_reason(happened: Any, why: str) -> None:
    book = given(registered, happened)
    book.when(hand_off).refused(Refused, why, "override")
    [event] = book.when(hand_off.model_copy(update={"override": "They moved."})).decided()
    assert event.override == "They moved."
    assert "whatever stood in the way" in sentence(event)


def test_a_hold_of_the_debtor_stands_in_the_way(creditor: Creditor) -> None:
    hold = HoldDebtor(debtor="D-7", reason="Flood.")
    creditor.execute(debtor(), invoice("A-1"), hold)
    command = HandOff(invoice="A-1", agency="Incasso BV")
    with pytest.raises(Refused, match=r"the debtor is held: Flood\."):
        creditor.execute(command)
    creditor.execute(command.model_copy(update={"override": "They moved."}))


def test_a_message_stands_in_the_way_also_after_its_limit(creditor: Creditor) -> None:
    creditor.execute(debtor(), invoice("A-1"), invoice("A-2"))
    creditor.execute(ApplyPlaybook(rules=but(shipped(), reply_rests=0)))
    wrote: Any = {"channel": Channel.EMAIL, "direction": Direction.IN, "summary": "Why?"}
    creditor.execute(LogContact(invoice="A-1", awaits_answer=True, **wrote))
    with pytest.raises(Refused, match="is not answered"):
        creditor.execute(HandOff(invoice="A-1", agency="Incasso BV"))
    creditor.execute(FileDebtorMessage(debtor="D-7", mail="m", awaits_answer=True, **wrote))
    with pytest.raises(Refused, match="is not answered"):
        creditor.execute(HandOff(invoice="A-2", agency="Incasso BV"))


def test_the_command_line_asks_before_it_hands_off(cli: CliUser, tmp_path: Path) -> None:
    cli.record("register-invoice", invoice="A-1", amount=100, due_on="2026-03-01").ok()
    cli("handoff", "A-1", "--to", tmp_path / "out").misused("Missing option", "--agency")
    asked = "Hand off A-1 (100.00) to Incasso BV?"
    said = ("handoff", "A-1", "--to", tmp_path / "out", "--agency", "Incasso BV")
    cli(*said).refused("nothing was written", asked, "--yes", code=2)
    cli.record("hand-off", invoice="A-1", agency="Incasso BV").refused(asked, code=2)
    assert not (tmp_path / "out").exists()
    cli.record("make-promise", invoice="A-1", promised_for="2099-01-01").ok()
    cli(*said, "--yes").refused("--override", "is promised for 2099-01-01")
    cli.record("hand-off", "--yes", invoice="A-1", agency="Incasso BV").refused("--override")
    cli(*said, "--yes", "--override", "They moved.").ok()


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
