"""Previews of templates with made-up messages, and a check of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace as but

from api.postman.creditor import payment_facts
from api.postman.template_context import render_message
from api.postman.templates import BadTemplate, RenderedText, Templates, find_source, list_templates
from commands.message_templates import ResetTemplate
from ledger.facts.codes import Channel, Purpose
from ledger.facts.creditor import BankAccount, Creditor
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.policy.messages.languages import LANGUAGES
from ledger.policy.messages.template_text import FACTS

FIRM = Creditor(UUID(int=0), name="Acme BV", bank_accounts=(BankAccount("NL91ABNA0417164300"),))
ABOUT = tuple(
    InvoiceSnapshot(
        f"2026-00{n}", Decimal(1210), Decimal(1000), "EUR", date(2026, 9, n), date(2026, 10, n)
    )
    for n in (1, 2)
)
ALL_FACTS = dict.fromkeys(FACTS, "…") | {
    "answer_by": "2026-11-02",
    "link": "https://example.invalid/x",
}
CASES: tuple[tuple[tuple[InvoiceSnapshot, ...], dict[str, str]], ...] = (
    (ABOUT, ALL_FACTS),
    (ABOUT[:1], {}),
)  # with every fact, and with none


@dataclass(frozen=True)
class Example:
    """A template: whether it is the creditor's own, its text, and what this makes of a sample."""

    own: bool
    subject: str
    text: str
    sample_subject: str
    sample_text: str


@dataclass(frozen=True)
class TemplateCheck:
    """A template and its fault; empty if it has none."""

    name: str
    language: str
    fault: str


def check_templates(own: Templates) -> Iterator[TemplateCheck]:
    """Check every template, shipped and own. Raises ``ValueError`` without the own folder."""
    if own.folder and not own.folder.is_dir():
        raise ValueError(f"DOSSIER_TEMPLATES: {own.folder} is no folder")
    for name, language in list_templates(own):
        yield TemplateCheck(name, language, _fault(own, name, language))


def example(own: Templates, name: str, language: str) -> RenderedText:
    """Render a template with invoices that do not exist. Raises ``BadTemplate``."""
    return _render(own, name, language, *CASES[0])


def source_of(own: Templates, name: str, language: str) -> Example:
    """Return a template of this name. Raises ``Refused`` or ``BadTemplate``."""
    key = ResetTemplate(template=name, language=language).key
    _, (subject, text) = find_source(own, name, language)
    rendered = example(own, name, language)
    return Example(key in own.own, subject.strip(), text, rendered.subject, rendered.text)


def _fault(own: Templates, name: str, language: str) -> str:
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        return f"{own.folder}/{language}: there is no language {language}, only {known}"
    try:
        for about, facts in CASES:
            _render(own, name, language, about, facts)
    except BadTemplate as error:
        return str(error)
    return ""


def _render(
    own: Templates,
    name: str,
    language: str,
    about: tuple[InvoiceSnapshot, ...],
    facts: dict[str, str],
) -> RenderedText:
    asked = MessageAsked(
        on=date(2026, 10, 20),
        message="example",
        purpose=Purpose.REMINDER,
        channel=Channel.EMAIL,
        to=("debtor@example.invalid",),
        template=name,
        language=language,
        about=about,
        facts=facts,
    )
    if facts:
        asked = but(asked, facts={**payment_facts(FIRM, asked), **facts})
    return render_message(asked, FIRM.name, "Bakkerij De Korenbloem" if facts else "", own)
