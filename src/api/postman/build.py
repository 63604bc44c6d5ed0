"""E-mails and letters built from pending messages."""

from pathlib import Path

from msgspec.structs import replace as but

from api.firm import creditor_of, logo_of
from api.links.link import InvoiceLink
from api.links.message_ids import message_id
from api.links.reply_address import reply_address, secret
from api.links.urls import (
    account_url,
    answer_url,
    hidden_answer_url,
    hidden_invoice_url,
    invoice_url,
)
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
from ledger.policy.visibility import TO_DEBTORS, reads_mail, speaks_for


def build_email(
    session: TenantSession,
    pending: PendingMessage,
    sender: Sender,
    own: Path | None,
    hidden: bool = False,
) -> Mail:
    """Return the e-mail of a pending message. Raises ``BadTemplate`` or ``CorruptDocument``.

    Only an e-mail without copies has the answer link, or a debtor's link to each invoice;
    ``hidden`` leaves out the tokens.
    """
    asked, book_id = pending.asked, pending.message.id
    creditor = creditor_of(session, sender.name)
    sender, templates = sender_of(creditor, sender), Templates(own, creditor.templates)
    asked = but(asked, language=_language(pending, creditor))
    facts, link = {**payment_facts(creditor, asked), **asked.facts}, ""
    if _has_link(asked):
        link = hidden_answer_url() if hidden else _answer_url(session, pending)
        facts["link"] = link
    if pages := _pages(session, pending, hidden):
        facts["pages"] = pages
    if key := secret():
        facts["reply_to"] = reply_address(key, session.tenant, book_id, sender.replies_to)
    attached = attachments(session, pending, linked=bool(link))
    if attached:
        facts["attached"] = ", ".join(dict.fromkeys(copy.invoice for copy in attached))
    if asked.purpose is Purpose.REQUEST:
        names = document_names(session, pending) if link else [copy.name for copy in attached]
        facts["documents"] = "\n".join(f"- {name}" for name in names)
    asked = but(asked, facts=facts)
    own_id = message_id(session.pool, session.tenant, book_id, sender.domain, pending.at)
    logo = logo_of(session, creditor, PNG)
    name = pending.debtor.name
    look = (logo, creditor.accent)
    return compose(asked, book_id, own_id, pending.at, sender, name, templates, attached, *look)


def archived_email(
    session: TenantSession, pending: PendingMessage, mail: Mail, sender: Sender, own: Path | None
) -> bytes:
    """Return the bytes to archive: without any token, as more people read the file."""
    if _has_link(pending.asked) or _for_debtor(pending):
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


def _for_debtor(pending: PendingMessage) -> bool:
    """Return whether a debtor alone gets it, at an address that is known of them."""
    asked = pending.asked
    alone = len(asked.to) == 1 and not asked.copy_to
    return asked.purpose in TO_DEBTORS and alone and speaks_for(pending.debtor, asked.to[0])


def _pages(session: TenantSession, pending: PendingMessage, hidden: bool) -> str:
    """Return a line for each invoice with the address at which the debtor opens it, if any."""
    asked, lines = pending.asked, list[str]()
    for invoice in pending.invoices if _for_debtor(pending) else ():
        link = InvoiceLink(session.tenant, invoice.id, invoice.debtor, asked.to[0].lower())
        url = (
            hidden_invoice_url(session.tenant)
            if hidden
            else invoice_url(session.pool, link, pending.at)
        )
        lines += [f"- {invoice.number}: {url}"] if url and invoice.debtor == asked.debtor else []
    return "\n".join(lines)


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
    """Return the letter of a pending message. Raises ``BadTemplate``.

    It has the address of the debtor's account and no link: a paper has more readers, and is kept.
    """
    home = session.playbook()[1].calendar.country
    creditor = creditor_of(session, sender.name)
    asked = but(pending.asked, language=_language(pending, creditor))
    facts = {**payment_facts(creditor, asked), **asked.facts}
    if asked.purpose in TO_DEBTORS and reads_mail(pending.debtor):
        facts["account_page"] = account_url(session.tenant)
    asked = but(asked, facts=facts)
    sender, templates = sender_of(creditor, sender), Templates(own, creditor.templates)
    paper = paper_of(creditor, paper, logo_of(session, creditor, PNG, SVG))
    book_id, debtor = pending.message.id, pending.debtor
    return typeset(asked, book_id, pending.at, sender, paper, debtor, home, templates)
