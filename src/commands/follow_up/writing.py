"""Writing to a debtor about invoices that a person selected, by the rules of our own reminders."""

from collections.abc import Sequence
from datetime import timedelta

from msgspec.structs import replace

from commands.command import Command
from commands.follow_up.steps import RequestMessageStrict
from commands.messages.outbox import snapshot
from commands.work import Work
from ledger.facts import outbound as ev
from ledger.facts.books import DEBTOR, INVOICE, PLAYBOOK
from ledger.facts.codes import Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook import NUMBER
from ledger.policy.follow_up.amounts import amount_to_ask
from ledger.policy.follow_up.batching import message_key
from ledger.policy.messages.languages import language_of
from ledger.policy.messages.withdrawal import withdrawal_reason
from ledger.policy.reachability import USES, can_reach
from ledger.policy.refusal import Refused

PURPOSES = {
    "invoice-copy": Purpose.INVOICE_COPY,
    "reminder": Purpose.REMINDER,
    "final-notice": Purpose.REMINDER,
    "fourteen-days": Purpose.REMINDER,
}
PAY_WITHIN = {"final-notice": 7, "fourteen-days": 15}  # days; by law fourteen, after the arrival


def write_to_debtor(
    work: Work, debtor: str, numbers: Sequence[str], template: str, channel: Channel
) -> list[Command]:
    """Return the command that requests the message; the follow-up writes no other that day.

    Raises ``Refused`` for what our own follow-up would not send either.
    """
    work.assert_unchanged(PLAYBOOK, NUMBER)
    work.assert_unchanged(DEBTOR, debtor)
    state, today = work.state(DEBTOR, debtor), work.now.today
    invoices = [_of_debtor(work, number, debtor) for number in numbers]
    if not invoices:
        raise Refused("message-about-nothing", "invoices")
    if template not in PURPOSES:
        raise Refused("no-template", "template", known=", ".join(PURPOSES))
    if work.playbook.rules is None:
        raise Refused("not-to-be-sent", why="no playbook is applied yet.")
    if not can_reach(state, channel):
        raise Refused("debtor-not-reachable", "channel", channel=channel.value)
    request = _request(work, state, invoices, template, channel)
    asked = request.event(ev.MessageAsked, today)
    if why := withdrawal_reason(asked, state, invoices, work.rules, today):
        raise Refused("not-to-be-sent", why=why)
    return [request]


def _request(
    work: Work, state: Debtor, invoices: Sequence[Invoice], template: str, channel: Channel
) -> RequestMessageStrict:
    today, within = work.now.today, PAY_WITHIN.get(template)
    return RequestMessageStrict(
        message=message_key(state.number, today),
        purpose=PURPOSES[template],
        channel=channel,
        to=(getattr(state, USES[channel]),),
        template=template,
        language=language_of(state, work.rules.calendar.country),
        about=tuple(
            replace(snapshot(invoice), open_amount=amount_to_ask(invoice, today))
            for invoice in invoices
        ),
        debtor=state.number,
        facts={"pay_by": str(today + timedelta(days=within))} if within else {},
        playbook=work.playbook.version,
    )


def _of_debtor(work: Work, number: str, debtor: str) -> Invoice:
    """Return an invoice of which something is to be asked. Raises ``Refused``."""
    invoice: Invoice = work.state(INVOICE, number)
    if not invoice.known or invoice.debtor != debtor:
        raise Refused("debtor-changed", invoice=number)
    if amount_to_ask(invoice, work.now.today) <= 0:
        raise Refused("nothing-to-ask", "invoices", invoice=number)
    return invoice
