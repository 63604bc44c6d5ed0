"""Messages about a case: what each of them states about the dispute and its invoices."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace as but

from commands.messages.outbox import RequestMessage, snapshot
from ledger.facts.codes import ZERO, Channel, Purpose
from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.outbound import InvoiceSnapshot, LineSnapshot
from ledger.facts.playbook_rules import Rules
from ledger.policy.disputes.case_part import CasePart
from ledger.policy.messages.languages import language_in, language_of
from ledger.policy.payments.allocation import short_words

M = TypeVar("M", bound=RequestMessage)
SHIPPING, TAX = "shipping", "tax"  # descriptions of the lines without a number


def message_of_case(
    kind: type[M],
    purpose: Purpose,
    name: str,
    parts: Sequence[CasePart],
    to: Debtor | tuple[str, ...],
    facts: Mapping[str, str],
    rules: Rules,
    version: int,
) -> M:
    """Return the request for an e-mail to a debtor in their language, or to colleagues in ours."""
    dispute, country = parts[0].dispute, rules.calendar.country
    facts = {
        "case": str(dispute.case_id),
        "reason": dispute.reason.value,  # translated when the message is written
        "comment": _their_words(parts[0]),
        "payment": dispute.payment,
        "disputed": amounts(parts, "disputed"),
        **facts,
    }
    return kind(
        message=name,
        purpose=purpose,
        channel=Channel.EMAIL,
        to=(str(to.email),) if isinstance(to, Debtor) else to,
        template=purpose.value.replace(" ", "-"),
        language=language_of(to, country) if isinstance(to, Debtor) else language_in(country),
        about=tuple(_snapshot(part, not isinstance(to, Debtor)) for part in parts),
        debtor=parts[0].invoice.debtor,
        case_id=dispute.case_id,
        facts={key: value for key, value in facts.items() if value},
        playbook=version,
    )


def _their_words(part: CasePart) -> str:
    """Return the comment, unless it is what we wrote ourselves about a short payment."""
    dispute, currency = part.dispute, part.invoice.currency
    ours = short_words(dispute.payment, dispute.contested or ZERO, currency)
    return "" if dispute.payment and dispute.comment == ours else dispute.comment


def question_facts(parts: Sequence[CasePart], rules: Rules) -> dict[str, str]:
    """Return what a colleague who is asked about a dispute has to know."""
    dispute = parts[0].dispute
    handling = rules.handling(dispute.reason)
    return {
        "reason_name": handling.name,
        "resolver": dispute.resolver,
        "asks": dispute.expected or handling.asks,
        "collector": next((part.invoice.collector for part in parts if part.invoice.collector), ""),
        "undisputed": undisputed(parts),
    }


def undisputed(parts: Sequence[CasePart]) -> str:
    """Return the amounts that the debtor is still asked to pay while the case is open."""
    return ", ".join(
        f"{invoice.number}: {amount} {invoice.currency}"
        for invoice, dispute in parts
        if (amount := invoice.undisputed_amount) and not dispute.pauses_whole
    )


def amounts(parts: Sequence[CasePart], name: str) -> str:
    """Return text such as ``121.00 EUR``; each amount after its invoice number if several."""
    return ", ".join(
        (f"{invoice.number}: " if len(parts) > 1 else "") + f"{amount} {invoice.currency}"
        for invoice, dispute in parts
        if (amount := getattr(dispute, name))
    )


def _snapshot(part: CasePart, with_lines: bool) -> InvoiceSnapshot:
    if not with_lines:
        return snapshot(part.invoice)
    lines = tuple(_disputed_lines(part)) or tuple(_lines(part.invoice))
    return but(snapshot(part.invoice), disputed=part.dispute.disputed, lines=lines)


def _disputed_lines(part: CasePart) -> Iterator[LineSnapshot]:
    dispute, known = part.dispute, {line.number: line for line in _lines(part.invoice)}
    for line in dispute.contested_parts.lines:
        whole = known.get(line.number, LineSnapshot(line.number, ""))
        quantity = line.quantity or whole.quantity
        yield but(whole, quantity=quantity, amount=line.amount, disputed=True)
    for name, amount in (
        (SHIPPING, dispute.contested_parts.shipping),
        (TAX, dispute.contested_parts.tax),
    ):
        if amount:
            yield LineSnapshot("", name, amount=amount, disputed=True)


def _lines(invoice: Invoice) -> Iterator[LineSnapshot]:
    for line in invoice.lines:
        yield LineSnapshot(
            line.number, line.description, line.quantity, line.unit or "", line.amount
        )
