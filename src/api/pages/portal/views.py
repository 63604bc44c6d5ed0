"""The pages about an invoice, in the debtor's words and figures."""

from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.links.urls import portal_path
from api.pages.kit.html import render_page
from api.pages.portal.bill import Bill, short
from api.pages.portal.course import course_of
from api.pages.portal.guest import Guest, OnInvoice
from api.postman.how_to_pay import code_svg, how_to_pay
from api.postman.invoice_documents import invoice_document
from ledger.policy.payments.payable import Payable, payable

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
        **account_of(guest, payable_of(guest, bill), bill.money(bill.now)),
    )


def account_of(guest: Guest, due: Payable | None, amount: str = "") -> dict[str, Any]:
    """Return how to pay what is due, if anything, and whom to call."""
    creditor = guest.creditor
    pay = how_to_pay(due, guest.words, amount) if due else None
    return {
        "pay": pay,
        "drawn": Markup(code_svg(pay.code, border=2)) if pay and pay.code else "",
        "phone": creditor.phone,
        "contact": creditor.contact,
    }


def payable_of(guest: Guest, bill: Bill) -> Payable | None:
    """Return how to pay what is due of an invoice now, else next; None when nothing is."""
    invoice = bill.invoice
    if not bill.to_pay or bill.agency:
        return None
    return payable(guest.creditor, [invoice.number], bill.now, invoice.currency, guest.today)
