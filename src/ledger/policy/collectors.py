"""Who follows up a debtor or an invoice by the playbook, and why.

``projections/collector_queries.py`` asks the read models the same, to find what is to be assigned.
"""

from typing import NamedTuple
from unicodedata import normalize

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Collector, Rules
from ledger.policy.follow_up.segments import segment_of


class CollectorMatch(NamedTuple):
    """A collector, and why; an empty name is nobody."""

    collector: str
    why: str


def collector_of_debtor(debtor: Debtor, rules: Rules) -> CollectorMatch:
    """Return the first collector by the rules that do not depend on an invoice."""
    return _first(Invoice(debtor.id, debtor=debtor.number), debtor, rules, of_invoices=False)


def collector_of_invoice(invoice: Invoice, debtor: Debtor, rules: Rules) -> CollectorMatch:
    """Return whom a person or the ERP gave the debtor, else the first collector by the rules."""
    if debtor.collector and not debtor.collector_by_rule:
        return CollectorMatch(debtor.collector, "as the debtor's own")
    return _first(invoice, debtor, rules, of_invoices=True)


def _first(invoice: Invoice, debtor: Debtor, rules: Rules, of_invoices: bool) -> CollectorMatch:
    for nth, rule in enumerate(rules.collectors):
        if (of_invoices or not rule.is_of_invoices) and _holds(rule, invoice, debtor, rules):
            return CollectorMatch(rule.collector, f"by rule /collectors/{nth}")
    return CollectorMatch("", "as no rule names one")


def _holds(rule: Collector, invoice: Invoice, debtor: Debtor, rules: Rules) -> bool:
    return (
        rule.business_unit in ("", invoice.business_unit)
        and rule.country in ("", debtor.country)
        and rule.language in ("", debtor.language)
        and rule.segment in ("", segment_of(invoice, debtor, rules).segment)
        and (rule.from_amount is None or invoice.amount >= rule.from_amount)
        and (not rule.letters or _begins(debtor.name, *rule.letters.split("-")))
        and (not rule.from_number or _order(rule.from_number) <= _order(invoice.debtor))
        and (not rule.to_number or _order(invoice.debtor) <= _order(rule.to_number))
    )


def _begins(name: str, first: str, last: str) -> bool:
    """Return whether a name begins with one of the letters, with an accent or without."""
    letter = normalize("NFD", name)[:1]
    return letter.isascii() and first <= letter.upper() <= last


def _order(number: str) -> tuple[int, str]:
    """Order numbers as people do: 999 comes before 1000."""
    return len(number), number
