"""A debtor signs in by a mailed code, and sees all that is theirs; nobody else does."""

import re
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from uuid import uuid4

import pytest

from api.links.link import Expired
from api.links.tokens import invoice_of
from api.links.urls import PORTAL
from api.mail.parse import read
from api.pages.kit.limits import LinkLimits
from api.pages.portal import sessions
from api.pages.portal.account import ROWS
from ledger.facts.books import book_id
from ledger.facts.debtor_events import DebtorContactLogged, DebtorCorrected
from ledger.facts.invoice.dispute_opening import DisputeOpened
from support.desk import faults, plain
from support.http_clients import INVOICE, HttpClients, Person
from support.portal import ACCOUNT, JAN, DebtorAtForm, hidden_fields, link_to, set_up_portal
from support.smtp import SmtpServer

HOME = "/portal/default"
CODE = re.compile(r"The code is (\d{6})\.")


@pytest.fixture(autouse=True)
def portal_that_mails(smtp: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PORTAL, "default M%C3%BCller")
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://dossier.example")
    for name, value in smtp.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def office(http: HttpClients, anna: Person, admin: Person) -> Person:
    """Bakery Jansen owes F-1 and F-2, its rival R-1."""
    http.client.app.state.sign_ins = LinkLimits(a_minute=10_000)  # type: ignore[attr-defined]
    set_up_portal(http, anna)
    firm = {"name": "Korenaar BV", "address": "Meelkade 1\n3512 AB Utrecht"}
    admin.record("/creditor", firm | {"bank_accounts": [ACCOUNT]})
    anna.record("/debtors", {"debtor": "D-8", "name": "Rival", "email": "r@rival.example"})
    anna.record("/invoices", INVOICE | {"invoice": "R-1", "debtor": "D-8", "amount": "77.00"})
    second = INVOICE | {"invoice": "F-2", "amount": "300.00", "due_on": "2026-02-10"}
    anna.record("/invoices", second | {"on": "2026-01-10"})
    shown(anna)
    return anna


def shown(anna: Person) -> None:
    """Wait until the read models show what was recorded."""
    made = anna.record("/invoices/F-1/notes", {"text": "x"})
    assert anna.get(f"/invoices?at_least={made['position']}").status_code == 200
    assert anna.get(f"/agenda?at_least={made['position']}").status_code == 200
    assert anna.get(f"/disputes?at_least={made['position']}").status_code == 200


def code_for(http: HttpClients, smtp: SmtpServer, email: str = JAN) -> tuple[str, dict[str, str]]:
    """Ask for a code; return it, and the fields of the page that asks for it."""
    before = len(smtp.came)
    page = http.client.post(f"{HOME}/sign-in", data={"email": email})
    assert page.status_code == 200, page.text
    mails = [read(raw).text for _, raw in smtp.came[before:]]
    return (CODE.findall(mails[0])[0] if mails else ""), hidden_fields(page.text)


def sign_in(http: HttpClients, smtp: SmtpServer, email: str = JAN) -> DebtorAtForm:
    code, form = code_for(http, smtp, email)
    answer = http.client.post(
        f"{HOME}/sign-in/code", data=form | {"code": code}, follow_redirects=False
    )
    http.client.cookies.clear()
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == HOME
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return DebtorAtForm(http, HOME, cookie)


