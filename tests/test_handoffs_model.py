"""Hand-offs as a read model: which invoices went together, and who has them now."""

import pytest

from commands.handoffs import HandOff, RecallHandOff
from ledger.database.pool import Pool
from ledger.facts.invoice.handoff import HandedOff, Recalled
from ledger.policy.visibility import EVERYTHING, Scope
from ledger.store.ledger import Ledger
from projections.handoffs import HANDOFFS, HandOffRow, of_handoff
from support.creditor import Creditor, invoice
from support.examples import HANDOFF, NOW, OTHER_CASE, handed_off, registered
from support.given import BOOK, given

recalled = Recalled(on=NOW, handoff_id=HANDOFF, why="They pay us.")
HANDED = ("Incasso BV", NOW, handed_off.claim)
row = HandOffRow(HANDOFF, BOOK, "2026-001", "north", "Incasso BV", *HANDED)
back = HandOffRow(HANDOFF, BOOK, "2026-001", "north", "", *HANDED)


def test_an_invoice_that_was_never_handed_off_is_in_none() -> None:
    given(registered).shows(HANDOFFS).then()


def test_it_says_who_has_the_invoice_now() -> None:
    given(registered, handed_off).shows(HANDOFFS).then(row)
    given(registered, handed_off, recalled).shows(HANDOFFS).then(back)


def test_a_second_hand_off_leaves_the_first_on_record() -> None:
    other = HandedOff(on=NOW, handoff_id=OTHER_CASE, agency="Rival BV", claim=handed_off.claim)
    shown = given(registered, handed_off, recalled, other).shows(HANDOFFS).rows
    assert {one.handoff_id: one.agency for one in shown} == {HANDOFF: "", OTHER_CASE: "Rival BV"}


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), ["A-1", "A-2", "A-3"]),
        (Scope(business_units=("north",)), ["A-1", "A-2"]),
        (Scope(agency="Incasso BV"), ["A-1", "A-3"]),
        (Scope(agency="Rival BV"), []),
        (Scope(agency=""), []),
        (Scope(resolver="sam"), []),
    ],
)
def test_who_sees_what_of_it(pool: Pool, ledger: Ledger, scope: Scope, seen: list[str]) -> None:
    creditor = Creditor(pool, ledger)
    units = {"A-3": "south", "A-1": "north", "A-2": "north"}
    for number, unit in units.items():
        creditor.execute(invoice(number, business_unit=unit))
        creditor.execute(HandOff(invoice=number, agency="Incasso BV", handoff_id=HANDOFF))
    creditor.execute(RecallHandOff(invoice="A-2", why="They pay us."))
    with creditor.reading() as conn:
        rows = of_handoff("default", HANDOFF, scope=scope).fetch(conn)
        assert of_handoff("other", HANDOFF, scope=EVERYTHING).fetch(conn) == []
    assert [one.invoice for one in rows] == seen
