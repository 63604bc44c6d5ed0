"""The daily mail: for those who want it, once, at their hour in their time zone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from api.digest import send_due
from api.http.auth import people, settings
from api.http.auth.keys import Role
from api.http.auth.people import Person
from commands.creditor import DescribeCreditor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import AssignResolver
from commands.follow_up.tasks import PostponeTask
from commands.invoices.contacts import AddNote
from ledger.database.query import Query
from ledger.facts.codes import Reason
from support.creditor import Creditor, debtor, invoice
from support.examples import CASE
from support.postman_case import PostmanCase
from support.smtp import SmtpServer

PRICE = {"invoice": "F-1", "case_id": CASE, "reason": Reason.PRICE, "comment": "Less."}


@dataclass
class DigestCase:
    """A firm with three overdue invoices, at nine (UTC) on Monday 2 March 2026."""

    postman: PostmanCase
    smtp: SmtpServer

    def person(self, name: str, role: Role = Role.COLLECTOR, **more: Any) -> Person:
        address = more.pop("email", f"{name}@seller.example")
        with self.postman.creditor.pool.connection() as conn:
            return people.add(conn, "default", name, role, self.postman.at, email=address, **more)

    def ask(self, query: Query[Any]) -> None:
        with self.postman.creditor.pool.connection() as conn:
            query.fetch(conn)

    def wants(self, person: Person, hour: int | None, zone: str = "") -> Person:
        self.ask(settings.choose(person, False, hour, zone))
        return person

    def send(self) -> int:
        with self.postman.creditor.reading():
            return send_due(self.postman.session, self.smtp.settings())

    @property
    def texts(self) -> list[str]:
        return [mail.get_content() for mail in self.smtp.mails]


@pytest.fixture
def digest(creditor: Creditor, smtp: SmtpServer) -> DigestCase:
    creditor.execute(debtor())
    for number, collector in (("F-1", "bram"), ("F-2", "bram"), ("F-3", "anna")):
        creditor.execute(invoice(number, 1210, due_on="2026-02-10", collector=collector))
    return DigestCase(PostmanCase(creditor), smtp)


def test_a_mail_has_the_day_in_the_readers_language(
    digest: DigestCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_PUBLIC_URL", "https://desk.example")
    bram = digest.wants(digest.person("bram", language="de"), 7)
    digest.ask(settings.looked(bram, 4, digest.postman.at - timedelta(days=3)))
    digest.postman.creditor.execute(
        OpenDispute(**PRICE), AssignResolver(invoice="F-1", case_id=CASE, resolver="bram")
    )
    digest.postman.creditor.execute(AddNote(invoice="F-2", text="They moved."))
    assert digest.send() == 1
    [mail], [text] = digest.smtp.mails, digest.texts
    assert mail["To"] == "bram@seller.example"
    assert mail["Subject"] == "Ihr Tag in Dossier, Montag, 2. März"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "1 zu erledigen, im Wert von 1.210,00 EUR." in text
    assert "- Kunden mahnen: F-2 Bakery Jansen, 1.210,00 EUR" in text
    assert "Eine Antwort von Ihnen ist gefragt." in text
    assert "3 Änderungen in 2 Ihrer Rechnungen seit Freitag, 27. Februar." in text
    assert "https://desk.example/today" in text


def test_it_is_sent_once_a_day_and_not_before_its_hour(digest: DigestCase) -> None:
    digest.wants(digest.person("bram"), 11)
    assert digest.send() == 0
    digest.postman.later(hours=1)
    assert [digest.send() for _ in range(3)] == [1, 0, 0]
    digest.postman.later(hours=23)
    assert digest.send() == 0, "it is ten the next day, in Amsterdam"
    digest.postman.later(hours=2)
    assert digest.send() == 1, "late is better than never"


def test_the_hour_is_that_of_the_readers_time_zone(digest: DigestCase) -> None:
    digest.wants(digest.person("tokio"), 18, "Asia/Tokyo")
    digest.wants(digest.person("lima"), 5, "America/Lima")
    assert digest.send() == 1
    assert [mail["To"] for mail in digest.smtp.mails] == ["tokio@seller.example"], "it is six there"
    digest.postman.later(hours=1)
    assert digest.send() == 1


def test_what_is_to_do_is_of_the_creditors_day_and_the_rest_of_the_readers(
    digest: DigestCase,
) -> None:
    postpone = PostponeTask(invoice="F-2", until=date(2026, 3, 3), why="Away.")
    digest.postman.creditor.execute(postpone)
    digest.wants(digest.person("kiri"), 1, "Pacific/Auckland")
    lima = digest.wants(digest.person("lima"), 7, "America/Lima")
    late_on_sunday = digest.postman.at.replace(hour=0) - timedelta(minutes=30)
    digest.ask(settings.looked(lima, 4, late_on_sunday))
    digest.postman.creditor.execute(
        OpenDispute(**PRICE), AssignResolver(invoice="F-1", case_id=CASE, resolver="lima")
    )
    digest.postman.later(hours=3)
    assert digest.send() == 2
    first, second = digest.smtp.mails
    assert first["Subject"] == "Your day in Dossier, Tuesday 3 March"
    assert "1 to do" in digest.texts[0], "F-2 comes back on the third, and here it is the second"
    assert second["Subject"] == "Your day in Dossier, Monday 2 March"
    assert "since Sunday 1 March." in digest.texts[1]


def test_only_those_who_want_it_get_it(digest: DigestCase) -> None:
    digest.person("silent")
    digest.wants(digest.wants(digest.person("stopped"), 7), None)
    digest.wants(digest.person("nameless", email=None), 7)
    gone = digest.wants(digest.person("gone"), 7)
    with digest.postman.creditor.pool.connection() as conn:
        people.end(conn, "default", gone.name, digest.postman.at)
    assert digest.send() == 0
    digest.wants(digest.person("bram"), 7)
    digest.postman.creditor.execute(DescribeCreditor(silent=True))
    assert digest.send() == 0, "a silent firm sends nothing"


def test_nothing_to_tell_is_no_mail_and_nobody_reads_of_other_units(digest: DigestCase) -> None:
    digest.wants(digest.person("nel", business_units=["north"]), 7)
    digest.wants(digest.person("sam", Role.RESOLVER), 7)
    assert digest.send() == 0
    digest.wants(digest.person("pia"), 7)
    assert digest.send() == 1
    assert "3 to do" in digest.texts[0], "who collects none reads of all"


def test_a_server_that_is_down_is_tried_again(digest: DigestCase) -> None:
    digest.wants(digest.person("bram"), 7)
    digest.smtp.answers = ["451 try later"]
    assert digest.send() == 0
    digest.smtp.barred.add("credit@seller.example")
    assert digest.send() == 0
    digest.smtp.barred.clear()
    assert [digest.send() for _ in range(2)] == [1, 0]
    assert len(digest.smtp.mails) == 2


def test_a_mail_that_may_have_arrived_is_not_sent_again(digest: DigestCase) -> None:
    digest.wants(digest.person("bram"), 7)
    digest.smtp.hang_up = 1
    assert [digest.send() for _ in range(2)] == [0, 0]
    assert len(digest.smtp.mails) == 1
