"""E-mails and letters built from pending messages."""

from pathlib import Path

from msgspec.structs import replace as but

from api.firm import creditor_of, logo_of
from api.links.message_ids import message_id
from api.links.reply_address import reply_address, secret
from api.links.urls import answer_url, hidden_answer_url
from api.postman.creditor import paper_of, payment_facts, sender_of
from api.postman.email.compose import Mail, compose
from api.postman.invoice_documents import attachments, document_names
from api.postman.letters.typeset import Letter, Letterhead, typeset
from api.postman.outbox import PendingMessage
from api.postman.sender import Sender
from api.postman.templates import Templates
from api.session import TenantSession
from ledger.facts.codes import Purpose
from ledger.facts.creditor import Creditor
from ledger.facts.outbound import MessageAsked
from ledger.policy.logo import PNG, SVG
from ledger.policy.messages.withdrawal import OF_OPEN_CASE


def build_email(
    session: TenantSession,
    pending: PendingMessage,
    sender: Sender,
    own: Path | None,
    hidden: bool = False,
) -> Mail:
    """Return the e-mail of a pending message. Raises ``BadTemplate`` or ``CorruptDocument``.

    Only an e-mail without copies has the answer link; ``hidden`` leaves out the link's token.
    """
    asked, book_id = pending.asked, pending.message.id
    creditor = creditor_of(session, sender.name)
    sender, templates = sender_of(creditor, sender), Templates(own, creditor.templates)
    facts, link = {**payment_facts(creditor), **asked.facts}, ""
    if _has_link(asked):
        link = hidden_answer_url() if hidden else _answer_url(session, pending)
        facts["link"] = link
    if key := secret():
        facts["reply_to"] = reply_address(key, session.tenant, book_id, sender.replies_to)
    attached = attachments(session, pending, linked=bool(link))
    if attached:
        facts["attached"] = ", ".join(dict.fromkeys(copy.invoice for copy in attached))
    if asked.purpose is Purpose.REQUEST:
        names = document_names(session, pending) if link else [copy.name for copy in attached]
        facts["documents"] = "\n".join(f"- {name}" for name in names)
    asked = but(asked, facts=facts, language=_language(pending, creditor))
    own_id = message_id(session.pool, session.tenant, book_id, sender.domain, pending.at)
    logo = logo_of(session, creditor, PNG)
    name = pending.debtor.name
    return compose(asked, book_id, own_id, pending.at, sender, name, templates, attached, logo)


def archived_email(
    session: TenantSession, pending: PendingMessage, mail: Mail, sender: Sender, own: Path | None
) -> bytes:
    """Return the bytes to archive: without the answer link, as more people read the file."""
    if _has_link(pending.asked):
        mail = build_email(session, pending, sender, own, hidden=True)
    return mail.raw


def _language(pending: PendingMessage, creditor: Creditor) -> str:
    """Return the language of the message: the creditor's to colleagues and to strangers."""
    ours = pending.asked.purpose in OF_OPEN_CASE
    known = pending.debtor.language or pending.debtor.country
    return (
        creditor.language if creditor.language and (ours or not known) else pending.asked.language
    )


def _has_link(asked: MessageAsked) -> bool:
    return asked.purpose in OF_OPEN_CASE and bool(asked.case_id) and not asked.copy_to


def _answer_url(session: TenantSession, pending: PendingMessage) -> str:
    asked = pending.asked
    assert asked.case_id
    return answer_url(session.pool, session.tenant, asked.case_id, asked.to[0], pending.at)


def build_letter(
    session: TenantSession,
    pending: PendingMessage,
    sender: Sender,
    paper: Letterhead,
    own: Path | None,
) -> Letter:
    """Return the letter of a pending message. Raises ``BadTemplate``."""
    home = session.playbook()[1].calendar.country
    creditor = creditor_of(session, sender.name)
    facts = {**payment_facts(creditor), **pending.asked.facts}
    asked = but(pending.asked, facts=facts, language=_language(pending, creditor))
    sender, templates = sender_of(creditor, sender), Templates(own, creditor.templates)
    paper = paper_of(creditor, paper, logo_of(session, creditor, PNG, SVG))
    book_id, debtor = pending.message.id, pending.debtor
    return typeset(asked, book_id, pending.at, sender, paper, debtor, home, templates)
