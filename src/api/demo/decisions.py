"""The resolver has answered: ask for the credit where one is due, then end the dispute."""

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
from ledger.facts.invoice.dispute import Dispute
from ledger.facts.invoice.state import Invoice
from ledger.policy.tasks.task import Task

FREE = Decimal(150)  # up to here nobody needs to approve a credit
CENT = Decimal("0.01")


def decide(world: World, who: str, invoice: Invoice, task: Task) -> bool:
    """What the case's plan says, in the order in which a creditor does it."""
    one = task.dispute
    assert one
    case = world.plans[one.case_id]
    credit = min((one.original * case.credit).quantize(CENT), one.disputed)
    if one.credit_requested is not None:
        return False  # the approver has it
    if credit > FREE and one.credit_approved is None and not _refused(world, invoice, one):
        world.tell(
            who,
            RequestCredit(
                invoice=invoice.number, case_id=one.case_id, amount=credit, approver=APPROVER
            ),
        )
        return True
    if "cancel" in case.turns:
        world.tell(who, CancelInvoice(invoice=invoice.number, why=case.reply))
        return True
    refused = credit > FREE and one.credit_approved is None
    world.tell(who, *_end(world, invoice, one, case, Decimal(0) if refused else credit))
    return True


def _refused(world: World, invoice: Invoice, one: Dispute) -> bool:
    return world.id(invoice.number, one.case_id, one.reopened) in world.refused


def _end(
    world: World, invoice: Invoice, one: Dispute, case: Case, credit: Decimal
) -> list[Command]:
    """The decision, with the credit note or the correction that carries it out."""
    number, outcome = invoice.number, case.outcome
    if outcome is Outcome.CREDITED and not credit:
        outcome = Outcome.REJECTED
    replaced = one.credited if outcome is Outcome.REPLACED else None
    done = ResolveDispute(
        invoice=number,
        case_id=one.case_id,
        outcome=outcome,
        root_cause=case.cause,
        credited=one.credited + credit if credit else replaced,
        explanation=case.reply,
    )
    if credit:
        note = IssueCreditNote(
            invoice=number,
            credit_note=f"CN-{number}-{one.reopened + 1}",
            amount=credit,
            case_id=one.case_id,
        )
        return [done, note]
    return [*_before(world, invoice, one, case), done]


def _before(world: World, invoice: Invoice, one: Dispute, case: Case) -> list[Command]:
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
            return [CorrectInvoice(invoice=number, amount=invoice.amount - one.disputed, why=why)]
    return []
