"""What a debtor is promised holds: what they write is answered before they are asked again, and a
message that cannot have arrived was none. By the clock, real SMTP, real IMAP and printed letters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from api.postman.print_letters import print_letters
from api.postman.settings import settings
from support.end_to_end import EndToEnd, open_end_to_end, reply, text_of
from support.imap import ImapServer
from support.mailbox_case import bounce
from support.smtp import SmtpServer

THEM, SAM = "inkoop@bakker.example", "sam@seller.example"
STREET = "Dorpsstraat 1\n1234 AB Ons Dorp"
NOBODY = "550 5.1.1 no such user"


@dataclass
class Story:
    """A creditor with the shipped playbook, whose letters are printed."""

    case: EndToEnd
    folder: Path

    def registers(self, number: str, segment: str, **debtor: str) -> None:
        self.case.on("2025-09-01")
        self.case.http.applies_the_playbook()
        about = {"debtor": "D-17", "name": "Bakkerij De Korenbloem", "email": THEM}
        self.case.anna.record("/debtors", about | {"language": "nl", "segment": segment} | debtor)
        invoice = {"invoice": number, "debtor": "D-17", "amount": "1210.00"}
        more = {"due_on": "2025-10-01", "collector": "anna"}
        self.case.anna.record("/invoices", invoice | more)

    def days(self, first: str, last: str) -> list[EmailMessage]:
        """Pass these days, and return the mails that went out."""
        day, found = date.fromisoformat(first), list[EmailMessage]()
        while day <= date.fromisoformat(last):
            found += self.case.pass_days(str(day), hours=(8,))
            print_letters(self.case.session, settings())
            day += timedelta(days=1)
        return found

    @property
    def letters(self) -> list[Path]:
        return sorted(self.folder.rglob("*.pdf"))

    def steps(self, number: str) -> list[tuple[str, str]]:
        """Return the steps that count: their days and names."""
        history = self.case.read(f"/invoices/{number}/history")
        taken = {one["data"]["message"]: one["data"] for one in history if _is(one, "step-taken")}
        for one in history:
            if _is(one, "email-failed") or _is(one, "step-withdrawn"):
                taken.pop(one["data"]["message"], None)
        return [(data["message"][-10:], data["step"]) for data in taken.values()]

    def agenda(self) -> set[str]:
        return {row["action"] for row in self.case.read("/agenda")}


def _is(entry: dict[str, str], topic: str) -> bool:
    return entry["topic"] == f"{topic}.v1"


@pytest.fixture
def story(
    database: str,
    smtp: SmtpServer,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Story]:
    monkeypatch.setenv("DOSSIER_ADDRESS", "Seller BV\nKade 1\n3511 AA Utrecht")
    monkeypatch.setenv("DOSSIER_LETTERS", str(tmp_path))
    with open_end_to_end(database, smtp, imap, monkeypatch.setenv) as case:
        yield Story(case, tmp_path)


def test_a_complaint_rests_until_it_is_answered_and_so_does_an_objection(story: Story) -> None:
    """F8, F24, F16: *tot u van ons hoort* is kept for two months, by whichever step is next."""
    case = story.case
    story.registers("F2026-101", "business")
    _, first = story.days("2025-09-24", "2025-10-06")
    case.on("2025-10-07")
    case.receive(reply(first, "De prijs op F2026-101 klopt niet.", "1@bakker.example"))
    [receipt] = story.days("2025-10-07", "2025-12-05")
    assert "Tot u van ons hoort, krijgt u hierover geen herinneringen." in text_of(receipt)
    assert story.agenda() == {"answer debtor"}
    explained = case.read("/invoices/F2026-101/why")
    assert "is not answered" in explained["stops"][0]["why"]
    assert explained["stops"][0]["causes"][0]["what"].startswith("E-mail from")

    [waits] = case.read("/inbox")
    opened = {"reason": "price", "comment": waits["text"], "contact_id": waits["contact_id"]}
    opened |= {
        "invoices": [{"invoice": "F2026-101"}],
        "run": True,
        "resolver": SAM,
    }
    made = case.anna.record("/disputes", opened)
    assert case.read("/inbox") == []
    assert story.agenda() == set()
    [dispute] = {one["data"]["case_id"] for one in made["entries"] if _is(one, "dispute-opened")}
    sent = story.days("2025-12-08", "2025-12-08")
    assert sorted(str(mail["To"]) for mail in sent) == [THEM, SAM]

    case.anna.record(f"/disputes/{dispute}/resolve", {"outcome": "rejected"})
    case.send()
    [outcome] = case.sent()
    [row] = case.read(f"/disputes/{dispute}")["parts"]
    assert row["settled_on"] == "2025-12-08"
    case.on("2025-12-09")
    case.receive(reply(outcome, "Hier zijn wij het niet mee eens.", "2@bakker.example"))
    assert [mail["Subject"] for mail in story.days("2025-12-09", "2026-01-30")] == [
        "Wij hebben uw bericht ontvangen over factuur F2026-101"
    ]
    assert story.agenda() == {"reopen dispute"}

    case.on("2026-01-30", 12)
    call = {"channel": "phone", "direction": "out", "who": "Jan", "summary": "Explained."}
    case.anna.record("/invoices/F2026-101/contacts", call)
    [second] = story.days("2026-02-02", "2026-02-06")
    assert second["Subject"].startswith("Herinnering")


def test_a_refused_address_gets_letters_and_they_are_the_steps(story: Story) -> None:
    """F10: the mail server refuses the address (550); the address of the house is known."""
    story.case.smtp.refused[THEM] = NOBODY
    story.registers("F2026-102", "consumer", address=STREET)
    assert story.days("2025-10-02", "2025-11-14") == []
    assert story.steps("F2026-102") == [
        ("2025-10-07", "first reminder"),  # the day after it was refused
        ("2025-10-17", "14-day letter"),
        ("2025-11-07", "final notice"),
    ]
    assert len(story.letters) == 3


def test_a_notice_that_came_back_was_not_given(story: Story) -> None:
    """F10: the 14-day letter bounces; it goes by post, and its term begins then."""
    story.registers("F2026-103", "consumer", address=STREET)
    *_, notice = story.days("2025-10-01", "2025-10-16")
    assert "veertien dagen" in " ".join(text_of(notice).split())
    story.case.on("2025-10-20")
    id_ = str(notice["Message-ID"]).strip("<>")
    story.case.receive(message_from_bytes(bounce(THEM, "5.1.1", id_), policy=policy.default))
    assert story.days("2025-10-20", "2025-11-14") == []
    assert story.steps("F2026-103")[-2:] == [
        ("2025-10-20", "14-day letter"),
        ("2025-11-10", "final notice"),
    ]
    assert len(story.letters) == 2


def test_who_has_no_other_address_is_asked_for_it_and_not_reminded(story: Story) -> None:
    """F10: nothing goes to an address known to be dead; once there is another, the step goes."""
    story.case.smtp.refused[THEM] = NOBODY
    story.registers("F2026-104", "consumer")
    assert story.days("2025-10-01", "2025-11-14") == []
    assert story.steps("F2026-104") == []
    assert {"complete data", "mail failed"} <= story.agenda()
    new = {"email": "jan@bakker.example", "why": "They called."}
    story.case.anna.record("/debtors/D-17/corrections", new)
    [first] = story.days("2025-11-17", "2025-11-18")
    assert (first["To"], first["Subject"].split(":")[0]) == ("jan@bakker.example", "Herinnering")
