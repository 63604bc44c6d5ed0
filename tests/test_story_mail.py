"""One invoice from its copy to its payment, by real SMTP, real IMAP and a link in a browser.

``pytest -s tests/test_story_mail.py`` shows its contact log at the end.
"""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest

from support.disputing import case_of
from support.end_to_end import EndToEnd, link_in, open_end_to_end, reply, text_of
from support.imap import ImapServer
from support.smtp import SmtpServer

DISPUTED, OTHER = "2026-0417", "2026-0418"
THEM, SAM = "ap@cornflower.example", "sam@seller.example"
WORDS = "On invoice 2026-0417 you charged the wrong price: Sam gave us 10 % off in July."
PAPER, OFFER = b"%PDF-1.7 invoice 2026-0417", b"%PDF-1.7 offer of July"


@pytest.fixture
def end_to_end(
    database: str, smtp: SmtpServer, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EndToEnd]:
    with open_end_to_end(database, smtp, imap, monkeypatch.setenv) as case:
        yield case


def test_every_message_lands_in_the_file_and_nothing_is_forgotten(end_to_end: EndToEnd) -> None:
    _registers(end_to_end)
    [copy] = end_to_end.pass_days("2026-09-24", "2026-09-25")
    assert DISPUTED in copy["Subject"]
    assert OTHER in copy["Subject"]

    _out_of_office(end_to_end, copy)
    [first] = end_to_end.pass_days("2026-10-02", "2026-10-05")  # due on Saturday, sent on Monday
    assert "€1,290.50 open" in first["Subject"]
    [receipt] = _they_answer(end_to_end, first)
    assert receipt["In-Reply-To"] == "<jan-1@cornflower.example>"

    case = _disputed(end_to_end)
    both = end_to_end.pass_days("2026-10-07", hours=(11, 18))
    acknowledged, request = sorted(both, key=lambda mail: str(mail["To"]))
    assert (acknowledged["To"], request["To"]) == (THEM, SAM)
    assert WORDS in text_of(request)
    [first_chase] = end_to_end.pass_days("2026-10-13", "2026-10-14")
    [about_the_other] = end_to_end.pass_days("2026-10-15")
    assert about_the_other["Subject"] == "Reminder: €80.50 open, invoice 2026-0418"
    end_to_end.anna.record(f"/invoices/{OTHER}/payments", {"reference": "R-1", "amount": "80.50"})
    [second_chase] = end_to_end.pass_days("2026-10-16", "2026-10-19")
    assert [mail["To"] for mail in (first_chase, second_chase)] == [SAM, SAM]

    _sam_answers(end_to_end, link_in(second_chase))
    _decided(end_to_end, case)
    outcome, second = end_to_end.pass_days("2026-10-21", hours=(11, 18))
    assert "Credited: €121.00" in text_of(outcome)
    assert second["Subject"] == "Reminder: €1,089.00 open, invoice 2026-0417"

    _promised(end_to_end)
    assert end_to_end.pass_days("2026-10-30", "2026-11-05") == []
    [final] = end_to_end.pass_days("2026-11-06")
    assert final["Subject"] == "Final notice: €1,089.00 open, invoice 2026-0417"
    first_thing, *_ = end_to_end.read("/agenda")
    assert (first_thing["action"], first_thing["invoice"]) == ("broken promise", DISPUTED)

    end_to_end.on("2026-11-10")
    end_to_end.anna.record(
        f"/invoices/{DISPUTED}/payments", {"reference": "R-2", "amount": "1089.00"}
    )
    assert end_to_end.pass_days("2026-11-10", "2026-11-23", "2027-01-04") == []
    assert end_to_end.read("/agenda") == end_to_end.read("/inbox") == []
    _each_once(end_to_end, case)
    _stands_in_court(end_to_end)


def _registers(end_to_end: EndToEnd) -> None:
    """The shipped playbook, with somebody who knows the prices."""
    end_to_end.on("2026-09-01")
    rules = end_to_end.read("/playbook")["rules"]
    rules["calendar"]["country"] = "GB"
    rules["reasons"]["price"]["resolvers"] = [{"resolver": SAM}]
    end_to_end.pat.record("/playbook", {"rules": rules, "why": "Sam answers for prices."})
    debtor = {"debtor": "D-17", "name": "Cornflower Bakery", "email": THEM, "language": "en"}
    end_to_end.anna.record("/debtors", debtor)
    shared = {"debtor": "D-17", "due_on": "2026-09-30", "collector": "anna"}
    for number, amount in ((DISPUTED, "1210.00"), (OTHER, "80.50")):
        end_to_end.anna.record("/invoices", shared | {"invoice": number, "amount": amount})
    files = {"file": ("2026-0417.pdf", PAPER, "application/pdf")}
    path, headers = f"/v1/invoices/{DISPUTED}/documents", end_to_end.anna.headers({})
    assert end_to_end.http.client.post(path, files=files, headers=headers).status_code == 201


def _out_of_office(end_to_end: EndToEnd, copy: EmailMessage) -> None:
    end_to_end.on("2026-09-28")
    said = {"Auto_Submitted": "auto-replied"}
    away = reply(copy, "I am away until 5 October.", "away-1@cornflower.example", **said)
    before = end_to_end.read(f"/invoices/{DISPUTED}/why")
    logged = ["mail-received.v1", "mail-matched.v1", *["contact-logged.v1"] * 2]
    assert end_to_end.receive(away) == logged, "and nothing else: no receipt, no rest"
    assert end_to_end.read(f"/invoices/{DISPUTED}/why")["next"] == before["next"]


