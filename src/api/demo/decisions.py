"""Decisions after a resolver's answer: the credit request, then the end of the dispute."""

from datetime import timedelta
from decimal import Decimal

from api.demo.case import Case
from api.demo.texts import APPROVER
from api.demo.virtual_clock import World
from commands.command import Command
from commands.disputes.approvals import RequestCredit
from commands.disputes.resolutions import ResolveDispute
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from commands.payments.payments import IssueCreditNote, ReceivePayment
from ledger.facts.codes import Outcome
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.tasks.task import Task

FREE = Decimal(150)  # a credit up to this amount needs no approval
CENT = Decimal("0.01")


def decide(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    """Request the credit or end the dispute by the case's plan; return whether anything is done."""
    dispute = task.dispute
    assert dispute
    case = world.plans[dispute.case_id]
    credit = min((dispute.original * case.end.credit).quantize(CENT), dispute.disputed)
    if dispute.credit_requested is not None:
        return False  # the approver has it
    needs_approval = credit > FREE and dispute.credit_approved is None
    refused = world.id(invoice.number, dispute.case_id, dispute.reopened) in world.refused
    if needs_approval and not refused:
        command = RequestCredit(
            invoice=invoice.number, case_id=dispute.case_id, amount=credit, approver=APPROVER
        )
        world.run(who, command)
    elif "cancel" in case.turns:
        world.run(who, CancelInvoice(invoice=invoice.number, why=case.reply))
    else:
        credit = Decimal(0) if needs_approval else credit
        world.run(who, *_end(world, invoice, dispute, case, credit))
    return True


def _end(
    world: World, invoice: Invoice, dispute: Dispute, case: Case, credit: Decimal
) -> list[Command]:
    """Return the decision, with the credit note or the correction that carries it out."""
    number, outcome = invoice.number, case.end.outcome
    if outcome is Outcome.CREDITED and not credit:
        outcome = Outcome.REJECTED
    replaced = dispute.credited if outcome is Outcome.REPLACED else None
    resolution = ResolveDispute(
        invoice=number,
        case_id=dispute.case_id,
        outcome=outcome,
        root_cause=case.end.cause,
        credited=dispute.credited + credit if credit else replaced,
        explanation=case.reply,
    )
    if credit:
        note = f"CN-{number}-{dispute.reopened + 1}"
        issue = IssueCreditNote(
            invoice=number, credit_note=note, amount=credit, case_id=dispute.case_id
        )
        return [resolution, issue]
    return [*_correction(world, invoice, dispute, case), resolution]


def _correction(world: World, invoice: Invoice, dispute: Dispute, case: Case) -> list[Command]:
    number, why = invoice.number, case.reply
    if "statement" in case.turns:
        reference = f"B-{world.today:%y%m%d}-{number}"
        return [ReceivePayment(invoice=number, reference=reference, amount=invoice.open_amount)]
    match case.correct:
        case "purchase_order":
            order = f"45{number[-4:]}77"
            return [CorrectInvoice(invoice=number, purchase_order=order, why=why)]
        case "due_on":
            due = world.today + timedelta(days=14)
            return [CorrectInvoice(invoice=number, due_on=due, why=why)]
        case "amount":
            amount = invoice.amount - dispute.disputed
            return [CorrectInvoice(invoice=number, amount=amount, why=why)]
    return []
