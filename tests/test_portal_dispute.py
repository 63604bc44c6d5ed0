"""A debtor raises a dispute at the portal: the form, the check page, and what is recorded."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from api.http.auth.keys import Role
from api.pages.portal.bill import short
from ledger.database import documents
from ledger.facts.codes import Purpose, Reason
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.dispute_opening import DisputeOpened
from ledger.facts.invoice.follow_up import ContactLogged
from ledger.facts.invoice.registration import DocumentAttached
from ledger.facts.outbound import MessageAsked
from support.desk import desk_user, faults, plain
from support.disputing import set_up_disputes
from support.http_clients import INVOICE, HttpClients, Person
from support.portal import LINES, DebtorAtForm, hidden_fields, link_to

JAN = "jan@bakker.example"
WORDS = "Er zaten vier dozen in plaats van zes."
REPORT = {"words": WORDS, "reason": "quantity_short", "how": "amount", "amount": "149,00"}
PHOTO = [("files", ("bon.jpg", b"JPEG", "image/jpeg")), ("files", ("b.pdf", b"PDF", "x/pdf"))]


@pytest.fixture
def jan(http: HttpClients, anna: Person, monkeypatch: pytest.MonkeyPatch) -> DebtorAtForm:
    http.client.app.state.portals = frozenset({"default"})  # type: ignore[attr-defined]
    http.client.headers["Accept-Language"] = "en-GB"
    set_up_disputes(http, anna)
    anna.record("/invoices", INVOICE | {"lines": LINES})
    return DebtorAtForm(http, link_to(http, person=JAN))


def checked(page: str) -> dict[str, Any]:
    """Return the fields with which the check page sends."""
    words = re.search(r"<textarea[^>]*hidden[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert words
    return hidden_fields(page) | {"words": words[1]}


def raise_dispute(jan: DebtorAtForm, files: Any = None, **fields: str) -> str:
    """Fill in, check and send; return the address of its course."""
    page = jan.send("/dispute", files, step="check", **(REPORT | fields))
    assert page.status_code == 200, faults(page.text)
    sent = jan.post("/dispute", checked(page.text) | {"step": "send"})
    assert sent.status_code == 303, faults(sent.text)
    return str(sent.headers["location"]).removeprefix(jan.path)


def test_from_the_form_by_the_check_to_its_course(http: HttpClients, jan: DebtorAtForm) -> None:
    before = len(http.entries())
    page = jan.send("/dispute", PHOTO, step="check", wanted="credit", **REPORT)
    words = plain(page.text)
    for expected in (
        "Is this right?",
        WORDS,
        "Too little delivered",
        "€149.00",
        "A credit note",
        "bon.jpg b.pdf",
        f"We answer to {JAN}",
        "You get no reminders about €149.00 until you hear from us.",
        "The other €1,061.00 stays due on 31 March 2026.",
    ):
        assert expected in words, expected
    assert len(http.entries()) == before, "nothing is recorded before it is sent"
    sent = jan.post("/dispute", checked(page.text) | {"step": "send"})
    [opened], [contact] = http.recorded(DisputeOpened), http.recorded(ContactLogged)
    assert (opened.reason, opened.contested) == (Reason.QUANTITY_SHORT, Decimal(149))
    assert opened.comment == f"{WORDS}\n\nI ask for: A credit note"
    assert (contact.channel, contact.who, contact.awaits_answer) == ("portal", JAN, False)
    assert opened.contact_id == contact.contact_id
    assert [file.name for file in http.recorded(DocumentAttached)] == ["bon.jpg", "b.pdf"]
    with http.pool.connection() as conn:
        kept = [documents.fetch(conn, "default", address) for address in contact.documents]
        left = conn.execute("select count(*) from stranger_file").fetchall()
    assert (kept, left) == ([b"JPEG", b"PDF"], [(0,)])
    entries = [one for one in http.entries() if isinstance(one.event, DisputeOpened)]
    assert [(one.by, one.via) for one in entries] == [(JAN, "portal")]
    assert len(http.recorded(ResolverAssigned)) == 1, "the playbook asks who solves it"
    asked = {one.purpose for one in http.recorded(MessageAsked)}
    assert asked == {Purpose.RECEIPT, Purpose.REQUEST, Purpose.COPY}
    course = plain(http.client.get(sent.headers["location"]).text)
    assert f"Its number is {short(opened.case_id)}" in course
    assert "2 March 2026: we have your report" in course
    assert "We look into it, and write to you by 30 March 2026" in course
    assert "The other €1,061.00 stays due on 31 March 2026." in course
    assert "sam@seller.example" not in course
    mine = plain(jan.page())
    assert "You do not agree with €149.00." in mine
    assert "You do not agree with €149.00: too little delivered" in mine


def test_sent_twice_it_is_one(http: HttpClients, jan: DebtorAtForm) -> None:
    form = checked(jan.send("/dispute", step="check", **REPORT).text) | {"step": "send"}
    first, second = jan.post("/dispute", form), jan.post("/dispute", form)
    assert first.headers["location"] == second.headers["location"]
    assert len(http.recorded(DisputeOpened)) == 1
    page = jan.send("/dispute", step="check", **REPORT)
    assert page.status_code == 422, "the same again is no second dispute"


@pytest.mark.parametrize(
    ("fields", "contested", "lines"),
    [
        ({"how": "whole"}, None, []),
        ({"how": "amount", "amount": "€ 1.000,50"}, "1000.50", []),
        ({"how": "percent", "percent": "12,5 %"}, "151.25", []),
        ({"how": "lines", "line": "2"}, "610", [("2", None)]),
        ({"how": "lines", "line": "1", "quantity-1": "2"}, "200", [("1", Decimal(2))]),
    ],
)
def test_how_much_it_is_about(
    http: HttpClients, jan: DebtorAtForm, fields: Any, contested: str | None, lines: Any
) -> None:
    raise_dispute(jan, **fields)
    [opened] = http.recorded(DisputeOpened)
    assert opened.contested == (contested and Decimal(contested))
    assert [(line.number, line.quantity) for line in opened.lines] == lines


def test_the_reason_is_found_in_the_words(http: HttpClients, jan: DebtorAtForm) -> None:
    raise_dispute(jan, reason="", words="The price on the invoice is too high.")
    raise_dispute(jan, reason="", words="Hmm.")
    reasons = [opened.reason for opened in http.recorded(DisputeOpened)]
    assert reasons == [Reason.PRICE, Reason.OTHER]


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"words": ""}, "words", "Write at most"),
        ({"words": "x" * 10_001}, "words", "Write at most"),
        ({"how": ""}, "how-whole", "Choose how much"),
        ({"amount": ""}, "amount", ""),
        ({"amount": "a lot"}, "amount", "a lot"),
        ({"amount": "1.210"}, "amount", ""),
        ({"amount": "-5"}, "amount", "above zero"),
        ({"amount": "1210.01"}, "amount", "The whole invoice is €1,210.00."),
        ({"how": "percent", "percent": "101"}, "percent", "from 1 to 100"),
        ({"how": "lines"}, "line-0", "Choose the lines"),
        ({"how": "lines", "line": "9"}, "lines", "9"),
        ({"how": "lines", "line": "1", "quantity-1": "many"}, "quantity-1", "many"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(
    http: HttpClients, jan: DebtorAtForm, fields: Any, field: str, text: str
) -> None:
    before = len(http.entries())
    answer = jan.send("/dispute", PHOTO, step="send", **(REPORT | {"wanted": "credit"} | fields))
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    summary = answer.text.partition('id="errors"')[2].partition("</div>")[0]
    assert f'href="#{field}"' in summary
    assert text in plain(summary)
    words = str({"words": WORDS} | fields).partition("x" * 9)[0]
    assert WORDS in answer.text or WORDS not in words
    assert 'value="credit" checked="checked"' in answer.text
    assert "bon.jpg" in answer.text
    assert hidden_fields(answer.text)["kept"]
    assert len(http.entries()) == before


def test_change_leads_back_with_all_that_was_filled_in(jan: DebtorAtForm) -> None:
    page = jan.send("/dispute", PHOTO, step="check", **REPORT)
    back = jan.post("/dispute", checked(page.text) | {"step": "change"})
    assert back.status_code == 200
    for kept in (WORDS, 'value="149,00"', 'value="quantity_short" selected', "bon.jpg"):
        assert kept in back.text, kept
    more = hidden_fields(back.text) | REPORT | {"step": "check"}
    third = [("files", ("c.txt", b"C", "text/plain"))]
    assert "bon.jpg b.pdf c.txt" in plain(jan.post("/dispute", more, third).text)


def test_nobody_names_a_file_that_they_did_not_send(
    http: HttpClients, anna: Person, jan: DebtorAtForm
) -> None:
    seal = hidden_fields(jan.send("/dispute", PHOTO, step="check", **REPORT).text)["kept"]
    anna.record("/debtors", {"debtor": "D-8", "name": "Rival", "email": "r@rival.example"})
    anna.record("/invoices", INVOICE | {"invoice": "F-2", "debtor": "D-8"})
    rival = DebtorAtForm(http, link_to(http, "F-2", "r@rival.example", "D-8"))
    for kept in (seal, seal[:-1], "x.y"):
        page = rival.send("/dispute", step="check", **(REPORT | {"kept": kept}))
        assert page.status_code == 200
        assert "bon.jpg" not in page.text


def test_a_dispute_is_seen_by_its_debtor_alone(
    http: HttpClients, anna: Person, jan: DebtorAtForm
) -> None:
    place = raise_dispute(jan)
    anna.record("/debtors", {"debtor": "D-8", "name": "Rival", "email": "r@rival.example"})
    anna.record("/invoices", INVOICE | {"invoice": "F-2", "debtor": "D-8"})
    rival = DebtorAtForm(http, link_to(http, "F-2", "r@rival.example", "D-8"))
    assert rival.get(place).status_code == 404
    form = {"form": str(uuid4()), "words": "Mine."}
    assert rival.post(place, form).status_code == 404
    assert jan.get(f"/disputes/{uuid4()}").status_code == 404
    stolen = hidden_fields(jan.page("/dispute")) | REPORT | {"step": "send"}
    assert rival.post("/dispute", stolen).status_code == 303
    first, second = http.recorded(DisputeOpened)
    assert first.case_id != second.case_id, "a form's id joins no foreign case"


def test_what_they_add_waits_for_an_answer(
    http: HttpClients, anna: Person, jan: DebtorAtForm
) -> None:
    place = raise_dispute(jan)
    sent = jan.send(place, PHOTO[:1], words="Here is the photo.")
    assert sent.status_code == 303
    _, contact = http.recorded(ContactLogged)
    assert contact.summary.startswith("About report ")
    assert contact.summary.endswith(": Here is the photo.")
    assert contact.awaits_answer
    empty = jan.send(place, words="")
    assert (empty.status_code, "Write at most" in empty.text) == (422, True)


def test_its_end_is_shown_and_may_be_contradicted(
    http: HttpClients, anna: Person, jan: DebtorAtForm
) -> None:
    place = raise_dispute(jan)
    case = place.partition("?")[0].rpartition("/")[2]
    outcome = {"outcome": "credited", "credited": "100.00", "explanation": "For half."}
    anna.record(f"/disputes/{case}/resolve", outcome)
    words = plain(jan.page(place.partition("?")[0]))
    assert "2 March 2026: it is decided: credited Credited: €100.00. To pay: €49.00." in words
    assert "This does not solve it?" in words
    assert jan.send(place, words="No.").status_code == 303
    assert str(http.recorded(ContactLogged)[-1].resolved_case) == case


def test_staff_only_look(
    http: HttpClients,
    jan: DebtorAtForm,
) -> None:
    sam = desk_user(http, Role.COLLECTOR, "sam")
    jan.cookies = "; ".join(f"{name}={value}" for name, value in sam.cookies.items())
    form = {"form": str(uuid4()), "step": "send"} | REPORT
    answer = jan.post("/dispute", form)
    assert answer.status_code == 403
    assert "not act for the debtor" in answer.text
    assert http.recorded(DisputeOpened) == []


def test_from_another_site_nothing_is_recorded(http: HttpClients, jan: DebtorAtForm) -> None:
    form = {"form": str(uuid4()), "step": "send"} | REPORT
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = http.client.post(f"{jan.path}/dispute", data=form, headers=headers)
    assert answer.status_code == 403
    assert http.recorded(DisputeOpened) == []


def test_the_comment_of_a_colleague_is_not_shown_as_the_debtors_words(
    anna: Person, jan: DebtorAtForm
) -> None:
    course = raise_dispute(jan)
    case = course.rpartition("/")[2].partition("?")[0]
    anna.record(f"/disputes/{case}/comment", {"comment": "SECRET: a fibber."})
    words = plain(jan.page(course))
    assert "SECRET" not in words
    assert f"In your words {WORDS}" in words


def test_who_gets_the_invoice_later_reads_nothing_of_the_debtor_before(
    http: HttpClients, anna: Person, jan: DebtorAtForm
) -> None:
    jan.send("/message", words="SECRET: we are short of money.")
    jan.send("/promise", **{"day-0": "2026-03-20", "amount-0": "10"})
    case = raise_dispute(jan, words="SECRET: four boxes.")
    anna.record("/debtors", {"debtor": "D-8", "name": "Rival", "email": "r@rival.example"})
    anna.record("/invoices/F-1/corrections", {"why": "x", "debtor": "D-8"})
    rival = DebtorAtForm(http, link_to(http, person="r@rival.example", debtor="D-8"))
    assert "SECRET" not in rival.page() + rival.page(case)
    course = plain(rival.page()).partition("What happened so far")[2]
    assert "The invoice was made" in course
    assert "You " not in course.partition("Do not pass it on")[0]
    assert rival.send("/message", words="Our own words.").status_code == 303
    assert "You wrote to us Our own words." in plain(rival.page())


def test_a_field_of_any_name_is_no_trouble(http: HttpClients, jan: DebtorAtForm) -> None:
    course = raise_dispute(jan).partition("?")[0]
    answer = jan.send(course, words="", sent="x", case="x", on="x")
    assert answer.status_code == 422
