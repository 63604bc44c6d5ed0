"""Who may see what, and what a command about something that is not seen is refused for."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.http.auth.keys import Key, Role
from commands import COMMANDS
from commands.authorise import NAMES_DOCUMENTS, authorise
from commands.command import Command
from commands.context import Context
from commands.cross_book_flags import NO_LOOKUPS
from commands.debtors.contacts import AddDebtorNote, LogDebtorContact
from commands.debtors.holds import HoldDebtor
from commands.disputes.opening import OpenDispute
from commands.disputes.resolvers import RecordAnswer
from commands.execute import UnitOfWork
from commands.inbox.triage import DismissInbound
from commands.invoices.contacts import AddNote, LogContact
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.payments import ReceivePayment, WriteOff
from ledger.facts.books import Book, BookKind
from ledger.facts.codes import Answer, Channel, Direction, Purpose, Reason
from ledger.facts.debtor import Debtor
from ledger.facts.debtor_events import ContactPerson
from ledger.facts.entry import Entry
from ledger.facts.invoice.dispute_handling import ResolverAssigned
from ledger.facts.invoice.follow_up import ContactLogged, EmailSent
from ledger.facts.invoice.registration import NoteAdded
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import (
    EVERYTHING,
    NOTHING,
    OF_DEBTORS,
    Scope,
    approves,
    assigned_to,
    solves,
    speaks_for,
)
from support.creditor import debtor, invoice
from support.histories import AT
from support.random_lives import CASES

CASE, OTHER = CASES
KNOWN = Invoice(id=UUID(int=1), number="F1", business_unit="north", line=3)
MINE, THEIRS = Dispute(CASE, opened=True, resolver="sam"), Dispute(OTHER, resolver="eva")


def having(**fields: Any) -> Invoice:
    return Invoice(
        **{name: getattr(KNOWN, name) for name in ("id", "number", "business_unit", "line")}
        | fields
    )


DISPUTED = having(disputes={CASE: MINE, OTHER: THEIRS}, agency="Incasso BV", debtor="D-7")


@pytest.mark.parametrize(
    ("scope", "invoice_seen", "mine_seen", "theirs_seen"),
    [
        (EVERYTHING, True, True, True),
        (Scope(("north", "south")), True, True, True),
        (Scope(("south",)), False, False, False),
        (Scope(resolver="sam"), True, True, False),
        (Scope(resolver="nobody"), False, False, False),
        (Scope(("north",), resolver="nobody"), False, False, False),
        (Scope(agency="Incasso BV"), True, False, False),
        (Scope(agency="Rival BV"), False, False, False),
        (Scope(debtor="D-7"), True, False, False),
        (Scope(("north",), resolver="sam", debtor="D-7"), True, False, False),
        (Scope(("north",), resolver="sam", debtor="D-8"), False, False, False),
        (Scope(debtor="D-8"), False, False, False),
        (NOTHING, False, False, False),
    ],
)
def test_what_a_scope_sees(
    scope: Scope, invoice_seen: bool, mine_seen: bool, theirs_seen: bool
) -> None:
    assert scope.sees(DISPUTED) is invoice_seen
    assert scope.sees_dispute(DISPUTED, MINE) is mine_seen
    assert scope.sees_dispute(DISPUTED, THEIRS) is theirs_seen
    mine = Dispute(
        CASE, opened=True, resolver="sam", status="resolved", resolved_on=date(2026, 3, 1)
    )
    closed = having(disputes={CASE: mine})
    assert scope.sees(closed) is scope.covers("north")
    assert not scope.sees(Invoice(id=UUID(int=2)))
    assert scope.is_everything is (scope == EVERYTHING)


def test_an_empty_name_sees_nothing() -> None:
    nobodys = having(disputes={CASE: Dispute(CASE, opened=True)})
    for scope in (Scope(resolver=""), Scope(agency=""), Scope(debtor="")):
        assert not scope.sees(nobodys)
        assert not scope.sees_dispute(nobodys, nobodys.disputes[CASE])


def test_a_debtor_learns_of_what_is_listed_and_nothing_else() -> None:
    """Each event that a debtor may see is named here too: a new one stays with us."""
    scope = Scope(debtor="D-7")
    shown = {kind.topic for kind in OF_DEBTORS}
    assert shown == {
        *("invoice-registered.v1", "invoice-cancelled.v1", "invoice-sent.v1"),
        *("payment-received.v1", "payment-reversed.v1", "credit-note-issued.v1"),
        *("late-fee-charged.v1", "late-fee-waived.v1"),
        *("interest-charged.v1", "interest-waived.v1", "settled-per-erp.v1", "closed-per-erp.v1"),
        *("promise-made.v1", "promise-kept.v1", "promise-broken.v1", "promise-withdrawn.v1"),
        *("dispute-opened.v1", "dispute-resolved.v1"),
        *("dispute-reopened.v1", "dispute-voided.v1"),
    }
    on = date(2026, 3, 1)
    ours: dict[str, Any] = {"channel": Channel.PORTAL, "direction": Direction.IN}
    contact: dict[str, Any] = {"contact_id": CASE, "who": "", "summary": "x"}
    mail: dict[str, Any] = {
        "to": ("a@b.example",),
        "subject": "x",
        "message_id": "",
        "document": "",
    }
    for event, seen in (
        (NoteAdded(on=on, text="x"), False),
        (
            ResolverAssigned(on=on, resolver="sam", expected="", follow_up_on=on, case_id=CASE),
            False,
        ),
        (ContactLogged(on=on, **contact, **ours), True),
        (ContactLogged(on=on, **contact, **ours | {"channel": Channel.PHONE}), False),
        (ContactLogged(on=on, **contact, **ours | {"direction": Direction.OUT}), False),
        *(
            (
                EmailSent(on=on, message="m", purpose=to, open_amount=Decimal(1), **mail),
                to in ("invoice copy", "reminder", "receipt", "outcome"),
            )
            for to in Purpose
        ),
    ):
        assert scope.sees_event(DISPUTED, event) is seen, event
        assert not Scope(debtor="D-8").sees_event(DISPUTED, event)


def test_whose_addresses_speak_for_a_debtor() -> None:
    known = Debtor(UUID(int=7), 1, email="Jan@b.example", persons=(ContactPerson(email="p@b.x"),))
    assert [who for who in ("jan@B.example", "P@b.x", "", "x@b.x") if speaks_for(known, who)] == [
        "jan@B.example",
        "P@b.x",
    ]
    assert not speaks_for(Debtor(UUID(int=7)), "")


def test_whom_a_link_lets_in() -> None:
    escalated = Dispute(CASE, opened=True, resolver="sam", escalated_to="eva", credit_asked_of="b")
    open_, paid = having(amount=5), having(amount=5, paid=5, settled_on=date(2026, 3, 1))
    assert [who for who in ("sam", "eva", "b", "") if solves(open_, escalated, who)] == [
        "sam",
        "eva",
    ]
    assert [who for who in ("sam", "eva", "b", "") if assigned_to(open_, escalated, who)] == ["sam"]
    assert [who for who in ("sam", "eva", "b", "") if approves(open_, escalated, who)] == ["b"]
    for rule in (solves, assigned_to, approves):
        assert not any(rule(paid, escalated, who) for who in ("sam", "eva", "b"))


OF_ROLES = {
    Role.COLLECTOR: Scope(("north",)),
    Role.AUDITOR: Scope(("north",)),
    Role.ADMIN: Scope(("north",)),
    Role.RESOLVER: Scope(resolver="sam"),
    Role.AGENCY: Scope(agency="Incasso BV"),
}


@pytest.mark.parametrize("role", Role)
def test_what_a_key_of_each_role_may_see(role: Role) -> None:
    assert Key("default", uuid4(), "sam", role, ["north"], "Incasso BV", AT).scope == OF_ROLES[role]


def test_a_role_that_nobody_thought_of_sees_nothing() -> None:
    unheard_of: Any = "intern"
    assert Key("default", uuid4(), "sam", unheard_of, [], None, AT).scope == NOTHING


SENT = frozenset({"b" * 64})


class Books:
    """The invoice F1 and the debtor D-7, and nothing else."""

    def today(self, at: datetime) -> date:
        return at.date()

    def book(self, kind: BookKind[Any], number: str) -> Book[Any]:
        known: dict[str, Any] = {"F1": DISPUTED, "D-7": Debtor(UUID(int=7), 1, number="D-7")}
        return Book(known.get(number) or kind.start(UUID(int=9)))

    def history(self, id_: UUID) -> list[Entry]:
        return []


class Units(type(NO_LOOKUPS)):  # type: ignore[misc]
    """D-7 has invoices in two business units, D-9 in one."""

    def units_of(self, debtors: Collection[str]) -> Mapping[str, Collection[str]]:
        return {"D-7": ["north", "south"], "D-9": ["south"]}


def log(**more: Any) -> LogContact:
    return LogContact(
        invoice="F1", channel=Channel.PHONE, direction=Direction.IN, summary="x", **more
    )


def dispute(number: str) -> OpenDispute:
    return OpenDispute(invoice=number, reason=Reason.PRICE, comment="x")


def write(debtor: str) -> LogDebtorContact:
    return LogDebtorContact(
        debtor=debtor, channel=Channel.PORTAL, direction=Direction.IN, summary="x"
    )


@pytest.mark.parametrize(
    ("scope", "command", "refused"),
    [
        (Scope(("south",)), CancelInvoice(invoice="F1", why="No."), "There is no invoice F1."),
        (Scope(("north",)), invoice("F2", business_unit="south"), "Your key is for other"),
        (Scope(("north",)), invoice("F2", business_unit="north"), None),
        (
            Scope(("north",)),
            CorrectInvoice(invoice="F1", why="No.", business_unit="south"),
            "Your key is for other",
        ),
        (Scope(resolver="sam"), invoice("F2"), "Your key is for other"),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED, case_id=CASE),
            None,
        ),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED, case_id=OTHER),
            f"There is no dispute {OTHER}.",
        ),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED),
            "There is no dispute None.",
        ),
        (Scope(resolver="zoe"), CancelInvoice(invoice="F1", why="No."), "There is no invoice F1."),
        (NOTHING, debtor(), "The number D-7 is taken"),
        (Scope(("north",)), debtor("D-8"), None),
        (Scope(("north",)), debtor("D-9"), "The number D-9 is taken"),
        (Scope(("north",)), invoice("F1", business_unit="south"), "Your key is for other"),
        (Scope(("south",)), invoice("F1", business_unit="south"), "The number F1 is taken"),
        (
            Scope(("north",)),
            invoice("F2", business_unit="north", debtor="D-9"),
            "The number D-9 is taken",
        ),
        (
            Scope(("north",)),
            CorrectInvoice(invoice="F1", why="x", debtor=" D-9"),
            "The number D-9 is taken",
        ),
        (Scope(("north",)), AddDebtorNote(debtor="D-7", text="x"), None),
        (Scope(("west",)), AddDebtorNote(debtor="D-7", text="x"), "There is no debtor D-7."),
        (Scope(resolver="sam"), AddDebtorNote(debtor="D-7", text="x"), "There is no debtor D-7."),
        (
            Scope(("north",)),
            HoldDebtor(debtor="D-7", reason="x"),
            "Debtor D-7 has invoices in other",
        ),
        (Scope(("north", "south")), HoldDebtor(debtor="D-7", reason="x"), None),
        (Scope(("north",)), ReceivePayment(invoice="F1", reference="x", amount=1), None),
        (Scope(("north",)), DismissInbound(mail="m", why="x"), "This needs a key for all"),
        (Scope(("north",)), log(documents=["a" * 64]), "There is no document aaaa"),
        (Scope(("north",)), log(documents=["b" * 64]), None),
        (Scope(debtor="D-7"), log(documents=["b" * 64]), None),
        (Scope(debtor="D-7"), log(documents=["a" * 64]), "There is no document aaaa"),
        (Scope(debtor="D-8"), log(), "There is no invoice F1."),
        (Scope(debtor="D-7"), dispute("F1"), None),
        (Scope(debtor="D-7"), dispute("F2"), "There is no invoice F2."),
        (Scope(debtor="D-7"), AddNote(invoice="F1", text="x"), "This needs a key for all"),
        (Scope(debtor="D-7"), WriteOff(invoice="F1", why="x"), "This needs a key for all"),
        (Scope(debtor="D-7"), AddDebtorNote(debtor="D-7", text="x"), "This needs a key for all"),
        (Scope(debtor="D-7"), write("D-7"), None),
        (Scope(debtor="D-7"), write("D-9"), "There is no debtor D-9."),
        (Scope(debtor="D-9"), write("D-9"), "There is no debtor D-9."),
    ],
)
def test_what_a_command_is_refused_for(scope: Scope, command: Command, refused: str | None) -> None:
    work = UnitOfWork(Books(), Context("anna", AT, scope=scope, lookups=Units(), sent=SENT))
    if refused is None:
        authorise(work, [command])
        return
    kind = NotFound if refused.startswith("There is no") else Refused
    with pytest.raises(kind, match=refused):
        authorise(work, [command])


def test_every_field_for_a_document_is_looked_at() -> None:
    """The manifest of a hand-off gives nothing to read, and HTTP does not take it."""
    fields = {
        name
        for command in COMMANDS.values()
        for name, field in command.model_fields.items()
        if "0-9a-f]{64}" in repr(field)
    }
    assert fields - {"manifest_sha256"} <= set(NAMES_DOCUMENTS)
