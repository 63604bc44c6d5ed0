"""What is written by WhatsApp: Meta's webhook brings it, once, and it goes the road of a mail."""

import hmac
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from httpx2 import Response, TransportError
from hypothesis import given
from hypothesis import strategies as st

from api.whatsapp.payload import parse
from api.whatsapp.routes import PATH, signed
from commands.debtors.registration import RegisterDebtor
from ledger.database import documents
from ledger.database.pool import Pool
from ledger.facts import debtor_events as dev
from ledger.facts.inbound import MailMatched, MailReceived, MatchRule
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.policy.normalise import phone_lookup_keys, phone_number, phone_numbers
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.creditor import Creditor, invoice
from support.http_clients import INVOICE, START, HttpClients, Person, refused
from support.served import Served, serving

SECRET = b"the app's secret"
OURS = "106540352242922"
JAN, MOBILE = "31612345678", "+31612345678"
PHOTO = b"\x89PNG two broken boxes"
NOW = int(START.timestamp())


def said(id_: str, type_: str, told: Any, sender: str = JAN, **more: Any) -> dict[str, Any]:
    """One message, as WhatsApp tells it."""
    return {
        "from": sender,
        "id": f"wamid.{id_}",
        "timestamp": str(NOW - 60),
        "type": type_,
        type_: told,
    } | more


def text(words: str, id_: str = "HBgLMzE2MTIzNDU2NzgVAgASGBQzQQ==", **more: Any) -> dict[str, Any]:
    return said(id_, "text", {"body": words}, **more)


def body(*messages: Any, number: str = OURS, **more: Any) -> bytes:
    """What Meta posts: each sender has his contact."""
    senders = dict.fromkeys(str(one.get("from", "")) for one in messages)
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "31850001234", "phone_number_id": number},
        "contacts": [{"profile": {"name": f"Jan {one[-3:]}"}, "wa_id": one} for one in senders],
        "messages": list(messages),
    } | more
    changes = [{"value": value, "field": "messages"}]
    entry = {"id": "102290129340398", "changes": changes}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def sign(raw: bytes) -> str:
    return "sha256=" + hmac.new(SECRET, raw, "sha256").hexdigest()


def bring(http: HttpClients, raw: bytes, signature: str | None = None) -> Response:
    headers = {"X-Hub-Signature-256": sign(raw) if signature is None else signature}
    return http.client.post(PATH, content=raw, headers=headers)


@dataclass
class Meta:
    """Meta's media API, as far as we ask it; ``asked`` is what was asked with which token."""

    at: str = ""
    status: int = 200
    url: str = ""  # where it says the media are, when not with itself
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def meta() -> Iterator[Meta]:
    told = Meta()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers.get("Authorization", "")))
            here = f"http://{self.headers['Host']}/lookaside?mid=1"
            answer = json.dumps({"url": told.url or here, "mime_type": "image/png"}).encode()
            content = PHOTO if self.path.startswith("/lookaside") else answer
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.at = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield told
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def whatsapp_settings(meta: Meta, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {
        "SECRET": SECRET.decode(),
        "VERIFY_TOKEN": "a word",
        "NUMBERS": f"{OURS}=default 2=acme 3=nobody",
        "TOKEN": "EAAGtoken",
        "API": f"{meta.at}/v23.0",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"DOSSIER_WHATSAPP_{name}", value)


@pytest.fixture
def reminded_twice(anna: Person) -> None:
    """Bakery Jansen was reminded of F-101 and F-102."""
    debtor = {"debtor": "D-7", "name": "Bakery Jansen", "email": "jan@bakery.example"}
    anna.record("/debtors", debtor | {"phone": "06 - 1234 5678"})
    for number in ("F-101", "F-102"):
        anna.record("/invoices", INVOICE | {"invoice": number})
        anna.record(f"/invoices/{number}/reminders", {"channel": "e-mail"})


def inbox(http: HttpClients, person: Person) -> list[dict[str, Any]]:
    """By the id of the message."""
    answer = person.get(f"/inbox?at_least={http.entries()[-1].position}")
    return sorted(answer.json(), key=lambda row: str(row["mail"]))


def kept(http: HttpClients, address: str, tenant: str = "default") -> bytes:
    with http.pool.connection() as conn:
        return documents.fetch(conn, tenant, address)


@given(st.binary(max_size=200), st.data())
def test_any_flipped_bit_is_refused(raw: bytes, data: st.DataObject) -> None:
    assert signed(SECRET, raw, sign(raw))
    whole = raw + sign(raw).encode()
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    other, signature = bytes(changed[: len(raw)]), bytes(changed[len(raw) :])
    assert not signed(SECRET, other, signature.decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(
    ("written", "country", "plain"),
    [
        ("+31 (0)6 1234 5678", None, MOBILE),
        ("0031-6-12345678", None, MOBILE),
        ("06 1234 5678", "NL", MOBILE),
        ("tel. 06/12345678 (Jan)", "NL", MOBILE),
        ("06-12345678", None, "0612345678"),
        ("+49 (0) 30 123456", "NL", "+4930123456"),
        ("ask Jan", "NL", ""),
        ("+31 123", "NL", ""),
    ],
)
def test_a_telephone_number_has_one_form(written: str, country: str | None, plain: str) -> None:
    assert phone_number(written, country) == plain
    assert plain != "0612345678" or plain in phone_lookup_keys(MOBILE, "NL")
    assert "0612345678" not in phone_lookup_keys(MOBILE, "BE")


def test_of_two_numbers_each_is_known() -> None:
    assert phone_numbers("030 1234567 / 06-12345678", "NL") == ("+31301234567", MOBILE)
    assert phone_numbers("Jan 0301234567, Eva 0612345678") == ("0301234567", "0612345678")
    assert phone_numbers("0301234567/0612345678") == ("0301234567", "0612345678")
    assert phone_numbers("030/1234567", "DE") == ("+49301234567",)


def test_meta_asks_whether_the_webhook_is_ours(http: HttpClients) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "a word"}
    answer = http.client.get(PATH, params=asked)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "another"}, {"hub.mode": "x"}, {"hub.verify_token": ""}):
        refused(http.client.get(PATH, params=asked | wrong), 403, "not-allowed")


