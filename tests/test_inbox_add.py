"""Calls and letters that somebody logs, over HTTP and on the command line: the road of a mail."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from commands.inbox.triage import LogInboundContact
from ledger.facts import debtor_events as dev
from ledger.facts.inbound import MailMatched, MailReceived, MatchRule
from ledger.facts.invoice.follow_up import ContactLogged
from support.cli import CliUser
from support.disputing import case_of, requested_messages, run_dispute, set_up_disputes
from support.given import TODAY
from support.http_clients import INVOICE, HttpClients, Person, refused

CALL = {"channel": "phone", "text": "They pay 2026-101 on Friday.", "who": "Jan"}


@pytest.fixture
def reminded_by_phone(anna: Person) -> None:
    """Bakery Jansen was reminded of 2026-101."""
    debtor = {"debtor": "D-7", "name": "Bakery Jansen", "email": "jan@bakery.example"}
    anna.record("/debtors", debtor | {"phone": "030 123 45 67", "country": "NL"})
    anna.record("/invoices", INVOICE | {"invoice": "2026-101"})
    anna.record("/invoices/2026-101/reminders", {"channel": "phone"})


@pytest.mark.usefixtures("reminded_by_phone")
def test_a_call_of_a_known_number_is_logged_and_rests(http: HttpClients, anna: Person) -> None:
    done = anna.record("/inbox", CALL | {"phone": "+31 30 1234567"})
    topics = [one["topic"] for one in done["entries"]]
    assert topics == ["mail-received.v1", "mail-matched.v1", "contact-logged.v1"]
    [contact], [found] = http.recorded(ContactLogged), http.recorded(MailMatched)
    assert (contact.channel, contact.who) == ("phone", "Jan (+31301234567)")
    assert (found.rule, found.invoices, found.debtor) == (MatchRule.NUMBER, ("2026-101",), "D-7")
    assert http.entries()[-1].by == "anna"
    assert http.recorded(MailReceived)[0].time is not None


@pytest.mark.usefixtures("reminded_by_phone")
def test_who_says_what_it_is_about_is_believed(http: HttpClients, anna: Person) -> None:
    letter = {"channel": "letter", "text": "We contest it.", "on": "2026-02-27"}
    anna.record("/inbox", letter | {"invoices": ["2026-101"]})
    [contact], [found] = http.recorded(ContactLogged), http.recorded(MailMatched)
    assert (contact.who, str(contact.on)) == ("", "2026-02-27")
    assert http.recorded(MailReceived)[0].time is None, "a day is all that is known"
    assert (found.rule, found.invoices, found.waits) == (MatchRule.MANUAL, ("2026-101",), "")
    refused(anna.post("/inbox", letter | {"invoices": ["2026-999"]}), 404, "unknown")


@pytest.mark.usefixtures("reminded_by_phone")
def test_a_number_without_a_sender_and_a_sender_without_a_number_wait(
    http: HttpClients, anna: Person
) -> None:
    anna.record("/inbox", CALL)
    done = anna.record("/inbox", CALL | {"text": "Call back.", "email": "JAN@bakery.example"})
    assert [one.who for one in http.recorded(dev.DebtorContactLogged)] == [
        "Jan (jan@bakery.example)"
    ]
    rows = anna.get(f"/inbox?at_least={done['position']}").json()
    assert sorted((row["name"], row["sent_by"], row["why"]) for row in rows) == [
        ("Jan", "", "no invoice or debtor could be identified"),
        ("Jan", "jan@bakery.example", "it names no invoice"),
    ]
    assert {one["invoice"] for row in rows for one in row["suggestions"]} == {"2026-101"}
    assert "message-asked.v1" not in http.topics(), "who phoned was answered"


NATIONAL = "06 12 34 56 78"  # a mobile in France, and in the Netherlands


@pytest.fixture
def moulin(anna: Person) -> None:
    """A debtor in France, with an invoice."""
    french = {"debtor": "K-3", "name": "Moulin", "country": "FR", "phone": NATIONAL}
    anna.record("/debtors", french)
    anna.record("/invoices", INVOICE | {"invoice": "F2026-301", "debtor": "K-3"})


@pytest.mark.usefixtures("moulin")
@pytest.mark.parametrize(
    ("dutch", "phone", "text", "owner"),
    [
        ("+31612345678", NATIONAL, "About F2026-301.", "K-3"),  # the invoice decides
        ("+31612345678", NATIONAL, "Please call back.", ""),  # it may be either
        ("", NATIONAL, "Please call back.", "K-3"),
        ("+31612345678", "+31 6 12345678", "Please call back.", "K-1"),
        ("+31687654321", "06 87 65 43 21", "Please call back.", "K-1"),
        ("+31687654321", "06 87 65 43 21", "About F2026-301.", ""),  # another debtor's invoice
        ("0612345678", "+33 6 12 34 56 78", "Please call back.", "K-3"),
    ],
)
def test_a_number_without_a_country_may_be_of_any(
    http: HttpClients, anna: Person, dutch: str, phone: str, text: str, owner: str
) -> None:
    body = {"debtor": "K-1", "name": "Bakker", "phone": dutch or None, "country": "NL"}
    anna.record("/debtors", body)
    anna.record("/inbox", CALL | {"phone": phone, "text": text})
    matched = http.recorded(MailMatched)
    assert [found.debtor for found in matched] == ([owner] if owner else [])
    by_invoice = [("F2026-301",)] if owner == "K-3" and "F2026" in text else [()]
    assert [found.invoices for found in matched] == (by_invoice if owner else [])


@pytest.mark.usefixtures("reminded_by_phone")
def test_the_same_call_is_one(http: HttpClients, anna: Person) -> None:
    call = CALL | {"phone": "030-1234567", "message_id": "pbx-17"}
    for _ in range(2):
        anna.record("/inbox", call)
    assert len(http.recorded(ContactLogged)) == 1
    [came] = http.recorded(MailReceived)
    assert (came.mail, came.message_id) == ("phone/pbx-17", "")
    first = anna.record("/inbox", CALL, Idempotency_Key="k")
    assert anna.record("/inbox", CALL, Idempotency_Key="k") == first
    anna.record("/inbox", CALL)
    assert len(http.recorded(MailReceived)) == 3, "another call is another"


@pytest.mark.usefixtures("reminded_by_phone")
def test_a_letter_comes_with_its_scan(http: HttpClients, anna: Person) -> None:
    sent = anna.client.post(
        "/v1/inbox/documents",
        headers=anna.headers({}),
        files={"file": ("scan.pdf", b"%PDF", "application/pdf")},
    )
    assert (sent.status_code, sent.json()["size"]) == (201, 4)
    scan = sent.json()["sha256"]
    letter = {"channel": "letter", "text": "About 2026-101.", "documents": [scan]}
    done = anna.record("/inbox", letter)
    [row] = anna.get(f"/inbox?at_least={done['position']}").json()
    assert row["attachments"] == [scan]
    assert anna.get(f"/inbox/{row['id']}/documents/{scan}").content == b"%PDF"
    anna.record(f"/inbox/{row['id']}/assign", {"invoices": ["2026-101"]})
    assert anna.get(f"/invoices/2026-101/documents/{scan}").content == b"%PDF"
    missing = letter | {"documents": ["0" * 64]}
    refused(anna.post("/inbox", missing), 409, "refused", "/documents")


@pytest.mark.parametrize("by", ["http", "cli"])
def test_what_it_takes_up_again_is_asked_again(
    http: HttpClients, anna: Person, database: str, by: str
) -> None:
    reopen = (
        "reasons: {damaged: {resolvers: [{resolver: sam@seller.example}], reopen_on_reply: true}}"
    )
    set_up_disputes(http, anna, reopen)
    case = case_of(run_dispute(anna, "F-1", reason="damaged"))
    anna.record(f"/disputes/{case}/resolve", {"outcome": "rejected"})
    before = len(requested_messages(http))
    if by == "http":
        anna.record("/inbox", CALL | {"invoices": ["F-1"]})
    else:
        said = ("--channel", "phone", "--text", "No!", "--invoice", "F-1", "--on", TODAY)
        CliUser(database)("inbox", "add", *said).ok()
    assert [one.to for one in requested_messages(http)[before:]] == [("sam@seller.example",)]


@pytest.mark.usefixtures("reminded_by_phone")
def test_a_key_for_some_units_adds_nothing(http: HttpClients, anna: Person) -> None:
    north = http.collector(business_units=["north"])
    refused(north.post("/inbox", CALL), 403, "not-allowed")


@pytest.mark.parametrize("channel", ["e-mail", "e-invoice"])
def test_mail_comes_by_the_mailbox(channel: str) -> None:
    with pytest.raises(ValidationError, match="received by the mailbox"):
        LogInboundContact(channel=channel, text="x")


@pytest.mark.usefixtures("reminded_by_phone")
def test_on_the_command_line(
    http: HttpClients, anna: Person, database: str, tmp_path: Path
) -> None:
    scan, cli = tmp_path / "scan.pdf", CliUser(database)
    scan.write_bytes(b"%PDF")
    said = ("--channel", "letter", "--text", "2026-101 is paid.", "--document", scan)
    assert "no invoice or debtor matches" in cli("inbox", "add", *said).ok().err
    known = cli("inbox", "add", *said, "--phone", "0031 30 1234567", "--on", "2026-03-01").ok()
    assert "Logged with 2026-101, and waits" not in known.err
    assert "Logged with 2026-101." in known.err
    cli("inbox", "add", *said, "--invoice", "2026-999").refused("2026-999")
    [contact] = http.recorded(ContactLogged)
    assert (contact.channel, str(contact.on), len(contact.documents)) == ("letter", "2026-03-01", 2)
