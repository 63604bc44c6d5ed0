"""Approval limits hold on every road by which a claim becomes less."""

from contextlib import closing
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as but

from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.session import TenantSession
from commands.command import Command
from commands.context import Context, Reactions
from commands.disputes.approvals import ApproveAfterwards, ApproveCredit, RequestCredit
from commands.disputes.opening import OpenDispute
from commands.disputes.resolutions import ResolveDispute
from commands.execute import execute
from commands.follow_up.tasks import CompleteTask
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.charges import ChargeInterest, ChargeLateFee, WaiveInterest, WaiveLateFee
from commands.payments.erp import ClosePerErp, SettlePerErp
from commands.payments.payments import IssueCreditNote, ReceivePayment, WriteOff
from commands.playbook import ApplyPlaybook
from commands.several_invoices import divided
from ledger.facts.books import INVOICE
from ledger.facts.codes import Outcome
from ledger.facts.entry import Entry
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Approver
from ledger.policy.refusal import Refused
from ledger.policy.tasks.invoice import tasks_for
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.creditor import invoice
from support.disputing import rules
from support.given import TODAY, moment
from support.http_clients import HttpClients, refused

LEAD, BOSS = "lead@seller.example", "boss@seller.example"
PLAYBOOK = ApplyPlaybook(
    rules=but(rules(), approvers=(Approver(LEAD, Decimal(50)), Approver(BOSS)))
)
F1: dict[str, Any] = {"invoice": "F-1"}
ROADS: list[Command] = [
    IssueCreditNote(**F1, credit_note="C-1", amount=60),
    WriteOff(**F1, why="Too old.", amount=60),
    WriteOff(**F1, why="Too old."),
    CorrectInvoice(**F1, why="Typed wrong.", amount=40),
    CancelInvoice(**F1, why="Sent in error."),
    WaiveLateFee(**F1, why="A friend."),
    WaiveInterest(**F1, why="A friend."),
]


def run(ledger: Ledger, by: str, *commands: Command, **context: Any) -> list[Entry]:
    made = Context(by, moment(TODAY), reactions=Reactions.NONE, **context)
    return list(execute(ledger, commands, made).entries)


def state(ledger: Ledger) -> Invoice:
    found: Invoice = ledger.book(INVOICE, "F-1").state
    return found


@pytest.fixture
def limits(ledger: Ledger) -> Ledger:
    """An invoice of 100, with a fee of 60 and interest of 60, and two approvers."""
    fee, interest = (
        ChargeLateFee(**F1, amount=60),
        ChargeInterest(**F1, amount=60, why="x"),
    )
    run(ledger, "anna", PLAYBOOK, invoice("F-1"), fee, interest)
    return ledger


@pytest.mark.parametrize("road", ROADS, ids=lambda road: type(road).__name__)
def test_no_road_goes_beyond_what_its_author_may_decide(limits: Ledger, road: Command) -> None:
    for who, most in (("anna", 0), (LEAD, 50)):
        with pytest.raises(Refused, match=f"you may decide {most} on this invoice") as refusal:
            run(limits, who, road)
        assert refusal.value.code == "beyond-approval"
    [*_, last] = run(limits, BOSS, road)
    assert last.flags == ()


def test_a_limit_is_not_exceeded_in_pieces(limits: Ledger) -> None:
    piece = WriteOff(**F1, why="A piece.", amount=30)
    run(limits, LEAD, piece)
    with pytest.raises(Refused, match="you may decide 20"):
        run(limits, LEAD, piece)


def test_a_limit_is_not_exceeded_over_several_invoices(limits: Ledger) -> None:
    run(limits, "anna", invoice("F-2"))
    off = WriteOff(**F1, why="Old.", amount=80)
    split = {"F-1": Decimal(40), "F-2": Decimal(40)}
    plan = partial(divided, command=off, numbers=["F-1", "F-2"], stated=split)
    with pytest.raises(Refused, match="you may decide 50"):
        execute(limits, plan, Context(LEAD, moment(TODAY)))
    assert len(execute(limits, plan, Context(BOSS, moment(TODAY))).entries) == 2


def test_an_approved_credit_covers_its_credit_note_once(limits: Ledger) -> None:
    [opened] = run(limits, "anna", OpenDispute(**F1, reason="price", comment="No.", contested=60))
    case = opened.event.case_id
    note = IssueCreditNote(**F1, credit_note="C-1", amount=60, case_id=case)
    with pytest.raises(Refused, match=r"gives 60\.00 away"):
        run(limits, "anna", note)
    run(limits, "anna", RequestCredit(**F1, amount=60))
    run(limits, BOSS, ApproveCredit(**F1))
    [entry, *_] = run(limits, "anna", note)
    assert entry.flags == ()
    with pytest.raises(Refused, match=r"gives 60\.00 away"):
        run(limits, "anna", note.model_copy(update={"credit_note": "C-2"}))


def test_a_correction_is_covered_by_the_credit_that_was_decided(limits: Ledger) -> None:
    run(limits, "anna", OpenDispute(**F1, reason="price", comment="No.", contested=60))
    run(limits, "anna", RequestCredit(**F1, amount=60))
    run(limits, BOSS, ApproveCredit(**F1))
    run(limits, "anna", ResolveDispute(**F1, outcome=Outcome.CREDITED))
    with pytest.raises(Refused, match=r"gives 1\.00 away"):
        run(limits, "anna", CorrectInvoice(**F1, why="As agreed.", amount=39))
    run(limits, "anna", CorrectInvoice(**F1, why="As agreed.", amount=40))
    with pytest.raises(Refused, match=r"gives 1\.00 away"):
        run(limits, "anna", CorrectInvoice(**F1, why="Once more.", amount=39))