def test_what_meta_did_not_sign_is_not_there(http: HttpClients) -> None:
    raw = body(text("F-101"))
    for wrong in ("", "sha256=", sign(raw)[7:], sign(raw + b" "), f"sha1={'0' * 40}"):
        refused(bring(http, raw, wrong), 401, "not-authenticated")
    refused(bring(http, b"x" * 3_000_001), 413, "too-large")
    deep = b'{"object": "x", "entry": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    for odd in (b"", b"{", b"[]", b'{"object": "x", "entry": 1}', deep):
        refused(bring(http, odd), 422, "invalid")
    assert http.entries() == []


@pytest.mark.usefixtures("reminded_twice")
def test_a_number_of_the_senders_own_is_logged_and_rests(http: HttpClients, anna: Person) -> None:
    raw = body(text("About F-101: two boxes are missing."))
    assert bring(http, raw).status_code == 200
    [contact] = http.recorded(ContactLogged)
    assert (contact.channel, contact.direction) == ("whatsapp", "in")
    assert contact.who == f"Jan 678 ({MOBILE})"
    assert contact.message_id == "wamid.HBgLMzE2MTIzNDU2NzgVAgASGBQzQQ=="
    assert kept(http, contact.documents[0]) == raw
    assert contact.awaits_answer
    [row] = inbox(http, anna)
    assert (row["channel"], row["why"]) == ("whatsapp", "it sounds like a dispute")
    assert row["suggestions"][0]["reason"] == "quantity_short"
    assert "message-asked.v1" not in http.topics(), "no receipt goes where he does not write"
    log = anna.get(f"/invoices/F-101/contact-log?at_least={http.entries()[-1].position}").text
    assert "WhatsApp" in log


@pytest.mark.usefixtures("reminded_twice")
def test_the_same_message_at_once_and_again_is_one_contact(http: HttpClients, anna: Person) -> None:
    raw = body(text("F-101 is paid next week."))
    with ThreadPoolExecutor(5) as five:
        answers = list(five.map(lambda _: bring(http, raw), range(5)))
    assert {one.status_code for one in answers} == {200}
    again = body(text("F-102: something else.", "other"), text("F-101 is paid next week."))
    assert bring(http, again).status_code == 200
    assert len(http.recorded(MailReceived)) == 2
    assert [one.summary for one in http.recorded(ContactLogged)] == [
        "F-101 is paid next week.",
        "F-102: something else.",
    ]


@pytest.mark.usefixtures("reminded_twice")
def test_an_unknown_number_waits_with_what_it_may_be_about(http: HttpClients, anna: Person) -> None:
    told = text("F-101 is paid", "a", sender="4915112345678")
    nameless = text("And F-102?", "b") | {"from_user_id": "NL.13491208655302741918"}
    del nameless["from"]
    assert bring(http, body(told)).status_code == 200
    assert bring(http, body(nameless)).status_code == 200
    assert http.recorded(ContactLogged) == http.recorded(dev.DebtorContactLogged) == []
    rows = inbox(http, anna)
    assert [row["sent_by"] for row in rows] == ["+4915112345678", "NL.13491208655302741918"]
    assert [row["suggestions"][0]["invoice"] for row in rows] == ["F-101", "F-102"]
    assert "sender is not known" in rows[0]["suggestions"][0]["why"]


