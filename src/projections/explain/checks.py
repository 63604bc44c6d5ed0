"""Look at this before an invoice goes out. Nothing is refused; each finding says what follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.debtor_data import find_issues
from ledger.policy.reachability import USES, channel_for


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` it is in a word, what was found, and ``then`` what happens unless it is mended."""

    what: str
    found: str
    then: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings on one invoice; none when it can go out."""

    invoice: str
    debtor: str
    findings: list[Finding]


def check_invoice(
    invoice: Invoice, debtor: Debtor, alike: Sequence[str], owed: Decimal
) -> CheckResult:
    """``alike``: invoices it may be billed twice with; ``owed``: all he owes in its currency."""
    findings = [*_reach(invoice, debtor), *(Finding(*one) for one in find_issues(debtor))]
    findings += [*_credit(invoice, debtor, owed), *_twice(alike)]
    return CheckResult(invoice.number, invoice.debtor, findings)


def _reach(invoice: Invoice, debtor: Debtor) -> Iterator[Finding]:
    """Where the invoice and its reminders go."""
    if not invoice.debtor:
        yield Finding("debtor", "it names no debtor", "nothing is sent, and nobody is chased")
    elif not channel_for(debtor, USES):
        found = f"neither an e-mail address nor an address of {invoice.debtor} can be used"
        yield Finding("contact", found, "nothing can be sent: the agenda asks to complete it")
    elif not debtor.email:
        found = f"no e-mail address of {debtor.number} is known"
        yield Finding("contact", found, "it goes by letter")
    elif not debtor.address:
        found = f"no address of {debtor.number} is known"
        yield Finding("contact", found, "all goes by e-mail; a letter cannot be sent")


def _credit(invoice: Invoice, debtor: Debtor, owed: Decimal) -> Iterator[Finding]:
    credit = debtor.credit
    if credit is None:
        if debtor.known:
            found = f"no credit check of {debtor.number} is on record"
            yield Finding("credit check", found, "no limit is watched")
    elif credit.limit is not None and credit.currency == invoice.currency and owed > credit.limit:
        found = (
            f"{debtor.number} owes {invoice.currency} {owed}, and was found good for"
            f" {credit.limit} on {credit.checked_on}: {credit.result}"
        )
        yield Finding("credit limit", found, "it is sent all the same")


def _twice(alike: Sequence[str]) -> Iterator[Finding]:
    if alike:
        found = f"same debtor and amount, and same date or order: {', '.join(alike)}"
        yield Finding("duplicate", found, "it is sent and chased as one of its own")
