"""Holds: they end on their day, are told where they are, and may wait for a ticket elsewhere."""

import pytest

from api.clock.tick import TickReport
from commands.debtors.holds import HoldDebtor
from commands.follow_up.holds import HoldFollowUp, ReleaseHold
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.invoice.holds import FollowUpHeld, FollowUpHoldExpired
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING
from projections import agenda, debtors
from support.clock_case import ClockCase
from support.examples import HOLD, money
from support.given import day
from support.http_clients import open_http, refused

TALKS = HoldFollowUp(
    invoice="A-1", hold_id=HOLD, reason="Talks.", until="2026-10-08", note="Ask Eva first."
)


def test_a_hold_ends_on_its_day_by_the_clock_and_all_of_it_stays_on_file(
    owing: ClockCase,
) -> None:
    """Demand 1: the end is an event, whoever forgets it, and moves no step of the ladder."""
    owing.execute(TALKS, on="2026-10-01")
    assert (owing.row().status, owing.row().hold_reason) == ("held", "Talks.")
    assert owing.tick("2026-10-07") == TickReport()
    assert owing.tick("2026-10-12") == TickReport(holds=1, messages=1, steps=1)
    assert owing.tick("2026-10-12") == TickReport()
    row = owing.row()
    assert (row.status, row.held_until, row.hold_reason) == ("open", None, "")
    told = [entry.event for entry in owing.ledger.history(owing.id_of("A-1"))]
    assert [type(event) for event in told[1:]] == [
        FollowUpHeld,
        FollowUpHoldExpired,
        StepTaken,
    ]
    assert (told[1].until, told[1].reason, told[1].note) == (
        day("2026-10-08"),
        "Talks.",
        "Ask Eva first.",
    )
    assert told[2].on == day("2026-10-08")  # since then, whenever the clock came by


def test_a_hold_that_ended_is_none_to_release(owing: ClockCase) -> None:
    owing.execute(TALKS, on="2026-10-01")
    owing.tick("2026-10-08")
    with pytest.raises(NotFound):
        owing.execute(ReleaseHold(invoice="A-1"))
    owing.execute(HoldFollowUp(invoice="A-1", reason="Again."), ReleaseHold(invoice="A-1"))
    assert owing.state().lasting_holds == []


def test_a_part_that_is_held_is_told_with_its_amount_and_ticket(owing: ClockCase) -> None:
    """Demands 7 and 27: partially on hold, and for what."""
    owing.execute(TALKS.model_copy(update={"amount": money(40), "ticket": "zammad/4711"}))
    assert owing.row().status == "open"
    assert owing.row().hold_reason == "40.00 of it: Talks. (ticket zammad/4711)"


def test_a_debtors_hold_ends_by_the_clock_too(owing: ClockCase) -> None:
    """Demands 1 and 2."""
    owing.execute(HoldDebtor(debtor="D-7", reason="Flood.", until="2026-10-08"), on="2026-10-01")
    owing.execute(HoldDebtor(debtor="D-7", reason="Talks."))
    assert owing.tick("2026-10-07") == TickReport()
    assert owing.tick("2026-10-08") == TickReport(holds=1)
    [left] = owing.owes("D-7").holds.values()
    assert left.reason == "Talks."
    assert owing.tick("2026-10-08") == TickReport()


def test_it_is_told_whether_the_invoice_is_held_or_its_debtor(owing: ClockCase) -> None:
    """Demands 2 and 7: held items stay in sight, with a label."""
    owing.invoice("A-2")
    owing.execute(TALKS, on="2026-10-05")
    assert [stop.why for stop in owing.why().stops] == ["held: Talks."]
    assert (owing.row().status, owing.row("A-2").status) == ("held", "open")
    owing.execute(HoldDebtor(debtor="D-7", reason="Flood.", until="2026-10-09"))
    assert [stop.why for stop in owing.why("A-2").stops] == ["the debtor is held: Flood."]
    assert owing.row("A-2").status == "open"
    with owing.session.pool.connection() as conn:
        debtor = debtors.get("default", "D-7").first(conn)
        shown = agenda.list_due("default", day("2026-10-08"), held=True, scope=EVERYTHING).fetch(
            conn
        )
    assert debtor
    assert (debtor.held, debtor.hold_reason) == (True, "Flood.")
    assert {(one.item.invoice, one.held_until) for one in shown} == {
        ("A-1", day("2026-10-09")),
        ("A-2", day("2026-10-09")),
    }


def test_a_hold_waits_for_a_ticket_elsewhere_and_ends_with_it(database: str) -> None:
    """Demand 27: the ticket system says so itself, and may say it twice."""
    with open_http(database) as http:
        anna, zammad = http.collector(name="anna"), http.collector(name="zammad")
        invoice = {"invoice": "F-1", "amount": "1210.00", "due_on": "2026-02-27", "debtor": "D-7"}
        anna.record("/invoices", invoice)
        linked = {"reason": "They have a question.", "ticket": "zammad/4711"}
        zammad.record("/invoices/F-1/holds", linked | {"release_by": ["zammad"]})
        assert zammad.record("/invoices/F-1/holds", linked)["entries"] == []
        seen = anna.get("/invoices/F-1").json()["invoice"]
        assert (seen["status"], seen["hold_reason"]) == (
            "held",
            "They have a question. (ticket zammad/4711)",
        )
        told = anna.get("/invoices/F-1/why").json()
        assert "waits for ticket zammad/4711" in told["stops"][0]["causes"][0]["what"]
        anna.record("/invoices/F-1/holds", {"reason": "Talks."})
        closed = {"ticket": "zammad/4711"}
        refused(anna.post("/invoices/F-1/holds/release", closed), 409, "refused")
        zammad.record("/invoices/F-1/holds/release", closed)
        refused(zammad.post("/invoices/F-1/holds/release", closed), 404, "unknown")
        assert anna.get("/invoices/F-1").json()["invoice"]["hold_reason"] == "Talks."
        zammad.record("/invoices/F-1/holds", linked)  # it was opened again
