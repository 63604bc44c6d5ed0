"""The rules of the credit that is asked for in a dispute."""

from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace as but

from commands.command import Command
from commands.context import Context
from commands.disputes.approvals import ApproveCredit, RefuseCredit, RequestCredit
from commands.disputes.resolutions import ResolveDispute
from commands.execute import UnitOfWork, execute
from commands.follow_up.tasks import CompleteTask
from commands.invoices.registration import RegisterInvoice
from commands.payments.payments import IssueCreditNote
from commands.playbook import ApplyPlaybook
from ledger.facts.codes import Outcome, Part
from ledger.facts.invoice.dispute_handling import (
    CreditApproved,
    CreditPassedOn,
    CreditRefused,
    CreditRequested,
)
from ledger.facts.invoice.dispute_opening import DisputedAmountReduced
from ledger.facts.invoice.payments import CreditNoteIssued
from ledger.facts.invoice.registration import InvoiceCorrected
from ledger.facts.playbook_rules import Approver
from ledger.policy.refusal import Refused
from ledger.policy.tasks.invoice import tasks_for
from ledger.store.ledger import Ledger
from support.disputing import rules
from support.examples import (
    CASE,
    EVA,
    INV,
    NOW,
    OTHER_CASE,
    assigned,
    money,
    open_it,
    opened,
    registered,
    resolved,
)
from support.given import TODAY, day, given, moment

disputed = given(registered, opened())
request = RequestCredit(invoice=INV, amount=money(40), approver=EVA)
requested = CreditRequested(on=NOW, case_id=CASE, amount=money(40), approver=EVA, requester="anna")
asked = given(registered, opened(), requested)
LEAD, HEAD, BOSS = "lead@seller.example", "head@seller.example", "boss@seller.example"
RULES = rules(
    f"approvers: [{{approver: {LEAD}, up_to: '25'}}, {{approver: {HEAD}, up_to: '50'}},"
    f" {{approver: {BOSS}, up_to: '90'}}]"
)
by_lead = CreditRequested(
    on=NOW,
    case_id=CASE,
    amount=money(40),
    approver=LEAD,
    decide_by=day("2026-03-09"),
    requester="anna",
)
passed = CreditPassedOn(
    on=NOW,
    case_id=CASE,
    amount=money(40),
    approver=HEAD,
    previous=LEAD,
    limit=money(25),
    decide_by=day("2026-03-09"),
)
approved = CreditApproved(on=NOW, case_id=CASE, amount=money(40))
approve = ApproveCredit(invoice=INV)


def test_a_credit_is_requested_once() -> None:
    disputed.when(request).then(requested)
    asked.when(request).then()


def test_no_more_credit_is_requested_than_is_disputed() -> None:
    wish = request.model_copy(update={"amount": money(101)})
    disputed.when(wish).refused(Refused, "Only 100 is still disputed", "amount")
    disputed.when(request.model_copy(update={"amount": money("1.005")})).refused(
        Refused, "2 decimals", "amount"
    )


def test_a_credit_is_approved_in_full_or_in_part_but_not_above() -> None:
    def approved(amount: int) -> CreditApproved:
        return CreditApproved(on=NOW, case_id=CASE, amount=money(amount))

    asked.when(ApproveCredit(invoice=INV)).then(approved(40))
    asked.when(ApproveCredit(invoice=INV, amount=money(30))).then(approved(30))
    asked.when(ApproveCredit(invoice=INV, amount=money(41))).refused(Refused, field="amount")
    asked.when(ApproveCredit(invoice=INV, amount=money("1.005"))).refused(Refused, field="amount")


def test_a_refused_credit_can_be_requested_again() -> None:
    refused = CreditRefused(on=NOW, case_id=CASE, why="Not agreed.")
    asked.when(RefuseCredit(invoice=INV, why="Not agreed.")).then(refused)
    given(registered, opened(), requested, refused).when(request).then(requested)


@pytest.mark.parametrize("wish", [ApproveCredit(invoice=INV), RefuseCredit(invoice=INV, why="No.")])
def test_a_credit_that_nobody_requested_is_not_decided(wish: Any) -> None:
    disputed.when(wish).refused(Refused, "No credit was requested")


