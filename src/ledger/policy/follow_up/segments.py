"""In which segment a debtor is, by which ladder they are followed up, and why."""

from typing import NamedTuple

from ledger.facts.debtor import Debtor
from ledger.facts.invoice.state import Invoice
from ledger.facts.playbook_rules import Ladder, Rules, Segment


class SegmentMatch(NamedTuple):
    """A segment, which has a ladder, and why the debtor is in it."""

    segment: str
    why: str


def segment_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> SegmentMatch:
    """Return the debtor's own segment, else the first by the rules, else the usual segment."""
    if debtor.segment and debtor.segment in rules.ladders:
        return SegmentMatch(debtor.segment, "the debtor is in it")
    if debtor.segment:
        return SegmentMatch(rules.segment, f"there is no ladder for his own, {debtor.segment}")
    for nth, one in enumerate(rules.segments):
        if _fits(one, invoice, debtor):
            return SegmentMatch(one.segment, f"by rule /segments/{nth}")
    return SegmentMatch(rules.segment, "no segment of the debtor is known")


def ladder_of(invoice: Invoice, debtor: Debtor, rules: Rules) -> Ladder:
    """Return the ladder of the debtor's segment."""
    return rules.ladders[segment_of(invoice, debtor, rules).segment]


def _fits(one: Segment, invoice: Invoice, debtor: Debtor) -> bool:
    return (
        one.business_unit in ("", invoice.business_unit)
        and one.country in ("", debtor.country)
        and one.vat_id in ("any", "known" if debtor.vat_id else "unknown")
    )
