"""What happens by itself: the clock of the morning, and the postman, in virtual time.

They decide by the same functions as the worker's, on the books in memory. Nothing is sent: the
postman of the demo only records what a mail server would have answered.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import replace as but

from api.demo.sample_documents import Paper, mail, pdf
from api.demo.texts import DEAD, OURS, OWN
from api.demo.virtual_clock import END, Story, World, workdays
from api.postman.creditor import payment_facts
from api.postman.template_context import render_message
from api.postman.templates import Templates
from commands.command import Command
from commands.follow_up.promises import JudgePromise
from commands.follow_up.steps import due_steps, send_batch
from commands.messages.delivery import RecordEmailSent, RecordLetterPrinted
from commands.messages.failures import email_failed
from commands.messages.outbox import RecordMessageSent, WithdrawMessage
from ledger.facts.books import CREDITOR, MESSAGE, PLAYBOOK
from ledger.facts.codes import Channel
from ledger.facts.creditor import NUMBER
from ledger.facts.entry import Entry
from ledger.facts.outbound import MessageAsked
from ledger.facts.playbook import NUMBER as THE_PLAYBOOK
from ledger.facts.playbook_rules import Rules
from ledger.policy.business_days import is_business_day
from ledger.policy.follow_up.batching import batch_for_debtor, step_due
from ledger.policy.messages.withdrawal import withdrawal_reason

SHIPPED = Templates()
LAST_WEEKS = END - timedelta(days=30)


def clock(world: World) -> Story:
    """Judge promises and write to debtors, every morning."""
    for day in workdays(END):
        yield world.clock(day, 7, 30)
        for number in world.numbers:
            promise = world.invoice(number).open_promise
            if promise and day > promise.promised_for + timedelta(days=promise.grace_days):
                world.run("clock", JudgePromise(invoice=number))
        if is_business_day(day, _rules(world).calendar):
            due = _due(world).items()
            commands = [part for each in due for part in _follow_up(world, *each)]
            if commands:
                world.run("clock", *commands)


def _rules(world: World) -> Rules:
    rules: Rules = world.state(PLAYBOOK, THE_PLAYBOOK).rules
    return rules


def _due(world: World) -> dict[str, list[str]]:
    """Return the invoices whose step is due today, by debtor."""
    rules, found = _rules(world), dict[str, list[str]]()
    for invoice in map(world.invoice, world.numbers):
        if invoice.open_amount > 0 and invoice.collectable:
            owes = world.debtor(invoice.debtor)
            if step_due(invoice, invoice.debtor, owes, rules, world.today):
                found.setdefault(invoice.debtor, []).append(invoice.number)
    return found


def _follow_up(world: World, debtor: str, numbers: Sequence[str]) -> list[Command]:
    work = world.work("clock")
    batch = batch_for_debtor(world.debtor(debtor), due_steps(work, debtor, numbers))
    return send_batch(work, debtor, batch) if batch else []


def postman(world: World) -> Story:
    """Send what waits, twice a day; what is requested on the last days waits in the outbox."""
    for day in workdays(END - timedelta(days=2)):
        for hour, minute in ((11, 10), (16, 20)):
            yield world.clock(day, hour, minute)
            waiting, world.waiting = world.waiting, {}
            papers = list[Paper]()
            commands = [part for entry in waiting.values() for part in _send(world, entry, papers)]
            if commands:
                world.run("postman", *commands, papers=papers)


def _send(world: World, entry: Entry, papers: list[Paper]) -> Iterator[Command]:
    """Yield what the postman records of a message; its documents come to the ``papers``."""
    asked: MessageAsked = entry.event
    debtor = world.debtor(asked.debtor)
    invoices = [world.invoice(line.invoice) for line in asked.about]
    if why := withdrawal_reason(asked, debtor, invoices, _rules(world), world.today):
        yield WithdrawMessage(message=asked.message, why=why)
        return
    numbers = [invoice.number for invoice in invoices]
    if asked.to == (DEAD,) and world.today > LAST_WEEKS:
        state = world.state(MESSAGE, asked.message)
        why = "550 5.1.1 this mailbox does not exist"
        yield from email_failed(state, debtor, numbers, asked.to, why)
        return
    creditor = world.state(CREDITOR, NUMBER)
    facts = {**payment_facts(creditor, asked), **asked.facts}
    filled = but(asked, facts=facts)
    if asked.channel is Channel.LETTER:
        text = render_message(filled, creditor.name, debtor.name, SHIPPED)
        paper = pdf(f"{entry.book_id.hex}.pdf", text.subject, "", *text.text.splitlines())
        papers.append(paper)
        yield from _printed(asked, paper, text.subject)
        return
    text = render_message(filled, creditor.name, debtor.name, SHIPPED)
    own_id = f"{entry.book_id.hex}@{OURS}"
    paper = mail("", OWN, ", ".join(asked.to), text.subject, text.text, own_id)
    world.sent[own_id] = asked
    papers.append(paper)
    yield from _mailed(asked, paper, text.subject, f"<{own_id}>")


def _mailed(asked: MessageAsked, paper: Paper, subject: str, own_id: str) -> Iterator[Command]:
    how: dict[str, Any] = {"subject": subject, "document": paper.sha256, "to": asked.to}
    yield RecordMessageSent(message=asked.message, message_id=own_id, **how)
    for line in asked.about:
        yield RecordEmailSent(
            invoice=line.invoice,
            message=asked.message,
            purpose=asked.purpose,
            message_id=own_id,
            open_amount=line.open_amount,
            step=asked.step,
            case_id=asked.case_id,
            **how,
        )


def _printed(asked: MessageAsked, paper: Paper, subject: str) -> Iterator[Command]:
    how: dict[str, Any] = {"subject": subject, "document": paper.sha256, "to": asked.to}
    yield RecordMessageSent(message=asked.message, message_id="", **how)
    for line in asked.about:
        yield RecordLetterPrinted(
            invoice=line.invoice,
            message=asked.message,
            purpose=asked.purpose,
            open_amount=line.open_amount,
            step=asked.step,
            case_id=asked.case_id,
            **how,
        )
