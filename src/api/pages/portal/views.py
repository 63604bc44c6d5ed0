"""The pages about an invoice, in the debtor's words and figures."""

from typing import Any

from starlette.responses import Response

from api.links.urls import portal_path
from api.pages.kit.html import render_page
from api.pages.portal.bill import Bill, short
from api.pages.portal.course import course_of
from api.pages.portal.guest import Guest, OnInvoice
from api.postman.creditor import in_fours
from api.postman.invoice_documents import invoice_document

DONE = {
    "promise": "Your promise is recorded. Until then you get no reminders of it.",
    "payment": "Thank you: we look for your payment, and write to you if we do not find it.",
    "message": "Your message is sent. We read it, and write to you.",
    "fresh": "This is your fresh link.",
}


def page(guest: Guest, template: str, title: str, status: int = 200, **facts: Any) -> Response:
    """Return a page in the frame of the portal."""
    common = {
        "title": title,
        "guest": guest,
        "csrf": guest.csrf,
        "home": guest.home,
        "money": guest.words.money,
    }
    return render_page(
        f"portal/{template}.html", status, guest.words, guest.brand, **(common | facts)
    )


def invoice_page(on: OnInvoice, did: str = "") -> Response:
    """Return the page of an invoice; ``did`` names what was just sent."""
    guest, invoice, _ = on.guest, on.invoice, on.words
    bill = Bill(invoice, guest.today, _)
    return page(
        guest,
        "invoice",
        _("Invoice {invoice}", invoice=invoice.number),
        on=on,
        bill=bill,
        done=_(DONE[did]) if did in DONE else "",
        copies=invoice_document(entry.event for entry in on.entries),
        course=course_of(invoice, on.seen, _),
        short=short,
        door=f"{portal_path(guest.session.tenant)}/sign-in",
        **account_of(guest),
    )


def account_of(guest: Guest) -> dict[str, Any]:
    """Return where to pay, and whom to call."""
    creditor = guest.creditor
    account = next(iter(creditor.bank_accounts), None)
    return {
        "iban": in_fours(account.iban) if account else "",
        "bic": account.bic if account else "",
        "holder": (account.name if account else "") or creditor.name,
        "phone": creditor.phone,
        "contact": creditor.contact,
    }
