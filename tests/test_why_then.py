"""``why`` over HTTP and on the command line: of now, and of a moment before something was known."""

import pytest
from msgspec.structs import replace as but

from api.http.auth.keys import Role
from commands.debtors.holds import HoldDebtor
from commands.payments.payments import ReceivePayment
from commands.playbook import ApplyPlaybook
from ledger.facts.books import INVOICE
from ledger.facts.playbook_rules import Rules
from ledger.policy.playbook.in_force import shipped
from ledger.policy.refusal import NotFound
from ledger.store.ledger import Ledger
from projections.explain.why import parse_moment, why
from support.cli import CliUser
from support.creditor import Creditor, debtor, invoice
from support.given import day
from support.http_clients import HttpClients, Person, refused

SHIPPED = shipped()
BUSINESS = SHIPPED.ladders["business"]
NO_COPY = but(BUSINESS, steps=(but(BUSINESS.steps[1], step="call", after_due=9),))
LATE: Rules = but(SHIPPED, ladders={"business": NO_COPY})


@pytest.fixture
def changing_rules(creditor: Creditor) -> None:
    """Registered on 2 March, other rules on the fourth, held on the sixth, paid on the ninth."""
    creditor.execute(debtor(), invoice("F-1"), ApplyPlaybook(rules=SHIPPED))
    creditor.execute(ApplyPlaybook(rules=LATE), on="2026-03-04")
    creditor.execute(HoldDebtor(debtor="D-7", reason="Flood."), on="2026-03-06")
    payment = ReceivePayment(invoice="F-1", reference="B1", amount="100", on="2026-03-05")
    creditor.execute(payment, on="2026-03-09")


def says(creditor: Creditor, at: str) -> str:
    ledger = creditor.ledger
    book = ledger.history(ledger.id_of(INVOICE, "F-1"))
    return why(ledger, book, parse_moment(at, ledger.zone)).says


@pytest.mark.usefixtures("changing_rules")
def test_the_past_knows_only_what_was_recorded_by_then(creditor: Creditor) -> None:
    ledger = creditor.ledger
    book = ledger.history(ledger.id_of(INVOICE, "F-1"))
    told = why(ledger, book, parse_moment("2026-03-03", ledger.zone))
    assert told.playbook == 1
    assert [(one.what, one.on) for one in told.next if one.rule] == [
        ("first reminder", day("2026-03-03"))
    ]
    told = why(ledger, book, parse_moment("2026-03-04", ledger.zone))
    assert told.playbook == 2
    assert [(one.what, one.on) for one in told.next if one.rule] == [("call", day("2026-03-09"))]
    assert says(creditor, "2026-03-08") == "Nothing happens: the debtor is held: Flood."
    assert says(creditor, "2026-03-09") == "Nothing happens: it is paid."
    with pytest.raises(NotFound):
        says(creditor, "2026-03-01")


def test_a_day_ends_at_midnight_of_the_creditor(ledger: Ledger) -> None:
    assert parse_moment("2026-03-01", ledger.zone).isoformat() == "2026-03-01T23:59:59.999999+01:00"
    assert parse_moment("2026-07-01T10:00", ledger.zone).isoformat() == "2026-07-01T10:00:00+02:00"
    assert parse_moment("2026-07-01T10:00Z", ledger.zone).utcoffset() is not None
    for odd in ("", "yesterday", "2026-13-01", "0001-01-01T00:00+14:00", "9999-12-31"):
        with pytest.raises(ValueError, match=r"^at: "):
            parse_moment(odd, ledger.zone)


@pytest.mark.usefixtures("changing_rules")
@pytest.mark.no_worker
def test_over_http(http: HttpClients, anna: Person) -> None:
    http.clock.advance(days=30)
    told = anna.get("/invoices/F-1/why").json()
    assert (told["invoice"], told["open_amount"], told["playbook"]) == ("F-1", "0.00", 2)
    assert told["says"] == "Nothing happens: it is paid."
    [stop] = told["stops"]
    [cause] = stop["causes"]
    assert (cause["line"], cause["book"], cause["on"]) == (2, "invoice", "2026-03-05")
    assert "100.00" in cause["what"]

    held = anna.get("/invoices/F-1/why?at=2026-03-08T12:00:00%2B01:00").json()
    assert held["stops"][0]["causes"][0]["book"] == "debtor"
    refused(anna.get("/invoices/F-1/why?at=2026-03-01"), 404, "unknown")
    refused(anna.get("/invoices/F-1/why?at=soon"), 422, "invalid", "/at")
    refused(anna.get("/invoices/F-2/why"), 404, "unknown")
    elsewhere = http.collector(business_units=["south"])
    refused(elsewhere.get("/invoices/F-1/why"), 404, "unknown")
    assert http.person(Role.AUDITOR).get("/invoices/F-1/why").status_code == 200


@pytest.mark.usefixtures("changing_rules")
def test_on_the_command_line(creditor: Creditor, database: str) -> None:
    cli = CliUser(database)
    told = cli("why", "F-1", "--at", "2026-03-03").ok().out
    assert "Next, since 2026-03-01: chase debtor." in told
    assert "2026-03-03: first reminder, 100.00 (for the clock, rule /ladders/business" in told
    assert "was registered" in told
    assert "(position 2, invoice line 1, by anna)" in told
    told = cli("why", "F-1").ok().out
    assert "0.00 EUR open. By version 2 of the playbook" in told
    assert "Follow-up pauses: it is paid." in told
    assert cli("why", "F-1", "--json").ok().json["stops"][0]["why"] == "it is paid"
    cli("why", "F-9").refused("There is no invoice F-9.")
    cli("why", "F-1", "--at", "2020-01-01").refused("did not exist yet")
    cli("why", "F-1", "--at", "soon").refused("at: a day or a time", code=2)
