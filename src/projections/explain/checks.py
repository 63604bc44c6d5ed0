"""Checks before an invoice is sent. They refuse nothing; a finding states what will follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.policy.debtor_data import find_issues
from ledger.policy.reachability import USES, channel_for


@dataclass(frozen=True, slots=True)
class Finding:
    """The kind of problem, what was found, and ``then`` what happens unless it is corrected."""

    what: str
    found: str
    then: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings on an invoice; none when it can be sent."""

    invoice: str
    debtor: str
    findings: list[Finding]


def check_invoice(
    invoice: Invoice, debtor: Debtor, alike: Sequence[str], owed: Decimal
) -> CheckResult:
    """Check an invoice; ``alike`` are possible duplicates, ``owed`` is the debtor's balance."""
    findings = [*_reach(invoice, debtor), *(Finding(*issue) for issue in find_issues(debtor))]
    findings += [*_credit(invoice, debtor, owed), *_twice(alike)]
    return CheckResult(invoice.number, invoice.debtor, findings)


def _reach(invoice: Invoice, debtor: Debtor) -> Iterator[Finding]:
    if not invoice.debtor:
        yield Finding("debtor", "the invoice names no debtor", "neither it nor a reminder is sent")
    elif not channel_for(debtor, USES):
        found = f"neither an e-mail address nor an address of {invoice.debtor} can be used"
        yield Finding("contact", found, "nothing can be sent: the agenda has a task to complete it")
    elif not debtor.email:
        found = f"no e-mail address of {debtor.number} is known"
        yield Finding("contact", found, "it is sent by letter")
    elif not debtor.address:
        found = f"no address of {debtor.number} is known"
        yield Finding("contact", found, "everything is sent by e-mail; letters cannot be sent")


def _credit(invoice: Invoice, debtor: Debtor, owed: Decimal) -> Iterator[Finding]:
    credit = debtor.credit
    if credit is None:
        if debtor.known:
            found = f"no credit check of {debtor.number} is on record"
            yield Finding("credit check", found, "no credit limit is checked")
    elif credit.limit is not None and credit.currency == invoice.currency and owed > credit.limit:
        found = (
            f"{debtor.number} owes {invoice.currency} {owed}; the credit limit of"
            f" {credit.checked_on} is {credit.limit}: {credit.result}"
        )
        yield Finding("credit limit", found, "it is sent nevertheless")


def _twice(alike: Sequence[str]) -> Iterator[Finding]:
    if alike:
        found = f"same debtor and amount, and same date or order: {', '.join(alike)}"
        yield Finding("duplicate", found, "it is sent and followed up as a separate invoice")