@pytest.mark.usefixtures("reminded_twice")
def test_who_names_nothing_is_logged_with_him_unless_he_answers(
    http: HttpClients, anna: Person
) -> None:
    out = {"channel": "whatsapp", "direction": "out", "summary": "F-102 is due."}
    anna.record("/invoices/F-102/contacts", out | {"message_id": "wamid.ours"})
    assert bring(http, body(text("Hello?", "a"))).status_code == 200
    [logged] = http.recorded(dev.DebtorContactLogged)
    assert logged.channel == "whatsapp"
    ours = {"context": {"from": "31850001234", "id": "wamid.ours"}}
    assert bring(http, body(text("Next week.", "b", **ours))).status_code == 200
    assert http.recorded(ContactLogged)[-1].summary == "Next week."
    found = http.recorded(MailMatched)[-1]
    assert (found.rule, found.invoices, found.waits) == (MatchRule.REFERENCE, ("F-102",), "")
    thread: Any = {"context": {"from": JAN, "id": "wamid.b"}}
    bring(http, body(said("c", "button", {"text": "Stop", "payload": "s"}, **thread)))
    assert http.recorded(ContactLogged)[-1].summary == "Stop"
    foreign = text("Mine too.", "d", sender="4915112345678", **ours)
    bring(http, body(foreign))
    assert "answers a message" in inbox(http, anna)[-1]["suggestions"][0]["why"]


@pytest.mark.usefixtures("reminded_twice")
def test_of_several_in_one_body_each_has_its_own_document(http: HttpClients, anna: Person) -> None:
    anna.record("/debtors", {"debtor": "D-8", "name": "Shop", "phone": "+49 151 12345678"})
    anna.record("/invoices", INVOICE | {"invoice": "F-108", "debtor": "D-8"})
    status = [{"id": "wamid.x", "status": "read", "timestamp": str(NOW), "recipient_id": JAN}]
    both = body(text("F-101 tomorrow", "a"), text("F-108 secret", "b", sender="4915112345678"))
    assert bring(http, both).status_code == 200
    first, second = http.recorded(ContactLogged)
    assert b"secret" not in kept(http, first.documents[0])
    assert b"tomorrow" not in kept(http, second.documents[0])
    [one] = parse(kept(http, second.documents[0]))
    assert (one.words, one.sender, one.name) == ("F-108 secret", "+4915112345678", "Jan 678")
    before = len(http.entries())
    assert bring(http, body(statuses=status)).status_code == 200
    other = {"object": "x", "entry": [{"changes": [{"field": "account_update", "value": {}}]}]}
    assert bring(http, json.dumps(other).encode()).status_code == 200
    assert len(http.entries()) == before


@pytest.mark.usefixtures("reminded_twice")
def test_media_are_fetched_and_kept(http: HttpClients, anna: Person, meta: Meta) -> None:
    told = {"id": "2754859441498128", "mime_type": "image/png", "sha256": "x", "caption": "F-101"}
    assert bring(http, body(said("a", "image", told))).status_code == 200
    [contact] = http.recorded(ContactLogged)
    assert contact.summary == "F-101"
    assert kept(http, contact.documents[1]) == PHOTO
    assert meta.asked == [
        ("/v23.0/2754859441498128", "Bearer EAAGtoken"),
        ("/lookaside?mid=1", "Bearer EAAGtoken"),
    ]
    named = {"id": "7", "mime_type": "application/pdf", "filename": "F-102 signed.pdf"}
    meta.url = "https://elsewhere.example/x"
    assert bring(http, body(said("b", "document", named))).status_code == 200
    contact = http.recorded(ContactLogged)[-1]
    assert "document that was not fetched: its address is not at Meta's" in contact.summary
    assert len(meta.asked) == 3, "nobody else gets the token"
    [row] = inbox(http, anna)
    assert (row["why"], row["invoices"]) == ("not all of it could be read", ["F-102"])
    assert row["flags"] == ["unread: document 7: its address is not at Meta's"]


@pytest.mark.usefixtures("reminded_twice")
def test_media_that_cannot_be_had_now_are_brought_again(
    http: HttpClients, anna: Person, meta: Meta
) -> None:
    meta.status, before = 500, len(http.entries())
    raw = body(text("F-102 first", "t"), said("a", "image", {"id": "1", "caption": "F-101"}))
    refused(bring(http, raw), 503, "unavailable")
    assert [one.mail for one in http.recorded(MailReceived)] == ["wamid.t"]
    meta.status = 200
    assert bring(http, raw).status_code == 200
    assert [one.mail for one in http.recorded(MailReceived)] == ["wamid.t", "wamid.a"]
    meta.status = 404
    assert bring(http, body(said("b", "audio", {"id": "2"}))).status_code == 200
    meta.status = 500
    http.clock.advance(hours=2)
    assert bring(http, body(said("c", "video", {"id": "3"}))).status_code == 200
    rows = inbox(http, anna)
    assert [row["flags"] for row in rows] == [
        ["unread: audio 2: Meta answers 404"],
        ["unread: video 3: Meta answers 500"],
    ]
    assert len(http.entries()) > before


