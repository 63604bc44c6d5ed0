"""The outcome of a message, recorded in its book and those of its invoices in one append."""

from api.postman.outbox import PendingMessage
from api.session import TenantSession
from commands.command import Command
from commands.execute import execute
from commands.messages.delivery import RecordEmailFailed, RecordLetterFailed, WithdrawStep
from commands.messages.failures import email_failed
from commands.messages.outbox import DelayMessage, FailMessage, WithdrawMessage, is_last_attempt
from ledger.facts.codes import Channel

ACTOR = "postman"


def record(session: TenantSession, *commands: Command) -> None:
    execute(session.ledger, commands, session.context(ACTOR))


def delayed(session: TenantSession, pending: PendingMessage, why: str) -> None:
    """Record that it is to be tried again, or that it failed at its last attempt."""
    if is_last_attempt(pending.message):
        fail(session, pending, f"after {pending.message.tries + 1} tries: {why}")
    else:
        record(session, DelayMessage(message=pending.asked.message, at=session.clock(), why=why))


def fail(session: TenantSession, pending: PendingMessage, why: str) -> None:
    asked = pending.asked
    kind = RecordLetterFailed if asked.channel is Channel.LETTER else RecordEmailFailed
    failures = [
        kind(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=asked.to,
            why=why,
            case_id=asked.case_id,
        )
        for invoice in pending.invoices
    ]
    record(session, FailMessage(message=asked.message, why=why, to=asked.to), *failures)


def refused(session: TenantSession, pending: PendingMessage, why: str) -> None:
    """Record that the mail server refuses the mail for good: another way is looked for."""
    numbers = [invoice.number for invoice in pending.invoices]
    to = pending.asked.to
    record(session, *email_failed(pending.message, pending.debtor, numbers, to, why))


def withdraw(session: TenantSession, pending: PendingMessage, why: str) -> None:
    record(session, *withdrawal_of(pending, why))


def withdrawal_of(pending: PendingMessage, why: str) -> list[Command]:
    """Return what withdraws it and the steps of its invoices, so that the clock can request
    another."""
    number = pending.asked.message
    steps = [
        WithdrawStep(invoice=invoice.number, message=number, why=why)
        for invoice in pending.invoices
    ]
    return [WithdrawMessage(message=number, why=why), *steps]
