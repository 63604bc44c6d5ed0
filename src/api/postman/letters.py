"""A message that waits, as things stand now: is there still cause for it, and what does it say?"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace as but

from api.answers.links import answer_url
from api.mailbox.address import reply_address, secret
from api.playbook.file import in_force
from api.postman.compose import Mail, Sender, compose
from api.wiring import Desk
from commands.command import Unknown
from commands.emails import OF_OPEN_CASE, no_cause
from ledger import tenants
from ledger.books import DEBTOR, INVOICE, MESSAGE
from ledger.debtor import Debtor
from ledger.invoice import Invoice
from ledger.message import Message, MessageAsked


@dataclass(frozen=True)
class Letter:
    """A message that waits, with the books it is about as they stand now."""

    message: Message
    asked: MessageAsked
    at: datetime  # it was asked for
    debtor: Debtor
    invoices: list[Invoice]


def letter(desk: Desk, number: str) -> Letter:
    """Raises ``Unknown``."""
    message = desk.ledger.book(MESSAGE, number).state
    if message.asked is None:
        raise Unknown(f"There is no message {number}.")
    [first] = desk.ledger.history(message.id, upto=1)
    asked = message.asked
    numbers = dict.fromkeys(one.invoice for one in asked.about)
    invoices = [desk.ledger.book(INVOICE, one).state for one in numbers]
    debtor = desk.ledger.book(DEBTOR, asked.debtor).state
    return Letter(message, asked, first.at, debtor, [one for one in invoices if one.known])


def gone(desk: Desk, one: Letter) -> str:
    """Why there is no cause for it any more; empty when there is."""
    _, rules = in_force(desk.ledger)
    return no_cause(one.asked, one.debtor, one.invoices, rules, desk.ledger.today(desk.clock()))


def as_mail(desk: Desk, letter: Letter, sender: Sender, own: Path | None) -> Mail:
    """Raises ``BadTemplate``."""
    asked, book_id, sender = letter.asked, letter.message.id, named(desk, sender)
    facts = dict(asked.facts)
    if asked.purpose in OF_OPEN_CASE and asked.case_id:
        who = asked.to[0]
        facts["link"] = answer_url(desk.pool, desk.tenant, asked.case_id, who, letter.at)
    if key := secret():
        facts["reply_to"] = reply_address(key, desk.tenant, book_id, sender.replies_to)
    asked = but(asked, facts=facts)
    return compose(asked, book_id, letter.at, sender, letter.debtor.name, own)


def named(desk: Desk, sender: Sender) -> Sender:
    """By the tenant's name, where the settings say none."""
    if sender.name:
        return sender
    with desk.pool.connection() as conn:
        return replace(sender, name=tenants.get(conn, desk.tenant).name)
