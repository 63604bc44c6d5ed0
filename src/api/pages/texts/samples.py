"""Previews of a text: with an invoice of the books, or with two that do not exist."""

from dataclasses import dataclass
from datetime import date

from api.firm import creditor_of
from api.postman.creditor import payment_facts
from api.postman.preview import ALL_FACTS, example
from api.postman.template_context import render_message
from api.postman.templates import BadTemplate, RenderedText, Templates
from api.session import TenantSession
from commands.messages.outbox import snapshot
from ledger.facts.books import DEBTOR, INVOICE
from ledger.facts.codes import Channel, Purpose
from ledger.facts.outbound import MessageAsked
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import Scope


@dataclass(frozen=True)
class Sample:
    """What a text becomes, and for which invoice; none when it was made up."""

    subject: str
    text: str
    invoice: str = ""
    fault: str = ""


def sample(
    session: TenantSession,
    used: Templates,
    template: str,
    language: str,
    invoice: str,
    scope: Scope,
) -> Sample:
    """Render a text. Raises ``NotFound`` for an invoice that is not there or not visible."""
    try:
        if not invoice:
            made = example(used, template, language)
        else:
            made = _real(session, used, template, language, invoice, scope)
    except BadTemplate as error:
        return Sample("", "", invoice, str(error))
    return Sample(made.subject, made.text, invoice)


def _real(
    session: TenantSession,
    used: Templates,
    template: str,
    language: str,
    number: str,
    scope: Scope,
) -> RenderedText:
    invoice = session.ledger.book(INVOICE, number).state
    if not invoice.known or not scope.sees(invoice):
        raise NotFound("no-invoice", invoice=number)
    debtor, creditor = session.ledger.book(DEBTOR, invoice.debtor).state, creditor_of(session)
    asked = MessageAsked(
        on=session.ledger.today(session.clock()),
        message="preview",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        to=("preview@example.invalid",),
        template=template,
        language=language,
        about=(snapshot(invoice),),
        debtor=invoice.debtor,
        facts=_facts(session.ledger.today(session.clock()), payment_facts(creditor)),
    )
    return render_message(asked, creditor.name, debtor.name or invoice.debtor, used)


def _facts(today: date, ours: dict[str, str]) -> dict[str, str]:
    """Return a value for each fact; a fact about our account only if we have it."""
    days = {name: today.isoformat() for name in ALL_FACTS if name.endswith(("_on", "_by"))}
    days.pop("approved_by", None)
    return {**ALL_FACTS, **days, **dict.fromkeys(("iban", "bic", "account_holder"), ""), **ours}
