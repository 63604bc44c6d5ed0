"""Every page in Dutch, German and French: no text of ours is left in English.

A page is compared with itself in English. What stands in both is data, a word that both languages
have, or a text that was forgotten.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
import psycopg
import pytest
from httpx2 import Response

from api.http.auth.keys import Role
from api.inbox.receive import receive_raw
from api.postman.loop import send_pending
from api.session import now
from commands.debtors.holds import HoldDebtor
from commands.debtors.registration import RegisterDebtor
from commands.follow_up.holds import HoldFollowUp
from commands.follow_up.promises import MakePromise
from commands.handoffs import HandOff
from projections import READ_MODELS
from support.creditor import invoice
from support.desk import DeskUser, hidden
from support.disputing import SAM
from support.every_page import address, addresses
from support.full_firm import ROWS, WORDS, FullFirm, full_firm
from support.import_files import chosen
from support.mail_samples import mail
from support.page_texts import shared, texts_of
from support.postgres import new_database
from support.routes import NOBODY
from support.smtp import run_smtp_server
from support.waiting import wait_for

LANGUAGES = ("nl", "de", "fr")
STRANGER = "nobody@elsewhere.example"
TODAY = now().date()
LATER, BEFORE = str(TODAY + timedelta(20)), str(TODAY - timedelta(20))
THEIRS = [  # what people and programs wrote: nobody translates it
    *("Default", "Korenaar BV", "Bakkerij De Gouden Krakeling", "Bakkerij Jansen", "Smit", "Delft"),
    *("eva", "erp", "anna", "bram", "root", "Claire", "Incasso BV", "no address", "history"),
    *("Butter 10 kg", "Flour 25 kg", "Waits for the harvest", "Ask for Claire.", "Wrong price"),
    *("Broken on arrival, two of them.", "Which price was agreed?", "Is the debtor right?"),
    *("What is it about?", "The invoice desk", "The sales desk", "sales", "logistics", "service"),
    *("invoicing", "finance", "invoice copy", "first reminder", "second reminder", "final notice"),
    *("14-day letter", "p.pdf", "proof.pdf", "Proof of delivery", "550 no such user here"),
    *("The door of F-3 is broken. Where is my money?", "nothing", "much", "Connection refused"),
    *(WORDS, *ROWS.splitlines()[0].split(","), "JSON is malformed: invalid character", "upload"),
    *("bank transfer", "factuur", "Kosten"),  # in a statement of the bank
    "pasted rows",  # the name of what eva pasted
]
OURS = [  # names of programs, models and codes
    *("Dossier", "Playbook", "EUR", "NL", "YAML", "SAP", "HighRadius", "XML", "PDF", "CSV"),
    *("postman", "clock", "mailbox", "open-items", *(model.name for model in READ_MODELS)),
    *(
        "English",
        "Nederlands",
        "Deutsch",
        "Français",
        "WhatsApp",
        "IBAN",
        "Excel",
        "Logo",
        "dossier creditor set",
        "Enter",
        "Esc",
        "ABNA",
    ),
    *calendar.month_name[1:],
]
ALIKE = {  # texts and pairs of words that both languages have
    "nl": [
        *("Product", "Open", "Menu", "Import", "Imports", "Filters", "Status", "Download"),
        *("E-mail", "Contact", "Spreadsheet", "Auditor", "Browser", "Segment", "link is"),
        *("link in", "open is"),
    ],
    "de": [
        *("Status", "Name", "Text", "Version", "Filter", "Import", "Position", "Browser"),
        *("optional", "E-Mail", "Segment", "link in"),
    ],
    "fr": [
        *("Service", "Documents", "Menu", "Import", "Imports", "Note", "Messages", "Suggestions"),
        *("page", "E-mail", "Contact", "Date", "Version", "Versions", "Administration", "point"),
        *("Sessions", "Position", "Segment", "Message"),
    ],
}


PLAYBOOKS = [  # each with a fault
    "much",
    "calendar: {country: XX}",
    "ladders: {}",
    "ladders: {business: {steps: []}}",
    "ladders: {business: {steps: [{step: much, after_due: much}]}}",
    "ladders: {business: {steps: [{step: much, after_due: 3}, {step: much, after_due: 9}]}}",
    "much: 3",
    "approvers: [{approver: eva}, {approver: anna}]",
    "wording: {en: {price: ['... much']}}",
]


PUBLIC = ("/i/", "/a/", "/portal", "/sign-in", "/contact")
POSTED = {"/playbook/draft": "/playbook/versions", "/admin": "/admin/people"}


def by_parts(page: str) -> bool:
    return 'enctype="multipart/form-data"' in page


@dataclass
class Reading:
    """What a person read: the texts of each page, by language."""

    texts: dict[str, dict[str, list[str]]]
    data: list[str]


@dataclass
class Reader:
    """A person who reads pages in one language after the other."""

    staff: DeskUser
    debtor: DeskUser
    url: str
    language: str = ""

    def reads(self, language: str) -> None:
        with psycopg.connect(self.url) as conn:  # as the owner of the table
            conn.execute("update ledger.person set language = %s", [language])
        self.language = language

    def send(self, method: str, path: str, **more: Any) -> Response:
        """Send a request; at the desk the language of the person counts, not the browser's."""
        if path.startswith(PUBLIC):
            return self.debtor.request(
                method, path, headers={"Accept-Language": self.language}, **more
            )
        return self.staff.request(method, path, headers={"Accept-Language": "en"}, **more)

    def page(self, path: str) -> list[str]:
        """Return the texts of a page; none of a file or of what leads elsewhere."""
        answer = self.send("GET", path)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        return texts_of(answer.text) if is_page and answer.status_code != 303 else []

    def tried(self, path: str, fields: dict[str, str]) -> list[str]:
        """Return the texts of the page that says what a form would do, or why it does not."""
        page = self.send("GET", path)
        form = hidden(page.text) | {"check": "1"} | fields
        files = {"file": ("", b"", "application/octet-stream")} if by_parts(page.text) else None
        answer = self.send("POST", POSTED.get(path, path), data=form, files=files)
        assert answer.status_code in (200, 409, 422), f"{path} {fields}: {answer.status_code}"
        return texts_of(answer.text)


