"""The rules of a debtor as such: known, spoken to, held, and money that names no invoice."""

from typing import Any

import pytest
from pydantic import ValidationError

from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor, ReleaseDebtor
from commands.debtors.money import AllocateMoney, ReceiveMoney, ReturnMoney
from commands.debtors.registration import CorrectDebtor, RegisterDebtor
from ledger.facts import debtor_events as ev
from ledger.facts.codes import Channel, Direction
from ledger.policy.refusal import NotFound, Refused
from support.examples import BANK, CONTACT, DEB, HANDOFF, HOLD, INV, NOW, SHA, known, money, pay
from support.given import day, given

register = RegisterDebtor(on=known.on, debtor=DEB, name="Bakery Jansen", email=known.email)


def test_a_debtor_is_registered_once() -> None:
    given().when(register).then(known)
    given(known).when(register).then()


def test_registering_again_with_other_details_corrects_them() -> None:
    moved = RegisterDebtor(on=NOW, debtor=DEB, name="Bakery Jansen", address="Dam 1")
    why = "Registered again, with other details."
    given(known).when(moved).then(ev.DebtorCorrected(on=NOW, why=why, address="Dam 1"))


def test_a_source_without_names_takes_no_name_away() -> None:
    """A list without a column of names gives the number in its place."""
    nameless = RegisterDebtor(on=NOW, debtor=DEB, name=DEB, country="NL")
    why = "Registered again, with other details."
    given(known).when(nameless).then(ev.DebtorCorrected(on=NOW, why=why, country="NL"))
    given().when(nameless).then(ev.DebtorRegistered(on=NOW, number=DEB, name=DEB, country="NL"))


def test_a_correction_changes_only_what_it_names() -> None:
    wish = CorrectDebtor(debtor=DEB, why="Moved.", email="jan@bakery.nl", country="NL")
    event = ev.DebtorCorrected(on=NOW, why="Moved.", email="jan@bakery.nl", country="NL")
    given(known).when(wish).then(event)
    debtor = given(known, event).becomes()
    assert (debtor.name, debtor.email) == ("Bakery Jansen", "jan@bakery.nl")


mail: dict[str, Any] = {
    "debtor": DEB,
    "channel": Channel.EMAIL,
    "direction": Direction.IN,
    "summary": "Asks for a statement.",
}


def test_a_contact_is_logged_once() -> None:
    wish = LogDebtorContact(**mail, contact_id=CONTACT, who="Jan", documents=(SHA,))
    event = ev.DebtorContactLogged(
        on=NOW,
        contact_id=CONTACT,
        channel=Channel.EMAIL,
        direction=Direction.IN,
        who="Jan",
        summary="Asks for a statement.",
        documents=(SHA,),
    )
    given(known).when(wish).then(event)
    given(known, event).when(wish).then()


def test_the_same_message_is_the_same_contact() -> None:
    [event] = given(known).when(LogDebtorContact(**mail, message_id="<a@b.nl>")).decided()
    given(known, event).when(LogDebtorContact(**mail, message_id="<a@b.nl>")).then()


def test_a_note_is_added() -> None:
    given(known).when(AddDebtorNote(debtor=DEB, text="New owner.")).then(
        ev.DebtorNoteAdded(on=NOW, text="New owner.")
    )


hold = HoldDebtor(debtor=DEB, hold_id=HOLD, reason="Fire.", until=day("2026-04-01"))
release = ReleaseDebtor(debtor=DEB, why="Open again.")


def held(**more: Any) -> ev.DebtorHeld:
    facts: dict[str, Any] = {
        "on": NOW,
        "hold_id": HOLD,
        "reason": "Fire.",
        "until": day("2026-04-01"),
    }
    return ev.DebtorHeld(**(facts | {"release_by": ()} | more))


released = ev.DebtorResumed(on=NOW, hold_id=HOLD, why="Open again.")


def test_a_debtor_is_held_once_and_not_until_today() -> None:
    given(known).when(hold).then(held())
    given(known, held()).when(hold).then()
    given(known).when(hold.model_copy(update={"until": NOW})).refused(
        Refused, "has no days", "until"
    )


