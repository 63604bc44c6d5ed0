"""In which segment of debtors somebody is, so by which ladder he is followed up, and why."""

from typing import NamedTuple

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Ladder, Rules, Segment


class Placed(NamedTuple):
    """The segment, which has a ladder, and what made it that one."""

    segment: str
    why: str


def segment_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> Placed:
    """His own, else the first by the rules, else the one of whom none is known."""
    if debtor.segment and debtor.segment in rules.ladders:
        return Placed(debtor.segment, "the debtor is in it")
    if debtor.segment:
        return Placed(rules.segment, f"there is no ladder for his own, {debtor.segment}")
    for nth, one in enumerate(rules.segments):
        if _fits(one, invoice, debtor):
            return Placed(one.segment, f"by rule /segments/{nth}")
    return Placed(rules.segment, "no segment of the debtor is known")


def ladder_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> Ladder:
    return rules.ladders[segment_of(invoice, debtor, rules).segment]


def _fits(one: Segment, invoice: Invoice, debtor: Debtor) -> bool:
    return (
        one.business_unit in ("", invoice.business_unit)
        and one.country in ("", debtor.country)
        and one.vat_id in ("any", "known" if debtor.vat_id else "unknown")
    )