@pytest.fixture(scope="module")
def reading(postgres: str) -> Iterator[Reading]:
    with (
        new_database(postgres) as url,
        full_firm(url) as firm,
        httpx2.Client(timeout=60) as client,
    ):
        firm.ids["person"] = str(firm.desk.add("eva", Role.ADMIN, email=SAM).person_id)
        staff, cookie = DeskUser(client, base=firm.desk.at), firm.debtor_cookie()
        assert staff.send(firm.desk.link("eva")).status_code == 303
        debtor = DeskUser(client, None, {cookie["name"]: cookie["value"]}, firm.desk.at)
        _fill(firm, staff)
        reader, texts = Reader(staff, debtor, url), dict[str, dict[str, list[str]]]()
        pages, forms = paths(firm), forms_of(firm)
        for language in ("en", *LANGUAGES):
            reader.reads(language)
            texts[language] = {path: reader.page(path) for path in pages}
            for path, fields in forms:
                texts[language][f"{path} {fields}"] = reader.tried(path, fields)
        yield Reading(texts, [*THEIRS, *OURS, *subjects(firm)])


def _fill(firm: FullFirm, user: DeskUser) -> None:
    """Record what pages have more to say about: pauses, failures, strangers, an import."""
    desk = firm.desk
    desk.record(
        RegisterDebtor(debtor="D-8", name="Smit", email="no address", address="Delft"),
        *(invoice(number, 500) for number in ("2026-1234", "F-5", "F-6")),
        invoice("F-8", 500, debtor="D-8"),
        HoldDebtor(debtor="D-8", reason="Waits for the harvest", until=LATER),
        HoldFollowUp(invoice="F-4", reason="Waits for the harvest", until=LATER),
        MakePromise(invoice="F-5", promised_for=LATER, who="Claire"),
        HandOff(invoice="F-6", agency="Incasso BV"),
    )
    with run_smtp_server() as server:
        server.refused[SAM] = "550 no such user here"
        settings = server.settings()
        send_pending(desk.session, settings)
    firm.dispute("2026-1234")
    send_pending(desk.session, settings)  # nobody listens there any more
    receive_raw(
        desk.session,
        mail(f"From: {STRANGER}", "Subject: 2026-1234", text="Broken on arrival, two of them."),
        "invoices@seller.example",
    )
    form = hidden(user.page("/import")) | {"rows": ROWS}
    answer = user.request("POST", "/import", data=form, files={"file": ("", b"", "text/csv")})
    draft = answer.headers["location"]
    firm.ids["draft"] = draft.rpartition("/")[2]
    user.send(draft, chosen(user.page(draft)) | {"do": "check"})
    wait_for(lambda: "L-2" in user.get(f"{draft}/check").text)


def paths(firm: FullFirm) -> list[str]:
    """Return all pages, and more of those that differ by what they are about."""
    rows = [row["invoice_id"] for row in firm.get("/invoices")]
    outgoing = [row["book_id"] for row in firm.get("/outbox")]
    waiting = [row["id"] for row in firm.get("/inbox")]
    return [
        *addresses(firm),
        *("/much", f"/invoices/{NOBODY}", "/outbox/x", "/playbook?version=99"),
        *(f"/invoices/{id_}" for id_ in rows),
        *(f"/invoices/{id_}/reminder" for id_ in rows),
        *(f"/outbox/{id_}" for id_ in outgoing),
        *(f"/inbox?message={id_}" for id_ in waiting),
    ]


