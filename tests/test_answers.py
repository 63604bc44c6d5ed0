"""A resolver answers from his mail: the page behind a signed link, and what it writes."""

import re
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from threading import Event
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest

from api.inbox.lookup import catch_up_names
from api.inbox.receive import receive_raw
from api.postman.invoice_documents import invoice_document
from api.session import TenantSession
from commands.context import Context
from commands.execute import execute
from commands.messages.delivery import RecordEmailSent
from ledger.facts.books import INVOICE as INVOICE_BOOK
from ledger.facts.books import kind_of_event
from ledger.facts.codes import Answer, Purpose
from ledger.facts.invoice.dispute_handling import (
    CreditRequested,
    FollowUpDateMoved,
    ResolverAnswered,
    ResolverChanged,
)
from ledger.facts.invoice.registration import DocumentAttached
from ledger.store.ledger import Ledger
from support.disputing import (
    EVA,
    LEO,
    SAM,
    case_link,
    case_of,
    link_of_before,
    message_names,
    run_dispute,
    send_answer,
    set_up_disputes,
)
from support.http_clients import INVOICE, HttpClients, Person
from support.mailbox_case import ADDRESS, letter

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> & {{ 7*7 }}"
APPROVERS = 'approvers: [{approver: team lead, up_to: "500"}, {approver: director}]\n'


@pytest.fixture(autouse=True)
def approvers(http: HttpClients, anna: Person) -> None:
    """The playbook says who may approve how much; pages come in English."""
    http.client.headers["Accept-Language"] = "en-GB, nl;q=0.5"
    set_up_disputes(http, anna, APPROVERS)


@pytest.fixture
def case(anna: Person) -> str:
    return case_of(run_dispute(anna, "F-1", comment="We agreed on 10 % less."))


def of(tenant: str) -> str:
    """How a token names whose it is."""
    return urlsafe_b64encode(tenant.encode()).decode().rstrip("=")


def test_the_page_shows_what_was_collected_and_changes_nothing(
    http: HttpClients, anna: Person, case: str
) -> None:
    anna.record(
        "/invoices/F-1/contacts",
        {"channel": "phone", "direction": "in", "summary": "He was angry.", "who": "Jan"},
    )
    path, before = case_link(http, case), len(http.entries())
    first, second = http.client.get(path), http.client.get(path)
    assert first.status_code == second.status_code == 200
    assert len(http.entries()) == before
    for words in (
        "Bakkerij Jansen",
        "Wrong price",
        "We agreed on 10 % less.",
        "Which price was agreed?",
        "9 March 2026",
        "€1,210.00",
        "He was angry.",
        SAM,
    ):
        assert words in first.text, words


def test_the_page_is_for_this_one_reader(http: HttpClients, case: str) -> None:
    answer = http.client.get(case_link(http, case))
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self'")
    assert policy.endswith("frame-ancestors 'none'; img-src 'self'"), "no script from anywhere"
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert not re.search(r'(src|href)="(https?:)?//', answer.text), "nothing of elsewhere"


def test_the_page_is_well_formed_and_says_what_each_field_is(http: HttpClients, case: str) -> None:
    page = ElementTree.fromstring(http.client.get(case_link(http, case)).text)
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == "Dispute over invoice F-1"
    assert page.findtext(".//h1") == "Can you solve this?"
    ids = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {one.get("for") for one in page.iter("label")}
    fields = [
        one
        for name in ("input", "select", "textarea")
        for one in page.iter(name)
        if one.get("type") != "hidden"
    ]
    radios = [one.get("name") for one in fields if one.get("type") == "radio"]
    assert (radios.count("outcome"), radios.count("root_cause")) == (6, 12)
    assert len(fields) == 9 + len(radios)
    assert {one.get("id") for one in fields} == labelled
    assert {one.get("name") for one in fields} == {
        "outcome",
        "root_cause",
        "credited-0",
        "text",
        "file",
        "follow_up_on",
        "who",
    }
    assert list(page.iter("script")) == []
    assert [one.get("method") for one in page.iter("form")] == ["post"] * 3


