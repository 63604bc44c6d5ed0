"""The creditor in messages: the sender, the letterhead, and where debtors pay and call."""

from dataclasses import replace

from api.postman.letters.typeset import Letterhead, address_lines
from api.postman.sender import Sender
from api.postman.templates import Templates, own_folder
from api.session import TenantSession
from ledger.facts.books import CREDITOR
from ledger.facts.creditor import NUMBER, Creditor


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


def payment_facts(creditor: Creditor) -> dict[str, str]:
    """Return the facts of a message that say where to pay and whom to call."""
    facts = {"contact": creditor.contact, "phone": creditor.phone}
    for account in creditor.bank_accounts[:1]:
        facts |= {
            "iban": in_fours(account.iban),
            "bic": account.bic,
            "account_holder": account.name,
        }
    return {name: value for name, value in facts.items() if value}


def in_fours(iban: str) -> str:
    """Return the IBAN as it is written on paper (ISO 13616): in groups of four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