def test_a_credit_is_requested_of_the_first_approver_of_the_playbook() -> None:
    of_nobody = RequestCredit(invoice=INV, amount=money(40))
    disputed.when(of_nobody, rules=RULES).then(by_lead)
    disputed.when(of_nobody).refused(Refused, "Name the approver", "approver")
    named = RequestCredit(invoice=INV, amount=money(40), approver=BOSS)
    [event] = disputed.when(named, rules=RULES).decided()
    assert event.approver == BOSS
    disputed.when(request, rules=RULES).refused(Refused, "may not approve credits", "approver")
    much = RequestCredit(invoice=INV, amount=money(91))
    disputed.when(much, rules=RULES).refused(
        Refused, f"the limit of {BOSS} is 90 (playbook: approvers/2/up_to)", "amount"
    )


def test_what_is_beyond_his_limit_goes_on_to_the_next_by_itself() -> None:
    waits = given(registered, opened(), by_lead)
    waits.when(approve, by=LEAD, rules=RULES).then(passed)
    higher = given(registered, opened(), by_lead, passed)
    assert higher.becomes().disputes[CASE].credit_asked_of == HEAD
    higher.when(approve, by=HEAD, rules=RULES).then(approved)
    less = ApproveCredit(invoice=INV, amount=money(25))
    waits.when(less, by=LEAD, rules=RULES).then(
        CreditApproved(on=NOW, case_id=CASE, amount=money(25))
    )


def test_nobody_approves_beyond_his_limit() -> None:
    higher = given(registered, opened(), by_lead, passed)
    limit = f"the limit of {LEAD} is 25 (playbook: approvers/0/up_to)"
    higher.when(approve, by=LEAD, rules=RULES).refused(Refused, limit)
    higher.when(approve, by="anna", rules=RULES).refused(Refused, "anna may not approve credits")
    given(registered, opened(), by_lead).when(approve, by=BOSS, rules=RULES).then(approved)


def test_who_asks_for_a_credit_is_not_the_one_who_is_asked() -> None:
    """Else their own request waits for them for ever: they may not decide it."""
    mine = RequestCredit(invoice=INV, amount=money(40))
    [event] = disputed.when(mine, by=LEAD, rules=RULES).decided()
    assert (event.approver, event.requester) == (HEAD, LEAD)
    asked_of_head = given(registered, opened(), event)
    asked_of_head.when(approve, by=LEAD, rules=RULES).refused(Refused, f"{LEAD} asked for it")
    asked_of_head.when(approve, by=HEAD, rules=RULES).then(approved)
    of_oneself = mine.model_copy(update={"approver": LEAD})
    disputed.when(of_oneself, by=LEAD, rules=RULES).refused(Refused, "asked for it", "approver")
    [event] = (
        given(registered, opened(), but(by_lead, requester=HEAD))
        .when(approve, by=LEAD, rules=RULES)
        .decided()
    )
    assert (event.previous, event.approver) == (LEAD, BOSS)
    much = RequestCredit(invoice=INV, amount=money(60))
    disputed.when(much, by=BOSS, rules=RULES).refused(Refused, f"the limit of {HEAD}", "amount")


def test_what_was_credited_before_counts_for_the_limit() -> None:
    """Else one could approve any credit, a piece at a time."""
    [first, again] = [but(by_lead, amount=money(n)) for n in (20, 10)]
    given_20 = but(approved, amount=money(20))
    note = CreditNoteIssued(on=NOW, number="C-1", amount=money(20), case_id=CASE)
    met = DisputedAmountReduced(on=NOW, case_id=CASE, amount=money(20), part=Part.CREDITED)
    before = given(registered, opened(), first, given_20, note, met)
    [event] = given(*before.events, again).when(approve, by=LEAD, rules=RULES).decided()
    assert (event.approver, event.amount, event.limit) == (HEAD, 10, 5)
    much = RequestCredit(invoice=INV, amount=money(71))
    before.when(much, rules=RULES).refused(Refused, f"the limit of {BOSS} is 90", "amount")