def test_solved_waits_for_a_decision(http: HttpClients, anna: Person, case: str) -> None:
    path = case_link(http, case)
    fields = {"outcome": "credited", "root_cause": "pricing", "credited-0": "121,00"}
    answer = send_answer(http, path, "solved", **fields, text="Our list was old.")
    assert answer.status_code == 200
    assert "Our list was old." in answer.text
    [told] = http.recorded(ResolverAnswered)
    assert (told.answer, told.resolver) == (Answer.SOLVED, SAM)
    assert told.text == (
        "outcome: credited; root cause: pricing; credit: 121.00 EUR. Our list was old."
    )
    entry = http.entries()[-2]
    assert (entry.by, entry.via) == (SAM, "link")
    [requested] = http.recorded(CreditRequested)
    assert (str(requested.amount), requested.approver) == ("121.00", "team lead")
    position = http.entries()[-1].position
    assert anna.get(f"/agenda?at_least={position}").json() == [], "the approver has it"
    lead = http.collector(name="team lead")
    said = lead.record(f"/disputes/{case}/decide-credit", {"decision": "approve"})
    [item] = anna.get(f"/agenda?at_least={said['position']}").json()
    assert item["action"] == "decide dispute"
    resolved = {"outcome": "credited", "credited": "121.00", "root_cause": "pricing"}
    anna.record(f"/disputes/{case}/resolve", resolved)
    assert message_names(http) == [f"receipt/{case}", f"request/{case}/1", f"outcome/{case}/1"]
    over = http.client.get(path)
    assert over.status_code == 410
    assert "closed" in over.text
    assert send_answer(http, path, "solved", outcome="credited").status_code == 410
    anna.record(f"/disputes/{case}/reopen", {"why": "It was 20 %."})
    assert http.client.get(path).status_code == 200


def test_not_solved_says_why_and_moves_the_day(http: HttpClients, case: str) -> None:
    path = case_link(http, case)
    for fields, words in (
        ({"follow_up_on": "2026-03-20"}, "Give the reason why"),
        ({"text": "Busy."}, "Give the day by which"),
        ({"text": "Busy.", "follow_up_on": "2026-03-01"}, "That day has passed"),
        ({"text": "Busy.", "follow_up_on": "soon"}, "“It will be solved on” cannot be read."),
    ):
        before = len(http.entries())
        answer = send_answer(http, path, "not_solved", **fields)
        assert answer.status_code == 422, fields
        assert len(http.entries()) == before
        page = ElementTree.fromstring(answer.text)
        wrong = [str(one.text) for one in page.iter("p") if one.get("role") == "alert"]
        assert words in "\n".join(wrong)
    assert 'value="soon"' in answer.text, "what was filled in is still there"
    assert (
        send_answer(
            http, path, "not_solved", text="Asked the driver.", follow_up_on="2026-03-20"
        ).status_code
        == 200
    )
    [told], [moved] = http.recorded(ResolverAnswered), http.recorded(FollowUpDateMoved)
    assert (told.answer, told.text) == (Answer.NOT_SOLVED, "Asked the driver.")
    assert str(moved.follow_up_on) == "2026-03-20"


def test_not_mine_goes_to_a_colleague_at_once(http: HttpClients, case: str) -> None:
    path = case_link(http, case)
    answer = send_answer(http, path, "not_mine", who=EVA, text="Her customer.")
    assert f"{EVA} is asked" in answer.text
    [changed] = http.recorded(ResolverChanged)
    assert (changed.resolver, changed.previous, changed.why) == (EVA, SAM, "Her customer.")
    assert message_names(http)[-1] == f"request/{case}/2"
    assert http.client.get(path).status_code == 403, "she has it now"
    assert send_answer(http, path, "solved", outcome="credited").status_code == 403
    assert http.client.get(case_link(http, case, EVA)).status_code == 200


def test_a_link_sends_the_file_to_no_stranger(http: HttpClients, anna: Person, case: str) -> None:
    before = message_names(http)
    answer = send_answer(http, case_link(http, case), "not_mine", who="me@elsewhere.example")
    assert answer.status_code == 200
    assert http.recorded(ResolverChanged) == []
    assert message_names(http) == before
    [told] = http.recorded(ResolverAnswered)
    assert told.text == "ask: me@elsewhere.example"
    [item] = anna.get(f"/agenda?at_least={http.entries()[-1].position}").json()
    assert item["action"] == "assign resolver"


@pytest.mark.parametrize("typed", ["1.000,50", "1 000,50", "€ 1.000,50", "1,000.50", "1'000.50"])
def test_an_amount_is_read_as_people_write_it(
    http: HttpClients, anna: Person, case: str, typed: str
) -> None:
    path = case_link(http, case)
    page = send_answer(http, path, "solved", outcome="credited", **{"credited-0": typed})
    assert page.status_code == 200
    assert "To credit on invoice F-1: €1,000.50." in page.text
    [asked] = [one.event for one in http.entries() if isinstance(one.event, CreditRequested)]
    assert asked.amount == Decimal("1000.50")


