"""A message that waits, as the mail or the letter that goes."""

from dataclasses import replace
from pathlib import Path

from msgspec.structs import replace as but

from api.links.reply_address import reply_address, secret
from api.links.urls import answer_url
from api.postman.email.compose import Mail, compose
from api.postman.invoice_documents import attachments
from api.postman.letters.typeset import Letter, Letterhead, typeset
from api.postman.outbox import PendingMessage
from api.postman.sender import Sender
from api.session import TenantSession
from ledger.database import tenants
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.withdrawal import OF_OPEN_CASE


def build_email(
    session: TenantSession,
    one: PendingMessage,
    sender: Sender,
    own: Path | None,
    hidden: bool = False,
) -> Mail:
    """Only a mail that nobody else gets a copy of has the link of who must answer; of a ``hidden``
    one only its beginning is told. Raises ``BadTemplate`` or ``Damaged``."""
    asked, book_id, sender = one.asked, one.message.id, named(session, sender)
    facts = dict(asked.facts)
    if _has_link(asked):
        assert asked.case_id
        link = answer_url(session.pool, session.tenant, asked.case_id, asked.to[0], one.at)
        facts["link"] = f"{link[: link.rindex('/')]}/…" if hidden and link else link
    if key := secret():
        facts["reply_to"] = reply_address(key, session.tenant, book_id, sender.replies_to)
    attached = attachments(session, one)
    if attached:
        facts["attached"] = ", ".join(dict.fromkeys(each.invoice for each in attached))
    asked = but(asked, facts=facts)
    return compose(asked, book_id, one.at, sender, one.debtor.name, own, attached)


def archived_email(
    session: TenantSession, one: PendingMessage, mail: Mail, sender: Sender, own: Path | None
) -> bytes:
    """The ``mail`` for the file, which many may read: none of them may answer in another's name."""
    hidden = build_email(session, one, sender, own, hidden=True) if _has_link(one.asked) else mail
    return hidden.raw


def _has_link(asked: MessageAsked) -> bool:
    return asked.purpose in OF_OPEN_CASE and bool(asked.case_id) and not asked.copy_to


def build_letter(
    session: TenantSession, one: PendingMessage, sender: Sender, paper: Letterhead, own: Path | None
) -> Letter:
    """Raises ``BadTemplate``."""
    _, rules = session.playbook()
    sender = named(session, sender)
    home = rules.calendar.country
    return typeset(one.asked, one.message.id, one.at, sender, paper, one.debtor, home, own)


def named(session: TenantSession, sender: Sender) -> Sender:
    """By the tenant's name, where the settings say none."""
    if sender.name:
        return sender
    with session.pool.connection() as conn:
        return replace(sender, name=tenants.get(conn, session.tenant).name)
