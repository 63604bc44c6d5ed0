"""What a person says of mails that wait: on the command line, over HTTP, and by the rules."""

from threading import Event
from uuid import UUID

import pytest

from api.http.auth.keys import Role
from api.inbox.lookup import catch_up_names
from api.inbox.receive import receive_raw
from api.session import TenantSession
from commands.inbox.triage import AssignInbound, DismissInbound
from ledger.database.pool import Pool
from ledger.facts.inbound import (
    MailDismissed,
    MailMatched,
    MailReceived,
    MatchRule,
    Sender,
    Suggestion,
)
from ledger.policy.refusal import NotFound, Refused
from ledger.store.ledger import Ledger
from projections.inbox import INBOX
from support.cli import CliUser
from support.creditor import Creditor
from support.given import day, given
from support.http_clients import HttpClients, Person, refused
from support.mailbox_case import ADDRESS, letter, open_mailbox

NOW = day("2026-03-02")
CONTACT = UUID(int=6)
came = MailReceived(
    on=NOW,
    mail="1@b",
    mailbox=ADDRESS,
    sender=Sender.PERSON,
    from_="x@elsewhere.example",
    to=(ADDRESS,),
    subject="Payment",
    text="F-1 is paid.",
    document="0" * 64,
    suggestions=(Suggestion("names invoice F1", "F-1", "D-7"),),
)
by_hand = MailMatched(on=NOW, rule=MatchRule.MANUAL, invoices=("F-1",))
aside = MailDismissed(on=NOW, why="A newsletter.")


def test_a_mail_waits_until_it_is_assigned_or_put_aside() -> None:
    given(came).when(AssignInbound(mail="1@b", invoices=("F-1",))).then(by_hand)
    given(came).when(DismissInbound(mail="1@b", why="A newsletter.")).then(aside)
    [row] = given(came).shows(INBOX).rows
    assert (row.why, row.suggested_invoices) == (
        "no invoice or debtor could be identified",
        ["F-1"],
    )
    given(came, by_hand).shows(INBOX).then()
    given(came, aside).shows(INBOX).then()


def test_said_twice_is_said_once() -> None:
    given(came, by_hand).when(AssignInbound(mail="1@b", invoices=("F-1",))).then()
    more = MailMatched(on=NOW, rule=MatchRule.MANUAL, invoices=("F-2",))
    given(came, by_hand).when(AssignInbound(mail="1@b", invoices=("F-2",))).then(more)


def test_what_is_over_stays_over() -> None:
    assign, dismiss = (
        AssignInbound(mail="1@b", invoices=("F-1",)),
        DismissInbound(mail="1@b", why="No."),
    )
    given(came, aside).when(assign).refused(Refused, "dismissed")
    given(came, by_hand).when(dismiss).refused(Refused, "recorded with its invoices")
    given(came).when(AssignInbound(mail="1@b")).refused(Refused, "Name the invoices", "invoices")
    given().when(assign).refused(NotFound, "1@b")


def waits(pool: Pool, at: HttpClients) -> str:
    """A mail by a stranger; the id of its row."""
    ledger = Ledger(pool)
    open_mailbox(Creditor(pool, ledger), "F-1001")
    desk = TenantSession(pool, ledger, at.clock)
    catch_up_names(desk, Event())
    taken = receive_raw(desk, letter("F-1001 is paid", from_="x@y.example"), ADDRESS)
    ledger.close()
    return str(taken.entries[0].book_id)


def inbox(person: Person, position: int = 0) -> list[dict[str, object]]:
    answer = person.get(f"/inbox?at_least={position}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()
    return found


def test_a_mail_is_assigned_over_http(http: HttpClients, pool: Pool) -> None:
    mail, anna = waits(pool, http), http.collector()
    with pool.connection() as conn:
        [(head,)] = conn.execute("select position from tenant_head").fetchall()
    [row] = inbox(anna, head)
    assert (row["id"], row["sent_by"]) == (mail, "x@y.example")
    assert row["suggestions"] == [
        {
            "invoice": "F-1001",
            "debtor": "D-7",
            "reason": "",
            "why": "names invoice F1001, but the sender is not known for that debtor",
        }
    ]
    done = anna.record(f"/inbox/{mail}/assign", {"invoices": ["F-1001"]}, Idempotency_Key="k")
    topics = [entry["topic"] for entry in done["entries"]]
    assert topics == ["mail-matched.v1", "contact-logged.v1"]
    assert (
        anna.record(f"/inbox/{mail}/assign", {"invoices": ["F-1001"]}, Idempotency_Key="k") == done
    )
    assert inbox(anna, done["position"]) == []


def test_a_mail_is_put_aside_over_http(http: HttpClients, pool: Pool) -> None:
    mail, anna = waits(pool, http), http.collector()
    done = anna.record(f"/inbox/{mail}/dismiss", {"why": "Spam."})
    assert inbox(anna, done["position"]) == []
    refused(anna.post(f"/inbox/{mail}/assign", {"invoices": ["F-1001"]}), 409, "refused")


def test_a_key_for_some_units_sees_no_inbox(http: HttpClients, pool: Pool) -> None:
    mail = waits(pool, http)
    north = http.person(Role.COLLECTOR, business_units=["north"])
    assert inbox(north) == []
    refused(north.post(f"/inbox/{mail}/dismiss", {"why": "Spam."}), 404, "unknown")
    anna = http.collector()
    refused(anna.post(f"/inbox/{mail}/assign", {"invoices": ["F-9"]}), 404, "unknown")
    refused(anna.post(f"/inbox/{UUID(int=1)}/dismiss", {"why": "Spam."}), 404, "unknown")


def test_the_inbox_on_the_command_line(http: HttpClients, pool: Pool, database: str) -> None:
    mail, cli = waits(pool, http), CliUser(database)
    [row] = cli("inbox", "list", "--json").ok().json
    assert row["id"] == mail
    assert [row] == inbox(http.collector()), "the same names over HTTP"
    assert cli("inbox", "show", mail[:4].upper(), "--json").ok().json == row
    assert mail in cli("inbox", "list").ok().out
    shown = cli("inbox", "show", mail).ok().out
    assert "Perhaps: F-1001, as it names invoice F1001" in shown
    cli("inbox", "assign", mail, "--invoice", "F-1001").ok()
    assert cli("inbox", "list", "--json").ok().json == []
    cli("inbox", "show", mail).refused("waits")


def test_of_several_that_begin_alike_none_is_chosen(
    http: HttpClients, pool: Pool, database: str
) -> None:
    waits(pool, http)
    cli = CliUser(database)
    cli("inbox", "add", "--channel", "letter", "--text", "Who are you?").ok()
    cli("inbox", "show", "").refused("Several messages")
    cli("inbox", "show", "nothing").refused("waits in the inbox as nothing")


def test_a_mailbox_must_be_set(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_MAILBOXES", raising=False)
    CliUser(database)("mailbox", "--once").refused("DOSSIER_MAILBOXES", code=2)
