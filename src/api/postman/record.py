"""What became of a message, in its own book and in those of its invoices: one append."""

from api.postman.outbox import PendingMessage
from api.session import TenantSession
from commands.command import Command
from commands.execute import execute
from commands.messages.delivery import RecordEmailFailed, RecordLetterFailed, WithdrawStep
from commands.messages.outbox import DelayMessage, FailMessage, WithdrawMessage, is_last_attempt
from ledger.facts.codes import Channel

ACTOR = "postman"


def sent(session: TenantSession, *told: Command) -> None:
    """As ``told``: what it was differs between mails and letters."""
    execute(session.ledger, told, session.context(ACTOR))


def delayed(session: TenantSession, one: PendingMessage, why: str) -> None:
    """It is tried again, or fails, when it was tried often enough."""
    if is_last_attempt(one.message):
        fail(session, one, f"after {one.message.tries + 1} tries: {why}")
    else:
        sent(session, DelayMessage(message=one.asked.message, at=session.clock(), why=why))


def fail(session: TenantSession, one: PendingMessage, why: str) -> None:
    asked = one.asked
    kind = RecordLetterFailed if asked.channel is Channel.LETTER else RecordEmailFailed
    told = [
        kind(
            invoice=invoice.number,
            message=asked.message,
            purpose=asked.purpose,
            to=asked.to,
            why=why,
            case_id=asked.case_id,
        )
        for invoice in one.invoices
    ]
    sent(session, FailMessage(message=asked.message, why=why, to=asked.to), *told)


def withdraw(session: TenantSession, one: PendingMessage, why: str) -> None:
    """The clock finds the steps of its invoices anew, and asks for another message."""
    number = one.asked.message
    steps = [WithdrawStep(invoice=each.number, message=number, why=why) for each in one.invoices]
    sent(session, WithdrawMessage(message=number, why=why), *steps)
