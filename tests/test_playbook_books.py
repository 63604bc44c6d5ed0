"""The playbook's book and those of messages stand in the ledger beside the others, to no harm."""

from api.http.auth.keys import Role
from commands.invoices.contacts import AddNote
from commands.messages.outbox import RequestMessage, WithdrawMessage
from commands.playbook import ApplyPlaybook
from ledger.database.pool import Pool
from ledger.engine.rebuild import check
from ledger.facts.codes import Channel, Purpose
from ledger.facts.playbook_rules import Ladder, Rules, Step
from ledger.store.ledger import Ledger
from ledger.store.verify import verify
from projections import READ_MODELS
from support.creditor import Creditor, debtor, invoice
from support.histories import AT
from support.http_clients import open_http

RULES = Rules(ladders={"business": Ladder(steps=(Step(step="first", after_due=3),))})
NAME = "follow-up/D-7/2026-03-02"
ASKED = RequestMessage(
    message=NAME,
    purpose=Purpose.REMINDER,
    channel=Channel.EMAIL,
    to=("info@bakery.example",),
    template="reminder",
    language="nl",
    about=(),
    debtor="D-7",
    facts={"reason": "price"},
)


def lived(pool: Pool, ledger: Ledger) -> Creditor:
    creditor = Creditor(pool, ledger)
    creditor.execute(
        debtor(),
        ApplyPlaybook(rules=RULES),
        invoice("F-1"),
        ASKED,
        AddNote(invoice="F-1", text="Hello."),
        WithdrawMessage(message=NAME, why="paid"),
    )
    return creditor


def test_views_verify_and_rebuild_are_as_ever(pool: Pool, ledger: Ledger) -> None:
    creditor = lived(pool, ledger)
    with creditor.reading() as conn:
        assert verify(conn, "default").entries == ledger.head() == 6
        every = conn.execute("select topic from contact_log order by position").fetchall()
        assert [topic for (topic,) in every] == [
            "debtor-registered.v1",
            "invoice-registered.v1",
            "note-added.v1",
        ]
        for model in READ_MODELS:
            check(conn, "default", model, AT)


def test_the_log_tells_them(pool: Pool, ledger: Ledger, database: str) -> None:
    lived(pool, ledger)
    with open_http(database, with_worker=False) as made:
        events = made.person(Role.AUDITOR).get("/events").json()
    assert [one["type"] for one in events if one["subject"].startswith("message/")] == [
        "dossier.message-asked.v1",
        "dossier.message-withdrawn.v1",
    ]
    [applied] = [one for one in events if one["subject"].startswith("playbook/")]
    assert applied["data"]["rules"]["ladders"]["business"]["steps"][0]["step"] == "first"
