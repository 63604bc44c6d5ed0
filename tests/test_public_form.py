"""A debtor writes to us on a public page: whatever he writes, it tells him nothing."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.clock.tick import run
from api.pages.contact.limits import EACH, Limits
from api.session import TenantSession
from commands.context import Context
from commands.execute import execute
from commands.invoices.contacts import LogContact
from ledger.database import documents
from ledger.facts.codes import Channel, Direction
from ledger.facts.inbound import AttachmentsDeleted, MailMatched, MailReceived, MatchRule
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.outbound import MessageAsked
from ledger.store.ledger import Ledger
from support.http_clients import INVOICE, HttpClients, Person

PAGE, JAN = "/contact/default", "jan@bakery.example"
XSS = "<script>alert(1)</script>\"'><img src=x> {{ 7*7 }}"


@pytest.fixture(autouse=True)
def form_of_mueller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_PUBLIC_FORM", "default M%C3%BCller%20%26%20Co nobody")


@pytest.fixture
def reminded_by_mail(http: HttpClients, anna: Person) -> None:
    """Bakery Jansen was reminded of 2026-101; a playbook is in force."""
    http.applies_the_playbook()
    anna.record("/debtors", {"debtor": "D-7", "name": "Bakery Jansen", "email": JAN})
    anna.record("/invoices", INVOICE | {"invoice": "2026-101"})
    anna.record("/invoices/2026-101/reminders", {"channel": "e-mail"})


def send(http: HttpClients, path: str = PAGE, **fields: str) -> Response:
    """As a browser does; from another address each time, so that nobody writes too often."""
    http.client.app.state.limits = Limits()  # type: ignore[attr-defined]
    return post(http, path, **fields)


def post(http: HttpClients, path: str = PAGE, **fields: Any) -> Response:
    file = fields.pop("file", ("", b"", "application/octet-stream"))
    language = fields.pop("language", "en")
    said = {"form": str(uuid4()), "name": "Jan", "email": JAN, "invoice": "", "website": ""}
    return http.client.post(
        path,
        data=said | {"text": "We pay on Friday."} | fields,
        files={"file": file},
        headers={"Accept-Language": language},
    )


def test_the_page_is_plain_and_says_what_each_field_is(http: HttpClients) -> None:
    answer = http.client.get(PAGE, headers={"Accept-Language": "fy, nl-BE;q=0.9, en;q=0.8"})
    page = ElementTree.fromstring(answer.text)
    assert page.get("lang") == "nl"
    assert page.findtext(".//h1") == "Schrijf Default over een factuur"
    fields = [one for tag in ("input", "textarea") for one in page.iter(tag)]
    shown = {one.get("id") for one in fields if one.get("type") != "hidden"}
    assert shown == {one.get("for") for one in page.iter("label")}
    assert shown == {"name", "email", "invoice", "text", "file", "website"}
    assert list(page.iter("script")) == []
    assert "form-action 'self'" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers


def test_where_nobody_opened_it_there_is_none(http: HttpClients) -> None:
    nowhere = http.client.get("/contact/other")
    assert nowhere.status_code == 404
    assert send(http, "/contact/other").text == nowhere.text
    assert http.client.get("/contact/nobody").text == nowhere.text
    assert send(http, "/contact/nobody").text == nowhere.text
    http.tenant("Müller & Co")
    page = http.client.get("/contact/M%C3%BCller%20%26%20Co")
    assert "Write to Müller &amp; Co about an invoice" in page.text


@pytest.mark.usefixtures("reminded_by_mail")
def test_his_number_and_address_match_and_he_hears_at_his_address(
    http: HttpClients, anna: Person
) -> None:
    file = ("proof.pdf", b"%PDF", "application/pdf")
    http.client.app.state.limits = Limits()  # type: ignore[attr-defined]
    assert post(http, invoice="2026 101", file=file, email="Jan@Bakery.example").is_success
    [contact], [found] = http.recorded(ContactLogged), http.recorded(MailMatched)
    assert (contact.channel, contact.who) == ("portal", f"Jan ({JAN})")
    assert (contact.summary, found.rule) == ("We pay on Friday.", MatchRule.NUMBER)
    with http.pool.connection() as conn:
        whole, proof = (documents.fetch(conn, "default", one) for one in contact.documents)
    assert proof == b"%PDF"
    assert b'"invoice":"2026 101"' in whole
    assert contact.awaits_answer
    [receipt] = http.recorded(MessageAsked)
    assert receipt.to == (JAN,)
    assert "in_reply_to" not in receipt.facts


@pytest.mark.usefixtures("reminded_by_mail")
def test_everybody_reads_the_same(http: HttpClients, anna: Person) -> None:
    answers = [
        send(http, invoice="2026-101"),
        send(http, invoice="2026-101", email="x@elsewhere.example"),
        send(http, invoice="2026-999"),
        send(http, text="Only I."),
        send(http, website="https://spam.example"),
    ]
    assert {(one.status_code, one.text) for one in answers} == {(200, answers[0].text)}
    came = http.recorded(MailReceived)
    assert [one.from_ for one in came] == [JAN, "x@elsewhere.example", JAN, JAN]
    assert len(http.recorded(MailMatched)) == 1, "an address alone is written by anybody"
    assert len(http.recorded(MessageAsked)) == 1
    rows = anna.get(f"/inbox?at_least={http.entries()[-1].position}").json()
    assert {row["channel"] for row in rows} == {"portal"}
    assert {one["invoice"] for row in rows for one in row["suggestions"]} == {"2026-101"}


@pytest.mark.usefixtures("reminded_by_mail")
def test_sent_twice_or_at_once_it_is_one(http: HttpClients, anna: Person) -> None:
    form = str(uuid4())
    with ThreadPoolExecutor(4) as four:
        codes = list(four.map(lambda _: post(http, form=form, invoice="2026-101"), range(4)))
    assert {one.status_code for one in codes} == {200}
    assert len(http.recorded(ContactLogged)) == 1
    send(http, form=form, invoice="2026-101", text="No, on Monday.")
    assert len(http.recorded(ContactLogged)) == 2, "what says something else is another"


def test_what_is_wrong_is_said_and_what_was_written_is_still_there(http: HttpClients) -> None:
    for wrong in (
        {"email": "jan"},
        {"text": ""},
        {"text": "x" * 10_001},
        {"form": "x"},
        {"invoice": "1" * 101},
    ):
        answer = send(http, **({"name": XSS} | wrong))
        assert answer.status_code == 422, wrong
        assert "<script" not in answer.text
        page = ElementTree.fromstring(answer.text)
        assert XSS in [one.get("value") for one in page.iter("input")]
        assert [one for one in page.iter("p") if one.get("role") == "alert"]
    plain = http.client.post(PAGE, data={"text": "x"})
    assert plain.status_code == 422
    big = post(http, file=("big", b"0" * 10_200_000, "text/plain"), language="de")
    assert big.status_code == 413
    assert "zu groß" in big.text
    assert send(http, text="a\0b").status_code == 200
    assert [one.text for one in http.recorded(MailReceived)] == ["a\ufffdb"]


def test_who_writes_too_often_waits(http: HttpClients) -> None:
    codes = [post(http).status_code for _ in range(EACH + 1)]
    assert codes == [200] * EACH + [429]
    assert len(http.recorded(MailReceived)) == EACH
    assert http.client.get(PAGE).status_code == 200


def test_strangers_fill_no_disk(http: HttpClients, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota of bytes a day for a network and for all; a message without a file is still read."""
    monkeypatch.setenv("DOSSIER_FORM_BYTES", "1000")
    monkeypatch.setenv("DOSSIER_FORM_BYTES_OF_ALL", "1500")

    def upload(size: int, host: str = "testclient") -> int:
        http.client.app.state.limits = Limits()  # type: ignore[attr-defined]
        client = TestClient(http.client.app, client=(host, 1))
        file = ("a.bin", bytes([size % 250]) * size, "application/octet-stream")
        said = {"form": str(uuid4()), "name": "Jan", "email": JAN, "text": "See this."}
        return client.post(PAGE, data=said, files={"file": file}).status_code

    assert [upload(600, "192.0.2.1"), upload(700, "192.0.2.1")] == [200, 429]
    assert [upload(610, "192.0.2.2"), upload(400, "192.0.2.3")] == [200, 429], "of all together"
    assert upload(0, "192.0.2.1") == 200
    with http.pool.connection() as conn:
        sizes = conn.execute("select sum(size) from ledger.stranger_file")
        assert sizes.fetchone() == (1210,)
    http.clock.advance(days=1)
    assert upload(700, "192.0.2.1") == 200