def _they_answer(end_to_end: EndToEnd, first: EmailMessage) -> list[EmailMessage]:
    """What we send back; their mail comes twice, and is in the file once."""
    end_to_end.on("2026-10-06")
    said = f"Dear Anna,\n\n{WORDS} See the offer.\n\nRegards,\nJan"
    mail = reply(first, said, "jan-1@cornflower.example")
    mail.add_attachment(OFFER, "application", "pdf", filename="offer.pdf")
    topics = end_to_end.receive(mail, mail)
    for topic in ("mail-received.v1", "contact-logged.v1"):
        assert topics.count(topic) == 1, "of the invoice that it names, though we named two"
    [row] = end_to_end.read("/inbox")
    [perhaps] = row["suggestions"]
    assert (perhaps["invoice"], perhaps["reason"]) == (DISPUTED, "discount")
    assert WORDS in perhaps["why"]
    return end_to_end.pass_days("2026-10-06", hours=(11, 18))


def _disputed(end_to_end: EndToEnd) -> str:
    """Anna registers it from the mail, in one flow; the case."""
    end_to_end.on("2026-10-07")
    [waits] = end_to_end.read("/inbox")
    made = end_to_end.anna.record(
        "/disputes",
        {
            "invoices": [{"invoice": DISPUTED, "contested": "121.00"}],
            "reason": "price",
            "comment": WORDS,
            "raised_on": "2026-10-06",
            "contact_id": waits["contact_id"],
            "run": True,
        },
    )
    assert end_to_end.read("/inbox") == []
    return case_of(made)


def _sam_answers(end_to_end: EndToEnd, path: str) -> None:
    end_to_end.on("2026-10-20")
    client, before = end_to_end.http.client, end_to_end.session.ledger.head()
    _, page = client.get(path), client.get(path)
    for words in ("Cornflower Bakery", WORDS, "offer.pdf", "2026-0417.pdf", "1,210.00"):
        assert words in page.text
    assert client.get(_document(page.text, path, "offer.pdf")).content == OFFER
    assert end_to_end.session.ledger.head() == before, "whoever opens the link changes nothing"
    said = {"form": str(uuid4()), "answer": "solved", "outcome": "credited", "credited-0": "121"}
    said |= {"root_cause": "pricing", "text": "Yes, I promised 10 % off."}
    for _ in range(2):
        assert client.post(path, data=said, files={"file": ("", b"")}).status_code == 200
    wrote = [entry.event.topic for entry in end_to_end.session.ledger.since(before, 100)]
    assert wrote.count("resolver-answered.v1") == 1
    assert end_to_end.read("/agenda")[0]["action"] == "decide dispute"


def _document(page: str, path: str, name: str) -> str:
    before, _, _ = page.partition(f">{name}<")
    return before.rpartition("<a ")[2].partition('href="')[2].partition('"')[0]


def _decided(end_to_end: EndToEnd, case: str) -> None:
    end_to_end.on("2026-10-21")
    decision: dict[str, Any] = {"outcome": "credited", "credited": "121.00"}
    decision |= {"root_cause": "pricing", "explanation": "You are right: 10 % off was agreed."}
    end_to_end.anna.record(f"/disputes/{case}/resolve", decision)
    note = {"credit_note": "C-9", "case_id": case, "amount": "121.00"}
    end_to_end.anna.record(f"/invoices/{DISPUTED}/credit-notes", note)


def _promised(end_to_end: EndToEnd) -> None:
    end_to_end.on("2026-10-26")
    call = {"channel": "phone", "direction": "in", "who": "Jan", "summary": "Pays on 4 November."}
    end_to_end.anna.record(f"/invoices/{DISPUTED}/contacts", call)
    promise = {"promised_for": "2026-11-04", "grace_days": 1, "who": "Jan"}
    end_to_end.anna.record(f"/invoices/{DISPUTED}/promises", promise)


def _each_once(end_to_end: EndToEnd, case: str) -> None:
    """By its identity, and in the order in which it happened."""
    names = (
        "follow-up/D-17/2026-09-25",
        "follow-up/D-17/2026-10-05",
        "receipt/contact/D-17/2026-10-06",
        f"receipt/{case}",
        f"request/{case}/1",
        f"resolver-reminder/{case}/{SAM}/2026-10-14",
        "follow-up/D-17/2026-10-15",
        f"resolver-reminder/{case}/{SAM}/2026-10-19",
        f"outcome/{case}/1",
        "follow-up/D-17/2026-10-21",
        "follow-up/D-17/2026-11-06",
    )
    went = end_to_end.names_of(end_to_end.smtp.mails, *names)
    assert sorted(went) == sorted(names)
    assert went.index(f"outcome/{case}/1") < went.index("follow-up/D-17/2026-10-21")


def _stands_in_court(end_to_end: EndToEnd) -> None:
    assert "every content hash true" in end_to_end.cli("verify").ok().out
    equal = end_to_end.cli("rebuild", "--check").ok().out.splitlines()
    assert [line for line in equal if "equals a fresh fold" not in line] == []
    print(end_to_end.cli("contact-log", DISPUTED).ok().out)  # noqa: T201
