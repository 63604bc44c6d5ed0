"""E-mails and letters built from pending messages."""

from pathlib import Path

from msgspec.structs import replace as but

from api.links.message_ids import message_id
from api.links.reply_address import reply_address, secret
from api.links.urls import answer_url
from api.postman.creditor import creditor_of, paper_of, payment_facts, sender_of
from api.postman.email.compose import Mail, compose
from api.postman.invoice_documents import attachments
from api.postman.letters.typeset import Letter, Letterhead, typeset
from api.postman.outbox import PendingMessage
from api.postman.sender import Sender
from api.session import TenantSession
from ledger.facts.outbound import MessageAsked
from ledger.policy.messages.withdrawal import OF_OPEN_CASE


def build_email(
    session: TenantSession,
    pending: PendingMessage,
    sender: Sender,
    own: Path | None,
    hidden: bool = False,
) -> Mail:
    """Return the e-mail of a pending message. Raises ``BadTemplate`` or ``CorruptDocument``.

    Only an e-mail without copies has the answer link; ``hidden`` cuts off the link's token.
    """
    asked, book_id, creditor = pending.asked, pending.message.id, creditor_of(session)
    sender = sender_of(creditor, sender)
    facts = {**payment_facts(creditor), **asked.facts}
    if _has_link(asked):
        assert asked.case_id
        link = answer_url(session.pool, session.tenant, asked.case_id, asked.to[0], pending.at)
        facts["link"] = f"{link[: link.rindex('/')]}/…" if hidden and link else link
    if key := secret():
        facts["reply_to"] = reply_address(key, session.tenant, book_id, sender.replies_to)
    attached = attachments(session, pending)
    if attached:
        facts["attached"] = ", ".join(dict.fromkeys(copy.invoice for copy in attached))
    asked = but(asked, facts=facts)
    own_id = message_id(session.pool, session.tenant, book_id, sender.domain, pending.at)
    return compose(asked, book_id, own_id, pending.at, sender, pending.debtor.name, own, attached)


def archived_email(
    session: TenantSession, pending: PendingMessage, mail: Mail, sender: Sender, own: Path | None
) -> bytes:
    """Return the bytes to archive: without the answer link, as more people read the file."""
    if _has_link(pending.asked):
        mail = build_email(session, pending, sender, own, hidden=True)
    return mail.raw


def _has_link(asked: MessageAsked) -> bool:
    return asked.purpose in OF_OPEN_CASE and bool(asked.case_id) and not asked.copy_to


def build_letter(
    session: TenantSession,
    pending: PendingMessage,
    sender: Sender,
    paper: Letterhead,
    own: Path | None,
) -> Letter:
    """Return the letter of a pending message. Raises ``BadTemplate``."""
    home = session.playbook()[1].calendar.country
    creditor = creditor_of(session)
    asked = but(pending.asked, facts={**payment_facts(creditor), **pending.asked.facts})
    sender, paper = sender_of(creditor, sender), paper_of(creditor, paper)
    return typeset(asked, pending.message.id, pending.at, sender, paper, pending.debtor, home, own)
