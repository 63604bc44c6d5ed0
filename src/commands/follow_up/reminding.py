"""Reminding a debtor now: the next step of the ladder, before its day, when a person wants it."""

from collections.abc import Sequence

from commands.command import Command
from commands.follow_up.steps import send_batch
from commands.work import Work
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.follow_up.batching import batch_for_debtor
from ledger.policy.follow_up.contact_days import why_closed
from ledger.policy.follow_up.ladder import DueStep, next_step
from ledger.policy.follow_up.pauses import debtor_pause, pause_reason
from ledger.policy.refusal import Refused


def remind_now(work: Work, debtor: str, numbers: Sequence[str]) -> list[Command]:
    """Return the commands that send the furthest next step, about all invoices that fit in it.

    Raises ``Refused`` with why not, when none of them may be asked for now.
    """
    state, today = work.state(DEBTOR, debtor), work.now.today
    if not numbers:
        raise Refused("message-about-nothing", "invoices")
    if work.playbook.rules is None:
        raise Refused("not-to-be-sent", why="no playbook is applied yet.")
    if why := why_closed(work.rules, today):
        raise Refused("not-a-contact-day", why=why)
    if pause := debtor_pause(state, today):
        raise Refused("not-to-be-sent", why=f"{pause.why}.")
    found, stopped = list[tuple[Invoice, DueStep]](), list[str]()
    for number in numbers:
        step = _next(work, state, number)
        if isinstance(step, str):
            stopped.append(f"{number}: {step}.")
        else:
            found.append((work.state(INVOICE, number), step))
    if not found:
        raise Refused("not-to-be-sent", why=tuple(stopped[:3]))
    batch = batch_for_debtor(state, found)
    if batch is None:
        channels = " / ".join(channel.value for channel in found[0][1].step.channels)
        raise Refused("debtor-not-reachable", channel=channels)
    return send_batch(work, debtor, batch, ahead=True)


def _next(work: Work, debtor: Debtor, number: str) -> DueStep | str:
    """Return the next step of an invoice that may go today, or why none does."""
    invoice, today = work.state(INVOICE, number), work.now.today
    if invoice.debtor != debtor.number:
        raise Refused("debtor-changed", invoice=number)
    if pause := pause_reason(invoice, debtor, work.rules, today):
        return pause.why
    due = next_step(invoice, debtor, work.rules, today)
    if due is None:
        return "the ladder is at its end"
    if due.may_go_on > today:
        return f"{due.step.step} may not go before {due.may_go_on}"
    return due