def test_an_amount_that_can_be_two_is_asked_back(
    http: HttpClients, anna: Person, case: str
) -> None:
    path, before = case_link(http, case), len(http.entries())
    for typed, language, asked in (
        ("1.050", "en", "1.050 can be 1050.00 or 1.05: write one of these."),
        ("1.050", "nl", "1.050 kan 1.050,00 zijn of 1,05: schrijf een van deze."),
        ("$ 50", "de", "Der Betrag ist in $, nicht in EUR."),
        ("veel", "fr", "n&#39;est pas un montant"),
    ):
        http.client.headers["Accept-Language"] = language
        page = send_answer(http, path, "solved", outcome="credited", **{"credited-0": typed})
        assert page.status_code == 422
        assert asked in page.text
    assert len(http.entries()) == before


def test_a_form_sent_twice_counts_once(http: HttpClients, case: str) -> None:
    path, form = case_link(http, case), str(uuid4())
    for _ in range(2):
        said = {"form": form, "outcome": "rejected", "text": "No."}
        assert send_answer(http, path, "solved", **said).status_code == 200
    assert len(http.recorded(ResolverAnswered)) == 1
    assert send_answer(http, path, "solved", outcome="rejected").status_code == 200
    assert len(http.recorded(ResolverAnswered)) == 2, "another answer is another"
    assert send_answer(http, path, "solved", form=form, outcome="paid").status_code == 200
    assert len(http.recorded(ResolverAnswered)) == 3, "who goes back and says another thing too"


def kept_documents(http: HttpClients) -> int:
    with http.pool.connection() as conn:
        [(count,)] = conn.execute("select count(*) from document").fetchall()
    return int(count)