@pytest.mark.usefixtures("reminded_twice")
def test_what_we_do_not_know_is_kept_and_waits(http: HttpClients, anna: Person) -> None:
    ours = {"channel": "whatsapp", "direction": "out", "summary": "?", "message_id": "wamid.o"}
    anna.record("/invoices/F-101/contacts", ours)
    odd = said("a", "order", {"catalog_id": "1"}, context={"id": "wamid.o"})
    listed = {"type": "list_reply", "list_reply": {"id": "1", "title": "About F-102"}}
    raw = body(odd)
    assert bring(http, raw).status_code == 200
    assert bring(http, body(said("b", "interactive", listed))).status_code == 200
    [row] = inbox(http, anna)
    assert (row["invoices"], row["flags"]) == (["F-101"], ["unread: a message of the kind order"])
    shown = anna.get(f"/inbox/{row['id']}/documents/{row['document']}")
    assert shown.content == raw
    refused(anna.get(f"/inbox/{row['id']}/documents/{'0' * 64}"), 404, "unknown")
    assert http.recorded(ContactLogged)[-1].summary == "About F-102"


@pytest.mark.usefixtures("reminded_twice")
def test_each_number_is_its_tenants_own(http: HttpClients, anna: Person) -> None:
    http.tenant("acme")
    before = len(http.entries())
    assert bring(http, body(text("F-101"), number="2")).status_code == 200
    assert len(http.entries()) == before
    [came] = http.recorded(MailReceived, tenant="acme")
    assert came.suggestions == ()
    for number in ("3", "4"):
        refused(bring(http, body(text("F-101", "z"), number=number)), 503, "unavailable")
    assert len(http.entries()) == before


def test_a_debtors_number_without_country_is_one_of_here(http: HttpClients) -> None:
    """The country of the playbook, which is NL when none was applied."""
    anna = http.collector()
    spelled = ["+31 6 00000001", "0600000002", "06-0000 0003", "0031 (0)6 0000 0004"]
    for nth, number in enumerate(spelled, 1):
        anna.record("/debtors", {"debtor": f"D-{nth}", "name": "x", "phone": number})
        anna.record("/invoices", INVOICE | {"invoice": f"A-200{nth}", "debtor": f"D-{nth}"})
    messages = [text(f"A-200{n}", f"n{n}", sender=f"316000000{n:02}") for n in range(1, 5)]
    assert bring(http, body(*messages)).status_code == 200
    assert [one.debtor for one in http.recorded(MailMatched)] == ["D-1", "D-2", "D-3", "D-4"]


def test_killed_in_between_what_was_answered_is_there_and_nothing_is_twice(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_WHATSAPP_SECRET", SECRET.decode())
    jan = RegisterDebtor(on="2026-01-01", debtor="D-7", name="Jan", phone=MOBILE)
    bodies = {f"wamid.{n}": body(text(f"F-1001, {n}", str(n))) for n in range(12)}
    answered = set[str]()

    def send(served: Served, id_: str) -> None:
        headers = {"X-Hub-Signature-256": sign(bodies[id_])}
        with suppress(TransportError):
            if served.http.post(PATH, content=bodies[id_], headers=headers).is_success:
                answered.add(id_)

    with closing(Ledger(pool)) as ledger, ThreadPoolExecutor(8) as eight:
        Creditor(pool, ledger).execute(jan, invoice("F-1001"))
        with serving(CliUser(database)) as served:
            send(served, "wamid.0")
            on_their_way = [eight.submit(send, served, id_) for id_ in bodies]
            next(as_completed(on_their_way))
            served.process.kill()
            wait(on_their_way)
        assert answered <= {one.mail for one in _events(ledger, MailReceived)}
        with serving(CliUser(database)) as served:
            list(eight.map(lambda id_: send(served, id_), bodies))
        assert answered == set(bodies)
        came = [one.mail for one in _events(ledger, MailReceived)]
        contacts = [one.message_id for one in _events(ledger, ContactLogged)]
    assert sorted(came) == sorted(contacts) == sorted(bodies)


def _events(ledger: Ledger, kind: type) -> list[Any]:
    return [one.event for one in ledger.since(0, 10_000) if isinstance(one.event, kind)]