FILE = b"%PDF of nobody we know"
ITS_SUM = sha256(FILE).hexdigest()


def send_file(http: HttpClients, content: bytes = FILE, **fields: str) -> Response:
    http.client.app.state.limits = Limits()  # type: ignore[attr-defined]
    return post(http, file=("x.pdf", content, "application/pdf"), **fields)


def days_later(http: HttpClients, days: int) -> None:
    http.clock.advance(days=days)
    with closing(Ledger(http.pool)) as ledger:
        run(TenantSession(http.pool, ledger, http.clock))


def kept(http: HttpClients) -> tuple[list[str], list[str]]:
    """The files that wait, and the documents, but for the messages themselves."""
    with http.pool.connection() as conn:
        files = conn.execute("select sha256 from ledger.stranger_file").fetchall()
        all_ = conn.execute("select sha256 from document where media_type like '%pdf'").fetchall()
    return [one for (one,) in files], [one for (one,) in all_]


def test_a_file_that_nobody_filed_is_deleted_after_its_days_on_record(
    http: HttpClients, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_FORM_KEPT_DAYS", "20")
    assert send_file(http, text="See this.").status_code == 200
    assert kept(http) == ([ITS_SUM], [])
    [row] = anna.get(f"/inbox?at_least={http.entries()[-1].position}").json()
    path = f"/inbox/{row['id']}/documents/{ITS_SUM}"
    assert anna.get(path).content == FILE
    days_later(http, 20)
    assert anna.get(path).content == FILE
    days_later(http, 1)
    [deleted] = [one for one in http.entries() if isinstance(one.event, AttachmentsDeleted)]
    assert (deleted.by, deleted.event.files, deleted.event.days) == ("clock", (ITS_SUM,), 20)
    assert kept(http) == ([], [])
    assert anna.get(path).status_code == 404
    [row] = anna.get(f"/inbox?at_least={deleted.position}").json()
    assert (row["text"], row["attachments"]) == ("See this.", []), "the message itself stays"
    days_later(http, 1)
    assert len(http.recorded(AttachmentsDeleted)) == 1
    send_file(http)
    days_later(http, 21)
    assert len(http.recorded(AttachmentsDeleted)) == 2, "sent again, and again nobody's"


@pytest.mark.usefixtures("reminded_by_mail")
def test_a_file_that_was_filed_is_a_document_for_ever(http: HttpClients, anna: Person) -> None:
    """By its number at once; assigned by a person, or named elsewhere, when its days are over."""
    named, loose = b"%PDF named", b"%PDF loose"
    send_file(http, b"%PDF matched", invoice="2026-101")
    assert kept(http) == ([], [sha256(b"%PDF matched").hexdigest()])
    for content in (FILE, named, loose):
        send_file(http, content)
    rows = anna.get(f"/inbox?at_least={http.entries()[-1].position}").json()
    [row] = [row for row in rows if row["attachments"] == [ITS_SUM]]
    anna.record(f"/inbox/{row['id']}/assign", {"debtor": "D-7"})
    address = sha256(named).hexdigest()
    with closing(Ledger(http.pool)) as ledger:
        context = Context("anna", http.clock())
        contact = LogContact(
            invoice="2026-101",
            channel=Channel.PORTAL,
            direction=Direction.IN,
            who="Jan",
            summary="See.",
            documents=(address,),
        )
        execute(ledger, [contact], context)
    days_later(http, 31)
    waiting, documents_ = kept(http)
    assert waiting == []
    assert {ITS_SUM, address} <= {*documents_}
    assert sha256(loose).hexdigest() not in documents_
    assert [event.files for event in http.recorded(AttachmentsDeleted)] == [
        (sha256(loose).hexdigest(),)
    ]


def test_strangers_keep_no_more_than_the_quota_at_a_time(
    http: HttpClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_FORM_KEPT_BYTES", "1000")
    assert [send_file(http, bytes([n]) * 400).status_code for n in range(3)] == [200, 200, 429]
    http.clock.advance(days=1)
    assert send_file(http, b"x" * 400).status_code == 429, "it is not a quota of the day"
    assert send(http).status_code == 200, "a message without a file is still read"
    days_later(http, 31)
    assert send_file(http, b"x" * 400).status_code == 200
