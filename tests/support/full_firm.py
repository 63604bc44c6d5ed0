"""A firm in which every page has something to show: served for browsers, with all that is in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import httpx2

from api.demo.sample_documents import pdf
from api.http.auth.keys import Role
from api.http.kit.task_ids import encode
from api.links.link import CaseLink, ForCalendar, InvoiceLink, Link
from api.links.tokens import token
from api.links.urls import PORTAL
from api.pages.portal import sessions
from api.session import now
from commands.creditor import DescribeCreditor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.playbook import ApplyPlaybook
from ledger.facts.books import book_id
from ledger.facts.codes import Reason
from support.bookings import Booking, mt940
from support.creditor import debtor, invoice
from support.disputing import SAM, rules
from support.living_desk import LivingDesk, living_desk
from support.portal import ACCOUNT, LINES
from support.served import bearer, make_key
from support.waiting import wait_for

LEAD, MAIL = "lead@seller.example", "info@bakery.example"
WORDS = "Er zaten vier dozen in plaats van zes. " + "Ongelofelijk" * 12
PROOF = pdf("proof.pdf", "Proof of delivery").content
ROWS = (
    "Invoice number,Customer,Open amount,Invoice date,Due date\n"
    "L-1,D-7,99.00,2026-01-05,2026-02-04\n"
    "L-2,D-7,much,2026-01-06,2026-02-05\n"
)


BOOKED = mt940([
    Booking("77.00", "Factuur 2026-7001"),
    Booking("999.00", WORDS),
    Booking("-77.00", "AC04"),
    Booking("-2.50", "Kosten", "", ""),
])  # fmt: skip
MORE = mt940([Booking("80.00", "factuur 2026-7OO2", iban="")], 3, "5.00")


def book(number: str) -> UUID:
    return book_id("default", "invoice", number)


@dataclass
class FullFirm:
    """The server, and the ids of what an address may name."""

    desk: LivingDesk
    http: httpx2.Client
    ids: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """Record by the HTTP API, as a collector."""
        answer = self.http.post(
            f"/v1{path}", json=body, headers={"Idempotency-Key": str(uuid4())}, **more
        )
        assert answer.status_code in (200, 201, 202), answer.text
        return answer.json()

    def get(self, path: str, at_least: int = 0) -> Any:
        params = {"at_least": at_least} if at_least else {}
        answer = self.http.get(f"/v1{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, link: Link) -> str:
        return token(self.desk.session.pool, link, now())

    def case_link(self, who: str, case: UUID) -> str:
        return f"/a/{self.token(CaseLink('default', case, who))}"

    def invoice_link(self, number: str = "F-1") -> str:
        return f"/i/{self.token(InvoiceLink('default', book(number), 'D-7', MAIL))}"

    def calendar(self) -> str:
        return self.token(ForCalendar("default", SAM))

    def debtor_cookie(self) -> Any:
        """Return the cookie of a debtor who signed in."""
        with self.desk.session.pool.connection() as conn:
            secret = sessions.begin(conn, "default", MAIL, now())
        return {"name": "dossier-portal-local", "value": secret, "url": self.desk.at}

    def dispute(self, number: str) -> UUID:
        """Open a dispute over an invoice, and ask the resolver."""
        case = uuid4()
        self.desk.record(
            OpenDispute(invoice=number, case_id=case, reason=Reason.PRICE, comment=WORDS),
            AssignResolver(invoice=number, case_id=case, resolver=SAM),
        )
        return case

    def propose_credit(self, number: str, credit: str = "121,00") -> UUID:
        """Let the resolver solve a new dispute with a credit that an approver is asked for."""
        case = self.dispute(number)
        form = {"answer": "solved", "outcome": "credited", "credited-0": credit}
        answer = self.http.post(
            self.case_link(SAM, case),
            data={"form": str(uuid4())} | form,
            files={"file": ("", b"", "application/octet-stream")},
        )
        assert answer.status_code in (200, 303), answer.text
        return case


@contextmanager
def full_firm(url: str) -> Iterator[FullFirm]:
    """Serve it: F-1 is asked of a resolver, F-2 of an approver, F-3 and F-4 are overdue."""
    settings = {PORTAL: "default", "DOSSIER_PUBLIC_FORM": "default"}
    with patch.dict(os.environ, settings), living_desk(url, numbers=()) as desk:
        headers = bearer(make_key(url, Role.ADMIN, "erp"))
        with httpx2.Client(base_url=desk.at, headers=headers, timeout=60) as http:
            firm = FullFirm(desk, http)
            _record(firm)
            yield firm


def _record(firm: FullFirm) -> None:
    firm.desk.record(
        ApplyPlaybook(rules=rules(f"approvers: [{{approver: {LEAD}}}]\n")),
        DescribeCreditor(
            name="Korenaar BV", phone="030 555", bank_accounts=[ACCOUNT], accent="#ffd400"
        ),
        debtor(name="Bakkerij De Gouden Krakeling"),
        invoice("F-1", 1210, lines=LINES, purchase_order="PO-38120"),
        *(invoice(number, 300) for number in ("F-2", "F-3", "F-4")),
        invoice("2026-7001", 77),
        invoice("2026-7002", 80),
    )
    case = firm.dispute("F-1")
    firm.propose_credit("F-2")
    for number in ("F-1", "F-2"):
        firm.post(
            f"/invoices/{number}/documents", files={"file": ("p.pdf", PROOF, "application/pdf")}
        )
    message = {"channel": "phone", "text": "The door of F-3 is broken. Where is my money?"}
    [received, *_] = firm.post("/inbox", message)["entries"]
    firm.post("/debtors/D-7/money", {"reference": "B-1", "amount": "300.00"})
    plain = {"Content-Type": "text/plain"}
    for bookings in (BOOKED, MORE):
        answer = firm.http.post("/v1/bank/statements", content=bookings, headers=plain)
        assert answer.status_code == 201, answer.text
    [*_, waits] = firm.get("/bank/transactions")
    job = firm.http.post("/v1/import?format=history", content=b"D-7?", headers=plain).json()["id"]
    wait_for(lambda: firm.get(f"/jobs/{job}")["state"] == "finished")
    made = firm.post("/invoices/F-4/notes", {"text": "Ask for Claire."})
    waiting = firm.get("/outbox", made["position"])
    firm.ids |= {
        "invoice": str(book("F-1")),
        "debtor": str(book_id("default", "debtor", "D-7")),
        "case": str(case),
        "task": encode(book("F-3"), "debtor"),
        "received": received["book_id"],
        "message": waiting[0]["book_id"],
        "money": encode(book_id("default", "debtor", "D-7"), "B-1"),
        "transaction": waits["id"],
        "sha256": sha256(PROOF).hexdigest(),
        "job": job,
    }
