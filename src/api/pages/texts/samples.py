"""Previews of a text: with an invoice of the books, or with two that do not exist."""

from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace as but

from api.firm import creditor_of
from api.postman.creditor import payment_facts
from api.postman.preview import ALL_FACTS, example
from api.postman.template_context import render_message
from api.postman.templates import BadTemplate, Templates
from api.session import TenantSession
from commands.messages.outbox import snapshot
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.creditor import Creditor
from ledger.facts.outbound import MessageAsked
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import Scope

OF_ACCOUNT = ("iban", "bic", "account_holder", "account_changed", "reference")


@dataclass(frozen=True)
class Sample:
    """What a text becomes, and for which invoice; none when it was made up."""

    subject: str
    text: str
    invoice: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Occasion:
    """A message about an invoice of the books, and the names in it."""

    invoice: str
    asked: MessageAsked
    creditor: Creditor
    debtor: str


def occasion(session: TenantSession, number: str, scope: Scope) -> Occasion:
    """Return what the previews are made for. Raises ``NotFound`` for an invoice that is not there
    or not visible."""
    invoice = session.ledger.book(INVOICE, number).state
    if not invoice.known or not scope.sees(invoice):
        raise NotFound("no-invoice", invoice=number)
    debtor, creditor = session.ledger.book(DEBTOR, invoice.debtor).state, creditor_of(session)
    today = session.ledger.today(session.clock())
    asked = MessageAsked(
        on=today,
        message="preview",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        to=("preview@example.invalid",),
        template="",
        language="",
        about=(snapshot(invoice),),
        debtor=invoice.debtor,
    )
    return Occasion(number, asked, creditor, debtor.name or invoice.debtor)


def sample(used: Templates, template: str, language: str, about: Occasion | None) -> Sample:
    """Render a text; without an occasion with two invoices that do not exist."""
    number = about.invoice if about else ""
    try:
        if about:
            asked = but(about.asked, template=template, language=language)
            asked = but(asked, facts=_facts(asked.on, payment_facts(about.creditor, asked)))
            made = render_message(asked, about.creditor.name, about.debtor, used)
        else:
            made = example(used, template, language)
    except BadTemplate as error:
        return Sample("", "", number, str(error))
    return Sample(made.subject, made.text, number)


def _facts(today: date, ours: dict[str, str]) -> dict[str, str]:
    """Return a value for each fact; a fact about our account only if we have it."""
    days = {name: today.isoformat() for name in ALL_FACTS if name.endswith(("_on", "_by"))}
    days.pop("approved_by", None)
    return {**ALL_FACTS, **days, **dict.fromkeys(OF_ACCOUNT, ""), **ours}