def subjects(firm: FullFirm) -> list[str]:
    """Return the subjects of our messages, which are in the language of who gets them."""
    entries = firm.desk.session.ledger.since(0, 10_000)
    return [subject for entry in entries if (subject := getattr(entry.event, "subject", ""))]


def forms_of(firm: FullFirm) -> list[tuple[str, dict[str, str]]]:
    """Return forms, most of which cannot be recorded."""
    file, debtor = f"/invoices/{firm.ids['invoice']}", f"/debtors/{firm.ids['debtor']}"
    case, task = f"/disputes/{firm.ids['case']}", f"/tasks/{firm.ids['task']}"
    inbox, money = f"/inbox/{firm.ids['received']}", f"/money/{firm.ids['money']}"
    by_mail = {"template": "reminder", "channel": "e-mail"}
    return [
        (f"{file}/promises", {"promised_for": BEFORE}),
        (f"{file}/promises", {"promised_for": LATER, "amount": "9000"}),
        (f"{file}/promises", {"promised_for": LATER, "amount": "1.2.3"}),
        (f"{file}/holds", {"until": BEFORE, "reason": "Waits for the harvest"}),
        (f"{file}/holds", {"until": LATER, "reason": "Waits for the harvest"}),
        (f"{file}/calls", {"summary": ""}),
        (f"{file}/disputes", {"comment": "much", "reason": "price"}),
        (f"{file}/disputes", {"comment": "much", "reason": "price", "invoice": "X-99"}),
        (f"{debtor}/holds", {"until": BEFORE, "reason": "Waits for the harvest"}),
        (f"{debtor}/messages", by_mail),
        (f"{debtor}/messages", by_mail | {"invoice": "F-1"}),
        (f"{debtor}/messages", by_mail | {"invoice": "F-4"}),
        (f"{task}/snoozes", {"until": BEFORE, "why": "much"}),
        (f"{task}/snoozes", {"until": LATER, "why": "much"}),
        (f"{task}/closure", {"text": "much"}),
        (f"{case}/resolution", {"outcome": "credited", "credited": "9000"}),
        (f"{case}/resolver", {"resolver": ""}),
        (f"{case}/answer", {"answer": "not_solved"}),
        (f"{inbox}/assignment", {"invoices": "X-99"}),
        (f"{inbox}/assignment", {"invoices": "", "debtor": ""}),
        (f"{money}/allocation", {"invoice": "F-3", "amount": "9000"}),
        (f"{money}/allocation", {"invoice": "X-99", "amount": "10"}),
        (f"{money}/return", {"amount": "9000", "why": "much"}),
        ("/texts/reminder", {"subject": "much", "text": "#much", "do": "save", "language": "en"}),
        (f"{address(firm, '/i/{token}')}/promise", {"promised_for": BEFORE}),
        (f"{address(firm, '/i/{token}')}/promise", {"promised_for": LATER, "amount": "9000"}),
        (f"{address(firm, '/i/{token}')}/dispute", {"words": ""}),
        (f"{address(firm, '/i/{token}')}/payment", {"paid_on": LATER, "amount": "1.2.3"}),
        (f"{address(firm, '/i/{token}')}/message", {"words": ""}),
        (address(firm, "/a/{token}"), {"answer": "not_solved"}),
        (
            address(firm, "/a/{token}"),
            {"answer": "not_solved", "text": "much", "follow_up_on": "x"},
        ),
        (address(firm, "/a/{token}"), {"answer": "solved"}),
        ("/contact/default", {"text": ""}),
        *(("/playbook/draft", {"rules": text}) for text in PLAYBOOKS),
        ("/admin", {"name": "", "role": "collector"}),
        ("/admin/keys", {"name": "clock", "role": "collector"}),
        ("/import", {"rows": "much"}),
        (f"/import/{firm.ids['draft']}", {"invoice": "", "do": "check"}),
        ("/texts/reminder", {"subject": "", "text": "", "do": "save", "language": "en"}),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_left_in_english(reading: Reading, language: str) -> None:
    found = dict[str, str]()
    for path, english in reading.texts["en"].items():
        page = reading.texts[language][path]
        for text in shared(page, english, reading.data, ALIKE[language]):
            found.setdefault(text, path)
    assert not found, "\n".join(f"{path}: {text}" for text, path in found.items())


def test_a_text_that_both_pages_have_is_found_unless_it_is_data() -> None:
    english = ["Nothing is open.", "Status", "It cannot be recorded: It is too late.", "Jan Smit"]
    german = ["Es ist nichts offen.", "Status", "Nicht erfasst: It is too late.", "An Jan Smit"]
    left = ["Status", "Nicht erfasst: It is too late."]
    assert shared(german, english, ["Jan Smit"]) == left
    assert shared(german, english, ["Jan Smit"], ["Status"]) == left[1:]
