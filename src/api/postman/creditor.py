"""The creditor in messages: the sender, the letterhead, and where debtors pay and call."""

from dataclasses import replace

from api.i18n.translate import Translation
from api.postman.how_to_pay import how_to_pay, in_fours
from api.postman.invoice_texts import total
from api.postman.letters.typeset import Letterhead, address_lines
from api.postman.sender import Sender
from api.postman.template_context import locale_of
from api.postman.templates import Templates, own_folder, supported_language
from api.session import TenantSession
from ledger.facts.books import CREDITOR
from ledger.facts.codes import ZERO
from ledger.facts.creditor import NUMBER, Creditor
from ledger.facts.outbound import MessageAsked
from ledger.policy.payments.payable import Payable, payable


def templates_of(session: TenantSession) -> Templates:
    """Return the templates of a tenant: on record, then in the folder of the settings."""
    creditor: Creditor = session.ledger.book(CREDITOR, NUMBER).state
    return Templates(own_folder(), creditor.templates)


def sender_of(creditor: Creditor, sender: Sender) -> Sender:
    """Return the sender of the settings with the creditor's own name and addresses."""
    return Sender(
        creditor.email or sender.address,
        creditor.sender_name or creditor.name,
        creditor.reply_to or ("" if creditor.email else sender.mailbox),
        creditor.name,
    )


def paper_of(creditor: Creditor, paper: Letterhead, logo: bytes = b"") -> Letterhead:
    """Return the letterhead of the settings with the creditor's own lines, address and logo."""
    return replace(
        paper,
        address=address_lines(creditor.address) or paper.address,
        mail=creditor.reply_to or creditor.email or paper.mail,
        foot=tuple(creditor.letter_foot.splitlines()) or paper.foot,
        head=tuple(creditor.letter_head.splitlines()),
        logo=logo,
    )


def payment_facts(creditor: Creditor, asked: MessageAsked) -> dict[str, str]:
    """Return the facts of a message that say how to pay and whom to call, in its language."""
    facts = {"contact": creditor.contact, "phone": creditor.phone}
    if due := payable_of(creditor, asked):
        words = Translation(supported_language(asked.language))
        shown = how_to_pay(due, words, total(asked.about, locale_of(asked.language)))
        facts |= {
            "iban": in_fours(due.account.iban),
            "bic": due.account.bic,
            "account_holder": due.account.name,
            "reference": due.named,
            "account_changed": shown.warning,
            "how_to_pay": shown.text,
            "payment_code": shown.code,
        }
    return {name: value for name, value in facts.items() if value}


def payable_of(creditor: Creditor, asked: MessageAsked) -> Payable | None:
    """Return how the invoices of a message are to be paid; None when it has none."""
    if not asked.about:
        return None
    currencies = {invoice.currency for invoice in asked.about}
    amount = sum((invoice.open_amount for invoice in asked.about), ZERO)
    return payable(
        creditor,
        [invoice.invoice for invoice in asked.about],
        amount if len(currencies) == 1 else None,
        asked.about[0].currency,
        asked.on,
        asked.debtor,
    )