def test_a_debtor_is_released_by_who_may() -> None:
    given(known, held()).when(release).then(released)
    given(known, held(release_by=("eva",))).when(release).refused(Refused, "Only eva may")
    given(known, held(), released).when(release).refused(NotFound, "no such hold")
    two = given(known, held(), held(hold_id=HANDOFF))
    two.when(release).refused(Refused, "several holds", "hold_id")
    two.when(release.model_copy(update={"hold_id": HOLD})).then(released)


receive = ReceiveMoney(debtor=DEB, reference="B1", amount=money(90), payer_iban=BANK)
received = ev.MoneyReceived(
    on=NOW, reference="B1", amount=money(90), currency="EUR", payer_iban=BANK
)


def test_money_that_names_no_invoice_is_received_once() -> None:
    given(known).when(receive).then(received)
    given(known, received).when(receive).then()
    given(known, received).when(receive.model_copy(update={"amount": money(91)})).refused(
        Refused, "with amount 90", "amount"
    )
    yen = receive.model_copy(update={"currency": "JPY", "amount": money("0.5")})
    given(known).when(yen).refused(Refused, "0 decimals", "amount")


def allocate(amount: str | int, invoice: str = INV, reference: str = "B1") -> AllocateMoney:
    return AllocateMoney(debtor=DEB, reference=reference, invoice=invoice, amount=money(amount))


def allocated(amount: int) -> ev.MoneyAllocated:
    return ev.MoneyAllocated(on=NOW, reference="B1", invoice=INV, amount=money(amount))


def returned(amount: int) -> ev.MoneyReturned:
    return ev.MoneyReturned(on=NOW, reference="B1", amount=money(amount), why="Not ours.")


def give_back(amount: str | int) -> ReturnMoney:
    return ReturnMoney(debtor=DEB, reference="B1", amount=money(amount), why="Not ours.")


def test_money_is_put_on_an_invoice_whose_book_hears_of_it() -> None:
    given(known, received).when(allocate(60)).then(allocated(60))
    assert allocate(60).with_companions() == (allocate(60), pay(60, "B1"))


def test_allocating_twice_happens_once() -> None:
    given(known, received, allocated(40)).when(allocate(40)).then()
    given(known, received, allocated(40)).when(allocate(50)).refused(
        Refused, "with amount 40", "amount"
    )


def test_what_is_not_ours_is_returned() -> None:
    given(known, received).when(give_back(30)).then(returned(30))
    assert given(known, received, allocated(60), returned(30)).becomes().money["B1"].left == 0


@pytest.mark.parametrize("wish", [allocate(31, "2026-002"), give_back(31)])
def test_no_more_is_given_than_is_left(wish: Any) -> None:
    given(known, received, allocated(60)).when(wish).refused(Refused, "Only 30", "amount")
    given(known, received).when(wish.model_copy(update={"amount": money("0.001")})).refused(
        Refused, "2 decimals", "amount"
    )
    given(known).when(wish).refused(NotFound, "no payment B1")


EVERY: list[Any] = [
    CorrectDebtor(debtor=DEB, why="Moved."),
    LogDebtorContact(**mail),
    AddDebtorNote(debtor=DEB, text="New owner."),
    hold,
    release,
    receive,
    allocate(1),
    give_back(1),
]


@pytest.mark.parametrize("wish", EVERY, ids=lambda wish: wish.verb())
def test_a_debtor_must_be_known(wish: Any) -> None:
    given().when(wish).refused(NotFound, DEB)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (RegisterDebtor, {"name": ""}),
        (RegisterDebtor, {"name": "Jansen", "country": "nl"}),
        (CorrectDebtor, {"why": ""}),
        (LogDebtorContact, {"channel": "phone", "direction": "in", "summary": ""}),
        (AddDebtorNote, {"text": ""}),
        (HoldDebtor, {"reason": ""}),
        (ReleaseDebtor, {"why": ""}),
        (ReceiveMoney, {"reference": "B1", "amount": "-1"}),
        (ReceiveMoney, {"reference": "B1", "amount": "1", "currency": "eur"}),
        (AllocateMoney, {"reference": "B1", "invoice": "1", "amount": "0"}),
        (ReturnMoney, {"reference": "B1", "amount": "1", "why": ""}),
    ],
)
def test_bad_input_is_refused(kind: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kind(debtor=DEB, **wrong)
