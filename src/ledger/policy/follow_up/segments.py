"""The segment of a debtor, why, and its dunning ladder."""

from typing import NamedTuple

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Ladder, Rules


class SegmentMatch(NamedTuple):
    """A segment with a ladder, and why the debtor is in it."""

    segment: str
    why: str


def segment_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> SegmentMatch:
    """Return the debtor's own segment, else the first by the rules, else the default segment."""
    if debtor.segment and debtor.segment in rules.ladders:
        return SegmentMatch(debtor.segment, "it is the debtor's own")
    if debtor.segment:
        return SegmentMatch(rules.segment, f"the debtor's own, {debtor.segment}, has no ladder")
    for nth, rule in enumerate(rules.segments):
        if (
            rule.business_unit in ("", invoice.business_unit)
            and rule.country in ("", debtor.country)
            and rule.vat_id in ("any", "known" if debtor.vat_id else "unknown")
        ):
            return SegmentMatch(rule.segment, f"by rule /segments/{nth}")
    return SegmentMatch(rules.segment, "the debtor has no segment")


def ladder_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> Ladder:
    return rules.ladders[segment_of(invoice, debtor, rules).segment]
