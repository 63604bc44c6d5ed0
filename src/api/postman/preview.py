"""Templates shown before they are sent: of a message that waits, or of one that was made up."""

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
TOLD = dict.fromkeys(FACTS, "…") | {"answer_by": "2026-11-02", "link": "https://example.invalid/x"}
CASES: tuple[tuple[tuple[InvoiceSnapshot, ...], dict[str, str]], ...] = (
    (ABOUT, TOLD),
    (ABOUT[:1], {}),
)  # everything told, and as little as there can be


@dataclass(frozen=True)
class TemplateCheck:
    """A template, and what is wrong with it; empty when nothing is."""

    name: str
    language: str
    fault: str


def check_templates(own: Path | None) -> Iterator[TemplateCheck]:
    """Every template there is, one's own among them."""
    if own and not own.is_dir():
        raise ValueError(f"DOSSIER_TEMPLATES: {own} is no folder")
    for name, language in list_templates(own):
        yield TemplateCheck(name, language, _fault(own, name, language))


def example(own: Path | None, name: str, language: str) -> RenderedText:
    """What it says of invoices that do not exist. Raises ``BadTemplate``."""
    return _written(own, name, language, *CASES[0])


def _fault(own: Path | None, name: str, language: str) -> str:
    if language not in LANGUAGES:
        return f"{own}/{language}: there is no language {language}; say {', '.join(LANGUAGES)}"
    try:
        for about, told in CASES:
            _written(own, name, language, about, told)
    except BadTemplate as error:
        return str(error)
    return ""


def _written(
    own: Path | None,
    name: str,
    language: str,
    about: tuple[InvoiceSnapshot, ...],
    told: dict[str, str],
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
        facts=told,
    )
    return render_message(asked, "Acme BV", "Bakkerij De Korenbloem" if told else "", own)
