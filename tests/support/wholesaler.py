"""A wholesaler who lives two months with Dossier: real SMTP, IMAP, HTTP and printed letters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from pypdf import PdfReader

from api.clock.tick import run_if_leader
from api.http.auth.keys import Role
from api.importing.job_runner import run_next_job
from api.postman.print_letters import print_letters
from api.postman.settings import settings
from ledger.facts.books import MESSAGE, replay
from ledger.facts.outbound import MessageAsked
from support.disputing import case_of
from support.end_to_end import EndToEnd, link_in, reply
from support.http_clients import Person
from support.mailbox_case import bounce
from support.wholesaler_books import MAP, ErpInvoice, debtors, invoices, open_items

Happening = Callable[["Wholesaler"], None]
Calendar = dict[tuple[str, int], list[Happening]]  # by day and hour
DAY = timedelta(days=1)
NUMBER = re.compile(r"F-\d{4}")
LIST = {
    "format": "open-items",
    "map": [f"{name}={column}" for name, column in MAP.items()],
    "delimiter": ";",
    "date_format": "%d-%m-%Y",
    "decimal": ",",
    "full_list": "true",
}


@dataclass(frozen=True, order=True)
class Sent:
    """A message that went out, as it was read back from the mail server or the folder."""

    day: date
    kind: str  # the step of the ladder, or the purpose
    channel: str
    to: str
    about: str

    def __str__(self) -> str:
        return f"| {self.day:%a %d %b} | {self.kind} | {self.channel} | {self.to} | {self.about} |"


@dataclass
class Wholesaler:
    """The firm on its present day. ``sent`` is all that went out."""

    case: EndToEnd
    folder: Path
    today: date
    erp: dict[str, ErpInvoice] = field(default_factory=invoices)
    sent: list[Sent] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    letters: set[Path] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)  # of an invoice
    refused_lists: list[date] = field(default_factory=list)
    replies: int = 0

    def __post_init__(self) -> None:
        self.names = {one["debtor"]: one["name"] for one in debtors()}
        self.addresses = {one["debtor"]: one["email"] for one in debtors()}

    def person(self, name: str) -> Person:
        """Return a collector with a key of that name."""
        if name not in self.people:
            self.people[name] = self.case.http.person(Role.COLLECTOR, name)
        return self.people[name]

    def run(self, hour: int) -> None:
        """Let the clock do what is due at that hour, and the postman send it."""
        self.case.on(str(self.today), hour)
        self.case.level()
        run_if_leader(self.case.session)
        self.post()

    def post(self) -> None:
        """Send and print what waits, as the postman does within seconds."""
        self.case.send()
        print_letters(self.case.session, settings())
        new = self.case.sent()
        self.mails += new
        self.sent += [*map(self._mail, new), *self._printed()]

    def _mail(self, mail: EmailMessage) -> Sent:
        asked = self._asked(UUID(str(mail["X-Dossier-Message"])))
        about = sorted(set(NUMBER.findall(str(mail["Subject"]))))
        kind = asked.step or asked.purpose.value
        return Sent(self.today, kind, "e-mail", str(mail["To"]), ", ".join(about))

    def _asked(self, id_: UUID) -> MessageAsked:
        entries = self.case.session.ledger.history(id_)
        asked: MessageAsked | None = replay(MESSAGE, id_, entries).state.asked
        assert asked
        return asked

    def _printed(self) -> Iterator[Sent]:
        new = set(self.folder.rglob("*.pdf")) - self.letters
        self.letters |= new
        for path in sorted(new):
            _, debtor, kind, _ = path.stem.split("_")
            pages = PdfReader(BytesIO(path.read_bytes())).pages
            about = sorted(set(NUMBER.findall("".join(page.extract_text() for page in pages))))
            kind = kind.replace("-", " ").replace("14 day", "14-day")
            yield Sent(self.today, kind, "letter", self.names[debtor], ", ".join(about))

    def imports(self) -> None:
        """Take in this morning's list of open items. When it closes more than 20 % it is refused;
        Anna compares it with the ERP, and lets it through."""
        job = self._import()
        if "set --close-most" in (job["trouble"] or ""):
            self.refused_lists.append(self.today)
            job = self._import(close_most="true")
        assert (job["state"], job["counts"]["rejected"]) == ("finished", 0), job

    def _import(self, **more: str) -> Any:
        options = {"as_of": str(self.today), "name": f"open-{self.today}.csv"}
        query = urlencode(LIST | options | more, doseq=True)
        content, anna, http = open_items(self.erp, self.today), self.case.anna, self.case.http
        headers = anna.headers({"Content-Type": "text/csv"})
        taken = anna.client.post(f"/v1/import?{query}", content=content, headers=headers)
        assert taken.status_code == 202, taken.text
        assert run_next_job(http.pool, "default", "worker", Event(), http.clock)
        return anna.client.get(taken.headers["location"], headers=anna.headers({})).json()

    def last(self, invoice: str, to: str = "") -> EmailMessage:
        """Return our last mail about the invoice, to that address."""
        found = (
            mail
            for mail in reversed(self.mails)
            if invoice in str(mail["Subject"]) and to in str(mail["To"])
        )
        return next(found)

    def answers(self, invoice: str, text: str, to: str = "", **more: str) -> list[str]:
        """Somebody answers our last mail about the invoice; return what was recorded."""
        self.replies += 1
        mail = self.last(invoice, to or self.addresses[self.erp[invoice].debtor])
        sender = str(mail["To"]).partition("@")[2]
        topics = self.case.receive(reply(mail, text, f"{self.replies}@{sender}", **more))
        self.post()
        return topics

    def comes_back(self, invoice: str) -> None:
        """Our last mail about the invoice bounces: there is no such mailbox."""
        mail = self.last(invoice)
        notice = bounce(str(mail["To"]), "5.1.1", str(mail["Message-ID"]).strip("<>"))
        self.case.receive(message_from_bytes(notice, policy=policy.default))

    def pays(self, invoice: str, reference: str, amount: str, **more: str) -> Any:
        """Record a payment of the bank statement; the ERP has it too."""
        self.erp[invoice].open_amount -= Decimal(amount)
        given = {"reference": reference, "amount": amount} | more
        return self.case.anna.record(f"/invoices/{invoice}/payments", given)

    def disputes(self, invoice: str, reason: str, comment: str, **more: Any) -> Any:
        """Open a dispute that runs by the playbook, from what the debtor wrote last."""
        part = {"invoice": invoice}
        if "contested" in more:
            part["contested"] = more.pop("contested")
        history = self.case.read(f"/invoices/{invoice}/history")
        contacts = [one["data"] for one in history if one["topic"] == "contact-logged.v1"]
        more["contact_id"] = contacts[-1]["contact_id"]
        wanted = {"invoices": [part], "reason": reason, "comment": comment, "run": True} | more
        made = self.case.anna.record("/disputes", wanted)
        self.opened(invoice, made)
        return made

    def opened(self, invoice: str, made: Any) -> None:
        self.cases[invoice] = case_of(made)

    def on_case(self, invoice: str, what: str, by: str = "", **more: Any) -> Any:
        who = self.person(by) if by else self.case.anna
        return who.record(f"/disputes/{self.cases[invoice]}/{what}", more)

    def fills_in(self, invoice: str, resolver: str, **fields: str) -> None:
        """The resolver sends the form of the page behind the link in their last mail."""
        path = link_in(self.last(invoice, resolver))
        if credit := fields.pop("credited", ""):
            fields["credited-0"] = credit
        form = {"form": str(uuid4()), "text": "", **fields}
        answered = self.case.http.client.post(path, data=form, files={"file": ("", b"")})
        assert answered.status_code == 200, answered.text

    def credits(self, invoice: str, note: str, amount: str) -> None:
        """Decide the case as credited, which informs the debtor, and issue the credit note."""
        self.on_case(invoice, "resolve", outcome="credited", credited=amount)
        given = {"credit_note": note, "amount": amount, "case_id": self.cases[invoice]}
        self.case.anna.record(f"/invoices/{invoice}/credit-notes", given)
        self.erp[invoice].open_amount -= Decimal(amount)

    def agenda(self, **filters: str) -> list[Any]:
        rows: list[Any] = self.case.read(f"/agenda?{urlencode({'limit': 500} | filters)}")
        return rows

    def open_amount(self, invoice: str) -> Decimal:
        return Decimal(self.case.read(f"/invoices/{invoice}")["invoice"]["open_amount"])

    def actions(self, invoice: str) -> list[str]:
        return [row["action"] for row in self.agenda() if row["invoice"] == invoice]

    def next_by_clock(self, invoice: str) -> str:
        """Return the next step that the clock takes."""
        following = self.case.read(f"/invoices/{invoice}/why")["next"]
        return str(next(one["what"] for one in following if one["by_clock"]))

    def messages(self, invoice: str) -> list[tuple[str, str]]:
        """Return the day and kind of what went out to the debtor about the invoice."""
        debtor = self.erp[invoice].debtor
        theirs = (self.addresses[debtor], self.names[debtor])
        found = [one for one in self.sent if invoice in one.about and one.to in theirs]
        return [(f"{one.day:%m-%d}", one.kind) for one in found]

    def topics(self, invoice: str) -> list[str]:
        return [one["topic"] for one in self.case.read(f"/invoices/{invoice}/history")]

    def live(self, last: date, *calendars: Calendar) -> None:
        """Live each day until the last one: the list on Mondays, the clock at eight and at five."""
        first = self.today
        while self.today <= last:
            day = f"{self.today:%m-%d}"
            self._happen(6, [calendar.get((day, 6), []) for calendar in calendars])
            if self.today.weekday() == 0 or self.today == first:
                self.case.on(str(self.today), 7)
                self.imports()
            self.run(8)
            self._happen(10, [calendar.get((day, 10), []) for calendar in calendars])
            if self.today.weekday() < 5:
                self.run(17)
            self._happen(18, [calendar.get((day, 18), []) for calendar in calendars])
            self.today += DAY

    def _happen(self, hour: int, happenings: list[list[Happening]]) -> None:
        for happening in (one for several in happenings for one in several):
            self.case.on(str(self.today), hour)
            happening(self)
            self.post()


def happens(calendar: Calendar, day: str, hour: int = 10) -> Callable[[Happening], Happening]:
    """Let it happen on that day: at ten, at six before the list comes, or at six in the evening."""
    assert hour in (6, 10, 18)

    def added(happening: Happening) -> Happening:
        calendar.setdefault((day, hour), []).append(happening)
        return happening

    return added