def test_who_decides_gives_no_credit_that_nobody_approved() -> None:
    def credited(amount: int) -> ResolveDispute:
        return ResolveDispute(invoice=INV, outcome=Outcome.CREDITED, credited=money(amount))

    disputed.when(credited(1), rules=RULES).refused(Refused, "Only 0 of", "credited")
    given(registered, opened(), by_lead, approved).when(credited(40), rules=RULES).decided()
    given(registered, opened(), by_lead, approved).when(credited(41), rules=RULES).refused(
        Refused, "Only 40 of", "credited"
    )
    disputed.when(credited(41)).decided()


def test_the_agenda_waits_for_the_approver_then_asks_to_decide_then_for_the_note() -> None:
    past = [registered, opened()]

    def asks(*events: Any) -> list[tuple[str, str, str]]:
        past.extend(events)
        return [(one.action, str(one.on), one.why[-1]) for one in tasks_for(given(*past).becomes())]

    assert asks(by_lead) == [("chase approver", "2026-03-09", f"a credit of 40 waits for {LEAD}")]
    assert asks(approved) == [("decide dispute", "2026-03-02", "a credit of 40 is approved")]
    decided, chase = asks(resolved(Outcome.CREDITED, credited=40, rejected=60))
    assert decided[0] == "issue credit note"
    assert decided[2] == "40 is to be credited: price, decided on 2026-03-02"
    assert chase[0] == "chase debtor"
    note = CreditNoteIssued(on=NOW, number="C-1", amount=money(40), case_id=CASE)
    assert [one[0] for one in asks(note)] == ["chase debtor"]


def test_a_refusal_says_why_on_the_agenda() -> None:
    refused = CreditRefused(on=NOW, case_id=CASE, why="Not agreed.")
    [task] = tasks_for(given(registered, opened(), assigned, by_lead, refused).becomes())
    assert task.action == "chase resolver"
    assert "its credit was refused: Not agreed." in task.why


def test_a_note_that_names_no_case_is_for_the_only_credit_that_is_due() -> None:
    due = (registered, opened(60, 60), resolved(Outcome.CREDITED, credited=60))
    issue = IssueCreditNote(invoice=INV, credit_note="C-1", amount=money(60))
    note = CreditNoteIssued(on=NOW, number="C-1", amount=money(60), case_id=CASE)
    given(*due).when(issue).then(note)
    other = {"case_id": OTHER_CASE}
    two = (*due, opened(40, 40, **other), but(resolved(Outcome.CREDITED, credited=40), **other))
    given(*two).when(issue).then(but(note, case_id=None))
    given(registered).when(issue).then(but(note, case_id=None))


def test_who_corrects_the_invoice_instead_issues_no_note() -> None:
    due = (registered, opened(60, 60), resolved(Outcome.CREDITED, credited=60))
    corrected = InvoiceCorrected(on=NOW, why="As agreed.", amount=money(40))
    invoice = given(*due, corrected).becomes()
    assert (invoice.open_amount, invoice.credit_due) == (40, 0)
    assert [str(one.action) for one in tasks_for(invoice)] == ["chase debtor"]
    wish = CompleteTask(invoice=INV, item=f"credit {CASE}")
    given(*due).when(wish).refused(Refused, "correct-invoice")


def test_what_rests_on_the_playbook_is_decided_anew_when_that_changes_meanwhile(
    ledger: Ledger,
) -> None:
    """By the time the lead's approval is written, his limit is lower."""
    of = partial(Context, at=moment(TODAY))
    mild = ApplyPlaybook(rules=but(RULES, approvers=(Approver(LEAD),)))
    bill = RegisterInvoice(invoice=INV, amount=money(100), due_on=NOW)
    execute(ledger, [mild, bill, open_it], of("anna"))
    execute(ledger, [RequestCredit(invoice=INV, amount=money(40))], of("anna"))
    meanwhile = [ApplyPlaybook(rules=RULES)]

    def plan(work: UnitOfWork) -> list[Command]:
        assert work.playbook.rules
        if meanwhile:
            execute(ledger, [meanwhile.pop()], of("anna"))
        return [ApproveCredit(invoice=INV)]

    entry, *_ = execute(ledger, plan, of(LEAD)).entries
    assert isinstance(entry.event, CreditPassedOn)