def test_nobody_approves_what_they_asked_for(limits: Ledger) -> None:
    run(limits, "anna", OpenDispute(**F1, reason="price", comment="No.", contested=40))
    run(limits, BOSS, RequestCredit(**F1, amount=40))
    with pytest.raises(Refused) as refusal:
        run(limits, BOSS, ApproveCredit(**F1))
    assert refusal.value.code == "own-request"
    with pytest.raises(Refused, match="asked for it"):
        run(limits, LEAD, ApproveCredit(**F1), via=f"os:{BOSS}", because="He is away.")
    run(limits, LEAD, ApproveCredit(**F1))


@pytest.mark.parametrize(
    "report",
    [
        IssueCreditNote(**F1, credit_note="C-1", amount=60, unapproved=True),
        SettlePerErp(**F1, open_amount=160, source="typed"),
        ClosePerErp(**F1, source="typed"),
    ],
    ids=lambda report: type(report).__name__,
)
def test_a_report_is_recorded_flagged_and_looked_at(limits: Ledger, report: Command) -> None:
    given, missing, *_ = run(limits, "anna", report)
    assert given.flags == ("beyond_approval",)
    assert (missing.event.line, missing.event.who) == (given.line, "anna")
    [task] = [task for task in tasks_for(state(limits)) if task.action == "approve afterwards"]
    assert task.item == f"approval {given.line}"
    with pytest.raises(Refused, match="approve-afterwards"):
        run(limits, BOSS, CompleteTask(**F1, item=task.item))
    for who, why in (
        ("anna", "anna asked for it"),
        ("eva", "may not approve"),
        (LEAD, "limit is 50"),
    ):
        with pytest.raises(Refused, match=why):
            run(limits, who, ApproveAfterwards(**F1))
    run(limits, BOSS, ApproveAfterwards(**F1))
    assert "approve afterwards" not in [task.action for task in tasks_for(state(limits))]


def test_a_payment_needs_no_approval(limits: Ledger) -> None:
    [entry, *_] = run(limits, "anna", ReceivePayment(**F1, reference="B-1", amount=220))
    assert entry.flags == ()


def test_an_import_is_never_refused_but_flagged(session: TenantSession, tmp_path: Path) -> None:
    run(session.ledger, "anna", PLAYBOOK)
    head = '{"source":"s","invoice":"F-1","at":"2026-01-05","amount":"100.00"'
    lines = [
        head + ',"seq":1,"type":"invoice-issued"}',
        head.replace("100", "70") + ',"seq":2,"type":"credit-note-issued","data":{}}',
        head.replace("100", "9") + ',"seq":3,"type":"payment-received","data":{}}',
        head + ',"seq":4,"type":"closed","data":{}}',
    ]
    file = tmp_path / "history.jsonl"
    file.write_text("\n".join(lines) + "\n")
    assert import_file(session, Source(str(file)), Options(Terms(30), by="anna")).rejected == 0
    entries = session.ledger.history(session.ledger.id_of(INVOICE, "F-1"))
    flagged = [entry.event.topic for entry in entries if "beyond_approval" in entry.flags]
    assert flagged == ["credit-note-issued.v1"], "what the ERP closed was paid there"
    assert [part.amount for part in state(session.ledger).unapproved.values()] == [70]


def test_without_approvers_nothing_needs_approval(ledger: Ledger) -> None:
    run(ledger, "anna", invoice("F-1"), CancelInvoice(**F1, why="Sent in error."))
    assert state(ledger).unapproved == {}


def test_over_http_too(http: HttpClients) -> None:
    anna, boss = http.collector(), http.collector(name=BOSS)
    with closing(Ledger(http.pool)) as ledger:
        run(ledger, "anna", PLAYBOOK, invoice("F-1"))
    credit = {"credit_note": "C-1", "amount": "60.00"}
    for path, body in (
        ("credit-notes", credit),
        ("write-off", {"why": "Old."}),
        ("corrections", {"why": "Typo.", "amount": "1.00"}),
        ("cancellation", {"why": "In error."}),
    ):
        problem = refused(anna.post(f"/invoices/F-1/{path}", body), 409, "refused")
        assert problem["code"] == "beyond-approval"
    made = anna.record("/invoices/F-1/credit-notes", credit | {"unapproved": True})
    assert made["entries"][0]["flags"] == ["beyond_approval"]
    boss.record("/invoices/F-1/approvals", {})


def test_no_part_of_dossier_is_written_for(cli: CliUser) -> None:
    cli.record("add-note", invoice="A-1", text="x", by="Postman", because="x").refused(
        "part of Dossier", code=2
    )


def test_who_typed_it_is_kept_with_the_reason(
    cli: CliUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    cli.record("register-invoice", invoice="A-1", amount=100, due_on="2026-03-01").ok()
    boss = {"invoice": "A-1", "text": "Wait.", "by": BOSS}
    cli.record("add-note", **boss).refused("--by needs --because", code=2)
    cli.record("add-note", **boss, because="She phoned.").ok()
    first, second = cli("history", "A-1", "--json").ok().json
    assert (first["by"], first["via"], first.get("because")) == ("root", "os:root", None)
    assert (second["by"], second["via"], second["because"]) == (BOSS, "os:root", "She phoned.")
    for admins, code in (("eva, root", 0), ("eva", 2)):
        user = CliUser(cli.url, cli.tenant, {"DOSSIER_ADMINS": admins})
        assert user.record("add-note", **boss, because="She phoned.").code == code