def test_a_file_is_kept_only_with_the_answer_that_names_it_and_within_a_quota(
    http: HttpClients, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_LINK_BYTES", "1000")
    path, file = case_link(http, case), ("proof.pdf", b"0" * 600, "application/pdf")
    assert send_answer(http, path, "solved", file=file).status_code == 422, "without an outcome"
    assert kept_documents(http) == 0
    more = {"outcome": "rejected", "file": file}
    form = str(uuid4())
    for _ in range(2):
        assert send_answer(http, path, "solved", form=form, **more).status_code == 200
    assert kept_documents(http) == 1
    other = ("other.pdf", b"1" * 600, "application/pdf")
    before = len(http.entries())
    answer = send_answer(http, path, "solved", outcome="rejected", file=other)
    assert (answer.status_code, kept_documents(http)) == (422, 1)
    assert "No more documents" in answer.text
    assert len(http.entries()) == before
    assert send_answer(http, path, "solved", outcome="rejected").status_code == 200
    http.clock.advance(days=1)
    assert send_answer(http, path, "solved", outcome="rejected", file=other).status_code == 200


def test_a_file_of_the_page_never_goes_out_as_the_invoice(
    http: HttpClients, anna: Person, case: str
) -> None:
    """The holder of a link calls it by the number of the invoice, and says that it is it."""
    ours = {"file": ("F-1.pdf", b"%PDF the real one", "application/pdf")}
    path, headers = "/v1/invoices/F-1/documents", anna.headers({})
    answer = anna.client.post(path, files=ours, data={"document_kind": "invoice"}, headers=headers)
    assert answer.status_code == 201, answer.text
    forged = ("Factuur F-1.pdf", b"%PDF with another IBAN", "application/pdf")
    real = answer.json()["entries"][-1]["data"]["sha256"]
    more = {"outcome": "rejected", "document_kind": "invoice", "replaces": real}
    answer = send_answer(http, case_link(http, case), "solved", file=forged, **more)
    assert answer.status_code == 200
    books = [entry for entry in http.entries() if kind_of_event(entry.event) is INVOICE_BOOK]
    of_f1 = [entry.event for entry in books if entry.book_id == books[0].book_id]
    attached = [event.name for event in of_f1 if isinstance(event, DocumentAttached)]
    assert attached == ["F-1.pdf", "Factuur F-1.pdf"]
    assert [file.name for file in invoice_document(of_f1)] == ["F-1.pdf"]


def test_a_file_belongs_to_the_file(http: HttpClients, anna: Person, case: str) -> None:
    path = case_link(http, case)
    file = ("../../proof <1>.pdf", b"%PDF signed", "application/pdf")
    assert send_answer(http, path, "solved", outcome="rejected", file=file).status_code == 200
    [named] = http.recorded(DocumentAttached)
    assert (named.name, named.media_type, named.size) == ("proof <1>.pdf", "application/pdf", 11)
    got = anna.get(f"/invoices/F-1/documents/{named.sha256}")
    assert got.content == b"%PDF signed"
    page = http.client.get(path)
    assert "proof &lt;1&gt;.pdf" in page.text
    [there] = re.findall(r'href="([^"]+/documents/[^"]+)"', page.text)
    linked = http.client.get(there)
    assert linked.content == b"%PDF signed"
    assert linked.headers["content-disposition"].startswith("attachment;")
    assert "default-src 'none'" in linked.headers["content-security-policy"]
    assert http.client.get(f"{path}/documents/{'0' * 64}").status_code == 404


def test_a_mail_is_listed_by_its_subject(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-2026-01"))
    ledger = Ledger(http.pool)
    session = TenantSession(http.pool, ledger, http.clock)
    catch_up_names(session, Event())
    head = "Subject: The <price>"
    said = letter("Of F-2026-01 half.", head, from_="jan@bakker.example")
    receive_raw(session, said, ADDRESS)
    ledger.close()
    page = http.client.get(case_link(http, case))
    [there] = re.findall(
        r'href="([^"]+/documents/[^"]+)">.*<span>The &lt;price&gt; \(2026-03-02\)</span></a>',
        page.text,
    )
    assert http.client.get(there).content == said


@pytest.mark.parametrize("purpose", [Purpose.REQUEST, Purpose.APPROVAL_REQUEST, Purpose.RECEIPT])
def test_no_reader_gets_the_mail_of_another(http: HttpClients, case: str, purpose: Purpose) -> None:
    """What was written to a colleague may hold a link that answers in his name."""
    path, document = case_link(http, case), "a" * 64
    sent = RecordEmailSent(
        invoice="F-1",
        message="m",
        purpose=purpose,
        to=("lead@seller.example",),
        subject="Please",
        message_id="<m@seller.example>",
        document=document,
        open_amount=Decimal(1),
        case_id=UUID(case),
    )
    with closing(Ledger(http.pool, "default")) as ledger:
        execute(ledger, [sent], Context("postman", http.clock()))
    shown = f"/documents/{document}" in http.client.get(path).text
    assert shown == (purpose is Purpose.RECEIPT)


def test_a_file_larger_than_allowed(http: HttpClients, case: str) -> None:
    before = len(http.entries())
    file = ("big.bin", b"0" * 25_200_000, "application/octet-stream")
    answer = send_answer(http, case_link(http, case), "solved", outcome="rejected", file=file)
    assert answer.status_code == 413
    assert len(http.entries()) == before
    file = ("some.bin", b"0" * 2_000_000, "application/octet-stream")
    answer = send_answer(http, case_link(http, case), "solved", outcome="rejected", file=file)
    assert answer.status_code == 200


def test_links_expire(http: HttpClients, case: str) -> None:
    path = case_link(http, case)
    http.clock.advance(days=60)
    assert http.client.get(path).status_code == 200
    http.clock.advance(seconds=1)
    answer = http.client.get(path)
    assert answer.status_code == 410
    assert "too old" in answer.text
    assert send_answer(http, path, "solved", outcome="rejected").status_code == 410


def test_what_we_did_not_sign_is_not_there(http: HttpClients, anna: Person, case: str) -> None:
    other = case_of(run_dispute(anna, "F-2"))
    path, before = case_link(http, case), link_of_before(http, case)
    payload = before.rpartition(".")[0]
    signature = link_of_before(http, other).rpartition(".")[2]
    handle = case_link(http, other)[:24]  # and some bits of the hash
    assert http.client.get(before).status_code == 200
    nowhere = http.client.get("/a/nothing")
    assert nowhere.status_code == 404
    foreign = case_link(http, case, tenant=http.tenant("other"))
    for forged in (
        f"{payload}.{signature}",
        before[:-1] + ("A" if before[-1] != "A" else "E"),
        path[:-1] + ("A" if path[-1] != "A" else "B"),
        path[:-1],
        f"{path}A",
        f"{handle}{'A' * (len(path) - len(handle))}",
        f"/a/{'A' * 48}",
        f"/a/{'€' * 48}",
        path.replace("/a/", "/a/x"),
        *(f"/a/{of(name)}~{before.partition('~')[2]}" for name in ("other", "nobody", "a/b", "\0")),
        f"/a/{of('default')}~",
        f"/a/{of('default')}~..",
        before.replace("~", ""),
        "/a/" + "x" * 5000,
        "/a/%F0%9F%92%A9~%FF",
        foreign,
        case_link(http, str(uuid4())),
    ):
        got, posted = http.client.get(forged), send_answer(http, forged, "solved", outcome="paid")
        assert (got.status_code, got.text) == (404, nowhere.text), forged
        assert (posted.status_code, posted.text) == (404, nowhere.text), forged
    assert http.recorded(ResolverAnswered) == []


def test_a_link_opens_its_own_case_only(http: HttpClients, anna: Person, case: str) -> None:
    anna.record("/invoices/F-1/notes", {"text": "Of F-1."})
    run_dispute(anna, "F-2", comment="Another one.")
    page = http.client.get(case_link(http, case)).text
    assert "F-2" not in page
    assert "Another one." not in page
    stranger = http.client.get(case_link(http, case, LEO))
    assert stranger.status_code == 403
    assert "F-1" not in stranger.text


def test_of_a_case_a_resolver_sees_and_answers_his_part(http: HttpClients, anna: Person) -> None:
    case = case_of(run_dispute(anna, "F-1", "F-2", resolver=SAM))
    anna.record(f"/disputes/{case}/assign", {"resolver": EVA, "invoice": "F-2"})
    path = case_link(http, case)
    assert "F-2" not in http.client.get(path).text
    send_answer(http, path, "solved", outcome="rejected")
    [told] = http.recorded(ResolverAnswered)
    assert told.resolver == SAM


def test_everything_that_is_shown_is_escaped(http: HttpClients, anna: Person) -> None:
    anna.record("/debtors/D-7/corrections", {"name": XSS, "why": "x"})
    lines = [{"number": "1", "description": XSS, "unit": XSS, "quantity": "1", "amount": "9.00"}]
    body = INVOICE | {"invoice": f"F {XSS}"[:100], "lines": lines, "purchase_order": XSS}
    anna.record("/invoices", body)
    resolver = "<b>'sam'&\"@seller.example"
    opened = {"reason": "price", "comment": XSS, "run": True, "resolver": resolver, "expected": XSS}
    case = case_of(anna.record("/disputes", {"invoices": [{"invoice": body["invoice"]}], **opened}))
    path = case_link(http, case, resolver)
    file = (XSS.replace("/", ""), b"x", "text/html")
    assert send_answer(http, path, "solved", outcome="rejected", file=file).status_code == 200
    wrong = {"who": XSS * 2, "text": XSS, "follow_up_on": XSS, "credited-0": XSS, "outcome": XSS}
    pages = [http.client.get(path)]
    pages += [send_answer(http, path, answer, **wrong) for answer in ("solved", "not_solved", XSS)]
    pages += [send_answer(http, path, "not_mine", text=XSS)]
    for page in pages:
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert "<b>" not in page.text
        assert " 49" not in page.text
        tree = ElementTree.fromstring(page.text)
        assert list(tree.iter("script")) == list(tree.iter("img")) == []
    assert XSS in "".join(ElementTree.fromstring(pages[0].text).itertext())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"--x\r\nrubbish", "multipart/form-data; boundary=x"),
        (b"answer=solved", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_what_is_no_form_changes_nothing(
    http: HttpClients, case: str, content: bytes, kind: str
) -> None:
    before = len(http.entries())
    answer = http.client.post(
        case_link(http, case), content=content, headers={"Content-Type": kind}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")
    assert len(http.entries()) == before


def test_a_form_without_its_id_or_with_nul(http: HttpClients, case: str) -> None:
    path, before = case_link(http, case), len(http.entries())
    assert send_answer(http, path, "solved", outcome="rejected", form="x").status_code == 422
    assert send_answer(http, path, "maybe").status_code == 422
    nul = send_answer(http, path, "not_solved", follow_up_on="2026-03-20", text="a\0b")
    assert nul.status_code == 422
    much = send_answer(http, path, "solved", outcome="credited", **{"credited-0": "9999"})
    assert much.status_code == 422
    assert "still disputed" in much.text
    assert len(http.entries()) == before


def test_a_form_sent_by_four_at_once_counts_once(http: HttpClients, case: str) -> None:
    path, form = case_link(http, case), str(uuid4())

    def post(_: int) -> int:
        return send_answer(http, path, "not_mine", form=form, who=EVA).status_code

    with ThreadPoolExecutor(4) as four:
        codes = list(four.map(post, range(4)))
    assert set(codes) <= {200, 403}, "to who comes last it is hers already"
    assert len(http.recorded(ResolverAnswered)) == 1
    assert message_names(http).count(f"request/{case}/2") == 1


def test_who_it_was_escalated_to_may_answer(http: HttpClients, anna: Person, case: str) -> None:
    boss = "boss@seller.example"
    assert http.client.get(case_link(http, case, boss)).status_code == 403
    anna.record(f"/disputes/{case}/escalate", {"to": boss, "why": "Late."})
    assert (
        send_answer(http, case_link(http, case, boss), "solved", outcome="credited").status_code
        == 200
    )
    assert http.entries()[-1].by == boss
