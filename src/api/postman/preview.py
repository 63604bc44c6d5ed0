"""Previews of templates with made-up messages, and a check of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from api.postman.template_context import FACTS, render_message
from api.postman.templates import BadTemplate, RenderedText, list_templates
from ledger.facts.codes import Channel, Purpose
from ledger.facts.outbound import InvoiceSnapshot, MessageAsked
from ledger.policy.messages.languages import LANGUAGES

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
class TemplateCheck:
    """A template and its fault; empty if it has none."""

    name: str
    language: str
    fault: str


def check_templates(own: Path | None) -> Iterator[TemplateCheck]:
    """Check every template, shipped and own. Raises ``ValueError`` without the own folder."""
    if own and not own.is_dir():
        raise ValueError(f"DOSSIER_TEMPLATES: {own} is no folder")
    for name, language in list_templates(own):
        yield TemplateCheck(name, language, _fault(own, name, language))


def example(own: Path | None, name: str, language: str) -> RenderedText:
    """Render a template with invoices that do not exist. Raises ``BadTemplate``."""
    return _render(own, name, language, *CASES[0])


def _fault(own: Path | None, name: str, language: str) -> str:
    if language not in LANGUAGES:
        return f"{own}/{language}: there is no language {language}, only {', '.join(LANGUAGES)}"
    try:
        for about, facts in CASES:
            _render(own, name, language, about, facts)
    except BadTemplate as error:
        return str(error)
    return ""


def _render(
    own: Path | None,
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
    return render_message(asked, "Acme BV", "Bakkerij De Korenbloem" if facts else "", own)