def test_a_code_opens_all_that_is_theirs(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan = sign_in(http, smtp)
    [(to, raw)] = smtp.came
    mail = message_from_bytes(raw)
    assert to == (JAN,)
    assert "Korenaar BV" in str(mail["From"])
    part = {"invoices": [{"invoice": "F-2", "contested": "100.00"}], "reason": "price"}
    office.record("/disputes", part | {"comment": "SECRET"})
    office.record(
        "/debtors/D-7/money",
        {
            "reference": "C-9",
            "amount": "25.00",
        },
    )
    shown(office)
    words = plain(jan.page())
    for expected in (
        "Bakery Jansen",
        "All that is overdue €200.00",
        "NL91 ABNA 0417 1643 00",
        "Amount €200.00 Reference RF36 FX2",
        "You do not agree with €100.00.",
        "F-1 €1,210.00",
        "F-2 €300.00 20 days late partly disputed",
        "Payment C-9 2 March 2026 €25.00",
    ):
        assert expected in words, expected
    assert "R-1" not in words
    assert "SECRET" not in words
    assert "€1,210.00" in plain(jan.page(f"/invoices/{book_id('default', 'invoice', 'F-1')}"))


def test_their_disputes_are_listed_with_how_they_stand(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan, heading = sign_in(http, smtp), "What you did not agree with"
    assert heading not in plain(jan.page())
    part = {"invoices": [{"invoice": "F-2", "contested": "100.00"}], "reason": "price"}
    office.record("/disputes", part | {"comment": "Too dear."})
    shown(office)
    [case] = [e.event.case_id for e in http.entries() if isinstance(e.event, DisputeOpened)]
    path = f"/invoices/{book_id('default', 'invoice', 'F-2')}/disputes/{case}"
    page = jan.page()
    assert f"{HOME}{path}" in page
    assert f"{case.hex[:8].upper()} F-2 2 March 2026 we look into it €100.00" in plain(page)
    outcome = {"outcome": "rejected", "explanation": "As agreed."}
    office.record(f"/disputes/{case}/resolve", outcome)
    shown(office)
    assert "decided €100.00" in plain(jan.page())
    office.record("/invoices/F-2/corrections", {"debtor": "D-8", "why": "It was theirs."})
    shown(office)
    assert heading not in plain(jan.page())
    rival = sign_in(http, smtp, "r@rival.example").page()
    assert "F-2" in plain(rival)
    assert heading not in plain(rival), "it was raised by who owed it before"


def test_an_unknown_address_reads_the_same_and_gets_nothing(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    def page(email: str) -> str:
        answer = http.client.post(f"{HOME}/sign-in", data={"email": email})
        text = re.sub(r'name="secret" value="[^"]*"', "", answer.text)
        return f"{answer.status_code} {text.replace(email, '…')}"

    assert page(JAN) == page("nobody@elsewhere.example")
    assert [to for to, _ in smtp.came] == [(JAN,)]
    code, form = code_for(http, smtp, "nobody@elsewhere.example")
    assert code == ""
    for guess in ("000000", ""):
        answer = http.client.post(f"{HOME}/sign-in/code", data=form | {"code": guess})
        assert answer.status_code == 422


def test_a_code_is_good_once_for_fifteen_minutes_and_five_tries(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    def use(form: dict[str, str], code: str) -> int:
        data = form | {"code": code}
        answer = http.client.post(f"{HOME}/sign-in/code", data=data, follow_redirects=False)
        http.client.cookies.clear()
        return answer.status_code

    code, form = code_for(http, smtp)
    assert use(form | {"secret": "x"}, code) == 422, "it belongs to the browser that asked"
    assert use(form, f"{code[:3]} {code[3:]}") == 303
    assert use(form, code) == 422
    code, form = code_for(http, smtp)
    http.clock.advance(minutes=15)
    assert use(form, code) == 422
    code, form = code_for(http, smtp)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert [use(form, wrong) for _ in range(5)] == [422] * 5
    assert use(form, code) == 422


def test_no_more_than_five_codes_an_hour(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    assert [bool(code_for(http, smtp)[0]) for _ in range(6)] == [True] * 5 + [False]
    http.clock.advance(hours=1, seconds=1)
    assert code_for(http, smtp)[0]


def test_many_who_ask_at_once_get_no_more_codes_to_guess(http: HttpClients) -> None:
    def ask(nth: int) -> bool:
        with http.pool.connection() as conn:
            return bool(sessions.begin_code(conn, "default", JAN, http.clock(), f"{nth}"))

    with ThreadPoolExecutor(10) as several:
        assert sum(several.map(ask, range(40))) == sessions.MOST_IN_AN_HOUR


def test_a_session_ends(http: HttpClients, office: Person, smtp: SmtpServer) -> None:
    jan = sign_in(http, smtp)
    http.clock.advance(minutes=59)
    assert jan.get().status_code == 200
    http.clock.advance(minutes=61)
    assert jan.get().headers["location"] == f"{HOME}/sign-in"
    jan = sign_in(http, smtp)
    form = {"csrf": hidden_fields(jan.page())["csrf"]}
    headers = {"Cookie": jan.cookies}
    stolen = http.client.post(f"{HOME}/sign-out", data={"csrf": "x"}, headers=headers)
    assert (stolen.status_code, jan.get().status_code) == (403, 200)
    http.client.post(f"{HOME}/sign-out", data=form, headers=headers, follow_redirects=False)
    assert jan.get().status_code == 303
    jan = sign_in(http, smtp)
    office.record("/debtors/D-7/corrections", {"why": "Jan left.", "email": "new@bakery.example"})
    assert jan.get().status_code == 303, "the address speaks for nobody any more"


def test_what_is_another_s_is_not_there(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    http.tenant("Müller")
    jan = sign_in(http, smtp)
    rivals = f"/invoices/{book_id('default', 'invoice', 'R-1')}"
    nowhere = jan.get(f"/invoices/{uuid4()}")
    assert nowhere.status_code == 404
    for path in (rivals, f"{rivals}/dispute", f"{rivals}/message", "/invoices/x"):
        assert jan.get(path).text == nowhere.text, path
    csrf = hidden_fields(jan.page("/message"))["csrf"]
    form = {"form": str(uuid4()), "csrf": csrf, "words": "x", "how": "whole", "step": "send"}
    for path in ("dispute", "promise", "payment", "message"):
        assert jan.post(f"{rivals}/{path}", form).status_code == 404
    asked = jan.page("?debtor=D-8")
    assert "Bakery Jansen" in asked
    assert "Rival" not in asked
    elsewhere = DebtorAtForm(http, "/portal/M%C3%BCller", jan.cookies)
    assert elsewhere.get().headers["location"] == "/portal/M%C3%BCller/sign-in"
    assert http.client.get("/portal/nobody").status_code == 404
    assert http.client.get(HOME, follow_redirects=False).status_code == 303
    assert http.recorded(DisputeOpened) == []


def test_a_form_needs_the_token_of_its_session(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan, rival = sign_in(http, smtp), sign_in(http, smtp, "r@rival.example")
    mine = f"/invoices/{book_id('default', 'invoice', 'F-1')}"
    form = {"form": str(uuid4()), "words": "x", "how": "whole", "step": "send"}
    foreign = hidden_fields(rival.page("/message"))["csrf"]
    for csrf in ("", "x", foreign):
        for path in (f"{mine}/dispute", f"{mine}/message", "/message", "/details"):
            assert jan.post(path, form | {"csrf": csrf}).status_code == 403, path
    assert http.recorded(DisputeOpened) == []
    own = hidden_fields(jan.page("/message"))["csrf"]
    assert jan.post(f"{mine}/dispute", form | {"csrf": own}).status_code == 303
    [entry] = [one for one in http.entries() if isinstance(one.event, DisputeOpened)]
    assert (entry.by, entry.via) == (JAN, "portal")


def test_details_are_a_request_and_change_nothing(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan = sign_in(http, smtp)
    page = jan.page("/details")
    assert 'value="Bakery Jansen"' in page
    assert "iban" not in page.lower()
    known = {"name": "Bakery Jansen", "email": JAN, "address": "", "phone": "", "vat_id": ""}
    same = jan.send("/details", **known)
    assert (same.status_code, "Nothing is different" in same.text) == (422, True)
    wrong = jan.send("/details", **(known | {"email": "x"}))
    assert (wrong.status_code, 'href="#email"' in wrong.text) == (422, True)
    asked = known | {"email": "ap@bakery.example", "phone": "030 1", "iban": "NL00", "words": "Hi."}
    sent = jan.send("/details", **asked)
    assert sent.status_code == 303, faults(sent.text)
    [contact] = http.recorded(DebtorContactLogged)
    assert contact.summary == (
        "Please change our details:\n"
        f"Mail address for invoices: {JAN} → ap@bakery.example\nTelephone: - → 030 1\nHi."
    )
    assert contact.awaits_answer
    assert http.recorded(DebtorCorrected) == []
    page = plain(http.client.get(sent.headers["location"], headers={"Cookie": jan.cookies}).text)
    assert "A person looks at it before anything changes." in page
    at = http.entries()[-1].position
    rows = office.get(f"/agenda?at_least={at}").json()
    assert "answer debtor" in {row["action"] for row in rows}


def test_a_message_about_no_invoice(http: HttpClients, office: Person, smtp: SmtpServer) -> None:
    jan = sign_in(http, smtp)
    file = [("files", ("a.txt", b"A", "text/plain"))]
    assert jan.send("/message", file, words="Whom do I call?").status_code == 303
    [contact] = http.recorded(DebtorContactLogged)
    assert (contact.summary, contact.who) == ("Whom do I call?", JAN)
    assert len(contact.documents) == 1
    assert jan.send("/message", words="").status_code == 422


def test_the_statement_is_a_letter_of_what_is_open(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan = sign_in(http, smtp)
    answer = jan.get("/statement.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert "D-7_2026-03-02.pdf" in answer.headers["content-disposition"]
    assert answer.content == jan.get("/statement.pdf").content


def test_a_long_list_comes_in_pages(http: HttpClients, office: Person, smtp: SmtpServer) -> None:
    for n in range(ROWS):
        office.record("/invoices", INVOICE | {"invoice": f"G-{n:03}", "amount": "1.00"})
    office.record("/invoices/G-000/payments", {"reference": "B", "amount": "1.00"})
    shown(office)
    jan = sign_in(http, smtp)
    first = jan.page()
    assert first.count('class="card bill"') == ROWS
    assert "G-000" not in first
    more = re.search(r'href="([^"]+after=[^"]+)"', first)
    assert more
    second = jan.page(more[1].replace("&amp;", "&").removeprefix(HOME))
    assert second.count('class="card bill"') == 1
    assert "G-000" in jan.page("?show=all")


def test_an_address_may_speak_for_several(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    office.record("/debtors", {"debtor": "D-9", "name": "Jansen Flour", "email": JAN})
    office.record("/invoices", INVOICE | {"invoice": "J-1", "debtor": "D-9", "amount": "5.00"})
    shown(office)
    jan = sign_in(http, smtp)
    assert "J-1" not in jan.page()
    page = jan.page("?debtor=D-9")
    assert "J-1" in page
    assert "F-1" not in page
    assert "J-1" in jan.page(f"/invoices/{book_id('default', 'invoice', 'J-1')}")


def test_an_ended_link_sends_a_fresh_one_to_the_known_address_only(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    old = link_to(http)
    office.record("/debtors/D-7/corrections", {"why": "Moved.", "email": "new@bakery.example"})
    http.clock.advance(days=91)
    assert http.client.get(old).status_code == 410
    answer = http.client.post(f"{old}/fresh")
    assert "A fresh link is on its way" in answer.text
    assert "bakery.example" not in answer.text
    [(to, raw)] = smtp.came
    assert to == ("new@bakery.example",)
    [url] = re.findall(r"https://dossier\.example(/i/\S+)", read(raw).text)
    assert "Invoice F-1" in plain(http.client.get(url).text)
    with pytest.raises(Expired):
        invoice_of(http.pool, old.removeprefix("/i/"), http.clock())
    assert http.client.post(f"{old}/fresh").status_code == 429, "one a minute"
    assert http.client.post("/i/nothing/fresh").status_code == 404


def test_of_an_invoice_that_is_another_s_no_link_is_sent(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    old = link_to(http)
    office.record("/invoices/F-1/corrections", {"why": "Sold.", "debtor": "D-8"})
    http.clock.advance(days=91)
    assert http.client.post(f"{old}/fresh").status_code == 200
    assert smtp.came == []


def test_where_no_mail_can_be_sent_it_is_stated(
    http: HttpClients, office: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIER_SMTP_URL")
    answer = http.client.post(f"{HOME}/sign-in", data={"email": JAN})
    assert answer.status_code == 503
    assert "No mail can be sent at the moment." in answer.text
    assert http.client.post(f"{HOME}/sign-in", data={"email": "x"}).status_code == 422
    assert f'action="{HOME}/sign-in"' in http.client.get(f"{HOME}/sign-in").text


def test_a_session_asks_no_more_often_than_a_link(
    http: HttpClients, office: Person, smtp: SmtpServer
) -> None:
    jan = sign_in(http, smtp)
    http.client.app.state.links = LinkLimits(a_minute=2)  # type: ignore[attr-defined]
    assert [jan.get().status_code for _ in range(3)] == [200, 200, 429]


def test_what_is_no_text_is_no_trouble(http: HttpClients, office: Person, smtp: SmtpServer) -> None:
    jan = sign_in(http, smtp)
    assert jan.get("?after=%00").status_code == 404
    fields = hidden_fields(jan.page("/message")) | {"words": "\\ud800"}
    parts = [
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    kind = "multipart/form-data; boundary=B; charset=unicode_escape"
    answer = http.client.post(
        f"{HOME}/message",
        content="".join(parts) + "--B--\r\n",
        headers={"Cookie": jan.cookies, "Content-Type": kind},
    )
    assert answer.status_code == 422
    assert "That could not be read" in answer.text
